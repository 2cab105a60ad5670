"""Waking those who wait for a row: a notice on PostgreSQL. On SQLite they look by themselves."""

from django.db import connection


def ring(channel: str) -> None:
    """Wake the listeners when the transaction is committed."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [f"schola_{channel}"])
