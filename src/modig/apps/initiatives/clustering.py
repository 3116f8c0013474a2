"""Which texts are about the same thing: the clusters of the map. Plain values in and out.

A topic is a handful of words that people use for one matter. A text goes to the topic whose words it
uses most, by BM25 without its length: a word where it stands alone, ``PART_WEIGHT`` of it as a part
of a compound, several words only together. What the texts of a topic have in common beside words
(goals, sort of change, kind of unit) speaks for those like them: the logarithm of how much commoner
it is there than elsewhere, shrunk by ``PRIOR`` texts. What people have placed stays where it is.

Texts that no topic takes are joined by average linkage over the cosine of their words, as long as
two clusters are at least ``ALIKE`` each other on average.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from modig.apps.initiatives.similarity import PART, WORD, Text
from modig.apps.initiatives.swedish import WORD as WORDS
from modig.apps.initiatives.swedish import stem, words_of

SATURATION = 2.0
PART_WEIGHT = 0.9
TRAIT_WEIGHT, PRIOR, ROUNDS = 0.4, 4.0, 3
ENOUGH = 3.2
"""So many points a topic needs to take a text; fewer are chance."""
LEARNED_FROM = 2.0
ALIKE = 0.2
FEWEST = 5
"""Fewer texts than these are no cluster."""
MOST_TOLD = 4
FEWEST_WITH_WORD, SHARE_WITH_WORD, TIMES_AS_COMMON = 2, 0.25, 3.0
TOO_COMMON = 0.2
Matrix = NDArray[np.float64]
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter: its key, the words for it, and the texts that people have placed in it."""

    key: str
    words: Sequence[str]
    placed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """A text as the finder has read it: its terms with their weighted counts."""

    text: Text
    terms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Clusters:
    """Which texts each topic has, and what was found beside the topics, the largest first."""

    of_topics: Mapping[str, Sequence[str]]
    found: Sequence[Sequence[str]]


def clusters_of(texts: Sequence[Known], topics: Sequence[Topic]) -> Clusters:
    """Every text in one cluster or in none; the same texts give the same clusters."""
    of_topics: dict[str, list[str]] = {topic.key: [] for topic in topics}
    loose: list[Known] = []
    for one, topic in zip(texts, _topics_of(texts, topics), strict=True):
        if topic is None:
            loose.append(one)
        else:
            of_topics[topic.key].append(one.text.key)
    return Clusters(of_topics, _linked(loose))


# ---- by topic -----------------------------------------------------------------------------------


def _topics_of(texts: Sequence[Known], topics: Sequence[Topic]) -> list[Topic | None]:
    """The topic of each text; what somebody has placed is never asked."""
    if not texts or not topics:
        return [None] * len(texts)
    placed = _placed(texts, topics)
    by_words = _word_points(texts, topics)
    traits = _traits(texts)
    points = by_words
    for _ in range(ROUNDS):
        points = by_words + TRAIT_WEIGHT * _trait_points(traits, _sure(points, placed))
    best, most = points.argmax(axis=1).tolist(), points.max(axis=1).tolist()
    return [
        topics[placed[row]] if placed[row] >= 0 else topics[best[row]] if enough else None
        for row, enough in enumerate(one >= ENOUGH for one in most)
    ]


def _placed(texts: Sequence[Known], topics: Sequence[Topic]) -> list[int]:
    place = {key: number for number, topic in enumerate(topics) for key in topic.placed}
    return [place.get(one.text.key, -1) for one in texts]


def _sure(points: Matrix, placed: Sequence[int]) -> Matrix:
    """Which texts a topic may learn from: those placed, and those with enough points."""
    sure = np.zeros(points.shape)
    best = points.argmax(axis=1)
    for row, number in enumerate(placed):
        if number >= 0:
            sure[row, number] = 1.0
        elif points[row, best[row]] >= LEARNED_FROM:
            sure[row, best[row]] = 1.0
    return sure


