"""A PostgreSQL server of our own for the length of the tests: made in a second, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c autovacuum=off"


class ClusterError(Exception):
    """The server could not be made or started; the message holds what it said."""


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """Run a server that listens on a socket in a new folder only; give its address."""
    # In /tmp, since the path of a socket must be short, and another user must be able to enter it.
    folder = Path(tempfile.mkdtemp(prefix="modig-pg-", dir="/tmp"))
    user = _unprivileged(folder)
    data, log = folder / "data", folder / "log"
    try:
        _as(user, programs / "initdb", "-D", data, "-U", "modig", "-A", "trust", "-E", "UTF8")
        options = f"-c listen_addresses='' -k {folder} {FAST}"
        _as(user, programs / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")
        try:
            yield f"postgresql://modig@/postgres?host={folder}"
        finally:
            _as(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    except subprocess.CalledProcessError as error:
        said = log.read_text(errors="replace") if log.exists() else ""
        raise ClusterError(f"PostgreSQL did not start: {error}\n{said}") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: then the system's own user runs it."""
    if os.geteuid() != 0:
        return None
    owner = pwd.getpwnam("postgres")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    folder.chmod(0o755)
    return "postgres"


def _as(user: str | None, *words: object) -> None:
    subprocess.run(
        [str(word) for word in words],
        check=True,
        user=user,
        stdout=subprocess.DEVNULL,
        cwd="/",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
