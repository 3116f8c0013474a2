"""How shared the picture is, told to the page of the direction."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from modig.apps.accounts.models import User
from modig.apps.direction.hangs_on import Section, shows_on_direction
from modig.apps.surveys.instruments import SHARED_PICTURE
from modig.apps.surveys.models import Invitation, Round
from modig.apps.surveys.permissions import may_run_forms, may_see_round
from modig.apps.surveys.queries.invitations import waiting_for
from modig.apps.surveys.queries.results import Result, StepResult, results_by_round

ROUNDS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A closed round of the pulse, with how clear the picture was."""

    round: Round
    result: Result
    clarity: StepResult | None


@shows_on_direction
def shared_picture(user: User) -> Section | None:
    """The latest reading with its spread, the earlier ones, and the form where it is open to her."""
    today = localdate()
    own = _own_form(user, today)
    readings = _readings(today)
    runs = may_run_forms(user)
    if not (own or readings or runs):
        return None
    return Section(
        "surveys/pulse.html",
        {
            "latest": readings[0] if readings else None,
            "earlier": readings[1:],
            "own": own,
            "is_open": _is_open(today),
            "runs": runs,
            "sees_rounds": bool(readings) and may_see_round(user, readings[0].round),
        },
    )


def _readings(today: date) -> list[Reading]:
    found = Round.objects.filter(
        form=SHARED_PICTURE.code, launched_at__isnull=False, closes_on__lt=today
    )
    rounds = list(found.order_by("-closes_on", "-pk")[:ROUNDS_SHOWN])
    results = results_by_round(rounds, on=today) if rounds else {}
    return [_reading(one, results[one.pk]) for one in rounds]


def _reading(one: Round, result: Result) -> Reading:
    clarity = next((step for step in result.steps if step.mean is not None), None)
    return Reading(one, result, clarity)


def _own_form(user: User, today: date) -> Invitation | None:
    return waiting_for(user, today).filter(round__form=SHARED_PICTURE.code).first()


def _is_open(today: date) -> bool:
    found = Round.objects.filter(form=SHARED_PICTURE.code, launched_at__isnull=False)
    return found.filter(opens_on__lte=today, closes_on__gte=today).exists()
