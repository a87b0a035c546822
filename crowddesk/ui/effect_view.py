"""What masks do to a run's data at a glance: counts, figures, labels, and pay beside data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from crowddesk.language import number_text, percent_text, say_count
from crowddesk.ui import theme
from crowddesk.ui.before_after import DataBar, LabelBars, PayTable, change_text
from crowddesk.ui.controls import Choice, Label
from crowddesk.ui.gauges import Fact, FactCard

if TYPE_CHECKING:
    from crowddesk.operations.mask_effect import Effect

_NARROW: Final = 420


class EffectView(QWidget):
    """Shows one effect after another. `field` chooses which answers are compared."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = Label(wrap=True)
        self.now, self.then = DataBar(), DataBar()
        self.kept = FactCard(Fact(self.tr("Answers that count"), "–"))
        self.items = FactCard(Fact(self.tr("Items with an answer"), "–"))
        self.alpha = FactCard(Fact(self.tr("Krippendorff’s alpha"), "–"))
        self.pairs = FactCard(Fact(self.tr("Pairs that agree"), "–"))
        self._cards = QGridLayout()
        self._cards.setSpacing(12)
        self._columns = 0
        self.field = Choice()
        self.field.setAccessibleName(self.tr("Field that is judged"))
        self.field.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.bars = LabelBars()
        self._no_labels = Label(tone="muted", wrap=True)
        self.pay = PayTable()
        judged = QHBoxLayout()
        judged.setSpacing(8)
        judged.addWidget(Label(self.tr("Answers to"), role="strong"))
        judged.addWidget(self.field)
        judged.addStretch(1)
        self._then_caption = Label(self.tr("With these masks"), role="caption", tone="muted")
        table = QFrame()
        table.setProperty("card", True)
        inside = QVBoxLayout(table)
        inside.setContentsMargins(14, 12, 14, 12)
        inside.addWidget(self.pay)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(self.tr("The data now"), role="caption", tone="muted"))
        column.addWidget(self.now)
        column.addWidget(self._then_caption)
        column.addWidget(self.then)
        column.addWidget(self.sentence)
        column.addLayout(self._cards)
        column.addSpacing(4)
        column.addLayout(judged)
        column.addWidget(self.bars)
        column.addWidget(self._no_labels)
        column.addSpacing(4)
        column.addWidget(Label(self.tr("Pay and data"), role="strong"))
        words = self.tr(
            "Nobody’s pay changes here. Work may be paid and left out, or not paid and still count."
        )
        column.addWidget(Label(words, tone="muted", wrap=True))
        column.addWidget(table)
        column.addStretch(1)
        self._arrange()

    def offer_fields(self, fields: Sequence[str], judged: str) -> None:
        """Offers the fields of the answers; the one that was chosen stays, else it is the judged one."""
        if [self.field.itemText(place) for place in range(self.field.count())] == list(fields):
            return
        chosen = self.field.currentText() if self.field.currentText() in fields else judged
        self.field.blockSignals(True)
        self.field.clear()
        self.field.addItems(list(fields))
        self.field.setCurrentText(chosen)
        self.field.blockSignals(False)

    def show_effect(self, effect: Effect) -> None:
        """Shows what was counted."""
        before, after = effect.before, effect.after
        for bar, standing in ((self.now, before), (self.then, after)):
            bar.set_counts(standing.data)
        changes = bool(effect.newly_out)
        self.then.setVisible(changes)
        self._then_caption.setVisible(changes)
        self.sentence.setText(self._sentence_of(effect))
        kept = [standing.data["in"] + standing.data["undecided"] for standing in (before, after)]
        people = change_text(before.people, after.people)
        note = self.tr("by {0} people").format(people)
        _tell(self.kept, self.tr("Answers that count"), change_text(*kept), note)
        lost = before.items - after.items
        note = (
            say_count("%n items without any answer then", "%n item without any answer then", lost)
            if lost
            else ""
        )
        items = change_text(before.items, after.items)
        _tell(self.items, self.tr("Items with an answer"), items, note, "warning" if lost else "muted")
        alpha = _figures(before.alpha, after.alpha, lambda figure: number_text(figure, 3))
        none = self.tr("no item has two answers that count") if before.alpha is None else ""
        _tell(self.alpha, self.tr("Krippendorff’s alpha"), alpha, none)
        pairs = _figures(before.agreeing, after.agreeing, lambda figure: percent_text(figure, 1))
        _tell(self.pairs, self.tr("Pairs that agree"), pairs)
        self.bars.setVisible(bool(before.labels))
        self._no_labels.setVisible(not before.labels)
        self._no_labels.setText(
            self.tr("These are free texts, or none at all: there are no labels to count.")
        )
        self.bars.set_labels(before.labels, after.labels)
        self.pay.set_counts(before.payment, after.payment)

    def _sentence_of(self, effect: Effect) -> str:
        if not effect.by_mask:
            return self.tr("Choose a mask, or compose one, to see what it does.")
        out, answers = number_text(effect.together), say_count("%n answers", "%n answer", effect.answers)
        draft = dict(effect.by_mask).get("")
        if draft is not None and len(effect.by_mask) > 1:
            words = self.tr("This leaves out {0} of {1}, the mask being written {2} of them")
            parts = [words.format(out, answers, number_text(draft))]
        else:
            parts = [self.tr("This leaves out {0} of {1}").format(out, answers)]
        already = effect.together - len(effect.newly_out)
        if already:
            parts.append(say_count("%n are out already", "%n is out already", already))
        if effect.of_those_in:
            by_hand = effect.of_those_in
            parts.append(say_count("%n were put in by hand", "%n was put in by hand", by_hand))
        return "; ".join(parts) + "."

    def _arrange(self) -> None:
        columns = 1 if self.width() < theme.px(_NARROW) else 2
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate((self.kept, self.items, self.alpha, self.pairs)):
            self._cards.addWidget(card, place // columns, place % columns)
        self._cards.setColumnStretch(0, 1)
        self._cards.setColumnStretch(1, columns - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _tell(card: FactCard, title: str, value: str, note: str = "", tone: str = "muted") -> None:
    card.set(Fact(title, value, "", note, tone))


def _figures(before: float | None, after: float | None, form: Callable[[float], str]) -> str:
    """Two figures as people read them; a dash for one that cannot be said."""
    first, last = ("–" if figure is None else form(figure) for figure in (before, after))
    return first if first == last else f"{first} → {last}"
