"""Every list of people: as many queries with many rows as with few, and whole as CSV and XLSX."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from apps.people.factories import (
    make_employment,
    make_import,
    make_legal_entity,
    make_person,
    make_proposal,
    make_rule,
    make_team,
    make_unit,
)
from modig.apps.people.models import ImportRow, KeyPersonNomination
from modig.apps.tenancy.scope import current_organisation, working_for

pytestmark = pytest.mark.django_db
DANGEROUS = "=HYPERLINK(1)"
LISTS = {
    "units": {}, "units found": {"q": "enhet"}, "persons": {}, "teams": {}, "key_persons": {},
    "legal_entities": {}, "imports": {}, "role_rules": {}, "team_proposals": {},
    "search": {"q": "enhet"},
}  # fmt: skip
EXPORTED = [
    "units", "persons", "teams", "key_persons", "legal_entities", "imports", "team_proposals",
]  # fmt: skip


def furnish(n, name="Enhet"):
    """``n`` more of everything that is listed."""
    for k in range(n):
        unit = make_unit(f"{name} {k}")
        below = make_unit(f"{name} under {k}", under=unit)
        head = make_person(f"{name} Chef", unit=below, role="manager", title="Chef")
        person = make_person(f"{name} Ek", unit=below, title="Lärare", manager=head)
        make_employment(person, unit, title="Samordnare")
        make_team(f"{name} {k}", unit=unit, leader=head, members=[person])
        make_legal_entity(f"{name} {k}", code=f"{name}{k}"[:50])
        make_import(f"{name} {k}.csv")
        make_rule(f"{name} {k}"[:60])
        alone = make_person(f"{name} Utan", unit=below, role="manager")
        make_proposal(below, alone, person, name=f"{name} {k}")
        KeyPersonNomination.objects.create(
            organisation=current_organisation(),
            person=person,
            reason=f"{name} kan det",
            nominated_by=head,
            nominated_on="2026-01-01",
        )


def queries(client, address, given):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address, given).status_code == 200
    return len(found)


def test_lists_of_fifty_take_as_many_queries_as_lists_of_three(organisation, signed_in):
    client = signed_in("administrator")

    def asked():
        return {
            name: queries(client, reverse(f"people:{name.split()[0]}"), given)
            for name, given in LISTS.items()
        }

    furnish(3)
    asked()
    few = asked()
    furnish(47, name="Enheten")

    assert asked() == few


@pytest.mark.parametrize(
    ("page", "of"),
    [("unit", "unit"), ("person", "head"), ("team", "team"), ("import", "import")],
)
def test_page_about_one_takes_as_many_queries_with_much_as_with_little(
    page, of, organisation, signed_in
):
    client = signed_in("administrator")
    unit = make_unit("Enhet")
    head = make_person("Siv Chef", unit=unit, role="manager")
    team = make_team(unit=unit, leader=head)
    hr_import = make_import()
    found = {"unit": unit, "head": head, "team": team, "import": hr_import}
    address = reverse(f"people:{page}", args=[found[of].pk])

    def fill(n):
        for _ in range(n):
            person = make_person("Bo Ek", unit=unit, title="Lärare", manager=head)
            make_unit("Enhet under", under=unit)
            team.seats.create(organisation=organisation, person=person, from_on="2020-01-01")
            ImportRow.objects.create(
                organisation=organisation, hr_import=hr_import, kind="new", who="Bo"
            )

    fill(3)
    client.get(address)
    few = queries(client, address, {})
    fill(47)

    assert queries(client, address, {}) == few


def test_lists_go_out_whole_with_formulas_neutralised(organisation, signed_in):
    furnish(60, name=DANGEROUS)
    client = signed_in("administrator")

    for name in EXPORTED:
        address = reverse(f"people:{name}")
        check_csv(name, client.get(address, {"format": "csv"}))
        check_workbook(name, client.get(address, {"format": "xlsx"}))


def check_csv(name, answer):
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) > 60, name
    assert {len(row) for row in rows} == {len(rows[0])}, name
    assert f"'{DANGEROUS}" in text, name
    assert not any(cell.startswith("=") for row in rows for cell in row), name


def check_workbook(name, answer):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert len(rows) > 60, name
    assert not any(str(cell).startswith("=") for row in rows for cell in row), name


def test_exported_list_is_filtered_as_it_is_shown(organisation, signed_in):
    make_person("Siv Svan", unit=make_unit())
    make_person("Bo Ek", unit=make_unit())

    answer = signed_in("administrator").get(
        reverse("people:persons"), {"q": "svan", "format": "csv"}
    )

    text = answer.content.decode("utf-8-sig")
    assert ("Svan" in text, "Ek" in text) == (True, False)


def test_persons_of_another_organisation_are_in_no_list(
    organisation, other_organisation, signed_in
):
    with working_for(other_organisation):
        make_person("Frans Främling", unit=make_unit("Främmande"))
    client = signed_in("administrator")

    pages = [client.get(reverse(f"people:{name}"), {"q": "fram"}) for name in ("persons", "units")]
    pages.append(client.get(reverse("people:search"), {"q": "fram"}))

    assert not any("Främling" in page.content.decode() for page in pages)


@pytest.mark.parametrize("route", ["persons", "search"])
def test_whoever_begins_later_is_found_and_has_not_left(organisation, signed_in, route):
    soon = timezone.localdate() + timedelta(days=20)
    make_person("Amira Haidar", unit=make_unit(), from_on=soon)
    client = signed_in("administrator")

    found = client.get(reverse(f"people:{route}"), {"q": "amira"}).content.decode()
    left = client.get(reverse("people:persons"), {"q": "amira", "gone": ""}).content.decode()

    assert "Amira Haidar" in found
    assert f"börjar {soon.day}" in found
    assert "Amira Haidar" not in left
