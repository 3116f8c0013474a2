"""``modig plan mdgp`` and ``contacts``: for people who only want groups."""

import csv
import gzip
import json
from itertools import combinations

import numpy as np
import pytest


def instance(n=12, head="12 3 ds 3 5 3 5 2 6", seed=1):
    chance = np.random.default_rng(seed)
    pairs = [f"{i} {j} {chance.random() * 100:.5f}" for i, j in combinations(range(n), 2)]
    return "\n".join([head, *pairs]) + "\n"


@pytest.mark.parametrize("name", ["i.txt", "i.txt.gz"])
def test_instance_is_solved_and_the_reference_agrees(modig_plan, theirs, tmp_path, name):
    raw = instance().encode()
    (tmp_path / name).write_bytes(gzip.compress(raw) if name.endswith("gz") else raw)

    status, out, err = modig_plan("mdgp", name, "--steps", 500, "--out", "g.csv", "--json")

    answer = json.loads(out)
    assert (status, answer["status"]) == (0, "ok")
    assert "every rule kept" in err
    expected = theirs("mdgp", tmp_path / name, tmp_path / "g.csv")
    assert expected["ok"]
    assert answer["value"] == pytest.approx(expected["value"])
    assert answer["bound"] >= answer["value"]


def test_same_seed_and_steps_write_the_same_bytes(modig_plan, tmp_path):
    (tmp_path / "i.txt").write_text(instance(), encoding="utf-8")
    for name in ("a", "b"):
        modig_plan("mdgp", "i.txt", "--steps", 300, "--workers", 2, "--out", f"{name}.csv")
        words = ["--size", 5, "--rounds", 4, "--steps", 2000, "--workers", 2]
        modig_plan("contacts", "--people", 23, *words, "--out", f"{name}r.csv")

    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert (tmp_path / "ar.csv").read_bytes() == (tmp_path / "br.csv").read_bytes()


BAD_INSTANCES = {
    "": "row 1: it is not like 'n K ss 10 10 10 10', whole numbers",
    "12 3 ds 3 5\n0 1 2\n": "row 1: 3 groups and so 6 bounds are asked for, there are 2",
    "1 1 ss 1 1\n0 1 2\n": "row 1: at least two people are needed, not 1",
    "3 0 ss 1 1\n0 1 2\n": "row 1: at least one group is needed",
    "3 1 ss 4 3\n0 1 2\n": "row 1, column 4: the bounds 4-3 go backwards",
    "3 1 ss 3 3\n": "row 2: no distances below the first row",
    "3 1 ss 3 3\n0 1 2\n0 2 x\n1 2 3\n": "row 3, column 3: 'x' is not a number",
    "3 1 ss 3 3\n0 1 2\n0 2\n1 2 3\n": "row 3: 2 numbers, not 'i j distance'",
    "3 1 ss 3 3\n0 1 2\n0 2 nan\n1 2 3\n": "row 3, column 3: 'nan' is not a number",
    "3 1 ss 3 3\n0 1 2\n0 2 -inf\n1 2 3\n": "row 3, column 3: '-inf' is not a number",
    "3 1 ss 3 3\n0 1 1e31\n0 2 1\n1 2 3\n": "row 2, column 3: '1e31' is beyond 1e+30",
    "3 1 ss 3 3\n0 1 1\n0 2 1\n1 2 -1e308\n": "row 4, column 3: '-1e308' is beyond 1e+30",
    "3 1 ss 3 3\n0 1 2\n0 2 2\n": "row 4: 3 rows 'i j distance' are needed below row 1, there are 2",
    "3 1 ss 3 3\n0 1 2\n2 0 2\n1 2 2\n": (
        "row 3, columns 1 and 2: the pair must be i < j, both from 0 to 2"
    ),
    "3 1 ss 3 3\n0 1 2\n0 1 2\n1 2 2\n": "row 3, columns 1 and 2: the pair 0 1 is there already",
}  # fmt: skip


@pytest.mark.parametrize("content", BAD_INSTANCES)
def test_bad_instance_is_refused_in_one_line(modig_plan, tmp_path, content):
    (tmp_path / "i.txt").write_text(content, encoding="utf-8")

    status, out, err = modig_plan("mdgp", "i.txt", "--out", "g.csv", "--json")

    assert (status, out, err) == (2, "", f"i.txt, {BAD_INSTANCES[content]}\n")
    assert not (tmp_path / "g.csv").exists()


