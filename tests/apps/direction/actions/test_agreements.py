"""Two sides promise each other something, and both say yes to the same words."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from apps.direction.factories import BOTH, agree, make_assignment, make_goal, noon
from apps.people.factories import make_person, make_unit
from modig.apps.direction.actions import agreements as actions
from modig.apps.direction.actions.agreements import Promised
from modig.apps.direction.models import Agreement, AgreementEdition, Assignment, Commitment
from modig.apps.direction.queries.agreements import commitments_due, compared, unconfirmed_by
from modig.apps.tenancy.actions import EditedMeanwhileError

BY = {"by": None, "at": noon()}


@pytest.fixture
def sides(organisation):
    return make_person("Sara Lindqvist"), make_person("Åsa Öberg")


def confirm(agreement, person, *, edition=None):
    return actions.confirm_agreement(agreement, person, edition=edition or agreement.edition, **BY)


def rewrite(agreement, promised, *, maker, version=None, why="Tiden räcker inte"):
    return actions.change_agreement(
        agreement, promised, version=version or agreement.version, why=why, maker=maker, **BY
    )


# ---- making and confirming -----------------------------------------------------------------------


def test_who_writes_an_agreement_has_said_yes_and_the_other_is_asked(sides):
    first, second = sides

    agreement = agree(first, second)

    assert (agreement.first_confirmed_at, agreement.second_confirmed_at) == (noon(), None)
    assert [*Agreement.objects.filter(unconfirmed_by(second))] == [agreement]
    assert not Agreement.objects.filter(unconfirmed_by(first)).exists()


def test_agreement_needs_a_promise_of_each_side(sides):
    with pytest.raises(actions.NothingPromisedError):
        agree(*sides, promised=BOTH[:1])

    assert not Agreement.objects.exists()


def test_agreement_is_made_by_one_of_its_sides(sides):
    agreement = Agreement(first=sides[0], second=sides[1], kind="vertical", title="Mat")

    with pytest.raises(actions.NotASideError):
        actions.make_agreement(agreement, BOTH, maker=make_person("Nils Ek"), **BY)


def test_same_agreement_sent_twice_is_kept_once(sides):
    assert agree(*sides).pk == agree(*sides).pk
    assert Commitment.objects.count() == 2


def test_agreement_holds_when_both_have_said_yes(sides):
    agreement = agree(*sides)

    now = confirm(agreement, sides[1])

    assert now.is_confirmed


def test_yes_said_twice_changes_nothing(sides):
    agreement = agree(*sides)

    once, twice = confirm(agreement, sides[1]), confirm(agreement, sides[1])

    assert (once.version, twice.version) == (2, 2)


def test_nobody_else_says_yes(sides):
    agreement = agree(*sides)

    with pytest.raises(actions.NotASideError):
        confirm(agreement, make_person("Nils Ek"))


def test_rewritten_agreement_is_not_confirmed_by_a_yes_to_the_former_words(sides):
    first, second = sides
    agreement = agree(first, second)
    rewrite(agreement, (replace(BOTH[0], text="Före kl. 8"), BOTH[1]), maker=first)

    with pytest.raises(EditedMeanwhileError):
        confirm(agreement, second, edition=1)

    assert Agreement.objects.get().second_confirmed_at is None


# ---- editions ------------------------------------------------------------------------------------


def test_new_edition_keeps_the_former_with_who_had_said_yes(sides):
    first, second = sides
    agreement = agree(first, second)
    agreement = confirm(agreement, second)
    kept = agreement.commitments.get(side="first")

    rewrite(agreement, (Promised("first", "Före kl. 8", None, kept.pk), BOTH[1]), maker=second)

    former, now = AgreementEdition.objects.get(), Agreement.objects.get()
    assert (former.number, former.why) == (1, "Tiden räcker inte")
    assert former.first_confirmed_at
    assert former.second_confirmed_at
    assert former.content["commitments"][0]["text"] == BOTH[0].text
    assert (now.edition, now.first_confirmed_at) == (2, None)
    assert now.second_confirmed_at is not None
    assert [one.text for one in now.commitments.order_by("number")] == ["Före kl. 8", BOTH[1].text]


def test_agreement_that_reads_as_before_keeps_both_sides_yes(sides):
    first, second = sides
    agreement = confirm(agree(first, second), second)

    assert rewrite(agreement, BOTH, maker=first) is False
    assert Agreement.objects.get().is_confirmed


def test_two_who_rewrite_at_once_do_not_overwrite_each_other(sides):
    first, second = sides
    agreement = agree(first, second)
    other = Agreement.objects.get()
    rewrite(agreement, (replace(BOTH[0], text="Före kl. 8"), BOTH[1]), maker=first, version=1)

    with pytest.raises(EditedMeanwhileError) as refused:
        rewrite(other, (BOTH[0], replace(BOTH[1], text="Före kl. 12")), maker=second, version=1)

    assert refused.value.theirs.edition == 2
    assert AgreementEdition.objects.count() == 1
    assert {one.text for one in Commitment.objects.all()} == {"Före kl. 8", BOTH[1].text}


def test_nobody_else_rewrites(sides):
    with pytest.raises(actions.NotASideError):
        rewrite(agree(*sides), BOTH, maker=make_person("Nils Ek"))


def test_promise_in_other_words_is_not_kept_yet(sides):
    first, second = sides
    agreement = confirm(agree(first, second), second)
    done = agreement.commitments.get(side="first")
    actions.keep_commitment(done, first, edition=1, on=date(2026, 12, 1), **BY)
    agreement.refresh_from_db()

    rewrite(agreement, (Promised("first", "Något annat", None, done.pk), BOTH[1]), maker=first)

    assert Commitment.objects.get(side="first").done_on is None


def test_lines_that_differ_stand_beside_each_other_and_the_others_are_left_out(sides):
    agreement = agree(*sides)
    before = actions.content_of(agreement)
    after = actions.content_from(agreement, (BOTH[0], replace(BOTH[1], text="Före kl. 12")))

    lines = compared(before, after, {"first": "Sara", "second": "Åsa"})

    assert [line.label for line in lines] == ["Åsa"]


@pytest.mark.database
def test_database_refuses_an_agreement_with_oneself(sides):
    with pytest.raises(IntegrityError), transaction.atomic():
        agree(sides[0], sides[0])


@pytest.mark.database
def test_database_refuses_an_agreement_between_units_that_names_only_one(sides):
    with pytest.raises(IntegrityError), transaction.atomic():
        agree(*sides, kind="horizontal", first_unit=make_unit())


@pytest.mark.database
def test_database_refuses_an_agreement_of_a_unit_with_itself(sides):
    unit = make_unit()

    with pytest.raises(IntegrityError), transaction.atomic():
        agree(*sides, kind="horizontal", first_unit=unit, second_unit=unit)


# ---- keeping and ending --------------------------------------------------------------------------


def test_who_has_promised_says_when_it_is_kept(sides):
    agreement = agree(*sides)
    promise = agreement.commitments.get(side="first")

    actions.keep_commitment(promise, sides[0], edition=1, on=date(2026, 12, 1), **BY)

    assert Commitment.objects.get(side="first").done_on == date(2026, 12, 1)


def test_other_side_does_not_tick_it(sides):
    agreement = agree(*sides)
    promise = agreement.commitments.get(side="first")

    with pytest.raises(actions.NotASideError):
        actions.keep_commitment(promise, sides[1], edition=1, on=date(2026, 12, 1), **BY)


def test_promise_is_not_ticked_after_it_was_rewritten(sides):
    agreement = agree(*sides)
    promise = agreement.commitments.get(side="first")
    rewrite(agreement, (Promised("first", "Annat", None, promise.pk), BOTH[1]), maker=sides[1])

    with pytest.raises(EditedMeanwhileError):
        actions.keep_commitment(promise, sides[0], edition=1, on=date(2026, 12, 1), **BY)


def test_only_what_both_have_agreed_on_is_due(sides):
    agreement = agree(*sides)
    assert not commitments_due(sides[0], date(2027, 1, 10)).exists()

    confirm(agreement, sides[1])

    assert [one.text for one in commitments_due(sides[0], date(2027, 1, 10))] == [BOTH[0].text]


def test_agreement_that_has_ended_is_only_read(sides):
    first, second = sides
    agreement = agree(first, second)
    end = {"version": 1, "on": date(2026, 12, 1), "maker": second, "why": "Färdig"}
    actions.end_agreement(agreement, **end, **BY)

    with pytest.raises(actions.AgreementEndedError):
        confirm(agreement, second)
    with pytest.raises(actions.AgreementEndedError):
        rewrite(agreement, BOTH, maker=first)


def test_nobody_else_ends_it(sides):
    agreement = agree(*sides)

    with pytest.raises(actions.NotASideError):
        actions.end_agreement(
            agreement, version=1, on=date(2026, 12, 1), maker=make_person("Nils Ek"), **BY
        )


# ---- assignments ---------------------------------------------------------------------------------


def test_same_assignment_sent_twice_is_kept_once(sides):
    def give():
        assignment = Assignment(
            holder=sides[0], giver=sides[1], title="Korta vägen", from_on=date(2026, 1, 1)
        )
        return actions.give_assignment(assignment, [make_goal()], **BY)

    assert give().pk == give().pk
    assert Assignment.objects.get().goals.count() == 1


def test_two_edits_of_an_assignment_at_once_do_not_overwrite_each_other(sides):
    mine = make_assignment(holder=sides[0])
    theirs = Assignment.objects.get()
    mine.title, theirs.title = "Mitt", "Deras"
    actions.edit_assignment(mine, version=1, **BY)

    with pytest.raises(EditedMeanwhileError):
        actions.edit_assignment(theirs, version=1, **BY)

    assert Assignment.objects.get().title == "Mitt"
