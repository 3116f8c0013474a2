"""A real employer's file: who its rules make managers, and which teams they give."""

from datetime import UTC, datetime

import pytest

from apps.people.factories import make_rule
from modig.apps.people.actions.imports import record_import
from modig.apps.people.actions.proposals import propose_teams
from modig.apps.people.actions.role_rules import apply_rules
from modig.apps.people.hr_files import guess_mapping, read_table
from modig.apps.people.models import Employment, ProposedSeat, TeamProposal
from reference import reference

pytestmark = [pytest.mark.database, pytest.mark.django_db]
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
BROAD = "manager|supervisor|chief|director|lieutenant|captain"


@pytest.fixture
def county(organisation):
    table = read_table(reference("data/montgomery-2016/employees.csv"))
    record_import(table, guess_mapping(table), name="employees.csv", at=NOON)


@pytest.mark.parametrize(("words", "managers"), [("manager", 751), (BROAD, 1428)])
def test_rule_makes_managers_who_are_all_proposed_for_one_team_each(county, words, managers):
    make_rule(words)

    apply_rules(on=NOON.date())
    propose_teams(on=NOON.date())

    seats = ProposedSeat.objects.all()
    assert Employment.objects.filter(role="manager").count() == managers
    assert (seats.count(), seats.values("person").distinct().count()) == (managers, managers)
    for proposal in TeamProposal.objects.select_related("unit"):
        size = proposal.seats.count()
        of_the_top = seats.filter(person__employments__unit__top=proposal.unit).count()
        assert 6 <= size <= 12 or (size < 6 and size == of_the_top), proposal
