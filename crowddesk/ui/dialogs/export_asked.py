"""Asks how to export a run: format, rows, filters, masks, names and file; then says how far it is.

A manifest of an earlier export can be made again: everything but the file is taken from it then.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Check, Choice, Label, set_state
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.gauges import ProgressLine
from crowddesk.ui.words import count_text

if TYPE_CHECKING:
    from crowddesk.operations.export import Exported, Waiting, Wanted

_FORMATS: Final = (
    ("CSV table", ".csv"), ("Excel sheet", ".xlsx"), ("JSON lines", ".jsonl"), ("Parquet", ".parquet"),
)  # fmt: skip
#: Words, kind of row, and how an item's answer is found.
_ROWS: Final = (
    ("A row for each unit", "unit", "majority"),
    ("A row for each item, by majority", "item", "majority"),
    ("A row for each item, by Dawid-Skene", "item", "dawid_skene"),
)
_ONLY: Final = (
    ("All answers", None), ("Only those in the data set", "in"), ("Only undecided ones", "undecided"),
    ("Only those left out", "out"),
)  # fmt: skip
_COUNT_AFTER_MS: Final = 300


@dataclass(frozen=True, slots=True)
class ExportValue:
    """Where to, in the format of the path's ending, and what; `like` is the manifest that is made again."""

    path: Path
    rows: str = "unit"
    method: str = "majority"
    where: str = ""
    only: str | None = None
    masks: tuple[str, ...] = ()
    names: bool = False
    like: Path | None = None

    def wanted(self, run_id: int) -> Wanted:
        """What is to be exported, as the operation takes it."""
        from crowddesk.operations.export import Wanted

        return Wanted(
            run_id,
            self.path.suffix.lower(),
            self.rows,
            self.where,
            self.only,
            self.masks,
            self.names,
            self.method,
        )


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """What the dialog knows of a run: its title, its units, and the names of the workspace's masks."""

    run_id: int
    title: str
    units: int
    masks: Sequence[str] = field(default=())


