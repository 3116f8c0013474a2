"""What rounds say: only closed ones, only from enough answers, and never by difference.

What is added up is only what is shown by itself. Then no subtraction of one page from another, nor of
last week's from today's, tells more than the pages do: what is withheld is in no sum.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, pstdev
from typing import Any

from django.db.models import Count, Q, QuerySet

from modig.apps.surveys.instruments import HIGHEST, LOWEST, Instrument, Item, instrument
from modig.apps.surveys.models import Box, Invitation, Round
from modig.apps.surveys.results_bridge import FEWEST_FOR_MEAN, FEWEST_FOR_TEXT


@dataclass(frozen=True, slots=True)
class StepResult:
    """How an item was answered. None = too few answers to show.

    ``mean`` from 1 to 5; ``spread`` = standard deviation of the answers; ``shares`` = share of each
    step, from 10 answers on. ``n`` is the number of answers, None where even that is withheld.
    """

    item: Item
    n: int | None
    mean: float | None
    spread: float | None
    shares: Sequence[float] | None


@dataclass(frozen=True, slots=True)
class TextResult:
    """What was written, in the order of the alphabet; None = too few answers to show."""

    item: Item
    n: int | None
    texts: Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Result:
    """A round, or several together: invited, answered, and each item."""

    instrument: Instrument
    invited: int
    answered: int
    is_shown: bool
    steps: Sequence[StepResult] = ()
    texts: Sequence[TextResult] = ()

    @property
    def share_answered(self) -> float | None:
        return self.answered / self.invited if self.invited else None


def rounds() -> QuerySet[Round]:
    """Rounds, newest first, with how many were invited and have answered."""
    return (
        Round.objects.select_related(
            "meeting__group__plan__wave__programme", "meeting__block", "meeting__facilitator"
        )
        .defer("meeting__group__plan__given", "meeting__group__plan__figures")
        .order_by("-opens_on", "-pk")
        .annotate(
            invited=Count("invitations"),
            answered=Count("invitations", filter=Q(invitations__has_answered=True)),
        )
    )


def is_closed(found: Round, on: date) -> bool:
    return found.launched_at is not None and found.closes_on < on


def result_of(found: Round, *, on: date) -> Result:
    """What one round says, once it has closed."""
    return results_by_round([found], on=on)[found.pk]


def results_by_round(found: Sequence[Round], *, on: date) -> dict[int, Result]:
    """What each round says by itself, in two queries; nothing before it has closed."""
    counted = _counted(found)
    answers = _answers([one for one in found if is_closed(one, on)])
    return {
        one.pk: _result(one.form, *counted.get(one.pk, (0, 0)), answers.get(one.pk, []))
        for one in found
    }


def together(results: Sequence[Result]) -> Result | None:
    """Several results of one form as one: means over what each of them shows by itself."""
    shown = [one for one in results if one.is_shown]
    if not shown:
        return None
    form = shown[0].instrument
    by_item = {
        item.name: [step for one in shown for step in one.steps if step.item.name == item.name]
        for item in form.steps
    }
    return Result(
        form,
        sum(one.invited for one in shown),
        sum(one.answered for one in shown),
        is_shown=True,
        steps=[_step_together(item, by_item[item.name]) for item in form.steps],
    )


def _counted(found: Iterable[Round]) -> dict[int, tuple[int, int]]:
    """How many were invited to each round, and how many of them have answered."""
    rows = (
        Invitation.objects.filter(round__in=list(found))
        .order_by()
        .values("round")
        .annotate(invited=Count("pk"), answered=Count("pk", filter=Q(has_answered=True)))
    )
    return {row["round"]: (row["invited"], row["answered"]) for row in rows}


def _answers(found: Iterable[Round]) -> dict[int, list[dict[str, Any]]]:
    kept: dict[int, list[dict[str, Any]]] = {}
    boxes = Box.objects.filter(round__in=list(found)).values_list("round", "answers")
    for one, answers in boxes:
        kept.setdefault(one, []).extend(answers)
    return kept


def _result(form: str, invited: int, answered: int, answers: Sequence[dict[str, Any]]) -> Result:
    own = instrument(form)
    if len(answers) < FEWEST_FOR_MEAN:
        return Result(own, invited, answered, is_shown=False)
    return Result(
        own,
        invited,
        answered,
        is_shown=True,
        steps=[_step(item, answers) for item in own.steps],
        texts=[_texts(item, answers) for item in own.texts],
    )


def _step(item: Item, answers: Sequence[dict[str, Any]]) -> StepResult:
    given = [answer[item.name] for answer in answers if item.name in answer]
    n = len(given)
    if n < FEWEST_FOR_MEAN:
        return StepResult(item, None, None, None, None)
    times = Counter(given)
    shares = None
    if n >= FEWEST_FOR_TEXT:
        shares = [times[step] / n for step in range(LOWEST, HIGHEST + 1)]
    return StepResult(item, n, fmean(given), pstdev(given), shares)


def _step_together(item: Item, steps: Sequence[StepResult]) -> StepResult:
    """The mean and spread of all the answers behind steps that are shown."""
    shown = [(one.n, one.mean, one.spread) for one in steps]
    parts = [(n, mean, spread) for n, mean, spread in shown if n and mean is not None]
    n = sum(part[0] for part in parts)
    if not n:
        return StepResult(item, None, None, None, None)
    mean = sum(k * m for k, m, _ in parts) / n
    square = sum(k * ((s or 0) ** 2 + (m - mean) ** 2) for k, m, s in parts) / n
    return StepResult(item, n, mean, square**0.5, None)


def _texts(item: Item, answers: Sequence[dict[str, Any]]) -> TextResult:
    given = [answer[item.name] for answer in answers if item.name in answer]
    if len(answers) < FEWEST_FOR_TEXT:
        return TextResult(item, None, None)
    return TextResult(item, len(given), sorted(given, key=str.casefold))
