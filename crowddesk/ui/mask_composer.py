"""Composes a mask: conditions in groups of "all of" and "any of", or the same as one line of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crowddesk.domain import DATASET_STATUSES, AssignmentState, BadInput
from crowddesk.language import decimal_point, mark, say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Check, Choice, Label, set_state
from crowddesk.ui.flow import FlowLayout

Expression = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of condition: what the choice says, what stands after the value, what the field holds."""

    key: str
    words: str
    holds: str
    after: str = ""
    usual: str = ""


_KINDS: Final = (
    _Kind("seconds_below", mark("Time under"), "number", "s", "5"),
    _Kind("time_z_below", mark("Far quicker than others, z under"), "number", "", "-3.5"),
    _Kind("gold_below", mark("Right on gold units, under"), "percent", "%", "60"),
    _Kind("straight_above", mark("Always the same answer, over"), "percent", "%", "95"),
    _Kind("duplicate_text", mark("Nearly the same text as another"), ""),
    _Kind("pasted", mark("Pasted into a field"), ""),
    _Kind("worker_tag", mark("Worker is tagged"), "worker tag"),
    _Kind("unit_tag", mark("Unit is tagged"), "unit tag"),
    _Kind("worker", mark("Worker is one of"), "names"),
    _Kind("status", mark("Status is one of"), "statuses"),
    _Kind("dataset", mark("Data-set status is one of"), "datasets"),
    _Kind("mask", mark("Another mask leaves it out"), "mask"),
)
_BY_KEY: Final = {kind.key: kind for kind in _KINDS}
_GROUPS: Final = (("and", mark("All of these")), ("or", mark("Any of these")))
_LEAST_LETTERS: Final = 3
#: As every such line is written, in any language.
_EXAMPLE: Final = "time < 5 s or (gold < 60 % and not tag:trusted)"
#: Where a row has less room than this (at 100 % text), its value stands below.
_ONE_LINE: Final = 340
_NESTED: Final = ("and", "or", "not")
_INDENT: Final = 14
#: More conditions than this are shown as a line only, and longer lines cannot be typed here.
_MOST_ROWS: Final = 60
_LONGEST_LINE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to choose from: tags of workers and units, names of masks."""

    worker_tags: Sequence[str] = ()
    unit_tags: Sequence[str] = ()
    masks: Sequence[str] = ()


class MaskComposer(QWidget):
    """The mask that is being written. `changed`: it says something else now, or something that is wrong.

    Enter in a value adds a condition below it, Ctrl+Backspace in a row takes the row away.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = Known()
        self._quiet = False
        self._problem = ""
        self._expression: Expression | None = None
        self.root = _Group(self, None)
        self.line = QLineEdit()
        self.line.setAccessibleName(self.tr("The mask as one line"))
        self.line.setPlaceholderText(_EXAMPLE)
        self.line.setMaxLength(10 * _LONGEST_LINE)
        self.line.textEdited.connect(self._take_line)
        self._said = Label(tone="danger", wrap=True, role="caption")
        self._long = Label(tone="muted", wrap=True, role="caption")
        self._long.hide()
        caption = Label(self.tr("The same as one line"), role="caption", tone="muted")
        caption.setBuddy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.root)
        column.addWidget(self._long)
        column.addWidget(caption)
        column.addWidget(self.line)
        column.addWidget(self._said)
        self._said.hide()

    @property
    def expression(self) -> Expression | None:
        """What it says; None where nothing is written, or something is wrong."""
        return self._expression

    @property
    def problem(self) -> str:
        """What is wrong, as a sentence that names the place; "" if nothing is."""
        return self._problem

    def set_known(self, known: Known) -> None:
        """Offers these tags and masks from now on."""
        self._known = known
        for row in self.root.rows():
            row.offer(known)

    @property
    def known(self) -> Known:
        return self._known

    def set_expression(self, expression: Expression | None) -> None:
        """Shows a mask, or an empty one."""
        from crowddesk.operations.mask_text import write

        self._expression, self._problem = expression, ""
        self.line.setText("" if expression is None else write(expression))
        self.line.setCursorPosition(0)
        self._fill(expression)
        self._tell()

    def clear(self) -> None:
        self.set_expression(None)

    def hear(self) -> None:
        """A row or a group has changed."""
        if self._quiet:
            return
        self._read()
        self._show_line()
        self._tell()

    def _fill(self, expression: Expression | None) -> None:
        """Shows the mask as rows, where it is not too long for that."""
        from crowddesk.operations.masks import count_parts

        too_long = len(self.line.text()) > _LONGEST_LINE
        many = expression is not None and (too_long or count_parts(expression) > _MOST_ROWS)
        self._quiet = True
        try:
            self.root.empty()
            if expression is not None and not many:
                self.root.show_expression(expression)
        finally:
            self._quiet = False
        self.order_tabs()
        self.root.setVisible(not many)
        self.line.setReadOnly(too_long)
        self._long.setVisible(many)
        if too_long:
            self._long.setText(self.tr("This mask is too long to be changed here: crowddesk mask change"))
        elif many:
            self._long.setText(self.tr("This mask is too long for rows. Change it as a line."))

    def order_tabs(self) -> None:
        """Has Tab go through rows and groups as they stand, whichever was made last."""
        chain = [*self.root.stops(), self.line]
        for before, after in pairwise(chain):
            self.setTabOrder(before, after)

    def _read(self) -> None:
        from crowddesk.operations.masks import check

        self._expression, self._problem = None, ""
        try:
            found = self.root.expression()
            if found is not None:
                check(found)
            self._expression = found
        except BadInput as error:
            self._problem = str(error)

    def _show_line(self) -> None:
        from crowddesk.operations.mask_text import write

        if not self._problem:
            text = "" if self._expression is None else write(self._expression)
            if text != self.line.text():
                self.line.setText(text)
                self.line.setCursorPosition(0)

    def _take_line(self, text: str) -> None:
        from crowddesk.operations.mask_text import parse

        self._expression, self._problem = None, ""
        if text.strip():
            try:
                self._expression = parse(text)
            except BadInput as error:
                self._problem = str(error)
        if not self._problem:
            self._fill(self._expression)
        self._tell()

    def _tell(self) -> None:
        self._said.setText(self._problem)
        self._said.setVisible(bool(self._problem))
        set_state(self.line, "wrong", bool(self._problem) and self.line.hasFocus())
        self.changed.emit()


