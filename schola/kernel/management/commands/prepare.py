"""`schola prepare`: what has to be there before the site is served. Does nothing twice."""

from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from schola.kernel.models import Organization

ACCOUNTS = "demo-accounts.txt"  # in the data folder; written by whoever makes the demo school


class Command(BaseCommand):
    help = "Build the assets, bring the tables up to date, load the demo school once."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--empty", action="store_true", help="without the demo school")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("assets", stdout=self.stdout)
        if _tables_are_old():
            self.stdout.write("Bringing the tables up to date ...")
            call_command("migrate", interactive=False, verbosity=0)
        if not options["empty"] and not Organization.objects.exists() and "demo" in get_commands():
            self.stdout.write("Making the demo school ...")
            call_command("demo", stdout=self.stdout)
        self._greet()

    def _greet(self) -> None:
        self.stdout.write(f"Schola is at {settings.SITE_URL}  (Ctrl-C stops it)")
        accounts = settings.DATA / ACCOUNTS
        if not Organization.objects.exists():
            self.stdout.write("It is empty. Open the address to set it up.")
        elif accounts.is_file():
            self.stdout.write(accounts.read_text(encoding="utf-8").rstrip())


def _tables_are_old() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
