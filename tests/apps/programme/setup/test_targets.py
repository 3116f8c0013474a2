"""Whom the parts of a target group name: whole teams, and who comes alone."""

import pytest
from django.utils import timezone

from apps.people.factories import make_employment, make_person, make_seat, make_team, make_unit
from apps.programme.setup.factories import TODAY, days, make_programme, make_wave
from modig.apps.people.actions.persons import edit_employment
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


T1, EVERYONE = {"1": "T1", "2": "T1", "3": "T1"}, {"1": "T1", "2": "T1", "3": "T1", "4": "T2"}
PARTS = {
    "managers": ([{"role": "manager"}], {**EVERYONE, "8": None}),
    "key persons": ([{"role": "key_person"}], {"5": None, "6": None}),
    "key persons of a unit": ([{"role": "key_person", "unit": "care"}], {"5": None, "6": None}),
    "managers of a unit": ([{"role": "manager", "unit": "lark"}], {**T1, "8": None}),
    "employees": ([{"role": "employee"}], {**T1, "6": None}),
    "a unit": ([{"unit": "school"}], {**T1, "8": None}),
    "a team": ([{"team": "T2"}], {"2": "T2", "4": "T2"}),
    "both teams": ([{"team": "T1"}, {"team": "T2"}], EVERYONE),
    "a person alone": ([{"person": "ed"}], {"5": None}),
    "a person in two teams": ([{"person": "bo"}], T1),
    "someone who has left": ([{"person": "gus"}], {"2": "T2", "4": "T2"}),
    "everything": (
        [{"role": "manager"}, {"unit": "care"}, {"team": "T1"}, {"person": "hal"}],
        {**EVERYONE, "5": None, "6": None, "8": None},
    ),
    "nothing": ([], {}),
}


@pytest.mark.parametrize(("parts", "expected"), PARTS.values(), ids=PARTS)
def test_target_is_what_the_planner_is_given(town, organisation, parts, expected):
    wave = make_wave(make_programme())
    for part in parts:
        named = {key: town.get(value, value) for key, value in part.items()}
        TargetPart.objects.create(organisation=organisation, wave=wave, **named)
    known = targets.parts_of([wave.pk])

    found = targets.target_of(known, targets.staff_for(known, TODAY))

    given = what_is_given(wave, on=TODAY)["people"]
    assert numbers_of(found, town) == expected
    assert {one["id"]: one["team"] for one in given} == expected


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", ["manager", "employee"])
def test_people_are_remembered_until_somebody_does_something(
    organisation, member, role, django_assert_max_num_queries
):
    unit = make_unit("School")
    ann, bo = (make_person(name, unit=unit, role=role) for name in ("Ann A", "Bo B"))
    wave = make_wave(make_programme())
    TargetPart.objects.create(organisation=organisation, wave=wave, role=role)
    known = targets.parts_of([wave.pk])
    assert targets.target_of(known, targets.staff_for(known, TODAY)).persons == {ann.pk, bo.pk}

    with django_assert_max_num_queries(2):
        targets.staff_for(known, TODAY)
    own = bo.employments.get()
    own.to_on = days(-1)
    edit_employment(own, version=own.version, by=member("administrator"), at=timezone.now())

    assert targets.target_of(known, targets.staff_for(known, TODAY)).persons == {ann.pk}


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
