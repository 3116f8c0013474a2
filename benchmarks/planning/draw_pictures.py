"""The pictures of docs/methods/planning.md, drawn from runs of the planner itself.

python benchmarks/planning/draw_pictures.py
"""

import math
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from modig import planning
from modig.planning import kernels, mdgp
from modig.planning.constructions import perfect_rounds

FOLDER = Path(__file__).parents[2] / "docs/methods"
INK, SOFT, ONE, TWO = "#1d2b33", "#c9d2d6", "#0b6e6e", "#b4531a"
Point = tuple[float, float]


def main() -> int:
    FOLDER.joinpath("cooling.svg").write_text(cooling(), encoding="utf-8")
    FOLDER.joinpath("lines.svg").write_text(lines(), encoding="utf-8")
    FOLDER.joinpath("meetings.svg").write_text(meetings(), encoding="utf-8")
    return 0


def svg(width: int, height: int, title: str, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' font-family="sans-serif" font-size="12" fill="{INK}"><title>{title}</title>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
    )
    return "\n".join([head, *parts, "</svg>", ""])


def text(x: float, y: float, words: str, anchor: str = "start", colour: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'


def path(points: Sequence[Point], colour: str, width: float = 1.5) -> str:
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


# ---- how an annealer cools -----------------------------------------------------------------------


def cooling() -> str:
    """Value and share of accepted losses during one search of 240 people by chance."""
    chance = np.random.default_rng(7)
    distance = np.triu(chance.integers(0, 101, (240, 240)).astype(float), 1)
    problem = planning.DistanceProblem(distance + distance.T, (20,) * 12, (20,) * 12)
    search = mdgp.Search(problem, 7, 0)
    search._anneal(kernels, 0, inserts=False)  # noqa: SLF001 -- looks inside on purpose
    rows, chunks = 1000, 160
    values, accepted = [], []
    for k in range(chunks):
        search._anneal(kernels, rows, inserts=False)  # noqa: SLF001
        values.append(float(search.value[0]))
        accepted.append(max(int(search.tally[0]), 1) / (rows * 240))
        search._steer(rows, 0, k / chunks)  # noqa: SLF001
    left, right, low, high = 70, 620, 40, 220
    x = [left + (right - left) * k / (chunks - 1) for k in range(chunks)]
    floor, top = min(values), max(values)
    curve = [
        (a, high - (high - low) * max(0.0, v - floor) / (top - floor))
        for a, v in zip(x, values, strict=True)
    ]
    logs = [math.log10(share) for share in accepted]
    rates = [(a, high - (high - low) * (v + 4.5) / 2.5) for a, v in zip(x, logs, strict=True)]
    return svg(
        660,
        260,
        "Value and accepted losses while the search cools",
        [
            path([(left, low), (left, high), (right, high)], SOFT),
            path(rates, TWO),
            path(curve, ONE, 2),
            text(left, 24, f"value, from {floor:,.0f} to {top:,.0f}", colour=ONE),
            text(right, 24, "share of accepted losses, 1 % down to 0.01 %", "end", TWO),
            text(left, 244, "start"),
            text(right, 244, f"{rows * chunks * 240 / 1e6:.0f} million swaps looked at", "end"),
        ],
    )


# ---- a perfect table -----------------------------------------------------------------------------


def lines() -> str:
    """25 people, 5 tables of 5, 6 rounds: the lines of a plane over five numbers."""
    parts = []
    colours = [ONE, TWO, "#5b4a9e", "#7a7a00", "#a02c5a"]
    for r, tables in enumerate(perfect_rounds(25, 5, 6)):
        x0, y0 = 30 + (r % 3) * 210, 40 + (r // 3) * 190
        parts.append(text(x0, y0 - 14, f"round {r + 1}"))
        for t, table in enumerate(tables):
            parts += [
                f'<circle cx="{x0 + 32 * (p // 5)}" cy="{y0 + 32 * (p % 5)}" r="11"'
                f' fill="{colours[t]}"/>'
                + text(x0 + 32 * (p // 5), y0 + 32 * (p % 5) + 4, str(t + 1), "middle", "#fff")
                for p in table
            ]
    return svg(660, 400, "Six rounds of five tables at which nobody meets anybody twice", parts)


# ---- who meets whom ------------------------------------------------------------------------------


def meetings() -> str:
    """Pairs of 14 departments that share a group: by chance, planned, and at best."""
    chance = np.random.default_rng(3)
    sizes = (chance.pareto(1.5, 14) * 20 + 12).astype(int)
    people = tuple(
        planning.Person(f"{d}-{k}", {"department": str(d)})
        for d, size in enumerate(sizes)
        for k in range(size)
    )
    groups = len(people) // 24
    problem = planning.CompositionProblem(people, groups, 22, 27, {"department": 1})
    shuffled = chance.permutation(len(people)) % groups
    by_chance = {p.id: str(g) for p, g in zip(people, shuffled, strict=True)}
    planned = planning.compose(problem, seed=1, steps=400_000).groups
    best = np.outer(sizes, sizes) / groups
    np.fill_diagonal(best, [planning_even(int(s), groups) for s in sizes])
    tables = [
        ("by chance", met(people, by_chance)),
        ("planned", met(people, planned)),
        ("best", best),
    ]
    parts = []
    for k, (name, table) in enumerate(tables):
        x0, y0, cell = 20 + 215 * k, 44, 14
        same = int(np.trace(table))
        parts.append(text(x0, 24, f"{name}: {same} pairs alike"))
        for a in range(14):
            for b in range(14):
                share = table[a, b] / max(1.0, sizes[a] * sizes[b] / groups)
                parts.append(
                    f'<rect x="{x0 + cell * b}" y="{y0 + cell * a}" width="13" height="13"'
                    f' fill="{TWO if a == b else ONE}" fill-opacity="{min(1.0, share / 1.6):.2f}"/>'
                )
    return svg(680, 260, "Departments that meet departments", parts)


def planning_even(people: int, groups: int) -> int:
    """Pairs of one kind that remain together when it is spread evenly."""
    quotient, rest = divmod(people, groups)
    return groups * (quotient * (quotient - 1) // 2) + rest * quotient


def met(people: Sequence[planning.Person], groups: dict[str, str]) -> np.ndarray:
    table = np.zeros((14, 14))
    inside: dict[str, list[int]] = {}
    for person in people:
        inside.setdefault(groups[person.id], []).append(int(person.attributes["department"]))
    for members in inside.values():
        count = np.bincount(members, minlength=14)
        pairs = np.outer(count, count)
        np.fill_diagonal(pairs, count * (count - 1) // 2)
        table += pairs
    return table


if __name__ == "__main__":
    sys.exit(main())
