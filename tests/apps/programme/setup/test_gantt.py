"""The picture of the waves: every bar and mark where its days are."""

import datetime as dt
import re
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import translation

from apps.programme.setup.factories import (
    make_facilitator,
    make_group,
    make_manager,
    make_plan,
    make_programme,
    make_wave,
)
from modig.apps.accounts.models import User
from modig.apps.programme.gantt import gantt, spans
from modig.apps.programme.queries.missing import overview

pytestmark = pytest.mark.django_db
TODAY = dt.date(2027, 1, 1)


def picture(programme, on=TODAY):
    found = overview([programme], on)
    states = [found.states[wave.pk] for wave in found.waves_of(programme)]
    with translation.override("en"):
        return gantt(programme, states, on)


def years(first, last, **fields):
    return make_programme(starts_on=dt.date(first, 1, 1), ends_on=dt.date(last, 12, 31), **fields)


def test_a_wave_lies_between_its_first_and_last_day(organisation):
    programme = years(2027, 2028)
    make_wave(programme, starts_on=dt.date(2027, 7, 1), ends_on=dt.date(2027, 12, 31))

    bar = picture(programme).rows[0].desk

    days = 365 + 366
    assert float(bar.x) == pytest.approx(900 * 181 / days, abs=0.1)
    assert float(bar.width) == pytest.approx(900 * 184 / days, abs=0.1)


def test_only_a_published_wave_fills_up(organisation):
    programme = years(2026, 2027)
    for number in (1, 2):
        starts, ends = dt.date(2026, 7, 1), dt.date(2027, 6, 30)
        make_wave(programme, number=number, starts_on=starts, ends_on=ends)
    make_group(make_plan(programme.waves.first()), [make_manager()], meets=(0, 30))

    published, open_ = picture(programme).rows

    assert float(published.desk.done) == pytest.approx(900 * 184 / 730, abs=0.1)
    assert (open_.desk.done, open_.desk.text) == ("0.0", "no plan yet")


def test_a_pause_says_that_it_is_one(organisation):
    programme = years(2027, 2028)
    pause = {"starts_on": dt.date(2027, 7, 1), "ends_on": dt.date(2027, 12, 31)}
    make_wave(programme, kind="pause", blocks=0, rules=False, **pause)

    assert picture(programme).rows[0].desk.text == "pause"


def test_words_stay_out_of_bars_without_room(organisation):
    programme = years(2020, 2030)
    make_wave(programme, starts_on=dt.date(2027, 1, 1), ends_on=dt.date(2027, 2, 1))

    row = picture(programme).rows[0]

    assert (row.desk.text, row.phone.text) == ("", "")


def test_today_has_a_line_only_within_the_programme(organisation):
    programme = years(2027, 2027)

    assert picture(programme, dt.date(2027, 7, 2)).desk.today == "448.8"
    assert picture(programme, dt.date(2028, 1, 1)).desk.today == ""


def test_years_are_told_apart_where_there_are_many(organisation):
    programme = years(2020, 2031)

    texts = [tick.text for tick in picture(programme, dt.date(2019, 1, 1)).phone.ticks]

    assert texts == ["2020", "2025", "2030"]


def test_labels_give_way_to_today(organisation):
    programme = years(2027, 2028)

    texts = [tick.text for tick in picture(programme, dt.date(2028, 1, 2)).desk.ticks]

    assert texts == ["Jan 2027", "Apr", "Jul", "Oct", "", "Apr", "Jul", "Oct"]


def test_block_is_marked_at_its_middle_group(organisation):
    wave = make_wave(blocks=1)
    plan = make_plan(wave)
    for day in (10, 40, 12):
        make_group(plan, [make_manager(f"A B{day}")], meets=(day,))
    found = overview([wave.programme], TODAY)

    (span,) = spans(found.groups)

    assert (span.middle - span.first).days == 2
    assert (span.last - span.first).days == 30


def test_numbers_of_blocks_do_not_cover_each_other(organisation):
    wave = make_wave(blocks=3)
    make_group(make_plan(wave), [make_manager()], meets=(0, 1, 100))

    row = picture(wave.programme).rows[0]

    for bar, radius in ((row.desk, 9), (row.phone, 7)):
        places = [float(mark.x) for mark in bar.marks]
        assert [mark.number for mark in bar.marks] == [1, 2, 3]
        assert all(later - sooner >= 2 * radius for sooner, later in pairwise(places))
        assert places[0] >= radius
    assert len(row.desk.days) == 3


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_language_puts_a_comma_into_the_picture(organisation, signed_in, language):
    wave = make_wave(blocks=2)
    plan = make_plan(wave)
    make_group(plan, [make_manager()], meets=(3, 50), facilitator=make_facilitator())
    client = signed_in("programme-owner")
    user = User.objects.get()
    user.language = language
    user.save()

    page = client.get(reverse("programme:programme", args=[wave.programme_id])).content.decode()

    numbers = re.findall(r' (?:x|x1|x2|cx|width)="([^"]*)"', page)
    assert numbers
    assert all(re.fullmatch(r"-?\d+(\.\d+)?", number) for number in numbers)
