"""A real employer's HR file through the whole product, one step after the other.

Used by the tests and by the benchmark: each step is a function of its own, so that it can be timed.
"""

import contextlib
import datetime as dt
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.test import Client
from django.urls import reverse

from modig.apps.accounts.models import User
from modig.apps.people.actions.proposals import accept_proposals, propose_teams
from modig.apps.people.actions.role_rules import add_rule
from modig.apps.people.models import Employment, ManagementTeam, RoleRule, StaffRole, TeamProposal
from modig.apps.programme.actions import make_plan_now, publish_plan
from modig.apps.programme.actions.programmes import create_programme
from modig.apps.programme.actions.resources import create_resource
from modig.apps.programme.actions.waves import add_block, add_roles, create_wave, save_rules
from modig.apps.programme.models import Facilitator, Plan, Programme, Venue, Wave
from modig.apps.tenancy.actions import add_member
from modig.apps.tenancy.models import Organisation
from modig.cli import main

CODE = "county"
AT = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)
START = dt.date(2027, 1, 11)
WEEKS = 40
NARROW = "manager"
BROAD = "manager|supervisor|chief|director|lieutenant|captain"
WEIGHTS = {"department": 3.0, "unit": 1.0, "gender": 0.5}
FILES = {
    "people.csv": "plan_people",
    "staff.csv": "plan_staff",
    "groups.csv": "plan_groups",
    "schedule.csv": "plan_schedule",
    "holidays.txt": "plan_holidays",
    "venues.csv": "plan_venues",
    "facilitators.csv": "plan_facilitators",
    "days_off.csv": "plan_days_off",
}


def read_in(file: Path) -> dict[str, int]:
    """``modig import`` as an administrator types it; the counts."""
    printed = io.StringIO()
    words = ["import", str(file), "--organisation", CODE, "--create", "County", "--json"]
    with contextlib.redirect_stdout(printed):
        status = main(words)
    answer = json.loads(printed.getvalue())
    assert status == 0, answer["rows"][:3]
    return {name: n for name, n in answer.items() if name != "rows"}


def owner_of(organisation: Organisation) -> User:
    """Somebody who may plan."""
    user = User.objects.named("owner@county.example", "Programme Owner", language="en")
    add_member(organisation, user, "programme-owner")
    return user


def make_roles(organisation: Organisation, words: str) -> int:
    """Everybody whose title holds one of the words becomes a manager; how many they are."""
    rule = RoleRule(organisation=organisation, words=words, role=StaffRole.MANAGER)
    add_rule(rule, on=AT.date(), by=None, at=AT)
    managers = Employment.objects.filter(role=StaffRole.MANAGER)
    return managers.values("person").distinct().count()


def make_teams() -> list[ManagementTeam]:
    """Accept every proposed team."""
    propose_teams(on=AT.date())
    return accept_proposals(TeamProposal.objects.all(), on=AT.date(), by=None, at=AT)


def make_wave(by: User) -> Wave:
    """A wave for every manager: three blocks over 40 weeks, 4 rooms, 6 facilitators, cap 15 %."""
    end = START + dt.timedelta(weeks=WEEKS) - dt.timedelta(days=1)
    programme = Programme(name="Brave leadership", starts_on=START, ends_on=end)
    create_programme(programme, by=by, at=AT)
    wave = create_wave(
        Wave(programme=programme, name="Wave 1", starts_on=START, ends_on=end), by=by, at=AT
    )
    add_roles(wave, [StaffRole.MANAGER], None, version=wave.version, by=by, at=AT)
    for number in range(1, 4):
        wave.refresh_from_db()
        title = f"Block {number}"
        add_block(wave, version=wave.version, title=title, focus="", days=1, by=by, at=AT)
    _rules(wave, by)
    return wave


