"""From signing in over an employer's real HR file to the calendar of a participant."""

import csv
import io
import json
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from pages.browsing import DESK, PHONE
from pages.site import PASSWORD
from pages.steps import Visitor, number_in, sign_in
from reference import reference

REAL_FILE = "data/montgomery-2016/employees.csv"
SOME_DEPARTMENTS = {"DLC", "DEP", "FIN", "DPS", "DTS"}
FIRST_DAY = date.fromisocalendar(date.today().year + 1, 2, 1)  # noqa: DTZ011 -- any day ahead
LAST_DAY = FIRST_DAY + timedelta(weeks=40)
BLOCKS = ("See", "Try", "Carry on")
STOCKHOLM = ZoneInfo("Europe/Stockholm")


@dataclass
class Way:
    """How the journey is made: on which screen, with how much of the file, with scripts or not."""

    size: dict
    people: int
    managers: int
    rooms: int
    facilitators: int
    script: bool = True
    is_whole: bool = False


WAYS = {
    "desk": Way(DESK, 9228, 751, rooms=4, facilitators=6, is_whole=True),
    "phone": Way(PHONE, 1049, 202, rooms=2, facilitators=2),
    "without scripts": Way(DESK, 1049, 202, rooms=2, facilitators=2, script=False),
}


@pytest.fixture
def staff_file(tmp_path):
    """The real file, or some departments of it."""

    def make(way):
        path = reference(REAL_FILE)
        if way.is_whole:
            return path
        with path.open(newline="") as source:
            head, *rows = csv.reader(source)
        part = tmp_path / "staff.csv"
        with part.open("w", newline="") as target:
            kept = [row for row in rows if row[2] in SOME_DEPARTMENTS]
            csv.writer(target).writerows([head, *kept])
        return part

    return make


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_from_an_hr_file_to_a_calendar(way, browsing, staff_file, tmp_path):
    path = staff_file(way)
    page = browsing.window(way.size, script=way.script, language="en")
    sign_in(page, browsing.site.new_owner(), PASSWORD)
    vera = Visitor(page, script=way.script)

    read_in(vera, path, way)
    name_managers(vera, way)
    make_teams(vera, way)
    wave = set_up_programme(vera, way)
    plan = make_plan(vera, wave, way)
    check_plan(vera, plan, way, tmp_path)
    see_why_teams_are_where_they_are(vera, plan)
    see_who_meets_whom(vera, plan)
    see_that_nobody_has_come_or_gone(vera, plan)
    ask_what_a_move_costs(vera, plan)
    lock_a_team(vera, plan)
    publish(vera, plan)
    person, of_group = look_at_a_group(vera, plan)
    as_participant = browsing.window(way.size, script=way.script, language="en")
    look_at_her_own_dates(as_participant, browsing.site.new_participant(person), of_group)


def read_in(vera, path, way):
    vera.open("/people/imports/")
    vera.fill(file=path)
    vera.press()
    assert vera.page.url.endswith("/columns/")
    vera.press()
    assert counts_on(vera.page)["new"] == way.people
    vera.press()
    vera.wait_for("form[action$='/undoing/']")
    vera.open("/people/")
    assert number_in(vera.page.locator("nav[aria-label=Pages]").inner_text().split("of")[1]) == (
        way.people
    )


def counts_on(page):
    names = page.locator("main .stats dt").all_inner_texts()
    numbers = page.locator("main .stats dd").all_inner_texts()
    return {n.casefold(): number_in(text) for n, text in zip(names, numbers, strict=True)}


def name_managers(vera, way):
    vera.open("/people/imports/role-rules/")
    vera.fill(words="manager")
    if not way.script:
        vera.page.locator("button[name=try]").click()
    vera.page.locator("#matches", has_text=str(way.managers)).wait_for()
    vera.press()
    rules = vera.page.locator("main form[action$='/deletion/']")
    assert rules.count() == 1


