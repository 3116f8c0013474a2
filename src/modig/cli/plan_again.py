"""``modig plan replan`` and ``explain``: what changes when people come and go, and why."""

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from modig import planning
from modig.cli.plan_input import (
    BadInputError,
    Input,
    composition_problem,
    read_groups,
    read_locks,
    read_old_groups,
    read_old_schedule,
    read_people,
    schedule_problem,
)
from modig.cli.plan_options import add_files, add_group_rules, add_schedule_rules, add_search
from modig.cli.plan_output import (
    OK,
    answer_object,
    exit_code,
    may_be_written,
    print_json,
    progress_bar,
    raised,
    say,
    summary,
    write_schedule,
    write_table,
)
from modig.planning import CompositionProblem, Meeting, Schedule, Status

MOST_ALTERNATIVES = 5
MOST_MOVES_TOLD = 10
SCHEDULE_OPTIONS = ("blocks", "cap", "gap", "rooms", "facilitators", "start", "weeks")


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    replan = commands.add_parser("replan", help="plan again after people came and went")
    add_files(replan, "groups_file")
    replan.add_argument("schedule", type=Path, nargs="?", metavar="schedule.csv")
    add_search(replan)
    replan.add_argument("--out-schedule", type=Path, metavar="FILE")
    add_group_rules(replan, required=False)
    add_schedule_rules(replan, required=False)
    replan.set_defaults(plan_deed=_replan)

    explain = commands.add_parser("explain", help="why somebody is in a group")
    add_files(explain, "groups_file")
    explain.add_argument("--of", required=True, metavar="ID", help="a person or a team")
    add_group_rules(explain, required=False)
    explain.set_defaults(plan_deed=_explain)


# ---- replan --------------------------------------------------------------------------------------


def _replan(a: argparse.Namespace, stop: Callable[[], bool]) -> int:
    _want_options(a)
    may_be_written(a.out)
    given, before = read_people(a), read_old_groups(a.groups_file)
    problem = _problem(a, given, before)
    old = read_old_schedule(a.schedule) if a.schedule else []
    began = time.monotonic()
    with progress_bar() as on_progress:
        plan, moves = planning.replan_groups(
            problem,
            before,
            seed=a.seed,
            seconds=(a.seconds or 10.0) / (2 if old else 1) if not a.steps else None,
            steps=a.steps,
            workers=a.workers,
            on_progress=on_progress,
            should_stop=stop,
        )
        schedule = None
        if old and plan.groups and not plan.violations:
            left = max(1.0, (a.seconds or 10.0) - (time.monotonic() - began))
            schedule = _dates(a, given, plan.groups, old, stop, left)
    return _finish(a, plan, moves, old, schedule)


def _want_options(a: argparse.Namespace) -> None:
    if a.size is None or a.weights is None:
        raise BadInputError("plan replan: --size and --weights are needed")
    if bool(a.schedule) != bool(a.out_schedule):
        raise BadInputError("plan replan: schedule.csv and --out-schedule go together")
    for name in SCHEDULE_OPTIONS if a.schedule else ():
        if getattr(a, name) is None:
            option = "--from" if name == "start" else f"--{name}"
            raise BadInputError(f"plan replan: {option} is needed with a schedule")
    if a.out_schedule:
        may_be_written(a.out_schedule, "--out-schedule")


def _problem(a: argparse.Namespace, given: Input, before: Mapping[str, str]) -> CompositionProblem:
    if a.groups is None:
        a.groups = len(set(before.values()))
    locked = set(read_locks(a, given).values())
    if len(locked) > a.groups:
        raise BadInputError(
            f"{a.locks}: {planning.so_many(len(locked), 'group')} named, --groups is {a.groups}"
        )
    names = planning.same_group_names(a.groups, before, sorted(locked))
    return composition_problem(a, given, names)


