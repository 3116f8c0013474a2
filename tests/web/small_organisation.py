"""A small organisation with one of everything, twice: in the visitors' own unit and in another one.

The own unit is led by the visitors; its team is theirs; its group is the one that they take part
in, or that the facilitator leads. The other unit has the same things, and nothing to do with them.
"""

from itertools import count

from django.utils import timezone

from apps.people.factories import (
    make_employment,
    make_legal_entity,
    make_person,
    make_seat,
    make_team,
    make_unit,
)
from apps.programme.planning_factories import make_wave, noon
from modig.apps.accounts.models import User
from modig.apps.jobs.models import Job
from modig.apps.people.models import (
    HrImport,
    ImportMapping,
    KeyPersonNomination,
    RoleRule,
    TeamProposal,
)
from modig.apps.programme.actions import make_plan_now, publish_plan
from modig.apps.programme.models import (
    CalendarFeed,
    ClosedWeeks,
    Facilitator,
    FarApart,
    Group,
    GroupQuota,
    KeepApart,
    Meeting,
    TeamAway,
    UnitCap,
    Venue,
)
from modig.apps.tenancy.actions import add_member
from modig.apps.tenancy.models import Role
from modig.apps.tenancy.scope import current_organisation
from web.small_organisation_chain import chain, direction

LEADS_GROUPS = "facilitator"
NOT_EMPLOYED = {"facilitator", "partner", "reader"}
SIZE = 10  # of a team, and so of a group
PLACES = ("Äppelbo", "Björkvik", "Cederby", "Duvnäs")
numbers = count()
guests = count()


def furnish(visitors):
    """The keys that addresses take, by whose they are: ``own``, ``other``, ``draft``.

    ``visitors`` are users by the name of their role.
    """
    employed = {role: user for role, user in visitors.items() if role not in NOT_EMPLOYED}
    own, other = _unit_with_team(employed), _unit_with_team({})
    wave = make_wave(size_low=SIZE, size_high=SIZE + 2, weeks=30)
    published = make_plan_now(wave, at=noon(), steps=2000)
    draft = make_plan_now(wave, at=noon(), steps=2000)
    publish_plan(published, at=timezone.now(), by=None)
    leader = Facilitator.objects.create(
        organisation=wave.organisation, name="Agneta Brodd", user=visitors.get(LEADS_GROUPS)
    )
    shared = {**_of_no_unit(), **_of_the_wave(wave, own, other), **direction()}
    shared |= {"plan_id": published.pk}
    for things, by in ((own, leader), (other, None)):
        group = _group_of(things, published, led_by=by)
        things |= {**shared, **_keys_of_group(group), "pk": job_of(None, wave.pk)}
    for things, beside, users in ((own, other, visitors), (other, own, {})):
        things.update(chain(things, beside, visitors=users, stranger=_guest()))
    in_draft = {**own, "plan_id": draft.pk, **_keys_of_group(_group_of(own, draft, led_by=leader))}
    return {"own": own, "other": other, "draft": in_draft}


def job_of(user, wave_id):
    """The key of a planning that the user started herself."""
    job = Job.objects.create(
        organisation=current_organisation(),
        kind="plan",
        arguments={"wave": wave_id},
        state=Job.State.STOPPED,
        started_by=user,
        queued_at=noon(),
    )
    return job.pk


def _unit_with_team(employed):
    """A top unit with a unit below it, and a team of people who all work there."""
    place = PLACES[next(numbers)]
    top = make_unit(f"Förvaltning {place}")
    unit = make_unit(f"Enhet {place}", under=top)
    led = {"unit": unit, "role": "manager", "title": "Enhetschef"}
    head = make_person(f"Åsa {place}", **led)
    people = {role: make_person(f"Ann {role}", user=user, **led) for role, user in employed.items()}
    colleagues = [make_person(f"Nils {place}", **led) for _ in range(SIZE - 1 - len(people))]
    team = make_team(
        f"Ledning {place}", unit=unit, leader=head, members=[*people.values(), *colleagues]
    )
    colleague = colleagues[0]
    nomination = KeyPersonNomination.objects.create(
        organisation=current_organisation(),
        person=colleague,
        reason="Leder ett nätverk",
        nominated_by=head,
        nominated_on="2026-01-01",
    )
    return {
        "place": place,
        "unit_id": unit.pk,
        "head_id": head.pk,
        "person_id": colleague.pk,
        "employment_id": make_employment(colleague, top, title="Samordnare").pk,
        "team_id": team.pk,
        "seat_id": make_seat(team, title="Controller").pk,
        "nomination_id": nomination.pk,
        "kind": "team",
        "code": team.code,
        "herself": {role: person.pk for role, person in people.items()},
    }


def _of_no_unit():
    own = {"organisation": current_organisation()}
    hr_import = HrImport.objects.create(
        **own,
        file_name="personal.csv",
        state=HrImport.State.GIVEN_UP,
        header=["Nummer"],
        uploaded_at=noon(),
    )
    proposal = TeamProposal.objects.create(**own, code="P1", name="Förslag")
    mapping = ImportMapping.objects.create(**own, name="Personec", used_at=noon())
    return {
        "proposal_id": proposal.pk,
        "mapping_id": mapping.pk,
        "import_id": hr_import.pk,
        "rule_id": RoleRule.objects.create(**own, words="chef", order=1).pk,
        "entity_id": make_legal_entity().pk,
        "membership_id": add_member(own["organisation"], _guest(), "reader").pk,
        "role_id": Role.objects.get(code="reader").pk,
    }


def _guest():
    return User.objects.named(f"guest-{next(guests)}@guests.example", "Gunnar Gäst")


def _of_the_wave(wave, own, other):
    """One of each thing that a wave is set up of; made after planning, so that no plan minds."""
    of = {"organisation": wave.organisation, "wave": wave}
    week = {"first_monday": "2027-02-15", "last_monday": "2027-02-15"}
    cap = UnitCap.objects.create(**of, unit_id=own["unit_id"], percent=50)
    pair = KeepApart.objects.create(**of, team_a_id=own["team_id"], team_b_id=other["team_id"])
    venue = Venue.objects.create(organisation=wave.organisation, name="Sal 9")
    return {
        "programme_id": wave.programme_id,
        "wave_id": wave.pk,
        "part_id": wave.target_parts.first().pk,
        "block_id": wave.blocks.last().pk,
        "closed_id": ClosedWeeks.objects.create(**of, **week).pk,
        "cap_id": cap.pk,
        "quota_id": GroupQuota.objects.create(**of, attribute="gender", most_percent=90).pk,
        "far_id": FarApart.objects.create(**of, place_a="Sal 1", place_b="Sal 2").pk,
        "away_id": TeamAway.objects.create(**of, team_id=own["team_id"], days="2027-02-15").pk,
        "pair_id": pair.pk,
        "venue_id": venue.pk,
        "facilitator_id": Facilitator.objects.first().pk,
    }


def _group_of(things, plan, *, led_by):
    group = Group.objects.get(plan=plan, placements__team=things["team_id"])
    group.meetings.update(facilitator=led_by)
    return group


def _keys_of_group(group):
    feed = CalendarFeed.objects.filter(group=group).first()
    return {
        "group_id": group.pk,
        "meeting_id": Meeting.objects.filter(group=group).first().pk,
        "token": feed.token if feed else "none",
    }
