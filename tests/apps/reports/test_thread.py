"""The red thread: what it counts, where it breaks, and how few steps it takes to walk it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.direction.factories import agree, make_assignment
from apps.initiatives.factories import TODAY, make_benefit, make_goal, make_initiative
from apps.people.factories import make_person, make_unit
from modig.apps.direction.models import Goal
from modig.apps.initiatives.models import Initiative
from modig.apps.people.folding import fold
from modig.apps.reports.charts import crossings, least_crossing, lines_of
from modig.apps.reports.queries.thread import ThreadFilter, thread
from modig.apps.tenancy.scope import working_for

THREAD = "reports:thread"


@pytest.fixture
def reader(member):
    return member("programme-owner")


def asked(user, **given):
    return thread(ThreadFilter(**given), user, TODAY)


def test_goal_counts_its_initiatives_benefits_assignments_and_agreements(reader):
    goal = make_goal()
    initiative = make_initiative(goals=[goal])
    make_benefit(initiative, 9, 8)
    make_initiative("Omätt", goals=[goal], beneficiary="citizens")
    held = make_assignment(goals=[goal])
    agree(held.holder, make_person("Leila Ek"), assignment=held)

    bundle = next(one for one in asked(reader).bundles if one.goal == goal)

    assert (bundle.assignments, bundle.agreements) == (1, 1)
    assert (bundle.n, bundle.n_measured, bundle.benefits, bundle.unread) == (2, 1, 1, 0)
    assert bundle.gainers == {"users": 1, "citizens": 1}


def test_initiative_of_two_goals_is_one_in_the_whole(reader):
    make_initiative(goals=[make_goal("Ett"), make_goal("Två")])

    found = asked(reader)

    assert found.initiatives == 1
    assert [bundle.n for bundle in found.bundles] == [1, 1]


def test_goal_of_a_unit_counts_for_the_goal_above_it(reader):
    top = make_goal()
    below = make_goal("Enhetens mål", parent=top)
    make_initiative(goals=[below])

    assert [(one.goal, one.n) for one in asked(reader).bundles] == [(top, 1)]
    assert [one.initiative.goals.get() for one in asked(reader, goal=below).singles] == [below]


def test_gaps_are_named_and_counted(reader):
    empty, carried = make_goal("Tomt"), make_goal("Buret")
    make_benefit(make_initiative(goals=[carried]), target_on=date(2026, 1, 1))
    make_initiative("Utan mål")

    gaps = asked(reader).gaps

    assert gaps.goals == [empty]
    assert (gaps.loose, gaps.without_benefit, gaps.unread, gaps.past_target) == (1, 1, 1, 1)


def test_initiatives_of_a_withdrawn_goal_hang_loose(reader):
    goal = make_goal(withdrawn_on=date(2026, 10, 1))
    initiative = make_initiative(goals=[goal])

    found = asked(reader)

    assert found.loose.initiatives == {initiative.pk}
    assert (found.gaps.loose, found.gaps.loose_after_withdrawal) == (1, 1)
    assert goal not in [bundle.goal for bundle in found.bundles]


def test_goal_that_has_been_withdrawn_still_holds_in_the_time_before(reader):
    goal = make_goal(withdrawn_on=date(2026, 10, 1))
    make_initiative(goals=[goal], made_on=date(2026, 2, 1))

    found = asked(reader, from_on=date(2026, 1, 1), to_on=date(2026, 6, 30))

    assert [(one.goal, one.n) for one in found.bundles] == [(goal, 1)]


def test_what_lives_on_in_another_initiative_is_not_counted_twice(reader):
    goal = make_goal()
    target = make_initiative(goals=[goal])
    make_initiative("Uppgången", goals=[goal], merged_into=target)

    assert asked(reader).initiatives == 1


def test_unit_counts_what_it_takes_part_in(reader):
    unit, other = make_unit("Norra"), make_unit("Södra", code="S")
    own = make_initiative(unit=unit)
    joined = make_initiative("Tillsammans", unit=other)
    joined.partner_units.set([unit])
    make_initiative("Annan", unit=other)

    assert asked(reader, unit=unit).gainer.keys() == {own.pk, joined.pk}


def test_period_counts_what_lived_in_it(reader):
    make_initiative("Gammal", made_on=date(2024, 1, 1), ended_on=date(2024, 6, 1))
    now = make_initiative("Nu", made_on=date(2026, 1, 1))
    make_initiative("Sedan", made_on=date(2026, 11, 1))

    found = asked(reader, from_on=date(2026, 1, 1), to_on=date(2026, 6, 1))

    assert found.gainer.keys() == {now.pk}


def test_goal_shows_twelve_initiatives_and_those_with_most_to_show_first(reader):
    goal = make_goal()
    unit, owner = make_unit(), make_person("Leila Ek")
    for number in range(14):
        make_initiative(f"Nr {number}", goals=[goal], unit=unit, owner=owner)
    measured = make_initiative("Mätt", goals=[goal], unit=unit, owner=owner)
    make_benefit(measured, 9, 8)

    found = asked(reader, goal=goal)

    assert (len(found.singles), found.singles_of) == (12, 15)
    assert found.singles[0].initiative == measured


def test_facilitator_counts_only_what_she_may_see(member):
    make_initiative(goals=[make_goal()])

    assert asked(member("facilitator")).initiatives == 0


# ---- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", [{}, {"focus": 1}, {"goal": 1}, {"goal": "none"}])
def test_picture_list_and_table_say_the_same(question, organisation, signed_in):
    goal = make_goal()
    make_goal("Tomt mål")
    make_benefit(make_initiative("Med mål", goals=[goal]), 9, 8)
    make_initiative("Utan mål")
    keys = {"focus": goal.focus_area_id, "goal": goal.pk}
    asked_for = {name: value if value == "none" else keys[name] for name, value in question.items()}

    answer = signed_in("reader").get(reverse(THREAD), asked_for)

    assert answer.status_code == 200
    drawn = {node.title for node in answer.context["picture"].nodes}
    text = answer.content.decode()
    table = text[text.index('details class="twin"') :]
    shown = {"Utan mål"} if question.get("goal") == "none" else {"Kortare väg till rätt stöd"}
    assert shown <= drawn
    assert all(name in table for name in shown)


@pytest.mark.parametrize("question", ["goal=999999", "focus=x", "goal=x", "initiative=999999"])
def test_what_is_not_there_is_not_found(question, organisation, signed_in):
    assert signed_in("reader").get(f"{reverse(THREAD)}?{question}").status_code == 404


def test_goal_of_another_organisation_is_not_found(organisation, other_organisation, signed_in):
    with working_for(other_organisation):
        goal = make_goal()

    assert signed_in("reader").get(reverse(THREAD), {"goal": goal.pk}).status_code == 404


def test_bad_period_is_said_and_not_used(organisation, signed_in):
    make_initiative(goals=[make_goal()])
    browser = signed_in("reader")

    for question in ({"from": "2026-05-01", "to": "2026-01-01"}, {"from": "igår"}):
        answer = browser.get(reverse(THREAD), question)
        assert 'role="alert"' in answer.content.decode()
        assert answer.context["thread"].initiatives == 1


def test_empty_organisation_has_a_calm_page(organisation, signed_in):
    answer = signed_in("reader").get(reverse(THREAD))

    assert 'class="empty"' in answer.content.decode()


def test_addresses_hold_plain_numbers_however_large_the_keys_are(organisation, signed_in):
    goal = make_goal()
    Goal.objects.filter(pk=goal.pk).update(id=123456)
    text = signed_in("reader").get(reverse(THREAD), {"goal": 123456}).content.decode()

    assert 'name="goal" value="123456"' in text


def test_queries_do_not_grow_with_initiatives(organisation, signed_in):
    browser = signed_in("reader")
    goal, unit, owner = make_goal(), make_unit(), make_person("Leila Ek")

    def add(n, start):
        made = Initiative.objects.bulk_create(
            Initiative(
                organisation=organisation, code=f"X-{start + k}", title=f"Nr {start + k}",
                why="w", owner=owner, unit=unit, made_on=TODAY, heard_on=TODAY,
                folded=fold(f"Nr {start + k}"),
            )
            for k in range(n)
        )  # fmt: skip
        for one in made:
            one.goals.set([goal])
        make_benefit(made[0], 9, 8, 7)

    def asked_of_the_database(question):
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(reverse(THREAD), question).status_code == 200
        return len(seen)

    add(1, 0)
    asked_of_the_database({})
    one = [asked_of_the_database({}), asked_of_the_database({"goal": goal.pk})]
    add(2, 1)
    three = [asked_of_the_database({}), asked_of_the_database({"goal": goal.pk})]
    add(397, 3)
    many = [asked_of_the_database({}), asked_of_the_database({"goal": goal.pk})]

    assert one == three == many


# ---- walking it ----------------------------------------------------------------------------------

LINK = re.compile(r'href="([^"#]+)(?:#[^"]*)?"')


def steps_to(browser, start, is_there):
    """How many presses from one page to another, by links on the pages alone."""
    seen, edge = {start}, [start]
    for step in range(5):
        following = []
        for address in edge:
            if is_there(address):
                return step
            answer = browser.get(address)
            if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
                continue
            main = answer.content.decode().split("<main", 1)[-1]
            for found in LINK.findall(main):
                link = found.replace("&amp;", "&")
                if link.startswith("?"):
                    link = address.split("?")[0] + link
                if link.startswith("/") and link not in seen and "format=" not in link:
                    seen.add(link)
                    following.append(link)
        edge = following
    return None


def test_vision_and_beneficiaries_are_four_presses_away_both_ways(organisation, signed_in):
    goal = make_goal()
    initiative = make_initiative(goals=[goal])
    benefit = make_benefit(initiative, 9, 8)
    browser = signed_in("reader")
    page = reverse("initiatives:initiative", args=[initiative.pk])
    vision = reverse("direction:direction")
    gained = f"{reverse('initiatives:benefits')}?beneficiary=users"

    up = steps_to(browser, page, lambda address: address == vision)
    down = steps_to(browser, vision, lambda address: address == page)
    out = steps_to(browser, page, lambda address: address == gained)
    back = steps_to(browser, gained, lambda address: address == page)

    assert benefit.beneficiary == "users"
    assert all(steps is not None and steps <= 4 for steps in (up, down, out, back)), (
        up, down, out, back,
    )  # fmt: skip


# ---- drawing -------------------------------------------------------------------------------------


def test_order_has_no_crossings_where_none_are_needed():
    groups = [[{"c": 5}, {"a": 5}], [{"b": 5}]]

    inside, outside, order = least_crossing(groups, ["a", "b", "c"])

    assert crossings(groups, inside, outside, order) == 0


def test_order_is_never_worse_than_the_one_given():
    groups = [[{"a": 3, "b": 9, "c": 1}, {"a": 7, "c": 2}], [{"b": 4, "c": 4}, {"a": 1}]]
    given = crossings(groups, [[0, 1], [0, 1]], [0, 1], ["a", "b", "c"])

    found = least_crossing(groups, ["a", "b", "c"])

    assert crossings(groups, *found) <= given


def test_long_text_ends_in_dots():
    assert lines_of("Elever som får hjälp i tid", 110, 1) == ["Elever som får…"]


@pytest.mark.parametrize("place", ["programme:home", "direction:direction"])
def test_thread_is_one_press_away(place, organisation, signed_in):
    make_goal()

    text = signed_in("reader").get(reverse(place)).content.decode()

    assert f'href="{reverse(THREAD)}"' in text
