"""What Mälarvik's programmes are about, when their waves are, and what their plans must keep."""

import datetime as dt
from dataclasses import dataclass, field

Weeks = tuple[dt.date, dt.date, str]


@dataclass(frozen=True, slots=True)
class BlockRow:
    title: str
    focus: str
    days: int = 2


@dataclass(frozen=True, slots=True)
class RulesRow:
    """Sizes and gaps from least to most; ``groups`` 0 lets the planner find the number."""

    size: tuple[int, int]
    groups: int = 0
    gap: tuple[int, int] = (4, 8)
    cap_percent: int = 15
    venues: tuple[str, ...] = ()
    has_own_facilitators: bool = False


@dataclass(frozen=True, slots=True)
class WaveRow:
    """``target``: ``top``, ``own`` (the teams below, key persons and other managers), or roles.

    ``made_on`` and ``published_on``: when its plan was made and published, with which ``seed`` and
    ``steps``;    without them it has no plan yet. ``postponed_on``: when a meeting of its third group had to be
    moved, because of flu.
    """

    name: str
    starts_on: dt.date
    ends_on: dt.date
    is_pause: bool = False
    target: tuple[str, ...] = ()
    blocks: tuple[BlockRow, ...] = ()
    rules: RulesRow | None = None
    closed: tuple[Weeks, ...] = ()
    keep_apart: tuple[tuple[str, str, str], ...] = ()
    lower_caps: tuple[tuple[str, int, str], ...] = ()
    made_on: dt.date | None = None
    published_on: dt.date | None = None
    postponed_on: dt.date | None = None
    seed: int = 1
    steps: int = 400_000


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    code: str
    name: str
    brand: str
    purpose: str
    foci: tuple[str, ...]
    starts_on: dt.date
    ends_on: dt.date
    waves: tuple[WaveRow, ...] = field(default=())
    is_for_all_leaders: bool = True


VENUES = (
    ("Hamnmagasinet", "Kajgatan 4", 30),
    ("Slottsskolans aula", "Slottsvägen 1", 36),
    ("Konferens Kvarnen", "Kvarngränd 12", 30),
    ("Stadshuset, Mälarsalen", "Storgatan 1", 32),
    ("Björkhaga kursgård", "Björkhagavägen 30", 28),
    ("Folkets hus Almby", "Almby torg 2", 40),
)
PARTNER_FACILITATORS = (
    "Agneta Brodd",
    "Fredrik Sjölund",
    "Ylva Tegner",
    "Rasmus Hallgren",
    "Miriam Kessler",
    "Joakim Ryd",
)
OWN_FACILITATORS = ("Birgitta Nordin", "Samir Haddad")

BLOCKS = (
    BlockRow(
        "Modet att leda",
        "Det egna ledarskapet: vad är mitt uppdrag, vad vill jag, och vad behöver jag våga?",
    ),
    BlockRow(
        "Ledningsgruppen som team",
        "Hur vi arbetar tillsammans: roller, möten, prioriteringar och det vi inte brukar säga.",
    ),
    BlockRow(
        "Leda förändring i vardagen",
        "En förändring i den egna verksamheten, från idé till första steget, med medarbetarna.",
    ),
    BlockRow(
        "Överenskommelser och nytta",
        "Klara överenskommelser mellan enheter, och hur vi ser nyttan för dem vi är till för.",
    ),
)
FOLLOW_UP = (
    BlockRow(
        "Vad har fäst?", "Vad blev av det vi lovade, vad stoppar vi, och vad tar vi vidare?", 1
    ),
)


def _weeks(first: str, last: str, reason: str) -> Weeks:
    """Closed weeks from one Monday to another."""
    return dt.date.fromisoformat(first), dt.date.fromisoformat(last), reason


CHRISTMAS_2026 = _weeks("2026-12-21", "2027-01-04", "Jul och nyår")
CLOSED_2027 = (
    _weeks("2027-06-28", "2027-08-09", "Sommar, vecka 26–32"),
    _weeks("2027-11-01", "2027-11-01", "Höstlov"),
    _weeks("2027-12-20", "2028-01-03", "Jul och nyår"),
    _weeks("2028-02-21", "2028-02-21", "Sportlov"),
)
EVERY_LEADER = ("manager", "key_person")

