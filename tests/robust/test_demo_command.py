"""`modig demo`: says when it is ready, starts again what falls, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager, suppress

import pytest

from pages.site import copy_of_demo

MODIG = (sys.executable, "-m", "modig.cli")
SECONDS_TO_READY, SECONDS_TO_END = 90, 15


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder with the small demo."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return copy_of_demo(shared, base / "demo").data


@pytest.fixture
def port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def command(folder, port, *, size="small", words=("demo",)):
    own = {
        "MODIG_DATA": str(folder),
        "MODIG_DEMO": size,
        "MODIG_PORT": str(port),
        "MODIG_BROWSER": "0",
        "MODIG_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "modig.web.settings",
    }
    return subprocess.Popen(
        [*MODIG, *words],
        env={**os.environ, **own}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        start_new_session=True,
    )  # fmt: skip


@contextmanager
def demo(folder, port, **given):
    """A demo until its Ready line; what it has said so far stands in ``said``."""
    with command(folder, port, **given) as process:
        process.said = []
        for line in process.stdout:
            process.said.append(line.strip())
            if line.startswith("Ready: "):
                break
        try:
            yield process
        finally:
            for pid in [process.pid, *descendants(process.pid)]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def processes():
    """Every living process of the machine: its number, its parent's, and its words."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    ).stdout
    rows = (line.split(None, 2) for line in listed.splitlines())
    return [(int(r[0]), int(r[1]), r[2]) for r in rows if "defunct" not in r[2]]


def descendants(pid):
    """Every process that this one has started, and those that they have."""
    rows = processes()
    found = [pid]
    for parent in found:
        found += [one for one, its_parent, _ in rows if its_parent == parent]
    return found[1:]


def those_that(pid, word):
    """The children whose command has this word."""
    return [one for one, parent, words in processes() if parent == pid and word in words.split()]


def wait_for(what, seconds=SECONDS_TO_END):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.1)
    return what()


def answer(port):
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5) as page:
            return page.status, json.load(page)
    except OSError:
        return None


def is_gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_demo_says_ready_starts_again_what_falls_and_ends_with_all_its_processes(tmp_path, port):
    with demo(tmp_path, port) as process:
        assert process.said[-1] == f"Ready: http://localhost:{port}"
        assert answer(port) == (200, {"status": "ok"})
        everything = descendants(process.pid)
        (worker,) = those_that(process.pid, "worker")
        (server,) = those_that(process.pid, "serve")
        (pages,) = those_that(server, "serve")

        os.kill(worker, signal.SIGKILL)
        os.kill(pages, signal.SIGKILL)

        assert wait_for(lambda: those_that(process.pid, "worker") not in ([], [worker]))
        assert wait_for(lambda: those_that(server, "serve") not in ([], [pages]))
        assert wait_for(lambda: answer(port)) == (200, {"status": "ok"})
        everything += descendants(process.pid)

        process.send_signal(signal.SIGTERM)

        assert process.wait(timeout=SECONDS_TO_END) == 0
        assert wait_for(lambda: all(is_gone(pid) for pid in everything))


def test_another_size_on_the_same_folder_is_told_and_a_killed_demo_leaves_no_process(folder, port):
    with demo(folder, port, size="full") as process:
        told = " ".join(process.said)
        everything = descendants(process.pid)

        process.kill()

        assert "The small demo is in this data folder already" in told
        assert len(everything) >= 3
        assert wait_for(lambda: all(is_gone(pid) for pid in everything))


def test_interrupt_ends_the_demo_calmly(folder, port):
    with demo(folder, port) as process:
        process.send_signal(signal.SIGINT)

        assert process.wait(timeout=SECONDS_TO_END) == 0
        assert "Traceback" not in process.stdout.read()


@pytest.mark.parametrize("words", [("demo",), ("serve", "--port", "{port}")], ids=["demo", "serve"])
def test_port_in_use_is_told_in_a_sentence(folder, port, words):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with command(folder, port, words=[word.format(port=port) for word in words]) as process:
            told = process.stdout.read()

    assert process.returncode == 2
    assert told.startswith(f"Port {port} cannot be used")
    assert str(port + 1) in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    ("size", "port_said"), [("huge", "8001"), ("small", "eight"), ("small", "0")]
)
def test_wrong_words_in_the_environment_are_told_in_a_sentence(folder, size, port_said):
    with command(folder, port_said, size=size) as process:
        told = process.stdout.read()

    assert process.returncode == 2
    assert told.count("\n") == 1
    assert (size in told) or (port_said in told)


def test_doctor_finds_the_demo_well(folder, port):
    with command(folder, port, words=("doctor", "--json")) as process:
        found = json.loads(process.stdout.read())

    assert process.returncode == 0, found
    assert found["ok"]
    assert {check["name"] for check in found["checks"]} >= {"database", "migrations"}
