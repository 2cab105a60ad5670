"""A film that waits to be made ready: python -m tests.e2e.film <host> send <course> <item> | make

`send` lets an activity of the school show a film for which no job is there; `make` gives it one.
The north has no host of its own: "".
"""

import sys
from io import BytesIO

import django

django.setup()

from schola.activities.video.actions import set_film  # noqa: E402
from schola.activities.video.models import Film  # noqa: E402
from schola.activities.video.tests.filming import film  # noqa: E402
from schola.activities.video.transcoding import make_ready  # noqa: E402
from schola.courses.actions import publish_activity  # noqa: E402
from schola.courses.models import Activity  # noqa: E402
from schola.kernel.files import store  # noqa: E402
from schola.kernel.models import Organization  # noqa: E402
from schola.kernel.tenants import acting_in  # noqa: E402


def send(course: str, item: str) -> None:
    file = store(BytesIO(film(1280, 720, 8)), "waiting.mp4", "video")
    Film.objects.create(file=file)
    activities = Activity.objects.select_related("course", "draft")
    activity = activities.get(course__slug=course, key=item)
    set_film(activity, file)
    publish_activity(activity)


def make() -> None:
    for waiting in Film.objects.filter(state=Film.State.WAITING):
        make_ready.enqueue(film_id=waiting.pk)


if __name__ == "__main__":
    host, act, *words = sys.argv[1:]
    with acting_in(Organization.objects.get(host=host or None).pk):
        {"send": send, "make": make}[act](*words)
