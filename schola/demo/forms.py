"""What is typed when the demo school is taken away."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schola.demo.school import MAIL_DOMAIN
from schola.people.forms import AdministratorForm


class SuccessorForm(AdministratorForm):
    """Who becomes the administrator in place of somebody of the demo school."""

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if email.endswith(MAIL_DOMAIN):
            raise ValidationError(
                _("Addresses that end in %(domain)s belong to the demo school and go with it. "
                  "Write an address of your own."),
                params={"domain": MAIL_DOMAIN},
            )  # fmt: skip
        return email
