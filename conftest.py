"""Fixtures every test may use. The cast: Ada learns, Tove teaches, Otto runs the school."""

import time
from threading import Thread

import hypothesis
import pytest
from django.db import connection

from schola.courses.actions import add_activity, create_course, publish_activity, publish_course
from schola.courses.activity_types import activity_types, published_config
from schola.courses.models import Activity
from schola.courses.structure import load_structure
from schola.enrollment.actions import enroll
from schola.grading.scheme import load_scheme
from schola.kernel import permissions, presence
from schola.kernel.hosts import forget_hosts
from schola.kernel.models import Organization
from schola.kernel.sql import fetch
from schola.kernel.tenants import acting_in
from schola.pages import needs, outline
from schola.people.actions import add_person, give_role
from schola.people.models import Person, User
from schola.people.rights import make_built_in_roles
from schola.people.sessions import COOKIE, open_session

PASSWORD = "correct horse battery"
# A test says what is right, not how fast: on a busy machine the same examples take longer.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Each test starts with a new database whose ids come again: forget what was kept by id."""
    keepers = (load_structure, load_scheme, published_config, outline.compiled, needs.compiled)
    for kept in keepers:
        kept.cache_clear()
    permissions._reaches.clear()
    permissions._roles.clear()
    forget_hosts()
    presence.forget()


@pytest.fixture
def school(db):
    organization = Organization.objects.create(name="School")
    with acting_in(organization.pk):
        make_built_in_roles()
        yield organization


@pytest.fixture
def person(school):
    """Make somebody who can sign in: person("Ada Lovelace", "administrator")."""

    def make(name, *roles):
        email = f"{name.split()[0].lower()}@example.org"
        user = User.objects.with_email(email) or User(email=email)
        user.password = "!"
        user.save()
        made = add_person(email, name, invited=False, user=user)
        for role in roles:
            give_role(made, role)
        return Person.objects.get(pk=made.pk)

    return make


@pytest.fixture
def ada(person):
    return person("Ada Lovelace")


@pytest.fixture
def otto(person):
    return person("Otto Brandt", "administrator")


@pytest.fixture
def course(school):
    return create_course("Algebra")


@pytest.fixture
def tove(person, course):
    """Tove teaches the course."""
    tove = person("Tove Jansson")
    enroll(tove, course, "instructor")
    return Person.objects.get(pk=tove.pk)


@pytest.fixture
def add(course):
    """Add a published activity to the course: add("quiz", points=10)."""

    def make(kind, publish=True, **fields):
        module = course.modules.order_by("position").first()
        config = fields.pop("config", activity_types[kind].example)
        activity = add_activity(module, kind, fields.pop("title", kind.title()), config, **fields)
        if publish:
            publish_activity(activity)
            publish_course(activity.course)
        course.refresh_from_db()
        return Activity.objects.select_related("course").get(pk=activity.pk)

    return make


@pytest.fixture
def seat(ada, course):
    return enroll(ada, course)


@pytest.fixture
def signed_in(client, rf, school):
    """Sign a person in and return their browser: signed_in(ada).get("/")."""

    def make(person, browser=None):
        browser = browser or type(client)(enforce_csrf_checks=False)
        browser.cookies[COOKIE] = open_session(rf.get("/"), person)
        return browser

    return make


@pytest.fixture
def office(signed_in, otto):
    """The browser of an administrator."""
    return signed_in(otto)


WAITING = """
SELECT 1 FROM pg_locks waits JOIN pg_locks holds USING (pid)
  JOIN pg_database ours ON ours.oid = holds.database AND ours.datname = current_database()
 WHERE NOT waits.granted
"""


@pytest.fixture
def beside(school):
    """Do something in another thread, on a connection of its own: beside(work) returns it."""

    def start(work):
        def run():
            try:
                with acting_in(school.pk):
                    work()
            finally:
                connection.close()

        thread = Thread(target=run)
        thread.start()
        return thread

    return start


@pytest.fixture
def until_somebody_waits():
    """Return when a connection waits for a lock: until_somebody_waits(). On PostgreSQL only."""

    def wait():
        until = time.monotonic() + 10
        while not fetch(WAITING, []):
            assert time.monotonic() < until
            time.sleep(0.02)

    return wait
