"""Asks how to export a run: format, rows, filters, masks, names and file; then says how far it is.

A manifest of an earlier export can be made again: everything but the file is taken from it then.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from crowddesk.language import mark, number_text, say, say_count
from crowddesk.ui.controls import Button, Check, Choice, Label
from crowddesk.ui.dialogs.to_file import ToFileDialog, caption
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.timers import make_one_shot

if TYPE_CHECKING:
    from crowddesk.operations.export import Exported, Waiting, Wanted

_FORMATS: Final = (
    (mark("CSV table"), ".csv"),
    (mark("Excel sheet"), ".xlsx"),
    (mark("JSON lines"), ".jsonl"),
    (mark("Parquet"), ".parquet"),
)
#: Words, kind of row, and how an item's answer is found.
_ROWS: Final = (
    (mark("A row for each unit"), "unit", "majority"),
    (mark("A row for each item, by majority"), "item", "majority"),
    (mark("A row for each item, by Dawid-Skene"), "item", "dawid_skene"),
)
_ONLY: Final = (
    (mark("All answers"), None),
    (mark("Only those in the data set"), "in"),
    (mark("Only undecided ones"), "undecided"),
    (mark("Only those left out"), "out"),
)
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


class ExportDialog(ToFileDialog):
    """Asks what and where to.

    `count_wanted(value)`: rows are to be counted, the answer is `show_count` or `show_fault`.
    `manifest_chosen(path)`: an export is to be made again; the answer is `take_manifest`.
    """

    count_wanted = Signal(object)
    manifest_chosen = Signal(object)

    FORMATS = _FORMATS

    def __init__(
        self,
        facts: ExportFacts,
        folder: Path,
        name: str,
        parent: QWidget | None = None,
        *,
        masks: Sequence[str] = (),
    ) -> None:
        super().__init__(self.tr("Export “{0}”").format(facts.title), folder / f"{name}.csv", parent)
        self._facts = facts
        self._made: Exported | None = None
        self._like: Path | None = None
        self._rows: int | None = None
        self._fault = ""
        self._counting = make_one_shot(self, _COUNT_AFTER_MS, self._ask_count)
        self._make_fields(masks)
        self._lay_out(self._make_choices())
        self._follow()
        self._counting.start()

    # ------------------------------------------------------------------------------------------- fields

    def _make_fields(self, masks: Sequence[str]) -> None:
        self.format = _choice(self.tr("Format"), [(f"{say(words)} ({end})", end) for words, end in _FORMATS])
        self.rows = _choice(self.tr("Rows"), [(say(words), (kind, how)) for words, kind, how in _ROWS])
        self.only = _choice(self.tr("Answers"), [(say(words), part) for words, part in _ONLY])
        self.where = QLineEdit()
        self.where.setAccessibleName(self.tr("Only units that match"))
        self.where.setPlaceholderText("status:accepted time:>10s")
        self.masks = {name: Check(name) for name in self._facts.masks}
        for name, box in self.masks.items():
            box.setChecked(name in masks)
            box.setAccessibleName(self.tr("Leave out what the mask {0} does").format(name))
        self.names = Check(self.tr("Workers’ real names in place of pseudonyms"))
        self._name_note = Label(role="caption", tone="muted", wrap=True)
        self.like = self.add_lesser(Button(self.tr("Repeat an export…")), self._choose_manifest)
        self.copy = self.add_lesser(Button(self.tr("Copy details")), self._copy)
        self.copy.hide()
        self.like.setToolTip(self.tr("Takes everything from the manifest of an earlier export"))

    def _make_choices(self) -> QVBoxLayout:
        column = QVBoxLayout()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        cells = (self.format, self.rows, self.only, self.where)
        titles = (self.tr("Format"), self.tr("Rows"), self.tr("Answers"), self.tr("Only units that match"))
        for place, (title, widget) in enumerate(zip(titles, cells, strict=True)):
            row, side = divmod(place, 2)
            grid.addWidget(caption(title, widget), 3 * row, side)
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
        return column

    def _follow(self) -> None:
        self.format.currentIndexChanged.connect(self._take_format)
        self.where.textChanged.connect(self._choose)
        for choice in (self.rows, self.only):
            choice.currentIndexChanged.connect(self._choose)
        for box in (*self.masks.values(), self.names):
            box.toggled.connect(self._choose)

    # -------------------------------------------------------------------------------------------- asked

    def value(self) -> ExportValue:
        rows, method = self.rows.currentData()
        return ExportValue(
            self.file_path(),
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
        return super().check() or self._fault

    # ------------------------------------------------------------------------------------------- answers

    def show_count(self, waiting: Waiting) -> None:
        """How much it would be now; what comes too late to be asked is not heard."""
        if not self._is_asking:
            return
        self._rows, self._fault = waiting.rows, ""
        for name, box in self.masks.items():
            left_out = waiting.excluded.get(name)
            box.setText(name if left_out is None else f"{name} (−{number_text(left_out)})")
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

    def show_done(self, made: Exported) -> None:
        """Says what was written, and where; after a manifest, whether it is the same."""
        words = self.tr("{0} are in {1}, and what they are in {2} beside it.").format(
            say_count("%n rows", "%n row", made.rows), made.path, made.manifest_path.name
        )
        if made.damaged:
            words += " " + say_count(
                "%n units could not be read and went out as stored.",
                "%n unit could not be read and went out as stored.",
                len(made.damaged),
            )
        if made.same is not None:
            same, other = self.tr("It is the same file, byte for byte."), self.tr("It is not the same file.")
            words = "\n".join([words, same if made.same else other, *made.differences])
        self._made = made
        self.like.hide()
        self.copy.show()
        self.finish(made.path, words, "warning" if made.damaged or made.same is False else "good")

    # -------------------------------------------------------------------------------------------- inside

    def _enable(self, on: bool) -> None:
        free = on and self._like is None
        for widget in (self.format, self.rows, self.only, self.where, self.names, *self.masks.values()):
            widget.setEnabled(free)
        self.like.setEnabled(on)
        super()._enable(on)

    def _choose(self) -> None:
        self._rows, self._fault = None, ""
        if self._like is None:
            self._counting.start()
        self._show()

    @property
    def _is_asking(self) -> bool:
        return not self._writing and self._written is None and self._like is None

    def _ask_count(self) -> None:
        if self._is_asking:
            self.count_wanted.emit(self.value())

    def _show(self) -> None:
        path = self.file_path()
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
            self.set_verb(
                self.tr("Export {0}").format(say_count("%n rows", "%n row", self._rows)), self._rows > 0
            )
        self._name_note.setText(
            self.tr("Give this file to nobody who must not know who the workers are.")
            if self.names.isChecked()
            else self.tr("What people wrote in free text is not searched for names.")
        )
        self._name_note.set_tone("warning" if self.names.isChecked() else "muted")
        super()._show()

    def _note_of(self, replaced: str) -> str:
        if self._like is not None:
            return self.tr("Everything is as {0} says. {1}").format(self._like.name, replaced).strip()
        if not replaced and self._rows == 0:
            return self.tr("No answer matches: choose other answers, units or masks.")
        return replaced

    def _take_format(self) -> None:
        path = Path(self.path.text().strip())
        if path.name:
            self.path.setText(str(path.with_suffix(self.format.currentData())))

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

    def _copy(self) -> None:
        if self._made is not None:
            text = json.dumps(self._made.manifest, ensure_ascii=False, indent=1)
            QGuiApplication.clipboard().setText(text)


def _choice(name: str, entries: Sequence[tuple[str, Any]]) -> Choice:
    made = Choice()
    for words, value in entries:
        made.addItem(words, value)
    made.setAccessibleName(name)
    return made
