"""What the environment decides, read in one place."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"
SHORTEST_KEY = 50


class BadEnvironmentError(Exception):
    """A variable of the environment has a value that cannot be used."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The deployment's choices. ``data`` holds the database, uploads, logs and caches."""

    data: Path
    demo: bool
    debug: bool
    secure: bool
    hosts: tuple[str, ...]
    proxies: int
    database_url: str
    mail_url: str
    mail_from: str
    address: str

    @classmethod
    def read(cls) -> "Environment":
        given = os.environ.get
        secure = _is_on("MODIG_HTTPS")
        if secure and not given("MODIG_HOSTS"):
            raise BadEnvironmentError(
                "MODIG_HOSTS is missing: with MODIG_HTTPS=1 name the address that users open, "
                "like modig.example.org"
            )
        named = (given("MODIG_HOSTS") or LOCAL_HOSTS).split(",")
        hosts = tuple(host.strip() for host in named if host.strip())
        return cls(
            data=Path(given("MODIG_DATA") or ".modig").absolute(),
            demo=_is_on("MODIG_DEMO_SITE"),
            debug=_is_on("MODIG_DEBUG"),
            secure=secure,
            hosts=hosts,
            proxies=_number("MODIG_PROXIES", 1 if secure else 0),
            database_url=given("MODIG_DATABASE_URL") or "",
            mail_url=given("MODIG_MAIL_URL") or "",
            mail_from=given("MODIG_MAIL_FROM") or "modig@localhost",
            address=_address(secure=secure, host=hosts[0]),
        )

    def secret_key(self) -> str:
        """The key that signs sessions. In the open it is given; at home it is made once and kept."""
        if key := os.environ.get("MODIG_SECRET_KEY"):
            if self.secure and len(key) < SHORTEST_KEY:
                raise BadEnvironmentError(
                    f"MODIG_SECRET_KEY is too short: {SHORTEST_KEY} characters at least"
                )
            return key
        if self.secure:
            raise BadEnvironmentError(
                "MODIG_SECRET_KEY is missing: with MODIG_HTTPS=1 give a long random text, "
                "the same on every machine"
            )
        kept = self.data / "secret_key"
        if not kept.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(50))
        return kept.read_text()

    def mail(self) -> dict[str, object]:
        """Django's settings of the mail server: smtp:// with STARTTLS, smtps:// with TLS at once."""
        url = urlsplit(self.mail_url)
        if url.scheme not in {"smtp", "smtps"} or not url.hostname:
            raise BadEnvironmentError(
                "MODIG_MAIL_URL is not understood; it looks like "
                "smtp://name:password@mail.example.org:587"
            )
        at_once = url.scheme == "smtps"
        has_tls = dict(parse_qsl(url.query)).get("tls") != "0"
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": _port(url, "MODIG_MAIL_URL") or (465 if at_once else 587),
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_SSL": at_once,
            "EMAIL_USE_TLS": has_tls and not at_once,
            "EMAIL_TIMEOUT": 20,
        }

    def database(self) -> dict[str, object]:
        """Django's settings of the database: SQLite in the data folder, or PostgreSQL by its URL."""
        if not self.database_url:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(self.data / "modig.sqlite3"),
                "CONN_MAX_AGE": None,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 20,
                    # What is deleted or rewritten is gone from the file too: answers, and persons taken out.
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    " PRAGMA secure_delete=ON;",
                },
            }
        url = urlsplit(self.database_url)
        if url.scheme not in {"postgresql", "postgres"}:
            raise BadEnvironmentError(
                f"MODIG_DATABASE_URL: {url.scheme!r} is not known; it begins with postgresql://"
            )
        options = dict(parse_qsl(url.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": options.pop("host", unquote(url.hostname or "")),
            "PORT": options.pop("port", str(_port(url, "MODIG_DATABASE_URL") or "")),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"pool": True, **options},
        }


def _address(*, secure: bool, host: str) -> str:
    """Where users open the site; it stands in mails that no page has asked for."""
    port = os.environ.get("MODIG_PORT") or "8000"
    otherwise = f"https://{host.lstrip('.')}" if secure else f"http://{host}:{port}"
    address = (os.environ.get("MODIG_ADDRESS") or otherwise).rstrip("/")
    if urlsplit(address).scheme not in {"http", "https"} or not urlsplit(address).hostname:
        raise BadEnvironmentError(
            f"MODIG_ADDRESS is {address!r}; it looks like https://modig.example.org"
        )
    return address


def _is_on(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _number(name: str, otherwise: int) -> int:
    text = os.environ.get(name) or str(otherwise)
    if not text.isdecimal():
        raise BadEnvironmentError(f"{name} is {text!r}; it is a number like 0 or 1")
    return int(text)


def _port(url: SplitResult, name: str) -> int | None:
    try:
        return url.port
    except ValueError as error:
        raise BadEnvironmentError(f"{name}: the port is not a number") from error
