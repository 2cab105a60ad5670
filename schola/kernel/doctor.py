"""What is missing or wrong with this installation, in words: the examinations of `schola check`.

Each app may add its own; an examination returns what it found, and nothing if all is well.
"""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from schola.kernel import assets, clock
from schola.kernel.audit.check import verify
from schola.kernel.models import Organization
from schola.kernel.row_security import is_passed_by, open_tables

OFFSET_SECONDS = 2
SECRET_LENGTH = 50  # characters, what Django's own generator gives
KEEPING_MAIL = ("filebased", "console", "locmem", "dummy")  # backends of Django that send nothing
MAIL_SECONDS = 3


@dataclass(frozen=True)
class Finding:
    """broken: the site does not work, or not safely. Otherwise only something is not on offer."""

    text: str
    broken: bool = True


Examination = Callable[[], Iterator[Finding]]
examinations: dict[str, Examination] = {}


def examines(name: str) -> Callable[[Examination], Examination]:
    """Decorator: add an examination, so that `schola check NAME` runs it alone."""

    def add(examination: Examination) -> Examination:
        examinations[name] = examination
        return examination

    return add


@examines("database")
def database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding(f"The database does not answer ({error}). See DATABASE_URL.")
        return
    executor = MigrationExecutor(connection)
    if waiting := len(executor.migration_plan(executor.loader.graph.leaf_nodes())):
        yield Finding(f"{waiting} changes of the tables are waiting. Run `schola migrate`.")
    if connection.vendor == "sqlite":
        yield from _sqlite()
        return
    yield from _clock()
    yield from _row_security()


def _sqlite() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if mode != "wal" or synchronous < 2:
        yield Finding(
            f"SQLite runs with journal {mode} and synchronous {synchronous}, so what is saved may "
            "be lost with the power. Put the data folder on a local disk."
        )


def _clock() -> Iterator[Finding]:
    offset = abs(clock.measure().total_seconds())
    if offset > OFFSET_SECONDS:
        yield Finding(
            f"This machine's clock is {offset:.0f} s away from the database's. "
            "Deadlines follow the database; switch on time synchronisation.",
            broken=False,
        )


def _row_security() -> Iterator[Finding]:
    if is_passed_by():
        yield Finding(
            "The user of PostgreSQL is a superuser or has BYPASSRLS, so the database does not keep "
            "organizations apart. Give DATABASE_URL an ordinary user that owns the tables."
        )
    if tables := open_tables():
        yield Finding(
            f"PostgreSQL does not keep organizations apart in {', '.join(tables)}. Add SecureRows "
            "to a migration of the app that brings the table."
        )


@examines("folders")
def folders() -> Iterator[Finding]:
    data = Path(settings.DATA)
    if not os.access(data, os.W_OK):
        yield Finding(f"{data} cannot be written. Give it to the user who runs Schola.")
        return
    if shutil.disk_usage(data).free < settings.RESERVE_BYTES:
        reserve = settings.RESERVE_BYTES // 1_000_000
        yield Finding(
            f"Less than {reserve} MB are free on the disk of {data}, so files are not taken. "
            "Make room. See SCHOLA_RESERVE_MB."
        )


@examines("assets")
def assets_are_built() -> Iterator[Finding]:
    if not assets.is_fresh():
        yield Finding("Styles and scripts are missing or old. Run `schola assets`.")


@examines("addresses")
def addresses() -> Iterator[Finding]:
    site, content = urlsplit(settings.SITE_URL), urlsplit(settings.CONTENT_URL)
    if content.hostname != f"content.{site.hostname}":
        yield Finding(
            f"SCHOLA_CONTENT_URL must be the host content.{site.hostname}: elsewhere, browsers "
            "refuse packages their storage."
        )
    if (content.scheme, content.port) != (site.scheme, site.port):
        yield Finding("SCHOLA_URL and SCHOLA_CONTENT_URL must agree in scheme and port.")
    try:
        socket.getaddrinfo(content.hostname, None)
    except OSError:
        yield Finding(
            f"The name {content.hostname} is not found from here. Add it to your DNS, beside "
            f"{site.hostname}. (Browsers find names below localhost by themselves.)",
            broken=not str(content.hostname).endswith("localhost"),
        )


@examines("secrets")
def secrets() -> Iterator[Finding]:
    local = _is_local()
    if settings.DEVELOPMENT and not local:
        yield Finding("SCHOLA_DEBUG is on where others can reach it. Set SCHOLA_DEBUG=0.")
    if not local and not settings.SECURE:
        yield Finding("SCHOLA_URL is not https, so passwords travel in the open. Use https.")
    if not settings.DEVELOPMENT and len(settings.SECRET_KEY) < SECRET_LENGTH:
        yield Finding(f"SCHOLA_SECRET_KEY has fewer than {SECRET_LENGTH} characters. Make it long.")


def _is_local() -> bool:
    """Tell whether the site is only for this machine, as in development."""
    return str(urlsplit(settings.SITE_URL).hostname).endswith("localhost")


@examines("audit")
def audit_is_whole() -> Iterator[Finding]:
    try:
        for organization in Organization.objects.order_by("pk"):
            for fault in verify(organization):
                yield Finding(f"{organization.name}: {fault}")
    except DatabaseError as error:
        yield Finding(f"The audit cannot be read ({error}). Examine the database first.")


@examines("mail")
def mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.split(".")[-2] in KEEPING_MAIL:
        yield _mail_is_kept()
    elif settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield from _mail_server()
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost>") and not _is_local():
        yield Finding(
            f"Mail comes from {settings.DEFAULT_FROM_EMAIL}, which most servers refuse. "
            "Set SCHOLA_MAIL_FROM.",
            broken=False,
        )


def _mail_is_kept() -> Finding:
    if _is_local():
        return Finding(f"Mail is not sent but kept in {settings.EMAIL_FILE_PATH}.", broken=False)
    return Finding(
        "Mail is not sent, so nobody gets an invitation or a new password. "
        "Take SCHOLA_MAIL_BACKEND away and set SCHOLA_MAIL_HOST."
    )


def _mail_server() -> Iterator[Finding]:
    where = (settings.EMAIL_HOST, settings.EMAIL_PORT)
    try:
        socket.create_connection(where, timeout=MAIL_SECONDS).close()
    except OSError as error:
        yield Finding(f"The mail server {where[0]}:{where[1]} does not answer ({error}).")


@examines("programs")
def programs() -> Iterator[Finding]:
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        yield Finding(
            "LibreOffice is missing: slides (PPTX, ODP) are offered as files and not shown as "
            "pages. On Debian: apt install libreoffice-impress.",
            broken=False,
        )
