"""A dialog's words as a line to paste into a terminal anywhere: quoted, with the workspace named."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

#: What cmd and PowerShell both leave alone.
_PLAIN: Final = re.compile(r"[A-Za-z0-9_./\\:=+-]+")
_LINE_ENDS: Final = re.compile(r"[\r\n\x00]")


def line_of(words: Sequence[str], workspace: Path | None, *, windows: bool = False) -> str | None:
    """The whole line, for a POSIX shell or for Windows; None where its shell has no way to write them."""
    whole = ["crowddesk", *(("--workspace", str(workspace)) if workspace is not None else ()), *words]
    if windows:
        if any(_LINE_ENDS.search(word) for word in whole):
            return None  # a line end would begin the next command there
        return " ".join(map(_quoted_for_windows, whole))
    return None if any("\x00" in word for word in whole) else shlex.join(whole)


def operands(words: Sequence[str]) -> list[str]:
    """Names that end a command's words, none of which is taken for an option. What is added behind them still
    may be one, unless a name looks like one."""
    return ["--", *words] if any(word.startswith("-") for word in words) else list(words)


def _quoted_for_windows(word: str) -> str:
    """As the C runtime takes words apart: backslashes count before a quote only."""
    if _PLAIN.fullmatch(word):
        return word
    escaped = re.sub(r'(\\*)"', lambda found: found[1] * 2 + '\\"', word)
    escaped = re.sub(r"(\\+)\Z", lambda found: found[1] * 2, escaped)
    return f'"{escaped}"'
