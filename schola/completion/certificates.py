"""Issuing, checking, replacing and revoking certificates."""

import secrets
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from schola.completion.appearance import day_in, look_of, template_fields
from schola.completion.certificate_pdf import CertificateFields, render
from schola.completion.events import CertificateIssued, CertificateRevoked, CourseCompleted
from schola.completion.fonts import font_folder
from schola.completion.keys import known_key, private_key, public_keys
from schola.completion.models import Certificate, Completion
from schola.completion.signing import NotSigned, sign, verify
from schola.enrollment.models import Enrollment
from schola.grading.models import GradeItem
from schola.kernel import clock
from schola.kernel.events import emit
from schola.kernel.hosts import site_of
from schola.kernel.ids import LETTERS
from schola.records.models import Attempt
from schola.records.queries import newest
from schola.records.standing import Standing

LENGTH = 27  # characters of a number: more than 128 random bits


def issue_on_completion(event: CourseCompleted, standing: Standing) -> None:
    """Issue the certificate in the same moment in which the last condition came true."""
    valid = Certificate.objects.filter(completion=OuterRef("pk"), revoked_at=None)
    known = with_waits(Completion.objects.annotate(has_one=Exists(valid)))
    completion = known.get(seat_id=event.seat_id)
    if not completion.has_one:
        issue(completion, standing.emit)


@transaction.atomic
def issue(completion: Completion, tell: Any = emit, last: Certificate | None = None) -> Certificate:
    """Issue a certificate with what is true now.

    completion  one of `with_waits`
    last  the certificate that this one replaces: it says when the course was completed, and how
          well, if the course has been reopened since
    """
    now = clock.now().replace(microsecond=0)
    fields = _fields(completion, last)
    number = new_number()
    known_key()
    payload = fields | {"number": number, "issued_at": now.isoformat()}
    certificate = Certificate.objects.create(
        completion=completion,
        number=number,
        fields=payload,
        look=look_of(completion.seat.course, completion.seat.organization),
        signature=sign(private_key(), payload),
        issued_at=now,
    )
    seat = completion.seat
    tell(
        CertificateIssued(
            certificate_id=certificate.pk,
            number=number,
            person_id=seat.person_id,
            course_id=seat.course_id,
        )
    )
    return certificate


@transaction.atomic
def revoke(certificate: Certificate, reason: str, *, replaced: bool = False) -> None:
    """Say from now on, on its public page, that the certificate is not valid.

    replaced  another one is issued in its place, and the learner is told of that one alone

    Raises ValidationError without a reason, and for one that is not valid any more.
    """
    if not reason.strip():
        raise ValidationError(_("Write why the certificate is revoked."))
    # of two at the same moment the second waits here, and then sees what the first has done
    certificate.refresh_from_db(from_queryset=Certificate.objects.select_for_update())
    if certificate.revoked_at:
        raise ValidationError(_("This certificate is not valid any more."))
    certificate.revoked_at, certificate.reason = clock.now(), reason.strip()[:300]
    certificate.save(update_fields=["revoked_at", "reason"])
    seat = certificate.completion.seat
    emit(
        CertificateRevoked(
            certificate_id=certificate.pk,
            person_id=seat.person_id,
            course_id=seat.course_id,
            replaced=replaced,
        )
    )


@transaction.atomic
def reissue(certificate: Certificate, reason: str) -> Certificate:
    """Replace the certificate by one with what is true now, such as a corrected name."""
    revoke(certificate, reason, replaced=True)
    new = issue(_completion_of(certificate), last=certificate)
    certificate.replaced_by = new
    certificate.save(update_fields=["replaced_by"])
    return new


@transaction.atomic
def issue_instead(certificate: Certificate) -> Certificate:
    """Issue one with what is true now in place of one that was revoked.

    Raises ValidationError if it was replaced, or the course is not completed, or there is a valid
    one: what was not revoked is replaced by `reissue`.
    """
    # one learner in one course is one queue: who completes it now gets one by themselves
    seats = Enrollment.objects.select_for_update(of=("self",))
    seats.get(pk=certificate.completion.seat_id)
    certificate = Certificate.objects.select_related("completion").get(pk=certificate.pk)
    _may_be_replaced(certificate)
    certificate.replaced_by = issue(_completion_of(certificate))
    certificate.save(update_fields=["replaced_by"])
    return certificate.replaced_by


