"""When a search ends: by the clock, by the number of steps, or because somebody asked."""

import threading
import time
from collections.abc import Callable

from modig.planning.result import Progress

DEFAULT_SECONDS = 10.0
CHUNK_SECONDS = 0.05
REPORT_SECONDS = 0.25
FIRST_CHUNK = 2_000
LARGEST_CHUNK = 500_000
CHUNKS = 200


class Clock:
    """Shared by the searches of one run, which are numbered from 0.

    With ``steps`` the sizes of chunks depend on nothing else, and a search that is done ends only
    those after it: they could not win a tie, so the answer does not depend on who was faster.
    """

    def __init__(
        self,
        seconds: float | None,
        steps: int | None,
        on_progress: Callable[[Progress], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        if (seconds is not None and not seconds > 0) or (steps is not None and steps < 1):
            raise ValueError("seconds and steps must be above 0")
        self.steps = steps
        self.seconds = seconds if seconds is not None or steps is not None else DEFAULT_SECONDS
        self.on_progress = on_progress
        self.should_stop = should_stop
        self.was_stopped = False
        self._done_by: float = float("inf")
        self._began: float | None = None
        self._reported: float | None = None
        self._lock = threading.Lock()
        self._best = (float("inf"), 0.0)

    def start(self) -> None:
        """Begin to count time; later calls change nothing. Compiling is over by then."""
        with self._lock:
            if self._began is None:
                self._began = time.monotonic()

    def finish(self, search: int) -> None:
        """End a search that can find nothing better, and those that it makes needless."""
        with self._lock:
            self._done_by = min(self._done_by, search if self.steps is not None else -1)

    def is_over(self, search: int, steps: int) -> bool:
        if self.should_stop is not None and not self.was_stopped:
            self.was_stopped = self.should_stop()
        return self.was_stopped or search >= self._done_by or self.share_done(steps) >= 1.0

    @property
    def elapsed(self) -> float:
        return 0.0 if self._began is None else time.monotonic() - self._began

    def share_done(self, steps: int) -> float:
        by_steps = steps / self.steps if self.steps else 0.0
        by_time = self.elapsed / self.seconds if self.seconds else 0.0
        return min(1.0, max(by_steps, by_time))

    def next_chunk(self, steps: int, last: int, last_seconds: float) -> int:
        """Steps to take before looking at the clock again."""
        if self.steps is not None:
            chunk = min(LARGEST_CHUNK, max(1, self.steps // CHUNKS))
            return min(chunk, self.steps - steps)
        if not last:
            return FIRST_CHUNK
        wanted = last * CHUNK_SECONDS / max(last_seconds, 1e-6)
        return int(min(LARGEST_CHUNK, 2 * last, max(100, wanted)))

    def report(self, steps: int, value: float, broken: int) -> None:
        """Tell how far it has come, four times a second."""
        if self.on_progress is None:
            return
        with self._lock:
            self._best = min(self._best, (broken, -value))
            now = self.elapsed
            if self._reported is not None and now - self._reported < REPORT_SECONDS:
                return
            self._reported = now
            fewest, negative = self._best
            share = self.share_done(steps)
            self.on_progress(Progress(share, -negative, int(fewest), steps, now))
