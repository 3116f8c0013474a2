"""How many initiatives hang on a goal, told where the goal is shown and withdrawn."""

from collections.abc import Mapping, Sequence

from django.db.models import Count
from django.urls import NoReverseMatch, reverse
from django.utils.translation import ngettext

from modig.apps.accounts.models import User
from modig.apps.direction.hangs_on import Hanging, hangs_on_goal
from modig.apps.initiatives.models import Initiative


@hangs_on_goal
def initiatives_on(goals: Sequence[int], user: User) -> Mapping[int, Hanging]:  # noqa: ARG001 -- a number tells on nobody
    """The initiatives that serve each of these goals, without those that live on elsewhere."""
    rows = (
        Initiative.goals.through.objects.filter(
            goal__in=goals, initiative__merged_into__isnull=True
        )
        .values_list("goal")
        .annotate(n=Count("initiative"))
    )
    return {
        goal: Hanging(
            n, ngettext("%(n)s initiative", "%(n)s initiatives", n) % {"n": n}, _list(goal)
        )
        for goal, n in rows
    }


def _list(goal: int) -> str:
    try:
        return f"{reverse('initiatives:portfolio')}?goal={goal}"
    except NoReverseMatch:
        return ""
