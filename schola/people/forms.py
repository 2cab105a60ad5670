"""What people type about themselves and others."""

from django import forms
from django.utils.translation import gettext_lazy as _

from schola.people.zones import own_zone_choices


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
