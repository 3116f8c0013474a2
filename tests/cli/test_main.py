import json
import os
import subprocess
import sys

HEAVY = ("altair", "vl_convert", "numba", "scipy", "polars", "typst", "xlsxwriter", "holidays")


def run(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "modig.cli", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "modig.web.settings", **environment},
    )


def test_help_names_every_command():
    told = run("--help").stdout

    assert [
        word
        for word in ("serve", "worker", "migrate", "doctor", "backup", "restore")
        if word not in told
    ] == []


def test_doctor_finds_an_empty_installation_ill_and_a_migrated_one_well(tmp_path):
    data = {"MODIG_DATA": str(tmp_path), "MODIG_DATABASE_URL": ""}
    before = run("doctor", "--json", **data)
    run("migrate", **data)
    after = run("doctor", "--json", **data)

    ill = {one["name"] for one in json.loads(before.stdout)["checks"] if not one["ok"]}
    assert (before.returncode, ill) == (1, {"migrations"})
    assert (after.returncode, json.loads(after.stdout)["ok"]) == (0, True)


def test_backup_travels_to_an_empty_installation(tmp_path):
    old = {"MODIG_DATA": str(tmp_path / "old"), "MODIG_DATABASE_URL": ""}
    new = {"MODIG_DATA": str(tmp_path / "new"), "MODIG_DATABASE_URL": ""}
    run("migrate", **old)

    kept = run("backup", str(tmp_path / "all.zip"), **old)
    back = run("restore", str(tmp_path / "all.zip"), **new)

    assert (kept.returncode, back.returncode) == (0, 0)


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
