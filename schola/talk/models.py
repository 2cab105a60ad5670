"""Notices: what people are told, once per thing, on the bell and by mail."""

from django.db import models

from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned
from schola.people.models import Person


@personal(data="message")
@not_personal("kind", "key", "url")
class Notice(Owned):
    """One thing that one person is told. Telling it again renews the row, it makes no second.

    key      what it is about, such as "certificate-17"; one row per person, kind and key
    hold_until  until then it may be taken back, and no mail goes out
    """

    scope_paths = {"person": "person_id"}
    view_capability = "profile.edit"

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    data = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    at = models.DateTimeField()
    hold_until = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "key"], name="told_once"),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=models.Q(read_at=None), name="notices_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"
