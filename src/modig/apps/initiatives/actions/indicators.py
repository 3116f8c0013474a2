"""Taking in national indicators from a file, and throwing one away."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.initiatives.kolada.reading import Content, Published
from modig.apps.initiatives.models import Indicator, IndicatorValue
from modig.apps.tenancy.scope import current_organisation

SOURCE = "Kolada"
AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a file changed: the same file twice changes nothing."""

    indicators: int
    added: int
    changed: int
    unchanged: int


@transaction.atomic
def take_in_indicators(content: Content, *, by: User | None, at: datetime) -> TakenIn:
    """Keep the values of a file: new ones are added, others put right, none is taken away."""
    organisation = current_organisation()
    codes = sorted({one.kpi for one in content.values} | content.titles.keys())
    known = {one.code: one for one in Indicator.objects.filter(source=SOURCE, code__in=codes)}
    for code in codes:
        indicator = known.get(code) or Indicator(
            organisation=organisation, source=SOURCE, code=code, title=code
        )
        indicator.title = content.titles.get(code, indicator.title)
        indicator.description = content.descriptions.get(code, indicator.description)
        indicator.fetched_on = localdate(at)
        indicator.save()
        known[code] = indicator
    counts = _keep(content, known)
    if counts.added or counts.changed:
        for indicator in known.values():
            record("take_in", indicator, at=at, by=by)
    return counts


def _keep(content: Content, known: dict[str, Indicator]) -> TakenIn:
    standing = {
        (one.indicator_id, one.area, one.year, one.gender): one
        for one in IndicatorValue.objects.filter(indicator__in=known.values())
    }
    added: dict[tuple[int, str, int, str], IndicatorValue] = {}
    changed: list[IndicatorValue] = []
    unchanged = 0
    for one in content.values:
        key = (known[one.kpi].pk, one.area, one.year, one.gender)
        row = standing.get(key) or added.get(key)
        if row is None:
            added[key] = _row(known[one.kpi], one, content)
        elif _differs(row, one, content):
            row.value, row.status = one.value, one.status
            row.area_name = content.areas.get(one.area, row.area_name)
            if key in standing and row not in changed[-1:]:
                changed.append(row)
        else:
            unchanged += 1
    IndicatorValue.objects.bulk_create(added.values(), batch_size=AT_A_TIME)
    fields = ["value", "status", "area_name"]
    IndicatorValue.objects.bulk_update(changed, fields, batch_size=AT_A_TIME)
    return TakenIn(len(known), len(added), len(changed), unchanged)


def _row(indicator: Indicator, one: Published, content: Content) -> IndicatorValue:
    return IndicatorValue(
        organisation=indicator.organisation,
        indicator=indicator,
        area=one.area,
        area_name=content.areas.get(one.area, ""),
        year=one.year,
        gender=one.gender,
        value=one.value,
        status=one.status,
    )


def _differs(row: IndicatorValue, one: Published, content: Content) -> bool:
    name = content.areas.get(one.area, row.area_name)
    return (row.value, row.status, row.area_name) != (one.value, one.status, name)
