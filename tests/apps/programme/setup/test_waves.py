"""Waves with blocks, target group, closed weeks, pairs and caps: deeds and sentences."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from apps.people.factories import make_person, make_team, make_unit
from apps.programme.setup.factories import (
    make_facilitator,
    make_group,
    make_manager,
    make_plan,
    make_programme,
    make_venue,
    make_wave,
)
from modig.apps.people.models import ManagementTeam
from modig.apps.programme.actions import waves as actions
from modig.apps.programme.actions.programmes import HasBeenPublishedError
from modig.apps.programme.forms.waves import (
    BlockForm,
    ClosedWeeksForm,
    KeepApartForm,
    NewWaveForm,
    TargetListForm,
    TargetRoleForm,
    UnitCapForm,
    WaveForm,
)
from modig.apps.programme.models import Block, Plan, UnitCap, Wave
from modig.apps.programme.queries.plans import what_is_given
from modig.apps.programme.queries.programmes import usual_closed_weeks
from modig.apps.tenancy.actions import EditedMeanwhileError

pytestmark = pytest.mark.django_db
NOW = timezone.now()
BY = {"by": None, "at": NOW}
JANUARY, DECEMBER = dt.date(2027, 1, 1), dt.date(2027, 12, 31)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def wrong(form):
    assert not form.is_valid()
    return {name: list(errors) for name, errors in form.errors.items()}


@pytest.fixture
def programme(organisation):
    return make_programme(starts_on=JANUARY, ends_on=DECEMBER)


# ---- waves ---------------------------------------------------------------------------------------


def unsaved(programme, **fields):
    given = {"name": "Wave", "starts_on": JANUARY, "ends_on": dt.date(2027, 6, 30), **fields}
    return Wave(programme=programme, **given)


def test_new_wave_starts_with_rules_over_its_own_weeks(programme):
    made = actions.create_wave(unsaved(programme, starts_on=dt.date(2027, 1, 2)), **BY)

    assert made.number == 1
    assert (made.rules.first_day, made.rules.weeks) == (dt.date(2027, 1, 4), 26)


def test_pause_has_no_rules(programme):
    made = actions.create_wave(unsaved(programme, kind="pause"), **BY)

    assert not hasattr(Wave.objects.get(pk=made.pk), "rules")


def test_new_wave_takes_over_what_is_wished(programme):
    like = make_wave(programme, rules={"size_low": 7, "size_high": 9, "weeks": 12}, blocks=3)
    like.rules.venues.add(make_venue())
    like.rules.facilitators.add(make_facilitator())
    own = {"organisation": like.organisation, "wave": like}
    UnitCap.objects.create(**own, unit=make_unit(), percent=5)
    like.quotas.create(organisation=like.organisation, attribute="gender", most_percent=60)
    like.target_parts.create(organisation=like.organisation, role="manager")

    made = actions.create_wave(
        unsaved(programme), like=like, copies=["blocks", "rules", "places"], **BY
    )

    assert (made.number, made.rules.size_low, made.rules.size_high) == (2, 7, 9)
    assert made.rules.weeks == 26
    assert [block.title for block in made.blocks.all()] == ["Block 1", "Block 2", "Block 3"]
    assert made.rules.venues.count() == made.rules.facilitators.count() == 1
    assert made.unit_caps.get().percent == 5
    assert made.quotas.get().most_percent == 60
    assert not made.target_parts.exists()


def test_new_wave_takes_over_target_and_pairs_too(programme):
    like = make_wave(programme)
    like.target_parts.create(organisation=like.organisation, role="manager")
    pair = {"team_a": make_team("A"), "team_b": make_team("B")}
    like.keep_apart.create(organisation=like.organisation, **pair)

    made = actions.create_wave(unsaved(programme), like=like, copies=["target", "keep_apart"], **BY)

    assert made.target_parts.get().role == "manager"
    assert made.keep_apart.get().team_b == pair["team_b"]
    assert not made.blocks.exists()


def test_wave_goes_with_its_drafts(programme):
    wave = make_wave(programme)
    make_group(make_plan(wave, state="draft"), [make_manager()], meets=(5,))

    actions.delete_wave(wave, version=1, **BY)

    assert not Wave.objects.exists()


def test_wave_that_has_been_published_stays(programme):
    wave = make_wave(programme)
    make_plan(wave, state="superseded")

    with pytest.raises(HasBeenPublishedError):
        actions.delete_wave(wave, version=1, **BY)


def sent_wave(**fields):
    return {"name": "Autumn", "starts_on": "2027-08-01", "ends_on": "2027-11-30", **fields}


def new_form(programme, **fields):
    instance = Wave(programme=programme)
    data = sent_wave(kind="wave", **fields)
    return NewWaveForm(data, instance=instance, programme=programme)


def test_wave_lies_inside_its_programme(programme):
    form = new_form(programme, starts_on="2026-12-31", ends_on="2028-01-01")

    assert wrong(form) == {
        "starts_on": ["The programme starts later, on 1 Jan 2027."],
        "ends_on": ["The programme ends earlier, on 31 Dec 2027."],
    }


def test_wave_cannot_end_before_it_starts(programme):
    form = new_form(programme, ends_on="2027-07-31")

    assert wrong(form) == {"ends_on": ["The wave would end before it starts."]}


def test_wave_has_a_name_of_its_own(programme):
    make_wave(programme, name="Autumn")

    assert wrong(new_form(programme)) == {"name": ["Another wave of the programme has this name."]}


def test_number_of_a_wave_is_its_own(programme):
    make_wave(programme, number=1)
    second = make_wave(programme, number=2)
    form = WaveForm(sent_wave(number=1, version=1), instance=second, programme=programme)

    assert wrong(form) == {"number": ["Another wave or pause has this number."]}


def test_new_wave_proposes_the_time_after_the_last(programme, signed_in):
    make_wave(programme, starts_on=JANUARY, ends_on=dt.date(2027, 3, 31))

    form = (
        signed_in("programme-owner").get(f"/programmes/{programme.pk}/waves/new/").context["form"]
    )

    assert form.initial["starts_on"] == dt.date(2027, 4, 1)
    assert form.initial["ends_on"] == dt.date(2027, 6, 29)


def test_new_wave_is_made_on_its_page(programme, signed_in):
    like = make_wave(programme)
    sent = sent_wave(kind="wave", like=like.pk, copies=["blocks"])

    answer = signed_in("programme-owner").post(f"/programmes/{programme.pk}/waves/new/", sent)

    made = Wave.objects.get(number=2)
    assert answer.url == reverse("programme:wave", args=[made.pk])
    assert made.blocks.count() == like.blocks.count()


# ---- blocks --------------------------------------------------------------------------------------


def test_new_block_comes_last(programme):
    wave = make_wave(programme, blocks=2)

    block = actions.add_block(wave, version=1, title="Third", focus="", days=2, **BY)

    assert (block.number, Wave.objects.get(pk=wave.pk).version) == (3, 2)


def test_number_of_a_block_is_its_own(programme):
    first, _second = make_wave(programme, blocks=2).blocks.all()
    sent = {"number": 2, "title": "One", "days": 1, "version": 1}

    assert wrong(BlockForm(sent, instance=first)) == {"number": ["Another block has this number."]}


@pytest.mark.parametrize("number_of_days", [0, 6])
def test_block_lasts_one_to_five_days(programme, number_of_days):
    (block,) = make_wave(programme, blocks=1).blocks.all()
    sent = {"number": 1, "title": "One", "days": number_of_days, "version": 1}

    assert set(wrong(BlockForm(sent, instance=block))) == {"days"}


def test_deleted_block_takes_the_drafts_that_have_it(programme):
    wave = make_wave(programme, blocks=2)
    make_group(make_plan(wave, state="draft"), meets=(5, 50))

    actions.delete_block(wave.blocks.first(), version=1, **BY)

    assert (Block.objects.count(), Plan.objects.count()) == (1, 0)


def test_block_with_published_meetings_stays(programme):
    wave = make_wave(programme, blocks=1)
    make_group(make_plan(wave), meets=(5,))

    with pytest.raises(HasBeenPublishedError):
        actions.delete_block(wave.blocks.get(), version=1, **BY)


# ---- target group --------------------------------------------------------------------------------


def test_role_is_taken_in_once(programme):
    wave = make_wave(programme)
    actions.add_roles(wave, ["manager"], None, version=1, **BY)

    with pytest.raises(actions.AlreadyThereError):
        actions.add_roles(wave, ["manager"], None, version=2, **BY)


@pytest.mark.parametrize(
    ("role", "unit", "roles"),
    [
        ("manager", "", ["manager"]),
        ("everybody", "", ["manager", "key_person", "employee"]),
        ("everybody", "CARE", [""]),
    ],
)
def test_everybody_is_said_in_roles_or_by_a_unit(programme, role, unit, roles):
    make_unit("Care", code="CARE")

    form = TargetRoleForm({"version": 1, "role": role, "unit": unit})

    assert form.is_valid(), form.errors
    assert form.roles == roles


def test_list_knows_numbers_and_addresses(organisation):
    ann, bo = make_person("Ann A", number="A-1"), make_person("Bo B", number="2")
    bo.email = "Bo@north.example"
    bo.save()

    form = TargetListForm({"version": 1, "persons": "a-1, bo@north.example\nA-1;"})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["persons"] == [ann, bo]


def test_list_names_who_is_not_known(organisation):
    gone = make_person("Gone G", number="9")
    gone.left_on = JANUARY
    gone.save()

    form = TargetListForm({"version": 1, "persons": "7 8\n9"})

    assert wrong(form) == {"persons": ["Nobody employed has: 7, 8, 9."]}


def test_target_is_put_together_on_its_page(programme, signed_in):
    wave = make_wave(programme)
    team, person = make_team("Leads"), make_person("Ann A", number="A1")
    client, address = signed_in("programme-owner"), f"/waves/{wave.pk}/target/"

    client.post(address, {"add": "roles", "role": "manager", "unit": "", "version": 1})
    client.post(address, {"add": "teams", "teams": [team.pk], "version": 2})
    client.post(address, {"add": "persons", "persons": "A1", "version": 3})

    parts = wave.target_parts.values_list("role", "team", "person")
    assert list(parts) == [("manager", None, None), ("", team.pk, None), ("", None, person.pk)]


def test_parts_are_taken_out_again(programme, signed_in):
    wave = make_wave(programme)
    actions.add_persons(wave, [make_person("A A"), make_person("B B")], version=1, **BY)
    client = signed_in("programme-owner")
    part = wave.target_parts.first()

    client.post(f"/targets/{part.pk}/deletion/", {"version": 2})
    assert wave.target_parts.count() == 1

    client.post(f"/waves/{wave.pk}/target/persons/", {"version": 3})
    assert not wave.target_parts.exists()


# ---- closed weeks, pairs, caps -------------------------------------------------------------------


def weeks_form(programme, **sent):
    wave = make_wave(programme, starts_on=JANUARY, ends_on=dt.date(2027, 9, 30))
    return ClosedWeeksForm({"version": 1, **sent}, wave=wave)


def test_one_week_is_enough(programme):
    form = weeks_form(programme, first_monday="2027-W26")

    assert form.is_valid(), form.errors
    assert form.cleaned_data["last_monday"] == dt.date(2027, 6, 28)


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        (
            {"first_monday": "2027-W32", "last_monday": "2027-W26"},
            {"last_monday": ["The last week comes before the first."]},
        ),
        ({"first_monday": "2027-W45"}, {"first_monday": ["The wave is over by then."]}),
        (
            {"first_monday": "2026-W40"},
            {"last_monday": ["The wave has not started yet in these weeks."]},
        ),
        (
            {"first_monday": "summer"},
            {"first_monday": ["Write the week as 2027-W26, or a day in it as 2027-06-28."]},
        ),
    ],
)
def test_weeks_that_make_no_sense_are_said(programme, sent, errors):
    assert wrong(weeks_form(programme, **sent)) == errors


def test_weeks_are_closed_once(programme):
    wave = make_wave(programme, starts_on=JANUARY, ends_on=DECEMBER)
    monday = dt.date(2027, 6, 28)
    actions.close_weeks(wave, version=1, first_monday=monday, last_monday=monday, reason="", **BY)

    form = ClosedWeeksForm({"version": 2, "first_monday": "2027-W26"}, wave=wave)

    assert wrong(form) == {"first_monday": ["These weeks are closed already."]}


def test_usual_weeks_are_proposed_until_they_are_closed(programme):
    wave = make_wave(programme, starts_on=JANUARY, ends_on=DECEMBER)

    proposed = usual_closed_weeks(wave, [])

    assert [(one.first_monday, one.reason) for one in proposed] == [
        (dt.date(2026, 12, 21), "Christmas and New Year"),
        (dt.date(2027, 6, 28), "summer"),
        (dt.date(2027, 12, 20), "Christmas and New Year"),
    ]


def test_pair_is_kept_apart_once_in_either_order(programme):
    wave = make_wave(programme)
    a, b = make_team("A"), make_team("B")
    actions.keep_apart(wave, version=1, team_a=a, team_b=b, reason="", **BY)
    teams = ManagementTeam.objects.all()

    again = KeepApartForm({"version": 2, "team_a": b.pk, "team_b": a.pk}, wave=wave, teams=teams)
    same = KeepApartForm({"version": 2, "team_a": a.pk, "team_b": a.pk}, wave=wave, teams=teams)

    assert wrong(again) == {"team_b": ["These two are kept apart already."]}
    assert wrong(same) == {"team_b": ["A team cannot be kept apart from itself."]}


def cap_form(wave, **sent):
    return UnitCapForm({"version": 1, **sent}, wave=wave, general=Decimal("15.00"))


def test_cap_of_a_unit_is_lower_than_the_waves(programme):
    make_unit("Fire", code="FIRE")

    form = cap_form(make_wave(programme), unit="FIRE", percent="15")

    assert wrong(form) == {"percent": ["It has to be lower than the wave's own cap, 15 per cent."]}


def test_per_cent_is_read_with_comma_and_point(programme):
    make_unit("Fire", code="FIRE")
    wave = make_wave(programme)

    forms = [cap_form(wave, unit="FIRE", percent=text) for text in ("7,5", "7.5")]

    assert all(form.is_valid() for form in forms)
    assert {form.cleaned_data["percent"] for form in forms} == {Decimal("7.5")}


def test_lower_cap_holds_for_the_unit_and_those_below(programme):
    fire = make_unit("Fire", code="FIRE")
    make_unit("Station", code="STATION", under=fire)
    make_unit("Office", code="OFFICE")
    wave = make_wave(programme, rules={"cap_percent": 15})

    actions.lower_cap(wave, version=1, unit=fire, percent=Decimal(5), reason="", **BY)

    assert what_is_given(wave, on=JANUARY)["unit_caps"] == {"FIRE": "5", "STATION": "5"}


def test_cap_that_is_no_longer_lower_says_nothing(programme):
    fire = make_unit("Fire", code="FIRE")
    wave = make_wave(programme, rules={"cap_percent": 4})

    actions.lower_cap(wave, version=1, unit=fire, percent=Decimal(5), reason="", **BY)

    assert what_is_given(wave, on=JANUARY)["unit_caps"] == {}


@pytest.mark.database
def test_database_keeps_one_cap_per_unit_and_wave(programme):
    wave, unit = make_wave(programme), make_unit()
    own = {"organisation": wave.organisation, "wave": wave, "unit": unit}
    UnitCap.objects.create(**own, percent=5)

    with (
        pytest.raises(IntegrityError, match=r"cap_per_unit_and_wave|unit_id"),
        transaction.atomic(),
    ):
        UnitCap.objects.create(**own, percent=6)


@pytest.mark.database
def test_database_refuses_a_cap_over_a_hundred(programme):
    own = {"wave": make_wave(programme), "unit": make_unit()}

    with pytest.raises(IntegrityError, match="100_per_cent"), transaction.atomic():
        UnitCap.objects.create(organisation=own["wave"].organisation, **own, percent=101)


@pytest.mark.database
def test_two_who_change_one_wave_notice_each_other(programme):
    wave = make_wave(programme)
    actions.add_block(wave, version=1, title="Mine", focus="", days=1, **BY)

    with pytest.raises(EditedMeanwhileError):
        actions.add_roles(wave, ["manager"], None, version=1, **BY)

    assert not wave.target_parts.exists()
