"""What ``modig plan`` refuses, each in one sentence and with nothing written."""

import pytest

DATES = ["schedule", "people.csv", "g.csv", "--from", "2027-01-11", "--gap", "1-2", "--cap", "1"]
DATES += ["--blocks", "1", "--weeks", "4", "--rooms", "1", "--facilitators", "1", "--out", "o.csv"]
CONTACTS = ["contacts", "--people", "8", "--size", "2", "--rounds", "1", "--out", "o.csv"]
GROUPS = ["groups", "people.csv", "--groups", "2", "--size", "2-2", "--out", "o.csv"]


@pytest.fixture
def here(tmp_path, modig_plan):
    """Four people of two units; commands run beside them."""
    (tmp_path / "people.csv").write_text("id,unit\n1,U\n2,U\n3,V\n4,V\n")
    return tmp_path


@pytest.fixture
def refusal(here, modig_plan):
    """The one sentence with which a command is refused."""

    def told(*words):
        status, out, err = modig_plan(*words)
        assert (status, out, err.count("\n")) == (2, "", 1), err
        assert not (here / "o.csv").exists()
        return err.strip()

    return told


def test_weights_of_nothing_but_zeros_are_refused(refusal):
    assert refusal(*GROUPS, "--weights", "unit=0") == (
        "modig plan groups: argument --weights: 'unit=0': at least one weight must be above 0"
    )


def test_queue_that_is_no_address_is_refused(here, refusal):
    (here / "in" / "e").mkdir(parents=True)
    (here / "in" / "e" / "people.csv").write_text("id\n1\n2\n")

    for words in (["work"], ["many", "in", "--out", "out"]):
        told = refusal(*words, "--queue", "junk")
        assert told.startswith(
            "--queue: an address like postgresql://user@host/database is needed (missing"
        )


TOO_LARGE = [
    (DATES, "--rooms", 1_000),
    (DATES, "--facilitators", 1_000),
    (DATES, "--blocks", 100),
    (DATES, "--length", 100),
    (DATES, "--weeks", 1_040),
    (DATES, "--workers", 1_000),
    (GROUPS, "--groups", 100_000),
    (CONTACTS, "--rounds", 1_000),
    (CONTACTS, "--size", 20_000),
]


@pytest.mark.parametrize(("words", "option", "most"), TOO_LARGE)
@pytest.mark.parametrize("zeros", ["", "000000", "0" * 5000])
def test_number_without_end_is_refused_with_the_largest_there_may_be(
    refusal, words, option, most, zeros
):
    text = f"{most + 1}{zeros}"

    told = refusal(*words, option, text)

    assert told == (
        f"modig plan {words[0]}: argument {option}: '{text}' is too large: at most {most:,}"
    )


def test_more_meetings_than_can_be_counted_are_refused(refusal):
    told = refusal(*CONTACTS, "--people", 20_000, "--size", 24, "--rounds", 22)

    assert told == (
        "--rounds, --size: 22 rounds in groups of 24 are 5060000 meetings of two people;"
        " contacts are for up to 5000000"
    )


@pytest.mark.parametrize("content", ["", "\n", "  \n\n"])
def test_file_of_holidays_without_any_is_refused(here, refusal, content):
    (here / "g.csv").write_text("id,group\n1,a\n2,a\n3,b\n4,b\n")
    (here / "days.txt").write_text(content)

    assert refusal(*DATES, "--holidays", "days.txt") == (
        "days.txt, row 1: the file is empty; a date like 2027-01-06 is needed"
    )


@pytest.mark.parametrize("mark", [";", "\t"])
def test_file_whose_columns_are_parted_otherwise_is_told_to_use_commas(here, refusal, mark):
    (here / "people.csv").write_text(f"id{mark}unit\n1{mark}U\n")

    told = refusal(*GROUPS, "--weights", "unit=1")

    assert told.startswith("people.csv, row 1: column 'id' is missing (found: id")
    assert told.endswith("unit); columns are parted by commas")
