"""Every page that a role can reach from Home: it opens, is accessible, fits a phone, speaks Swedish."""

import fcntl
import os
import re
from collections import defaultdict, deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from pages import checks
from pages.browsing import DESK, PHONE, Reading
from pages.reading import read_page
from pages.words import foreign_in

ROLES = (
    "administrator", "programme-owner", "facilitator", "team-leader", "unit-manager",
    "participant", "chief-executive", "partner", "reader",
)  # fmt: skip
SIGN_IN = "/accounts/login/"
# Two of each kind, since a published plan looks unlike a draft; the second has another address.
# Once for her who sees the most: what others see beside that is looked at on the first.
OF_EACH_KIND = {"programme-owner": 2}
IS_FILE = re.compile(r"format=|\.(csv|pdf|ics|txt|xlsx)$|/hr-file/")


class Walk:
    """A way through the site, from link to link.

    Every page is read as HTML: its language, its links, and that whatever needs a name has one. The
    browser looks at the first of each kind, and at those that hold something which it has not seen
    before; these are judged by axe. Other roles and rows mostly show the same.
    """

    def __init__(self, browsing, role, seen):
        self.desk = browsing.window(DESK, as_role=role)
        self.site, self.role, self.seen = browsing.site, role, seen
        self.reading = Reading(self.desk, self.site.address)
        self.desk.add_init_script(checks.AXE)
        self.of_each_kind = OF_EACH_KIND.get(role, 1)
        self.wrong, self.visited, self.foreign = [], defaultdict(list), set()
        self.waiting = deque(["/" if role else SIGN_IN])
        self.met = {*self.waiting}

    def go(self):
        while self.waiting:
            path = self.waiting.popleft()
            kind = self._kind(path)
            if kind and len(self.visited[kind]) < self.of_each_kind:
                self.visited[kind].append(path)
                self._open(path, kind)
        return self

    def _kind(self, path):
        try:
            found = resolve(urlsplit(path).path)
        except Resolver404:
            self._note(path, "leads nowhere")
            return None
        return f"{found.view_name}{' as a file' if IS_FILE.search(path) else ''}"

    def _open(self, path, kind):
        if IS_FILE.search(path) and not self.seen.news(kind, {"read"}):
            return  # who may have it stands in the table of access
        status, content = self.reading.get(path)
        if status != 200:
            self._note(path, f"answers {status}")
        elif IS_FILE.search(path):
            self._note(path, *([] if content else ["an empty file"]))
        elif b"<html" in content[:200]:
            self._read(path, kind, read_page(content.decode()))

    def _read(self, path, kind, page):
        self._note(path, *page.wrong, *checks.frame(page, "sv"), *self._foreign_words(page, "sv"))
        self._follow(path, page)
        new_around = self.seen.news("around", page.kinds_around)
        new = self.seen.news("own", page.kinds)
        if self.seen.news(kind, {"first"}) or new or new_around:
            self._look_at(path)
        if new or new_around:
            known = (page.kinds | page.kinds_around) - new - new_around
            of = "html" if new_around else ""
            self._note(path, *checks.accessibility(self.desk, of=of, known=known))

    def _foreign_words(self, page, language):
        """Texts in the other language, each told once, where it was met first."""
        found = [t for t in foreign_in(page.texts, language) if t not in self.foreign]
        self.foreign.update(found)
        return [f"not in {language}: {text[:90]}" for text in found]

    def go_again_in_english(self):
        """The first page of each kind in the other language, where nobody has read that yet."""
        self._speak("en")
        for kind, paths in self.visited.items():
            if not self.seen.news(f"{kind} in English", {"read"}):
                continue
            status, content = self.reading.get(paths[0])
            if status != 200:
                self._note(paths[0], f"answers {status} in English")
            elif b'<html lang="' in content[:200]:
                page = read_page(content.decode())
                self._note(paths[0], *self._foreign_words(page, page.language))
        self._speak("sv")

    def _speak(self, language):
        self.desk.goto("/about-you/" if self.role else SIGN_IN)
        token = self.desk.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        form = {"csrfmiddlewaretoken": token, "language": language}
        self.desk.request.post("/language/", form=form, headers={"referer": self.desk.url})
        self.desk.reload()
        self.reading.be_who_the_window_is()
        assert self.desk.get_attribute("html", "lang") == language
        self._note(f"the frame in {language}", *checks.width(self.desk))

    def _look_at(self, path):
        self.desk.set_viewport_size(PHONE["viewport"])
        self.desk.goto(path)
        self._note(path, *checks.phone(self.desk))
        self.desk.set_viewport_size(DESK["viewport"])
        self._note(path, *checks.desk(self.desk))

    def _follow(self, path, page):
        for link, rel in [*page.links, *((part, "") for part in page.parts)]:
            address = urlsplit(urldefrag(urljoin(f"{self.site.address}{path}", link)).url)
            if f"{address.scheme}://{address.netloc}" == self.site.address:
                query = f"?{address.query}" if address.query else ""
                self._meet(f"{address.path}{query}")
            elif address.scheme in {"http", "https"} and "noreferrer" not in rel:
                self._note(path, f"tells another's server where one comes from: {link}")

    def _meet(self, path):
        if path not in self.met:
            self.met.add(path)
            self.waiting.append(path)

    def _note(self, path, *sentences):
        self.wrong += [f"{self.role or 'anyone'} {path}: {said}" for said in sentences]


class Seen:
    """What a browser has looked at; the processes of the run share it."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(exist_ok=True)

    def news(self, kind, parts):
        """The parts that nobody has looked at; from now on they are looked at."""
        with (self.folder / kind.replace(":", "-")).open("a+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            new = parts - set(file.read().split("\n"))
            file.write("".join(f"{part}\n" for part in new))
        return new


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """One look at each kind of page is enough."""
    base = tmp_path_factory.getbasetemp()
    return Seen((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "seen")


@pytest.mark.parametrize("role", ["", *ROLES], ids=lambda role: role or "anyone")
def test_every_page_that_a_role_reaches_is_in_order(role, browsing, seen):
    walk = Walk(browsing, role, seen).go()
    walk.go_again_in_english()

    assert not walk.wrong, f"{len(walk.wrong)} things wrong\n" + "\n".join(walk.wrong)
