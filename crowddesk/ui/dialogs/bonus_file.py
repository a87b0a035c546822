"""Bonuses from a file: chosen, checked row by row, shown with their money, then recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crowddesk.domain import money_text
from crowddesk.language import say_count
from crowddesk.ui.dialogs.rows_file import RowsFileDialog
from crowddesk.ui.rows import Column

if TYPE_CHECKING:
    from crowddesk.operations.bonus_file import CheckedBonuses, Row


class BonusFileDialog(RowsFileDialog):
    """Pays what a file says, as bonuses of one run."""

    CAN_BE = "paid"
    VERB = "Pay"

    def __init__(self, run_id: int, title: str, environment: str, parent: QWidget | None = None) -> None:
        live = environment == "live"
        super().__init__(
            f"Pay bonuses for “{title}”",
            "A CSV, TSV, JSON or XLSX file with the columns worker and amount, and reason or unit where they "
            "differ. The same row is paid once, however often its file is read.",
            _columns(),
            parent,
            rows="Bonuses",
            warning="LIVE: this is real money." if live else "",
            danger=live,
            fields=(
                ("Reason for rows without one", ""),
                ("Occasion", "only where the same rows are paid once more"),
            ),
        )
        self._run_id = run_id
        _, self.reason, self.batch = self.fields

    def summary_of(self, found: CheckedBonuses) -> str:
        return _summary(found)

    def verb_of(self, found: CheckedBonuses) -> str:
        return f"Pay {len(found.new):,} · {money_text(found.amount + found.fee, found.currency)}"

    def fault_of(self, found: CheckedBonuses) -> str:
        if found.new and found.over_budget:
            left = money_text(max(0, found.free or 0), found.currency)
            return f"With fees this is more than the {left} that the run’s budget has left."
        return super().fault_of(found)

    def command_line(self) -> Sequence[str] | None:
        path, reason, batch = self.asked
        if not path:
            return None
        words = ["bonus", "--run", str(self._run_id), "--file", self.absolute_path]
        words += ["--reason", reason] if reason else []
        return words + (["--batch", batch] if batch else [])


def _summary(found: CheckedBonuses) -> str:
    amount, fee = (money_text(part, found.currency) for part in (found.amount, found.fee))
    parts = [f"{say_count('%n bonuses', '%n bonus', len(found.new))}: {amount} and a fee of {fee}."]
    before = len(found.rows) - len(found.new)
    if before:
        words = say_count(
            "%n rows were recorded before and stay", "%n row was recorded before and stays", before
        )
        parts.append(f"{words} out.")
    if found.problems.warnings:
        parts.append(f"{say_count('%n rows repeat', '%n row repeats', found.problems.warnings)} another one.")
    return " ".join(parts)


def _columns() -> list[Column]:
    def money(row: Row) -> str:
        return money_text(row.bonus.amount, row.currency)

    return [
        Column("line", "Line", lambda row: str(row.line), kind="number", width=60, muted=True),
        Column("worker", "Worker", lambda row: row.worker_name, kind="id", width=170),
        Column("amount", "Amount", money, kind="money", width=100),
        Column("reason", "Reason", lambda row: row.bonus.reason, width=220, stretch=True),
        Column("recorded", "Recorded before", lambda row: row.recorded.replace("_", " "), width=130),
    ]
