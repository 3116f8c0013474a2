"""An independent look at rounds of contacts: every figure anew, in plain Python."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from modig.planning.checker import Findings
from modig.planning.problem import ContactsProblem


@dataclass(frozen=True, slots=True)
class ContactFigures:
    """How many pairs meet for the first time, of at most how many, and which rules are broken.

    ``bound`` = half the sum over people of min(rounds x (size - 1), others not met before).
    ``repeats`` = meetings beyond a pair's first. ``crossing`` = new pairs that differ, by attribute.
    """

    new_pairs: int
    repeats: int
    bound: float
    share: float
    crossing: Mapping[str, int]
    history_ignored: int
    violations: Mapping[str, int]
    errors: tuple[str, ...]


def check_contacts(problem: ContactsProblem, rounds: Sequence[Mapping[str, str]]) -> ContactFigures:
    """New pairs, repeats and broken rules: in each round, the group of everyone who is seated."""
    found = Findings()
    if len(rounds) != problem.rounds:
        found.add("rounds", f"{len(rounds)} rounds, asked for {problem.rounds}")
    people = {person.id: person for person in problem.people}
    met: Counter[tuple[str, str]] = Counter()
    for turn, group_of in enumerate(rounds, 1):
        groups: dict[str, list[str]] = defaultdict(list)
        for person, group in sorted(group_of.items()):
            if person not in people:
                found.add("unknown_person", f"round {turn}: {person}")
            groups[group].append(person)
        _check_round(problem, turn, [len(members) for members in groups.values()], found)
        for members in groups.values():
            met.update(combinations(members, 2))
    history = problem.history_pairs()
    already = Counter(person for pair in history for person in pair)
    most = problem.rounds * (problem.size - 1)
    bound = sum(min(most, len(people) - 1 - already[person]) for person in people) / 2
    new = [pair for pair in met if pair not in history]
    crossing = {
        attribute: sum(
            people[a].attributes[attribute] != people[b].attributes[attribute]
            for a, b in new
            if a in people and b in people
        )
        for attribute in problem.weights
    }
    known = {(min(pair), max(pair)) for pair in problem.history}
    return ContactFigures(
        new_pairs=len(new),
        repeats=met.total() - len(new),
        bound=bound,
        share=len(new) / bound if bound else 1.0,
        crossing=crossing,
        history_ignored=len(known) - len(history),
        violations=dict(found.counts),
        errors=found.sentences(),
    )


def _check_round(
    problem: ContactsProblem, turn: int, sizes: Sequence[int], found: Findings
) -> None:
    n = len(problem.people)
    if not problem.sit_out and sum(sizes) != n:
        found.add("missing_in_round", f"round {turn}: {sum(sizes)} of {n} people")
    if len(sizes) != problem.tables:
        found.add(
            "groups_in_round", f"round {turn}: {len(sizes)} groups, expected {problem.tables}"
        )
    if not sizes:
        return
    smallest = problem.size if problem.sit_out else max(sizes) - 1
    if max(sizes) > problem.size or min(sizes) < smallest:
        found.add("size", f"round {turn}: sizes {min(sizes)}-{max(sizes)}")
