"""Every page of setting up: it opens, it asks its permission, it knows no other organisation."""

import pytest
from django.urls import reverse

from apps.programme.planning_factories import make_organisation, make_wave
from modig.apps.people.models import Unit
from modig.apps.programme.models import (
    ClosedWeeks,
    Facilitator,
    KeepApart,
    TargetPart,
    UnitCap,
    Venue,
)
from modig.apps.tenancy.scope import current_organisation


def furnish():
    """One of each: the keys that the addresses of setting up take."""
    own = {"organisation": current_organisation()}
    teams = make_organisation(departments=1, teams_each=2, team_size=3, staff_each=1)
    wave = make_wave()
    closed = ClosedWeeks.objects.create(
        **own, wave=wave, first_monday="2027-06-28", last_monday="2027-08-09", reason="Summer"
    )
    pair = KeepApart.objects.create(**own, wave=wave, team_a=teams[0], team_b=teams[1])
    cap = UnitCap.objects.create(**own, wave=wave, unit=Unit.objects.first(), percent=5)
    return {
        "programme_id": wave.programme_id,
        "wave_id": wave.pk,
        "part_id": TargetPart.objects.get(wave=wave).pk,
        "block_id": wave.blocks.first().pk,
        "closed_id": closed.pk,
        "pair_id": pair.pk,
        "cap_id": cap.pk,
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
    "unit_cap_deletion": ("cap_id",), "venue_new": (), "venue_edit": ("venue_id",),
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
