"""Bonuses from a file: chosen, checked row by row, shown with their money, then recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crowddesk.domain import money_text
from crowddesk.language import mark, number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.dialogs.rows_file import RowsFileDialog
from crowddesk.ui.rows import Column

if TYPE_CHECKING:
    from crowddesk.operations.bonus_file import CheckedBonuses, Row


class BonusFileDialog(RowsFileDialog):
    """Pays what a file says, as bonuses of one run."""

    UNFIT = mark("No row of this file can be paid as it stands.")
    VERB = mark("Pay")

    def __init__(self, run_id: int, title: str, environment: str, parent: QWidget | None = None) -> None:
        live = environment == "live"
        super().__init__(
            self.tr("Pay bonuses for “{0}”").format(title),
            self.tr(
                "A CSV, TSV, JSON or XLSX file with the columns worker and amount, and reason or unit "
                "where they differ. The same row is paid once, however often its file is read."
            ),
            _columns(),
            parent,
            rows=self.tr("Bonuses"),
            warning=self.tr("LIVE: this is real money.") if live else "",
            danger=live,
            fields=(
                (self.tr("Reason for rows without one"), ""),
                (self.tr("Occasion"), self.tr("only where the same rows are paid once more")),
            ),
        )
        self._run_id = run_id
        _, self.reason, self.batch = self.fields

    def summary_of(self, found: CheckedBonuses) -> str:
        return _summary(found)

    def verb_of(self, found: CheckedBonuses) -> str:
        return self.tr("Pay {0} · {1}").format(
            number_text(len(found.new)), money_text(found.amount + found.fee, found.currency)
        )

    def unfit_of(self, errors: int) -> str:
        return say_count(
            "%n rows cannot be paid. Nothing is recorded until all can.",
            "%n row cannot be paid. Nothing is recorded until all can.",
            errors,
        )

    def fault_of(self, found: CheckedBonuses) -> str:
        if found.new and found.over_budget:
            left = money_text(max(0, found.free or 0), found.currency)
            return self.tr("With fees this is more than the {0} that the run’s budget has left.").format(left)
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
    bonuses = say_count("%n bonuses", "%n bonus", len(found.new))
    parts = [say("{bonuses}: {amount} and a fee of {fee}.", bonuses=bonuses, amount=amount, fee=fee)]
    before = len(found.rows) - len(found.new)
    if before:
        words = say_count(
            "%n rows were recorded before and stay out.", "%n row was recorded before and stays out.", before
        )
        parts.append(words)
    if found.problems.warnings:
        parts.append(
            say_count("%n rows repeat another one.", "%n row repeats another one.", found.problems.warnings)
        )
    return " ".join(parts)


def _columns() -> list[Column]:
    def money(row: Row) -> str:
        return money_text(row.bonus.amount, row.currency)

    return [
        Column("line", say("Line"), lambda row: str(row.line), kind="number", width=60, muted=True),
        Column("worker", say("Worker"), lambda row: row.worker_name, kind="id", width=170),
        Column("amount", say("Amount"), money, kind="money", width=100),
        Column("reason", say("Reason"), lambda row: row.bonus.reason, width=220, stretch=True),
        Column(
            "recorded",
            say("Recorded before"),
            lambda row: row.recorded and theme.status_look(row.recorded).word,
            width=130,
        ),
    ]
