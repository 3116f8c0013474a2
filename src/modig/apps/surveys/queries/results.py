"""What rounds say: only closed ones, only from enough answers, and never by difference."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, pstdev
from typing import Any

from django.db.models import Count, Q, QuerySet

from modig.apps.surveys.instruments import HIGHEST, LOWEST, Instrument, Item, instrument
from modig.apps.surveys.models import Box, Invitation, Round
from modig.apps.surveys.results_bridge import FEWEST_FOR_MEAN, FEWEST_FOR_TEXT, withheld


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
        .order_by("-opens_on", "-pk")
        .annotate(
            invited=Count("invitations"),
            answered=Count("invitations", filter=Q(invitations__answered_on__isnull=False)),
        )
    )


def is_closed(found: Round, on: date) -> bool:
    return found.launched_at is not None and found.closes_on < on


def result_of(found: Round, *, on: date) -> Result:
    """What one round says, once it has closed."""
    return result_of_several([found], on=on)


def result_of_several(found: Sequence[Round], *, on: date) -> Result:
    """What several rounds of one form say together; all of them must have closed."""
    invitations = Invitation.objects.filter(round__in=found)
    counts = invitations.aggregate(
        invited=Count("pk"), answered=Count("pk", filter=Q(answered_on__isnull=False))
    )
    form = instrument(found[0].form)
    is_shown = all(is_closed(one, on) for one in found) and counts["answered"] >= FEWEST_FOR_MEAN
    if not is_shown:
        return Result(form, counts["invited"], counts["answered"], is_shown=False)
    answers = _answers(found)
    return Result(
        form,
        counts["invited"],
        counts["answered"],
        is_shown=True,
        steps=[_step(item, answers) for item in form.steps],
        texts=[_texts(item, answers) for item in form.texts],
    )


def results_by_round(found: Sequence[Round], *, on: date) -> dict[int, Result | None]:
    """What each closed round says beside the total of all of them; None = withheld.

    A round with too few answers is withheld, and where the total would then tell it, another too.
    """
    closed = [one for one in found if is_closed(one, on)]
    rows = Invitation.objects.filter(round__in=closed, answered_on__isnull=False)
    answered = Counter(rows.values_list("round", flat=True))
    hidden = withheld({str(one.pk): answered[one.pk] for one in closed})
    return {
        one.pk: None if one not in closed or str(one.pk) in hidden else result_of(one, on=on)
        for one in found
    }


def _answers(found: Iterable[Round]) -> list[dict[str, Any]]:
    boxes = Box.objects.filter(round__in=list(found)).values_list("answers", flat=True)
    return [answer for answers in boxes for answer in answers]


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


def _texts(item: Item, answers: Sequence[dict[str, Any]]) -> TextResult:
    given = [answer[item.name] for answer in answers if item.name in answer]
    if len(answers) < FEWEST_FOR_TEXT:
        return TextResult(item, None, None)
    return TextResult(item, len(given), sorted(given, key=str.casefold))