def _word_points(texts: Sequence[Known], topics: Sequence[Topic]) -> Matrix:
    phrases = {
        phrase for topic in topics for words in topic.words if len(phrase := _stems(words)) > 1
    }
    counts = _phrase_counts(texts, phrases)
    points = np.zeros((len(texts), len(topics)))
    for number, topic in enumerate(topics):
        for words in dict.fromkeys(_stems(words) for words in topic.words):
            if len(words) > 1:
                points[:, number] += _points(counts[words])
            elif words:
                alone = np.array([one.terms.get(WORD + words[0], 0.0) for one in texts])
                part = np.array([one.terms.get(PART + words[0], 0.0) for one in texts])
                points[:, number] += np.maximum(_points(alone), PART_WEIGHT * _points(part))
    return points


def _stems(words: str) -> Phrase:
    return tuple(stem(word) for word in WORDS.findall(words.casefold()))


def _points(counts: Matrix) -> Matrix:
    """What a word gives each text: the rarer the word, and the more often it is there, the more."""
    n, with_it = len(counts), int((counts > 0).sum())
    if not with_it:
        return counts
    rare = log(1 + (n - with_it + 0.5) / (with_it + 0.5))
    given: Matrix = rare * counts / (counts + SATURATION)
    return given


def _phrase_counts(texts: Sequence[Known], phrases: Collection[Phrase]) -> dict[Phrase, Matrix]:
    counts = {phrase: np.zeros(len(texts)) for phrase in phrases}
    begins: defaultdict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        begins[phrase[0]].append(phrase)
    for row, one in enumerate(texts):
        for weight, part in one.text.parts:
            stems = _stems(part)
            for at, stemmed in enumerate(stems):
                for phrase in begins.get(stemmed, ()):
                    if stems[at : at + len(phrase)] == phrase:
                        counts[phrase][row] += weight
    return counts


def _traits(texts: Sequence[Known]) -> Matrix:
    """Which of the traits that somebody has each text has."""
    own = [
        {*(("goal", goal) for goal in text.goals), ("kind", text.kind), ("place", text.place)}
        for text in (one.text for one in texts)
    ]
    every = sorted({trait for traits in own for trait in traits if trait[1]})
    return np.array([[float(trait in traits) for trait in every] for traits in own])


def _trait_points(traits: Matrix, sure: Matrix) -> Matrix:
    """How much commoner a text's traits are in each topic than elsewhere."""
    everywhere = traits.mean(axis=0)
    if not traits.shape[1]:
        return np.zeros(sure.shape)
    inside = (sure.T @ traits + PRIOR * everywhere) / (sure.sum(axis=0)[:, None] + PRIOR)
    points: Matrix = traits @ np.log(inside / everywhere).T
    return points


# ---- what no topic takes ------------------------------------------------------------------------


def _linked(texts: Sequence[Known]) -> list[list[str]]:
    """Clusters of texts that use the same words, the largest first."""
    if len(texts) < FEWEST:
        return []
    groups = _average_linkage(_cosines([one.terms for one in texts]))
    found = [[texts[row].text.key for row in sorted(group)] for group in groups]
    return sorted((one for one in found if len(one) >= FEWEST), key=lambda one: (-len(one), one[0]))


