"""The portfolio as figures: over time, by silence, by department and by goal."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.initiatives.factories import TODAY, make_goal, make_initiative, of
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.models import StageChange
from modig.apps.initiatives.queries.flow import Period, flow, half_time

pytestmark = pytest.mark.django_db
PAGES = ["over_time", "ageing", "by_department", "by_goal"]


def page(name):
    return reverse(f"initiatives:{name}")


def moved(initiative, *steps):
    for stage, on in steps:
        StageChange.objects.create(**of(initiative), after=stage, on=on)


@pytest.fixture
def owner(organisation):
    return make_person("Leila Haddad", unit=make_unit("Mottagningen"))


def test_half_time_is_that_of_kaplan_and_meier():
    """Freireich et al. 1963, 6-MP in leukaemia, n = 21: the median is 23 weeks."""
    left = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    waiting = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    stays = [*((days, True) for days in left), *((days, False) for days in waiting)]

    assert half_time(stays) == 23


def test_half_time_is_unknown_while_fewer_than_half_have_moved_on():
    assert half_time([(5, True), (9, False), (9, False)]) is None
    assert half_time([]) is None


def test_each_initiative_counts_once_in_a_stage_when_it_first_came_there(owner):
    one = make_initiative(owner=owner, stage="started")
    moved(
        one,
        ("idea", date(2026, 1, 10)),
        ("started", date(2026, 2, 10)),
        ("idea", date(2026, 5, 10)),
        ("started", date(2026, 8, 10)),
    )

    found = flow(Q(), date(2026, 9, 1), by_quarter=True)

    counts = {row.stage.value: list(row.counts) for row in found.reached if row.n}
    assert found.periods == [Period(2026, number, is_quarter=True) for number in (1, 2, 3)]
    assert counts == {"idea": [1, 0, 0], "started": [1, 0, 0]}


def test_waiting_counts_those_that_are_still_there(owner):
    for days in (10, 20):
        one = make_initiative(owner=owner, stage="started")
        moved(
            one,
            ("idea", TODAY - timedelta(days=60)),
            ("started", TODAY - timedelta(days=60 - days)),
        )
    moved(make_initiative(owner=owner), ("idea", TODAY - timedelta(days=60)))

    idea = flow(Q(), TODAY, by_quarter=False).waits[0]

    assert (idea.reached, idea.moved_on, idea.half_days, idea.still) == (3, 2, 20, 1)
    assert idea.longest_days == 60


def test_silence_is_counted_by_stage_and_leads_to_just_those(owner, signed_in):
    today = timezone.localdate()
    for weeks in (1, 5, 9, 40):
        make_initiative(f"{weeks}", owner=owner, heard_on=today - timedelta(weeks=weeks))
    make_initiative("klart", owner=owner, stage="embedded", heard_on=today - timedelta(weeks=50))
    browser = signed_in("reader")

    answer = browser.get(page("ageing"))
    there = browser.get(page("portfolio"), {"stage": "idea", "silent": "8", "silent_below": "12"})

    assert [share.n for _span, share in answer.context["table"][0].cells] == [1, 1, 1, 0, 1]
    assert answer.context["n_silent"] == 2
    assert [row.initiative.title for row in there.context["rows"]] == ["9"]


def test_departments_count_what_they_lead(owner, signed_in):
    culture = make_unit("Kultur")
    make_initiative(owner=owner, unit=make_unit("Ishallen", under=culture))
    joint = make_initiative(owner=owner, unit=make_unit("Badet", under=culture), stage="started")
    joint.partner_units.add(owner.employments.get().unit)

    parts = signed_in("reader").get(page("by_department")).context["parts"]

    assert [(str(one.thing), one.n, one.joint) for one in parts] == [("Kultur", 2, 1)]
    assert [share.n for share in parts[0].stages] == [1, 1, 0, 0, 0, 0]


def test_initiative_counts_for_each_goal_and_without_one_last(owner, signed_in):
    goals = [make_goal(code="G10"), make_goal(code="G2")]
    make_initiative(owner=owner, goals=goals)
    make_initiative("utan mål", owner=owner)
    browser = signed_in("reader")

    parts = browser.get(page("by_goal")).context["parts"]
    there = browser.get(page("portfolio"), {"goal": "none"})

    assert [(one.thing.code if one.thing else None, one.n) for one in parts] == [
        ("G2", 1), ("G10", 1), (None, 1),
    ]  # fmt: skip
    assert [row.initiative.title for row in there.context["rows"]] == ["utan mål"]


@pytest.mark.parametrize("name", PAGES)
def test_facilitator_counts_only_what_she_may_see(name, owner, signed_in):
    moved(make_initiative(owner=owner), ("idea", TODAY))

    context = signed_in("facilitator").get(page(name)).context

    assert not any(context.get(told) for told in ("is_any", "open_n", "parts"))


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_as_much_of_the_database_with_three_rows_as_with_one(name, owner, signed_in):
    browser = signed_in("reader")
    add(owner, 1)
    browser.get(page(name))
    with CaptureQueriesContext(connection) as one:
        browser.get(page(name))
    add(owner, 2)
    add(owner, 3)
    with CaptureQueriesContext(connection) as three:
        browser.get(page(name))

    assert len(three) == len(one)


def add(owner, number):
    made = make_initiative(
        f"Nummer {number}",
        owner=owner,
        unit=make_unit(f"Enhet {number}"),
        goals=[make_goal()],
        heard_on=timezone.localdate() - timedelta(weeks=9),
    )
    moved(made, ("idea", TODAY - timedelta(days=90 * number)))


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("sort", ["csv", "xlsx"])
def test_figures_as_a_file(name, sort, owner, signed_in):
    add(owner, 1)

    assert signed_in("reader").get(page(name), {"format": sort}).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_nothing_to_count_is_told_calmly(name, organisation, signed_in):
    assert 'class="empty"' in signed_in("reader").get(page(name)).content.decode()
