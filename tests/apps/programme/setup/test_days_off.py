"""Days on which a venue is closed or a facilitator is off: written as people do, kept by every plan."""

import datetime as dt
import json
import re

import pytest
from django.urls import reverse
from django.utils import translation

from apps.programme.planning_factories import START, make_organisation, make_wave, noon
from modig.apps.programme.actions import make_plan_now
from modig.apps.programme.actions.plans import move_meeting
from modig.apps.programme.days_off import NoDayError, days_in, read_days_off
from modig.apps.programme.forms.resources import FacilitatorForm
from modig.apps.programme.models import Facilitator, Meeting, Plan, Venue
from modig.apps.programme.queries.plans import MeetingRow
from modig.cli.plan import main


@pytest.mark.parametrize(
    "written",
    [
        "2027-03-01\n2027-03-08–2027-03-10",
        " 2027-03-08 - 2027-03-10 ,\n\n2027-03-01;",
        "2027-03-08..2027-03-10\r\n2027-03-01\n2027-03-01",
        "2027-03-08 till 2027-03-10\n2027-03-01",
    ],
)
def test_days_are_read_however_they_are_written(written):
    kept = read_days_off(written)

    assert kept == "2027-03-01\n2027-03-08–2027-03-10"
    assert read_days_off(kept) == kept
    assert [day.day for day in days_in(kept)] == [1, 8, 9, 10]


@pytest.mark.parametrize(
    "line", ["Monday", "2027-02-30", "2027-03-10–2027-03-08", "2027-01-01–2029-01-01", "1–2–3"]
)
def test_what_is_no_day_is_named_with_its_line(line):
    with pytest.raises(NoDayError) as told:
        read_days_off(f"2027-03-01\n\n{line}")

    assert told.value.args == (3, line)


@pytest.mark.django_db
def test_form_says_which_line_is_no_day(organisation):
    form = FacilitatorForm({"name": "Ada", "days_off": "2027-03-01\nnext week"})

    with translation.override("en"):
        assert str(form.errors["days_off"][0]).startswith("Line 2, “next week”, is no day: write")


@pytest.fixture
def plan(organisation):
    """A plan made while one leader has January off and one room is closed on the first Tuesdays."""
    make_organisation()
    wave = make_wave()
    Facilitator.objects.filter(name="Leader 1").update(days_off="2027-01-11–2027-01-31")
    Venue.objects.filter(name="Room 1").update(closed_days="2027-01-12\n2027-01-19")
    return make_plan_now(wave, at=noon(), steps=20_000)


def meetings_of(plan):
    return Meeting.objects.filter(group__plan=plan)


@pytest.mark.django_db
def test_nobody_leads_on_a_day_off_and_no_group_meets_where_it_is_closed(plan):
    january = meetings_of(plan).filter(days__on__lt=dt.date(2027, 2, 1))

    assert plan.figures["violations"] == {}
    assert not january.filter(facilitator__name="Leader 1").exists()
    assert not january.filter(
        venue__name="Room 1", days__on__in=["2027-01-12", "2027-01-19"]
    ).exists()


@pytest.mark.django_db
def test_files_of_the_page_hold_the_days_and_give_the_numbers_of_the_page(
    plan, signed_in, tmp_path, monkeypatch, capsys
):
    first = meetings_of(plan).filter(block__number=1).select_related("group", "venue").first()
    row = MeetingRow(first.group.name, 1, (START,), first.venue.name, "Leader 1")
    move_meeting(plan, first, row=row, version=plan.version, by=None, at=noon())
    client = signed_in("programme-owner")
    page = client.get(reverse("programme:plan", args=[plan.pk])).content.decode()
    for address, name in re.findall(r'href="(/plans/\d+/([a-z_]+\.(?:csv|txt)))"', page):
        (tmp_path / name).write_bytes(client.get(address).content)
    command = re.search(r'<pre class="command"[^>]*><code>(.*?)</code>', page, re.DOTALL)[1]
    monkeypatch.chdir(tmp_path)

    code = main([*command.split()[2:], "--json"])

    assert code == 1
    found = json.loads(capsys.readouterr().out)["violations"]
    assert found == Plan.objects.get(pk=plan.pk).figures["violations"]
    assert found["facilitator_off"] == 1
    assert "--days-off days_off.csv" in command
