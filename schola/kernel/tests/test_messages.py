"""Translations: complete templates, untouched placeholders, pseudo-languages that are shown."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from schola.kernel import messages

OFFERED_FROM = 0.9  # of the words
COMPLETE = {"de"}
PLACE = re.compile(r"%\(\w+\)s|\{\w*\}")


def ids(catalog):
    return {(message.id, message.context) for message in catalog if message.id}


def untranslated(catalog):
    """Return the messages without a text, or with one of their plurals only."""
    texts = {
        each.id: each.string if isinstance(each.string, tuple) else (each.string,)
        for each in catalog
        if each.id
    }
    return [message for message, said in texts.items() if not all(said)]


def test_the_template_holds_what_the_sources_say():
    kept = messages.read_catalogue(messages.TEMPLATE)

    assert ids(kept) == ids(messages.template()), "Run `schola messages`."


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_a_language_is_offered_when_nine_tenths_of_it_are_translated(language):
    catalog = messages.read_catalogue(messages.LOCALE / language / "LC_MESSAGES" / "django.po")

    missing = untranslated(catalog)

    assert ids(catalog) == ids(messages.read_catalogue(messages.TEMPLATE)), "Run `schola messages`."
    assert len(missing) <= (1 - OFFERED_FROM) * len(catalog)
    assert language not in COMPLETE or not missing


@pytest.mark.parametrize("path", messages.catalogues(), ids=lambda path: path.parts[-3])
def test_translations_keep_their_placeholders(path):
    wrong = []
    for message in messages.read_catalogue(path):
        one, *_more = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in filter(None, said if message.id else ()):
            if not set(PLACE.findall(text)) <= set(PLACE.findall(" ".join([one, *_more]))):
                wrong.append((message.id, text))

    assert not wrong


def test_a_pseudo_language_is_longer_and_keeps_placeholders():
    assert messages.lengthened("%(n)s of <b>all</b>") == "[%(n)s öf <b>àll</b>···]"


def test_the_other_runs_from_right_to_left():
    assert messages.mirrored("Save {n}") == "\u202eSave \u202c{n}"


def test_messages_of_templates_and_plurals_are_found(tmp_path):
    found = ids(messages.template())

    assert ("Sign in", None) in found
    assert any(isinstance(message, tuple) for message, _context in found)


def test_a_page_speaks_the_pseudo_language():
    with translation.override("en-xa"):
        assert translation.gettext("Sign in").startswith("[Šîgñ îñ")
