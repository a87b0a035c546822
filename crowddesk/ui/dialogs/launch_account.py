"""The launch dialog's part about the account: which one, who will show the task, what its vendor asks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crowddesk.ui.controls import Badge, Button, Choice, Label
from crowddesk.ui.dialogs.launch_values import AccountChoice, LaunchCheck, LaunchChoices, merge
from crowddesk.ui.dialogs.study_fields import EDITORS, STUDY_VENDORS, offer_editors
from crowddesk.ui.dialogs.study_filters import FiltersEditor
from crowddesk.ui.dialogs.study_offers import StudyOffers
from crowddesk.ui.flat_args import flattened, nested
from crowddesk.ui.forms import Form, TitledForm
from crowddesk.ui.reach import HERE, launch_words


class PlannedHosting(QWidget):
    """Who will show the task to people, and why; where nobody could, what to change.

    `settings_wanted`: to where the public address is.
    """

    settings_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = Label(role="caption", tone="muted", wrap=True)
        self.settings = Button(self.tr("Set the public address…"))
        self.settings.setAutoDefault(False)
        self.settings.clicked.connect(self.settings_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.settings, 0, Qt.AlignmentFlag.AlignLeft)
        self.say("", "")

    def say(self, words: str, tone: str, *, with_settings: bool = False) -> None:
        """Shows a sentence; nothing for an empty one."""
        self.words.setText(words)
        self.words.set_tone(tone)
        self.settings.setVisible(with_settings)
        self.setVisible(bool(words))


class AccountPart(QWidget):
    """Asks for the account and its vendor's arguments.

    Signals: `changed`; `chosen`: another account; `offers_wanted(AccountChoice)`: what the vendor has to
    choose from is not known yet; `settings_wanted`.
    """

    changed = Signal()
    chosen = Signal()
    offers_wanted = Signal(object)
    settings_wanted = Signal()

    def __init__(self, choices: LaunchChoices) -> None:
        super().__init__()
        self._choices = choices
        self._reach = HERE
        self._check = LaunchCheck()
        self._offers: dict[AccountChoice, StudyOffers] = {}
        self.account = Choice()
        self.account.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.account.setMinimumContentsLength(8)
        self.account.setAccessibleName(self.tr("Account"))
        for choice in choices.accounts:
            self.account.addItem(f"{choice.requester_name} · {choice.currency}", choice)
        self.badge = Badge("practice")
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.account, 1)
        line.addWidget(self.badge)
        self.hosting = PlannedHosting()
        self.hosting.settings_wanted.connect(self.settings_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Label(self.tr("Account"), role="strong"))
        column.addLayout(line)
        column.addWidget(self.hosting)
        self.forms: dict[str, Form] = {}
        self._titled: dict[str, TitledForm] = {}
        titles = {
            "mock": self.tr("The practice crowd"),
            "inhouse": self.tr("Your own people"),
            **dict.fromkeys(STUDY_VENDORS, self.tr("The study")),
        }
        for name, form_class in choices.providers.items():
            self.forms[name] = form = Form(form_class, editors=EDITORS)
            title = titles.get(name) or self.tr("What {0} needs").format(name)
            self._titled[name] = TitledForm(title, form, folds=name not in STUDY_VENDORS)
            column.addWidget(self._titled[name])
            form.changed.connect(self.changed)
            for editor in offer_editors(form):
                if isinstance(editor, FiltersEditor):
                    editor.again.connect(self._ask_again)
        self.account.currentIndexChanged.connect(self._take_account)

    @property
    def choice(self) -> AccountChoice | None:
        """The account that is chosen."""
        found = self.account.currentData()
        return found if isinstance(found, AccountChoice) else None

    @property
    def form(self) -> Form | None:
        """What the chosen account's vendor asks."""
        return None if self.choice is None else self.forms.get(self.choice.provider_type)

    # ---------------------------------------------------------------------------------------- what is known

    def set_reach(self, reach: str) -> None:
        """How far links reach by the settings of now."""
        self._reach = reach
        self._show_hosting()

    def show_check(self, check: LaunchCheck) -> None:
        """Shows who will show the task, by what was found."""
        self._check = check
        self._show_hosting()

    def show_offers(self, choice: AccountChoice, offers: StudyOffers | None, failure: str = "") -> None:
        """What an account's vendor has to choose from, or why that is not known."""
        if offers is not None:
            self._offers[choice] = offers
        if choice == self.choice and self.form is not None:
            for editor in offer_editors(self.form):
                editor.show_offers(offers, failure)

    def begin(self) -> None:
        """Shows the account that is chosen at first."""
        self._take_account()

    def _take_account(self) -> None:
        choice = self.choice
        for name, titled in self._titled.items():
            titled.setVisible(choice is not None and name == choice.provider_type)
        if choice is not None:
            self.badge.set(
                choice.environment, "" if choice.environment == "practice" else choice.provider_type
            )
        self._check = LaunchCheck()
        self._show_hosting()
        if choice is not None and self.form is not None and offer_editors(self.form):
            self.show_offers(choice, self._offers.get(choice))
            if choice not in self._offers:
                self.offers_wanted.emit(choice)
        self.chosen.emit()
        self.changed.emit()

    def _ask_again(self) -> None:
        if self.choice is not None:
            self.show_offers(self.choice, None)
            self.offers_wanted.emit(self.choice)

    def _show_hosting(self) -> None:
        choice, check = self.choice, self._check
        if choice is None:
            self.hosting.say("", "")
        elif choice.provider_type not in STUDY_VENDORS:
            served = choice.provider_type in self._choices.served
            self.hosting.say(launch_words(served, self._reach), "muted")
        elif check.hosting_fault:
            self.hosting.say("✕ " + check.hosting_fault, "danger", with_settings=True)
        elif check.hosting is not None:
            here = check.hosting.where == "here"
            self.hosting.say("● " + check.hosting.reason, "muted", with_settings=not here)
        else:
            words = self.tr("○ Who shows the task is said here once the page and the data are given.")
            self.hosting.say(words, "muted")

    # ---------------------------------------------------------------------------------------- value, load

    def section(self) -> dict[str, Any]:
        """The `provider` section as it stands, without what is wrong."""
        choice, form = self.choice, self.form
        if choice is None:
            return {}
        found: dict[str, Any] = {
            "_provider_type": choice.provider_type,
            "requester_name": choice.requester_name,
        }
        if form is not None:
            merge(found, nested(form.right_values(), self._choices.providers[choice.provider_type]))
        return found

    def load(self, provider: Mapping[str, Any], folder: Path) -> dict[str, Any]:
        """Fills this with a section of a run file; returns what of it there is no field for."""
        rest = dict(provider)
        self._choose(str(rest.pop("_provider_type", "") or ""), str(rest.pop("requester_name", "") or ""))
        choice, form = self.choice, self.form
        if choice is None or form is None:
            return rest
        values, rest = flattened(rest, self._choices.providers[choice.provider_type])
        form.fill(values, folder)
        return rest

    def _choose(self, vendor: str, name: str) -> None:
        for place in range(self.account.count()):
            choice = self.account.itemData(place)
            if (choice.provider_type, choice.requester_name) == (vendor, name):
                self.account.setCurrentIndex(place)
                self._take_account()
                return
        if vendor or name:  # the check says that there is none
            unknown = AccountChoice(name, vendor, "sandbox", "?")
            self.account.addItem(self.tr("{0} (not here)").format(name or vendor), unknown)
            self.account.setCurrentIndex(self.account.count() - 1)
