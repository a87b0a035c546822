"""Saving a search as a view, and putting one's views in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Check, Label
from crowddesk.ui.dialogs.frame import VerbDialog

if TYPE_CHECKING:
    from crowddesk.store.views import ViewRow

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class SaveViewValue:
    """A view's name, and whether the order and the columns are kept with its search."""

    name: str
    with_layout: bool


class SaveViewDialog(VerbDialog):
    """Asks for the name of the search that is shown. A name that is taken replaces its view, and says so."""

    def __init__(
        self, search: str, taken: Sequence[str], parent: QWidget | None = None, *, name: str = ""
    ) -> None:
        super().__init__(self.tr("Save this view"), self.tr("Save"), parent)
        self._taken = set(taken)
        words = search or self.tr("everything")
        self.body.addWidget(Label(self.tr("Shows: {0}").format(words), tone="muted", wrap=True))
        label = Label(self.tr("Name"), role="caption", tone="muted")
        self.name = QLineEdit(name)
        self.name.setMaxLength(_LONGEST)
        self.name.setAccessibleName(label.text())
        label.setBuddy(self.name)
        self.layout_too = Check(self.tr("With the order and the columns as they are now"))
        self.layout_too.setChecked(True)
        for widget in (label, self.name, self.layout_too):
            self.body.addWidget(widget)
        self.name.textChanged.connect(self._show)
        self.name.selectAll()
        self.name.setFocus()
        self._show()

    def check(self) -> str:
        return "" if self._named() else self.tr("Give the view a name.")

    def _named(self) -> str:
        return " ".join(self.name.text().split())

    def _show(self) -> None:
        replaces = self._named() in self._taken
        words = self.tr("Replace “{0}”").format(self._named()) if replaces else self.tr("Save")
        self.set_verb(words, not self.check())
        self.verb.setToolTip(self.check())

    def value(self) -> SaveViewValue:
        return SaveViewValue(self._named(), self.layout_too.isChecked())


class ViewsDialog(VerbDialog):
    """Renames, moves and removes. It asks nobody: `rename_wanted(id, name)`, `move_wanted(id, by)` and
    `remove_wanted(id)` say what is wanted, `show_views` and `show_failure` what became of it."""

    rename_wanted = Signal(int, str)
    move_wanted = Signal(int, int)
    remove_wanted = Signal(int)

    def __init__(self, title: str, views: Sequence[ViewRow], parent: QWidget | None = None) -> None:
        super().__init__(title, self.tr("Close"), parent, width=440)
        self.cancel.hide()
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setMinimumHeight(theme.px(180))
        self.list.setEditTriggers(QListWidget.EditTrigger.NoEditTriggers)
        self.list.itemChanged.connect(self._renamed)
        self.list.itemDoubleClicked.connect(self.list.editItem)
        self.list.currentRowChanged.connect(self._follow)
        self.body.addWidget(self.list)
        self.body.addWidget(
            Label(
                self.tr("F2 renames, Alt+Up and Alt+Down move, Delete removes."),
                role="caption", tone="muted", wrap=True,
            )
        )  # fmt: skip
        self.rename, self.up, self.down, self.remove = (
            Button(words) for words in (self.tr("Rename"), self.tr("Up"), self.tr("Down"), self.tr("Remove"))
        )
        verbs = (self._rename, lambda: self._move(-1), lambda: self._move(1), self._remove)
        for button, take in zip((self.rename, self.up, self.down, self.remove), verbs, strict=True):
            button.setAutoDefault(False)
            button.clicked.connect(take)
            self.add_left_button(button)
        self._filling = False
        self.list.installEventFilter(self)
        self.show_views(views)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def show_views(self, views: Sequence[ViewRow]) -> None:
        """Shows them in their order, with the same one chosen."""
        chosen, place = self._chosen(), self.list.currentRow()
        self._filling = True
        self.list.clear()
        for view in views:
            item = QListWidgetItem(view.name)
            item.setToolTip(view.search)
            item.setData(Qt.ItemDataRole.UserRole, view.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
            if view.id == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(min(max(0, place), self.list.count() - 1))
        self._filling = False
        self._follow()

    def show_failure(self, sentence: str, views: Sequence[ViewRow]) -> None:
        """Says why nothing was changed, and shows them as they are."""
        self.show_views(views)
        self.set_problem(sentence)

    def _chosen(self) -> int:
        if self.list.currentRow() < 0:
            return 0
        return int(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def _follow(self, _row: int = 0) -> None:
        row, count = self.list.currentRow(), self.list.count()
        for button, on in (
            (self.rename, row >= 0), (self.remove, row >= 0), (self.up, row > 0),
            (self.down, 0 <= row < count - 1),
        ):  # fmt: skip
            button.setEnabled(on)

    def _rename(self) -> None:
        if self.list.currentRow() >= 0:
            self.list.editItem(self.list.currentItem())

    def _renamed(self, item: QListWidgetItem) -> None:
        if not self._filling:
            self.set_problem("")
            self.rename_wanted.emit(int(item.data(Qt.ItemDataRole.UserRole)), item.text())

    def _move(self, by: int) -> None:
        if 0 <= self.list.currentRow() + by < self.list.count():
            self.move_wanted.emit(self._chosen(), by)

    def _remove(self) -> None:
        if self._chosen():
            self.remove_wanted.emit(self._chosen())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.list or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if not isinstance(event, QKeyEvent):
            return False
        key, alt = event.key(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_F2:
            self._rename()
        elif key == Qt.Key.Key_Delete:
            self._remove()
        else:
            return False
        return True
