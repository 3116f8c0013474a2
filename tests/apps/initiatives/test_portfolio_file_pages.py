"""The portfolio as a file by page: out, changed, seen, and in again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.initiatives.factories import make_initiative


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.UPLOADS = tmp_path


@pytest.fixture
def door(organisation):
    return make_initiative("En dörr in", code="MV-001")


def send(browser, content):
    given = {"file": SimpleUploadedFile("portfölj.csv", content)}
    return browser.post(reverse("initiatives:file"), given)


def yes(browser):
    return browser.post(reverse("initiatives:file"), {"do": "1"})


def changed_file(browser):
    got = browser.get(reverse("initiatives:file"), {"format": "csv"}).getvalue()
    return got.replace("En dörr in".encode(), "Två dörrar in".encode())


def test_file_is_seen_first_and_taken_in_after_a_yes(door, signed_in):
    browser = signed_in("programme-owner")

    seen = send(browser, changed_file(browser))
    door.refresh_from_db()
    before = door.title
    yes(browser)

    door.refresh_from_db()
    assert seen.context["outcome"].changed == 1
    assert (before, door.title) == ("En dörr in", "Två dörrar in")


def test_what_changed_meanwhile_is_shown_anew(door, signed_in):
    browser = signed_in("programme-owner")
    send(browser, changed_file(browser))
    type(door).objects.filter(pk=door.pk).update(version=5, title="Någon annans")

    answer = yes(browser)

    door.refresh_from_db()
    assert answer.status_code == 409
    assert door.title == "Någon annans"


@pytest.mark.parametrize("content", [b"", b"name;age\n1;2\n", b"%PDF-1.4"])
def test_other_files_are_refused_in_a_sentence(door, signed_in, content):
    answer = send(signed_in("programme-owner"), content)

    assert answer.status_code == 422
    assert answer.context["reason"]


def test_yes_without_a_file_is_told(door, signed_in):
    assert yes(signed_in("programme-owner")).status_code == 422


def test_readers_get_no_file_with_employee_numbers(door, signed_in):
    answer = signed_in("reader").get(reverse("initiatives:file"), {"format": "csv"})

    assert answer.status_code == 403
