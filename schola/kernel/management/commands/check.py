"""`schola check`: the doctor. What is missing or wrong, in words, and what to do about it."""

import sys
from typing import Any

from django.core.management.commands import check

from schola.kernel.doctor import examinations


class Command(check.Command):
    help = "Say what is missing or wrong here, or in one part of it: schola check mail"

    def handle(self, *app_labels: str, **options: Any) -> None:
        known = [label for label in app_labels if label in examinations]
        rest = [label for label in app_labels if label not in examinations]
        only_django = rest or any(options[name] for name in ("deploy", "databases", "tags"))
        if only_django or not known:
            super().handle(*rest, **options)
        if only_django:
            return
        broken = False
        for name in known or list(examinations):
            found = list(examinations[name]())
            broken = broken or any(finding.broken for finding in found)
            self._tell(name, found)
        if broken:
            sys.exit(1)

    def _tell(self, name: str, found: list) -> None:
        if not found:
            self.stdout.write(f"  good     {name}")
        for finding in found:
            self.stdout.write(f"  {'BROKEN ' if finding.broken else 'note   '}  {finding.text}")
