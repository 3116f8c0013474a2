"""The same check at the command line."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from modig import planning
from modig.apps.programme.planning_bridge.problems import (
    days_off_of,
    far_apart_of,
    hosts_for,
    quotas_in,
    unavailable_of,
)
from modig.apps.programme.planning_bridge.values import Given, Grouping, plain

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def check_command(given: Given, groups: Grouping) -> list[str]:
    """The words of the command that checks the plan's downloaded files by the same rules."""
    names = tuple(dict.fromkeys(groups.values()))
    venues, facilitators = hosts_for(given, groups)
    lengths = [days for _, days in given["blocks"]]
    low, high = given["size"]
    weights = ",".join(f"{name}={plain(weight)}" for name, weight in given["weights"].items())
    words = ["modig", "plan", "check", "people.csv", "groups.csv", "schedule.csv"]
    words += ["--groups", str(len(names)), "--size", f"{low}-{high}", "--weights", weights]
    words += ["--keep-together", "team", "--unit", "unit", "--staff", "staff.csv"]
    words += ["--cap", plain(Fraction(given["cap"]) / 100)]
    words += ["--unit-caps", "unit_caps.csv"] if given.get("unit_caps") else []
    words += ["--keep-apart", "keep_apart.csv"] if given["keep_apart"] else []
    words += [word for quota in quotas_in(given) for word in ("--quota", _written(quota))]
    words += ["--unavailable", "unavailable.csv"] if unavailable_of(given) else []
    words += ["--blocks", str(len(lengths)), "--length", _lengths(lengths)]
    words += ["--from", given["first_day"], "--weeks", str(given["weeks"])]
    words += ["--gap", f"{given['gap'][0]}-{given['gap'][1]}"]
    ways = far_apart_of(given, groups)
    if days_off_of(given) or ways:
        words += ["--rooms", "venues.csv", "--facilitators", "facilitators.csv"]
        words += ["--days-off", "days_off.csv"] if days_off_of(given) else []
        words += ["--travel", "travel.csv", "--most-travel", "0"] if ways else []
    else:
        words += ["--rooms", str(len(venues)), "--facilitators", str(len(facilitators))]
    words += ["--days", ",".join(WEEKDAYS[day] for day in given["weekdays"])]
    words += ["--closed", _weeks(given["closed"])] if given["closed"] else []
    words += ["--holidays", "holidays.txt"] if given.get("holidays") else []
    return words


def _written(quota: planning.Quota) -> str:
    """A quota as the command reads it: ``department=FIRE:0|2-5``, ``department:-40%``."""
    of = quota.attribute if quota.value is None else f"{quota.attribute}={quota.value}"
    least = f"{'0|' if quota.or_none else ''}{quota.least}" if quota.least else ""
    most = "" if quota.most is None else str(quota.most)
    if quota.most_share is not None:
        most = f"{plain(quota.most_share * 100)}%"
    return f"{of}:{least}-{most}"


def _lengths(days: Sequence[int]) -> str:
    """One number where all blocks are equally long."""
    return str(days[0]) if len(set(days)) == 1 else ",".join(map(str, days))


def _weeks(closed: Sequence[Sequence[int]]) -> str:
    """Weeks in a row as 2027-W26..2027-W32."""
    mondays = [date.fromisocalendar(year, week, 1) for year, week in closed]
    rows: list[list[date]] = []
    for monday in sorted(mondays):
        if rows and monday - rows[-1][-1] == timedelta(weeks=1):
            rows[-1].append(monday)
        else:
            rows.append([monday])
    return ",".join("..".join(dict.fromkeys((_week(row[0]), _week(row[-1])))) for row in rows)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"