TOP_TEAMS = WaveRow(
    "Våg 1: de tolv ledningsgrupperna",
    dt.date(2026, 9, 14),
    dt.date(2027, 2, 19),
    target=("top",),
    blocks=BLOCKS,
    rules=RulesRow(size=(26, 29), groups=4),
    closed=(_weeks("2026-10-26", "2026-10-26", "Höstlov"), CHRISTMAS_2026),
    keep_apart=(
        ("T-EM", "T-SB", "Miljökontoret utövar tillsyn över bolaget."),
        ("T-FAST", "T-SER", "Förhandlar om ett gemensamt avtal under hösten."),
    ),
    made_on=dt.date(2026, 6, 15),
    published_on=dt.date(2026, 6, 17),
    postponed_on=dt.date(2026, 11, 2),
    seed=6,
)
LEADERS = WaveRow(
    "Våg 2: chefer och nyckelpersoner",
    dt.date(2027, 3, 1),
    dt.date(2028, 2, 18),
    target=("own",),
    blocks=BLOCKS,
    rules=RulesRow(size=(22, 27), groups=15, has_own_facilitators=True),
    closed=(_weeks("2027-03-22", "2027-03-29", "Påsk"), *CLOSED_2027[:3]),
    keep_apart=(
        ("T-SB01", "T-EM01", "Bygglov prövar bolagets ärenden."),
        ("T-VO01", "T-VO11", "Delar chefsberedskap och kan inte vara borta samma dagar."),
        ("T-SOC01", "T-BU09", "Turas om i samrådet för barn och unga."),
    ),
    lower_caps=(
        ("SER01", 10, "Maten ska fram varje dag."),
        ("VO11", 10, "Sjuksköterskorna har jour för alla boenden."),
    ),
    made_on=dt.date(2026, 10, 19),
    published_on=dt.date(2026, 10, 23),
    seed=3,
    steps=6_000_000,
)


def _follow_up(months: int, starts_on: str, ends_on: str) -> WaveRow:
    return WaveRow(
        f"Uppföljning efter {months} månader",
        dt.date.fromisoformat(starts_on),
        dt.date.fromisoformat(ends_on),
        target=EVERY_LEADER,
        blocks=FOLLOW_UP,
        rules=RulesRow(size=(20, 28)),
    )


LEADERSHIP = ProgrammeRow(
    "modigt-ledarskap",
    "Modigt Ledarskap",
    "Vi vågar leda tillsammans",
    "Alla chefer och ledare i koncernen ska dela bilden av vart Mälarvik är på väg, ha tydliga uppdrag"
    " och verktyg som fungerar i vardagen. Hela ledningsgrupper går tillsammans, blandade över"
    " förvaltningar och bolag, så att det som lärs också blir gjort.",
    (
        "Det egna ledarskapet",
        "Ledningsgruppen som effektivt team",
        "Förändring i den egna verksamheten",
    ),
    dt.date(2026, 9, 14),
    dt.date(2030, 4, 26),
    (
        TOP_TEAMS,
        LEADERS,
        WaveRow(
            "Paus: det nya får fäste", dt.date(2028, 2, 28), dt.date(2029, 8, 31), is_pause=True
        ),
        _follow_up(6, "2028-09-04", "2028-11-24"),
        _follow_up(12, "2029-03-05", "2029-05-25"),
        _follow_up(24, "2030-03-04", "2030-04-26"),
    ),
)
EMPLOYEESHIP = ProgrammeRow(
    "modigt-medarbetarskap",
    "Modigt Medarbetarskap",
    "Tillsammans gör vi Mälarvik",
    "Alla 8 500 medarbetare möts över gränserna och arbetar med bemötandet: av brukare, kunder och"
    " medborgare, och av varandra. Verktygen från Modigt Ledarskap kommer tillbaka.",
    ("Bemötande", "Arbetslaget", "Det egna bidraget"),
    dt.date(2029, 9, 3),
    dt.date(2031, 6, 13),
    (
        WaveRow(
            "Alla medarbetare, första året",
            dt.date(2029, 9, 3),
            dt.date(2030, 6, 14),
            target=("employee",),
            blocks=(
                BlockRow("Mötet", "Hur vi möter dem vi är till för.", 1),
                BlockRow("Laget", "Hur vi möter varandra.", 1),
                BlockRow("Löftet", "Vad vi lovar, och hur vi håller det.", 1),
            ),
            rules=RulesRow(size=(23, 28), gap=(4, 10), cap_percent=10),
        ),
    ),
    is_for_all_leaders=False,
)
SMALL = ProgrammeRow(
    "modigt-ledarskap",
    "Modigt Ledarskap",
    "Vi vågar leda tillsammans",
    LEADERSHIP.purpose,
    LEADERSHIP.foci,
    LEADERSHIP.starts_on,
    dt.date(2028, 2, 18),
    (
        WaveRow(
            "Våg 1: ledningsgrupperna",
            TOP_TEAMS.starts_on,
            TOP_TEAMS.ends_on,
            target=("own",),
            blocks=BLOCKS,
            rules=RulesRow(size=(16, 20), groups=1),
            closed=TOP_TEAMS.closed,
            made_on=TOP_TEAMS.made_on,
            published_on=TOP_TEAMS.published_on,
        ),
        WaveRow(
            "Våg 2: alla medarbetare",
            LEADERS.starts_on,
            LEADERS.ends_on,
            target=("employee",),
            blocks=BLOCKS[:2],
            rules=RulesRow(size=(12, 24), cap_percent=50),
            closed=LEADERS.closed,
        ),
    ),
)


def programmes_of(size: str) -> tuple[ProgrammeRow, ...]:
    return (SMALL,) if size == "small" else (LEADERSHIP, EMPLOYEESHIP)
