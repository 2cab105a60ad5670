"""`schola assets`: build what the browser gets, unless nothing has changed."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from schola.kernel import assets, messages


class Command(BaseCommand):
    help = "Build styles, libraries and hashed names into static_built; compile the translations."

    def handle(self, *args: Any, **options: Any) -> None:
        if assets.is_fresh():
            return
        assets.take_libraries()
        (assets.VENDOR / "app.css").write_text(assets.style_sheet(), encoding="utf-8")
        messages.compile_all()
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        assets.STAMP.write_text(assets.digest_of_sources())
        self.stdout.write("Assets are built.")
