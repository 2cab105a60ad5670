from django.utils.translation import gettext_lazy as _

from schola.kernel.destinations import destination

destination(_("Demo school"), "/settings/demo", "school.edit", icon="school", whole=True)
