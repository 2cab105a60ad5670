"""What staff type about certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schola.completion.appearance import MOST_SIGNATORIES
from schola.completion.models import CertificateTemplate

WORDS = ("title", "certifies", "finished")


class TemplateForm(forms.Form):
    """The words, the people who sign and the logo of certificates."""

    title = forms.CharField(
        label=_("Title"), max_length=80, required=False,
        help_text=_(
            "The title of the PDF file, which programs show in their tab or window. It is not "
            "printed. Left empty: “Certificate”."
        ),
    )  # fmt: skip
    certifies = forms.CharField(
        label=_("Words before the name"), max_length=160, required=False,
        help_text=_("Left empty: “This certifies that”."),
    )  # fmt: skip
    finished = forms.CharField(
        label=_("Words before the course"), max_length=160, required=False,
        help_text=_("Left empty: “has finished”."),
    )  # fmt: skip
    logo = forms.FileField(
        label=_("Logo"), required=False,
        help_text=_("PNG, JPEG, WebP or GIF, three times as wide as high."),
    )  # fmt: skip
    no_logo = forms.BooleanField(label=_("Without a logo of its own"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in range(1, MOST_SIGNATORIES + 1):
            words = {"n": n}
            self.fields[f"name_{n}"] = forms.CharField(
                label=_("Name of signatory %(n)s") % words, max_length=120, required=False
            )
            self.fields[f"role_{n}"] = forms.CharField(
                label=_("Role of signatory %(n)s") % words, max_length=120, required=False
            )

    @staticmethod
    def values(template: CertificateTemplate) -> dict[str, Any]:
        """Return what the form shows of a template."""
        signed = {
            f"{part}_{n}": who[part]
            for n, who in enumerate(template.signatories, 1)
            for part in ("name", "role")
        }
        return {**template.words, **signed, "revision": template.revision}

    def changes(self) -> dict[str, Any]:
        """Return words and signatories, as the template keeps them."""
        said = self.cleaned_data
        people = [
            {"name": said[f"name_{n}"], "role": said[f"role_{n}"]}
            for n in range(1, MOST_SIGNATORIES + 1)
        ]
        return {
            "words": {key: said[key] for key in WORDS if said[key]},
            "signatories": [who for who in people if who["name"]],
        }
