"""What is read of tens of thousands of people, kept for as long as it is true."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection
from django.db.models import Count, Max

from modig.apps.audit.models import AuditEvent
from modig.apps.people.models import Employment
from modig.apps.tenancy.scope import current_organisation

Given = ParamSpec("Given")
Found = TypeVar("Found")


def remembered(read: Callable[Given, Found]) -> Callable[Given, Found]:
    """Keep the last answers of a query that nobody changes, until somebody does something.

    Kept by organisation, and by what was asked. Within a transaction nothing is kept: it may see what
    never comes to be.
    """

    @lru_cache(maxsize=4)
    def kept(_organisation: int, _state: object, *given: Any, **named: Any) -> Found:
        return read(*given, **named)

    @wraps(read)
    def ask(*given: Given.args, **named: Given.kwargs) -> Found:
        if connection.in_atomic_block:
            return read(*given, **named)
        asked: dict[str, Any] = {**named}
        return kept(current_organisation().pk, _state_of_things(), *given, **asked)

    return ask


def _state_of_things() -> tuple[int | None, ...]:
    """What differs as soon as somebody has done anything: every deed leaves a line in the log."""
    deeds = AuditEvent.objects.aggregate(last=Max("pk"))
    people = Employment.objects.aggregate(n=Count("pk"), last=Max("pk"))
    return deeds["last"], people["n"], people["last"]
