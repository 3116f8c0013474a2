"""Compile the kernels before somebody waits for them."""

import threading
from datetime import date

from modig.planning.compose import compose
from modig.planning.problem import CompositionProblem, Person, ScheduleProblem
from modig.planning.schedule import schedule


def warm_up() -> threading.Thread:
    """Load or compile the kernels in the background; join the thread to wait for them."""
    thread = threading.Thread(target=solve_something_small, name="planning-warm-up", daemon=True)
    thread.start()
    return thread


def solve_something_small() -> None:
    """Two problems that no arithmetic settles, so that both kernels must run."""
    people = tuple(Person(str(k), {"kind": str(k % 3)}) for k in range(6))
    compose(CompositionProblem(people, 2, 3, 3, {"kind": 1}), seed=1, steps=1)
    members = {str(k): [person] for k, person in enumerate(people)}
    monday = date(2027, 1, 11)
    schedule(
        ScheduleProblem(members, 1, monday, 1, (1, 1), ("room", "hall"), ("a", "b")),
        seed=1,
        steps=1,
    )
