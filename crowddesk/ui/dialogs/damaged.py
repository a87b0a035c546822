"""A damaged workspace: what is wrong, which copies there are, and the ways back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from crowddesk.language import minute_text, say_count
from crowddesk.ui.check_list import PickList
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.scrolled import ScrolledDialog
from crowddesk.ui.gauges import ProgressLine
from crowddesk.ui.work_done import size_text

if TYPE_CHECKING:
    from crowddesk.operations.backup import Copy, Saved

_MOST_FAULTS = 3
_MOST_LOST = 4
#: The most copies in sight.
_ROWS = 4
#: The list's own lines above and below its rows.
_BORDERS = 2
#: The `why` of a copy that was read out of the damaged file.
READ_OUT = "read out"


class DamagedDialog(ScrolledDialog):
    """Whoever does what it asks for calls `show_working`, then `accept`, `show_failure` or `show_saved`.

    Signals: `put_back_wanted(Copy)`, `save_wanted`, `restore_wanted`, `folder_wanted`, and `stopped`: Cancel
    while something is being done.
    """

    put_back_wanted = Signal(object)
    save_wanted = Signal()
    restore_wanted = Signal()
    folder_wanted = Signal()
    stopped = Signal()

    def __init__(
        self,
        folder: Path,
        faults: Sequence[str],
        copies: Sequence[Copy],
        parent: QWidget | None = None,
        *,
        lost: bool = False,
    ) -> None:
        """`lost`: there is no file any more, or nothing in it, to be kept or read."""
        super().__init__("", "", parent, careful=True, width=600)
        self.set_title(self.tr("The workspace “{0}” is damaged").format(folder.name))
        self.cancel.setText(self.tr("Close"))
        self._working = False
        self._is_lost = lost
        middle = QVBoxLayout()
        for fault in faults[:_MOST_FAULTS]:
            middle.addWidget(Label(fault, tone="danger", wrap=True, selectable=True))
        if len(faults) > _MOST_FAULTS:
            more = say_count("And %n more faults.", "And %n more fault.", len(faults) - _MOST_FAULTS)
            middle.addWidget(Label(more, tone="muted"))
        words = self.tr("The file is kept as it is, whatever you choose: {0}").format(
            folder / "crowddesk.sqlite"
        )
        if not lost:
            middle.addWidget(Label(words, tone="muted", wrap=True, selectable=True))
        middle.addSpacing(4)
        self._caption = Label(self.tr("Copies of it that can be put back"), role="caption", tone="muted")
        self._held: dict[str, Copy] = {}
        self.copies = PickList()
        self.copies.setAccessibleName(self._caption.text())
        self._caption.setBuddy(self.copies)
        self._lost = Label(wrap=True)
        self._note = Label(role="caption", tone="muted", wrap=True)
        self.progress = ProgressLine()
        for widget in (self._caption, self.copies, self._lost):
            middle.addWidget(widget)
        self.set_middle(middle)
        self.body.addWidget(self.progress)
        self.body.addWidget(self._note)
        self.progress.hide()
        self._note.hide()
        self.save = self._add_lesser(self.tr("Save what can still be read…"), self.save_wanted)
        self.save.setHidden(lost)
        self.restore = self._add_lesser(self.tr("Restore a backup…"), self.restore_wanted)
        self.show_folder = self._add_lesser(self.tr("Show the folder"), self.folder_wanted)
        for copy in copies:
            self._add(copy)
        self.copies.currentRowChanged.connect(self._follow)
        self.copies.setCurrentRow(0)
        self._follow()
        (self.copies if copies else self.restore if lost else self.save).setFocus()

    def _add_lesser(self, words: str, signal: object) -> Button:
        button = Button(words)
        button.setAutoDefault(False)
        button.clicked.connect(signal)
        self.add_left_button(button)
        return button

    def value(self) -> Copy | None:
        """The copy that is chosen."""
        key = self.copies.key()
        return None if key is None else self._held[key]

    # -------------------------------------------------------------------------------------------- answers

    def show_working(self, words: str, *, can_stop: bool = True) -> None:
        """Something is being done, and Cancel asks it to end where that can be."""
        self._set_working(True)
        self.cancel.setEnabled(can_stop)
        self._note.setText(words)
        self._note.show()
        self._fit()

    def show_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self.progress.set(done, max(1, total))

    def show_failure(self, sentence: str) -> None:
        """Why nothing was done; everything can be tried again."""
        self._set_working(False)
        self._note.hide()
        self.set_problem(sentence)

    def show_saved(self, saved: Saved, copy: Copy) -> None:
        """What was read out is one of the copies now, and the one that is chosen."""
        self._set_working(False)
        self._add(copy, first=True)
        rows = say_count("%n rows were read out.", "%n row was read out.", sum(saved.rows.values()))
        lost = list(saved.lost[:_MOST_LOST]) or [self.tr("Nothing was lost.")]
        if len(saved.lost) > _MOST_LOST:
            lost.append(say_count("And %n more.", "And %n more.", len(saved.lost) - _MOST_LOST))
        self._note.setText(" ".join([rows, *lost]))
        self._note.show()
        self.copies.setCurrentRow(0)
        self._follow()

    def reject(self) -> None:
        if not self._working:
            super().reject()
        elif self.cancel.isEnabled():
            self.stopped.emit()

    # -------------------------------------------------------------------------------------------- inside

    def _add(self, copy: Copy, *, first: bool = False) -> None:
        whys = {
            "daily": self.tr("kept daily"),
            "upgrade": self.tr("kept before an upgrade"),
            READ_OUT: self.tr("what could still be read"),
        }
        parts = (minute_text(copy.made_at), whys.get(copy.why, copy.why), size_text(copy.size))
        key = str(copy.path)
        self._held[key] = copy
        self.copies.add(key, " · ".join(parts), key)
        if first:
            self.copies.insertItem(0, self.copies.takeItem(self.copies.count() - 1))

    def _follow(self, _row: int = 0) -> None:
        copy = self.value()
        rows = max(1, min(_ROWS, self.copies.count()))
        self.copies.setFixedHeight(rows * self.copies.sizeHintForRow(0) + _BORDERS)
        for widget in (self.copies, self._caption):
            widget.setVisible(self.copies.count() > 0)
        if copy is None:
            self.set_verb(self.tr("Put back a copy"), enabled=False)
            if self._is_lost:
                words = self.tr("There is no copy of it here. Restore a backup that you made.")
            else:
                words = self.tr("There is no copy of it here. Save what can still be read, or restore a "
                                "backup that you made.")  # fmt: skip
            self._lost.setText(words)
        else:
            self.set_verb(
                self.tr("Put back the copy of {0}").format(minute_text(copy.made_at)), not self._working
            )
            self._lost.setText(
                self.tr("Decisions, notes and settings of what could not be read are lost. Compare with the "
                        "vendors afterwards: they know what was paid.")
                if copy.why == READ_OUT
                else self.tr("What was decided, written or launched here after {0} is lost. Compare with the "
                             "vendors afterwards: they know what was answered and paid.").format(
                    minute_text(copy.made_at)
                )
            )  # fmt: skip
        self._fit()

    def _take(self) -> None:
        copy = self.value()
        self.set_problem("")
        if copy is not None:
            self.put_back_wanted.emit(copy)

    def _set_working(self, on: bool) -> None:
        self._working = on
        self.progress.setVisible(on)
        self.progress.set(0, 1)
        self.set_problem("")
        for widget in (self.copies, self.save, self.restore, self.show_folder):
            widget.setEnabled(not on)
        self.cancel.setText(self.tr("Cancel") if on else self.tr("Close"))
        self.cancel.setEnabled(True)
        self._follow()

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self._follow()
