"""Initiatives for the demo's users who lead something, so that each has one of her own to look after."""

from collections.abc import Mapping

from modig.apps.demo.malarvik.stories import STORIES
from modig.apps.initiatives.models import Benefit, Initiative, Kind, Stage
from modig.apps.people.models import Person

OWN = {
    "unit-manager": (Stage.UNDER_WAY, Stage.STARTED),
    "team-leader": (Stage.UNDER_WAY,),
    "participant": (Stage.STARTED,),
}


def give_initiatives(persons: Mapping[str, Person]) -> None:
    """Let each of these persons own initiatives of her department, moved to her unit."""
    taken = list(STORIES)
    for role, stages in OWN.items():
        for stage in stages if role in persons else ():
            found = _nearest(persons[role], stage, taken)
            if found is not None:
                taken.append(found.code)
                _give(found, persons[role])


def _nearest(person: Person, stage: Stage, taken: list[str]) -> Initiative | None:
    """One of her department, of the same sort of unit if there is any."""
    employment = person.employments.filter(to_on=None).select_related("unit__top").first()
    if employment is None:
        return None
    unit = employment.unit
    rows = Initiative.objects.filter(
        stage=stage, kind=Kind.EVERYDAY, unit__path__startswith=(unit.top or unit).path
    ).exclude(code__in=taken)
    sort = unit.name.split()[0]
    return rows.filter(unit__name__startswith=sort).first() or rows.first()


def _give(found: Initiative, person: Person) -> None:
    employment = person.employments.filter(to_on=None).first()
    if employment is None:
        return
    Initiative.objects.filter(pk=found.pk).update(owner=person, unit=employment.unit)
    Benefit.objects.filter(initiative=found).update(owner=person)
    found.people.filter(person=person).delete()
