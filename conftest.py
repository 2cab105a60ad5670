"""Fixtures every test may use. The cast: Ada learns, Tove teaches, Otto runs the school."""

import pytest

from schola.kernel.models import Organization
from schola.kernel.tenants import acting_in


@pytest.fixture
def school(db):
    organization = Organization.objects.create(name="School")
    with acting_in(organization.pk):
        yield organization
