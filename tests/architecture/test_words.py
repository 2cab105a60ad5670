"""Words that are fixed when a module is loaded speak the language of nobody: they must be lazy."""

import ast

from tests.architecture.source import code, short, tree


def eager_names(module: ast.Module) -> set[str]:
    """Return the names under which a module has the functions that translate at once."""
    return {
        name.asname or name.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in ("gettext", "ngettext", "pgettext", "npgettext")
    }


def at_load(node: ast.AST) -> list[ast.Call]:
    """Return the calls that run when the module is loaded: those outside of functions."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return []
    calls = [node] if isinstance(node, ast.Call) else []
    return calls + [call for child in ast.iter_child_nodes(node) for call in at_load(child)]


def test_words_of_a_module_wait_for_their_reader():
    eager = [
        f"{short(path)}:{call.lineno}"
        for path in code()
        for names in [eager_names(tree(path))]
        for call in at_load(tree(path))
        if isinstance(call.func, ast.Name) and call.func.id in names
    ]

    assert not eager, "Take gettext_lazy."


def test_no_sentence_is_glued_together():
    glued = [
        f"{short(path)}:{call.lineno}"
        for path in code()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("_", "gettext", "gettext_lazy", "ngettext")
        and any(isinstance(word, ast.JoinedStr | ast.BinOp) for word in call.args[:1])
    ]

    assert not glued, "Give the whole sentence, with places for its values."
