"""What is done with the demo school is called."""

from django.utils.translation import gettext_lazy as _

from schola.kernel.audit.words import name_acts

name_acts({"demo.removed": _("demo school taken away")})
