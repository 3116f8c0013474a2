import pytest
from django.db import transaction

from modig.apps.tenancy.models import Organisation
from modig.apps.tenancy.scope import working_for
from real import journey
from reference import reference


@pytest.fixture(scope="session")
def checker():
    """The independent checker beside the repository."""
    return reference("reference/planning/check.py")


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker):
    """The real file read in once for all tests of this folder; gone afterwards."""
    file = reference("data/montgomery-2016/employees.csv")
    with django_db_blocker.unblock(), transaction.atomic():
        counts = journey.read_in(file)
        with working_for(Organisation.objects.get(code=journey.CODE)):
            yield counts
        transaction.set_rollback(True)


@pytest.fixture
def county(imported, db):
    """Work for the county; what the test makes is undone."""
    organisation = Organisation.objects.get(code=journey.CODE)
    with working_for(organisation):
        yield organisation
