"""Public holidays of a country, from the package ``holidays``."""

from datetime import date, timedelta


class UnknownCountryError(ValueError):
    """No holidays are known for this code."""


def public_holidays(country: str, first: date, end: date) -> dict[date, str]:
    """Name by date, from ``first`` up to but not including ``end``; ordinary Sundays are left out.

    Days that are free in fact (Midsummer Eve in Sweden) count where the package knows them.
    """
    import holidays  # noqa: PLC0415 -- only planners of dates need it

    years = range(first.year, (end - timedelta(days=1)).year + 1)
    try:
        known = holidays.country_holidays(country.upper(), years=years)
        if "de_facto" in known.supported_categories:
            both = ("public", "de_facto")
            known = holidays.country_holidays(country.upper(), years=years, categories=both)
    except (NotImplementedError, AttributeError) as error:
        raise UnknownCountryError(
            f"{country!r} is not a country whose holidays are known"
        ) from error
    plain_sunday = _name_of_an_ordinary_sunday(known)
    return {
        day: name
        for day, name in sorted(known.items())
        if first <= day < end and name != plain_sunday
    }


def _name_of_an_ordinary_sunday(known: dict[date, str]) -> str | None:
    """Some countries list every Sunday; its name then comes dozens of times."""
    names = [name for day, name in known.items() if day.weekday() == 6]
    common = max(set(names), key=names.count, default=None)
    return common if common is not None and names.count(common) > 20 else None
