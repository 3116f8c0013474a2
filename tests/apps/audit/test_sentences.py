import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone, translation

import modig
from modig.apps.audit.actions import record
from modig.apps.audit.models import AuditEvent
from modig.apps.audit.sentences import DEEDS, KINDS, told
from modig.apps.people.models import Unit

SOURCE = Path(modig.__file__).parent


def recorded_deeds():
    """Every deed that the code writes down with a plain word, and where."""
    for path in sorted(SOURCE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "record":
                yield from ((word, path.name) for word in words_in(call.args[0]))


def words_in(argument):
    for node in ast.walk(argument):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_deed_in_the_code_has_words():
    assert {deed: file for deed, file in recorded_deeds() if deed not in DEEDS} == {}


def test_every_kind_with_words_is_a_kind_of_thing():
    known = {model._meta.model_name for model in apps.get_models()}

    assert set(KINDS) - known == set()


@pytest.fixture
def unit(organisation):
    return Unit.objects.create(organisation=organisation, code="BU", name="Skolan 100 %")


@pytest.mark.parametrize(
    ("deed", "detail", "sentence"),
    [
        ("edit", {}, "Sara ändrade enheten Skolan 100 %"),
        ("split", {"into": ["A", "B"]}, "Sara delade enheten Skolan 100 % i A, B"),
        ("split", {}, "Sara: split enheten Skolan 100 %"),
        ("unheard of", {}, "Sara: unheard of enheten Skolan 100 %"),
    ],
)
def test_event_is_told_as_a_sentence(unit, member, deed, detail, sentence):
    by = member("administrator")
    by.name = "Sara"

    event = record(deed, unit, at=timezone.now(), by=by, **detail)

    with translation.override("sv"):
        assert told(event) == sentence


def test_move_in_a_plan_names_the_plan_its_wave_and_the_day():
    event = AuditEvent(
        deed="meeting moved",
        kind="plan",
        thing="7",
        label="Våg 2: chefer 1",
        detail={"meeting": "Grupp 3, Start", "to": "2026-11-12"},
    )

    with translation.override("sv"):
        assert told(event) == (
            "modig flyttade träffen ”Grupp 3, Start” till den 12 november 2026 "
            "i plan 1 för ”Våg 2: chefer”"
        )


def test_what_nobody_signed_in_did_is_told_of_the_program(unit):
    event = record("edit", unit, at=timezone.now(), by=None)

    with translation.override("en"):
        assert told(event) == "modig itself changed the unit Skolan 100 %"


def test_thing_whose_name_was_taken_out_is_told_by_its_number(unit):
    event = record("edit", unit, at=timezone.now(), by=None)
    AuditEvent.objects.update(label="")
    event.refresh_from_db()

    with translation.override("en"):
        assert told(event) == f"modig itself changed the unit #{unit.pk}"
