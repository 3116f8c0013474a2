"""Where promises are found: by whoever leads the group, and as numbers by whoever runs the programme."""

import pytest
from django.urls import reverse

from apps.direction.factories import the_vision
from apps.people.factories import make_person
from apps.programme.promises.factories import make_group, make_wave
from modig.apps.direction.models import Strategy
from modig.apps.programme.models import Programme
from modig.apps.tenancy.scope import current_organisation


def test_who_leads_a_group_finds_its_promises_on_its_page(organisation, member, client):
    leader = member("facilitator")
    group = make_group([make_person()], led_by=leader)
    address = reverse("programme:group_promises", args=[group.pk])
    page = reverse("programme:group", args=[group.pk])

    client.force_login(leader)
    assert address in client.get(page).content.decode()
    client.force_login(member("programme-owner"))
    assert address not in client.get(page).content.decode()


def test_who_runs_the_programme_finds_the_numbers_and_the_forms(organisation, signed_in):
    programme = make_wave().programme

    shown = signed_in("programme-owner").get(reverse("programme:programme", args=[programme.pk]))

    assert reverse("programme:promise_counts") in shown.content.decode()
    assert reverse("surveys:rounds") in shown.content.decode()


@pytest.fixture
def strategy(organisation):
    return Strategy.objects.create(
        organisation=current_organisation(), vision=the_vision(), name="Hela lag lär tillsammans"
    )


def test_programme_is_bound_to_the_strategy_that_it_carries_out(strategy, signed_in):
    programme = make_wave().programme
    browser, address = (
        signed_in("programme-owner"),
        reverse("programme:programme_edit", args=[programme.pk]),
    )
    given = {
        "name": programme.name, "starts_on": "2026-01-01", "ends_on": "2027-12-31",
        "strategy": strategy.pk, "version": programme.version,
    }  # fmt: skip

    answer = browser.post(address, given)

    assert answer.status_code == 302
    assert Programme.objects.get(pk=programme.pk).strategy == strategy
    shown = browser.get(reverse("programme:programme", args=[programme.pk])).content.decode()
    assert "Hela lag lär tillsammans" in shown
    assert browser.post(address, {**given, "strategy": ""}).status_code == 409