def _dates(  # noqa: PLR0913, PLR0917 -- what both plans need
    a: argparse.Namespace,
    given: Input,
    groups: Mapping[str, str],
    old: Sequence[Meeting],
    stop: Callable[[], bool],
    seconds: float,
) -> Schedule:
    own = schedule_problem(a, given, groups)
    problem = planning.with_old_places(own, old)
    if isinstance(a.rooms, Path):  # a file names all that there are: one that is missing is lost
        problem = replace(problem, venues=own.venues)
    if isinstance(a.facilitators, Path):
        problem = replace(problem, facilitators=own.facilitators)
    return planning.replan_schedule(
        problem,
        old,
        seed=a.seed,
        seconds=None if a.steps else seconds,
        steps=a.steps,
        should_stop=stop,
    )


def _finish(
    a: argparse.Namespace,
    plan: planning.Composition,
    moves: Sequence[planning.Move],
    old: Sequence[Meeting],
    schedule: Schedule | None,
) -> int:
    parts: list[planning.Composition | Schedule]
    parts = [plan, schedule] if schedule is not None else [plan]
    status = next((p.status for p in parts if p.status is not Status.OK), Status.OK)
    violations = {rule: n for part in parts for rule, n in part.violations.items()}
    reasons = [reason for part in parts for reason in part.reasons]
    is_whole = bool(plan.groups) and (schedule is not None or not old)
    if is_whole and status in {Status.OK, Status.STOPPED}:
        write_table(a.out, ["id", "group"], plan.groups.items())
        if schedule is not None:
            write_schedule(a.out_schedule, schedule.meetings)
    say(*summary(status, violations, reasons))
    changed = planning.changed_meetings(old, schedule.meetings) if schedule is not None else {}
    if plan.groups:
        _tell_moves(moves, changed)
    print_json(
        a,
        answer_object(
            status,
            value=plan.value,
            bound=plan.bound,
            share=plan.share,
            excess=dict(plan.excess),
            violations=violations,
            moved=sum(len(move.people) for move in moves) if plan.groups else None,
            reasons=[str(reason) for reason in reasons],
            seed=plan.seed,
            steps=sum(part.steps for part in parts),
            cpu_seconds=sum(part.cpu_seconds for part in parts),
            sizes=dict(plan.sizes),
            moves=[_move_object(move) for move in moves],
            meetings=changed,
            raised_caps=raised(plan.raised_caps) if a.cap is not None else [],
        ),
    )
    return exit_code(status, violations) if is_whole or status is not Status.STOPPED else 3


def _move_object(move: planning.Move) -> dict[str, Any]:
    return {
        "team": move.team[1],
        "people": list(move.people),
        "from": move.before,
        "to": move.now,
        "why": list(move.why),
        "value": move.value,
    }


def _tell_moves(moves: Sequence[planning.Move], changed: Mapping[str, int]) -> None:
    say(f"{sum(len(move.people) for move in moves)} of those who were there before move")
    say(*(f"  {move}" for move in moves[:MOST_MOVES_TOLD]))
    if len(moves) > MOST_MOVES_TOLD:
        say(f"  and {len(moves) - MOST_MOVES_TOLD} more: see --json")
    if changed:
        say(f"{changed['date_changed']} of {changed['in_both']} meetings have another date")


# ---- explain -------------------------------------------------------------------------------------


