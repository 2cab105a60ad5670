from pathlib import Path

import pytest

QUESTIONS = Path(__file__).parents[1]


@pytest.fixture
def _templates(settings):
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [QUESTIONS / "templates", *QUESTIONS.glob("types/*/templates")],
        }
    ]
