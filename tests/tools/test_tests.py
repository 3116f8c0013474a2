"""The end of `make test` says what came of it."""

from xml.etree import ElementTree as ET

import pytest

REPORT = """<testsuites><testsuite>
<testcase classname="tests.web.test_access" name="test_a" time="1.5" />
<testcase classname="tests.web.test_access" name="test_b" time="0.5"><failure message="no" /></testcase>
<testcase classname="tests.pages.test_journey" name="test_c" time="9"><error message="no" /></testcase>
<testcase classname="tests.pages.test_journey" name="test_d" time="2" />
<testcase classname="tests.cli.test_import" name="test_e"><skipped message="no folder" /></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def tests(tool):
    return tool("tests")


@pytest.fixture
def outcome(tests):
    made = tests.Outcome("tests on SQLite", is_well=False, seconds=12)
    tests._count(made, ET.fromstring(REPORT).iter("testcase"))
    return made


def test_cases_are_counted_and_named(outcome):
    assert outcome.counts == {"passed": 2, "failed": 2, "skipped": 1}
    assert outcome.in_chromium == {"passed": 1, "failed": 1}
    assert outcome.failed == [
        "tests/web/test_access.py::test_b",
        "tests/pages/test_journey.py::test_c",
    ]
    assert outcome.skipped == {"no folder": 1}


def test_end_tells_every_step_and_what_is_missing(tests, outcome, capsys):
    lint = tests.Outcome("lint", is_well=True, seconds=1)

    tests._tell([lint, outcome], ["chromium"], 13)

    told = capsys.readouterr().out.splitlines()
    assert told[2:] == [
        "lint                   ok                                       1 s",
        "tests on SQLite        2 failed, 2 passed, 1 skipped           12 s",
        "  of them in Chromium  1 failed, 1 passed",
        "NOT INSTALLED: chromium. Its tests fail; install it and try again.",
        "SKIPPED 1 tests on SQLite: no folder",
        "FAILED tests/web/test_access.py::test_b (tests on SQLite)",
        "FAILED tests/pages/test_journey.py::test_c (tests on SQLite)",
        "=== 2 failed, 2 passed, 1 skipped in 13 s (0:13); failed: tests on SQLite ===",
    ]


def test_slow_run_names_its_slowest_files(tests, outcome, capsys):
    tests._tell([outcome], [], 700)

    told = capsys.readouterr().out
    assert "SLOWER than 540 s" in told
    assert told.index("11 s tests.pages.test_journey") < told.index("2 s tests.web.test_access")


def test_missing_postgresql_fails_its_tests(tests, monkeypatch):
    monkeypatch.setattr(tests.system, "postgresql", lambda: None)

    assert tests._on_postgresql(everywhere=False).is_well is False
