"""Counts what a task costs its user: clicks and key activations, pages, required fields."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

COUNTER = """
const store = sessionStorage
const add = name => store.setItem(name, Number(store.getItem(name) || 0) + 1)
let key = 0
addEventListener("keydown", event => {
  if (!event.isTrusted || !(event.key === "Enter" || event.altKey)) return
  if (event.key.length === 1 || event.key === "Alt") return
  key = performance.now()
  add("clicks")
}, true)
addEventListener("click", event => {
  if (event.isTrusted && performance.now() - key > 50) add("clicks")
}, true)
addEventListener("change", event => {
  const field = event.target
  if (field.matches("select")) add("clicks")
  const written = field.matches("input:not([type=radio],[type=checkbox]), textarea")
  if (!written || store.getItem(`field ${field.name}`)) return
  store.setItem(`field ${field.name}`, 1)
  add("fields")
}, true)
addEventListener("pageshow", () => add("pages"))
"""


@dataclass(frozen=True)
class Cost:
    clicks: int
    pages: int
    fields: int

    def __str__(self) -> str:
        return f"{self.clicks}/{self.pages}/{self.fields}"

    def within(self, other: "Cost") -> bool:
        """Tell whether no figure is above the other's."""
        return (
            self.clicks <= other.clicks
            and self.pages <= other.pages
            and self.fields <= other.fields
        )


def count_from_here(page) -> None:
    """Begin to count: on Home, signed in, nothing done yet."""
    page.evaluate("() => sessionStorage.clear()")


@contextmanager
def not_counted(page) -> Iterator[None]:
    """Leave out the clicks of what is done meanwhile, such as the answers of a quiz."""
    before = page.evaluate("() => ({...sessionStorage})")
    yield
    page.evaluate(
        "was => { for (const name in was) sessionStorage.setItem(name, was[name]) }", before
    )


def counted(page) -> Cost:
    """Return what was counted since."""
    names = ("clicks", "pages", "fields")
    return Cost(*(page.evaluate("n => Number(sessionStorage.getItem(n) || 0)", n) for n in names))


def write_table(rows: dict[str, tuple[str, Cost, Cost]], path: Path) -> None:
    """Write what each task costs beside its target, as docs/clicks.md."""
    lines = [
        "# What frequent tasks cost",
        "",
        "Clicks / pages / required fields, from Home, counted by `tests/e2e/test_clicks.py`.",
        "",
        "| Task | | Target | Counted |",
        "| --- | --- | --- | --- |",
    ]
    tasks = sorted(rows.items(), key=lambda row: ("LTA".index(row[0][0]), int(row[0][1:])))
    lines += [f"| {key} | {name} | {target} | {cost} |" for key, (name, target, cost) in tasks]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
