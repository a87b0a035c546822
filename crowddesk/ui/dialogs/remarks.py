"""Notes and tags are written here: words of this desk about people and units, which nobody else reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QPlainTextEdit, QWidget

from crowddesk.domain import BadInput
from crowddesk.language import number_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Choice, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.words import short_name

if TYPE_CHECKING:
    from crowddesk.ui.remarks import RemarkFacts

#: Tags that are offered under the field.
_OFFERED = 8


class NoteDialog(VerbDialog):
    """Writes a note about one row, or about the one of several that is chosen. It stays on this desk."""

    def __init__(self, about: Sequence[RemarkFacts], parent: QWidget | None = None) -> None:
        title = self.tr("Write a note")
        if len(about) == 1:
            title = self.tr("Note about {0}").format(about[0].about)
        super().__init__(title, self.tr("Keep the note"), parent, width=460)
        self._rows = about
        self.about = Choice()
        self.about.setAccessibleName(self.tr("About"))
        for facts in about:
            self.about.addItem(self.tr("About {0}").format(short_name(facts.about)))
        self.body.addWidget(self.about)
        self.about.setVisible(len(about) > 1)
        self.body.addWidget(
            Label(self.tr("Only this desk reads it. It does not reach the worker."), tone="muted", wrap=True)
        )
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(theme.px(72))
        self.text.setAccessibleName(self.tr("Note"))
        self.text.textChanged.connect(self._show)
        self.body.addWidget(self.text)
        self._show()
        self.text.setFocus()

    def check(self) -> str:
        from crowddesk.store.remarks import MOST_NOTE  # the window's start does not pay for the store

        length = len(self.value())
        if length > MOST_NOTE:
            return self.tr("Write at most {0} characters. There are {1}.").format(
                number_text(MOST_NOTE), number_text(length)
            )
        return "" if length else self.tr("Write what you want to remember.")

    def _show(self) -> None:
        problem = self.check()
        self.set_verb(self.tr("Keep the note"), not problem)
        self.verb.setToolTip(problem)
        self.set_problem(problem if self.value() else "")

    def command_line(self) -> Sequence[str] | None:
        return ("note", *self.facts.options(), "--", self.value())

    @property
    def facts(self) -> RemarkFacts:
        """What it is about."""
        return self._rows[self.about.currentIndex()]

    def value(self) -> str:
        return self.text.toPlainText().strip()


@dataclass(frozen=True, slots=True)
class TagValue:
    """A tag, and whether it is put on or taken off."""

    word: str
    on: bool


class TagDialog(VerbDialog):
    """Puts a tag on rows, or takes it off; what is in use is completed while it is typed."""

    def __init__(self, facts: RemarkFacts, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Tag {0}").format(facts.rows), "", parent, width=440)
        self._facts = facts
        self._on = dict(facts.on or {})
        self._put = True
        self.body.addWidget(
            Label(self.tr("A word of yours, such as expert or too fast. Nobody else reads it."), tone="muted",
                  wrap=True)
        )  # fmt: skip
        self.field = QLineEdit()
        self.field.setMaxLength(80)
        self.field.setAccessibleName(self.tr("Tag"))
        completer = QCompleter(list(facts.words), self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.field.setCompleter(completer)
        self.field.textChanged.connect(self._show)
        self.body.addWidget(self.field)
        if facts.words:
            shown = ", ".join(facts.words[:_OFFERED])
            more = " …" if len(facts.words) > _OFFERED else ""
            words = self.tr("In use: {0}").format(shown + more)
            self.body.addWidget(Label(words, role="caption", tone="muted", wrap=True, selectable=True))
        self.off = Button(self.tr("Take off"))
        self.off.clicked.connect(self._take_off)
        self.add_left_button(self.off)
        self._show()
        self.field.setFocus()

    def check(self) -> str:
        from crowddesk.store.remarks import read_word

        try:
            read_word(self.field.text())
        except BadInput as error:
            return str(error)
        return ""

    def _show(self) -> None:
        problem, written = self.check(), bool(self.field.text().strip())
        self.verb.setToolTip(problem)
        self.set_problem(problem if written else "")
        have = 0 if problem else self._on.get(self._word(), 0)
        count = len(self._facts.names)
        self.set_verb(self.tr("Tag {0}").format(self._facts.rows), not problem and have < count)
        self.off.setEnabled(have > 0)
        self.off.setText(self.tr("Take off {0}").format(number_text(have)) if have else self.tr("Take off"))
        self.off.updateGeometry()

    def _word(self) -> str:
        from crowddesk.store.remarks import read_word

        return read_word(self.field.text())

    def _take_off(self) -> None:
        self._put = False
        self.accept()

    def command_line(self) -> Sequence[str] | None:
        return ("tag", *self._facts.options(), "--", self.field.text().strip())

    def value(self) -> TagValue:
        """The tag as it is stored."""
        return TagValue(self._word(), self._put)
