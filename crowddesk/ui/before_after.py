"""What masks change, drawn: labels as bars before and after, and pay beside data as a small table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from crowddesk.language import mark, number_text, percent_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Label, line_flags, mirrored
from crowddesk.ui.tips import plain_tip
from crowddesk.ui.words import readable

_MOST_BARS: Final = 12
_ROW: Final = 30
_LABEL: Final = 150
_NARROW: Final = 420
_DATA: Final = ("in", "undecided", "out")


def change_text(before: int, after: int) -> str:
    """Two counts as people read them: "120", or "120 → 98"."""
    if before == after:
        return number_text(before)
    return f"{number_text(before)} → {number_text(after)}"


class DataBar(QWidget):
    """How many answers are in the data, undecided and left out: a bar and, under it, the three counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Mapping[str, int] = {}
        self._words = Label(role="caption", tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(14), 0, 0)
        column.addWidget(self._words)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Shows counts by data-set status."""
        self._counts = counts
        looks = {word: theme.status_look(word) for word in _DATA}
        shown = {word: number_text(counts.get(word, 0)) for word in _DATA}
        parts = [f"{look.sign} {look.word} {shown[word]}" for word, look in looks.items()]
        self._words.setText("      ".join(parts))
        self.setAccessibleName(", ".join(f"{looks[word].word} {shown[word]}" for word in _DATA))
        self.update()

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(0, theme.px(14), 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        height, total, done = theme.px(8), sum(self._counts.values()), 0
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(0, 0, self.width(), height), height / 2, height / 2)
        painter.setClipPath(outline)
        painter.fillRect(0, 0, self.width(), height, QColor(c.line))
        colours = {"in": theme.status_look("in").colour, "undecided": c.line, "out": c.muted}
        for word in _DATA:
            left = round(self.width() * done / total) if total else 0
            done += self._counts.get(word, 0)
            right = round(self.width() * done / total) if total else 0
            part = QRect(left, 0, right - left, height)
            painter.fillRect(mirrored(self, part), QColor(colours[word]))


class LabelBars(QWidget):
    """How often each label is in the data: a pale bar as it is, a full one as it would be, and both numbers.

    The most frequent ones have a bar; the others are one bar together.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: list[tuple[str, int, int]] = []
        self._totals = (0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_labels(self, before: Mapping[str, int], after: Mapping[str, int]) -> None:
        """Shows counts by label, those of `before` in their order."""
        labels = list(before)
        shown = labels if len(labels) <= _MOST_BARS else labels[: _MOST_BARS - 1]
        self._bars = [(label, before[label], after.get(label, 0)) for label in shown]
        if len(shown) < len(labels):
            rest = labels[len(shown) :]
            sums = (sum(before[w] for w in rest), sum(after.get(w, 0) for w in rest))
            self._bars.append((self.tr("{0} other answers").format(number_text(len(rest))), *sums))
        self._totals = (sum(before.values()), sum(after.values()))
        words = [f"{readable(label)} {self._number(*counts)}" for label, *counts in self._bars]
        self.setAccessibleName(self.tr("Answers by label: {0}").format("; ".join(words) or self.tr("none")))
        self.setToolTip(plain_tip("\n".join(words)))
        self.updateGeometry()
        self.update()

    def _number(self, before: int, after: int) -> str:
        first, last = self._totals
        text = f"{number_text(before)} ({_share(before, first)})"
        same = before == after and first == last
        return text if same else f"{text} → {number_text(after)} ({_share(after, last)})"

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), max(1, len(self._bars)) * self._row())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), self.sizeHint().height())

    def _row(self) -> int:
        return theme.px(_ROW + (18 if self._is_narrow() else 0))

    def _is_narrow(self) -> bool:
        return self.width() < theme.px(_NARROW)

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        metrics = QFontMetrics(painter.font())
        most = max((max(before, after) for _, before, after in self._bars), default=0)
        numbers = [self._number(before, after) for _, before, after in self._bars]
        wide = max((metrics.horizontalAdvance(number) for number in numbers), default=0) + theme.px(8)
        narrow = self._is_narrow()
        label_wide = min(theme.px(_LABEL), self.width() // 3)
        for place, (label, before, after) in enumerate(self._bars):
            top = place * self._row()
            line = QRect(0, top, self.width(), theme.px(18 if narrow else _ROW))
            room = self.width() - wide if narrow else label_wide - theme.px(8)
            painter.setPen(QColor(c.text))
            words = metrics.elidedText(readable(label), Qt.TextElideMode.ElideRight, max(0, room))
            named = mirrored(self, QRect(0, line.top(), max(0, room), line.height()))
            painter.drawText(named, line_flags(words, self.layoutDirection()), words)
            painter.setPen(QColor(c.muted))
            flags = line_flags(numbers[place], self.layoutDirection(), at_end=True, as_is=True)
            painter.drawText(line, flags, numbers[place])
            start = 0 if narrow else label_wide
            length = self.width() - (0 if narrow else label_wide + wide)
            middle = top + (theme.px(29) if narrow else line.height() // 2)
            self._draw_bar(painter, start, middle, length, before, most, c.line)
            self._draw_bar(painter, start, middle, length, after, most, c.accent)

    def _draw_bar(
        self, painter: QPainter, start: int, middle: int, length: int, count: int, most: int, colour: str
    ) -> None:
        if count <= 0 or most <= 0 or length <= 0:
            return
        height = theme.px(8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        wide = max(3.0, length * count / most)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            start = round(self.width() - start - wide)
        painter.drawRoundedRect(QRectF(start, middle - height / 2, wide, height), 3, 3)


def _share(part: int, whole: int) -> str:
    return percent_text(part / whole) if whole else "–"


class PayTable(QWidget):
    """Pay by data-set status: what is paid and left out, not paid and kept, as it is and as it would be."""

    _PAY: Final = (mark("paid"), mark("not paid"), mark("not decided"))

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: dict[tuple[str, str], Label] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setVerticalSpacing(6)
        heads: Sequence[str] = (self.tr("In the data"), self.tr("Undecided"), self.tr("Left out"))
        sides = (self.tr("Paid"), self.tr("Not paid"), self.tr("Not decided yet"))
        right = Qt.AlignmentFlag.AlignRight
        for column, words in enumerate(heads, 1):
            head = Label(words, role="caption", tone="muted", wrap=True)
            head.setAlignment(right)
            grid.addWidget(head, 0, column)
            grid.setColumnStretch(column, 1)
        for row, (pay, words) in enumerate(zip(self._PAY, sides, strict=True), 1):
            grid.addWidget(Label(words, wrap=True), row, 0)
            for column, data in enumerate(_DATA, 1):
                cell = self._cells[pay, data] = Label("–")
                grid.addWidget(cell, row, column, right)
        self.set_counts({}, {})

    def set_counts(self, before: Mapping[tuple[str, str], int], after: Mapping[tuple[str, str], int]) -> None:
        """Shows answers by (payment, data-set status)."""
        spoken = []
        for (pay, data), cell in self._cells.items():
            first, last = before.get((pay, data), 0), after.get((pay, data), 0)
            cell.setText(change_text(first, last))
            cell.set_tone("" if first or last else "muted")
            if first or last:
                answers = say_count("%n answers", "%n answer", last)
                spoken.append(f"{say(pay)}, {theme.status_look(data).word}: {answers}")
        self.setAccessibleName(
            self.tr("Pay and data: {0}").format("; ".join(spoken) or self.tr("no answers"))
        )

    def text_of(self, pay: str, data: str) -> str:
        """What a cell says."""
        return self._cells[pay, data].text()
