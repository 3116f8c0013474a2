"""Server time and number of queries of every page that a programme owner opens.

    python benchmarks/web/bench_pages.py [--size full|small|large] [--data FOLDER] [--only WORD]

The pages are those that tests/web/access.txt lets her see, each about the largest thing of its sort
that the demo has. Each is asked for inside this process, through everything that a request goes
through, and with the settings of production: a few times to warm up, then twenty times. Prints a
table, appends one JSON line to ``results.jsonl`` and writes ``RESULTS.md`` beside it. With ``--data``
the demo in that folder is used (and made there the first time); with ``--only`` nothing is written.

Ends with 1 when a promise is broken: every page in 300 ms, the list of persons in 200 ms and with as
many queries as for three people.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ACCESS = HERE.parent.parent / "tests" / "web" / "access.txt"
ROLE = "programme-owner"
WARM_UPS, TIMES = 2, 20
PROMISED_MILLISECONDS, PROMISED_FOR_PERSONS = 300, 200
FEW = 3
PERSONS = "people:persons"
# Lists as people look into them: filtered, searched, far down.
ASKED = (
    ("people:persons", "?page=100"),
    ("people:persons", "?q=anders"),
    ("people:search", "?q=lind"),
    ("initiatives:portfolio", "?page=40"),
    ("initiatives:portfolio", "?q=mottagning"),
    ("initiatives:portfolio", "?goal={goal}"),
    ("initiatives:board", "?department={unit}"),
    ("initiatives:similar", "?title=En+dörr+in&why=Väntan+på+första+mötet"),
    ("initiatives:benefits", "?beneficiary=users"),
    ("initiatives:benefits", "?proof=shown"),
    ("reports:thread", "?focus={area}"),
    ("reports:thread", "?goal={goal}"),
    ("reports:thread", "?goal=none"),
    ("reports:thread", "?unit={unit}"),
    ("reports:thread", "?from=2026-01-01&to=2026-06-30"),
)


@dataclass(frozen=True)
class Figure:
    """What one page costs: median and slowest of twenty, processor time, queries, size.

    ``few``: its queries in an organisation of three people; None for a page about a single thing.
    """

    page: str
    milliseconds: float
    slowest: float
    processor: float
    queries: int
    kilobytes: float
    few: int | None = None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="large", choices=["small", "full", "large"])
    parser.add_argument("--data", help="a data folder to use and keep")
    parser.add_argument("--only", default="", help="pages whose name holds this word")
    given = parser.parse_args()
    kept = nullcontext(given.data) if given.data else tempfile.TemporaryDirectory()
    with kept as folder:
        os.environ |= {"MODIG_DATA": folder, "MODIG_DEMO_SITE": "1", "MODIG_DATABASE_URL": ""}
        os.environ["DJANGO_SETTINGS_MODULE"] = "modig.web.settings"
        seconds = load(given.size)
        figures, absent = measure(given.only)
    outcome = {
        "benchmark": "web/pages",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "load": round(os.getloadavg()[1], 1),
        "python": platform.python_version(),
        "size": given.size,
        "load_seconds": round(seconds, 1),
        "pages": [asdict(figure) for figure in figures],
        "absent": absent,
    }
    text = table(outcome, figures)
    print(text)
    if not given.only:
        keep(outcome, text)
    return 1 if broken(figures) else 0


def keep(outcome: dict[str, Any], text: str) -> None:
    with (HERE / "results.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(outcome) + "\n")
    (HERE / "RESULTS.md").write_text(f"# Server time of every page\n\n{text}", encoding="utf-8")


def broken(figures: list[Figure]) -> list[str]:
    """The promises that are not kept, in words."""
    slow = [
        f"{one.page} takes {one.milliseconds:.0f} ms"
        for one in figures
        if one.milliseconds > PROMISED_MILLISECONDS
    ]
    for one in figures:
        if one.page == PERSONS:
            if one.milliseconds > PROMISED_FOR_PERSONS:
                slow.append(f"the list of persons takes {one.milliseconds:.0f} ms")
            if one.queries != one.few:
                slow.append(f"the list of persons asks {one.queries} times, not {one.few}")
    return slow


def load(size: str) -> float:
    """Make the database and the demo in it unless they are there; the seconds that it took."""
    from modig.cli.operate import collect_static, migrate_database  # noqa: PLC0415 -- after setup

    migrate_database()
    collect_static()
    from modig.apps.demo.actions import ensure_demo  # noqa: PLC0415 -- after setup

    begun = time.monotonic()
    ensure_demo(size)
    return time.monotonic() - begun


# ---- which pages ---------------------------------------------------------------------------------


def pages_of_the_table() -> list[str]:
    """The routes that the programme owner may open, by the table of who may open what."""
    rows = [
        line.split()
        for line in ACCESS.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    place = rows[0].index(ROLE)
    seen = dict.fromkeys(
        row[0]
        for row in rows[1:]
        if row[1] == "GET" and row[2] in {"-", "own"} and row[place] == "200"
    )
    return list(seen)


def routes() -> dict[str, list[str]]:
    """The keys that the address of each route takes."""
    from django.urls import get_resolver  # noqa: PLC0415 -- after setup

    found: dict[str, list[str]] = {}

    def read(resolver: Any, space: str) -> None:
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                read(pattern, inner)
            elif pattern.name:
                found.setdefault(space + pattern.name, list(pattern.pattern.converters))

    read(get_resolver(), "")
    return found


def largest_things() -> dict[str, Any]:
    """The key of the thing of each sort that has most on its page."""
    from django.apps import apps  # noqa: PLC0415 -- after setup
    from django.db.models import Count  # noqa: PLC0415 -- after setup

    def largest(label: str, by: str = "", **fits: object) -> Any:
        rows = apps.get_model(label).objects.filter(**fits).order_by("pk")
        if by:
            rows = rows.annotate(most=Count(by)).order_by("-most", "pk")
        return rows.first()

    plan = largest("programme.plan", "groups", state="published")
    group = largest("programme.group", "participants", plan=plan)
    team = largest("people.managementteam", "seats", to_on=None)
    wave = plan.wave if plan else None
    area = largest("direction.focusarea", "goals")
    things = {
        "unit_id": largest("people.unit", "employments", closed_on=None),
        "entity_id": largest("people.legalentity"),
        "person_id": largest("people.person", "promises", left_on=None),
        "employment_id": largest("people.employment", to_on=None),
        "nomination_id": largest("people.keypersonnomination", withdrawn_on=None),
        "team_id": team,
        "seat_id": largest("people.teamseat", team=team, to_on=None, kind="member"),
        "import_id": largest("people.hrimport", "rows"),
        "rule_id": largest("people.rolerule"),
        "vision_id": largest("direction.vision", "statements"),
        "shift_id": largest("direction.shift", "readings"),
        "text_id": largest("direction.goal", parent=None),
        "goal_id": largest("direction.goal", "initiatives"),
        "assignment_id": largest("direction.assignment", "agreements"),
        "agreement_id": largest("direction.agreement", "commitments"),
        "wave_id": wave,
        "plan_id": plan,
        "meeting_id": largest("programme.meeting", group=group),
        "group_id": group,
        "promise_id": largest("programme.promise"),
        "programme_id": wave.programme if wave else None,
        "part_id": largest("programme.targetpart", wave=wave),
        "block_id": largest("programme.block", wave=wave),
        "closed_id": largest("programme.closedweeks", wave=wave),
        "pair_id": largest("programme.keepapart", wave=wave),
        "cap_id": largest("programme.unitcap", wave=wave),
        "venue_id": largest("programme.venue"),
        "facilitator_id": largest("programme.facilitator"),
        "initiative_id": largest("initiatives.initiative", "diary", code="MV-002")
        or largest("initiatives.initiative", "diary"),
        "gate_id": largest("initiatives.gate"),
        "question_id": largest("initiatives.question"),
        "quotation_id": largest("initiatives.quotation"),
        "benefit_id": largest("initiatives.benefit", "readings"),
        "indicator_id": largest("initiatives.indicator", "values"),
        "cluster_id": largest("initiatives.cluster", "initiatives"),
        "round_id": largest("surveys.round", "invitations"),
        "area_id": area,
    }
    keys = {name: thing.pk for name, thing in things.items() if thing is not None}
    return {**keys, "kind": "goal", **({"code": team.code} if team else {})}


KINDS = {"direction:text_new": "shift", "initiatives:gate_new": "risk", "programme:team_move": "team"}  # fmt: skip


def addresses(keys: dict[str, Any]) -> tuple[list[tuple[str, str]], list[str]]:
    """The name and address of every page; and the pages about things that the demo has none of."""
    from django.urls import reverse  # noqa: PLC0415 -- after setup

    found, absent, taken = [], [], routes()
    for name in pages_of_the_table():
        kinds = {"kind": KINDS[name]} if name in KINDS else {}
        wanted = {key: {**keys, **kinds}.get(key) for key in taken.get(name, [])}
        if None in wanted.values() or name not in taken:
            absent.append(name)
            continue
        found.append((name, reverse(name, kwargs=wanted)))
    words = {"goal": keys.get("goal_id"), "unit": keys.get("unit_id"), "area": keys.get("area_id")}
    found += [
        (f"{name}{query.format(**words)}", reverse(name) + query.format(**words))
        for name, query in ASKED
        if name in taken
    ]
    return found, absent


# ---- measuring -----------------------------------------------------------------------------------


def measure(only: str) -> tuple[list[Figure], list[str]]:
    """The figures of all pages, and what could not be shown."""
    from django.test import Client  # noqa: PLC0415 -- after setup

    from modig.apps.accounts.models import User  # noqa: PLC0415 -- after setup
    from modig.apps.demo.queries import CODE  # noqa: PLC0415 -- after setup
    from modig.apps.demo.users import email_of  # noqa: PLC0415 -- after setup
    from modig.apps.tenancy.models import Organisation  # noqa: PLC0415 -- after setup
    from modig.apps.tenancy.scope import working_for  # noqa: PLC0415 -- after setup

    import_module("modig.web.wsgi")  # as the server does, before it answers
    client = Client(headers={"host": "localhost", "accept-language": "sv"})
    client.force_login(User.objects.get(email=email_of(ROLE)))
    few = three_people()
    with working_for(Organisation.objects.get(code=CODE)):
        pages, absent = addresses(largest_things())
    figures = []
    for page, address in pages:
        if only in page:
            made = figure(client, few, page, address)
            if made is None:
                absent.append(page)
            else:
                figures.append(made)
                print(f"{made.milliseconds:7.1f} {made.processor:7.1f} {page}", file=sys.stderr)
    return figures, absent


def three_people() -> Any:
    """Somebody signed in to an organisation of three people."""
    from django.test import Client  # noqa: PLC0415 -- after setup

    from modig.apps.accounts.models import User  # noqa: PLC0415 -- after setup
    from modig.apps.people.models import Employment, Person, Unit  # noqa: PLC0415
    from modig.apps.tenancy.actions import add_member, create_organisation  # noqa: PLC0415
    from modig.apps.tenancy.models import Organisation  # noqa: PLC0415 -- after setup
    from modig.apps.tenancy.scope import working_for  # noqa: PLC0415 -- after setup

    email = "owner@three.example"
    user = User.objects.filter(email=email).first() or User.objects.named(email, "Owner")
    if not Organisation.objects.filter(code="three").exists():
        organisation = create_organisation("three", "Three people")
        own = {"organisation": organisation}
        add_member(organisation, user, ROLE)
        with working_for(organisation):
            unit = Unit.objects.create(**own, code="A", name="A", path="/1/")
            for number in range(FEW):
                person = Person.objects.create(**own, number=str(number), last_name=f"Ek {number}")
                Employment.objects.create(**own, person=person, unit=unit)
    client = Client(headers={"host": "localhost", "accept-language": "sv"})
    client.force_login(user)
    return client


def figure(client: Any, few: Any, page: str, address: str) -> Figure | None:
    """What a page costs; nothing where this thing has no such page in the demo."""
    asked = lambda: client.get(address)  # noqa: E731 -- timed below
    for _ in range(WARM_UPS):
        answer = asked()
        if answer.status_code != 200:
            return None
        b"".join(answer) if answer.streaming else answer.content
    taken = [spent(asked) for _ in range(TIMES)]
    walls, processors = ([one[k] for one in taken] for k in range(2))
    path, _, question = address.partition("?")
    is_single = bool(question) or any(part.isdigit() for part in path.split("/"))
    return Figure(
        page,
        round(statistics.median(walls), 1),
        round(max(walls), 1),
        round(statistics.median(processors), 1),
        queries_of(client, address),
        0 if answer.streaming else round(len(answer.content) / 1024, 1),
        None if is_single else queries_of(few, address),
    )


def spent(asked: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds by the clock and by the processor."""
    wall, processor = time.perf_counter(), time.process_time()
    asked()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000


