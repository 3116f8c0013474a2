"""The way of a file through the pages, the worker's part done in between."""

from datetime import date

import pytest
from django.apps import apps
from django.urls import reverse

from apps.people.factories import make_seat, make_team
from apps.people.imports.desk import ANNA, BO, CEM, counts
from modig.apps.jobs.actions import run_job, start_job, stop_job
from modig.apps.jobs.models import Job
from modig.apps.people.models import Employment, HrImport, Person, Unit

pytestmark = [pytest.mark.database, pytest.mark.django_db]
State = HrImport.State
DEA = "4;Dea;Ek;;BU;Lärkan;Lärare;;2023-01-01;"
NOT_COMPARED = {"id", "version"}


def stored():
    """Every row of people as it stands, but for keys and versions, imports left out."""
    found = {}
    for model in apps.get_app_config("people").get_models():
        if model._meta.model_name in {"hrimport", "importrow"}:
            continue
        names = [f.name for f in model._meta.concrete_fields if f.name not in NOT_COMPARED]
        found[model._meta.model_name] = sorted(map(str, model.objects.values_list(*names)))
    return found


def outcome(job):
    job.refresh_from_db()
    return job.state


def test_nothing_is_stored_before_the_file_is_read_in(desk):
    made = desk.look_at(ANNA, BO, CEM)

    assert (made.state, counts(made), Person.objects.count()) == (State.PREVIEW, {"new": 3}, 0)


def test_file_that_is_read_in_is_thrown_away_and_stands_in_the_history(desk, tmp_path):
    made = desk.take(ANNA, BO, CEM)

    page = desk.open("imports")
    assert (made.state, counts(made), Person.objects.count()) == (State.APPLIED, {"new": 3}, 3)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert "anställda.csv" in page


def test_preview_shows_each_row_with_its_reason_and_what_it_was_before(desk):
    desk.take(ANNA, BO, CEM)
    moved = BO.replace("Lärare", "Biträdande rektor")

    made = desk.look_at(ANNA.replace("BU;Lärkan", "VO;Trasten"), moved, DEA, "5;;;;;;;;;")

    assert counts(made) == {"new": 1, "changed": 2, "gone": 1, "refused": 1}
    changed = desk.open(kind="changed")
    for text in ("Anna Åberg", "Lärkan", "Trasten", "Biträdande rektor"):
        assert text in changed
    assert "Cem Kaya" in desk.open(kind="gone")
    assert "Dea Ek" in desk.open(kind="new")
    assert "Organisationskod" in desk.open(kind="refused")


def test_unchanged_rows_are_shown_too(desk):
    desk.take(ANNA, BO)

    desk.look_at(ANNA, BO)

    assert "Anna Åberg" in desk.open(kind="unchanged")


def test_same_file_twice_changes_nothing(desk):
    desk.take(ANNA, BO, CEM)
    before = stored()

    again = desk.take(ANNA, BO, CEM)

    assert (counts(again), stored()) == ({"unchanged": 3}, before)


def test_rows_in_another_order_change_nothing(desk):
    second = "1;Anna;Åberg;anna@example.se;BU;Lärkan;Lärare;;2021-02-01;"
    desk.take(ANNA, second, BO)

    again = desk.look_at(BO, second, ANNA)

    assert counts(again) == {"unchanged": 3}


def test_more_than_a_tenth_gone_wants_a_second_yes(desk):
    desk.take(ANNA, BO, CEM)
    made = desk.look_at(ANNA, BO)

    desk.read_in()
    without = made.job
    desk.read_in(second_yes="on")
    made.refresh_from_db()

    assert (without, made.state) == (None, State.APPLIED)
    assert Employment.objects.get(person__number="3").to_on is not None


def test_second_press_starts_nothing(desk):
    desk.look_at(ANNA)

    desk.post("import_reading")
    desk.post("import_reading")

    assert Job.objects.filter(kind="import").count() == 1


def test_file_read_in_by_another_tab_is_not_read_in_again(desk):
    made = desk.look_at(ANNA)
    desk.read_in()

    desk.post("import_reading")

    made.refresh_from_db()
    assert (made.state, Job.objects.count(), Person.objects.count()) == (State.APPLIED, 1, 1)


def test_job_of_a_file_that_is_read_in_already_does_nothing(desk, member):
    made = desk.take(ANNA)
    again = start_job("import", {"import": made.pk}, by=None, at=made.uploaded_at)

    run_job(again.pk)

    assert (outcome(again), Employment.objects.count()) == (Job.State.DONE, 1)


def test_file_looked_over_before_another_was_read_in_must_be_looked_over_again(desk):
    first = desk.look_at(ANNA, BO)
    desk.take(ANNA, BO)

    job = start_job("import", {"import": first.pk}, by=None, at=first.uploaded_at)
    run_job(job.pk)
    refused = outcome(job)
    desk.client.post(reverse("people:import_preview", args=[first.pk]))

    first.refresh_from_db()
    assert (refused, first.state) == (Job.State.FAILED, State.PREVIEW)
    assert counts(first) == {"unchanged": 2}


