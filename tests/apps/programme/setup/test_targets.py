"""The target group counts the same people as the planner is given."""

import pytest

from apps.people.factories import make_employment, make_person, make_seat, make_team, make_unit
from apps.programme.setup.factories import TODAY, days, make_programme, make_wave
from modig.apps.people.models import KeyPersonNomination, ManagementTeam, Person
from modig.apps.programme.models import TargetPart
from modig.apps.programme.queries import targets
from modig.apps.programme.queries.plans import what_is_given

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(organisation):
    """Two departments with teams that share a person, a key person, and some who come alone."""
    school, care = make_unit("School", code="S"), make_unit("Care", code="C")
    lark = make_unit("Lark", under=school, code="S1")
    ann = make_person("Ann A", unit=school, role="manager", number="1")
    bo = make_person("Bo B", unit=lark, role="manager", number="2")
    cy = make_person("Cy C", unit=lark, role="employee", number="3")
    di = make_person("Di D", unit=care, role="manager", number="4")
    ed = make_person("Ed E", unit=care, role="key_person", number="5")
    flo = make_person("Flo F", unit=care, role="employee", number="6")
    gus = make_person("Gus G", unit=care, role="manager", number="7", to_on=days(-1))
    hal = make_person("Hal H", unit=lark, role="manager", number="8")
    make_employment(bo, care, role="employee")
    first = make_team("Leads school", code="T1", leader=ann, members=[bo, cy])
    second = make_team("Leads care", code="T2", leader=di, members=[bo, gus])
    make_seat(second, flo, kind="substitute")
    make_seat(first, None)
    KeyPersonNomination.objects.create(
        organisation=organisation, person=flo, reason="Knows much", nominated_on=days(-5)
    )
    return {
        "school": school, "care": care, "lark": lark, "T1": first, "T2": second,
        "ann": ann, "bo": bo, "ed": ed, "gus": gus, "hal": hal,
    }  # fmt: skip


PARTS = {
    "managers": [{"role": "manager"}],
    "key persons": [{"role": "key_person"}],
    "key persons of a unit": [{"role": "key_person", "unit": "care"}],
    "managers of a unit": [{"role": "manager", "unit": "lark"}],
    "employees": [{"role": "employee"}],
    "a unit": [{"unit": "school"}],
    "a team": [{"team": "T2"}],
    "both teams": [{"team": "T1"}, {"team": "T2"}],
    "a person alone": [{"person": "ed"}],
    "a person in two teams": [{"person": "bo"}],
    "someone who has left": [{"person": "gus"}],
    "everything": [{"role": "manager"}, {"unit": "care"}, {"team": "T1"}, {"person": "hal"}],
    "nothing": [],
}


@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
def test_target_is_what_the_planner_is_given(town, organisation, parts):
    wave = make_wave(make_programme())
    for part in parts:
        named = {key: town.get(value, value) for key, value in part.items()}
        TargetPart.objects.create(organisation=organisation, wave=wave, **named)
    known = targets.parts_of([wave.pk])

    found = targets.target_of(known, targets.staff_for(known, TODAY))

    given = what_is_given(wave, on=TODAY)["people"]
    people = {one["id"]: one["team"] for one in given}
    numbers = numbers_of(found, town)
    assert numbers == people


def numbers_of(target, town):
    """Employee number and code of the team, as the planner is given them."""
    number = dict(Person.objects.values_list("pk", "number"))
    code = dict(ManagementTeam.objects.values_list("pk", "code"))
    return {
        number[person]: code.get(target.team_of.get(person))
        for person in sorted(target.persons, key=lambda pk: number[pk])
    }


def test_largest_team_is_named_with_its_size(town, organisation):
    wave = make_wave(make_programme())
    TargetPart.objects.create(organisation=organisation, wave=wave, role="manager")
    known = targets.parts_of([wave.pk])

    found = targets.target_of(known, targets.staff_for(known, TODAY))

    assert found.largest_team == (town["T1"].pk, 3)


def test_many_waves_ask_as_often_as_one(town, organisation, django_assert_max_num_queries):
    waves = [make_wave(make_programme(f"P{k}")) for k in range(3)]
    for wave in waves:
        TargetPart.objects.create(organisation=organisation, wave=wave, role="manager")

    with django_assert_max_num_queries(6):
        known = targets.parts_of([wave.pk for wave in waves])
        targets.staff_for(known, TODAY)
