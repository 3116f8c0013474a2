"""Who has met whom before: in a programme group of an earlier wave."""

from collections import defaultdict

from django.db.models import QuerySet

from modig.apps.programme.models import Group, Participant, Plan


def earlier_participants(plan: Plan) -> QuerySet[Participant]:
    """Places in the published groups of waves that began before the plan's."""
    return Participant.objects.filter(
        group__plan__state=Plan.State.PUBLISHED,
        group__plan__wave__starts_on__lt=plan.wave.starts_on,
    )


def earlier_groups(plan: Plan) -> dict[int, list[str]]:
    """The employee numbers of everybody in each of those groups."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = earlier_participants(plan).order_by("pk").values_list("group_id", "person__number")
    for group, number in rows:
        found[group].append(number)
    return dict(found)


def met_before(group: Group) -> dict[tuple[str, str], list[tuple[str, str]]]:
    """By team of a group: the teams there that it shared an earlier group with, and which one."""
    people = Participant.objects.filter(group=group, team__isnull=False)
    team_of = {
        person: (code, name)
        for person, code, name in people.values_list("person_id", "team__code", "team__name")
    }
    together: dict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = earlier_participants(group.plan).filter(person__in=list(team_of))
    for person, name, wave in rows.order_by("pk").values_list(
        "person_id", "group__name", "group__plan__wave__name"
    ):
        together[f"{name}, {wave}"].add(team_of[person])
    met: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for where, teams in together.items():
        for code, _name in teams:
            others = sorted(name for other, name in teams if other != code)
            met["team", code] += [(name, where) for name in others]
    return dict(met)
