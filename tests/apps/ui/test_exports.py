"""A list as a file is whole, in the language and for the organisation of whoever asked."""

import pytest
from django.utils import translation

from modig.apps.people.models import Person
from modig.apps.tenancy.scope import working_for
from modig.apps.ui.exports import export_response


@pytest.mark.parametrize("wanted", ["csv", "xlsx"])
def test_rows_that_ask_the_database_are_read_before_the_answer_goes_out(other_organisation, wanted):
    def rows():
        yield ["first", Person.objects.count()]

    with working_for(other_organisation), translation.override("en"):
        answer = export_response("list", ["Name", "Number"], rows(), wanted)

    assert wanted == "xlsx" or answer.content.decode("utf-8-sig") == "Name,Number\r\nfirst,0\r\n"
    assert not answer.streaming


def test_fault_among_the_rows_gives_no_file():
    def rows():
        yield ["first"]
        raise LookupError

    with pytest.raises(LookupError):
        export_response("list", ["Name"], rows(), "csv")
