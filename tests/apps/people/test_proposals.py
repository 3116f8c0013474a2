from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.people.factories import make_person, make_seat, make_team, make_unit
from modig.apps.people.actions.proposals import propose_teams
from modig.apps.people.models import ManagementTeam, Person, TeamProposal, TeamSeat

pytestmark = pytest.mark.django_db
ADDRESS = "people:team_proposals"


def make_managers(unit, n, **given):
    return [
        make_person(f"Chef{k} {unit.name}", unit=unit, role="manager", **given) for k in range(n)
    ]


def proposed():
    return {
        one.name: [seat.person for seat in one.seats.all()] for one in TeamProposal.objects.all()
    }


def propose():
    propose_teams(on=timezone.localdate())
    return list(TeamProposal.objects.all())


@pytest.fixture
def owner(organisation, signed_in):
    return signed_in("programme-owner")


def test_managers_without_leaders_are_bundled_by_unit_into_teams_of_6_to_12(organisation):
    top = make_unit("Barn och utbildning")
    units = [make_unit(f"Enhet {n}", under=top) for n in range(8)]
    managers = [person for n, unit in enumerate(units) for person in make_managers(unit, 2 + n)]

    propose()

    sizes = [len(people) for people in proposed().values()]
    assert all(6 <= size <= 12 for size in sizes)
    assert Counter(p for people in proposed().values() for p in people) == Counter(managers)


def test_where_leaders_are_named_a_team_is_the_head_and_the_managers_under(organisation):
    unit = make_unit("Vård och omsorg")
    (head,) = make_managers(unit, 1)
    under = make_managers(unit, 3, manager=head)
    make_person("Inte Chef", unit=unit, manager=head)

    (proposal,) = propose()

    leaders = [seat.person for seat in proposal.seats.filter(is_leader=True)]
    assert (leaders, set(proposed()["Vård och omsorg"])) == ([head], {head, *under})


def test_leaders_in_one_department_leave_the_bundles_of_another_alone(organisation):
    with_leader, without = make_unit("Vård"), make_unit("Skola")
    (head,) = make_managers(with_leader, 1)
    make_managers(with_leader, 2, manager=head)
    make_managers(without, 7)

    propose()

    assert {name: len(people) for name, people in proposed().items()} == {"Vård": 3, "Skola": 7}


def test_whoever_sits_in_a_team_is_not_proposed_again(organisation):
    unit = make_unit("Vård")
    seated, *others = make_managers(unit, 7)
    make_seat(make_team(), seated)

    propose()

    assert set(proposed()["Vård"]) == set(others)


def test_corrected_proposals_become_teams_that_are_edited_on_their_own_pages(owner):
    one, other = make_unit("Vård"), make_unit("Skola")
    stays, moves, goes, *_ = make_managers(one, 8)
    make_managers(other, 6)
    owner.post(reverse(ADDRESS), {"propose": "1"})
    first = TeamProposal.objects.get(name="Vård")
    second = TeamProposal.objects.get(name="Skola")

    owner.post(
        reverse("people:team_proposal", args=[first.pk]),
        {
            "name": "Vårdens ledning", "version": first.version, "leader": stays.pk,
            f"to-{moves.pk}": second.pk, f"to-{goes.pk}": "none",
        },
    )  # fmt: skip
    owner.post(reverse(ADDRESS), {"team": [first.pk, second.pk]})

    team = ManagementTeam.objects.get(name="Vårdens ledning")
    leader = team.seats.get(kind=TeamSeat.Kind.LEADER)
    other_team = ManagementTeam.objects.get(name="Skola")
    assert (leader.person, team.seats.count(), other_team.seats.count()) == (stays, 6, 7)
    assert other_team.seats.filter(person=moves).exists()
    assert not TeamSeat.objects.filter(person=goes).exists()
    assert owner.get(reverse("people:team_edit", args=[team.pk])).status_code == 200
    assert not TeamProposal.objects.exists()


def test_only_chosen_proposals_become_teams(owner):
    for name in ("Vård", "Skola"):
        make_managers(make_unit(name), 6)
    chosen, left = propose()

    owner.post(reverse(ADDRESS), {"team": [chosen.pk]})

    assert [team.name for team in ManagementTeam.objects.all()] == [chosen.name]
    assert [one.name for one in TeamProposal.objects.all()] == [left.name]


def test_making_the_teams_twice_makes_them_once(owner):
    make_managers(make_unit("Vård"), 6)
    (proposal,) = propose()

    for _ in range(2):
        owner.post(reverse(ADDRESS), {"team": [proposal.pk]})

    assert ManagementTeam.objects.count() == 1


def test_code_that_is_taken_gets_a_number(owner):
    unit = make_unit("Vård", code="VO")
    make_team("Vårds gamla", code="VO-1")
    make_managers(unit, 6)
    (proposal,) = propose()

    owner.post(reverse(ADDRESS), {"team": [proposal.pk]})

    assert ManagementTeam.objects.get(name="Vård").code == "VO-1-2"


def test_whoever_has_left_since_gets_no_place(owner):
    make_managers(make_unit("Vård"), 6)
    (proposal,) = propose()
    left = proposal.seats.first().person
    Person.objects.filter(pk=left.pk).update(left_on=timezone.localdate())

    owner.post(reverse(ADDRESS), {"team": [proposal.pk]})

    assert TeamSeat.objects.count() == 5


def test_one_more_person_is_added_by_name(owner):
    make_managers(make_unit("Vård"), 6)
    more = make_person("Siv Extra")
    (proposal,) = propose()

    owner.post(
        reverse("people:proposal_addition", args=[proposal.pk]),
        {"person": "Siv Extra", "version": proposal.version},
    )

    assert proposal.seats.filter(person=more).exists()


def test_second_correction_of_the_same_proposal_is_told_of_the_first(owner):
    make_managers(make_unit("Vård"), 6)
    (proposal,) = propose()
    address = reverse("people:team_proposal", args=[proposal.pk])
    owner.post(address, {"name": "Först", "version": 1})

    answer = owner.post(address, {"name": "Sedan", "version": 1})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Först" in page
    assert "Sedan" in page


def test_proposal_without_a_name_is_refused(owner):
    make_managers(make_unit("Vård"), 6)
    (proposal,) = propose()

    answer = owner.post(
        reverse("people:team_proposal", args=[proposal.pk]), {"name": " ", "version": 1}
    )

    proposal.refresh_from_db()
    assert (answer.status_code, proposal.name) == (422, "Vård")


def test_proposing_anew_forgets_the_corrections(owner):
    make_managers(make_unit("Vård"), 6)
    (proposal,) = propose()
    TeamProposal.objects.filter(pk=proposal.pk).update(name="Ändrad")

    owner.post(reverse(ADDRESS), {"propose": "1"})

    assert list(proposed()) == ["Vård"]
