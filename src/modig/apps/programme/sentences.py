"""The planner's reasons and rules in words, in the language of the page."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import formats
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from modig.apps.people.models import StaffRole
from modig.apps.programme.models import Attribute, GroupQuota, Rules

Pair = tuple[str, str]

RULES = {
    "people_without_group": gettext_lazy("people without a group"),
    "groups": gettext_lazy("the number of groups"),
    "size": gettext_lazy("the size of a group"),
    "unit_over_cap": gettext_lazy("too many away from one unit"),
    "team_split": gettext_lazy("a team is divided"),
    "keep_apart": gettext_lazy("teams that must be kept apart"),
    "quota": gettext_lazy("how many of a kind a group has"),
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
    "unknown_group": gettext_lazy("a meeting of no group"),
    "unknown_block": gettext_lazy("a meeting of no block"),
    "seats": gettext_lazy("more people than seats in a venue"),
    "venue_gone": gettext_lazy("a venue that is no longer there"),
    "facilitator_gone": gettext_lazy("a facilitator who is no longer there"),
    "venue_closed": gettext_lazy("a venue that is closed that day"),
    "facilitator_off": gettext_lazy("a facilitator who is off that day"),
    "far_apart": gettext_lazy("a facilitator who would travel too far overnight"),
}
REASONS = {
    "nobody": gettext_lazy("The target group is empty: choose who the wave is for."),
    "no_rules": gettext_lazy("The wave has no rules yet: set sizes, cap and weeks."),
    "no_weeks": gettext_lazy("The wave has no weeks to meet in: set how many."),
    "no_venue_at_all": gettext_lazy("There is no venue: add one."),
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
    "quota_has_nobody": gettext_lazy(
        "Nobody in the target group is %(kind)s, but every group is to have some: take it out of "
        "how many of a kind, or widen the target group."
    ),
    "quota_has_too_few": ngettext_lazy(
        "Only %(people)s person is %(kind)s, but %(people_needed)s would be needed: ask for at "
        "least %(least_possible)s in a group.",
        "Only %(people)s people are %(kind)s, but %(people_needed)s would be needed: ask for at "
        "least %(least_possible)s in a group.",
        "people",
    ),
    "quota_has_fewer_than_groups": ngettext_lazy(
        "Only %(people)s person is %(kind)s, but %(people_needed)s would be needed: take the rule "
        "out, or ask for fewer and let groups have none.",
        "Only %(people)s people are %(kind)s, but %(people_needed)s would be needed: take the rule "
        "out, or ask for fewer and let groups have none.",
        "people",
    ),
    "quota_has_too_many": gettext_lazy(
        "%(people)s people are %(kind)s, too many for %(most)s in a group: allow %(most_needed)s."
    ),
    "quota_share_too_low": gettext_lazy(
        "%(people)s people are %(kind)s, too many for %(percent)s per cent of every group: allow "
        "%(percent_needed)s per cent."
    ),
    "quota_share_too_low_for_team": gettext_lazy(
        "The team %(team)s has %(people)s people who are %(kind)s, more than %(percent)s per cent "
        "of a group: allow %(percent_needed)s per cent."
    ),
    "quota_too_low_for_team": gettext_lazy(
        "The team %(team)s has %(people)s people who are %(kind)s, but a group may have %(most)s: "
        "allow %(people)s."
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
    "locks_break_cap": gettext_lazy(
        "Locked teams or meetings take %(people)s people from the unit %(unit)s at once, more than "
        "its cap: unlock one of them."
    ),
    "locks_need_rooms": gettext_lazy(
        "%(meetings)s meetings are locked to %(day)s, but there is room for %(places)s: unlock one."
    ),
    "group_has_no_days": gettext_lazy(
        "The blocks of %(group)s cannot follow one another with these gaps on the days that its "
        "locks and its teams' absences leave: unlock a day, or free one."
    ),
    "team_has_no_days": gettext_lazy(
        "The team %(team)s can come on only %(free)s of the %(days)s days, and its %(blocks)s "
        "blocks with their gaps do not fit there: free some of its days, or allow more weeks."
    ),
    "teams_share_no_days": gettext_lazy(
        "In one group, the days when %(absent)s can come do not hold the blocks with their gaps: "
        "free some of these days, or allow more weeks."
    ),
    "too_few_room_days": gettext_lazy(
        "%(places)s venues on %(days)s days hold too few of the %(meeting_days)s meeting days: "
        "%(weeks_needed)s weeks or %(rooms_needed)s venues are needed."
    ),
    "too_few_seats": gettext_lazy(
        "%(rooms)s of the venues seat groups of %(people)s: on %(days)s days they hold %(places)s "
        "of %(meeting_days)s meeting days."
    ),
    "too_few_facilitator_days": gettext_lazy(
        "%(places)s facilitators on %(days)s days are too few for %(meeting_days)s meeting days: "
        "%(weeks_needed)s weeks or %(facilitators_needed)s facilitators are needed."
    ),
    "broken": gettext_lazy("The nearest plan found still breaks this rule: %(rule)s (%(n)s)."),
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


VENUES, FACILITATORS, TARGET, BLOCKS = "venues", "facilitators", "target", "blocks"
LOCKS, SET_RULES, KEEP_APART, CLOSED = "locks", "rules", "keep_apart", "closed_weeks"
QUOTAS, AWAY, FAR = "quotas", "teams_away", "far_apart"
PLACES = {
    "nobody": TARGET,
    "no_venue": VENUES,
    "no_venue_at_all": VENUES,
    "too_few_room_days": VENUES,
    "works_with_rooms": VENUES,
    "rooms": VENUES,
    "venue_clash": VENUES,
    "seats": VENUES,
    "too_few_seats": VENUES,
    "venue_gone": VENUES,
    "venue_closed": VENUES,
    "no_facilitator": FACILITATORS,
    "too_few_facilitator_days": FACILITATORS,
    "facilitators": FACILITATORS,
    "facilitator_clash": FACILITATORS,
    "facilitator_off": FACILITATORS,
    "facilitator_gone": FACILITATORS,
    "far_apart": FAR,
    "no_block": BLOCKS,
    "block_length": BLOCKS,
    "missing_block": BLOCKS,
    "people_without_group": TARGET,
    "too_many_to_keep_apart": KEEP_APART,
    "keep_apart": KEEP_APART,
    "closed_week": CLOSED,
    "unavailable": AWAY,
    "quota": QUOTAS,
    "quota_has_nobody": QUOTAS,
    "quota_has_too_few": QUOTAS,
    "quota_has_fewer_than_groups": QUOTAS,
    "quota_has_too_many": QUOTAS,
    "quota_share_too_low": QUOTAS,
    "quota_share_too_low_for_team": QUOTAS,
    "quota_too_low_for_team": QUOTAS,
    "lock": LOCKS,
    "lock_contradicts": LOCKS,
    "lock_breaks_keep_apart": LOCKS,
    "locks_do_not_add_up": LOCKS,
    "locks_break_cap": LOCKS,
    "locks_need_rooms": LOCKS,
    "group_has_no_days": LOCKS,
    "team_has_no_days": AWAY,
    "teams_share_no_days": AWAY,
}
"""Where the rule behind a reason, or a broken rule, is set; all others stand among the rules."""


SIZES, GROUPS, CAP, WEEKS, GAP = "size_high", "groups", "cap_percent", "weeks", "gap_low"
FIELDS = {
    **dict.fromkeys(("team_too_large", "sizes_do_not_add_up", "size"), SIZES),
    **dict.fromkeys(
        ("too_many_people", "too_few_people", "too_few_teams", "too_few_groups", "all_tried"),
        GROUPS,
    ),
    "groups": GROUPS,
    **dict.fromkeys(
        ("cap_cannot_hold", "cap_keeps_teams_apart", "group_over_cap", "too_few_unit_days"), CAP
    ),
    "unit_over_cap": CAP,
    **dict.fromkeys(
        ("no_weeks", "horizon_too_short", "works_with_weeks", "outside_horizon"), WEEKS
    ),
    "gap": GAP,
    "weekday": "weekdays_0",
}
"""The field among the rules that a reason, or a broken rule, is about."""


def field_of(code: str, numbers: Mapping[str, int | str]) -> str:
    """The field of the rules' page behind a reason; nothing where it is about no single one."""
    return FIELDS.get(str(numbers.get("rule", code)), "")


