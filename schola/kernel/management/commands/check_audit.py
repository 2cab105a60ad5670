"""`schola check_audit`: prove that nothing in the audit trail was changed or left out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schola.kernel.audit import verify
from schola.kernel.models import AuditHead, Organization
from schola.kernel.tenants import acting_in


class Command(BaseCommand):
    help = "Verify the audit trail of every organization. Ends with 1 if something is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for organization in Organization.objects.order_by("pk"):
            found = verify(organization)
            with acting_in(organization.pk):
                head = AuditHead.objects.first()
            length, seal = (head.seq, head.hash) if head else (0, "-")
            self.stdout.write(f"{organization}: {length} entries, last {seal}")
            for line in found:
                self.stdout.write(f"  {line}")
            faults += len(found)
        if faults:
            raise CommandError(f"{faults} faults in the audit trail.")
