"""Two who edit the same thing: the second is told, and nothing of either text is lost."""

import pytest
from django.urls import reverse

from apps.people.factories import (
    make_legal_entity,
    make_person,
    make_team,
    make_unit,
)
from modig.apps.people.models import TeamSeat

pytestmark = pytest.mark.django_db
TODAY = "2026-01-02"


def unit_form():
    unit = make_unit("Lärkan")
    return unit, reverse("people:unit_edit", args=[unit.pk]), "name", {"moved_on": TODAY}


def person_form():
    person = make_person("Siv Svan")
    return person, reverse("people:person_edit", args=[person.pk]), "last_name", {}


def employment_form():
    person = make_person("Siv Svan", unit=make_unit(code="U"), title="Lärare")
    employment = person.employments.get()
    given = {"unit": "U", "role": "employee"}
    return employment, reverse("people:employment_edit", args=[employment.pk]), "title", given


def team_form():
    team = make_team("Ledningen")
    return team, reverse("people:team_edit", args=[team.pk]), "name", {"from_on": TODAY}


def legal_entity_form():
    entity = make_legal_entity("Kommunen", code="K")
    given = {"code": "K", "kind": "municipality"}
    return entity, reverse("people:legal_entity_edit", args=[entity.pk]), "name", given


FORMS = [unit_form, person_form, employment_form, team_form, legal_entity_form]


@pytest.mark.parametrize("form", FORMS)
def test_second_edit_answers_409_with_both_texts_and_changes_nothing(form, organisation, signed_in):
    row, address, field, given = form()
    client = signed_in("administrator")
    client.post(address, {**given, field: "Först skrivet", "version": 1})

    answer = client.post(address, {**given, field: "Sedan skrivet", "version": 1})

    page = answer.content.decode()
    row.refresh_from_db()
    assert (answer.status_code, getattr(row, field)) == (409, "Först skrivet")
    assert "Först skrivet" in page
    assert "Sedan skrivet" in page


@pytest.mark.parametrize("form", FORMS)
def test_mine_can_be_saved_instead_after_all(form, organisation, signed_in):
    row, address, field, given = form()
    client = signed_in("administrator")
    client.post(address, {**given, field: "Först skrivet", "version": 1})

    client.post(address, {**given, field: "Sedan skrivet", "version": 2})

    row.refresh_from_db()
    assert getattr(row, field) == "Sedan skrivet"


def test_place_in_a_team_that_somebody_else_changed_is_told(organisation, signed_in):
    team = make_team("Ledningen")
    siv, bo = make_person("Siv Svan"), make_person("Bo Ek")
    client, address = signed_in("administrator"), reverse("people:seat_new", args=[team.pk])
    given = {"kind": "member", "on": TODAY, "version": 1}
    client.post(address, {**given, "person": siv.number})

    answer = client.post(address, {**given, "person": bo.number})

    page = answer.content.decode()
    assert (answer.status_code, TeamSeat.objects.count()) == (409, 1)
    assert "Siv Svan" in page
    assert bo.number in page


def test_edit_with_a_mistake_keeps_what_was_written(organisation, signed_in):
    person = make_person("Siv Svan")

    answer = signed_in("administrator").post(
        reverse("people:person_edit", args=[person.pk]),
        {"first_name": "Sivan", "email": "ingen adress", "version": 1},
    )

    page = answer.content.decode()
    person.refresh_from_db()
    assert person.first_name == "Siv"
    assert "Sivan" in page
    assert "ingen adress" in page
