"""``modig plan ...``: the planner for people who have only files.

Exit 0: every rule kept; 1: a check failed; 2: bad input, one line, nothing written; 3: not possible
or not found.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from modig import planning
from modig.cli import plan_again, plan_contacts, plan_distances, plan_many
from modig.cli.plan_input import (
    BadInputError,
    Input,
    composition_problem,
    read_groups,
    read_people,
    read_schedule,
    schedule_problem,
)
from modig.cli.plan_options import (
    OneLineParser,
    add_files,
    add_group_rules,
    add_schedule_rules,
    add_search,
)
from modig.cli.plan_output import (
    BAD_INPUT,
    CHECK_FAILED,
    OK,
    answer_object,
    exit_code,
    may_be_written,
    print_json,
    progress_bar,
    raised,
    say,
    stoppable,
    summary,
    write_schedule,
    write_table,
)
from modig.planning import Status

SHARE_FOR_CALENDAR = 0.3
"""Of the seconds for groups, where the calendar is to be eased."""


def _groups(a: argparse.Namespace, stop: Callable[[], bool]) -> int:
    may_be_written(a.out)
    if a.ease_calendar and a.cap is None:
        raise BadInputError("modig plan groups: --ease-calendar needs --cap")
    problem = composition_problem(a, read_people(a))
    for_calendar = SHARE_FOR_CALENDAR * (a.seconds or 0) if a.ease_calendar else 0
    with progress_bar() as on_progress:
        plan = planning.compose(
            problem,
            seed=a.seed,
            seconds=a.seconds and a.seconds - for_calendar,
            steps=a.steps,
            workers=a.workers,
            on_progress=on_progress,
            should_stop=stop,
        )
    clashing: dict[str, int] = {}
    if a.ease_calendar and plan.groups:
        clashing["clashing_pairs_before"] = len(planning.clashing_pairs(problem, plan.groups))
        plan = _eased(a, problem, plan, stop)
        clashing["clashing_pairs"] = len(planning.clashing_pairs(problem, plan.groups))
    if plan.groups and (plan.status is Status.OK or plan.status is Status.STOPPED):
        write_table(a.out, ["id", "group"], plan.groups.items())
    say(*summary(plan.status, plan.violations, plan.reasons))
    if clashing:
        say(
            "pairs of groups that cannot meet on one day: {1}, before {0}".format(
                *clashing.values()
            )
        )
    if plan.share is not None and plan.value is not None and plan.bound is not None:
        at = "" if a.keep_together else " at these sizes"
        say(
            f"value {plan.value:g} of at most {plan.bound:g}{at}: share {plan.share:.5f}",
            _excess_told(plan.excess),
            "sizes: " + ", ".join(f"{n} of {size}" for size, n in plan.sizes.items()),
        )
    print_json(
        a,
        answer_object(
            plan.status,
            value=plan.value,
            bound=plan.bound,
            share=plan.share,
            excess=dict(plan.excess),
            violations=dict(plan.violations),
            reasons=[str(reason) for reason in plan.reasons],
            seed=plan.seed,
            steps=plan.steps,
            cpu_seconds=plan.cpu_seconds,
            sizes=dict(plan.sizes),
            tight_bound=plan.tight_bound,
            raised_caps=raised(plan.raised_caps) if a.cap is not None else [],
            repeats=plan.repeats,
            history_ignored=plan.history_ignored,
            **clashing,
        ),
    )
    return exit_code(plan.status, plan.violations)


def _excess_told(excess: Mapping[str, int]) -> str:
    return "excess: " + (", ".join(f"{k} {n}" for k, n in excess.items()) or "none asked")


def _eased(
    a: argparse.Namespace,
    problem: planning.CompositionProblem,
    plan: planning.Composition,
    stop: Callable[[], bool],
) -> planning.Composition:
    """The same mix, with more groups that can meet on one day; figures are the checker's."""
    groups = planning.ease_calendar(
        problem,
        plan.groups,
        seed=a.seed,
        seconds=a.seconds and a.seconds * SHARE_FOR_CALENDAR,
        should_stop=stop,
    )
    found = planning.check_groups(problem, groups)
    return replace(
        plan, groups=groups, value=found.value, share=found.share, excess=dict(found.excess)
    )


def _schedule(a: argparse.Namespace, stop: Callable[[], bool]) -> int:
    may_be_written(a.out)
    if a.cap is None:
        raise BadInputError("modig plan schedule: --cap is needed")
    given = read_people(a)
    groups = read_groups(a, given.rows)
    for key, row in given.rows.items():
        if key not in groups:
            row.refuse("id", f"{key!r} has no group in {a.groups_file}")
    problem = schedule_problem(a, given, groups)
    with progress_bar() as on_progress:
        plan = planning.schedule(
            problem,
            seed=a.seed,
            seconds=a.seconds,
            steps=a.steps,
            workers=a.workers,
            on_progress=on_progress,
            should_stop=stop,
        )
    if plan.meetings and (plan.status is Status.OK or plan.status is Status.STOPPED):
        write_schedule(a.out, plan.meetings)
    say(*summary(plan.status, plan.violations, plan.reasons))
    if plan.meetings:
        say(
            f"{planning.so_many(len(plan.meetings), 'meeting')}, at most {plan.max_share_away:.1%} of a unit away"
        )
    print_json(
        a,
        answer_object(
            plan.status,
            violations=dict(plan.violations),
            reasons=[str(reason) for reason in plan.reasons],
            seed=plan.seed,
            steps=plan.steps,
            cpu_seconds=plan.cpu_seconds,
            meetings=len(plan.meetings),
            max_share_away=plan.max_share_away,
            raised_caps=raised(plan.raised_caps),
        ),
    )
    return exit_code(plan.status, plan.violations)


