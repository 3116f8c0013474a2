"""Every page of people: it opens, it asks its permission, it knows no other organisation."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.people.factories import (
    make_employment,
    make_import,
    make_legal_entity,
    make_person,
    make_proposal,
    make_rule,
    make_seat,
    make_team,
    make_unit,
)
from modig.apps.people.models import KeyPersonNomination
from modig.apps.tenancy.scope import current_organisation, working_for


def furnish():
    """One of each: the keys that the addresses of people take."""
    top = make_unit("Barn och utbildning")
    unit = make_unit("Förskolor", under=top)
    head = make_person("Åsa Öberg", unit=unit, role="manager", title="Rektor")
    person = make_person("Nils Ek", unit=unit, title="Förskollärare")
    employment = make_employment(person, top, title="Samordnare", manager=head)
    team = make_team("Barn och utbildnings ledning", unit=top, leader=head, members=[person])
    seat = make_seat(team, title="Controller")
    nomination = KeyPersonNomination.objects.create(
        organisation=current_organisation(),
        person=person,
        reason="Leder ett nätverk",
        nominated_by=head,
        nominated_on="2026-01-01",
    )
    return {
        "unit_id": unit.pk,
        "person_id": person.pk,
        "employment_id": employment.pk,
        "team_id": team.pk,
        "seat_id": seat.pk,
        "nomination_id": nomination.pk,
        "entity_id": make_legal_entity().pk,
        "rule_id": make_rule().pk,
        "proposal_id": make_proposal(unit, head).pk,
        "import_id": make_import().pk,
    }


PAGES = {
    "units": (), "unit_new": (), "unit_options": (), "unit": ("unit_id",),
    "unit_branch": ("unit_id",), "unit_edit": ("unit_id",), "unit_merger": ("unit_id",),
    "unit_division": ("unit_id",), "unit_moves": ("unit_id",), "legal_entities": (),
    "legal_entity_new": (), "legal_entity_edit": ("entity_id",), "persons": (),
    "person_options": (), "person": ("person_id",), "person_edit": ("person_id",),
    "employment_edit": ("employment_id",), "key_persons": (), "nomination_new": (),
    "nomination_withdrawal": ("nomination_id",), "teams": (), "team_new": (),
    "team": ("team_id",), "team_edit": ("team_id",), "seat_new": ("team_id",),
    "seat_fill": ("team_id", "seat_id"), "seat_leave": ("team_id", "seat_id"), "search": (),
    "about_you": (), "imports": (), "import": ("import_id",), "role_rules": (),
    "role_rule": ("rule_id",), "rule_matches": (), "team_proposals": (),
    "team_proposal": ("proposal_id",),
}  # fmt: skip
ABOUT_ONE_ROW = [name for name, keys in PAGES.items() if keys]


def address(name, furniture):
    return reverse(f"people:{name}", kwargs={key: furniture[key] for key in PAGES[name]})


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_for_the_administrator(name, organisation, signed_in):
    furniture = furnish()

    answer = signed_in("administrator").get(address(name, furniture), {"q": "asa", "field": "q"})

    assert answer.status_code == 200


@pytest.mark.parametrize("name", ABOUT_ONE_ROW)
def test_row_of_another_organisation_is_not_found(
    name, organisation, other_organisation, signed_in
):
    with working_for(other_organisation):
        furniture = furnish()

    answer = signed_in("administrator").get(address(name, furniture))

    assert answer.status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_to_sign_in_first(name, organisation, client):
    answer = client.get(address(name, furnish()))

    assert answer.status_code == 302


EDITING = [
    "unit_new", "unit_edit", "unit_merger", "unit_division", "unit_moves", "legal_entity_new",
    "legal_entity_edit", "person_edit", "employment_edit", "nomination_new",
    "nomination_withdrawal", "team_new", "team_edit", "seat_new", "seat_fill", "seat_leave",
    "imports", "import", "role_rules", "role_rule", "rule_matches", "team_proposals",
    "team_proposal",
]  # fmt: skip


@pytest.mark.parametrize("name", EDITING)
@pytest.mark.parametrize("role", ["reader", "partner", "unit-manager", "participant"])
def test_page_that_changes_people_is_refused_without_the_permission(
    name, role, organisation, signed_in
):
    answer = signed_in(role).get(address(name, furnish()))

    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["unit_merger", "unit_division", "unit_edit"])
def test_unit_is_not_changed_ahead_of_the_day(organisation, signed_in, name):
    unit, other = make_unit("Lärkan", code="L"), make_unit("Trasten", code="T")
    ahead = timezone.localdate() + timedelta(days=1)
    parts = {"code_1": "A", "name_1": "A", "code_2": "B", "name_2": "B"}
    sent = {"on": ahead, "moved_on": ahead, "after": "T", "parent": "T", "version": unit.version}

    page = signed_in("administrator").post(
        reverse(f"people:{name}", args=[unit.pk]), {**sent, **parts, "name": "Lärkan"}
    )

    assert "kan inte ligga framåt i tiden" in page.content.decode()
    unit.refresh_from_db()
    assert (unit.closed_on, unit.parent) == (None, None)
    assert other.children.count() == 0