def queries_of(client: Any, address: str) -> int:
    from django.db import connection  # noqa: PLC0415 -- after setup
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- after setup

    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def table(outcome: dict[str, Any], figures: list[Figure]) -> str:
    """The figures as a table that reads well on a terminal and as Markdown, the slowest first."""
    width = max((len(figure.page) for figure in figures), default=4)
    made = f"{outcome['size'].capitalize()} demo, loaded in {outcome['load_seconds']} s"
    machine = f"{outcome['machine']}, Python {outcome['python']}, SQLite, load {outcome['load']}"
    slow = broken(figures)
    lines = [
        f"{made}; {machine}. {len(figures)} pages, the slowest first; median of {TIMES}.",
        "CPU: processor time of the same requests. Few: queries in an organisation of three people.",
        "",
        f"| {'page':{width}} | median ms | slowest ms |  CPU ms | queries | few |  kB |",
        f"|-{'-' * width}-|----------:|-----------:|--------:|--------:|----:|----:|",
    ]
    lines += [
        f"| {f.page:{width}} | {f.milliseconds:9.1f} | {f.slowest:10.1f} | {f.processor:7.1f} "
        f"| {f.queries:7} | {'' if f.few is None else f.few:>3} | {f.kilobytes:3.0f} |"
        for f in sorted(figures, key=lambda one: -one.milliseconds)
    ]
    lines += ["", f"Promises not kept: {'; '.join(slow)}." if slow else "Every promise is kept."]
    if outcome["absent"]:
        lines.append(f"Not in the demo, so not measured: {', '.join(outcome['absent'])}.")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
