"""Who may open which page about whose things: every line of ``access.txt`` is tried."""

from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse

from modig.apps.accounts.models import User
from modig.apps.demo.users import email_of
from modig.apps.tenancy.actions import add_member, create_organisation
from modig.apps.tenancy.scope import working_for
from modig.web import urls
from web.small_organisation import furnish, job_of

TABLE = Path(__file__).with_name("access.txt")
ANONYMOUS = "anonymous"
NOT_POSSIBLE = "-"  # there is no such thing: a facilitator has no record as an employee
OTHERS_ROUTES = ("account_", "mfa_")
KEYS_OF_NO_THING = {"token", "kind"}
LINES = [line.split() for line in TABLE.read_text().splitlines() if line and line[0] != "#"]
VISITORS = LINES[0][3:]
ROLES = [visitor for visitor in VISITORS if visitor != ANONYMOUS]
ROWS = [(*line[:3], dict(zip(VISITORS, line[3:], strict=True))) for line in LINES[1:]]

# A form without what it asks for is done, refused with a sentence, or too old: all of it is let in.
LET_IN = {200, 302, 400, 409, 422}
# What a form must hold to be looked at; of all others something is sent that they do not ask for.
SOMETHING = {"something": "1"}
SENT = {
    "ui:language": {"language": "en"},
    "demo:demo": {"user": "reader"},
    "programme:lock": {"lock": "meeting:{meeting_id}"},
}


def named_routes(resolver, space=""):
    """Every route of ours by its full name, with the keys that its address takes."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named_routes(pattern, inner)
        else:
            yield f"{space}{pattern.name}", tuple(pattern.pattern.converters), pattern.callback


ROUTES = {
    name: (keys, view)
    for name, keys, view in named_routes(get_resolver())
    if not name.startswith(OTHERS_ROUTES)
}


class Town:
    """Two organisations with one of everything, a visitor for each role, and their addresses."""

    def __init__(self):
        north = create_organisation("north", "North")
        self.south = south = create_organisation("south", "South")
        self.users = {role: User.objects.named(email_of(role), role) for role in ROLES}
        with working_for(north):
            for role, user in self.users.items():
                add_member(north, user, role)
            self.things = furnish(self.users)
            self.jobs = {
                role: job_of(user, self.things["own"]["wave_id"])
                for role, user in self.users.items()
            }
        add_member(south, self.users["partner"], "partner")
        with working_for(south):
            self.things["elsewhere"] = furnish({})["own"]

    def visitor(self, role):
        client = Client(raise_request_exception=False)
        if role != ANONYMOUS:
            client.force_login(self.users[role])
        return client

    def keys(self, route, whose, role):
        things = self.things.get(whose, self.things["own"])
        things = {**things, **things["by_role"].get(role, {})}
        things |= things.get(route, {})  # two routes may have one word for the keys of two things
        if whose == "herself":
            things["person_id"] = things["herself"].get(role, 0)
        if whose == "given":
            things["assignment_id"] = things["given_id"]
        if whose == "own" and route.startswith("jobs:") and role in self.jobs:
            things["pk"] = self.jobs[role]
        return {key: things[key] for key in ROUTES[route][0]}


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """Made once for the whole table; each request is undone, and everything at the end."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        pytest.MonkeyPatch.context() as patch,
    ):
        for status in (403, 404):  # the pages that say so are not what is asked here
            patch.setattr(urls, f"handler{status}", bare_answer(status), raising=False)
        yield Town()
        transaction.set_rollback(True)


def bare_answer(status):
    return lambda _request, exception: HttpResponse(status=status)


def answer_to(town, client, row, role):
    """What the table calls the answer, a status or ``sign-in``; and the page's text."""
    route, method, whose, _ = row
    keys = town.keys(route, whose, role)
    things = town.things.get(whose, town.things["own"])
    sent = {name: value.format(**things) for name, value in SENT.get(route, SOMETHING).items()}
    address = reverse(route, kwargs=keys)
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, sent)
        text = text_of(answer)
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.url.startswith(reverse("account_login")):
        return "sign-in", text
    is_let_in = method == "POST" and answer.status_code in LET_IN
    return "in" if is_let_in else str(answer.status_code), text


def text_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


