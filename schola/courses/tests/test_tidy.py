import pytest

from schola.courses.tidy import tidy


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<ul><li><p>One</p></li></ul>", "<ul><li>One</li></ul>"),
        ("<ul><li><p>One <b>x</b></p><ul><li><p>Two</p></li></ul></li></ul>",
         "<ul><li>One <b>x</b><ul><li>Two</li></ul></li></ul>"),
        ("<ul><li><p>One</p><p>Two</p></li></ul>", "<ul><li><p>One</p><p>Two</p></li></ul>"),
        ('<ul><li><p lang="fr">Un</p></li></ul>', '<ul><li><p lang="fr">Un</p></li></ul>'),
        ("<dl><dt>Mean</dt><dd><p>The average</p></dd></dl>",
         "<dl><dt>Mean</dt><dd>The average</dd></dl>"),
        ("<p>5 &lt; 6 &amp; so on</p>", "<p>5 &lt; 6 &amp; so on</p>"),
        ("", ""),
        ("plain words", "plain words"),
    ],
)  # fmt: skip
def test_one_paragraph_in_an_item_is_its_words(written, kept):
    assert tidy(written) == kept
    assert tidy(kept) == kept


def test_rows_go_to_the_part_that_they_name():
    flat = (
        '<table><caption>T</caption><tbody><tr data-part="thead"><th><p>A</p></th></tr>'
        '<tr><td><p>1</p></td></tr><tr data-part="tfoot"><td>2</td></tr></tbody></table>'
    )

    whole = tidy(flat)

    assert whole == (
        "<table><caption>T</caption><thead><tr><th>A</th></tr></thead>"
        "<tbody><tr><td>1</td></tr></tbody><tfoot><tr><td>2</td></tr></tfoot></table>"
    )
    assert tidy(whole) == whole


def test_a_first_row_of_heads_is_the_head_of_the_table():
    made = tidy("<table><tr><th>A</th></tr><tr><td>1</td></tr></table>")

    assert made == (
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    )
