"""`schola messages`: find every word of the interface and bring the catalogues up to date."""

from typing import Any

from django.core.management.base import BaseCommand

from schola.kernel import messages


class Command(BaseCommand):
    help = "Bring locale/django.pot and the catalogues up to date with the sources, and compile."

    def handle(self, *args: Any, **options: Any) -> None:
        messages.bring_up_to_date()
        messages.compile_all()
        for path in messages.catalogues():
            catalog = messages.read_catalogue(path)
            done = sum(bool(each.string and any(each.string)) for each in catalog if each.id)
            self.stdout.write(f"{path.parts[-3]}: {done} of {len(catalog)}")
