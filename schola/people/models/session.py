"""Signed-in browsers, one-use links, and tries that failed."""

from django.db import models

from schola.kernel.naming import names_no_files
from schola.kernel.pii import personal
from schola.kernel.tenants import Owned
from schola.people.devices import device_of
from schola.people.models.person import Person
from schola.people.models.user import User


@personal(digest="secret", browser="device")
@names_no_files("digest", "browser")
class Session(Owned):
    """A browser in which a person has signed in. The cookie's token is kept only as its digest.

    stamp  the user's stamp at sign-in; a newer one ends the session
    """

    scope_paths = {"person": "person_id"}
    view_capability = "profile.edit"

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    person = models.ForeignKey(Person, models.CASCADE, related_name="sessions")
    stamp = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, default="", blank=True)

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def device(self) -> str:
        return device_of(self.browser)


@personal(digest="secret")
class SignInToken(Owned):
    """A link that signs somebody in once: an invitation, or a new password. Kept as its digest."""

    class Kind(models.TextChoices):
        INVITATION = "invitation"
        RESET = "reset"

    scope_paths = {"person": "person_id"}
    view_capability = "people.view"

    kind = models.CharField(max_length=12, choices=Kind)
    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


@personal(account="identifier")
class SignInFailure(models.Model):
    """A try that failed, by the digest of the account's name, whether it exists or not.

    Other guesses that are counted have a name of their own: see actions.guessing.

    Belongs to no organization: the limits count over all doors of the installation.
    """

    account = models.CharField(max_length=64)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "at"], name="failures_of_an_account"),
            models.Index(fields=["at"], name="failures_by_time"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
