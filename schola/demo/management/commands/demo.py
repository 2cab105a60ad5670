"""`schola demo`: the demo school, with people, courses and six weeks of life."""

from typing import Any

from django.core.management.base import BaseCommand

from schola.demo.actions import load_demo, remove_demo


class Command(BaseCommand):
    help = "Make the demo school, unless it is there. --remove takes it away."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--remove", action="store_true", help="take the demo school away")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["remove"]:
            gone = remove_demo()
            self.stdout.write("The demo school is gone." if gone else "There is no demo school.")
            return
        seconds = load_demo()
        if seconds is None:
            self.stdout.write("The demo school is there already.")
        else:
            self.stdout.write(f"The demo school is made ({seconds:.0f} s).")
