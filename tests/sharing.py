"""How the processes of a test run share the work: what takes longest begins first."""

from xdist.scheduler import LoadFileScheduling

# The parts of the run that take minutes, the longest first; all that is not here comes after.
LONGEST_FIRST = (
    "tests/pages/test_every_page.py",
    "tests/robust/",
    "tests/pages/",
    "tests/cli/",
    "tests/web/test_access.py",
    "tests/real/",
)
SWEEP = "tests/pages/test_every_page.py"
# These have one running product between them.
WITH_A_WORKS = ("tests/robust/test_killed.py", "tests/robust/test_two_at_once.py")
PARTS_OF_THE_SWEEP = 3


class ByFile(LoadFileScheduling):
    """A file to a process, as always; but the sweep over every page in several parts."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        if file == SWEEP:
            return f"{file} {sum(nodeid.encode()) % PARTS_OF_THE_SWEEP}"
        return "a works" if file in WITH_A_WORKS else file


def longest_first(items):
    """Put the items in the order of ``LONGEST_FIRST``; among equals, the order stays."""
    items.sort(key=lambda item: _rank(item.nodeid))


def _rank(nodeid):
    starts = (rank for rank, start in enumerate(LONGEST_FIRST) if nodeid.startswith(start))
    return next(starts, len(LONGEST_FIRST))
