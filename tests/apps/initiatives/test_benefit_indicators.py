"""Reading Kolada's published form, and every way in which a file can be wrong."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from modig.apps.initiatives import kolada
from modig.apps.initiatives.actions.indicators import take_in_indicators
from modig.apps.initiatives.kolada.reading import UnreadableIndicatorsError, read_indicators
from modig.apps.initiatives.models import Indicator, IndicatorValue
from modig.cli import main

SAMPLE = Path(kolada.__file__).parent / "sample" / "malarvik.json"


def answer(*rows):
    return json.dumps({"values": list(rows), "count": len(rows), "next_url": None}).encode()


def reading(value, *, kpi="N00945", year=2024, **inner):
    one = {"gender": "T", "count": 1, "status": "", "value": value, "isdeleted": False, **inner}
    return {"kpi": kpi, "municipality": "1860", "period": year, "values": [one]}


def test_an_answer_of_the_interface_is_read():
    found = read_indicators("a.json", answer(reading(12.5), reading(None, year=2025)))

    assert [(one.kpi, one.area, one.year, one.value) for one in found.values] == [
        ("N00945", "1860", 2024, 12.5),
        ("N00945", "1860", 2025, None),
    ]


def test_deleted_values_are_left_out():
    found = read_indicators("a.json", answer(reading(1), reading(2, year=2025, isdeleted=True)))

    assert (len(found.values), found.deleted) == (1, 1)


def test_csv_as_swedish_spreadsheets_write_it_is_read():
    text = "Nyckeltal;Kommunkod;År;Värde;Kommun\r\nN00945;180;2024;1 250,5;Stockholm\r\nN00945;180;2025;;Stockholm\r\n"

    found = read_indicators("a.csv", text.encode("latin-1"))

    assert [(one.area, one.year, one.value) for one in found.values] == [
        ("0180", 2024, 1250.5),
        ("0180", 2025, None),
    ]
    assert found.areas == {"0180": "Stockholm"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "tom"),
        (b"   \n", "tom"),
        (b"{", "JSON"),
        (b'{"a": 1}', "values"),
        (b'{"values": 3}', "ingen lista"),
        (b'{"values": [3]}', "Rad 1"),
        (b'{"values": []}', "inga värden"),
        (answer(reading("mycket")), "mycket"),
        (answer(reading(1, year="i fjol")), "i fjol"),
        (answer(reading(1, kpi="N; DROP")), "N; DROP"),
        (answer(reading(1, gender="X")), "X"),
        (answer({"kpi": "N1", "municipality": "1860", "period": 2024}), "lista"),
        (answer({"name": "something"}), "varken"),
        (b"kpi;period\nN1;2024\n", "municipality, value"),
        (b"kpi,municipality,period,value\nN1,1860,2024,NaN\n", "Rad 2"),
        (b"PK\x03\x04\x00\x00\xff", "varken JSON eller CSV"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_file_that_cannot_be_used_is_refused_in_a_sentence(content, says):
    with pytest.raises(UnreadableIndicatorsError, match=says):
        read_indicators("fil", content)


def test_sample_says_that_it_is_invented_and_can_be_read():
    found = read_indicators(SAMPLE.name, SAMPLE.read_bytes())

    assert len(found.titles) == 6
    assert all("påhittat" in title for title in found.titles.values())
    assert found.areas["9901"] == "Mälarvik"


@pytest.mark.database
def test_same_file_twice_changes_nothing(organisation):
    content = read_indicators(SAMPLE.name, SAMPLE.read_bytes())

    first = take_in_indicators(content, by=None, at=timezone.now())
    again = take_in_indicators(content, by=None, at=timezone.now())

    assert (first.added, first.changed) == (108, 0)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 108)


def test_changed_value_is_put_right_and_none_is_taken_away(organisation):
    take_in_indicators(
        read_indicators("a.json", answer(reading(1), reading(2, year=2025))),
        by=None,
        at=timezone.now(),
    )

    counts = take_in_indicators(
        read_indicators("a.json", answer(reading(3))), by=None, at=timezone.now()
    )

    assert (counts.added, counts.changed) == (0, 1)
    assert list(IndicatorValue.objects.order_by("year").values_list("value", flat=True)) == [3, 2]


def test_file_is_taken_in_on_the_page(organisation, signed_in):
    file = SimpleUploadedFile("kolada.json", SAMPLE.read_bytes())

    done = signed_in("programme-owner").post(reverse("initiatives:indicator_file"), {"file": file})

    assert done.status_code == 302
    assert Indicator.objects.count() == 6


def test_page_says_what_is_wrong_with_a_file(organisation, signed_in):
    file = SimpleUploadedFile("kolada.csv", b"a;b\n1;2\n")

    said = signed_in("programme-owner").post(reverse("initiatives:indicator_file"), {"file": file})

    assert said.status_code == 422
    assert "kpi" in str(said.context["form"].errors["file"])
    assert not Indicator.objects.exists()


def test_command_takes_a_file_in(organisation, capsys):
    status = main(["indicators", str(SAMPLE), "--organisation", "north", "--json"])

    assert status == 0
    assert json.loads(capsys.readouterr().out)["added"] == 108


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"{", "north", "JSON"),
        (None, "north", "No such file"),
        (answer(reading(1)), "west", "west"),
    ],
)
def test_command_refuses_in_a_sentence(organisation, tmp_path, capsys, content, code, says):
    file = tmp_path / "f.json"
    if content is not None:
        file.write_bytes(content)

    status = main(["indicators", str(file), "--organisation", code])

    told = capsys.readouterr()
    assert (status, told.out) == (2, "")
    assert says in told.err
    assert told.err.count("\n") == 1
