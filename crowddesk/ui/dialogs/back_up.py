"""Backs a workspace up into one file while it is in use: where to, how far, how large it is then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crowddesk.domain import now
from crowddesk.language import mark, say_count
from crowddesk.ui.controls import Label
from crowddesk.ui.dialogs.to_file import ToFileDialog
from crowddesk.ui.folders import BACKUP_ENDING
from crowddesk.ui.session import Session
from crowddesk.ui.to_file import ToFile
from crowddesk.ui.work_done import size_text

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.backup import BackupFacts


@dataclass(frozen=True, slots=True)
class BackUpValue:
    """Where to."""

    path: Path


class BackUpDialog(ToFileDialog):
    """Asks where to; says what is inside and what is not."""

    FORMATS = ((mark("Backup"), BACKUP_ENDING),)

    def __init__(self, workspace: str, folder: Path, parent: QWidget | None = None) -> None:
        name = f"{workspace} {now().astimezone():%Y-%m-%d}{BACKUP_ENDING}"
        super().__init__("", folder / name, parent)
        self.set_title(self.tr("Back up “{0}”").format(workspace))
        column = QVBoxLayout()
        for words in (
            self.tr("The whole workspace as it is now goes into one file: all runs with their answers, "
                    "decisions and files, the accounts, and the settings. You can go on working meanwhile."),
            self.tr("Tokens and passwords stay in this computer’s keychain. The file names the workers, so "
                    "keep it where only those come who may know them."),
        ):  # fmt: skip
            column.addWidget(Label(words, wrap=True))
        self._lay_out(column)

    def value(self) -> BackUpValue:
        return BackUpValue(self.file_path())

    def command_line(self) -> Sequence[str] | None:
        return ["backup", str(self.file_path())]

    def far_words(self, done: int, total: int) -> str:
        return self.tr("{0} of {1}").format(size_text(done), size_text(total))

    def show_done(self, path: Path, facts: BackupFacts) -> None:
        """Says what was written."""
        words = self.tr("Written to {2}: {0} with {1} ({3}).").format(
            say_count("%n runs", "%n run", facts.runs),
            say_count("%n units", "%n unit", facts.units),
            path,
            size_text(facts.size),
        )
        self.finish(path, words)

    def _show(self) -> None:
        self.set_verb(self.tr("Back up"))
        super()._show()


class _BackUp(ToFile):
    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(session, window)
        self.FAILED = self.tr("This workspace was not backed up")

    def read(self, conn: Any) -> str:
        return self._session.db.folder.name

    def make_dialog(self, facts: str, folder: Path) -> BackUpDialog:
        return BackUpDialog(facts, folder, self._window)

    def write(
        self, db: CrowdDatabase, value: BackUpValue, report: Callable[[int, int], None]
    ) -> tuple[Path, BackupFacts]:
        from crowddesk.operations.backup import make_backup

        stop = self._stop_wanted
        return value.path, make_backup(db, value.path, progress=report, cancelled=stop.is_set)

    def show_made(self, made: tuple[Path, BackupFacts]) -> None:
        if self._dialog is not None:
            self._dialog.show_done(*made)
        self._session.tell(
            "exports", self.tr("The workspace is backed up"), made[0].name, self._window.activateWindow
        )


def open_back_up(session: Session, window: QWidget) -> None:
    """Asks where to, and backs the open workspace up. In the GUI thread; returns at once."""
    _BackUp(session, window)
