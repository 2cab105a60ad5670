"""PostgreSQL shows and takes only the rows of the organization in which we act.

The second lock behind the managers of `kernel.tenants`: a query written by hand that forgets the
organization finds nothing of another one. Each table of an `Owned` model has the policy, laid by
its app's migrations:

    operations = [SecureRows("Person", "Group")]

Superusers and roles with BYPASSRLS pass it by; `schola check` says so.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.operations.base import Operation

from schola.kernel.acting import EVERYWHERE, SETTING
from schola.kernel.tenants import Owned

POLICY = "rows_of_the_organization"

# As a query of its own the setting is read once a query, not once a row.
SAID = f"(SELECT NULLIF(current_setting('{SETTING}', true), '')::bigint)"
LAY = (
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
    "DROP POLICY IF EXISTS {policy} ON {table}",
    f"CREATE POLICY {{policy}} ON {{table}} USING ({SAID} IN (organization_id, {EVERYWHERE}))",
)
LIFT = (
    "DROP POLICY IF EXISTS {policy} ON {table}",
    "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY",
)
SECURED = """
SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
 WHERE p.polname = %s AND c.relrowsecurity AND c.relforcerowsecurity
"""
PASSES_BY = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


class SecureRows(Operation):
    """A step of a migration: these tables show only the rows of the organization. Reversible."""

    reversible = True

    def __init__(self, *models: str) -> None:
        self.models = models

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        return type(self).__name__, self.models, {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The state of the models stays as it is."""

    def database_forwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        self._run(LAY, app_label, editor, after)

    def database_backwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        self._run(LIFT, app_label, editor, after)

    def describe(self) -> str:
        return f"Show only the organization's rows of {', '.join(self.models)}"

    def _run(self, words: Sequence[str], app_label: str, editor: Any, state: Any) -> None:
        if editor.connection.vendor != "postgresql":
            return
        quote = editor.quote_name
        for name in self.models:
            table = quote(state.apps.get_model(app_label, name)._meta.db_table)
            for each in words:
                editor.execute(each.format(table=table, policy=POLICY))


def open_tables() -> list[str]:
    """Return the tables of owned rows that lack the policy. On PostgreSQL only."""
    with connection.cursor() as cursor:
        cursor.execute(SECURED, [POLICY])
        secured = {name for (name,) in cursor.fetchall()}
    owned = {model._meta.db_table for model in apps.get_models() if issubclass(model, Owned)}
    return sorted(owned - secured)


def is_passed_by() -> bool:
    """Tell whether PostgreSQL lets our own role pass its policies by."""
    with connection.cursor() as cursor:
        cursor.execute(PASSES_BY)
        return cursor.fetchone()[0]
