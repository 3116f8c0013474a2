"""Swedish words for finding: which say something, their stems, the parts of compounds, and synonyms.

Plain values in and out; nothing here knows a database.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import Any

GRAM_LENGTH = 4
SHORTEST_NEUTER = 5
LONG_WORD = 6
"""Shorter stems are no compounds; their 4-grams would only repeat the stem."""
SHORTEST_PART = 3
SHORTEST_LONE_TAIL = 5
"""How long a known end of a word must be when its beginning is unknown."""
SHORTEST_LONE_HEAD = 4
"""The same, the other way round."""
LINKS = "soeua"
"""Letters that join the parts of a compound: arbets-tid, gatu-lykta."""
PREFIXES = frozenset(
    """an av be bi bort efter ett från för fram full hem hop in ihop kring med mellan miss mot ned
    ner om oss över på sam sin till ut und under upp ur van vid åter""".split()  # noqa: SIM905 -- read as text
)
"""Beginnings that make no compound: över-lämning is one word."""
STOP_WORDS = frozenset(
    """aldrig all alla alldeles alls allt alltid alltså andra andre annan annars annat anse anser
    antal använda använde använder används april arton att augusti av avse bakom bara be behålla
    behåller behöva behövde behöver behövs behövt ber bero beror berätta berättar bland blev bli
    blir blivande blivit borde bort borta bra bred bredvid bruka brukade brukar bäst bästa bättre
    båda både börja började börjar cirka dag dagar dagen de december dela delade delar delas delat
    dels dem den denna denne deras dess dessa det detta dig din dina direkt dit ditt du där därför
    därifrån då efter eftersom egen eget egna ej eller elva emot en ena enda endast enkel enkelt
    enkla enklare ens er era ett fanns fast februari fem femte femtio femton fick finns fjorton
    fjärde fler flera flest flesta folk fortfarande fram framför fredag fredagar fredagen fri
    fritt fråga frågade frågan frågar frågat frågor från fyra fyrtio få får fått följa följde
    följer för före förra först första gammalt ge genom ger gett gick gillar gjorde gjort goda
    gott gälla gällde gäller gärna gå gång gången gånger går gör göra ha hade haft halv halva han
    hand handen hann hans har hela heller hellre helt hem henne hennes heta heter hette hinna
    hinner hit hitta hittade hittar hittat hjälp hjälpa hjälper hjälpt hjälpte hon honom hos
    hundra hunnit hur hälften hämta hämtade hämtar hända hände händer hänt här hålla håller hållit
    hög höga högre högst högt höll hör höra hörde hörs hört i ibland idag igen igenom igår ihåg
    inför inga ingen ingenting inget innan inne innebär innebära inom inte inuti iväg ja jag
    januari ju juli juni just kan kanske kilo kl klar klara klart klockan knappt kom komma kommer
    kommit kosta kostade kostar kr kring kronor kräva kräver krävs kunde kunna kunnat kvar kände
    känna känner känns känt lagom leda leder legat ligga ligger lika likaså lite liten litet lägga
    lägre lägst lämna lämnade lämnar lämnas lätt lätta lättare lättast låg låga lågt långt låta
    låter låtit maj man mars med medan medans mellan men mer mera mest meter mil min mina mindre
    minska minskar minst minut minuten minuter mitt mot mycket månad månader måndag måndagar
    måndagen många måste möjligt ned nej ner ni nio nittio nitton nog noll november nu ny nya nytt
    nämligen när nära nästa nästan nå nådde någon någonsin någonting något några når nått och
    också ofta oktober olika om omkring onsdag onsdagar onsdagen orka orkade orkar oss per precis
    procent på redan runt räcka räcker räckte rätt rätta sade sak saker sakna saknade saknar
    saknas samma samt samtidigt satt satte se sedan sekund september ser sett sex sextio sexton
    sig sin sina sist sista sitt sitta sitter sju sjuttio sjutton själv själva sjätte ska skall
    skrev skriva skriver skrivit skrivna skrivs skulle slut sluta slutade slutar snart som somliga
    speciellt stanna stannade stannar stod stor stora ställa ställe ställer stället ställs stå
    står stått större suttit svår svåra svårare svårast svårt säga säger sägs sämre sämst sätta
    sätter sätts så sådan sådana sådant såg ta tack tagit tar tid tiden till tills timmar timmarna
    timme timmen tio tisdag tisdagar tisdagen tjugo tog tolv torsdag torsdagar torsdagen tre
    tredje trettio tretton trots träffa träffade träffar tusen två tycker tydlig tydliga tydligt
    tänker under ungefär upp ur ut utan utanför utom vad valde vanlig var vara varandra varann
    varannan vardera varför varit varje varken vars varsin varsitt vart vecka veckan veckor vem
    vems verkligen vet veta vetat vi vid vidare viktig viktiga viktigt vilja vilka vilken vilket
    vill ville visa visade visar visas visat vissa visst visste väl välja väljer väljs vända vände
    vänder värst vår våra vårt än ändra ändrat ändå ännu är år åren året åt åtminstone åtta åttio
    öka ökar över
    the a an and of to in for on is are we our""".split()  # noqa: SIM905 -- read as text
)
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")


@cache
def _stemmer() -> Any:
    import snowballstemmer  # noqa: PLC0415 -- it brings every language, a quarter of a second

    return snowballstemmer.stemmer("swedish")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem of a Swedish word in small letters, and what Snowball leaves of two endings.

    It keeps the neuter's -et (biblioteket) and, in short words only, a doubled last letter (svinn,
    but matsvin): both would part a word from itself.
    """
    stemmed: str = _stemmer().stemWord(word)
    if len(stemmed) >= SHORTEST_NEUTER and stemmed.endswith("et"):
        stemmed = stemmed[:-2]
    return _single(stemmed)


