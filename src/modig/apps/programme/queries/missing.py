"""What a programme still needs: concrete sentences, the most urgent first, each with its page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from modig.apps.people.models import ManagementTeam
from modig.apps.programme.models import Facilitator, Plan, Programme, Rules, Venue, Wave
from modig.apps.programme.queries import coverage as covering
from modig.apps.programme.queries.coverage import Coverage, Standing, coverage_of, standing_of
from modig.apps.programme.queries.programmes import GroupRow, group_rows, waves_of
from modig.apps.programme.queries.targets import Target
from modig.apps.programme.weeks import blocks_fit, mondays_between, weeks_needed
from modig.apps.tenancy.roles import Permission

PLAN = Permission.PLAN
SOON = timedelta(weeks=26)
"""A wave that starts later can wait until what runs now is in order."""


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that is missing: what, why it matters, what to do about it, where, and who may."""

    title: str
    why: str
    do: str
    url: str
    permission: Permission = Permission.EDIT_PROGRAMME


@dataclass(slots=True)
class WaveState:
    """A wave with all that tells whether it can be planned, and how its plan holds."""

    wave: Wave
    on: date
    is_named: bool
    target: Target
    largest_team: str
    rules: Rules | None
    venues: list[Venue]
    facilitators: list[Facilitator]
    published: Plan | None
    newest: Plan | None
    groups: list[GroupRow]
    unplaced: set[int] = field(default_factory=set)
    """Of the target group, who has no place in any of the programme's published plans."""

    @property
    def people(self) -> int:
        return len(self.target.persons)

    @property
    def placed(self) -> int:
        """How many people the published groups have."""
        return sum(row.people for row in self.groups)

    @property
    def blocks(self) -> int:
        return len(self.wave.blocks.all())

    @property
    def closed(self) -> list[date]:
        """The Mondays of the closed weeks."""
        return [
            monday
            for weeks in self.wave.closed_weeks.all()
            for monday in mondays_between(weeks.first_monday, weeks.last_monday)
        ]

    @property
    def is_near(self) -> bool:
        """Whether it has started or does so soon."""
        return self.wave.starts_on <= self.on + SOON

    @property
    def is_over(self) -> bool:
        return self.wave.ends_on < self.on


@dataclass(slots=True)
class Overview:
    """Some programmes with everything that their cockpits need, read in a fixed number of queries."""

    on: date
    waves: list[Wave]
    standing: Standing
    groups: list[GroupRow]
    coverages: dict[int, Coverage]
    states: dict[int, WaveState]

    def waves_of(self, programme: Programme) -> list[Wave]:
        return [wave for wave in self.waves if wave.programme_id == programme.pk]

    def groups_of(self, programme: Programme) -> list[GroupRow]:
        return [row for row in self.groups if row.wave.programme_id == programme.pk]


def overview(programmes: Iterable[Programme], on: date) -> Overview:
    known = list(programmes)
    waves = waves_of(known)
    standing = standing_of(waves, on)
    coverages = {
        programme.pk: coverage_of(
            programme, [wave for wave in waves if wave.programme_id == programme.pk], standing, on
        )
        for programme in known
    }
    groups = group_rows(known, on)
    states = _states(waves, standing, coverages, groups, on)
    return Overview(on, waves, standing, groups, coverages, states)


def _states(
    waves: Sequence[Wave],
    standing: Standing,
    coverages: dict[int, Coverage],
    groups: Sequence[GroupRow],
    on: date,
) -> dict[int, WaveState]:
    published, newest = _plans(waves)
    venues, leaders = list(Venue.objects.all()), list(Facilitator.objects.all())
    largest = {target.largest_team[0] for target in standing.targets.values()}
    names = dict(ManagementTeam.objects.filter(pk__in=largest).values_list("pk", "name"))
    by_wave: dict[int, list[GroupRow]] = defaultdict(list)
    for row in groups:
        by_wave[row.wave.pk].append(row)
    states = {}
    for wave in waves:
        rules: Rules | None = getattr(wave, "rules", None)
        target = standing.targets[wave.pk]
        states[wave.pk] = WaveState(
            wave=wave,
            on=on,
            is_named=bool(standing.parts[wave.pk]),
            target=target,
            largest_team=names.get(target.largest_team[0], ""),
            rules=rules,
            venues=(list(rules.venues.all()) if rules else []) or venues,
            facilitators=(list(rules.facilitators.all()) if rules else []) or leaders,
            published=published.get(wave.pk),
            newest=newest.get(wave.pk),
            groups=by_wave[wave.pk],
            unplaced=coverages[wave.programme_id].without_place & target.persons,
        )
    return states


