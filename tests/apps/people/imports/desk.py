"""Somebody with an HR file at the pages, as a test sees her."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from modig.apps.jobs.actions import run_job
from modig.apps.people.models import HrImport

HEADER = (
    "Anställningsnummer;Förnamn;Efternamn;E-post;Organisationskod;Enhet;Befattning;Chef;"
    "Anställd from;Skyddad identitet"
)
ANNA = "1;Anna;Åberg;anna@example.se;BU;Lärkan;Rektor;J;2020-01-31;"
BO = "2;Bo;Öst;bo@example.se;BU;Lärkan;Lärare;;2021-02-01;"
CEM = "3;Cem;Kaya;cem@example.se;VO;Trasten;Undersköterska;;2022-03-01;"
HIDDEN = "417711;Sigfrida;Gömdsson;sig.gomd@example.se;BU;Lärkan;Valpvaktare;;1987-06-05;J"


def text_of(*lines, header=HEADER):
    return "\n".join([header, *lines, ""])


class Desk:
    """Somebody at the import pages: uploads, chooses, looks over, reads in, undoes."""

    def __init__(self, client):
        self.client = client
        self.answer = None

    @property
    def newest(self):
        return HrImport.objects.order_by("-pk").first()

    def upload(self, content, *, name="anställda.csv", **given):
        raw = content if isinstance(content, bytes) else content.encode("cp1252")
        file = SimpleUploadedFile(name, raw)
        self.answer = self.client.post(reverse("people:imports"), {"file": file, **given})
        return self.newest

    def open(self, page="import", **query):
        self.answer = self.client.get(self._url(page), query)
        return self.answer.content.decode()

    def export(self, page="import", **query):
        """The list of the page as CSV."""
        answer = self.client.get(self._url(page), {**query, "format": "csv"})
        return answer.content.decode("utf-8-sig")

    def choose(self, **changes):
        """Send the form of the columns as it stands, with some fields changed."""
        fields = self.client.get(self._url("import_columns")).context["form"]
        said = {bound.html_name: bound.value() or "" for bound in fields}
        return self.post("import_columns", **(said | changes))

    def post(self, page, **given):
        self.answer = self.client.post(self._url(page), given)
        return self.answer

    def read_in(self, **given):
        self.post("import_reading", **given)
        self.work()

    def undo(self):
        self.post("import_undoing")
        self.work()

    def work(self):
        """Do what a worker would do."""
        job = self.newest.job
        if job is not None and job.is_open:
            run_job(job.pk)

    def look_at(self, *lines, header=HEADER, **given):
        """Upload, keep the guessed columns, and look over."""
        self.upload(text_of(*lines, header=header), **given)
        self.choose()
        return self.newest

    def take(self, *lines, header=HEADER, **given):
        """All of it: from the upload to the end of the reading in."""
        made = self.look_at(*lines, header=header)
        self.read_in(**given)
        made.refresh_from_db()
        return made

    def _url(self, page):
        keys = [] if page == "imports" else [self.newest.pk]
        return reverse(f"people:{page}", args=keys)


def counts(hr_import):
    """The counts that are not nought."""
    return {name: n for name, n in hr_import.counts.items() if n and name != "second_yes"}
