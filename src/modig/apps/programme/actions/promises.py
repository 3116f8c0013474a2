"""Promises at the end of a meeting, and what happened with them."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.programme.models import Promise
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

PROMISE_FIELDS = ["what", "due_on", "with_whom", "meeting"]


class PromiseToldError(Exception):
    """It has been told how the promise went; a new thing to try is a new promise."""


class WhyNotMissingError(Exception):
    """A promise that is not kept yet says why."""


@transaction.atomic
def make_promise(promise: Promise, *, by: User | None, at: datetime) -> Promise:
    """Keep a new promise; the same one sent twice is kept once."""
    promise.organisation = current_organisation()
    promise.made_on = timezone.localdate(at)
    twin = Promise.objects.filter(
        person=promise.person,
        meeting=promise.meeting,
        what=promise.what,
        due_on=promise.due_on,
        made_on=promise.made_on,
    ).first()
    if twin:
        return twin
    promise.save()
    record("promise", promise, at=at, by=by)
    return promise


@transaction.atomic
def change_promise(promise: Promise, *, version: int, by: User | None, at: datetime) -> None:
    """Save what is promised, when and with whom; to move it is to change its day.

    Raises:
        PromiseToldError: it has been told that it was used or tried.

    """
    before = Promise.objects.get(pk=promise.pk)
    if not before.is_open:
        raise PromiseToldError(str(before))
    if before.what != promise.what:
        promise.translations = {}
    save_edit(promise, version=version, fields=[*PROMISE_FIELDS, "translations"])
    record("edit", promise, at=at, by=by)


@transaction.atomic
def tell_what_happened(  # noqa: PLR0913 -- what is told, and who told it when
    promise: Promise,
    *,
    version: int,
    outcome: str,
    told: str = "",
    why_not: str = "",
    on: date,
    by: User | None,
    at: datetime,
) -> None:
    """Used, tried, or not yet and why; it can be told anew when more has happened.

    Raises:
        WhyNotMissingError: not yet, without a reason.

    """
    is_not_yet = outcome == Promise.Outcome.NOT_YET
    if is_not_yet and not (why_not or told):
        raise WhyNotMissingError(str(promise))
    promise.outcome, promise.told, promise.reported_on = outcome, told, on
    promise.why_not = why_not if is_not_yet else ""
    save_edit(promise, version=version, fields=["outcome", "told", "why_not", "reported_on"])
    record("report", promise, at=at, by=by)


@transaction.atomic
def take_promise_back(promise: Promise, *, version: int, by: User | None, at: datetime) -> None:
    """A promise that should not have been written is taken away whole."""
    save_edit(promise, version=version, fields=[])
    record("remove", promise, at=at, by=by)
    promise.delete()
