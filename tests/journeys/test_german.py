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
def school_in_german(tove, otto, ada, seat, add):
    """Return (course, quiz): three people who read German, and something to read."""
    for reader in (tove, otto, ada):
        reader.language = "de"
        reader.save(update_fields=["language"])
    add("page", title="Brüche", due_at=None)
    return add("quiz", title="Kurze Probe", points=10)


@pytest.mark.parametrize(
    ("reader", "where", "words"),
    [
        ("ada", "/", {"Start", "Meine Kurse"}),
        ("ada", "/courses", {"Kurse"}),
        ("ada", "/courses/{course}", {"Übersicht", "Schritte", "Fortschritt"}),
        ("ada", "/courses/{course}/{quiz}", {"Beginnen", "Bewertungen"}),
        ("ada", "/courses/{course}/grades", {"Bewertungen"}),
        ("ada", "/me", {"Zeitzone", "Sprache"}),
        ("ada", "/me/record", {"Lernen"}),
        ("tove", "/courses/{course}/edit", {"Neues Modul"}),
        ("tove", "/courses/{course}/setup", {"Wie Bewertungen zählen"}),
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
def test_a_page_is_german(reader, where, words, school_in_german, signed_in, english, request):
    quiz = school_in_german
    browser = signed_in(request.getfixturevalue(reader))

    answer = browser.get(where.format(course=quiz.course.slug, quiz=quiz.key))

    said = Words(answer.content.decode()).said
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == "de"
    assert words - said == set()
    assert said & english == set()


def test_one_and_many_differ():
    with translation.override("de"):
        one = translation.ngettext("%(n)s question.", "%(n)s questions.", 1)
        many = translation.ngettext("%(n)s question.", "%(n)s questions.", 2)

    assert (one, many) == ("%(n)s Frage.", "%(n)s Fragen.")
