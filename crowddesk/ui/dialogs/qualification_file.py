"""Qualifications from a file: chosen, checked row by row, shown, then recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from crowddesk.language import mark, say, say_count
from crowddesk.ui.dialogs.rows_file import RowsFileDialog
from crowddesk.ui.rows import Column
from crowddesk.ui.words import vendor_name

if TYPE_CHECKING:
    from crowddesk.operations.qualification_file import CheckedQualifications, Row


class QualificationFileDialog(RowsFileDialog):
    """Grants and revokes what a file says."""

    UNFIT = mark("No row of this file can be used as it stands.")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Qualifications from a file"),
            self.tr(
                "A CSV, TSV, JSON or XLSX file with the columns worker, qualification and value; an "
                "empty value revokes. A column provider tells apart people of one name. The same file is "
                "recorded once."
            ),
            _columns(),
            parent,
            rows=self.tr("Qualifications"),
        )

    def summary_of(self, found: CheckedQualifications) -> str:
        return _summary(found)

    def unfit_of(self, errors: int) -> str:
        return say_count(
            "%n rows cannot be used. Nothing is recorded until all can.",
            "%n row cannot be used. Nothing is recorded until all can.",
            errors,
        )

    def fault_of(self, found: CheckedQualifications) -> str:
        if found.new or not found.rows:
            return super().fault_of(found)
        return self.tr("There is nothing to do: every row is so already.")

    def show_checked(self, asked: Sequence[str], checked: Any) -> None:
        live = self.tr("LIVE: real people are told at their vendor.")
        self.warning.setText("" if checked.sandbox else live)
        super().show_checked(tuple(asked), checked)

    def command_line(self) -> Sequence[str] | None:
        return ("qualify", "--file", self.absolute_path) if self.asked[0] else None


def _summary(found: CheckedQualifications) -> str:
    parts = []
    if found.grants:
        parts.append(say("{count:,} to grant", count=found.grants))
    if found.revocations:
        parts.append(say("{count:,} to revoke", count=found.revocations))
    left = len(found.rows) - len(found.new)
    if left:
        parts.append(say("{count:,} so already or recorded before", count=left))
    words = [", ".join(parts) + "."] if parts else []
    if found.to_make:
        words.append(say("New here: {names}.", names=", ".join(found.to_make)))
    return " ".join(words)


def _now(row: Row) -> str:
    return "–" if row.before is None else str(row.before)


def _columns() -> list[Column]:
    return [
        Column("line", say("Line"), lambda row: str(row.line), kind="number", width=60, muted=True),
        Column("worker", say("Worker"), lambda row: row.worker_name, kind="id", width=150, stretch=True),
        Column("vendor", say("Vendor"), lambda row: vendor_name(row.provider_type), width=140),
        Column("qualification", say("Qualification"), lambda row: row.qualification, width=140),
        Column("before", say("Now"), _now, kind="number", width=64),
        Column("then", say("Then"), lambda row: row.then, width=130),
    ]
