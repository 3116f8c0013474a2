"""What the environment decides, read in one place."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


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
    database_url: str
    mail_url: str
    mail_from: str

    @classmethod
    def read(cls) -> "Environment":
        given = os.environ.get
        return cls(
            data=Path(given("MODIG_DATA") or ".modig").absolute(),
            demo=_is_on("MODIG_DEMO_SITE"),
            debug=_is_on("MODIG_DEBUG"),
            secure=_is_on("MODIG_HTTPS"),
            hosts=tuple((given("MODIG_HOSTS") or "localhost,127.0.0.1,[::1]").split(",")),
            database_url=given("MODIG_DATABASE_URL") or "",
            mail_url=given("MODIG_MAIL_URL") or "",
            mail_from=given("MODIG_MAIL_FROM") or "modig@localhost",
        )

    def secret_key(self) -> str:
        """The key that signs sessions: given, or made once and kept in the data folder."""
        if key := os.environ.get("MODIG_SECRET_KEY"):
            return key
        kept = self.data / "secret_key"
        if not kept.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(50))
        return kept.read_text()

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
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
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
            "PORT": options.pop("port", str(url.port or "")),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"pool": True, **options},
        }


def _is_on(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}
