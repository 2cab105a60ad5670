"""Completed courses and the certificates that say so."""

from typing import Any

from django.db import models

from schola.courses.models import Course
from schola.enrollment.models import Enrollment
from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned


class Completion(Owned):
    """A learner has met every condition of the course. Reopened when that is no longer true."""

    scope_paths = {"course": "seat__course_id", "person": "seat__person_id"}
    view_capability = "course.people"

    seat = models.OneToOneField(Enrollment, models.PROTECT, related_name="completion")
    completed_at = models.DateTimeField(null=True)
    fraction = models.DecimalField(max_digits=9, decimal_places=8, null=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


@personal(signatories="name")
@not_personal("logo", "words")
class CertificateTemplate(Owned):
    """How certificates look and what they say. Without a course: the organization's own.

    logo   digest of a picture in the file store, or empty
    words  "title", "certifies" (before the name) and "finished" (before the course)
    signatories  [{"name": …, "role": …}, …], at most three
    """

    scope_paths = {"course": "course_id"}
    view_capability = "certificates.edit"

    course = models.OneToOneField(Course, models.CASCADE, null=True, related_name="template")
    logo = models.CharField(max_length=64, default="", blank=True)
    words = models.JSONField(default=dict)
    signatories = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(course=None),
                name="one_template_of_the_organization",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


@personal(fields="name", number="identifier", signature="identifier", reason="opinion")
@not_personal("look")
class Certificate(Owned):
    """A certificate as it was issued: its fields never change; it may be revoked or replaced.

    number     128 random bits in 27 letters: the address of its public page
    fields     name, course, organization, completed_on, issued_on, grade, hours
    signature  the fields signed with Ed25519, as a token
    """

    scope_paths = {"course": "completion__seat__course_id", "person": "completion__seat__person_id"}
    view_capability = "certificates.view"

    completion = models.ForeignKey(Completion, models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=27, unique=True)
    fields = models.JSONField()
    look = models.JSONField(default=dict)
    signature = models.TextField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, default="", blank=True)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaces")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["completion"],
                condition=models.Q(revoked_at=None),
                name="one_valid_certificate",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"

    @classmethod
    def from_url(cls, kwargs: dict[str, Any]) -> "Certificate":
        return cls.objects.select_related("completion__seat__course").get(
            number=kwargs.pop("number")
        )


@not_personal("public")
class SigningKey(Owned):
    """A public key that certificates were signed with. The private one is never stored."""

    scope_paths = {}
    view_capability = "certificates.edit"

    public = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "public"], name="one_row_per_key"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
