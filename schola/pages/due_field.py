"""A date by which something is due, as a field of a form."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

YEARS = range(2000, 2200)  # what lies outside was mistyped


class DueField(forms.DateTimeField):
    """A moment in the time zone of the reader, or none."""

    def __init__(self, **options: Any) -> None:
        attrs = {"type": "datetime-local", "max": "2199-12-31T23:59"}  # four digits of a year
        widget = forms.DateTimeInput(attrs=attrs, format="%Y-%m-%dT%H:%M")
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value: Any) -> datetime | None:
        due_at = super().clean(value)
        if due_at and due_at.year not in YEARS:
            raise ValidationError(_("Write a date between the years 2000 and 2199."))
        return due_at
