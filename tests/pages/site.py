"""The product as its users meet it: its own server and worker, on a data folder of its own."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from itertools import count
from pathlib import Path

from hand import Hand

MODIG = (sys.executable, "-m", "modig.cli")
# The static files too, with their hashed names; to compress them would take longer than all else.
MAKE_DEMO = """
from django.conf import settings
from django.test.utils import override_settings
from modig.apps.demo.actions import ensure_demo
from modig.cli.operate import collect_static
ensure_demo("small")
hashed = {"BACKEND": "modig.web.sheets.HashedStorage"}
with override_settings(STORAGES={**settings.STORAGES, "staticfiles": hashed}):
    collect_static()
"""
MAKE_PARTICIPANT = """
from modig.apps.accounts.models import User
from modig.apps.people.models import Person
from modig.apps.tenancy.actions import add_member
found = Person.across_organisations.filter(pk=person)
user = User.objects.named(email, "Vivi Dal", "en")
user.set_password(password)
user.save()
add_member(found.get().organisation, user, "participant")
found.update(user=user)
"""
SOURCE = Path(__file__).parent.parent.parent / "src"
SECONDS_TO_START = 60
PASSWORD = "en lång väg hem"
MAKE_OWNER = """
from modig.apps.accounts.models import User
from modig.apps.tenancy.actions import add_member, create_organisation
user = User.objects.named(email, "Vera Ny", "en")
user.set_password(password)
user.save()
add_member(create_organisation(organisation, organisation), user, "programme-owner")
"""


class Site:
    """A running modig with the small demo, and what a test needs to know of its inside."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = _free_port()
        self.address = f"http://localhost:{self.port}"
        self.log = data / "log.txt"
        self._clients = count(1)
        self.hand: Hand | None = None

    def do(self, code: str, /, **given: object) -> object:
        """Run ``code`` inside the site, ``given`` as variables; what it keeps as ``answer``."""
        self.hand = self.hand or Hand(self.environment, self.data / "hand.txt")
        return self.hand.do(code, **given)

    def new_owner(self) -> str:
        """The address of a programme owner with ``PASSWORD``, in a new and empty organisation."""
        name = f"client-{next(self._clients)}"
        email = f"owner@{name}.example"
        self.do(MAKE_OWNER, email=email, password=PASSWORD, organisation=name)
        return email

    def new_participant(self, person: int) -> str:
        """The address of somebody with ``PASSWORD`` who is this person."""
        email = f"person-{person}@example.org"
        self.do(MAKE_PARTICIPANT, email=email, password=PASSWORD, person=person)
        return email

    def mails(self) -> list[str]:
        """The text of every e-mail sent so far, oldest first."""
        files = sorted((self.data / "mail").glob("*"), key=lambda file: file.stat().st_mtime_ns)
        mails = [message_from_bytes(f.read_bytes(), policy=policy.default) for f in files]
        return [mail.get_body().get_content() for mail in mails]

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "MODIG_DATA": str(self.data),
            "MODIG_DEMO_SITE": "1",
            "MODIG_DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "modig.web.settings",
            "PYTHONPATH": str(SOURCE),
        }
        return {**os.environ, **own}

    @contextmanager
    def running(self) -> Iterator["Site"]:
        """Serve and work until the block ends."""
        with self.log.open("w") as log:
            commands = (("serve", "--port", str(self.port)), ("worker",))
            processes = [
                subprocess.Popen([*MODIG, *words], env=self.environment, stdout=log, stderr=log)
                for words in commands
            ]
            try:
                self._wait_until_it_answers(processes[0])
                yield self
            finally:
                self.rest()
                for process in processes:
                    process.terminate()
                for process in processes:
                    process.wait(timeout=20)

    def rest(self) -> None:
        """End the process that does what it is told; another one begins when it is told more."""
        if self.hand:
            self.hand.end()
        self.hand = None

    def _wait_until_it_answers(self, server: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and server.poll() is None:
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=2).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError(f"the server did not start:\n{self.log.read_text()}")


def copy_of_demo(shared: Path, own: Path) -> Site:
    """A site of one's own; the demo is made once, however many processes ask at the same time."""
    made = shared / "demo-site"
    with (shared / "demo-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make_demo(made)
    shutil.copytree(made, own)
    return Site(own)


def _make_demo(folder: Path) -> None:
    making = Site(folder.with_suffix(".making"))
    shutil.rmtree(making.data, ignore_errors=True)
    subprocess.run([*MODIG, "migrate"], env=making.environment, check=True)
    making.do(MAKE_DEMO)
    making.rest()
    making.data.rename(folder)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
