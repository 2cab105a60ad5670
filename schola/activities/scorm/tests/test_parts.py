"""Packages of several parts: each is on its own, and they come to one verdict."""

import re
from decimal import Decimal

import pytest

from schola.activities.scorm.packages import take_package
from schola.activities.scorm.parts import total
from schola.activities.scorm.tests.conftest import package_of_parts
from schola.courses.activity_types import Score
from schola.kernel.models import Signal
from schola.records.models import Attempt, Progress


def attempt():
    return Attempt.objects.get()


def report(runner, part, **words):
    runner.part = part
    return runner.send(**words)


def test_the_manifest_gives_headings_parts_and_what_each_wants(school, settings, tmp_path):
    settings.DATA = tmp_path

    config = take_package(package_of_parts(), "tea.zip")

    rows = [(each["title"], each["href"], each["level"]) for each in config["items"]]
    assert rows == [
        ("To know", "", 0),
        ("Leaves", "read.html", 1),
        ("Water", "quiz.html?of=water", 1),
        ("Cups", "quiz.html", 0),
    ]
    assert (config["title"], config["parts"], config["prerequisites"]) == ("Tea", 3, True)
    assert [each["asset"] for each in config["items"]] == [False, True, False, False]
    water = config["items"][2]
    assert (water["mastery"], water["data"]) == ("60", "hot")


def test_each_part_has_words_of_its_own(of_parts, started):
    runner = started(of_parts())
    report(runner, "3", lesson_location="page 2", lesson_status="incomplete", exit="suspend")

    water, cups = runner.initial("3"), runner.initial("4")

    assert (water["cmi.core.lesson_location"], water["cmi.core.entry"]) == ("page 2", "resume")
    assert (water["cmi.launch_data"], water["cmi.student_data.mastery_score"]) == ("hot", "60")
    assert "cmi.core.lesson_location" not in cups
    assert cups["cmi.core.entry"] == "ab-initio"


def test_the_contents_say_where_each_part_stands_and_the_first_open_one_is_shown(of_parts, started):
    runner = started(of_parts())
    report(runner, "2", lesson_status="completed")

    page = runner.get().content.decode()

    assert "Part 2 of 3" in page
    assert 'data-part="3"' in page
    assert page.count('aria-current="page"') == 1
    assert "Done" in page.partition("Leaves")[2].partition("</a>")[0]


def test_it_is_over_when_every_part_is_and_not_before(of_parts, started, seat):
    runner = started(of_parts())
    report(runner, "2", lesson_status="completed")
    report(runner, "3", lesson_status="passed", score__raw="80")
    assert attempt().state == "open"
    assert not Progress.objects.get(seat=seat).finished_at

    report(runner, "4", lesson_status="passed", score__raw="60")

    assert (attempt().state, attempt().success) == ("marked", True)
    assert (attempt().earned, attempt().possible) == (70, 100)
    assert Progress.objects.get(seat=seat).finished_at


def test_a_part_below_its_mastery_fails_the_package(of_parts, started):
    runner = started(of_parts())
    report(runner, "2", lesson_status="completed")
    report(runner, "4", lesson_status="passed", score__raw="90")

    report(runner, "3", lesson_status="completed", score__raw="50")

    assert attempt().success is False
    report(runner, "3", lesson_status="completed", score__raw="60")
    assert (attempt().success, attempt().earned) == (True, 75)


@pytest.mark.parametrize(
    ("scoring", "expected"),
    [("average", (70, 100)), ("highest", (80, 100)), ("sum", (140, 200)), ("last", (60, 100))],
)
def test_the_score_is_as_the_author_says(of_parts, started, scoring, expected):
    runner = started(of_parts(scoring))
    report(runner, "2", lesson_status="completed")
    report(runner, "3", lesson_status="passed", score__raw="80")

    report(runner, "4", lesson_status="passed", score__raw="60")

    assert (attempt().earned, attempt().possible) == expected


def test_a_mastery_of_the_whole_decides(of_parts, started):
    runner = started(of_parts(mastery="75"))
    report(runner, "2", lesson_status="completed")
    report(runner, "3", lesson_status="passed", score__raw="80")

    report(runner, "4", lesson_status="passed", score__raw="60")

    assert attempt().success is False


def test_thirds_are_kept_to_a_millionth():
    scores = [Score(Decimal(each), Decimal(3)) for each in (1, 1, 2)]

    assert total("average", scores) == Score(Decimal("44.444444"), Decimal(100))
    assert total("average", []) is None


def test_a_part_that_is_not_there_is_refused(of_parts, started):
    runner = started(of_parts())

    assert report(runner, "1", lesson_status="passed").status_code == 422
    assert report(runner, "", lesson_status="passed").status_code == 422
    assert (
        runner.post({"launch": runner.launch, "seq": 9, "part": 5, "patch": {}}).status_code == 422
    )
    assert attempt().state == "open"


def test_the_open_page_hears_of_a_new_status_and_not_of_each_word(of_parts, started):
    runner = started(of_parts())
    channel = f"attempt-{attempt().pk}"

    report(runner, "3", lesson_location="1")
    assert not Signal.objects.filter(channel=channel).exists()
    report(runner, "3", lesson_status="incomplete")
    report(runner, "3", lesson_location="2")

    assert Signal.objects.filter(channel=channel).count() == 1


def test_what_is_over_can_be_looked_at_again_and_nothing_is_kept(scorm, started, signed_in, ada):
    activity = scorm()
    runner = started(activity)
    runner.send(lesson_status="passed", score__raw="80", lesson_location="5")
    page = signed_in(ada).get(f"/courses/algebra/{activity.key}").content.decode()
    assert "Look at it again" in page
    runner.url = re.search(r'href="http://[^/"]+(/p/[^"]+)"', page)[1]

    words = runner.initial()
    answer = runner.send(lesson_status="failed", score__raw="0")

    assert (words["cmi.core.lesson_mode"], words["cmi.core.credit"]) == ("review", "no-credit")
    assert words["cmi.core.lesson_location"] == "5"
    assert answer.status_code == 204
    assert attempt().earned == 80
