"""Changing the direction: what was said before is kept, and so is why."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.direction.factories import (
    make_area,
    make_goal,
    make_leadership,
    make_reading,
    make_shift,
    make_source,
    make_statement,
    make_strategy,
    make_vision,
    noon,
    own,
    the_vision,
)
from modig.apps.direction.actions import texts as actions
from modig.apps.direction.models import (
    FocusArea,
    Goal,
    Revision,
    ShiftReading,
    Vision,
    VisionStatement,
)
from modig.apps.direction.queries.texts import happenings, history_of, revisions, vision_on
from modig.apps.tenancy.actions import EditedMeanwhileError

BY = {"by": None, "at": noon()}


def revise(text, *, version=None, why="Tydligare", **given):
    return actions.revise_text(text, version=version or text.version, why=why, **given, **BY)


# ---- revisions -----------------------------------------------------------------------------------


def test_changed_text_keeps_its_former_wording_and_the_reason(organisation):
    statement = make_statement("Barnen når längre")
    statement.text = "Barnen når längre här"

    changed = revise(statement, why="Det gäller oss")

    kept = Revision.objects.get()
    assert changed == ["text"]
    assert (kept.content["text"], kept.changed, kept.why) == (
        "Barnen når längre",
        ["text"],
        "Det gäller oss",
    )
    assert VisionStatement.objects.get().text == "Barnen når längre här"


def test_text_that_reads_as_before_is_not_revised(organisation):
    statement = make_statement()

    assert revise(statement) == []
    assert not Revision.objects.exists()


def test_translation_of_a_changed_field_is_dropped_and_the_others_stay(organisation):
    area = make_area("Omsorg")
    area.translations = {"en": {"name": "Care", "description": "All of it"}}
    area.save()
    area.name = "Omsorg nära dig"

    revise(area)

    area.refresh_from_db()
    assert area.translations == {"en": {"description": "All of it"}}
    assert Revision.objects.get().content["translations"]["en"]["name"] == "Care"


def test_second_edit_of_the_same_version_is_refused_and_keeps_nothing(organisation):
    statement = make_statement("Ett")
    other = VisionStatement.objects.get(pk=statement.pk)
    statement.text, other.text = "Två", "Tre"
    revise(statement, version=1)

    with pytest.raises(EditedMeanwhileError) as refused:
        revise(other, version=1)

    assert refused.value.theirs.text == "Två"
    assert Revision.objects.count() == 1


def test_history_shows_each_change_with_both_wordings(organisation):
    statement = make_statement("Vi lyssnar")
    for text, why in (("Vi lyssnar först", "Ordningen"), ("Vi frågar först", "Att fråga är mer")):
        statement.refresh_from_db()
        statement.text = text
        revise(statement, why=why)
    statement.refresh_from_db()

    history = history_of(statement)

    def whole(pieces):
        return "".join(piece.text for piece in pieces)

    assert [
        (change.revision.why, whole(line.before), whole(line.after))
        for change in history
        for line in change.differences
    ] == [
        ("Att fråga är mer", "Vi lyssnar först", "Vi frågar först"),
        ("Ordningen", "Vi lyssnar", "Vi lyssnar först"),
    ]
    marked = [piece.text for piece in history[0].differences[0].after if piece.is_changed]
    assert marked == ["frågar "]


def test_laws_that_a_goal_rests_on_are_part_of_what_it_says(organisation):
    law, decision = make_source("Skollagen"), make_source("Mål och budget", reference="KF 112")
    goal = make_goal()
    goal.sources.set([law])

    changed = revise(goal, sources=[law, decision])

    assert changed == ["sources"]
    assert {*goal.sources.all()} == {law, decision}
    assert Revision.objects.get().content["sources"] == ["Skollagen (2025:400)"]


def test_text_that_takes_anothers_place_trades_with_it(organisation):
    first, second = make_statement("Ett"), make_statement("Två")
    second.number = 1

    revise(second)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.number, first.number) == (1, 2)
    assert first.version == 2


def test_new_text_comes_last(organisation):
    make_statement("Ett")
    new = VisionStatement(vision=the_vision(), text="Två")

    actions.create_text(new, **BY)

    assert new.number == 2


def test_same_text_sent_twice_is_kept_once(organisation):
    for _time in range(2):
        actions.create_text(VisionStatement(vision=the_vision(), text="Två"), **BY)

    assert VisionStatement.objects.count() == 1


def test_text_taken_away_is_still_told_among_the_changes(organisation):
    shift = make_shift("Vi förvaltar", "Vi utvecklar")
    make_reading(shift, 2, note="Samtal", is_baseline=True)

    actions.remove_text(shift, version=1, why="Sägs redan", **BY)

    line = happenings(revisions())[0]
    assert (line.name, line.is_there, line.revision.is_removal) == (
        "Vi förvaltar → Vi utvecklar",
        False,
        True,
    )
    assert line.revision.content["readings"] == [["2024-11-01", 2, "Samtal"]]
    assert not ShiftReading.objects.exists()


def test_law_that_goals_rest_on_is_not_taken_away(organisation):
    law = make_source()
    make_goal().sources.set([law])

    with pytest.raises(actions.GoalsRestOnItError):
        actions.remove_text(law, version=1, why="Upphävd", **BY)


# ---- goals ---------------------------------------------------------------------------------------


def test_goal_cannot_lie_under_itself(organisation):
    goal = make_goal()
    goal.parent = goal

    with pytest.raises(actions.GoalUnderItselfError):
        revise(goal)


def test_goal_cannot_lie_under_a_goal_below_it(organisation):
    top = make_goal("Helheten")
    below = make_goal("Enheten", under=make_goal("Förvaltningen", under=top))
    top.parent = below

    with pytest.raises(actions.GoalUnderItselfError):
        revise(top)


@pytest.mark.database
def test_database_refuses_a_goal_right_under_itself(organisation):
    goal = make_goal()

    with pytest.raises(IntegrityError), transaction.atomic():
        Goal.objects.filter(pk=goal.pk).update(parent=goal)


def test_goal_lies_in_the_focus_area_of_the_goal_above_it(organisation):
    care, city = make_area("Omsorg"), make_area("Stad")
    above = make_goal(area=care)
    goal = Goal(name="Fem dagar", code="X", focus_area=city, parent=above, from_on=date(2026, 1, 1))

    actions.create_text(goal, **BY)

    assert goal.focus_area == care


def test_goals_below_follow_into_another_focus_area(organisation):
    care, city = make_area("Omsorg"), make_area("Stad")
    top = make_goal(area=care)
    lowest = make_goal(under=make_goal(under=top))
    top.focus_area = city

    revise(top)

    lowest.refresh_from_db()
    assert lowest.focus_area == city


def test_withdrawn_goal_stays_and_can_hold_again(organisation):
    goal = make_goal()

    actions.withdraw_goal(goal, version=1, on=date(2026, 12, 1), why="Nådd", **BY)
    assert Goal.objects.get().is_withdrawn
    actions.restore_goal(goal, version=2, why="För tidigt", **BY)

    assert not Goal.objects.get().is_withdrawn
    assert [one.why for one in Revision.objects.order_by("number")] == ["Nådd", "För tidigt"]


def test_focus_area_with_goals_that_hold_is_not_withdrawn(organisation):
    goal = make_goal()
    area = goal.focus_area

    with pytest.raises(actions.GoalsRestOnItError):
        actions.withdraw_focus_area(area, version=1, on=date(2026, 12, 1), why="Färdig", **BY)


def test_focus_area_whose_goals_are_withdrawn_can_be_too(organisation):
    goal = make_goal(withdrawn_on=date(2026, 11, 1))

    actions.withdraw_focus_area(
        goal.focus_area, version=1, on=date(2026, 12, 1), why="Färdig", **BY
    )

    assert FocusArea.objects.get().withdrawn_on == date(2026, 12, 1)


# ---- visions -------------------------------------------------------------------------------------


def test_new_vision_replaces_the_one_before_from_its_day(organisation):
    old = make_vision("Förr", from_on=date(2020, 1, 1))
    new = Vision(title="Nu")

    actions.replace_vision(new, on=date(2027, 1, 1), **BY)

    old.refresh_from_db()
    assert (old.to_on, old.version) == (date(2027, 1, 1), 2)
    assert vision_on(date(2026, 12, 31)) == old
    assert vision_on(date(2027, 1, 1)) == new


def test_new_vision_cannot_hold_from_before_the_one_that_holds(organisation):
    make_vision(from_on=date(2026, 1, 1))

    with pytest.raises(actions.VisionBeginsTooEarlyError):
        actions.replace_vision(Vision(title="Nu"), on=date(2026, 1, 1), **BY)


@pytest.mark.database
def test_database_knows_one_open_vision(organisation):
    make_vision()

    with pytest.raises(IntegrityError), transaction.atomic():
        make_vision("En till")


def test_what_is_chosen_goes_on_under_the_new_vision(organisation):
    old = make_vision(from_on=date(2020, 1, 1))
    goal = make_goal(area=make_area(vision=old))
    shift, leadership, strategy = make_shift(), make_leadership(), make_strategy()
    new = Vision(title="Nu")
    actions.replace_vision(new, on=date(2026, 1, 1), **BY)

    actions.take_over(new, actions.TakenOver(focus_areas=True, shifts=True, leadership=True), **BY)

    for one in (goal.focus_area, shift, leadership, strategy):
        one.refresh_from_db()
    assert (goal.focus_area.vision, shift.vision, leadership.vision) == (new, new, new)
    assert strategy.vision == old


def test_vision_that_does_not_hold_yet_can_be_called_off(organisation):
    old = make_vision(from_on=date(2020, 1, 1))
    new = Vision(title="Sedan")
    actions.replace_vision(new, on=date(2027, 1, 1), **BY)

    actions.call_off_vision(new, version=1, on=date(2026, 12, 1), **BY)

    old.refresh_from_db()
    assert old.to_on is None
    assert Vision.objects.count() == 1


def test_vision_that_holds_is_not_called_off(organisation):
    with pytest.raises(actions.VisionHoldsAlreadyError):
        actions.call_off_vision(make_vision(), version=1, on=date(2026, 12, 1), **BY)


# ---- readings ------------------------------------------------------------------------------------


def read(shift, level, on):
    return actions.read_shift(shift, on=on, level=level, note="", **BY)


def test_first_reading_is_the_baseline(organisation):
    shift = make_shift()

    first, second = read(shift, 2, date(2025, 11, 1)), read(shift, 3, date(2026, 11, 1))

    assert (first.is_baseline, second.is_baseline) == (True, False)


def test_second_reading_of_a_day_puts_the_first_right(organisation):
    shift = make_shift()
    read(shift, 2, date(2025, 11, 1))

    read(shift, 1, date(2025, 11, 1))

    assert [(one.level, one.is_baseline) for one in shift.readings.all()] == [(1, True)]


def test_reading_cannot_be_older_than_the_baseline(organisation):
    shift = make_shift()
    read(shift, 2, date(2025, 11, 1))

    with pytest.raises(actions.ReadingBeforeBaselineError):
        read(shift, 1, date(2024, 11, 1))


@pytest.mark.database
@pytest.mark.parametrize("level", [0, 6])
def test_database_knows_five_levels(organisation, level):
    with pytest.raises(IntegrityError), transaction.atomic():
        ShiftReading.objects.create(**own(), shift=make_shift(), on=date(2026, 1, 1), level=level)
