"""Jobs that several workers share: in a folder of one machine, or in a PostgreSQL database.

Who takes a job holds a lock on it that ends with the process, so nobody has to notice a death: the
job is simply free again.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol
from uuid import uuid4

from modig.cli.plan_input import BadInputError

ANSWER = "answer.json"


@dataclass(frozen=True, slots=True)
class Job:
    name: str
    source: Path
    target: Path
    words: list[str]
    finish: Callable[[Mapping[str, Any]], None]


class Jobs(Protocol):
    names: list[str]

    def ticket(self) -> dict[str, Any]: ...
    def take(self) -> AbstractContextManager[Job | None]: ...
    def done(self) -> int: ...
    def is_finished(self) -> bool: ...
    def collect(self) -> dict[str, dict[str, Any]]: ...


class FolderJobs:
    """One sub-folder a job; a file in the folder of its answer is locked while it is done."""

    def __init__(self, folder: str, out: str, names: list[str], words: list[str]) -> None:
        self.folder, self.out = Path(folder), Path(out)
        self.names, self.words = names, words

    @classmethod
    def begin(
        cls, folder: Path, out: Path, names: list[str], words: Sequence[str], *, resume: bool
    ) -> "FolderJobs":
        for name in names:
            (out / name).mkdir(exist_ok=True)
            answer = out / name / ANSWER
            if answer.exists() and not (resume and _is_whole(answer)):
                answer.unlink()
        return cls(str(folder), str(out), names, list(words))

    def ticket(self) -> dict[str, Any]:
        """What another process needs to take part."""
        return {
            "folder": str(self.folder),
            "out": str(self.out),
            "names": self.names,
            "words": self.words,
        }

    @contextmanager
    def take(self) -> Iterator[Job | None]:
        import fcntl  # noqa: PLC0415 -- not on every system

        for name in self.names:
            target = self.out / name
            if (target / ANSWER).exists():
                continue
            with (target / ".taken").open("w") as claim:
                try:
                    fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    continue
                if not (target / ANSWER).exists():  # else another finished it just now
                    yield Job(name, self.folder / name, target, self.words, self._finisher(target))
                    (target / ".taken").unlink(missing_ok=True)
                    return
        yield None

    @staticmethod
    def _finisher(target: Path) -> Callable[[Mapping[str, Any]], None]:
        def finish(answer: Mapping[str, Any]) -> None:
            unfinished = target / f".{ANSWER}"
            unfinished.write_text(json.dumps(answer) + "\n", encoding="utf-8")
            unfinished.replace(target / ANSWER)

        return finish

    def done(self) -> int:
        return sum((self.out / name / ANSWER).exists() for name in self.names)

    def is_finished(self) -> bool:
        return self.done() == len(self.names)

    def collect(self) -> dict[str, dict[str, Any]]:
        files = {name: self.out / name / ANSWER for name in self.names}
        return {
            name: json.loads(file.read_text(encoding="utf-8"))
            for name, file in files.items()
            if file.exists()
        }


def _is_whole(answer: Path) -> bool:
    """A search that was stopped is done again."""
    return bool(json.loads(answer.read_text(encoding="utf-8"))["status"] != "stopped")


TABLE = """
create table if not exists modig_plan_job (
    id bigint generated always as identity primary key,
    run text not null,
    name text not null,
    words jsonb not null,
    source bytea not null,
    answer jsonb,
    target bytea,
    unique (run, name)
)"""
TAKE = """
select id, name, words, source from modig_plan_job
where answer is null and (%(run)s = '' or run = %(run)s)
order by id limit 1 for update skip locked"""


class DatabaseJobs:
    """A row a job, with its files; its worker keeps it locked in a transaction while it works.

    When a worker dies, PostgreSQL ends its transaction and the row is free for another.
    """

    def __init__(self, url: str, run: str = "", out: str = "", names: Sequence[str] = ()) -> None:
        import psycopg  # noqa: PLC0415 -- only with a queue

        self.url, self.run, self.out, self.names = url, run, Path(out), list(names)
        try:
            self.connection = psycopg.connect(url, autocommit=True, keepalives_idle=10)
        except psycopg.OperationalError as error:
            raise BadInputError(f"--queue: the database does not answer ({error})") from error
        except psycopg.ProgrammingError as error:
            address = "an address like postgresql://user@host/database"
            raise BadInputError(f"--queue: {address} is needed ({error})") from error

    @classmethod
    def begin(
        cls, url: str, folder: Path, out: Path, names: list[str], words: Sequence[str]
    ) -> "DatabaseJobs":
        jobs = cls(url, uuid4().hex, str(out), names)
        with jobs.connection.transaction():
            jobs.connection.execute("select pg_advisory_xact_lock(hashtext('modig_plan_job'))")
            jobs.connection.execute(TABLE)
        with jobs.connection.cursor() as cursor:
            cursor.executemany(
                "insert into modig_plan_job (run, name, words, source) values (%s, %s, %s, %s)",
                [
                    (jobs.run, name, json.dumps(list(words)), packed(folder / name))
                    for name in names
                ],
            )
        return jobs

    @classmethod
    def join(cls, url: str) -> "DatabaseJobs":
        """The jobs of every run that is under way."""
        jobs = cls(url)
        jobs.connection.execute(TABLE)
        return jobs

    def ticket(self) -> dict[str, Any]:
        return {"url": self.url, "run": self.run, "out": str(self.out), "names": self.names}

    @contextmanager
    def take(self) -> Iterator[Job | None]:
        with self.connection.transaction(), TemporaryDirectory() as room:
            row = self.connection.execute(TAKE, {"run": self.run}).fetchone()
            if row is None:
                yield None
                return
            number, name, words, source = row
            folder, target = Path(room, "in"), Path(room, "out")
            unpack(source, folder)
            target.mkdir()

            def finish(answer: Mapping[str, Any]) -> None:
                self.connection.execute(
                    "update modig_plan_job set answer = %s, target = %s where id = %s",
                    (json.dumps(answer), packed(target), number),
                )

            yield Job(name, folder, target, words, finish)

    def done(self) -> int:
        return self._counts()[0]

    def is_finished(self) -> bool:
        return self._counts()[1] == 0

    def _counts(self) -> tuple[int, int]:
        """Jobs that are done, and others."""
        row = self.connection.execute(
            "select count(*) filter (where answer is not null),"
            " count(*) filter (where answer is null)"
            " from modig_plan_job where %(run)s = '' or run = %(run)s",
            {"run": self.run},
        ).fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def collect(self) -> dict[str, dict[str, Any]]:
        """Bring the answers home and take the run out of the queue."""
        answers = {}
        for name, answer, target in self.connection.execute(
            "select name, answer, target from modig_plan_job where run = %s and answer is not null",
            (self.run,),
        ):
            unpack(target, self.out / name)
            (self.out / name / ANSWER).write_text(json.dumps(answer) + "\n", encoding="utf-8")
            answers[name] = answer
        self.connection.execute("delete from modig_plan_job where run = %s", (self.run,))
        return answers


def packed(folder: Path) -> bytes:
    """The files of a folder as one archive."""
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            if file.is_file() and not file.name.startswith("."):
                archive.write(file, file.name)
    return room.getvalue()


def unpack(content: bytes, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