def _plans(waves: Sequence[Wave]) -> tuple[dict[int, Plan], dict[int, Plan]]:
    """The published and the newest plan by wave."""
    plans = Plan.objects.defer("given", "figures").filter(wave__in=[wave.pk for wave in waves])
    published: dict[int, Plan] = {}
    newest: dict[int, Plan] = {}
    for plan in plans.order_by("wave_id", "number"):
        newest[plan.wave_id] = plan
        if plan.state == Plan.State.PUBLISHED:
            published[plan.wave_id] = plan
    return published, newest


# ---- what is missing -----------------------------------------------------------------------------


def missing_in(found: Overview, programme: Programme) -> list[Missing]:
    """Everything that a programme needs, the most urgent first; one that is over needs nothing."""
    return [one for _urgency, one in sorted(ranked_in(found, programme), key=lambda pair: pair[0])]


def ranked_in(found: Overview, programme: Programme) -> list["Ranked"]:
    """What a programme needs, each with its urgency: the lower, the sooner."""
    if programme.ends_on < found.on:
        return []
    states = [found.states[wave.pk] for wave in found.waves_of(programme)]
    missing = [(10, one) for one in _waves_missing(programme, states)]
    for state in states:
        if state.is_near:
            missing += _in_wave(state)
    missing += _in_next_distant(states)
    missing += _for_new_managers(programme, found.coverages[programme.pk])
    if not programme.purpose:
        missing.append((90, _purpose(programme)))
    return missing


def missing_in_wave(state: WaveState) -> list[Missing]:
    """What one wave needs, the most urgent first; a pause, and a wave that is over, need nothing."""
    return [one for _urgency, one in sorted(_in_wave(state), key=lambda pair: pair[0])]


Ranked = tuple[int, Missing]


def _in_wave(state: WaveState) -> list[Ranked]:
    if state.wave.is_pause or state.is_over:
        return []
    hindrances = _found(BEFORE_A_PLAN, state, 20 if state.is_near else 60)
    plan = [] if hindrances else _found(ABOUT_THE_PLAN, state, 40 if state.is_near else 60)
    return [*hindrances, *plan, *_found(ABOUT_THE_GROUPS, state, 50)]


def _in_next_distant(states: Iterable[WaveState]) -> list[Ranked]:
    """What the first of the distant waves needs; those after it can wait for it."""
    distant = [state for state in states if not state.is_near]
    distant.sort(key=lambda state: state.wave.starts_on)
    return next(filter(None, map(_in_wave, distant)), [])


def _found(
    checks: Sequence[Callable[[WaveState], Missing | None]], state: WaveState, urgency: int
) -> list[Ranked]:
    found = ((urgency + rank, check(state)) for rank, check in enumerate(checks))
    return [(rank, one) for rank, one in found if one is not None]


def _said(n: int, words: str) -> str:
    """A number with its word, grouped as the language does: 8 048 people."""
    shown = number_format(n, 0, use_l10n=True, force_grouping=True).replace(" ", "\u00a0")
    return words % {"n": shown}


def _page(name: str, *args: int) -> str:
    return reverse(f"programme:{name}", args=args)


def _waves_missing(programme: Programme, states: Sequence[WaveState]) -> list[Missing]:
    if any(not state.wave.is_pause for state in states):
        return []
    title = _("%(programme)s has no wave yet") % {"programme": programme}
    why = _("A wave says who takes part, when, and in which blocks.")
    return [Missing(title, why, _("Add a wave"), _page("wave_new", programme.pk))]


def _purpose(programme: Programme) -> Missing:
    title = _("%(programme)s has no purpose in words") % {"programme": programme}
    why = _("Those who are called want to know what it is for.")
    return Missing(title, why, _("Write it"), _page("programme_edit", programme.pk))


def _for_new_managers(programme: Programme, coverage: Coverage) -> list[Ranked]:
    if not coverage.new:
        return []
    title = ngettext(
        "%(n)s new manager has no group", "%(n)s new managers have no group", coverage.new
    )
    why = ngettext(
        "They were appointed after the plan was made.",
        "They were appointed after the plan was made.",
        coverage.new,
    )
    url = f"{_page('coverage', programme.pk)}?state={covering.NEW}"
    return [
        (45, Missing(title % {"n": coverage.new}, why, _("See who"), url, Permission.SEE_PROGRAMME))
    ]


# ---- what hinders a plan -------------------------------------------------------------------------


