"""Hand-written queries for hot pages. Both databases answer with the same Python values."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django.db import connection


def fetch(sql: str, values: Sequence[Any]) -> list[tuple]:
    """Run one query and return its rows as the driver gives them."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def moment(value: Any) -> datetime | None:
    """Return a moment as a driver gave it: SQLite stores text in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def exact(value: Any) -> Decimal | None:
    """Return a number as a driver gave it: SQLite has no decimals of its own."""
    return None if value is None else Decimal(str(value))