class _Group(QFrame):
    """Conditions and groups of which all or any must hold."""

    def __init__(self, composer: MaskComposer, above: _Group | None) -> None:
        super().__init__()
        self._composer = composer
        self._above = above
        self.parts: list[_Row | _Group] = []
        self.negated = Check(self.tr("not"))
        self.joined = Choice()
        for key, words in _GROUPS:
            self.joined.addItem(say(words), key)
        self.joined.setAccessibleName(self.tr("How the conditions of this group are joined"))
        self.add, self.add_group = Button(self.tr("+ Condition")), Button(self.tr("+ Group"))
        self.add.setAccessibleName(self.tr("Add a condition"))
        self.add_group.setAccessibleName(self.tr("Add a group"))
        self.remove = Button("×", look="link")
        self.remove.setAccessibleName(self.tr("Take this group away"))
        self.negated.toggled.connect(composer.hear)
        self.joined.currentIndexChanged.connect(composer.hear)
        self.add.clicked.connect(lambda: self.add_row(focus=True))
        self.add_group.clicked.connect(self._begin_group)
        self.remove.clicked.connect(self.leave)
        self.negated.setAccessibleName(self.tr("Not this group"))
        head = FlowLayout(spacing=8)
        for widget in (self.negated, self.joined, self.add, self.add_group, self.remove):
            head.addWidget(widget)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._rows.setContentsMargins(theme.px(_INDENT), 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._rows)
        self.remove.setVisible(above is not None)

    def rows(self) -> Iterator[_Row]:
        """All conditions in it, those of groups in it too."""
        for part in self.parts:
            if isinstance(part, _Group):
                yield from part.rows()
            else:
                yield part

    def stops(self) -> Iterator[QWidget]:
        """What Tab stops at, in the order shown."""
        yield from (self.negated, self.joined, self.add, self.add_group, self.remove)
        for part in self.parts:
            yield from part.stops()

    def empty(self) -> None:
        for part in self.parts:
            self._rows.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts = []
        self.negated.setChecked(False)
        self.joined.setCurrentIndex(0)

    def show_expression(self, expression: Expression) -> None:
        """Shows an expression in a group that is empty."""
        ((key, value),) = expression.items()
        if key == "not" and _key_of(value) in _NESTED:
            self.negated.setChecked(True)
            if _key_of(value) == "not":
                self._add_part(value)
            else:
                self.show_expression(value)
        elif key in ("and", "or"):
            self.joined.setCurrentIndex(self.joined.findData(key))
            for part in value:
                self._add_part(part)
        else:
            self._add_part(expression)

    def _add_part(self, expression: Expression) -> None:
        key = _key_of(expression)
        under = expression["not"] if key == "not" else expression
        if _key_of(under) in _NESTED:
            self._add(_Group(self._composer, self)).show_expression(expression)
        else:
            row = self.add_row(None)
            row.show_condition(under, negated=key == "not")

    def expression(self) -> Expression | None:
        """What it says; None where it is empty. Raises BadInput."""
        found = [said for part in self.parts if (said := part.expression()) is not None]
        if not found:
            return None
        made: Expression = found[0] if len(found) == 1 else {str(self.joined.currentData()): found}
        return {"not": made} if self.negated.isChecked() else made

    def add_row(self, after: _Row | None = None, *, focus: bool = False) -> _Row:
        row = _Row(self._composer, self)
        self._add(row, after)
        if focus:
            self._composer.order_tabs()
            row.kind.setFocus(Qt.FocusReason.TabFocusReason)
            self._composer.hear()
        return row

    def _begin_group(self) -> None:
        group = self._add(_Group(self._composer, self))
        group.joined.setCurrentIndex(1 - self.joined.currentIndex())
        group.add_row(focus=True)

    def _add(self, part: Any, after: _Row | None = None) -> Any:
        place = self.parts.index(after) + 1 if after in self.parts else len(self.parts)
        self.parts.insert(place, part)
        self._rows.insertWidget(place, part)
        part.show()  # a layout shows it only later, and it is to have the keyboard now
        return part

    def take_away(self, part: _Row | _Group) -> None:
        """Takes a part away; the one before it, or the button that adds, has the keyboard then."""
        place = self.parts.index(part)
        self.parts.remove(part)
        self._rows.removeWidget(part)
        part.hide()
        part.deleteLater()
        before = self.parts[max(0, place - 1)] if self.parts else None
        (before.kind if isinstance(before, _Row) else self.add).setFocus(Qt.FocusReason.TabFocusReason)
        self._composer.hear()

    def leave(self) -> None:
        if self._above is not None:
            self._above.take_away(self)

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self._rows.setContentsMargins(theme.px(_INDENT), 0, 0, 0)


