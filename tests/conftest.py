import gc

import pytest
from django.core.cache import cache

from modig.apps.accounts.models import User
from modig.apps.tenancy.actions import add_member, create_organisation
from modig.apps.tenancy.scope import working_for
from sharing import ByFile, longest_first

# Thousands of tests stay in memory until the end: the search for garbage need not look through
# them again and again.
gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    longest_first(items)
    gc.freeze()
    gc.set_threshold(100_000, 20, 10)
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """What a test before has put into the cache is not there."""
    yield
    cache.clear()


@pytest.fixture
def organisation(db):
    """A client organisation; the test works for it."""
    made = create_organisation("north", "North")
    with working_for(made):
        yield made


@pytest.fixture
def other_organisation(db):
    return create_organisation("south", "South")


@pytest.fixture
def member(organisation):
    """Make a user with a role: ``member("reader")``."""

    def make(role, *, email=None, of=None):
        user = User.objects.named(email or f"{role}@north.example", role.replace("-", " ").title())
        add_member(of or organisation, user, role)
        return user

    return make


@pytest.fixture
def signed_in(client, member):
    """A browser signed in as a member with a role: ``signed_in("reader").get("/")``."""

    def sign_in(role):
        client.force_login(member(role))
        return client

    return sign_in
