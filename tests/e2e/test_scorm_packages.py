"""Real packages in a real browser: reports arrive, also when the page is left, and it resumes."""

import json
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test.testcases import LiveServerThread

from schola.activities.scorm.packages import take_package
from schola.activities.scorm.tests.conftest import package_of_parts
from schola.people.sessions import COOKIE
from schola.records.models import Attempt

pytestmark = pytest.mark.browser
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]  # fmt: skip

GOLF = "shared/samples/scorm/RuntimeMinimumCalls_SCORM12-mini.zip"  # beside the project, if at all
AT_HAND = [folder / GOLF for folder in Path(__file__).parents if (folder / GOLF).is_file()]
PACKAGES = {"demo": None, **{path.stem: path for path in AT_HAND}}


@pytest.fixture
def site(transactional_db, settings):
    """Serve app and content host as in production, static files by the middleware."""
    own = connections["default"]
    shared = {"default": own} if own.vendor == "sqlite" else {}
    for each in shared.values():
        each.inc_thread_sharing()
    server = LiveServerThread("127.0.0.1", lambda _media: WSGIHandler(), shared)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    settings.SITE_URL = f"http://schola.localhost:{server.port}"
    settings.CONTENT_URL = f"http://content.schola.localhost:{server.port}"
    yield settings.SITE_URL
    server.terminate()
    for each in shared.values():
        each.dec_thread_sharing()


@pytest.fixture
def play(site, add, seat, ada, signed_in):
    """Return what opens the page of an activity in a browser, as Ada."""
    cookie = {"name": COOKIE, "value": signed_in(ada).cookies[COOKIE].value, "url": site}

    @contextmanager
    def make(activity):
        from playwright.sync_api import sync_playwright

        with sync_playwright() as tools:
            browser = tools.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
            context = browser.new_context()
            context.add_cookies([cookie])
            page = context.new_page()
            page.set_default_timeout(10_000)
            page.goto(f"{site}/courses/{activity.course.slug}/{activity.key}")
            yield page
            browser.close()

    return make


def add_package(add, path):
    with path.open("rb") as stream:
        config = take_package(stream, path.name)
    return add("scorm", config=config, points=10, rule={"when": "activity"})


def package_of(page):
    """Return the frame of the package, inside of the frame of the run-time."""
    return page.frame_locator("iframe.package").frame_locator("iframe")


def soon(question):
    """Wait for what a beacon brings after the page is gone."""
    until = time.monotonic() + 10
    while not question() and time.monotonic() < until:
        time.sleep(0.1)
    return question()


def now(page):
    """Return what the page of the activity says, were it loaded now."""
    return page.evaluate("fetch(location.href).then(answer => answer.text())")


def words():
    """Return what is kept of the package, or of the first of its parts that said anything."""
    data = Attempt.objects.get().data
    return next(iter(data.get("parts", {}).values()), data).get("cmi", {})


def test_the_demo_package_resumes_and_is_passed(play, add, tmp_path):
    from schola.demo.media.package import make_package

    activity = add_package(add, make_package(tmp_path))
    with play(activity) as page:
        page.get_by_role("button", name="Start").click()
        inside = package_of(page)
        for _ in range(3):
            inside.get_by_role("button", name="Next").click()
        inside.get_by_label("rises to 52", exact=True).check()
        page.wait_for_timeout(1200)  # so that there is time to tell of
        page.goto("about:blank")
    assert soon(lambda: words().get("cmi.core.exit") == "suspend")
    assert words()["cmi.core.lesson_location"] == "3"
    assert "cmi.core.session_time" in words()

    with play(activity) as page:
        inside = package_of(page)
        inside.get_by_label("rises to 52", exact=True).wait_for()
        assert inside.get_by_label("rises to 52", exact=True).is_checked()
        for label in ("stays at 30", "the median"):
            inside.get_by_label(label, exact=True).check()
        inside.get_by_role("button", name="Check").click()
        page.wait_for_timeout(1500)
        page.reload()
        page.get_by_text("100 of 100").wait_for()
        page.get_by_text("Passed").wait_for()

    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.earned, attempt.success) == ("marked", 100, True)
    assert len(attempt.data["seconds"]) == 2
    assert json.loads(words()["cmi.suspend_data"])["answers"] == {"q1": "b", "q2": "a", "q3": "b"}


