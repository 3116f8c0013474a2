"""Compile the kernels before somebody waits for them."""

import threading
from datetime import date
from pathlib import Path

from modig.planning.compose import compose
from modig.planning.problem import CompositionProblem, Person, ScheduleProblem
from modig.planning.schedule import schedule

KERNELS = Path(__file__).with_name("kernels.py")
LONG_TO_COMPILE = ("compose_steps", "schedule_steps")


def are_compiled(kernels: Path = KERNELS) -> bool:
    """Whether the kernels lie compiled beside their source and are newer.

    To load them takes less than a second, but also a hundred megabytes, which a process that never
    plans need not have. Where they are kept elsewhere, for the source's folder may not be written
    in, the answer is no.
    """
    folder, changed = kernels.parent / "__pycache__", kernels.stat().st_mtime
    return all(
        any(index.stat().st_mtime > changed for index in folder.glob(f"kernels.{name}-*.nbi"))
        for name in LONG_TO_COMPILE
    )


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
