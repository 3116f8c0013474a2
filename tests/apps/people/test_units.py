"""Units that move, merge and divide: what they were is kept."""

from datetime import UTC, date, datetime

import pytest

from apps.people.factories import make_person, make_team, make_unit
from modig.apps.people.actions.units import (
    BeforeItOpenedError,
    UnitIsClosedError,
    UnitUnderItselfError,
    divide_unit,
    merge_units,
    move_employments,
    place_unit,
)
from modig.apps.people.models import Employment, Unit, UnitSuccession
from modig.apps.people.queries.persons import managers_by_unit
from modig.apps.people.queries.units import headcounts

pytestmark = [pytest.mark.database, pytest.mark.django_db]
DAY = date(2026, 3, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def school(organisation):
    return make_unit("Skola", code="S")


def edges(unit):
    return [(e.parent.code if e.parent else None, e.to_on) for e in unit.edges_up.order_by("pk")]


def test_merged_unit_closes_and_its_people_units_and_teams_go_along(school):
    norra, meadow = make_unit("Norra", under=school), make_unit("Ängen", under=school)
    below = make_unit("Under", under=norra)
    person = make_person("Siv Svan", unit=norra)
    team = make_team("Norras ledning", unit=norra)

    merge_units([norra], meadow, on=DAY)

    norra.refresh_from_db()
    below.refresh_from_db()
    team.refresh_from_db()
    assert (norra.closed_on, below.parent, team.unit) == (DAY, meadow, meadow)
    assert person.employments.get().unit == meadow
    assert edges(below) == [(norra.code, DAY), (meadow.code, None)]
    succession = UnitSuccession.objects.get()
    assert (succession.before, succession.after, succession.on) == (norra, meadow, DAY)


def test_divided_unit_closes_when_its_last_person_has_moved(school):
    home = make_unit("Hemtjänst", under=school)
    siv, bo = make_person("Siv Svan", unit=home), make_person("Bo Ek", unit=home)

    first, second = divide_unit(home, [("H1", "Norr"), ("H2", "Syd")], on=DAY, by=None, at=NOON)
    move_employments({siv.employments.get().pk: first}, out_of=home, on=DAY, by=None, at=NOON)
    half = Unit.objects.get(pk=home.pk).closed_on
    move_employments({bo.employments.get().pk: second}, out_of=home, on=DAY, by=None, at=NOON)

    assert (half, Unit.objects.get(pk=home.pk).closed_on) == (None, DAY)
    assert set(home.successors.values_list("after__code", flat=True)) == {"H1", "H2"}
    assert {one.unit.code for one in Employment.objects.all()} == {"H1", "H2"}


def test_unit_cannot_lie_under_itself(school):
    below = make_unit("Under", under=school)

    with pytest.raises(UnitUnderItselfError):
        place_unit(school, below, on=DAY)


def test_closed_unit_cannot_be_merged_again(school):
    norra, meadow = make_unit("Norra", under=school), make_unit("Ängen", under=school)
    merge_units([norra], meadow, on=DAY)
    norra.refresh_from_db()

    with pytest.raises(UnitIsClosedError):
        merge_units([norra], school, on=DAY)


def test_unit_cannot_end_before_it_opened(school):
    new = make_unit("Ny", under=school, on=date(2026, 4, 1))

    with pytest.raises(BeforeItOpenedError):
        merge_units([new], school, on=DAY)


def test_whoever_works_in_two_parts_of_a_unit_counts_once_in_it(school):
    first, second = make_unit("En", under=school), make_unit("Två", under=school)
    siv = make_person("Siv Svan", unit=first)
    Employment.objects.create(
        organisation=school.organisation, person=siv, key="2", unit=second, from_on=DAY
    )

    counts = headcounts(DAY)

    assert (counts[school.pk], counts[first.pk], counts[second.pk]) == (1, 1, 1)


def test_head_of_a_unit_stands_before_those_who_report_to_her(organisation):
    unit = make_unit()
    head = make_person("Önver Öberg", unit=unit, role="manager")
    make_person("Anna Ahl", unit=unit, role="manager", manager=head)

    found = managers_by_unit([unit.pk], DAY)

    assert [str(person) for person in found[unit.pk]] == ["Önver Öberg", "Anna Ahl"]
