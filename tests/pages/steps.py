"""What people do on pages, in the words of those who do it."""

import re
import time

LONGEST_WAIT = 120


class Visitor:
    """Somebody at a page. She presses every button twice, as impatient people do.

    With scripts the second press must be caught in the page. Without them the browser would send
    both: the same form is then sent a second time, and the server must not mind.
    """

    def __init__(self, page, *, script=True):
        self.page, self.script = page, script

    def open(self, path):
        self.page.goto(path)

    def fill(self, **fields):
        """Write into fields by their name; True ticks, a path is a file to send."""
        for name, value in fields.items():
            field = self.page.locator(f"main [name='{name}']")
            if value is True:
                field.check()
            elif field.first.evaluate("(one) => one.tagName") == "SELECT":
                field.select_option(value)
            elif field.get_attribute("type") == "file":
                field.set_input_files(value)
            else:
                field.fill(str(value))

    def press(self, button="main .btn-primary"):
        """Press a button, and press it again; without a name the one filled button of the page."""
        found = self.page.locator(f"{button}:visible")
        assert found.count() == 1, f"{found.count()} × {button} on {self.page.url}"
        sent = []
        self.page.once("request", lambda request: sent.append(request))  # noqa: PLW0108 -- needs a function
        with self.page.expect_navigation():
            found.dblclick() if self.script else found.click()
        self.page.wait_for_load_state()
        if sent and sent[0].method == "POST" and not self.script:
            self._send_again(sent[0])
        assert not self.page.locator("main [role=alert]:visible").count(), self._alert()

    def follow(self, address):
        """Follow the first link to an address that begins so."""
        link = self.page.locator(f"main a[href^='{address}']:visible").first
        with self.page.expect_navigation():
            link.click()

    def wait_for(self, selector):
        """Wait until the page has got so far: by itself, or without scripts by loading it again."""
        until = time.monotonic() + LONGEST_WAIT
        while not self.page.locator(selector).first.is_visible():
            assert time.monotonic() < until, f"{selector} never came to {self.page.url}"
            self.page.wait_for_timeout(300 if self.script else 1000)
            if not self.script:
                self.page.reload()

    def download(self, address):
        """The content of a file that a link leads to."""
        answer = self.page.request.get(address)
        assert answer.status == 200, f"{address}: {answer.status}"
        return answer.body()

    def _send_again(self, request):
        headers = {"content-type": request.headers["content-type"], "referer": self.page.url}
        answer = self.page.request.post(
            request.url, data=request.post_data_buffer, headers=headers, max_redirects=0
        )
        assert answer.status < 500, f"{request.url} sent twice: {answer.status}"
        self.page.goto(self.page.url)

    def _alert(self):
        return self.page.locator("main [role=alert]:visible").first.inner_text()


def sign_in(page, email, password):
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    with page.expect_navigation():
        page.locator("main .btn-primary").click()


def number_in(text):
    """The first whole number in a text, however its thousands are parted."""
    found = re.search(r"\d[\d\s,.\u00a0\u202f]*", text)
    assert found, f"no number in {text!r}"
    return int(re.sub(r"\D", "", found[0]))
