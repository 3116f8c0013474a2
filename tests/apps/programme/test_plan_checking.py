"""The numbers on the page are the checker's: ours at the command line, and the independent one."""

import html
import json
import re
import shlex
import subprocess
import sys

import pytest
from django.urls import reverse

from apps.programme.planning_factories import START, make_organisation, make_person, make_wave, noon
from modig.apps.programme.actions import make_plan_now
from modig.apps.programme.actions.plans import move_team
from modig.apps.programme.models import (
    Block,
    ClosedWeeks,
    GroupQuota,
    KeepApart,
    Plan,
    TargetPart,
    TeamAway,
    UnitCap,
)
from modig.cli.plan import main
from reference import reference

pytestmark = pytest.mark.django_db
FILES = (
    "people",
    "groups",
    "schedule",
    "staff",
    "keep_apart",
    "unit_caps",
    "holidays",
    "unavailable",
)


@pytest.fixture
def plan(organisation):
    """A plan under every kind of rule: lone persons, kept apart, low caps, closed weeks."""
    own = {"organisation": organisation}
    teams = make_organisation()
    weights = {"department": 3, "role": 0.5, "workplace": 1, "gender": 1}
    wave = make_wave(days=2, size_low=14, size_high=20, weights=weights, weeks=35)
    for k, unit in enumerate((teams[0].unit, teams[4].unit)):
        person = make_person(f"=A{k}", unit)
        TargetPart.objects.create(**own, wave=wave, person=person)
    KeepApart.objects.create(**own, wave=wave, team_a=teams[0], team_b=teams[5])
    UnitCap.objects.create(**own, wave=wave, unit=teams[3].unit, percent=10)
    away = "2027-02-01–2027-02-19\n2027-04-12"
    TeamAway.objects.create(**own, wave=wave, team=teams[2], days=away)
    ClosedWeeks.objects.create(**own, wave=wave, first_monday=START, last_monday=START)
    return make_plan_now(wave, at=noon(), steps=40_000)


@pytest.fixture
def downloaded(plan, signed_in, tmp_path):
    """Fetch the page and its files as a visitor would: the page's text and the folder."""
    client = signed_in("programme-owner")

    def fetch():
        page = client.get(reverse("programme:plan", args=[plan.pk])).content.decode()
        for name in FILES:
            answer = client.get(reverse(f"programme:plan_{name}", args=[plan.pk]))
            ending = "txt" if name == "holidays" else "csv"
            (tmp_path / f"{name}.{ending}").write_bytes(answer.content)
        return page, tmp_path

    return fetch


def command_on(page):
    text = re.search(r'<pre class="command"[^>]*><code>(.*?)</code>', page, re.DOTALL)[1]
    words = shlex.split(html.unescape(text))
    assert words[:3] == ["modig", "plan", "check"]
    return words[3:]


def figures_on(page):
    """What the page shows, by the order of its tables: the figures, then the excess."""
    figures, excess = (
        [float(n) for n in re.findall(r'<data value="([^"]*)"', table)]
        for table in re.findall(
            r'<table class="cost (?:figures|excess)">.*?</table>', page, re.DOTALL
        )
    )
    names = ("violations", "value", "bound", "share", "max_share_away", "meetings", "days")
    return dict(zip(names, figures, strict=True)), excess


