"""Is this Swedish page Swedish? English texts are known from the translations and by their words."""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

SOURCE = Path(__file__).parent.parent.parent / "src" / "modig"
PLACE = re.compile(r"%\(\w+\)s|%s|\{\w+\}")
# Words that no Swedish sentence holds; two of them make a text English.
ENGLISH = re.compile(
    r"\b(the|and|of|with|are|was|you|your|this|that|these|which|who|whose|not|has|have|been|from|only"
    r"|each|every|their|they|its|when|where|what|how|there|would|should|before|after|yet|other|or|if"
    r"|no|page|choose|nothing)\b"
)


@cache
def english_texts():
    """The exact English texts, and patterns of those with places to fill."""
    exact, patterns = set(), []
    swedish = set()
    for po in SOURCE.rglob("*.po"):
        with po.open("rb") as file:
            for message in read_po(file):
                _sort_in(message, exact, patterns, swedish)
    return exact - swedish, patterns


def _sort_in(message, exact, patterns, swedish):
    originals = message.id if isinstance(message.id, tuple) else (message.id,)
    translated = message.string if isinstance(message.string, tuple) else (message.string,)
    same = {PLACE.sub("", text) for text in translated}
    swedish.update(" ".join(text.split()) for text in translated)
    for original in filter(None, originals):
        text, bare = " ".join(original.split()), PLACE.sub("", original)
        if bare == original:
            exact |= {text, text[:1].upper() + text[1:]}
        elif bare not in same and len(bare.split()) > 1:
            parts = [re.escape(part) for part in PLACE.split(text)]
            patterns.append(re.compile(".+".join(parts)))


def english_in(texts):
    """Those of a page's texts that should be Swedish and are English."""
    exact, patterns = english_texts()
    return [
        text
        for text in sorted(texts)
        if text in exact or any(p.fullmatch(text) for p in patterns) or _sounds_english(text)
    ]


def _sounds_english(text):
    return len(set(ENGLISH.findall(text.casefold()))) > 1
