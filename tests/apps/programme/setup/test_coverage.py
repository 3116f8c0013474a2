"""Who has been reached, who has dates, who has no place: counted by hand."""

import datetime as dt

import pytest
from django.urls import reverse

from apps.people.factories import make_employment, make_person, make_seat, make_team, make_unit
from apps.programme.setup.factories import (
    TODAY,
    days,
    make_group,
    make_manager,
    make_plan,
    make_programme,
    make_wave,
)
from modig.apps.people.models import KeyPersonNomination
from modig.apps.programme.models import TargetPart
from modig.apps.programme.queries.coverage import by_department
from modig.apps.programme.queries.missing import overview
from modig.apps.tenancy.scope import current_organisation

pytestmark = pytest.mark.django_db


def coverage_of(programme):
    return overview([programme], TODAY).coverages[programme.pk]


def states(programme):
    """Each person of the target group with her state, newly appointed ones as ``new``."""
    return {row.person: "new" if row.is_new else row.state for row in coverage_of(programme).rows}


def aim_at(wave, **part):
    return TargetPart.objects.create(organisation=current_organisation(), wave=wave, **part)


def test_every_leader_of_today_is_counted_by_how_far_she_has_come(organisation):
    wave = make_wave()
    reached, planned, missing = make_manager("A A"), make_manager("B B"), make_manager("C C")
    make_person("D D", unit=make_unit(), role="employee")
    plan = make_plan(wave)
    make_group(plan, [reached], meets=(-10, 40))
    make_group(plan, [planned], meets=(10, 50))

    found = states(wave.programme)

    assert found == {reached.pk: "reached", planned.pk: "planned", missing.pk: "missing"}


def test_a_meeting_today_reaches(organisation):
    wave = make_wave()
    manager = make_manager()
    make_group(make_plan(wave), [manager], meets=(0,))

    assert states(wave.programme) == {manager.pk: "reached"}


def test_manager_who_began_after_the_plan_was_made_is_newly_appointed(organisation):
    wave = make_wave()
    before = make_manager("Before Plan", from_on=days(-61))
    after = make_manager("After Plan", from_on=days(-59))
    make_plan(wave, made=-60)

    assert states(wave.programme) == {before.pk: "missing", after.pk: "new"}


def test_new_manager_with_a_place_is_not_waiting(organisation):
    wave = make_wave()
    manager = make_manager(from_on=days(-5))
    make_group(make_plan(wave), [manager], meets=(20,))

    assert states(wave.programme) == {manager.pk: "planned"}


def test_nobody_is_newly_appointed_before_there_is_a_published_plan(organisation):
    wave = make_wave()
    manager = make_manager(from_on=days(-1))
    make_plan(wave, state="draft")

    assert states(wave.programme) == {manager.pk: "missing"}


def test_who_has_left_is_counted_apart(organisation):
    wave = make_wave()
    gone = make_manager("Gone Away", to_on=days(-5))
    gone.left_on = days(-5)
    gone.save()
    make_group(make_plan(wave), [gone], meets=(-20,))

    coverage = coverage_of(wave.programme)

    assert (coverage.total, coverage.former) == (0, {gone.pk})


def test_key_persons_count_by_title_and_by_nomination(organisation):
    programme = make_programme()
    unit = make_unit()
    titled = make_person("T T", unit=unit, role="key_person")
    nominated = make_person("N N", unit=unit, role="employee")
    withdrawn = make_person("W W", unit=unit, role="employee")
    own = {"organisation": organisation, "reason": "Leads a network", "nominated_on": days(-9)}
    KeyPersonNomination.objects.create(**own, person=nominated)
    KeyPersonNomination.objects.create(**own, person=withdrawn, withdrawn_on=days(-1))

    assert states(programme) == {titled.pk: "missing", nominated.pk: "missing"}


def test_programme_that_is_not_for_all_leaders_counts_whom_its_waves_name(organisation):
    wave = make_wave(make_programme(is_for_all_leaders=False))
    unit = make_unit("Preschools")
    inside = make_person("I I", unit=make_unit("Lark", under=unit))
    make_manager("O O")
    aim_at(wave, unit=unit)

    assert states(wave.programme) == {inside.pk: "missing"}


def test_a_named_person_brings_her_whole_team(organisation):
    wave = make_wave(make_programme(is_for_all_leaders=False))
    unit = make_unit()
    leader, member = make_person("L L", unit=unit), make_person("M M", unit=unit)
    make_team(leader=leader, members=[member])
    aim_at(wave, person=member)

    assert set(states(wave.programme)) == {leader.pk, member.pk}


def test_a_replaced_plan_reached_those_who_met_before_the_next_was_published(organisation):
    wave = make_wave()
    met, moved = make_manager("Met Early"), make_manager("Moved Later")
    old = make_plan(wave, state="superseded", made=-60, published=-55)
    make_group(old, [met], meets=(-30,))
    make_group(old, [moved], meets=(-10,))
    make_plan(wave, made=-25, published=-20)

    assert states(wave.programme) == {met.pk: "reached", moved.pk: "missing"}


def test_people_of_several_waves_count_once(organisation):
    programme = make_programme()
    first, second = make_wave(programme), make_wave(programme, number=2)
    manager = make_manager()
    make_group(make_plan(first), [manager], meets=(-10,))
    make_group(make_plan(second), [manager], meets=(10,))

    assert states(programme) == {manager.pk: "reached"}


