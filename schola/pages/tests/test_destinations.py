"""Pages are found by their names, by those who may open them."""

import pytest

from schola.kernel.destinations import destinations, destinations_for
from schola.kernel.frame import places
from schola.people.actions import give_role


@pytest.fixture
def found(signed_in):
    """Return the names of the pages that a person finds: found(ada, "import")."""

    def look(person, query):
        page = signed_in(person).get("/search", {"q": query, "fragment": ""})
        return [str(each.label) for each in page.context["goals"]]

    return look


def test_a_page_is_found_by_the_beginnings_of_its_words(found, otto):
    assert found(otto, "peo imp") == ["Import people"]
    assert found(otto, "SETTINGS") == ["Settings", "Profile and settings"]
    assert found(otto, "mport") == []
    assert found(otto, " ") == []


def test_the_page_is_a_link_before_all_that_contains_the_word(signed_in, otto):
    page = signed_in(otto).get("/search?q=import")

    assert '<a href="/people/import">Import people</a>' in page.text


def test_who_may_not_open_a_page_does_not_find_it(found, ada, tove):
    assert found(ada, "import") == []
    assert found(ada, "new") == []
    assert found(tove, "new") == ["New course"]


@pytest.mark.parametrize("role", ["learner", "instructor", "manager", "auditor", "administrator"])
def test_every_page_that_is_offered_opens(role, signed_in, person):
    who = person("Rita Levi")
    give_role(who, role)
    client = signed_in(who)

    for each in [*places, *destinations]:
        offered = each in destinations_for(who, str(each.label))
        assert client.get(each.url).status_code == (200 if offered else 403), each.label
