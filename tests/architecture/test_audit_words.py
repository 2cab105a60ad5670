"""Every act that is written into the audit trail has words for its readers."""

import ast
from collections.abc import Iterator

from schola.kernel.audit.words import acts, thing_kinds
from tests.architecture.source import code, short, tree


def calls(module: ast.Module) -> Iterator[ast.Call]:
    """Yield the calls of audit.act and audit.read."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="audit"), attr="act" | "read")):
                yield node


def texts(node: ast.AST, module: ast.Module) -> list[str]:
    """Return the texts that an expression may be; of one with places only how it begins."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp():
            return texts(node.body, module) + texts(node.orelse, module)
        case ast.JoinedStr():
            return [f"{node.values[0].value}*"]
        case ast.Name():
            given = [
                each.value
                for each in ast.walk(module)
                if isinstance(each, ast.Assign) and getattr(each.targets[0], "id", "") == node.id
            ]
            return [text for value in given for text in texts(value, module)]
    return []


def is_named(act: str) -> bool:
    if act.endswith("*"):
        return any(each.startswith(act[:-1]) for each in acts)
    return act in acts


def test_every_act_has_words():
    nameless = []
    for path in code():
        for call in calls(tree(path)):
            read = "read " if call.func.attr == "read" else ""
            found = texts(call.args[1], tree(path))
            nameless += [f"{short(path)}: {a}" for a in found or ["?"] if not is_named(read + a)]

    assert not nameless, "Name it in the app's module `audited`."


def test_every_kind_of_thing_has_words():
    kinds = {
        text
        for path in code()
        for call in calls(tree(path))
        for node in call.args[2:3]
        for text in texts(node, tree(path))
    }

    assert kinds - {""} <= thing_kinds.keys()
