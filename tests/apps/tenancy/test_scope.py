import datetime as dt

import pytest
from django.utils import timezone

from modig.apps.tenancy.models import Role
from modig.apps.tenancy.scope import NoOrganisationError, working_for


@pytest.mark.database
def test_rows_of_another_organisation_are_not_seen(organisation, other_organisation):
    mine = set(Role.objects.values_list("organisation__code", flat=True))
    with working_for(other_organisation):
        theirs = set(Role.objects.values_list("organisation__code", flat=True))

    assert (mine, theirs) == ({organisation.code}, {other_organisation.code})


def test_owned_rows_cannot_be_asked_for_without_an_organisation(db):
    with pytest.raises(NoOrganisationError):
        Role.objects.count()


def test_work_for_an_organisation_goes_by_its_clock(organisation):
    moment = dt.datetime(2027, 1, 10, 23, 30, tzinfo=dt.UTC)
    organisation.time_zone = "Europe/Helsinki"

    with working_for(organisation):
        there = timezone.localtime(moment)

    assert (there.hour, there.day) == (1, 11)
