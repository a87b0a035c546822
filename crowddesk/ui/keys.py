"""Every key that a person may choose: its command, its default, and who is told when it changes.

Keys are texts as `QKeySequence` reads them. Two commands of one place never share a key; what is everywhere
counts as part of every place.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from crowddesk.language import mark, say

EVERYWHERE: Final = mark("Everywhere")
REVIEW: Final = mark("Review")
LISTS: Final = mark("Lists")
RUN: Final = mark("Task run")
PAYMENTS: Final = mark("Payments")
REQUESTERS: Final = mark("Requesters")
#: Places that have a list of units or people inside, so that its keys count there.
_WITH_LISTS: Final = frozenset({RUN, PAYMENTS})


@dataclass(frozen=True, slots=True)
class Command:
    """Something a key does. `name` is stored in settings; `words` and `place` are said where they show."""

    name: str
    words: str
    key: str
    place: str

    @property
    def title(self) -> str:
        """What it does, in the reader's language."""
        number = self.name.removeprefix("review.reason_")
        return say(self.words, number=number) if number != self.name else say(self.words)


COMMANDS: Final = (
    Command("commands", mark("Commands"), "Ctrl+K", EVERYWHERE),
    Command("keys", mark("Keys of this page"), "?", EVERYWHERE),
    Command("send", mark("Send what is staged"), "Ctrl+Return", EVERYWHERE),
    Command("review.approve", mark("Approve"), "A", REVIEW),
    Command("review.soft_reject", mark("Soft reject"), "S", REVIEW),
    Command("review.reject", mark("Reject…"), "X", REVIEW),
    Command("review.skip", mark("Skip"), "Space", REVIEW),
    Command("review.undo", mark("Undo"), "U", REVIEW),
    Command("review.redo", mark("Redo"), "Shift+U", REVIEW),
    Command("review.next", mark("Next"), "J", REVIEW),
    Command("review.previous", mark("Previous"), "K", REVIEW),
    Command("review.bonus", mark("Bonus…"), "B", REVIEW),
    Command("review.note", mark("Note…"), "N", REVIEW),
    Command("review.flag", mark("Flag"), "F", REVIEW),
    Command("review.grid", mark("Grid"), "G", REVIEW),
    Command("review.names", mark("Show or hide names"), "H", REVIEW),
    Command("review.rest", mark("Decide for the rest of this worker…"), "W", REVIEW),
    Command("review.search", mark("Search"), "/", REVIEW),
    *(Command(f"review.reason_{n}", mark("Reason {number}"), str(n), REVIEW) for n in range(1, 10)),
    Command("lists.next", mark("Next row"), "J", LISTS),
    Command("lists.previous", mark("Row before"), "K", LISTS),
    Command("lists.search", mark("Search"), "/", LISTS),
    Command("lists.approve", mark("Approve"), "A", LISTS),
    Command("lists.soft_reject", mark("Soft reject…"), "S", LISTS),
    Command("lists.reject", mark("Reject…"), "X", LISTS),
    Command("lists.note", mark("Note…"), "N", LISTS),
    Command("lists.tag", mark("Tag…"), "T", LISTS),
    Command("lists.flag", mark("Flag a unit, or take the flag off"), "F", LISTS),
    Command("lists.bonus", mark("Pay a person a bonus…"), "B", LISTS),
    Command("lists.grant", mark("Grant a person a qualification…"), "G", LISTS),
    Command("lists.merge", mark("Merge accounts into one person…"), "M", LISTS),
    Command("lists.scorecard", mark("Scorecard of a person…"), "C", LISTS),
    Command("run.review", mark("Review"), "R", RUN),
    Command("payments.take_back", mark("Take back"), "U", PAYMENTS),
    Command("payments.retry", mark("Try again"), "R", PAYMENTS),
    Command("requesters.compare", mark("Compare with the vendor…"), "C", REQUESTERS),
)
#: Keys that stay as they are, because every program has them so, and what they do.
FIXED: Final = (
    ("Ctrl+B", mark("Icons only at the left, or words")),
    ("Ctrl+Z", mark("Undo")),
    ("Ctrl+N", mark("Launch a run…")),
    ("Ctrl+O", mark("Open a workspace…")),
    ("Ctrl+C", mark("Copy")),
    ("Return", mark("Open")),
    ("Escape", mark("Close, or leave")),
    ("Home", mark("To the first row")),
    ("End", mark("To the last row")),
)
#: Keys that move about in every window.
_MOVING: Final = ("Up", "Down", "Left", "Right", "Tab", "Backtab", "PgUp", "PgDown", "Enter")
_HELD: Final = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr)
_DEFAULTS: Final = {command.name: command for command in COMMANDS}


