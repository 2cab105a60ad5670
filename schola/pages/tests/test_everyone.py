"""An author puts right what the panel of a draft has found."""

import re

import pytest

from schola.courses.actions import save_draft

TEXT = '<p>x</p><img src="a.png"><img src="b.png">'


@pytest.fixture
def page(add):
    return add("page", config={"body": TEXT})


@pytest.fixture
def author(signed_in, tove):
    return signed_in(tove)


def fix(author, page):
    """Return what the form of the first finding sends, and where to."""
    form = re.search(
        r'<form[^>]*action="([^"]+/repair)".*?</form>',
        author.get(f"/courses/algebra/{page.key}/edit").text, re.DOTALL,
    )  # fmt: skip
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    return form[1], fields | {"words": "A map"}


def described(page):
    page.refresh_from_db()
    return re.findall(r'src="(\w)\.png" alt="A map"', page.draft.config["body"])


def test_a_double_click_repairs_one_finding(author, page):
    url, fields = fix(author, page)

    answers = [author.post(url, fields).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert described(page) == ["a"]


def test_a_list_that_is_no_longer_so_repairs_nothing(author, page):
    url, fields = fix(author, page)
    fields.pop("_key")
    author.post(url, fields)

    answer = author.post(url, fields)

    assert answer.status_code == 409
    assert "Look at the list again." in answer.text
    assert described(page) == ["a"]


def test_what_another_saved_meanwhile_is_not_overwritten(author, page):
    url, fields = fix(author, page)
    save_draft(page, {"body": '<img src="c.png">'}, page.draft.revision)

    assert author.post(url, fields).status_code == 409

    assert described(page) == []
    assert 'src="c.png"' in page.draft.config["body"]
