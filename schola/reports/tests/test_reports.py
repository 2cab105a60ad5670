"""Reports agree with the database, on the page and in every file."""

import csv
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from schola.courses.actions import create_course
from schola.courses.activity_types import Result
from schola.enrollment.actions import enroll
from schola.people.models import Person
from schola.records.actions import record
from schola.records.models import CourseProgress
from schola.reports import views

DONE = Result(verb="completed", finished=True)


@pytest.fixture
def busy(add, person, course, seat):
    """Ada has done one of two steps; Bob nothing; =cmd is a hostile name."""
    first, _second = add("page"), add("page")
    record(seat.pk, first.pk, DONE)
    enroll(person("Bob Builder"), course)
    enroll(person("=cmd Evil"), course)
    return course


def test_page_csv_and_xlsx_say_the_same(busy, signed_in, tove):
    browser = signed_in(tove)
    query = f"course={busy.pk}&sort=-finished"

    page = browser.get(f"/reports/course-progress?{query}").text
    text = b"".join(browser.get(f"/reports/course-progress.csv?{query}")).decode("utf-8-sig")
    book = openpyxl.load_workbook(
        io.BytesIO(browser.get(f"/reports/course-progress.xlsx?{query}").content)
    )

    lines = list(csv.reader(io.StringIO(text)))
    sheet = list(book.active.values)
    assert lines[1][:3] == ["Ada Lovelace", "ada@example.org", "1"]
    assert sheet[1][:5] == ("Ada Lovelace", "ada@example.org", 1, 2, 0.5)
    assert [line[0] for line in lines[1:]] == [row[0] for row in sheet[1:]]
    assert "50%" in page
    done, seen = book.active["E2"], book.active["H2"]
    assert done.number_format == "0.0%"
    last_at = CourseProgress.objects.get(seat__person__full_name="Ada Lovelace").last_at
    assert abs(seen.value - timezone.make_naive(last_at)) < timedelta(seconds=1)


def test_filters_that_fit_nobody_say_so_and_still_give_the_file(busy, signed_in, tove):
    page = signed_in(tove).get(f"/reports/course-progress?course={busy.pk}&q=zzz").text

    assert "Nobody fits" in page
    assert "0 rows" in page
    assert "course-progress.xlsx" in page


def test_no_cell_is_a_formula(busy, signed_in, tove):
    url = f"/reports/course-progress.csv?course={busy.pk}"

    assert b'"\'=cmd Evil"' in b"".join(signed_in(tove).get(url))


def test_filters(busy, signed_in, tove):
    url = f"/reports/course-progress?course={busy.pk}&state=never"

    page = signed_in(tove).get(url).text

    assert "Bob Builder" in page
    assert "Ada Lovelace" not in page


def test_an_instructor_reads_of_own_courses_only(busy, signed_in, person):
    other = person("Olga Other")
    enroll(other, create_course("Biology"), "instructor")
    browser = signed_in(Person.objects.get(pk=other.pk))

    assert browser.get(f"/reports/course-progress?course={busy.pk}").status_code == 422
    assert browser.get(f"/reports/course-progress.csv?course={busy.pk}").status_code == 404


def test_a_learner_reads_none(busy, signed_in, ada):
    assert signed_in(ada).get("/reports").status_code == 403


def test_a_report_costs_the_same_for_any_number_of_people(
    busy, signed_in, tove, person, django_assert_max_num_queries
):
    for n in range(15):
        enroll(person(f"P{n} Many"), busy)
    browser = signed_in(tove)
    url = f"/reports/course-progress?course={busy.pk}"
    browser.get(url)

    with django_assert_max_num_queries(7):
        browser.get(url)


def test_the_report_opens_with_the_first_course_and_sorts_from_there(busy, signed_in, tove):
    browser = signed_in(tove)

    page = browser.get("/reports/course-progress")

    assert page.status_code == 200
    assert page.context["page"].paginator.count == len(page.context["rows"]) > 0
    assert 'aria-sort="ascending"' in page.text
    sorted_page = browser.get("/reports/course-progress?&sort=-name")
    assert 'aria-sort="descending"' in sorted_page.text
    assert browser.get("/reports/course-progress.csv?").status_code == 200


@pytest.mark.parametrize("query", ["", "?sort=-name&state=open", "?course="])
def test_whatever_leads_on_from_the_report_names_its_course(
    busy, signed_in, tove, query, monkeypatch
):
    monkeypatch.setattr(views, "PAGE", 1)

    page = signed_in(tove).get(f"/reports/course-progress{query}").text

    addresses = re.findall(r'href="(/reports/course-progress\.[^"]+|\?[^"]+)"', page)
    assert len(addresses) == 2 + 7 + 1  # both files, the heads of seven columns, the next page
    assert all(f"course={busy.pk}" in address for address in addresses)
    assert all(("state=open" in address) == ("state" in query) for address in addresses)


def test_an_address_that_names_its_course_shows_it_to_whoever_has_another_first(
    busy, signed_in, tove
):
    enroll(tove, create_course("Aardvarks"), "instructor")
    browser = signed_in(Person.objects.get(pk=tove.pk))

    assert "Bob Builder" not in browser.get("/reports/course-progress").text
    assert "Bob Builder" in browser.get(f"/reports/course-progress?course={busy.pk}").text


def test_a_name_leads_to_the_record_of_the_person(busy, signed_in, tove, ada):
    browser, record = signed_in(tove), f"/people/{ada.pk}/learning"

    assert f'href="{record}"' in browser.get("/reports/course-progress").text
    assert browser.get(record).status_code == 200
