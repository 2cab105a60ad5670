"""What an author does not touch stays as it is: each text is opened, changed back and kept."""

import json
import os
import re

import pytest

from tests.e2e.server import Site

pytestmark = pytest.mark.browser
PASSWORD = "schola-demo-2026"
EVERYTHING = """
<h2>Two</h2><h3 lang="de">Drei</h3><h4>Four</h4><hr>
<p class="note">A <strong>b</strong> <em>i</em> <u>u</u> <s>s</s> <code>c</code> <sub>1</sub>
<sup>2</sup> <mark>m</mark> <abbr title="World Wide Web">WWW</abbr> <kbd>Ctrl</kbd> <dfn>d</dfn>
<q>q</q>
<span lang="fr">oui</span> <bdi>עברית</bdi><br>new line
<a title="t" href="https://example.org/" rel="noopener nofollow">link</a>
<math><mfrac><mn>1</mn><mi>n</mi></mfrac></math></p>
<math display="block" alttext="x"><mrow><mi>x</mi><mo>=</mo><mn>2</mn></mrow></math>
<pre><code>a  b
c</code></pre>
<blockquote><p>Said</p></blockquote>
<aside class="key"><p>Remember</p></aside><section><p>Part</p></section>
<ol start="3" type="a"><li>Three<ul><li>Below</li></ul></li></ol>
<dl><dt>Term</dt><dd>Meaning</dd></dl>
<details><summary>Answer <em>here</em></summary><p>Yes.</p><ul><li>so</li></ul></details>
<table><caption>Of <em>two</em></caption><thead><tr><th scope="col">A</th><th scope="col">B</th>
</tr></thead><tbody><tr><th scope="row">1</th><td>2</td></tr><tr><td colspan="2">3</td></tr></tbody>
<tfoot><tr><td>4</td><td>5</td></tr></tfoot></table>
<figure><table><tbody><tr><td>x</td></tr></tbody></table><figcaption>Odd</figcaption></figure>
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The demo school."""
    running = Site(tmp_path_factory.mktemp("editor"), os.environ.get("DATABASE_URL", ""))
    running.start(demo=True)
    yield running
    running.stop()


@pytest.fixture
def author(window, site):
    page = window()
    page.goto("/signin")
    page.get_by_label("E-mail address").fill("omar@northgate.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.url}/")
    return page


def test_no_page_of_the_demo_school_changes_in_the_editor(site, author):
    pages = site.sql(
        "SELECT c.slug, a.key FROM courses_activity a JOIN courses_course c ON c.id = a.course_id"
        " WHERE a.kind = 'page' AND a.removed_at IS NULL ORDER BY a.id"
    )

    changed = [where for where in pages if len(set(before_and_after(site, author, *where))) > 1]

    assert len(pages) > 15
    assert changed == []
    assert author.complaints == []


def test_everything_that_a_page_may_hold_is_kept(site, author):
    course, key = "introduction-to-statistics", add_page(site, author)
    author.goto(f"/courses/{course}/{key}/edit")
    author.locator(".tiptap").wait_for()
    author.locator("textarea[name=body]").evaluate(
        "(area, html) => { area.value = html }", EVERYTHING
    )
    with author.expect_response("**/autosave"):
        author.locator("textarea[name=body]").dispatch_event("input")

    assert plain(body(site, key)) == plain(EVERYTHING)
    before, after = before_and_after(site, author, course, key)
    assert after == before
    assert author.complaints == []


def add_page(site, page):
    page.goto("/courses/introduction-to-statistics/edit")
    form = page.locator("details.add-here").last
    form.locator("summary").click()
    form.get_by_label("Title").fill("Everything")
    form.get_by_label("Kind").select_option(label="Page")
    form.get_by_role("button", name="Add").click()
    page.wait_for_url("**/edit")
    ((key,),) = site.sql("SELECT key FROM courses_activity WHERE title = 'Everything'")
    return key


def before_and_after(site, page, course, key):
    """Write a letter at the end, take it away, wait until that is saved; return both texts."""
    before = body(site, key)
    page.goto(f"/courses/{course}/{key}/edit")
    page.locator(".tiptap").wait_for()
    page.locator(".tiptap").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("x")
    with page.expect_response("**/autosave") as saved:
        page.keyboard.press("Backspace")
    assert saved.value.ok, saved.value.text()
    return plain(before), plain(body(site, key))


def body(site, key):
    ((config,),) = site.sql(
        "SELECT v.config FROM courses_activityversion v"
        f" JOIN courses_activity a ON a.draft_id = v.id WHERE a.key = '{key}'"
    )
    return (json.loads(config) if isinstance(config, str) else config)["body"]


def plain(html):
    """Without the white space that no reader sees, between tags and around words."""
    one_line = re.sub(r"\n(?!c)", " ", html)  # but for the line of the code
    return re.sub(r"\s*(</?(?!code|pre)[a-z][^>]*>)\s*", r"\1", one_line).strip()
