"""A file fits into one reading, a function onto one screen."""

import ast

from tests.architecture.source import ROOT, files, short, tree

LINES = 400
FUNCTION_LINES = 40
PLACES = [ROOT / "schola", ROOT / "tests", ROOT / "bin"]


def test_no_file_is_longer_than_400_lines():
    long = [
        f"{short(path)}: {count}"
        for top in PLACES
        for ending in (".py", ".js", ".css")
        for path in files(ending, top)
        if (count := path.read_text(encoding="utf-8").count("\n")) > LINES
    ]

    assert not long, "Make these packages, one module per noun."


def test_no_function_is_longer_than_40_lines():
    long = [
        f"{short(path)}:{part.lineno} {part.name}"
        for top in PLACES
        for path in files(".py", top)
        for part in ast.walk(tree(path))
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
        and part.end_lineno - part.lineno >= FUNCTION_LINES
    ]

    assert not long, "Give the parts of these functions names."
