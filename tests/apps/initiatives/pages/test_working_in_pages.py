"""Entering, moving, writing and answering through the pages, as people do."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apps.initiatives.factories import (
    TODAY,
    in_english,
    make_attachment,
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
from modig.apps.initiatives.kept_files import path_of
from modig.apps.initiatives.models import (
    Attachment,
    DiaryEntry,
    Gate,
    Initiative,
    InitiativePerson,
    Question,
    Quotation,
    Synonym,
)
from modig.apps.initiatives.queries.similar import forget_indexes
from modig.apps.programme.models import Promise
from modig.apps.tenancy.scope import working_for
from modig.apps.ui.must_do import must_dos

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 24


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    forget_indexes()
    settings.UPLOADS = tmp_path / "uploads"


@pytest.fixture
def unit(organisation):
    return make_unit("Mottagningen", code="SOC-M")


@pytest.fixture
def owner(unit, member, client):
    user = in_english(member("unit-manager"))
    client.force_login(user)
    return make_person("Leila Haddad", unit=unit, user=user, role="manager")


@pytest.fixture
def initiative(owner, unit):
    return make_initiative(owner=owner, unit=unit)


@pytest.fixture
def nils(member):
    return make_person("Nils Ek", user=in_english(member("participant")))


def at(name, *keys):
    return reverse(f"initiatives:{name}", args=keys)


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


ENTRY = {
    "title": "En dörr in",
    "why": "Tre gånger samma historia.",
    "beneficiary": "users",
    "group_text": "vuxna som söker stöd",
    "kind": "reception",
    "hypothesis": "",
    "unit": "Mottagningen (SOC-M)",
}


# ---- entering ----------------------------------------------------------------------------------


def test_first_entry_needs_no_more_than_seven_fields(owner, client):
    answer = client.get(at("new"))

    shown = [bound.name for bound in answer.context["form"] if not bound.is_hidden]
    assert shown == [
        "title", "why", "beneficiary", "group_text", "kind", "goals", "hypothesis", "unit",
    ]  # fmt: skip
    assert answer.context["form"].is_unit_folded  # hers: seven are left to see


def test_entered_initiative_has_its_page_and_its_owner(owner, client):
    goal = make_goal()

    answer = client.post(at("new"), {**ENTRY, "goals": [goal.pk]}, follow=True)

    made = Initiative.objects.get()
    assert answer.redirect_chain == [(at("initiative", made.pk), 302)]
    assert (made.owner, made.kind, list(made.goals.all())) == (owner, "reception", [goal])


def test_entry_that_lacks_something_keeps_what_was_typed(owner, client):
    answer = client.post(at("new"), {**ENTRY, "why": ""})

    assert answer.status_code == 422
    assert 'value="En dörr in"' in text_of(answer)
    assert Initiative.objects.count() == 0


def test_saved_form_tells_the_browser_to_keep_its_text_no_longer(owner, client):
    answer = client.post(at("new"), {**ENTRY, "draft": "5:new"})

    assert answer.cookies["draft_saved"].value == "5:new"
    assert not answer.cookies["draft_saved"]["httponly"]


def test_strange_name_of_a_draft_is_not_handed_on(owner, client):
    answer = client.post(at("new"), {**ENTRY, "draft": "a;b\r\nSet-Cookie: x"})

    assert "draft_saved" not in answer.cookies


def test_similar_ones_are_shown_while_one_types(owner, client):
    make_initiative("En dörr in på socialkontoret")

    answer = client.get(at("similar"), {"title": "socialkontorets dörr"})

    assert "En dörr in på socialkontoret" in text_of(answer)
    assert "<html" not in text_of(answer)


def test_similar_ones_are_shown_without_script_and_nothing_typed_is_lost(owner, client):
    make_initiative("En dörr in på socialkontoret")
    goal = make_goal()

    answer = client.post(at("new"), {**ENTRY, "why": "", "goals": [goal.pk], "look": "1"})

    assert answer.status_code == 200
    assert "En dörr in på socialkontoret" in text_of(answer)
    assert 'value="En dörr in"' in text_of(answer)
    assert "checked" in text_of(answer)
    assert Initiative.objects.count() == 1


def test_goal_of_another_unit_can_be_brought_along(owner, client):
    goal = make_goal("Växelns eget mål", unit=make_unit("Växeln"))
    assert "Växelns eget mål" not in text_of(client.get(at("new")))

    assert "Växelns eget mål" in text_of(client.get(at("new"), {"goals": goal.pk}))
    client.post(at("new"), {**ENTRY, "goals": [goal.pk]})
    assert list(Initiative.objects.get().goals.all()) == [goal]


def test_withdrawn_goal_is_not_offered(owner, client):
    make_goal("Ett gammalt mål", withdrawn_on=TODAY)

    assert "Ett gammalt mål" not in text_of(client.get(at("new")))


def test_promise_becomes_an_initiative_once(owner, organisation, client):
    promise = Promise.objects.create(
        organisation=organisation,
        person=owner,
        what="Prova en dörr in",
        told="Det gick fort.",
        due_on=TODAY,
        made_on=TODAY,
    )
    address = f"{at('new')}?promise={promise.pk}"
    assert "Prova en dörr in" in text_of(client.get(address))

    client.post(address, ENTRY)

    made = Initiative.objects.get()
    assert made.promise == promise
    assert client.get(address)["Location"] == at("initiative", made.pk)


def test_somebody_elses_promise_is_not_taken(owner, nils, organisation, client):
    promise = Promise.objects.create(
        organisation=organisation, person=nils, what="Hemligt", due_on=TODAY, made_on=TODAY
    )

    assert "Hemligt" not in text_of(client.get(f"{at('new')}?promise={promise.pk}"))


def test_whoever_edits_all_enters_for_another(unit, nils, client, member):
    client.force_login(in_english(member("programme-owner")))

    client.post(at("new"), {**ENTRY, "owner": f"Nils Ek ({nils.number})"})

    assert Initiative.objects.get().owner == nils


# ---- editing -----------------------------------------------------------------------------------


def whole(initiative, **changes):
    return {
        "version": initiative.version,
        "title": initiative.title,
        "why": initiative.why,
        "beneficiary": initiative.beneficiary,
        "group_text": initiative.group_text,
        "hypothesis": initiative.hypothesis,
        "kind": initiative.kind,
        "owner": initiative.owner.number,
        "unit": initiative.unit.code,
        **changes,
    }


def test_edit_keeps_goals_units_and_orientations(initiative, client):
    goal, partner = make_goal(), make_unit("Växeln", code="KLK-V")
    changes = {
        "goals": [goal.pk],
        "partner_units": "KLK-V\nMottagningen (SOC-M)\n",
        "orientations": ["results"],
    }

    client.post(at("edit", initiative.pk), whole(initiative, **changes))

    initiative.refresh_from_db()
    assert list(initiative.goals.all()) == [goal]
    assert set(initiative.partner_units.all()) == {partner, initiative.unit}
    assert initiative.orientations == ["results"]


def test_unknown_partner_unit_is_named(initiative, client):
    answer = client.post(
        at("edit", initiative.pk), whole(initiative, partner_units="Månen\nMottagningen")
    )

    assert answer.status_code == 422
    assert "No open unit is called “Månen”." in text_of(answer)


def test_edit_that_came_too_late_shows_both_texts(initiative, client):
    goal = make_goal()
    client.post(at("edit", initiative.pk), whole(initiative, title="Deras"))

    answer = client.post(at("edit", initiative.pk), whole(initiative, title="Min", goals=[goal.pk]))

    assert answer.status_code == 409
    assert "Min" in text_of(answer)
    assert "Deras" in text_of(answer)
    assert goal.code in text_of(answer)


def test_learning_of_a_stopped_initiative_cannot_be_emptied(owner, unit, client):
    initiative = make_initiative(owner=owner, unit=unit, stage="stopped", learning="Det gick inte.")

    answer = client.post(
        at("learning", initiative.pk), {"version": 1, "learning": "", "routine": ""}
    )

    assert answer.status_code == 422
    initiative.refresh_from_db()
    assert initiative.learning == "Det gick inte."


def test_details_are_kept_as_what_they_are(owner, unit, client):
    initiative = make_initiative(owner=owner, unit=unit, kind="start_up")
    written = {
        "version": 1,
        "business_case": "Trettio gäster om dagen.",
        "permits": "Serveringstillstånd\n\n[x] Brandskydd\n",
        "opens_on": "2027-01-11",
        "yearly_cost": "412.5",
    }

    client.post(at("details", initiative.pk), written)

    initiative.refresh_from_db()
    assert initiative.details == {
        "business_case": "Trettio gäster om dagen.",
        "premises": "",
        "permits": ["Serveringstillstånd", "[x] Brandskydd"],
        "opens_on": "2027-01-11",
        "yearly_cost": 412.5,
    }


def test_permit_is_ticked_on_the_page(owner, unit, client):
    details = {"permits": ["Serveringstillstånd"]}
    initiative = make_initiative(owner=owner, unit=unit, kind="start_up", details=details)

    client.post(
        at("requirement", initiative.pk), {"name": "permits", "line": "Serveringstillstånd"}
    )

    initiative.refresh_from_db()
    assert initiative.details["permits"] == ["[x] Serveringstillstånd"]


# ---- stages ------------------------------------------------------------------------------------


def move(client, initiative, stage, **given):
    written = {"stage": stage, "version": initiative.version, **given}
    return client.post(at("stage", initiative.pk), written)


def test_stage_that_lacks_something_says_what_with_a_link(owner, unit, client):
    initiative = make_initiative(owner=owner, unit=unit, stage="started")

    answer = move(client, initiative, "under_way")

    assert answer.status_code == 422
    assert "1 thing is missing first:" in text_of(answer)
    assert f'<a href="{at("steps", initiative.pk)}">Give at least one step a day</a>' in (
        text_of(answer)
    )


def test_stage_is_reached_when_all_is_there(owner, unit, client):
    initiative = make_initiative(owner=owner, unit=unit, stage="started")
    make_step(initiative)

    answer = move(client, initiative, "under_way")

    initiative.refresh_from_db()
    assert (answer.status_code, initiative.stage) == (302, "under_way")


def test_same_stage_pressed_twice_moves_once(owner, unit, client):
    initiative = make_initiative(owner=owner, unit=unit)

    move(client, initiative, "started")
    answer = move(client, initiative, "started")

    assert answer.status_code == 302
    assert initiative.stage_changes.count() == 1


def test_stage_from_an_old_page_is_a_conflict(owner, unit, client):
    initiative = make_initiative(owner=owner, unit=unit)
    client.post(at("edit", initiative.pk), whole(initiative, title="Annat"))

    answer = move(client, initiative, "started")

    assert answer.status_code == 409


def test_way_back_without_a_word_asks_for_one(owner, unit, client):
    initiative = make_initiative(owner=owner, unit=unit, stage="under_way")

    answer = move(client, initiative, "started")

    assert answer.status_code == 422
    assert "Say in a few words why it goes back." in text_of(answer)
    assert move(client, initiative, "started", note="För fort.").status_code == 302


@pytest.mark.parametrize("stage", ["embedded", "moon", ""])
def test_stage_that_does_not_follow_is_a_sentence(stage, initiative, client):
    answer = move(client, initiative, stage)

    assert answer.status_code == 422
    assert "cannot go there from where it is" in text_of(answer)


# ---- steps, diary, gates -----------------------------------------------------------------------


def steps_form(initiative, *rows):
    form = {
        "version": initiative.version,
        "form-TOTAL_FORMS": len(rows),
        "form-INITIAL_FORMS": initiative.steps.count(),
    }
    for number, (key, text, due_on) in enumerate(rows):
        form |= {
            f"form-{number}-key": key,
            f"form-{number}-text": text,
            f"form-{number}-due_on": due_on,
        }
    return form


def test_steps_come_in_the_order_of_their_days_and_emptied_ones_go(initiative, client):
    old = make_step(initiative, "Bort")
    rows = [
        (old.pk, "", ""), ("", "Sedan", "2027-02-01"), ("", "Någon gång", ""),
        ("", "Först", "2027-01-01"),
    ]  # fmt: skip

    client.post(at("steps", initiative.pk), steps_form(initiative, *rows))

    assert [step.text for step in initiative.steps.all()] == ["Först", "Sedan", "Någon gång"]


def test_day_without_a_step_is_asked_about(initiative, client):
    answer = client.post(at("steps", initiative.pk), steps_form(initiative, ("", "", "2027-01-01")))

    assert answer.status_code == 422
    assert "Write what is to be done then." in text_of(answer)


def test_steps_from_an_old_page_are_a_conflict_with_both_texts(initiative, client):
    form = steps_form(initiative, ("", "Mitt steg", ""))
    client.post(at("steps", initiative.pk), steps_form(initiative, ("", "Deras steg", "")))

    answer = client.post(at("steps", initiative.pk), form)

    assert answer.status_code == 409
    assert "Mitt steg" in text_of(answer)
    assert "Deras steg" in text_of(answer)


def test_step_is_ticked_and_unticked(initiative, client):
    step = make_step(initiative)

    client.post(at("step_done", step.pk), {"done": "yes"})
    step.refresh_from_db()
    assert step.done_on is not None

    client.post(at("step_done", step.pk), {"done": "no"})
    step.refresh_from_db()
    assert step.done_on is None


def test_diary_is_written_in_her_name(initiative, owner, client):
    client.post(at("diary_new", initiative.pk), {"text": "Oktober blev 4,0 dagar."})

    assert [(one.text, one.by) for one in DiaryEntry.objects.all()] == [
        ("Oktober blev 4,0 dagar.", owner)
    ]


def test_diary_of_tomorrow_is_not_written(initiative, client):
    answer = client.post(
        at("diary_new", initiative.pk), {"text": "Det gick bra.", "on": "2099-01-01"}
    )

    assert answer.status_code == 422
    assert "The day has not been yet." in text_of(answer)


def test_gate_is_settled_with_level_day_and_outcome(initiative, client):
    address = at("gate_new", initiative.pk, "co_operation")

    answer = client.post(address, {"version": 1, "is_passed": "on"})
    assert answer.status_code == 422
    assert {"on", "outcome", "level"} <= set(answer.context["form"].errors)

    written = {"level": "local", "on": "2026-03-12", "outcome": "Enighet", "is_passed": "on"}
    client.post(address, {"version": 1, **written})
    gate = Gate.objects.get()
    assert (gate.kind, gate.level, gate.is_passed) == ("co_operation", "local", True)


def test_gate_of_no_known_kind_is_not_found(initiative, client):
    assert client.get(at("gate_new", initiative.pk, "moon")).status_code == 404


# ---- exchange ----------------------------------------------------------------------------------


def test_question_reaches_the_owner_and_its_answer_everybody(initiative, owner, nils, client):
    client.force_login(nils.user)
    client.post(at("question_new", initiative.pk), {"text": "Hur gjorde ni?"})
    question = Question.objects.get()
    assert [one.title for one in must_dos(owner.user, TODAY) if one.kind == "question"] != []

    client.force_login(owner.user)
    client.post(at("answer", question.pk), {"version": 1, "answer": "Med en telefon."})

    client.force_login(nils.user)
    assert "Med en telefon." in text_of(client.get(at("initiative", initiative.pk)))
    assert [one for one in must_dos(owner.user, TODAY) if one.kind == "question"] == []


def test_nils_follows_asks_to_join_and_is_let_in(initiative, owner, nils, client):
    client.force_login(nils.user)
    client.post(at("following", initiative.pk), {"follow": "yes"})
    client.post(at("joining", initiative.pk))
    part = InitiativePerson.objects.get()
    assert part.part == "asks"
    assert client.get(at("edit", initiative.pk)).status_code == 403

    client.force_login(owner.user)
    assert [one.kind for one in must_dos(owner.user, TODAY) if one.kind == "join"] == ["join"]
    client.post(at("part", part.pk), {"answer": "yes"})

    client.force_login(nils.user)
    assert client.get(at("edit", initiative.pk)).status_code == 200


def test_guest_without_a_person_takes_no_part(initiative, client, member):
    client.force_login(in_english(member("partner")))

    assert client.post(at("joining", initiative.pk)).status_code == 403
    assert client.post(at("question_new", initiative.pk), {"text": "Hej?"}).status_code == 403


def test_two_become_one_with_both_owners_yes(initiative, owner, nils, client):
    target = make_initiative("Målet", owner=nils, code="MV-900")
    answer = client.post(at("merger_new", initiative.pk), {"target": "MV-900", "why": "Samma sak"})
    assert answer.status_code == 302
    proposal = initiative.merges_out.get()

    client.force_login(nils.user)
    assert [one.kind for one in must_dos(nils.user, TODAY) if one.kind == "merger"] == ["merger"]
    client.post(at("merger", proposal.pk), {"answer": "yes"})

    initiative.refresh_from_db()
    assert initiative.merged_into == target
    assert client.post(at("following", initiative.pk)).status_code == 302


def test_change_of_a_merged_one_is_refused_in_a_sentence(owner, unit, client):
    initiative = make_initiative(owner=owner, unit=unit, merged_into=make_initiative("Målet"))

    answer = client.post(at("diary_new", initiative.pk), {"text": "Mer"}, follow=True)

    assert "Write there instead." in text_of(answer)


def test_stranger_decides_no_merger(initiative, nils, client, member):
    proposal = make_proposal(initiative, make_initiative("Målet", owner=nils))
    client.force_login(in_english(member("programme-owner")))

    assert client.post(at("merger", proposal.pk), {"answer": "yes"}).status_code == 403


def test_initiative_is_not_proposed_to_itself_nor_twice(initiative, nils, client):
    address = at("merger_new", initiative.pk)
    answer = client.post(address, {"target": initiative.code, "why": "Jaså"})
    assert answer.status_code == 422

    make_initiative("Målet", owner=nils, code="MV-900")
    client.post(address, {"target": "MV-900", "why": "Samma"})
    answer = client.post(address, {"target": "MV-900", "why": "Samma"})
    assert answer["Location"] == at("merger", initiative.merges_out.get().pk)


# ---- words and files ---------------------------------------------------------------------------


def test_quotation_goes_from_consent_to_withdrawal_to_gone(initiative, client):
    written = {"text": "Nu vet jag.", "who": "en mamma", "purpose": "sidan"}
    client.post(
        at("quotation_new", initiative.pk), {"version": 1, "consent_on": "2026-11-01", **written}
    )
    quotation = Quotation.objects.get()
    assert quotation.may_be_shown

    client.post(at("quotation_withdrawal", quotation.pk), {"version": 1})
    quotation.refresh_from_db()
    assert not quotation.may_be_shown

    client.post(at("quotation_removal", quotation.pk))
    assert Quotation.objects.count() == 0


def test_changed_words_are_hidden_until_there_is_consent_to_them(initiative, client):
    quotation = make_quotation(initiative)
    written = {"text": "Andra ord", "who": "en mamma", "purpose": quotation.purpose}

    answer = client.post(
        at("quotation", quotation.pk),
        {"version": 1, "consent_on": TODAY.isoformat(), **written},
        follow=True,
    )

    assert "shown to nobody until there is consent" in text_of(answer)


def test_consent_without_purpose_is_refused(initiative, client):
    written = {"text": "Nu vet jag.", "who": "en mamma", "consent_on": "2026-11-01"}

    answer = client.post(at("quotation_new", initiative.pk), {"version": 1, **written})

    assert answer.status_code == 422
    assert "Nobody can consent without knowing for what." in text_of(answer)


def attach(client, initiative, name="bild på dörren.png", content=PNG):
    file = SimpleUploadedFile(name, content)
    return client.post(at("attachment_new", initiative.pk), {"file": file})


def test_attached_file_is_given_out_as_a_download_and_never_shown(initiative, client):
    attach(client, initiative)

    answer = client.get(at("attachment", Attachment.objects.get().pk))

    assert b"".join(answer.streaming_content) == PNG
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("sida.html", b"<script>alert(1)</script>", "Such a file is not taken in."),
        ("bild.png", b"<script>", "Such a file is not taken in."),
        ("tom.png", b"", "The submitted file is empty."),
    ],
)
def test_refused_file_is_a_sentence(name, content, sentence, initiative, client):
    answer = attach(client, initiative, name, content)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert Attachment.objects.count() == 0


def test_file_of_an_initiative_that_she_may_not_see_is_refused(initiative, client, member):
    attach(client, initiative)
    client.force_login(in_english(member("facilitator")))

    assert client.get(at("attachment", Attachment.objects.get().pk)).status_code == 403


def test_file_of_another_organisation_is_not_found(initiative, other_organisation, client, member):
    with working_for(other_organisation):
        foreign = make_attachment(make_initiative("Annat", unit=make_unit(), owner=make_person()))
        path = path_of(foreign.stored_as)
        path.parent.mkdir(parents=True)
        path.write_bytes(PNG)

    assert client.get(at("attachment", foreign.pk)).status_code == 404


def test_file_whose_bytes_are_gone_is_not_found(initiative, client):
    assert client.get(at("attachment", make_attachment(initiative).pk)).status_code == 404


def test_own_words_are_added_changed_and_taken_away(client, member):
    client.force_login(in_english(member("programme-owner")))
    client.post(at("synonym_new"), {"version": 1, "words": "kvarnen\nmottagningen\nkvarnen"})
    synonym = Synonym.objects.get()
    assert synonym.words == "kvarnen|mottagningen"

    client.post(at("synonym", synonym.pk), {"version": 1, "words": "kvarnen\nen dörr in"})
    synonym.refresh_from_db()
    assert synonym.words == "kvarnen|en dörr in"
    assert (
        client.post(at("synonym", synonym.pk), {"version": 1, "words": "a\nb"}).status_code == 409
    )

    client.post(at("synonym_removal", synonym.pk))
    assert Synonym.objects.count() == 0


def test_single_word_means_the_same_as_nothing(client, member):
    client.force_login(in_english(member("programme-owner")))

    answer = client.post(at("synonym_new"), {"version": 1, "words": "kvarnen"})

    assert answer.status_code == 422


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_synonyms_are_exported(wanted, organisation, client, member):
    make_synonym("=kvarnen|porten")
    client.force_login(in_english(member("programme-owner")))

    answer = client.get(at("synonyms"), {"format": wanted})

    assert answer.status_code == 200
    content = answer.content
    assert wanted == "xlsx" or b"'=kvarnen, porten" in content


def test_what_is_stored_about_her_is_told(initiative, owner, nils, client):
    make_question(initiative, owner)
    make_part(initiative, nils, "follower")

    told = text_of(client.get(reverse("people:about_you")))

    assert f"Owner of {initiative.code} En dörr in" in told
    assert f"Question about {initiative.code}: Hur gjorde ni med växeln?" in told
