import pytest

from schola.kernel import search
from schola.kernel.models import Organization
from schola.kernel.search import Audience, Document
from schola.kernel.tenants import acting_in

EVERYTHING = Audience()


@pytest.fixture
def found(db):
    organization = Organization.objects.create(name="Found")
    with acting_in(organization.pk):
        search.index(
            [
                Document("page", 1, "Öğrenci işleri", "Everything about the café.", "/p/1"),
                Document("page", 2, "Variance", "Student deviation café", "/p/2", course_id=7),
                Document("person", 3, "Zoë Student", "", "/people/3", capability="people.view"),
            ]
        )
        yield organization


def titles(query, audience=EVERYTHING):
    return [hit.title for hit in search.search(query, audience)]


def test_accents_and_case_do_not_matter(found):
    assert titles("ogrenci") == ["Öğrenci işleri"]
    assert titles("CAFE deviation") == ["Variance"]


def test_the_last_word_may_be_a_beginning(found):
    assert titles("devi") == ["Variance"]
    assert titles("devi student") == []


def test_a_course_is_found_only_by_those_who_see_it(found):
    assert titles("variance", Audience(courses=[7])) == ["Variance"]
    assert titles("variance", Audience(courses=[8])) == []
    assert titles("variance", Audience(courses=[])) == []


def test_people_are_found_only_with_the_capability(found):
    assert titles("zoe") == []
    assert titles("zoe", Audience(capabilities=["people.view"])) == ["Zoë Student"]


def test_another_organization_finds_nothing(found):
    other = Organization.objects.create(name="Other")

    with acting_in(other.pk):
        assert titles("variance") == []


def test_a_thing_is_replaced_and_removed(found):
    search.index([Document("page", 2, "Spread", "now", "/p/2", course_id=7)])

    assert titles("variance") == []
    assert titles("spread") == ["Spread"]

    search.remove("page", 2)
    assert titles("spread") == []


@pytest.mark.parametrize(
    "query", ["", "   ", '"', "a AND", "NEAR(", "*", "title:x", "\0", "'; --", "& | !", "x" * 9000]
)
def test_no_query_is_an_error(found, query):
    titles(query)


def test_the_excerpt_shows_the_word(found):
    body = " ".join(f"w{n}" for n in range(100)) + " treasure here"
    search.index([Document("page", 9, "Long", body, "/p/9")])

    (hit,) = search.search("treasure", EVERYTHING)

    assert "treasure" in hit.excerpt
    assert len(hit.excerpt.split()) < 30


@pytest.mark.parametrize("written", ["(Treasure,", "_treasure_", "Trésure-treasure", "“TREASURE”"])
def test_the_excerpt_begins_near_the_word_however_it_is_written(written):
    shown = search.excerpt(f"{'before ' * 50} {written} {'after ' * 50}", ["treas", "tresure"])

    assert written in shown
