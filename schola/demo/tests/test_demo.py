"""The demo school as it is loaded: once for all tests here, and rolled back at the end."""

from io import BytesIO

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import connection, transaction

from schola.completion.models import Certificate, Completion
from schola.completion.rebuilding import rebuild
from schola.courses.actions import add_activity, create_course, publish_activity
from schola.courses.models import Activity, ActivityVersion, Course
from schola.demo.actions import ACCOUNTS, first_day, load_demo, remove_demo
from schola.demo.content import COURSES
from schola.demo.content.life import plan
from schola.demo.school import PASSWORD
from schola.enrollment.models import Enrollment
from schola.grading.models import CourseGrade, Fact
from schola.kernel import clock
from schola.kernel.files import Limits, mark_unnamed, path_of, store, with_pictures
from schola.kernel.jobs import run_waiting
from schola.kernel.models import File, Job, Organization
from schola.kernel.tenants import Owned, acting_in
from schola.people.actions import add_person, give_role
from schola.people.models import Person, User
from schola.people.sessions import COOKIE, open_session
from schola.records.models import Attempt, CourseProgress, DayCount, Progress, Statement

pytestmark = pytest.mark.django_db
OMAR = "omar@northgate.example"
KEPT = {"Job", "Signal", "Role", "SigningKey"}  # they say numbers, or nothing of anybody


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, folder):
    before, django_settings.DATA = django_settings.DATA, folder
    with django_db_blocker.unblock(), transaction.atomic():
        seconds = load_demo()
        yield seconds
        transaction.set_rollback(True)
    django_settings.DATA = before


@pytest.fixture
def demo(loaded, settings, folder):
    settings.DATA = folder
    with acting_in(Organization.objects.get().pk):
        yield loaded


def test_it_is_made_only_once(demo, capsys):
    statements = Statement.objects.count()

    call_command("demo")

    assert "there already" in capsys.readouterr().out
    assert Statement.objects.count() == statements


def test_none_of_its_files_waits_to_be_deleted(demo):
    assert File.objects.exists()
    assert mark_unnamed() == 0


def test_everybody_can_sign_in(demo, folder):
    mails = (folder / ACCOUNTS).read_text()

    assert "omar@northgate.example" in mails
    assert User.objects.get(email="yuki@northgate.example").check_password(PASSWORD)
    assert authenticate(username="yuki@northgate.example", password="wrong") is None
    assert Person.objects.count() == 24


def test_the_courses_are_published_and_have_their_people(demo):
    shown = Activity.objects.exclude(published=None).count()

    assert Course.objects.published().count() == 3
    assert shown == Activity.objects.count() >= 34
    assert Enrollment.objects.filter(role="instructor").count() == 3
    assert Enrollment.objects.learners().count() == 12 + 18 + 6


def test_life_went_as_planned(demo):
    wanted = [e for e in plan() if e.deed == "attempt" and e.piece.startswith(("quiz", "test"))]
    first, now = first_day(), clock.now()

    assert Attempt.objects.filter(activity__kind="quiz", state="marked").count() >= len(wanted)
    assert Attempt.objects.filter(activity__kind="assignment", state="finished").exists()
    assert not Statement.objects.filter(at__lt=first).exists()
    assert not Statement.objects.filter(at__gt=now).exists()
    assert len({row.date for row in DayCount.objects.all()}) > 30


def test_some_have_finished_and_some_have_not(demo):
    done = Certificate.objects.count()

    assert 5 <= done < Enrollment.objects.learners().count()
    assert Fact.objects.exists()
    assert Progress.objects.exclude(finished_at=None).count() > 200


def test_the_marks_are_near_the_plan(demo):
    plans = {
        (e.about, e.piece): e.fraction
        for e in plan()
        if e.deed == "attempt" and e.course == "data-protection-at-work"
    }
    rows = Attempt.objects.filter(
        activity__course__slug="data-protection-at-work", activity__title="Final test"
    ).order_by("number")
    last = {row.seat.person.email.partition("@")[0]: row.fraction for row in rows}

    assert last
    assert all(abs(last[key] - plans[key, "test"]) < 0.2 for key in last)


def test_lessons_show_their_pictures(demo):
    config = ActivityVersion.objects.get(activity__title="The bell curve").config

    html = with_pictures(config["body"])

    assert "media:" in config["body"]
    assert "media:" not in html
    assert "/f/" in html


@pytest.mark.parametrize("who", ["yuki", "lena", "omar", "nora", "ingrid"])
def test_the_pages_open_for_everybody(demo, client, rf, who):
    person = Person.objects.get(email=f"{who}@northgate.example")
    client.cookies[COOKIE] = open_session(rf.get("/"), person)

    assert client.get("/").status_code == 200
    assert client.get("/courses/introduction-to-statistics").status_code == 200


