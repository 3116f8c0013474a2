"""Which programmes carry out a strategy, told to the page of the direction."""

from collections.abc import Mapping, Sequence

from django.urls import NoReverseMatch, reverse

from modig.apps.accounts.models import User
from modig.apps.direction.hangs_on import Carrier, carries_strategy
from modig.apps.programme.models import Programme
from modig.apps.tenancy.permissions import is_allowed
from modig.apps.tenancy.roles import Permission


@carries_strategy
def programmes_of(strategies: Sequence[int], user: User) -> Mapping[int, Sequence[Carrier]]:
    """The programmes of each strategy; they open for who sees programmes."""
    opens = is_allowed(user, Permission.SEE_PROGRAMME)
    found: dict[int, list[Carrier]] = {}
    rows = Programme.objects.filter(strategy__in=strategies).order_by("starts_on", "pk")
    for programme in rows:
        carrier = Carrier(programme.name, _address(programme) if opens else "")
        found.setdefault(programme.strategy_id or 0, []).append(carrier)
    return found


def _address(programme: Programme) -> str:
    try:
        return reverse("programme:programme", args=[programme.pk])
    except NoReverseMatch:
        return ""
