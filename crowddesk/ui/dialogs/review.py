"""The small questions of the review page: a sample, what becomes of the rest of a worker."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from crowddesk.domain import ActionKind
from crowddesk.language import number_text, say_count
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.words import short_name, whole_typed

#: A sample's units are kept with the window's values, so that it is the same tomorrow.
MOST_SAMPLED: Final = 2_000


@dataclass(frozen=True, slots=True)
class Sample:
    """So many of the waiting answers, drawn by a seed."""

    size: int
    seed: int


class SampleDialog(VerbDialog):
    """Asks how many of the waiting answers are to be reviewed; the same seed draws the same ones."""

    def __init__(self, waiting: int, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Review a sample"), "", parent, width=420)
        self._waiting = waiting
        most = min(waiting, MOST_SAMPLED)
        words = say_count(
            "%n answers wait. A sample is drawn evenly; each has the same chance.",
            "%n answer waits. A sample is drawn evenly; each has the same chance.",
            waiting,
        )
        self.body.addWidget(Label(words, tone="muted", wrap=True))
        self.size_line = QLineEdit(str(min(most, 120)))
        self.size_line.setValidator(QIntValidator(1, MOST_SAMPLED, self.size_line))
        self.size_line.setAccessibleName(self.tr("How many"))
        self.seed_line = QLineEdit(str(random.SystemRandom().randrange(1, 1_000)))
        self.seed_line.setValidator(QIntValidator(0, 2_000_000_000, self.seed_line))
        self.seed_line.setAccessibleName(self.tr("Seed"))
        self.seed_line.setToolTip(
            self.tr("The same seed draws the same answers from the same ones that wait.")
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for place, line in enumerate((self.size_line, self.seed_line)):
            caption = line.accessibleName()
            label = Label(caption, tone="muted")
            label.setBuddy(line)
            grid.addWidget(label, place, 0)
            grid.addWidget(line, place, 1)
        self.body.addLayout(grid)
        self.size_line.textChanged.connect(self._show)
        self._show()
        self.size_line.selectAll()
        self.size_line.setFocus()

    def _size(self) -> int:
        return whole_typed(self.size_line.text()) or 0

    def _show(self) -> None:
        size = min(self._size(), self._waiting)
        words = self.tr("Review {0}").format(number_text(size)) if size else self.tr("Review")
        self.set_verb(words, size > 0)

    def check(self) -> str:
        if not 1 <= self._size() <= MOST_SAMPLED:
            return self.tr("Choose 1 to {0}.").format(number_text(MOST_SAMPLED))
        return ""

    def value(self) -> Sample:
        """What was chosen."""
        return Sample(min(self._size(), self._waiting), whole_typed(self.seed_line.text()) or 0)


@dataclass(frozen=True, slots=True)
class Rest:
    """The answers of one worker that still wait. `money` is what approving them pays with fees, as text."""

    worker: str
    unit_ids: tuple[int, ...]
    money: str
    environment: str
    in_review: int


class RestDialog(VerbDialog):
    """Asks what becomes of all of a worker's answers that wait. Enter decides nothing."""

    def __init__(self, rest: Rest, parent: QWidget | None = None) -> None:
        count = len(rest.unit_ids)
        who = short_name(rest.worker)
        super().__init__(
            self.tr("Decide for the rest of {0}").format(who), "", parent, careful=True, width=520
        )
        self.kind = ActionKind.APPROVE
        words = say_count(
            "%n answers of {0} in this run wait for a decision.",
            "%n answer of {0} in this run waits for a decision.",
            count,
        )
        self.body.addWidget(Label(words.format(who), wrap=True))
        if rest.in_review < count:
            words = self.tr(
                "● Only {0} of them are in this review; the others are decided with them."
            ).format(number_text(rest.in_review))
            self.body.addWidget(Label(words, tone="warning", wrap=True))
        self.say_live(rest.environment, self.tr("LIVE: these are real people and real money."))
        self.body.addWidget(
            Label(
                self.tr(
                    "Approving and soft rejecting pay {0} with fees. A soft rejection keeps answers out of "
                    "the data set. A rejection pays nothing and asks for a reason first."
                ).format(rest.money),
                tone="muted",
                wrap=True,
            )
        )
        self.reject_button = Button(self.tr("Reject {0}…").format(number_text(count)), tone="rejected")
        self.soft_button = Button(
            self.tr("Soft reject {0} · {1}").format(number_text(count), rest.money), tone="soft_rejected"
        )
        self.add_left_button(self.reject_button)
        self.add_button_before_verb(self.soft_button)
        for button, kind in (
            (self.reject_button, ActionKind.REJECT),
            (self.soft_button, ActionKind.SOFT_REJECT),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, k=kind: self._choose(k))
        self.set_verb(self.tr("Approve {0} · {1}").format(number_text(count), rest.money))
        self.cancel.setFocus()

    def _choose(self, kind: str) -> None:
        self.kind = kind
        self.accept()

    def value(self) -> str:
        """The decision: approve, soft_reject, or reject, whose reason is still asked for."""
        return self.kind
