"""Of somebody with a protected identity nothing is kept but that there was one."""

import gzip
import json

import pytest
from django.apps import apps
from django.urls import reverse

from apps.people.imports.desk import ANNA, BO, HEADER, HIDDEN, counts, text_of
from modig.apps.people.kept_files import kept_table
from modig.apps.people.models import Employment, HrImport, Person

pytestmark = [pytest.mark.database, pytest.mark.django_db]
VALUES = [value for value in HIDDEN.split(";") if value not in {"BU", "Lärkan", "J", ""}]


def everything_stored():
    """Every cell of every table, as one text."""
    tables = [model.objects.all() for model in apps.get_models() if not model._meta.proxy]
    tables = [getattr(t.model, "across_organisations", t.model._base_manager) for t in tables]
    return "\n".join(str(list(table.order_by().values_list())) for table in tables)


def everything_kept(folder):
    """Every file below the folder, unpacked where it is packed."""
    texts = []
    for path in folder.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            raw = gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
            texts += [raw.decode("utf-8", "replace"), raw.decode("cp1252", "replace")]
    return "\n".join(texts)


def traces(folder):
    where = everything_stored() + everything_kept(folder)
    return [value for value in VALUES if value in where]


def test_nothing_is_kept_at_any_stage(desk, tmp_path, caplog):
    found = []
    desk.upload(text_of(ANNA, HIDDEN, BO))
    found += traces(tmp_path)
    desk.choose()
    found += traces(tmp_path)
    pages = desk.open() + desk.open(kind="refused") + desk.export(kind="refused")
    desk.read_in()
    found += traces(tmp_path)

    assert (found, [value for value in VALUES if value in pages + caplog.text]) == ([], [])
    assert (desk.newest.counts["refused"], Person.objects.count()) == (1, 2)


def test_column_that_the_guess_does_not_know_hides_once_it_is_chosen(desk, tmp_path):
    header = HEADER.replace("Skyddad identitet", "Stämpel")
    desk.upload(text_of(ANNA, HIDDEN, header=header))

    desk.choose(column9="protected")

    assert (traces(tmp_path), counts(desk.newest)) == ([], {"new": 1, "refused": 1})


def test_every_row_of_the_person_is_refused_when_one_is_marked(desk):
    unmarked = HIDDEN.removesuffix("J").replace("BU;Lärkan", "VO;Trasten")

    made = desk.look_at(ANNA, HIDDEN, unmarked)

    assert counts(made) == {"new": 1, "refused": 2}


def test_number_of_the_person_is_hidden_where_others_name_her_as_their_manager(desk, tmp_path):
    header = HEADER + ";Chef anställningsnummer"

    desk.upload(text_of(ANNA + ";417711", HIDDEN + ";", header=header))

    assert traces(tmp_path) == []
    assert [cells[-1] for _, cells in kept_table(desk.newest).rows] == [""]


@pytest.mark.parametrize("mark", ["1", "j", "Ja", "Y", "yes", "TRUE", "x", "S"])
def test_mark_is_understood(desk, mark):
    made = desk.look_at(ANNA + mark)

    assert counts(made) == {"refused": 1}


@pytest.mark.parametrize("mark", ["", "0", "N", "Nej", "false"])
def test_what_is_no_mark_refuses_nothing(desk, mark):
    made = desk.look_at(ANNA + mark)

    assert counts(made) == {"new": 1}


def test_whoever_becomes_protected_is_named_nowhere_any_more(desk, tmp_path):
    desk.take(ANNA, BO, HIDDEN.removesuffix("J"))
    person = Person.objects.get(number="417711")
    edit = {
        "first_name": "Sigfrida", "last_name": "Gömdsson", "email": "sig.gomd@example.se",
        "mobile": "", "gender": "", "version": person.version,
    }  # fmt: skip
    desk.client.post(reverse("people:person_edit", args=[person.pk]), edit)
    desk.take(ANNA.replace("Rektor", "Skolchef"), BO, HIDDEN.removesuffix("J"))

    desk.look_at(ANNA.replace("Rektor", "Skolchef"), BO, HIDDEN)
    preview = desk.open() + desk.open(kind="gone")
    desk.read_in(second_yes="on")

    names = [value for value in VALUES if value not in {"417711", "1987-06-05"}]
    where = everything_stored() + everything_kept(tmp_path)
    assert [value for value in names if value in where] == []
    assert [value for value in VALUES if value in preview] == []
    person.refresh_from_db()
    assert (person.first_name, person.left_on is not None) == ("", True)
    assert Employment.objects.get(person=person).to_on is not None


def test_undoing_does_not_bring_the_name_back(desk):
    desk.take(ANNA, HIDDEN.removesuffix("J"))
    desk.take(ANNA, HIDDEN, second_yes="on")

    desk.undo()

    assert Person.objects.get(number="417711").last_name == ""
    assert "Gömdsson" not in json.dumps(list(HrImport.objects.values("undo", "left_alone")))
