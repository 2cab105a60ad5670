"""The reference says what is declared, no more and no less."""

from pathlib import Path

from schola.kernel.permissions import OWN, capabilities
from schola.people.rights import BUILT_IN

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_the_table_of_permissions_is_what_is_declared():
    lines = (REFERENCE / "permissions.md").read_text(encoding="utf-8").splitlines()

    told = [line for line in lines if line.startswith("| `")]

    assert told == [row(name) for name in sorted(capabilities)]


def row(name: str) -> str:
    """Return the line of a capability as it should stand there."""
    given = capabilities[name].given_to
    who = [role for role in BUILT_IN if role in given]
    who += ["everybody, on what is theirs"] if OWN in given else []
    return f"| `{name}` | {capabilities[name].label} | {', '.join(who)} |"
