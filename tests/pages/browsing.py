"""Windows in a browser, which notice what no page may do."""

from urllib.parse import urlsplit

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
        page = context.new_page()
        if as_role:
            page.goto("/demo/")
            page.locator(f"button[name=user][value={as_role}]").first.click()
            page.wait_for_url("/")
        return page

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
