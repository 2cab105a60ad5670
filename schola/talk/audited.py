"""What is done to notices is called."""

from django.utils.translation import gettext_lazy as _

from schola.kernel.audit.words import name_acts

name_acts({"notices.taken-back": _("notices taken back")})
