"""What a template may not hold, and what every page has."""

import re
from collections import Counter
from html.parser import HTMLParser

from tests.architecture.source import files, short

DRAWN_AS_IT_IS = {
    "schola/kernel/templates/ui/heading.html": "what stands inside the tag was escaped there",
}
FORBIDDEN = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|\shx-on|<script(?![^>]*\bsrc=)(?! type="importmap")"""
)
SAFE = re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off")
TRANSLATED = re.compile(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", re.S)
TEMPLATE_TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
WORD = re.compile(r"[^\W\d_]{2}")
READ_OUT = ("title", "aria-label", "placeholder", "alt", "data-label")
SAME_EVERYWHERE = {"CSV", "XLSX"}
HEADS = re.compile(r"{%\s*heading\b|<h1\b")
HELPS = re.compile(r"\bhelp=|{%\s*page_help\b")
HELP_TEXT = re.compile(r"""(?:\bhelp=|page_help )_\("([^"]+)"\)""")
INCLUDED = re.compile(r"""{%\s*include\s+"([^"]+)\"""")


def templates():
    return [path for path in files(".html") if "templates" in path.parts]


def page_templates():
    return [path for path in templates() if '{% extends "frame.html" %}' in whole(path)]


def whole(path) -> str:
    return path.read_text(encoding="utf-8")


def with_included(path) -> str:
    """Return the text of a template and of what it includes by name."""
    text = whole(path)
    for name in INCLUDED.findall(text):
        text += "".join(whole(other) for other in templates() if other.as_posix().endswith(name))
    return text


def test_no_template_holds_inline_script_or_style():
    found = [
        f"{short(path)}: {match.group().strip()}"
        for path in templates()
        for match in FORBIDDEN.finditer(whole(path))
    ]

    assert not found, "The policy refuses it: use a class, or a module under static/js."


def test_no_template_switches_escaping_off():
    found = {short(path) for path in templates() if SAFE.search(whole(path))}

    assert found == DRAWN_AS_IT_IS.keys()


def test_every_page_has_one_heading_and_its_help():
    odd = [
        f"{short(path)}: {len(HEADS.findall(with_included(path)))} headings"
        for path in page_templates()
        if len(HEADS.findall(with_included(path))) != 1 or not HELPS.search(with_included(path))
    ]

    assert len(page_templates()) > 15
    assert not odd, "Begin a page by {% heading title=… help=… %}."


def test_each_page_has_a_help_of_its_own():
    said = Counter(text for path in templates() for text in HELP_TEXT.findall(whole(path)))

    assert len(said) > 30
    assert not [text for text, times in said.items() if times > 1]


def test_every_page_has_a_title():
    assert not [short(path) for path in page_templates() if "{% block title %}" not in whole(path)]


def test_a_template_is_laid_out_for_its_reader():
    crowded = [
        f"{short(path)}:{number}"
        for path in templates()
        for number, line in enumerate(whole(path).splitlines(), 1)
        if line.count("<") > 8 or len(line) > 300
    ]

    assert not crowded, "One tag a line: kernel/template_lines.py joins them again."


class Words(HTMLParser):
    """The words of a template that stand outside its tags: what no translator ever sees."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.inside += [tag] if tag in ("script", "code", "kbd") else []
        self.found += [value for name, value in attrs if name in READ_OUT and WORD.search(value)]

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside and WORD.search(data):
            self.found.append(data.strip())


def untranslated(path) -> set[str]:
    reader = Words()
    reader.feed(TEMPLATE_TAG.sub("", TRANSLATED.sub("", whole(path))))
    return set(reader.found) - SAME_EVERYWHERE


def test_every_word_of_a_template_can_be_translated():
    shown = [path for path in templates() if path.name != "styleguide.html"]

    found = {short(path): untranslated(path) for path in shown if untranslated(path)}

    assert not found, "Write {% translate %} or {% blocktranslate %} around it."
