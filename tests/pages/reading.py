"""A page as its HTML says it: what it is made of, where it leads, what it says."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

RANKS = {f"h{rank}": rank for rank in range(1, 7)}
NAMED = {"a", "button", "summary", "label", "legend", "caption", "th", *RANKS}
# What points at another element by its key.
POINTING = ("for", "list", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns")
FIELDS = {"input", "select", "textarea"}
NO_FIELDS = {"hidden", "submit", "button"}
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
    wrong: list[str] = field(default_factory=list)
    """What has no name, fields without a label among it; keys that stand there twice, and what points
    at no key; headings that leave out a rank."""


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.read = Reading()
        self.open = []
        self.nameless, self.labels, self.fields, self.keys = [], set(), [], set()
        self.pointed_at, self.rank = set(), 0

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
        self._note_names(tag, given)
        self._note_pointers(tag, given)

    def _note_names(self, tag, given):
        """Who needs a name, and what gives one."""
        if tag in NAMED and not any("hidden" in above for _, _, above in self.open):
            self.nameless.append((len(self.open), tag, given))
        if given.get("aria-label") or given.get("aria-labelledby") or given.get("alt"):
            self._name()
        if tag == "label":
            self.labels.add(given.get("for"))
        in_a_label = any(above == "label" for above, _, _ in self.open)
        has_own = {"aria-label", "aria-labelledby"} & given.keys() or in_a_label
        if tag in FIELDS and given.get("type") not in NO_FIELDS and not has_own:
            self.fields.append(given)

    def _note_pointers(self, tag, given):
        if key := given.get("id"):
            self.read.wrong += [f"two things with the id {key}"] if key in self.keys else []
            self.keys.add(key)
        for name in POINTING:
            self.pointed_at.update((given.get(name) or "").split())
        if tag == "a" and (place := (given.get("href") or "").partition("#"))[0] == "":
            self.pointed_at.update({place[2]} - {""})
        if rank := RANKS.get(tag):
            self.read.wrong += [f"{tag} after h{self.rank}"] if rank > self.rank + 1 else []
            self.rank = rank

    def _name(self):
        """Everything that is open has a name now."""
        self.nameless = [one for one in self.nameless if one[0] > len(self.open)]

    def close(self):
        super().close()
        self.read.wrong += [
            f"a field without a label: {one.get('name')}"
            for one in self.fields
            if one.get("id") not in self.labels or not one.get("id")
        ]
        self.read.wrong += [f"nothing has the id {key}" for key in self.pointed_at - self.keys]

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
                empty = [one for one in self.nameless if one[0] > place]
                self.read.wrong += [f"{one} without a name: {had}" for _, one, had in empty]
                self.nameless = [one for one in self.nameless if one[0] <= place]
                del self.open[place:]
                return

    def handle_data(self, data):
        text = " ".join(data.split())
        if text:
            self._name()
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
    reader.close()
    return reader.read
