"""`schola rebuild`: derive progress, grades and completion from what learners did."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schola.completion.rebuilding import rebuild
from schola.courses.models import Course
from schola.kernel.models import Organization
from schola.kernel.tenants import acting_in

TELL_EVERY = 100


class Command(BaseCommand):
    help = (
        "Derive progress, grades and completion anew, and let the activities be found anew. "
        "Safe to repeat, and while the site runs."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("course", nargs="?", help="the course's word in its address; else all")
        parser.add_argument("--organization", type=int, help="its number; else all")

    def handle(self, *args: Any, **options: Any) -> None:
        organizations = Organization.objects.order_by("pk")
        if options["organization"]:
            organizations = organizations.filter(pk=options["organization"])
        done = [self._rebuild(each, options["course"]) for each in organizations]
        if all(number is None for number in done):
            raise CommandError("There is no such course or organization. Look at its address.")

    def _rebuild(self, organization: Organization, slug: str | None) -> int | None:
        """Return how many seats were rebuilt; None if the organization has no such course."""
        with acting_in(organization.pk):
            course = Course.objects.filter(slug=slug).first() if slug else None
            if slug and course is None:
                return None
            number = rebuild(course, self._tell)
        self.stdout.write(f"{organization.name}: {number} seats")
        return number

    def _tell(self, done: int, total: int) -> None:
        if done % TELL_EVERY == 0:
            self.stdout.write(f"  {done} of {total}")
