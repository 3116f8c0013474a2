"""The benefit register: how sure, what it is read from, who may change it."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from apps.initiatives.factories import (
    TODAY,
    make_benefit,
    make_goal,
    make_initiative,
)
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.models import Benefit, Indicator, IndicatorValue, Reading
from modig.apps.tenancy.scope import working_for

BETTER = [9, 8.5, 9.5, 9, 8.8, 9.2, 4, 4.2, 3.9, 4.1]
CHANGED = date(2026, 7, 1)


@pytest.fixture
def benefit(organisation):
    return make_benefit(
        make_initiative(goals=[make_goal()]),
        *BETTER,
        better="lower",
        changed_on=CHANGED,
        measure="dagar",
        baseline=9,
        target=5,
        chain="En dörr in\nIngen kö\nMöte inom fem dagar",
    )


def page(name, *keys):
    return reverse(f"initiatives:{name}", args=keys)


def test_benefit_says_in_its_heading_what_its_readings_show(benefit, signed_in):
    answer = signed_in("reader").get(page("benefit", benefit.pk))

    assert "I medeltal från 9 till 4 dagar, och det är inte slump" in " ".join(
        answer.content.decode().split()
    ).replace("9,0", "9")
    assert answer.context["proof"].code == "shown"


def test_effect_chain_ends_with_who_gains(benefit, signed_in):
    text = signed_in("reader").get(page("benefit", benefit.pk)).content.decode()

    chain = text[text.index('class="effects"') :]
    assert chain.index("En dörr in") < chain.index("Möte inom fem dagar") < chain.index("gain")


@pytest.mark.parametrize(
    ("question", "is_there"),
    [
        ({}, True),
        ({"proof": "shown"}, True),
        ({"proof": "unread"}, False),
        ({"beneficiary": "users"}, True),
        ({"beneficiary": "citizens"}, False),
        ({"q": "kortare väntan"}, True),
        ({"q": "ishall"}, False),
        ({"realised": "unjudged"}, True),
        ({"realised": "yes"}, False),
    ],
)
def test_register_shows_what_fits(benefit, signed_in, question, is_there):
    answer = signed_in("reader").get(page("benefits"), question)

    assert (benefit in [line.benefit for line in answer.context["lines"]]) is is_there


def test_register_fits_by_goal_and_department(benefit, signed_in):
    other = make_benefit(make_initiative("En annan", unit=make_unit("Annat", code="X")))
    browser = signed_in("reader")

    by_goal = browser.get(page("benefits"), {"goal": benefit.initiative.goals.get().pk})
    by_unit = browser.get(page("benefits"), {"department": other.initiative.unit.pk})

    assert [line.benefit for line in by_goal.context["lines"]] == [benefit]
    assert [line.benefit for line in by_unit.context["lines"]] == [other]


def test_register_counts_how_sure_its_benefits_are(benefit, signed_in):
    make_benefit(make_initiative("Oläst"))
    make_benefit(make_initiative("Lutar"), 9, 8, 7, 6, better="lower", changed_on=date(2026, 2, 1))

    register = signed_in("reader").get(page("benefits")).context["register"]

    assert (register.shown, register.leaning, register.unread) == (1, 1, 1)


def test_register_as_csv_holds_what_the_page_filters(benefit, signed_in):
    make_benefit(make_initiative("Oläst"))

    answer = signed_in("reader").get(page("benefits"), {"format": "csv", "proof": "shown"})

    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == [benefit.initiative.code]


def test_register_as_workbook(benefit, signed_in):
    answer = signed_in("reader").get(page("benefits"), {"format": "xlsx"})

    assert answer.content[:2] == b"PK"


@pytest.mark.parametrize("name", ["benefits", "indicators"])
def test_list_asks_as_much_of_the_database_with_three_rows_as_with_one(
    name, organisation, signed_in, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = signed_in("reader")
    add_one(organisation, 1)
    browser.get(page(name))
    with CaptureQueriesContext(connection) as one:
        browser.get(page(name))
    add_one(organisation, 2)
    add_one(organisation, 3)
    with CaptureQueriesContext(connection) as three:
        browser.get(page(name))

    assert len(three) == len(one)


def add_one(organisation, number):
    make_benefit(make_initiative(f"Nummer {number}", goals=[make_goal()]), *BETTER)
    indicator = Indicator.objects.create(
        organisation=organisation, code=f"N{number:05d}", title="Väntetid"
    )
    IndicatorValue.objects.create(
        organisation=organisation, indicator=indicator, area="9901", year=2025, value=12.5
    )


def test_other_organisations_benefit_does_not_exist(benefit, other_organisation, client, member):
    stranger = member("administrator", email="a@south.example", of=other_organisation)
    client.force_login(stranger)

    answers = [
        client.get(page(name, benefit.pk)).status_code
        for name in ("benefit", "benefit_edit", "reading_new", "benefit_judgement")
    ]

    assert answers == [404] * 4


def test_reader_may_look_and_not_change(benefit, signed_in):
    browser = signed_in("reader")

    assert browser.get(page("benefit", benefit.pk)).status_code == 200
    assert browser.get(page("benefit_edit", benefit.pk)).status_code == 403
    assert browser.post(page("reading_new", benefit.pk), {}).status_code == 403
    assert browser.get(page("benefit_new", benefit.initiative.pk)).status_code == 403
    assert browser.get(page("indicator_file")).status_code == 403


def test_owner_of_the_benefit_reads_it(benefit, member, client):
    user = member("participant")
    benefit.owner = make_person("Nils Ek", user=user)
    benefit.save()
    client.force_login(user)

    answer = client.post(
        page("reading_new", benefit.pk), {"on": "2026-11-24", "value": "3,95", "n": "212"}
    )

    assert answer.status_code == 302
    assert Reading.objects.get(on=date(2026, 11, 24)).value == 3.95


BENEFIT = {
    "name": "Fler svar",
    "beneficiary": "users",
    "kind": "quality",
    "indicator": "Besvarade samtal",
    "measure": "%",
    "better": "higher",
    "aggregation": "share",
    "baseline": "68",
    "target": "90,5",
}


def test_new_benefit_is_unproven_and_sent_twice_it_is_one(benefit, signed_in):
    browser = signed_in("programme-owner")
    where = page("benefit_new", benefit.initiative.pk)

    answers = [browser.post(where, BENEFIT).status_code for _ in range(2)]

    made = Benefit.objects.get(name="Fler svar")
    assert answers == [302, 302]
    assert (made.target, made.is_realised) == (90.5, None)


def test_what_was_typed_stays_when_something_is_wrong(benefit, signed_in):
    answer = signed_in("programme-owner").post(
        page("benefit_new", benefit.initiative.pk), {**BENEFIT, "target": "mycket"}
    )

    assert answer.status_code == 422
    assert 'value="mycket"' in answer.content.decode()


def test_readings_of_two_sorts_are_refused_in_a_sentence(benefit, signed_in):
    given = {**BENEFIT, "aggregation": "rolling_12", "version": benefit.version}

    answer = signed_in("programme-owner").post(page("benefit_edit", benefit.pk), given)

    benefit.refresh_from_db()
    assert answer.status_code == 422
    assert answer.context["form"].errors["aggregation"]
    assert benefit.aggregation == "mean"


def test_edit_that_came_too_late_shows_both_texts(benefit, signed_in):
    Benefit.objects.filter(pk=benefit.pk).update(version=2, name="Väntan halverad")

    answer = signed_in("programme-owner").post(
        page("benefit_edit", benefit.pk), {**BENEFIT, "aggregation": "mean", "version": 1}
    )

    assert answer.status_code == 409
    assert "Väntan halverad" in answer.content.decode()
    assert "Fler svar" in answer.content.decode()


def test_provisional_reading_is_replaced_and_a_final_one_is_not(benefit, signed_in):
    browser = signed_in("programme-owner")
    where = page("reading_new", benefit.pk)

    browser.post(where, {"on": "2026-11-20", "value": "5", "is_provisional": "on"})
    final = browser.post(where, {"on": "2026-11-20", "value": "6"})
    again = browser.post(where, {"on": "2026-11-20", "value": "7"})

    assert (final.status_code, again.status_code) == (302, 422)
    assert Reading.objects.get(on=date(2026, 11, 20)).value == 6


def test_period_that_has_not_ended_cannot_be_read(benefit, signed_in):
    answer = signed_in("programme-owner").post(
        page("reading_new", benefit.pk), {"on": "2099-01-31", "value": "5"}
    )

    assert answer.status_code == 422


def test_realised_needs_evidence(benefit, signed_in):
    browser = signed_in("programme-owner")
    where = page("benefit_judgement", benefit.pk)

    without = browser.post(where, {"is_realised": "yes", "evidence": " ", "version": 1})
    given = browser.post(
        where, {"is_realised": "yes", "evidence": "Mätt i nio månader", "version": 1}
    )

    benefit.refresh_from_db()
    assert (without.status_code, given.status_code) == (422, 302)
    assert benefit.is_realised


def test_reading_can_be_thrown_away(benefit, signed_in):
    reading = benefit.readings.first()

    answer = signed_in("programme-owner").post(page("reading_removal", reading.pk))

    assert answer.status_code == 302
    assert not Reading.objects.filter(pk=reading.pk).exists()


def test_national_indicator_stands_beside_the_own_readings(benefit, organisation, signed_in):
    indicator = Indicator.objects.create(
        organisation=organisation, code="N99901", title="Väntetid, dagar"
    )
    for year, value in ((2024, 14.5), (2025, 13)):
        IndicatorValue.objects.create(
            organisation=organisation, indicator=indicator, area="9901", area_name="North",
            year=year, value=value,
        )  # fmt: skip
    Benefit.objects.filter(pk=benefit.pk).update(national=indicator)

    text = signed_in("reader").get(page("benefit", benefit.pk)).content.decode()

    assert "Kolada, N99901" in text
    assert "14,5" in text


def test_register_of_a_facilitator_holds_none_of_groups_that_she_does_not_lead(benefit, signed_in):
    text = signed_in("facilitator").get(page("benefits"), {"format": "csv"}).getvalue().decode()

    assert benefit.name not in text


def test_without_organisation_nothing_is_found(benefit, other_organisation):
    with working_for(other_organisation):
        assert list(Benefit.objects.all()) == []
    assert TODAY > CHANGED
