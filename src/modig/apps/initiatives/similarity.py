"""Finding texts about the same thing in Swedish.

A question is a list of words. What a word finds in a text is the best of four ways to find it:
its stem; ``PART_WEIGHT`` x the parts of compounds; ``GRAM_WEIGHT`` x its 4-grams;
``SYNONYM_WEIGHT`` x a group of synonyms; each by BM25 (Robertson & Zaragoza, 2009). The score of a
text is the sum over the words, damped where only a little of the question is touched, plus what the
two have in common beside words. Plain values in and out.

Equal scores keep the order of the keys, the earlier first: a list of five is five, never more, and
the same every time.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from math import log

import numpy as np
from numpy.typing import NDArray

from modig.apps.initiatives.swedish import Splitter, Synonyms, grams_of, stem, words_of

K1, B = 2.0, 0.4
WORD, PART, GRAM, GROUP = "=", "+", "#", "~"
"""What a term is: a stem, a part of a compound, a 4-gram, a group of synonyms."""
PART_WEIGHT, GRAM_WEIGHT, SYNONYM_WEIGHT, PART_SYNONYM_WEIGHT = 0.7, 0.8, 0.8, 0.35
COVERAGE = 0.5
"""How much of the score falls away where nothing but one small word of the question is touched."""
FULL_WEIGHT = 3.0
"""A term of the question that is written with this weight, as in a title, counts fully."""
COMMON_WEIGHTS = {"goal": 0.20, "kind": 0.12, "group": 0.20, "place": 0.12}
"""What a shared goal, sort of change, user group or kind of unit adds, as a share of the best score."""
MOST_WORDS = 40
"""Long questions are asked by their most telling words."""
MOST_FRESH = 64
"""So many changed texts are kept beside the index before it is built anew."""
MOST_WORDS_TOLD = 3
TOO_COMMON, ALWAYS_RARE = 0.04, 4
"""A word in more than this share of the texts, and in more texts than this, explains nothing."""
Numbers = NDArray[np.float64]
Places = NDArray[np.intp]


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
    """A text that is similar: how much (1 = the best word match there is), and why."""

    key: str
    score: float
    words: tuple[str, ...]
    goals: tuple[str, ...] = ()
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A text's terms with their weighted counts; ``mark`` changes when the text does."""

    mark: object
    text: Text
    terms: Mapping[str, float]
    length: float


_Way = tuple[tuple[str, float], ...]
"""Terms that find a word together, each with what it is worth."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A word of the question: its weight there, and the ways to find it."""

    weight: float
    ways: tuple[_Way, ...]

    @property
    def worth(self) -> float:
        """What the best way to find it could give for one plain occurrence."""
        return self.weight * max((sum(worth for _, worth in way) for way in self.ways), default=0.0)


@dataclass(frozen=True, slots=True)
class _Index:
    """What is looked up: for each term the texts that have it, and how much it says of them."""

    entries: Sequence[_Entry] = ()
    place_of: Mapping[str, int] = field(default_factory=dict)
    postings: Mapping[str, tuple[Places, Numbers]] = field(default_factory=dict)
    common: Mapping[tuple[str, str], Places] = field(default_factory=dict)
    mean_length: float = 1.0

    def idf(self, term: str) -> float:
        """How telling a term is: ln(1 + (N - n + ½) / (n + ½)) for n of N texts."""
        n = len(self.postings[term][0]) if term in self.postings else 0
        return log(1 + (len(self.entries) - n + 0.5) / (n + 0.5))


