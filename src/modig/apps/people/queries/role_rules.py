"""What the rules make of titles."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from modig.apps.people import roles
from modig.apps.people.models import Employment, RoleRule

EXAMPLES = 6


def find_rule(rule_id: int) -> RoleRule:
    return get_object_or_404(RoleRule, pk=rule_id)


@dataclass(frozen=True, slots=True)
class TitleGroup:
    """Employments alike: title, what the file says of it, and the role that they have."""

    title: str
    named_manager: bool
    role: str
    people: int


@dataclass(frozen=True, slots=True)
class Matches:
    """How many people a rule is about, how many of them it decides, and some of their titles."""

    people: int
    decides: int
    changes: int
    titles: list[tuple[str, int]]
    more_titles: int


def employments_to_judge(on: date) -> QuerySet[Employment]:
    """The employments whose role follows from rules: not over, and not chosen by hand."""
    lasting = Q(to_on__isnull=True) | Q(to_on__gt=on)
    return Employment.objects.filter(lasting, role_by_hand=False)


def chosen_by_hand(on: date) -> int:
    """How many roles somebody chose by hand; rules leave them alone."""
    lasting = Q(to_on__isnull=True) | Q(to_on__gt=on)
    return Employment.objects.filter(lasting, role_by_hand=True).count()


def title_groups(on: date) -> list[TitleGroup]:
    """All employments that rules may judge, by title; the largest group first."""
    rows = (
        employments_to_judge(on)
        .order_by()
        .values_list("title", "named_manager", "role")
        .annotate(people=Count("pk"))
    )
    return sorted(
        (TitleGroup(*row) for row in rows), key=lambda one: (-one.people, one.title, one.role)
    )


def matches(rule: RoleRule, rules: Iterable[RoleRule], groups: list[TitleGroup]) -> Matches:
    """Whom ``rule`` is about, and what would change if ``rules``, this one among them, held."""
    order = sorted(rules, key=lambda one: (one.order, one.pk or 10**9))
    about: Counter[str] = Counter()
    decides = changes = 0
    for group in groups:
        if roles.fits(rule, group.title):
            about[group.title] += group.people
            first = next(one for one in order if roles.fits(one, group.title))
            decides += group.people if first is rule else 0
        role = roles.role_of(group.title, order, is_manager=group.named_manager)
        changes += group.people if role != group.role else 0
    titles = about.most_common(EXAMPLES)
    return Matches(about.total(), decides, changes, titles, len(about) - len(titles))


def rules_with(rule: RoleRule) -> list[RoleRule]:
    """All rules, with ``rule`` as it is here instead of as it is stored."""
    return [one for one in RoleRule.objects.all() if one.pk != rule.pk] + [rule]
