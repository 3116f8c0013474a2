"""What a running job says of itself outside the database: that it lives, and how far it is.

A worker holds a lock file while it works; the system frees it when the process dies, however it
dies. Progress goes to the cache, since a row written inside the job's own transaction stays
unseen until it commits.
"""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache

from modig.apps.jobs.models import Job

SILENCE_OF_ANOTHER_MACHINE = timedelta(minutes=5)
SECONDS_KEPT = 3600


@contextmanager
def held(pk: int) -> Iterator[None]:
    """Hold the job's lock for as long as this process works on it."""
    path = _lock_path(pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def has_worker(job: Job, at: datetime) -> bool:
    """Whether the process that took the job still lives."""
    host, _, _ = job.worker.rpartition(":")
    if host != socket.gethostname():
        return job.heard_at is not None and at - job.heard_at < SILENCE_OF_ANOTHER_MACHINE
    try:
        handle = os.open(_lock_path(job.pk), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def tell(pk: int, **progress: Any) -> None:
    cache.set(_key(pk), progress, SECONDS_KEPT)


def latest(pk: int) -> dict[str, Any]:
    """The newest progress of the job, or nothing."""
    found: dict[str, Any] = cache.get(_key(pk)) or {}
    return found


def ask_to_stop(pk: int) -> None:
    """Let the job hear it at once, even while its own transaction keeps others from writing."""
    cache.set(_stop_key(pk), True, SECONDS_KEPT)


def is_asked_to_stop(pk: int) -> bool:
    return bool(cache.get(_stop_key(pk)))


def forget(pk: int) -> None:
    cache.delete_many([_key(pk), _stop_key(pk)])


def _stop_key(pk: int) -> str:
    return f"job-stop-{pk}"


def _key(pk: int) -> str:
    return f"job-progress-{pk}"


def _lock_path(pk: int) -> Path:
    return Path(settings.ENVIRONMENT.data) / "jobs" / f"{pk}.lock"
