"""The reasons that are used again: a list of them, and one to write beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from crowddesk.domain import ActionKind
from crowddesk.language import mark, number_text, say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Choice, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.tips import plain_tip
from crowddesk.ui.words import category_name, vendor_name

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from crowddesk.store.reasons import Reason

_KINDS: Final = (
    (ActionKind.REJECT, mark("Reject")),
    (ActionKind.SOFT_REJECT, mark("Soft reject")),
    (ActionKind.REQUEST_RETURN, mark("Ask to return")),
)
#: Variables with what they stand for.
_VARIABLES: Final = (
    ("their_time", mark("how long this answer took, such as 11 s")),
    ("median_time", mark("how long answers of the run usually take")),
    ("gold_failed", mark("how many known answers the person missed")),
    ("gold_total", mark("how many known answers they were asked for")),
    ("item", mark("the item’s name")),
    ("run", mark("the run’s title")),
)


@dataclass(frozen=True, slots=True)
class Vendor:
    """A vendor that there is an account of: its categories, and what is offered to begin with."""

    provider_type: str
    categories: Sequence[str] = ()
    offered: Sequence[Reason] = ()


class ReasonsDialog(VerbDialog):
    """Looks after the library. `kept(Reason)`: add it (id 0) or change it; `removed(Reason)`."""

    kept = Signal(object)
    removed = Signal(object)

    def __init__(self, kind: str = "", vendor: str = "", parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Reasons"), "", parent, careful=True, width=720)
        self._kind, self._vendor = kind or ActionKind.REJECT, vendor
        self._reasons: Sequence[Reason] = ()
        self._vendors: Sequence[Vendor] = ()
        self._shown: Reason | None = None
        #: What stood in the fields when something was last asked to be written.
        self._wanted = 0
        self.cancel.setText(self.tr("Close"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Reasons"))
        self.list.setMinimumWidth(theme.px(170))
        self.list.setMinimumHeight(theme.px(120))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(self._choose)
        self._empty = Label(
            self.tr("No reasons are kept yet. Write one, or begin with one that is offered."),
            tone="muted",
            wrap=True,
        )
        self.new = Button(self.tr("New"))
        self.offer = Button(self.tr("Offered…"))
        self.remove = Button(self.tr("Remove"))
        self.new.clicked.connect(self._begin)
        self.offer.clicked.connect(self._show_offers)
        self.remove.clicked.connect(self._remove)
        for button in (self.new, self.offer, self.remove):
            button.setAutoDefault(False)
            self.add_left_button(button)
        self._make_fields()
        left = QVBoxLayout()
        left.addWidget(self._empty)
        left.addWidget(self.list, 1)
        content = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._both.setContentsMargins(0, 0, 8, 0)
        self._both.setSpacing(16)
        self._both.addLayout(left, 2)
        self._both.addWidget(self._editor, 3)
        self.add_scrolling(content)
        self._begin()

    def _make_fields(self) -> None:
        self.kind, self.vendor, self.category, self.digit = Choice(), Choice(), Choice(), Choice()
        for value, words in _KINDS:
            self.kind.addItem(say(words), value)
        self.digit.addItem(self.tr("None"), 0)
        for number in range(1, 10):
            self.digit.addItem(str(number), number)
        self.title = QLineEdit()
        self.title.setMaxLength(80)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(96))
        self._counter = Label(role="caption", tone="muted", wrap=True)
        self.insert = Button(self.tr("Insert…"))
        self.insert.setAutoDefault(False)
        self.insert.clicked.connect(self._show_variables)
        self._editor = QWidget()
        grid = QGridLayout(self._editor)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(1, 1)
        fields = (
            (self.tr("For"), self.kind),
            (self.tr("Vendor"), self.vendor),
            (self.tr("Category"), self.category),
            (self.tr("Key"), self.digit),
            (self.tr("Title"), self.title),
        )
        for row, (words, widget) in enumerate(fields):
            label = Label(words, role="caption", tone="muted")
            label.setBuddy(widget)
            widget.setAccessibleName(words)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        line = QHBoxLayout()
        label = Label(self.tr("Text, as the worker reads it"), role="caption", tone="muted", wrap=True)
        label.setBuddy(self.text)
        self.text.setAccessibleName(label.text())
        line.addWidget(label, 1)
        line.addWidget(self.insert)
        grid.addLayout(line, len(fields), 0, 1, 2)
        grid.addWidget(self.text, len(fields) + 1, 0, 1, 2)
        grid.addWidget(self._counter, len(fields) + 2, 0, 1, 2)
        grid.setRowStretch(len(fields) + 1, 1)
        self.title.textChanged.connect(self._show)
        self.text.textChanged.connect(self._show)
        self.vendor.currentIndexChanged.connect(self._show_categories)
        for choice in (self.kind, self.category, self.digit):
            choice.currentIndexChanged.connect(self._show)

    # --------------------------------------------------------------------------------------- what there is

    def show_reasons(self, reasons: Sequence[Reason], vendors: Sequence[Vendor]) -> None:
        """All reasons of the library, and the vendors that they may be for."""
        begun = self._shown is None and (self.text.toPlainText() or self.title.text())
        self._reasons, self._vendors = reasons, vendors
        chosen = self.vendor.currentData() or self._vendor
        self.vendor.blockSignals(True)
        self.vendor.clear()
        self.vendor.addItem(self.tr("Any"), "")
        for vendor in vendors:
            self.vendor.addItem(vendor_name(vendor.provider_type), vendor.provider_type)
        self.vendor.setCurrentIndex(max(0, self.vendor.findData(chosen)))
        self.vendor.blockSignals(False)
        self._show_categories()
        self.list.blockSignals(True)
        self.list.clear()
        words = {kind: say(word) for kind, word in _KINDS}
        for reason in reasons:
            key = f" {reason.digit}" if reason.digit else ""
            item = QListWidgetItem(f"{words.get(reason.kind, reason.kind)}{key} · {reason.title}")
            item.setToolTip(plain_tip(reason.text))
            item.setData(Qt.ItemDataRole.UserRole, reason.id)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._empty.setVisible(not reasons)
        self.list.setVisible(bool(reasons))
        ids = [reason.id for reason in reasons]
        if self._wanted in ids:
            row, self._wanted = ids.index(self._wanted), 0
            self.list.setCurrentRow(row)
            self._choose(row)
        elif self._shown is not None and self._shown.id in ids:
            self.list.blockSignals(True)  # what stands in the fields may be ahead of what was read
            self.list.setCurrentRow(ids.index(self._shown.id))
            self.list.blockSignals(False)
        elif not begun and self._shown is not None:
            self._begin()
        self._show()

    def select(self, reason_id: int, sent: Reason) -> None:
        """What was `sent` is written, or removed (0): it is chosen when the list is shown next.

        Unless something else stands in the fields by then, which nobody's answer may replace.
        """
        if self.reason() != sent:
            return
        self.set_problem("")
        if reason_id:
            self._wanted = reason_id
        else:
            self._clear()

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._reasons):
            self._shown = self._reasons[row]
            self._fill(self._shown)

    def _begin(self) -> None:
        self._shown, self._wanted = None, 0  # what is still being read must not replace what is written
        self.list.setCurrentRow(-1)
        self._clear()
        self.title.setFocus()

    def _clear(self) -> None:
        self._shown = None
        self.kind.setCurrentIndex(max(0, self.kind.findData(self._kind)))
        self.digit.setCurrentIndex(0)
        self.title.clear()
        self.text.clear()
        self._show()

    def _fill(self, reason: Reason) -> None:
        self.kind.setCurrentIndex(max(0, self.kind.findData(reason.kind)))
        self.vendor.setCurrentIndex(max(0, self.vendor.findData(reason.provider_type)))
        self._show_categories()
        self.category.setCurrentIndex(max(0, self.category.findData(reason.category)))
        self.digit.setCurrentIndex(reason.digit)
        self.title.setText(reason.title)
        self.text.setPlainText(reason.text)
        self.set_problem("")
        self._show()

    def _show_categories(self) -> None:
        chosen = self.category.currentData() or ""
        vendor = next((v for v in self._vendors if v.provider_type == self.vendor.currentData()), None)
        self.category.blockSignals(True)
        self.category.clear()
        self.category.addItem(self.tr("Asked each time"), "")
        for category in vendor.categories if vendor else ():
            self.category.addItem(category_name(category), category)
        self.category.setCurrentIndex(max(0, self.category.findData(chosen)))
        self.category.setEnabled(self.category.count() > 1)
        self.category.blockSignals(False)
        self._show()

    # ----------------------------------------------------------------------------------------- what is done

    def reason(self) -> Reason:
        """What stands in the fields."""
        from crowddesk.store.reasons import Reason

        return Reason(
            self.kind.currentData(), self.title.text(), self.text.toPlainText(),
            self.category.currentData() or "", self.vendor.currentData() or "", self.digit.currentData(),
            self._shown.id if self._shown else 0,
        )  # fmt: skip

    def check(self) -> str:
        from crowddesk.operations.reasons import problem_of

        reason = self.reason()
        return problem_of(replace(reason, title=reason.title.strip(), text=reason.text.strip()))

    def _show(self) -> None:
        problem = self.check()
        self.set_verb(self.tr("Change it") if self._shown else self.tr("Keep it"), not problem)
        self.verb.setToolTip(problem)
        length = len(self.text.toPlainText().strip())
        self._counter.setText(self.tr("{0} characters").format(number_text(length)))
        if problem and length and self.title.text().strip():
            self._counter.setText(f"{self._counter.text()} · {problem}")
        self._counter.set_tone("warning" if problem and length else "muted")
        self.remove.setEnabled(self._shown is not None)

    def _take(self) -> None:
        """Keeps what is written; the dialog stays open for the next one."""
        problem = self.check()
        self.set_problem(problem)
        if not problem:
            self.kept.emit(self.reason())

    def _remove(self) -> None:
        if self._shown is not None:
            self.removed.emit(self.reason())

    def _show_offers(self) -> None:
        menu = QMenu(self)
        vendor = next((v for v in self._vendors if v.provider_type == self.vendor.currentData()), None)
        offered = vendor.offered if vendor else (self._vendors[0].offered if self._vendors else ())
        words = {kind: say(word) for kind, word in _KINDS}
        for reason in offered:
            action = menu.addAction(f"{words[reason.kind]}: {reason.title}")
            action.setToolTip(reason.text)
            action.triggered.connect(lambda _=False, reason=reason: self._take_offer(reason))
        if not offered:
            menu.addAction(self.tr("There is no account yet")).setEnabled(False)
        menu.popup(self.offer.mapToGlobal(self.offer.rect().bottomLeft()))

    def _take_offer(self, reason: Reason) -> None:
        taken = {r.digit for r in self._reasons if r.kind == reason.kind}
        vendor = self.vendor.currentData() or ""
        self._begin()
        digit = 0 if reason.digit in taken else reason.digit
        category = reason.category if vendor else ""
        self._fill(replace(reason, digit=digit, provider_type=vendor, category=category))

    def _show_variables(self) -> None:
        menu = QMenu(self)
        for name, words in _VARIABLES:
            action = menu.addAction(f"{{{name}}}: {say(words)}")
            action.triggered.connect(lambda _=False, name=name: self.text.insertPlainText(f"{{{name}}}"))
        menu.popup(self.insert.mapToGlobal(self.insert.rect().bottomLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(620)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._both.setDirection(down if narrow else across)
