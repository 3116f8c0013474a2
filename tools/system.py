"""What the tests need of the machine beside Python: a Chromium and a PostgreSQL server.

Found, or installed with apt where that is allowed, or named out loud. Their tests fail without them.
"""

import os
import shutil
import subprocess
from pathlib import Path

BROWSERS = (
    "chromium-headless-shell",  # the same pages for less work: it draws no window around them
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# What Debian calls them; the second names where the first are not known.
PACKAGES = {"chromium": "chromium-headless-shell", "postgresql": "postgresql"}
OTHER_PACKAGES = {"chromium": "chromium", "postgresql": "postgresql"}


def chromium() -> str | None:
    """The path of a Chromium or Chrome, if there is one."""
    named = os.environ.get("MODIG_CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def postgresql() -> Path | None:
    """The folder of PostgreSQL's server programs, newest version first, if there is one."""
    kept = Path("/usr/lib/postgresql")  # where Debian hides them from the path
    programs = list(kept.glob("*/bin/initdb"))
    if programs:
        return max(programs, key=lambda program: float(program.parts[-3])).parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def install_missing() -> list[str]:
    """Install what is missing where we may; the names of what is still missing."""
    for packages in (PACKAGES, OTHER_PACKAGES):
        if missing := _missing():
            apt_install([packages[name] for name in missing])
    return _missing()


def _missing() -> list[str]:
    needed = {"chromium": chromium(), "postgresql": postgresql()}
    return [name for name, found in needed.items() if not found]


def apt_install(packages: list[str]) -> None:
    """Install Debian packages, on a machine that has apt and lets us; quietly nothing elsewhere."""
    if not shutil.which("apt-get"):
        return
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    first = [] if is_root else ["sudo", "-n"]
    if not is_root and not shutil.which("sudo"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"installing {', '.join(packages)}", flush=True)
    for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        command = [*first, "apt-get", "-qq", *words]
        subprocess.run(command, env=environment, check=False, stdout=subprocess.DEVNULL)
