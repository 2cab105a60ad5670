"""The address by which people join a course themselves: to be sent, or shown as a QR code."""

from dataclasses import dataclass
from functools import lru_cache

from schola.courses.models import Course
from schola.kernel.hosts import site_of


@dataclass(frozen=True)
class JoinLink:
    """url: the whole address. picture: the same as a QR code, an address of data."""

    url: str
    picture: str


def join_link(course: Course) -> JoinLink | None:
    """Return where people join the course by themselves, or None if nobody may."""
    if course.self_enrollment == Course.SelfEnrollment.CLOSED:
        return None
    url = f"{site_of(course.organization_id)}/catalog/{course.slug}/join"
    return JoinLink(url, _qr_code(url))


@lru_cache(maxsize=256)
def _qr_code(url: str) -> str:
    import segno  # only where a code is shown

    code = segno.make(url, micro=False, error="m")
    return code.svg_data_uri(omitsize=True, border=4, dark="#10282a", light="#ffffff")
