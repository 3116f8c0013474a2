"""An HR file of 100,000 rows through `modig import`: seconds and the most memory held.

    python benchmarks/people/bench_import.py [--rows 100000] [--out results.jsonl]

Every import runs as its own process against its own empty SQLite database, as an operator would
run it. Memory is the largest resident set of that process, as the kernel counted it. Prints a
table; appends one JSON line to ``--out``; fails above 60 seconds or 500 megabytes.
"""

import argparse
import csv
import datetime as dt
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HEADER = (
    "Anställningsnummer", "Förnamn", "Efternamn", "E-post", "Mobil", "Kön", "Förvaltning",
    "Avdelning", "Organisationskod", "Enhet", "Befattning", "AID-kod", "Chef anställningsnummer",
    "Är chef", "Anställningsform", "Sysselsättningsgrad", "Anställning from", "Anställning tom",
    "Arbetsställe", "Kostnadsställe", "Skyddad uppgift",
)  # fmt: skip
FIRST = ("Anna", "Åsa", "Bo", "Cem", "Elif", "Göran", "Inger", "Karin", "Lars", "Mehmet", "Öde")
LAST = ("Andersson", "Berg", "Ek", "Fors", "Holm", "Kaya", "Lind", "Nyström", "Öberg", "Sjö")
TITLES = ("Undersköterska", "Förskollärare", "Lärare", "Vårdbiträde", "Handläggare", "Kock")
FORMS = ("Tillsvidare", "Vikariat", "Visstid")
PER_UNIT = 25
SECONDS, MEGABYTES = 60, 500


def row(number: int, chance: random.Random) -> list[str]:
    unit = number // PER_UNIT
    is_manager = number % PER_UNIT == 0
    top, middle = unit % 16, unit % 160
    first, last = chance.choice(FIRST), chance.choice(LAST)
    begun = dt.date(1985, 1, 1) + dt.timedelta(days=chance.randrange(14_000))
    return [
        str(100_000 + number),
        first,
        f"{last}-{number}",
        f"{number}@example.se",
        f"070-{number:07d}",
        chance.choice("KM"),
        f"Förvaltning {top}",
        f"Avdelning {middle}",
        f"E{unit:05d}",
        f"Enhet {unit}",
        "Enhetschef" if is_manager else chance.choice(TITLES),
        f"{200_000 + chance.randrange(90)}",
        "" if is_manager else str(100_000 + unit * PER_UNIT),
        "J" if is_manager else "",
        chance.choice(FORMS),
        chance.choice(("100", "75,5", "80", "50")),
        begun.isoformat(),
        "",
        f"Hus {unit}",
        f"{3000 + middle}",
        "J" if number % 20_000 == 7 else "",
    ]


def rows(n: int) -> Iterator[list[str]]:
    chance = random.Random(1)
    return (row(number, chance) for number in range(n))


def changed(n: int) -> Iterator[list[str]]:
    """The next month's file: one in ten has another title or unit, one in fifty is exchanged."""
    for number, cells in enumerate(rows(n)):
        if number % 50 == 3:
            yield [str(900_000 + number), *cells[1:]]
        elif number % 10 == 5:
            yield [*cells[:10], "Samordnare", *cells[11:]]
        elif number % 200 == 9:
            other = (number // PER_UNIT + 160) % max(n // PER_UNIT, 1)
            yield [*cells[:8], f"E{other:05d}", f"Enhet {other}", *cells[10:]]
        else:
            yield cells


def write_csv(path: Path, lines: Iterator[list[str]]) -> None:
    with path.open("w", newline="", encoding="cp1252") as target:
        writer = csv.writer(target, delimiter=";")
        writer.writerow(HEADER)
        writer.writerows(lines)


def write_xlsx(path: Path, lines: Iterator[list[str]]) -> None:
    import xlsxwriter  # noqa: PLC0415 -- only here

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Anställda")
        sheet.write_row(0, 0, HEADER)
        for number, cells in enumerate(lines, 1):
            sheet.write_row(number, 0, cells)


def measured(folder: Path, *words: str) -> tuple[dict[str, object], dict[str, object]]:
    """What ``modig`` printed; its seconds, of them on the processor, and its largest resident set."""
    environment = {**os.environ, "MODIG_DATA": str(folder), "MODIG_DATABASE_URL": ""}
    began = time.monotonic()
    with (folder / "out.json").open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "modig.cli", *words], env=environment, stdout=out
        )
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    told = (folder / "out.json").read_text()
    if os.waitstatus_to_exitcode(status) not in {0, 1} or (words[0] == "import" and not told):
        raise SystemExit(f"modig {' '.join(words)} failed")
    figures = {
        "seconds": seconds,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1024,
    }
    return json.loads(told) if words[0] == "import" else {}, figures


def run(n: int) -> list[dict[str, object]]:
    """Three months as CSV: the first file, the same again, the next one; then the first as XLSX."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        first, following = folder / "first.csv", folder / "next.csv"
        write_csv(first, rows(n))
        write_csv(following, changed(n))
        steps = [("first file", first), ("same file again", first), ("next month", following)]
        results = month_after_month(folder / "csv", steps)
        book = folder / "first.xlsx"
        write_xlsx(book, rows(n))
        return results + month_after_month(folder / "xlsx", [("first file, XLSX", book)])


def month_after_month(data: Path, steps: list[tuple[str, Path]]) -> list[dict[str, object]]:
    data.mkdir()
    measured(data, "migrate")
    results = []
    for name, path in steps:
        words = ("import", str(path), "--organisation", "bench", "--create", "Bench", "--json")
        told, figures = measured(data, *words)
        kept = {key: told[key] for key in ("new", "changed", "gone", "refused", "unchanged")}
        results.append({"step": name, **figures, **kept})
    return results


def show(results: list[dict[str, object]]) -> None:
    said: dict[type, Callable[[object], str]] = {float: lambda one: f"{one:.1f}"}
    for key in results[0]:
        cells = [said.get(type(one[key]), str)(one[key]) for one in results]
        print(f"{key:12}" + "".join(f"{cell:>18}" for cell in cells))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    results = run(arguments.rows)
    show(results)
    line = {
        "benchmark": "people/bench_import",
        "machine": platform.machine(),
        "rows": arguments.rows,
        "results": results,
        "within_limits": all(
            float(str(one["seconds"])) <= SECONDS and float(str(one["megabytes"])) <= MEGABYTES
            for one in results
        ),
    }
    if arguments.out:
        with arguments.out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    return 0 if line["within_limits"] else 1


if __name__ == "__main__":
    sys.exit(main())
