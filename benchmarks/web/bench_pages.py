"""Server time and number of queries of the main pages, with the demo's 8,500 people.

    python benchmarks/web/bench_pages.py [--size full|small|large]

Each page is asked for inside this process, through everything that a request goes through, and
with the settings of production: a few times to warm up, then twenty times. Prints a table, appends
one JSON line to ``results.jsonl`` and writes ``RESULTS.md`` beside it. Ends with 1 when a promise is
broken: the list of persons in 200 ms, with as many queries as for three people.
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
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
WARM_UPS, TIMES = 3, 20
PROMISED_MILLISECONDS = 200
FEW = 3
PERSONS = "50 of all persons"


@dataclass(frozen=True)
class Figure:
    """What one page costs: the median and the slowest of twenty, its queries, its size."""

    page: str
    milliseconds: float
    slowest: float
    queries: int
    kilobytes: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", default="full", choices=["small", "full", "large"])
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"MODIG_DATA": folder, "MODIG_DEMO_SITE": "1", "MODIG_DATABASE_URL": ""}
        os.environ["DJANGO_SETTINGS_MODULE"] = "modig.web.settings"
        seconds = load(size)
        figures, few_queries = measure()
    outcome = {
        "benchmark": "web/pages",
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "size": size,
        "load_seconds": round(seconds, 1),
        "queries_with_three_people": few_queries,
        "pages": [asdict(figure) for figure in figures],
    }
    text = table(outcome, figures)
    print(text)
    with (HERE / "results.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(outcome) + "\n")
    (HERE / "RESULTS.md").write_text(f"# Server time of the main pages\n\n{text}", encoding="utf-8")
    persons = next(figure for figure in figures if figure.page == PERSONS)
    is_kept = persons.milliseconds <= PROMISED_MILLISECONDS and persons.queries == few_queries
    return 0 if is_kept else 1


def load(size: str) -> float:
    """Make the database and the demo in it; the seconds that the demo took."""
    from modig.cli.operate import collect_static, migrate_database  # noqa: PLC0415 -- after setup

    migrate_database()
    collect_static()
    from modig.apps.demo.actions import ensure_demo  # noqa: PLC0415 -- after setup

    begun = time.monotonic()
    ensure_demo(size)
    return time.monotonic() - begun


def measure() -> tuple[list[Figure], int]:
    """The figures of all pages, and the queries of the list of persons where there are three."""
    from django.test import Client  # noqa: PLC0415 -- after setup

    from modig.apps.accounts.models import User  # noqa: PLC0415 -- after setup
    from modig.apps.demo.users import email_of  # noqa: PLC0415 -- after setup

    client = Client(headers={"host": "localhost", "accept-language": "sv"})
    client.force_login(User.objects.get(email=email_of("programme-owner")))
    figures = [figure(client, page, address) for page, address in addresses()]
    return figures, queries_of(three_people(), "/people/")


def addresses() -> list[tuple[str, str]]:
    """The main pages with an address of the demo; those about one thing take the largest."""
    from django.db.models import Count  # noqa: PLC0415 -- after setup
    from django.urls import reverse  # noqa: PLC0415 -- after setup

    from modig.apps.demo.actions import CODE  # noqa: PLC0415 -- after setup
    from modig.apps.people.models import ManagementTeam, Person, Unit  # noqa: PLC0415
    from modig.apps.programme.models import Group, Plan, Programme  # noqa: PLC0415
    from modig.apps.tenancy.models import Organisation  # noqa: PLC0415 -- after setup
    from modig.apps.tenancy.scope import working_for  # noqa: PLC0415 -- after setup

    def about(name: str, thing: Any) -> list[tuple[str, str]]:
        words = {"programme": "cockpit of a programme"}.get(name.partition(":")[2], name)
        return [(words.partition(":")[2] or words, reverse(name, args=[thing.pk]))] if thing else []

    with working_for(Organisation.objects.get(code=CODE)):
        unit = Unit.objects.annotate(n=Count("employments")).order_by("-n").first()
        team = ManagementTeam.objects.annotate(n=Count("seats")).order_by("-n").first()
        plan = Plan.objects.filter(state="published").annotate(n=Count("groups")).order_by("-n")
        group = Group.objects.filter(plan__state="published").first()
        return [
            ("home", reverse("programme:home")),
            ("tree of units", reverse("people:units")),
            *about("people:unit", unit),
            (PERSONS, reverse("people:persons")),
            ("persons, page 100", reverse("people:persons") + "?page=100"),
            ("persons found by name", reverse("people:persons") + "?q=anders"),
            *about("people:person", Person.objects.first()),
            ("teams", reverse("people:teams")),
            *about("people:team", team),
            ("search", reverse("people:search") + "?q=lind"),
            ("programmes", reverse("programme:list")),
            *about("programme:programme", Programme.objects.first()),
            *about("programme:plan", plan.first()),
            *about("programme:staffing", plan.first()),
            *about("programme:group", group),
            ("HR files", reverse("people:imports")),
            ("log", reverse("audit:list")),
        ]


def three_people() -> Any:
    """Somebody signed in to an organisation of three people."""
    from django.test import Client  # noqa: PLC0415 -- after setup

    from modig.apps.accounts.models import User  # noqa: PLC0415 -- after setup
    from modig.apps.people.models import Employment, Person, Unit  # noqa: PLC0415
    from modig.apps.tenancy.actions import add_member, create_organisation  # noqa: PLC0415
    from modig.apps.tenancy.scope import working_for  # noqa: PLC0415 -- after setup

    organisation = create_organisation("three", "Three people")
    own = {"organisation": organisation}
    user = User.objects.named("owner@three.example", "Owner")
    add_member(organisation, user, "programme-owner")
    with working_for(organisation):
        unit = Unit.objects.create(**own, code="A", name="A", path="/1/")
        for number in range(FEW):
            person = Person.objects.create(**own, number=str(number), last_name=f"Ek {number}")
            Employment.objects.create(**own, person=person, unit=unit)
    client = Client(headers={"host": "localhost", "accept-language": "sv"})
    client.force_login(user)
    return client


def figure(client: Any, page: str, address: str) -> Figure:
    asked = lambda: client.get(address)  # noqa: E731 -- timed below
    for _ in range(WARM_UPS):
        answer = asked()
        if answer.status_code != 200:
            sys.exit(f"{page}, {address}: {answer.status_code}")
    taken = sorted(milliseconds(asked) for _ in range(TIMES))
    size = len(answer.content) / 1024
    queries = queries_of(client, address)
    return Figure(page, round(statistics.median(taken), 1), round(taken[-1], 1), queries, size)


def milliseconds(asked: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    asked()
    return (time.perf_counter() - begun) * 1000


def queries_of(client: Any, address: str) -> int:
    from django.db import connection  # noqa: PLC0415 -- after setup
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- after setup

    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def table(outcome: dict[str, Any], figures: list[Figure]) -> str:
    """The figures as a table that reads well on a terminal and as Markdown."""
    width = max(len(figure.page) for figure in figures)
    made = f"{outcome['size'].capitalize()} demo, loaded in {outcome['load_seconds']} s"
    machine = f"{outcome['machine']}, Python {outcome['python']}, SQLite"
    lines = [
        f"{made}; {machine}. Median of {TIMES}.",
        "",
        f"| {'page':{width}} | median ms | slowest ms | queries |  kB |",
        f"|-{'-' * width}-|----------:|-----------:|--------:|----:|",
    ]
    lines += [
        f"| {f.page:{width}} | {f.milliseconds:9.1f} | {f.slowest:10.1f} | {f.queries:7} "
        f"| {f.kilobytes:3.0f} |"
        for f in figures
    ]
    few = outcome["queries_with_three_people"]
    lines += ["", f"The list of persons asks {few} times where there are three people."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
