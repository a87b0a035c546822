"""Asks once more before a person's word on actions in doubt is stored: who, how much, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from crowddesk.domain import ActionKind
from crowddesk.language import say, say_count
from crowddesk.ui.action_words import AGAIN, HAPPENED, LEAVE, action_words, choice_words
from crowddesk.ui.controls import Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.evidence import differs, money_of, names_of, told_of_batch
from crowddesk.ui.verbs import environment_of

if TYPE_CHECKING:
    from crowddesk.store.queries import ActionRow


class WordDialog(VerbDialog):
    """`choice` is one of the three that can be said; `rows` are actions of one batch. Enter says nothing."""

    def __init__(self, choice: str, rows: Sequence[ActionRow], parent: QWidget | None = None) -> None:
        first, many = rows[0], len(rows) > 1
        title = _title_of_many(choice, first.kind, len(rows)) if many else _title(choice, first.kind)
        environment = environment_of(first.provider_type, first.sandbox)
        danger = environment == "live" and choice == AGAIN
        super().__init__(title, "", parent, careful=True, danger=danger, width=500)
        self.say_live(environment, self.tr("LIVE: these are real people and real money."))
        self.body.addWidget(Label(_who(rows), role="strong", wrap=True, selectable=True))
        if many:
            self.body.addWidget(Label(names_of(rows), tone="muted", wrap=True, selectable=True))
        money = money_of(rows)
        seen = _seen(first.kind, choice == HAPPENED, many).format(vendor=first.provider_type)
        sentence = f"{seen} {_what_follows(choice, many, bool(money))}"
        self.body.addWidget(Label(sentence, wrap=True))
        notes = {HAPPENED: self.tr("This cannot be taken back."), AGAIN: _twice(first.kind, many)}
        if note := notes.get(choice):
            self.body.addWidget(Label(f"● {note}", tone="warning", wrap=True))
        if many and differs(rows):
            words = self.tr("Some of them show a new payment at the vendor and some do not.")
            self.body.addWidget(Label(f"● {words}", tone="warning", wrap=True))
        verb = _verb_of_many(choice, first.kind, len(rows)) if many else _verb(choice, first.kind)
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


# Each is a whole sentence for each kind: what was done to a bonus and to a message are other words elsewhere.


def _title(choice: str, kind: str) -> str:
    if kind == ActionKind.BONUS:
        return {
            HAPPENED: say("Count this bonus as paid"),
            AGAIN: say("Pay this bonus now"),
            LEAVE: say("Count this bonus as not paid"),
        }[choice]
    if kind == ActionKind.MESSAGE:
        return {
            HAPPENED: say("Count this message as sent"),
            AGAIN: say("Send this message now"),
            LEAVE: say("Count this message as not sent"),
        }[choice]
    return {
        HAPPENED: say("Count this action as done"),
        AGAIN: say("Repeat this action now"),
        LEAVE: say("Count this action as not done"),
    }[choice]


def _title_of_many(choice: str, kind: str, n: int) -> str:
    if kind == ActionKind.BONUS:
        return {
            HAPPENED: say_count("Count %n bonuses as paid", "Count %n bonus as paid", n),
            AGAIN: say_count("Pay %n bonuses now", "Pay %n bonus now", n),
            LEAVE: say_count("Count %n bonuses as not paid", "Count %n bonus as not paid", n),
        }[choice]
    if kind == ActionKind.MESSAGE:
        return {
            HAPPENED: say_count("Count %n messages as sent", "Count %n message as sent", n),
            AGAIN: say_count("Send %n messages now", "Send %n message now", n),
            LEAVE: say_count("Count %n messages as not sent", "Count %n message as not sent", n),
        }[choice]
    return {
        HAPPENED: say_count("Count %n actions as done", "Count %n action as done", n),
        AGAIN: say_count("Repeat %n actions now", "Repeat %n action now", n),
        LEAVE: say_count("Count %n actions as not done", "Count %n action as not done", n),
    }[choice]


def _seen(kind: str, happened: bool, many: bool) -> str:
    """What the user says they saw; `{vendor}` is still to be filled in."""
    if kind == ActionKind.BONUS:
        one = say("You looked at {vendor}: it was paid."), say("You looked at {vendor}: it was not paid.")
        several = (
            say("You looked at {vendor}: each of them was paid."),
            say("You looked at {vendor}: none of them was paid."),
        )
    elif kind == ActionKind.MESSAGE:
        one = say("You looked at {vendor}: it was sent."), say("You looked at {vendor}: it was not sent.")
        several = (
            say("You looked at {vendor}: each of them was sent."),
            say("You looked at {vendor}: none of them was sent."),
        )
    else:
        one = say("You looked at {vendor}: it was done."), say("You looked at {vendor}: it was not done.")
        several = (
            say("You looked at {vendor}: each of them was done."),
            say("You looked at {vendor}: none of them was done."),
        )
    return (several if many else one)[0 if happened else 1]


def _what_follows(choice: str, many: bool, money: bool) -> str:
    if choice == HAPPENED and many:
        return say("CrowdDesk counts each of them as done and sends nothing.")
    if choice == HAPPENED:
        return say("CrowdDesk counts it as done and sends nothing.")
    if choice == AGAIN and many:
        return say("CrowdDesk sends each of them once more, now, without Send.")
    if choice == AGAIN:
        return say("CrowdDesk sends it once more, now, without Send.")
    if money:
        return say("CrowdDesk leaves it at that, and the money goes back to the budget.")
    return say("CrowdDesk leaves it at that.")


def _twice(kind: str, many: bool) -> str:
    if kind == ActionKind.BONUS:
        one = say("If it was paid after all, it is paid twice.")
        several = say("What was paid after all is paid twice.")
    elif kind == ActionKind.MESSAGE:
        one = say("If it was sent after all, it is sent twice.")
        several = say("What was sent after all is sent twice.")
    else:
        one = say("If it was done after all, it is done twice.")
        several = say("What was done after all is done twice.")
    return several if many else one


def _verb(choice: str, kind: str) -> str:
    if choice == HAPPENED:
        return choice_words(HAPPENED, kind)
    if choice == LEAVE:
        return say("Leave it")
    return {ActionKind.BONUS: say("Pay"), ActionKind.MESSAGE: say("Send")}.get(kind, say("Repeat"))


def _verb_of_many(choice: str, kind: str, n: int) -> str:
    if choice == LEAVE:
        return say("Leave {count:,}", count=n)
    if kind == ActionKind.BONUS:
        texts = say("Count {count:,} as paid", count=n), say("Pay {count:,}", count=n)
    elif kind == ActionKind.MESSAGE:
        texts = say("Count {count:,} as sent", count=n), say("Send {count:,}", count=n)
    else:
        texts = say("Count {count:,} as done", count=n), say("Repeat {count:,}", count=n)
    return texts[0 if choice == HAPPENED else 1]
