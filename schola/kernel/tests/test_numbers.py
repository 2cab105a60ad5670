import pytest

from schola.kernel.numbers import whole


@pytest.mark.parametrize("text", [None, "", "x", "-1", "²", "٣", "1" * 30])
def test_what_is_no_whole_number_is_nought(text):
    assert whole(text) == 0


def test_a_whole_number_is_read():
    assert whole("17") == 17
