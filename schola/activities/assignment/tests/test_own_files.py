"""Learners find what they handed in, and nobody else does on their page."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schola.activities.assignment.tests.conftest import PDF
from schola.enrollment.actions import enroll


def test_learners_find_the_files_of_each_of_their_hand_ins(
    handed_in, signed_in, work, django_assert_num_queries
):
    learner, url = signed_in(handed_in.seat.person), f"/courses/algebra/{work.key}"
    learner.get(url)
    with CaptureQueriesContext(connection) as once:
        first = learner.get(url).text
    queries = len(once)
    files = [SimpleUploadedFile(f"{name}.pdf", PDF + name.encode()) for name in ("new", "data")]
    learner.post(f"{url}/hand-in", {"files": files})

    learner.get(url)
    with django_assert_num_queries(queries):
        page = learner.get(url).text

    assert "essay.pdf" in first
    addresses = re.findall(r'href="([^"]*/f/[^"]+)"', page)
    assert [url.rpartition("/")[2] for url in addresses] == ["new.pdf", "data.pdf", "essay.pdf"]
    assert Client(HTTP_HOST="content.schola.localhost").get(addresses[2]).status_code == 200


def test_nobody_else_finds_the_files_on_the_page_of_an_assignment(
    handed_in, signed_in, person, course, work
):
    eve, url = enroll(person("Eve Other"), course), f"/courses/algebra/{work.key}"

    assert "essay.pdf" in signed_in(handed_in.seat.person).get(url).text
    assert "essay.pdf" not in signed_in(eve.person).get(url).text
