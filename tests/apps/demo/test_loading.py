"""Every size of the demo loads, by itself and again."""

import json

import pytest
from django.db import transaction

from modig.apps.demo.actions import NotADemoDatabaseError, ensure_demo, load_demo
from modig.apps.demo.malarvik import generate
from modig.apps.demo.queries import CODE, loaded_size
from modig.apps.demo.stored_plans import FOLDER
from modig.apps.demo.users import email_of
from modig.apps.people.models import Person
from modig.apps.programme.models import Group, Meeting, Plan
from modig.apps.tenancy.actions import create_organisation
from modig.apps.tenancy.models import Organisation
from modig.apps.tenancy.scope import working_for

pytestmark = pytest.mark.django_db


@pytest.mark.database
def test_small_demo_has_everybody_in_one_published_group():
    load_demo("small")

    with working_for(Organisation.objects.get(code=CODE)):
        assert loaded_size() == "small"
        group = Group.objects.get()
        assert group.plan.state == Plan.State.PUBLISHED
        assert group.participants.count() == 18
        for role in ("team-leader", "unit-manager", "participant", "chief-executive"):
            person = Person.objects.get(user__email=email_of(role))
            assert group.participants.filter(person=person).exists()


def test_plan_that_no_longer_fits_is_made_anew(monkeypatch, tmp_path):
    monkeypatch.setattr("modig.apps.demo.stored_plans.FOLDER", tmp_path)

    load_demo("small")

    with working_for(Organisation.objects.get(code=CODE)):
        plan = Plan.objects.get()
        assert plan.state == Plan.State.PUBLISHED
        assert plan.figures["violations"] == {}


def content():
    """What a load of the small demo writes; all but the calendars' secret addresses."""
    with transaction.atomic():
        load_demo("small")
        with working_for(Organisation.objects.get(code=CODE)):
            persons = Person.objects.values_list("number", "folded", "email", "user__email")
            meetings = Meeting.objects.order_by("pk").values_list(
                "group__name", "block__title", "venue__name", "facilitator__name", "days__on"
            )
            plans = Plan.objects.values_list("figures", "given", "seed", "steps")
            found = sorted(persons), sorted(meetings), list(plans)
        transaction.set_rollback(True)
    return found


def test_two_loads_of_a_size_hold_the_same():
    assert content() == content()


def test_demo_is_never_put_beside_somebodys_own_organisations():
    create_organisation("ours", "Ours")

    with pytest.raises(NotADemoDatabaseError):
        ensure_demo("small")

    assert Organisation.objects.get().code == "ours"


@pytest.mark.parametrize("size", ["small", "full", "large"])
def test_stored_plans_name_every_team_and_nobody_else(size):
    organisation = generate(size)
    stored = [
        json.loads(path.read_text(encoding="utf-8"))
        for path in FOLDER.glob(f"malarvik-{size}-*.json")
    ]
    alone = {number for plan in stored for number in plan["alone"]}
    leading = {person.number for person in organisation.employed if person.role != "employee"}
    seated = {number for team in organisation.teams for number in team.members}

    assert {code for plan in stored for code in plan["teams"]} == {
        team.code for team in organisation.teams
    }
    assert alone <= leading - seated
