"""Desk and vendor compared: what differs, chosen before it is mended; what is astray, to be taken in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crowddesk.domain import money_text
from crowddesk.language import number_text, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, ElidedLabel, Label
from crowddesk.ui.detail import Link
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.difference_table import DifferenceTable, Line, lines_of
from crowddesk.ui.states import BusyLine
from crowddesk.ui.words import exact_time, relative_time

if TYPE_CHECKING:
    from crowddesk.domain import Stray
    from crowddesk.operations.comparison import Comparison

_STRAYS: Final = 6
_ROWS: Final = (3, 9)


class CompareDialog(VerbDialog):
    """Shows a comparison. It asks nobody: `wanted` another one, `mend_wanted(ids)`, `aside_wanted(ids)`,
    `adopt_wanted(ref)`, `run_wanted(id)` say what its user wants; `rejected` while it waits is a cancel.
    """

    wanted = Signal()
    mend_wanted = Signal(object)
    aside_wanted = Signal(object)
    adopt_wanted = Signal(str)
    run_wanted = Signal(int)

    def __init__(self, account: str, vendor: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Compare {0} with {1}").format(account, vendor), "", parent, careful=True, width=960
        )
        self._vendor = vendor
        self._comparison: Comparison | None = None
        self._busy = BusyLine()
        self._busy.setFixedHeight(theme.px(2))
        self._words = Label(wrap=True, selectable=True)
        self._failures = Label(tone="danger", wrap=True, selectable=True)
        self.table = DifferenceTable()
        self.table.differences.ticked.connect(self._show_verb)
        self.table.looked_at.connect(self._show_line)
        self._more = Label(tone="muted", wrap=True, selectable=True)
        self.all = Link(self.tr("Choose all"), self._choose_all)
        counts_no_more = self.tr("It counts no more until the vendor says otherwise.")
        self.aside = Link(self.tr("I have seen it"), self._put_aside, counts_no_more)
        self._line_verbs = QWidget()
        line = QHBoxLayout(self._line_verbs)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self.all)
        line.addWidget(self.aside)
        line.addStretch(1)
        self._strays_title = Label(role="strong")
        self._strays = QVBoxLayout()
        self._strays.setSpacing(6)
        self._adopting: dict[str, Button] = {}
        self._content = QWidget()
        self._lines = QVBoxLayout(self._content)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        for widget in (self._words, self._busy, self._failures, self.table, self._more, self._line_verbs):
            self._lines.addWidget(widget)
        self._lines.addWidget(self._strays_title)
        self._lines.addLayout(self._strays)
        self._lines.addStretch(1)
        self._area = QScrollArea()  # where a low screen or large print leaves too little room
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._content)
        self._content.setAutoFillBackground(False)
        self._area.viewport().setAutoFillBackground(False)
        self.body.addWidget(self._area, 1)
        self.again = Button(self.tr("Compare again"))
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self._ask_again)
        self.add_left_button(self.again)
        self.show_waiting()

    # ---------------------------------------------------------------------------------------- states

    def show_waiting(self, words: str = "") -> None:
        """Says that the vendor is being asked; what was shown before stays, but cannot be mended."""
        self._busy.show()
        self._say(words or self.tr("Asking {0} how things stand…").format(self._vendor), "muted")
        self._failures.hide()
        if self._comparison is None:
            for widget in (self.table, self._more, self._line_verbs, self._strays_title):
                widget.hide()
        self.again.setEnabled(False)
        self.verb.setEnabled(False)
        self.verb.setVisible(self.verb.isVisible() and self._comparison is not None)
        self.cancel.setText(self.tr("Cancel"))
        self._fit()

    def show_failure(self, sentence: str) -> None:
        """Says why nothing could be asked or written."""
        self._rest()
        self._say("" if self._comparison is None else self._summary(self._comparison))
        self._failures.setText(f"✕ {sentence}")
        self._failures.show()
        self._show_verb()
        self._fit()

    def show_comparison(self, comparison: Comparison, done: str = "") -> None:
        """Shows what was found. `done` is a word on what has just been mended."""
        self._rest()
        self._comparison = comparison
        lines = lines_of(comparison)
        differs = bool(lines)
        words = " ".join(filter(None, (done, self._summary(comparison))))
        self._say(words, "" if differs or comparison.failures or comparison.strays else "good")
        failed = [f"{run.title}: {run.failure}" for run in comparison.runs if run.failure]
        self._failures.setText("\n".join(f"✕ {sentence}" for sentence in (*comparison.failures, *failed)))
        self._failures.setVisible(bool(self._failures.text()))
        for widget in (self.table, self._more, self._line_verbs):
            widget.setVisible(differs)
        self.table.differences.show_lines(lines)
        rows = min(max(len(lines), _ROWS[0]), _ROWS[1])
        self.table.setFixedHeight(theme.px(46) + rows * theme.row_height())
        self._show_strays(comparison.strays)
        self._show_verb()
        if differs:
            self.table.setFocus()
        self._fit()

    def _fit(self) -> None:
        """As high as what it shows, and no higher than most of the screen."""
        margins = self.contentsMargins()
        if (layout := self.layout()) is not None:
            margins = layout.contentsMargins()
        wide = max(self.width(), self.minimumWidth()) - margins.left() - margins.right() - theme.px(12)
        self._lines.activate()
        room = int(self.screen().availableGeometry().height() * 0.7)
        self._area.setMinimumHeight(min(room, self._lines.totalHeightForWidth(wide)))
        super()._fit()

    def _rest(self) -> None:
        self._busy.hide()
        self.again.setEnabled(True)
        self.cancel.setText(self.tr("Close"))

    def _say(self, words: str, tone: str = "") -> None:
        self._words.setText(words)
        self._words.set_tone(tone)

    def _summary(self, comparison: Comparison) -> str:
        stays = sum(run.stays for run in comparison.runs)
        asked = [run for run in comparison.runs if not run.failure]
        submissions = say_count("%n submissions", "%n submission", stays)
        runs = say_count("%n runs", "%n run", len(asked))
        what = self.tr("{0} of {1}").format(submissions, runs)
        if comparison.payments:
            doubts = say_count("%n actions", "%n action", len(comparison.payments))
            what = self.tr("{0} of {1} and {2} in doubt").format(submissions, runs, doubts)
        at = self.tr("Compared {0}: {1}.").format(relative_time(comparison.at), what)
        self._words.setToolTip(exact_time(comparison.at))
        differs = len(comparison.differences) + len(comparison.payments)
        left = sum(run.left_out for run in comparison.runs)
        if (
            not differs
            and not comparison.strays
            and not comparison.failures
            and len(asked) == len(comparison.runs)
        ):
            return self.tr("✓ Nothing differs. {0}").format(at)
        parts = [at]
        if differs:
            parts.append(say_count("%n differences.", "%n difference.", differs + left))
        if left:
            parts.append(
                self.tr("{0} more are not listed: mend these, then compare again.").format(number_text(left))
            )
        if differs:
            parts.append(
                self.tr("Mending writes the vendor’s word here; nothing is sent to {0}.").format(self._vendor)
            )
        return " ".join(parts)

    # ------------------------------------------------------------------------------------------ lines

    def _show_line(self, line: Line | None) -> None:
        self.aside.setVisible(line is not None and line.needs_you)
        if line is None:
            self._more.setText("")
            return
        parts = (line.what, line.more.replace("\n", " · "))
        self._more.setText("\n".join(filter(None, parts)))

    def _show_verb(self) -> None:
        model = self.table.differences
        can = sum(line.can for line in model.lines)
        chosen = len(model.chosen)
        self.verb.setVisible(can > 0)
        self.set_verb(self.tr("Mend {0}").format(number_text(chosen)), chosen > 0)
        self.all.setText(self.tr("Choose none") if chosen == can and can else self.tr("Choose all"))
        self.all.setVisible(can > 1)
        self.all.updateGeometry()
        self._show_line(self.table.current_line())

    def _choose_all(self) -> None:
        model = self.table.differences
        model.tick_all(len(model.chosen) < sum(line.can for line in model.lines))

    def _put_aside(self) -> None:
        line = self.table.current_line()
        if line is not None:
            self.aside_wanted.emit([line.id])

    def _take(self) -> None:
        model = self.table.differences
        chosen = [line.id for line in model.lines if line.id in model.chosen]
        if chosen:
            self.mend_wanted.emit(chosen)

    def _ask_again(self) -> None:
        self.show_waiting()
        self.wanted.emit()

    # ----------------------------------------------------------------------------------------- strays

    def _show_strays(self, strays: Sequence[Stray]) -> None:
        while self._strays.count():
            taken = self._strays.takeAt(0)
            old = taken.widget() if taken is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self._adopting.clear()
        self._strays_title.setVisible(bool(strays))
        self._strays_title.setText(
            self.tr("At {0} and not here: {1}").format(
                self._vendor, say_count("%n studies", "%n study", len(strays))
            )
        )
        parts = [self._stray(stray) for stray in strays[:_STRAYS]]
        if len(strays) > _STRAYS:
            more = self.tr("and {0} more, when these are adopted").format(number_text(len(strays) - _STRAYS))
            parts.append(Label(more, tone="muted"))
        for part in parts:
            self._strays.addWidget(part)
            part.show()  # now, so that its height counts

    def _stray(self, stray: Stray) -> QWidget:
        cost = money_text(stray.cost, stray.currency) if stray.cost is not None else ""
        facts = [
            stray.status.lower().replace("_", " "),
            self.tr("{0} for {1}").format(
                say_count("%n submissions", "%n submission", stray.submissions),
                say_count("%n places", "%n place", stray.places),
            ),
            cost,
            self.tr("made {0}").format(relative_time(stray.created_at)) if stray.created_at else "",
            self.tr("says it is of run {0}").format(stray.task_run_id) if stray.task_run_id else "",
        ]
        name = ElidedLabel(stray.name, least=120)
        words = ElidedLabel(" · ".join(filter(None, facts)), role="caption", tone="muted", least=120)
        text = QVBoxLayout()
        text.setSpacing(1)
        text.addWidget(name)
        text.addWidget(words)
        adopt = Button(self.tr("Adopt"))
        adopt.setAutoDefault(False)
        adopt.setAccessibleName(self.tr("Adopt {0}").format(stray.name))
        adopt.setToolTip(
            self.tr("A run is made for it here and follows it from now on. Nothing changes at {0}.").format(
                self._vendor
            )
        )
        adopt.clicked.connect(lambda: self._adopt(stray.ref))
        self._adopting[stray.ref] = adopt
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(12)
        line.addLayout(text, 1)
        line.addWidget(adopt)
        return made

    def _adopt(self, ref: str) -> None:
        button = self._adopting[ref]
        button.setEnabled(False)
        button.setText(self.tr("Adopting…"))
        button.updateGeometry()
        self.adopt_wanted.emit(ref)

    def show_adopted(self, ref: str, run_id: int) -> None:
        """A stray has its run now."""
        button = self._adopting.pop(ref, None)
        if button is not None:
            row = button.parentWidget()
            place = row.layout() if row is not None else None
            assert place is not None
            place.replaceWidget(button, Link(self.tr("Open the run"), lambda: self.run_wanted.emit(run_id)))
            button.hide()
            button.deleteLater()

    def show_not_adopted(self, ref: str, sentence: str) -> None:
        """Says why a stray could not be taken in; it may be tried again."""
        button = self._adopting.get(ref)
        if button is not None:
            button.setEnabled(True)
            button.setText(self.tr("Adopt"))
        self._failures.setText(f"✕ {sentence}")
        self._failures.show()
        self._fit()
