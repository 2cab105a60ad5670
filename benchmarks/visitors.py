"""Sessions of people of the PERF school, and the requests that their browsers would send."""

import secrets
from datetime import timedelta

from django.utils import timezone

from benchmarks import perf_school
from schola.courses.models import Activity
from schola.enrollment.models import Enrollment
from schola.people.actions import add_person, give_role
from schola.people.models import Person, Session, User
from schola.people.sessions import COOKIE, digest
from schola.records.actions import begin

CSRF = "c" * 32
LEARNERS = 40


def session(person: Person) -> str:
    """Sign the person in; return the cookies, with the one that the sign-in form has set."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    Session.objects.create(
        digest=digest(token), user=person.user, person=person, stamp=person.user.stamp,
        created_at=now, seen_at=now, expires_at=now + timedelta(days=1),
    )  # fmt: skip
    return f"{COOKIE}={token}; csrf={CSRF}"


def administrator() -> str:
    """Make an administrator; return their cookies."""
    user = User.objects.create(email="otto@example.org", password="!")
    person = add_person(user.email, "Otto Brandt", invited=False, user=user)
    give_role(person, "administrator")
    return session(Person.objects.get(pk=person.pk))


def requests_of_learners() -> dict[str, list[dict]]:
    """Return what 40 learners ask for, by page; each has begun the first quiz."""
    seats = Enrollment.objects.select_related("person__user", "course").order_by("pk")[:LEARNERS]
    cookies = [session(seat.person) for seat in seats]
    course = f"/courses/{seats[0].course.slug}"
    keys = Activity.objects.filter(kind="page").order_by("pk").values_list("key", flat=True)[:10]
    quiz = Activity.objects.filter(kind="quiz").order_by("pk").first()
    for seat in seats:
        begin(seat.pk, quiz.pk)
    answer = f"{course}/{quiz.key}/attempt/1/answers/1"
    words = f"email={seats[0].person.email}&password={perf_school.PASSWORD.replace(' ', '+')}"
    return {
        "sign-in page": [get("/signin")],
        "home": [get("/", each) for each in cookies],
        "course, 100 activities": [get(course, each) for each in cookies],
        "lesson, recorded": [get(f"{course}/{key}", each) for key in keys for each in cookies],
        "answer saved": [post(answer, "rev={n}&q1=", each) for each in cookies],
        "sign-in, the POST alone": [post("/signin", words, expect=302)],
    }


def get(path: str, cookie: str = "") -> dict:
    return {"method": "GET", "path": path, "cookie": cookie}


def post(path: str, body: str, cookie: str = "", expect: int = 200) -> dict:
    """Return a form that is sent. {n} in the body is a number that grows."""
    return {"method": "POST", "path": path, "cookie": cookie or f"csrf={CSRF}", "csrf": CSRF,
            "body": body, "expect": expect}  # fmt: skip
