"""The small questions of the review page: a sample, what becomes of the rest of a worker."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from crowddesk.domain import ActionKind
from crowddesk.language import say_count
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.words import short_name

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
        super().__init__("Review a sample", "", parent, width=420)
        self._waiting = waiting
        most = min(waiting, MOST_SAMPLED)
        words = f"{say_count('%n answers', '%n answer', waiting)} wait. A sample is drawn evenly; each has the same chance."
        self.body.addWidget(Label(words, tone="muted", wrap=True))
        self.size_line = QLineEdit(str(min(most, 120)))
        self.size_line.setValidator(QIntValidator(1, MOST_SAMPLED, self.size_line))
        self.size_line.setAccessibleName("How many")
        self.seed_line = QLineEdit(str(random.SystemRandom().randrange(1, 1_000)))
        self.seed_line.setValidator(QIntValidator(0, 2_000_000_000, self.seed_line))
        self.seed_line.setAccessibleName("Seed")
        self.seed_line.setToolTip("The same seed draws the same answers from the same ones that wait.")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for place, (caption, line) in enumerate((("How many", self.size_line), ("Seed", self.seed_line))):
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
        return int(self.size_line.text() or 0)

    def _show(self) -> None:
        size = min(self._size(), self._waiting)
        self.set_verb(f"Review {size:,}" if size else "Review", size > 0)

    def check(self) -> str:
        if not 1 <= self._size() <= MOST_SAMPLED:
            return f"Choose 1 to {MOST_SAMPLED:,}."
        return ""

    def value(self) -> Sample:
        """What was chosen."""
        return Sample(min(self._size(), self._waiting), int(self.seed_line.text() or 0))


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
        super().__init__(f"Decide for the rest of {who}", "", parent, careful=True, width=520)
        self.kind = ActionKind.APPROVE
        answers = say_count("%n answers", "%n answer", count)
        self.body.addWidget(Label(f"{answers} of {who} in this run wait for a decision.", wrap=True))
        if rest.in_review < count:
            words = f"● Only {rest.in_review:,} of them are in this review; the others are decided with them."
            self.body.addWidget(Label(words, tone="warning", wrap=True))
        self.say_live(rest.environment, "these are real people and real money.")
        self.body.addWidget(
            Label(
                f"Approving and soft rejecting pay {rest.money} with fees. A soft rejection keeps answers "
                "out of the data set. A rejection pays nothing and asks for a reason first.",
                tone="muted",
                wrap=True,
            )
        )
        self.reject_button = Button(f"Reject {count:,}…", tone="rejected")
        self.soft_button = Button(f"Soft reject {count:,} · {rest.money}", tone="soft_rejected")
        self.add_left_button(self.reject_button)
        self.add_button_before_verb(self.soft_button)
        for button, kind in (
            (self.reject_button, ActionKind.REJECT),
            (self.soft_button, ActionKind.SOFT_REJECT),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, k=kind: self._choose(k))
        self.set_verb(f"Approve {count:,} · {rest.money}")
        self.cancel.setFocus()

    def _choose(self, kind: str) -> None:
        self.kind = kind
        self.accept()

    def value(self) -> str:
        """The decision: approve, soft_reject, or reject, whose reason is still asked for."""
        return self.kind
