"""Windows in a browser, which notice what no page may do."""

import urllib.error
import urllib.request
from urllib.parse import urlsplit

from robust.browser import Browser

DESK = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
OWN_HOSTS = {"localhost", ""}


class Browsing:
    """Opens windows on the site, each with cookies of its own, and keeps what went wrong in them."""

    def __init__(self, browser, site):
        self.browser, self.site = browser, site
        self.wrong = []
        self._contexts = []

    def window(self, size=DESK, *, as_role="", script=True, language="sv"):
        """A new window, signed in as the demo's user of a role where one is named."""
        context = self.browser.new_context(
            base_url=self.site.address,
            java_script_enabled=script,
            locale={"sv": "sv-SE", "en": "en-GB"}[language],
            timezone_id="Europe/Stockholm",
            **size,
        )
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        self._watch(context)
        if as_role:
            context.add_cookies(self._cookies_of(as_role))
        return context.new_page()

    def _cookies_of(self, role):
        """Those of somebody who has signed in as the demo's user, without a window to look at."""
        user = Browser(self.site.address)
        user.send("/demo/", user=role)
        return [
            {"name": one.name, "value": one.value, "url": self.site.address} for one in user.cookies
        ]

    def close(self):
        for context in self._contexts:
            context.close()

    def _watch(self, context):
        context.on("request", self._notice_request)
        context.on("response", self._notice_response)
        context.on("console", self._notice_console)
        context.on("weberror", lambda error: self._note(f"script error: {error.error}"))

    def _notice_request(self, request):
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.hostname not in OWN_HOSTS:
            self._note(f"asked another's server: {request.url}")

    def _notice_response(self, response):
        if response.status >= 500:
            self._note(f"{response.status} from {response.request.method} {response.url}")
        elif response.status == 404 and response.request.resource_type != "document":
            self._note(f"missing: {response.url}")

    def _notice_console(self, message):
        """The content security policy speaks here; a refused page (409, 422) speaks too, rightly."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self._note(f"console: {message.text}")

    def _note(self, sentence):
        if sentence not in self.wrong:
            self.wrong.append(sentence)


class Reading:
    """Gets pages as a window's visitor does, where nobody needs to see them: it takes far less."""

    def __init__(self, window, address):
        self.window, self.address = window, address
        self.headers = {"Accept-Language": "sv-SE"}
        self.be_who_the_window_is()

    def be_who_the_window_is(self):
        """Take over the window's cookies."""
        cookies = self.window.context.cookies()
        self.headers["Cookie"] = "; ".join(f"{one['name']}={one['value']}" for one in cookies)

    def get(self, path):
        """Status and content of what is at a path, at the end of all that it leads on to."""
        request = urllib.request.Request(f"{self.address}{path}", headers=self.headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read()
