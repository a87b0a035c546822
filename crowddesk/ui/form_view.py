"""A form drawn natively: its fields as a worker is asked them, perhaps with an answer; it loads nothing."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from crowddesk.language import mark, number_text, say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Check, Label, mirrored, set_margins
from crowddesk.ui.words import readable

if TYPE_CHECKING:
    from crowddesk.blueprints.form_model import Form, FormField
    from crowddesk.blueprints.form_text import Rich

_OTHER: Final = "other"
#: Longer texts are cut: a cell of 10 MB would stop the window.
_LONGEST: Final = 4_000
_MOST_OPTIONS: Final = 60
_STEPS_IN_A_ROW: Final = 11
_SHOWN_AS: Final = {
    "show_image": mark("Picture"),
    "show_audio": mark("Recording"),
    "show_video": mark("Film"),
}


class FormView(QWidget):
    """Shows one form for one item. `changed` comes with every change of the answer by the user."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("A worker's form"))
        self._form: Form | None = None
        self._fields: dict[int, _FieldView] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 12, 12, 12)
        self._column.setSpacing(16)

    def show_form(
        self,
        form: Form,
        values: Mapping[str, str],
        answer: Mapping[str, Any] | None = None,
        *,
        read_only: bool = False,
    ) -> None:
        """Shows a form as it is for an item's columns, with an answer filled in if there is one.

        With `read_only` nothing can be changed, and what the form does not offer is said beside it.
        """
        self.clear()
        self._form = filled = form.fill(values)
        self._add(Label(_cut(filled.title), role="title", wrap=True))
        if filled.intro:
            self._add(_RichLabel(filled.intro))
        given = answer or {}
        for place, field in enumerate(filled.fields):
            view = _FieldView(field, read_only)
            view.fill(given.get(field.name), given.get(f"{field.name}_{_OTHER}"))
            view.changed.connect(self._take_change)
            self._fields[place] = view
            self._column.addWidget(view)
        if not read_only:
            button = Button(_cut(filled.submit), look="primary")
            button.setEnabled(False)
            button.setToolTip(self.tr("This is a preview: nothing is sent."))
            self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            button.show()
        self._column.addStretch(1)
        self._show_asked()

    def _add(self, widget: QWidget) -> None:
        """Adds a part and shows it with the fields, not a turn of the event loop later."""
        self._column.addWidget(widget)
        widget.show()

    def clear(self) -> None:
        """Shows nothing."""
        self._form = None
        self._fields = {}
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def answer(self) -> dict[str, Any]:
        """What is filled in, by field; hidden fields too, so that a form drawn anew keeps it."""
        found: dict[str, Any] = {}
        for view in self._fields.values():
            found.update(view.value())
        return found

    def shown_names(self) -> list[str]:
        """The names of the fields that are asked now, from the top."""
        return [view.field.name for view in self._fields.values() if not view.isHidden() and view.field.asks]

    def editor(self, name: str) -> _FieldView:
        """The view of a field, for focus and tests; KeyError if the form does not ask it."""
        for view in self._fields.values():
            if view.field.name == name:
                return view
        raise KeyError(name)

    def _take_change(self) -> None:
        self._show_asked()
        self.changed.emit()

    def _show_asked(self) -> None:
        from crowddesk.blueprints.form_answer import asked, read_answer

        if self._form is None:
            return
        lines = {field.line for field in asked(self._form, read_answer(self._form, self.answer()))}
        for view in self._fields.values():
            view.setVisible(view.field.line in lines)


