"""Proofs that no plan exists. What is not proven here is only "not found"."""

from modig.planning.problem import CompositionProblem, ScheduleProblem
from modig.planning.result import Reason
from modig.planning.tables import Tables


def composition_is_impossible(problem: CompositionProblem) -> tuple[Reason, ...]:
    return ()


def by_exhaustion(problem: CompositionProblem, tables: Tables) -> tuple[Reason, ...]:
    return ()


def schedule_is_impossible(problem: ScheduleProblem) -> tuple[Reason, ...]:
    return ()