def test_stopped_import_keeps_nothing_and_can_be_started_again(desk):
    made = desk.look_at(ANNA)
    desk.post("import_reading")
    made.refresh_from_db()
    Job.objects.filter(pk=made.job.pk).update(state=Job.State.RUNNING)
    stop_job(made.job, at=made.uploaded_at)
    Job.objects.filter(pk=made.job.pk).update(state=Job.State.QUEUED)

    run_job(made.job.pk)
    stopped = (outcome(made.job), Person.objects.count())
    desk.read_in()

    made.refresh_from_db()
    assert stopped == (Job.State.STOPPED, 0)
    assert (made.state, Person.objects.count()) == (State.APPLIED, 1)


def test_interrupted_import_shows_that_it_can_be_started_again(desk):
    made = desk.look_at(ANNA)
    desk.post("import_reading")
    made.refresh_from_db()
    Job.objects.filter(pk=made.job.pk).update(state=Job.State.RUNNING, worker="gone:1")

    page = desk.open()

    assert outcome(made.job) == Job.State.INTERRUPTED
    assert reverse("jobs:restart", args=[made.job.pk]) in page


def test_large_file_is_looked_over_by_a_worker(desk, monkeypatch):
    monkeypatch.setattr("modig.apps.people.views.imports.LOOKED_OVER_AT_ONCE", 1)

    made = desk.look_at(ANNA, BO)
    waiting = (made.state, made.job.kind)
    desk.work()

    made.refresh_from_db()
    assert waiting == (State.MAPPING, "look-over-import")
    assert (made.state, counts(made)) == (State.PREVIEW, {"new": 2})


def test_file_that_is_given_up_leaves_nothing_behind(desk, tmp_path):
    made = desk.look_at(ANNA)

    desk.post("import_giving_up")

    made.refresh_from_db()
    assert (made.state, made.rows.count()) == (State.GIVEN_UP, 0)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


# ---- undoing -------------------------------------------------------------------------------------


def test_undoing_the_first_import_leaves_nothing(desk):
    made = desk.take(ANNA, BO, CEM)

    desk.undo()

    made.refresh_from_db()
    assert (made.state, made.left_alone) == (State.UNDONE, [])
    assert {name: len(rows) for name, rows in stored().items() if rows} == {}


def test_undoing_restores_every_row_as_it_was(desk):
    desk.take(ANNA, BO, CEM)
    before = stored()
    changed = [
        ANNA.replace("BU;Lärkan", "BU;Lärkans förskola").replace("Åberg", "Åbergsson"),
        BO.replace("BU;Lärkan", "NY;Ny enhet").replace("bo@", "bosse@"),
        DEA,
    ]
    desk.take(*changed, second_yes="on")
    in_between = stored()

    desk.undo()

    assert in_between != before
    assert stored() == before


def test_what_was_edited_since_is_left_alone_and_named(desk):
    desk.take(ANNA, BO)
    desk.take(ANNA.replace("Rektor", "Skolchef"), BO.replace("Lärare", "Förstelärare"))
    anna = Person.objects.get(number="1")
    employment = anna.employments.get()
    fields = {
        "unit": "BU", "title": "Skolledare", "role": "manager", "version": employment.version,
    }  # fmt: skip
    desk.client.post(reverse("people:employment_edit", args=[employment.pk]), fields)

    desk.undo()

    titles = dict(Employment.objects.values_list("person__number", "title"))
    assert titles == {"1": "Skolledare", "2": "Lärare"}
    assert "Anna Åberg" in desk.open()


def test_new_person_with_a_place_in_a_team_stays_with_her_employment_and_unit(desk):
    desk.take(ANNA)
    desk.take(ANNA, CEM)
    make_seat(make_team("Vårdens ledning"), Person.objects.get(number="3"))

    desk.undo()

    assert set(Person.objects.values_list("number", flat=True)) == {"1", "3"}
    assert Employment.objects.filter(person__number="3").count() == 1
    assert Unit.objects.filter(code="VO").exists()
    desk.newest.refresh_from_db()
    assert "Cem Kaya" in desk.newest.left_alone


def test_only_the_latest_import_can_be_undone(desk):
    first = desk.take(ANNA)
    desk.take(ANNA, BO)

    desk.client.post(reverse("people:import_undoing", args=[first.pk]))

    first.refresh_from_db()
    assert (first.state, Job.objects.filter(kind="undo-import").count()) == (State.APPLIED, 0)


def test_import_undone_twice_is_undone_once(desk):
    made = desk.take(ANNA)
    desk.undo()

    again = start_job("undo-import", {"import": made.pk}, by=None, at=made.uploaded_at)
    run_job(again.pk)

    assert outcome(again) == Job.State.DONE


def test_after_undoing_the_earlier_import_can_be_undone_too(desk):
    desk.take(ANNA)
    desk.take(ANNA, BO)
    desk.undo()

    first = HrImport.objects.get(state=State.APPLIED)
    desk.client.post(reverse("people:import_undoing", args=[first.pk]))
    run_job(HrImport.objects.get(pk=first.pk).job.pk)

    assert Person.objects.count() == 0


def test_someone_who_returns_has_not_left_any_more(desk):
    desk.take(ANNA, BO)
    desk.take(ANNA, second_yes="on")

    desk.take(ANNA, BO)

    bo = Person.objects.get(number="2")
    assert (bo.left_on, bo.employments.get().to_on) == (None, None)


def test_end_that_the_file_has_no_column_for_stays(desk):
    desk.take(ANNA, BO)
    Employment.objects.filter(person__number="2").update(to_on=date(2999, 1, 1))

    again = desk.look_at(ANNA, BO)

    assert counts(again) == {"unchanged": 2}
