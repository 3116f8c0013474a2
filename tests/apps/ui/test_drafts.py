"""Which forms a browser keeps, and how it is told that their text has arrived."""

from pathlib import Path

import pytest
from django.http import HttpResponse

from modig.apps.ui.drafts import COOKIE, draft_is_kept_no_longer

APPS = Path(__file__).parent.parent.parent.parent / "src" / "modig" / "apps"
TEMPLATES = sorted(APPS.glob("*/templates/**/*.html"))


def answered(rf, **sent):
    return draft_is_kept_no_longer(rf.post("/", sent), HttpResponse()).cookies


def test_saved_draft_is_named_to_the_browser_and_no_word_of_it(rf):
    cookie = answered(rf, draft="7:diary-3", text="Hemligt")[COOKIE]

    assert (cookie.value, cookie["samesite"]) == ("7:diary-3", "Lax")
    assert not cookie["httponly"]  # the page's own script reads it and throws it away


def test_form_without_a_draft_sets_nothing(rf):
    assert answered(rf, text="Hej") == {}


@pytest.mark.parametrize("name", ["", "a b", "x" * 81, "a;b", "å", "a\r\nb"])
def test_name_that_no_form_of_ours_has_sets_nothing(rf, name):
    assert answered(rf, draft=name) == {}


def test_answers_to_anonymous_forms_are_never_kept_in_a_browser():
    kept = [path for path in TEMPLATES if "data-draft" in path.read_text(encoding="utf-8")]

    assert kept
    assert [path for path in kept if path.is_relative_to(APPS / "surveys")] == []


def test_every_kept_form_names_whose_it_is():
    """The next one at the same browser is not offered another's text."""
    for path in TEMPLATES:
        for begun in path.read_text(encoding="utf-8").split('data-draft="')[1:]:
            assert begun.startswith("{{ user.pk"), path.name
