"""Asks how a run is rehearsed: how many people, how fast they are, whether the vendor has a bad day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QLineEdit, QWidget

from crowddesk.language import mark, number_text, say, say_count
from crowddesk.ui.controls import Check, Choice, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.words import whole_typed

_MOST_PEOPLE: Final = 20_000
#: How many times as fast as they would people work, and what that means.
_SPEEDS: Final = (
    (60.0, mark("60 times: an hour of theirs is a minute")),
    (300.0, mark("300 times: an hour of theirs is 12 seconds")),
    (1000.0, mark("1,000 times: an hour of theirs is 4 seconds")),
)
_USUAL_SPEED: Final = 300.0


@dataclass(frozen=True, slots=True)
class RehearseValue:
    """How a run is rehearsed. `people` is how many there are in all, `speed` divides their waits."""

    people: int
    speed: float
    bad_day: bool


class RehearseDialog(VerbDialog):
    """Asks for a rehearsal of a run of so many units."""

    def __init__(self, title: str, units: int, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Rehearse it first"), self.tr("Rehearse"), parent, width=480)
        vendor = self.tr(
            "The very same run, against a stand-in for Prolific on this computer. Its people are simulated: "
            "they open the page, answer, return, forget their code. No money moves and nobody is asked."
        )
        self.body.addWidget(Label(f"“{title}”" if title else "", role="strong", wrap=True))
        self.body.addWidget(Label(vendor, tone="muted", wrap=True))
        self.body.addSpacing(4)
        self.people = QLineEdit(str(_enough(units)))
        self.speed = Choice()
        for speed, words in _SPEEDS:
            self.speed.addItem(say(words), speed)
        self.speed.setCurrentIndex(self.speed.findData(_USUAL_SPEED))
        note = say_count(
            "The run has %n places; not everybody finishes.",
            "The run has %n place; not everybody finishes.",
            units,
        )
        pace = self.tr("The faster they are, the less their times and the wage in the report say.")
        for words, field, more in (
            (self.tr("People"), self.people, note if units else ""),
            (self.tr("How fast they are"), self.speed, pace),
        ):
            label = Label(words)
            label.setBuddy(field)
            field.setAccessibleName(words)
            self.body.addWidget(label)
            self.body.addWidget(field)
            if more:
                self.body.addWidget(Label(more, role="caption", tone="muted", wrap=True))
        self.bad_day = Check(self.tr("A bad day at Prolific"))
        self.body.addSpacing(4)
        self.body.addWidget(self.bad_day)
        words = self.tr("It refuses, is slow, loses answers and shows old lists now and then, as it may.")
        self.body.addWidget(Label(words, role="caption", tone="muted", wrap=True))
        self.people.textChanged.connect(self._follow)
        self.verb.setFocus()

    def check(self) -> str:
        number = self._people()
        if number is None or not 1 <= number <= _MOST_PEOPLE:
            return self.tr("Give a number of people from 1 to {0}.").format(number_text(_MOST_PEOPLE))
        return ""

    def value(self) -> RehearseValue:
        """How it is to be rehearsed."""
        return RehearseValue(self._people() or 1, float(self.speed.currentData()), self.bad_day.isChecked())

    def _people(self) -> int | None:
        return whole_typed(self.people.text())

    def _follow(self) -> None:
        problem = self.check()
        self.set_problem(problem)
        self.set_verb(self.verb.text(), not problem)


def _enough(units: int) -> int:
    """So many people that all places are taken although some give theirs back."""
    return min(_MOST_PEOPLE, max(20, units + units // 2))
