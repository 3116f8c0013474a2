"""Letters reach a mail server, each once, whatever it does."""

import smtplib

import pytest

from apps.jobs.mail_server import MailServer
from modig.apps.jobs.mails import Letter, Sent, send_letters


@pytest.fixture
def server(settings):
    running = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5
    yield running
    running.stop()


@pytest.fixture
def noted():
    return []


def letters_to(*addresses, noted):
    return [
        Letter(
            to=address,
            subject="Hur går\ndet?",
            text="Hej å ä ö",
            note_sent=lambda address=address: noted.append(address),
            pause_address="https://modig.example/reminders/x/",
        )
        for address in addresses
    ]


def test_letters_arrive_whole_and_are_noted(server, noted):
    sent = send_letters(letters_to("a@north.example", "b@north.example", noted=noted))

    assert sent == Sent(sent=2)
    assert noted == ["a@north.example", "b@north.example"]
    assert [letter["To"] for letter in server.letters] == noted
    assert server.letters[0]["Subject"] == "Hur går det?"
    assert server.letters[0]["List-Unsubscribe"] == "<https://modig.example/reminders/x/>"
    assert server.texts()[0].strip() == "Hej å ä ö"


def test_refused_address_keeps_nobody_else_from_her_letter(server, noted):
    server.unknown.add("gone@north.example")

    sent = send_letters(letters_to("gone@north.example", "b@north.example", noted=noted))

    assert sent == Sent(sent=1, refused=1)
    assert noted == ["b@north.example"]


def test_mail_server_that_is_down_is_a_fault_and_nothing_is_noted(server, noted):
    server.stop()

    with pytest.raises((OSError, smtplib.SMTPException)):
        send_letters(letters_to("a@north.example", noted=noted))
    assert noted == []


def test_stopped_sending_goes_on_with_those_that_are_left(server, noted):
    every = letters_to("a@north.example", "b@north.example", noted=noted)

    send_letters(every, is_enough=lambda: len(noted) == 1)

    assert noted == ["a@north.example"]
