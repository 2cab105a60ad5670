"""What people type about themselves and others."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schola.kernel.permissions import capabilities
from schola.people.models import Role
from schola.people.zones import own_zone_choices

LAST_SECOND = time(23, 59, 59)


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ResetForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class AcceptForm(forms.Form):
    full_name = forms.CharField(
        label=_("Your name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=500,
        help_text=_("At least 10 characters. A few words in a row are easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class AdministratorForm(forms.Form):
    """Who becomes an administrator here and now, with a password and no invitation."""

    full_name = forms.CharField(
        label=_("Your name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=500,
        help_text=_("At least 10 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        validate_password(password)
        return password


class PersonForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), required=False)
    full_name = forms.CharField(label=_("Full name"), max_length=160, required=False)
    number = forms.CharField(label=_("Number"), max_length=60, required=False)


class ProfileForm(forms.Form):
    full_name = forms.CharField(label=_("Full name"), max_length=160)
    called = forms.CharField(label=_("What to call you"), max_length=80, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False, choices=own_zone_choices)
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        required=False,
        choices=[("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class GroupForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)


class RenameForm(GroupForm):
    revision = forms.IntegerField(widget=forms.HiddenInput)


DAYS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class LastDayForm(forms.Form):
    """How long somebody holds a role: for ever, or to the end of a day where they are."""

    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=DAYS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "max": "2199-12-31"}),
    )

    def ends_at(self) -> datetime | None:
        """Return the last second of the day. Raises ValidationError if it is no day."""
        if not self.is_valid():
            raise ValidationError(_("Write the last day as a date, or leave it empty."))
        day = self.cleaned_data["last_day"]
        return day and timezone.make_aware(datetime.combine(day, LAST_SECOND))


class NewRoleForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    original = forms.ChoiceField(label=_("Copy what this role may do"))

    def __init__(self, *args: Any, roles: Iterable[Role] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["original"].choices = [(role.key, role.label) for role in roles]


class RoleForm(forms.Form):
    """What a role is called and may do. The name of a built-in role is not asked for."""

    name = forms.CharField(label=_("Name"), max_length=80)
    capability = forms.MultipleChoiceField(label=_("What the role may do"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, role: Role, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["capability"].choices = [(name, name) for name in capabilities]
        if role.built_in:
            del self.fields["name"]
