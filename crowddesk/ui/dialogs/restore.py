"""Restores a backup: what is in it, the new folder for it, how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crowddesk.language import minute_text, percent_text, say_count
from crowddesk.ui import folders
from crowddesk.ui.controls import Label
from crowddesk.ui.dialogs.scrolled import ScrolledDialog
from crowddesk.ui.folder_field import FolderField
from crowddesk.ui.gauges import ProgressLine
from crowddesk.ui.work_done import size_text

if TYPE_CHECKING:
    from crowddesk.lanes import WorkThread
    from crowddesk.operations.backup import BackupFacts


class RestoreDialog(ScrolledDialog):
    """`wanted(folder)` is emitted in place of `accepted`, and the dialog stays; `stopped`: Cancel meanwhile.

    Whoever restores calls `show_progress`, then `accept` or `show_failure`.
    """

    wanted = Signal(object)
    stopped = Signal()

    def __init__(
        self, name: str, facts: BackupFacts, folder: Path, thread: WorkThread, parent: QWidget | None = None
    ) -> None:
        super().__init__("", "", parent, width=560)
        self.set_title(self.tr("Restore a backup"))
        runs = say_count("%n runs", "%n run", facts.runs)
        self.set_verb(self.tr("Restore {0}").format(runs))
        self._working = False
        middle = QVBoxLayout()
        rows = (
            self.tr("“{0}”, as it was at {1}").format(facts.workspace, minute_text(facts.made_at)),
            " · ".join((
                runs, say_count("%n units", "%n unit", facts.units), size_text(facts.size),
                self.tr("made by CrowdDesk {0}").format(facts.version),
            )),
        )  # fmt: skip
        middle.addWidget(Label(rows[0], role="strong", wrap=True, selectable=True))
        middle.addWidget(Label(rows[1], tone="muted", wrap=True))
        middle.addWidget(Label(self.tr("File: {0}").format(name), tone="muted", wrap=True))
        middle.addSpacing(4)
        self.place = FolderField(
            folder,
            thread,
            title=self.tr("Put it into this new folder"),
            says={"": self.tr("The workspace that it was made from is left as it is.")},
            wanted=frozenset({folders.NEW, folders.EMPTY}),
            refusal=self.tr(
                "There is a workspace in this folder. A backup is put into a new or an empty one."
            ),
        )
        middle.addWidget(self.place)
        middle.addWidget(
            Label(
                self.tr("It knows nothing of what was paid or decided after it was made. What had not left "
                        "by then waits for you: compare with the vendors first, then nobody is paid twice."),
                wrap=True,
            )
        )  # fmt: skip
        self.set_middle(middle)
        self._note = Label(role="caption", tone="muted")
        self.progress = ProgressLine()
        for widget in (self.progress, self._note):
            widget.hide()
            self.body.addWidget(widget)
        self.place.changed.connect(self._follow)
        self.place.looked.connect(self._follow)
        self.place.settled.connect(self._begin)
        QTimer.singleShot(0, self, self.place.look)

    def show_progress(self, done: int, total: int) -> None:
        """How far it is, in parts of any kind."""
        self.progress.set(done, max(1, total))
        self._note.setText(self.tr("{0} restored").format(percent_text(done / max(1, total))))

    def show_failure(self, sentence: str) -> None:
        """Says why nothing was restored; another folder can be tried."""
        self._set_working(False)
        self.set_problem(sentence)
        self.place.look()

    def reject(self) -> None:
        if self._working:
            self.stopped.emit()
        else:
            super().reject()

    # -------------------------------------------------------------------------------------------- inside

    def _take(self) -> None:
        self.set_problem("")
        self.place.settle()

    def _begin(self, folder: Path) -> None:
        self._set_working(True)
        self.wanted.emit(folder)

    def _set_working(self, on: bool) -> None:
        self._working = on
        self.place.setEnabled(not on)
        self.verb.setEnabled(not on)
        self.progress.set(0, 1)
        for widget in (self.progress, self._note):
            widget.setVisible(on)
        if on:
            self._note.setText(self.tr("Restoring…"))
            self.cancel.setFocus()
        self._fit()

    def _follow(self, _found: object = None) -> None:
        self.verb.setEnabled(not self.place.fault() and not self._working)
        self._fit()
