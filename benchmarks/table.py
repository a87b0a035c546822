"""The rows of the result and how they are written: a ratio, the bound beside it, ok or over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `ratio` is `measured / floor`; `floor` says in words what it was measured against.

    Without a `bound` the design sets none.
    """

    name: str
    what: str
    measured: str
    floor: str
    ratio: float
    bound: float | None
    note: str = ""

    @property
    def ok(self) -> bool:
        return self.bound is None or self.ratio <= self.bound


@dataclass(frozen=True, slots=True)
class Comparison:
    """One known figure of the web tool beside ours, both in seconds."""

    what: str
    theirs: float
    ours: float

    @property
    def factor(self) -> float:
        return self.theirs / self.ours


def milliseconds(seconds: float) -> str:
    """A time as the table writes it."""
    if seconds >= 10:
        return f"{seconds:.1f} s"
    return f"{seconds * 1000:,.1f} ms" if seconds < 0.1 else f"{seconds * 1000:,.0f} ms"


def markdown(rows: Iterable[Row], comparisons: Iterable[Comparison]) -> str:
    """Both tables, readable on a terminal too."""
    budget = [("what", "measured", "against", "ratio", "bound", "")]
    budget += [
        (
            r.what,
            r.measured,
            r.floor,
            f"{r.ratio:.2f}",
            *(("", "") if r.bound is None else (f"{r.bound:g}", "ok" if r.ok else "**over**")),
        )
        for r in rows
    ]
    notes = [f"- {r.what}: {r.note}" for r in rows if r.note]
    beside = [("what", "web tool", "CrowdDesk", "faster by")]
    beside += [
        (c.what, milliseconds(c.theirs), milliseconds(c.ours), f"{c.factor:,.0f}x") for c in comparisons
    ]
    parts = [_table(budget)]
    if notes:
        parts.append("\n".join(notes))
    if len(beside) > 1:
        parts.append(_table(beside))
    return "\n\n".join(parts)


def _table(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    written = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |"
        for line in lines
    ]
    written.insert(1, "|" + "|".join("-" * (w + 2) for w in widths) + "|")
    return "\n".join(written)
