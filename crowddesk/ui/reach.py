"""How far a run's link reaches, in words: on the run's page, and before it is launched."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from PySide6.QtWidgets import QComboBox

from crowddesk.ui.controls import Label

if TYPE_CHECKING:
    from crowddesk.taskserver.state import ServedRun

HERE: Final = "this computer"
NETWORK: Final = "local network"


def reach_words(served: ServedRun | None) -> tuple[str, str]:
    """Sign and word for how far a link reaches, and their tone."""
    if served is None:
        return "○ not served", "muted"
    if not served.listening:
        return ("✕ not reachable", "danger") if served.note else ("◌ starting", "muted")
    if served.reach == NETWORK:
        return f"◐ local network, {served.address}", ""
    if served.reach == HERE:
        return "○ this computer only", "muted"
    return f"● public, {urlsplit(served.url).hostname or served.url}", ""


def launch_words(served: bool, reach: str) -> str:
    """What the launch dialog says about how people come to a run; "" where its vendor brings them."""
    if not served:
        return ""
    if reach == NETWORK:
        return "People in your local network reach this run by a link, which its page shows."
    return (
        "People reach this run by a link on this computer only. "
        "You can open it to the local network afterwards."
    )


class ReachLine(Label):
    """The launch dialog's line about it; hidden for accounts whose vendor is not in `served`."""

    def __init__(self, accounts: QComboBox, served: Collection[str]) -> None:
        super().__init__(role="caption", tone="muted", wrap=True)
        self._accounts = accounts
        self._served = served
        self._reach = HERE
        accounts.currentIndexChanged.connect(self._show)
        self._show()

    def set_reach(self, reach: str) -> None:
        """How far links reach by the settings of now."""
        self._reach = reach
        self._show()

    def _show(self) -> None:
        account = self._accounts.currentData()
        words = launch_words(account is not None and account.provider_type in self._served, self._reach)
        self.setText(words)
        self.setVisible(bool(words))