def _single(stemmed: str) -> str:
    """A stem without a doubled last letter."""
    is_doubled = len(stemmed) > SHORTEST_PART and stemmed[-1] == stemmed[-2]
    return stemmed[:-1] if is_doubled else stemmed


def words_of(text: str) -> list[str]:
    """The words that say something, in small letters and in order."""
    return [word for word in WORD.findall(text.casefold()) if word not in STOP_WORDS]


@lru_cache(maxsize=200_000)
def grams_of(stemmed: str) -> tuple[str, ...]:
    """The within-word 4-grams of a long stem: what compounds share with their parts."""
    if len(stemmed) < LONG_WORD - 1:
        return ()
    last = len(stemmed) - GRAM_LENGTH + 1
    return tuple(dict.fromkeys(stemmed[k : k + GRAM_LENGTH] for k in range(last)))


class Splitter:
    """Parts compounds into stems that stand alone elsewhere: matavfall is mat and avfall."""

    def __init__(self, known: AbstractSet[str]) -> None:
        self.known = {one for one in known if len(one) >= SHORTEST_PART and one.isalpha()}
        self._parts: dict[str, tuple[str, ...]] = {}

    def parts(self, stemmed: str) -> tuple[str, ...]:
        """The stems that a stem is put together of; nothing if it is no compound."""
        if stemmed not in self._parts:
            self._parts[stemmed] = self._best(stemmed)
        return self._parts[stemmed]

    def _best(self, stemmed: str) -> tuple[str, ...]:
        best: tuple[str, ...] = ()
        worth = 0.0
        if len(stemmed) < LONG_WORD:
            return best
        for place in range(SHORTEST_PART, len(stemmed) - SHORTEST_PART + 1):
            head, tail = stemmed[:place], stemmed[place:]
            if head in PREFIXES:
                continue
            parts, this = self._joined(head, tail)
            if this > worth:
                best, worth = parts, this
        return best

    def _joined(self, head: str, tail: str) -> tuple[tuple[str, ...], float]:
        """The parts if the word is parted here, and how good that is: the shorter part decides."""
        has_link = len(head) > SHORTEST_PART and head[-1] in LINKS
        heads = [_single(head), _single(head[:-1])] if has_link else [_single(head)]
        if tail not in self.known:
            return self._head_alone(heads, tail)
        for one in heads:
            if one in self.known:
                return (one, tail), min(len(one), len(tail)) + len(tail) / 10
        for one in heads:
            if inner := self.parts(one):
                return (*inner, tail), SHORTEST_PART + len(tail) / 10
        return ((tail,), 0.5 + len(tail) / 100) if len(tail) >= SHORTEST_LONE_TAIL else ((), 0.0)

    def _head_alone(self, heads: Sequence[str], tail: str) -> tuple[tuple[str, ...], float]:
        """A known beginning before an end that stands nowhere alone: better than nothing."""
        shortest = SHORTEST_LONE_HEAD - (len(heads) - 1)  # a joint is a sign of a compound
        for one in heads:
            if one in self.known and len(one) >= shortest and len(tail) >= len(one) - 1:
                return (one,), 0.4 + len(one) / 100
        return (), 0.0


class Synonyms:
    """Groups of words, or of several words together, that mean the same."""

    def __init__(self, groups: Iterable[Sequence[str]] = ()) -> None:
        self.by_stem: dict[str, set[str]] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for number, group in enumerate(groups):
            for entry in group:
                self._take(entry, str(number))
        self._of_stem: dict[str, frozenset[str]] = {}

    def _take(self, entry: str, group: str) -> None:
        stems = tuple(stem(word) for word in WORD.findall(entry.casefold()))
        if len(stems) == 1:
            self.by_stem.setdefault(stems[0], set()).add(group)
        elif stems:
            self.phrases.setdefault(stems[0], []).append((stems, group))

    def of(self, text: str) -> Counter[str]:
        """The groups that a text touches: by a word, a part of a compound, or several words."""
        stems = [stem(word) for word in WORD.findall(text.casefold())]
        found = Counter(self._phrases(stems))
        for stemmed in stems:
            found.update(self.of_stem(stemmed))
        return found

    def phrases_in(self, text: str) -> set[str]:
        """The groups that a text touches by several words together."""
        return set(self._phrases([stem(word) for word in WORD.findall(text.casefold())]))

    def _phrases(self, stems: Sequence[str]) -> Iterator[str]:
        for place, stemmed in enumerate(stems):
            for phrase, group in self.phrases.get(stemmed, ()):
                if tuple(stems[place : place + len(phrase)]) == phrase:
                    yield group

    def of_stem(self, stemmed: str) -> frozenset[str]:
        """The groups of a stem, and of what it begins or ends with."""
        if stemmed not in self._of_stem:
            groups = set(self.by_stem.get(stemmed, ()))
            for place in range(SHORTEST_PART, len(stemmed) - SHORTEST_PART + 1):
                for part in (stemmed[:place], stemmed[place:]):
                    if len(part) >= LONG_WORD - 1:
                        groups |= self.by_stem.get(part, set())
            self._of_stem[stemmed] = frozenset(groups)
        return self._of_stem[stemmed]
