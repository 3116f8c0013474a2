"""What ``modig plan`` refuses, each in one sentence and with nothing written."""

import pytest

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
