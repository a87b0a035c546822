"""Adds a requester: the vendor, and the form that its `ArgsClass` draws; the vendor's mistakes beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from crowddesk.ui.account_fields import OfferedChoice, SecretEditor, editors
from crowddesk.ui.controls import Choice, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.forms import Form, fields_of
from crowddesk.ui.states import BusyLine
from crowddesk.ui.words import vendor_choice_name

#: A field's choices as (value, what a person reads).
Offers = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class VendorChoice:
    """A vendor to choose from: its type, how its accounts are marked, and what registering one takes.

    `offers` are the choices that are known before the vendor is asked.
    """

    provider_type: str
    environment: str
    args_class: type
    offers: Offers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RegisterValue:
    """A new account: `values` are the fields of the vendor's `ArgsClass` without `name`, as text.

    They may hold a token, so they are not shown in a `repr`.
    """

    provider_type: str
    name: str
    values: Mapping[str, str] = field(repr=False)


class AccountForm(Form):
    """The form of a vendor's `ArgsClass`; `choices_wanted`: the vendor should say what there is."""

    choices_wanted = Signal()

    def __init__(
        self,
        vendor: VendorChoice,
        hidden: frozenset[str] = frozenset(),
        values: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(vendor.args_class, hidden=hidden, values=values, editors=editors(vendor.offers))
        self._choices: dict[str, OfferedChoice] = {}
        for spec in fields_of(vendor.args_class):
            if self.asks(spec.name) and spec.name not in vendor.offers:
                editor = self.editor(spec.name)
                if isinstance(editor, OfferedChoice):
                    self._choices[spec.name] = editor
        for name, editor in self._choices.items():
            if name == next(iter(self._choices)):
                editor.let_ask()
                editor.wanted.connect(self.choices_wanted)
                editor.changed.connect(self._ask_further)
        self.changed.connect(self._forget_choices)
        self._asked_for = self._token()
        self._asking = False

    def _token(self) -> str:
        """What the choices depend on: another token has other workspaces."""
        editor = self.editor("token") if self.asks("token") else None
        return editor.value() if isinstance(editor, SecretEditor) else ""

    def texts(self) -> dict[str, str]:
        """What is entered as text, right or wrong, as far as it can be read."""
        return {name: _text(value) for name, value in self.right_values().items() if value is not None}

    def set_asking(self, on: bool) -> None:
        """Whether the vendor is being asked for choices now."""
        self._asking = on
        if on:
            self._asked_for = self._token()
        for editor in self._choices.values():
            editor.set_asking(on)

    def offer(self, offers: Offers) -> None:
        """Takes the vendor's choices over, unless they are another token's by now."""
        self.set_asking(False)
        if self._token() != self._asked_for:
            return
        for name, editor in self._choices.items():
            editor.offer(offers.get(name, ()))
            self.show_problem(name, "")

    def lacks_choices(self, name: str) -> bool:
        """Whether this field's choices were never looked up."""
        return name in self._choices and not self._choices[name].offered

    def _ask_further(self) -> None:
        """What is offered next depends on the first choice: which workspace's projects."""
        if next(iter(self._choices.values())).value() and len(self._choices) > 1 and not self._asking:
            self.choices_wanted.emit()

    def _forget_choices(self) -> None:
        if not self._asking and self._token() != self._asked_for:
            self._asked_for = self._token()
            for editor in self._choices.values():
                editor.offer(())


class RegisterDialog(VerbDialog):
    """Asks for a vendor and its account. `wanted` is emitted in place of `accepted`, and the dialog waits:
    whoever registers calls `accept()`, or `show_failure` with the vendor's word. `choices_wanted` asks for
    what the vendor offers by what is entered; it is answered with `offer`, or `show_failure`."""

    wanted = Signal(object)
    choices_wanted = Signal(object)

    def __init__(
        self, vendors: Sequence[VendorChoice], parent: QWidget | None = None, *, refused: Sequence[str] = ()
    ) -> None:
        """`refused`: why other vendors cannot be chosen, a sentence each."""
        super().__init__(self.tr("Add a requester"), self.tr("Add"), parent, width=480)
        self._vendors = list(vendors)
        self.vendor = Choice()
        self.vendor.setAccessibleName(self.tr("Vendor"))
        for choice in self._vendors:
            self.vendor.addItem(vendor_choice_name(choice.provider_type), choice.provider_type)
        label = Label(self.tr("Vendor"))
        label.setBuddy(self.vendor)
        self._what = Label(role="caption", tone="muted", wrap=True)
        self.forms = [AccountForm(choice) for choice in self._vendors]
        self._stack = QStackedWidget()
        for form in self.forms:
            form.changed.connect(self._clear)
            form.choices_wanted.connect(self._ask)
            self._stack.addWidget(form)
        self._busy = BusyLine()
        self._busy.setFixedHeight(3)
        self._busy.hide()
        self.body.addWidget(label)
        self.body.addWidget(self.vendor)
        self.body.addWidget(self._what)
        self.refused = Label(role="caption", tone="muted", wrap=True, selectable=True)
        self.refused.setText("\n".join(f"✕ {sentence}" for sentence in refused))
        self.refused.setVisible(bool(refused))
        account = QWidget()
        column = QVBoxLayout(account)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._stack)
        column.addWidget(self.refused)
        self.body.addSpacing(8)
        self.add_scrolling(account)
        self.body.addWidget(self._busy)
        self.vendor.currentIndexChanged.connect(self._show_vendor)
        practice = next((i for i, v in enumerate(self._vendors) if v.environment == "practice"), 0)
        self.vendor.setCurrentIndex(practice)
        self._show_vendor()
        self.form.editor("name").setFocus()

    @property
    def form(self) -> AccountForm:
        """The form of the chosen vendor."""
        return self.forms[max(0, self.vendor.currentIndex())]

    def value(self) -> RegisterValue:
        """The account as entered; BadInput while something is wrong."""
        values = self.form.value()
        name = str(values.pop("name"))
        texts = {key: _text(value) for key, value in values.items() if value is not None}
        return RegisterValue(str(self.vendor.currentData()), name, texts)

    def command_line(self) -> Sequence[str] | None:
        texts = self.form.texts()
        name = texts.pop("name", "").strip()
        if not name:
            return None
        vendor = self._vendors[max(0, self.vendor.currentIndex())]
        words = ["requester", "add", name, "--provider", vendor.provider_type]
        return [*words, *plain_values(vendor.args_class, texts)]

    def check(self) -> str:
        return "" if self.form.validate() else self.tr("Something above is missing or wrong.")

    def show_failure(self, sentence: str) -> None:
        """Says why it was not added, at its field if the sentence names one; all stays as entered."""
        self._wait(False)
        self.form.set_asking(False)
        field_name = show_at_field(self.form, sentence)
        if not field_name:
            self.set_problem(sentence)
        elif self.form.lacks_choices(field_name):
            self._ask()  # there is something to choose, so it is shown

    def offer(self, offers: Offers) -> None:
        """Fills the choices with what the vendor has."""
        self.form.offer(offers)

    def _ask(self) -> None:
        self.form.set_asking(True)
        self.set_problem("")
        texts = self.form.texts()
        name = texts.pop("name", "")
        self.choices_wanted.emit(RegisterValue(str(self.vendor.currentData()), name, texts))

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


def show_at_field(form: Form, sentence: str) -> str:
    """Shows a sentence such as "requester.token: ..." at its field; the field's name, "" if it names none."""
    for line in sentence.splitlines():
        place, _, words = line.partition(": ")
        name = place.rpartition(".")[2]
        try:
            form.show_problem(name, words)
        except KeyError:
            continue
        form.go_to(name)
        return name
    return ""


def plain_values(args_class: type, texts: Mapping[str, str]) -> list[str]:
    """What was entered as the command line takes it, without a secret: those are asked for there.

    What is as it would be without a word is left out.
    """
    known = {field.name: field for field in dataclasses.fields(args_class)}
    made = []
    for name, text in texts.items():
        spec = known.get(name)
        if spec is not None and not spec.metadata.get("secret") and name != "name" and text:
            default = "" if spec.default is dataclasses.MISSING else _text(spec.default)
            made += [f"{name}={text}"] if text != default else []
    return made


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
