"""What the environment decides, and what it may not."""

import pytest

from modig.web.env import BadEnvironmentError, Environment

OPEN = {
    "MODIG_HTTPS": "1",
    "MODIG_HOSTS": "modig.example.org, www.example.org",
    "MODIG_SECRET_KEY": "k" * 50,
}
NAMES = (
    *OPEN,
    "MODIG_DATA",
    "MODIG_DATABASE_URL",
    "MODIG_MAIL_URL",
    "MODIG_MAIL_FROM",
    "MODIG_PROXIES",
    "MODIG_DEMO_SITE",
)


@pytest.fixture
def given(monkeypatch, tmp_path):
    """Read the environment with these variables and no others: ``given(MODIG_HTTPS="1")``."""

    def read(**variables):
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        for name, value in {"MODIG_DATA": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        return Environment.read()

    return read


def test_at_home_nothing_needs_to_be_given(given, tmp_path):
    environment = given()

    assert (environment.secure, environment.hosts, environment.proxies) == (
        False,
        ("localhost", "127.0.0.1", "[::1]"),
        0,
    )
    assert environment.database()["NAME"] == str(tmp_path / "modig.sqlite3")


def test_key_is_made_once_and_kept_for_oneself(given, tmp_path):
    first, second = given().secret_key(), given().secret_key()

    assert first == second
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_in_the_open_hosts_are_those_given_and_a_proxy_stands_in_front(given):
    environment = given(**OPEN)

    assert environment.hosts == ("modig.example.org", "www.example.org")
    assert environment.proxies == 1
    assert environment.secret_key() == OPEN["MODIG_SECRET_KEY"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("MODIG_HOSTS", ""), ("MODIG_PROXIES", "many")],
)
def test_value_that_cannot_be_used_is_named(given, name, value):
    with pytest.raises(BadEnvironmentError, match=name):
        given(**{**OPEN, name: value})


@pytest.mark.parametrize("key", ["", "short"])
def test_in_the_open_a_long_key_is_asked_for(given, key):
    environment = given(**{**OPEN, "MODIG_SECRET_KEY": key})

    with pytest.raises(BadEnvironmentError, match="MODIG_SECRET_KEY"):
        environment.secret_key()


@pytest.mark.parametrize("url", ["mysql://db/x", "postgresql://db:port/x"])
def test_database_that_is_not_understood_is_named(given, url):
    with pytest.raises(BadEnvironmentError, match="MODIG_DATABASE_URL"):
        given(MODIG_DATABASE_URL=url).database()


def test_database_url_may_hold_signs_of_its_own_in_the_password(given):
    database = given(MODIG_DATABASE_URL="postgresql://modig:p%40ss@db:5433/modig").database()

    assert [database[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "modig",
        "p@ss",
        "db",
        "5433",
        "modig",
    ]


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://eva:p%40ss@mail.example.org", 587, False, True),
        ("smtps://eva:p%40ss@mail.example.org", 465, True, False),
        ("smtp://eva:p%40ss@mail.example.org:25?tls=0", 25, False, False),
    ],
)
def test_mail_server_is_read_from_one_address(given, url, port, ssl, tls):
    mail = given(MODIG_MAIL_URL=url).mail()

    assert (mail["EMAIL_PORT"], mail["EMAIL_USE_SSL"], mail["EMAIL_USE_TLS"]) == (port, ssl, tls)
    assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("eva", "p@ss")


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://h:port"])
def test_mail_server_that_is_not_understood_is_named(given, url):
    with pytest.raises(BadEnvironmentError, match="MODIG_MAIL_URL"):
        given(MODIG_MAIL_URL=url).mail()
