import pytest
from django.db import transaction

from modig.apps.demo.actions import load_demo
from modig.apps.demo.malarvik import generate
from modig.apps.demo.queries import CODE
from modig.apps.tenancy.models import Organisation
from modig.apps.tenancy.scope import working_for


@pytest.fixture(scope="session")
def malarvik():
    """The full organisation as rows, made once."""
    return generate("full")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The full demo in the database, for all tests of a file; gone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo("full")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """Work for Mälarvik in the loaded demo; what the test changes is undone."""
    organisation = Organisation.objects.get(code=CODE)
    with working_for(organisation):
        yield organisation
