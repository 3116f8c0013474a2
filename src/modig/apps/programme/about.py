"""What programmes store about a person, told to her on "what we can see about you"."""

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from modig.apps.people.about import Told, tells_about
from modig.apps.people.models import Person, Unit
from modig.apps.programme.models import Attribute, Facilitator, Participant, Plan, TargetPart
from modig.apps.programme.queries import groups as queries
from modig.apps.programme.queries.quotas import Kinds
from modig.apps.ui.templatetags.ui import days as days_in_words


@tells_about
def groups_and_dates(person: Person) -> Told:
    """Every group that she is or was in, with its dates; plans nobody was called by are counted."""
    entries = [_place(place) for place in queries.places_of(person)]
    entries += [
        f"{days_in_words(row.days)}: {row.meeting.block}, {row.meeting.group.name}"
        for row in queries.meetings_of_person(person)
    ]
    others = Participant.objects.filter(person=person).exclude(
        group__plan__state=Plan.State.PUBLISHED
    )
    if unpublished := others.count():
        entries.append(
            ngettext(
                "You have a place in %(n)s plan that is a draft or has been replaced.",
                "You have places in %(n)s plans that are drafts or have been replaced.",
                unpublished,
            )
            % {"n": unpublished}
        )
    why = _("So that you know when your group meets, and your unit stays staffed meanwhile.")
    return Told(_("Your groups and dates"), why, entries)


def _place(place: Participant) -> str:
    plan = place.group.plan
    told = f"{place.group.name}, {plan.wave.programme}, {plan.wave}"
    return f"{told}, {place.team}" if place.team else told


@tells_about
def planning_facts(person: Person) -> Told:
    """What the newest plan keeps of her as she was when it was made."""
    why = _("A plan keeps what it was made from, so that anybody can check it afterwards.")
    plan = Plan.objects.filter(groups__participants__person=person).order_by("-made_at").first()
    kept = _kept_of(person, plan) if plan else []
    return Told(_("What the newest plan was made from"), why, kept)


def _kept_of(person: Person, plan: Plan) -> list[str]:
    day = format_date(plan.made_at, "j F Y")
    return [
        _("As of %(day)s: %(facts)s") % {"day": day, "facts": _facts(one)}
        for one in plan.given["people"]
        if one["id"] == person.number
    ]


def _facts(kept: dict[str, str | None]) -> str:
    """In words, where the plan keeps codes."""
    names = {"id": _("employee number"), "team": _("team"), **dict(Attribute.choices)}
    words = Kinds().names
    for unit in Unit.objects.filter(code=kept.get(Attribute.UNIT) or ""):
        words[Attribute.UNIT, unit.code] = str(unit)
    said = ((key, words.get((key, value), value)) for key, value in kept.items() if value)
    return ", ".join(f"{names[key]} {value}" for key, value in said)


@tells_about
def roles_in_programmes(person: Person) -> Told:
    """Her calendar, whether she is named in a target group, and whether she leads groups."""
    entries = []
    if queries.feed_of_person(person):
        entries.append(_("Your calendar has a secret address. You can change it under My dates."))
    named = TargetPart.objects.filter(person=person).select_related("wave__programme")
    entries += [
        _("You are named in the target group of %(wave)s, %(programme)s.")
        % {"wave": part.wave, "programme": part.wave.programme}
        for part in named
    ]
    leads = Facilitator.objects.filter(user__pk=person.user_id or 0)
    entries += [
        _("You lead groups as %(name)s, %(email)s.") % {"name": one, "email": one.email or "–"}
        for one in leads
    ]
    why = _("So that the right people are called, and calendars can be shared.")
    return Told(_("Your part in the programmes"), why, entries)
