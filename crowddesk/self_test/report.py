"""What the self-test tells, line by line: `ok` what was found, `--` what is not there, `FAILED` and why."""

from __future__ import annotations

import contextlib
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

#: What takes longer says so.
_LONG_S: Final = 0.5

Found = Callable[[str], None]


class Wrong(Exception):
    """Something is not as it must be; its text says what."""


class Absent(Exception):
    """Something that need not be there is not; its text says so."""


class Report:
    """Runs checks one after another and tells of each; one that fails stops none of the others.

    `running` is a file that names the check that runs, for whoever finds the process dead.
    """

    def __init__(self, running: Path) -> None:
        self._running = running
        self.checks = 0
        self.failures = 0

    @contextlib.contextmanager
    def check(self, name: str) -> Iterator[Found]:
        """One check: its body says what it found, and raises where something is wrong."""
        self._running.write_text(name, encoding="utf-8")
        self.checks += 1
        found: list[str] = []
        began = time.monotonic()
        try:
            yield found.append
        except Absent as absent:
            self._tell("--", name, str(absent))
        except Wrong as wrong:
            self._fail(name, str(wrong))
        except Exception as error:  # whatever goes wrong is what the test is there to tell
            self._fail(name, f"{type(error).__name__}: {error}")
            self._explain(name, error)
        else:
            took = time.monotonic() - began
            self._tell("ok", name, ", ".join(found) + (f" ({took:.1f} s)" if took >= _LONG_S else ""))

    @contextlib.contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Several checks; what goes wrong between them is a failure of that name, and the rest goes on."""
        try:
            yield
        except Exception as error:  # as above
            self._fail(name, f"{type(error).__name__}: {error}")
            self._explain(name, error)

    def _explain(self, name: str, error: Exception) -> None:
        sys.stderr.write(f"{name}:\n{''.join(traceback.format_exception(error))}\n")
        sys.stderr.flush()

    def _fail(self, name: str, why: str) -> None:
        self.failures += 1
        self._tell("FAILED", name, why)

    def _tell(self, how: str, name: str, what: str) -> None:
        one_line = " ".join(what.split())
        sys.stdout.write(f"{how:<3} {name}: {one_line}\n")
        sys.stdout.flush()


def size_of(path: Path) -> str:
    """A file's size as people read it."""
    return f"{path.stat().st_size / 1000:,.1f} kB"


def expect(condition: object, otherwise: str) -> None:
    """Raises Wrong unless it holds."""
    if not condition:
        raise Wrong(otherwise)
