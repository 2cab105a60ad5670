"""The demo school: made through the same actions as any other, and taken away again."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schola.completion.fonts import font_folder
from schola.demo.building import build_courses
from schola.demo.content.life import DAYS
from schola.demo.content.people import PEOPLE
from schola.demo.media import make_media
from schola.demo.removing import uproot_demo
from schola.demo.replay import replay
from schola.demo.school import MAIL_DOMAIN, NAME, PASSWORD, make_people
from schola.kernel import clock
from schola.kernel.jobs import job
from schola.kernel.models import Organization
from schola.kernel.tenants import acting_in
from schola.people.actions.schools import make_administrator
from schola.people.models import Person
from schola.people.rights import make_built_in_roles

ACCOUNTS = "demo-accounts.txt"  # in the data folder; `schola prepare` prints it


def load_demo() -> float | None:
    """Make the demo school with its six weeks of life: all of it or nothing.

    It becomes part of the organization that has no host of its own, which is made if there is
    none. Returns the seconds it took, or None if the school is there already.
    """
    started, first = time.monotonic(), first_day()
    if demo_is_there():
        return None
    with TemporaryDirectory() as folder:
        make_media(Path(folder), font_folder())
        with transaction.atomic():
            organization = _organization()
            with acting_in(organization.pk):
                with clock.at(first):
                    make_built_in_roles()
                    make_people()
                    pieces = build_courses(Path(folder), first)
                replay(pieces, first)
    _tell_accounts()
    return time.monotonic() - started


def remove_demo() -> bool:
    """Take the demo school away; return whether there was one."""
    if not demo_is_there():
        return False
    with acting_in(_organization().pk):
        uproot_demo()
    accounts = Path(settings.DATA) / ACCOUNTS
    transaction.on_commit(lambda: accounts.unlink(missing_ok=True), robust=True)
    return True


@transaction.atomic
def hand_over(name: str, email: str, password: str, *, by: Person) -> Person:
    """Make an administrator of one's own and take the demo school away: both or nothing.

    by  the one of the demo school who asks, and goes with it

    Raises ValidationError and PermissionDenied as `make_administrator`, and ValidationError if the
    demo school went meanwhile.
    """
    person = make_administrator(name, email, password, by=by)
    if not remove_demo():
        raise ValidationError(_("The demo school has just been taken away. Reload the page."))
    return person


@job(label=gettext_lazy("Demo school removed"))
def remove_in_background() -> None:
    """Take the demo school away, as Settings asks. Safe to repeat."""
    remove_demo()


def demo_is_there() -> bool:
    organization = _first_without_host()
    if organization is None:
        return False
    with acting_in(organization.pk):
        return Person.objects.filter(email__endswith=MAIL_DOMAIN).exists()


def demo_is_in(organization: Organization) -> bool:
    """Tell whether the demo school is part of this organization."""
    return organization == _first_without_host() and demo_is_there()


def _first_without_host() -> Organization | None:
    return Organization.objects.filter(host=None).order_by("pk").first()


def first_day() -> datetime:
    """Return the midnight with which the six weeks begin; they end with the last one."""
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=DAYS)


def _organization() -> Organization:
    return _first_without_host() or Organization.objects.create(name=NAME)


def _tell_accounts() -> None:
    lines = [f"The demo school, password of all: {PASSWORD}"]
    shown = [person for person in PEOPLE if person.key in ("omar", "lena", "priya", "nora", "yuki")]
    lines += [f"  {person.mail:<28} {person.role.replace('_', ' ')}" for person in shown]
    (Path(settings.DATA) / ACCOUNTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
