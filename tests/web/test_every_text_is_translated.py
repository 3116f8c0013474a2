"""No English text without its Swedish: every text of pages, forms and messages has a translation."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parent.parent.parent / "src" / "modig"
MARKS = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext",
    "pgettext_lazy",
}  # fmt: skip
# What `templatize` leaves of a template: calls, as Python writes them; a context comes first.
STRING = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b_?(n?p?gettext)\(\s*{STRING}(?:\s*,\s*{STRING})?")
IN_FILTER = re.compile(r"""\b_\(("[^"]*"|'[^']*')\)""")
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def catalogues():
    return sorted(SOURCE.rglob("locale/sv/LC_MESSAGES/django.po"))


def messages_of(po):
    with po.open("rb") as file:
        return [message for message in read_po(file, abort_invalid=True) if message.id]


@cache
def translated():
    """Every English text that has a Swedish one somewhere; an app may lean on another's words."""
    texts = set()
    for po in catalogues():
        for message in messages_of(po):
            originals = message.id if isinstance(message.id, tuple) else (message.id,)
            if all(message.string if isinstance(message.string, tuple) else (message.string,)):
                texts.update(originals)
    return texts


def texts_in_code(path):
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in MARKS:
            is_with_context = call.func.id.startswith("pgettext")
            text = call.args[1 if is_with_context else 0] if call.args else None
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text.value


def texts_in_template(path):
    text = path.read_text(encoding="utf-8")
    for call, first, second in CALL.findall(templatize(text, str(path))):
        yield ast.literal_eval(second if "pgettext" in call else first)
    for found in IN_FILTER.finditer(text):
        yield ast.literal_eval(found[1])


SOURCES = {
    str(path.relative_to(SOURCE)): texts
    for pattern, texts in (
        ("apps/**/*.py", texts_in_code),
        ("**/templates/**/*", texts_in_template),
    )
    for path in sorted(SOURCE.glob(pattern))
    if path.is_file()
}


@pytest.mark.parametrize("name", SOURCES)
def test_every_text_has_its_swedish(name):
    texts = {text for text in SOURCES[name](SOURCE / name) if text.strip()}

    assert sorted(texts - translated()) == []


@pytest.mark.parametrize("po", catalogues(), ids=lambda po: po.parent.parent.parent.parent.name)
def test_translation_is_whole(po):
    """No guesses of the merging tool, nothing left empty, the same places to fill."""
    wrong = []
    for message in messages_of(po):
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy or not all(strings):
            wrong.append(f"unfinished: {originals[0]}")
        for string in filter(None, strings):
            strange = set(PLACE.findall(string)) - set(PLACE.findall(" ".join(originals)))
            if strange or (len(strings) == 1 and _places(string) != _places(originals[0])):
                wrong.append(f"other places to fill: {originals[0]} → {string}")

    assert not wrong, "\n".join(wrong)


def _places(text):
    return sorted(set(PLACE.findall(text)))
