"""The portfolio: what fits, how it is counted, and the views one keeps."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.initiatives.factories import make_benefit, make_goal, make_initiative, make_part
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.models import SavedView


def page(name="portfolio", *keys):
    return reverse(f"initiatives:{name}", args=keys)


def weeks_ago(weeks):
    return timezone.localdate() - timedelta(weeks=weeks)


def found(browser, **asked):
    answer = browser.get(page(), asked)
    return [row.initiative for row in answer.context["rows"]]


@pytest.fixture
def door(organisation):
    return make_initiative(
        "En dörr in", goals=[make_goal()], stage="under_way", heard_on=weeks_ago(9), kind="law"
    )


@pytest.fixture
def rink(organisation):
    unit = make_unit("Ishallen", under=make_unit("Kultur"))
    return make_initiative(
        "Tidigare is",
        unit=unit,
        owner=make_person("Bo Öst"),
        beneficiary="citizens",
        heard_on=weeks_ago(0),
    )


def test_title_says_how_many_there_are(door, rink, signed_in):
    answer = signed_in("reader").get(page())

    assert answer.context["total"] == 2
    assert [(one.stage, one.n) for one in answer.context["stages"] if one.n] == [
        ("idea", 1),
        ("under_way", 1),
    ]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "dörr"},
        {"q": "haddad"},
        {"q": "mottagningen"},
        {"stage": "under_way"},
        {"kind": "law"},
        {"beneficiary": "users"},
        {"silent": "8"},
    ],
)
def test_portfolio_shows_what_fits(door, rink, signed_in, asked):
    assert found(signed_in("reader"), **asked) == [door]


def test_portfolio_fits_by_goal_department_and_joint_work(door, rink, signed_in):
    browser = signed_in("reader")
    rink.partner_units.add(door.unit)

    assert found(browser, goal=door.goals.get().pk) == [door]
    assert found(browser, department=rink.unit.top_id) == [rink]
    assert found(browser, joint="1") == [rink]
    assert found(browser, department=door.unit.pk, **{"with": rink.unit.top_id}) == [rink]


def test_mine_are_those_one_owns_or_works_on(door, rink, member, client):
    user = member("participant")
    make_part(rink, make_person("Nils Ek", user=user))
    client.force_login(user)

    assert found(client, mine="1") == [rink]


def test_ageing_is_told_in_words(door, signed_in):
    text = signed_in("reader").get(page()).content.decode()

    assert "9 " in text[text.index('class="state bad"') :][:80]


def test_finished_initiative_is_not_silent(door, signed_in):
    door.stage = "embedded"
    door.save()

    assert found(signed_in("reader"), silent="8") == []


def test_what_it_has_given_stands_in_the_list(door, signed_in):
    make_benefit(door, 9, 8, 7, 4, measure="dagar")

    assert "dagar" in signed_in("reader").get(page()).content.decode()


def test_merged_initiative_is_no_longer_listed(door, rink, signed_in):
    rink.merged_into = door
    rink.save()

    assert found(signed_in("reader")) == [door]


def test_facilitator_sees_only_initiatives_of_her_groups(door, signed_in):
    assert found(signed_in("facilitator")) == []


@pytest.mark.parametrize("asked", [{"goal": "x"}, {"silent": "-1"}, {"year": "99999999999"}])
def test_nonsense_in_the_address_asks_for_nothing(door, signed_in, asked):
    assert found(signed_in("reader"), **asked) == [door]


@pytest.mark.parametrize("name", ["portfolio", "board", "matrix"])
def test_list_asks_as_much_of_the_database_with_three_rows_as_with_one(
    name, organisation, signed_in
):
    browser = signed_in("reader")
    add_joint(1)
    browser.get(page(name))
    with CaptureQueriesContext(connection) as one:
        browser.get(page(name))
    add_joint(2)
    add_joint(3)
    with CaptureQueriesContext(connection) as three:
        browser.get(page(name))

    assert len(three) == len(one)


def add_joint(number):
    made = make_initiative(
        f"Nummer {number}", owner=make_person(f"Ägare {number}"), unit=make_unit(f"Enhet {number}")
    )
    made.partner_units.add(make_unit(f"Granne {number}"))
    make_benefit(made, 9, 8, 7)


def test_list_as_csv_holds_what_the_page_filters(door, rink, signed_in):
    answer = signed_in("reader").get(page(), {"format": "csv", "kind": "law"})

    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == [door.code]


def test_list_as_workbook(door, signed_in):
    assert signed_in("reader").get(page(), {"format": "xlsx"}).content[:2] == b"PK"


def test_board_shows_the_first_twenty_of_a_stage(organisation, signed_in):
    owner, unit = make_person("Leila"), make_unit("Mottagningen")
    for number in range(22):
        make_initiative(f"Nummer {number}", owner=owner, unit=unit)

    answer = signed_in("reader").get(page("board"))

    idea = answer.context["columns"][0]
    assert (idea.n, len(idea.rows)) == (22, 20)


def test_matrix_counts_an_initiative_once_for_each_pair(door, rink, signed_in):
    ice = make_unit("Is två", under=rink.unit.top)
    door.partner_units.add(rink.unit, ice)

    answer = signed_in("reader").get(page("matrix"))

    counts = {
        (cell.one.pk, cell.other.pk): cell.n
        for _, cells in answer.context["table"]
        for cell in cells
    }
    assert counts[(door.unit.pk, rink.unit.top_id)] == counts[(rink.unit.top_id, door.unit.pk)] == 1
    assert answer.context["together"] == 1


def test_reader_keeps_a_view_for_herself_and_deletes_it(door, signed_in):
    browser = signed_in("reader")

    browser.post(
        page("view_new"), {"name": "Tysta", "query": "silent=8&evil=1&page=3", "is_shared": "on"}
    )
    view = SavedView.objects.get()
    answer = browser.post(page("view_removal", view.pk))

    assert (view.query, view.is_shared) == ("silent=8", False)
    assert answer.status_code == 302
    assert not SavedView.objects.exists()


def test_shared_view_is_everybodys_and_only_some_may_delete_it(door, member, client):
    client.force_login(member("programme-owner"))
    client.post(page("view_new"), {"name": "Lagar", "query": "kind=law", "is_shared": "on"})
    view = SavedView.objects.get()
    client.force_login(member("reader"))

    text = client.get(page()).content.decode()

    assert "?kind=law" in text
    assert client.post(page("view_removal", view.pk)).status_code == 403


def test_view_of_another_organisation_does_not_exist(door, other_organisation, member, client):
    client.force_login(member("programme-owner"))
    client.post(page("view_new"), {"name": "Lagar", "query": "kind=law"})
    view = SavedView.objects.get()
    client.force_login(member("administrator", email="a@south.example", of=other_organisation))

    assert client.post(page("view_removal", view.pk)).status_code == 404
