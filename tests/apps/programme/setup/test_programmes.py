"""Making, changing and deleting programmes; the sentences of their form."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from apps.programme.setup.factories import days, make_plan, make_programme, make_wave
from modig.apps.audit.models import AuditEvent
from modig.apps.programme.actions.programmes import (
    HasBeenPublishedError,
    create_programme,
    delete_programme,
    edit_programme,
)
from modig.apps.programme.forms.programmes import ProgrammeForm
from modig.apps.programme.models import Programme
from modig.apps.tenancy.actions import EditedMeanwhileError

pytestmark = pytest.mark.django_db
NOW = timezone.now()
JANUARY, DECEMBER = dt.date(2027, 1, 1), dt.date(2027, 12, 31)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def unsaved(name="Modigt Ledarskap åå"):
    return Programme(name=name, starts_on=JANUARY, ends_on=DECEMBER)


def written(**fields):
    """A form as it is sent."""
    return {"name": "Brave", "starts_on": "2027-01-01", "ends_on": "2027-12-31", **fields}


def wrong(form):
    """What the form says, by field."""
    assert not form.is_valid()
    return {name: list(errors) for name, errors in form.errors.items()}


def test_programme_gets_a_code_from_its_name(organisation):
    made = create_programme(unsaved(), by=None, at=NOW)
    again = create_programme(unsaved("Modigt ledarskap aa"), by=None, at=NOW)

    assert (made.code, again.code) == ("modigt-ledarskap-aa", "modigt-ledarskap-aa-2")


def test_name_without_letters_gets_a_code_all_the_same(organisation):
    assert create_programme(unsaved("領導"), by=None, at=NOW).code == "programme"


def test_deeds_are_written_down(organisation):
    made = create_programme(unsaved("Brave"), by=None, at=NOW)
    edit_programme(made, version=1, by=None, at=NOW)
    delete_programme(made, version=2, by=None, at=NOW)

    deeds = AuditEvent.objects.order_by("pk").values_list("deed", "label")
    assert list(deeds) == [("create", "Brave"), ("edit", "Brave"), ("delete", "Brave")]


@pytest.mark.database
def test_second_edit_of_one_version_is_refused(organisation):
    made = make_programme()
    edit_programme(made, version=1, by=None, at=NOW)

    with pytest.raises(EditedMeanwhileError):
        edit_programme(made, version=1, by=None, at=NOW)


def test_programme_goes_with_its_waves_and_drafts(organisation):
    wave = make_wave()
    make_plan(wave, state="draft")

    delete_programme(wave.programme, version=1, by=None, at=NOW)

    assert not Programme.objects.exists()


@pytest.mark.parametrize("state", ["published", "superseded"])
def test_programme_that_has_been_published_stays(organisation, state):
    wave = make_wave()
    make_plan(wave, state=state)

    with pytest.raises(HasBeenPublishedError):
        delete_programme(wave.programme, version=1, by=None, at=NOW)

    assert Programme.objects.exists()


# ---- the form ------------------------------------------------------------------------------------


def test_name_and_dates_are_enough(organisation):
    assert ProgrammeForm(written()).is_valid()


def test_programme_cannot_end_before_it_starts(organisation):
    form = ProgrammeForm(written(ends_on="2026-12-31"))

    assert wrong(form) == {"ends_on": ["The programme would end before it starts."]}


def test_name_is_given_once(organisation):
    make_programme("Brave")

    assert wrong(ProgrammeForm(written(name="brave"))) == {
        "name": ["Another programme has this name."]
    }


def test_waves_stay_inside_the_programme(organisation):
    programme = make_programme(starts_on=JANUARY, ends_on=DECEMBER)
    make_wave(programme, starts_on=JANUARY, ends_on=dt.date(2027, 6, 30))
    make_wave(programme, number=2, starts_on=dt.date(2027, 7, 1), ends_on=DECEMBER)
    dates = {"starts_on": "2027-02-01", "ends_on": "2027-11-30", "version": 1}

    form = ProgrammeForm(written(**dates), instance=programme)

    assert wrong(form) == {
        "starts_on": ["Wave 1 starts earlier, on 1 Jan 2027."],
        "ends_on": ["Wave 2 ends later, on 31 Dec 2027."],
    }


def test_programme_cannot_build_on_one_that_builds_on_it(organisation):
    first = make_programme("First")
    second = make_programme("Second", derived_from=first)

    form = ProgrammeForm(written(derived_from=second.pk, version=1), instance=first)

    assert wrong(form) == {"derived_from": ["That programme builds on this one."]}


# ---- the pages -----------------------------------------------------------------------------------


def test_new_programme_leads_to_its_cockpit(organisation, signed_in):
    answer = signed_in("programme-owner").post(
        reverse("programme:programme_new"), written(is_for_all_leaders="on", foci="One\n\nTwo")
    )

    made = Programme.objects.get()
    assert answer.url == reverse("programme:programme", args=[made.pk])
    assert (made.is_for_all_leaders, made.focus_list) == (True, ["One", "Two"])


def test_refused_form_keeps_what_was_typed(organisation, signed_in):
    answer = signed_in("programme-owner").post(
        reverse("programme:programme_new"), written(name="", purpose="For the children")
    )

    assert answer.status_code == 200
    assert "For the children" in answer.content.decode()


def test_list_tells_how_many_have_dates(organisation, signed_in):
    from apps.programme.setup.factories import make_group, make_manager

    wave = make_wave()
    make_group(make_plan(wave), [make_manager("A A"), make_manager("B B")], meets=(5,))

    ((programme, size),) = signed_in("reader").get("/programmes/").context["rows"]

    assert (programme, size.people, size.groups) == (wave.programme, 2, 1)


def test_facilitator_finds_her_own_groups(organisation, client, member):
    from apps.programme.setup.factories import make_facilitator, make_group

    user = member("facilitator")
    wave = make_wave()
    plan = make_plan(wave)
    mine = make_group(plan, meets=(5,), facilitator=make_facilitator(user=user))
    make_group(plan, meets=(5,), facilitator=make_facilitator("Somebody Else"))
    client.force_login(user)

    answer = client.get("/programmes/")

    assert answer.context["groups"] == [mine]
    assert client.get(f"/programmes/{wave.programme_id}/").status_code == 403


def test_deletion_page_tells_what_is_lost(organisation, signed_in):
    wave = make_wave()
    client = signed_in("programme-owner")
    address = reverse("programme:programme_deletion", args=[wave.programme_id])

    assert client.get(address).context["waves"] == [wave]
    assert client.post(address, {"version": 1}).url == reverse("programme:list")


def test_published_programme_has_no_button_to_delete_it(organisation, signed_in):
    wave = make_wave()
    make_plan(wave)
    client = signed_in("programme-owner")
    address = reverse("programme:programme_deletion", args=[wave.programme_id])

    assert client.get(address).context["is_kept"]
    client.post(address, {"version": 1})
    assert Programme.objects.exists()


def test_cockpit_of_a_new_programme_is_calm(organisation, signed_in):
    programme = make_programme(starts_on=days(1))

    answer = signed_in("programme-owner").get(f"/programmes/{programme.pk}/")

    assert answer.context["gantt"] is None
    assert answer.context["first"].url == reverse("programme:wave_new", args=[programme.pk])


def test_programme_without_waves_asks_for_one_at_its_head_and_foot(organisation, signed_in):
    address = reverse("programme:programme", args=[make_programme().pk])
    page = signed_in("programme-owner").get(address).content.decode()

    new_wave = reverse("programme:wave_new", args=[Programme.objects.get().pk])

    assert page.count(f'href="{new_wave}"') == 2


def test_reader_has_no_way_to_change_anything(organisation, signed_in):
    wave = make_wave()

    answer = signed_in("reader").get(f"/programmes/{wave.programme_id}/")

    assert answer.context["first"] is None
    assert b"/edit/" not in answer.content
    assert b"/target/" not in answer.content