def _no_target(state: WaveState) -> Missing | None:
    if state.is_named and state.people:
        return None
    about = {"wave": state.wave}
    if state.is_named:
        title = _("Nobody is in the target group of %(wave)s today") % about
        why = _("The roles, units and teams that it names have no employees.")
    else:
        title = _("%(wave)s has no target group") % about
        why = _("Choose roles, units, teams or people.")
    return Missing(title, why, _("Choose who"), _page("target", state.wave.pk))


def _no_blocks(state: WaveState) -> Missing | None:
    if state.blocks:
        return None
    title = _("%(wave)s has no blocks") % {"wave": state.wave}
    why = _("A block is a meeting of every group: say how many, and what about.")
    return Missing(title, why, _("Add blocks"), _page("blocks", state.wave.pk))


def _no_rules(state: WaveState) -> Missing | None:
    if state.rules:
        return None
    title = _("%(wave)s has no rules") % {"wave": state.wave}
    why = _("Sizes, weeks and the cap per unit are what every plan keeps.")
    return Missing(title, why, _("Set the rules"), _page("rules", state.wave.pk))


def _team_too_large(state: WaveState) -> Missing | None:
    size = state.target.largest_team[1]
    if state.rules is None or size <= state.rules.size_high:
        return None
    words = {"team": state.largest_team, "n": size, "high": state.rules.size_high}
    title = _("%(team)s does not fit into a group") % words
    why = _("The team has %(n)s people, a group at most %(high)s.") % words
    return Missing(title, why, _("Change the sizes"), _page("rules", state.wave.pk))


def _too_few_people(state: WaveState) -> Missing | None:
    if state.rules is None or not 0 < state.people < state.rules.size_low:
        return None
    words = {"wave": state.wave, "n": state.people, "low": state.rules.size_low}
    title = _("%(wave)s has too few people for a group") % words
    why = _("%(n)s people are in the target group; the smallest group has %(low)s.") % words
    return Missing(title, why, _("Change the sizes"), _page("rules", state.wave.pk))


def _too_few_seats(state: WaveState) -> Missing | None:
    seats = max((venue.seats for venue in state.venues), default=0)
    if state.rules is None or seats >= state.rules.size_high:
        return None
    words = {"n": state.rules.size_high, "wave": state.wave, "seats": seats}
    title = _("No venue seats %(n)s") % words
    if seats:
        why = _("So large may a group of %(wave)s be; the largest venue has %(seats)s.") % words
    else:
        why = _("So large may a group of %(wave)s be, and there is no venue yet.") % words
    return Missing(title, why, _("Add a venue"), _page("venues"))


def _no_facilitator(state: WaveState) -> Missing | None:
    if state.facilitators:
        return None
    why = _("Somebody leads every meeting.")
    return Missing(_("There is no facilitator"), why, _("Add one"), _page("facilitators"))


def _weeks_outside(state: WaveState) -> Missing | None:
    rules, wave = state.rules, state.wave
    if rules is None or wave.starts_on <= rules.first_day <= wave.ends_on:
        return None
    title = _("The first day of %(wave)s lies outside it") % {"wave": wave}
    why = _("The rules let groups meet on other days than the wave's.")
    return Missing(title, why, _("Change the weeks"), _page("rules", wave.pk))


def _too_few_weeks(state: WaveState) -> Missing | None:
    rules = state.rules
    if rules is None or blocks_fit(
        state.blocks, (rules.gap_low, rules.gap_high), rules.first_day, rules.weeks, state.closed
    ):
        return None
    title = _("The weeks of %(wave)s are too few") % {"wave": state.wave}
    why = too_few_weeks(state.blocks, rules, is_closed=bool(state.closed))
    return Missing(title, why, _("Change the weeks"), _page("rules", state.wave.pk))


def too_few_weeks(blocks: int, rules: Rules, *, is_closed: bool) -> str:
    """Why so many blocks do not fit into the weeks, in one sentence."""
    needed = weeks_needed(blocks, rules.gap_low)
    words = {"blocks": blocks, "needed": needed, "weeks": rules.weeks, "gap": rules.gap_low}
    if needed > rules.weeks or not is_closed:
        text = _(
            "%(blocks)s blocks with at least %(gap)s weeks between them need %(needed)s weeks, "
            "but there are %(weeks)s."
        )
    else:
        text = _("%(blocks)s blocks do not fit into %(weeks)s weeks around the closed ones.")
    return text % words


