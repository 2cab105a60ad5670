"""Every page of the documentation can be reached, and no link leads nowhere."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
STARTS = [ROOT / "README.md", ROOT / "docs" / "README.md"]


def links(page: Path) -> list[Path]:
    text = page.read_text(encoding="utf-8")
    return [(page.parent / link).resolve() for link in LINK.findall(text)]


def test_no_link_of_the_documentation_leads_nowhere():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]

    dead = [f"{page.name}: {link}" for page in pages for link in links(page) if not link.exists()]

    assert not dead


def test_every_page_is_linked_from_the_readmes_or_lies_in_decisions():
    told = {link for start in STARTS for link in links(start)}
    pages = {page.resolve() for page in (ROOT / "docs").rglob("*.md")}

    left_out = {page for page in pages - told if page.parent.name != "decisions"}

    assert left_out <= {(ROOT / "docs" / "README.md").resolve(), (ROOT / "docs" / "clicks.md")}
