"""What a window remembers of itself between two starts: plain values in a small file of the workspace."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)


class KeptValues:
    """Plain values of the window (sizes, columns, the last page) in `window.json` of the workspace."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "window.json"
        self._values: dict[str, Any] = {}
        try:
            stored = json.loads(self._path.read_text(encoding="utf-8"))
            self._values = stored if isinstance(stored, dict) else {}
        except (OSError, ValueError):
            logger.debug("No window.json in %s", folder)

    def load(self, key: str, default: Any) -> Any:
        return self._values.get(key, default)

    def save(self, key: str, value: Any) -> None:
        self._values[key] = value

    def writing(self) -> Callable[[], None]:
        """What puts the values as they are now on the disk, for another thread; one at a time."""
        text = json.dumps(self._values)

        def write() -> None:
            draft = self._path.with_suffix(".new")
            try:
                draft.write_text(text, encoding="utf-8")
                os.replace(draft, self._path)
            except OSError:
                logger.info("window.json could not be written", exc_info=True)

        return write

    def write(self) -> None:
        """Puts the values on the disk; a disk that takes none loses sizes, nothing else."""
        self.writing()()
