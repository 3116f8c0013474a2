"""Promises at the end of a meeting, and what happened with them."""

from datetime import date, datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.programme.models import Promise
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

PROMISE_FIELDS = ["what", "due_on", "with_whom"]


@transaction.atomic
def make_promise(promise: Promise, *, by: User | None, at: datetime) -> Promise:
    """Keep a new promise."""
    promise.organisation = current_organisation()
    promise.made_on = at.date()
    promise.save()
    record("promise", promise, at=at, by=by)
    return promise


@transaction.atomic
def change_promise(promise: Promise, *, version: int, by: User | None, at: datetime) -> None:
    """Save what is promised, when and with whom; to move it is to change its day."""
    promise.translations = {}
    save_edit(promise, version=version, fields=[*PROMISE_FIELDS, "translations"])
    record("edit", promise, at=at, by=by)


@transaction.atomic
def tell_what_happened(  # noqa: PLR0913 -- what is told, and who told it when
    promise: Promise,
    *,
    version: int,
    outcome: str,
    told: str,
    on: date,
    by: User | None,
    at: datetime,
) -> None:
    """Used, tried, or not yet and why; it can be told anew when more has happened."""
    promise.outcome, promise.told, promise.reported_on = outcome, told, on
    save_edit(promise, version=version, fields=["outcome", "told", "reported_on"])
    record("report", promise, at=at, by=by, outcome=outcome)
