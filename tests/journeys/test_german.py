"""Pages for somebody who reads German: German words, and none of the interface in English."""

from html.parser import HTMLParser

import pytest
from django.utils import translation

from schola.kernel import messages

LOCALE = messages.LOCALE / "de" / "LC_MESSAGES" / "django.po"
READ = ("aria-label", "placeholder", "title", "alt")
STORED = {"First module", "School"}  # as whoever made them wrote them


class Words(HTMLParser):
    """Collects each text that a reader sees or hears, its spaces made one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: set[str] = set()
        self.silent = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag in ("script", "style")
        self.said |= {value for name, value in attrs if name in READ and value}

    def handle_endtag(self, tag: str) -> None:
        self.silent = False

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.said.add(" ".join(data.split()))


@pytest.fixture(scope="module")
def english():
    """Each text of the interface that holds no value and is no German word, too."""
    catalog = messages.read_catalogue(LOCALE)
    pairs = [(each.id, each.string) for each in catalog if each.id and isinstance(each.id, str)]
    german = {said for _text, said in pairs}
    return {text for text, _said in pairs if not messages.KEPT.search(text)} - german - STORED


@pytest.fixture
def readers(tove, otto, ada, seat):
    """Three people who read German; Ada learns in the course that Tove teaches."""
    everybody = {"tove": tove, "otto": otto, "ada": ada}
    for person in everybody.values():
        person.language = "de"
        person.save(update_fields=["language"])
    return everybody


@pytest.fixture
def look(readers, add, signed_in):
    """Return what somebody who reads German gets: look("ada", "/courses/{course}/{quiz}")."""
    add("page", title="Brüche")
    quiz = add("quiz", title="Kurze Probe", points=10)

    def get(reader, where):
        address = where.format(course=quiz.course.slug, quiz=quiz.key)
        return signed_in(readers[reader]).get(address)

    return get


@pytest.mark.parametrize(
    ("reader", "where", "words"),
    [
        ("ada", "/", {"Start", "Meine Kurse"}),
        ("ada", "/courses", {"Kurse"}),
        ("ada", "/courses/{course}", {"Übersicht", "Schritte", "Fortschritt"}),
        ("ada", "/courses/{course}/{quiz}", {"Beginnen"}),
        ("ada", "/courses/{course}/grades", {"Wie es zählt"}),
        ("ada", "/me", {"Zeitzone", "Sprache"}),
        ("ada", "/me/record", {"Lernen"}),
        ("tove", "/courses/{course}/edit", {"Neues Modul"}),
        ("tove", "/courses/{course}/setup", {"Wie Bewertungen zählen", "Stufen"}),
        ("tove", "/courses/{course}/people", {"Personen aufnehmen"}),
        ("tove", "/courses/{course}/{quiz}/edit", {"Entwurf speichern"}),
        ("tove", "/grading", {"Zu bewerten", "Nichts wartet auf Sie"}),
        ("otto", "/people", {"Person hinzufügen", "Datei importieren"}),
        ("otto", "/people/import", {"Datei prüfen"}),
        ("otto", "/groups", {"Noch keine Gruppen"}),
        ("otto", "/reports", {"Berichte"}),
        ("otto", "/settings/school", {"Name der Schule", "Farbe"}),
        ("otto", "/settings/jobs", {"Aufträge"}),
    ],
)
def test_a_page_is_german(reader, where, words, look, english):
    answer = look(reader, where)

    said = Words(answer.content.decode()).said
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == "de"
    assert words - said == set()
    assert said & english == set()


def test_what_a_role_lacks_is_named_in_german(look):
    answer = look("ada", "/people")

    assert answer.status_code == 403
    assert "Die Liste der Personen sehen" in answer.content.decode()


def test_one_and_many_differ():
    with translation.override("de"):
        one = translation.ngettext("%(n)s question.", "%(n)s questions.", 1)
        many = translation.ngettext("%(n)s question.", "%(n)s questions.", 2)

    assert (one, many) == ("%(n)s Frage.", "%(n)s Fragen.")
