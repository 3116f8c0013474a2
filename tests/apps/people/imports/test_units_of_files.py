"""What a file says of the tree of units: names, places, what was merged or closed meanwhile."""

import pytest

from apps.people.factories import make_unit
from apps.people.imports.desk import counts
from modig.apps.people.actions.units import merge_units, place_unit
from modig.apps.people.models import Employment, LegalEntity, Unit, UnitEdge
from modig.apps.tenancy.scope import current_organisation

pytestmark = [pytest.mark.database, pytest.mark.django_db]
HEADER = "Anstnr;Förvaltningskod;Förvaltning;Enhetskod;Enhet;Juridisk enhet"
ANNA = "1;BU;Barn & utbildning;L1;Lärkan;"
BO = "2;BU;Barn & utbildning;L1;Lärkan;"
CEM = "3;VO;Vård & omsorg;T1;Trasten;"


@pytest.fixture
def take(desk):
    return lambda *lines: desk.take(*lines, header=HEADER, second_yes="on")


@pytest.fixture
def look_at(desk):
    return lambda *lines: desk.look_at(*lines, header=HEADER)


def tree():
    return dict(Unit.objects.values_list("code", "parent__code"))


def test_unit_that_is_called_otherwise_is_a_change_of_its_rows(take, look_at, desk):
    take(ANNA, BO, CEM)
    renamed = [line.replace("Lärkan", "Lärkans förskola") for line in (ANNA, BO)]

    made = look_at(*renamed, CEM)
    page = desk.open()
    desk.read_in()

    assert counts(made) == {"changed": 2, "unchanged": 1}
    assert "Lärkans förskola" in page
    assert Unit.objects.get(code="L1").name == "Lärkans förskola"
    assert counts(take(*renamed, CEM)) == {"unchanged": 3}


def test_unit_that_lies_elsewhere_is_moved_and_its_old_place_is_kept(take):
    take(ANNA, CEM)

    made = take(ANNA, CEM.replace("VO;Vård & omsorg", "BU;Barn & utbildning"))

    unit = Unit.objects.get(code="T1")
    edges = [(edge.parent.code, edge.to_on is None) for edge in unit.edges_up.order_by("pk")]
    assert counts(made) == {"changed": 1, "unchanged": 1}
    assert edges == [("VO", False), ("BU", True)]


def test_undoing_a_move_opens_the_old_place_again(take, desk):
    take(ANNA, CEM)
    take(ANNA, CEM.replace("VO;Vård & omsorg", "BU;Barn & utbildning"))

    desk.undo()

    unit = Unit.objects.get(code="T1")
    assert tree() == {"BU": None, "VO": None, "L1": "BU", "T1": "VO"}
    assert unit.path.startswith(Unit.objects.get(code="VO").path)
    assert list(unit.edges_up.values_list("parent__code", "to_on")) == [("VO", None)]


def test_place_that_the_file_does_not_tell_stays_as_somebody_arranged_it(take, look_at):
    take(ANNA)
    whole = make_unit("Kommunen", code="K")
    place_unit(Unit.objects.get(code="BU"), whole, on=whole.opened_on)

    made = look_at(ANNA)

    assert counts(made) == {"unchanged": 1}


def test_two_names_of_one_unit_are_told_and_the_commoner_is_used(take, look_at, desk):
    lines = [ANNA, BO, "4;BU;Barn & utbildning;L1;Larkan;"]

    made = look_at(*lines)
    page = desk.open()
    desk.read_in()

    assert counts(made) == {"new": 3}
    assert "Larkan" in page
    assert Unit.objects.get(code="L1").name == "Lärkan"
    assert counts(look_at(*lines)) == {"unchanged": 3}


def test_row_that_puts_a_unit_where_most_do_not_is_refused(take, desk):
    made = take("4;VO;Vård & omsorg;L1;Lärkan;", ANNA, BO)

    refused = made.rows.get(kind="refused")
    assert (counts(made), refused.row, refused.column) == (
        {"new": 2, "refused": 1},
        2,
        "Enhetskod",
    )
    assert tree() == {"BU": None, "L1": "BU"}


def test_units_in_a_circle_become_no_circle(take):
    take("1;BU;Barn;L1;Lärkan;")

    take("1;L1;Lärkan;BU;Barn;")

    assert tree() == {"L1": None, "BU": "L1"}


def test_code_of_a_merged_unit_means_the_unit_that_it_became(take, look_at):
    take(ANNA, CEM)
    before, after = Unit.objects.get(code="T1"), Unit.objects.get(code="L1")
    merge_units([before], after, on=before.opened_on)

    made = look_at(ANNA, CEM)

    assert counts(made) == {"unchanged": 2}
    assert Employment.objects.get(person__number="3").unit == after


def test_closed_unit_where_people_work_in_the_file_is_open_again(take, desk):
    take(ANNA, CEM)
    day = Unit.objects.get(code="T1").opened_on
    Unit.objects.filter(code="T1").update(closed_on=day)
    UnitEdge.objects.filter(child__code="T1").update(to_on=day)

    take(ANNA, CEM)
    opened = Unit.objects.get(code="T1").closed_on
    desk.undo()

    assert opened is None
    assert Unit.objects.get(code="T1").closed_on == day
    assert UnitEdge.objects.filter(child__code="T1", to_on__isnull=True).count() == 0


def test_legal_entities_come_out_of_the_file_and_may_change(take):
    take(ANNA + "Kommunen", CEM + "Vård AB")
    first = dict(Unit.objects.values_list("code", "legal_entity__name"))

    again = take(ANNA + "Kommunen", CEM + "Kommunen")

    assert first == {"BU": "Kommunen", "L1": "Kommunen", "VO": "Vård AB", "T1": "Vård AB"}
    assert counts(again) == {"changed": 1, "unchanged": 1}
    assert Unit.objects.get(code="T1").legal_entity.name == "Kommunen"


def test_long_names_of_legal_entities_do_not_collide(take):
    name = "Ett mycket långt namn på ett kommunalt bolag i en koncern, nummer "

    take(ANNA + name + "ett", CEM + name + "två")

    assert LegalEntity.objects.count() == 2


def test_legal_entity_is_known_by_its_code_too(take, look_at):
    own = LegalEntity.objects.create(
        organisation=current_organisation(), code="K", name="Mälarviks kommun"
    )
    take(ANNA + "K")

    made = look_at(ANNA + "Mälarviks kommun")

    assert counts(made) == {"unchanged": 1}
    assert Unit.objects.get(code="L1").legal_entity == own


def test_new_unit_belongs_to_the_legal_entity_above_where_the_file_says_none(take):
    take(ANNA + "Kommunen")

    take(ANNA, "5;BU;Barn & utbildning;N1;Ny;")

    assert Unit.objects.get(code="N1").legal_entity.name == "Kommunen"
