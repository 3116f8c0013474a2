"""The made-up organisation has the numbers that it is known for, and the life."""

import dataclasses
import datetime as dt
from collections import Counter

import pytest

from modig import planning
from modig.apps.demo.malarvik import generate, hr_file, words
from modig.apps.demo.malarvik.structure import ALL_KEYS

TOPS = {
    "Barn & utbildning": 3150,
    "Vård & omsorg": 2650,
    "Socialförvaltningen": 720,
    "Service": 430,
    "Arbetsmarknad & vuxenutbildning": 380,
    "Kultur & fritid": 330,
    "Stadsbyggnad": 250,
    "Kommunledningskontoret": 220,
    "Energi & Miljö AB": 250,
    "Kommunfastigheter AB": 75,
    "Logistik AB": 25,
    "Destination AB": 20,
}


@pytest.fixture(scope="module")
def tops(malarvik):
    """The top unit of every unit, by code."""
    found = {}
    for unit in malarvik.units:
        found[unit.code] = found.get(unit.parent, unit.code)
    return found


def test_twelve_top_units_have_8500_employees(malarvik, tops):
    names = {unit.code: unit.name for unit in malarvik.units}
    staff = Counter(names[tops[person.unit]] for person in malarvik.employed)

    assert staff == TOPS
    assert sum(staff.values()) == 8500


def test_open_units_are_640_with_30_of_fewer_than_five(malarvik):
    staff = Counter(person.unit for person in malarvik.employed)
    below = {unit.parent for unit in malarvik.units}
    open_ones = [unit for unit in malarvik.units if unit.closed_on is None]
    small = [unit for unit in open_ones if unit.code not in below and staff[unit.code] < 5]

    assert (len(open_ones), len(small)) == (640, 30)


def test_managers_are_370_and_key_persons_82(malarvik):
    roles = Counter(person.role for person in malarvik.employed)
    nominated = [person for person in malarvik.employed if person.reason and person.nominator]

    assert (roles["manager"], roles["key_person"], len(nominated)) == (370, 82, 82)


def test_management_teams_are_twelve_and_34_of_six_to_twelve(malarvik):
    sizes = {team.code: len(team.members) for team in malarvik.teams}
    below = [sizes[team.code] for team in malarvik.teams if not team.is_top]

    assert Counter(team.is_top for team in malarvik.teams) == {True: 12, False: 34}
    assert min(below) >= 6
    assert max(below) <= 12
    assert all(team.seats[0].kind == "leader" for team in malarvik.teams)


def test_three_chairs_are_vacant_and_some_sit_in_two_teams(malarvik):
    places = Counter(number for team in malarvik.teams for number in team.members)
    vacant = [seat for team in malarvik.teams for seat in team.seats if not seat.person]

    assert len(vacant) == 3
    assert all(seat.title for seat in vacant)
    assert sum(n > 1 for n in places.values()) == 27
    assert max(places.values()) == 2


def test_manager_turnover_of_the_last_year_is_14_per_cent(malarvik):
    left = [seat for team in malarvik.teams for seat in team.seats if seat.to_on is not None]

    assert round(len(left) / 370, 2) == 0.14
    assert all(dt.date(2025, 11, 1) <= seat.to_on < dt.date(2026, 11, 1) for seat in left)


def test_twelve_per_cent_have_no_email(malarvik):
    without = [person for person in malarvik.employed if not person.email]

    assert len(without) == 1020
    assert not any(person.is_leading for person in without)


def test_two_protected_identities_are_in_the_hr_file_only(malarvik):
    numbers = {person.number for person in malarvik.persons}
    content = hr_file(malarvik).content.decode("cp1252")

    assert len(malarvik.protected) == 2
    for person in malarvik.protected:
        assert person.number not in numbers
        assert person.number in content


def test_two_work_teams_have_become_one(malarvik):
    merged = {unit.name: unit.succeeded_by for unit in malarvik.units if unit.parent == "VO01"}

    assert merged["Hemtjänsten Norra"] == merged["Hemtjänsten Ängen"] == ("VO0101",)
    assert merged["Hemtjänsten Norra och Ängen"] == ()