def _give_way(choice: Choice) -> None:
    """Lets a choice be narrower than its words where there is little room; its list shows them whole."""
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(_LEAST_LETTERS)
    choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    choice.view().setTextElideMode(Qt.TextElideMode.ElideNone)


def _key_of(expression: Expression) -> str:
    ((key, _),) = expression.items()
    return key


class _Row(QWidget):
    """One condition: not, what is asked, the value."""

    def __init__(self, composer: MaskComposer, group: _Group) -> None:
        super().__init__()
        self._composer = composer
        self._group = group
        self.negated = Check(self.tr("not"))
        self.negated.setAccessibleName(self.tr("Not this condition"))
        self.kind = Choice()
        for kind in _KINDS:
            self.kind.addItem(say(kind.words), kind.key)
        self.kind.setAccessibleName(self.tr("Condition"))
        _give_way(self.kind)
        self.value = QLineEdit()
        self.value.setMaxLength(10_000)
        self.named = Choice()
        self.named.setEditable(True)
        self.named.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        _give_way(self.named)
        self.several = _Several()
        self._after = Label(tone="muted")
        self.remove = Button("×", look="link")
        self.remove.setAccessibleName(self.tr("Take this condition away"))
        asked, given = QHBoxLayout(), QHBoxLayout()
        for line in (asked, given):
            line.setSpacing(8)
        asked.addWidget(self.negated)
        asked.addWidget(self.kind, 1)
        for editor in (self.value, self.named, self.several):
            given.addWidget(editor, 1)
            editor.setAccessibleName(self.tr("Value"))
        given.addWidget(self._after)
        given.addStretch(0)
        given.addWidget(self.remove)
        self._lines = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self._lines.addLayout(asked, 3)
        self._lines.addLayout(given, 2)
        self.negated.toggled.connect(composer.hear)
        self.kind.currentIndexChanged.connect(self._take_kind)
        self.value.textChanged.connect(composer.hear)
        self.named.currentTextChanged.connect(composer.hear)
        self.several.changed.connect(composer.hear)
        self.remove.clicked.connect(self.leave)
        self._show_kind()

    def minimumSizeHint(self) -> QSize:
        """That of two lines, so that a narrow window is not widened to one."""
        wide = max(self.kind.minimumSizeHint().width() + self.negated.sizeHint().width(), theme.px(180))
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._lines.setDirection(across if self.width() >= theme.px(_ONE_LINE) else down)

    @property
    def _kind(self) -> _Kind:
        return _BY_KEY[str(self.kind.currentData())]

    def stops(self) -> Iterator[QWidget]:
        """What Tab stops at, in the order shown."""
        yield from (self.negated, self.kind, self.value, self.named, self.several, self.remove)

    def leave(self) -> None:
        self._group.take_away(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Backspace and control:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            self._group.add_row(self, focus=True)
        else:
            super().keyPressEvent(event)

    def offer(self, known: Known) -> None:
        """Offers what there is to choose from, and keeps what was written."""
        choices = {"worker tag": known.worker_tags, "unit tag": known.unit_tags, "mask": known.masks}
        offered = choices.get(self._kind.holds)
        if offered is None:
            return
        written = self.named.currentText()
        self.named.blockSignals(True)
        self.named.clear()
        self.named.addItems(sorted(offered))
        self.named.setEditText(written)
        self.named.blockSignals(False)

    def _take_kind(self) -> None:
        self._show_kind()
        self._composer.hear()

    def _show_kind(self) -> None:
        kind = self._kind
        self.value.setVisible(kind.holds in ("number", "percent", "names"))
        self.named.setVisible(kind.holds in ("worker tag", "unit tag", "mask"))
        self.several.setVisible(kind.holds in ("statuses", "datasets"))
        self._after.setText(kind.after)
        self._after.setVisible(bool(kind.after))
        self.value.blockSignals(True)
        self.value.setText(kind.usual.replace(".", decimal_point()))
        self.value.setPlaceholderText("A1, B2" if kind.holds == "names" else "")
        self.value.blockSignals(False)
        if kind.holds == "statuses":
            self.several.offer({s: theme.status_look(s).word for s in AssignmentState.completed()})
        elif kind.holds == "datasets":
            self.several.offer({s: theme.status_look(s).word for s in DATASET_STATUSES})
        self.named.blockSignals(True)
        self.named.setEditText("")
        self.named.blockSignals(False)
        self.offer(self._composer.known)

    def show_condition(self, expression: Expression, *, negated: bool) -> None:
        """Shows a condition in a row that is new."""
        ((key, value),) = expression.items()
        kind = _BY_KEY[key]
        self.kind.setCurrentIndex(self.kind.findData(key))
        self.negated.setChecked(negated != (value is False))  # `pasted:no` is `not pasted`
        if kind.holds in ("number", "percent"):
            from crowddesk.operations.mask_text import number_text

            written = number_text(value, percent=kind.holds == "percent")
            self.value.setText(written.replace(".", decimal_point()))
        elif kind.holds == "names":
            from crowddesk.operations.mask_text import names_text

            self.value.setText(names_text(value))
        elif kind.holds in ("statuses", "datasets"):
            self.several.set_chosen(value)
        elif kind.holds:
            self.named.setEditText(value)

    def expression(self) -> Expression | None:
        """What it says; None where a name or a list is empty yet. Raises BadInput."""
        kind = self._kind
        found: Any = True
        wrong = ""
        if kind.holds in ("number", "percent"):
            from crowddesk.operations.mask_text import read_number

            try:
                typed = self.value.text().replace(decimal_point(), ".")
                found = read_number(typed, percent=kind.holds == "percent")
            except BadInput:
                wrong = self.tr("{0}: enter a number.").format(say(kind.words))
        elif kind.holds == "names":
            from crowddesk.operations.mask_text import read_names

            try:
                found = read_names(self.value.text())
            except BadInput as error:
                wrong = f"{say(kind.words)}: {error}"
        elif kind.holds in ("statuses", "datasets"):
            found = self.several.chosen()
        elif kind.holds:
            found = self.named.currentText().strip()
        set_state(self.value, "wrong", bool(wrong))
        if wrong:
            raise BadInput(wrong)
        if found in ("", []):
            return None
        made: Expression = {kind.key: found}
        return {"not": made} if self.negated.isChecked() else made


class _Several(QToolButton):
    """A button with a menu in which any number of words is ticked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("chrome", "button")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._actions: dict[str, QAction] = {}

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(56), super().minimumSizeHint().height())

    def offer(self, words: Mapping[str, str]) -> None:
        self._menu.clear()
        self._actions = {}
        for key, text in words.items():
            action = self._menu.addAction(text)
            action.setCheckable(True)
            action.toggled.connect(self._hear)
            self._actions[key] = action
        self._show()

    def chosen(self) -> list[str]:
        return [key for key, action in self._actions.items() if action.isChecked()]

    def set_chosen(self, keys: Sequence[str]) -> None:
        for key in keys:
            if key not in self._actions:  # a status that answers rarely have
                action = self._menu.addAction(theme.status_look(key).word)
                action.setCheckable(True)
                action.toggled.connect(self._hear)
                self._actions[key] = action
            self._actions[key].setChecked(True)

    def _hear(self, _on: bool = False) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        words = ", ".join(action.text() for action in self._actions.values() if action.isChecked())
        self.setText(words or self.tr("Choose…"))
        self.setAccessibleDescription(words)
        self.setToolTip(words)