class _FieldView(QWidget):
    """One field: what it asks, its help, and the control; or what is shown."""

    changed = Signal()

    def __init__(self, field: FormField, read_only: bool) -> None:
        super().__init__()
        self.field = field
        self._read_only = read_only
        self.buttons: dict[str, QAbstractButton] = {}
        self.line: QLineEdit | None = None
        self.area: QPlainTextEdit | None = None
        self.words: QLineEdit | None = None
        self._words_row: QWidget | None = None
        self._group: QButtonGroup | None = None
        self._file: Any = None
        self._file_name = Label(tone="muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._add_head()
        self._add_body()
        self._foreign = Label(role="caption", tone="warning", wrap=True, selectable=True)
        self._foreign.hide()
        self._column.addWidget(self._foreign)

    # ----------------------------------------------------------------------------------------- its parts

    def _add_head(self) -> None:
        from crowddesk.blueprints.form_page import hint_of

        field = self.field
        if field.label:
            label = _cut(field.label)
            if field.asks and not field.required:
                label = self.tr("{0} (optional)").format(label)
            self._column.addWidget(Label(label, role="strong", wrap=True))
        for words in (field.help, hint_of(field) if field.asks else ""):
            if words:
                self._column.addWidget(Label(_cut(words), role="caption", tone="muted", wrap=True))

    def _add_body(self) -> None:
        match self.field.type:
            case "single" | "multiple":
                self._add_options()
            case "scale":
                self._add_scale()
            case "long_text":
                self._add_area()
            case "file":
                self._add_file()
            case "text" | "number" | "date":
                self._add_line()
            case "show_text":
                self._column.addWidget(_RichLabel(self.field.text, quoted=True))
            case _:
                self._add_media()

    def _add_line(self) -> None:
        self.line = self._make_line(self.field.label)
        if self.field.type == "date":
            self.line.setPlaceholderText(self.tr("YYYY-MM-DD"))
        self._column.addWidget(self.line)

    def _make_line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(_cut(name))
        line.setAccessibleDescription(self.field.help)
        line.setReadOnly(self._read_only)
        line.textChanged.connect(self.changed)
        return line

    def _add_area(self) -> None:
        self.area = area = QPlainTextEdit()
        area.setTabChangesFocus(True)
        area.setAccessibleName(_cut(self.field.label))
        area.setReadOnly(self._read_only)
        area.setFixedHeight(area.fontMetrics().lineSpacing() * min(self.field.rows, 12) + theme.px(18))
        area.textChanged.connect(self.changed)
        self._column.addWidget(area)

    def _add_options(self) -> None:
        kind: Callable[[], QAbstractButton] = _Radio if self.field.type == "single" else Check
        group = self._make_group() if self.field.type == "single" else None
        choices = [(option.value, option.label) for option in self.field.options[:_MOST_OPTIONS]]
        left = len(self.field.options) - len(choices)
        if self.field.other:
            choices.append((_OTHER, self.field.other))
        for value, label in choices:
            row = _Choice(kind(), _cut(label), self._read_only)
            row.button.toggled.connect(self._take_choice)
            if group is not None:
                group.addButton(row.button)
            self.buttons[value] = row.button
            self._column.addWidget(row)
        if left:
            words = self.tr("and {0} more options").format(number_text(left))
            self._column.addWidget(Label(words, role="caption", tone="muted"))
        if self.field.other:
            self.words = self._make_line(self.field.other)
            self._words_row = row_of_words = QWidget()
            line = QHBoxLayout(row_of_words)
            set_margins(line, 24, 0, 0, 0)
            line.addWidget(self.words)
            row_of_words.hide()
            self._column.addWidget(row_of_words)

    def _make_group(self) -> QButtonGroup:
        self._group = QButtonGroup(self)
        return self._group

    def _add_scale(self) -> None:
        scale, group = self.field.scale, self._make_group()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        for place, number in enumerate(range(scale.low, scale.high + 1)):
            button = _Radio(str(number))
            _lock(button, self._read_only)
            button.setAccessibleName(f"{_cut(self.field.label)}: {number}")
            button.toggled.connect(self._take_choice)
            group.addButton(button)
            self.buttons[str(number)] = button
            grid.addWidget(button, place // _STEPS_IN_A_ROW, place % _STEPS_IN_A_ROW)
        grid.setColumnStretch(_STEPS_IN_A_ROW, 1)
        ends = [
            f"{end}: {label}"
            for end, label in ((scale.low, scale.low_label), (scale.high, scale.high_label))
            if label
        ]
        if ends:
            self._column.addWidget(Label(_cut(", ".join(ends)), role="caption", tone="muted", wrap=True))
        self._column.addLayout(grid)

    def _add_file(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        if not self._read_only:
            button = Button(self.tr("Choose a file…"))
            button.setEnabled(False)
            button.setToolTip(self.tr("This is a preview: nothing is sent."))
            line.addWidget(button)
        line.addWidget(self._file_name, 1)
        self._column.addLayout(line)

    def _add_media(self) -> None:
        words = self.tr("{0}, not loaded here: {1}").format(
            say(_SHOWN_AS[self.field.type]), _short(self.field.src)
        )
        self._column.addWidget(Label(words, tone="muted", wrap=True, selectable=True))
        if self.field.text:
            self._column.addWidget(_RichLabel(self.field.text))

    # ------------------------------------------------------------------------------------------- its answer

    def fill(self, value: Any, words: Any = None) -> None:
        """Puts an answer in; what the control cannot show is said in words."""
        foreign: list[str] = []
        if self.field.type == "file":
            self._file = value
            is_ref = isinstance(value, Mapping)
            self._file_name.setText(_cut(str(value.get("file") if is_ref else value or "")))
        elif self.buttons:
            for one in value if isinstance(value, list) else [] if value in (None, "") else [value]:
                button = self.buttons.get(str(one))
                if button is None:
                    foreign.append(str(one))
                else:
                    button.setChecked(True)
        elif value is not None and self.field.asks:
            text = _cut(readable(str(value)))
            if self.line is not None:
                self.line.setText(text)
            elif self.area is not None:
                self.area.setPlainText(text)
        if self.words is not None and words is not None:
            self.words.setText(_cut(readable(str(words))))
        if foreign:
            said = ", ".join(repr(_short(one)) for one in foreign[:20])
            self._foreign.setText(self.tr("Answered, but not offered: {0}").format(said))
        self._foreign.setVisible(bool(foreign))
        self._show_words()

    def value(self) -> dict[str, Any]:
        """The answer by name, as a page would send it."""
        name, found = self.field.name, {}
        if self.field.type == "file" and self._file is not None:
            found[name] = self._file
        elif self.buttons:
            chosen = [value for value, button in self.buttons.items() if button.isChecked()]
            if chosen:
                found[name] = chosen if self.field.type == "multiple" else chosen[0]
            if self.words is not None and self.words.text():
                found[f"{name}_{_OTHER}"] = self.words.text()
        elif self.line is not None and self.line.text():
            found[name] = self.line.text()
        elif self.area is not None and self.area.toPlainText():
            found[name] = self.area.toPlainText()
        return found

    def _take_choice(self) -> None:
        self._show_words()
        self.changed.emit()

    def _show_words(self) -> None:
        if self._words_row is not None:
            self._words_row.setVisible(self.buttons[_OTHER].isChecked())


class _Choice(QWidget):
    """A button with words that wrap beside it; a click on the words is one on the button."""

    def __init__(self, button: QAbstractButton, words: str, read_only: bool) -> None:
        super().__init__()
        self.button = button
        button.setAccessibleName(readable(words))
        _lock(button, read_only)
        self._read_only = read_only
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        label = Label(words, wrap=True)
        label.setContentsMargins(0, 3, 0, 3)
        line.addWidget(label, 1)

    def mousePressEvent(self, event: Any) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: Any) -> None:
        if not self._read_only and event.button() == Qt.MouseButton.LeftButton:
            self.button.click()
            self.button.setFocus()


class _Radio(QRadioButton):
    """A radio button whose circle is seen in both schemes, as a `Check`'s box is."""

    def sizeHint(self) -> QSize:
        return QSize(theme.px(24) + self.fontMetrics().horizontalAdvance(self.text()) + 4, theme.px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(15)
        top = (self.height() - side) // 2
        painter.translate(0.5, 0.5)
        painter.setPen(QColor(c.accent if self.isChecked() or self.hasFocus() else c.muted))
        painter.setBrush(QColor(c.base))
        ring = mirrored(self, QRect(1, top, side, side))
        painter.drawEllipse(ring)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(ring.adjusted(-1, -1, 1, 1))
        if self.isChecked():
            painter.setBrush(QColor(c.accent))
            dot = side * 0.5
            painter.drawEllipse(QRectF(ring.left() + (side - dot) / 2, top + (side - dot) / 2, dot, dot))
        painter.translate(-0.5, -0.5)
        painter.setPen(QColor(c.text))
        area = mirrored(self, self.rect().adjusted(side + theme.px(9), 0, 0, 0))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.end()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)


class _RichLabel(QLabel):
    """Paragraphs with bold, italic and underlined words; links lead nowhere from here."""

    def __init__(self, rich: Rich, *, quoted: bool = False) -> None:
        super().__init__()
        self._rich = rich
        self._quoted = quoted
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.restyle()

    def restyle(self) -> None:
        """Takes the theme's font and colours anew."""
        self.setFont(theme.font())
        if self._quoted:
            self.setMargin(theme.px(8))
            self.setAutoFillBackground(True)
            palette = self.palette()
            palette.setColor(self.backgroundRole(), theme.colour(theme.colours().alternate))
            self.setPalette(palette)
        self.setText(_html(self._rich))


def _html(rich: Rich) -> str:
    paragraphs = []
    room = _LONGEST
    for runs in rich:
        words = []
        for run in runs:
            text = html.escape(_cut(readable(run.text), max(0, room))).replace("\n", "<br>")
            room -= len(run.text)
            text = f"<b>{text}</b>" if run.bold else text
            text = f"<i>{text}</i>" if run.italic else text
            words.append(f"<u>{text}</u>" if run.address else text)
        paragraphs.append(f"<p>{''.join(words)}</p>")
        if room <= 0:
            break
    return "".join(paragraphs)


def _lock(button: QAbstractButton, read_only: bool) -> None:
    """Keeps a button as it is without greying it: an answer is to be read."""
    if read_only:
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def _cut(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[:longest] + "…"


def _short(text: str) -> str:
    return _cut(text, 120)