def _cosines(texts: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
    """How alike each two texts are by their telling words, from 0 to 1."""
    vectors = _vectors(texts)
    return vectors @ vectors.T


def _vectors(texts: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
    """A row of length 1 a text: 1 + ln(count) of each word and part, times how rare it is."""
    times = Counter(term for terms in texts for term in terms if _says_something(term))
    most = max(TOO_COMMON * len(texts), 2 * FEWEST)
    column = {term: at for at, term in enumerate(t for t, n in times.items() if 1 < n <= most)}
    vectors = np.zeros((len(texts), max(len(column), 1)), np.float32)
    for row, terms in enumerate(texts):
        for term, count in terms.items():
            if term in column:
                rare = log(len(texts) / times[term])
                vectors[row, column[term]] = (1 + log(max(count, 1.0))) * rare
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths > 0, lengths, 1)
    return vectors


def _says_something(term: str) -> bool:
    """Words and parts of words; a number says nothing of what a text is about."""
    return term[0] in (WORD, PART) and not term[1:].isdecimal()


def _average_linkage(alike: NDArray[np.float32]) -> list[list[int]]:
    """Join the two clusters most alike on average, as long as they are alike enough."""
    near = alike.astype(np.float32)
    np.fill_diagonal(near, -1)
    groups: list[list[int]] = [[row] for row in range(len(near))]
    size, alive = np.ones(len(near)), np.ones(len(near), bool)
    nearest, nearness = near.argmax(axis=1), near.max(axis=1)
    while True:
        one = int(np.where(alive, nearness, -2).argmax())
        if nearness[one] < ALIKE:
            return [group for group in groups if group]
        one, other = sorted((one, int(nearest[one])))
        both = (near[one] * size[one] + near[other] * size[other]) / (size[one] + size[other])
        both[~alive] = both[one] = both[other] = -1
        near[one], near[:, one], near[other], near[:, other] = both, both, -1, -1
        alive[other], size[one] = False, size[one] + size[other]
        groups[one], groups[other] = groups[one] + groups[other], []
        touched = np.nonzero(alive & ((nearest == one) | (nearest == other)))[0]
        nearest[touched], nearness[touched] = (
            near[touched].argmax(axis=1),
            near[touched].max(axis=1),
        )
        closer = alive & (both > nearness)
        nearest[closer], nearness[closer] = one, both[closer]
        nearest[one], nearness[one] = both.argmax(), both.max()


# ---- what holds a cluster together, and where it lies -------------------------------------------


def telling_words(texts: Mapping[str, str], clusters: Iterable[Sequence[str]]) -> list[list[str]]:
    """For each cluster the words that its texts share and others do not have, the best first."""
    stems = {key: _forms(text) for key, text in texts.items()}
    times = Counter(stemmed for forms in stems.values() for stemmed in forms)
    return [
        _told([stems[key] for key in one if key in stems], times, len(stems)) for one in clusters
    ]


def _forms(text: str) -> dict[str, str]:
    """The stems of a text, each with the word as it first stands there."""
    forms: dict[str, str] = {}
    for word in words_of(text):
        if word.isalpha() and len(word) > 2:
            forms.setdefault(stem(word), word)
    return forms


def _told(inside: Sequence[Mapping[str, str]], times: Mapping[str, int], n: int) -> list[str]:
    own = Counter(stemmed for forms in inside for stemmed in forms)
    worth: list[tuple[float, str]] = []
    for stemmed, count in own.items():
        share, elsewhere = (
            count / len(inside),
            (times[stemmed] - count + 0.5) / (n - len(inside) + 1),
        )
        is_shared = count >= FEWEST_WITH_WORD and share >= SHARE_WITH_WORD
        if is_shared and share >= TIMES_AS_COMMON * elsewhere:
            forms = Counter(forms[stemmed] for forms in inside if stemmed in forms)
            shortest = min(forms, key=lambda form: (-forms[form], len(form), form))
            worth.append((-share * log(share / elsewhere), shortest))
    return [word for _, word in sorted(worth)[:MOST_TOLD]]


def lie_of(texts: Sequence[Known], clusters: Sequence[Sequence[str]]) -> list[tuple[float, float]]:
    """Where each cluster lies on a map of 1 by 1: what uses the same words lies near.

    Classical scaling (Torgerson, 1952) of 1 - cosine between the sums of their texts.
    """
    if len(clusters) < 3:
        return [((place + 1) / (len(clusters) + 1), 0.5) for place in range(len(clusters))]
    terms = {one.text.key: one.terms for one in texts}
    sums: list[Counter[str]] = []
    for keys in clusters:
        whole: Counter[str] = Counter()
        for key in keys:
            whole.update(terms[key])
        sums.append(whole)
    distance = 1 - _cosines(sums).astype(np.float64)
    n = len(clusters)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-centre @ distance**2 @ centre / 2)
    places = vectors[:, [-1, -2]] * np.sqrt(np.maximum(values[[-1, -2]], 0))
    places *= np.where(places[np.abs(places).argmax(axis=0), [0, 1]] < 0, -1, 1)
    low, high = places.min(axis=0), places.max(axis=0)
    spread = (places - low) / np.where(high > low, high - low, 1)
    return [(round(float(x), 4), round(float(y), 4)) for x, y in spread]