def _explain(a: argparse.Namespace, _stop: Callable[[], bool]) -> int:
    began = time.process_time()
    a.weights = a.weights or _every_column(a)
    given = read_people(a)
    groups = read_groups(a, given.rows)
    for key, row in given.rows.items():
        if key not in groups:
            row.refuse("id", f"{key!r} has no group in {a.groups_file}")
    a.groups = a.groups or len(set(groups.values()))
    sizes = [list(groups.values()).count(name) for name in dict.fromkeys(groups.values())]
    a.size = a.size or (min(sizes), max(sizes))
    names = tuple(dict.fromkeys(groups.values()))
    if len(names) != a.groups:
        raise BadInputError(
            f"{a.groups_file}: {planning.so_many(len(names), 'group')}, --groups is {a.groups}"
        )
    problem = composition_problem(a, given, names)
    try:
        why = planning.why_here(problem, groups, a.of)
    except KeyError as error:
        what = "id or team" if a.keep_together else "id"
        raise BadInputError(f"--of: {a.of!r} is no {what} in {a.people}") from error
    wishes = {
        attribute: _worth_without(problem, groups, attribute) for attribute in problem.weights
    }
    team = planning.team_key(problem, a.of)
    next_best = planning.placements(problem, groups, [team])[team].next_best
    prices = planning.prices_here(problem, groups, team)
    _tell_why(a.of, why, problem)
    _tell_next_best(next_best)
    _tell_prices(prices)
    _tell_not_allowed(why)
    print_json(
        a,
        answer_object(
            Status.OK,
            cpu_seconds=time.process_time() - began,
            of=a.of,
            group=why.group,
            is_locked=why.is_locked,
            same=dict(why.same),
            alternatives=[
                {"group": other.group, "value": other.value, "broken": list(other.broken)}
                for other in why.alternatives
            ],
            next_best=_place_object(next_best),
            wishes=wishes,
            prices={
                wish: {"value": price.value, "place": _place_object(price.place)}
                for wish, price in prices.items()
            },
        ),
    )
    return OK


def _every_column(a: argparse.Namespace) -> dict[str, float]:
    """Without weights every column counts alike, but for ids and teams."""
    from modig.cli.plan_input import read_table  # noqa: PLC0415 -- only here

    header = next(iter(read_table(a.people, ["id"]))).cells
    return {column: 1.0 for column in header if column not in {"id", a.keep_together}}


def _worth_without(problem: CompositionProblem, groups: Mapping[str, str], attribute: str) -> float:
    """What an attribute's wish is worth in this plan: its part of the value."""
    alone = replace(
        problem, weights={attribute: problem.weights[attribute]}, group_names=problem.group_names
    )
    return planning.check_groups(alone, groups).value or 0.0


def _tell_why(of: str, why: planning.WhyHere, problem: CompositionProblem) -> None:
    say(f"{of} is in group {why.group}" + (", locked there" if why.is_locked else ""))
    for attribute, n in why.same.items():
        say(f"  meets {n} of the same {attribute} there (weight {problem.weights[attribute]:g})")


def _tell_next_best(best: planning.NextBest | None) -> None:
    if best is None:
        say("  no other place keeps every rule")
        return
    say(f"  next best place that keeps every rule: {_place(best)}, {best.value:+g} in value")
    for attribute, n in best.same.items():
        if n:
            pairs = "pair" if abs(n) == 1 else "pairs"
            say(f"    {abs(n)} {'more' if n > 0 else 'fewer'} {pairs} of the same {attribute}")


def _place(best: planning.NextBest) -> str:
    """A group that has room, or one from which somebody comes in exchange."""
    return f"group {best.group}" + (
        f" in exchange for {best.exchanged[1]}" if best.exchanged is not None else ""
    )


def _tell_prices(prices: Mapping[str, planning.PriceHere]) -> None:
    """What the other wishes would gain if one were not weighed, as far as this team's place goes."""
    for wish, price in prices.items():
        if price.place is None:
            say(f"  the wish for {wish} costs nothing here")
        else:
            say(
                f"  the wish for {wish} costs the others {price.value:g} here: without it"
                f" {_place(price.place)} would be better"
            )


def _tell_not_allowed(why: planning.WhyHere) -> None:
    """The best places that break a rule, so that nobody takes their gain for one to be had."""
    closed = [other for other in why.alternatives if other.broken]
    for other in closed[:MOST_ALTERNATIVES]:
        say(
            f"  not allowed: group {other.group}, {other.value:+g} in value, breaks"
            f" {', '.join(other.broken)}"
        )


def _place_object(best: planning.NextBest | None) -> dict[str, Any] | None:
    if best is None:
        return None
    return {
        "group": best.group,
        "exchanged": best.exchanged and best.exchanged[1],
        "value": best.value,
        "same": dict(best.same),
    }
