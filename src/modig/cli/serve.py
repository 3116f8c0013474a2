"""Commands that keep running: `serve`, `worker`, and `demo`, which does everything at once."""

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
import webbrowser
from types import FrameType
from typing import Any

THREADS = 8
SECONDS_TO_READY = 120
SIZES = ("small", "full", "large")


def add_parser(commands: Any) -> None:
    serve_parser = commands.add_parser("serve", help="serve the pages")
    serve_parser.add_argument("--host", default="127.0.0.1")
    serve_parser.add_argument("--port", type=int, default=8000)
    serve_parser.set_defaults(run=serve)
    worker_parser = commands.add_parser("worker", help="do the long work that pages start")
    worker_parser.set_defaults(run=worker)
    demo_parser = commands.add_parser("demo", help="load the demo organisation and serve it")
    demo_parser.set_defaults(run=demo)


def serve(arguments: argparse.Namespace) -> int:
    """Serve until told to stop; refuses while migrations are missing."""
    from granian.constants import Interfaces  # noqa: PLC0415 -- only this command needs the server
    from granian.server import Server  # noqa: PLC0415

    from modig.cli.operate import collect_static, missing_migrations  # noqa: PLC0415

    if missing := missing_migrations():
        print(f"{len(missing)} migrations are missing; run: modig migrate", file=sys.stderr)
        return 1
    collect_static()
    Server(
        "modig.web.wsgi:application",
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        blocking_threads=THREADS,
        log_access=False,
    ).serve()
    return 0


def worker(_: argparse.Namespace) -> int:
    """Do queued jobs until told to stop."""
    import django  # noqa: PLC0415 -- only when a worker starts
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    _compile_in_background()
    call_command("db_worker", interval=0.5, startup_delay=False, verbosity=0)
    return 0


def demo(_: argparse.Namespace) -> int:
    """Load the demo, serve it with a worker of its own, and say when it is ready."""
    size = os.environ.get("MODIG_DEMO", "full")
    if size not in SIZES:
        print(f"MODIG_DEMO is {size!r}; it can be {', '.join(SIZES)}", file=sys.stderr)
        return 2
    port = os.environ.get("MODIG_PORT", "8000")
    os.environ["MODIG_DEMO_SITE"] = "1"
    _prepare_demo(size)
    children = Children()
    children.start("serve", "--port", port)
    children.start("worker")
    address = f"http://localhost:{port}"
    if not _answers(f"{address}/healthz", children):
        children.end()
        print("The server did not start; its messages stand above.", file=sys.stderr)
        return 1
    print(f"Ready: {address}", flush=True)
    if os.environ.get("MODIG_BROWSER") != "0":
        threading.Thread(target=webbrowser.open, args=[f"{address}/demo/"], daemon=True).start()
    return children.wait()


class Children:
    """The processes of the demo; they end with it, and it ends with the server."""

    def __init__(self) -> None:
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.is_ending = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_end)

    def start(self, *words: str) -> None:
        command = [sys.executable, "-m", "modig.cli", *words]
        self.running[words[0]] = subprocess.Popen(command)  # noqa: S603 -- our own command

    def lives(self) -> bool:
        return self.running["serve"].poll() is None

    def wait(self) -> int:
        """Wait for the server's end; a worker that dies is started again."""
        while self.lives() and not self.is_ending:
            if self.running["worker"].poll() is not None:
                self.start("worker")
            time.sleep(0.5)
        self.end()
        return 0 if self.is_ending else 1

    def end(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()

    def _told_to_end(self, _number: int, _frame: FrameType | None) -> None:
        self.is_ending = True


def _prepare_demo(size: str) -> None:
    import django  # noqa: PLC0415 -- the environment is complete only now

    django.setup()
    from modig.apps.demo.actions import ensure_demo  # noqa: PLC0415 -- after setup
    from modig.cli.operate import collect_static, migrate_database  # noqa: PLC0415

    migrate_database()
    collect_static()
    ensure_demo(size)
    from django.db import connections  # noqa: PLC0415 -- after setup

    connections.close_all()


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


def _compile_in_background() -> None:
    """Compile the planner's kernels while the worker waits for its first job."""
    from modig.planning import warm_up  # noqa: PLC0415 -- heavy

    threading.Thread(target=warm_up, daemon=True).start()
