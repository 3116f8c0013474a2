"""Entering an initiative and changing it."""

import pytest
from django.db import IntegrityError

from apps.initiatives.factories import TODAY, make_goal, make_initiative, make_step, noon
from apps.people.factories import make_person, make_unit
from modig.apps.audit.models import AuditEvent
from modig.apps.initiatives.actions.initiatives import (
    HasMergedError,
    NoSuchRequirementError,
    edit_initiative,
    enter_initiative,
    finish_step,
    next_code,
    reopen_step,
    save_steps,
    turn_requirement,
    write_diary,
)
from modig.apps.initiatives.models import DiaryEntry, Initiative, Kind, Stage
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.tenancy.scope import working_for

pytestmark = pytest.mark.database


@pytest.fixture
def unit(organisation):
    return make_unit("Mottagningen")


@pytest.fixture
def owner(unit):
    return make_person("Leila Haddad", unit=unit, role="manager")


def written(owner, unit, **given):
    return Initiative(
        **{"title": "En dörr in", "why": "Tre gånger samma historia.", **given},
        owner=owner,
        unit=unit,
    )


def test_entered_initiative_is_an_idea_of_today(owner, unit):
    goal = make_goal()

    made = enter_initiative(written(owner, unit), goals=[goal], by=None, at=noon())

    assert (made.stage, made.made_on, made.heard_on) == (Stage.IDEA, TODAY, TODAY)
    assert list(made.goals.all()) == [goal]
    assert [(c.before, c.after) for c in made.stage_changes.all()] == [("", "idea")]
    assert AuditEvent.objects.get().deed == "enter"


def test_code_follows_the_highest_one_in_the_organisations_own_form(owner, unit):
    make_initiative(code="MV-399", owner=owner, unit=unit)
    make_initiative(code="MV-007", owner=owner, unit=unit)

    assert next_code() == "MV-400"


def test_first_code_of_an_organisation(organisation):
    assert next_code() == "I-001"


def test_other_organisations_codes_do_not_count(owner, unit, other_organisation):
    with working_for(other_organisation):
        make_initiative(code="MV-900")

    assert next_code() == "I-001"


def test_the_same_sent_twice_is_one_initiative(owner, unit):
    first = enter_initiative(written(owner, unit), by=None, at=noon())
    second = enter_initiative(written(owner, unit), by=None, at=noon())

    assert (first.pk, Initiative.objects.count()) == (second.pk, 1)


def test_another_owner_may_enter_the_same_words(owner, unit):
    enter_initiative(written(owner, unit), by=None, at=noon())
    enter_initiative(written(make_person("Nils Ek", unit=unit), unit), by=None, at=noon())

    assert Initiative.objects.count() == 2


def test_edit_that_came_too_late_is_refused(owner, unit):
    initiative = make_initiative(owner=owner, unit=unit)
    edit_initiative(initiative, version=1, by=None, at=noon())
    initiative.title = "Två dörrar in"

    with pytest.raises(EditedMeanwhileError):
        edit_initiative(initiative, version=1, by=None, at=noon())


def test_translation_of_a_changed_text_is_dropped_and_the_others_stay(owner, unit):
    said = {"en": {"title": "One door in", "why": "Three times the same story."}}
    initiative = make_initiative(owner=owner, unit=unit, translations=said)
    initiative.title = "Två dörrar in"

    edit_initiative(initiative, version=1, by=None, at=noon())

    initiative.refresh_from_db()
    assert initiative.translations == {"en": {"why": "Three times the same story."}}


def test_edit_without_goals_leaves_them_as_they_are(owner, unit):
    goal = make_goal()
    initiative = make_initiative(owner=owner, unit=unit, goals=[goal])

    edit_initiative(initiative, version=1, by=None, at=noon())

    assert list(initiative.goals.all()) == [goal]


