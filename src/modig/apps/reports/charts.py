"""The picture of the red thread: where each box and each band lies.

Layers stand side by side, from the vision to who gains. Every layer but the last is drawn in the
rows of the goals (or of the initiatives, once one looks into a goal), so that no two bands cross
there. Only the last step, from benefits to who gains, can cross; the rows and the receivers are put
in the order of their barycentres until nothing gets better (Sugiyama, Tagawa & Toda 1981).
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from textwrap import wrap
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from modig.apps.direction.models import Goal
from modig.apps.reports.queries.thread import NONE, AreaRows, Bundle, Single, Thread, gainer_names
from modig.apps.ui.templatetags.ui import number

WIDTH = 1200
TOP = 46
LINE = 15
SIGN = 6.1
GAP, AREA_GAP = 8, 20
LEAST, LEAST_SINGLE, MIDDLE = 44, 54, 96
FLOW = 330
ROUNDS = 8
BENEFITS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Node:
    """A box: where it is, what it says, where it leads. ``state`` is followed, gap, quiet or none."""

    x: float
    y: float
    width: float
    height: float
    lines: Sequence[str]
    note: str = ""
    url: str = ""
    state: str = ""
    title: str = ""

    @property
    def label_y(self) -> float:
        tall = LINE * (len(self.lines) + bool(self.note))
        return round(self.y + (self.height - tall) / 2 + 11.5, 1)

    @property
    def texts(self) -> list[tuple[float, str]]:
        return [(round(self.label_y + LINE * n, 1), line) for n, line in enumerate(self.lines)]

    @property
    def note_y(self) -> float:
        return round(self.label_y + LINE * len(self.lines), 1)


@dataclass(frozen=True, slots=True)
class Band:
    path: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Layer:
    x: float
    name: str
    note: str


@dataclass(slots=True)
class Picture:
    """The boxes and bands, and how large the whole is."""

    layers: list[Layer] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    height: int = 0
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Column:
    x: float
    width: float

    @property
    def end(self) -> float:
        return self.x + self.width


COUNTED = {
    "vision": Column(0, 104), "area": Column(128, 148), "goal": Column(300, 180),
    "assignment": Column(504, 70), "agreement": Column(596, 104), "initiative": Column(722, 76),
    "benefit": Column(820, 124), "gainer": Column(1086, 113),
}  # fmt: skip
SINGLE = {
    "vision": Column(0, 90), "area": Column(108, 142), "goal": Column(268, 138),
    "assignment": Column(422, 64), "agreement": Column(504, 104), "initiative": Column(636, 212),
    "benefit": Column(868, 192), "gainer": Column(1104, 95),
}  # fmt: skip


# ---- order ---------------------------------------------------------------------------------------


def least_crossing(
    groups: Sequence[Sequence[Mapping[str, float]]], receivers: Sequence[str]
) -> tuple[list[list[int]], list[int], list[str]]:
    """Orders with few crossings between rows and receivers.

    ``groups`` hold rows that stay together; a row says how much it gives each receiver. Answers the
    order of the rows within each group, the order of the groups, and that of the receivers: the
    best that was seen, so that it is never worse than the order given.
    """
    inside = [list(range(len(rows))) for rows in groups]
    outside = list(range(len(groups)))
    order = list(receivers)
    best = (inside, outside, order)
    fewest = crossings(groups, *best)
    for _round in range(ROUNDS):
        place = {one: at for at, one in enumerate(order)}
        inside = [_by_centre(own, rows, place) for own, rows in zip(inside, groups, strict=True)]
        outside = sorted(outside, key=lambda at: (_centre(_sum(groups[at]), place), at))
        rows_in_order = [groups[g][at] for g in outside for at in inside[g]]
        order = sorted(order, key=lambda one: (_pull(rows_in_order, one), receivers.index(one)))
        now = crossings(groups, inside, outside, order)
        if now < fewest:
            fewest, best = now, (inside, outside, order)
    return best


def _by_centre(
    own: Sequence[int], rows: Sequence[Mapping[str, float]], place: Mapping[str, int]
) -> list[int]:
    return sorted(own, key=lambda at: (_centre(rows[at], place), at))


def crossings(
    groups: Sequence[Sequence[Mapping[str, float]]],
    inside: Sequence[Sequence[int]],
    outside: Sequence[int],
    receivers: Sequence[str],
) -> float:
    """How much crosses: for every two bands that cross, the thinner one's thickness."""
    rows = [groups[g][at] for g in outside for at in inside[g]]
    bands = [
        (y, x, row[one])
        for y, row in enumerate(rows)
        for x, one in enumerate(receivers)
        if row.get(one)
    ]
    return sum(
        min(thick, other)
        for n, (y, x, thick) in enumerate(bands)
        for y2, x2, other in bands[n + 1 :]
        if (y2 - y) * (x2 - x) < 0
    )


