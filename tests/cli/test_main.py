import json
import os
import subprocess
import sys

import pytest

HEAVY = ("numba", "scipy", "polars", "typst", "xlsxwriter", "holidays")


def run(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "modig.cli", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "modig.web.settings", **environment},
    )


COMMANDS = (
    "serve",
    "worker",
    "demo",
    "migrate",
    "invite",
    "doctor",
    "backup",
    "restore",
    "import",
    "plan",
)
PRODUCTION = {
    "MODIG_HTTPS": "1",
    "MODIG_HOSTS": "modig.example.org",
    "MODIG_SECRET_KEY": "a long text of many signs, as nobody could ever guess it",
    "MODIG_MAIL_URL": "smtp://127.0.0.1:1?tls=0",
    "MODIG_DEMO_SITE": "",
}


@pytest.fixture
def data(tmp_path):
    """The environment of an installation that is still empty."""
    return {"MODIG_DATA": str(tmp_path / "data"), "MODIG_DATABASE_URL": ""}


def ill(finished):
    return {one["name"] for one in json.loads(finished.stdout)["checks"] if not one["ok"]}


def test_help_tells_every_command_in_a_line():
    told = run("--help").stdout

    assert [word for word in COMMANDS if f"\n    {word} " not in told] == []


def test_doctor_finds_an_empty_installation_ill_and_a_migrated_one_well(data):
    served = run("serve", **data)
    before = run("doctor", "--json", **data)
    run("migrate", **data)
    after = run("doctor", "--json", **data)
    in_the_open = run("doctor", "--json", **data, **PRODUCTION)

    assert (served.returncode, "modig migrate" in served.stderr) == (1, True)
    assert (before.returncode, ill(before)) == (1, {"migrations"})
    assert (after.returncode, json.loads(after.stdout)["ok"]) == (0, True)
    assert (in_the_open.returncode, ill(in_the_open)) == (1, {"mail"})


def test_environment_that_cannot_be_used_is_named_in_a_sentence(data):
    given = {**data, **PRODUCTION, "MODIG_SECRET_KEY": ""}

    served, examined = run("serve", **given), run("doctor", "--json", **given)

    assert (served.returncode, served.stderr.count("\n")) == (2, 1)
    assert "MODIG_SECRET_KEY" in served.stderr
    assert (examined.returncode, ill(examined)) == (1, {"settings"})


def test_backup_travels_to_an_empty_installation_and_never_over_a_full_one_unasked(data, tmp_path):
    new = {**data, "MODIG_DATA": str(tmp_path / "new")}
    kept, half = str(tmp_path / "all.zip"), tmp_path / "half.zip"
    run("migrate", **data)
    run("invite", "eva@example.org", "--organisation", "mal", "--create", "Mälarvik", **data)
    run("backup", kept, **data)
    half.write_bytes((tmp_path / "all.zip").read_bytes()[:2000])

    damaged = run("restore", str(half), **new)
    touched = (tmp_path / "new" / "modig.sqlite3").exists()
    restored = run("restore", kept, **new)
    unasked = run("restore", kept, **new)
    asked = run("restore", kept, "--replace", **new)

    assert [one.returncode for one in (damaged, restored, unasked, asked)] == [2, 0, 2, 0]
    assert not touched
    assert "--replace" in unasked.stderr


def test_pages_start_without_heavy_packages():
    program = (
        "import django, sys; django.setup(); import modig.web.urls;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    started = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "settings",
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )

    assert started.stdout.strip() == "[]"
