"""Work that a learner has handed in: words and a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schola.records.models import Attempt

PDF = b"%PDF-1.4\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF"


@pytest.fixture
def work(add):
    return add("assignment", points=20)


@pytest.fixture
def handed_in(signed_in, seat, work):
    file = SimpleUploadedFile("essay.pdf", PDF, "application/pdf")
    signed_in(seat.person).post(
        f"/courses/algebra/{work.key}/hand-in", {"text": "My work.", "files": [file]}
    )
    return Attempt.objects.get()
