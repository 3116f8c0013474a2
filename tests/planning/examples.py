"""Small made-up problems, some of them at random but repeatable."""

import random
from datetime import date

from modig.planning import Cap, CompositionProblem, Person, ScheduleProblem

MONDAY = date(2027, 1, 11)


def person(id_, team=None, of=("u",), **attributes):
    return Person(str(id_), {k: str(v) for k, v in attributes.items()}, team, of)


def people_in_teams(sizes, *, seed=1, kinds=3):
    chance = random.Random(seed)
    found = []
    for team, size in enumerate(sizes):
        unit = (f"unit{chance.randrange(kinds)}",)
        found += [
            person(
                f"p{team}-{k}",
                f"t{team}",
                unit,
                unit=unit[0],
                role=chance.randrange(kinds),
                site=chance.randrange(2),
            )
            for k in range(size)
        ]
    return tuple(found)


def composition(sizes=(4, 3, 5, 2, 4, 3, 3, 4), *, seed=1, **more):
    rules = {"groups": 3, "low": 8, "high": 11, "weights": {"unit": 2, "role": 1, "site": 0.5}}
    return CompositionProblem(people=people_in_teams(sizes, seed=seed), **{**rules, **more})


def alone(n, *, seed=1, kinds=4, **more):
    chance = random.Random(seed)
    people = tuple(
        person(
            k,
            None,
            (f"u{k % kinds}",),
            kind=chance.randrange(kinds),
            half=chance.randrange(2),
            side=k % 3,
        )
        for k in range(n)
    )
    rules = {"groups": 3, "low": 1, "high": n, "weights": {"kind": 1, "half": 0.5}}
    return CompositionProblem(people=people, **{**rules, **more})


def many_teams():
    """Too many to reach the bound, so that a search lasts as long as it may."""
    sizes = [4 + (7 * k) % 9 for k in range(90)]
    groups = round(sum(sizes) / 24)
    return composition(sizes, groups=groups, low=20, high=28, seed=3)


def cap(most, n=100):
    return Cap(n, most, most)


def meetings_problem(groups=4, *, people=3, units=2, **more):
    members = {
        f"g{g}": [person(f"{g}.{k}", None, (f"u{(g + k) % units}",)) for k in range(people)]
        for g in range(groups)
    }
    rules = {
        "blocks": 2,
        "start": MONDAY,
        "weeks": 6,
        "gap": (1, 2),
        "venues": ("red", "blue"),
        "facilitators": ("Ada", "Bo", "Cy"),
    }
    return ScheduleProblem(members=members, **{**rules, **more})
