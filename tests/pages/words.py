"""Is this page in its language? The texts of both are known from the translations."""

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
def texts_not_for(language):
    """The texts that no page in this language holds: exact ones, and patterns with places to fill."""
    exact, patterns, own = set(), [], set()
    for po in SOURCE.rglob("*.po"):
        with po.open("rb") as file:
            for message in read_po(file):
                english, swedish = _texts(message.id), _texts(message.string)
                foreign, right = (english, swedish) if language == "sv" else (swedish, english)
                own |= right
                _sort_in(foreign, {PLACE.sub("", text) for text in right}, exact, patterns)
    return exact - own, patterns


def _texts(given):
    """A message's singular and plural, or its only form, with plain spaces."""
    texts = given if isinstance(given, tuple | list) else (given,)
    return {" ".join(text.split()) for text in texts if text}


def _sort_in(foreign, same, exact, patterns):
    for text in foreign:
        bare = PLACE.sub("", text)
        if bare == text:
            exact |= {text, text[:1].upper() + text[1:]}
        elif bare not in same and len(bare.split()) > 1:
            parts = [re.escape(part) for part in PLACE.split(text)]
            patterns.append(re.compile(".+".join(parts)))


def foreign_in(texts, language):
    """Those of a page's texts that stand in the other language."""
    return [text for text in sorted(texts) if _is_foreign(text, language)]


@cache
def _is_foreign(text, language):
    """Asked once for each text: pages mostly say the same."""
    exact, patterns = texts_not_for(language)
    return (
        text in exact
        or any(pattern.fullmatch(text) for pattern in patterns)
        or (language == "sv" and _sounds_english(text))
    )


def _sounds_english(text):
    return len(set(ENGLISH.findall(text.casefold()))) > 1
