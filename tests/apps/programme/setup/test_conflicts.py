"""Two POSTs with the same version: the second answers 409 with both texts, and nothing is lost."""

import pytest
from django.urls import reverse

from apps.people.factories import make_team, make_unit
from apps.programme.setup.factories import (
    make_facilitator,
    make_plan,
    make_programme,
    make_venue,
    make_wave,
)
from apps.programme.setup.test_rules import sent as sent_rules
from modig.apps.programme.models import (
    ClosedWeeks,
    FarApart,
    GroupQuota,
    KeepApart,
    TargetPart,
    TeamAway,
    UnitCap,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(organisation):
    programme = make_programme(starts_on="2027-01-01", ends_on="2027-12-31")
    wave = make_wave(programme, starts_on="2027-01-11", ends_on="2027-12-17")
    wave.refresh_from_db()
    return wave


def edits(wave):
    """Every page that saves an edit: its name and key, what is sent, and a text of it."""
    block, venue, leader = wave.blocks.first(), make_venue(), make_facilitator()
    dates = {"starts_on": "2027-01-11", "ends_on": "2027-12-17"}
    return {
        "programme_edit": (wave.programme_id, {"name": "Mine", **dates}, "Mine"),
        "wave_edit": (wave.pk, {"name": "Mine", "number": 1, **dates}, "Mine"),
        "block_edit": (block.pk, {"title": "Mine", "number": 1, "days": 1}, "Mine"),
        "venue_edit": (venue.pk, {"name": "Mine", "seats": 30}, "Mine"),
        "facilitator_edit": (leader.pk, {"name": "Mine"}, "Mine"),
        "rules": (wave.pk, sent_rules(size_high=27), "27"),
    }


@pytest.mark.parametrize(
    "name",
    ["programme_edit", "wave_edit", "block_edit", "venue_edit", "facilitator_edit", "rules"],
)
def test_second_edit_is_answered_with_both_texts(wave, signed_in, name):
    key, sent, text = edits(wave)[name]
    client, address = signed_in("programme-owner"), reverse(f"programme:{name}", args=[key])
    theirs = {field: "Theirs" if value == "Mine" else value for field, value in sent.items()}
    if name == "rules":
        theirs["size_high"] = 26

    first = client.post(address, {**theirs, "version": 1})
    second = client.post(address, {**sent, "version": 1})

    assert (first.status_code, second.status_code) == (302, 409)
    page = second.content.decode()
    assert text in page
    assert ("26" if name == "rules" else "Theirs") in page


@pytest.mark.parametrize("name", ["programme_edit", "wave_edit", "rules"])
def test_own_text_can_be_saved_after_all(wave, signed_in, name):
    key, sent, _text = edits(wave)[name]
    client, address = signed_in("programme-owner"), reverse(f"programme:{name}", args=[key])
    client.post(address, {**sent, "version": 1})
    refused = client.post(address, {**sent, "version": 1})

    kept = {}
    for field, value in refused.context["kept"]:
        kept.setdefault(field, []).append(value)
    saved = client.post(address, {**kept, "version": refused.context["version"]})

    assert saved.status_code == 302


def additions(wave):
    """Every page that adds to a wave: what is sent."""
    make_unit("Fire", code="FIRE")
    a, b = make_team("A"), make_team("B")
    for name in ("Near", "Far"):
        make_venue(name)
    return {
        "blocks": {"title": "Mine", "days": 1},
        "closed_weeks": {"first_monday": "2027-W26"},
        "keep_apart": {"team_a": a.pk, "team_b": b.pk},
        "unit_caps": {"unit": "FIRE", "percent": "5"},
        "quotas": {"kind": "role=manager", "least": "2"},
        "teams_away": {"team": a.pk, "days": "2027-03-01"},
        "far_apart": {"place_a": "Far", "place_b": "Near"},
        "target": {"add": "roles", "role": "manager"},
    }


@pytest.mark.parametrize(
    "name",
    [
        "blocks",
        "closed_weeks",
        "keep_apart",
        "unit_caps",
        "quotas",
        "teams_away",
        "far_apart",
        "target",
    ],
)
def test_addition_to_a_wave_that_changed_is_refused(wave, signed_in, name):
    sent = additions(wave)[name]
    client, address = signed_in("programme-owner"), reverse(f"programme:{name}", args=[wave.pk])
    other = reverse("programme:blocks", args=[wave.pk])

    client.post(other, {"title": "Theirs", "days": 1, "version": 1})
    late = client.post(address, {**sent, "version": 1})
    again = client.post(address, {**sent, "version": late.context["version"]})

    assert (late.status_code, again.status_code) == (409, 302)


def parts(wave):
    own = {"organisation": wave.organisation, "wave": wave}
    weeks = {"first_monday": "2027-06-28", "last_monday": "2027-06-28"}
    return {
        "target_deletion": TargetPart.objects.create(**own, role="manager"),
        "closed_weeks_deletion": ClosedWeeks.objects.create(**own, **weeks),
        "keep_apart_deletion": KeepApart.objects.create(
            **own, team_a=make_team("A"), team_b=make_team("B")
        ),
        "quota_deletion": GroupQuota.objects.create(**own, attribute="gender", least=1),
        "far_apart_deletion": FarApart.objects.create(**own, place_a="A", place_b="B"),
        "team_away_deletion": TeamAway.objects.create(
            **own, team=make_team("C"), days="2027-03-01"
        ),
        "unit_cap_deletion": UnitCap.objects.create(**own, unit=make_unit(), percent=5),
        "block_deletion": wave.blocks.first(),
        "venue_deletion": make_venue(),
        "facilitator_deletion": make_facilitator(),
        "wave_deletion": wave,
        "programme_deletion": wave.programme,
    }


DELETIONS = [
    "target_deletion", "closed_weeks_deletion", "keep_apart_deletion", "unit_cap_deletion",
    "quota_deletion", "team_away_deletion", "far_apart_deletion",
    "block_deletion", "venue_deletion", "facilitator_deletion", "wave_deletion",
    "programme_deletion",
]  # fmt: skip


@pytest.mark.parametrize("name", DELETIONS)
def test_deletion_of_what_changed_meanwhile_is_refused(wave, signed_in, name):
    part = parts(wave)[name]
    client = signed_in("programme-owner")

    answer = client.post(reverse(f"programme:{name}", args=[part.pk]), {"version": 9})

    assert answer.status_code == 409
    assert type(part).objects.filter(pk=part.pk).exists()


@pytest.mark.parametrize("name", DELETIONS)
def test_deletion_asks_first_and_then_deletes(wave, signed_in, name):
    part = parts(wave)[name]
    client, address = signed_in("programme-owner"), reverse(f"programme:{name}", args=[part.pk])

    asked = client.get(address)
    answer = client.post(address, {"version": 1})

    assert (asked.status_code, answer.status_code) == (200, 302)
    assert not type(part).objects.filter(pk=part.pk).exists()


LISTS = {
    "target": "target_deletion",
    "closed_weeks": "closed_weeks_deletion",
    "keep_apart": "keep_apart_deletion",
    "unit_caps": "unit_cap_deletion",
    "quotas": "quota_deletion",
    "teams_away": "team_away_deletion",
    "far_apart": "far_apart_deletion",
}


@pytest.mark.parametrize("name", LISTS)
def test_list_of_a_wave_takes_nothing_out_without_a_question(wave, signed_in, name):
    deletion = reverse(f"programme:{LISTS[name]}", args=[parts(wave)[LISTS[name]].pk])
    here = reverse(f"programme:{name}", args=[wave.pk])
    client = signed_in("programme-owner")

    page = client.get(here).content.decode()
    after = client.post(deletion, {"version": 1}, follow=True).content.decode()

    assert f'href="{deletion}"' in page
    assert f'action="{deletion}"' not in page
    assert "Borttaget: " in after
    assert deletion not in after


def test_draft_plans_do_not_stop_a_deletion(wave, signed_in):
    make_plan(wave, state="draft")

    answer = signed_in("programme-owner").post(f"/waves/{wave.pk}/deletion/", {"version": 1})

    assert answer.url == reverse("programme:programme", args=[wave.programme_id])
