import json
from decimal import Decimal

import pytest

from schola.activities.scorm.tests.conftest import Runner, package
from schola.grading.models import Fact
from schola.records.models import Attempt, Progress, Statement


def attempt():
    return Attempt.objects.get()


def test_the_page_that_runs_it_is_in_a_sandbox_and_knows_the_learner(scorm, started, ada):
    runner = started(scorm(mastery="60"))

    answer = runner.get()

    assert answer["Content-Security-Policy"].startswith("sandbox allow-scripts allow-same-origin ")
    assert "script-src 'self';" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert runner.initial() == {
        "cmi.core.entry": "ab-initio",
        "cmi.core.total_time": "0000:00:00",
        "cmi.core.student_id": ada.number or str(ada.pk),
        "cmi.core.student_name": "Ada Lovelace",
        "cmi.core.credit": "credit",
        "cmi.core.lesson_mode": "normal",
        "cmi.student_data.mastery_score": "60",
    }


def test_files_of_the_package_are_served_and_nothing_else(scorm, started):
    runner = started(scorm())

    page = runner.get("play/index.html")

    assert b"".join(page.streaming_content) == b"<p>Play</p>"
    assert page["Content-Type"] == "text/html"
    assert page["Content-Security-Policy"].startswith("sandbox ")
    assert runner.get("imsmanifest.json").status_code == 404
    assert runner.get("%2e%2e/%2e%2e/secret").status_code == 404
    runner.url = runner.url.replace("/p/W", "/p/V")
    assert runner.get("play/index.html").status_code == 404


def test_the_app_host_serves_no_packages(scorm, started, client):
    runner = started(scorm())

    assert client.get(runner.url).status_code == 404


def test_what_a_learner_leaves_is_there_when_they_come_back(scorm, started):
    activity = scorm()
    runner = started(activity)
    runner.send(lesson_status="incomplete", lesson_location="page7", exit="suspend",
                session_time="00:00:00.5")  # fmt: skip
    body = {"cmi.suspend_data": "state \u0000 \ud800"}
    runner.post({"launch": runner.launch, "seq": 9, "patch": body})

    again = started(activity).initial()

    assert again["cmi.core.entry"] == "resume"
    assert again["cmi.core.lesson_location"] == "page7"
    assert again["cmi.suspend_data"] == "state  ?"
    assert "cmi.core.exit" not in again
    assert attempt().state == "open"


def test_a_passed_package_is_scored_and_done(scorm, started, seat):
    runner = started(scorm())

    answer = runner.send(lesson_status="passed", score__raw="80")

    assert answer.status_code == 204
    assert (attempt().state, attempt().success) == ("marked", True)
    assert (attempt().earned, attempt().possible) == (80, 100)
    assert Progress.objects.get(seat=seat).finished_at
    assert Fact.objects.get(seat=seat).raw == 8


def test_reports_that_come_twice_or_late_change_nothing(scorm, started):
    runner = started(scorm())
    runner.send(seq=2, lesson_status="passed", score__raw="80")
    before = Statement.objects.count()

    for _ in range(2):
        runner.send(seq=1, lesson_status="failed", score__raw="10")
        runner.send(seq=2, lesson_status="passed", score__raw="80")

    assert attempt().earned == 80
    assert attempt().revision == 1
    assert Statement.objects.count() == before


def test_a_late_report_of_an_earlier_launch_fills_only_gaps(scorm, started):
    runner = started(scorm())
    earlier = runner.launch
    later = f"{int(earlier[:13]) + 1}-00000000"
    runner.send(launch=later, seq=1, lesson_location="5")

    runner.send(launch=earlier, seq=7, lesson_location="3", lesson_status="incomplete")

    words = attempt().data["cmi"]
    assert words["cmi.core.lesson_location"] == "5"
    assert words["cmi.core.lesson_status"] == "incomplete"


def test_the_score_may_rise_after_the_attempt_was_handed_in(scorm, started, seat):
    runner = started(scorm())
    runner.send(lesson_status="failed", score__raw="30")
    assert not Progress.objects.get(seat=seat).finished_at

    runner.send(lesson_status="passed", score__raw="90")

    assert (attempt().earned, attempt().success) == (90, True)
    assert Fact.objects.get(seat=seat).raw == 9
    assert Progress.objects.get(seat=seat).finished_at


