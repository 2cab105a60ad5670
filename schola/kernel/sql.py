"""Hand-written queries for hot pages. Both databases answer with the same Python values."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

OPEN_TRANSACTIONS = """
SELECT pid, xact_start::text FROM pg_stat_activity
 WHERE xact_start IS NOT NULL AND backend_type = 'client backend'
   AND datname = current_database() AND pid <> pg_backend_pid()
"""


def fetch(sql: str, values: Sequence[Any]) -> list[tuple]:
    """Run one query and return its rows as the driver gives them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def open_transactions() -> set[str]:
    """Return names of the transactions that others have open in this database, to be found again.

    Empty on SQLite: it has one writer, who reads what those before have written.
    """
    if connection.vendor == "sqlite":
        return set()
    return {f"{pid} {began}" for pid, began in fetch(OPEN_TRANSACTIONS, [])}


def moment(value: Any) -> datetime | None:
    """Return a moment as a driver gave it: SQLite stores text in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def exact(value: Any) -> Decimal | None:
    """Return a number as a driver gave it: SQLite has no decimals of its own."""
    return None if value is None else Decimal(str(value))
