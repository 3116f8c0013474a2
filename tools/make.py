"""What stands behind the Makefile. Standard library only; runs before anything is installed."""

import os
import sys
from pathlib import Path

import environment
import tests

ROOT = Path(__file__).resolve().parent.parent


def setup() -> int:
    environment.prepare()
    return 0


def demo() -> int:
    environment.prepare()
    os.chdir(ROOT)
    modig = str(environment.BIN / "modig")
    os.execv(modig, [modig, "demo"])


def bench() -> int:
    environment.prepare(development=True)
    return tests.run_benchmarks()


def test() -> int:
    environment.prepare(development=True)
    return tests.run_all(everywhere=False)


def test_all() -> int:
    environment.prepare(development=True)
    return tests.run_all(everywhere=True)


def lock() -> int:
    environment.prepare(development=True)
    environment.lock()
    return 0


COMMANDS = {
    "setup": setup,
    "demo": demo,
    "test": test,
    "test-all": test_all,
    "bench": bench,
    "lock": lock,
}


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 -- the reader's Python is not ours to choose
        sys.exit("modig needs Python 3.11 or newer; name another with: make demo PYTHON=python3.12")
    sys.exit(COMMANDS[sys.argv[1]]())
