"""Which accounts are one person: merging them, what the person is called, and hints who may be the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidgetItem, QWidget

from crowddesk.domain import BadInput
from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.dialogs.people import make_choices

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class MergeFacts:
    """The accounts that would be one person: names with their vendors, and the label as it is now.

    `ids` are those that were chosen, `accounts` all of them, with those they were merged with before.
    """

    ids: Sequence[int]
    names: Sequence[str]
    accounts: Sequence[str]
    label: str


class MergeDialog(VerbDialog):
    """Says that accounts are one person. Nothing reaches a vendor."""

    def __init__(self, facts: MergeFacts, parent: QWidget | None = None) -> None:
        count = len(facts.accounts)
        super().__init__(
            say_count("Merge %n accounts into one person", "Merge %n account into one person", count),
            say_count("Merge %n accounts", "Merge %n account", count),
            parent,
            width=480,
        )
        self._facts = facts
        words = self.tr(
            "Their work is summed up in one scorecard, and a run that excludes one of them excludes them "
            "all. No vendor hears of it. You can split them again."
        )
        self.body.addWidget(Label(words, tone="muted", wrap=True))
        more = len(facts.accounts) - _SHOWN
        lines = "\n".join(facts.accounts[:_SHOWN])
        if more > 0:
            lines += "\n" + self.tr("and {0} more").format(number_text(more))
        self.body.addWidget(Label(lines, wrap=True, selectable=True))
        self.field = _add_label(self, facts.label)
        self.field.textChanged.connect(self._show)
        self._show()

    def check(self) -> str:
        if len(self._facts.accounts) < 2:
            return self.tr("Choose at least two accounts.")
        return label_problem(self.field.text())

    def _show(self) -> None:
        problem = self.check()
        self.verb.setEnabled(not problem)
        self.verb.setToolTip(problem)
        self.set_problem(problem)

    def command_line(self) -> Sequence[str] | None:
        return ("people", "merge", *self._facts.names, "--label", self.value())

    def value(self) -> str:
        """What the person is called."""
        return self.field.text().strip()


class LabelDialog(VerbDialog):
    """Changes what a person with several accounts is called here."""

    def __init__(self, worker: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Rename {0}").format(label), self.tr("Rename"), parent)
        self._worker = worker
        self.field = _add_label(self, label)
        self.field.textChanged.connect(self._show)
        self._show()

    def check(self) -> str:
        return label_problem(self.field.text())

    def _show(self) -> None:
        problem = self.check()
        self.verb.setEnabled(not problem)
        self.set_problem(problem)

    def command_line(self) -> Sequence[str] | None:
        return ("people", "label", "--", self._worker, self.value())

    def value(self) -> str:
        return self.field.text().strip()


@dataclass(frozen=True, slots=True)
class HintLine:
    """Accounts that may be one person, with their names and why."""

    ids: Sequence[int]
    names: Sequence[str]
    why: str


class HintsDialog(VerbDialog):
    """Lists who may be one person. Nothing is done by itself: each is looked at and merged by hand."""

    merge_wanted = Signal(list)

    def __init__(self, hints: Sequence[HintLine], parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Who may be one person"), self.tr("Merge these…"), parent, careful=True, width=560
        )
        self._hints = list(hints)
        if not hints:
            self.body.addWidget(
                Label(self.tr("No two accounts have the same name, id, address or words."), wrap=True)
            )
        else:
            words = self.tr("These look alike. That proves nothing: look at their work before you merge.")
            self.body.addWidget(Label(words, tone="muted", wrap=True))
        self.list = make_choices(self.tr("Accounts that look alike"), Qt.TextElideMode.ElideNone)
        self.list.setWordWrap(True)
        for hint in self._hints:
            QListWidgetItem(f"{', '.join(hint.names)}\n{hint.why}", self.list)
        self.list.setVisible(bool(hints))
        self.list.setMinimumHeight(theme.px(min(6, max(2, len(self._hints))) * 48))
        self.body.addWidget(self.list, 1)
        if hints:
            self.list.setCurrentRow(0)
            self.list.setFocus()
        self.set_verb(self.tr("Merge these…"), bool(hints))
        self.accepted.connect(lambda: self.merge_wanted.emit(list(self.value())))

    def value(self) -> Sequence[int]:
        """The accounts of the hint that is chosen."""
        row = self.list.currentRow()
        return self._hints[row].ids if 0 <= row < len(self._hints) else ()


def label_problem(text: str) -> str:
    """What is wrong with a label; "" when it can be kept."""
    from crowddesk.store.identities import read_label

    try:
        read_label(text)
    except BadInput as error:
        return str(error)
    return ""


def _add_label(dialog: VerbDialog, label: str) -> QLineEdit:
    caption = Label(say("What you call this person"), role="caption", tone="muted")
    field = QLineEdit(label)
    field.setMaxLength(200)
    field.setAccessibleName(caption.text())
    caption.setBuddy(field)
    dialog.body.addWidget(caption)
    dialog.body.addWidget(field)
    field.selectAll()
    field.setFocus()
    return field
