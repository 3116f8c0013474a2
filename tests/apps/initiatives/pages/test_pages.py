"""Every page of initiatives: it opens, it asks its permission, it knows no other organisation."""

import pytest
from django.urls import reverse

from apps.initiatives.factories import (
    make_attachment,
    make_benefit,
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
from modig.apps.tenancy.scope import working_for


def furnish(user=None):
    """One of each: the keys that the addresses of initiatives take."""
    unit = make_unit("Mottagningen")
    person = make_person("Sara Lind", unit=unit, user=user)
    initiative = make_initiative(unit=unit, goals=[make_goal()])
    asking = make_person("Nils Ek", unit=unit)
    make_benefit(initiative, 9, 8.5, 4)
    return {
        "initiative_id": initiative.pk,
        "step_id": make_step(initiative).pk,
        "gate_id": make_gate(initiative).pk,
        "part_id": make_part(initiative, asking, "asks").pk,
        "question_id": make_question(initiative, person).pk,
        "proposal_id": make_proposal(initiative, make_initiative("En annan")).pk,
        "attachment_id": make_attachment(initiative).pk,
        "quotation_id": make_quotation(initiative).pk,
        "synonym_id": make_synonym().pk,
        "kind": "risk",
    }


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
ABOUT_ONE_ROW = [name for name, keys in PAGES.items() if keys]


def address(name, furniture):
    keys = PAGES[name]
    return reverse(f"initiatives:{name}", kwargs={key: furniture[key] for key in keys})


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_page_opens_for_the_administrator(name, language, organisation, client, member):
    user = member("administrator")
    client.force_login(user)
    client.cookies["django_language"] = language

    answer = client.get(
        address(name, furnish(user)), {"title": "dörr", "field": "q", "q": "dörr"}
    )

    assert answer.status_code == 200