def _may_be_replaced(certificate: Certificate) -> None:
    completion = certificate.completion
    if completion.certificates.filter(revoked_at=None).exists():
        raise ValidationError(_("The learner has a valid certificate of this course."))
    if certificate.replaced_by_id:
        raise ValidationError(_("This certificate was replaced by another one."))
    if completion.completed_at is None:
        raise ValidationError(_("The learner has not completed the course as it is now."))


def with_replaceable(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Return them, each with `replaceable`: whether `issue_instead` would issue another one."""
    valid = Certificate.objects.filter(completion=OuterRef("completion"), revoked_at=None)
    revoked = Q(revoked_at__isnull=False, replaced_by=None)
    completed = Q(completion__completed_at__isnull=False)
    return certificates.annotate(replaceable=revoked & completed & ~Exists(valid))


def is_genuine(certificate: Certificate) -> bool:
    """Tell whether the stored fields are the ones that were signed."""
    for key in public_keys():
        try:
            return verify(key, certificate.signature) == certificate.fields
        except NotSigned:
            continue
    return False


def pdf(certificate: Certificate) -> bytes:
    """Return the certificate as a tagged PDF. The same certificate gives the same bytes."""
    fields, look = certificate.fields, certificate.look
    issued = parse_datetime(fields["issued_at"])
    return render(
        CertificateFields(
            learner=fields["name"],
            course=fields["course"],
            number=_grouped(certificate.number),
            issued_on=day_in(look.get("language", "en"), zone_of(certificate), issued),
            issued_at=issued,
            verify_url=verify_url(certificate),
        ),
        template_fields(fields["organization"], look, verify_url(certificate).partition("://")[2]),
        font_folder(),
    )


def zone_of(certificate: Certificate) -> str:
    """Return the time zone of its days: that of the school when it was issued.

    One of before that was kept has the zone of the school as it is now.
    """
    return certificate.look.get("time_zone") or certificate.organization.time_zone


def with_zones(certificates: Iterable[Certificate]) -> list[Certificate]:
    """Return them as pages show them: each with its `zone`."""
    shown = list(certificates)
    for certificate in shown:
        certificate.zone = zone_of(certificate)
    return shown


def verify_url(certificate: Certificate) -> str:
    return f"{site_of(certificate.organization_id)}/verify/{certificate.number}"


def new_number() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def _fields(completion: Completion, last: Certificate | None) -> dict[str, Any]:
    seat = completion.seat
    return {
        "name": seat.person.full_name,
        "course": seat.course.title,
        "organization": seat.organization.name,
    } | _achieved(completion, last)


def _achieved(completion: Completion, last: Certificate | None) -> dict[str, Any]:
    """Return the day and the grade; of a course that is reopened, those of the certificate.

    There is no grade while something graded waits for its mark: the total would be half the truth.
    """
    if completion.completed_at is None and last is not None:
        return {key: last.fields.get(key) for key in ("completed_on", "grade")}
    fraction = None if completion.waits else completion.fraction
    zone = ZoneInfo(completion.seat.organization.time_zone)
    return {
        "completed_on": completion.completed_at.astimezone(zone).date().isoformat(),
        "grade": None if fraction is None else f"{100 * fraction:.0f}%",
    }


def with_waits(completions: QuerySet[Completion]) -> QuerySet[Completion]:
    """Return them, each with `waits`: whether the newest work of something graded has no mark."""
    graded = GradeItem.objects.filter(activity=OuterRef("activity"), removed_at=None)
    works = Attempt.objects.filter(seat=OuterRef("seat"), state=Attempt.State.FINISHED)
    return completions.annotate(waits=Exists(newest(works.filter(Exists(graded)))))


def _completion_of(certificate: Certificate) -> Completion:
    """Return the completion with the total of now: marks may have changed since it came true."""
    known = with_waits(Completion.objects.annotate(total=F("seat__course_grade__fraction")))
    completion = known.get(pk=certificate.completion_id)
    completion.fraction = completion.total
    return completion


def _grouped(number: str) -> str:
    """Return the number in groups that people can read out."""
    return "-".join(number[at : at + 9] for at in range(0, len(number), 9))
