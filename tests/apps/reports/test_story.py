"""The story of an initiative: what is proven in it, and whose words stand in it."""

import json
from datetime import date

import pytest
from django.urls import reverse

from apps.initiatives.factories import (
    TODAY,
    make_benefit,
    make_diary,
    make_goal,
    make_initiative,
    make_quotation,
    make_step,
)
from modig.apps.reports.queries.story import story_of
from modig.apps.reports.story import story_sheet, told
from modig.apps.tenancy.scope import working_for

GIVEN, WAITING, WITHDRAWN = "Nu ringer jag rätt.", "Säg inget om detta.", "Jag ångrade mig."


@pytest.fixture
def initiative(organisation):
    made = make_initiative(goals=[make_goal()], learning="Växeln behövde samma bild.")
    make_step(made, done_on=TODAY)
    make_diary(made)
    make_benefit(
        made, 9, 8, 10, 9, 8, 10, 4, 4.2, 3.9, better="lower", changed_on=date(2026, 7, 1),
        measure="dagar", method="ärendesystemet",
    )  # fmt: skip
    make_quotation(made, GIVEN)
    make_quotation(made, WAITING, consent_on=None)
    make_quotation(made, WITHDRAWN, withdrawn_on=TODAY)
    return made


def page(name, initiative):
    return reverse(f"reports:{name}", args=[initiative.pk])


def test_story_holds_only_quotations_with_consent(initiative, signed_in):
    text = signed_in("programme-owner").get(page("story", initiative)).content.decode()

    assert GIVEN in text
    assert WAITING not in text
    assert WITHDRAWN not in text


def test_sheet_holds_only_quotations_with_consent(initiative):
    text = json.dumps(told(story_of(initiative), TODAY), ensure_ascii=False)

    assert GIVEN in text
    assert WAITING not in text
    assert WITHDRAWN not in text


def test_withdrawn_consent_takes_the_quotation_off_both(initiative, signed_in):
    quotation = initiative.quotations.get(text=GIVEN)
    quotation.withdrawn_on = TODAY
    quotation.save()

    text = signed_in("reader").get(page("story", initiative)).content.decode()

    assert GIVEN not in text
    assert told(story_of(initiative), TODAY)["quotes"] == []


def test_figures_have_their_source_and_how_sure_they_are(initiative):
    figures = told(story_of(initiative), TODAY)["figures"]

    assert [(one["before"], one["after"]) for one in figures] == [("9", "4")]
    assert figures[0]["source"].startswith("ärendesystemet; 9")
    assert figures[0]["sure"] == "visad"


def test_unproven_is_called_unproven(organisation, signed_in):
    initiative = make_initiative()
    make_benefit(initiative)

    story = story_of(initiative)

    assert not story.is_proven
    assert told(story, TODAY)["figures"][0]["sure"] == "inte mätt än"
    assert signed_in("reader").get(page("story", initiative)).status_code == 200


def test_withdrawn_goal_is_said_to_be_withdrawn(organisation):
    initiative = make_initiative(goals=[make_goal("Gammalt", withdrawn_on=TODAY)])

    sheet = told(story_of(initiative), TODAY)

    assert sheet["goals"] == []
    assert "Gammalt" in sheet["withdrawn"][0]


def test_text_never_becomes_markup(initiative):
    initiative.title = '#panic("x") *stark* $1/0$ <b>'
    initiative.learning = '#read("/etc/passwd")'

    assert story_sheet(story_of(initiative), TODAY).startswith(b"%PDF")


def test_story_as_pdf_is_made_for_screen_readers(initiative, signed_in):
    answer = signed_in("reader").get(page("story_pdf", initiative))

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"pdfuaid" in answer.content


def test_story_of_another_organisation_does_not_exist(other_organisation, signed_in, organisation):
    with working_for(other_organisation):
        initiative = make_initiative()
    browser = signed_in("administrator")

    answers = [browser.get(page(name, initiative)).status_code for name in ("story", "story_pdf")]

    assert answers == [404, 404]


def test_facilitator_reads_no_story_of_groups_that_she_does_not_lead(initiative, signed_in):
    browser = signed_in("facilitator")

    answers = [browser.get(page(name, initiative)).status_code for name in ("story", "story_pdf")]

    assert answers == [403, 403]