def test_what_is_made_of_a_file_has_its_file(demo):
    made = ActivityVersion.objects.filter(activity__kind__in=["video", "document", "scorm"])
    configs = {each.activity.title: each.config for each in made}

    assert len(configs) == 4
    assert all(each.get("file") or each.get("package") for each in configs.values())
    assert configs["Standard deviation, step by step"]["captions"][0]["language"] == "en"
    assert Attempt.objects.filter(activity__kind="scorm", state="marked").exists()


def test_it_goes_without_a_trace(demo):
    stays = Person.objects.create(full_name="Real Person")

    with transaction.atomic():
        run_waiting()
        assert {"SearchEntry", "Statement", "File", "Certificate"} <= set(left())
        assert remove_demo()
        assert left() == {"Person"}
        assert list(Person.objects.all()) == [stays]
        assert not User.objects.exists()
        assert not remove_demo()
        connection.check_constraints()
        transaction.set_rollback(True)
    stays.delete()


def left():
    """Return the tables that hold rows of the school, but for what the program itself keeps."""
    owned = {model for model in apps.get_models() if issubclass(model, Owned)}
    return {model.__name__ for model in owned if model.objects.exists()} - KEPT


def test_what_waits_while_it_goes_does_no_harm(demo):
    with transaction.atomic():
        assert Job.objects.filter(state="waiting").exists()
        remove_demo()
        run_waiting()

        assert not left()
        assert set(Job.objects.values_list("state", flat=True)) == {"done"}
        transaction.set_rollback(True)


def own(file):
    """Send the bytes of a file once more, as one's own."""
    return store(BytesIO(path_of(file.sha256).read_bytes()), "mine", file.purpose, Limits())


def test_ones_own_files_of_the_same_bytes_stay(demo):
    with transaction.atomic():
        mine = [own(file) for file in File.objects.filter(source=None)]
        assert mine

        remove_demo()

        assert set(File.objects.all()) == set(mine)
        transaction.set_rollback(True)


def test_a_picture_that_ones_own_course_took_over_is_still_shown(demo):
    with transaction.atomic():
        shown = ActivityVersion.objects.get(activity__title="The bell curve").config
        module = create_course("Mine").modules.get()
        publish_activity(add_activity(module, "page", "Mine", shown))

        remove_demo()

        html = with_pictures(ActivityVersion.objects.get().config["body"])
        assert "/f/" in html
        assert "media:" not in html
        transaction.set_rollback(True)


def test_one_click_of_an_administrator_of_ones_own_takes_it_away(demo, client, rf):
    with transaction.atomic():
        user = User.objects.create(email="me@school.example")
        real = add_person(user.email, "Me", invited=False, user=user)
        give_role(real, "administrator")

        client.cookies[COOKIE] = open_session(rf.get("/"), real)
        assert "Take the demo school away" in client.get("/settings/demo").text
        assert client.post("/settings/demo").status_code == 302
        run_waiting()
        assert list(Person.objects.all()) == [real]
        assert "There is no demo school here" in client.get("/settings/demo").text
        transaction.set_rollback(True)


def test_its_administrator_takes_it_away_by_saying_who_comes_after(demo, client, rf):
    words = {"full_name": "Me", "email": "me@school.example", "password": "seven grey herons"}
    with transaction.atomic():
        run_waiting()
        client.cookies[COOKIE] = open_session(rf.get("/"), Person.objects.get(email=OMAR))

        home = client.post("/settings/demo", words, follow=True)

        assert "The demo school is gone" in home.text
        assert Person.objects.get().email == "me@school.example"
        assert left() == {"Person", "Session", "RoleGrant", "AuditEntry", "AuditValues"}
        connection.check_constraints()
        transaction.set_rollback(True)


def test_the_plan_names_what_there_is():
    pieces = {(course.slug, piece.key) for course in COURSES for piece in course.pieces()}

    assert {(event.course, event.piece) for event in plan() if event.piece} <= pieces


def test_what_is_derived_comes_out_the_same_when_it_is_made_anew(demo):
    with transaction.atomic():
        before = derived()
        lost = list(Progress.objects.order_by("pk").values_list("pk", flat=True))[::3]
        Progress.objects.filter(pk__in=lost).delete()
        Progress.objects.update(finished_at=None)
        CourseProgress.objects.all().delete()
        CourseGrade.objects.all().delete()
        Fact.objects.filter(override=None).delete()
        Completion.objects.update(completed_at=None)

        rebuild()

        assert derived() == before
        transaction.set_rollback(True)


def derived():
    """Return what is derived, as one compares it."""
    return {
        "finished": set(Progress.objects.values_list("seat", "activity", "finished_at")),
        "cards": set(CourseProgress.objects.values_list("seat", "finished", "last_activity")),
        "facts": set(Fact.objects.values_list("seat", "item", "raw", "override", "state")),
        "totals": set(CourseGrade.objects.values_list("seat", "earned", "possible", "fraction")),
        "completions": set(Completion.objects.values_list("seat", "completed_at")),
    }
