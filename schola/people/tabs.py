"""The pages of one person, as tabs: each reader gets those that they may open."""

from django.utils.translation import gettext as _

from schola.kernel.permissions import can, reach
from schola.people.models import Person

Tab = tuple[str, str, bool]


def people_url(reader: Person) -> str:
    """Return the address of the list of people, or "" for whoever may not read it. No query."""
    return "/people" if reach(reader, "people.list") else ""


def person_tabs(reader: Person, who: Person, here: str) -> list[Tab]:
    """Return (address, name, whether it is this page). here: the last word of the address."""
    base = f"/people/{who.pk}"
    tabs = [("", base, _("Overview"))] if can(reader, "people.view", who) else []
    tabs.append(("learning", f"{base}/learning", _("Learning")))
    if can(reader, "people.access", who):
        tabs += [("access", f"{base}/access", _("Access")), ("log", f"{base}/log", _("Log"))]
    return [(url, name, word == here) for word, url, name in tabs]
