"""The map of initiatives: drawn by a job, true to what is there now, and made one's own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from apps.initiatives.factories import TODAY, make_initiative, noon
from apps.people.factories import make_person, make_unit
from modig.apps.initiatives.actions.clusters import draw_map, edit_cluster, place_in_cluster
from modig.apps.initiatives.actions.initiatives import edit_initiative
from modig.apps.initiatives.models import Cluster, ClusterMap, Initiative
from modig.apps.initiatives.queries.similar import forget_indexes
from modig.apps.jobs.actions import run_job
from modig.apps.jobs.models import Job
from modig.apps.tenancy.actions import EditedMeanwhileError

pytestmark = pytest.mark.django_db
FOOD = "Mindre svinn av mat i köket, portion för portion"


def page(name="map", *keys):
    return reverse(f"initiatives:{name}", args=keys)


@pytest.fixture(autouse=True)
def _new_indexes():
    forget_indexes()


@pytest.fixture
def owner(organisation):
    return make_person("Leila Haddad", unit=make_unit("Mottagningen"))


@pytest.fixture
def kitchen(owner):
    """An initiative whose words are those of a cluster, among some that are about nothing alike."""
    unit = make_unit("Köket")
    given = {"owner": owner, "unit": unit, "why": "", "hypothesis": "", "group_text": "barn"}
    for number, word in enumerate(["trummor", "kyrka", "bad", "vind", "kust", "fjäll"]):
        make_initiative(f"{word} {number}", **given)
    return make_initiative(FOOD, **given)


def cluster_of(initiative):
    return Initiative.objects.get(pk=initiative.pk).cluster


def test_initiative_lies_in_the_cluster_whose_words_it_uses(kitchen):
    draw_map(at=noon())

    assert str(cluster_of(kitchen)) == "Matsvinn"
    assert Initiative.objects.exclude(cluster=None).count() == 1


def test_drawing_gives_no_new_version_and_no_news(kitchen):
    before = (kitchen.version, kitchen.heard_on)

    draw_map(at=noon())

    kitchen.refresh_from_db()
    assert (kitchen.version, kitchen.heard_on) == before


def test_what_somebody_has_placed_stays_there(kitchen):
    draw_map(at=noon())
    place_in_cluster(kitchen, Cluster.objects.get(name="Bygglov"), version=1, by=None, at=noon())

    draw_map(at=noon())

    assert str(cluster_of(kitchen)) == "Bygglov"


def test_found_cluster_is_named_by_its_words_and_keeps_its_address(owner, kitchen):
    given = {"owner": owner, "unit": kitchen.unit, "why": "", "hypothesis": "", "group_text": ""}
    first = [make_initiative(f"Ishallens spolning {number}", **given) for number in range(5)]
    draw_map(at=noon())
    found = cluster_of(first[0])

    make_initiative("Ishallens spolning på natten", **given)
    draw_map(at=noon())

    assert found.is_found
    assert "spolning" in found.name.casefold()
    assert cluster_of(first[0]) == found
    assert found.initiatives.count() == 6


def test_found_cluster_with_a_name_of_its_own_stays_when_its_words_change(owner, kitchen):
    given = {"owner": owner, "unit": kitchen.unit, "why": "", "hypothesis": "", "group_text": ""}
    rows = [make_initiative(f"Ishallens spolning {number}", **given) for number in range(5)]
    draw_map(at=noon())
    found = cluster_of(rows[0])
    found.name = "Isen"
    edit_cluster(found, version=found.version, by=None, at=noon())

    one = Initiative.objects.get(pk=rows[0].pk)
    one.title = "Helt annat"
    edit_initiative(one, version=one.version, by=None, at=noon())
    draw_map(at=noon())

    assert str(cluster_of(rows[0])) == "Isen"


def test_cluster_edited_by_two_is_refused_to_the_second(kitchen):
    draw_map(at=noon())
    one, other = (Cluster.objects.get(name="Bygglov") for _ in range(2))
    edit_cluster(one, version=1, by=None, at=noon())

    with pytest.raises(EditedMeanwhileError):
        edit_cluster(other, version=1, by=None, at=noon())


def test_map_is_drawn_by_one_job_and_says_so_meanwhile(kitchen, signed_in):
    browser = signed_in("reader")
    browser.get(page())
    waiting = browser.get(page())
    run_job(Job.objects.get().pk)

    drawn = browser.get(page())

    assert waiting.context["job"].is_open
    assert drawn.context["job"] is None
    assert [(one.cluster.name, one.n) for one in drawn.context["rows"]] == [("Matsvinn", 1)]


def test_map_of_what_was_is_never_shown_in_silence(kitchen, signed_in):
    draw_map(at=noon())
    browser = signed_in("reader")
    assert browser.get(page()).context["job"] is None

    kitchen.title = "Trummor"
    edit_initiative(kitchen, version=1, by=None, at=noon())

    assert browser.get(page()).context["job"].is_open


def test_drawing_that_failed_on_the_very_same_is_not_begun_again(kitchen, signed_in):
    browser = signed_in("reader")
    browser.get(page())
    Job.objects.update(state=Job.State.FAILED)

    browser.get(page())

    assert Job.objects.count() == 1


def test_cluster_leads_to_its_list(kitchen, signed_in):
    draw_map(at=noon())

    browser = signed_in("reader")
    answer = browser.get(page("portfolio"), {"cluster": cluster_of(kitchen).pk})
    alone = browser.get(page("portfolio"), {"cluster": "none"})

    assert [row.initiative for row in answer.context["rows"]] == [kitchen]
    assert alone.context["total"] == 6


def test_facilitator_sees_no_count_of_what_she_may_not_see(kitchen, signed_in):
    draw_map(at=noon())

    assert signed_in("facilitator").get(page()).context["rows"] == []


def test_map_asks_as_much_of_the_database_with_many_as_with_one(owner, kitchen, signed_in):
    draw_map(at=noon())
    browser = signed_in("reader")
    browser.get(page())
    with CaptureQueriesContext(connection) as one:
        browser.get(page())
    unit = kitchen.unit
    for title in ("Faktura, attest och betalning", "Bygglov med ritning och komplettering"):
        make_initiative(title, owner=owner, unit=unit, why="", hypothesis="")
    draw_map(at=noon())
    with CaptureQueriesContext(connection) as three:
        browser.get(page())

    assert len(three) == len(one)


def test_clusters_as_csv(kitchen, signed_in):
    draw_map(at=noon())

    answer = signed_in("reader").get(page(), {"format": "csv"})

    assert len(answer.getvalue().decode("utf-8-sig").strip().splitlines()) == 2


def test_programme_owner_makes_names_and_removes_a_cluster(kitchen, signed_in):
    draw_map(at=noon())
    browser = signed_in("programme-owner")

    browser.post(page("cluster_new"), {"version": 1, "name": "Trummor", "words": "trummor\ncymbal"})
    made = Cluster.objects.get(name="Trummor")
    browser.post(page("cluster", made.pk), {"version": 1, "name": "Slagverk", "words": "trummor"})
    renamed = Cluster.objects.get(pk=made.pk)
    late = browser.post(page("cluster", made.pk), {"version": 1, "name": "Takt", "words": ""})
    removed = browser.post(page("cluster_removal", made.pk))

    assert (made.words, renamed.name) == ("trummor|cymbal", "Slagverk")
    assert late.status_code == 409
    assert "Takt" in late.content.decode()
    assert removed.status_code == 302
    assert not Cluster.objects.filter(pk=made.pk).exists()


def test_many_are_placed_at_a_time(kitchen, signed_in):
    draw_map(at=noon())
    target = Cluster.objects.get(name="Praktik")
    chosen = [f"{one.pk}-{one.version}" for one in Initiative.objects.all()[:3]]

    answer = signed_in("programme-owner").post(
        page("bulk"), {"chosen": chosen, "cluster": target.pk, "do": "1"}
    )

    assert answer.status_code == 302
    assert target.initiatives.filter(is_placed=True).count() == 3


def test_organisations_map_is_its_own(kitchen, other_organisation):
    draw_map(at=noon())

    assert ClusterMap.objects.count() == 1
    assert ClusterMap.across_organisations.filter(organisation=other_organisation).count() == 0


def test_map_says_when_it_was_drawn(kitchen, signed_in):
    draw_map(at=noon(TODAY - timedelta(days=2)))
    kitchen.title = "Trummor"
    edit_initiative(kitchen, version=1, by=None, at=timezone.now())

    text = signed_in("reader").get(page()).content.decode()

    assert "12.00" in text
