"""Which account or run a verb about people is for, and a new qualification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from crowddesk.language import say
from crowddesk.ui import theme
from crowddesk.ui.controls import Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.words import environment_words


@dataclass(frozen=True, slots=True)
class Place:
    """What a verb can be for: an account, or one of its runs. `environment` is live, sandbox or practice.

    `free_minor` is what the run's budget has left in minor units of `currency`; None: no cap is known.
    """

    requester_id: int
    requester_name: str
    provider_type: str
    sandbox: bool
    environment: str
    currency: str
    run_id: int | None = None
    run_title: str = ""
    free_minor: int | None = None

    @property
    def words(self) -> str:
        what = say("No run")
        if self.run_id is not None:
            what = self.run_title or say("run {id}", id=self.run_id)
        environment = environment_words(self.environment, self.provider_type)
        return f"{what} – {self.requester_name} ({environment}, {self.currency})"


class ChoosePlaceDialog(VerbDialog):
    """Asks what a verb is for, where several accounts or runs could be meant."""

    def __init__(
        self,
        title: str,
        question: str,
        places: Sequence[Place],
        parent: QWidget | None = None,
        *,
        verb: str = "",
    ) -> None:
        super().__init__(title, verb or self.tr("Continue"), parent, width=480)
        self._places = list(places)
        label = Label(question, tone="muted", wrap=True)
        self.body.addWidget(label)
        self.list = make_choices(question, Qt.TextElideMode.ElideMiddle)
        for place in self._places:
            item = QListWidgetItem(place.words, self.list)
            item.setToolTip(place.words)
            if place.environment == "live":
                item.setForeground(theme.colour(theme.colours().danger))
        self.list.setCurrentRow(0)
        self.list.setFixedHeight(theme.px(min(8, max(2, len(self._places))) * 28 + 12))
        self.list.itemDoubleClicked.connect(lambda _: self.verb.click())
        self.body.addWidget(self.list)
        self.list.setFocus()

    def value(self) -> Place:
        """The place that was chosen."""
        return self._places[self.list.currentRow()]


def make_choices(name: str, elide: Qt.TextElideMode) -> QListWidget:
    """A list of which one entry is chosen, as wide as its dialog."""
    made = QListWidget()
    made.setAccessibleName(name)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setTextElideMode(elide)
    c = theme.colours()
    made.setStyleSheet(
        "QListWidget { padding: 4px; outline: 0; }"
        f"QListWidget::item {{ padding: {theme.px(5)}px; border-radius: 4px; }}"
        f"QListWidget::item:selected {{ background: {c.selection}; color: {c.text}; }}"
    )
    return made


@dataclass(frozen=True, slots=True)
class NewQualification:
    """A qualification's name, and what it stands for."""

    name: str
    description: str


class NewQualificationDialog(VerbDialog):
    """Makes a qualification. `known` are the names there are already."""

    def __init__(self, known: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Make a qualification"), self.tr("Make it"), parent)
        self._known = set(known)
        words = self.tr(
            "A mark that you grant to people, with a number. Runs can ask for it. Your vendors hear of it "
            "when it is first granted or asked for."
        )
        self.body.addWidget(Label(words, tone="muted", wrap=True))
        self._name = QLineEdit()
        self._name.setMaxLength(200)
        self._description = QPlainTextEdit()
        self._description.setTabChangesFocus(True)
        self._description.setFixedHeight(theme.px(64))
        for title, field in (
            (self.tr("Name"), self._name),
            (self.tr("What it stands for (you may leave it empty)"), self._description),
        ):
            label = Label(title, role="caption", tone="muted")
            label.setBuddy(field)
            field.setAccessibleName(title)
            self.body.addWidget(label)
            self.body.addWidget(field)
        self._name.textChanged.connect(self._show)
        self._name.setFocus()
        self._show()

    def check(self) -> str:
        name = self._name.text().strip()
        if name in self._known:
            return self.tr("There is a qualification {0} already.").format(repr(name))
        return "" if name else self.tr("Name the qualification.")

    def _show(self) -> None:
        problem = self.check()
        self.set_verb(self.tr("Make it"), not problem)
        self.verb.setToolTip(problem)
        self.set_problem(problem if self._name.text().strip() else "")

    def value(self) -> NewQualification:
        return NewQualification(self._name.text().strip(), self._description.toPlainText().strip())