def place_of(code: str, numbers: Mapping[str, int | str]) -> str:
    """Where the rule behind a reason is set: a name for an address."""
    if code == "group_has_no_days" and numbers.get("unavailable_days"):
        return AWAY
    return PLACES.get(str(numbers.get("rule", code)), SET_RULES)


def rule_name(rule: str) -> str:
    """What a rule that is broken is called."""
    return str(RULES.get(rule, rule))


def broken_rules(figures: Mapping[str, Any]) -> list[tuple[str, int]]:
    """What a plan breaks, in words, with how often; empty when it keeps every rule."""
    broken = [(rule_name(rule), n) for rule, n in figures["violations"].items()]
    if crowded := figures.get("crowded"):
        broken.append((rule_name("seats"), len(crowded)))
    return broken


def reason_sentence(code: str, numbers: Mapping[str, int | str], english: str) -> str:
    """Why there is no plan; a reason that has no translation yet is told in English.

    A group without locks is one that nobody has seen: its teams are named instead.
    """
    if code == "group_has_no_days" and numbers.get("absent") and not numbers["locks"]:
        code = "teams_share_no_days"
    if code in REASONS:
        told = {key: _in_words(key, n) for key, n in numbers.items()}
        try:
            return REASONS[code] % told
        except KeyError:
            return english
    return english


