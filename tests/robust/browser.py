"""A browser without a screen: keeps cookies, fills in forms as the page has them, sends files."""

import urllib.error
import urllib.parse
import urllib.request
import uuid
from html.parser import HTMLParser
from http.cookiejar import CookieJar

SECONDS = 30


class Browser:
    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=SECONDS) as answer:
            self.path = urllib.parse.urlsplit(answer.url).path
            return answer.read().decode()

    def send(self, path: str, *, button: str = "", on: str = "", file=None, **given) -> str:
        """Fill in the form that leads to ``path`` on the page ``on``, send it, and follow on."""
        fields = _Form.on(self.get(on or path), path).fields | given
        boundary = uuid.uuid4().hex
        body = b"".join(_part(boundary, name, value) for name, value in fields.items())
        if file is not None:
            body += _part(boundary, "file", file.read_bytes(), file.name)
        body += f"--{boundary}--\r\n".encode()
        request = urllib.request.Request(self.address + path, data=body)
        request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
        request.add_header("Referer", self.address + path)
        with self.opener.open(request, timeout=SECONDS) as answer:
            self.path = urllib.parse.urlsplit(answer.url).path
            return answer.read().decode()


def _part(boundary: str, name: str, value, file_name: str = "") -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
    head += f'; filename="{file_name}"' if file_name else ""
    content = value if isinstance(value, bytes) else str(value).encode()
    return f"{head}\r\n\r\n".encode() + content + b"\r\n"


class _Form(HTMLParser):
    """The fields of one form, with the values that the page gives them."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.fields = wanted, {}
        self.is_in = False
        self.select = ""

    @classmethod
    def on(cls, page: str, path: str) -> "_Form":
        """The form with this action; else the last one without any."""
        best = cls("")
        for wanted in (path, ""):
            best = cls(wanted)
            best.feed(page)
            if best.fields:
                break
        return best

    def handle_starttag(self, tag, attributes) -> None:
        has = dict(attributes)
        if tag == "form":
            is_post = (has.get("method") or "").lower() == "post"
            self.is_in = is_post and (has.get("action") or "") == self.wanted
        elif self.is_in:
            self._field(tag, has)

    def _field(self, tag, has) -> None:
        name = has.get("name") or ""
        if tag == "input" and name and has.get("type") not in {"file", "submit"}:
            if has.get("type") not in {"checkbox", "radio"} or "checked" in has:
                self.fields[name] = has.get("value") or ""
        elif tag == "select":
            self.select = name
            self.fields.setdefault(name, "")
        elif tag == "option" and self.select and "selected" in has:
            self.fields[self.select] = has.get("value") or ""
        elif tag == "textarea" and name:
            self.fields[name] = ""

    def handle_endtag(self, tag) -> None:
        if tag == "form":
            self.is_in = False
        elif tag == "select":
            self.select = ""
