"""The one door into the log of learning."""

import hashlib
from collections.abc import Iterable

import orjson

from schola.kernel import clock
from schola.records.models import Statement


class Conflict(Exception):
    """A statement with this id is stored already, and says something else."""


def append(statements: Iterable[Statement]) -> None:
    """Append to the log with one insert, in the order of the ids.

    A statement that is there already, with the same digest, is nothing new. Raises Conflict if a
    stored one has the same id and says something else (xAPI 2.0, 4.1.3).
    """
    rows = sorted(statements, key=lambda row: row.pk)
    if not rows:
        return
    now = clock.now()
    for row in rows:
        row.stored_at = now
        row.digest = _digest(row)
    foreign = [row for row in rows if row.source != "schola"]
    if foreign:
        rows = _new_among(rows)
    Statement.objects.bulk_create(rows)


def _new_among(rows: list[Statement]) -> list[Statement]:
    stored = Statement.objects.filter(pk__in=[row.pk for row in rows])
    known = dict(stored.values_list("pk", "digest"))
    for row in rows:
        if known.get(row.pk, row.digest) != row.digest:
            raise Conflict(str(row.pk))
    return [row for row in rows if row.pk not in known]


def _digest(row: Statement) -> str:
    said = [
        row.actor_id, row.verb, row.activity_id, str(row.attempt_id), row.at.isoformat(),
        str(row.earned), str(row.possible), row.success, row.completion, row.seconds, row.response,
    ]  # fmt: skip
    return hashlib.sha256(orjson.dumps(said, default=str)).hexdigest()
