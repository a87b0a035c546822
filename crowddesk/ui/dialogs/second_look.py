"""A person's first rejection, looked at again beside the answer: agreed to, or withdrawn with a note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crowddesk.language import number_text, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Badge, Button, Label
from crowddesk.ui.detail import PlainText
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.words import (
    category_name,
    environment_of,
    exact_time,
    relative_time,
    short_name,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from crowddesk.store.second_looks import Waiting


class SecondLookDialog(VerbDialog):
    """Steps through the rejections that wait. `answer` is where the answer is shown.

    Signals: `shown(Waiting)`: its answer is wanted; `agreed(id, note)`, `withdrawn(id, note)`: what was said.
    The dialog stays open for the next one, and `settle` takes out what was written down.
    """

    shown = Signal(object)
    agreed = Signal(int, str)
    withdrawn = Signal(int, str)

    def __init__(
        self, rows: Sequence[Waiting], twice: Sequence[int], answer: QWidget, parent: QWidget | None = None
    ) -> None:
        """`twice`: the actions that whoever looks now decided, although somebody else could look."""
        super().__init__(self.tr("Second look"), "", parent, careful=True, width=760)
        self._rows = list(rows)
        self._twice = frozenset(twice)
        self._at = 0
        self.cancel.setText(self.tr("Close"))
        self._who = Label(role="strong", wrap=True, selectable=True)
        self._badge = Badge("practice")
        signs = ("▸", "◂") if self.isRightToLeft() else ("◂", "▸")
        self.back, self.forth = (Button(sign) for sign in signs)
        for button, words, step in (
            (self.back, self.tr("The one before"), -1),
            (self.forth, self.tr("The next one"), 1),
        ):
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, step=step: self._show_at(self._at + step))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._who, 1)
        head.addWidget(self._badge)
        head.addWidget(self.back)
        head.addWidget(self.forth)
        self.body.addLayout(head)
        self._made = Label(tone="muted", wrap=True)
        self._same = Label(
            self.tr("You decided this yourself. Let somebody else look, if you can."),
            tone="warning",
            wrap=True,
        )
        self._reads = PlainText("", name=self.tr("What the worker would read"))
        self._evidence = Label(tone="muted", wrap=True, selectable=True)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self._made)
        column.addWidget(self._same)
        column.addWidget(Label(self.tr("The worker would read"), role="caption", tone="muted"))
        column.addWidget(self._reads)
        column.addWidget(self._evidence)
        column.addStretch(1)
        content = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(16)
        self._both.addWidget(left, 2)
        answer.setMinimumHeight(theme.px(180))
        self._both.addWidget(answer, 3)
        self.add_scrolling(content)
        self.note = QLineEdit()
        self.note.setMaxLength(2_000)
        self.note.setPlaceholderText(self.tr("A note; to withdraw, say why"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.textChanged.connect(self._show_verbs)
        self.body.addWidget(self.note)
        self.withdraw = Button(self.tr("Withdraw it"))
        self.withdraw.setAutoDefault(False)
        self.withdraw.clicked.connect(self._withdraw)
        self.add_button_before_verb(self.withdraw)
        self._show_at(0)
        self.note.setFocus()

    @property
    def waiting(self) -> int:
        """How many are left."""
        return len(self._rows)

    def settle(self, action_ids: Sequence[int]) -> None:
        """Takes out what does not wait any more; closes behind the last."""
        self._rows = [row for row in self._rows if row.action_id not in action_ids]
        self._at = max(0, min(self._at, len(self._rows) - 1))
        self.note.clear()
        self.set_problem("")
        if self._rows:
            self._show_at(self._at)
        else:
            self.accept()

    def fail(self, sentence: str) -> None:
        """Says why nothing was written down."""
        self.set_problem(sentence)
        self._show_verbs()

    def _show_at(self, at: int) -> None:
        if not 0 <= at < len(self._rows):
            return
        self._at = at
        row = self._rows[at]
        self.set_title(
            say_count("Second look: %n first rejections", "Second look: %n first rejection", len(self._rows))
        )
        of = self.tr("{0} of {1}").format(number_text(at + 1), number_text(len(self._rows)))
        self._who.setText(
            self.tr("{0}: unit {1} of {2}, the first rejection of {3}").format(
                of, row.unit_id, row.run_title or "?", short_name(row.worker_name)
            )
        )
        environment = environment_of(row.provider_type, row.sandbox)
        self._badge.set(environment, row.provider_type if environment != "practice" else "")
        words = self.tr("Rejected by {0} {1}. It does not leave before somebody agrees.")
        if row.category:
            words = self.tr("Rejected as “{2}” by {0} {1}. It does not leave before somebody agrees.")
        when, category = relative_time(row.created_at), category_name(row.category)
        self._made.setText(words.format(row.created_by, when, category))
        self._made.setToolTip(exact_time(row.created_at))
        self._same.setVisible(row.action_id in self._twice)
        self._reads.setPlainText(row.reason)
        evidence = " · ".join(row.evidence)
        self._evidence.setText(
            self.tr("Evidence: {0}").format(evidence)
            if evidence
            else self.tr("No evidence was attached. Judge by the answer itself.")
        )
        many = len(self._rows) > 1
        for button in (self.back, self.forth):
            button.setVisible(many)
        self.back.setEnabled(at > 0)
        self.forth.setEnabled(at < len(self._rows) - 1)
        self._show_verbs()
        self.shown.emit(row)

    def _show_verbs(self) -> None:
        self.set_verb(self.tr("Agree to it"))
        said = bool(self.note.text().strip())
        self.withdraw.setEnabled(said)
        self.withdraw.setToolTip("" if said else self.tr("Say why first: whoever decided it reads it."))

    def _take(self) -> None:
        self.verb.setEnabled(False)
        self.agreed.emit(self._rows[self._at].action_id, self.note.text().strip())

    def _withdraw(self) -> None:
        self.withdraw.setEnabled(False)
        self.withdrawn.emit(self._rows[self._at].action_id, self.note.text().strip())

    def command_line(self) -> Sequence[str] | None:
        if not self._rows:
            return None
        note = self.note.text().strip()
        line = ["second-look", "agree", str(self._rows[self._at].action_id)]
        return [*line, "--note", note] if note else line

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._both.setDirection(down if self.width() < theme.px(640) else across)
