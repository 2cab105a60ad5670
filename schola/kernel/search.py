"""Finding things by their words: FTS5 on SQLite, full-text search on PostgreSQL, one interface.

Accents and case do not matter. Every word must occur; the last may be the beginning of one.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.text import Truncator

from schola.kernel.models import SearchEntry
from schola.kernel.tenants import current_organization

MOST_WORDS = 8
EXCERPT_WORDS = 24
FIELDS = ("title", "body", "url", "course_id", "capability")


@dataclass(frozen=True)
class Audience:
    """For whom we search.

    courses  ids of the courses they see, or a query of the ids; None: all of them
    hidden   kind: ids of things they do not find, although they see the course
    """

    courses: Collection[int] | QuerySet | None = None
    capabilities: Collection[str] = ()
    hidden: Mapping[str, Collection[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """Something to be found. body is plain text. See SearchEntry for who finds it."""

    kind: str
    object_id: object
    title: str
    body: str
    url: str
    course_id: int | None = None
    capability: str = ""


@dataclass(frozen=True)
class Hit:
    """Something found. excerpt is plain text around the first word."""

    kind: str
    object_id: str
    title: str
    url: str
    course_id: int | None
    excerpt: str = field(default="")


def index(documents: Iterable[Document]) -> None:
    """Let these things be found; a thing that is known already is replaced. One upsert."""
    rows = [_entry(document) for document in documents]
    if not rows:
        return
    SearchEntry.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        update_fields=FIELDS,
        unique_fields=("organization", "kind", "object_id"),
    )
    if connection.vendor == "postgresql":
        _store_words(rows)


def remove(kind: str, *object_ids: object) -> None:
    """Let these things no longer be found."""
    keys = [str(object_id) for object_id in object_ids]
    SearchEntry.objects.filter(kind=kind, object_id__in=keys).delete()


def remove_courses(*course_ids: int) -> None:
    """Let nothing of these courses be found any longer, nor they themselves."""
    SearchEntry.objects.filter(course_id__in=course_ids).delete()


def search(query: str, audience: Audience, limit: int = 20) -> list[Hit]:
    """Return what the audience may find, best first. Nothing for a query without a word."""
    terms = words(query)[:MOST_WORDS]
    if not terms:
        return []
    match = _match_sqlite if connection.vendor == "sqlite" else _match_postgresql
    condition, order, values = match(terms)
    audible, names = _audible(audience)
    sql = (
        "SELECT e.kind, e.object_id, e.title, e.url, e.course_id, e.body FROM "
        f"kernel_searchentry e {condition} AND e.organization_id = %s {audible} "
        f"ORDER BY {order} LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, current_organization(), *names, limit])
        return [Hit(*row[:5], excerpt(row[5], terms)) for row in cursor.fetchall()]


def words(text: str) -> list[str]:
    """Return the words of a text without accents and case."""
    marked = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in marked if not unicodedata.combining(c))
    return re.findall(r"[^\W_]+", plain)


def excerpt(body: str, terms: list[str]) -> str:
    """Return about 24 words of the body around the first one that was searched for."""
    each = body.split()
    starts = tuple(terms)
    first = next((n for n, word in enumerate(each) if _plain(word).startswith(starts)), 0)
    start = max(0, first - EXCERPT_WORDS // 4)
    text = Truncator(" ".join(each[start:])).words(EXCERPT_WORDS, truncate=" …")
    return f"… {text}" if start else text


def _plain(word: str) -> str:
    if word.isascii():  # most are: a long body is read many times as fast
        return re.sub(r"[\W_]+", "", word.lower())
    return "".join(words(word))


def _entry(document: Document) -> SearchEntry:
    return SearchEntry(
        kind=document.kind,
        object_id=str(document.object_id),
        title=document.title[:200].replace("\0", ""),
        body=document.body.replace("\0", ""),
        url=document.url,
        course_id=document.course_id,
        capability=document.capability,
    )


def _store_words(rows: list[SearchEntry]) -> None:
    sql = (
        "UPDATE kernel_searchentry SET words = setweight(to_tsvector('simple', %s), 'A') || "
        "setweight(to_tsvector('simple', %s), 'B') "
        "WHERE organization_id = %s AND kind = %s AND object_id = %s"
    )
    here = current_organization()
    with connection.cursor() as cursor:
        cursor.executemany(
            sql,
            [
                (" ".join(words(r.title)), " ".join(words(r.body)), here, r.kind, r.object_id)
                for r in rows
            ],
        )


def _match_sqlite(terms: list[str]) -> tuple[str, str, list[str]]:
    query = " ".join(f'"{term}"' for term in terms) + "*"
    table = "kernel_search_words"
    where = f"JOIN {table} ON {table}.rowid = e.id WHERE {table} MATCH %s"
    return where, f"bm25({table}, 8.0, 1.0), e.id", [query]


def _match_postgresql(terms: list[str]) -> tuple[str, str, list[str]]:
    query = " & ".join(f"'{term}'" for term in terms) + ":*"
    where = "CROSS JOIN to_tsquery('simple', %s) q WHERE e.words @@ q"
    return where, "ts_rank_cd('{0.1, 0.2, 0.4, 1.0}', e.words, q) DESC, e.id", [query]


def _audible(audience: Audience) -> tuple[str, list[object]]:
    parts = [_by_capability(audience), _by_course(audience.courses)]
    parts += [_shown(kind, ids) for kind, ids in audience.hidden.items() if ids]
    return " ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def _by_capability(audience: Audience) -> tuple[str, list[object]]:
    if not audience.capabilities:
        return "AND e.capability = ''", []
    names = sorted(audience.capabilities)
    return f"AND (e.capability = '' OR e.capability IN ({_marks(names)}))", names


def _by_course(courses: Collection[int] | QuerySet | None) -> tuple[str, list[object]]:
    if courses is None:
        return "", []
    sql, values = _marks(courses), list(courses)
    if isinstance(courses, QuerySet):
        try:
            sql, values = courses.query.sql_with_params()
        except EmptyResultSet:  # they see none, and Django says so without a query
            sql, values = "NULL", []
    return f"AND (e.course_id IS NULL OR e.course_id IN ({sql}))", values


def _shown(kind: str, ids: Collection[int]) -> tuple[str, list[object]]:
    return f"AND NOT (e.kind = %s AND e.object_id IN ({_marks(ids)}))", [kind, *map(str, ids)]


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values)) or "NULL"