def make_teams(vera, way):
    vera.open("/people/imports/team-proposals/")
    vera.press()
    proposed = vera.page.locator("input[type=checkbox][name=team]").count()
    assert way.managers / 12 <= proposed <= way.managers / 6
    vera.press()
    assert vera.page.url.endswith("/teams/")
    seats = list_at(vera, "/teams/?format=csv")
    assert len({row[0] for row in seats}) == proposed


def list_at(vera, address):
    """The rows of a list that people download, without its header."""
    text = vera.download(address).decode("utf-8-sig")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))[1:]


def set_up_programme(vera, way):
    vera.open("/programmes/new/")
    vera.fill(name="Brave leadership", starts_on=FIRST_DAY, ends_on=LAST_DAY)
    vera.press()
    programme = vera.page.url
    vera.open(f"{programme}waves/new/")
    vera.fill(name="First wave", starts_on=FIRST_DAY, ends_on=LAST_DAY)
    vera.press()
    wave = vera.page.url
    vera.open(f"{wave}target/")
    vera.press()
    assert number_in(vera.page.locator("h1").inner_text()) == way.managers
    for title in BLOCKS:
        vera.open(f"{wave}blocks/")
        vera.fill(title=title)
        vera.press()
    for number in range(way.rooms):
        vera.open("/venues/new/")
        vera.fill(name=f"Room {number}", seats=30)
        vera.press()
    for number in range(way.facilitators):
        vera.open("/facilitators/new/")
        vera.fill(name=f"Leader {number}")
        vera.press()
    vera.open(f"{wave}rules/")
    vera.fill(size_low=20, size_high=28, gap_low=4, gap_high=10, weeks=40, cap_percent=15)
    vera.press()
    vera.open(f"{wave}blocks/")
    assert vera.page.locator("ol.blocks li").count() == len(BLOCKS)
    return wave


def make_plan(vera, wave, way):
    """For the whole file in the time that she gave; for a part of it she takes the best so far."""
    vera.open(f"{wave}plans/")
    vera.fill(seconds="10")
    vera.press()
    if not way.is_whole:
        vera.wait_for("main .job p:has-text('Best so far')")
        vera.page.locator("main .job button[id$='-stop']").click()
    vera.wait_for("main .next a[href^='/plans/']")
    assert vera.page.locator("main .todo h3").count() == 1
    vera.follow("/plans/")
    return vera.page.url


def check_plan(vera, plan, way, folder):
    """The numbers of the page are those of the check that it names, and of the reference's."""
    shown = figures_on(vera.page)
    assert shown["violations"] == 0
    command = shlex.split(vera.page.locator("pre.command code").text_content())
    for name in [word for word in command if word.endswith((".csv", ".txt"))]:
        (folder / name).write_bytes(vera.download(f"{plan}{name}"))
    assert len((folder / "groups.csv").read_text().splitlines()) == way.managers + 1

    words = [sys.executable, "-m", "modig.cli", *command[1:], "--json"]
    found = json_of(words, folder)
    theirs = reference_check(command, folder)

    for checked in (found, theirs):
        assert checked["value"] == pytest.approx(shown["value"])
        assert checked["bound"] == pytest.approx(shown["bound"])
        assert checked["max_share_away"] == pytest.approx(shown["away"])
    assert found["status"] == "ok"
    assert theirs["ok"]


def figures_on(page):
    numbers = page.locator("#evidence .figures data").evaluate_all(
        "(all) => all.map((one) => Number(one.value))"
    )
    return dict(zip(("violations", "value", "bound", "share", "away"), numbers, strict=False))


def json_of(words, folder):
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stdout, done.stderr
    return json.loads(done.stdout)