def _centre(row: Mapping[str, float], place: Mapping[str, int]) -> float:
    total = sum(row.values())
    if not total:
        return len(place)
    return sum(place[one] * n for one, n in row.items()) / total


def _sum(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row)
    return dict(total)


def _pull(rows: Sequence[Mapping[str, float]], one: str) -> float:
    total = sum(row.get(one, 0) for row in rows)
    return sum(at * row.get(one, 0) for at, row in enumerate(rows)) / total if total else len(rows)


# ---- the picture ---------------------------------------------------------------------------------


def picture(thread: Thread, address: Callable[..., str]) -> Picture | None:
    """The thread as a picture; ``address`` makes an address of the page with another question."""
    if thread.vision is None and not thread.initiatives:
        return None
    return (
        _Single(thread, address).made if thread.wanted.is_goal else _Counted(thread, address).made
    )


class _Drawing(ABC):
    """What both pictures share: the columns, and boxes and bands on them."""

    columns: Mapping[str, Column]

    def __init__(self, thread: Thread, address: Callable[..., str]) -> None:
        self.thread, self.address = thread, address
        self.made = Picture()
        self.names = gainer_names()
        self.draw()
        lowest = max((node.y + node.height for node in self.made.nodes), default=TOP + LEAST)
        self.made.height = round(lowest + 4)

    @abstractmethod
    def draw(self) -> None:
        """Put every box and band into ``made``."""

    @property
    def is_followed(self) -> bool:
        """Whether a part of the thread is followed, and not the whole seen."""
        return self.thread.wanted.area is not None

    def box(  # noqa: PLR0913 -- what a box is
        self, column: str, y: float, height: float, text: str, *, note: str = "", url: str = "",
        state: str = "",
    ) -> None:  # fmt: skip
        at = self.columns[column]
        most = max(1, int((height - LINE * bool(note) - 4) // LINE))
        node = Node(
            at.x, round(y, 1), at.width, round(height, 1), lines_of(text, at.width, most), note,
            url, state, text,
        )  # fmt: skip
        self.made.nodes.append(node)

    def band(  # noqa: PLR0913, PLR0917 -- both ends of a band
        self, before: str, after: str, start: float, end: float, thick: float, state: str = ""
    ) -> None:
        x1, x2 = self.columns[before].end, self.columns[after].x
        self.made.bands.append(Band(band_path(x1, start, x2, end, thick), state))

    def layer(self, column: str, name: str, note: str = "") -> None:
        self.made.layers.append(Layer(self.columns[column].x, name, note))

    def heads(self) -> None:
        thread, here = self.thread, self.thread.area_followed
        areas = len(thread.areas)
        goals = len(here.bundles) if here else sum(len(one.bundles) for one in thread.areas)
        n, measured = thread.initiatives, thread.measured
        if here is not None:
            n, measured = here.initiatives, here.measured
        self.layer("vision", _("Vision"))
        self.layer("area", _("Focus area"), _n(ngettext("%(n)s area", "%(n)s areas", areas), areas))
        self.layer("goal", _("Goal"), _n(ngettext("%(n)s goal", "%(n)s goals", goals), goals))
        self.layer("assignment", _("Assignment"))
        self.layer("agreement", _("Agreement"))
        self.layer("initiative", _("Initiative"), number(n))
        words = {"n": number(measured), "not": number(n - measured)}
        self.layer("benefit", _("Benefit"), _("%(n)s measured, %(not)s not") % words)
        self.layer("gainer", _("For whom"))

    def gainers(
        self,
        order: Sequence[str],
        counts: Mapping[str, int],
        height: float,
        flows: Mapping[str, float],
    ) -> dict[str, float]:
        """The boxes of who gains, each as high as what flows to it; answers their middles."""
        shown = [one for one in order if counts.get(one)]
        gap = 22.0
        tall = [max(40.0, flows.get(one, 0) + 6) for one in shown]
        y = TOP + max(0, (height - sum(tall) - gap * (len(shown) - 1)) / 2)
        starts = {}
        for one, high in zip(shown, tall, strict=True):
            state = "followed" if self.is_followed and flows.get(one) else ""
            self.box(
                "gainer", y, high, self.names[one].capitalize(), note=number(counts[one]),
                url=self.address_of("initiatives:benefits", beneficiary=one), state=state,
            )  # fmt: skip
            starts[one] = y + high / 2
            y += high + gap
        return starts

    def others(self, column: str, y: float, rows: Sequence[tuple[str, str, str, str]]) -> None:
        """Boxes that lead elsewhere, below those that are followed: text, note, address, state."""
        for text, note, url, state in rows:
            lines = len(lines_of(text, self.columns[column].width, 3))
            high = 10 + LINE * (lines + bool(note))
            self.box(column, y, high, text, note=note, url=url, state=state or "quiet")
            y += high + GAP

    def elsewhere(self, one: AreaRows) -> tuple[str, str, str, str]:
        return (str(one.area), number(one.initiatives),
                self.address(focus=one.area.pk, goal=None), "")  # fmt: skip

    def vision(self, y: float, height: float, *, is_followed: bool) -> None:
        if self.thread.vision is not None:
            self.box(
                "vision", y, height, str(self.thread.vision.said.title),
                url=self.address_of("direction:direction"),
                state="followed" if is_followed else "",
            )  # fmt: skip

    def portfolio(self, goal: Goal | None) -> str:
        """All initiatives of a goal; those without one are shown on this page alone."""
        if goal is None:
            return self.address(goal=NONE, focus=None)
        return self.address_of("initiatives:portfolio", goal=goal.pk)

    def address_of(self, name: str, *keys: int, **question: object) -> str:
        """Another page's address; nothing where that page is not there."""
        try:
            found = reverse(name, args=keys)
        except NoReverseMatch:
            return ""
        return f"{found}?{urlencode(question)}" if question else found


class _Counted(_Drawing):
    """Focus areas and goals as boxes; what hangs on them counted."""

    columns = COUNTED

    def draw(self) -> None:
        self.heads()
        thread = self.thread
        chosen = thread.wanted.area
        areas = [one for one in thread.areas if chosen is None or one.area.pk == chosen.pk]
        loose = thread.loose if chosen is None else None
        groups: list[list[Bundle]] = [list(one.bundles) for one in areas]
        flows = [[dict(bundle.gainers) for bundle in rows] for rows in groups]
        inside, outside, order = least_crossing(flows, list(self.names))
        total = sum(bundle.n for rows in groups for bundle in rows) + (loose.n if loose else 0)
        self.per_one = FLOW / max(total, 1)
        self.placed: list[tuple[Bundle, float, float]] = []
        y = float(TOP)
        for at in outside:
            y = self.area(areas[at], [groups[at][k] for k in inside[at]], y) + AREA_GAP
        bottom = y - AREA_GAP
        if areas:
            self.vision(TOP, max(bottom - TOP, LEAST), is_followed=chosen is not None)
        if loose:
            self.row(loose, y, self.tall(loose))
            bottom = y + self.tall(loose)
        if chosen is not None:
            rest = [one for one in thread.areas if one.area.pk != chosen.pk]
            self.others("area", bottom + AREA_GAP, [self.elsewhere(one) for one in rest])
        self.last_step(order, max(bottom - TOP, LEAST))

    def tall(self, bundle: Bundle) -> float:
        text = str(bundle.goal.said.name) if bundle.goal else ""
        lines = len(lines_of(text, self.columns["goal"].width, 3))
        return max(LEAST, bundle.n * self.per_one, 14 + LINE * (lines + 1))

    def area(self, rows: AreaRows, bundles: Sequence[Bundle], y: float) -> float:
        """A focus area over the rows of its goals; answers where it ends."""
        top = y
        chosen = self.thread.wanted.area
        is_followed = chosen is not None and chosen.pk == rows.area.pk
        for bundle in bundles:
            tall = self.tall(bundle)
            self.row(bundle, y, tall)
            y += tall + GAP
        end = max(y - GAP, top + LEAST)
        self.box(
            "area", top, end - top, str(rows.area.said.name), note=number(rows.initiatives),
            url=self.address(focus=None if is_followed else rows.area.pk, goal=None),
            state="followed" if is_followed else "" if bundles else "gap",
        )  # fmt: skip
        thick = min(max(rows.initiatives * self.per_one, 2), end - top)
        middle = (top + end) / 2
        state = "followed" if is_followed else ""
        self.band("vision", "area", middle, middle, thick, state)
        return end

    def row(self, bundle: Bundle, y: float, tall: float) -> None:
        middle = y + tall / 2
        self.placed.append((bundle, y, tall))
        thick = max(bundle.n * self.per_one, 2) if bundle.n else 1.5
        if bundle.goal is not None:
            self.goal(bundle, y, tall, middle, thick)
        if bundle.n:
            self.box(
                "initiative", y, tall, number(bundle.n),
                note="" if bundle.goal else _("no goal"), url=self.portfolio(bundle.goal),
                state="" if bundle.goal else "gap",
            )  # fmt: skip
            self.benefits(bundle, y, tall, thick)

    def goal(self, bundle: Bundle, y: float, tall: float, middle: float, thick: float) -> None:
        goal = bundle.goal
        if goal is None:
            return
        note = number(bundle.n) if bundle.n else _("no initiative")
        self.box(
            "goal", y, tall, str(goal.said.name), note=note,
            url=self.address(goal=goal.pk, focus=None), state="" if bundle.n else "gap",
        )  # fmt: skip
        state = "" if bundle.n else "gap"
        self.band("area", "goal", middle, middle, thick, state)
        for column, n, url, none in (
            ("assignment", bundle.assignments,
             self.address_of("direction:goal", goal.pk), pgettext("count", "none")),
            ("agreement", bundle.agreements,
             self.address_of("direction:goal", goal.pk), pgettext("count", "none")),
        ):  # fmt: skip
            high = min(tall, max(30, thick))
            self.box(
                column, middle - high / 2, high, number(n) if n else none,
                url=url if n else "", state="" if n else "quiet",
            )  # fmt: skip
        if bundle.n:
            self.band("goal", "assignment", middle, middle, thick)
            self.band("assignment", "agreement", middle, middle, thick)
            self.band("agreement", "initiative", middle, middle, thick)

    def benefits(self, bundle: Bundle, y: float, tall: float, thick: float) -> None:
        key = bundle.goal.pk if bundle.goal else NONE
        parts = [
            (bundle.n_measured, _("%(n)s measured"), ""),
            (bundle.n_unmeasured, _("%(n)s not measured"), "gap"),
        ]
        shown = [part for part in parts if part[0]]
        top, at = y, y + tall / 2 - thick / 2
        least = 19.0
        for n, words, state in shown:
            high = tall if len(shown) == 1 else least + (tall - 3 - 2 * least) * n / bundle.n
            url = self.address_of("initiatives:benefits", goal=key) if bundle.goal else ""
            if state:
                url = self.address(goal=key, focus=None)
            self.box(
                "benefit", top, high, words % {"n": number(n)}, url=url,
                state=state,
            )  # fmt: skip
            own = thick * n / bundle.n
            self.band("initiative", "benefit", at + own / 2, top + high / 2, own, state)
            at += own
            top += high + 3

    def last_step(self, order: Sequence[str], height: float) -> None:
        """From what is gained to who gains it."""
        counts: Counter[str] = Counter()
        for bundle, _y, _tall in self.placed:
            counts.update(bundle.gainers)
        shown = {one: self.thread.gainers[one] for one in counts}
        if self.thread.wanted.area is not None:
            shown = self.only_here()
        flows = {one: n * self.per_one for one, n in counts.items()}
        middle = self.gainers(order, shown, height, flows)
        at = {one: middle[one] - counts[one] * self.per_one / 2 for one in middle}
        for bundle, y, tall in sorted(self.placed, key=lambda one: one[1]):
            total = bundle.n * self.per_one
            start = y + tall / 2 - total / 2
            for one in order:
                n = bundle.gainers[one]
                if n:
                    own = n * self.per_one
                    state = "followed" if self.is_followed else "" if bundle.goal else "gap"
                    self.band("benefit", "gainer", start + own / 2, at[one] + own / 2, own, state)
                    start += own
                    at[one] += own

    def only_here(self) -> dict[str, int]:
        """How many initiatives of the rows that are drawn each receiver gains from, each once."""
        here = set().union(*(bundle.initiatives for bundle, _y, _tall in self.placed))
        return Counter(self.thread.gainer[key] for key in here)


class _Single(_Drawing):
    """One goal: its initiatives and their benefits one by one."""

    columns = SINGLE

    def heads(self) -> None:
        thread, bundle = self.thread, self.thread.followed
        for column, name in (
            ("vision", _("Vision")), ("area", _("Focus area")), ("goal", _("Goal")),
            ("assignment", _("Assignment")), ("agreement", _("Agreement")),
        ):  # fmt: skip
            self.layer(column, name)
        shown = {"shown": len(thread.singles), "all": number(thread.singles_of)}
        self.layer("initiative", _("Initiative"), _("%(shown)s of %(all)s") % shown)
        words = {"n": bundle.n_measured, "not": bundle.n_unmeasured} if bundle else None
        measured = _("%(n)s measured, %(not)s not") % words if words else ""
        self.layer("benefit", _("Benefit"), measured)
        self.layer("gainer", _("For whom"))

    def draw(self) -> None:
        self.heads()
        thread, goal = self.thread, self.thread.wanted.goal
        flows = [[{one.initiative.beneficiary: 1.0} for one in thread.singles]]
        inside, _outside, order = least_crossing(flows, list(self.names))
        rows = [thread.singles[at] for at in inside[0]]
        ends: list[tuple[str, float, bool]] = []
        y = float(TOP)
        for one in rows:
            y = self.single(one, y, ends) + GAP
        if thread.singles_of > len(rows):
            y = self.more(y, thread.singles_of - len(rows)) + GAP
        bottom = max(y - GAP, TOP + MIDDLE)
        tall = bottom - TOP
        bundle = thread.followed
        if goal is not None:
            self.above(goal, bundle, TOP + tall / 2)
        else:
            self.box(
                "goal",
                TOP + tall / 2 - MIDDLE / 2,
                MIDDLE,
                _("no goal"),
                note=number(thread.singles_of),
                state="gap",
            )
        counts = Counter(one for one, _y, _here in ends)
        shown = dict(bundle.gainers) if bundle and goal and goal.parent_id is None else dict(counts)
        middle = self.gainers(order, shown, tall, {one: n * 3.0 for one, n in counts.items()})
        at = {one: middle[one] - counts[one] * 1.5 for one in middle}
        for gainer, start, is_here in ends:
            self.band("benefit", "gainer", start, at[gainer], 2.5, self.mark(is_here=is_here))
            at[gainer] += 3

    def above(self, goal: Goal, bundle: Bundle | None, middle: float) -> None:
        """The vision, the focus area, the goal, and what has been given and agreed for it."""
        thread = self.thread
        top, below = middle - MIDDLE / 2, middle + MIDDLE / 2 + AREA_GAP
        self.vision(top, MIDDLE, is_followed=True)
        rows = next((one for one in thread.areas if one.area.pk == goal.focus_area_id), None)
        if rows is not None:
            self.box(
                "area", top, MIDDLE, str(rows.area.said.name), note=number(rows.initiatives),
                url=self.address(focus=rows.area.pk, goal=None), state="followed",
            )  # fmt: skip
            rest = [one for one in thread.areas if one.area.pk != rows.area.pk]
            self.others("area", below, [self.elsewhere(one) for one in rest])
            root = goal.parent_id or goal.pk
            beside = [one for one in rows.bundles if one.goal and one.goal.pk != root]
            self.others("goal", below, [self.goal_beside(one) for one in beside])
        note = number(thread.singles_of) if thread.singles_of else _("no initiative")
        self.box(
            "goal", top, MIDDLE, str(goal.said.name), note=note,
            url=self.address_of("direction:goal", goal.pk),
            state="followed" if thread.singles_of else "gap",
        )  # fmt: skip
        counts = [
            ("assignment", bundle.assignments if bundle else 0),
            ("agreement", bundle.agreements if bundle else 0),
        ]
        for column, n in counts:
            self.box(
                column, middle - 20, 40, number(n) if n else pgettext("count", "none"),
                url=self.address_of("direction:goal", goal.pk) if n else "",
                state="followed" if n else "quiet",
            )  # fmt: skip
        for before, after in pairwise(("vision", "area", "goal", "assignment", "agreement")):
            self.band(before, after, middle, middle, 14, "followed")

    def mark(self, *, is_here: bool) -> str:
        """One initiative is followed, or all of the goal."""
        is_followed = is_here or self.thread.wanted.initiative is None
        return "followed" if is_followed and self.thread.wanted.goal else "thin"

    def goal_beside(self, one: Bundle) -> tuple[str, str, str, str]:
        key = one.goal.pk if one.goal else NONE
        note = number(one.n) if one.n else _("no initiative")
        url = self.address(goal=key, focus=None)
        return str(one.goal), note, url, "" if one.n else "gap"

    def single(self, one: Single, y: float, ends: list[tuple[str, float, bool]]) -> float:
        """An initiative with its benefits; answers where it ends."""
        wanted = self.thread.wanted.initiative
        is_here = wanted is not None and wanted.pk == one.initiative.pk
        shown = one.benefits[:BENEFITS_SHOWN]
        tall = self.tall(one)
        state = self.mark(is_here=is_here)
        initiative = one.initiative
        self.box("initiative", y, tall, str(initiative.said.title), note=initiative.code,
                 url=self.address_of("initiatives:initiative", initiative.pk),
                 state="followed" if is_here else "")  # fmt: skip
        start = "agreement" if self.thread.wanted.goal else "goal"
        middle = TOP + self._middle()
        self.band(start, "initiative", middle, y + tall / 2, 3, state)
        if not shown:
            self.box("benefit", y, tall, _("no benefit named"),
                     url=self.address_of("initiatives:initiative", initiative.pk),
                     state="gap")  # fmt: skip
            self.band("initiative", "benefit", y + tall / 2, y + tall / 2, 2, "gap")
            ends.append((initiative.beneficiary, y + tall / 2, is_here))
            return y + tall
        each = (tall - 4 * (len(shown) - 1)) / len(shown)
        for n, (benefit, proof) in enumerate(shown):
            top = y + n * (each + 4)
            is_unread = proof.code == "unread"
            self.box("benefit", top, each, str(benefit.said.name), note=str(proof.word),
                     url=self.address_of("initiatives:benefit", benefit.pk),
                     state="gap" if is_unread else "followed" if is_here else "")  # fmt: skip
            band = "gap" if is_unread else state
            self.band("initiative", "benefit", y + tall / 2, top + each / 2, 3, band)
            ends.append((benefit.beneficiary, top + each / 2, is_here))
        return y + tall

    def tall(self, one: Single) -> float:
        return max(LEAST_SINGLE, len(one.benefits[:BENEFITS_SHOWN]) * 44.0 - 4)

    def _middle(self) -> float:
        """The middle of all rows, known before they are drawn: as high as they will be."""
        singles = self.thread.singles
        tall = sum(self.tall(one) + GAP for one in singles)
        if self.thread.singles_of > len(singles):
            tall += 34 + GAP
        return max(tall - GAP, MIDDLE) / 2

    def more(self, y: float, left: int) -> float:
        goal = self.thread.wanted.goal
        words = _n(ngettext("and %(n)s more", "and %(n)s more", left), left)
        url = self.portfolio(goal) if goal else ""
        self.box("initiative", y, 34, words, url=url, state="quiet")
        return y + 34


def _n(words: str, n: int) -> str:
    return words % {"n": number(n)}


def lines_of(text: str, width: float, most: int) -> list[str]:
    """The text in lines that fit the width; what does not fit ends in dots, and stands in the title."""
    signs = max(4, int((width - 18) / SIGN))
    found = wrap(text, signs) or [""]
    if len(found) > most:
        last = found[most - 1]
        found = [*found[: most - 1], f"{last[: signs - 1].rstrip()}…"]
    return found


def band_path(x1: float, y1: float, x2: float, y2: float, thick: float) -> str:
    """A band from one middle to another, as a path that is filled."""
    half = thick / 2
    if abs(y1 - y2) < 0.5:
        return f"M{x1:.1f},{y1 - half:.1f}H{x2:.1f}V{y1 + half:.1f}H{x1:.1f}Z"
    mid = (x1 + x2) / 2
    return (
        f"M{x1:.1f},{y1 - half:.1f}C{mid:.1f},{y1 - half:.1f} {mid:.1f},{y2 - half:.1f}"
        f" {x2:.1f},{y2 - half:.1f}V{y2 + half:.1f}C{mid:.1f},{y2 + half:.1f}"
        f" {mid:.1f},{y1 + half:.1f} {x1:.1f},{y1 + half:.1f}Z"
    )
