"""Writing down what was done."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from modig.apps.accounts.models import User
from modig.apps.audit.models import AuditEvent
from modig.apps.tenancy.scope import current_organisation


def record(
    deed: str, thing: models.Model, *, at: datetime, by: User | None, **detail: Any
) -> AuditEvent:
    """Write down that ``by`` did ``deed`` to ``thing``; called by the action, in its transaction.

    A thing whose words are not for those who read the log says by ``name_in_log`` what it is called.
    """
    return AuditEvent.objects.create(
        organisation=current_organisation(),
        at=at,
        by=by,
        deed=deed,
        kind=thing._meta.model_name or "",
        thing=str(thing.pk),
        label=str(getattr(thing, "name_in_log", thing))[:200],
        detail=detail,
    )


def forget_names(kind: str, things: Iterable[int]) -> None:
    """Take the names of these things out of the log: whose identity is protected stands in none."""
    keys = [str(thing) for thing in things]
    AuditEvent.objects.filter(kind=kind, thing__in=keys).update(label="")
