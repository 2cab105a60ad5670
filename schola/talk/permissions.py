"""How many notices hang on the bell: asked with each page, for people who have signed in."""

from django.http import HttpRequest

from schola.kernel.frame import bells
from schola.talk.models import Notice


def unread(request: HttpRequest) -> int:
    """Return how many notices a person has not read. One query over an index of unread ones."""
    return Notice.objects.filter(person=request.person, read_at=None).count()


bells.append(unread)
