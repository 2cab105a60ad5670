"""What the wheel depends on: the lines of requirements/runtime.in, without their reasons."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RuntimeRequirements(MetadataHookInterface):
    """Run by hatchling while it builds the wheel."""

    def update(self, metadata: dict[str, Any]) -> None:
        lines = Path(self.root, "requirements", "runtime.in").read_text(encoding="utf-8")
        words = [line.partition("#")[0].strip() for line in lines.splitlines()]
        metadata["dependencies"] = [word for word in words if word and not word.startswith("-")]
