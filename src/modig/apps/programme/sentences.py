"""The planner's reasons and rules in words, in the language of the page."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

RULES = {
    "people_without_group": gettext_lazy("persons without a group"),
    "groups": gettext_lazy("the number of groups"),
    "size": gettext_lazy("the size of a group"),
    "unit_over_cap": gettext_lazy("too many away from one unit"),
    "team_split": gettext_lazy("a team is divided"),
    "keep_apart": gettext_lazy("teams that must be kept apart"),
    "lock": gettext_lazy("a lock"),
    "missing_block": gettext_lazy("a block without a date"),
    "gap": gettext_lazy("the weeks between two blocks"),
    "block_length": gettext_lazy("the days of a block"),
    "block_not_consecutive": gettext_lazy("the days of a block do not follow each other"),
    "block_changes_venue_or_facilitator": gettext_lazy("venue or facilitator change in a block"),
    "outside_horizon": gettext_lazy("a day outside the wave's weeks"),
    "weekday": gettext_lazy("a weekday without meetings"),
    "closed_week": gettext_lazy("a closed week"),
    "holiday": gettext_lazy("a public holiday"),
    "rooms": gettext_lazy("more meetings than venues on a day"),
    "facilitators": gettext_lazy("more facilitators than there are"),
    "group_clash": gettext_lazy("a group in two places"),
    "venue_clash": gettext_lazy("a venue with two meetings on a day"),
    "facilitator_clash": gettext_lazy("a facilitator with two meetings on a day"),
    "unavailable": gettext_lazy("somebody who cannot come"),
}
REASONS = {
    "nobody": gettext_lazy("The target group is empty: choose who the wave is for."),
    "no_venue": gettext_lazy("No venue seats a group of %(people)s: add a larger one."),
    "no_facilitator": gettext_lazy("There is no facilitator: add one."),
    "no_block": gettext_lazy("The wave has no blocks: add one."),
    "team_too_large": gettext_lazy(
        "The team %(team)s has %(people)s people, but a group has at most %(high)s: "
        "allow larger groups, or divide the team."
    ),
    "too_many_people": gettext_lazy(
        "%(people)s people do not fit: %(groups_needed)s groups are needed."
    ),
    "too_few_people": gettext_lazy("The people are too few to fill the groups: ask for fewer."),
    "too_few_teams": gettext_lazy("%(teams)s whole teams cannot fill %(groups)s groups."),
    "sizes_do_not_add_up": gettext_lazy(
        "The team %(team)s of %(people)s fits into no group of %(low)s to %(high)s "
        "together with other whole teams: widen the sizes."
    ),
    "too_few_groups": gettext_lazy(
        "Whole teams of these sizes need at least %(groups_needed)s groups."
    ),
    "cap_cannot_hold": gettext_lazy(
        "The unit %(unit)s sends %(people)s people; with a cap of %(cap)s, %(groups_needed)s "
        "groups are needed."
    ),
    "cap_keeps_teams_apart": gettext_lazy(
        "No two of %(teams)s teams can meet under the cap of the unit %(unit)s, but there are "
        "only %(groups)s groups."
    ),
    "too_many_to_keep_apart": gettext_lazy(
        "%(teams)s teams must all be kept apart from each other, but there are only %(groups)s "
        "groups."
    ),
    "lock_contradicts": gettext_lazy("The team %(team)s is locked to two groups."),
    "lock_breaks_keep_apart": gettext_lazy(
        "%(team_a)s and %(team_b)s must be kept apart but are both locked to %(group)s."
    ),
    "locks_do_not_add_up": gettext_lazy(
        "%(people)s people are locked to %(group)s, and no other teams fill it to %(low)s–%(high)s."
    ),
    "all_tried": gettext_lazy(
        "Every way of putting the %(teams)s teams into %(groups)s groups was tried: "
        "each breaks a rule."
    ),
    "group_over_cap": gettext_lazy(
        "%(group)s has %(people)s people of the unit %(unit)s, whose cap is %(cap)s."
    ),
    "too_few_unit_days": gettext_lazy(
        "The unit %(unit)s with a cap of %(cap)s needs %(days_needed)s days, "
        "but there are %(days)s."
    ),
    "horizon_too_short": gettext_lazy(
        "%(blocks)s blocks with these gaps do not fit into %(weeks)s weeks."
    ),
    "works_with_weeks": gettext_lazy("With %(weeks)s weeks a plan was found."),
    "works_with_rooms": gettext_lazy(
        "With %(rooms)s venues and %(facilitators)s facilitators a plan was found."
    ),
}


def rule_name(rule: str) -> str:
    """What a rule that is broken is called."""
    return str(RULES.get(rule, rule))


def reason_sentence(code: str, numbers: Mapping[str, int | str], english: str) -> str:
    """Why there is no plan; a reason that has no translation yet is told in English."""
    if code in REASONS:
        try:
            return str(REASONS[code]) % numbers
        except KeyError:
            return english
    return english


def no_plan_sentence(
    status: str, reasons: Iterable[tuple[str, Mapping[str, int | str], str]]
) -> str:
    """One text about why there is no plan: proven impossible, or merely not found."""
    if status == "not_possible":
        first = _("No plan is possible with these rules.")
    else:
        first = _("No plan that keeps every rule was found in the time. Allow more time or room.")
    seen = dict.fromkeys(reason_sentence(*reason) for reason in reasons)
    return " ".join([first, *list(seen)[:3]])
