"""A page asks the database as often for many rows as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.people.factories import make_person, make_team, make_unit
from modig.apps.audit.actions import record
from modig.apps.jobs.models import Job
from modig.apps.people.models import HrImport, KeyPersonNomination, RoleRule
from modig.apps.tenancy.scope import current_organisation

FEW, MANY = 3, 60  # more than a page of 50
LISTS = (
    "people:persons",
    "people:units",
    "people:teams",
    "people:key_persons",
    "people:imports",
    "people:role_rules",
    "people:team_proposals",
    "jobs:list",
    "audit:list",
)


def fill(n):
    """So many of everything that is listed."""
    own = {"organisation": current_organisation()}
    for k in range(n):
        unit = make_unit(f"Enhet {k}")
        head = make_person(f"Åsa Öberg {k}", unit=unit, role="manager", title="Enhetschef")
        make_person(f"Nils Ek {k}", unit=unit, title="Samordnare", manager=head)
        make_team(f"Ledning {k}", unit=unit, leader=head)
        key = make_person(f"Ida Berg {k}", unit=unit)
        now = timezone.now()
        KeyPersonNomination.objects.create(
            **own, person=key, reason="Nätverk", nominated_by=head, nominated_on=now.date()
        )
        job = Job.objects.create(**own, kind="import", state="done", queued_at=now)
        HrImport.objects.create(
            **own, file_name=f"{k}.csv", state="given_up", job=job, uploaded_at=now
        )
        RoleRule.objects.create(**own, words=f"chef{k}", order=k)
        record("person edited", head, at=now, by=None)


def queries_for(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.database
def test_lists_ask_as_often_for_many_rows_as_for_few(organisation, signed_in):
    client = signed_in("administrator")
    fill(FEW)
    with_few = {route: queries_for(client, reverse(route)) for route in LISTS}

    fill(MANY)

    assert {route: queries_for(client, reverse(route)) for route in LISTS} == with_few
