import pytest

from modig.apps.people.models import Unit
from modig.apps.tenancy.actions import EditedMeanwhileError, save_edit


@pytest.mark.database
def test_second_save_of_the_same_version_is_refused_and_shows_the_first(organisation):
    made = Unit.objects.create(organisation=organisation, code="BU", name="Barn")
    first, second = Unit.objects.get(pk=made.pk), Unit.objects.get(pk=made.pk)
    first.name, second.name = "Barn & utbildning", "Skola"
    save_edit(first, version=1, fields=["name"])

    with pytest.raises(EditedMeanwhileError) as refusal:
        save_edit(second, version=1, fields=["name"])

    assert (refusal.value.theirs.name, first.version) == ("Barn & utbildning", 2)