def key_text(key: QKeySequence | str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def fixed_use(key: str) -> str:
    """What a key does that cannot be given away; "" for one that can be chosen."""
    wanted = QKeySequence(key)
    for fixed, what in FIXED:
        if QKeySequence(fixed) == wanted:
            return say(what)
    for number in range(1, 10):
        if QKeySequence(f"Ctrl+{number}") == wanted:
            return say("Page {number}", number=number)
    return say("Moves about") if any(QKeySequence(moving) == wanted for moving in _MOVING) else ""


def conflict(chosen: Mapping[str, str], name: str, key: str) -> Command | None:
    """The command that has this key already where `name` is, or None. `chosen` are the keys that differ."""
    if not key:
        return None
    wanted = QKeySequence(key)
    place = _DEFAULTS[name].place
    for command in COMMANDS:
        if command.name == name or not _meet(command.place, place):
            continue
        if QKeySequence(chosen.get(command.name, command.key)) == wanted:
            return command
    return None


def _meet(place: str, other: str) -> bool:
    """Whether keys of two places can be pressed on one page."""
    both = {place, other}
    return place == other or EVERYWHERE in both or (LISTS in both and bool(both & _WITH_LISTS))


def sequences(key: str) -> list[QKeySequence]:
    """A key as Qt listens for it: Return is Enter, too."""
    forms = [key, key.replace("Return", "Enter")] if "Return" in key else [key]
    return [QKeySequence(form) for form in forms if form]


def readable(chosen: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Those of the chosen keys that can be used, and a sentence on each of the others.

    A window without a key is better than none, so what cannot be used leaves its command its usual key.
    """
    kept: dict[str, str] = {}
    faults = []
    for name, key in chosen.items():
        command = _DEFAULTS.get(name)
        if command is None:
            fault = say("There is no command {name!r}.", name=name)
            if near := difflib.get_close_matches(name, _DEFAULTS, n=1):
                fault += " " + say("Did you mean {name}?", name=near[0])
            faults.append(fault)
        elif key and not is_key(key):
            faults.append(
                say(
                    "{command}: {key!r} is no key. Write it like A, Shift+A or Ctrl+Return.",
                    command=command.title,
                    key=key,
                )
            )
        elif key and (use := fixed_use(key)):
            faults.append(
                say(
                    "{command}: {key} cannot be chosen. It stays what it is: {use}.",
                    command=command.title,
                    key=key,
                    use=use,
                )
            )
        else:
            kept[name] = key
    while clash := next(((n, o) for n, k in kept.items() if (o := conflict(kept, n, k))), None):
        name, other = clash
        faults.append(
            say(
                "{command}: {key} is the key of {other}.",
                command=_DEFAULTS[name].title,
                key=kept.pop(name),
                other=other.title,
            )
        )
    return kept, faults


def is_key(key: str) -> bool:
    """Whether this is one key, with or without others held."""
    sequence = QKeySequence(key)
    if not key.isprintable() or sequence.count() != 1 or not sequence.toString():
        return False
    pressed = sequence[0]  # type: ignore[index]  # PySide's stubs do not know it
    return pressed.key() not in _HELD  # alone, Qt never tells of them


class Keys(QObject):
    """The keys as they are chosen now. GUI thread; actions that are bound follow every change.

    `faults` says which of those in the settings cannot be used.
    """

    changed = Signal()

    def __init__(self, chosen: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen, self.faults = readable(chosen)

    def of(self, name: str) -> str:
        """The key of a command, "" where it has none; KeyError for a command there is not."""
        return self._chosen.get(name, _DEFAULTS[name].key)

    def shown(self, name: str) -> str:
        """The key of a command as this system writes it."""
        return key_text(self.of(name))

    def take(self, chosen: Mapping[str, str]) -> None:
        """Takes what settings say."""
        before = self._chosen
        self._chosen, self.faults = readable(chosen)
        if self._chosen != before:
            self.changed.emit()

    def bind(self, action: QAction, name: str) -> None:
        """Gives an action its command's key, now and after each change."""
        _Bound(self, action, name)


class _Bound(QObject):
    """One action that follows its command's key; it ends with the action."""

    def __init__(self, keys: Keys, action: QAction, name: str) -> None:
        super().__init__(action)
        self._keys, self._action, self._name = keys, action, name
        keys.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self._action.setShortcuts(sequences(self._keys.of(self._name)))
