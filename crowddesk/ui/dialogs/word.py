"""Asks once more before a person's word on actions in doubt is stored: who, how much, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from crowddesk.domain import ActionKind
from crowddesk.language import number_text
from crowddesk.ui.action_words import AGAIN, HAPPENED, LEAVE, action_words, choice_words
from crowddesk.ui.controls import Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.evidence import differs, money_of, names_of, told_of_batch
from crowddesk.ui.verbs import environment_of
from crowddesk.ui.words import count_text

if TYPE_CHECKING:
    from crowddesk.store.queries import ActionRow

#: By kind: the noun, what was done to it, and the verb.
_WORDS: Final = {
    ActionKind.BONUS: ("bonus", "paid", "Pay"),
    ActionKind.MESSAGE: ("message", "sent", "Send"),
}
_OTHERS: Final = ("action", "done", "Repeat")
_PLURALS: Final = {"bonus": "bonuses"}
_SENTENCES: Final = {
    HAPPENED: "You looked at {vendor}: {it} was {done}. CrowdDesk counts {it} as done and sends nothing.",
    AGAIN: "You looked at {vendor}: {none} {done}. CrowdDesk sends {it} once more, now, without Send.",
    LEAVE: "You looked at {vendor}: {none} {done}. CrowdDesk leaves it at that{money}.",
}


class WordDialog(VerbDialog):
    """`choice` is one of the three that can be said; `rows` are actions of one batch. Enter says nothing."""

    def __init__(self, choice: str, rows: Sequence[ActionRow], parent: QWidget | None = None) -> None:
        first, many = rows[0], len(rows) > 1
        noun, done, do = _WORDS.get(first.kind, _OTHERS)
        what = count_text(len(rows), noun, _PLURALS.get(noun)) if many else f"this {noun}"
        title = {
            HAPPENED: f"Count {what} as {done}",
            AGAIN: f"{do} {what} now",
            LEAVE: f"Count {what} as not {done}",
        }[choice]
        environment = environment_of(first.provider_type, first.sandbox)
        danger = environment == "live" and choice == AGAIN
        super().__init__(title, "", parent, careful=True, danger=danger, width=500)
        self.say_live(environment, "these are real people and real money.")
        self.body.addWidget(Label(_who(rows), role="strong", wrap=True, selectable=True))
        if many:
            self.body.addWidget(Label(names_of(rows), tone="muted", wrap=True, selectable=True))
        money = money_of(rows)
        sentence = _SENTENCES[choice].format(
            vendor=first.provider_type,
            it="each of them" if many else "it",
            none="none of them was" if many else "it was not",
            done=done,
            money=", and the money goes back to the budget" if money else "",
        )
        self.body.addWidget(Label(sentence, wrap=True))
        twice = f"What was {done} after all" if many else f"If it was {done} after all, it"
        notes = {HAPPENED: "This cannot be taken back.", AGAIN: f"{twice} is {done} twice."}
        if note := notes.get(choice):
            self.body.addWidget(Label(f"● {note}", tone="warning", wrap=True))
        if many and differs(rows):
            words = "Some of them show a new payment at the vendor and some do not."
            self.body.addWidget(Label(f"● {words}", tone="warning", wrap=True))
        number = number_text(len(rows))
        verb = {
            HAPPENED: f"Count {number} as {done}" if many else choice_words(HAPPENED, first.kind),
            AGAIN: f"{do} {number}" if many else do,
            LEAVE: f"Leave {number}" if many else "Leave it",
        }[choice]
        self._choice, self._rows = choice, rows
        self.set_verb(" · ".join(filter(None, (verb, money))))
        self.cancel.setFocus()

    def command_line(self) -> Sequence[str] | None:
        if len(self._rows) > 1:
            return None  # one command a payment there
        said = {
            HAPPENED: ("--happened",),
            AGAIN: ("--did-not-happen", "--send-again"),
            LEAVE: ("--did-not-happen",),
        }[self._choice]
        return ("resolve", str(self._rows[0].id), *said)


def _who(rows: Sequence[ActionRow]) -> str:
    """Person and amount; without money what is done to whom."""
    if rows[0].amount_minor:
        return f"{told_of_batch(rows)[0].words}."
    return action_words(rows[0]) if len(rows) == 1 else names_of(rows)