def test_time_is_bounded_by_the_clock_on_the_wall(scorm, started, seat):
    runner = started(scorm())

    runner.send(lesson_status="completed", session_time="0099:00:00")

    assert Progress.objects.get(seat=seat).seconds < 60
    assert attempt().data["seconds"][runner.launch] < 60


@pytest.mark.parametrize(
    ("words", "mastery", "expected"),
    [
        ({"lesson_status": "completed"}, None, (1, 1, None)),
        ({"lesson_status": "passed"}, None, (1, 1, True)),
        ({"lesson_status": "failed"}, None, (0, 1, False)),
        ({"lesson_status": "completed", "score__raw": "70"}, "60", (70, 100, True)),
        ({"lesson_status": "completed", "score__raw": "50"}, "60", (50, 100, False)),
        ({"lesson_status": "passed", "score__raw": "500"}, None, (100, 100, True)),
        ({"lesson_status": "failed", "score__raw": "-5"}, None, (0, 100, False)),
        (
            {"lesson_status": "passed", "score__raw": "3", "score__min": "1", "score__max": "5"},
            None,
            (2, 4, True),
        ),
        ({"lesson_status": "passed", "score__raw": "NaN"}, None, (1, 1, True)),
    ],
)
def test_what_packages_say_is_bounded_and_weighed(scorm, started, words, mastery, expected):
    runner = started(scorm(mastery=mastery))

    runner.send(**words)

    assert (attempt().earned, attempt().possible, attempt().success) == expected
    assert isinstance(attempt().earned, Decimal)


@pytest.mark.parametrize(
    "body",
    [
        [], {}, {"launch": "x", "seq": 1, "patch": {}},
        {"launch": "1234567890123-0123abcd", "seq": "1", "patch": {}},
        {"launch": "1234567890123-0123abcd", "seq": 1, "patch": {"name": "x"}},
        {"launch": "1234567890123-0123abcd", "seq": 1, "patch": {"cmi.core.exit": 5}},
        {"launch": "1234567890123-0123abcd", "seq": 1, "patch": {"cmi.core.exit": "x" * 70_000}},
    ],
)  # fmt: skip
def test_reports_that_make_no_sense_are_refused(scorm, started, body):
    assert started(scorm()).post(body).status_code == 422


def test_an_author_looks_and_nothing_is_kept(scorm, signed_in, tove, course):
    activity = scorm()
    runner = Runner(signed_in(tove).get(f"/courses/{course.slug}/{activity.key}"))

    assert runner.initial()["cmi.core.lesson_mode"] == "browse"
    assert runner.send(lesson_status="passed").status_code == 204
    assert not Attempt.objects.exists()


def test_an_author_puts_a_package_in_and_publishes_it(add, signed_in, tove, course):
    activity = add("scorm", publish=False)
    browser = signed_in(tove)
    url = f"/courses/{course.slug}/{activity.key}"
    file = package()
    file.name = "golf.zip"

    answer = browser.post(f"{url}/package", {"package": file})

    assert (answer.status_code, answer["Location"]) == (302, f"{url}/edit")
    activity.refresh_from_db()
    assert activity.draft.config["title"] == "Play"
    assert "Play" in browser.get(f"{url}/edit").content.decode()
    refused = browser.post(f"{url}/package", {})
    assert refused.status_code == 422
    assert "Choose the zip file" in refused.content.decode()


def test_a_package_may_come_in_pieces(add, signed_in, tove, course):
    activity = add("scorm", publish=False)
    browser = signed_in(tove)
    data = package().getvalue()
    words = {"name": "golf.zip", "size": len(data), "purpose": "package"}
    where = browser.post("/uploads", words)["Location"]
    sent = browser.patch(where, data, content_type="application/octet-stream",
                         HTTP_UPLOAD_OFFSET="0")  # fmt: skip

    answer = browser.post(
        f"/courses/{course.slug}/{activity.key}/package",
        {"upload": json.loads(sent.content)["file"]},
    )

    assert answer.status_code == 302
    activity.refresh_from_db()
    assert activity.draft.config["href"] == "play/index.html"


def test_learners_may_not_replace_a_package(scorm, signed_in, ada, seat, course):
    activity = scorm()

    answer = signed_in(ada).post(f"/courses/{course.slug}/{activity.key}/package", {})

    assert answer.status_code == 403
