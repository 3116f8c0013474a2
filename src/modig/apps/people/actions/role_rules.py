"""The rules that make roles out of titles, and the teams that come of it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.audit.actions import record
from modig.apps.people import roles
from modig.apps.people.models import Employment, ManagementTeam, RoleRule, TeamSeat
from modig.apps.people.queries.imports import TeamProposal
from modig.apps.people.queries.persons import current_employments
from modig.apps.tenancy.scope import current_organisation

BATCH = 1000


@transaction.atomic
def save_rule(rule: RoleRule, *, by: User | None, at: datetime) -> int:
    """Keep a rule and give every title its role anew; how many roles changed."""
    rule.organisation = current_organisation()
    rule.save()
    record("save-role-rule", rule, at=at, by=by)
    return apply_rules(on=at.date())


@transaction.atomic
def delete_rule(rule: RoleRule, *, by: User | None, at: datetime) -> int:
    """Take a rule away and give every title its role anew; how many roles changed."""
    record("delete-role-rule", rule, at=at, by=by)
    rule.delete()
    return apply_rules(on=at.date())


@transaction.atomic
def apply_rules(*, on: date) -> int:
    """Give every employment of that day the role of the first rule that fits its title."""
    rules = list(RoleRule.objects.all())
    by_title: dict[str, str] = {}
    changed = []
    for employment in current_employments(on):
        title = employment.title
        if title not in by_title:
            by_title[title] = roles.role_of(title, rules)
        if employment.role != by_title[title]:
            employment.role = by_title[title]
            changed.append(employment)
    Employment.objects.bulk_update(changed, ["role"], batch_size=BATCH)
    return len(changed)


@transaction.atomic
def accept_proposals(
    proposals: Iterable[TeamProposal], *, on: date, by: User | None, at: datetime
) -> list[ManagementTeam]:
    """Make management teams of proposals; a code that is taken gets a number behind it."""
    organisation = current_organisation()
    taken = set(ManagementTeam.objects.values_list("code", flat=True))
    made = []
    for proposal in proposals:
        code, number = proposal.code[:56], 2
        while code in taken:
            code, number = f"{proposal.code[:52]}-{number}", number + 1
        taken.add(code)
        team = ManagementTeam.objects.create(
            organisation=organisation,
            code=code,
            name=proposal.name,
            unit=proposal.unit,
            from_on=on,
        )
        TeamSeat.objects.bulk_create(
            TeamSeat(
                organisation=organisation,
                team=team,
                person=person,
                kind=TeamSeat.Kind.LEADER if person == proposal.leader else TeamSeat.Kind.MEMBER,
                from_on=on,
            )
            for person in proposal.people
        )
        record("accept-team", team, at=at, by=by, people=len(proposal.people))
        made.append(team)
    return made
