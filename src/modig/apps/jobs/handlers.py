"""What a worker does for each kind of job; features register theirs when they load."""

from collections.abc import Callable
from typing import Any, Protocol

from modig.apps.jobs.models import Job


class Report(Protocol):
    """How a running job tells how far it is, and hears that it should stop."""

    def progress(
        self, share: float, *, doing: str = "", best: dict[str, Any] | None = None
    ) -> None:
        """Tell the share done (0–1), what is being done, and the best result so far."""

    def stop_wanted(self) -> bool:
        """Whether somebody pressed Stop."""


Handler = Callable[[Job, Report], dict[str, Any]]
_handlers: dict[str, Handler] = {}


class UnknownJobError(LookupError):
    """No feature has registered a handler for this kind of job."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function as what a worker does for jobs of ``kind``."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def handler_for(kind: str) -> Handler:
    if kind not in _handlers:
        raise UnknownJobError(kind)
    return _handlers[kind]
