"""Telling people things: on the bell at once, by mail when half a minute to undo it is over."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from smtplib import (
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.kernel import audit, clock
from schola.kernel.hosts import host_of, site_of
from schola.kernel.jobs import job
from schola.people.actions import token_for
from schola.people.events import PasswordForgotten, PersonInvited
from schola.people.models import Person
from schola.talk.acts import Act, current_act
from schola.talk.kinds import check_of, kinds, words
from schola.talk.models import Notice, NoticeChoice
from schola.talk.queries import BOTH, Ways, held_by, ways_of
from schola.talk.unsubscribing import foot, unsubscribe_headers
from schola.talk.withdrawing import withdraw_untrue

UNDO = timedelta(seconds=30)
FINAL = 500  # from here on a mail server refuses for good
RENEWED = [
    "data",
    "url",
    "at",
    "hold_until",
    "read_at",
    "mailed_at",
    "act",
    "told_by",
    "bell",
    "mail",
]
log = logging.getLogger("schola.mail")


@transaction.atomic
def tell(person_ids: Iterable[int], kind: str, key: str, url: str, data: dict[str, Any]) -> None:
    """Tell the people one thing: one row each, and a mail when the time to undo it is over.

    Who wants to hear of this kind neither by bell nor by mail is not told. Who has been told it
    before hears of it anew at once: to undo that would take away what they have read.
    """
    now, act, wanted = clock.now(), current_act(), sorted(set(person_ids))
    chosen = ways_of(wanted, kind)
    others = [pk for pk in wanted if act and pk != act.by_id]
    known = _told(others, kind, key) if others else set()
    fields = {"kind": kind, "key": key, "data": data, "url": url, "at": now}
    rows = [
        _notice(
            pk, None if pk in known else act, chosen.get(pk, BOTH), hold_until=now + UNDO, **fields
        )
        for pk in wanted
        if any(chosen.get(pk, BOTH))
    ]
    Notice.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["person", "kind", "key"],
        update_fields=RENEWED,
    )
    if any(row.mail for row in rows) or (rows and check_of(kind)):
        send_mails.enqueue_at(now + UNDO, kind=kind, key=key)


def _told(person_ids: list[int], kind: str, key: str) -> set[int]:
    """Return who of these people has been told this, and can no longer be spared it."""
    rows = Notice.objects.filter(person__in=person_ids, kind=kind, key=key)
    return set(rows.filter(hold_until__lte=clock.now()).values_list("person_id", flat=True))


def _notice(person_id: int, act: Act | None, ways: Ways, **fields: Any) -> Notice:
    """Return a notice; of what others are told, their act is kept, so that it can be undone."""
    row = Notice(person_id=person_id, bell=ways[0], mail=ways[1], **fields)
    if act and act.by_id != person_id:
        act.told = True
        row.act, row.told_by_id = act.id, act.by_id
    return row


@transaction.atomic
def take_back(act: UUID, by: Person) -> tuple[int, int]:
    """Undo what an act of this person told; return how many were spared and how many were not.

    Only what has not been told yet: neither by mail nor on the bell. Safe to repeat.
    """
    spared = held_by(by.pk, act).delete()[0]
    if spared:
        audit.act(by.pk, "notices.taken-back", after={"notices": spared})
    return spared, Notice.objects.filter(act=act, told_by=by).count()


@transaction.atomic
def choose_ways(person: Person, ways: Mapping[str, Ways]) -> None:
    """Keep by which ways a person wants to hear of these kinds. Kinds that nobody knows are none.

    ways  {kind: (by bell, by mail)}
    """
    rows = [
        NoticeChoice(person=person, kind=kind, bell=bell, mail=mail)
        for kind, (bell, mail) in sorted(ways.items())
        if kind in kinds
    ]
    NoticeChoice.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "kind"],
        update_fields=["bell", "mail"],
    )


def switch_mails_off(person_id: int, kind: str) -> None:
    """Send a person no more mails of a kind; what they chose of the bell stays. Safe to repeat."""
    row = NoticeChoice(person_id=person_id, kind=kind, bell=True, mail=False)
    NoticeChoice.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["person", "kind"], update_fields=["mail"]
    )


def read_all(person: Person) -> None:
    """Mark everything on a person's bell as read."""
    Notice.objects.filter(person=person, read_at=None).update(read_at=clock.now())


@job(label=gettext_lazy("Mails sent"), tries=8)
def send_mails(kind: str, key: str) -> None:
    """Send the mails of what was told and not taken back, each by the first job that claims it.

    What is no longer so is withdrawn instead, from the bell as well: before the first mail, and
    before each that follows.

    Who is suspended gets none. Their notices are claimed all the same: whoever is let in again
    finds them on the bell, and no old mail comes after.

    No transaction is open while the mail server answers: on SQLite it would keep everybody from
    writing. So each notice is claimed before its mail is sent, and given back if that fails; the
    job fails with the first error when all have been tried, and its repetition sends the rest. A
    crash between claim and mail loses that mail; the notice on the bell stays. If a server takes
    a mail and does not say so, the mail is repeated under its Message-ID.
    """
    if withdraw_untrue(kind, key):
        return
    now = clock.now()
    _tell_by_bell_alone(kind, key, now)
    failures = []
    waiting = _due(kind, key, now).filter(read_at=None).exclude(_wants_none(kind))
    for notice in waiting.order_by("pk"):
        if withdraw_untrue(kind, key):
            break
        if not _claim(notice) or not _may_be_written_to(notice):
            continue
        try:
            _send(notice)
        except Exception as error:
            _give_back(notice)
            failures.append(error)
    if failures:
        raise failures[0]


