"""The compiled kernels against their plain twins, move by move."""

from fractions import Fraction

import numpy as np
import pytest

from modig.planning import Quota, kernels
from modig.planning import tables as composition_tables
from modig.planning.compose import Search as ComposeSearch
from modig.planning.plain import PlainComposition, PlainSchedule
from modig.planning.schedule import Search as ScheduleSearch
from modig.planning.schedule import tables_of
from planning.examples import alone, cap, composition, meetings_problem

QUOTAS = (
    Quota("kind", least=2, or_none=True, most=4),
    Quota("half", "1", least=3, most_share=Fraction(3, 5)),
    Quota("side", least=2),
)
COMPOSITIONS = {
    "teams": composition(),
    "teams with everything": composition(
        seed=3,
        keep_apart=(("t0", "t1"), ("t2", "t5")),
        locks={"t7": "2"},
        caps={("unit0",): cap(4), ("unit1",): cap(5), ("unit2",): cap(5)},
        history=(("p0-1", "p3-0"), ("p4-2", "p3-1"), ("p6-0", "p1-1")),
    ),
    "tight sizes": composition((5, 5, 4, 4, 3, 3, 2, 2), seed=5, low=9, high=10),
    "alone": alone(20),
    "alone with caps": alone(20, seed=2, caps={("u0",): cap(2), ("u1",): cap(2)}),
    "alone with locks": alone(17, seed=4, locks={"3": "1", "4": "1"}, keep_apart=(("1", "2"),)),
    "alone with quotas": alone(20, seed=3, quotas=QUOTAS),
    "alone with quotas and locks": alone(20, seed=5, quotas=QUOTAS, locks={"3": "1", "4": "1"}),
    "teams with quotas": composition(
        (4, 3, 5, 2, 4, 3, 3, 3),  # 27 in 3 groups: all figures are whole, so that ties are ties
        seed=4,
        weights={"unit": 2, "role": 1},
        quotas=(
            Quota("role", least=3, or_none=True),
            Quota("unit", "unit1", least=2, most=5),
            Quota("site", most_share=Fraction(1, 2)),
        ),
    ),
}


@pytest.mark.parametrize("name", COMPOSITIONS)
def test_compose_kernel_makes_the_moves_of_its_plain_twin(name):
    problem = COMPOSITIONS[name]
    before = {person.id: str(k % 4) for k, person in enumerate(problem.people) if k % 3}
    tables = composition_tables.tables_of(problem, before if "locks" in name else None)
    search = ComposeSearch(problem, tables, seed=7)
    plain = PlainComposition(tables, problem.groups, search.group_of, int(search.state[0]))

    search.temperature, search.penalty, search.insert_share = 1.5, 4.0, 0.25
    search.mate_share = 0.5
    search._anneal(kernels.compose_steps, 1500)
    plain.run(1500, 1.5, 4.0, 0.25, 0.5)

    assert [int(g) for g in search.group_of] == plain.group_of
    assert tuple(search.energy) == pytest.approx((*plain.energy(), *plain.best[:2]))
    assert [int(g) for g in search.best_group_of] == plain.best[2]
    assert int(search.state[0]) == plain.chance.state


SCHEDULES = {
    "one day": meetings_problem(5, weeks=4),
    "two days": meetings_problem(5, lengths=(2, 1), weeks=5),
    "caps": meetings_problem(6, caps={("u0",): cap(2), ("u1",): cap(3)}, weeks=3),
    "far apart": meetings_problem(5, gap=(3, 6), weeks=12, caps={("u0",): cap(2)}),
}


@pytest.mark.parametrize("name", SCHEDULES)
@pytest.mark.parametrize("strict", [True, False])
def test_schedule_kernel_makes_the_moves_of_its_plain_twin(name, strict):
    problem = SCHEDULES[name]
    tables = tables_of(problem, strict=strict)
    search = ScheduleSearch(problem, [tables, tables], 11, 0)
    search.reach = 3
    plain = PlainSchedule(tables, problem.blocks, search.first, int(search.state[0]), 3)

    search._anneal(kernels.schedule_steps, 800, 0.8)
    taken = plain.run(800, 0.8)

    assert [int(d) for d in search.first] == plain.first
    assert (int(search.broken[0]), int(search.broken[1])) == (plain.broken(), plain.best[0])
    assert [int(d) for d in search.best_first] == plain.best[1]
    assert (search.steps, int(search.state[0])) == (taken, plain.chance.state)


def test_chance_is_even_over_small_numbers():
    state = np.array([5], np.uint64)

    drawn = [int(kernels._scaled(int(kernels._draw(state)) >> 32, 7)) for _ in range(7000)]

    assert all(800 < drawn.count(k) < 1200 for k in range(7))
