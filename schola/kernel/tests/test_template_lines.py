import pytest
from django.template import engines

from schola.kernel.template_lines import joined


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("<ul>\n  <li>One</li>\n  <li>Two</li>\n</ul>\n", "<ul><li>One</li><li>Two</li></ul>"),
        ("\n  <p>", "<p>"),
        ("</p>\n", "</p>"),
        ("\n", ""),
        ("<p>\n  Two words\n  and more\n</p>", "<p> Two words and more </p>"),
        ('<a\n    href="/">Home</a> <b>x</b>', '<a href="/">Home</a> <b>x</b>'),
        (", ", ", "),
        ("one\n", "one "),
    ],
)
def test_a_line_break_is_nothing_between_tags_and_a_space_elsewhere(written, sent):
    assert joined(written) == sent


def test_every_template_comes_with_its_lines_joined():
    page = engines["django"].get_template("bare.html")

    assert page.template.lines_joined
