"""A dialog that writes one file: where to, what lies there already, how far it is, and where it lies then.

It never asks the disk itself, which may be far away or asleep: somebody looks there for it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crowddesk.language import number_text, say, say_count
from crowddesk.ui.controls import Button, Label, set_state
from crowddesk.ui.dialogs.scrolled import ScrolledDialog
from crowddesk.ui.gauges import ProgressLine
from crowddesk.ui.timers import make_one_shot

_LOOK_AFTER_MS = 300


@dataclass(frozen=True, slots=True)
class FilePlace:
    """What is where a file shall be: another one that it would replace, or why it cannot be there."""

    path: Path
    exists: bool = False
    fault: str = ""


def look_at(path: Path) -> FilePlace:
    """Asks the disk. In any thread but the GUI's, which a sleeping disk would stop."""
    try:
        if path.is_dir():
            return FilePlace(path, fault=say("{path} is a folder: name a file in it.", path=path))
        folder = path.absolute().parent
        if not folder.is_dir():
            return FilePlace(path, fault=say("There is no folder {folder}.", folder=folder))
        return FilePlace(path, path.exists())
    except OSError as error:
        why = error.strerror or error
        return FilePlace(path, fault=say("{path} cannot be written: {why}.", path=path, why=why))


class ToFileDialog(ScrolledDialog):
    """`wanted(value)` is emitted in place of `accepted`, and the dialog stays; `value()` has the `path`.

    `look_wanted(path)`: somebody is to look at that place, when the path rests and before anything is
    written; the answer is `show_place`. `stopped`: Cancel was pressed while it was being written. Whoever
    writes calls `show_progress`, then `finish` or `show_failure`.
    """

    wanted = Signal(object)
    stopped = Signal()
    look_wanted = Signal(object)

    #: What a file can be, in marked words, and its ending.
    FORMATS: ClassVar[Sequence[tuple[str, str]]] = ()

    def __init__(self, title: str, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(title, "", parent, width=600)
        self._writing = False
        self._written: Path | None = None
        self._pressed: Any = None
        self._place = FilePlace(path)
        self.path = QLineEdit(str(path))
        self.path.setAccessibleName(self.tr("File"))
        self._browse_button = Button(self.tr("Browse…"))
        self._browse_button.setAutoDefault(False)
        self._browse_button.clicked.connect(self._browse)
        self._note = Label(role="caption", tone="muted", wrap=True)
        self.progress = ProgressLine()
        self.progress.hide()
        self.show_folder = Button(self.tr("Show in folder"))
        self.add_lesser(self.show_folder, self._open_folder).hide()
        self._looking = make_one_shot(self, _LOOK_AFTER_MS, self._ask_look)

    def add_lesser(self, button: Button, take: Any) -> Button:
        """Adds a button at the left that Enter never takes."""
        button.setAutoDefault(False)
        button.clicked.connect(take)
        self.add_left_button(button)
        return button

    def _lay_out(self, choices: QVBoxLayout) -> None:
        """The choices, which scroll where the screen has no room for them, and the file, always in sight."""
        self.set_middle(choices)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.path, 1)
        line.addWidget(self._browse_button)
        self.body.addWidget(caption(self.tr("File"), self.path))
        self.body.addLayout(line)
        self.body.addWidget(self._note)
        self.body.addWidget(self.progress)
        self.path.textChanged.connect(self._follow_path)
        self._show()
        self.path.setFocus()
        self._looking.start()

    # -------------------------------------------------------------------------------------------- asked

    def file_path(self) -> Path:
        """The file that is named; nothing is asked about it."""
        return Path(os.path.expanduser(self.path.text().strip()))

    def value(self) -> Any:
        """What is asked for, with its `path`; equal when the same is asked."""
        raise NotImplementedError

    def file_fault(self) -> str:
        """Why no file can be called so, as a sentence."""
        if not self.path.text().strip():
            return self.tr("Name the file.")
        path, endings = self.file_path(), [ending for _, ending in self.FORMATS]
        if not path.is_absolute():  # who has not started the program by hand knows no folder that it is in
            return self.tr("Name the file with its whole path.")
        if path.suffix.lower() in endings:
            return ""
        if len(endings) == 1:
            return self.tr("{0} does not end in {1}.").format(path.name, endings[0])
        return self.tr("{0} ends in none of {1}.").format(path.name, ", ".join(endings))

    def check(self) -> str:
        return self.file_fault()

    def _take(self) -> None:
        if self._written is not None:
            self.accept()
            return
        self._tell_fault(self.check(), of_file=bool(self.file_fault()))
        if not self._problem.text():
            self._pressed = self.value()
            self._ask_look()

    def _ask_look(self) -> None:
        self._looking.stop()
        if not self._writing and self._written is None:
            self.look_wanted.emit(self.file_path())

    def show_place(self, place: FilePlace) -> None:
        """What is there. A pressed verb is done now, unless it would replace what nobody was told of."""
        if self._writing or self._written is not None or place.path != self.file_path():
            return
        told, news = self._place.exists, place != self._place
        pressed, self._pressed = self._pressed, None
        self._place = place
        if news:
            self._show()
        if pressed is None or pressed != self.value() or self.check():
            return
        if place.fault:
            self._tell_fault(place.fault, of_file=True)
        elif told or not place.exists:
            self._set_writing(True)
            self.wanted.emit(pressed)

    def reject(self) -> None:
        if self._writing:
            self.stopped.emit()
        else:
            super().reject()

    # ------------------------------------------------------------------------------------------- answers

    def show_progress(self, done: int, total: int) -> None:
        """How far it is; what comes after its end is not heard."""
        if self._writing:
            self.progress.set(done, total)
            self._say(self.far_words(done, total), "muted")

    def far_words(self, done: int, total: int) -> str:
        """How far it is, in words."""
        words = say_count("{0} of %n rows", "{0} of %n row", total)
        return words.format(number_text(done))

    def finish(self, path: Path, words: str, tone: str = "good") -> None:
        """Says what was written; there is nothing to ask any more."""
        self._set_writing(False)
        self._written = path
        self._say(words, tone)
        self.show_folder.show()
        self.cancel.hide()
        self.set_verb(self.tr("Close"))
        self.set_careful(False)
        self._enable(False)
        self.verb.setFocus()
        self._arrange()
        self._fit()

    def show_failure(self, sentence: str) -> None:
        """Says why nothing was written; everything can be changed and tried again."""
        self._set_writing(False)
        self._show()
        self.set_problem(sentence)

    # -------------------------------------------------------------------------------------------- inside

    def _note_of(self, replaced: str) -> str:
        """What stands below the file's name; `replaced` says that there is one, or is empty."""
        return replaced

    def _show(self) -> None:
        exists = self._place.exists
        self.set_careful(exists)  # Enter replaces no file
        replaced = self.tr("{0} exists and will be replaced.").format(self._place.path.name)
        self._say(self._note_of(replaced if exists else ""), "warning" if exists else "muted")
        self._tell_fault("")

    def _say(self, words: str, tone: str) -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._note.set_tone(tone)

    def _tell_fault(self, sentence: str, *, of_file: bool = False) -> None:
        self.set_problem(sentence)
        set_state(self.path, "wrong", of_file and bool(sentence))

    def _set_writing(self, on: bool) -> None:
        self._writing = on
        self.progress.setVisible(on)
        self.progress.set(0, 1)
        self._enable(not on)
        self.verb.setEnabled(not on)
        (self.cancel if on else self.verb).setFocus()  # a button that is off would hand it to any other
        self._fit()

    def _enable(self, on: bool) -> None:
        for widget in (self.path, self._browse_button):
            widget.setEnabled(on)

    def _follow_path(self) -> None:
        self._place = FilePlace(self.file_path())
        self._looking.start()
        self._show()

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.windowTitle(), self.path.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        filters = {ending: f"{say(words)} (*{ending})" for words, ending in self.FORMATS}
        first = next(iter(filters))
        ending = self.file_path().suffix.lower()
        dialog.setNameFilters(list(filters.values()))
        dialog.selectNameFilter(filters.get(ending, filters[first]))
        dialog.setDefaultSuffix((ending if ending in filters else first)[1:])
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # the dialog says so itself
        dialog.fileSelected.connect(self.path.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_folder(self) -> None:
        if self._written is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written.absolute().parent)))


def caption(words: str, widget: QWidget) -> Label:
    """The small words above a field."""
    label = Label(words, role="caption", tone="muted")
    label.setBuddy(widget)
    return label
