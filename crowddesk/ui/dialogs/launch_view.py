"""The right half of the launch dialog: a real row as a worker sees it, what is wrong, and what it costs."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.chat_view import ChatView
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.launch_cost import CostCard
from crowddesk.ui.dialogs.launch_values import ChatPage, FormPage, LaunchCheck, RowPage
from crowddesk.ui.form_view import FormView
from crowddesk.ui.page_preview import PagePreview
from crowddesk.ui.states import BusyLine
from crowddesk.ui.words import whole_typed

_PROBLEMS_SHOWN: Final = 100
_NARROW: Final = 440


class RowNumber(QLineEdit):
    """The number of a row: typed, or moved by one; `moved(number)` comes with each move of the user's."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__("1")
        self._number, self._rows = 1, 1
        self.setAlignment(Qt.AlignmentFlag.AlignTrailing)
        self.returnPressed.connect(self._take)
        self.editingFinished.connect(self._take)

    @property
    def number(self) -> int:
        return self._number

    @property
    def rows(self) -> int:
        return self._rows

    def show_number(self, number: int, rows: int) -> None:
        """Shows this row of so many."""
        self._number, self._rows = number, rows
        if self.text() != str(number):
            self.setText(str(number))

    def step(self, by: int) -> None:
        """Moves by so many rows, as far as there are any."""
        self._go(self._number + by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
        if event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return
        super().keyPressEvent(event)

    def _take(self) -> None:
        typed = whole_typed(self.text())
        self._go(self._number if typed is None else typed)

    def _go(self, number: int) -> None:
        wanted = min(max(1, number), max(1, self._rows))
        self.setText(str(wanted))
        if wanted != self._number:
            self._number = wanted
            self.moved.emit(wanted)


class LaunchView(QWidget):
    """`row_wanted(number)`: another row's page; `browser_wanted`: the page of this row in a browser."""

    row_wanted = Signal(int)
    browser_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._check = LaunchCheck()
        self.preview = PagePreview()
        self.form = FormView()
        self.chat = ChatView()
        self._page: RowPage | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self.preview)
        for drawn in (self.form, self.chat):
            area = QScrollArea()
            area.setProperty("card", True)
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(drawn)
            self._pages.addWidget(area)
        self.row = RowNumber()
        self.row.setAccessibleName(self.tr("Row to preview"))
        self.row.moved.connect(self.row_wanted)
        self.before = Button("‹")
        self.after = Button("›")
        for button, name, step in (
            (self.before, self.tr("The row before"), -1),
            (self.after, self.tr("The next row"), 1),
        ):
            button.setAutoDefault(False)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(partial(self._step, step))
        self._rows = Label(tone="muted")
        self.browser = Button(self.tr("Open in browser"), look="link")
        self.browser.setAutoDefault(False)
        self.browser.clicked.connect(self.browser_wanted)
        self._busy = BusyLine()
        self._busy.setFixedHeight(3)
        self._checking = Label(role="caption", tone="muted")
        self.problems = Label(wrap=True, selectable=True)
        self.problems.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.problems.setAccessibleName(self.tr("Problems"))
        self._problem_area = QScrollArea()
        self._problem_area.setWidgetResizable(True)
        self._problem_area.setWidget(self.problems)
        self._problem_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cost = CostCard()
        self._arrange()
        self.restyle()
        self.show_check(self._check)

    def _arrange(self) -> None:
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(8)
        head.addWidget(Label(self.tr("A worker sees"), role="strong"))
        head.addStretch(1)
        rows = QHBoxLayout()
        rows.setSpacing(8)
        for part in (self.browser, Label(self.tr("Row"), tone="muted"), self.row, self._rows):
            rows.addWidget(part)
        rows.addWidget(self.before)
        rows.addWidget(self.after)
        head.addLayout(rows)
        self._head = head
        self._column = column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(head)
        self._pages.setMinimumHeight(theme.px(96))
        column.addWidget(self._pages, 1)
        column.addWidget(self._busy)
        column.addWidget(self._checking)
        column.addWidget(self._problem_area)
        column.addWidget(self.cost)

    def set_beside(self, beside: bool) -> None:
        """Keeps away from what is on its left, or above it."""
        self._column.setContentsMargins(16 if beside else 0, 0 if beside else 12, 0, 0)

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self.row.setFixedWidth(theme.px(64))
        self.setMinimumWidth(theme.px(300))

    def show_working(self, words: str) -> None:
        """Says what is being done, above what was found before."""
        self._busy.show()
        self._checking.setText(words)
        self._checking.setVisible(bool(words))

    def show_check(self, check: LaunchCheck) -> None:
        """Shows what was found in the files."""
        self._busy.hide()
        self._checking.hide()
        self._check = check
        self._show_problems()
        self.show_row(check.row, check.rows, check.page)
        self.cost.show_check(check)

    def show_row(self, row: int, rows: int, page: RowPage) -> None:
        """Shows the page of a row; a form keeps what was tried out in it."""
        self.row.show_number(row or 1, max(1, rows))
        self.row.setEnabled(rows > 1)
        self.before.setEnabled(rows > 1 and self.row.number > 1)
        self.after.setEnabled(rows > 1 and self.row.number < rows)
        self._rows.setText(self.tr("of {0}").format(number_text(rows)) if rows else "")
        self.browser.setEnabled(bool(page) and rows > 0)
        nothing = self.tr("Choose a page and a data file to see a row.")
        if self._check.columns:
            nothing = self.tr("No row can be shown yet; what is wrong stands below.")
        if isinstance(page, FormPage):
            if page != self._page:
                self.form.show_form(page.form, page.values, self.form.answer())
        elif isinstance(page, ChatPage):
            if page != self._page:
                self.chat.show_chat(page, self.chat.questions.answer())
        else:
            self.preview.show_page(page or f"<p>{nothing}</p>")
        self._page = page
        kinds: tuple[type, ...] = (str, FormPage, ChatPage)
        self._pages.setCurrentIndex(kinds.index(type(page)))

    def _step(self, by: int, _checked: bool = False) -> None:
        self.row.step(by)

    def _show_problems(self) -> None:
        check = self._check
        ordered = sorted(check.problems, key=lambda p: not p.stops)[:_PROBLEMS_SHOWN]
        lines = [f"{'✕' if p.stops else '●'} {p}" for p in ordered]
        if check.needed:
            lines.append(self.tr("○ Still needed: {0}.").format(", ".join(check.needed)))
        more = check.more + len(check.problems) - len(ordered)
        if more:
            lines.append(self.tr("and {0} more").format(number_text(more)))
        self.problems.setText("\n".join(lines))
        self.problems.set_tone("danger" if check.errors else "warning" if ordered else "muted")
        self._problem_area.setVisible(bool(lines))
        self._fit_problems()

    def _fit_problems(self) -> None:
        """As high as its words, up to a bound."""
        room = self._problem_area.viewport().width() or self.width()
        needed = self.problems.heightForWidth(max(room, theme.px(200))) + 4
        self._problem_area.setFixedHeight(min(needed, theme.px(130)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_NARROW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._head.setDirection(down if narrow else across)
        self._fit_problems()

    @staticmethod
    def reading_words(rows: int) -> str:
        """How far the reading of the files is."""
        if not rows:
            return say("Reading the files")
        return say_count("Reading the files: %n rows", "Reading the files: %n row", rows)
