"""Venues and facilitators."""

import pytest
from django.utils import timezone, translation

from apps.programme.setup.factories import (
    make_facilitator,
    make_group,
    make_plan,
    make_venue,
    make_wave,
)
from modig.apps.programme.actions.resources import StandsInPlansError, delete_resource
from modig.apps.programme.forms.resources import FacilitatorForm, VenueForm
from modig.apps.programme.models import Facilitator, Venue

pytestmark = pytest.mark.django_db
GONE = {"version": 1, "by": None, "at": timezone.now()}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def wrong(form):
    assert not form.is_valid()
    return {name: list(errors) for name, errors in form.errors.items()}


def test_venue_has_a_name_of_its_own(organisation):
    make_venue("Quay house")

    assert wrong(VenueForm({"name": "quay house", "seats": 20})) == {
        "name": ["Another venue has this name."]
    }


@pytest.mark.parametrize("seats", ["0", "2001", "many", ""])
def test_venue_has_seats(organisation, seats):
    assert set(wrong(VenueForm({"name": "Quay house", "seats": seats}))) == {"seats"}


def test_venue_is_made_and_changed(organisation, signed_in):
    client = signed_in("programme-owner")

    client.post("/venues/new/", {"name": "Quay house", "place": "Quay 3", "seats": 30})
    venue = Venue.objects.get()
    client.post(f"/venues/{venue.pk}/edit/", {"name": "Quay house", "seats": 24, "version": 1})

    venue.refresh_from_db()
    assert (venue.seats, venue.place, venue.version) == (24, "", 2)


@pytest.mark.parametrize("state", ["draft", "published", "superseded"])
def test_what_stands_in_plans_stays(organisation, state):
    venue, leader = make_venue(), make_facilitator()
    plan = make_plan(make_wave(), state=state)
    make_group(plan, meets=(5,), venue=venue, facilitator=leader)

    for resource in (venue, leader):
        with pytest.raises(StandsInPlansError):
            delete_resource(resource, **GONE)

    assert Venue.objects.exists()
    assert Facilitator.objects.exists()


def test_what_no_plan_uses_can_go(organisation, signed_in):
    venue, leader = make_venue(), make_facilitator()
    client = signed_in("programme-owner")

    client.post(f"/venues/{venue.pk}/deletion/", {"version": 1})
    client.post(f"/facilitators/{leader.pk}/deletion/", {"version": 1})

    assert not Venue.objects.exists()
    assert not Facilitator.objects.exists()


def test_refused_deletion_is_explained(organisation, signed_in):
    venue = make_venue()
    make_group(make_plan(make_wave()), meets=(5,), venue=venue)
    client = signed_in("programme-owner")

    page = client.get(f"/venues/{venue.pk}/deletion/")
    answer = client.post(f"/venues/{venue.pk}/deletion/", {"version": 1}, follow=True)

    assert page.context["meetings"] == 1
    assert len(answer.context["messages"]) == 1


def test_only_who_may_facilitate_is_offered_as_account(organisation, member, other_organisation):
    member("reader")
    leader, partner = member("facilitator"), member("partner")

    offered = FacilitatorForm().fields["user"].queryset

    assert list(offered) == [leader, partner]


def test_account_leads_as_one_facilitator(organisation, member):
    user = member("facilitator")
    make_facilitator("Agneta Brodd", user=user)

    form = FacilitatorForm({"name": "Karim Haddad", "user": user.pk})

    assert wrong(form) == {"user": ["Agneta Brodd signs in so already."]}


def test_facilitator_counts_her_published_groups(organisation, signed_in):
    leader = make_facilitator()
    wave = make_wave()
    make_group(make_plan(wave), meets=(5, 50), facilitator=leader)
    make_group(make_plan(wave, state="draft"), meets=(5, 50), facilitator=leader)

    (found,) = signed_in("reader").get("/facilitators/").context["facilitators"]

    assert found.groups == 1


def test_reader_gets_no_addresses(organisation, signed_in):
    make_facilitator(email="agneta@north.example")

    client = signed_in("reader")
    page = client.get("/facilitators/").content
    file = client.get("/facilitators/", {"format": "csv"}).content

    assert b"agneta@" not in page + file
