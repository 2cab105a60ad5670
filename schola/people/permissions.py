from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from schola.kernel.destinations import destination
from schola.kernel.permissions import OWN, declare, grant_sources, set_role_source
from schola.people.rights import from_grants, roles_of

declare("people.view", _("See people"), given_to=("manager", "auditor", "administrator", OWN))
declare(
    "people.list", _("See the list of people"), given_to=("manager", "auditor", "administrator")
)
declare(
    "people.access",
    _("See how people sign in and what staff did to them"),
    given_to=("auditor", "administrator"),
)
declare("people.edit", _("Add, change and suspend people"), given_to=("administrator",))
declare("people.import", _("Import people from a file"), given_to=("administrator",))
declare("roles.edit", _("Give and take roles"), given_to=("administrator",))
declare("roles.define", _("Change what roles may do"), given_to=("administrator",))
declare("groups.view", _("See groups"), given_to=("manager", "auditor", "administrator"))
declare("groups.edit", _("Change groups and who is in them"), given_to=("manager", "administrator"))
declare("profile.edit", _("Change one's own profile and sessions"), given_to=(OWN,))
declare(
    "school.edit", _("Change the school's name, look and settings"), given_to=("administrator",)
)
declare(
    "audit.view",
    _("See what staff did, in the audit trail"),
    given_to=("auditor", "administrator"),
)
declare("jobs.view", _("See background jobs and repeat failed ones"), given_to=("administrator",))

grant_sources.append(from_grants)
set_role_source(roles_of)

destination(gettext_lazy("Profile and settings"), "/me", icon="person")
destination(gettext_lazy("Add a person"), "/people/new", "people.edit", icon="plus", whole=True)
destination(
    gettext_lazy("Import people"), "/people/import", "people.import", icon="upload", whole=True
)
destination(gettext_lazy("Groups"), "/groups", "groups.view", icon="people")
destination(gettext_lazy("Roles"), "/settings/roles", "roles.define", icon="gear", whole=True)
destination(gettext_lazy("Jobs"), "/settings/jobs", "jobs.view", icon="gear", whole=True)
destination(gettext_lazy("Audit"), "/settings/audit", "audit.view", icon="list", whole=True)
