"""Time zones to choose from, region by region."""

import json
import zoneinfo
from functools import cache

from babel.core import get_global
from django.utils.translation import gettext_lazy as _

REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
Choices = list[tuple[str, object]]


@cache
def zone_choices() -> Choices:
    """Return the zones as choices of a form: UTC, then one group for each region.

    Of a zone with several names the one of today, as CLDR has it: Kolkata, not Calcutta.
    """
    former = get_global("zone_aliases")
    by_region: dict[str, list[tuple[str, str]]] = {region: [] for region in REGIONS}
    for name in sorted(zoneinfo.available_timezones()):
        region, _slash, place = name.partition("/")
        if region in by_region and name not in former:
            by_region[region].append((name, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *by_region.items()]


def former_names() -> str:
    """Return the former names of zones as JSON, {"Asia/Calcutta": "Asia/Kolkata", …}.

    Some browsers still tell their zone by such a name.
    """
    return json.dumps(get_global("zone_aliases"))


def name_today(zone: str) -> str:
    """Return by which name a zone is offered, which may be kept by one that it had before."""
    return get_global("zone_aliases").get(zone, zone)


def own_zone_choices() -> Choices:
    """Return the zones for a person, who may also keep to the one of the school."""
    return [("", _("As the school")), *zone_choices()]
