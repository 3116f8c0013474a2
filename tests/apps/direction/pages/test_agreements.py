"""Assignments and agreements as their sides meet them."""

import pytest
from django.urls import reverse

from apps.direction.factories import agree, make_assignment, make_goal, noon
from apps.people.factories import make_employment, make_person, make_unit
from modig.apps.direction.actions.agreements import confirm_agreement
from modig.apps.direction.models import Agreement, Assignment, Commitment
from modig.apps.people.about import told_about
from modig.apps.tenancy.scope import working_for
from modig.apps.ui.must_do import must_dos


@pytest.fixture
def manager(member):
    """A unit manager, with her own superior and her unit."""
    unit = make_unit("Hemtjänsten Norra")
    superior = make_person(
        "Åsa Öberg", user=member("team-leader"), unit=make_unit("Vård och omsorg"), role="manager"
    )
    own = make_person("Sara Lindqvist", user=member("unit-manager"))
    make_employment(own, unit, role="manager", manager=superior)
    return own


@pytest.fixture
def superior(manager):
    return manager.employments.get().manager


@pytest.fixture
def as_manager(client, manager):
    client.force_login(manager.user)
    return client


def written(**given):
    """The form of an agreement as a phone sends it."""
    return {
        "kind": "vertical",
        "title": "Mandat för mottagningen",
        "first_0_text": "Jag visar siffror varje månad",
        "first_0_due": "2027-01-15",
        "second_0_text": "Du ger mandat att flytta två tjänster",
        "rows": "2",
        **given,
    }


NEW = "/agreements/new/"


# ---- making --------------------------------------------------------------------------------------


def test_agreement_is_made_and_confirmed_by_both(client, manager, superior):
    client.force_login(manager.user)
    answer = client.post(NEW, written(second=superior.number))
    client.force_login(superior.user)
    page = client.get(answer["Location"]).content.decode()

    client.post(f"{answer['Location']}confirmation/", {"edition": 1})

    assert "Säger du ja?" in page
    assert Agreement.objects.get().is_confirmed


def test_agreement_hangs_on_the_assignment_that_it_was_written_for(as_manager, manager, superior):
    assignment = make_assignment(holder=manager, giver=superior)

    as_manager.post(f"{NEW}?assignment={assignment.pk}", written(second=superior.number))

    assert Agreement.objects.get().assignment == assignment
    page = as_manager.get(reverse("direction:assignment", args=[assignment.pk]))
    assert "Mandat för mottagningen" in page.content.decode()


def test_assignment_of_others_is_not_hung_on(as_manager, superior):
    others = make_assignment()

    as_manager.post(f"{NEW}?assignment={others.pk}", written(second=superior.number))

    assert Agreement.objects.get().assignment is None


def test_between_two_units_both_are_named(as_manager, superior):
    answer = as_manager.post(NEW, written(second=superior.number, kind="horizontal"))

    assert "Mellan två enheter anges båda." in answer.content.decode()


def test_agreement_between_units_names_them(as_manager, superior):
    kitchen = make_unit("Måltider")

    as_manager.post(
        NEW,
        written(
            second=superior.number,
            kind="horizontal",
            first_unit="Hemtjänsten Norra",
            second_unit=kitchen.code,
        ),
    )

    agreement = Agreement.objects.get()
    assert (str(agreement.first_unit), agreement.second_unit) == ("Hemtjänsten Norra", kitchen)


def test_both_sides_promise_something(as_manager, superior):
    answer = as_manager.post(NEW, written(second=superior.number, second_0_text=""))

    assert "Skriv minst en sak som du ber den andra parten om" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_more_rows_keep_what_was_written(as_manager, superior):
    answer = as_manager.post(NEW, written(second=superior.number, more="5"))

    page = answer.content.decode()
    assert 'name="first_4_text"' in page
    assert "Jag visar siffror varje månad" in page
    assert not Agreement.objects.exists()


def test_who_is_no_person_cannot_be_a_side(signed_in, organisation):
    answer = signed_in("programme-owner").get(NEW)

    assert "Du kan inte vara part än" in answer.content.decode()