def test_other_programmes_plans_reach_nobody_here(organisation):
    here, there = make_programme(), make_wave(make_programme("Other"))
    manager = make_manager()
    make_group(make_plan(there), [manager], meets=(-10,))

    assert states(here) == {manager.pk: "missing"}


def test_who_works_in_two_places_belongs_where_she_leads(organisation):
    programme = make_programme()
    school, care = make_unit("School"), make_unit("Care")
    person = make_person("P P", unit=school, role="employee", degree=80)
    make_person("X X")
    make_employment(person, care, role="manager", degree=20)

    rows = by_department(coverage_of(programme))

    assert [(row.unit, row.missing) for row in rows] == [(care, 1)]


def test_nobody_is_missing_before_a_plan_is_published(organisation, signed_in):
    wave = make_wave()
    make_manager()
    make_plan(wave, state="draft")

    client = signed_in("reader")

    assert not coverage_of(wave.programme).has_plan
    for page_name in ("programme", "coverage"):
        shown = client.get(reverse(f"programme:{page_name}", args=[wave.programme_id]))
        assert b'class="waiting"' in shown.content
        assert b'class="missing"' not in shown.content


def test_departments_add_up(organisation):
    wave = make_wave()
    school, care = make_unit("A School"), make_unit("B Care")
    below = make_unit("Lark", under=school)
    reached, missing = make_manager("A A", unit=below), make_manager("B B", unit=school)
    planned = make_manager("C C", unit=care)
    plan = make_plan(wave)
    make_group(plan, [reached], meets=(-3,))
    make_group(plan, [planned], meets=(3,))

    rows = by_department(coverage_of(wave.programme))

    assert [(row.unit.name, row.reached, row.planned, row.missing) for row in rows] == [
        ("A School", 1, 0, 1),
        ("B Care", 0, 1, 0),
    ]
    assert missing


# ---- the page ------------------------------------------------------------------------------------


@pytest.fixture
def town(organisation):
    """One of each state, in two departments."""
    wave = make_wave()
    school, care = make_unit("School"), make_unit("Care")
    plan = make_plan(wave)
    make_group(plan, [make_manager("Åsa Reached", unit=school)], meets=(-3,))
    make_group(plan, [make_manager("Bo Planned", unit=care)], meets=(3,))
    make_manager("Cy Missing", unit=care)
    make_manager("Di New", unit=school, from_on=days(-2))
    return wave.programme, school


def page(client, programme, **asked):
    return client.get(reverse("programme:coverage", args=[programme.pk]), asked)


def names(answer):
    return [str(row.person) for row in answer.context["rows"]]


def test_list_begins_with_those_who_have_no_place(town, signed_in):
    programme, _school = town

    answer = page(signed_in("programme-owner"), programme)

    assert names(answer) == ["Cy Missing", "Di New", "Bo Planned", "Åsa Reached"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"state": "new"}, ["Di New"]),
        ({"state": "missing"}, ["Cy Missing", "Di New"]),
        ({"state": "planned"}, ["Bo Planned"]),
        ({"state": "reached"}, ["Åsa Reached"]),
        ({"q": "asa"}, ["Åsa Reached"]),
        ({"state": "nonsense", "department": "x", "q": "bo"}, ["Bo Planned"]),
    ],
)
def test_list_is_narrowed(town, signed_in, asked, found):
    programme, _school = town

    assert names(page(signed_in("programme-owner"), programme, **asked)) == found


def test_list_is_narrowed_to_a_department(town, signed_in):
    programme, school = town

    answer = page(signed_in("programme-owner"), programme, department=school.pk)

    assert names(answer) == ["Di New", "Åsa Reached"]


def test_newly_appointed_manager_is_called_so(town, signed_in):
    programme, _school = town

    answer = page(signed_in("programme-owner"), programme, state="new")

    assert answer.context["coverage"].new == 1
    assert b"state warn" in answer.content


def test_reader_sees_numbers_and_no_names(town, signed_in):
    programme, _school = town

    answer = page(signed_in("reader"), programme)

    assert answer.status_code == 200
    assert "Missing" not in answer.content.decode()
    assert "rows" not in answer.context


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_list_is_handed_out(town, signed_in, wanted):
    programme, _school = town

    answer = page(signed_in("programme-owner"), programme, format=wanted)

    assert answer["Content-Disposition"].endswith(f".{wanted}")


def test_file_holds_what_the_list_shows(town, signed_in):
    programme, _school = town

    answer = page(signed_in("programme-owner"), programme, format="csv", state="new")
    lines = answer.content.decode("utf-8-sig").splitlines()

    assert len(lines) == 2
    assert "Di New" in lines[1]


def test_reader_gets_departments_as_a_file(town, signed_in):
    programme, _school = town

    answer = page(signed_in("reader"), programme, format="csv")
    text = answer.content.decode("utf-8-sig")

    assert "School" in text
    assert "Cy Missing" not in text


def test_seat_of_a_team_that_has_ended_brings_nobody(organisation):
    wave = make_wave(make_programme(is_for_all_leaders=False))
    unit = make_unit()
    mate, named = make_person("M M", unit=unit), make_person("N N", unit=unit)
    team = make_team(members=[mate])
    make_seat(team, named)
    team.to_on = days(-1)
    team.save()
    aim_at(wave, person=named)

    assert set(states(wave.programme)) == {named.pk}


def test_coverage_of_a_day_before_anybody_began_is_empty(organisation):
    programme = make_programme()
    make_manager(from_on=dt.date(2021, 1, 1))

    found = overview([programme], dt.date(2020, 6, 1)).coverages[programme.pk]

    assert (found.total, found.share) == (0, None)
