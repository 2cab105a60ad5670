"""What makes the database itself refuse to change the trail. For the migration and the check."""

from typing import Any

from django.db import connection

TABLE = "kernel_auditentry"
KEPT = ("id", "organization_id", "at", "actor_id", "act", "object_kind", "object_id", "digest")
CHAINING = "OLD.seq IS NULL AND NEW.seq IS NOT NULL"

ON_SQLITE = {
    "audit_no_delete": f"""
        CREATE TRIGGER audit_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END""",
    "audit_no_update": f"""
        CREATE TRIGGER audit_no_update BEFORE UPDATE ON {TABLE}
        WHEN NOT ({CHAINING} AND {" AND ".join(f"OLD.{c} IS NEW.{c}" for c in KEPT)})
        BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END""",
}
REFUSE = """
    CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit entries are never changed or deleted'; END $$"""
SAME = " AND ".join(f"OLD.{column} IS NOT DISTINCT FROM NEW.{column}" for column in KEPT)
ON_POSTGRESQL = {
    "audit_no_delete": f"""
        CREATE TRIGGER audit_no_delete BEFORE DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    "audit_no_update": f"""
        CREATE TRIGGER audit_no_update BEFORE UPDATE ON {TABLE}
        FOR EACH ROW WHEN (NOT ({CHAINING} AND {SAME})) EXECUTE FUNCTION audit_refuse()""",
}


def lay_triggers(editor: Any) -> None:
    """Lay the triggers through the schema editor of a migration."""
    if editor.connection.vendor == "postgresql":
        editor.execute(REFUSE)
    for words in _triggers(editor.connection.vendor).values():
        editor.execute(words)


def lift_triggers(editor: Any) -> None:
    """Take the triggers away: to rebuild the table in a migration, to empty a test database."""
    on = f" ON {TABLE}" if editor.connection.vendor == "postgresql" else ""
    for name in _triggers(editor.connection.vendor):
        editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing_triggers() -> list[str]:
    """Return the names of the triggers that should be there and are not."""
    known = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }
    with connection.cursor() as cursor:
        cursor.execute(known[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    return sorted(_triggers(connection.vendor).keys() - there)


def _triggers(vendor: str) -> dict[str, str]:
    return {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}[vendor]
