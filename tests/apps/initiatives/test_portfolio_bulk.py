"""Changing many initiatives in one go."""

import pytest
from django.urls import reverse

from apps.initiatives.factories import make_goal, make_initiative
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.models import Stage

WHERE = "initiatives:bulk"


@pytest.fixture
def ready(organisation):
    return make_initiative("En dörr in")


@pytest.fixture
def bare(organisation):
    return make_initiative("Tidigare is", hypothesis="")


def ticked(*initiatives):
    return [f"{one.pk}-{one.version}" for one in initiatives]


def post(browser, *initiatives, **given):
    return browser.post(reverse(WHERE), {"chosen": ticked(*initiatives), **given})


def test_preview_says_what_happens_to_each_and_changes_nothing(ready, bare, signed_in):
    answer = post(signed_in("programme-owner"), ready, bare, stage="started", look="1")

    effects = {effect.initiative: effect for effect in answer.context["effects"]}
    ready.refresh_from_db()
    assert effects[ready].does
    assert effects[bare].left
    assert (ready.stage, ready.version) == (Stage.IDEA, 1)


def test_whose_stage_asks_for_more_is_named_and_left(ready, bare, signed_in):
    answer = post(signed_in("programme-owner"), ready, bare, stage="started", do="1")

    stages = [type(one).objects.get(pk=one.pk).stage for one in (ready, bare)]
    assert answer.status_code == 302
    assert stages == [Stage.STARTED, Stage.IDEA]


def test_owner_goal_and_department_are_changed_together(ready, bare, signed_in):
    owner, goal, unit = make_person("Bo Öst"), make_goal(), make_unit("Kultur")
    given = {"owner": owner.number, "goal": goal.pk, "partner": unit.code}

    post(signed_in("programme-owner"), ready, bare, **given, do="1")

    for one in (ready, bare):
        one.refresh_from_db()
        assert one.owner == owner
        assert list(one.goals.all()) == [goal]
        assert list(one.partner_units.all()) == [unit]


def test_nothing_is_changed_when_somebody_else_was_quicker(ready, bare, signed_in):
    seen = ticked(ready, bare)
    type(bare).objects.filter(pk=bare.pk).update(version=2)

    answer = signed_in("programme-owner").post(
        reverse(WHERE), {"chosen": seen, "stage": "started", "do": "1"}
    )

    ready.refresh_from_db()
    assert answer.status_code == 409
    assert answer.context["meanwhile"] == [bare]
    assert ready.stage == Stage.IDEA


def test_nothing_to_change_is_told(ready, signed_in):
    assert post(signed_in("programme-owner"), ready, look="1").status_code == 422


def test_nobody_but_those_who_edit_all_may_change_many(ready, signed_in):
    assert post(signed_in("reader"), ready, stage="started", do="1").status_code == 403


def test_initiative_of_another_organisation_is_never_changed(
    ready, other_organisation, member, client
):
    client.force_login(member("administrator", email="a@south.example", of=other_organisation))

    answer = post(client, ready, stage="started", do="1")

    ready.refresh_from_db()
    assert (ready.stage, answer.status_code) == (Stage.IDEA, 302)


def test_list_offers_boxes_only_to_those_who_may(ready, signed_in):
    assert 'name="chosen"' not in signed_in("reader").get("/initiatives/").content.decode()
    assert 'name="chosen"' in signed_in("programme-owner").get("/initiatives/").content.decode()
