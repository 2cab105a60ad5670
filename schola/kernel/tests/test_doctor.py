from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from schola.kernel import doctor
from schola.kernel.audit import act
from schola.kernel.audit.chain import chain_all
from schola.kernel.models import AuditValues


def examined(name):
    out = StringIO()
    try:
        call_command("check", name, stdout=out)
    except SystemExit as stopped:
        return out.getvalue(), stopped.code
    return out.getvalue(), 0


def test_folders_that_can_be_written_are_good():
    text, code = examined("folders")

    assert "good" in text
    assert code == 0


def test_a_content_host_of_another_site_is_refused(settings):
    settings.SITE_URL = "https://learn.example.org"
    settings.CONTENT_URL = "https://files.example.net"

    text, code = examined("addresses")

    assert "content.learn.example.org" in text
    assert code == 1


def test_a_mail_server_that_is_away_is_named(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    text, code = examined("mail")

    assert "127.0.0.1:1 does not answer" in text
    assert code == 1


def test_debug_in_public_is_broken(settings):
    settings.DEVELOPMENT, settings.SECURE = True, True
    settings.SITE_URL = "https://learn.example.org"

    assert [f.broken for f in doctor.secrets()] == [True]


def test_what_is_only_not_on_offer_is_a_note(settings):
    text, code = examined("mail")

    assert code == 0
    assert "BROKEN" not in text


def test_mail_that_nobody_gets_is_broken_in_public(settings):
    settings.SITE_URL = "https://learn.example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "Example <learn@example.org>"

    text, code = examined("mail")

    assert "set SCHOLA_MAIL_HOST" in text
    assert code == 1


def test_a_sender_that_servers_refuse_is_a_note_in_public(settings):
    settings.SITE_URL = "https://learn.example.org"
    settings.EMAIL_BACKEND = "example.mail.Backend"
    settings.DEFAULT_FROM_EMAIL = "Schola <schola@localhost>"

    text, code = examined("mail")

    assert "Set SCHOLA_MAIL_FROM" in text
    assert code == 0


def test_libreoffice_is_missed_by_name(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    missed, code = examined("programs")
    (tmp_path / "soffice").write_text("#!/bin/sh\n")
    (tmp_path / "soffice").chmod(0o755)
    found, _code = examined("programs")

    assert "LibreOffice is missing" in missed
    assert code == 0
    assert "LibreOffice" not in found


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no users")
def test_an_ordinary_user_of_postgresql_is_good(db):
    assert not [finding for finding in doctor.database() if "superuser" in str(finding)]


def test_an_audit_that_was_changed_is_named(school):
    act(None, "person.suspend", kind="person", object_id=7, after={"suspended": True})
    chain_all()
    whole = examined("audit")
    AuditValues.objects.update(after={"suspended": False})

    text, code = examined("audit")

    assert whole[1] == 0
    assert code == 1
    assert "School" in text
