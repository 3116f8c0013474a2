"""Asking, joining, and letting two become one with both owners' yes."""

import pytest
from django.db import IntegrityError, transaction

from apps.initiatives.factories import (
    make_diary,
    make_goal,
    make_initiative,
    make_part,
    make_proposal,
    make_step,
    noon,
)
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.actions.exchange import (
    MergeIsDecidedError,
    MergeIsProposedError,
    NotAnOwnerError,
    answer_question,
    ask_owner,
    decline_merge,
    keep_as_follower,
    let_in,
    propose_merge,
    say_yes_to_merge,
)
from modig.apps.initiatives.actions.initiatives import (
    HasMergedError,
    leave_initiative,
    take_part,
)
from modig.apps.initiatives.models import InitiativePerson, MergeProposal, Question
from modig.apps.tenancy.actions import EditedMeanwhileError

pytestmark = pytest.mark.database
Part = InitiativePerson.Part


@pytest.fixture
def source(organisation):
    return make_initiative("Reception för hemtjänstansökan", owner=make_person("Åsa Öberg"))


@pytest.fixture
def target(organisation):
    return make_initiative("En dörr in", owner=make_person("Leila Haddad"))


def propose(source, target, proposer):
    return propose_merge(source, target, why="Samma sak", proposer=proposer, by=None, at=noon())


def parts(initiative):
    return {(row.person, row.part) for row in initiative.people.all()}


# ---- people and questions ----------------------------------------------------------------------


def test_whoever_asks_follows_from_then_on(target):
    nils = make_person("Nils Ek")

    question = ask_owner(target, "Hur gjorde ni?", by=nils, at=noon())

    assert (question.asked_by, parts(target)) == (nils, {(nils, Part.FOLLOWER)})


def test_same_question_sent_twice_is_asked_once(target):
    nils = make_person("Nils Ek")

    ask_owner(target, "Hur gjorde ni?", by=nils, at=noon())
    ask_owner(target, "Hur gjorde ni?", by=nils, at=noon())

    assert Question.objects.count() == 1


def test_answer_that_came_too_late_is_refused(target):
    question = ask_owner(target, "Hur gjorde ni?", by=make_person("Nils Ek"), at=noon())
    answer_question(question, "Med en telefon.", version=1, at=noon())

    with pytest.raises(EditedMeanwhileError):
        answer_question(question, "Utan.", version=1, at=noon())


def test_stronger_part_stays(target):
    nils = make_person("Nils Ek")

    take_part(target, nils, Part.MEMBER)
    take_part(target, nils, Part.FOLLOWER)
    take_part(target, nils, Part.ASKS)

    assert parts(target) == {(nils, Part.MEMBER)}


def test_follower_who_asks_to_join_is_let_in_and_can_follow_again(target):
    nils = make_person("Nils Ek")
    take_part(target, nils, Part.FOLLOWER)
    take_part(target, nils, Part.ASKS)
    assert parts(target) == {(nils, Part.ASKS)}

    row = target.people.get()
    let_in(row, by=None, at=noon())
    assert parts(target) == {(nils, Part.MEMBER)}

    keep_as_follower(row)
    assert parts(target) == {(nils, Part.FOLLOWER)}

    leave_initiative(target, nils)
    assert parts(target) == set()


# ---- mergers -----------------------------------------------------------------------------------


def test_nothing_happens_before_both_owners_have_said_yes(source, target):
    proposal = propose(source, target, source.owner)

    source.refresh_from_db()
    assert (proposal.source_yes_at, proposal.target_yes_at) == (noon(), None)
    assert source.merged_into is None


def test_both_yes_carry_people_units_goals_diary_and_open_steps_along(source, target):
    nils, goal, partner = make_person("Nils Ek"), make_goal(), make_unit("Växeln")
    make_part(source, nils, Part.FOLLOWER)
    make_diary(source, "Första veckan.")
    make_step(source, "Klart", done_on=noon().date())
    make_step(source, "Kvar")
    make_step(target, "Redan här")
    source.goals.add(goal)
    source.partner_units.add(partner)
    proposal = propose(source, target, source.owner)

    say_yes_to_merge(proposal, target.owner, by=None, at=noon())

    source.refresh_from_db()
    assert source.merged_into == target
    assert parts(target) == {(nils, Part.FOLLOWER), (source.owner, Part.MEMBER)}
    assert set(target.partner_units.all()) == {partner, source.unit}
    assert list(target.goals.all()) == [goal]
    assert [(one.text, one.from_code) for one in target.diary.all()] == [
        ("Första veckan.", source.code)
    ]
    assert [step.text for step in target.steps.all()] == ["Redan här", "Kvar"]


def test_source_keeps_its_own_history(source, target):
    make_diary(source, "Första veckan.")
    make_step(source, "Kvar")

    proposal = propose(source, target, source.owner)
    say_yes_to_merge(proposal, target.owner, by=None, at=noon())

    assert [one.text for one in source.diary.all()] == ["Första veckan."]
    assert [step.text for step in source.steps.all()] == ["Kvar"]
    assert source.stage_changes.last().note == f"→ {target.code}"


def test_one_owner_of_both_needs_no_second_yes(organisation):
    owner = make_person("Åsa Öberg")
    source, target = make_initiative("Ett", owner=owner), make_initiative("Två", owner=owner)

    propose(source, target, owner)

    source.refresh_from_db()
    assert source.merged_into == target
    assert parts(target) == set()


def test_nobody_says_yes_for_another(source, target):
    proposal = propose(source, target, None)

    with pytest.raises(NotAnOwnerError):
        say_yes_to_merge(proposal, make_person("Nils Ek"), by=None, at=noon())


def test_one_owners_yes_twice_is_not_two(source, target):
    proposal = propose(source, target, source.owner)

    say_yes_to_merge(proposal, source.owner, by=None, at=noon())

    source.refresh_from_db()
    assert source.merged_into is None


def test_no_of_either_leaves_both_as_they_were(source, target):
    proposal = propose(source, target, source.owner)

    decline_merge(proposal, target.owner, by=None, at=noon())

    with pytest.raises(MergeIsDecidedError):
        say_yes_to_merge(proposal, target.owner, by=None, at=noon())


def test_second_proposal_of_the_same_source_leads_to_the_first(source, target):
    first = propose(source, target, source.owner)

    with pytest.raises(MergeIsProposedError) as refused:
        propose(source, make_initiative("En tredje"), source.owner)

    assert refused.value.proposal == first


def test_the_other_way_round_is_the_same_proposal(source, target):
    first = propose(source, target, source.owner)

    with pytest.raises(MergeIsProposedError) as refused:
        propose(target, source, target.owner)

    assert refused.value.proposal == first


def test_merged_one_takes_no_part_in_another_merger(source, target):
    third = make_initiative("En tredje", owner=make_person("Nils Ek"))
    waiting = make_proposal(third, source)
    say_yes_to_merge(propose(source, target, source.owner), target.owner, by=None, at=noon())

    waiting.refresh_from_db()
    source.refresh_from_db()
    assert waiting.declined_at == noon()
    with pytest.raises(HasMergedError):
        propose(third, source, third.owner)


def test_database_refuses_a_merger_with_itself(source):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_proposal(source, source)

    assert MergeProposal.objects.count() == 0
