"""Commands that keep running: `serve`, `worker`, and `demo`, which does everything at once."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import FrameType
from typing import Any

THREADS = 8
HIGHEST_PORT = 65535
SECONDS_TO_READY = 120
SECONDS_TO_END = 10
SECONDS_BETWEEN_LOOKS = 0.3
LONGEST_PAUSE = 30.0
LIVED_WELL_SECONDS = 20
SECONDS_TO_WAIT_FOR_THE_DATABASE = 600
SIZES = ("small", "full", "large")
PARENT = "MODIG_PARENT"


def add_parser(commands: Any) -> None:
    serve_parser = commands.add_parser("serve", help="serve the pages")
    serve_parser.add_argument("--host", default="127.0.0.1")
    serve_parser.add_argument("--port", type=int, default=8000)
    # What has just been looked after need not be looked at again.
    serve_parser.add_argument("--is-prepared", action="store_true", help=argparse.SUPPRESS)
    serve_parser.set_defaults(run=serve)
    worker_parser = commands.add_parser("worker", help="do the long work that pages start")
    worker_parser.set_defaults(run=worker)
    demo_parser = commands.add_parser("demo", help="load the demo organisation and serve it")
    demo_parser.set_defaults(run=demo)


# ---- the pages -----------------------------------------------------------------------------------


def serve(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; refuses while migrations are missing or the port is taken."""
    if problem := _port_problem(arguments.host, arguments.port, "modig serve --port"):
        return _refuse(problem)
    if not arguments.is_prepared and (problem := _prepared_or_why_not()):
        return _refuse(problem, status=1)
    from granian.constants import Interfaces  # noqa: PLC0415 -- only this command needs the server
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import Server  # noqa: PLC0415

    _end_with_parent()
    Server(
        "modig.web.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        websockets=False,
        log_access=False,
        log_level=LogLevels.error if arguments.is_prepared else LogLevels.info,
        respawn_failed_workers=True,
    ).serve()
    return 0


def _prepared_or_why_not() -> str:
    from modig.cli.operate import collect_static, missing_migrations  # noqa: PLC0415 -- light start

    if missing := missing_migrations():
        return f"{len(missing)} migrations are missing; run: modig migrate"
    collect_static()
    return ""


def _port_problem(host: str, port: int, another: str) -> str:
    """Why the port cannot be served on, in words; empty where it can."""
    if not 0 < port <= HIGHEST_PORT:
        return f"{port} is no port; it is a number from 1 to {HIGHEST_PORT}."
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return (
                f"Port {port} cannot be used ({(error.strerror or str(error)).lower()})."
                f" Stop what runs there, or choose another: {another} {port + 1}"
            )
    return ""


# ---- the worker ----------------------------------------------------------------------------------


def worker(_: argparse.Namespace) -> int:
    """Do queued jobs until told to stop; first, put in order what a worker that died left behind."""
    import django  # noqa: PLC0415 -- only when a worker starts
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    _wait_long_for_the_database()
    _end_with_parent()
    _compile_in_background()
    from django.utils import timezone  # noqa: PLC0415 -- after setup

    from modig.apps.jobs.actions import put_in_order  # noqa: PLC0415 -- after setup

    put_in_order(timezone.now())
    call_command("db_worker", interval=0.5, startup_delay=False, verbosity=0)
    return 0


def _wait_long_for_the_database() -> None:
    """SQLite lets one write at a time: a worker waits for another's long import instead of failing."""
    from django.db import connection  # noqa: PLC0415 -- after setup

    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = SECONDS_TO_WAIT_FOR_THE_DATABASE


def _compile_in_background() -> None:
    """Compile the planner's kernels, where that is to do, while the worker waits for its first job."""
    from modig.planning import are_compiled, warm_up  # noqa: PLC0415 -- heavy

    if not are_compiled():
        warm_up()


# ---- the demo ------------------------------------------------------------------------------------


def demo(_: argparse.Namespace) -> int:
    """Load the demo, serve it with a worker of its own, and say when it is ready."""
    size, port_said = os.environ.get("MODIG_DEMO", ""), os.environ.get("MODIG_PORT", "8000")
    if size and size not in SIZES:
        return _refuse(f"MODIG_DEMO is {size!r}; it can be {', '.join(SIZES)}.")
    if not port_said.isdecimal():
        return _refuse(f"MODIG_PORT is {port_said!r}; it is a number, like 8001.")
    if problem := _port_problem("127.0.0.1", int(port_said), "make demo MODIG_PORT="):
        return _refuse(problem.replace("= ", "="))
    os.environ["MODIG_DEMO_SITE"] = "1"
    try:
        if problem := _demo_or_why_not(size):
            return _refuse(problem)
    except KeyboardInterrupt:
        return 130
    return _serve_demo(f"http://localhost:{port_said}", port_said)


