from io import StringIO

from django.core.management import call_command

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
    settings.DEBUG, settings.SECURE = True, True
    settings.SITE_URL = "https://learn.example.org"

    assert [f.broken for f in doctor.secrets()] == [True]


def test_what_is_only_not_on_offer_is_a_note(settings):
    text, code = examined("mail")

    assert code == 0
    assert "BROKEN" not in text


def test_an_audit_that_was_changed_is_named(school):
    act(None, "person.suspend", kind="person", object_id=7, after={"suspended": True})
    chain_all()
    whole = examined("audit")
    AuditValues.objects.update(after={"suspended": False})

    text, code = examined("audit")

    assert whole[1] == 0
    assert code == 1
    assert "School" in text
