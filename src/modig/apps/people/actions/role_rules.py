"""The rules that make roles out of titles."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.people import roles
from modig.apps.people.models import Employment, RoleRule
from modig.apps.people.queries.role_rules import employments_to_judge
from modig.apps.tenancy.actions import save_edit
from modig.apps.tenancy.scope import current_organisation

BATCH = 1000
RULE_FIELDS = ["order", "how", "words", "role"]


@transaction.atomic
def add_rule(rule: RoleRule, *, on: date, by: User | None, at: datetime) -> int:
    """Keep a new rule and give every title its role anew; how many roles changed.

    A rule that stands there already, as after a second press, is not kept twice.
    """
    same = RoleRule.objects.filter(how=rule.how, words__iexact=rule.words, role=rule.role)
    if not same.exists():
        rule.organisation = current_organisation()
        rule.save()
        record("save-role-rule", rule, at=at, by=by)
    return apply_rules(on=on)


@transaction.atomic
def edit_rule(rule: RoleRule, *, version: int, on: date, by: User | None, at: datetime) -> int:
    """Save a rule as it is now, unless somebody else did meanwhile; how many roles changed."""
    save_edit(rule, version=version, fields=RULE_FIELDS)
    record("save-role-rule", rule, at=at, by=by)
    return apply_rules(on=on)


@transaction.atomic
def delete_rule(rule: RoleRule, *, on: date, by: User | None, at: datetime) -> int:
    """Take a rule away and give every title its role anew; how many roles changed."""
    record("delete-role-rule", rule, at=at, by=by)
    rule.delete()
    return apply_rules(on=on)


@transaction.atomic
def apply_rules(*, on: date) -> int:
    """Give every employment the role of the first rule that fits its title; how many changed.

    Where none fits, what the HR file says of it counts; what somebody chose by hand stays.
    """
    rules = list(RoleRule.objects.all())
    by_title: dict[tuple[str, bool], str] = {}
    changed: dict[str, list[int]] = defaultdict(list)
    judged = employments_to_judge(on).order_by("pk")
    rows = judged.values_list("pk", "title", "named_manager", "role")
    for pk, title, named_manager, role in rows.iterator(BATCH):
        key = (title, named_manager)
        if key not in by_title:
            by_title[key] = roles.role_of(title, rules, is_manager=named_manager)
        if role != by_title[key]:
            changed[by_title[key]].append(pk)
    for role, keys in changed.items():
        for start in range(0, len(keys), BATCH):
            Employment.objects.filter(pk__in=keys[start : start + BATCH]).update(role=role)
    return sum(map(len, changed.values()))
