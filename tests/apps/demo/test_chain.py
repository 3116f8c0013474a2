"""The chain of the full demo: its numbers, its texts, its stories, and the way from end to end."""

import json
import re
from collections import Counter
from itertools import combinations

import pytest
from django.urls import reverse

from modig.apps.accounts.models import User
from modig.apps.demo.chain.initiatives import CONTENT
from modig.apps.demo.malarvik.stories import STORIES
from modig.apps.demo.users import email_of
from modig.apps.direction.models import Agreement, Assignment, FocusArea, Goal, Revision, Vision
from modig.apps.initiatives.demands import missing_for
from modig.apps.initiatives.models import (
    Benefit,
    DiaryEntry,
    Initiative,
    Quotation,
    Reading,
    Stage,
)
from modig.apps.initiatives.queries.benefits import claims_of, proofs_of
from modig.apps.people.models import UnitSuccession
from modig.apps.programme.models import Meeting, Promise
from modig.apps.surveys.models import Invitation, Round

STAGES = [Stage.IDEA, Stage.STARTED, Stage.UNDER_WAY, Stage.RESULT_SHOWN, Stage.EMBEDDED]
LANGUAGES = ("sv", "en")


@pytest.fixture(scope="module")
def content():
    return [json.loads(line) for line in CONTENT.read_text(encoding="utf-8").splitlines()]


# ---- numbers -------------------------------------------------------------------------------------


def test_vision_has_four_focus_areas_and_ten_goals_that_reach_down_to_units(demo):
    assert Vision.objects.get().title == "Tillsammans gör vi Mälarvik"
    assert FocusArea.objects.count() == 4
    assert Goal.objects.filter(parent=None).count() == 10
    assert Goal.objects.exclude(parent=None).exclude(unit=None).count() == 12
    assert Revision.objects.filter(kind="leadershipstatement").count() == 2


def test_initiatives_are_exactly_400_in_their_stages(demo):
    codes = list(Initiative.objects.order_by("code").values_list("code", flat=True))
    stages = Counter(Initiative.objects.values_list("stage", flat=True))

    assert codes == [f"MV-{number:03}" for number in range(1, 401)]
    assert stages == {
        "idea": 38, "started": 141, "under_way": 124, "result_shown": 57, "embedded": 28,
        "stopped": 12,
    }  # fmt: skip


def test_23_clusters_61_across_units_and_96_with_readings(demo, content):
    clusters = Counter(row["cluster"] for row in content if row["cluster"])
    joined = Initiative.objects.filter(partner_units__isnull=False).distinct()
    read = Initiative.objects.filter(benefits__readings__isnull=False).distinct()

    assert len(clusters) == 23
    assert min(clusters.values()) >= 6
    assert (joined.count(), read.count()) == (61, 96)


def test_promises_are_1240_and_71_per_cent_are_told_about(demo):
    told = Promise.objects.exclude(outcome="")

    assert Promise.objects.count() == 1240
    assert round(told.count() / 1240, 2) == 0.71
    assert set(told.values_list("outcome", flat=True)) == {"used", "tried", "not_yet"}


def test_nobody_promises_the_same_twice_at_a_meeting(demo):
    made = Counter(Promise.objects.values_list("person", "meeting", "what"))

    assert max(made.values()) == 1


def test_managers_are_assigned_and_70_pairs_of_units_have_agreed(demo):
    kinds = Counter(Agreement.objects.values_list("kind", flat=True))

    assert Assignment.objects.count() == 370
    assert kinds == {"horizontal": 70, "vertical": 30}
    assert Agreement.objects.filter(commitments=None).count() == 0


def test_every_block_that_was_held_has_its_form_answered(demo):
    held = Meeting.objects.filter(days__on__lt="2026-11-20", group__plan__state="published")
    rounds = Round.objects.filter(form="block")

    assert set(rounds.values_list("meeting", flat=True)) == set(held.values_list("pk", flat=True))
    for one in [*rounds, Round.objects.get(form="shared-picture")]:
        invited = Invitation.objects.filter(round=one)
        assert invited.filter(has_answered=True).count() >= invited.count() * 0.6


def test_every_initiative_has_what_its_stage_asks_for(demo):
    wanting = [
        (one.code, stage, str(demand.text))
        for one in Initiative.objects.exclude(kind="everyday").exclude(stage=Stage.STOPPED)
        for stage in STAGES[: STAGES.index(Stage(one.stage)) + 1]
        for demand in missing_for(one, stage)
    ]

    assert wanting == []


def test_register_holds_what_is_shown_what_only_leans_what_got_worse_and_what_is_unread(demo):
    claims = claims_of(Benefit.objects.all())
    words = Counter(proof.code for proof in proofs_of(claims).values())

    assert set(words) >= {"shown", "leaning", "none", "worse", "unread"}
    assert words["shown"] < len(claims) * 0.7


