"""Quotations with consent, attached files, and words that mean the same."""

import pytest
from django.db import IntegrityError

from apps.initiatives.factories import TODAY, make_initiative, make_quotation, noon
from modig.apps.initiatives.actions import quotations
from modig.apps.initiatives.actions.attachments import (
    FileIsEmptyError,
    FileOfNoKnownKindError,
    FileTooLargeError,
    TooManyFilesError,
    attach_file,
    remove_attachment,
)
from modig.apps.initiatives.actions.synonyms import edit_synonym, keep_synonym, remove_synonym
from modig.apps.initiatives.kept_files import LARGEST, MOST_FILES, path_of, plain_name
from modig.apps.initiatives.models import Attachment, Quotation, Synonym
from modig.apps.tenancy.actions import EditedMeanwhileError

pytestmark = pytest.mark.database
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 24
PDF = b"%PDF-1.7\n"


@pytest.fixture
def initiative(organisation):
    return make_initiative()


@pytest.fixture(autouse=True)
def _uploads(settings, tmp_path):
    settings.UPLOADS = tmp_path / "uploads"


# ---- quotations --------------------------------------------------------------------------------


def edit(quotation, *, consent_on, version=None):
    quotations.edit_quotation(
        quotation, version=version or quotation.version, consent_on=consent_on, by=None, at=noon()
    )
    quotation.refresh_from_db()


def test_quotation_is_shown_only_with_consent(initiative):
    quotation = Quotation(
        initiative=initiative, text="Nu vet jag.", who="en mamma", purpose="sidan"
    )

    quotations.keep_quotation(quotation, consent_on=None, by=None, at=noon())
    assert not quotation.may_be_shown

    edit(quotation, consent_on=TODAY)
    assert quotation.may_be_shown


def test_withdrawn_consent_hides_the_quotation_at_once(initiative):
    quotation = make_quotation(initiative)

    quotations.withdraw_consent(quotation, version=1, on=TODAY, by=None, at=noon())

    quotation.refresh_from_db()
    assert (quotation.may_be_shown, quotation.withdrawn_on) == (False, TODAY)


def test_withdrawn_consent_is_not_turned_back(initiative):
    quotation = make_quotation(initiative)
    quotations.withdraw_consent(quotation, version=1, on=TODAY, by=None, at=noon())

    with pytest.raises(quotations.ConsentIsWithdrawnError):
        edit(quotation, consent_on=TODAY)


def test_consent_covers_only_the_words_it_was_given_to(initiative):
    quotation = make_quotation(initiative)
    quotation.text = "Något helt annat."

    edit(quotation, consent_on=TODAY)

    assert not quotation.may_be_shown


def test_new_day_of_consent_covers_the_new_words(initiative):
    quotation = make_quotation(initiative, consent_on="2026-01-01")
    quotation.purpose = "årsredovisningen"

    edit(quotation, consent_on=TODAY)

    assert quotation.may_be_shown


def test_nobody_consents_without_knowing_for_what(initiative):
    quotation = Quotation(initiative=initiative, text="Nu vet jag.", who="en mamma")

    with pytest.raises(quotations.ConsentNamesNoPurposeError):
        quotations.keep_quotation(quotation, consent_on=TODAY, by=None, at=noon())


def test_database_refuses_consent_without_purpose(initiative):
    with pytest.raises(IntegrityError):
        Quotation.objects.create(
            organisation=initiative.organisation,
            initiative=initiative,
            text="Nu vet jag.",
            who="en mamma",
            consent_on=TODAY,
        )


def test_erased_words_are_gone(initiative):
    quotations.remove_quotation(make_quotation(initiative), by=None, at=noon())

    assert Quotation.objects.count() == 0


# ---- files -------------------------------------------------------------------------------------


def attach(initiative, name="bild.png", *chunks):
    return attach_file(initiative, name, chunks or [PNG], by=None, at=noon())


def kept_files(settings):
    folder = settings.UPLOADS / "initiatives"
    return sorted(folder.iterdir()) if folder.exists() else []


def test_file_is_kept_outside_the_static_ones_under_a_name_nobody_guesses(initiative, settings):
    attachment = attach(initiative, "C:\\foton\\bild på dörren.png")

    path = path_of(attachment.stored_as)
    assert (attachment.name, attachment.content_type) == ("bild på dörren.png", "image/png")
    assert path.read_bytes() == PNG
    assert path.is_relative_to(settings.UPLOADS)
    assert len(attachment.stored_as) == 40
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("name", "chunks", "error"),
    [
        ("sida.html", [b"<script>"], FileOfNoKnownKindError),
        ("bild.svg", [b"<svg/>"], FileOfNoKnownKindError),
        ("bild.png", [PDF], FileOfNoKnownKindError),
        ("program.exe", [b"MZ"], FileOfNoKnownKindError),
        ("utan ändelse", [PNG], FileOfNoKnownKindError),
        ("anteckning.txt", [b"a\x00b"], FileOfNoKnownKindError),
        ("tom.txt", [b""], FileIsEmptyError),
        ("stor.pdf", [PDF, b"x" * LARGEST], FileTooLargeError),
    ],
)
def test_refused_file_leaves_nothing_behind(initiative, settings, name, chunks, error):
    with pytest.raises(error):
        attach(initiative, name, *chunks)

    assert (Attachment.objects.count(), kept_files(settings)) == (0, [])


def test_text_of_a_spreadsheet_program_is_taken_in(initiative):
    attachment = attach(initiative, "tider.csv", "Månad;Dagar\n".encode("utf-16"))

    assert attachment.content_type == "text/csv"


def test_files_have_an_end(initiative):
    for number in range(MOST_FILES):
        attach(initiative, f"{number}.png")

    with pytest.raises(TooManyFilesError):
        attach(initiative, "en till.png")


def test_thrown_away_file_is_gone_from_the_disk(
    initiative, settings, django_capture_on_commit_callbacks
):
    attachment = attach(initiative)

    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(attachment, by=None, at=noon())

    assert (Attachment.objects.count(), kept_files(settings)) == (0, [])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ('a"b\r\nc.pdf', "abc.pdf"),
        ("x" * 300 + ".png", "x" * 187 + ".png"),
        ("bild\u202egnp.png", "bildgnp.png"),
    ],
)
def test_name_of_a_file_breaks_no_header(given, kept):
    assert plain_name(given) == kept


# ---- synonyms ----------------------------------------------------------------------------------


def test_same_words_are_kept_once(organisation):
    first = keep_synonym("kvarnen|mottagningen", by=None, at=noon())
    second = keep_synonym("kvarnen|mottagningen", by=None, at=noon())

    assert first == second


def test_synonym_is_edited_unless_somebody_was_quicker(organisation):
    synonym = keep_synonym("kvarnen|mottagningen", by=None, at=noon())
    synonym.words = "kvarnen|porten"
    edit_synonym(synonym, version=1, by=None, at=noon())

    with pytest.raises(EditedMeanwhileError):
        edit_synonym(synonym, version=1, by=None, at=noon())


def test_removed_words_no_longer_count(organisation):
    remove_synonym(keep_synonym("kvarnen|porten", by=None, at=noon()), by=None, at=noon())

    assert Synonym.objects.count() == 0
