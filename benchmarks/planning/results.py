"""RESULTS.md has one section for each benchmark; each writes its own and leaves the others."""

from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
TITLE = "# What the planner reaches, measured\n"


def put_section(title: str, text: str) -> None:
    """Write ``## title`` with its text, in the place that it had before, else at the end."""
    old = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else TITLE
    head, *sections = old.split("\n## ")
    new = f"{title}\n\n{text.strip()}\n"
    places = [k for k, section in enumerate(sections) if section.startswith(f"{title}\n")]
    if places:
        sections[places[0]] = new
    else:
        sections.append(new)
    parts = [head.rstrip("\n") + "\n", *(section.rstrip("\n") + "\n" for section in sections)]
    RESULTS.write_text("\n## ".join(parts), encoding="utf-8")
