import pytest

from schola.kernel.fragments import read_fragment, write_fragment


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("", ""),
        ("<html>", ""),
        ("<html></html>", ""),
        ("<p>a\ufffe\uffffb</p>", "<p>ab</p>"),
        ("\0", ""),
    ],
)
def test_what_is_no_fragment_holds_nothing(html, kept):
    assert write_fragment(read_fragment(html)) == kept