def _in_words(key: str, value: int | str) -> int | str:
    """Names of rules and of what is counted, as the reader calls them."""
    if key == "rule":
        return rule_name(str(value))
    if key == "kind":
        attribute, _space, of = str(value).partition(" ")
        return said_kind(attribute, of)
    return value


def said_kind(attribute: str, of: str) -> str:
    """What those are who are counted, after "are": managers, from a department, of a gender."""
    if attribute not in Attribute.values:
        return f"{attribute} {of}"
    if not of:
        return _("without %(what)s") % {"what": Attribute(attribute).label}
    if attribute == Attribute.ROLE:
        return str(dict(StaffRole.choices).get(of, of))
    if attribute == Attribute.GENDER:
        return _("of the gender %(name)s") % {"name": of}
    return _("from %(name)s") % {"name": of}


def said_quota(quota: GroupQuota) -> str:
    """What a quota asks of every group."""
    asked = []
    if quota.least:
        text = _("none or at least %(n)s") if quota.or_none else _("at least %(n)s")
        asked.append(text % {"n": quota.least})
    if quota.most is not None:
        asked.append(_("at most %(n)s") % {"n": quota.most})
    if quota.most_percent is not None:
        percent = formats.number_format(quota.most_percent.normalize())
        asked.append(_("at most %(n)s per cent of the group") % {"n": percent})
    return ", ".join(asked)


def no_plan_verdict(status: str) -> str:
    """The first sentence where there is no plan: proven impossible, or merely not found."""
    if status == "not_possible":
        return _("No plan is possible with these rules.")
    return _("No plan that keeps every rule was found in the time. Allow more time or room.")


def no_plan_sentence(
    status: str, reasons: Iterable[tuple[str, Mapping[str, int | str], str]]
) -> str:
    """One text about why there is no plan."""
    seen = dict.fromkeys(reason_sentence(*reason) for reason in reasons)
    return " ".join([no_plan_verdict(status), *list(seen)[:3]])


# ---- the rules of a wave -------------------------------------------------------------------------

WEEKDAY_NAMES = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)


def said_weekdays(numbers: Sequence[int]) -> str:
    """Weekdays in words: three or more in a row by the first and the last."""
    in_a_row = len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1
    if in_a_row:
        first, last = WEEKDAY_NAMES[numbers[0]], WEEKDAY_NAMES[numbers[-1]]
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    return ", ".join(str(WEEKDAY_NAMES[number]) for number in numbers)


def said_rules(rules: Rules, weekdays: Sequence[int], weights: Mapping[str, float]) -> list[Pair]:
    """What every plan of a wave keeps, as pairs of a name and a value."""
    words = {
        "low": rules.size_low,
        "high": rules.size_high,
        "gap_low": rules.gap_low,
        "gap_high": rules.gap_high,
        "weeks": rules.weeks,
        "day": date_format(rules.first_day, "DATE_FORMAT"),
        "cap": formats.number_format(rules.cap_percent.normalize()),
        "begins": time_format(rules.day_begins, "TIME_FORMAT"),
        "ends": time_format(rules.day_ends, "TIME_FORMAT"),
    }
    mixed = sorted(weights.items(), key=lambda pair: -pair[1])
    size = (
        _("%(low)s to %(high)s people") if rules.size_low < rules.size_high else _("%(low)s people")
    )
    return [
        (_("Size of a group"), size % words),
        (_("Number of groups"), str(rules.groups) if rules.groups else _("what the sizes allow")),
        (_("Time to meet in"), _("%(weeks)s weeks from %(day)s") % words),
        (_("Weekdays"), said_weekdays(weekdays)),
        (_("The day"), f"{words['begins']}–{words['ends']}"),
        (_("Between blocks"), _("%(gap_low)s to %(gap_high)s weeks") % words),
        (_("Away of a unit on one day"), _("at most %(cap)s per cent") % words),
        (_("Mixed by"), ", ".join(str(Attribute(name).label) for name, _weight in mixed)),
    ]