@pytest.mark.parametrize("name", PACKAGES)
def test_packages_of_others_report_when_they_are_left(play, add, name, tmp_path):
    from schola.demo.media.package import make_package

    activity = add_package(add, PACKAGES[name] or make_package(tmp_path))
    with play(activity) as page:
        page.get_by_role("button", name="Start").click()
        package_of(page).locator("h1").first.wait_for()
        page.wait_for_load_state("networkidle")
        page.get_by_role("link", name="Back to the outline").click()

    assert soon(lambda: words().get("cmi.core.lesson_status")) in ("completed", "incomplete")
    assert words().get("cmi.core.lesson_status") != "not attempted"


def test_parts_are_taken_by_keys_alone_and_one_may_be_taken_again(play, add):
    config = take_package(package_of_parts(), "tea.zip")
    activity = add("scorm", config=config, points=10, rule={"when": "activity"})
    with play(activity) as page:
        page.get_by_role("button", name="Start").click()
        runner, inside = page.frame_locator("iframe.package"), package_of(page)
        inside.get_by_role("heading", name="Leaves").wait_for()
        for answer in ("Right", "Wrong"):
            runner.get_by_role("link", name="Next part").press("Enter")
            inside.get_by_role("heading", name="Part").wait_for()
            inside.get_by_role("button", name=answer).press("Enter")
            page.wait_for_timeout(300)
        assert soon(lambda: "60 of 100" in now(page))

        runner.locator("summary").press("Enter")
        assert runner.get_by_role("link", name="Water Passed").count() == 1
        runner.get_by_role("link", name="Cups").press("Enter")
        inside.get_by_text("has 20").wait_for()
        inside.get_by_role("button", name="Right").press("Enter")
        assert soon(lambda: "100 of 100" in now(page))
        page.reload()
        page.get_by_text("3 of 3 parts are done").wait_for()
        page.locator("#done").get_by_text("Done", exact=True).wait_for()

    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.earned, attempt.success) == ("marked", 100, True)


@pytest.mark.skipif(not AT_HAND, reason="the packages of others are not at hand")
def test_a_package_of_others_with_nine_parts_is_completed(play, add):
    activity = add_package(add, PACKAGES[Path(GOLF).stem])
    with play(activity) as page:
        page.get_by_role("button", name="Start").click()
        runner, inside = page.frame_locator("iframe.package"), package_of(page)
        for number in range(1, 10):
            runner.get_by_text(f"Part {number} of 9").wait_for()
            inside.locator("h1").first.wait_for()
            page.wait_for_load_state("networkidle")
            if number < 9:
                runner.get_by_role("link", name="Next part").click()
        runner.get_by_role("link", name="Previous part").click()
        assert soon(lambda: "9 of 9" in now(page))
        page.reload()
        page.get_by_text("9 of 9 parts are done").wait_for()
        page.locator("#done").get_by_text("Done", exact=True).wait_for()

    assert Attempt.objects.get().state == "marked"


def test_a_package_cannot_reach_the_page_around_it(play, add, tmp_path):
    from schola.demo.media.package import make_package

    activity = add_package(add, make_package(tmp_path))
    with play(activity) as page:
        violations = []
        page.on("console", lambda said: violations.append(said.text))
        page.get_by_role("button", name="Start").click()
        package_of(page).get_by_role("button", name="Next").wait_for()
        frame = page.frames[-1]
        seen = frame.evaluate(
            "() => { try { return top.document.title } catch (error) { return error.name } }"
        )
        cookies = frame.evaluate("document.cookie")
        policy = [text for text in violations if "Content Security Policy" in text]

    assert (seen, cookies, policy) == ("SecurityError", "", [])