@dataclass(frozen=True, slots=True)
class _State:
    """The index, what has changed since it was built, and which of its texts no longer count."""

    index: _Index = field(default_factory=_Index)
    fresh: _Index = field(default_factory=_Index)
    gone: frozenset[int] = frozenset()
    splitter: Splitter = field(default_factory=lambda: Splitter(set()))

    def entries(self) -> dict[str, _Entry]:
        """Every text that counts, by its key."""
        kept = {
            entry.text.key: entry
            for place, entry in enumerate(self.index.entries)
            if place not in self.gone
        }
        return kept | {entry.text.key: entry for entry in self.fresh.entries}

    def at(self, place: int) -> Text:
        """The text at a place among the scores: first the index's, then the fresh ones."""
        old = len(self.index.entries)
        return (self.index.entries[place] if place < old else self.fresh.entries[place - old]).text

    def places(self, key: str) -> list[int]:
        """Where a text stands among the scores."""
        old = self.index.place_of.get(key)
        new = self.fresh.place_of.get(key)
        found = [] if old is None else [old]
        return found if new is None else [*found, len(self.index.entries) + new]


class Finder:
    """Finds among texts. Changed texts are read anew and stand beside the index for a while.

    What is asked while texts are read in sees all of the old state or all of the new one.
    """

    def __init__(self, synonyms: Synonyms | None = None) -> None:
        self.synonyms = synonyms or Synonyms()
        self._state = _State()

    def marks(self) -> dict[str, object]:
        """Every text by key, with the mark that it was read with."""
        return {key: entry.mark for key, entry in self._state.entries().items()}

    def text(self, key: str) -> Text | None:
        """The text with this key, as it was read."""
        state = self._state
        places = [place for place in state.places(key) if place not in state.gone]
        return state.at(places[-1]) if places else None

    def terms(self) -> list[tuple[Text, Mapping[str, float]]]:
        """Every text in the order of the keys, with its terms and their weighted counts."""
        entries = self._state.entries()
        return [(entries[key].text, entries[key].terms) for key in sorted(entries, key=_in_order)]

    def read(self, texts: Iterable[tuple[object, Text]], *, gone: Collection[str] = ()) -> None:
        """Take in new and changed texts, each with its mark, and let go of those with these keys."""
        state, taken = self._state, list(texts)
        if not state.index.entries or len(state.fresh.entries) + len(taken) > MOST_FRESH:
            self._state = self._built(taken, set(gone))
            return
        changed = {text.key for _, text in taken} | set(gone)
        kept = [entry for entry in state.fresh.entries if entry.text.key not in changed]
        new = [self._entry(mark, text, state.splitter) for mark, text in taken]
        places = (state.index.place_of.get(key) for key in changed)
        dead = state.gone | {place for place in places if place is not None}
        fresh = _index([*kept, *new], state.index.mean_length)
        self._state = _State(state.index, fresh, dead, state.splitter)

    def _built(self, taken: Sequence[tuple[object, Text]], gone: set[str]) -> _State:
        texts = {key: (entry.mark, entry.text) for key, entry in self._state.entries().items()}
        texts |= {text.key: (mark, text) for mark, text in taken}
        kept = [texts[key] for key in sorted(texts, key=_in_order) if key not in gone]
        splitter = Splitter(_vocabulary(text for _, text in kept) | set(self.synonyms.by_stem))
        entries = [self._entry(mark, text, splitter) for mark, text in kept]
        return _State(_index(entries), splitter=splitter)

    def _entry(self, mark: object, text: Text, splitter: Splitter) -> _Entry:
        terms: defaultdict[str, float] = defaultdict(float)
        length = 0.0
        for weight, part in text.parts:
            for word in words_of(part):
                stemmed = stem(word)
                length += weight
                terms[WORD + stemmed] += weight
                for one in (stemmed, *splitter.parts(stemmed)):
                    terms[PART + one] += weight
                for gram in grams_of(stemmed):
                    terms[GRAM + gram] += weight
            for group, n in self.synonyms.of(part).items():
                terms[GROUP + group] += weight * n
        return _Entry(mark, text, dict(terms), length)

    def similar(
        self, question: Text, *, limit: int = 5, without: Collection[str] = ()
    ) -> list[Found]:
        """The texts most like the question, best first, each with why; nothing without a shared word."""
        state = self._state
        wanted = self._wanted(question, state)
        scores = _word_scores(wanted, state)
        for key in without:
            scores[state.places(key)] = 0.0
        best = float(scores.max(initial=0.0))
        if best <= 0:
            return []
        scores = np.where(scores > 0, scores / best + _common(question, state), 0.0)
        # Equal but for rounding is equal: then the earlier text comes first.
        order = np.argsort(-scores.round(9), kind="stable")[:limit].tolist()
        asked = {term for one in wanted for way in one.ways for term, _ in way}
        return [
            self._found(question, asked, state.at(at), float(scores[at]), state)
            for at in order
            if scores[at] > 0
        ]

    def _wanted(self, question: Text, state: _State) -> list[_Wanted]:
        """The words of the question with the ways to find each, the most telling first."""
        counts: defaultdict[str, float] = defaultdict(float)
        phrases: set[str] = set()
        for weight, part in question.parts:
            for word in words_of(part):
                counts[stem(word)] += weight
            if weight >= FULL_WEIGHT:
                phrases |= self.synonyms.phrases_in(part)
        index, splitter = state.index, state.splitter
        words = [
            _Wanted(
                min(1.0, count / FULL_WEIGHT),
                _ways(stemmed, index, splitter, self.synonyms),
            )
            for stemmed, count in counts.items()
        ]
        several = [_Wanted(1.0, (_way(GROUP, [one], SYNONYM_WEIGHT, index),)) for one in phrases]
        return nlargest(MOST_WORDS, [*words, *several], key=lambda one: one.worth)

    def _found(
        self, question: Text, asked: Collection[str], text: Text, score: float, state: _State
    ) -> Found:
        goals = tuple(sorted(question.goals & text.goals))
        words = self._shared_words(asked, text, state)
        return Found(text.key, score, words, goals, _same(question, text))

    def _shared_words(self, asked: Collection[str], text: Text, state: _State) -> tuple[str, ...]:
        """The most telling words of the text that the question has too: the same, or a synonym."""
        told: dict[str, tuple[float, str]] = {}
        for weight, part in text.parts:
            for word in words_of(part):
                stemmed = stem(word)
                worth = weight * self._worth(stemmed, asked, state)
                if worth > told.get(stemmed, (0.0, ""))[0]:
                    told[stemmed] = worth, word
        best = sorted(told.values(), key=lambda one: (-one[0], one[1]))
        return tuple(word for _, word in best[:MOST_WORDS_TOLD])

    def _worth(self, stemmed: str, asked: Collection[str], state: _State) -> float:
        """How much a word of a found text explains: nothing if a good part of all texts have it."""
        index = state.index
        known = index.postings.get(WORD + stemmed)
        if known is not None and len(known[0]) > max(ALWAYS_RARE, TOO_COMMON * len(index.entries)):
            return 0.0
        if WORD + stemmed in asked:
            return 2 * index.idf(WORD + stemmed)
        groups = [GROUP + one for one in self.synonyms.of_stem(stemmed)]
        parts = [PART + one for one in (stemmed, *state.splitter.parts(stemmed))]
        shared = [index.idf(one) for one in (*groups, *parts) if one in asked]
        return max(shared, default=0.0)


