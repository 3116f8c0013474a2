"""Finding texts about the same thing in Swedish: stems, parts of compounds, and words that mean the same.

Score of a text for a question = BM25 over stems + ``PART_WEIGHT`` x BM25 over within-word 4-grams
+ ``SYNONYM_WEIGHT`` x BM25 over groups of synonyms, plus what the two have in common beside words.
BM25 as in Robertson & Zaragoza (2009), k1 = 1.2, b = 0.5. Plain values in and out.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

K1, B = 1.2, 0.5
PART_WEIGHT, SYNONYM_WEIGHT = 0.35, 1.1
PART_LENGTH = 4
LONG_WORD = 6
"""Shorter words are no compounds; their 4-grams would only repeat the stem."""
COMMON_WEIGHTS = {"goal": 0.10, "kind": 0.06, "group": 0.08, "place": 0.06}
"""What sharing a goal, a sort of change, a user group or a kind of unit adds, as a share of the best
word score."""
MOST_WORDS_TOLD = 4
STOP_WORDS = frozenset(
    """alla allt att av bara blir blev borde både dag dagar de dem den denna deras dess det detta din
    dit du där därför då eller en enda ens ett finns flera fler fram från får få för före första
    genom ger gjort gång gör göra ha hade han har henne hennes hon honom hos hur här i igen in innan
    inte ju kan kom kommer kunde kunna lite man med medan men mer mindre mot mycket måste många ni nu
    när någon något några och också om oss på redan samma se sedan sig sin sina sitt ska skulle som
    så sådan till tid tills två under upp ut utan vad var vara varandra vars vart varje vem vi via
    vid vill vilka vilken våra vårt vår är än ännu över olika hela helt idag andra annat annan
    bättre bra sätt the a an and of to in for on is are we our""".split()  # noqa: SIM905 -- read as text
)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")
_stemmer = snowballstemmer.stemmer("swedish")


@dataclass(frozen=True, slots=True)
class Text:
    """One text to be found: its parts by weight, and what it can have in common with another."""

    key: str
    parts: Sequence[tuple[float, str]]
    goals: frozenset[str] = frozenset()
    kind: str = ""
    group: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A text that is similar: how much (1 = the best possible word match), and why."""

    key: str
    score: float
    words: tuple[str, ...]
    goals: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem of a Swedish word in small letters."""
    stemmed: str = _stemmer.stemWord(word)
    return stemmed


def words_of(text: str) -> list[str]:
    """The words that say something, in small letters and in order."""
    return [word for word in WORD.findall(text.casefold()) if word not in STOP_WORDS]


@lru_cache(maxsize=200_000)
def parts_of(word: str) -> tuple[str, ...]:
    """The within-word 4-grams of a long word's stem: what compounds share with their parts."""
    stemmed = stem(word)
    if len(stemmed) < LONG_WORD - 1:
        return (f"#{stemmed}",) if len(stemmed) >= PART_LENGTH else ()
    last = len(stemmed) - PART_LENGTH + 1
    return tuple(dict.fromkeys(f"#{stemmed[k : k + PART_LENGTH]}" for k in range(last)))


class Synonyms:
    """Groups of words, or of several words together, that mean the same."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self.by_stem: dict[str, set[str]] = {}
        self.phrases: list[tuple[tuple[str, ...], str]] = []
        for number, group in enumerate(groups):
            for entry in group:
                stems = tuple(stem(word) for word in WORD.findall(entry.casefold()))
                if len(stems) == 1:
                    self.by_stem.setdefault(stems[0], set()).add(f"~{number}")
                elif stems:
                    self.phrases.append((stems, f"~{number}"))
        self.long = sorted((s for s in self.by_stem if len(s) >= LONG_WORD - 1), key=len)
        self._of_word: dict[str, frozenset[str]] = {}

    def of(self, text: str) -> Counter[str]:
        """The groups that a text touches, by a word, a part of a compound, or several words."""
        found: Counter[str] = Counter()
        stems = [stem(word) for word in WORD.findall(text.casefold())]
        for stemmed in stems:
            found.update(self._groups(stemmed))
        for phrase, group in self.phrases:
            size = len(phrase)
            found[group] += sum(
                tuple(stems[k : k + size]) == phrase for k in range(len(stems) - size + 1)
            )
        return +found

    def _groups(self, stemmed: str) -> frozenset[str]:
        if stemmed not in self._of_word:
            groups = set(self.by_stem.get(stemmed, ()))
            for inner in self.long:
                if len(inner) >= len(stemmed):
                    break
                if inner in stemmed:
                    groups |= self.by_stem[inner]
            self._of_word[stemmed] = frozenset(groups)
        return self._of_word[stemmed]


@dataclass(slots=True)
class _Entry:
    """A text's terms with their weighted counts."""

    text: Text
    terms: dict[str, float]
    length: float