# ---- texts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_descriptions_share_more_than_half_of_their_four_grams(language, content):
    parts = ("title", "why", "hypothesis", "learning")
    grams = []
    for row in content:
        text = " ".join(row[part][language] for part in parts if part in row)
        words = re.findall(r"\w+", text.casefold())
        grams.append({tuple(words[n : n + 4]) for n in range(len(words) - 3)})

    shared = max(
        len(one & other) / min(len(one), len(other)) for one, other in combinations(grams, 2)
    )

    assert shared <= 0.5


def test_everything_told_is_told_in_both_languages(demo):
    for model, fields in (
        (Initiative, ("title", "why", "hypothesis", "group_text", "learning", "routine")),
        (Benefit, ("name", "indicator", "measure", "chain", "method", "cost", "evidence")),
        (DiaryEntry, ("text",)),
        (Reading, ("note",)),
        (Quotation, ("text", "who", "purpose")),
        (Promise, ("what", "told", "with_whom")),
        (Assignment, ("title", "text")),
    ):
        for row in model.objects.only("translations", *fields):
            english = row.translations.get("en", {})
            missing = [name for name in fields if getattr(row, name) and not english.get(name)]
            assert not missing, (model.__name__, row.pk, missing)


# ---- the six stories -----------------------------------------------------------------------------


@pytest.mark.parametrize("code", STORIES)
def test_story_is_full(code, demo):
    one = Initiative.objects.get(code=code)
    benefits = one.benefits.all()

    assert one.stage in {Stage.RESULT_SHOWN, Stage.EMBEDDED}
    assert one.details
    assert one.translations["en"]["details"]
    assert (one.steps.count(), one.diary.count() >= 8) == (4, True)
    assert one.gates.filter(is_passed=True).count() >= 3
    assert one.quotations.count() >= 2
    assert benefits.count() == 3
    assert benefits.filter(national__values__isnull=False).exists()
    assert all(benefit.method and benefit.assumptions and benefit.cost for benefit in benefits)
    assert not benefits.filter(readings=None).exists()


def test_some_readings_say_how_good_they_are_and_the_newest_sick_leave_is_provisional(demo):
    stories = Reading.objects.filter(benefit__initiative__code__in=STORIES)

    assert stories.exclude(note="").count() >= 10
    late = Reading.objects.get(benefit__name="Friskare personal", is_provisional=True)
    assert late.note.startswith("Preliminär")


def test_two_quotations_wait_for_consent(demo):
    waiting = Quotation.objects.filter(consent_on=None)

    assert [one.initiative.code for one in waiting] == ["MV-004", "MV-005"]


@pytest.mark.parametrize(("code", "before"), [("MV-001", 2), ("MV-005", 2)])
def test_units_change_on_the_day_that_the_diary_tells(code, before, demo):
    one = Initiative.objects.get(code=code)
    changes = UnitSuccession.objects.filter(after=one.unit)

    assert changes.count() == before
    assert {change.on for change in changes} == {one.benefits.first().changed_on} or (
        {change.on.isoformat() for change in changes} == {one.details.get("merges_on")}
    )


# ---- from end to end -----------------------------------------------------------------------------

LINK = re.compile(r'href="([^"#]+)(?:#[^"]*)?"')
IN_THE_CHAIN = re.compile(
    r"/(direction/|goals/\d+/|thread/|initiatives/(\d+/)?|benefits/(\d+/)?)(\?.*)?$"
)


class Walk:
    """A way over the pages of the chain by the links on them; each is read once."""

    def __init__(self, client):
        self.client, self.links = client, {}

    def steps(self, start, goal):
        """How many presses it takes at most; more than four are None."""
        seen, edge = {start}, [start]
        for step in range(1, 5):
            following = []
            for page in edge:
                links = self.links_of(page)
                if goal in links:
                    return step
                following += [link for link in links if link not in seen]
                seen.update(links)
            edge = following
        return None

    def links_of(self, page):
        if page not in self.links:
            answer = self.client.get(page)
            assert answer.status_code == 200, page
            main = answer.content.decode().split("<main", 1)[-1]
            found = [link.replace("&amp;", "&") for link in LINK.findall(main)]
            whole = [f"{page.split('?')[0]}{x}" if x.startswith("?") else x for x in found]
            self.links[page] = [x for x in whole if IN_THE_CHAIN.match(x) and "format=" not in x]
        return self.links[page]


def test_from_each_story_to_the_vision_and_to_who_gains_and_back_in_four_presses(demo, client):
    client.force_login(User.objects.get(email=email_of("chief-executive")))
    walk, vision = Walk(client), reverse("direction:direction")
    taken = {}

    for one in Initiative.objects.filter(code__in=STORIES):
        page = reverse("initiatives:initiative", args=[one.pk])
        gain = f"{reverse('initiatives:benefits')}?beneficiary={one.beneficiary}"
        ways = ((page, vision), (vision, page), (page, gain), (gain, page))
        taken[one.code] = [walk.steps(start, goal) for start, goal in ways]

    assert len(taken) == 6
    assert all(steps is not None and steps <= 4 for way in taken.values() for steps in way), taken