def reference_check(command, folder):
    """What the independent checker says of the groups and of the dates."""
    files, options = command[3:6], dict(zip(command[6::2], command[7::2], strict=True))
    options.pop("--days")
    shared = ("--keep-together", "--unit", "--staff", "--cap")
    of_groups = ("--groups", "--size", "--weights", *shared)
    of_dates = set(options) - {"--groups", "--size", "--weights"}
    program = [sys.executable, str(reference("reference/planning/check.py"))]
    groups = [word for name in of_groups for word in (name, options[name])]
    dates = [word for name in of_dates for word in (name, options[name])]
    first = json_of([*program, "groups", *files[:2], *groups], folder)
    second = json_of([*program, "schedule", *files, *dates], folder)
    return {**first, **second, "ok": first["ok"] and second["ok"]}


def see_why_teams_are_where_they_are(vera, plan):
    """Opened on the first card, or without scripts on a page of its own."""
    vera.open(plan)
    card = vera.page.locator("article.group").first
    card.locator("summary", has_text="Why here?").click()
    if not vera.script:
        card.locator("a[href$='/reasons/']").click()
    vera.page.locator(".why-here li .why").first.wait_for()


def see_who_meets_whom(vera, plan):
    vera.open(f"{plan}contacts/")
    before, planned, most = (
        float(text.rstrip("%")) for text in vera.page.locator("main .stats dd").all_inner_texts()
    )
    assert before < planned <= most


def see_that_nobody_has_come_or_gone(vera, plan):
    vera.open(f"{plan}changes/")
    vera.page.locator("main .lead", has_text="The same people").wait_for()


def ask_what_a_move_costs(vera, plan):
    """By keyboard alone; and then rather not."""
    keys, page = vera.page.keyboard, vera.page
    vera.open(plan)
    page.locator("main a.move:visible").first.focus()
    keys.press("Enter")
    page.locator("select[name=to]").focus()
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Enter")
    page.locator("table.cost", has_text="Cap of the units").wait_for()
    page.locator("[data-dismiss]").focus()
    keys.press("Enter")
    page.wait_for_url(re.compile(rf"{plan}(\?.*)?(#.*)?$"))
    assert figures_on(page)["violations"] == 0


def lock_a_team(vera, plan):
    vera.open(plan)
    locks = vera.page.locator("button[form=locks][value^='team:']")
    name = locks.first.get_attribute("value")
    locks.first.click()
    vera.page.locator(f"button[name=free][value='{name}']").wait_for()


def publish(vera, plan):
    vera.follow(f"{path_of(plan)}publication/")
    vera.press()
    vera.open(plan)
    assert not vera.page.locator(f"main a[href='{path_of(plan)}publication/']").count()


def path_of(address):
    return "/" + address.split("/", 3)[3]


def look_at_a_group(vera, plan):
    """The key of somebody in a group of the plan, and what stands in the group's calendar."""
    vera.open(plan)
    vera.follow("/groups/")
    people = vera.page.locator("main a[href^='/participants/']")
    assert 20 <= people.count() <= 28
    of_group = calendar_on(vera)
    assert len(of_group) == len(BLOCKS)
    sheet = vera.page.locator("main a[href$='/attendance.pdf']").first.get_attribute("href")
    assert vera.download(sheet).startswith(b"%PDF")
    address = people.first.get_attribute("href")
    vera.open(address)
    shown = vera.page.locator("main").inner_text()
    assert all(title in shown for title in BLOCKS)
    return int(address.strip("/").split("/")[-1]), of_group


def look_at_her_own_dates(page, email, of_group):
    sign_in(page, email, PASSWORD)
    vivi = Visitor(page)
    vivi.open("/mine/")

    own = calendar_on(vivi)

    assert [event.start for event in own] == [event.start for event in of_group]
    assert [title for event in own for title in BLOCKS if title in event["summary"]] == [*BLOCKS]
    for event in own:
        assert event.start.astimezone(STOCKHOLM).strftime("%H:%M") == "08:30"
        assert event["location"].startswith("Room")


def calendar_on(vera):
    """The events of the calendar whose address the page shows."""
    address = vera.page.locator("#calendar-address").input_value()
    return sorted(Calendar.from_ical(vera.download(address)).events, key=lambda one: one.start)
