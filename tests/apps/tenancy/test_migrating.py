"""Tables made in one step are those that Django makes one by one."""

import pytest
from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

from modig.apps.tenancy.migrating import TablesAtOnce


class Recorder:
    """A schema editor that only writes down which tables it is asked for."""

    connection = connection
    atomic_migration = True

    def __init__(self):
        self.made = []

    def create_model(self, model):
        columns = [(one.name, one.column, one.remote_field and one.related_model._meta.label)
                   for one in model._meta.local_fields]  # fmt: skip
        self.made.append(
            (model._meta.label, columns, [str(one) for one in model._meta.constraints])
        )


def made_by(apply, migration):
    loader, recorder = MigrationLoader(None), Recorder()
    before = loader.project_state((migration.app_label, migration.name), at_end=False)
    after = apply(migration, before, recorder)
    return recorder.made, after.models.keys()


@pytest.mark.parametrize("app", ["people", "surveys"])
def test_tables_made_at_once_are_those_made_one_by_one(app):
    migration = MigrationLoader(None).get_migration(app, "0001_initial")

    assert isinstance(migration, TablesAtOnce)
    assert made_by(TablesAtOnce.apply, migration) == made_by(migrations.Migration.apply, migration)
