"""The HR file of the demo reads in with the numbers that the demo says."""

import json

import pytest

from modig.apps.demo.malarvik import generate, hr_file
from modig.apps.people.models import Employment, Person
from modig.apps.tenancy.models import Organisation
from modig.apps.tenancy.scope import working_for
from modig.cli import main


def imported(tmp_path, capsys, content, *words):
    path = tmp_path / "malarvik-personal-december.csv"
    path.write_bytes(content)
    status = main(["import", str(path), *words, "--json"])
    return status, json.loads(capsys.readouterr().out)


def numbers(answer):
    return {name: n for name, n in answer.items() if name != "rows"}


def test_the_file_changes_the_demo_by_the_numbers_that_it_says(demo, malarvik, tmp_path, capsys):
    said = hr_file(malarvik)

    status, answer = imported(tmp_path, capsys, said.content, "--organisation", demo.code)

    assert status == 1
    assert numbers(answer) == {
        "new": said.new,
        "changed": said.changed,
        "gone": said.gone,
        "refused": said.refused,
        "unchanged": said.unchanged,
    }
    assert (said.new, said.changed, said.gone, said.refused, said.unchanged) == (
        14, 11, 14, 2, 8495,
    )  # fmt: skip
    assert Person.objects.filter(left_on=None).count() == 8500


def test_the_file_makes_the_same_organisation_out_of_nothing(db, malarvik, tmp_path, capsys):
    said = hr_file(malarvik)
    words = ("--organisation", "empty", "--create", "Empty")

    status, answer = imported(tmp_path, capsys, said.content, *words)

    assert status == 1
    assert numbers(answer) == {
        "new": 8520, "changed": 0, "gone": 0, "refused": 2, "unchanged": 0,
    }  # fmt: skip
    with working_for(Organisation.objects.get(code="empty")):
        assert Person.objects.count() == 8500
        assert Employment.objects.values("unit").distinct().count() > 600


@pytest.mark.parametrize("size", ["small", "large"])
def test_other_sizes_have_a_file_of_their_own(size):
    organisation = generate(size)
    said = hr_file(organisation)
    rows = said.content.decode("cp1252").splitlines()[1:]

    assert len(rows) == said.new + said.changed + said.refused + said.unchanged
    assert said.gone == said.new
