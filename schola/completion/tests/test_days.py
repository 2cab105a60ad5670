"""A certificate's days are those of the school, wherever its readers are."""

from datetime import datetime

import pytest

from schola.completion.appearance import specimen, template_for
from schola.completion.certificates import is_genuine
from schola.completion.models import Certificate
from schola.completion.tests.test_certificate_pdf import words_of
from schola.courses.activity_types import Result
from schola.kernel import clock
from schola.records.actions import record

AUCKLAND, LOS_ANGELES = "Pacific/Auckland", "America/Los_Angeles"
CASES = [  # the school, its readers, the moment, the school's day, how it is written
    (AUCKLAND, LOS_ANGELES, "2026-03-01T10:59:59Z", "2026-03-01", "1 March 2026"),
    (AUCKLAND, LOS_ANGELES, "2026-03-01T11:00:00Z", "2026-03-02", "2 March 2026"),
    (LOS_ANGELES, AUCKLAND, "2026-03-02T07:59:59Z", "2026-03-01", "1 March 2026"),
    (LOS_ANGELES, AUCKLAND, "2026-03-02T08:00:00Z", "2026-03-02", "2 March 2026"),
]


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]} {case[2]}")
def case(request, school, ada, tove):
    """A school and its readers in two zones: (the moment, the school's day, how it is written)."""
    zone, elsewhere, moment, day, written = request.param
    for row, its in ((school, zone), (ada, elsewhere), (tove, elsewhere)):
        row.time_zone = its
        row.save()
    return datetime.fromisoformat(moment), day, written


@pytest.fixture
def certificate(case, seat, add):
    page = add("page")
    with clock.at(case[0]):
        record(seat.pk, page.pk, Result(verb="completed", finished=True))
    return Certificate.objects.get()


def test_it_says_the_same_day_everywhere(case, certificate, signed_in, client, ada, tove):
    _moment, day, written = case
    learner, teacher = signed_in(ada), signed_in(tove)
    verify = f"/verify/{certificate.number}"

    assert certificate.fields["completed_on"] == day
    assert is_genuine(certificate)
    assert written in words_of(learner.get(f"/certificates/{certificate.number}.pdf").content)
    for reader in (client, learner, teacher):
        page = reader.get(verify).text
        assert page.count(written) == 2  # completed, issued
    assert written in learner.get("/me/certificates").text
    assert written in teacher.get("/courses/algebra/certificates").text


def test_it_keeps_its_day_when_the_school_moves(case, certificate, school, client, signed_in, ada):
    school.time_zone = "UTC"
    school.save()

    assert client.get(f"/verify/{certificate.number}").text.count(case[2]) == 2
    pdf = signed_in(ada).get(f"/certificates/{certificate.number}.pdf").content
    assert case[2] in words_of(pdf)


def test_one_that_kept_no_zone_has_that_of_the_school(case, certificate, client):
    del certificate.look["time_zone"]
    certificate.save()

    assert client.get(f"/verify/{certificate.number}").text.count(case[2]) == 2


def test_a_specimen_has_the_day_of_the_school(case, school):
    with clock.at(case[0]):
        assert case[2] in words_of(specimen(template_for(None), school))
