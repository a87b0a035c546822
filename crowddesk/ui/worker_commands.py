"""What the dialogs about people come to on the command line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog

from crowddesk.domain import ActionKind
from crowddesk.ui.command_line import operands
from crowddesk.ui.dialogs.money import BlockDialog, BonusDialog, QualificationDialog
from crowddesk.ui.dialogs.people import Place


def words_of(dialog: QDialog, names: Sequence[str], place: Place) -> Sequence[str] | None:
    """The words after `crowddesk` that do for these people what a dialog would; None where there are none."""
    account = f"{place.provider_type}:{place.requester_name}"
    if isinstance(dialog, BonusDialog):
        amount, reason = dialog.asked()
        if place.run_id is None or not amount:
            return None  # there a bonus is always of a run
        people = [word for name in names for word in ("--worker", name)]
        return [
            "bonus",
            "--run",
            str(place.run_id),
            *people,
            "--amount",
            amount,
            *_option("--reason", reason),
        ]
    if isinstance(dialog, BlockDialog):
        value = dialog.value()
        return [value.kind, *_option("--reason", value.reason), *operands([account, *names])]
    if isinstance(dialog, QualificationDialog):
        if dialog.check():
            return None
        wanted = dialog.value()
        worth = ["--value", str(wanted.value)] if wanted.kind == ActionKind.GRANT else []
        return [wanted.kind, "--qualification", wanted.qualification, *worth, *operands([account, *names])]
    return None


def _option(name: str, text: str) -> list[str]:
    return [name, text] if text else []