@cache
def walk(town, role):
    """Every row that a visitor can try: what the table calls the answer, and whom it names."""
    client = town.visitor(role)
    names = {f"Nils {things['place']}" for things in town.things.values()}
    walked = []
    for row in ROWS:
        if row[3][role] != NOT_POSSIBLE:
            answer, text = answer_to(town, client, row, role)
            walked.append((row, answer, {name for name in names if name in text}))
    return walked


@pytest.mark.parametrize("role", VISITORS)
def test_visitor_gets_what_the_table_says(role, town, db):
    wrong = [
        f"{route} {method} {whose}: {cells[role]} in the table, but {answer}"
        for (route, method, whose, cells), answer, _ in walk(town, role)
        if cells[role] != answer
    ]

    assert not wrong, f"{role}\n" + "\n".join(wrong)


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_stands_in_the_table(route):
    """With each method that it knows, and with things of others where it is about a thing."""
    keys = set(ROUTES[route][0])
    lines = {(method, whose) for name, method, whose, _ in ROWS if name == route}
    known = methods_of(route)
    places = ("own", "elsewhere") if keys - KEYS_OF_NO_THING else ("-",)

    missing = [(m, p) for m in known for p in places if (m, p) not in lines]

    assert not missing, f"{route} is not in {TABLE.name}: {missing}"
    assert {method for method, _ in lines} == known


def methods_of(route):
    """What the page names to somebody who comes with a method that no page knows."""
    keys, view = ROUTES[route]
    answer = view(RequestFactory().generic("BREW", "/"), **dict.fromkeys(keys, 0))
    return {"GET", "POST"} & set(answer["Allow"].split(", "))


def test_table_names_no_route_that_is_gone():
    assert {row[0] for row in ROWS} <= set(ROUTES)


@pytest.mark.database
def test_partner_works_for_one_client_at_a_time(town, db):
    client = town.visitor("partner")
    of_north = reverse("people:unit", args=[town.things["own"]["unit_id"]])
    of_south = reverse("people:unit", args=[town.things["elsewhere"]["unit_id"]])
    before = [client.get(of_north).status_code, client.get(of_south).status_code]

    client.post(reverse("ui:organisation"), {"organisation": town.south.pk})

    assert before == [200, 404]
    assert [client.get(of_north).status_code, client.get(of_south).status_code] == [404, 200]


def test_nobody_switches_to_an_organisation_that_she_does_not_belong_to(town, db):
    client = town.visitor("administrator")
    of_south = reverse("people:unit", args=[town.things["elsewhere"]["unit_id"]])

    client.post(reverse("ui:organisation"), {"organisation": town.south.pk})

    assert client.get(of_south).status_code == 404


# Who may not see everybody, and whose names she may find anywhere.
SEES_NAMES_OF = {
    "facilitator": ["own"],
    "team-leader": ["own"],
    "unit-manager": ["own"],
    "participant": ["own"],
    "reader": [],
}


@pytest.mark.parametrize("role", SEES_NAMES_OF)
def test_no_page_names_somebody_whom_the_visitor_may_not_see(role, town, db):
    hidden = {
        f"Nils {things['place']}"
        for whose, things in town.things.items()
        if whose not in {"draft", *SEES_NAMES_OF[role]}
    }

    telling = [
        f"{route} {whose}: {name}"
        for (route, method, whose, _), answer, names in walk(town, role)
        for name in names & hidden
        if (method, answer) == ("GET", "200")
    ]

    assert not telling, "\n".join(telling)


LISTS = ("people:persons", "people:teams", "people:units", "people:key_persons", "people:search")


@pytest.mark.database
@pytest.mark.parametrize("route", LISTS)
def test_lists_hold_rows_of_one_organisation_only(route, town, db):
    client = town.visitor("partner")

    shown = client.get(reverse(route), {"q": "e", "format": "csv"}).getvalue().decode()

    own, elsewhere = town.things["own"], town.things["elsewhere"]
    assert own["place"] in shown
    assert elsewhere["place"] not in shown


@pytest.mark.parametrize("role", ["team-leader", "unit-manager"])
def test_leader_lists_only_those_of_her_own_unit(role, town, db):
    client = town.visitor(role)

    shown = client.get(reverse("people:persons"), {"format": "csv"}).getvalue().decode()

    assert town.things["own"]["place"] in shown
    assert town.things["other"]["place"] not in shown
