import pytest

from schola.activities.link.plugin import LinkSettings


def test_a_link_opens_in_a_new_tab_and_names_its_host(add, signed_in, ada, seat):
    activity = add("link", config={"url": "https://example.org/a/b?c=1", "why": "Look."})

    page = signed_in(ada).get(f"/courses/algebra/{activity.key}").text

    assert "Open example.org" in page
    assert 'href="https://example.org/a/b?c=1" rel="noopener noreferrer" target="_blank"' in page


@pytest.mark.parametrize("url", ["ftp://example.org/", "javascript:alert(1)", "data:text/html,x"])
def test_what_is_no_address_of_the_web_is_refused(url):
    assert "url" in LinkSettings({"url": url}).errors


def test_an_address_without_its_beginning_becomes_https():
    form = LinkSettings({"url": "example.org/a"})

    assert form.is_valid()
    assert form.cleaned_data["url"] == "https://example.org/a"
