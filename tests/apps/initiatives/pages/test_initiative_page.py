"""What stands on an initiative's page, for whom, and how often it asks the database."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.initiatives.factories import (
    TODAY,
    in_english,
    make_attachment,
    make_benefit,
    make_diary,
    make_gate,
    make_goal,
    make_initiative,
    make_part,
    make_question,
    make_quotation,
    make_step,
)
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.queries.similar import forget_indexes


@pytest.fixture(autouse=True)
def _fresh():
    forget_indexes()


@pytest.fixture
def owner(organisation, member, client):
    user = in_english(member("unit-manager"))
    client.force_login(user)
    return make_person("Leila Haddad", unit=make_unit("Mottagningen"), user=user)


@pytest.fixture
def reader(organisation, member, client):
    user = member("participant", email="reads@north.example")
    return make_person("Nils Ek", user=user)


def page(client, initiative):
    answer = client.get(reverse("initiatives:initiative", args=[initiative.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def fill(initiative, n):
    for number in range(n):
        person = make_person(f"Nils Ek {number}")
        make_step(initiative, f"Steg {number}")
        make_gate(initiative)
        make_benefit(initiative, 9, 8, 7)
        make_diary(initiative, f"Dag {number}", by=person)
        make_part(initiative, person)
        make_question(initiative, person, f"Fråga {number}")
        make_quotation(initiative)
        make_attachment(initiative)
        initiative.goals.add(make_goal())
        initiative.partner_units.add(make_unit(f"Enhet {number}"))
        make_initiative(f"En dörr in nummer {number}")


def test_page_asks_the_database_as_often_for_three_rows_as_for_one(owner, client):
    initiative = make_initiative(owner=owner)
    counts = []
    for n in (1, 2):
        fill(initiative, n)
        page(client, initiative)
        with CaptureQueriesContext(connection) as asked:
            page(client, initiative)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_texts_are_in_the_language_of_the_page(owner, client):
    initiative = make_initiative(owner=owner, translations={"en": {"title": "One door in"}})

    assert "One door in" in page(client, initiative)


def test_what_the_next_stage_asks_for_stands_with_the_form_that_mends_it(owner, client):
    initiative = make_initiative(owner=owner, stage="started")

    text = page(client, initiative)

    assert "Asked for by “Under way”" in text
    assert f'href="{reverse("initiatives:steps", args=[initiative.pk])}"' in text
    assert "Then 1 of 1 are in place" in text


def test_unsettled_gate_is_mended_where_it_stands(owner, client):
    details = {"teams_before": ["Norra"], "team_after": "Ängen"}
    initiative = make_initiative(owner=owner, stage="started", kind="merge", details=details)
    gate = make_gate(initiative, is_passed=False)

    text = page(client, initiative)

    assert f'href="{reverse("initiatives:gate", args=[gate.pk])}"' in text
    assert reverse("initiatives:gate_new", args=[initiative.pk, "co_operation"]) in text


def test_withdrawn_goal_leaves_the_initiative_visibly_loose(owner, client):
    goal = make_goal("Ett gammalt mål", withdrawn_on=TODAY)
    initiative = make_initiative(owner=owner, goals=[goal])

    text = page(client, initiative)

    assert "no longer holds" in text
    assert "hangs loose" in text
    assert "<s>" in text
    assert "no goal yet" in text


def test_goal_that_holds_keeps_the_thread_whole(owner, client):
    goals = [make_goal("Gammalt", withdrawn_on=TODAY), make_goal("Nytt")]
    initiative = make_initiative(owner=owner, goals=goals)

    text = page(client, initiative)

    assert "no longer holds" in text
    assert "hangs loose" not in text


def test_withdrawn_words_are_on_nobodys_page(owner, client):
    initiative = make_initiative(owner=owner)
    make_quotation(initiative, "Det syns inte.", withdrawn_on=TODAY)

    text = page(client, initiative)

    assert "Det syns inte." not in text
    assert "the consent was withdrawn" in text


def test_words_without_consent_are_seen_by_those_who_edit_alone(owner, reader, client):
    initiative = make_initiative(owner=owner)
    make_quotation(initiative, "Vänta på ja.", consent_on=None)
    assert "Vänta på ja." in page(client, initiative)

    client.force_login(in_english(reader.user))
    assert "Vänta på ja." not in page(client, initiative)


def test_reader_can_follow_ask_and_join_but_edits_nothing(owner, reader, client):
    initiative = make_initiative(owner=owner)
    make_step(initiative)
    client.force_login(in_english(reader.user))

    text = page(client, initiative)

    assert "Ask to join" in text
    assert "Follow" in text
    assert reverse("initiatives:question_new", args=[initiative.pk]) in text
    assert reverse("initiatives:edit", args=[initiative.pk]) not in text
    assert "data-draft" not in text


def test_merged_initiative_keeps_its_page_and_says_where_it_lives(owner, client):
    target = make_initiative("Målet", code="MV-100")
    initiative = make_initiative(owner=owner, merged_into=target, ended_on=date(2026, 11, 1))

    text = page(client, initiative)

    assert "lives on in" in text
    assert reverse("initiatives:initiative", args=[target.pk]) in text
    assert reverse("initiatives:edit", args=[initiative.pk]) not in text


def test_merger_of_teams_under_way_leads_those_who_may_to_the_units(organisation, member, client):
    user = in_english(member("programme-owner"))
    client.force_login(user)
    before, after = make_unit("Norra", code="VO-N"), make_unit("Ängen", code="VO-A")
    details = {
        "teams_before": ["Norra (VO-N)", "Ängen"],
        "team_after": "VO-A",
        "merges_on": "2027-03-30",
    }
    initiative = make_initiative(kind="merge", stage="under_way", details=details)

    text = page(client, initiative)

    link = f"{reverse('people:unit_merger', args=[before.pk])}?after=VO-A&on=2027-03-30"
    assert link.replace("&", "&amp;") in text
    assert reverse("people:unit_merger", args=[after.pk]) not in text
    form = client.get(link).content.decode()
    assert 'value="VO-A"' in form
    assert 'value="2027-03-30"' in form


def test_merger_of_teams_leads_nobody_else_there(owner, client):
    make_unit("Norra", code="VO-N")
    details = {"teams_before": ["VO-N"], "team_after": ""}
    initiative = make_initiative(owner=owner, kind="merge", stage="under_way", details=details)

    assert "/merger/" not in page(client, initiative).replace(
        f"/initiatives/{initiative.pk}/merger/", ""
    )


def test_every_form_of_text_is_marked_to_be_kept_in_the_browser(owner, client):
    initiative = make_initiative(owner=owner)
    make_question(initiative, make_person("Nils Ek"))
    for name in ("edit", "learning", "details", "steps", "diary_new", "question_new", "merger_new"):
        text = client.get(reverse(f"initiatives:{name}", args=[initiative.pk])).content.decode()
        assert f'data-draft="{owner.user_id}:' in text, name
        assert "data-draft-offer" in text, name
    new = client.get(reverse("initiatives:new")).content.decode()
    assert f'data-draft="{owner.user_id}:new"' in new
