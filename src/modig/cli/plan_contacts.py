"""``modig plan contacts``: who sits with whom from round to round."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from modig import planning
from modig.cli.plan_input import BadInputError, keyed, read_pairs, read_table
from modig.cli.plan_options import add_json, add_search, named_numbers, positive, up_to
from modig.cli.plan_output import (
    answer_object,
    exit_code,
    may_be_written,
    print_json,
    progress_bar,
    say,
    summary,
    write_table,
)
from modig.planning import ContactsProblem, Person

MOST_PEOPLE = 20_000
MOST_ROUNDS = 1_000
MOST_MEETINGS = 5_000_000
"""Of two people each, in all rounds: every one of them is counted by the checker."""

DEFAULT_SECONDS = 30.0


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    contacts = commands.add_parser("contacts", help="new people to meet in every round")
    contacts.add_argument("people_file", type=Path, nargs="?", metavar="people.csv")
    contacts.add_argument("--people", type=positive, metavar="N", help="people 0 to N-1, no file")
    contacts.add_argument("--size", type=up_to(MOST_PEOPLE), required=True, metavar="S")
    contacts.add_argument("--rounds", type=up_to(MOST_ROUNDS), required=True, metavar="R")
    contacts.add_argument("--history", type=Path, metavar="pairs.csv", help="who met before: a,b")
    contacts.add_argument("--sit-out", action="store_true", help="full groups; the rest pause")
    contacts.add_argument(
        "--weights",
        type=named_numbers,
        default={},
        metavar="COLUMN=W,...",
        help="how much more a contact across this border is worth",
    )
    add_search(contacts)
    add_json(contacts)
    contacts.set_defaults(plan_deed=_contacts)


def _contacts(a: argparse.Namespace, stop: Callable[[], bool]) -> int:
    may_be_written(a.out)
    problem = _problem(a)
    with progress_bar("worth {:g}") as on_progress:
        plan = planning.arrange_contacts(
            problem,
            seed=a.seed,
            seconds=a.seconds if a.seconds or a.steps else DEFAULT_SECONDS,
            steps=a.steps,
            workers=a.workers,
            on_progress=on_progress,
            should_stop=stop,
        )
    if plan.rounds and not plan.violations:
        rows = [
            (turn, person, group)
            for turn, groups in enumerate(plan.rounds, 1)
            for person, group in groups.items()
        ]
        write_table(a.out, ["round", "person", "group"], rows)
    say(*summary(plan.status, plan.violations, plan.reasons))
    if plan.rounds:
        say(
            f"{planning.so_many(plan.new_pairs, 'new pair')} of at most {plan.bound:g}: share {plan.share:.5f},"
            f" {planning.so_many(plan.repeats, 'repeat')}"
            + (", by construction" if plan.is_constructed else "")
        )
    print_json(
        a,
        answer_object(
            plan.status,
            value=plan.new_pairs,
            bound=plan.bound,
            share=plan.share,
            violations=dict(plan.violations),
            reasons=[str(reason) for reason in plan.reasons],
            seed=plan.seed,
            steps=plan.steps,
            cpu_seconds=plan.cpu_seconds,
            repeats=plan.repeats,
            crossing=dict(plan.crossing),
            history_ignored=plan.history_ignored,
        ),
    )
    return exit_code(plan.status, plan.violations)


def _problem(a: argparse.Namespace) -> ContactsProblem:
    if (a.people is None) == (a.people_file is None):
        raise BadInputError("plan contacts: either people.csv or --people N is needed")
    people = _people(a)
    if len(people) > MOST_PEOPLE:
        where = a.people_file or "--people"
        raise BadInputError(f"{where}: {len(people)} people; contacts are for up to {MOST_PEOPLE}")
    meetings = len(people) * (min(a.size, len(people)) - 1) * a.rounds // 2
    if meetings > MOST_MEETINGS:
        raise BadInputError(
            f"--rounds, --size: {a.rounds} rounds in groups of {a.size} are {meetings} meetings of"
            f" two people; contacts are for up to {MOST_MEETINGS}"
        )
    history = tuple((x, y) for _, x, y in read_pairs(a.history, "a", "b"))
    return ContactsProblem(people, a.size, a.rounds, history, a.sit_out, a.weights)


def _people(a: argparse.Namespace) -> tuple[Person, ...]:
    if a.people_file is None:
        if a.weights:
            raise BadInputError("--weights: people.csv is needed, its columns are the borders")
        if a.people > MOST_PEOPLE:
            raise BadInputError(
                f"--people: {a.people}; contacts are for up to {MOST_PEOPLE} people"
            )
        return tuple(Person(str(k)) for k in range(a.people))
    rows = keyed(read_table(a.people_file, dict.fromkeys(["id", *a.weights])), "id")
    return tuple(
        Person(key, {column: row[column] for column in a.weights}) for key, row in rows.items()
    )
