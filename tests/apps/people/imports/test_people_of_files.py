"""What a file says of persons and employments, beside what is stored."""

import pytest

from apps.people.imports.desk import counts
from modig.apps.people.models import Employment, Person

pytestmark = [pytest.mark.database, pytest.mark.django_db]
HEADER = "Anstnr;Förnamn;E-post;Enhet;Befattning;Chefnr;Sysselsättningsgrad;Anställd from"
HEAD = "1;Anna;anna@example.se;Lärkan;Rektor;;100;2020-01-31"
BO = "2;Bo;bo@example.se;Lärkan;Lärare;1;100;2021-02-01"


@pytest.fixture
def take(desk):
    return lambda *lines, header=HEADER: desk.take(*lines, header=header, second_yes="on")


@pytest.fixture
def look_at(desk):
    return lambda *lines, header=HEADER: desk.look_at(*lines, header=header)


def test_manager_may_stand_further_down_in_the_file(take, look_at):
    take(BO, HEAD)

    assert Employment.objects.get(person__number="2").manager.number == "1"
    assert counts(look_at(BO, HEAD)) == {"unchanged": 2}


def test_manager_who_is_new_in_the_same_file_changes_nothing_the_second_time(take, look_at):
    take(BO.replace(";1;", ";;"))
    take(BO, HEAD)

    assert counts(look_at(BO, HEAD)) == {"unchanged": 2}


def test_manager_who_is_nowhere_in_the_file_is_left_out_and_told(take, desk):
    take(BO)

    assert Employment.objects.get().manager is None
    assert desk.newest.remarks["unknown_managers"] == 1


def test_nobody_is_her_own_manager(take, look_at):
    own = HEAD.replace("Rektor;;", "Rektor;1;")
    take(own)

    assert Employment.objects.get().manager is None
    assert counts(look_at(own)) == {"unchanged": 1}


def test_rows_of_one_person_that_differ_do_not_change_to_and_fro(take, look_at):
    other = BO.replace("bo@example.se", "annan@example.se").replace("Lärkan", "Trasten")
    take(BO, other)

    assert Person.objects.get().email == "bo@example.se"
    assert counts(look_at(BO, other)) == {"unchanged": 2}


def test_refused_row_ends_nobodys_employment(take, look_at):
    take(HEAD, BO)

    made = look_at(HEAD, BO.replace("2021-02-01", "2021-02-31"))

    assert counts(made) == {"unchanged": 1, "refused": 1}


def test_row_that_repeats_another_refuses_only_itself(take, look_at):
    take(HEAD, BO, BO.replace("Lärkan", "Trasten"))

    made = look_at(HEAD, BO, BO)

    assert counts(made) == {"unchanged": 2, "refused": 1, "gone": 1}


def test_new_place_is_one_change_that_keeps_the_old_employment(take):
    take(HEAD, BO)

    made = take(HEAD, BO.replace("Lärkan", "Trasten"))

    places = Employment.objects.filter(person__number="2")
    assert counts(made) == {"changed": 1, "unchanged": 1}
    assert {one.unit.name: one.to_on is None for one in places} == {
        "Lärkan": False,
        "Trasten": True,
    }


def test_second_employment_beside_the_first_is_one_change(take):
    take(HEAD, BO)

    made = take(HEAD, BO, BO.replace("Lärkan", "Trasten"))

    assert counts(made) == {"changed": 1, "unchanged": 2}
    assert Employment.objects.filter(person__number="2", to_on__isnull=True).count() == 2


def test_employments_with_numbers_of_their_own_are_told_apart_by_them(take, look_at):
    header = "Anstnr;Löpnummer;Enhet;Befattning"
    first, second = "1;10;Lärkan;Lärare", "1;11;Lärkan;Lärare"
    take(first, second, header=header)

    made = look_at(second.replace("Lärare", "Rektor"), first, header=header)

    assert counts(made) == {"changed": 1, "unchanged": 1}


def test_numbers_of_employments_that_come_later_change_nothing(take, look_at):
    take("1;Lärkan;Lärare", header="Anstnr;Enhet;Befattning")

    made = look_at("1;10;Lärkan;Lärare", header="Anstnr;Löpnummer;Enhet;Befattning")

    assert counts(made) == {"unchanged": 1}


def test_address_that_cannot_be_one_is_left_out_and_told(take, desk):
    take(BO.replace("bo@example.se", "saknas"))

    assert Person.objects.get().email == ""
    assert desk.newest.remarks["unusable_emails"] == 1


def test_column_of_shares_is_read_as_per_cent(take):
    take(HEAD.replace(";100;", ";1;"), BO.replace(";100;", ";0,75;"))

    degrees = {str(one.degree) for one in Employment.objects.all()}
    assert degrees == {"100.00", "75.00"}


def test_file_without_names_is_fine(take, desk):
    take("17;Lärkan", header="Anstnr;Enhet")

    assert str(Person.objects.get()) == "17"
    assert "17" in desk.open(kind="new")


def test_text_too_long_for_its_column_is_refused_with_its_name(take):
    made = take(HEAD.replace("Anna", "A" * 101))

    refused = made.rows.get(kind="refused")
    assert (refused.column, refused.reason) == ("Förnamn", "too_long")


def test_formula_in_a_cell_is_harmless_in_the_exported_preview(desk):
    desk.look_at(HEAD.replace("Anna", "=HYPERLINK(1)"), header=HEADER)

    assert "'=HYPERLINK(1)" in desk.export(kind="new")
