"""Asks for the address under which people anywhere can open this program's pages."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from crowddesk.ui.controls import Label, set_state
from crowddesk.ui.dialogs.frame import VerbDialog


class PublicAddressDialog(VerbDialog):
    """`value()` is the address as text, "" for none."""

    def __init__(self, address: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Set the public address"), self.tr("Set"), parent, width=480)
        words = self.tr(
            "Of your own proxy, which passes requests on to this computer by https. Without one, Prolific "
            "can show tasks itself that it knows how to show."
        )
        self.body.addWidget(Label(words, tone="muted", wrap=True))
        self.body.addSpacing(4)
        label = Label(self.tr("Public address"))
        self.address = QLineEdit(address)
        self.address.setPlaceholderText("https://lab.example.org")
        self.address.setAccessibleName(label.text())
        label.setBuddy(self.address)
        self.body.addWidget(label)
        self.body.addWidget(self.address)
        note = self.tr("It stands under Settings too, with the other ways to reach this program's pages.")
        self.body.addWidget(Label(note, role="caption", tone="muted", wrap=True))
        self.address.setFocus()

    def check(self) -> str:
        from crowddesk.settings import TaskServing, fault_of_serving

        fault = fault_of_serving(TaskServing(public_url=self.value()))
        if fault or self.value().startswith("http:"):
            fault = self.tr("Write it like https://lab.example.org: people come by https only.")
        set_state(self.address, "wrong", bool(fault))
        return fault

    def value(self) -> str:
        return self.address.text().strip()
