"""``modig plan many``: many employers, several workers, one of them killed."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from modig.cli import plan, plan_jobs

DATABASE = os.environ.get("MODIG_DATABASE_URL", "")


def employers(folder, count, people=80):
    chance = random.Random(2)
    for e in range(count):
        place = folder / f"e{e}"
        place.mkdir(parents=True)
        with (place / "people.csv").open("w", newline="") as file:
            rows = [
                [k, f"u{k % 9}", chance.choice("xyz"), f"t{k // 5}"] for k in range(people + 5 * e)
            ]
            csv.writer(file).writerows([["id", "unit", "role", "team"], *rows])


def read(path):
    with Path(path).open(newline="", encoding="utf-8") as file:
        return {row["employer"]: row for row in csv.DictReader(file)}


def many(folder, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "modig.cli.plan", "many", "in", "--out", "out", *words],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def workers_of(process):
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(c) for c in children if b"spawn_main" in Path(f"/proc/{c}/cmdline").read_bytes()]


def wait_for(condition, seconds=60):
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_employer_gets_a_plan_and_bad_ones_a_reason(here, capsys):
    employers(here / "in", 4)
    (here / "in/e1/options.txt").write_text("--size 9-11 --weights unit=1")
    (here / "in/e2/people.csv").write_text("id,unit\n1,a\n1,b\n")
    dates = ["--blocks", "1", "--from", "2027-01-11", "--weeks", "20", "--gap", "1-4"]
    dates += ["--rooms", "2", "--facilitators", "2", "--cap", "0.6"]

    status = plan.main(
        ["many", "in", "--out", "out", "--workers", "1", "--steps", "2000", *dates, "--json"]
    )

    answer = json.loads(capsys.readouterr().out)
    told = read("out/summary.csv")
    assert status == 2
    assert answer["employers"] == {"ok": 3, "bad_input": 1}
    assert answer["reasons"] == ["e2: in/e2/people.csv, row 3, column id: '1' is there already"]
    assert [told[f"e{k}"]["status"] for k in range(4)] == ["ok", "ok", "bad_input", "ok"]
    assert (here / "out/e0/schedule.csv").exists()
    sizes = json.loads((here / "out/e1/answer.json").read_text())["sizes"]
    assert set(sizes) <= {"9", "10", "11"}
    assert not (here / "out/e2/groups.csv").exists()


def test_largest_file_is_begun_with(here):
    employers(here / "in", 3)

    plan.main(
        ["many", "in", "--out", "out", "--steps", "500", "--size", "8-12", "--weights", "unit=1"]
    )

    done = sorted(Path("out").glob("*/answer.json"), key=lambda file: file.stat().st_mtime_ns)
    assert [file.parent.name for file in done] == ["e2", "e1", "e0"]


@pytest.mark.parametrize(
    ("broken", "status", "code"),
    [(["none"], "not_possible", 3), (["none", "bad"], "not_found", 2), ([], "ok", 0)],
)
def test_only_employers_that_have_a_plan_count_as_planned(here, capsys, broken, status, code):
    employers(here / "in", 4)
    if "none" in broken:
        (here / "in/e1/options.txt").write_text("--groups 1 --size 2-3")
    if "bad" in broken:
        (here / "in/e2/people.csv").write_text("id;unit\n1;a\n")

    exit_code = plan.main(["many", "in", "--out", "out", "--steps", "500", "--json"])

    printed = capsys.readouterr()
    assert (exit_code, json.loads(printed.out)["status"]) == (code, status)
    assert f"{4 - len(broken)} of 4 have a plan" in printed.err


def test_job_of_a_killed_worker_is_done_by_another(here):
    employers(here / "in", 4)
    process = many(here, "--workers", "2", "--seconds", "1", "--json")
    taken = wait_for(lambda: [*here.glob("out/*/.taken")])
    victim = wait_for(lambda: workers_of(process))[0]

    os.kill(victim, signal.SIGKILL)
    out, err = process.communicate(timeout=120)

    assert taken
    assert process.returncode == 0, err
    assert json.loads(out)["employers"] == {"ok": 4}
    assert str(victim) not in {
        row["worker"].split(":")[1] for row in read("out/summary.csv").values()
    }


def test_stopping_keeps_the_best_so_far_and_going_on_does_the_rest(here):
    employers(here / "in", 3)
    # Whole teams do not reach the bound, so that only the end of time or somebody ends the search.
    words = ["--keep-together", "team", "--size", "18-30", "--weights", "unit=3,role=2", "--json"]
    process = many(here, "--workers", "1", "--seconds", "60", *words)
    wait_for(lambda: [*here.glob("out/*/.taken")])
    time.sleep(0.5)

    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)

    assert process.returncode == 0, err
    assert json.loads(out)["status"] == "stopped"
    assert json.loads(out)["employers"] == {"stopped": 1, "undone": 2}
    assert (here / "out/e2/groups.csv").exists()
    again = many(here, "--steps", "500", "--resume", *words)
    assert json.loads(again.communicate(timeout=120)[0])["employers"] == {"ok": 3}


@pytest.mark.database
@pytest.mark.skipif(not DATABASE.startswith("postgres"), reason="needs PostgreSQL")
def test_three_workers_share_a_database_and_one_is_killed(here):
    employers(here / "in", 5)
    process = many(here, "--workers", "3", "--seconds", "1", "--queue", DATABASE, "--json")
    watcher = plan_jobs.DatabaseJobs.join(DATABASE)
    wait_for(lambda: watcher._counts()[1] == 5)
    free = "select 1 from modig_plan_job where answer is null for update skip locked"
    wait_for(lambda: len(watcher.connection.execute(free).fetchall()) <= 2)
    victim = workers_of(process)[0]

    os.kill(victim, signal.SIGKILL)
    out, err = process.communicate(timeout=120)

    assert process.returncode == 0, err
    assert json.loads(out)["employers"] == {"ok": 5}
    assert len([*here.glob("out/*/groups.csv")]) == 5
    assert watcher._counts() == (0, 0)
    watcher.connection.close()


def test_packed_files_come_out_as_they_went_in(here):
    (here / "a").mkdir()
    (here / "a/people.csv").write_text("id\nÅ\n", encoding="utf-8")

    plan_jobs.unpack(plan_jobs.packed(here / "a"), here / "b")

    assert (here / "b/people.csv").read_text(encoding="utf-8") == "id\nÅ\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["none", "--out", "out"], "none: is not a folder"),
        (["empty", "--out", "out"], "empty: no sub-folder has a people.csv"),
        (["in", "--out", "out", "--size", "9-3"], "'9-3' is not like 23-25"),
    ],
)
def test_bad_input_is_refused_in_one_line(here, capsys, words, message):
    employers(here / "in", 1)
    (here / "empty").mkdir()

    try:
        status = plan.main(["many", *words])
    except SystemExit as stop:
        status = stop.code

    err = capsys.readouterr().err
    assert (status, err.count("\n")) == (2, 1)
    assert message in err
