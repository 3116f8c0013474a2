"""A works with its own server and worker, which tests may kill, and a look at its database from outside."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from hand import Hand
from robust.browser import Browser

MODIG = (sys.executable, "-m", "modig.cli")
TABLES = (
    "people_person", "people_employment", "people_unit", "people_unitedge", "programme_plan",
    "programme_group", "programme_participant", "programme_meeting", "programme_meetingday",
)  # fmt: skip
PEOPLE, MORE_PEOPLE, UNITS = 900, 600, 30
# Four in each unit: teams of eight, three of them in each of five groups.
MANAGERS, GROUPS = 120, 5
LONGEST_WAIT = 60
SECONDS_OF_SEARCH = 1.0
SET_UP = """
from pathlib import Path
from modig.apps.accounts.models import User
from modig.apps.demo.users import email_of
from modig.apps.tenancy.actions import add_member
from modig.apps.tenancy.models import Organisation
from modig.apps.tenancy.scope import working_for
from real import journey
journey.read_in(Path(file))
works = Organisation.objects.get(code=journey.CODE)
user = User.objects.named(email_of("administrator"), "Ada Min")
add_member(works, user, "administrator")
with working_for(works):
    journey.make_roles(works, "manager")
    journey.make_teams()
    wave = journey.make_wave(user)
answer = [wave.pk, works.pk]
"""
START_PLANS = """
from django.utils import timezone
from modig.apps.jobs.actions import start_job
with working_for(works):
    answer = [
        start_job("plan", {"wave": wave, "seconds": seconds, "seed": seed}, by=user, at=timezone.now()).pk
        for seed in seeds
    ]
