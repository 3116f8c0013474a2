"""Every page of setting up: it opens, it asks its permission, it knows no other organisation."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.people.factories import make_seat
from apps.programme import planning_factories
from apps.programme.planning_factories import make_organisation
from apps.programme.setup.factories import (
    make_facilitator,
    make_group,
    make_person,
    make_plan,
    make_programme,
    make_team,
    make_unit,
    make_venue,
    make_wave,
)
from modig.apps.people.models import Unit
from modig.apps.programme.models import (
    ClosedWeeks,
    Facilitator,
    FarApart,
    GroupQuota,
    KeepApart,
    TargetPart,
    TeamAway,
    UnitCap,
    Venue,
)
from modig.apps.tenancy.scope import current_organisation, working_for


def furnish():
    """One of each: the keys that the addresses of setting up take."""
    own = {"organisation": current_organisation()}
    teams = make_organisation(departments=1, teams_each=2, team_size=3, staff_each=1)
    wave = planning_factories.make_wave()
    closed = ClosedWeeks.objects.create(
        **own, wave=wave, first_monday="2027-06-28", last_monday="2027-08-09", reason="Summer"
    )
    pair = KeepApart.objects.create(**own, wave=wave, team_a=teams[0], team_b=teams[1])
    cap = UnitCap.objects.create(**own, wave=wave, unit=Unit.objects.first(), percent=5)
    quota = GroupQuota.objects.create(**own, wave=wave, attribute="gender", most_percent=60)
    away = TeamAway.objects.create(**own, wave=wave, team=teams[0], days="2027-03-01–2027-03-05")
    return {
        "programme_id": wave.programme_id,
        "wave_id": wave.pk,
        "part_id": TargetPart.objects.get(wave=wave).pk,
        "block_id": wave.blocks.first().pk,
        "closed_id": closed.pk,
        "pair_id": pair.pk,
        "cap_id": cap.pk,
        "quota_id": quota.pk,
        "away_id": away.pk,
        "far_id": FarApart.objects.create(**own, wave=wave, place_a="A", place_b="B").pk,
        "venue_id": Venue.objects.first().pk,
        "facilitator_id": Facilitator.objects.first().pk,
    }


SEEN = {
    "list": (), "programme": ("programme_id",), "coverage": ("programme_id",),
    "groups": ("programme_id",), "wave": ("wave_id",), "venues": (), "facilitators": (),
}  # fmt: skip
EDITED = {
    "programme_new": (), "programme_edit": ("programme_id",),
    "programme_deletion": ("programme_id",), "wave_new": ("programme_id",),
    "wave_edit": ("wave_id",), "wave_deletion": ("wave_id",), "target": ("wave_id",),
    "target_persons": ("wave_id",), "target_deletion": ("part_id",), "rules": ("wave_id",),
    "blocks": ("wave_id",), "block_edit": ("block_id",), "block_deletion": ("block_id",),
    "closed_weeks": ("wave_id",), "closed_weeks_deletion": ("closed_id",),
    "keep_apart": ("wave_id",), "keep_apart_deletion": ("pair_id",), "unit_caps": ("wave_id",),
    "unit_cap_deletion": ("cap_id",), "quotas": ("wave_id",), "quota_deletion": ("quota_id",),
    "teams_away": ("wave_id",), "team_away_deletion": ("away_id",),
    "far_apart": ("wave_id",), "far_apart_deletion": ("far_id",), "venue_new": (), "venue_edit": ("venue_id",),
    "venue_deletion": ("venue_id",), "facilitator_new": (),
    "facilitator_edit": ("facilitator_id",), "facilitator_deletion": ("facilitator_id",),
}  # fmt: skip
PAGES = {**SEEN, **EDITED}
ABOUT_ONE_ROW = [name for name, keys in PAGES.items() if keys]


def address(name, furniture):
    return reverse(f"programme:{name}", kwargs={key: furniture[key] for key in PAGES[name]})


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_for_the_programme_owner(name, organisation, signed_in):
    furniture = furnish()

    answer = signed_in("programme-owner").get(address(name, furniture))

    assert answer.status_code == 200


@pytest.mark.parametrize("name", SEEN)
@pytest.mark.parametrize("role", ["reader", "chief-executive", "partner", "administrator"])
def test_page_that_is_only_read_opens_for_who_sees_programmes(name, role, organisation, signed_in):
    answer = signed_in(role).get(address(name, furnish()))

    assert answer.status_code == 200


@pytest.mark.parametrize("name", EDITED)
@pytest.mark.parametrize("role", ["reader", "facilitator"])
def test_page_that_changes_is_refused_without_the_permission(name, role, organisation, signed_in):
    answer = signed_in(role).get(address(name, furnish()))

    assert answer.status_code == 403


@pytest.mark.parametrize("name", ABOUT_ONE_ROW)
def test_row_of_another_organisation_is_not_found(
    name, organisation, other_organisation, signed_in
):
    with working_for(other_organisation):
        furniture = furnish()

    answer = signed_in("administrator").get(address(name, furniture))

    assert answer.status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_to_sign_in_first(name, organisation, client):
    assert client.get(address(name, furnish())).status_code == 302


LISTS = [
    "list", "programme", "coverage", "groups", "venues", "facilitators", "blocks", "target",
    "target_persons", "closed_weeks", "keep_apart", "unit_caps", "quotas", "teams_away", "far_apart",
]  # fmt: skip


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
@pytest.mark.parametrize("name", LISTS)
def test_list_is_handed_out_as_a_file(name, wanted, organisation, signed_in):
    answer = signed_in("programme-owner").get(address(name, furnish()), {"format": wanted})

    assert answer.status_code == 200
    assert answer["Content-Disposition"].endswith(f".{wanted}")


def furnish_more(wave, numbers):
    """One more of everything for each number, in the same programme."""
    own = {"organisation": wave.organisation}
    plan = wave.plans.first() or make_plan(wave)
    for n in numbers:
        unit = make_unit(f"Unit {n}", code=f"X{n}")
        teams = [make_team(f"Team {n}{side}", code=f"X{n}{side}") for side in "ab"]
        person = make_person(f"Ann {n}", unit=unit, role="manager")
        waiting = make_person(f"Bo {n}", unit=unit, role="manager")
        venue, leader = make_venue(f"Venue {n}"), make_facilitator(f"Leader {n}")
        make_seat(teams[0], None)
        make_group(plan, [person], teams=teams[:1], meets=(5, 50), venue=venue, facilitator=leader)
        TargetPart.objects.create(**own, wave=wave, unit=unit)
        TargetPart.objects.create(**own, wave=wave, person=waiting)
        ClosedWeeks.objects.create(
            **own, wave=wave, first_monday=f"2027-0{n}-04", last_monday=f"2027-0{n}-04"
        )
        KeepApart.objects.create(**own, wave=wave, team_a=teams[0], team_b=teams[1])
        UnitCap.objects.create(**own, wave=wave, unit=unit, percent=5)
        GroupQuota.objects.create(**own, wave=wave, attribute="unit", value=unit.code, least=n)
        FarApart.objects.create(**own, wave=wave, place_a=f"A{n}", place_b="B")
        TeamAway.objects.create(**own, wave=wave, team=teams[1], days=f"2027-0{n}-04")
        more = make_wave(make_programme(f"Programme {n}"), number=n)
        make_wave(wave.programme, number=10 + n)
        make_group(make_plan(more), [person], meets=(7,))


@pytest.mark.parametrize("name", [*LISTS, "wave", "rules"])
def test_list_asks_as_often_for_three_rows_as_for_one(name, organisation, signed_in):
    wave = make_wave()
    furnish_more(wave, [1])
    client = signed_in("programme-owner")
    furniture = {"wave_id": wave.pk, "programme_id": wave.programme_id}
    client.get(address(name, furniture))
    with CaptureQueriesContext(connection) as one:
        client.get(address(name, furniture))
    furnish_more(wave, [2, 3])

    with CaptureQueriesContext(connection) as three:
        client.get(address(name, furniture))

    assert len(three) == len(one)
