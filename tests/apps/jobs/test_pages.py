import pytest
from django.urls import reverse
from django.utils import timezone

from modig.apps.jobs import handlers
from modig.apps.jobs.models import Job

NOW = timezone.now()
JOBS = reverse("jobs:list")


@pytest.fixture
def make_job(organisation):
    def make(kind="plan", state="done", **given):
        given = {"arguments": {"wave": 1, "import": 1}, "queued_at": NOW, **given}
        return Job.objects.create(organisation=organisation, kind=kind, state=state, **given)

    return make


def page_of(job):
    return reverse("jobs:job", args=[job.pk])


def deed(name, job):
    return reverse(f"jobs:{name}", args=[job.pk])


def test_list_shows_state_and_who_asked(signed_in, make_job, member):
    make_job("import", "failed", started_by=member("programme-owner"))

    text = signed_in("administrator").get(JOBS).content.decode()

    assert "Inläsning av personalfil" in text
    assert "Misslyckades" in text
    assert "Programme Owner" in text


@pytest.mark.parametrize(
    ("shown", "states"),
    [("", {"done", "failed", "interrupted", "queued"}), ("bad", {"failed", "interrupted"}), ("open", {"queued"})],
)  # fmt: skip
def test_list_is_narrowed_by_state(signed_in, make_job, shown, states):
    for state in ("done", "failed", "interrupted", "queued"):
        make_job(state=state)

    page = signed_in("administrator").get(JOBS, {"show": shown})

    assert {job.state for job in page.context["jobs"]} == states


def test_running_job_of_a_dead_worker_reads_interrupted_and_offers_to_start_again(
    signed_in, make_job
):
    job = make_job(state="running", worker="elsewhere:1")

    text = signed_in("administrator").get(page_of(job)).content.decode()

    assert "Avbrutet" in text
    assert deed("restart", job) in text


def test_done_job_leads_to_what_came_out(signed_in, make_job):
    plan = make_job("plan", result={"plan": 5, "wave": 1})
    hr_file = make_job("import")
    client = signed_in("administrator")

    assert reverse("programme:plan", args=[5]) in client.get(page_of(plan)).content.decode()
    assert reverse("people:import", args=[1]) in client.get(page_of(hr_file)).content.decode()


def test_plan_that_was_not_found_leads_to_the_plans_of_its_wave(signed_in, make_job):
    job = make_job("plan", "failed", error="Det går inte.")

    text = signed_in("administrator").get(page_of(job)).content.decode()

    assert reverse("programme:plans", args=[1]) in text
    assert "Det går inte." in text


def test_broken_job_says_so_without_any_trace_of_code(signed_in, make_job):
    text = signed_in("administrator").get(page_of(make_job(state="failed"))).content.decode()

    assert "Något gick sönder här." in text


def test_planner_without_the_right_to_import_cannot_start_an_import_again(signed_in, make_job):
    job = make_job("import", "interrupted")
    client = signed_in("partner")

    page = client.get(page_of(job))
    answer = client.post(deed("restart", job))

    assert page.status_code == 200
    assert deed("restart", job) not in page.content.decode()
    assert answer.status_code == 403
    assert Job.objects.count() == 1


def test_somebody_may_stop_what_she_started_herself(signed_in, make_job, member):
    client = signed_in("facilitator")
    job = make_job(state="queued", started_by_id=int(client.session["_auth_user_id"]))

    client.post(deed("stop", job))

    job.refresh_from_db()
    assert job.state == Job.State.STOPPED


def test_started_again_the_same_work_waits_anew(signed_in, make_job, monkeypatch):
    monkeypatch.setattr(handlers, "_handlers", {"plan": lambda job, report: {}})
    job = make_job(state="interrupted")

    answer = signed_in("administrator").post(deed("restart", job))

    again = Job.objects.exclude(pk=job.pk).get()
    assert (again.state, again.arguments) == (Job.State.QUEUED, job.arguments)
    assert answer.url == page_of(again)


def test_open_job_asks_for_news_and_a_closed_one_does_not(signed_in, make_job):
    client = signed_in("administrator")

    assert "every 1s" in client.get(page_of(make_job(state="queued"))).content.decode()
    assert "every 1s" not in client.get(page_of(make_job())).content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_jobs_are_handed_out_as_a_file(signed_in, make_job, form):
    make_job()

    answer = signed_in("administrator").get(JOBS, {"format": form})

    assert f".{form}" in answer["Content-Disposition"]
    assert b"".join(answer)


def test_empty_list_says_so_calmly(signed_in):
    assert 'class="empty"' in signed_in("administrator").get(JOBS).content.decode()


def test_list_asks_the_same_number_of_questions_with_one_and_three_rows(
    signed_in, make_job, django_assert_max_num_queries
):
    client = signed_in("administrator")
    make_job()
    with django_assert_max_num_queries(20) as one:
        client.get(JOBS)
    make_job()
    make_job("import")
    with django_assert_max_num_queries(20) as three:
        client.get(JOBS)

    assert len(one) == len(three)
