"""The right half of the launch dialog: a real row as a worker sees it, what is wrong, and what it costs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from crowddesk.domain import money_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.launch_values import LaunchCheck, cost_words
from crowddesk.ui.page_preview import PagePreview
from crowddesk.ui.states import BusyLine
from crowddesk.ui.words import count_text

_PROBLEMS_SHOWN: Final = 100


class LaunchView(QWidget):
    """`row_wanted(number)`: another row's page; `browser_wanted`: the page of this row in a browser."""

    row_wanted = Signal(int)
    browser_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._check = LaunchCheck()
        self.preview = PagePreview()
        self.row = QSpinBox()
        self.row.setRange(1, 1)
        self.row.setAccessibleName(self.tr("Row to preview"))
        self.row.setKeyboardTracking(False)
        self.row.valueChanged.connect(self.row_wanted)
        self.row.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.row.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.before = Button("‹")
        self.after = Button("›")
        for button, name, step in (
            (self.before, self.tr("The row before"), self.row.stepDown),
            (self.after, self.tr("The next row"), self.row.stepUp),
        ):
            button.setAutoDefault(False)
            button.setAccessibleName(name)
            button.setToolTip(name)
            button.clicked.connect(step)
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
        self.cost = Label(role="figure")
        self.cost_parts = Label(tone="muted", wrap=True)
        self.minutes = QLineEdit()
        self.minutes.setAccessibleName(self.tr("Minutes one unit takes"))
        self.minutes.textChanged.connect(self._show_wage)
        self.wage = Label(tone="muted")
        self._arrange()
        self.restyle()
        self.show_check(self._check)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(self.tr("A worker sees"), role="strong"))
        head.addStretch(1)
        head.addWidget(self.browser)
        head.addWidget(Label(self.tr("Row"), tone="muted"))
        head.addWidget(self.row)
        head.addWidget(self._rows)
        head.addWidget(self.before)
        head.addWidget(self.after)
        wage = QHBoxLayout()
        wage.setSpacing(8)
        wage.addWidget(Label(self.tr("Minutes a unit"), tone="muted"))
        wage.addWidget(self.minutes)
        wage.addWidget(self.wage, 1)
        self._column = column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.preview, 1)
        column.addWidget(self._busy)
        column.addWidget(self._checking)
        column.addWidget(self._problem_area)
        column.addWidget(self.cost)
        column.addWidget(self.cost_parts)
        column.addLayout(wage)

    def set_beside(self, beside: bool) -> None:
        """Keeps away from what is on its left, or above it."""
        self._column.setContentsMargins(16 if beside else 0, 0 if beside else 12, 0, 0)

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self.row.setFixedWidth(theme.px(64))
        self.setMinimumWidth(theme.px(300))
        self.minutes.setMaximumWidth(theme.px(64))

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
        cost = check.cost
        self.cost.setVisible(cost is not None)
        if cost is None:
            self.cost_parts.setText(self.tr("What it will cost stands here once the files are read."))
            self.cost_parts.set_tone("muted")
        else:
            self.cost.setText(money_text(cost.total, cost.currency))
            self.cost_parts.setText(cost_words(cost))
            self.cost_parts.set_tone("danger" if cost.over_budget else "muted")
        self._show_wage()

    def show_row(self, row: int, rows: int, page: str) -> None:
        """Shows the page of a row."""
        self.row.blockSignals(True)
        self.row.setRange(1, max(1, rows))
        if row:
            self.row.setValue(row)
        self.row.blockSignals(False)
        self.row.setEnabled(rows > 1)
        self.before.setEnabled(rows > 1 and self.row.value() > 1)
        self.after.setEnabled(rows > 1 and self.row.value() < rows)
        self._rows.setText(self.tr("of {0}").format(f"{rows:,}") if rows else "")
        self.browser.setEnabled(bool(page))
        nothing = self.tr("Choose a template and a data file to see a row.")
        self.preview.show_page(page or f"<p>{nothing}</p>")

    def _show_problems(self) -> None:
        check = self._check
        ordered = sorted(check.problems, key=lambda p: not p.stops)[:_PROBLEMS_SHOWN]
        lines = [f"{'✕' if p.stops else '●'} {p}" for p in ordered]
        if check.needed:
            lines.append(self.tr("○ Still needed: {0}.").format(", ".join(check.needed)))
        more = check.more + len(check.problems) - len(ordered)
        if more:
            lines.append(self.tr("and {0} more").format(f"{more:,}"))
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
        self._fit_problems()

    def _show_wage(self) -> None:
        cost = self._check.cost
        text = self.minutes.text().strip()
        words = self.tr("give it to see the wage an hour")
        if text:
            try:
                minutes = float(text)
            except ValueError:
                minutes = 0.0
            if not 0 < minutes < 1e6:
                words = self.tr("{0} is no number of minutes").format(text)
            elif cost is not None:
                hour = money_text(round(cost.reward * 60 / minutes), cost.currency)
                words = self.tr("that is {0} an hour").format(hour)
        self.wage.setText(words)

    @staticmethod
    def reading_words(rows: int) -> str:
        """How far the reading of the files is."""
        return "Reading the files" + (f": {count_text(rows, 'row')}" if rows else "")
