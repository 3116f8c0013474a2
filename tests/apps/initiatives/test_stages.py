"""No stage without what it asks for."""

import pytest
from django.db import IntegrityError
from django.utils import translation

from apps.initiatives.factories import (
    TODAY,
    make_benefit,
    make_gate,
    make_initiative,
    make_step,
    noon,
)
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.actions.initiatives import (
    NoSuchStepError,
    ReturnNeedsNoteError,
    StageAsksForMoreError,
    move_to_stage,
)
from modig.apps.initiatives.demands import missing_for, next_stage
from modig.apps.initiatives.models import Gate, Kind, Stage
from modig.apps.tenancy.actions import EditedMeanwhileError

pytestmark = pytest.mark.database
SIX = (9, 8, 7, 6, 5, 4)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def initiative(organisation):
    return make_initiative()


def at(stage, **given):
    return make_initiative(stage=stage, **given)


def missing(initiative, stage):
    return [str(demand.text) for demand in missing_for(initiative, stage)]


def move(initiative, stage, *, note=""):
    move_to_stage(initiative, stage, version=initiative.version, note=note, by=None, at=noon())


def test_start_asks_why_for_whom_and_what_one_thinks(organisation):
    bare = make_initiative(group_text="", hypothesis="")

    assert missing(bare, Stage.STARTED) == [
        "It says why, and for whom",
        "It says if we …, then …, because …",
    ]


def test_start_is_noted_with_its_day(initiative):
    move(initiative, Stage.STARTED)

    initiative.refresh_from_db()
    assert (initiative.stage, initiative.started_on) == (Stage.STARTED, TODAY)
    assert [(c.before, c.after) for c in initiative.stage_changes.all()] == [("idea", "started")]


def test_under_way_asks_for_a_step_with_a_day(organisation):
    initiative = at(Stage.STARTED)
    make_step(initiative, due_on=None)

    with pytest.raises(StageAsksForMoreError) as refused:
        move(initiative, Stage.UNDER_WAY)

    assert refused.value.missing == ["At least one step has a day"]
    make_step(initiative)
    move(initiative, Stage.UNDER_WAY)
    assert initiative.stage == Stage.UNDER_WAY


def test_result_asks_for_a_reading_and_for_learning(organisation):
    initiative = at(Stage.UNDER_WAY)
    make_benefit(initiative)

    assert missing(initiative, Stage.RESULT_SHOWN) == [
        "At least one benefit has a reading",
        "It says what we learned",
    ]


def test_embedding_asks_for_six_readings_somebody_in_the_line_and_a_home(organisation):
    initiative = at(Stage.RESULT_SHOWN)
    make_benefit(initiative, *SIX[:5])

    assert missing(initiative, Stage.EMBEDDED) == [
        "A benefit has been read at least six times",
        "Somebody in the line answers for the readings",
        "It says where the new way lives on",
    ]


def test_initiative_with_all_of_it_is_embedded_and_over(organisation):
    initiative = at(Stage.RESULT_SHOWN, routine="Verksamhetsplanen")
    make_benefit(initiative, *SIX, owner=make_person("Åsa Öberg"))

    move(initiative, Stage.EMBEDDED)

    initiative.refresh_from_db()
    assert (initiative.stage, initiative.ended_on) == (Stage.EMBEDDED, TODAY)


def test_stop_asks_for_learning_and_is_a_result(organisation):
    initiative = at(Stage.STARTED)
    with pytest.raises(StageAsksForMoreError):
        move(initiative, Stage.STOPPED)

    initiative.learning = "Nycklarna var svårare än schemat."
    initiative.save()
    move(initiative, Stage.STOPPED)

    assert (initiative.stage, initiative.ended_on) == (Stage.STOPPED, TODAY)


def test_database_refuses_a_stop_without_learning(organisation):
    with pytest.raises(IntegrityError):
        at(Stage.STOPPED)


def test_stage_is_not_skipped(initiative):
    with pytest.raises(NoSuchStepError):
        move(initiative, Stage.UNDER_WAY)


