"""Every page that a role can reach from Home: it opens, is accessible, fits a phone, speaks Swedish."""

import hashlib
from collections import deque
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from pages import checks
from pages.browsing import DESK, PHONE
from pages.words import english_on

ROLES = (
    "administrator", "programme-owner", "facilitator", "team-leader", "unit-manager",
    "participant", "chief-executive", "partner", "reader",
)  # fmt: skip
SIGN_IN = "/accounts/login/"
# Two of each kind, since a published plan looks unlike a draft; the second has another address.
OF_EACH_KIND = 2
LINKS = "() => [...document.querySelectorAll('a[href]')].map((one) => one.href)"
PARTS = "() => [...document.querySelectorAll('[hx-get]')].map((one) => one.getAttribute('hx-get'))"


class Walk:
    """A way through the site, from link to link."""

    def __init__(self, browsing, role, checked):
        self.desk = browsing.window(DESK, as_role=role)
        self.phone = browsing.window(PHONE, as_role=role)
        self.site, self.role, self.checked = browsing.site, role, checked
        self.wrong, self.visited, self.english = [], {}, set()
        self.waiting = deque(["/" if role else SIGN_IN])

    def go(self):
        while self.waiting:
            path = self.waiting.popleft()
            kind = self._kind(path)
            if kind is None or path in self.visited.setdefault(kind, []):
                continue
            if len(self.visited[kind]) < OF_EACH_KIND:
                self.visited[kind].append(path)
                self._look_at(path)
        return self

    def _kind(self, path):
        try:
            found = resolve(urlsplit(path).path)
        except Resolver404:
            self._note(path, ["leads nowhere"])
            return None
        is_file = "format=" in urlsplit(path).query
        return f"{found.view_name}{' as a file' if is_file else ''}"

    def _look_at(self, path):
        answer = self.desk.request.get(path)
        if answer.status != 200:
            self._note(path, [f"answers {answer.status}"])
        elif "attachment" in answer.headers.get("content-disposition", "") and not answer.body():
            self._note(path, ["an empty file"])
        elif b"<html" in answer.body()[:200]:
            self._look_at_page(path)

    def _look_at_page(self, path):
        self.desk.goto(path)
        self._note(path, checks.frame(self.desk, "sv"))
        self._note(path, self._new_english())
        self._collect_links()
        shape = hashlib.sha256(self.desk.evaluate(checks.SHAPE).encode()).digest()
        if shape in self.checked:
            return
        self.checked.add(shape)
        for scheme in ("light", "dark"):
            self._note(path, checks.accessibility(self.desk, scheme))
        self.phone.goto(path)
        self._note(path, checks.phone(self.phone))

    def _new_english(self):
        """English texts, each told once, where it was met first."""
        found = [text for text in english_on(self.desk) if text not in self.english]
        self.english.update(found)
        return found

    def _collect_links(self):
        base = self.desk.url
        found = self.desk.evaluate(LINKS) + self.desk.evaluate(PARTS)
        for link in found:
            address = urlsplit(urldefrag(urljoin(base, link)).url)
            if f"{address.scheme}://{address.netloc}" != self.site.address:
                if address.scheme in {"http", "https"}:
                    self._note(base, [f"a link to another's server: {link}"])
                continue
            if not address.path.startswith("/static/"):
                query = f"?{address.query}" if address.query else ""
                self.waiting.append(address.path + query)

    def _note(self, path, sentences):
        self.wrong += [f"{self.role or 'anyone'} {path}: {said}" for said in sentences]


@pytest.fixture(scope="module")
def checked():
    """The shapes of pages that axe and the phone have seen: one look at each is enough."""
    return set()


@pytest.mark.parametrize("role", ["", *ROLES], ids=lambda role: role or "anyone")
def test_every_page_that_a_role_reaches_is_in_order(role, browsing, checked):
    walk = Walk(browsing, role, checked).go()

    assert not walk.wrong, f"{len(walk.wrong)} things wrong\n" + "\n".join(walk.wrong)