def _in_order(key: str) -> tuple[int, str]:
    """Numbers in their order, so that 9 comes before 10."""
    return len(key), key


def _vocabulary(texts: Iterable[Text]) -> set[str]:
    """The stems that at least two texts have: what compounds can be made of."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update({stem(word) for _, part in text.parts for word in words_of(part)})
    return {stemmed for stemmed, n in seen.items() if n > 1}


def _index(entries: Sequence[_Entry], mean_length: float = 0.0) -> _Index:
    """Turn texts into what is looked up; ``mean_length`` is that of these texts if it is not given."""
    mean = mean_length or _mean([entry.length for entry in entries])
    places: defaultdict[str, list[int]] = defaultdict(list)
    worth: defaultdict[str, list[float]] = defaultdict(list)
    common: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        damping = K1 * (1 - B + B * entry.length / mean)
        for term, count in entry.terms.items():
            places[term].append(place)
            worth[term].append(count * (K1 + 1) / (count + damping))
        for trait in _traits(entry.text):
            common[trait].append(place)
    return _Index(
        entries,
        {entry.text.key: place for place, entry in enumerate(entries)},
        {term: (np.array(at, np.intp), np.array(worth[term])) for term, at in places.items()},
        {trait: np.array(at, np.intp) for trait, at in common.items()},
        mean,
    )


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) or 1.0 if numbers else 1.0


def _ways(stemmed: str, index: _Index, splitter: Splitter, synonyms: Synonyms) -> tuple[_Way, ...]:
    """The ways to find a word. Several terms of one way share its weight."""
    parts, grams = splitter.parts(stemmed), grams_of(stemmed)
    of_parts = {group for part in parts for group in synonyms.by_stem.get(part, ())}
    ways = [
        _way(WORD, [stemmed], 1.0, index),
        _way(PART, [stemmed], PART_WEIGHT, index),
        _way(PART, parts, PART_WEIGHT, index),
        _way(GRAM, grams, GRAM_WEIGHT, index),
        *(_way(GROUP, [group], SYNONYM_WEIGHT, index) for group in synonyms.of_stem(stemmed)),
        *(_way(GROUP, [group], PART_SYNONYM_WEIGHT, index) for group in sorted(of_parts)),
    ]
    return tuple(way for way in ways if way)


def _way(kind: str, names: Sequence[str], weight: float, index: _Index) -> _Way:
    return tuple((kind + name, weight * index.idf(kind + name) / len(names)) for name in names)


def _word_scores(wanted: Sequence[_Wanted], state: _State) -> Numbers:
    both = (state.index, state.fresh)
    scores = np.concatenate([_scores_in(index, wanted) for index in both])
    scores[list(state.gone)] = 0.0
    return scores


def _scores_in(index: _Index, wanted: Sequence[_Wanted]) -> Numbers:
    """The sum of what each word finds, damped by how much of the question finds nothing."""
    scores, touched = np.zeros(len(index.entries)), np.zeros(len(index.entries))
    for one in wanted:
        found = one.weight * _best_way(index, one.ways)
        scores += found
        touched += np.minimum(found, one.worth)
    whole = sum(one.worth for one in wanted) or 1.0
    damped: Numbers = scores * (1 - COVERAGE + COVERAGE * touched / whole)
    return damped


def _best_way(index: _Index, ways: Sequence[_Way]) -> Numbers:
    best = np.zeros(len(index.entries))
    for way in ways:
        found = np.zeros(len(index.entries))
        for term, worth in way:
            if term in index.postings:
                at, times = index.postings[term]
                found[at] += worth * times
        best = np.maximum(best, found)
    return best


def _common(question: Text, state: _State) -> Numbers:
    """What the texts have in common with the question beside words."""
    return np.concatenate([_common_in(index, question) for index in (state.index, state.fresh)])


def _common_in(index: _Index, question: Text) -> Numbers:
    shared = np.zeros(len(index.entries))
    with_goal = np.zeros(len(index.entries))
    for name, value in _traits(question):
        places = index.common.get((name, value))
        if places is None:
            continue
        if name == "goal":
            with_goal[places] = COMMON_WEIGHTS[name]
        else:
            shared[places] += COMMON_WEIGHTS[name]
    both: Numbers = shared + with_goal
    return both


def _traits(text: Text) -> list[tuple[str, str]]:
    named = [(name, getattr(text, name)) for name in ("kind", "group", "place")]
    return [*(trait for trait in named if trait[1]), *(("goal", goal) for goal in text.goals)]


def _same(question: Text, text: Text) -> tuple[str, ...]:
    """What the two have in common beside words and goals."""
    return tuple(
        name
        for name in ("kind", "group", "place")
        if getattr(question, name) and getattr(question, name) == getattr(text, name)
    )
