import pytest

from apps.people.imports.desk import Desk


@pytest.fixture
def desk(organisation, signed_in, settings, tmp_path):
    settings.UPLOADS = tmp_path
    return Desk(signed_in("programme-owner"))
