"""Words to workers: asking them to return their work, and messages, as they will read them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from crowddesk.domain import BadInput
from crowddesk.language import number_text, say, say_count
from crowddesk.operations.message_text import VARIABLES, fill
from crowddesk.ui import theme
from crowddesk.ui.command_line import operands
from crowddesk.ui.controls import Button, Check, Choice, Label
from crowddesk.ui.dialogs.canned import CannedReasons
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.dialogs.words_preview import reading_box
from crowddesk.ui.words import short_name

if TYPE_CHECKING:
    from crowddesk.store.reasons import Reason

#: What people are asked most often for, in the words that the vendor has for them and workers read.
_COMMON: Final = ("Didn’t finish the study", "Encountered technical problems", "Withdrew consent")
_NAMES: Final = 5
_LONGEST: Final = 5_000
#: As long as a reason of the library can be.
_LONGEST_REASON: Final = 2_000
#: People whose message can be looked at; they differ in their names only.
_CHOICES: Final = 500


@dataclass(frozen=True, slots=True)
class TellFacts:
    """Whom it is about: names of people, how many units of theirs, and where they are.

    `left_out` are those who cannot be reached this way. `run` and `requester` name the run and the account
    on the command line and in a message's variables.
    """

    names: Sequence[str]
    units: int
    environment: str
    vendor: str
    run_title: str = ""
    requester: str = ""
    run: int | None = None
    left_out: Sequence[str] = ()


class ReturnDialog(VerbDialog):
    """Asks workers to give their work back, with the reasons they will read. Nobody is forced.

    `library_wanted`: the reasons are to be looked after. Their variables are filled in for each worker.
    """

    library_wanted = Signal()

    def __init__(
        self,
        facts: TellFacts,
        parent: QWidget | None = None,
        *,
        reason: str = "",
        canned: Sequence[Reason] = (),
    ) -> None:
        title = say_count("Ask to return %n units", "Ask to return %n unit", facts.units)
        super().__init__(title, "", parent, careful=True, width=500)
        self._facts = facts
        _add_people(self, facts)
        self.body.addWidget(
            Label(
                self.tr(
                    "Who returns their work is not paid, and nothing stays on their record. They may "
                    "decline: then the answer waits for your decision as before."
                ),
                tone="muted",
                wrap=True,
            )
        )
        self.body.addWidget(Label(self.tr("Why? They will read it."), role="caption", tone="muted"))
        self._common = [Check(words) for words in _COMMON]
        for check in self._common:
            check.toggled.connect(self._show)
            self.body.addWidget(check)
        self.canned = CannedReasons(canned)
        self.canned.chosen.connect(self._take_canned)
        library = Button(self.tr("Reasons…"))
        library.setAutoDefault(False)
        library.clicked.connect(self.library_wanted)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.canned, 1)
        line.addWidget(library)
        self.body.addLayout(line)
        self.other = QLineEdit(reason)
        self.other.setMaxLength(_LONGEST_REASON)
        self.other.setPlaceholderText(self.tr("Another reason, in your own words"))
        self.other.setAccessibleName(self.tr("Another reason"))
        self.other.textChanged.connect(self._show)
        self.body.addWidget(self.other)
        self._show()
        (self.other if reason else self._common[0]).setFocus()

    def _take_canned(self, reason: Reason) -> None:
        self.other.setText(" ".join(reason.text.split()))

    def check(self) -> str:
        return "" if self.value() else self.tr("Give at least one reason. The worker reads it.")

    def _show(self) -> None:
        problem = self.check()
        self.set_verb(say_count("Ask %n people", "Ask %n person", len(self._facts.names)), not problem)
        self.verb.setToolTip(problem)

    def value(self) -> list[str]:
        """The reasons, word for word."""
        own = " ".join(self.other.text().split())
        return [check.text() for check in self._common if check.isChecked()] + ([own] if own else [])


@dataclass(frozen=True, slots=True)
class MessageValue:
    """A message. `sequence` was drawn when the dialog opened, so that a second click is the same message."""

    body: str
    sequence: str


class MessageDialog(VerbDialog):
    """Writes to some workers, and shows the message as each of them reads it."""

    def __init__(self, facts: TellFacts, parent: QWidget | None = None) -> None:
        title = say_count("Write to %n people", "Write to %n person", len(facts.names))
        super().__init__(title, "", parent, careful=True, width=520)
        self._facts = facts
        self._sequence = uuid.uuid4().hex
        _add_people(self, facts)
        label = Label(self.tr("Message"), role="caption", tone="muted")
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(48))  # large print on a low screen
        self.text.setMaximumHeight(theme.px(104))
        self.text.setAccessibleName(label.text())
        label.setBuddy(self.text)
        self.text.textChanged.connect(self._show)
        known = ", ".join(f"{{{name}}} ({say(means)})" for name, means in VARIABLES.items())
        hint = Label(
            self.tr("Filled in for each: {0}.").format(known), role="caption", tone="muted", wrap=True
        )
        self._about = Label(role="caption", tone="muted", wrap=True)
        self.reader = Choice()
        self.reader.setAccessibleName(self.tr("Whose message is shown"))
        for name in facts.names[:_CHOICES]:
            self.reader.addItem(short_name(name), name)
        self.reader.setVisible(len(facts.names) > 1)
        self.reader.currentIndexChanged.connect(self._show)
        self._preview = reading_box("", self.tr("As they will read it"))
        for widget in (label, self.text, hint, self._about, self.reader, self._preview):
            self.body.addWidget(widget)
        self._show()
        self.text.setFocus()

    def check(self) -> str:
        if not self._words():
            return self.tr("Write something. It reaches the worker as it stands.")
        try:
            length = len(self._filled(max(self._facts.names, key=len)))
        except BadInput as error:
            return str(error)
        if length > _LONGEST:
            return self.tr("Write at most {0} characters. There are {1}.").format(
                number_text(_LONGEST), number_text(length)
            )
        return ""

    def _words(self) -> str:
        return self.text.toPlainText().strip()

    def _filled(self, name: str) -> str:
        facts = {"name": name, "run": self._facts.run_title, "requester": self._facts.requester}
        return fill(self._words(), facts)

    def _show(self) -> None:
        problem, words = self.check(), self._words()
        count = len(self._facts.names)
        self.set_verb(
            self.tr("Send to {0}").format(number_text(count)) if count > 1 else self.tr("Send"), not problem
        )
        self.verb.setToolTip(problem)
        self.set_problem(problem if words else "")
        reader = self.reader.currentData() or self._facts.names[0]
        about = self.tr("As {0} will read it")
        if self._facts.run_title:
            about = self.tr("As {0} will read it about “{1}”")
        self._about.setText(about.format(short_name(reader), self._facts.run_title))
        try:
            self._preview.setPlainText(self._filled(reader))
        except BadInput:
            self._preview.setPlainText(words)

    def command_line(self) -> Sequence[str] | None:
        if not self._facts.requester or not self._words():
            return None
        run = () if self._facts.run is None else ("--run", str(self._facts.run))
        account = f"{self._facts.vendor}:{self._facts.requester}"
        return ("message", "--body", self._words(), *run, *operands([account, *self._facts.names]))

    def value(self) -> MessageValue:
        """The message with its variables; call it only after `accepted`."""
        return MessageValue(self._words(), self._sequence)


def _add_people(dialog: VerbDialog, facts: TellFacts) -> None:
    live = say("LIVE: these are real people at {vendor}.", vendor=facts.vendor)
    dialog.say_live(facts.environment, live)
    dialog.body.addWidget(Label(_some(facts.names), tone="muted", wrap=True, selectable=True))
    if facts.left_out:
        words = say(
            "Left out, because nobody can be written to there from this account: {names}",
            names=_some(facts.left_out),
        )
        dialog.body.addWidget(Label(words, tone="warning", wrap=True, selectable=True))


def _some(names: Sequence[str]) -> str:
    """The first of the names, and how many others there are."""
    shown = ", ".join(map(short_name, names[:_NAMES]))
    more = len(names) - _NAMES
    if more <= 0:
        return shown
    return say("{names} and {others}", names=shown, others=say_count("%n others", "%n other", more))