def _rules(wave: Wave, by: User) -> None:
    venues = [Venue(name=f"Room {n}", seats=30) for n in range(1, 5)]
    facilitators = [Facilitator(name=f"Facilitator {n}") for n in range(1, 7)]
    for resource in (*venues, *facilitators):
        create_resource(resource, by=by, at=AT)
    rules = wave.rules
    rules.size_low, rules.size_high, rules.groups = 20, 28, 0
    rules.first_day, rules.weeks = START, WEEKS
    rules.gap_low, rules.gap_high, rules.cap_percent = 4, 10, 15
    rules.weights = WEIGHTS
    save_rules(rules, version=rules.version, venues=venues, facilitators=facilitators, by=by, at=AT)


def make_plan(wave: Wave, **limit: float) -> Plan:
    return make_plan_now(wave, at=AT, seed=1, **limit)


def publish(plan: Plan, by: User) -> Plan:
    return publish_plan(plan, at=AT, by=by)


def download(plan: Plan, by: User, folder: Path) -> None:
    """The files that the plan's page links, as its reader gets them."""
    client = Client()
    client.force_login(by)
    for name, view in FILES.items():
        answer = client.get(reverse(f"programme:{view}", args=[plan.pk]), SERVER_NAME="localhost")
        assert answer.status_code == 200, (name, answer.status_code)
        (folder / name).write_bytes(answer.content)


# ---- checking ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answers:
    """What the product keeps of a plan, what its command says, and what the reference says."""

    kept: dict
    command: dict
    groups: dict
    schedule: dict
    differences: list


def check(plan: Plan, folder: Path, reference: Path) -> Answers:
    """``modig plan check`` and the reference's checker on the downloaded files, beside each other."""
    apart, whole = _options(plan), ["--keep-together", "team"]
    cap = ["--cap", "0.15", "--unit", "unit", "--staff", str(folder / "staff.csv")]
    people, groups, dates = (str(folder / f"{n}.csv") for n in ("people", "groups", "schedule"))
    modig = [sys.executable, "-m", "modig.cli", "plan", "check"]
    everything = [*apart["groups"], *apart["schedule"], "--holidays", str(folder / "holidays.txt")]
    command = _run(*modig, people, groups, dates, *everything, *whole, *cap, "--json")
    theirs = [sys.executable, str(reference)]
    about_groups = _run(*theirs, "groups", people, groups, *apart["groups"], *whole, *cap)
    free = ["--holidays", str(folder / "holidays.txt")]
    about_dates = _run(
        *theirs, "schedule", people, groups, dates, *apart["schedule"], *free, *whole, *cap
    )
    kept = plan.figures
    return Answers(
        kept,
        command,
        about_groups,
        about_dates,
        _differences(kept, command, about_groups, about_dates),
    )


def _options(plan: Plan) -> dict[str, list[str]]:
    weights = ",".join(f"{name}={weight:g}" for name, weight in WEIGHTS.items())
    return {
        "groups": [
            "--groups", str(plan.groups.count()), "--size", "20-28", "--weights", weights
        ],
        "schedule": [
            "--blocks", "3", "--from", START.isoformat(), "--weeks", str(WEEKS), "--gap", "4-10",
            "--rooms", "4", "--facilitators", "6",
        ],
    }  # fmt: skip


def _run(*words: str) -> dict:
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def _differences(kept: dict, command: dict, groups: dict, schedule: dict) -> list[str]:
    """Every figure that is not the same wherever it stands, and every rule that is broken."""
    beside = {
        **dict.fromkeys(("value", "bound", "share", "excess"), (kept, command, groups)),
        **dict.fromkeys(("meetings", "days", "max_share_away"), (kept, command, schedule)),
    }
    told = {name: [one[name] for one in answers] for name, answers in beside.items()}
    told["raised_caps"] = [_caps(one["raised_caps"]) for one in (kept, command, groups, schedule)]
    told["broken"] = [
        kept["violations"],
        command["violations"],
        *({} if theirs["ok"] else theirs["errors"] for theirs in (groups, schedule)),
        {},
    ]
    return [
        f"{name}: {figures}"
        for name, figures in told.items()
        if any(f != figures[0] for f in figures)
    ]


def _caps(rows: list[dict]) -> list[tuple]:
    return sorted(
        (
            row["unit"] if isinstance(row["unit"], str) else row["unit"][0],
            row["n"],
            row["cap"],
            row["team"],
        )
        for row in rows
    )
