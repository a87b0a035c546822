"""A file of rows: chosen or dropped, checked row by row, shown, recorded only when every row is good."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from crowddesk.language import mark, number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.held_rows import HeldRows
from crowddesk.ui.rows import Column
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.table import RowsTable
from crowddesk.ui.timers import make_one_shot

_PAUSE_MS: Final = 300
_ROWS: Final = 8
_FAULTS: Final = 6
_LINE: Final = attrgetter("line")

Asked = tuple[str, ...]


class RowsFileDialog(VerbDialog):
    """`check_wanted(asked)` is to be answered by `show_checked` or `show_failure`; the path is asked[0].

    What was checked has `rows` (each with its `line`), `new` ones among them, and `problems`. Subclasses say
    what it comes to: `summary_of`, `verb_of`, and `fault_of` where good rows are not enough.
    """

    check_wanted = Signal(object)

    #: What is said of a file without a good row, and the verb while nothing can be done; both are marked.
    UNFIT = mark("No row of this file can be recorded as it stands.")
    VERB = mark("Record")

    def __init__(
        self,
        title: str,
        words: str,
        columns: Sequence[Column],
        parent: QWidget | None = None,
        *,
        rows: str,
        warning: str = "",
        danger: bool = False,
        fields: Sequence[tuple[str, str]] = (),
    ) -> None:
        """`rows` are called so; `fields` are further ones, as (name, hint); `warning` may stand above all."""
        super().__init__(title, "", parent, careful=True, danger=danger, width=720)
        self.setAcceptDrops(True)
        self._checked: Any = None
        self._failure = ""
        self.warning = Label(warning, tone="danger", wrap=True)
        self.body.addWidget(self.warning)
        self.body.addWidget(Label(words, tone="muted", wrap=True))
        browse = Button(self.tr("Choose…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.fields: list[QLineEdit] = []
        for name, hint in ((self.tr("File"), ""), *fields):
            field = self._make_field(name, hint)
            if self.fields:
                self.body.addWidget(field)
            else:
                line.addWidget(field, 1)
                line.addWidget(browse)
                self.body.addLayout(line)
            self.fields.append(field)
        self.path = self.fields[0]
        self._words = Label(wrap=True, selectable=True)
        self._faults = Label(tone="danger", wrap=True, selectable=True)
        self._source = HeldRows(row_id=_LINE)
        self._model = RowsModel(columns, self._source, self, row_id=_LINE)
        self.table = RowsTable(self._model, name=rows)
        self.table.setMinimumHeight(theme.px(34) + _ROWS * theme.row_height())
        self.table.set_empty_state(self.tr("No rows yet."), self.tr("Choose a file, or drop one here."))
        for widget in (self._words, self._faults):
            self.body.addWidget(widget)
        self.body.addWidget(self.table, 1)
        self._pause = make_one_shot(self, _PAUSE_MS, self.ask)
        self._model.load()
        browse.setFocus()
        self.show_state()

    def _make_field(self, name: str, hint: str) -> QLineEdit:
        label = Label(name, role="caption", tone="muted")
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.textChanged.connect(self._change)
        label.setBuddy(field)
        self.body.addWidget(label)
        return field

    # ---------------------------------------------------------------------------- said by each kind of file

    def summary_of(self, found: Any) -> str:
        """What the file comes to, in a sentence or two."""
        return ""

    def verb_of(self, found: Any) -> str:
        """What the button says of good rows: the number, the money."""
        return self.tr("Record {0}").format(number_text(len(found.new)))

    def unfit_of(self, errors: int) -> str:
        """What is said of so many rows that cannot be taken."""
        return say_count(
            "%n rows cannot be recorded. Nothing is recorded until all can.",
            "%n row cannot be recorded. Nothing is recorded until all can.",
            errors,
        )

    def fault_of(self, found: Any) -> str:
        """Why nothing can be recorded although every row is good; "" if it can."""
        if found.new:
            return ""
        return self.tr("Every row was recorded before.") if found.rows else self.tr("The file has no rows.")

    # ------------------------------------------------------------------------------------------ the file

    def _browse(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a file"), "", "*.csv *.tsv *.json *.jsonl *.xlsx"
        )
        if path:
            self.path.setText(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            self.path.setText(local[0])
            event.acceptProposedAction()

    def _change(self) -> None:
        self._checked, self._failure = None, ""
        self._source.rows = ()
        self._model.load()
        self.show_state()
        self._pause.start()

    def ask(self) -> None:
        """Has the file read as it is now."""
        if self.asked[0]:
            self.check_wanted.emit(self.asked)

    @property
    def asked(self) -> Asked:
        """What stands in the fields, the path first."""
        return tuple(field.text().strip() for field in self.fields)

    @property
    def absolute_path(self) -> str:
        """The file's whole path, for a command line."""
        return str(Path(self.asked[0]).absolute())

    def show_checked(self, asked: Asked, checked: Any) -> None:
        """What the file would do; the answer to an earlier question is too late."""
        if asked == self.asked:
            self._checked, self._failure = checked, ""
            self._source.rows = checked.rows
            self.table.set_empty_state(say(self.UNFIT))
            self._model.load()
            self.show_state()

    def show_failure(self, asked: Asked, sentence: str) -> None:
        """Why the file cannot be read or judged."""
        if asked == self.asked:
            self._checked, self._failure = None, sentence
            self.show_state()

    # ------------------------------------------------------------------------------------------- showing

    def check(self) -> str:
        found = self._checked
        if not self.asked[0]:
            return self.tr("Choose a file.")
        if found is None:
            return self._failure or self.tr("The file is being read.")
        if found.problems.errors:
            return self.unfit_of(found.problems.errors)
        return self.fault_of(found)

    def show_state(self) -> None:
        """Shows what is known of the file now."""
        found, problem = self._checked, self.check()
        waits = found is None and not self._failure
        if found is None:
            self._words.setText(self.tr("Reading the file…") if waits and self.asked[0] else "")
            self._faults.setText("")
            self.set_verb(say(self.VERB), enabled=False)
        else:
            self._words.setText(self.summary_of(found))
            self._faults.setText(_faults(found))
            self.set_verb(self.verb_of(found) if found.new else say(self.VERB), not problem)
        for label in (self.warning, self._words, self._faults):
            label.setVisible(bool(label.text()))
        self.verb.setToolTip(problem)
        self.set_problem("" if waits else problem)

    def value(self) -> Any:
        """The checked file; call it only after `accepted`."""
        assert self._checked is not None
        return self._checked


def _faults(found: Any) -> str:
    errors = [str(problem) for problem in found.problems if problem.severity == "error"]
    more = found.problems.errors - len(errors[:_FAULTS])
    lines = [f"✕ {words}" for words in errors[:_FAULTS]]
    return "\n".join([*lines, say("and {more:,} more", more=more)] if more > 0 else lines)