class ExportDialog(VerbDialog):
    """Asks what and where to. `wanted(value)` is emitted in place of `accepted`, and the dialog stays.

    Whoever writes calls `show_progress`, then `show_done` or `show_failure`. `stopped`: Cancel was pressed
    while it was being written. `count_wanted(value)`: rows are to be counted, the answer is `show_count` or
    `show_fault`. `manifest_chosen(path)`: an export is to be made again; the answer is `take_manifest`.
    """

    wanted = Signal(object)
    stopped = Signal()
    count_wanted = Signal(object)
    manifest_chosen = Signal(object)

    def __init__(
        self,
        facts: ExportFacts,
        folder: Path,
        name: str,
        parent: QWidget | None = None,
        *,
        masks: Sequence[str] = (),
    ) -> None:
        super().__init__(f"Export “{facts.title}”", "", parent, width=600)
        self._facts = facts
        self._writing = False
        self._done: Exported | None = None
        self._like: Path | None = None
        self._rows: int | None = None
        self._fault = ""
        self._make_fields(folder / f"{name}.csv", masks)
        self._lay_out()
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_AFTER_MS)
        self._counting.timeout.connect(self._ask_count)
        self._follow()
        self._show()
        self.path.setFocus()
        self._counting.start()

    # ------------------------------------------------------------------------------------------- fields

    def _make_fields(self, path: Path, masks: Sequence[str]) -> None:
        self.format = _choice(self.tr("Format"), [(f"{words} ({end})", end) for words, end in _FORMATS])
        self.rows = _choice(self.tr("Rows"), [(words, (kind, how)) for words, kind, how in _ROWS])
        self.only = _choice(self.tr("Answers"), list(_ONLY))
        self.where = QLineEdit()
        self.where.setAccessibleName(self.tr("Only units that match"))
        self.where.setPlaceholderText("status:accepted time:>10s")
        self.masks = {name: Check(name) for name in self._facts.masks}
        for name, box in self.masks.items():
            box.setChecked(name in masks)
            box.setAccessibleName(self.tr("Leave out what the mask {0} does").format(name))
        self.names = Check(self.tr("Workers’ real names in place of pseudonyms"))
        self.path = QLineEdit(str(path))
        self.path.setAccessibleName(self.tr("File"))
        self._browse_button = browse = Button(self.tr("Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self._name_note = Label(role="caption", tone="muted", wrap=True)
        self._note = Label(role="caption", tone="muted", wrap=True)
        self.progress = ProgressLine()
        self.progress.hide()
        self.like = Button(self.tr("Repeat an export…"))
        self.show_folder = Button(self.tr("Show in folder"))
        self.copy = Button(self.tr("Copy details"))
        self.like.setToolTip(self.tr("Takes everything from the manifest of an earlier export"))
        takes = (
            (self.like, self._choose_manifest),
            (self.show_folder, self._open_folder),
            (self.copy, self._copy),
        )
        for button, take in takes:
            button.setAutoDefault(False)
            button.clicked.connect(take)
            button.setVisible(button is self.like)
            self.add_left_button(button)

    def _lay_out(self) -> None:
        self._choices = column = QVBoxLayout()
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        cells = (self.format, self.rows, self.only, self.where)
        titles = (self.tr("Format"), self.tr("Rows"), self.tr("Answers"), self.tr("Only units that match"))
        for place, (title, widget) in enumerate(zip(titles, cells, strict=True)):
            row, side = divmod(place, 2)
            grid.addWidget(_caption(title, widget), 3 * row, side)
            grid.addWidget(widget, 3 * row + 1, side)
            grid.setColumnStretch(side, 1)
            widget.setMinimumWidth(40)
        grid.setRowMinimumHeight(2, 4)
        column.addLayout(grid)
        column.addSpacing(4)
        column.addWidget(Label(self.tr("Leave out what these masks do"), role="caption", tone="muted"))
        if self.masks:
            boxes = FlowLayout(spacing=8)
            for box in self.masks.values():
                boxes.addWidget(box)
            column.addLayout(boxes)
        else:
            words = self.tr("There are no masks yet. The run’s data set is where to make them.")
            column.addWidget(Label(words, wrap=True))
        column.addSpacing(4)
        column.addWidget(self.names)
        column.addWidget(self._name_note)
        content = QWidget()
        content.setLayout(column)
        self.add_scrolling(content)
        (self._area,) = self.findChildren(QScrollArea)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.path, 1)
        line.addWidget(self._browse_button)
        self.body.addWidget(_caption(self.tr("File"), self.path))
        self.body.addLayout(line)
        self.body.addWidget(self._note)
        self.body.addWidget(self.progress)

    def _fit(self) -> None:
        """The choices get what height they need, and scroll where the screen has less."""
        if self.isVisible():
            column = self._choices
            column.invalidate()  # Qt tells only the outermost layout that a box has become wider
            wanted = column.totalHeightForWidth(self._area.viewport().width())
            others = self._column.totalHeightForWidth(self.width()) - self._area.minimumHeight()
            room = self.screen().availableGeometry().height() - others
            self._area.setFixedHeight(max(theme.px(80), min(wanted, room)))
        super()._fit()

    def _follow(self) -> None:
        self.format.currentIndexChanged.connect(self._take_format)
        self.path.textChanged.connect(self._show)
        self.where.textChanged.connect(self._choose)
        for choice in (self.rows, self.only):
            choice.currentIndexChanged.connect(self._choose)
        for box in (*self.masks.values(), self.names):
            box.toggled.connect(self._choose)

    # -------------------------------------------------------------------------------------------- asked

    def value(self) -> ExportValue:
        rows, method = self.rows.currentData()
        return ExportValue(
            Path(self.path.text().strip()).expanduser(),
            rows,
            method,
            self.where.text().strip(),
            self.only.currentData(),
            tuple(name for name, box in self.masks.items() if box.isChecked()),
            self.names.isChecked(),
            self._like,
        )

    def command_line(self) -> Sequence[str] | None:
        value = self.value()
        if value.like is not None:
            return ["export", "--like", str(value.like), "--to", str(value.path)]
        words = ["export", "--run", str(self._facts.run_id), "--to", str(value.path)]
        if value.rows != "unit":
            words += ["--rows", value.rows]
        if value.method != "majority":
            words += ["--method", value.method]
        if value.where:
            words += ["--where", value.where]
        if value.only:
            words += ["--only", value.only]
        for name in value.masks:
            words += ["--mask", name]
        return [*words, "--with-names"] if value.names else words

    def check(self) -> str:
        text = self.path.text().strip()
        if not text:
            return self.tr("Name the file.")
        path = Path(text).expanduser()
        endings = [ending for _, ending in _FORMATS]
        if path.suffix.lower() not in endings:
            return self.tr("{0} ends in none of {1}.").format(path.name, ", ".join(endings))
        if path.is_dir():
            return self.tr("{0} is a folder: name a file in it.").format(path)
        if not path.absolute().parent.is_dir():
            return self.tr("There is no folder {0}.").format(path.absolute().parent)
        return self._fault

    def _take(self) -> None:
        if self._done is not None:
            self.accept()
            return
        problem = self.check()
        self.set_problem(problem)
        set_state(self.path, "wrong", bool(problem) and not self._fault)
        if not problem:
            self._counting.stop()
            self._set_writing(True)
            self.wanted.emit(self.value())

    def reject(self) -> None:
        if self._writing:
            self.stopped.emit()
        else:
            super().reject()

    # ------------------------------------------------------------------------------------------- answers

    def show_count(self, waiting: Waiting) -> None:
        """How much it would be now; what comes too late to be asked is not heard."""
        if not self._is_asking:
            return
        self._rows, self._fault = waiting.rows, ""
        for name, box in self.masks.items():
            left_out = waiting.excluded.get(name)
            box.setText(name if left_out is None else f"{name} (−{left_out:,})")
            box.updateGeometry()
        self._show()

    def show_fault(self, sentence: str) -> None:
        """Why nothing can be counted, and so nothing exported; heard as `show_count` is."""
        if not self._is_asking:
            return
        self._rows, self._fault = None, sentence
        self._show()
        self.set_problem(sentence)

    def take_manifest(self, path: Path, wanted: Wanted) -> None:
        """Shows the export that is to be made again; only its file can be chosen."""
        self._like = path
        self.format.setCurrentIndex(self.format.findData(wanted.format))
        places = [
            place for place, (_, kind, how) in enumerate(_ROWS) if (kind, how) == (wanted.rows, wanted.method)
        ]
        self.rows.setCurrentIndex(places[0] if places else 1)
        self.only.setCurrentIndex(self.only.findData(wanted.only))
        self.where.setText(wanted.where)
        for name, box in self.masks.items():
            box.setChecked(name in wanted.masks)
        self.names.setChecked(wanted.names)
        self._enable(True)
        self._counting.stop()
        self._rows, self._fault = None, ""
        self.like.setText(self.tr("Do not repeat it"))
        self._show()

    def show_progress(self, done: int, total: int) -> None:
        self.progress.set(done, total)
        self._note.setText(self.tr("{0} of {1} rows").format(f"{done:,}", f"{total:,}"))
        self._note.setVisible(True)

    def show_done(self, made: Exported) -> None:
        """Says what was written, and where; after a manifest, whether it is the same."""
        self._set_writing(False)
        self._done = made
        words = self.tr("{0} are in {1}, and what they are in {2} beside it.").format(
            count_text(made.rows, "row"), made.path, made.manifest_path.name
        )
        if made.damaged:
            words += self.tr(" {0} could not be read and went out as stored.").format(
                count_text(len(made.damaged), "unit")
            )
        if made.same is not None:
            same, other = self.tr("It is the same file, byte for byte."), self.tr("It is not the same file.")
            words = "\n".join([words, same if made.same else other, *made.differences])
        self._note.setText(words)
        self._note.setVisible(True)
        self._note.set_tone("warning" if made.damaged or made.same is False else "good")
        self.like.hide()
        self.show_folder.show()
        self.copy.show()
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

    def _set_writing(self, on: bool) -> None:
        self._writing = on
        self.progress.setVisible(on)
        self.progress.set(0, 1)
        self._enable(not on)
        self.verb.setEnabled(not on)
        self._fit()

    def _enable(self, on: bool) -> None:
        free = on and self._like is None
        for widget in (self.format, self.rows, self.only, self.where, self.names, *self.masks.values()):
            widget.setEnabled(free)
        for widget in (self.path, self._browse_button, self.like):
            widget.setEnabled(on)

    def _choose(self) -> None:
        self._rows, self._fault = None, ""
        if self._like is None:
            self._counting.start()
        self._show()

    @property
    def _is_asking(self) -> bool:
        return not self._writing and self._done is None and self._like is None

    def _ask_count(self) -> None:
        if self._is_asking:
            self.count_wanted.emit(self.value())

    def _show(self) -> None:
        path = Path(self.path.text().strip())
        for place, (_, ending) in enumerate(_FORMATS):
            if path.suffix.lower() == ending and self.format.currentIndex() != place:
                self.format.blockSignals(True)
                self.format.setCurrentIndex(place)
                self.format.blockSignals(False)
        if self._like is not None:
            self.set_verb(self.tr("Export again"))
        elif self._rows is None:
            self.set_verb(self.tr("Export"), not self._fault)
        else:
            self.set_verb(self.tr("Export {0}").format(count_text(self._rows, "row")), self._rows > 0)
        exists = path.is_file()
        self.set_careful(exists)  # Enter replaces no file
        told = self.tr("{0} exists and will be replaced.").format(path.name) if exists else ""
        if self._like is not None:
            told = self.tr("Everything is as {0} says. {1}").format(self._like.name, told).strip()
        elif not exists and self._rows == 0:
            told = self.tr("No answer matches: choose other answers, units or masks.")
        self._note.setText(told)
        self._note.setVisible(bool(told))
        self._note.set_tone("warning" if exists else "muted")
        self._name_note.setText(
            self.tr("Give this file to nobody who must not know who the workers are.")
            if self.names.isChecked()
            else self.tr("What people wrote in free text is not searched for names.")
        )
        self._name_note.set_tone("warning" if self.names.isChecked() else "muted")
        self.set_problem("")
        set_state(self.path, "wrong", False)

    def _take_format(self) -> None:
        text = self.path.text().strip()
        if text:
            self.path.setText(str(Path(text).with_suffix(self.format.currentData())))

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), self.path.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{words} (*{ending})" for words, ending in _FORMATS])
        dialog.selectNameFilter(f"{_FORMATS[self.format.currentIndex()][0]} (*{self.format.currentData()})")
        dialog.setDefaultSuffix(self.format.currentData()[1:])
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # the dialog says so itself
        dialog.fileSelected.connect(self.path.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _choose_manifest(self) -> None:
        if self._like is not None:
            self._like = None
            self.like.setText(self.tr("Repeat an export…"))
            self._enable(True)
            self._choose()
            return
        dialog = QFileDialog(self, self.tr("The manifest of an export"), str(Path(self.path.text()).parent))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [self.tr("Manifests of exports") + " (*.manifest.json)", self.tr("All files") + " (*)"]
        )
        dialog.fileSelected.connect(self._tell_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell_chosen(self, path: str) -> None:
        self.manifest_chosen.emit(Path(path))

    def _open_folder(self) -> None:
        if self._done is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._done.path.absolute().parent)))

    def _copy(self) -> None:
        if self._done is not None:
            text = json.dumps(self._done.manifest, ensure_ascii=False, indent=1)
            QGuiApplication.clipboard().setText(text)


def _choice(name: str, entries: Sequence[tuple[str, Any]]) -> Choice:
    made = Choice()
    for words, value in entries:
        made.addItem(words, value)
    made.setAccessibleName(name)
    return made


def _caption(words: str, widget: QWidget) -> Label:
    label = Label(words, role="caption", tone="muted")
    label.setBuddy(widget)
    return label
