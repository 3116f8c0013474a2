"""The translations fit together: one Swedish for one English text, and nothing that nobody says."""

from collections import defaultdict
from pathlib import Path

import pytest

from web.test_every_text_is_translated import (
    SOURCE,
    catalogues,
    messages_of,
    texts_in_code,
    texts_in_template,
)


def feature_of(po):
    return po.parents[3]


def texts_of(feature):
    """Every text that the code and the templates of a feature say."""
    said = set()
    for path in sorted(feature.rglob("*")):
        if path.suffix == ".py":
            said.update(texts_in_code(path))
        elif "templates" in path.parts and path.is_file():
            said.update(texts_in_template(path))
    return said


def originals(message):
    return message.id if isinstance(message.id, tuple) else (message.id,)


def test_text_has_the_same_swedish_in_every_feature():
    """Only one of them would be shown: which one, is a matter of the order of the features."""
    found = defaultdict(dict)
    for po in catalogues():
        for message in messages_of(po):
            if message.string and any(message.string):
                found[message.context, message.id][feature_of(po).name] = str(message.string)

    assert [one for one in found.items() if len(set(one[1].values())) > 1] == []


@pytest.mark.parametrize("po", catalogues(), ids=lambda po: feature_of(po).name)
def test_nothing_is_translated_that_nobody_says(po):
    said = texts_of(feature_of(po))

    assert [m.id for m in messages_of(po) if originals(m)[0] not in said] == []


@pytest.mark.parametrize("po", catalogues(), ids=lambda po: feature_of(po).name)
def test_what_a_feature_says_stands_in_its_own_translation(po):
    """So that gathering the messages anew adds nothing."""
    own = {original for message in messages_of(po) for original in originals(message)}

    assert sorted(text for text in texts_of(feature_of(po)) - own if text.strip()) == []


def test_every_feature_with_texts_has_a_translation():
    features = {path.parent for path in Path(SOURCE, "apps").glob("*/apps.py")}
    with_texts = {feature.name for feature in features if texts_of(feature)}

    assert with_texts == {feature_of(po).name for po in catalogues()}
