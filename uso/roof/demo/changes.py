"""Notice that code has changed, by looking at the times of the files."""

import os
from collections.abc import Iterator
from pathlib import Path

from uso.roof.demo.places import ROOT

SKIPPED = {"var", "locale", "static", "tests", "docs", "node_modules", "__pycache__"}


class Changes:
    """Remembers what the code looked like when last asked."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.seen = self._look()

    def any(self) -> bool:
        """Say whether any module was changed, added or removed since the last question."""
        before, self.seen = self.seen, self._look()
        return before != self.seen

    def _look(self) -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in self._modules() if path.exists()}

    def _modules(self) -> Iterator[Path]:
        for folder, folders, files in os.walk(self.root):
            folders[:] = [name for name in folders if name[0] != "." and name not in SKIPPED]
            yield from (Path(folder, name) for name in files if name.endswith(".py"))
