"""Let everybody in the first school speak a language: python -m tests.e2e.speaking en-xa"""

import sys

import django

django.setup()

from schola.kernel.models import Organization  # noqa: E402
from schola.kernel.tenants import acting_in  # noqa: E402
from schola.people.models import Person  # noqa: E402

if __name__ == "__main__":
    with acting_in(Organization.objects.order_by("pk").first().pk):
        Person.objects.update(language=sys.argv[1])
