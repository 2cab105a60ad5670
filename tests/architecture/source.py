"""The house as text: its files, read once, for the tests of its form."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "schola"
FOREIGN = {"node_modules", "vendor", "static_built", "migrations", ".venv"}


@cache
def files(ending: str, top: Path = HOUSE) -> tuple[Path, ...]:
    """Return our own files with this ending, below the folder; migrations are data."""
    found = (path for path in top.rglob(f"*{ending}") if not FOREIGN & set(path.parts))
    return tuple(sorted(found))


def code() -> tuple[Path, ...]:
    """Return the modules of the program without their tests."""
    return tuple(path for path in files(".py") if "tests" not in path.parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def short(path: Path) -> str:
    """Return the path as a reader types it."""
    return path.relative_to(ROOT).as_posix()


def app_of(module: str) -> str:
    """Return the folder that owns a module: "courses", "activities.quiz"."""
    words = module.split(".")[1:]
    return ".".join(words[:2] if words[0] in ("activities",) else words[:1])


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)