@pytest.mark.parametrize(
    ("distance", "value", "share"), [("-1", -2, None), ("1e30", 2e30, 1.0), ("0", 0, 1.0)]
)
def test_share_is_told_only_of_values_that_are_not_below_0(
    modig_plan, tmp_path, distance, value, share
):
    rows = [f"{i} {j} {distance}" for i in range(4) for j in range(i + 1, 4)]
    (tmp_path / "i.txt").write_text("\n".join(["4 2 ss 2 2 2 2", *rows]), encoding="utf-8")

    status, out, err = modig_plan("mdgp", "i.txt", "--steps", 50, "--out", "g.csv", "--json")

    answer = json.loads(out)
    assert (status, answer["value"], answer["share"]) == (0, value, share)
    assert ("some distances are below 0" in err) == (value < 0)


def test_sizes_that_cannot_add_up_end_with_3(modig_plan, tmp_path):
    (tmp_path / "i.txt").write_text(instance(4, "4 2 ss 1 1 2 2"), encoding="utf-8")

    status, out, _ = modig_plan("mdgp", "i.txt", "--out", "g.csv", "--json")

    assert (status, json.loads(out)["status"]) == (3, "not_possible")
    assert not (tmp_path / "g.csv").exists()


def test_instance_that_is_not_compressed_text_is_refused(modig_plan, tmp_path):
    (tmp_path / "i.txt.gz").write_bytes(b"plain")
    (tmp_path / "j.txt").write_bytes(b"\xff\xfe")

    for name in ("i.txt.gz", "j.txt", "none.txt"):
        status, _, err = modig_plan("mdgp", name, "--out", "g.csv")
        assert (status, err.count("\n")) == (2, 1)
        assert err.startswith(f"{name}: ")


@pytest.mark.parametrize("sit_out", [True, False])
def test_rounds_are_written_and_the_reference_agrees(modig_plan, theirs, tmp_path, sit_out):
    (tmp_path / "p.csv").write_text("id,unit\n" + "".join(f"p{k},u{k % 3}\n" for k in range(26)))
    (tmp_path / "met.csv").write_text("a,b\np0,p1\np2,p3\np4,gone\n")
    more = ["--sit-out"] if sit_out else []
    words = ["--size", 5, "--rounds", 3, "--history", "met.csv", *more]

    status, out, _ = modig_plan(
        "contacts",
        "p.csv",
        *words,
        "--weights",
        "unit=1",
        "--steps",
        20000,
        "--out",
        "r.csv",
        "--json",
    )

    answer = json.loads(out)
    expected = theirs("contacts", "r.csv", *words, *([] if sit_out else ["--people", "p.csv"]))
    assert (status, answer["status"]) == (0, "ok")
    assert expected["ok"], expected
    assert answer["value"] == expected["new_pairs"]
    assert answer["repeats"] == expected["repeats"]
    assert answer["share"] == pytest.approx(expected["share"], abs=0.05 if sit_out else 1e-12)
    assert answer["history_ignored"] == 1


def test_perfect_table_is_built(modig_plan, tmp_path):
    words = ["--people", 32, "--size", 4, "--rounds", 9]
    status, out, err = modig_plan("contacts", *words, "--out", "r.csv", "--json")

    assert (status, json.loads(out)["repeats"], json.loads(out)["share"]) == (0, 0, 1.0)
    assert "by construction" in err
    with (tmp_path / "r.csv").open() as file:
        assert len(list(csv.DictReader(file))) == 32 * 9


BAD_CONTACTS = [
    ([], "plan contacts: either people.csv or --people N is needed"),
    (["p.csv", "--people", "5"], "plan contacts: either people.csv or --people N is needed"),
    (["--people", "0"], "--people: '0' is not a whole number above 0"),
    (["--people", "30000"], "--people: 30000; contacts are for up to 20000 people"),
    (["--people", "9", "--weights", "unit=1"], "--weights: people.csv is needed"),
    (["p.csv", "--weights", "site=1"], "p.csv, row 1: column 'site' is missing"),
    (["p.csv", "--history", "h.csv"], "h.csv, row 2, column b: blank"),
    (["none.csv"], "none.csv: cannot be read (No such file or directory)"),
]


@pytest.mark.parametrize(("words", "message"), BAD_CONTACTS)
def test_bad_contacts_are_refused_in_one_line(modig_plan, tmp_path, words, message):
    (tmp_path / "p.csv").write_text("id,unit\n1,a\n2,b\n")
    (tmp_path / "h.csv").write_text("a,b\n1,\n")

    status, out, err = modig_plan("contacts", "--size", 2, "--rounds", 1, "--out", "r.csv", *words)

    assert (status, out, err.count("\n")) == (2, "", 1)
    assert message in err
    assert not (tmp_path / "r.csv").exists()


def test_too_few_to_sit_out_end_with_3(modig_plan):
    words = ["--people", 3, "--size", 4, "--rounds", 1, "--sit-out"]

    assert modig_plan("contacts", *words, "--out", "r.csv")[0] == 3