def test_six_departments_of_a_preschool_have_become_three_home_areas(malarvik):
    larkan = [unit for unit in malarvik.units if unit.name.startswith("Förskolan Lärkan")]
    closed = [unit for unit in larkan if unit.closed_on]

    assert (len(larkan) - len(closed), len(closed)) == (3, 6)
    assert Counter(code for unit in closed for code in unit.succeeded_by) == {
        "BU0101": 2,
        "BU0102": 2,
        "BU0103": 2,
    }


def test_a_company_has_been_sold_with_its_staff(malarvik):
    sold = [unit for unit in malarvik.units if unit.is_company and unit.closed_on]
    staff = [person for person in malarvik.persons if person.unit == sold[0].code]

    assert len(sold) == 1
    assert all(person.to_on == sold[0].closed_on for person in staff)


def test_five_represent_the_unions(malarvik):
    titles = {p.title for p in malarvik.employed if p.title.startswith("Facklig företrädare")}

    assert titles == {f"Facklig företrädare, {union}" for union in words.UNIONS}


def test_new_managers_came_after_the_plans_were_made(malarvik):
    new = [p for p in malarvik.employed if p.is_leading and p.from_on > dt.date(2026, 10, 19)]

    assert len(new) == 3


def test_groups_of_20_to_28_people_exist_of_whole_teams_alone(malarvik):
    people = [
        planning.Person(number, {"team": team.code}, team=team.code)
        for team in malarvik.teams
        if not team.is_top
        for number in team.members
    ]
    problem = planning.CompositionProblem(people, 11, 20, 28, {"team": 1}, whole_teams=True)

    groups = planning.compose(problem, seed=1, steps=20_000)

    assert (groups.status, groups.violations) == (planning.Status.OK, {})


def test_names_of_open_units_are_unique(malarvik):
    names = Counter(unit.name for unit in malarvik.units if unit.closed_on is None)

    assert [name for name, n in names.items() if n > 1] == []


def test_names_are_varied(malarvik):
    full = Counter((p.first_name, p.last_name) for p in malarvik.employed)
    firsts = Counter(person.first_name for person in malarvik.employed)

    assert len(full) > 6500
    assert max(full.values()) <= 8
    assert len(firsts) > 250


def test_everybody_but_the_heads_has_a_manager_and_nobody_leads_herself(malarvik):
    heads = [person for person in malarvik.employed if not person.manager]

    assert {person.title for person in heads} == {"Kommundirektör", "VD"}
    assert len(heads) == 5
    assert all(person.manager != person.number for person in malarvik.employed)


def test_titles_say_who_leads_and_who_is_a_key_person(malarvik):
    for person in malarvik.employed:
        leads = person.title == "VD" or any(
            word in person.title.casefold() for word in ("chef", "rektor", "direktör")
        )
        assert (leads, person.title in ALL_KEYS) == (
            person.is_leading,
            person.role == "key_person",
        ), person


def test_addresses_are_unique_and_telephones_nobodys(malarvik):
    addresses = Counter(person.email for person in malarvik.employed if person.email)

    assert max(addresses.values()) == 1
    assert {person.mobile for person in malarvik.employed} <= set(words.FICTIONAL_MOBILES)


@pytest.mark.parametrize("size", ["small", "full"])
def test_same_size_and_seed_give_the_same_bytes(size):
    first, second = generate(size), generate(size)

    assert repr(dataclasses.astuple(first)).encode() == repr(dataclasses.astuple(second)).encode()
    assert hr_file(first).content == hr_file(second).content


def test_another_seed_gives_other_people():
    first, second = generate("small"), generate("small", seed=12)

    assert [p.last_name for p in first.persons] != [p.last_name for p in second.persons]


def test_small_one_has_60_employees_and_large_one_50000():
    assert len(generate("small").employed) == 60
    assert len(generate("large").employed) == 50_000
