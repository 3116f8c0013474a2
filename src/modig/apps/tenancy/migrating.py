"""Making many tables at once, so that an empty database is ready in seconds."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class TablesAtOnce(migrations.Migration):
    """A migration that only creates models, all of them in one step.

    Django renders every model that hangs together with a new one, after each of them anew. With a
    hundred models that all lead to the organisation, that is most of the work. Here the state is
    told of all of them before it is rendered once.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,  # noqa: FBT001, FBT002 -- Django's own signature
    ) -> ProjectState:
        if not all(isinstance(one, migrations.CreateModel) for one in self.operations):
            return super().apply(project_state, schema_editor, collect_sql)
        project_state.__dict__.pop("apps", None)
        before = project_state.clone()
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            operation.database_forwards(self.app_label, schema_editor, before, project_state)
        return project_state
