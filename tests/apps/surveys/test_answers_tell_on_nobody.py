"""Attacks on an anonymous round, with the whole database in hand: none does better than chance."""

import datetime as dt
import json
import random
import zipfile

import pytest
from django.core.cache import cache
from django.db import connection, models
from django.utils import timezone

from apps.people.factories import make_person, make_unit
from modig.apps.people.models import Person
from modig.apps.surveys.actions import (
    AlreadyAnsweredError,
    RoundIsClosedError,
    create_round,
    launch_round,
    put_answer,
)
from modig.apps.surveys.actions.blocks import mail_invitations, remind_of_rounds
from modig.apps.surveys.models import Box, Invitation, Round
from modig.apps.surveys.tokens import hash_of, token_for
from modig.web.backup import write_backup

pytestmark = pytest.mark.database
TODAY = dt.date(2026, 11, 20)
NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)


@pytest.fixture
def launched(organisation):
    """A round of 40 people, and the invitations in the order of the persons."""
    unit = make_unit("Förskolor")
    people = [make_person(f"Person {k}", unit=unit) for k in range(40)]
    made = create_round("block", title="Block 1, Grupp 1", opens_on=TODAY, by=None, at=NOW)
    launch_round(made, people, by=None, at=NOW)
    by_person = {one.person_id: one for one in Invitation.objects.filter(round=made)}
    return made, [by_person[person.pk] for person in people]


def answers_of(made):
    return [answer for box in Box.objects.filter(round=made) for answer in box.answers]


def test_position_in_the_box_tells_nothing_of_the_order_of_arrival(launched):
    made, invitations = launched
    order = list(range(40))
    random.Random(5).shuffle(order)
    for place, k in enumerate(order):
        put_answer(invitations[k], {"sentence": f"{place:02}"}, on=TODAY)

    kept = [int(answer["sentence"]) for answer in answers_of(made)]

    in_place = sum(place == value for place, value in enumerate(kept))
    mean = sum(range(40)) / 40
    covariance = sum((p - mean) * (v - mean) for p, v in enumerate(kept))
    correlation = covariance / sum((p - mean) ** 2 for p in range(40))
    assert sorted(kept) == list(range(40))
    assert in_place < 8
    assert abs(correlation) < 0.6


def test_answer_holds_the_forms_items_and_nothing_else(launched):
    made, invitations = launched
    put_answer(
        invitations[0],
        {"value_self": 4, "hands_on": 5, "name": "Åsa", "at": "09:14", "value_team": 9},
        on=TODAY,
    )

    assert answers_of(made) == [{"hands_on": 5, "value_self": 4}]
    assert list(answers_of(made)[0]) == ["hands_on", "value_self"]


def test_no_column_anywhere_joins_an_answer_to_a_person_or_a_time():
    kept = {field.name for field in Box._meta.get_fields()}
    noted = {field.name: field for field in Invitation._meta.get_fields()}

    assert kept == {"id", "organisation", "round", "number", "answers"}
    assert set(noted) == {
        "id", "organisation", "round", "person", "token_hash", "mailed_on", "has_answered",
    }  # fmt: skip
    assert isinstance(noted["has_answered"], models.BooleanField)


def test_boxes_are_there_before_anybody_answers_so_their_keys_tell_nothing(launched):
    made, invitations = launched
    before = set(Box.objects.filter(round=made).values_list("pk", flat=True))
    for invitation in invitations[:12]:
        put_answer(invitation, {"hands_on": 3}, on=TODAY)

    assert set(Box.objects.filter(round=made).values_list("pk", flat=True)) == before


def test_nothing_of_an_answer_is_written_to_the_log_of_deeds(launched):
    from modig.apps.audit.models import AuditEvent

    _, invitations = launched
    before = AuditEvent.objects.count()
    put_answer(invitations[0], {"sentence": "Hemlighet"}, on=TODAY)

    assert AuditEvent.objects.count() == before


