"""The picture of who meets whom: departments before, planned, and at best."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.programme.planning_factories import kept_plan, make_organisation, make_wave
from modig.apps.programme import planning_bridge
from modig.apps.programme.queries.acquaintance import earlier_groups
from modig.apps.programme.queries.plans import groups_by_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(organisation):
    make_organisation()
    return make_wave()


def contacts_page(client, plan, **asked):
    answer = client.get(reverse("programme:contacts", args=[plan.pk]), asked)
    return re.sub(r"\s+", " ", answer.content.decode())


def found_in(plan):
    earlier = earlier_groups(plan).values()
    return planning_bridge.contacts(plan.given, groups_by_number(plan), earlier)


def test_every_two_departments_are_counted_once(wave):
    rows = {(one.a, one.b): one for one in found_in(kept_plan(wave)).rows}

    assert len(rows) == 10
    assert (rows["D1", "D2"].pairs, rows["D1", "D2"].before) == (225, 0)
    assert rows["D1", "D1"].pairs == 105
    assert rows["D1", "D1"].before == 30  # three teams of five
    assert all(one.planned <= one.most <= one.pairs for one in rows.values() if one.a != one.b)


def test_who_shared_an_earlier_group_knows_each_other(wave):
    kept_plan(wave, is_published=True)
    later = make_wave(number=2, programme=wave.programme)
    later.starts_on = wave.starts_on.replace(month=6)
    later.save()
    plan = kept_plan(later)

    across = found_in(plan).across

    assert across.before == across.planned == 300
    assert across.planned <= across.most


def test_page_shows_one_of_three_pictures(wave, signed_in):
    plan, client = kept_plan(wave), signed_in("reader")

    planned = contacts_page(client, plan)
    before = contacts_page(client, plan, show="before")

    assert "300 par av människor från olika förvaltningar" in planned
    row = re.search(r'<span class="desk">Department 1</span>(.*?)</tr>', planned)[1]
    assert re.findall(r'<td class="q\d">([\d,]+)', row) == ["29", "22", "22", "22"]
    assert 'aria-current="true">Före' in before


def test_pairs_come_as_a_file(wave, signed_in):
    answer = signed_in("reader").get(
        reverse("programme:contacts", args=[kept_plan(wave).pk]), {"format": "csv"}
    )

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 11
    assert "Department 1" in lines[1]


def test_as_many_questions_for_one_group_as_for_four(wave, signed_in):
    client = signed_in("reader")

    def questions(plan):
        contacts_page(client, plan)
        with CaptureQueriesContext(connection) as asked:
            contacts_page(client, plan)
        return len(asked)

    assert questions(kept_plan(wave, groups=1)) == questions(kept_plan(wave, groups=4))