@dataclass
class Finder:
    """An index over texts. Changed texts are read anew; the rest is kept."""

    synonyms: Synonyms = field(default_factory=Synonyms)
    _entries: dict[str, tuple[object, _Entry]] = field(default_factory=dict)

    def read(self, texts: Mapping[str, tuple[object, Text]]) -> None:
        """Take in the texts by key, each with a mark that changes when the text does."""
        entries = {}
        for key, (mark, text) in texts.items():
            known = self._entries.get(key)
            is_known = known is not None and known[0] == mark
            entries[key] = known if known and is_known else (mark, self._entry(text))
        self._entries = entries
        self._build()

    def _entry(self, text: Text) -> _Entry:
        terms: defaultdict[str, float] = defaultdict(float)
        length = 0.0
        for weight, part in text.parts:
            for word in words_of(part):
                terms[stem(word)] += weight
                length += weight
                for gram in parts_of(word):
                    terms[gram] += weight
            for group, n in self.synonyms.of(part).items():
                terms[group] += weight * n
        return _Entry(text, dict(terms), length)

    def _build(self) -> None:
        entries = [entry for _, entry in self._entries.values()]
        self.texts = [entry.text for entry in entries]
        self.place_of = {text.key: place for place, text in enumerate(self.texts)}
        lengths = np.array([entry.length for entry in entries], np.float64)
        mean = float(lengths.mean()) if len(lengths) else 1.0
        damping = K1 * (1 - B + B * lengths / (mean or 1.0))
        places: dict[str, list[int]] = {}
        counts: dict[str, list[float]] = {}
        for place, entry in enumerate(entries):
            for term, count in entry.terms.items():
                places.setdefault(term, []).append(place)
                counts.setdefault(term, []).append(count)
        self.postings: dict[str, tuple[NDArray[np.int32], NDArray[np.float64]]] = {}
        n = len(entries)
        for term, where in places.items():
            at = np.array(where, np.int32)
            times = np.array(counts[term], np.float64)
            idf = np.log(1 + (n - len(where) + 0.5) / (len(where) + 0.5))
            self.postings[term] = at, idf * times * (K1 + 1) / (times + damping[at])

    def similar(
        self,
        question: Text,
        *,
        limit: int = 5,
        without: Collection[str] = (),
    ) -> list[Found]:
        """The texts most like the question, best first, each with why; nothing without a shared word."""
        if not self.texts:
            return []
        scores = self._word_scores(question)
        best = float(scores.max(initial=0.0))
        if best <= 0:
            return []
        scores = np.where(scores > 0, scores + best * self._common(question), 0.0)
        for key in without:
            if key in self.place_of:
                scores[self.place_of[key]] = 0.0
        wanted = min(limit, len(scores))
        nearest = np.argpartition(-scores, wanted - 1)[:wanted].tolist()
        order = sorted(nearest, key=lambda place: (-scores[place], self.texts[place].key))
        return [
            self._found(question, self.texts[place], float(scores[place] / best))
            for place in order
            if scores[place] > 0
        ]

    def _word_scores(self, question: Text) -> NDArray[np.float64]:
        scores = np.zeros(len(self.texts), np.float64)
        asked = self._entry(question)
        grams = [term for term in asked.terms if term.startswith("#")]
        per_gram = PART_WEIGHT * (1.0 if len(grams) < 40 else 40 / len(grams))
        for term, count in asked.terms.items():
            if term not in self.postings:
                continue
            at, worth = self.postings[term]
            weight = {"#": per_gram, "~": SYNONYM_WEIGHT}.get(term[0], 1.0)
            scores[at] += weight * worth * min(count, 3.0)
        return scores

    def _common(self, question: Text) -> NDArray[np.float64]:
        shared = np.zeros(len(self.texts), np.float64)
        for place, text in enumerate(self.texts):
            shared[place] = sum(COMMON_WEIGHTS[name] for name in _same(question, text))
            if question.goals & text.goals:
                shared[place] += COMMON_WEIGHTS["goal"]
        return shared

    def _found(self, question: Text, text: Text, score: float) -> Found:
        return Found(
            text.key,
            score,
            self._shared_words(question, text),
            tuple(sorted(question.goals & text.goals)),
            _same(question, text),
        )

    def _shared_words(self, question: Text, text: Text) -> tuple[str, ...]:
        """The words of the text that the question has too: the same, in a compound, or a synonym."""
        asked = self._entry(question).terms
        grams = {term for term in asked if term.startswith("#")}
        told: dict[str, float] = {}
        for weight, part in text.parts:
            for word in words_of(part):
                own = parts_of(word)
                overlap = len(grams.intersection(own)) / len(own) if own else 0.0
                worth = 3.0 if stem(word) in asked else 0.0
                if any(group in asked for group in self.synonyms.of(word)):
                    worth = max(worth, 2.0)
                if overlap >= 0.6:
                    worth = max(worth, 1.0 + overlap)
                if worth:
                    told[word] = max(told.get(word, 0.0), worth + weight + self._rarity(word))
        best = sorted(told, key=lambda word: (-told[word], word))
        seen: set[str] = set()
        kept = []
        for word in best:
            if stem(word) not in seen:
                seen.add(stem(word))
                kept.append(word)
        return tuple(kept[:MOST_WORDS_TOLD])

    def _rarity(self, word: str) -> float:
        where = self.postings.get(stem(word))
        return 0.0 if where is None else float(np.log(len(self.texts) / len(where[0])))


def _same(question: Text, text: Text) -> tuple[str, ...]:
    """What the two have in common beside words and goals."""
    return tuple(
        name
        for name in ("kind", "group", "place")
        if getattr(question, name) and getattr(question, name) == getattr(text, name)
    )
