"""Notices: what people are told, once per thing, on the bell and by mail, as they choose."""

from django.db import models

from schola.kernel.naming import names_no_files
from schola.kernel.pii import not_personal, personal
from schola.kernel.tenants import Owned
from schola.people.models import Person


@personal(data="message")
@not_personal("kind", "key", "url")
@names_no_files("key", "data", "url")
class Notice(Owned):
    """One thing that one person is told. Telling it again renews the row, it makes no second.

    key      what it is about, such as "certificate-17"; one row per person, kind and key
    hold_until  until then it may be taken back, and no mail goes out
    act, told_by  the act that told it, and whose it was: they may take it back; None: nobody may
    mailed_at   when it was told for good: its mail was claimed, or its time came and none is wanted
    bell, mail  the ways that the person had chosen when it was told
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
    act = models.UUIDField(null=True)
    told_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    bell = models.BooleanField(default=True)
    mail = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "key"], name="told_once"),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=models.Q(read_at=None), name="notices_unread"
            ),
            models.Index(fields=["act"], condition=~models.Q(act=None), name="notices_of_an_act"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


@not_personal("kind")
class NoticeChoice(Owned):
    """By which ways one person hears of one kind of notice. Without a row: by both."""

    scope_paths = {"person": "person_id"}
    view_capability = "profile.edit"

    person = models.ForeignKey(Person, models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=40)
    bell = models.BooleanField()
    mail = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="one_choice_per_kind"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"
