from datetime import UTC, datetime

from django.utils import formats, translation


def test_a_date_in_english_names_the_month_in_letters():
    moment = datetime(2026, 11, 5, 23, 59, tzinfo=UTC)

    with translation.override("en"):
        written = formats.date_format(moment, "DATETIME_FORMAT")

    assert written == "Thu 5 Nov 2026, 23:59"


def test_other_languages_keep_their_own_way():
    with translation.override("de"):
        assert formats.date_format(datetime(2026, 11, 5, tzinfo=UTC)) == "5. November 2026"