def test_way_back_needs_a_note_and_nothing_else(organisation):
    initiative = at(Stage.UNDER_WAY, hypothesis="", group_text="")
    with pytest.raises(ReturnNeedsNoteError):
        move(initiative, Stage.STARTED)

    move(initiative, Stage.STARTED, note="Vi började för fort.")

    change = initiative.stage_changes.last()
    assert (change.before, change.after, change.note) == (
        "under_way", "started", "Vi började för fort.",
    )  # fmt: skip


def test_reopened_initiative_is_not_over(organisation):
    initiative = at(Stage.EMBEDDED, ended_on=TODAY)

    move(initiative, Stage.RESULT_SHOWN, note="Mätningen stannade.")

    initiative.refresh_from_db()
    assert initiative.ended_on is None


def test_move_from_an_old_page_is_refused(initiative):
    with pytest.raises(EditedMeanwhileError):
        move_to_stage(initiative, Stage.STARTED, version=7, by=None, at=noon())

    initiative.refresh_from_db()
    assert initiative.stage == Stage.IDEA


def test_nothing_comes_after_embedded_stopped_or_merged(organisation):
    target = make_initiative("Målet")

    assert next_stage(at(Stage.EMBEDDED)) is None
    assert next_stage(at(Stage.STOPPED, learning="Det gick inte.")) is None
    assert next_stage(at(Stage.STARTED, merged_into=target)) is None
    assert next_stage(at(Stage.STARTED)) == Stage.UNDER_WAY


# ---- sorts of change ---------------------------------------------------------------------------


def test_merger_asks_for_union_and_risk_before_it_is_under_way(organisation):
    details = {"teams_before": ["Norra", "Ängen"], "team_after": "Norra Ängen"}
    initiative = at(Stage.STARTED, kind=Kind.MERGE, details=details)
    make_step(initiative)
    make_gate(initiative, Gate.Kind.RISK, is_passed=False)

    assert missing(initiative, Stage.UNDER_WAY) == [
        "Union co-operation is settled",
        "Risk assessment is settled",
    ]
    make_gate(initiative, Gate.Kind.CO_OPERATION, level="local")
    make_gate(initiative, Gate.Kind.RISK)
    assert missing(initiative, Stage.UNDER_WAY) == []


def test_law_asks_for_its_source_before_it_starts_and_every_requirement_before_it_is_embedded(
    organisation,
):
    details = {
        "source": "2 kap. 25 § skollagen",
        "deadline": "2027-07-01",
        "checklist": ["Kurator"],
    }
    initiative = make_initiative(kind=Kind.LAW, details={**details, "source": ""})

    assert missing(initiative, Stage.STARTED) == [
        "“Law or decision, with paragraph” is filled in",
        "Legal source is settled",
    ]
    initiative.details = details
    make_gate(initiative, Gate.Kind.LEGAL)
    assert missing(initiative, Stage.STARTED) == []
    assert "Everything under “Requirements” is settled" in missing(initiative, Stage.EMBEDDED)
    initiative.details["checklist"] = ["[x] Kurator"]
    assert "Everything under “Requirements” is settled" not in missing(initiative, Stage.EMBEDDED)


def test_start_up_asks_for_case_opening_day_decision_and_risk(organisation):
    initiative = at(Stage.STARTED, kind=Kind.START_UP)
    make_step(initiative)

    assert missing(initiative, Stage.UNDER_WAY) == [
        "“Business case in a few sentences” is filled in",
        "“Opens” is filled in",
        "Board decision is settled",
        "Risk assessment is settled",
    ]


def test_everyday_change_asks_for_no_gate(organisation):
    initiative = at(Stage.STARTED, kind=Kind.EVERYDAY)
    make_step(initiative)

    assert missing(initiative, Stage.UNDER_WAY) == []


def test_zero_is_filled_in(organisation):
    initiative = at(
        Stage.STARTED,
        kind=Kind.ADMINISTRATION,
        details={"internal_customers": "Rektorerna", "lead_time_days": 0},
    )
    make_step(initiative)

    assert missing(initiative, Stage.UNDER_WAY) == []


def test_settled_gate_has_day_and_outcome(organisation):
    initiative = make_initiative(unit=make_unit())

    with pytest.raises(IntegrityError):
        make_gate(initiative, outcome="")