def test_token_is_stored_as_a_hash_only(launched):
    made, invitations = launched
    token = token_for(made.pk, invitations[3].person_id)

    with connection.cursor() as cursor:
        cursor.execute("SELECT token_hash FROM surveys_invitation")
        stored = {row[0] for row in cursor.fetchall()}
    assert token not in stored
    assert hash_of(token) in stored


def test_invitations_lie_in_another_order_than_the_people(launched):
    made, invitations = launched
    stored = list(Invitation.objects.filter(round=made).order_by("pk"))

    assert [one.pk for one in stored] != [one.pk for one in invitations]


def test_second_answer_is_refused_and_changes_nothing(launched):
    made, invitations = launched
    put_answer(invitations[0], {"hands_on": 5}, on=TODAY)

    with pytest.raises(AlreadyAnsweredError):
        put_answer(invitations[0], {"hands_on": 1}, on=TODAY)
    assert answers_of(made) == [{"hands_on": 5}]


@pytest.mark.parametrize("on", [TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=11)])
def test_round_that_is_not_open_takes_no_answer(launched, on):
    made, invitations = launched

    with pytest.raises(RoundIsClosedError):
        put_answer(invitations[0], {"hands_on": 5}, on=on)
    assert answers_of(made) == []
    assert Invitation.objects.filter(has_answered=True).count() == 0


# ---- the pages -----------------------------------------------------------------------------------


@pytest.fixture
def open_now(organisation):
    unit = make_unit("Förskolor")
    people = [make_person(f"Person {k}", unit=unit) for k in range(12)]
    today = timezone.localdate()
    made = create_round("block", title="Block 1, Grupp 1", opens_on=today, by=None, at=NOW)
    launch_round(made, people, by=None, at=NOW)
    return made, people


def test_link_leaves_the_address_at_once_and_the_answer_is_received(open_now, client):
    made, people = open_now

    answer = client.get(f"/f/{token_for(made.pk, people[0].pk)}/")
    assert (answer.status_code, answer["Location"]) == (302, "/answer/")
    assert client.get("/answer/").status_code == 200
    sent = client.post("/answer/", {"hands_on": "4", "sentence": "Mer övning"}, follow=True)

    assert sent.status_code == 200
    assert "surveys/received.html" in [one.name for one in sent.templates]
    assert answers_of(made) == [{"hands_on": 4, "sentence": "Mer övning"}]


def test_answer_sent_twice_is_one_answer_and_received_both_times(open_now, client):
    made, people = open_now
    client.get(f"/f/{token_for(made.pk, people[0].pk)}/")

    pages = [client.post("/answer/", {"hands_on": "4"}, follow=True) for _ in range(3)]

    assert {page.status_code for page in pages} == {200}
    assert len(answers_of(made)) == 1


def test_answering_leaves_no_session_and_no_trace_in_the_cache(open_now, client):
    made, people = open_now
    client.get(f"/f/{token_for(made.pk, people[0].pk)}/")
    client.post("/answer/", {"sentence": "Hemlighet"})

    from django.contrib.sessions.models import Session

    assert Session.objects.count() == 0
    assert cache.get("Hemlighet") is None


def test_form_shows_no_name_of_who_answers(open_now, client):
    made, people = open_now
    client.get(f"/f/{token_for(made.pk, people[0].pk)}/")

    assert "Person 0" not in client.get("/answer/").content.decode()


def test_unknown_link_is_told_calmly(db, client):
    client.get("/f/0123456789/")

    answer = client.get("/answer/")

    assert answer.status_code == 404
    assert "surveys/no_form.html" in [one.name for one in answer.templates]


def test_empty_answer_is_sent_back_with_a_sentence(open_now, client):
    made, people = open_now
    client.get(f"/f/{token_for(made.pk, people[0].pk)}/")

    assert client.post("/answer/", {}).status_code == 422
    assert answers_of(made) == []


def test_launched_round_keeps_its_settings(open_now):
    from modig.apps.surveys.actions import RoundIsLaunchedError

    made, people = open_now
    with pytest.raises(RoundIsLaunchedError):
        launch_round(Round.objects.get(pk=made.pk), people, by=None, at=NOW)