def _demo_or_why_not(size: str) -> str:
    """Make database, static files and demo, as far as they are missing; or say why that cannot be."""
    import django  # noqa: PLC0415 -- the environment is complete only now

    django.setup()
    from django.db import connections  # noqa: PLC0415 -- after setup

    from modig.apps.demo.actions import NotADemoDatabaseError, ensure_demo  # noqa: PLC0415
    from modig.apps.demo.queries import loaded_size  # noqa: PLC0415 -- after setup
    from modig.cli.operate import (  # noqa: PLC0415
        collect_static,
        migrate_database,
        missing_migrations,
    )

    with ThreadPoolExecutor(1) as beside:
        gathered = beside.submit(collect_static)
        if missing_migrations():
            migrate_database()
        try:
            is_new = ensure_demo(size or "full")
        except NotADemoDatabaseError as error:
            return str(error)
        gathered.result()
    there = loaded_size()
    if size and not is_new and there != size:
        _say(
            f"The {there} demo is in this data folder already and is served as it is. For the {size}"
            " one, name another folder with MODIG_DATA, or remove this one."
        )
    connections.close_all()
    return ""


def _serve_demo(address: str, port: str) -> int:
    children = Children()
    children.start("serve", "--port", port, "--is-prepared")
    if not _answers(f"{address}/healthz", children):
        children.end()
        if children.is_ending:
            return 0
        return _refuse("The server did not start; its messages stand above.", status=1)
    # Both wait until the pages are there, which somebody waits for.
    children.start("worker")
    print(f"Ready: {address}", flush=True)
    children.start("daily", "--quiet")
    if os.environ.get("MODIG_BROWSER") != "0":
        threading.Thread(target=webbrowser.open, args=[f"{address}/demo/"], daemon=True).start()
    return children.wait()


class Children:
    """The processes of the demo, each with its own: they end with it, and it ends with the server.

    `daily` ends by itself when it has sent what is due.
    """

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.began: dict[str, float] = {}
        self.pause = SECONDS_BETWEEN_LOOKS
        self.is_ending = False
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._told_to_end)

    def start(self, *words: str) -> None:
        """Start a command as the head of a group of its own, which ends as one."""
        command = [sys.executable, "-m", "modig.cli", *words]
        environment = {**os.environ, PARENT: str(os.getpid())}
        self.running[words[0]] = subprocess.Popen(  # noqa: S603 -- our own command
            command, env=environment, start_new_session=True
        )
        self.began[words[0]] = time.monotonic()

    def lives(self, name: str = "serve") -> bool:
        return self.running[name].poll() is None

    def wait(self) -> int:
        """Wait for the server's end; a worker that dies is started again."""
        while self.lives() and not self.is_ending:
            if not self.lives("worker"):
                self._start_worker_again()
            time.sleep(SECONDS_BETWEEN_LOOKS)
        if self.is_ending:
            self.end()
            return 0
        status = self.running["serve"].returncode
        self.end()
        return _refuse(f"The server has stopped ({_ending(status)}).", status=1)

    def _start_worker_again(self) -> None:
        """At once where it had lived well; one that dies as it starts is given time."""
        _say(
            f"The worker has stopped ({_ending(self.running['worker'].returncode)}); it starts again."
        )
        lived = time.monotonic() - self.began["worker"]
        fell_at_once = lived < LIVED_WELL_SECONDS
        self.pause = min(LONGEST_PAUSE, 2 * self.pause) if fell_at_once else SECONDS_BETWEEN_LOOKS
        until = time.monotonic() + self.pause
        while time.monotonic() < until and self.lives() and not self.is_ending:
            time.sleep(SECONDS_BETWEEN_LOOKS)
        self.start("worker")

    def end(self) -> None:
        """Ask every group to end, and end what does not."""
        for process in self.running.values():
            _signal_group(process, signal.SIGTERM)
        until = time.monotonic() + SECONDS_TO_END
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=max(0.1, until - time.monotonic()))
            _signal_group(process, signal.SIGKILL)
            process.wait()

    def _told_to_end(self, _number: int, _frame: FrameType | None) -> None:
        self.is_ending = True


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    """To the process and those it has started, whether it lives itself or not."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _ending(status: int) -> str:
    return f"by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"


def _answers(address: str, children: Children) -> bool:
    until = time.monotonic() + SECONDS_TO_READY
    while time.monotonic() < until and children.lives() and not children.is_ending:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 -- our own page
                if answer.status == 200:
                    return True
        except OSError:
            time.sleep(0.1)
    return False


# ---- both ----------------------------------------------------------------------------------------


def _end_with_parent() -> None:
    """A process of the demo ends when the demo is gone, however it went."""
    parent = os.environ.pop(PARENT, "")
    if parent:
        threading.Thread(target=_watch, args=[int(parent)], daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def _refuse(why: str, *, status: int = 2) -> int:
    _say(why)
    return status


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
