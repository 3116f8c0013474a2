"""The planner's command as somebody types it, and the reference checker beside it."""

import json
import subprocess
import sys

import pytest

from modig.cli import plan
from reference import reference


@pytest.fixture
def modig_plan(tmp_path, monkeypatch, capsys):
    """``modig plan`` in a folder of its own: its exit status, what it prints, what it says."""
    monkeypatch.chdir(tmp_path)

    def run(*words):
        try:
            status = plan.main([str(word) for word in words])
        except SystemExit as stop:
            status = stop.code
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


@pytest.fixture
def theirs():
    """What the reference checker answers; without it the test fails under CI."""
    checker = reference("reference/planning/check.py")

    def check(*words):
        done = subprocess.run(
            [sys.executable, checker, *map(str, words)],
            capture_output=True,
            text=True,
            check=False,
        )
        return json.loads(done.stdout) if done.stdout else done.stderr

    return check
