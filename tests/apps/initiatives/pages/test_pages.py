"""Every page of initiatives: it opens, it asks its permission, it knows no other organisation."""

import pytest
from django.urls import reverse

from apps.initiatives.factories import (
    make_attachment,
    make_benefit,
    make_diary,
    make_gate,
    make_goal,
    make_initiative,
    make_part,
    make_proposal,
    make_question,
    make_quotation,
    make_step,
    make_synonym,
)
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.models import Initiative
from modig.apps.tenancy.scope import working_for

ONE = ("initiative_id",)
PAGES = {
    "new": (), "similar": (), "options": (), "synonyms": (), "synonym_new": (),
    "synonym": ("synonym_id",), "initiative": ONE, "edit": ONE, "learning": ONE, "details": ONE,
    "stage": ONE, "steps": ONE, "diary": ONE, "diary_new": ONE,
    "gate_new": ("initiative_id", "kind"), "gate": ("gate_id",), "member_new": ONE,
    "question_new": ONE, "answer": ("question_id",), "merger_new": ONE,
    "merger": ("proposal_id",), "attachment_new": ONE, "attachment_removal": ("attachment_id",),
    "quotation_new": ONE, "quotation": ("quotation_id",),
    "quotation_withdrawal": ("quotation_id",), "quotation_removal": ("quotation_id",),
}  # fmt: skip
DEEDS = {
    "requirement": ONE, "step_done": ("step_id",), "following": ONE, "joining": ONE,
    "part": ("part_id",), "synonym_removal": ("synonym_id",),
}  # fmt: skip
FILES = {"attachment": ("attachment_id",)}
ROUTES = {**PAGES, **DEEDS, **FILES}
ABOUT_ONE_ROW = [name for name, keys in ROUTES.items() if keys]
OWN = [
    "edit", "learning", "details", "stage", "steps", "diary_new", "gate_new", "gate", "member_new",
    "answer", "merger_new", "attachment_new", "attachment_removal", "quotation_new", "quotation",
    "quotation_withdrawal", "quotation_removal", "requirement", "step_done", "part",
]  # fmt: skip
WORDS = ["synonyms", "synonym_new", "synonym", "synonym_removal"]


def furnish(user=None, *, owner=None):
    """One of each: the keys that the addresses of initiatives take."""
    unit = make_unit("Mottagningen")
    person = make_person("Sara Lind", unit=unit, user=user)
    owner = owner or make_person("Leila Haddad", unit=unit)
    initiative = make_initiative(unit=unit, owner=owner, goals=[make_goal()])
    asking = make_person("Nils Ek", unit=unit)
    make_benefit(initiative, 9, 8.5, 4)
    make_diary(initiative, by=owner)
    return {
        "initiative_id": initiative.pk,
        "step_id": make_step(initiative).pk,
        "gate_id": make_gate(initiative).pk,
        "part_id": make_part(initiative, asking, "asks").pk,
        "question_id": make_question(initiative, person).pk,
        "proposal_id": make_proposal(initiative, make_initiative("En annan", unit=unit)).pk,
        "attachment_id": make_attachment(initiative).pk,
        "quotation_id": make_quotation(initiative).pk,
        "synonym_id": make_synonym().pk,
        "kind": "risk",
    }


def address(name, furniture):
    return reverse(f"initiatives:{name}", kwargs={key: furniture[key] for key in ROUTES[name]})


def opened(client, name, furniture):
    """The answer to opening a page, or to sending a deed nothing."""
    if name in DEEDS:
        return client.post(address(name, furniture))
    return client.get(address(name, furniture), {"title": "dörr", "field": "q", "q": "dörr"})


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_page_opens_for_the_administrator(name, language, organisation, client, member):
    user = member("administrator")
    user.language = language
    user.save(update_fields=["language"])
    client.force_login(user)

    answer = opened(client, name, furnish(user))

    assert answer.status_code == 200


@pytest.mark.parametrize("name", ABOUT_ONE_ROW)
def test_row_of_another_organisation_is_not_found(
    name, organisation, other_organisation, signed_in
):
    with working_for(other_organisation):
        furniture = furnish()

    assert opened(signed_in("administrator"), name, furniture).status_code == 404


@pytest.mark.parametrize("name", ROUTES)
def test_page_asks_to_sign_in_first(name, organisation, client):
    answer = opened(client, name, furnish())

    assert answer.status_code == 302
    assert "login" in answer["Location"]


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("role", ["reader", "partner", "participant", "unit-manager"])
def test_only_those_who_work_on_it_change_an_initiative(name, role, organisation, client, member):
    user = member(role)
    client.force_login(user)

    assert opened(client, name, furnish(user)).status_code == 403


@pytest.mark.parametrize("name", [name for name in OWN if name in PAGES])
def test_owner_opens_every_form_of_her_own(name, organisation, client, member):
    user = member("participant")
    client.force_login(user)
    owner = make_person("Leila Haddad", user=user)

    assert opened(client, name, furnish(owner=owner)).status_code == 200


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("role", ["unit-manager", "participant", "chief-executive", "facilitator"])
def test_list_of_synonyms_is_kept_by_those_who_edit_all(name, role, organisation, signed_in):
    assert opened(signed_in(role), name, furnish()).status_code == 403


@pytest.mark.parametrize("name", ["initiative", "diary", "attachment", "merger"])
def test_facilitator_sees_only_what_was_born_in_her_groups(name, organisation, signed_in):
    assert opened(signed_in("facilitator"), name, furnish()).status_code == 403


@pytest.mark.parametrize("role", ["reader", "partner", "facilitator"])
def test_reader_enters_nothing(role, organisation, signed_in):
    assert opened(signed_in(role), "new", furnish()).status_code == 403


@pytest.mark.parametrize("role", ["unit-manager", "participant", "team-leader", "chief-executive"])
def test_employee_enters_her_own(role, organisation, client, member):
    user = member(role)
    client.force_login(user)

    assert opened(client, "new", furnish(user)).status_code == 200


def test_member_without_a_person_is_told_why_she_can_enter_nothing(organisation, signed_in):
    answer = signed_in("participant").get(reverse("initiatives:new"))

    assert answer.status_code == 403
    assert "initiatives/not_a_person.html" in [one.name for one in answer.templates]


@pytest.mark.parametrize(("part", "status"), [("member", 200), ("asks", 403), ("follower", 403)])
def test_only_a_colleague_who_works_on_it_edits_it(part, status, organisation, client, member):
    user = member("participant")
    client.force_login(user)
    furniture = furnish()
    initiative = Initiative.objects.get(pk=furniture["initiative_id"])

    make_part(initiative, make_person("Åsa Öberg", user=user), part)

    assert opened(client, "edit", furniture).status_code == status