def _check(a: argparse.Namespace, _stop: Callable[[], bool]) -> int:
    began = time.process_time()
    asks_groups = None not in (a.groups, a.size, a.weights)
    if not asks_groups and (a.schedule is None or {a.groups, a.size, a.weights} != {None}):
        raise BadInputError("plan check: --groups, --size and --weights go together")
    if a.quotas and not asks_groups:
        raise BadInputError("plan check: --quota needs --groups, --size and --weights")
    given = read_people(a)
    groups = read_groups(a, given.rows)
    answer = answer_object(Status.OK, reasons=[], errors=[])
    if asks_groups:
        _check_groups(a, given, groups, answer)
    if a.schedule is not None:
        _check_schedule(a, given, groups, answer)
    answer["reasons"] = answer["errors"]
    answer["cpu_seconds"] = time.process_time() - began
    if answer["errors"]:
        answer["status"] = str(Status.NOT_FOUND)
    say("a rule is broken:" if answer["errors"] else "every rule kept")
    say(*(f"  {error}" for error in answer["errors"]))
    if answer["share"] is not None:
        say(f"share {answer['share']:.5f}", _excess_told(answer["excess"]))
    print_json(a, answer)
    return CHECK_FAILED if answer["errors"] else OK


def _check_groups(
    a: argparse.Namespace, given: Input, groups: Mapping[str, str], answer: dict[str, Any]
) -> None:
    figures = planning.check_groups(composition_problem(a, given), groups)
    answer |= {
        "value": figures.value,
        "bound": figures.bound,
        "share": figures.share,
        "excess": dict(figures.excess),
        "sizes": dict(figures.sizes),
        "violations": dict(figures.violations),
        "raised_caps": raised(figures.raised_caps),
        "errors": list(figures.errors),
    }


def _check_schedule(
    a: argparse.Namespace, given: Input, groups: Mapping[str, str], answer: dict[str, Any]
) -> None:
    wanted = ("blocks", "cap", "gap", "rooms", "facilitators", "start", "weeks")
    for name in wanted:
        if getattr(a, name) is None:
            option = "--from" if name == "start" else f"--{name}"
            raise BadInputError(f"plan check: {option} is needed with a schedule")
    problem = schedule_problem(a, given, groups)
    figures = planning.check_schedule(problem, read_schedule(a, problem.members))
    violations = Counter(answer["violations"]) + Counter(figures.violations)
    errors = [*answer["errors"], *figures.errors]
    missing = [person.id for person in given.people if person.id not in groups]
    if missing and "people_without_group" not in violations:
        violations["people_without_group"] = len(missing)
        errors.append(f"people_without_group: {len(missing)}, first: id {missing[0]}")
    answer |= {
        "violations": dict(violations),
        "raised_caps": raised(figures.raised_caps),
        "errors": errors,
        "meetings": figures.meetings,
        "days": figures.days,
        "max_share_away": figures.max_share_away,
    }


# ---- options -------------------------------------------------------------------------------------


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add ``plan`` with its commands to the parser of ``modig``."""
    plan = subparsers.add_parser("plan", help="put people into groups and give the groups dates")
    _add_commands(plan)


def _add_commands(plan: argparse.ArgumentParser) -> None:
    plan.set_defaults(run=run)
    commands = plan.add_subparsers(
        dest="plan_command", required=True, metavar="COMMAND", parser_class=OneLineParser
    )
    groups = commands.add_parser("groups", help="put whole teams, or people, into groups")
    add_files(groups)
    add_search(groups)
    add_group_rules(groups, required=True)
    groups.add_argument(
        "--ease-calendar",
        action="store_true",
        help="then let people change places, at no loss, so that more groups can meet on one day",
    )
    groups.set_defaults(plan_deed=_groups)

    schedule = commands.add_parser("schedule", help="give every block of every group a date")
    add_files(schedule, "groups_file")
    add_search(schedule)
    add_schedule_rules(schedule, required=True)
    schedule.set_defaults(plan_deed=_schedule, weights=None, quotas=[])

    check = commands.add_parser("check", help="check a plan; options as for making it")
    add_files(check, "groups_file")
    check.add_argument("schedule", type=Path, nargs="?", metavar="schedule.csv")
    add_search(check, out_required=False)
    add_group_rules(check, required=False)
    add_schedule_rules(check, required=False)
    check.set_defaults(plan_deed=_check)
    for more in (plan_distances, plan_contacts, plan_again, plan_many):
        more.add_to(commands)


plan_many.DEEDS.update(compose=_groups, dates=_schedule)


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked for and give the exit code."""
    try:
        with stoppable() as stop:
            deed: Callable[[argparse.Namespace, Callable[[], bool]], int] = arguments.plan_deed
            return deed(arguments, stop)
    except BadInputError as error:
        say(" ".join(str(error).split()))
        return BAD_INPUT


def main(words: Sequence[str] | None = None) -> int:
    """``python -m modig.cli.plan groups ...`` for trying the group of commands on its own."""
    parser = OneLineParser(prog="modig plan")
    _add_commands(parser)
    return run(parser.parse_args(words))


if __name__ == "__main__":
    sys.exit(main())