def test_initiative_that_lives_on_elsewhere_is_not_changed(owner, unit):
    target = make_initiative("Målet", owner=owner, unit=unit)
    initiative = make_initiative(owner=owner, unit=unit, merged_into=target)

    with pytest.raises(HasMergedError):
        edit_initiative(initiative, version=1, by=None, at=noon())
    with pytest.raises(HasMergedError):
        write_diary(initiative, "Mer", by=owner, on=TODAY)
    with pytest.raises(HasMergedError):
        finish_step(make_step(initiative), on=TODAY)


def test_code_is_used_once(owner, unit):
    make_initiative(code="MV-001", owner=owner, unit=unit)

    with pytest.raises(IntegrityError):
        make_initiative(code="MV-001", owner=owner, unit=unit)


# ---- steps, requirements, diary ----------------------------------------------------------------


def test_steps_are_kept_in_the_order_given_and_the_missing_ones_go(owner, unit):
    initiative = make_initiative(owner=owner, unit=unit)
    first, second = make_step(initiative, "Först"), make_step(initiative, "Sedan")
    steps = [{"pk": second.pk, "text": "Sedan"}, {"pk": None, "text": "Till sist"}]

    save_steps(initiative, steps, version=1, at=noon())

    assert [(s.number, s.text) for s in initiative.steps.all()] == [(1, "Sedan"), (2, "Till sist")]
    assert not initiative.steps.filter(pk=first.pk).exists()


def test_steps_saved_from_an_old_page_are_refused(owner, unit):
    initiative = make_initiative(owner=owner, unit=unit)
    save_steps(initiative, [{"text": "Först"}], version=1, at=noon())

    with pytest.raises(EditedMeanwhileError):
        save_steps(initiative, [{"text": "Annat"}], version=1, at=noon())


def test_ticked_step_is_news_and_can_be_opened_again(owner, unit):
    initiative = make_initiative(owner=owner, unit=unit, heard_on="2026-01-01")
    step = make_step(initiative)

    finish_step(step, on=TODAY)
    initiative.refresh_from_db()
    step.refresh_from_db()
    assert (step.done_on, initiative.heard_on) == (TODAY, TODAY)

    reopen_step(step)
    step.refresh_from_db()
    assert step.done_on is None


def test_requirement_is_settled_and_opened_again(owner, unit):
    lines = ["Kurator på alla skolor", "[x] Skolläkare"]
    initiative = make_initiative(
        owner=owner, unit=unit, kind=Kind.LAW, details={"checklist": lines}
    )

    turn_requirement(initiative, "checklist", lines[0], by=None, at=noon())
    turn_requirement(initiative, "checklist", lines[1], by=None, at=noon())

    initiative.refresh_from_db()
    assert initiative.details["checklist"] == ["[x] Kurator på alla skolor", "Skolläkare"]


def test_line_that_is_no_longer_there_is_not_settled(owner, unit):
    initiative = make_initiative(owner=owner, unit=unit, kind=Kind.LAW, details={"checklist": []})

    with pytest.raises(NoSuchRequirementError):
        turn_requirement(initiative, "checklist", "Borta", by=None, at=noon())
    with pytest.raises(NoSuchRequirementError):
        turn_requirement(initiative, "source", "Borta", by=None, at=noon())


def test_diary_entry_of_an_earlier_day_is_heard_of_today(owner, unit):
    initiative = make_initiative(owner=owner, unit=unit, heard_on="2026-01-01")

    entry = write_diary(initiative, "Det gick bra.", by=owner, on=noon().date(), told_on=TODAY)

    initiative.refresh_from_db()
    assert (entry.by, initiative.heard_on) == (owner, TODAY)


def test_older_news_never_makes_an_initiative_look_silent(owner, unit):
    initiative = make_initiative(owner=owner, unit=unit, heard_on=TODAY)

    write_diary(initiative, "Förra året.", by=owner, on=noon().date().replace(year=2025))

    initiative.refresh_from_db()
    assert initiative.heard_on == TODAY


def test_diary_entry_sent_twice_is_written_once(owner, unit):
    initiative = make_initiative(owner=owner, unit=unit)

    write_diary(initiative, "Det gick bra.", by=owner, on=TODAY)
    write_diary(initiative, "Det gick bra.", by=owner, on=TODAY)

    assert DiaryEntry.objects.count() == 1
