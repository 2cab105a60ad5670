"""Capabilities in the order in which people look for them: by what they are about."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schola.kernel.permissions import OWN, Capability, capabilities

AREAS: list[tuple[Promise, tuple[str, ...]]] = [
    (_("Courses"), ("course", "activity")),
    (_("Grades"), ("grade",)),
    (_("Certificates"), ("certificates",)),
    (_("People and groups"), ("people", "groups", "roles", "profile")),
    (_("School"), ("school", "jobs")),
]
OTHER = _("More")
Area = tuple[Promise, list[Capability]]


def areas(names: Collection[str] | None = None) -> list[Area]:
    """Return the capabilities that a role can hold, or those of the names, area by area.

    What is about something that no area names, such as a plugin's, stands in the last one.
    """
    nouns = {noun for _label, nouns in AREAS for noun in nouns}
    shown = [each for each in capabilities.values() if _is_for_roles(each)]
    shown = [each for each in shown if names is None or each.name in names]
    found = [
        (label, [each for each in shown if _noun(each) in about]) for label, about in AREAS
    ] + [(OTHER, [each for each in shown if _noun(each) not in nouns])]
    return [(label, held) for label, held in found if held]


def _is_for_roles(capability: Capability) -> bool:
    """Tell whether it is more than what everybody holds on what is their own."""
    return capability.given_to != {OWN}


def _noun(capability: Capability) -> str:
    return capability.name.partition(".")[0]
