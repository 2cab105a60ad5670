"""The sign-in: a mail address and a secret. Whom a school knows is the Person."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from schola.kernel.pii import personal


class UserManager(BaseUserManager):
    def with_email(self, email: str) -> "User | None":
        return self.filter(email=email.strip().lower()).first()

    def create_user(self, email: str, password: str | None = None) -> "User":
        user = self.model(email=email.strip().lower())
        user.set_password(password)
        user.save(using=self._db)
        return user


@personal(email="contact", password="secret")
class User(AbstractBaseUser):
    """A sign-in. One user may be a person in several organizations.

    `stamp` rises when the secret changes; sessions that were opened under an older one are over.
    """

    email = models.EmailField(unique=True)
    stamp = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_is_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def set_password(self, raw_password: Any) -> None:
        super().set_password(raw_password)
        self.stamp = (self.stamp or 0) + 1
