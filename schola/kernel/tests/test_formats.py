from datetime import UTC, datetime

import pytest
from django.utils import formats, translation

from schola.kernel.templatetags.parts import day


def test_a_date_in_english_names_the_month_in_letters():
    moment = datetime(2026, 11, 5, 23, 59, tzinfo=UTC)

    with translation.override("en"):
        written = formats.date_format(moment, "DATETIME_FORMAT")

    assert written == "Thu 5 Nov 2026, 23:59"


def test_other_languages_keep_their_own_way():
    with translation.override("de"):
        assert formats.date_format(datetime(2026, 11, 5, tzinfo=UTC)) == "5. November 2026"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "Thu 5 Nov"), ("de", "Do, 5. Nov"), ("fr", "5 novembre"), ("ja", "11月5日")],
)
def test_a_day_in_a_list_has_the_order_of_the_language(language, written):
    with translation.override(language):
        assert day(datetime(2026, 11, 5, 12, tzinfo=UTC)) == written