def test_stored_answers_are_plain_json(open_now, client):
    made, people = open_now
    for person in people[:5]:
        client.get(f"/f/{token_for(made.pk, person.pk)}/")
        client.post("/answer/", {"hands_on": "2"})

    assert json.dumps(answers_of(made)) == json.dumps([{"hands_on": 2}] * 5)


# ---- backups, files and logs ---------------------------------------------------------------------


def kept_in_backup(folder, name):
    """Who has answered, as a backup tells it: invitation by invitation; and the answers in it."""
    path = folder / f"{name}.zip"
    write_backup(path)
    with zipfile.ZipFile(path) as archive:
        rows = {
            what: [
                json.loads(line) for line in archive.read(f"rows/surveys.{what}.jsonl").splitlines()
            ]
            for what in ("invitation", "box")
        }
    names, *invitations = rows["invitation"]
    place = names.index("has_answered")
    boxes, *kept = rows["box"]
    answers = [one for box in kept for one in box[boxes.index("answers")]]
    return {row[0]: row[place] for row in invitations}, answers


def test_two_backups_of_an_open_form_do_not_tell_who_answered_in_between(open_now, tmp_path):
    made, _ = open_now
    before, none = kept_in_backup(tmp_path, "monday")
    put_answer(
        Invitation.objects.filter(round=made).first(), {"sentence": "Hemlighet"}, on=made.opens_on
    )
    after, one = kept_in_backup(tmp_path, "tuesday")

    assert (none, one) == ([], [{"sentence": "Hemlighet"}])
    assert before == after
    assert set(after.values()) == {False}


def test_backup_of_a_closed_form_tells_who_has_answered_and_not_when(open_now, tmp_path):
    made, _ = open_now
    for invitation in Invitation.objects.filter(round=made)[:7]:
        put_answer(invitation, {"hands_on": 3}, on=made.opens_on)
    Round.objects.filter(pk=made.pk).update(
        opens_on=TODAY - dt.timedelta(days=40), closes_on=TODAY - dt.timedelta(days=30)
    )

    told, _ = kept_in_backup(tmp_path, "later")

    assert sum(told.values()) == 7


def test_nothing_of_an_answer_or_a_link_is_logged(open_now, client, caplog):
    made, people = open_now
    caplog.set_level("DEBUG")
    token = token_for(made.pk, people[0].pk)
    client.get(f"/f/{token}/")
    client.post("/answer/", {"sentence": "Hemlighet"})

    said = "\n".join(
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith(
            "django.db"
        )  # what the database is asked is logged by no setting
    )
    assert "Hemlighet" not in said
    assert token not in said


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL sweeps by itself")
def test_earlier_states_of_a_box_do_not_stay_in_the_file(db):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)


def test_cookie_of_the_link_goes_only_over_https_where_the_site_does(open_now, client, settings):
    made, people = open_now
    settings.SESSION_COOKIE_SECURE = True

    answer = client.get(f"/f/{token_for(made.pk, people[0].pk)}/")

    cookie = answer.cookies["form"]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")


def test_mail_is_noted_for_those_who_have_answered_too(open_now):
    made, _ = open_now
    put_answer(Invitation.objects.filter(round=made).first(), {"hands_on": 3}, on=made.opens_on)
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(email=f"{person.pk}@north.example")

    sent = mail_invitations(made, address="https://modig.example", on=made.opens_on)

    assert sent.sent == 11
    assert not Invitation.objects.filter(round=made, mailed_on=None).exists()


def test_reminding_leaves_no_trace_of_who_had_answered_before(open_now):
    made, _ = open_now
    Person.objects.update(email="x@north.example")
    mail_invitations(made, address="https://modig.example", on=made.opens_on)
    put_answer(Invitation.objects.filter(round=made).first(), {"hands_on": 3}, on=made.opens_on)
    before = list(Invitation.objects.order_by("pk").values())

    on = made.closes_on - dt.timedelta(days=2)
    sent = [remind_of_rounds(address="https://modig.example", on=on).sent for _ in range(2)]

    assert sent == [11, 0]
    assert list(Invitation.objects.order_by("pk").values()) == before