BEFORE_A_PLAN = (
    _no_target,
    _no_blocks,
    _no_rules,
    _team_too_large,
    _too_few_people,
    _weeks_outside,
    _too_few_weeks,
    _too_few_seats,
    _no_facilitator,
)


# ---- what the plan and its groups need -----------------------------------------------------------


def _no_plan(state: WaveState) -> Missing | None:
    if state.published:
        return None
    about = {"wave": state.wave}
    if state.newest:
        title = _("The plan of %(wave)s is not published") % about
        why = _("Nobody has dates before it is.")
        return Missing(title, why, _("Look at it"), _page("plan", state.newest.pk), PLAN)
    title = _("%(wave)s has no plan yet") % about
    counted = [_said(state.people, ngettext("%(n)s person", "%(n)s people", state.people))]
    if teams := len(state.target.teams):
        named = ngettext("%(n)s management team", "%(n)s management teams", teams)
        counted.append(_said(teams, named))
    why = _("All that it needs is there: %(counted)s.") % {"counted": ", ".join(counted)}
    return Missing(title, why, _("Make a plan"), _page("plans", state.wave.pk), PLAN)


def _newer_plan(state: WaveState) -> Missing | None:
    if not state.published or not state.newest or state.newest == state.published:
        return None
    title = _("A newer plan of %(wave)s is waiting") % {"wave": state.wave}
    why = _("It is not published; compare it with the one that holds.")
    return Missing(title, why, _("Compare"), _page("comparison", state.newest.pk), PLAN)


def _without_place(state: WaveState) -> Missing | None:
    n = len(state.unplaced)
    if not state.published or not n:
        return None
    title = ngettext(
        "%(n)s person of %(wave)s has no place", "%(n)s people of %(wave)s have no place", n
    )
    why = _("They came into the target group after the plan was made.")
    url = f"{_page('coverage', state.wave.programme_id)}?state={covering.State.MISSING}"
    return Missing(
        title % {"n": n, "wave": state.wave}, why, _("See who"), url, Permission.SEE_PROGRAMME
    )


def _have_left(state: WaveState) -> Missing | None:
    n = sum(row.left for row in state.groups if row.coming(state.on))
    if not n:
        return None
    title = ngettext(
        "%(n)s participant of %(wave)s has left", "%(n)s participants of %(wave)s have left", n
    )
    why = _("Their places are free; a new plan around the locked groups gives them away.")
    url = _page("plans", state.wave.pk)
    return Missing(title % {"n": n, "wave": state.wave}, why, _("Plan again"), url, PLAN)


def _without(state: WaveState, what: str) -> list[GroupRow]:
    return [row for row in state.groups if row.without(what, state.on)]


def _groups_page(state: WaveState, rows: Sequence[GroupRow]) -> str:
    if len(rows) == 1:
        return _page("group", rows[0].group.pk)
    return f"{_page('groups', state.wave.programme_id)}?needs=1"


def _without_facilitator(state: WaveState) -> Missing | None:
    rows = _without(state, "facilitator")
    if not rows:
        return None
    title = ngettext(
        "%(n)s group has no facilitator", "%(n)s groups have no facilitator", len(rows)
    )
    why = _("They meet, but nobody leads them.")
    return Missing(title % {"n": len(rows)}, why, _("See which"), _groups_page(state, rows), PLAN)


def _without_venue(state: WaveState) -> Missing | None:
    rows = _without(state, "venue")
    if not rows:
        return None
    title = ngettext("%(n)s group has no venue", "%(n)s groups have no venue", len(rows))
    why = _("They meet, but nobody knows where.")
    return Missing(title % {"n": len(rows)}, why, _("See which"), _groups_page(state, rows), PLAN)


def _vacancies(state: WaveState) -> Missing | None:
    vacant = {team: n for row in state.groups if row.coming(state.on) for team, n in row.vacancies}
    if not vacant:
        return None
    n = sum(vacant.values())
    title = ngettext("%(n)s place in a team is vacant", "%(n)s places in the teams are vacant", n)
    why = _("In %(teams)s.") % {"teams": ", ".join(sorted(str(team) for team in vacant))}
    first = next(iter(vacant))
    url = reverse("people:team", args=[first.pk]) if len(vacant) == 1 else reverse("people:teams")
    return Missing(title % {"n": n}, why, _("See which"), url, Permission.SEE_PEOPLE)


ABOUT_THE_PLAN = (_no_plan, _without_place, _newer_plan)
ABOUT_THE_GROUPS = (_without_facilitator, _without_venue, _have_left, _vacancies)
