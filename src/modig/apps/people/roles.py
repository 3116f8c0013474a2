"""What a title makes of its holder, by the organisation's rules."""

from collections.abc import Iterable

from modig.apps.people.models import RoleRule, StaffRole


def words_of(rule: RoleRule) -> list[str]:
    return [word.strip().casefold() for word in rule.words.split("|") if word.strip()]


def fits(rule: RoleRule, title: str) -> bool:
    """Whether the rule says something of this title; letters' size does not matter."""
    folded = title.casefold()
    match rule.how:
        case RoleRule.How.EQUALS:
            return folded in words_of(rule)
        case RoleRule.How.BEGINS:
            return folded.startswith(tuple(words_of(rule)))
        case _:
            return any(word in folded for word in words_of(rule))


def role_of(title: str, rules: Iterable[RoleRule], *, is_manager: bool = False) -> str:
    """The role of the first rule that fits; without any, what the file said."""
    for rule in rules:
        if fits(rule, title):
            return rule.role
    return StaffRole.MANAGER if is_manager else StaffRole.EMPLOYEE
