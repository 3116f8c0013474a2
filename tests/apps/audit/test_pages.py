import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from modig.apps.audit.actions import record
from modig.apps.people.models import Unit
from modig.apps.tenancy.scope import working_for

LOG = reverse("audit:list")
LATE = dt.datetime(2026, 5, 4, 23, 30, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture
def owner(signed_in):
    return signed_in("programme-owner")


@pytest.fixture
def done(organisation, member):
    """Write down that somebody edited a unit: ``done("Skolan", by="Bo")``."""

    def write(name, *, at=LATE, by=None):
        unit = Unit.objects.create(organisation=organisation, code=name, name=name)
        return record("edit", unit, at=at, by=by)

    return write


def sentences(client, **filters):
    return [sentence for _, sentence in client.get(LOG, filters).context["lines"]]


def test_log_tells_newest_first(owner, done):
    done("Skolan")
    done("Vården", at=LATE + dt.timedelta(days=1))

    assert sentences(owner) == ["modig ändrade enheten Vården", "modig ändrade enheten Skolan"]


def test_log_is_narrowed_to_one_who_did_it(owner, done, member):
    bo = member("administrator")
    done("Skolan", by=bo)
    done("Vården")

    assert sentences(owner, by=bo.pk) == ["Administrator ändrade enheten Skolan"]


@pytest.mark.parametrize("text", ["ÅLDER", "ålder", "lderd"])
def test_log_is_narrowed_to_a_name_whatever_the_size_of_its_letters(owner, done, text):
    done("Ålderdomshemmet")
    done("Skolan")

    assert sentences(owner, q=text) == ["modig ändrade enheten Ålderdomshemmet"]


@pytest.mark.parametrize(
    ("since", "until", "n"),
    [("2026-05-04", "2026-05-04", 1), ("2026-05-05", "", 0), ("", "2026-05-03", 0), ("x", "y", 1)],
)
def test_day_ends_at_midnight_of_the_clock_on_the_wall(owner, done, since, until, n):
    done("Skolan")

    assert len(sentences(owner, since=since, until=until)) == n


def test_log_of_another_organisation_is_not_seen(owner, other_organisation):
    with working_for(other_organisation):
        unit = Unit.objects.create(organisation=other_organisation, code="S", name="Söder")
        record("edit", unit, at=LATE, by=None)

    assert sentences(owner) == []


def test_empty_log_says_so_calmly(owner):
    assert 'class="empty"' in owner.get(LOG).content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_log_is_handed_out_as_a_file(owner, done, form):
    done("=Skolan")

    answer = owner.get(LOG, {"format": form})

    assert f".{form}" in answer["Content-Disposition"]
    if form == "csv":
        text = answer.content.decode("utf-8-sig")
        assert text.splitlines()[1] == (
            "2026-05-04 23:30;;modig ändrade enheten =Skolan;Enheter;'=Skolan"
        )


def test_log_asks_the_same_number_of_questions_with_one_and_three_rows(
    owner, done, member, django_assert_max_num_queries
):
    done("Skolan", by=member("administrator"))
    with django_assert_max_num_queries(20) as one:
        owner.get(LOG)
    done("Vården", by=member("reader"))
    done("Parken", by=member("partner"))
    with django_assert_max_num_queries(20) as three:
        owner.get(LOG)

    assert len(one) == len(three)
