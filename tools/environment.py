"""Make everything that modig runs on: Python packages, front-end files, translations.

Each step leaves a stamp with the hash of what it was made from, so that the next run skips it.
"""

import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import system

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
UV = BIN / "uv"
VENDOR = ROOT / "src" / "modig" / "static" / "vendor"
FRONT_END = (
    "@tabler/core/dist/css/tabler.min.css",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
)
UV_VERSION = "uv<1"


def prepare(*, development: bool = False) -> None:
    """Install what is missing or out of date; a second run does nothing."""
    # Two hundred processes start in a run of the tests: each would compile all that it imports.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if not PYTHON.exists():
        _make_venv()
    lock_file = "requirements-dev.lock" if development else "requirements.lock"
    # Development holds everything that running needs, so it serves for both.
    if not _is_made("requirements-dev.lock", "pyproject.toml", "requirements-dev.lock"):
        _step(lock_file, _install_packages, lock_file, "pyproject.toml", lock_file)
    _step("front-end", _install_front_end, "", "package-lock.json", "tools/icons.txt", __file__)
    run(PYTHON, "tools/messages.py")


def lock() -> None:
    """Write the locks anew: exact versions with hashes, and no addresses."""
    compile_ = (UV, "pip", "compile", "-q", "--universal", "--python-version", "3.11")
    hashed = ("--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links")
    project = (*compile_, *hashed, "pyproject.toml")
    run(*project, "-o", "requirements.lock")
    run(*project, "--group", "dev", "-c", "requirements.lock", "-o", "requirements-dev.lock")
    run(*compile_, *hashed, "--group", "assets", "-o", "requirements-assets.lock")
    run(_npm(), "install", "--package-lock-only", "--ignore-scripts", "--silent")


def run(*words: object, **given: object) -> None:
    """Run a command in the repository's root; its failure ends the whole."""
    finished = subprocess.run([str(word) for word in words], cwd=ROOT, check=False, **given)
    if finished.returncode:
        sys.exit(f"failed ({finished.returncode}): {' '.join(str(word) for word in words)}")


def _make_venv() -> None:
    _say("making .venv")
    if not find_spec("ensurepip"):
        # Debian and Ubuntu part it from Python.
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        system.apt_install([package])
        importlib.invalidate_caches()
        if not find_spec("ensurepip"):
            sys.exit(f"This Python cannot make a virtual environment; install {package} first.")
    venv.create(VENV, with_pip=True, clear=True)


def _install_packages(lock_file: str) -> None:
    if not UV.exists():
        run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", UV_VERSION)
    install = (UV, "pip", "install", "-q", "--python", PYTHON)
    run(*install, "--require-hashes", "-r", lock_file)
    run(*install, "--no-deps", "-e", ".")


def _install_front_end(_: str) -> None:
    npm = _npm()
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    run(npm, "ci", *quiet, env={**os.environ, "PATH": path})
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    for name in FRONT_END:
        shutil.copy(ROOT / "node_modules" / name, VENDOR)
    styles = VENDOR / "tabler.min.css"
    # The map is not shipped, and a name that leads nowhere stops the collecting of static files.
    styles.write_text(
        re.sub(r"/\*# sourceMappingURL=.*?\*/", "", styles.read_text(encoding="utf-8"))
    )
    (VENDOR / "tabler-icons.svg").write_text(_sprite(), encoding="utf-8")


def _npm() -> str:
    """The system's npm, else the one that a Python package brings."""
    if found := shutil.which("npm"):
        return found
    if not (BIN / "npm").exists():
        install = (UV, "pip", "install", "-q", "--python", PYTHON, "--require-hashes")
        run(*install, "-r", "requirements-assets.lock")
    return str(BIN / "npm")


def _sprite() -> str:
    """One SVG with a symbol for each icon named in ``icons.txt``."""
    icons = ROOT / "node_modules" / "@tabler" / "icons" / "icons" / "outline"
    names = sorted(set((ROOT / "tools" / "icons.txt").read_text(encoding="utf-8").split()))
    symbols = []
    for name in names:
        drawing = (icons / f"{name}.svg").read_text(encoding="utf-8")
        inner = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner.strip()}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(symbols) + "</svg>\n"


def _step(stamp: str, make: Callable[[str], None], argument: str, *made_from: str) -> None:
    if _is_made(stamp, *made_from):
        return
    _say(f"preparing: {stamp.removesuffix('.lock')}")
    begun = time.monotonic()
    make(argument)
    _stamp(stamp).write_text(_hash(*made_from), encoding="utf-8")
    _say(f"  {time.monotonic() - begun:.0f} s")


def _is_made(stamp: str, *made_from: str) -> bool:
    kept = _stamp(stamp)
    return kept.exists() and kept.read_text(encoding="utf-8") == _hash(*made_from)


def _stamp(name: str) -> Path:
    return VENV / f".made-{name}"


def _hash(*paths: str) -> str:
    return hashlib.sha256(b"".join((ROOT / path).read_bytes() for path in paths)).hexdigest()


def _say(text: str) -> None:
    print(text, flush=True)