def _due(kind: str, key: str, now: datetime) -> QuerySet[Notice]:
    """Return what may go out now and has not."""
    return Notice.objects.filter(kind=kind, key=key, mailed_at=None, hold_until__lte=now)


def _tell_by_bell_alone(kind: str, key: str, now: datetime) -> None:
    """Claim what no mail is wanted for: it is told by now, so that nothing withdraws it later."""
    _due(kind, key, now).filter(_wants_none(kind)).update(mailed_at=now)


def _wants_none(kind: str) -> Q:
    """Tell of which notices no mail was wanted, or is no longer."""
    no_more = NoticeChoice.objects.filter(kind=kind, mail=False).values("person")
    return Q(mail=False) | Q(person__in=no_more)


def _claim(notice: Notice) -> bool:
    """Take the mail of a notice upon us; False if another has, or it was told anew meanwhile."""
    as_read = {"pk": notice.pk, "hold_until": notice.hold_until, "read_at": None}
    notice.mailed_at = clock.now()
    free = Notice.objects.filter(**as_read, mailed_at=None)
    return bool(free.update(mailed_at=notice.mailed_at))


def _may_be_written_to(notice: Notice) -> bool:
    """Tell whether its person has an address and is not suspended, as it is at this moment."""
    people = Person.objects.filter(suspended_at=None)
    person = people.select_related("organization").filter(pk=notice.person_id).first()
    if person is None or not person.email:
        return False
    notice.person = person
    return True


def _give_back(notice: Notice) -> None:
    """Let the mail be sent later, unless the notice was told anew since we claimed it."""
    ours = Notice.objects.filter(
        pk=notice.pk, hold_until=notice.hold_until, mailed_at=notice.mailed_at
    )
    ours.update(mailed_at=None)


def _send(notice: Notice) -> None:
    """Send the mail of a notice. What the server will never take is logged and not repeated."""
    ident = f"notice-{notice.pk}-{notice.hold_until:%Y%m%d%H%M%S}"
    with _language(notice.person):
        text = words(notice.kind, notice.data)
        url = f"{site_of(notice.organization_id)}{notice.url}"
        body = f"{text}\n\n{url}\n\n--\n{foot(notice)}"
        try:
            mail(notice.person, text, body, ident=ident, headers=unsubscribe_headers(notice))
        except (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError) as refused:
            if not _is_final(refused):
                raise
            log.warning("mail to person %s refused: %s", notice.person_id, refused)


def _is_final(refused: SMTPRecipientsRefused | SMTPResponseException) -> bool:
    """Tell whether the server said 5xx: it will say so again (RFC 5321, 4.2.1)."""
    if isinstance(refused, SMTPRecipientsRefused):
        return all(code >= FINAL for code, _said in refused.recipients.values())
    return refused.smtp_code >= FINAL


def mail(
    person: Person,
    subject: str,
    body: str,
    *,
    ident: str = "",
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send one mail to a person.

    ident    names the mail, so that a repetition can be recognised; empty for one that is new
    headers  what else mail programs are told
    """
    message = EmailMessage(
        subject[:180], f"{body}\n\n{person.organization.name}\n", to=[person.email]
    )
    message.extra_headers |= {"Auto-Submitted": "auto-generated", **(headers or {})}
    if ident:
        message.extra_headers["Message-ID"] = f"<{ident}@{host_of(settings.SITE_URL)}>"
    message.send()


def send_invitation(event: PersonInvited) -> None:
    """Write to somebody who may join. The link is made here and never stored in clear."""
    person = Person.objects.select_related("organization").filter(pk=event.person_id).first()
    if person is None or person.suspended_at or not person.email:
        return  # an import that was undone takes its people away again
    link = f"{site_of(person.organization_id)}/welcome/{token_for(person, 'invitation')}"
    with _language(person):
        subject = _("Welcome to %(school)s") % {"school": person.organization.name}
        body = _("Choose your password here. The link works for two weeks:")
        mail(person, subject, f"{body}\n{link}")


def send_new_password(event: PasswordForgotten) -> None:
    """Write to somebody who wants a new password."""
    person = Person.objects.select_related("organization").filter(pk=event.person_id).first()
    if person is None or person.suspended_at or not person.email:
        return
    link = f"{site_of(person.organization_id)}/welcome/{token_for(person, 'reset')}"
    with _language(person):
        body = _("Set a new password here. The link works for 30 minutes:")
        mail(person, _("A new password"), f"{body}\n{link}")


def _language(person: Person) -> Any:
    return translation.override(person.language or person.organization.language)
