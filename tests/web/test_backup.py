import json
import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest

from modig.apps.people.models import Employment, Person, Unit
from modig.apps.programme.models import Facilitator, Programme, Rules, Wave
from modig.apps.tenancy.models import Organisation
from modig.web.backup import BackupError, examine_backup, read_backup, write_backup

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


@pytest.fixture
def uploads(settings, tmp_path):
    """The folder of uploaded files, with one in it."""
    settings.UPLOADS = tmp_path / "uploads"
    (settings.UPLOADS / "2027").mkdir(parents=True)
    (settings.UPLOADS / "2027" / "ritning.txt").write_text("å")
    return settings.UPLOADS


def files(folder):
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*.txt")}


def rewrite(old, new, change):
    """Write ``new`` with the same members as ``old``, each as ``change(name, bytes)`` gives it."""
    with zipfile.ZipFile(old) as whole, zipfile.ZipFile(new, "w") as other:
        for name in whole.namelist():
            other.writestr(name, change(name, whole.read(name)))


def test_backup_brings_everything_back(full, uploads, tmp_path):
    before = everything()
    write_backup(tmp_path / "all.zip")
    Organisation.objects.update(name="Changed")
    Employment.across_organisations.all().delete()
    (uploads / "2027" / "ritning.txt").unlink()
    (uploads / "later.txt").write_text("of nobody")

    read_backup(tmp_path / "all.zip", replace=True)

    assert everything() == before
    assert Organisation.objects.get().name == "North"
    assert files(uploads) == {"2027/ritning.txt": "å"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.zip", "uploads"]


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


def half_of_the_people(name, content):
    return content[: len(content) // 2] if name == "rows/people.person.jsonl" else content


def one_person_fewer(name, content):
    lines = content.splitlines(keepends=True)
    return b"".join(lines[:-1]) if name == "rows/people.person.jsonl" else content


def a_unit_that_is_not_there(name, content):
    if name != "rows/people.employment.jsonl":
        return content
    names, row = map(json.loads, content.splitlines())
    row[names.index("unit_id")] = 999999
    return f"{json.dumps(names)}\n{json.dumps(row)}\n".encode()


def a_date_that_is_none(name, content):
    return content.replace(b"2020-02-29", b"2021-02-29")


def another_form(name, content):
    return content.replace(b'"form": 2', b'"form": 1') if name == "about.json" else content


def later_migrations(name, content):
    return (
        content.replace(b'["people", "0001', b'["people", "0009')
        if name == "about.json"
        else content
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "damage",
    [
        half_of_the_people,
        one_person_fewer,
        a_unit_that_is_not_there,
        a_date_that_is_none,
        another_form,
        later_migrations,
    ],
)
def test_backup_with_something_wrong_changes_nothing(full, uploads, tmp_path, damage):
    before = everything(), files(uploads)
    write_backup(tmp_path / "all.zip")
    rewrite(tmp_path / "all.zip", tmp_path / "wrong.zip", damage)

    with pytest.raises(BackupError, match=r"wrong\.zip|damaged"):
        read_backup(tmp_path / "wrong.zip", replace=True)

    assert (everything(), files(uploads)) == before
    assert not (tmp_path / "uploads.restored").exists()


def test_wrong_byte_is_noticed_unless_it_is_of_no_consequence(full, uploads, tmp_path):
    """A few bytes of a zip say nothing that anybody reads: the time in a member's own header.

    Half of the places lie in the last part, the directory: what stands there of how a member was
    compressed makes ``zipfile`` fail in ways of its own.
    """
    write_backup(tmp_path / "all.zip")
    content, wrong = (tmp_path / "all.zip").read_bytes(), tmp_path / "wrong.zip"
    end = len(content) - 1
    places = [*range(0, end, end // 25), *range(end - 500, end, 20)]
    changed = []

    for place in places:
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        wrong.write_bytes(damaged)
        with suppress(BackupError):
            examine_backup(wrong)
            changed += [place] if members(wrong) != members(tmp_path / "all.zip") else []

    assert changed == []


def members(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", ["uploads/../../outside.txt", "uploads//etc/outside.txt"])
def test_file_that_would_land_outside_its_folder_is_refused(full, uploads, tmp_path, name):
    write_backup(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip", "a") as archive:
        archive.writestr(name, "x")

    with pytest.raises(BackupError, match="outside"):
        read_backup(tmp_path / "all.zip", replace=True)

    assert not list(tmp_path.parent.rglob("outside.txt"))


def test_backup_that_cannot_be_written_leaves_no_half_file(full, tmp_path):
    with pytest.raises(OSError, match="missing"):
        write_backup(tmp_path / "missing" / "all.zip")

    assert list(tmp_path.iterdir()) == []