def checked(words, folder, capsys, monkeypatch):
    monkeypatch.chdir(folder)
    code = main(["check", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_command_on_the_page_finds_the_numbers_on_the_page(plan, downloaded, capsys, monkeypatch):
    page, folder = downloaded()

    code, found = checked(command_on(page), folder, capsys, monkeypatch)

    shown, excess = figures_on(page)
    assert code == 0
    assert shown["violations"] == sum(found["violations"].values()) == 0
    for name in ("value", "bound", "share", "max_share_away", "meetings", "days"):
        assert shown[name] == found[name], name
    assert excess == list(found["excess"].values())
    raised = {
        (one["unit"], one["n"], one["plain"], one["cap"]) for one in plan.figures["raised_caps"]
    }
    assert raised == {
        (one["unit"][0], one["n"], one["plain_cap"], one["cap"]) for one in found["raised_caps"]
    }


def test_numbers_stay_the_checkers_after_a_move_that_breaks_rules(
    plan, downloaded, capsys, monkeypatch
):
    placement = plan.groups.first().placements.select_related("team").first()
    move_team(
        plan,
        key=("team", placement.team.code),
        to=plan.groups.last(),
        version=plan.version,
        by=None,
        at=noon(),
    )
    page, folder = downloaded()

    code, found = checked(command_on(page), folder, capsys, monkeypatch)

    shown, excess = figures_on(page)
    assert code == 1
    assert found["violations"] == Plan.objects.get(pk=plan.pk).figures["violations"] != {}
    assert shown["violations"] == sum(found["violations"].values())
    assert (shown["value"], shown["share"]) == (found["value"], found["share"])
    assert excess == list(found["excess"].values())


def test_independent_checker_finds_the_numbers_on_the_page(plan, downloaded):
    checker = reference("reference/planning/check.py")
    page, folder = downloaded()
    given = dict(zip(*[iter(command_on(page)[3:])] * 2, strict=True))

    groups = _run(
        checker, folder, "groups", "people.csv", "groups.csv",
        *_options(given, "groups", "size", "weights", "keep-together", "keep-apart", "cap", "unit",
                  "staff"),
    )  # fmt: skip
    dates = _run(
        checker, folder, "schedule", "people.csv", "groups.csv", "schedule.csv",
        *_options(given, "blocks", "cap", "gap", "rooms", "facilitators", "from", "weeks", "length",
                  "closed", "days", "holidays", "unit", "staff", "keep-together", "unavailable"),
    )  # fmt: skip

    shown, excess = figures_on(page)
    assert groups["errors"] == dates["errors"] == []
    for name in ("value", "bound", "share"):
        assert shown[name] == groups[name], name
    assert excess == list(groups["excess"].values())
    for name in ("max_share_away", "meetings", "days"):
        assert shown[name] == dates[name], name


def _options(given, *names):
    return [word for name in names for word in (f"--{name}", given[f"--{name}"])]


def _run(checker, folder, *words):
    ran = subprocess.run(
        [sys.executable, checker, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return json.loads(ran.stdout)


def test_blocks_of_different_lengths_are_checked_too(
    organisation, signed_in, tmp_path, capsys, monkeypatch
):
    make_organisation(departments=2, teams_each=2)
    wave = make_wave(size_low=5, size_high=20)
    Block.objects.filter(wave=wave, number=2).update(days=2)
    plan = make_plan_now(wave, at=noon(), steps=10_000)
    client = signed_in("programme-owner")
    for name in FILES:
        answer = client.get(reverse(f"programme:plan_{name}", args=[plan.pk]))
        (tmp_path / f"{name}.{'txt' if name == 'holidays' else 'csv'}").write_bytes(answer.content)
    page = client.get(reverse("programme:plan", args=[plan.pk])).content.decode()

    words = command_on(page)
    code, found = checked(words, tmp_path, capsys, monkeypatch)

    assert words[words.index("--length") + 1] == "1,2,1"
    assert (code, found["violations"]) == (0, {})


def test_files_hold_no_formula(plan, downloaded):
    _, folder = downloaded()

    assert "\n'=A0," in (folder / "people.csv").read_text(encoding="utf-8")
    assert "\n'=A0," in (folder / "groups.csv").read_text(encoding="utf-8")
    assert "\n=A0" not in (folder / "staff.csv").read_text(encoding="utf-8")


def test_command_can_be_pasted_whatever_a_quota_holds(organisation, signed_in):
    make_organisation()
    wave = make_wave(size_low=14, size_high=20)
    asked = {"attribute": "department", "value": "D1", "least": 1, "or_none": True}
    GroupQuota.objects.create(organisation=organisation, wave=wave, **asked)
    plan = make_plan_now(wave, at=noon(), steps=40_000)

    page = signed_in("programme-owner").get(reverse("programme:plan", args=[plan.pk]))

    words = command_on(page.content.decode())
    assert words[words.index("--quota") + 1] == "department=D1:0|1-"
    assert "&#x27;department=D1:0|1-&#x27;" in page.content.decode()
