import json
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from modig.apps.people.models import Employment, Person, Unit
from modig.apps.programme.models import Facilitator, Programme, Rules, Wave
from modig.apps.tenancy.models import Organisation
from modig.web.backup import BackupError, read_backup, write_backup

pytestmark = pytest.mark.database


@pytest.fixture
def full(organisation):
    """An organisation with rows of many kinds: dates, decimals, JSON, many-to-many, Swedish letters."""
    unit = Unit.objects.create(organisation=organisation, code="FÖ", name="Lärkans förskola")
    person = Person.objects.create(organisation=organisation, number="7", last_name="Åkerlund")
    Employment.objects.create(
        organisation=organisation,
        person=person,
        unit=unit,
        degree=Decimal("75.50"),
        from_on=date(2020, 2, 29),
        attributes={"site": ["Å", 1]},
    )
    spring = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 6, 30)}
    programme = Programme.objects.create(
        organisation=organisation, code="ml", name="Modigt Ledarskap", **spring
    )
    wave = Wave.objects.create(
        organisation=organisation, programme=programme, number=1, name="Våg 1", **spring
    )
    rules = Rules.objects.create(organisation=organisation, wave=wave)
    rules.facilitators.add(Facilitator.objects.create(organisation=organisation, name="Bo"))
    return organisation


def everything():
    return (
        list(Unit.across_organisations.values_list("code", "name")),
        list(Person.across_organisations.values_list("number", "last_name")),
        list(Employment.across_organisations.values_list("degree", "from_on", "attributes")),
        list(Rules.across_organisations.values_list("facilitators__name")),
    )


def test_backup_brings_everything_back(full, tmp_path):
    before = everything()
    uploads = settings.UPLOADS
    uploads.mkdir(parents=True, exist_ok=True)
    (uploads / "ritning.txt").write_text("å")
    write_backup(tmp_path / "all.zip")
    Organisation.objects.update(name="Changed")
    Employment.across_organisations.all().delete()
    (uploads / "ritning.txt").unlink()

    read_backup(tmp_path / "all.zip", replace=True)

    assert everything() == before
    assert Organisation.objects.get().name == "North"
    assert (uploads / "ritning.txt").read_text() == "å"


def test_new_rows_can_be_made_after_a_restore(full, tmp_path):
    write_backup(tmp_path / "all.zip")
    read_backup(tmp_path / "all.zip", replace=True)

    made = Person.across_organisations.create(organisation=full, number="8")

    assert made.pk > Person.across_organisations.get(number="7").pk


def test_database_in_use_is_not_overwritten_unasked(full, tmp_path):
    write_backup(tmp_path / "all.zip")

    with pytest.raises(BackupError, match="not empty"):
        read_backup(tmp_path / "all.zip", replace=False)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut short", "nonsense".encode("utf-16")])
def test_file_that_is_no_backup_is_refused(db, tmp_path, content):
    (tmp_path / "all.zip").write_bytes(content)

    with pytest.raises(BackupError, match="not a backup"):
        read_backup(tmp_path / "all.zip", replace=True)


def test_broken_backup_changes_nothing(full, tmp_path):
    before = everything()
    write_backup(tmp_path / "all.zip")
    with (
        zipfile.ZipFile(tmp_path / "all.zip") as whole,
        zipfile.ZipFile(tmp_path / "broken.zip", "w") as broken,
    ):
        for name in whole.namelist():
            rows = whole.read(name)
            is_people = name == "rows/people.person.jsonl"
            broken.writestr(name, rows[: len(rows) // 2] if is_people else rows)

    with pytest.raises(json.JSONDecodeError):
        read_backup(tmp_path / "broken.zip", replace=True)

    assert everything() == before
