"""Adds a requester: the vendor, and the form that its `ArgsClass` draws; the vendor's mistakes beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from crowddesk.ui.controls import Choice, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.forms import Form
from crowddesk.ui.states import BusyLine


@dataclass(frozen=True, slots=True)
class VendorChoice:
    """A vendor to choose from: its type, how its accounts are marked, and what registering one takes."""

    provider_type: str
    environment: str
    args_class: type


@dataclass(frozen=True, slots=True)
class RegisterValue:
    """A new account: `values` are the fields of the vendor's `ArgsClass` without `name`, as text."""

    provider_type: str
    name: str
    values: Mapping[str, str]


class RegisterDialog(VerbDialog):
    """Asks for a vendor and its account. `wanted` is emitted in place of `accepted`, and the dialog waits:
    whoever registers calls `accept()`, or `show_failure` with the vendor's word."""

    wanted = Signal(object)

    def __init__(self, vendors: Sequence[VendorChoice], parent: QWidget | None = None) -> None:
        super().__init__("Add a requester", "Add", parent, width=480)
        self._vendors = list(vendors)
        self.vendor = Choice()
        self.vendor.setAccessibleName(self.tr("Vendor"))
        for choice in self._vendors:
            self.vendor.addItem(_vendor_words(choice), choice.provider_type)
        label = Label(self.tr("Vendor"))
        label.setBuddy(self.vendor)
        self._what = Label(role="caption", tone="muted", wrap=True)
        self.forms = [Form(choice.args_class) for choice in self._vendors]
        self._stack = QStackedWidget()
        for form in self.forms:
            form.changed.connect(self._clear)
            self._stack.addWidget(form)
        self._busy = BusyLine()
        self._busy.setFixedHeight(3)
        self._busy.hide()
        self.body.addWidget(label)
        self.body.addWidget(self.vendor)
        self.body.addWidget(self._what)
        self.body.addSpacing(8)
        self.add_scrolling(self._stack)
        self.body.addWidget(self._busy)
        self.vendor.currentIndexChanged.connect(self._show_vendor)
        practice = next((i for i, v in enumerate(self._vendors) if v.environment == "practice"), 0)
        self.vendor.setCurrentIndex(practice)
        self._show_vendor()
        self.form.editor("name").setFocus()

    @property
    def form(self) -> Form:
        """The form of the chosen vendor."""
        return self.forms[max(0, self.vendor.currentIndex())]

    def value(self) -> RegisterValue:
        """The account as entered; BadInput while something is wrong."""
        values = self.form.value()
        name = str(values.pop("name"))
        texts = {key: _text(value) for key, value in values.items() if value is not None}
        return RegisterValue(str(self.vendor.currentData()), name, texts)

    def check(self) -> str:
        return "" if self.form.validate() else self.tr("Something above is missing or wrong.")

    def show_failure(self, sentence: str) -> None:
        """Says why it was not added, at its field if the sentence names one; all stays as entered."""
        self._wait(False)
        for line in sentence.splitlines():
            place, _, words = line.partition(": ")
            field = place.rpartition(".")[2]
            try:
                self.form.show_problem(field, words)
            except KeyError:
                continue
            self.form.editor(field).setFocus()
            return
        self.set_problem(sentence)

    def _show_vendor(self) -> None:
        self._stack.setCurrentIndex(self.vendor.currentIndex())
        chosen = self._vendors[self.vendor.currentIndex()]
        words = {
            "practice": self.tr("Simulated people and play money, for rehearsing."),
            "sandbox": self.tr("A test account: no real money moves."),
            "live": self.tr("LIVE: real people and real money."),
        }
        own = self.tr("LIVE: real people, who come by a link. You pay them by hand.")
        self._what.setText(own if chosen.provider_type == "inhouse" else words[chosen.environment])
        self._what.set_tone("danger" if chosen.environment == "live" else "muted")
        self._clear()

    def _clear(self) -> None:
        self.set_problem("")

    def _take(self) -> None:
        problem = self.check()
        self.set_problem(problem)
        if not problem:
            self._wait(True)
            self.wanted.emit(self.value())

    def _wait(self, on: bool) -> None:
        self._busy.setVisible(on)
        self.set_verb(self.tr("Adding…") if on else self.tr("Add"), not on)
        self._stack.setEnabled(not on)
        self.vendor.setEnabled(not on)


def _vendor_words(choice: VendorChoice) -> str:
    names = {"mock": "Practice crowd", "inhouse": "Your own people, in a browser (inhouse)"}
    return names.get(choice.provider_type, choice.provider_type.replace("_", " ").capitalize())


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
