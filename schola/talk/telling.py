"""Telling people what happened to them in courses."""

from schola.completion.events import CertificateIssued, CertificateRevoked
from schola.courses.events import CoursePublished
from schola.courses.models import Activity, Course
from schola.enrollment.events import Enrolled
from schola.enrollment.models import Enrollment
from schola.kernel import clock
from schola.records.events import AnotherAllowed, AttemptMarked
from schola.talk.actions import tell
from schola.talk.models import Notice


def tell_enrolled(event: Enrolled) -> None:
    """Tell learners that they are in a course."""
    course = Course.objects.get(pk=event.course_id)
    if event.role == "learner" and course.published_at:
        url, key = f"/courses/{course.slug}", f"course-{course.pk}"
        tell(event.person_ids, "enrolled", key, url, {"course": course.title})


def tell_opened(event: CoursePublished) -> None:
    """Tell learners that they are in a course, if they were put in while it was hidden."""
    course = Course.objects.get(pk=event.course_id)
    url, key = f"/courses/{course.slug}", f"course-{course.pk}"
    told = Notice.objects.filter(kind="enrolled", key=key).values("person")
    seats = Enrollment.objects.active().learners().filter(course=course).exclude(person__in=told)
    tell(seats.values_list("person_id", flat=True), "enrolled", key, url, {"course": course.title})


def tell_marked(event: AttemptMarked, _standing: object = None) -> None:
    """Tell a learner that a person has marked their work."""
    activity = Activity.objects.select_related("course").get(pk=event.activity_id)
    seat = Enrollment.objects.get(pk=event.seat_id)
    data = {"title": activity.title, "points": event.points, "most": event.most}
    url = f"/courses/{activity.course.slug}/{activity.key}"
    tell([seat.person_id], "marked", f"attempt-{event.attempt_id}", url, data)


def tell_another(event: AnotherAllowed, _standing: object = None) -> None:
    """Tell a learner that they may hand in once more."""
    activity = Activity.objects.select_related("course").get(pk=event.activity_id)
    seat = Enrollment.objects.get(pk=event.seat_id)
    url = f"/courses/{activity.course.slug}/{activity.key}"
    key = f"attempt-{event.attempt_id}"
    tell([seat.person_id], "again", key, url, {"title": activity.title})


def tell_certified(event: CertificateIssued, _standing: object = None) -> None:
    """Tell a learner that a certificate is theirs."""
    course = Course.objects.get(pk=event.course_id)
    key = f"certificate-{event.certificate_id}"
    tell([event.person_id], "certificate", key, "/me/certificates", {"course": course.title})


def tell_revoked(event: CertificateRevoked) -> None:
    """Tell a learner that a certificate of theirs is revoked, if they may have heard of it.

    Of one that is replaced they are told by the new one.
    """
    key = f"certificate-{event.certificate_id}"
    told = Notice.objects.filter(person=event.person_id, kind="certificate", key=key)
    held = told.filter(read_at=None, mailed_at=None, hold_until__gt=clock.now())
    if event.replaced or held.exists():
        return
    course = Course.objects.get(pk=event.course_id)
    tell([event.person_id], "revoked", key, "/me/certificates", {"course": course.title})
