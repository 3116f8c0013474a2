"""The rules of a wave: what is kept, and what is refused in which words."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from apps.programme.setup.factories import (
    make_facilitator,
    make_programme,
    make_venue,
    make_wave,
)
from modig.apps.programme.actions.waves import close_weeks, save_rules
from modig.apps.programme.forms.rules import RulesForm
from modig.apps.programme.models import Rules
from modig.apps.programme.queries.plans import what_is_given
from modig.apps.programme.sentences import said_rules
from modig.apps.tenancy.actions import EditedMeanwhileError

pytestmark = pytest.mark.django_db
NOW = timezone.now()
STARTS, ENDS = dt.date(2027, 1, 11), dt.date(2027, 12, 17)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def wave(organisation):
    programme = make_programme(starts_on=STARTS, ends_on=ENDS)
    rules = {"size_low": 20, "size_high": 28}
    return make_wave(programme, starts_on=STARTS, ends_on=ENDS, blocks=3, rules=rules)


def sent(**fields):
    """Rules as the form sends them."""
    return {
        "version": 1, "size_low": 20, "size_high": 28, "groups": "", "first_day": "2027-01-11",
        "weeks": 40, "gap_low": 4, "gap_high": 10, "weekdays": ["mon", "tue", "wed", "thu"],
        "day_begins": "08:30", "day_ends": "16:00", "cap_percent": "12,5",
        "mix_department": 3.0, "mix_entity": 0.0, "mix_unit": 0.0, "mix_role": 1.0,
        "mix_gender": 2.0, "mix_workplace": 0.0, **fields,
    }  # fmt: skip


def form_of(wave, **fields):
    return RulesForm(sent(**fields), instance=Rules.objects.get(wave=wave), wave=wave)


def wrong(form):
    assert not form.is_valid()
    return {name: list(errors) for name, errors in form.errors.items()}


def test_rules_are_kept_as_they_are_sent(wave, signed_in):
    venue, leader = make_venue(), make_facilitator()
    chosen = {"venues": [venue.pk], "facilitators": [leader.pk]}

    answer = signed_in("programme-owner").post(f"/waves/{wave.pk}/rules/", sent(**chosen))

    assert answer.status_code == 302
    rules = Rules.objects.get(wave=wave)
    assert (rules.groups, rules.weekdays, rules.cap_percent) == (0, "mon-thu", Decimal("12.50"))
    assert rules.weights == {"department": 3.0, "role": 1.0, "gender": 2.0}
    assert (rules.day_begins, rules.day_ends) == (dt.time(8, 30), dt.time(16))
    assert (list(rules.venues.all()), list(rules.facilitators.all())) == ([venue], [leader])


def test_planner_is_given_what_the_form_kept(wave, signed_in):
    signed_in("programme-owner").post(f"/waves/{wave.pk}/rules/", sent(groups=17))

    given = what_is_given(wave, on=STARTS)

    assert given["groups"] == 17
    assert given["weekdays"] == [0, 1, 2, 3]
    assert (given["cap"], given["size"], given["gap"]) == ("12.5", [20, 28], [4, 10])


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"size_high": 19}, {"size_high": ["The largest group is smaller than the smallest."]}),
        ({"gap_high": 3}, {"gap_high": ["The longest gap is shorter than the shortest."]}),
        ({"day_ends": "08:30"}, {"day_ends": ["The day would end before it begins."]}),
        ({"weekdays": []}, {"weekdays": ["Choose at least one weekday."]}),
        (
            {"mix_department": 0.0, "mix_role": 0.0, "mix_gender": 0.0},
            {"mix_department": ["Choose at least one thing to mix."]},
        ),
        (
            {"first_day": "2027-01-10"},
            {"first_day": ["The wave lies between 11 Jan 2027 and 17 Dec 2027."]},
        ),
        (
            {"weeks": 50},
            {"weeks": ["The wave ends on 17 Dec 2027: at most 49 weeks from the first day."]},
        ),
        (
            {"weeks": 8},
            {
                "weeks": [
                    "3 blocks with at least 4 weeks between them need 9 weeks, but there are 8."
                ]
            },
        ),
    ],
    ids=str,
)
def test_rules_that_cannot_be_kept_are_said(wave, fields, errors):
    assert wrong(form_of(wave, **fields)) == errors


@pytest.mark.parametrize("percent", ["-1", "101", "much"])
def test_cap_is_a_share(wave, percent):
    assert set(wrong(form_of(wave, cap_percent=percent))) == {"cap_percent"}


def test_long_block_needs_as_many_weekdays(wave):
    wave.blocks.update(days=2)

    assert wrong(form_of(wave, weekdays=["mon"])) == {
        "weekdays": ["A block of 2 days needs as many weekdays."]
    }


def test_blocks_must_fit_around_the_closed_weeks(wave):
    close_weeks(
        wave,
        version=1,
        first_monday=dt.date(2027, 1, 18),
        last_monday=dt.date(2027, 3, 1),
        reason="",
        by=None,
        at=NOW,
    )

    assert wrong(form_of(wave, weeks=10, gap_high=6)) == {
        "weeks": ["3 blocks do not fit into 10 weeks around the closed ones."]
    }


def test_wave_without_rules_gets_a_proposal_and_keeps_it(organisation, signed_in):
    programme = make_programme(starts_on=STARTS, ends_on=ENDS)
    wave = make_wave(programme, starts_on=STARTS, ends_on=ENDS, rules=False)
    client, address = signed_in("programme-owner"), f"/waves/{wave.pk}/rules/"

    proposal = client.get(address).context["form"].instance
    answer = client.post(address, sent())

    assert (proposal.first_day, proposal.weeks) == (STARTS, 49)
    assert answer.status_code == 302
    assert Rules.objects.get(wave=wave).size_high == 28


@pytest.mark.database
def test_two_first_rules_notice_each_other(organisation):
    wave = make_wave(rules=False)
    given = {"version": None, "venues": [], "facilitators": [], "by": None, "at": NOW}
    save_rules(Rules(wave=wave), **given)

    with pytest.raises(EditedMeanwhileError):
        save_rules(Rules(wave=wave), **given)


def test_stored_weight_that_has_no_word_is_offered_as_it_is(wave):
    wave.rules.weights = {"department": 2.5}
    wave.rules.save()

    form = RulesForm(instance=Rules.objects.get(wave=wave), wave=wave)

    assert (2.5, "2.5") in form.fields["mix_department"].choices
    assert form.fields["mix_department"].initial == 2.5


def test_rules_are_said_in_words(wave):
    said = dict(said_rules(Rules.objects.get(), [0, 1, 2, 3, 4], {"role": 1.0, "department": 3.0}))

    assert said["Size of a group"] == "20 to 28 people"
    assert said["Weekdays"] == "Monday to Friday"
    assert said["Away of a unit on one day"] == "at most 15 per cent"
    assert said["Mixed by"] == "department or company, staff role"