def test_colleagues_without_a_lead_are_not_named_by_others(as_manager):
    stranger = make_person("Nils Ek", unit=make_unit("Annan enhet"))

    answer = as_manager.post(NEW, written(second=stranger.number))

    assert not Agreement.objects.exists()
    assert answer.status_code == 200


def test_managers_are_offered_while_one_types(as_manager):
    make_person("Nils Ek", unit=make_unit("Annan enhet"))

    page = as_manager.get("/direction/persons/", {"field": "second", "second": "öberg"})
    nobody = as_manager.get("/direction/persons/", {"field": "second", "second": "Nils"})

    assert "Åsa Öberg" in page.content.decode()
    assert "Nils" not in nobody.content.decode()


def test_units_are_offered_while_one_types(as_manager):
    make_unit("Måltider")

    page = as_manager.get("/direction/units/", {"field": "second_unit", "second_unit": "malt"})

    assert "Måltider" in page.content.decode()


# ---- confirming and rewriting --------------------------------------------------------------------


def test_yes_to_a_rewritten_agreement_shows_both_texts_first(client, manager, superior):
    agreement = agree(manager, superior)
    client.force_login(manager.user)
    kept = {one.side: one.pk for one in agreement.commitments.all()}
    client.post(
        reverse("direction:agreement_edit", args=[agreement.pk]),
        written(
            title=agreement.title,
            first_0_text="Före kl. 8",
            first_0_pk=kept["first"],
            second_0_text="Maten är framme före kl. 11.15",
            second_0_pk=kept["second"],
            version=agreement.version,
            why="De äldsta äter tidigt",
        ),
    )
    client.force_login(superior.user)

    answer = client.post(
        reverse("direction:agreement_confirmation", args=[agreement.pk]), {"edition": 1}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "De äldsta äter tidigt" in page
    assert "Vi lämnar antalet portioner" in page
    assert Agreement.objects.get().second_confirmed_at is None


def test_two_who_rewrite_at_once_see_both_texts(client, manager, superior):
    agreement = agree(manager, superior)
    there = reverse("direction:agreement_edit", args=[agreement.pk])
    told = {"title": agreement.title, "why": "Nytt", "version": 1}
    client.force_login(manager.user)
    client.post(there, written(**told, first_0_text="Före kl. 8"))
    client.force_login(superior.user)

    answer = client.post(there, written(**told, first_0_text="Före kl. 10"))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Före kl. 8" in page
    assert "Före kl. 10" in page


def test_former_editions_can_be_read_with_why(client, manager, superior):
    agreement = agree(manager, superior)
    client.force_login(manager.user)
    client.post(
        reverse("direction:agreement_edit", args=[agreement.pk]),
        written(title=agreement.title, version=1, why="De äldsta äter tidigt"),
    )

    page = client.get(reverse("direction:agreement", args=[agreement.pk])).content.decode()

    assert "Version 1, till" in page
    assert "De äldsta äter tidigt" in page


def test_stranger_neither_sees_nor_confirms(client, member, manager, superior):
    agreement = agree(manager, superior)
    client.force_login(member("participant"))
    here = reverse("direction:agreement", args=[agreement.pk])

    assert client.get(here).status_code == 403
    assert client.post(f"{here}confirmation/", {"edition": 1}).status_code == 403
    assert client.get(f"{here}edit/").status_code == 403
    assert client.post(f"{here}end/", {}).status_code == 403


def test_who_edits_the_direction_reads_it_and_does_not_confirm(client, member, manager, superior):
    agreement = agree(manager, superior)
    client.force_login(member("programme-owner"))
    here = reverse("direction:agreement", args=[agreement.pk])

    assert client.get(here).status_code == 200
    assert client.post(f"{here}confirmation/", {"edition": 1}).status_code == 403


@pytest.mark.parametrize("page", ["agreement", "agreement_edit", "agreement_end"])
def test_agreement_of_another_organisation_is_not_found(page, as_manager, other_organisation):
    with working_for(other_organisation):
        agreement = agree(make_person("A B"), make_person("C D"))

    assert as_manager.get(reverse(f"direction:{page}", args=[agreement.pk])).status_code == 404


# ---- keeping and ending --------------------------------------------------------------------------


def test_promise_is_ticked_as_kept_by_who_made_it(client, manager, superior):
    agreement = agree(manager, superior)
    confirm_agreement(agreement, superior, edition=1, by=None, at=noon())
    promise = agreement.commitments.get(side="first")
    there = reverse("direction:commitment", args=[agreement.pk, promise.pk])
    client.force_login(superior.user)
    refused = client.post(there, {"kept": 1, "edition": 1})
    client.force_login(manager.user)

    client.post(there, {"kept": 1, "edition": 1})

    assert refused.status_code == 403
    assert Commitment.objects.get(side="first").done_on is not None


def test_commitment_is_found_only_in_its_own_agreement(as_manager, manager, superior):
    agreement = agree(manager, superior)
    other = agree(manager, superior, title="En annan")
    promise = agreement.commitments.get(side="first")

    answer = as_manager.post(
        reverse("direction:commitment", args=[other.pk, promise.pk]), {"kept": 1, "edition": 1}
    )

    assert answer.status_code == 404


def test_agreement_is_ended_with_a_reason_and_stays_readable(as_manager, manager, superior):
    agreement = agree(manager, superior)
    here = reverse("direction:agreement", args=[agreement.pk])

    as_manager.post(f"{here}end/", {"version": 1, "on": "2026-12-01", "why": "Färdig"})

    assert "Färdig" in as_manager.get(here).content.decode()
    assert Agreement.objects.get().is_ended


# ---- lists ---------------------------------------------------------------------------------------


def test_lists_show_mine_due_and_what_waits_for_a_yes(as_manager, manager, superior):
    agree(manager, superior, title="Obekräftad")
    confirmed = agree(superior, manager, title="Bekräftad")
    confirm_agreement(confirmed, manager, edition=1, by=None, at=noon())
    agree(make_person("A B"), make_person("C D"), title="Andras")

    def listed(which):
        page = as_manager.get("/agreements/", {"which": which}).content.decode()
        return {title for title in ("Obekräftad", "Bekräftad", "Andras") if title in page}

    assert listed("mine") == {"Obekräftad", "Bekräftad"}
    assert listed("unconfirmed") == {"Obekräftad"}
    assert listed("all") == {"Obekräftad", "Bekräftad"}
    assert listed("ended") == set()


def test_lists_show_my_assignments_and_those_that_i_gave(as_manager, manager, superior):
    make_assignment("Mitt", holder=manager, giver=superior)
    make_assignment("Gett", holder=make_person("Nils Ek"), giver=manager)
    make_assignment("Andras")

    def listed(which):
        page = as_manager.get("/assignments/", {"which": which}).content.decode()
        return {title for title in (">Mitt<", ">Gett<", ">Andras<") if title in page}

    assert listed("mine") == {">Mitt<"}
    assert listed("given") == {">Gett<"}
    assert listed("all") == {">Mitt<", ">Gett<"}


# ---- assignments ---------------------------------------------------------------------------------


def test_assignment_is_given_to_somebody_whom_one_sees(as_manager, manager):
    goal = make_goal()
    colleague = make_person("Nils Ek", unit=manager.employments.get().unit)
    given = {"title": "Korta vägen", "from_on": "2026-01-01", "goals": [goal.pk], "version": 1}

    as_manager.post(
        "/assignments/new/", {**given, "holder": colleague.number, "giver": manager.number}
    )

    made = Assignment.objects.get()
    assert (made.holder, made.giver, [*made.goals.all()]) == (colleague, manager, [goal])


def test_nobody_gives_assignments_to_strangers(as_manager, manager):
    stranger = make_person("Nils Ek", unit=make_unit("Annan enhet"))
    given = {"title": "Korta vägen", "from_on": "2026-01-01", "version": 1}

    as_manager.post("/assignments/new/", {**given, "holder": stranger.number})

    assert not Assignment.objects.exists()


def test_own_assignment_is_written_down_with_who_gave_it(as_manager, manager, superior):
    given = {"title": "Korta vägen", "from_on": "2026-01-01", "version": 1}

    alone = as_manager.post(
        "/assignments/new/", {**given, "holder": manager.number, "giver": manager.number}
    )
    as_manager.post(
        "/assignments/new/", {**given, "holder": manager.number, "giver": superior.number}
    )

    assert "Ingen ger sig själv ett uppdrag." in alone.content.decode()
    assert Assignment.objects.get().giver == superior


def test_holder_does_not_change_what_she_was_given(as_manager, manager, superior):
    assignment = make_assignment(holder=manager, giver=superior)
    here = reverse("direction:assignment", args=[assignment.pk])

    assert as_manager.get(here).status_code == 200
    assert as_manager.get(f"{here}edit/").status_code == 403


def test_assignment_changed_meanwhile_shows_both_texts(client, manager, superior):
    assignment = make_assignment("Ett", holder=manager, giver=superior)
    there = reverse("direction:assignment_edit", args=[assignment.pk])
    given = {"holder": manager.number, "giver": superior.number, "version": 1}
    given["from_on"] = "2026-01-01"
    client.force_login(superior.user)
    client.post(there, {**given, "title": "Deras"})

    answer = client.post(there, {**given, "title": "Mitt"})

    assert answer.status_code == 409
    assert "Deras" in answer.content.decode()


def test_assignment_of_another_organisation_is_not_found(as_manager, other_organisation):
    with working_for(other_organisation):
        assignment = make_assignment()

    here = reverse("direction:assignment", args=[assignment.pk])
    assert as_manager.get(here).status_code == 404
    assert as_manager.get(f"{here}edit/").status_code == 404


# ---- what there is to do, and what is stored -----------------------------------------------------


def test_agreement_to_confirm_is_something_to_do_until_it_is_confirmed(manager, superior):
    agreement = agree(manager, superior)
    today = noon().date()

    [asked] = must_dos(superior.user, today)
    confirm_agreement(agreement, superior, edition=1, by=None, at=noon())

    assert asked.title == "Läs överenskommelsen med Sara Lindqvist"
    assert [thing.kind for thing in must_dos(superior.user, today)] == []


def test_commitment_that_is_due_is_something_to_do(manager, superior):
    from datetime import date

    agreement = agree(manager, superior)
    confirm_agreement(agreement, superior, edition=1, by=None, at=noon())

    [due] = must_dos(manager.user, date(2027, 1, 10))

    assert (due.kind, due.title) == ("commitment", "Vi lämnar antalet portioner före kl. 9")


def test_what_is_stored_about_a_person_is_told_to_her(manager, superior):
    make_assignment("Korta vägen", holder=manager, giver=superior)
    agree(manager, superior)
    make_goal("Kortare väg", owner=manager, code="G3")

    told = {one.heading: list(one.entries) for one in told_about(manager)}

    assert told["Dina uppdrag"] == ["Du har uppdraget Korta vägen, från 2020-01-01"]
    assert told["Dina överenskommelser"] == [
        "Med Åsa Öberg: Måltider till hemtjänsten Norra",
        "Du lovade: Vi lämnar antalet portioner före kl. 9",
    ]
    assert told["Det du äger i riktningen"] == ["Målet: G3 Kortare väg"]


def test_promise_whose_day_has_passed_is_asked_about(as_manager, manager, superior):
    agreement = agree(manager, superior)
    confirm_agreement(agreement, superior, edition=1, by=superior.user, at=noon())
    Commitment.objects.filter(side="first").update(due_on="2026-01-15", done_on=None)

    told = as_manager.get(reverse("direction:agreement", args=[agreement.pk])).content.decode()

    assert "Försenat sedan 15" in told
    assert "Är det hållet?" in told
    assert "Ditt nästa löfte" not in told