"""


class Works:
    """A running modig for an employer of its own. Both processes head groups, which die as one."""

    def __init__(self, data: Path, database: str) -> None:
        self.data, self.database = data, database
        self.port = _free_port()
        self.running: dict[str, subprocess.Popen] = {}
        self.hand: Hand | None = None
        self.files, self.organisation = 0, 0
        self.seconds: dict[str, float] = {}

    # ---- processes -------------------------------------------------------------------------------

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "MODIG_DATA": str(self.data),
            "MODIG_DATABASE_URL": self.database,
            "MODIG_DEMO_SITE": "1",
            "DJANGO_SETTINGS_MODULE": "modig.web.settings",
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent.parent), *sys.path]),
        }
        return {**os.environ, **own}

    def do(self, code: str, **given: object):
        """Run ``code`` inside the works, ``given`` as variables; what it keeps as ``answer``."""
        self.hand = self.hand or Hand(self.environment, self.data / "hand.log")
        return self.hand.do(code, **given)

    def set_up(self) -> None:
        subprocess.run([*MODIG, "migrate"], env=self.environment, check=True)
        self.wave, self.organisation = self.do(SET_UP, file=str(self.file()))

    def start(self, name: str) -> None:
        words = ("serve", "--port", str(self.port), "--is-prepared") if name == "serve" else (name,)
        with (self.data / f"{name}.log").open("a") as log:
            # Where the server looks for mistakes it needs no static files gathered.
            environment = self.environment | ({"MODIG_DEBUG": "1"} if name == "serve" else {})
            self.running[name] = subprocess.Popen(
                [*MODIG, *words], env=environment, stdout=log, stderr=log, start_new_session=True
            )
        if name == "serve":
            self._wait_until_it_answers()
            self.browser = self.signed_in()

    def kill(self, name: str) -> None:
        """``kill -9``, to the process and what it has started."""
        with self.running.pop(name) as process:
            os.killpg(process.pid, signal.SIGKILL)

    def end(self) -> None:
        if self.hand:
            self.hand.end()
        for name in list(self.running):
            with suppress(ProcessLookupError):
                self.kill(name)

    def _wait_until_it_answers(self) -> None:
        def answers() -> bool:
            try:
                urllib.request.urlopen(f"http://localhost:{self.port}/healthz", timeout=2).close()
            except OSError:
                return False
            return True

        self.wait_for(answers, "an answer")

    def wait_for(self, what, told: str, *, every: float = 0.05):
        until = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < until:
            if found := what():
                return found
            time.sleep(every)
        logs = "\n".join(log.read_text()[-2000:] for log in self.data.glob("*.log"))
        raise AssertionError(f"waited too long for {told}:\n{logs}")

    # ---- what a user does ------------------------------------------------------------------------

    def signed_in(self) -> Browser:
        browser = Browser(f"http://localhost:{self.port}")
        browser.send("/demo/", user="administrator")
        return browser

    def file(self, more: int = MORE_PEOPLE) -> Path:
        """The employer's next file: everybody who is stored, and so many more."""
        stored = self.organisation and self.value(
            "SELECT count(*) FROM people_person WHERE organisation_id = %s", self.organisation
        )
        self.files += 1
        path = self.data / f"staff-{self.files}.csv"
        lines = ["Employee number,First name,Last name,Department,Unit,Title"]
        for n in range(stored + more if stored else PEOPLE):
            unit = n % UNITS
            title = "Manager" if n < MANAGERS else "Nurse"
            lines.append(f"{n},Åsa,Öst {n},D{unit % 5},U{unit},{title}")
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        return path

    def upload(self, browser: Browser | None = None, *, more: int = MORE_PEOPLE) -> int:
        """Upload the next file; the key of the import."""
        user = browser or self.browser
        user.send("/people/imports/", file=self.file(more))
        return int(user.path.split("/")[3])

    def look_over(self, key: int, browser: Browser | None = None) -> None:
        """Take the columns as they were guessed; the server compares the file with what is stored."""
        (browser or self.browser).send(f"/people/imports/{key}/columns/")

    def read_in(self, key: int, browser: Browser | None = None) -> int:
        """Say yes to the preview; the key of the job."""
        page = f"/people/imports/{key}/"
        (browser or self.browser).send(f"{page}reading/", on=page)
        return self.newest_job("import")

    def start_import(self) -> int:
        key = self.upload()
        self.look_over(key)
        return self.read_in(key)

    def start_plans(self, many: int) -> list[int]:
        """Start so many plans of one wave at once, each with a seed of its own; the jobs' keys."""
        seeds = list(range(1, many + 1))
        return self.do(START_PLANS, wave=self.wave, seconds=SECONDS_OF_SEARCH, seeds=seeds)

    def start_plan(self) -> int:
        return self.start_plans(1)[0]

    def start_again(self, job: int) -> int:
        page = f"/jobs/{job}/"
        kind = self.value("SELECT kind FROM jobs_job WHERE id = %s", job)
        self.browser.send(f"{page}restart/", on=page)
        return self.newest_job(kind)

    def state_shown(self, job: int) -> str:
        """The state of the job once its page has been looked at."""
        self.browser.get(f"/jobs/{job}/")
        return self.state(job)

    # ---- what the database says ------------------------------------------------------------------

    def value(self, sql: str, *given):
        with self._reading() as run:
            row = run(sql, given)
        return row[0] if row else None

    @contextmanager
    def _reading(self) -> Iterator:
        if self.database:
            with psycopg.connect(self.database, autocommit=True) as connection:
                yield lambda sql, given: connection.execute(sql, given).fetchone()
        else:
            connection = sqlite3.connect(self.data / "modig.sqlite3", timeout=30)
            try:
                yield lambda sql, given: connection.execute(
                    sql.replace("%s", "?"), given
                ).fetchone()
            finally:
                connection.close()

    def counts(self) -> dict[str, int]:
        with self._reading() as run:
            return {table: run(f"SELECT count(*) FROM {table}", ())[0] for table in TABLES}

    def state(self, job: int) -> str:
        return self.value("SELECT state FROM jobs_job WHERE id = %s", job)

    def newest_job(self, kind: str) -> int:
        return self.value("SELECT max(id) FROM jobs_job WHERE kind = %s", kind) or 0

    def jobs_and_places(self) -> tuple[int, int]:
        """How many jobs there are, and how many the queue has ever had."""
        jobs = self.value("SELECT count(*) FROM jobs_job")
        return jobs, self.value("SELECT count(*) FROM django_tasks_database_dbtaskresult")

    def wait_until(self, job: int, *states: str) -> str:
        return self.wait_for(
            lambda: state if (state := self.state(job)) in states else "",
            f"job {job} to be {' or '.join(states)}, it is {self.state(job)}",
            every=0.01,
        )

    def after(self, before: dict[str, int], **more: int) -> dict[str, int]:
        """The counts with so many more rows in some tables."""
        return {table: n + more.get(table.partition("_")[2], 0) for table, n in before.items()}


@contextmanager
def database_of_its_own() -> Iterator[str]:
    """The address of a new PostgreSQL database; none where the tests run on SQLite."""
    server = os.environ.get("MODIG_DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"works_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        parts = urllib.parse.urlsplit(server)
        try:
            yield f"{parts.scheme}://{parts.netloc}/{name}?{parts.query}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
