"""The demo's first page: everybody whom one can be, with one click each, and a file to try."""

import importlib

import pytest
from django.urls import Resolver404, resolve

import modig.web.urls
from modig.apps.accounts.models import User
from modig.apps.demo.actions import load_demo
from modig.apps.demo.users import DEMO_USERS, email_of

ROLES = [
    "programme-owner",
    "administrator",
    "facilitator",
    "team-leader",
    "unit-manager",
    "participant",
    "chief-executive",
    "partner",
    "reader",
]


@pytest.fixture(scope="module")
def small(django_db_setup, django_db_blocker):
    """The small demo for every test of this file."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load_demo("small")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def page(small, db, client):
    client.cookies["django_language"] = "sv"
    return client


def test_page_shows_who_one_can_be_and_what_each_does(page):
    text = page.get("/demo/").content.decode()

    for one in DEMO_USERS:
        assert f'value="{one.role}"' in text
        assert str(one.task) in text
    assert "Vem vill du vara?" in text
    assert "Sara Lind" in text


@pytest.mark.parametrize("role", ROLES)
def test_one_click_makes_the_visitor_that_user(page, role):
    response = page.post("/demo/", {"user": role})

    assert (response.status_code, response["Location"]) == (302, "/")
    user = User.objects.get(pk=page.session["_auth_user_id"])
    assert user.email == email_of(role)
    assert page.get("/").status_code == 200


def test_unknown_user_is_refused_with_those_that_there_are(page):
    response = page.post("/demo/", {"user": "mayor"})

    assert response.status_code == 400
    assert "programme-owner" in response.content.decode()


def test_page_asks_the_database_as_often_whatever_it_holds(page, django_assert_max_num_queries):
    page.get("/demo/")

    with django_assert_max_num_queries(9):
        page.get("/demo/")


def test_file_is_that_of_the_size_that_is_loaded(page):
    response = page.get("/demo/malarvik-personal.csv")

    assert response["Content-Disposition"].startswith("attachment")
    assert len(response.content.decode("cp1252").splitlines()) == 1 + 60 + 2


def test_page_says_how_many_rows_of_the_file_do_what(page):
    text = " ".join(page.get("/demo/").content.decode().split())

    for sentence in ("1 ny<", "1 som har slutat", "2 med skyddad identitet", "58 som förut"):
        assert sentence in text


def test_outside_the_demo_the_page_does_not_exist(settings):
    settings.DEMO = False
    try:
        importlib.reload(modig.web.urls)
        with pytest.raises(Resolver404):
            resolve("/demo/", urlconf=modig.web.urls)
        with pytest.raises(Resolver404):
            resolve("/demo/malarvik-personal.csv", urlconf=modig.web.urls)
    finally:
        settings.DEMO = True
        importlib.reload(modig.web.urls)
