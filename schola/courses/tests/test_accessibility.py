import pytest
from django.core.exceptions import ValidationError

from schola.courses.accessibility import CHECKS, findings_in, repaired

LONG = "word " * 30
CASES = {  # check: (text, words of the author, the text put right)
    "picture-words": ('<img src="a/b.png">', "A map", '<img src="a/b.png" alt="A map">'),
    "picture-file": ('<img src="a" alt="IMG_2031.JPG">', "A cat", '<img src="a" alt="A cat">'),
    "heading-first": ("<h3>One</h3><p>x</p>", "", "<h2>One</h2><p>x</p>"),
    "heading-skipped": ("<h2>One</h2><h4>Two</h4>", "", "<h2>One</h2><h3>Two</h3>"),
    "heading-long": (f"<h2>{LONG}</h2>", "", f"<p>{LONG}</p>"),
    "empty": ("<h2>One</h2><h3> </h3><p>x</p>", "", "<h2>One</h2><p>x</p>"),
    "link-words": ('<a href="/a">Click here</a>.', "The plan", '<a href="/a">The plan</a>.'),
    "table-head": (
        "<table><caption>T</caption><tbody><tr><td>A</td></tr><tr><td>1</td></tr></tbody></table>",
        "",
        '<table><caption>T</caption><thead><tr><th scope="col">A</th></tr></thead>'
        "<tbody><tr><td>1</td></tr></tbody></table>",
    ),
    "table-caption": (
        "<table><tbody><tr><th>A</th></tr></tbody></table>", "Rates",
        "<table><caption>Rates</caption><tbody><tr><th>A</th></tr></tbody></table>",
    ),
    "typed-list": (
        "<p>- one</p><p>- <b>two</b></p><p>x</p>", "",
        "<ul><li>one</li><li><b>two</b></li></ul><p>x</p>",
    ),
    "bold-heading": ("<p><strong>So far</strong></p><p>x</p>", "", "<h2>So far</h2><p>x</p>"),
}  # fmt: skip
FINE = (
    "<h2>One</h2><p>See <a href='/p'>the plan</a>. <strong>Note</strong> it.</p>"
    "<h3>Two</h3><img src='a' alt=''><img src='b' alt='A map'><p>- not a list</p>"
    "<p><strong>Tell at once.</strong></p><p><b>a = b / n</b></p><p>x</p>"
    "<table><caption>T</caption><tr><th scope='col'>A</th></tr><tr><td>1</td></tr></table>"
)


def test_each_check_has_its_case():
    assert CASES.keys() == CHECKS.keys()


@pytest.mark.parametrize("key", CASES)
def test_a_check_finds_its_fault_and_puts_it_right(key):
    text, words, right = CASES[key]

    found = findings_in(text)
    made = repaired(text, key, 0, words)

    assert [each.check for each in found] == [key]
    assert made == right
    assert findings_in(made) == []


def test_a_text_for_everyone_has_no_finding():
    assert findings_in(FINE) == []


def test_numbered_paragraphs_become_a_numbered_list():
    made = repaired("<p>1. one</p><p>2) two</p>", "typed-list", 0)

    assert made == "<ol><li>one</li><li>two</li></ol>"


def test_a_picture_for_the_eye_only_needs_no_words():
    assert 'alt=""' in repaired('<img src="a">', "picture-words", 0, "")


def test_what_needs_words_is_refused_without_them():
    with pytest.raises(ValidationError, match="Write the words first"):
        repaired('<a href="/a">here</a>', "link-words", 0, " ")


def test_what_is_gone_cannot_be_put_right():
    with pytest.raises(ValidationError, match="no longer so"):
        repaired("<p>x</p>", "empty", 0)
