"""Gives back what an account's vendor cannot be asked without: the file's passphrase, or a new token.

Both dialogs wait when their verb is taken: whoever does it calls `accept()` or `show_failure`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from crowddesk.ui.account_fields import SecretEditor
from crowddesk.ui.controls import Badge, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.dialogs.register import (
    AccountForm,
    RegisterValue,
    VendorChoice,
    plain_values,
    show_at_field,
)
from crowddesk.ui.states import BusyLine

#: What stays as it is when only the token changes.
_KEPT = frozenset({"name", "workspace", "project"})


class _WaitingDialog(VerbDialog):
    def __init__(self, title: str, verb: str, doing: str, parent: QWidget | None) -> None:
        super().__init__(title, verb, parent)
        self._words = (verb, doing)
        self._busy = BusyLine()
        self._busy.setFixedHeight(3)
        self._busy.hide()
        self._waits: list[QWidget] = []

    def _wait(self, on: bool) -> None:
        self._busy.setVisible(on)
        self.set_verb(self._words[on], not on)
        for widget in self._waits:
            widget.setEnabled(not on)


class UnlockDialog(_WaitingDialog):
    """Asks for the passphrase of the encrypted file, in which these accounts' tokens are.

    `wanted` carries the passphrase.
    """

    wanted = Signal(str)

    def __init__(self, accounts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Unlock the tokens"), self.tr("Unlock"), self.tr("Unlocking…"), parent)
        words = self.tr("The tokens of these accounts are in the encrypted file: {0}.")
        self.body.addWidget(Label(words.format(", ".join(accounts)), tone="muted", wrap=True))
        label = Label(self.tr("Passphrase"))
        self.passphrase = SecretEditor()
        self.passphrase.setAccessibleName(self.tr("Passphrase"))
        label.setBuddy(self.passphrase)
        self.body.addWidget(label)
        self.body.addWidget(self.passphrase)
        self.body.addWidget(self._busy)
        self._waits = [self.passphrase]
        self.passphrase.changed.connect(self._look)
        self.passphrase.setFocus()
        self._look()

    def show_failure(self, sentence: str) -> None:
        """Says why it stays locked."""
        self._wait(False)
        self.set_problem(sentence.removeprefix("passphrase: "))
        self.passphrase.line.selectAll()
        self.passphrase.setFocus()

    def _look(self) -> None:
        self.set_problem("")
        self.verb.setEnabled(bool(self.passphrase.value()))

    def _take(self) -> None:
        if self.passphrase.value():
            self._wait(True)
            self.wanted.emit(self.passphrase.value())


class ReplaceTokenDialog(_WaitingDialog):
    """Asks for an account's new token, and where it is kept; `values` are what the account has now.

    `wanted` carries a `RegisterValue`.
    """

    wanted = Signal(object)

    def __init__(
        self, account: str, vendor: VendorChoice, values: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        title = self.tr("Replace the token of {0}").format(account)
        super().__init__(title, self.tr("Replace"), self.tr("Replacing…"), parent)
        self._account, self._vendor = account, vendor
        badge = Badge(vendor.environment, vendor.provider_type)
        self.body.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)
        words = self.tr("The new one is tried at the vendor first. Workspace and project stay.")
        self.body.addWidget(Label(words, role="caption", tone="muted", wrap=True))
        self.form = AccountForm(vendor, _KEPT, values)
        self.form.changed.connect(self._clear)
        self.add_scrolling(self.form)
        self.body.addWidget(self._busy)
        self._waits = [self.form]
        self.form.go_to("token")

    def value(self) -> RegisterValue:
        """The new credentials; BadInput while something is wrong."""
        return RegisterValue(
            self._vendor.provider_type,
            self._account,
            {name: str(value) for name, value in self.form.value().items() if value is not None},
        )

    def command_line(self) -> Sequence[str] | None:
        words = ["requester", "token", self._account, "--provider", self._vendor.provider_type]
        return [*words, *plain_values(self._vendor.args_class, self.form.texts())]

    def show_failure(self, sentence: str) -> None:
        """Says why the old one stands, at its field if the sentence names one."""
        self._wait(False)
        if not show_at_field(self.form, sentence):
            self.set_problem(sentence)

    def _clear(self) -> None:
        self.set_problem("")

    def _take(self) -> None:
        if not self.form.validate():
            self.set_problem(self.tr("Something above is missing or wrong."))
            return
        self.set_problem("")
        self._wait(True)
        self.wanted.emit(self.value())
