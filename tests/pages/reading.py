"""A page as its HTML says it: what it is made of, where it leads, what it says."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
DRAWN = {"path", "circle", "rect", "line", "use", "g"}
SILENT = {"script", "style", "svg"}
SAID = ("aria-label", "title", "placeholder", "alt")
# What an accessibility check looks at, beside the element itself and where it stands.
MARKS = ("class", "role", "type", "hidden", "open", "tabindex", "aria-current", "aria-invalid")


@dataclass
class Reading:
    """What was read of a page."""

    language: str = ""
    title: str = ""
    headings: int = 0
    links: list[tuple[str, str]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    kinds_around: set[str] = field(default_factory=set)
    """What stands around the page's own part, alike on many pages."""


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.read = Reading()
        self.open = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag not in DRAWN:
            marks = " ".join(f"{name}={given[name] or ''}" for name in MARKS if name in given)
            labelled = any(name.startswith("aria-label") for name in given)
            above = self.open[-1][1] if self.open else ""
            kind = f"{tag} {marks} {labelled}"
            is_own = tag == "main" or any(one == "main" for one, _, _ in self.open)
            kinds = self.read.kinds if is_own else self.read.kinds_around
            kinds.add(" ".join(f"{above} > {kind}".split()))
        else:
            kind = tag
        if tag not in VOID and tag not in DRAWN:
            self.open.append((tag, kind, given))
        self._note(tag, given)

    def _note(self, tag, given):
        if tag == "html":
            self.read.language = given.get("lang", "")
        if tag == "h1":
            self.read.headings += 1
        if tag == "a" and "href" in given:
            self.read.links.append((given["href"], given.get("rel") or ""))
        if "hx-get" in given:
            self.read.parts.append(given["hx-get"])
        if not self._is_skipped():
            self.read.texts.update(
                " ".join(given[name].split()) for name in SAID if given.get(name)
            )

    def handle_endtag(self, tag):
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data):
        text = " ".join(data.split())
        inside = [tag for tag, _, _ in self.open]
        if "title" in inside and "svg" not in inside:
            self.read.title += text
        elif text and not self._is_skipped():
            self.read.texts.add(text)

    def _is_skipped(self):
        """Drawings and scripts say nothing; names and what is in English on purpose may be English."""
        return any(
            tag in SILENT or given.get("lang") == "en" or "data-name" in given
            for tag, _, given in self.open
        )


def read_page(html):
    reader = _Reader()
    reader.feed(html)
    return reader.read
