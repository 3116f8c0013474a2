import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def _no_tries_yet():
    """Forget how often somebody has tried to sign in."""
    cache.clear()


@pytest.fixture
def eva(member):
    """A reader with a password."""
    user = member("reader", email="eva@north.example")
    user.set_password("en kort mening")
    user.save()
    return user


@pytest.fixture
def client_of():
    """Another browser, signed in as this user."""

    def open_browser(user):
        client = Client()
        client.force_login(user)
        return client

    return open_browser
