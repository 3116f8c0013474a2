"""Compile every translation (.po) of the source tree whose compiled file (.mo) is missing or older."""

import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "modig"


def compile_messages() -> int:
    """How many translations were compiled."""
    stale = [po for po in SOURCE.rglob("*.po") if _is_stale(po)]
    if stale:
        from babel.messages.mofile import write_mo  # noqa: PLC0415 -- most runs compile nothing
        from babel.messages.pofile import read_po  # noqa: PLC0415
    for po in stale:
        with po.open("rb") as source:
            catalogue = read_po(source, abort_invalid=True)
        with po.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)
    return len(stale)


def _is_stale(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


if __name__ == "__main__":
    compile_messages()
    sys.exit(0)
