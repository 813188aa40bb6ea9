"""The first migration of an app: all its tables from their final shape.

Django draws every related model anew after each of its operations, a hundred models some hundred times: of a first start
that took two thirds. Nothing is in the tables yet, so their whole shape is gathered first, and each table is then made once,
with its columns, constraints and indexes. Taking the migration back goes Django's usual way.
"""

from typing import Any

from django.db import migrations
from django.db.migrations.state import ProjectState

WITH_THE_TABLE = (migrations.AddField, migrations.AddIndex, migrations.AddConstraint)
"""Operations on which the table that is made has it all already."""


class FirstTables(migrations.Migration):
    """Only for operations that make something new: a change of rows between them would find no old shape."""

    initial = True

    def apply(self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False) -> ProjectState:
        """Keys of other tables and indexes follow when all tables are there: the schema editor keeps them to its end."""
        project_state.__dict__.pop("apps", None)  # the drawn models; drawn again when the first one is asked for
        for operation in self.operations:
            operation.state_forwards(self.app_label, project_state)
        for operation in self.operations:
            if not isinstance(operation, WITH_THE_TABLE):
                operation.database_forwards(self.app_label, schema_editor, project_state, project_state)
        return project_state
