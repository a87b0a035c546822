"""The personal links of a run: a table of people to copy from, or to save for one's own mail program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.held_rows import HeldRows
from crowddesk.ui.rows import Column
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.table import RowsTable

if TYPE_CHECKING:
    from crowddesk.operations.served_run import PersonalLink


class InvitationsDialog(VerbDialog):
    """Shows every person's link. `save_wanted(path)`: they should be written there as CSV."""

    save_wanted = Signal(object)

    def __init__(self, title: str, links: Sequence[PersonalLink], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Hand out the personal links"), self.tr("Close"), parent, width=680)
        self.cancel.hide()
        self._links = links
        came = sum(link.came for link in links)
        words = self.tr("{0} for “{1}”, {2} came. A link lets whoever has it work as that person.").format(
            say_count("%n people", "%n person", len(links)), title, number_text(came)
        )
        self.body.addWidget(Label(words, tone="muted", wrap=True))
        self.model = RowsModel(_columns(), HeldRows(links), self)
        self.table = RowsTable(self.model, name=self.tr("Personal links"))
        self.table.set_empty_state(self.tr("Nobody is invited by name."))
        self.table.setMinimumHeight(theme.px(260))
        self.table.opened.connect(self._copy_one)
        self.table.selection_changed.connect(self._follow_selection)
        self.table.copied.connect(lambda count: self._tell_copied(say_count("%n rows", "%n row", count)))
        self.body.addWidget(self.table, 1)
        self._said = Label(role="caption", tone="muted", wrap=True)
        self.body.addWidget(self._said)
        self.copy_one = Button(self.tr("Copy link"))
        self.copy_one.clicked.connect(lambda: self._copy_one(self.table.current_row()))
        self.copy_all = Button(self.tr("Copy all"))
        self.copy_all.setToolTip(self.tr("Names, links and who came, to paste into a spreadsheet"))
        self.copy_all.clicked.connect(self._copy_all)
        self.save = Button(self.tr("Save as CSV…"))
        self.save.clicked.connect(self._ask_where)
        for button in (self.copy_one, self.copy_all, self.save):
            button.setAutoDefault(False)
            self.add_left_button(button)
        self.model.load()
        self._follow_selection(0)
        self.table.setFocus()

    def say(self, words: str, tone: str = "muted") -> None:
        """A short word under the table, such as where it was saved."""
        self._said.setText(words)
        self._said.set_tone(tone)
        self._said.setAccessibleName(words)

    def _follow_selection(self, count: int) -> None:
        self.copy_one.setEnabled(count == 1)

    def _copy_one(self, row: PersonalLink | None) -> None:
        if row is not None:
            QGuiApplication.clipboard().setText(row.link)
            self._tell_copied(self.tr("the link of {0}").format(row.name))

    def _copy_all(self) -> None:
        from crowddesk.operations.served_run import LINK_COLUMNS

        lines = [LINK_COLUMNS, *(link.cells() for link in self._links)]
        text = "".join("\t".join(" ".join(cell.split()) for cell in line) + "\n" for line in lines)
        QGuiApplication.clipboard().setText(text)
        self._tell_copied(say_count("%n links", "%n link", len(self._links)))

    def _tell_copied(self, what: str) -> None:
        words = self.tr("On the clipboard: {0}").format(what)
        self.say(words)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Save the links to"), f"{QDir.homePath()}/links.csv")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["CSV (*.csv)"])
        dialog.setDefaultSuffix("csv")
        dialog.fileSelected.connect(lambda path: self.save_wanted.emit(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _columns() -> list[Column]:
    return [
        Column("name", say("Name"), lambda r: r.name, width=180),
        Column("link", say("Link"), lambda r: r.link, kind="id", width=260, stretch=True),
        Column(
            "came", say("Came"), lambda r: say("came") if r.came else say("not yet"),
            lambda r: "done" if r.came else "created", kind="status", width=110,
        ),
    ]  # fmt: skip
