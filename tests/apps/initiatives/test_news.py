"""How is it going? Asked once a month where nothing has been heard, answered with one press."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from apps.initiatives.factories import make_initiative
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.actions.initiatives import write_diary
from modig.apps.initiatives.actions.news import ask_for_news, ask_owners_for_news, tell_news
from modig.apps.initiatives.models import NewsRequest
from modig.apps.initiatives.news_links import token_for
from modig.apps.initiatives.queries.news import cries_for_help, to_ask_about
from modig.apps.programme.actions.reminders import pause_reminders
from modig.apps.tenancy.scope import working_for
from modig.apps.ui.must_do import must_dos

TODAY = timezone.localdate()
SITE = "https://modig.example/"


def ago(**time):
    return TODAY - dt.timedelta(**time)


@pytest.fixture
def owner(organisation):
    person = make_person("Leila Haddad", unit=make_unit("Mottagningen"))
    person.email = "leila@north.example"
    person.save()
    return person


def silent(owner, title="En dörr in", *, weeks=6, **given):
    return make_initiative(
        title,
        owner=owner,
        stage=given.pop("stage", "under_way"),
        heard_on=ago(weeks=weeks),
        **given,
    )


def ask(on=TODAY):
    return ask_owners_for_news(on=on, address=SITE)


def links_in(letter):
    return [
        found.removeprefix(SITE.rstrip("/")) for found in re.findall(rf"{SITE}n/\S+", letter.body)
    ]


# ---- asking --------------------------------------------------------------------------------------


def test_owner_is_asked_where_nothing_has_been_heard_for_four_weeks(owner):
    silent(owner)
    silent(owner, "Färsk", weeks=2)

    sent = ask()

    assert sent.sent == 1
    letter = mail.outbox[0]
    assert letter.to == ["leila@north.example"]
    assert "En dörr in" in letter.body
    assert "Färsk" not in letter.body
    assert len(links_in(letter)) == 4


@pytest.mark.parametrize("stage", ["idea", "result_shown", "embedded"])
def test_only_what_is_on_its_way_is_asked_about(owner, stage):
    silent(owner, stage=stage)

    assert ask().sent == 0


@pytest.mark.database
def test_asked_twice_is_one_letter_and_next_month_another(owner):
    silent(owner)

    assert [ask().sent, ask().sent] == [1, 0]
    assert ask(TODAY + dt.timedelta(days=27)).sent == 0
    assert ask(TODAY + dt.timedelta(days=28)).sent == 1


def test_several_initiatives_are_asked_about_in_one_letter(owner):
    silent(owner)
    silent(owner, "Lokalen delas")

    assert ask().sent == 1
    assert len(links_in(mail.outbox[0])) == 8


def test_letter_that_could_not_be_sent_goes_the_next_time_with_the_same_link(owner, settings):
    initiative = silent(owner)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(ConnectionRefusedError):
        ask()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert ask(TODAY + dt.timedelta(days=1)).sent == 1
    assert token_for(initiative.pk, owner.pk, TODAY) in mail.outbox[0].body


def test_who_wants_no_reminders_is_asked_on_home_only(owner, member):
    silent(owner)
    owner.user = member("unit-manager")
    owner.save()
    pause_reminders(owner, until=None)

    assert ask().sent == 0
    assert [one.kind for one in must_dos(owner.user, TODAY)] == ["initiative"]


def test_token_is_stored_as_a_hash_only(owner):
    initiative = silent(owner)
    question = ask_for_news(initiative, on=TODAY)

    assert token_for(initiative.pk, owner.pk, TODAY) not in str(vars(question))


def test_asking_needs_as_many_queries_for_many(owner, django_assert_max_num_queries):
    for n in range(3):
        silent(owner, f"Initiativ {n}")
    with django_assert_max_num_queries(4):
        list(to_ask_about(TODAY))


# ---- the link ------------------------------------------------------------------------------------


@pytest.fixture
def asked(owner):
    initiative = silent(owner)
    ask()
    return initiative, links_in(mail.outbox[0])


def test_opening_a_link_answers_nothing_and_the_press_does(asked, client):
    initiative, links = asked

    page = client.get(links[0])

    assert page.status_code == 200
    assert NewsRequest.objects.get().answer == ""
    assert initiative.diary.count() == 0
    assert 'value="as_planned" autofocus' in page.content.decode()

    client.post(links[0].partition("?")[0], {"answer": "as_planned", "words": ""})

    initiative.refresh_from_db()
    assert NewsRequest.objects.get().answer == "as_planned"
    assert [entry.text for entry in initiative.diary.all()] == ["Det går som planerat."]
    assert initiative.heard_on == TODAY


def test_head_of_a_link_answers_nothing(asked, client):
    initiative, links = asked

    assert client.head(links[2]).status_code == 200
    assert initiative.diary.count() == 0


def test_press_sent_twice_is_one_entry_and_another_answer_rewrites_it(asked, client):
    initiative, links = asked
    address = links[0].partition("?")[0]
    for _ in range(2):
        client.post(address, {"answer": "as_planned"})
    client.post(address, {"answer": "help", "words": "Lokalen är för liten."})

    entry = initiative.diary.get()
    assert entry.text == "Vi behöver hjälp. Lokalen är för liten."
    assert entry.translations["en"]["text"] == "We need help. Lokalen är för liten."


def test_answer_without_a_press_is_sent_back_with_a_sentence(asked, client):
    _, links = asked

    assert client.post(links[0].partition("?")[0], {"words": "Hej"}).status_code == 422


def test_old_link_and_a_link_of_who_owns_it_no_longer_are_told_calmly(asked, client, owner):
    initiative, links = asked
    NewsRequest.objects.update(asked_on=ago(days=61))
    assert client.get(links[0]).status_code == 404

    NewsRequest.objects.update(asked_on=TODAY)
    initiative.owner = make_person("Ny Ägare")
    initiative.save()
    answer = client.post(links[0].partition("?")[0], {"answer": "help"})

    assert answer.status_code == 404
    assert initiative.diary.count() == 0


def test_unknown_link_is_told_calmly(db, client):
    assert client.get("/n/0123456789/").status_code == 404


def test_paused_initiative_is_left_in_peace_until_it_stirs(owner):
    initiative = silent(owner)
    on = ago(weeks=5)
    tell_news(ask_for_news(initiative, on=on), "paused", on=on)
    assert not to_ask_about(TODAY).exists()

    assert to_ask_about(TODAY + dt.timedelta(days=60)).exists()
    write_diary(initiative, "Nu börjar vi igen", by=owner, on=ago(weeks=5))
    assert not to_ask_about(TODAY).exists()


# ---- Home ----------------------------------------------------------------------------------------


def test_owner_answers_from_home_and_the_row_is_gone(owner, member, client):
    initiative = silent(owner)
    owner.user = member("unit-manager")
    owner.save()
    client.force_login(owner.user)
    assert [one.kind for one in must_dos(owner.user, TODAY)] == ["initiative"]

    answer = client.post(
        reverse("initiatives:news", args=[initiative.pk]),
        {"answer": "happened", "words": "Vi flyttar"},
    )

    assert answer.status_code == 302
    assert initiative.diary.get().text == "Något har hänt. Vi flyttar"
    assert must_dos(owner.user, TODAY) == []


def test_nobody_else_answers_for_the_owner(owner, signed_in):
    initiative = silent(owner)

    answer = signed_in("administrator").post(
        reverse("initiatives:news", args=[initiative.pk]), {"answer": "help"}
    )

    assert answer.status_code == 403


def test_initiative_of_another_organisation_is_not_found(other_organisation, signed_in):
    with working_for(other_organisation):
        initiative = make_initiative()

    answer = signed_in("administrator").get(reverse("initiatives:news", args=[initiative.pk]))

    assert answer.status_code == 404


def test_call_for_help_waits_with_whoever_looks_after_initiatives_until_the_diary_says_more(
    owner, member
):
    initiative = silent(owner)
    tell_news(ask_for_news(initiative, on=TODAY), "help", words="Vi saknar lokal.", on=TODAY)
    asked = must_dos(member("programme-owner"), TODAY)
    assert [(one.title, one.why) for one in asked] == [
        ("Det behövs hjälp med ”En dörr in”", "Leila Haddad: Vi behöver hjälp. Vi saknar lokal.")
    ]

    write_diary(initiative, "Fastigheter har hört av sig", by=None, on=TODAY)

    assert not cries_for_help(TODAY).exists()


def test_home_asks_the_database_as_often_for_many(owner, member, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    owner.user = member("unit-manager")
    owner.save()
    silent(owner)
    must_dos(owner.user, TODAY)
    with CaptureQueriesContext(connection) as one:
        must_dos(owner.user, TODAY)
    for n in range(3):
        silent(owner, f"Initiativ {n}")
    with django_assert_num_queries(len(one)):
        must_dos(owner.user, TODAY)
