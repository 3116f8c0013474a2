"""The benefit register: claiming a benefit, reading it, judging it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.initiatives.actions.initiatives import heard
from modig.apps.initiatives.models import Benefit, Initiative, Reading
from modig.apps.tenancy.actions import save_edit

BENEFIT_FIELDS = [
    "name", "kind", "beneficiary", "group_text", "goal", "chain", "indicator", "measure",
    "aggregation", "better", "method", "baseline", "baseline_on", "target", "target_on",
    "changed_on", "owner", "evidence", "assumptions", "cost", "national",
]  # fmt: skip


TEXTS = ("name", "group_text", "chain", "indicator", "measure", "method", "evidence",
         "assumptions", "cost")  # fmt: skip


class MixedAggregationError(Exception):
    """Readings of one benefit are all of one kind: a monthly mean never stands beside a rolling year."""


class ReadTwiceError(Exception):
    """The benefit has a reading of that day already."""


class ReadAheadError(Exception):
    """A period that has not ended cannot have been read."""


class NoEvidenceError(Exception):
    """A benefit is realised only when its evidence is written down."""


@transaction.atomic
def claim_benefit(benefit: Benefit, *, by: User | None, at: datetime) -> Benefit:
    """Keep a new benefit of an initiative. It is unproven until readings say something else.

    The same one sent again, by a second press or a lost answer, is the one that is there already.
    """
    Initiative.objects.select_for_update().get(pk=benefit.initiative_id)
    same = Benefit.objects.filter(
        initiative=benefit.initiative_id, name=benefit.name, indicator=benefit.indicator
    ).first()
    if same is not None:
        return same
    benefit.organisation = benefit.initiative.organisation
    benefit.is_realised = None
    benefit.save()
    heard(benefit.initiative, on=localdate(at))
    record("create", benefit, at=at, by=by)
    return benefit


@transaction.atomic
def edit_benefit(benefit: Benefit, *, version: int, by: User | None, at: datetime) -> None:
    """Save the fields of ``benefit`` as they are now, unless somebody else did meanwhile.

    A translation of a changed text no longer says the same and is dropped.

    Raises:
        MixedAggregationError: it has readings of another aggregation already.

    """
    if benefit.readings.exclude(aggregation=benefit.aggregation).exists():
        raise MixedAggregationError(benefit.indicator)
    before = Benefit.objects.get(pk=benefit.pk)
    changed = {name for name in TEXTS if getattr(before, name) != getattr(benefit, name)}
    benefit.translations = {
        language: {name: text for name, text in texts.items() if name not in changed}
        for language, texts in before.translations.items()
    }
    save_edit(benefit, version=version, fields=[*BENEFIT_FIELDS, "translations"])
    record("edit", benefit, at=at, by=by)


@transaction.atomic
def add_reading(  # noqa: PLR0913 -- what a reading is
    benefit: Benefit,
    *,
    on: date,
    value: float,
    n: int | None = None,
    note: str = "",
    is_provisional: bool = False,
    by: User | None,
    at: datetime,
) -> Reading:
    """Keep a measured value for the period that ended on ``on``; it replaces a provisional one.

    Raises:
        ReadTwiceError: the day has a reading that is not provisional.
        ReadAheadError: the day has not come yet.
        MixedAggregationError: the readings that are there were made in another way.

    """
    if on > localdate(at):
        raise ReadAheadError(str(on))
    Benefit.objects.select_for_update().get(pk=benefit.pk)
    if benefit.readings.exclude(aggregation=benefit.aggregation).exists():
        raise MixedAggregationError(benefit.indicator)
    known = benefit.readings.filter(on=on).first()
    if known is not None and not known.is_provisional:
        raise ReadTwiceError(str(on))
    reading, _ = Reading.objects.update_or_create(
        organisation=benefit.organisation,
        benefit=benefit,
        on=on,
        defaults={
            "value": value,
            "n": n,
            "note": note,
            "is_provisional": is_provisional,
            "aggregation": benefit.aggregation,
        },
    )
    heard(benefit.initiative, on=localdate(at))
    record("read", benefit, at=at, by=by, on=on.isoformat(), value=value)
    return reading


@transaction.atomic
def remove_reading(reading: Reading, *, by: User | None, at: datetime) -> None:
    """Take away a reading that was wrong; the log keeps what it said."""
    benefit = reading.benefit
    record("unread", benefit, at=at, by=by, on=reading.on.isoformat(), value=reading.value)
    reading.delete()


@transaction.atomic
def judge_benefit(  # noqa: PLR0913 -- the judgement, and who made it when
    benefit: Benefit,
    *,
    version: int,
    is_realised: bool | None,
    evidence: str,
    by: User | None,
    at: datetime,
) -> None:
    """Say whether the benefit has been realised, and on what evidence; None takes the judgement back.

    Raises:
        NoEvidenceError: it is called realised without evidence.

    """
    if is_realised and not evidence.strip():
        raise NoEvidenceError(benefit.name)
    benefit.is_realised, benefit.evidence = is_realised, evidence.strip()
    save_edit(benefit, version=version, fields=["is_realised", "evidence"])
    record("judge", benefit, at=at, by=by, realised=is_realised)
