"""Says above every page, until it is dismissed, that the workspace was restored, and what that means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from crowddesk.language import minute_text, say_count
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.restored import Restored

_PRACTICE = "mock"


class RestoredBanner(QObject):
    """Reads once whether the workspace was restored, and shows it if nobody has dismissed it yet."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._accounts: list[Any] = []
        db = session.db
        session.threads.reader.ask(lambda job: _read(db), self._show)

    def _show(self, found: tuple[Restored | None, list[Any]]) -> None:
        restored, self._accounts = found
        if restored is None or restored.dismissed:
            return
        as_of = minute_text(restored.made_at)
        words = [
            self.tr("This workspace was put back as it was at {0}, from {1}.").format(
                as_of, Path(restored.restored_from).name
            )
            if restored.restored_from
            else self.tr(
                "CrowdDesk ended in the middle, and what it stored last is lost: this is as of {0}."
            ).format(as_of)
        ]
        if restored.held:
            words.append(
                say_count(
                    "%n payments or decisions that waited then are held: they may have left since.",
                    "%n payment or decision that waited then is held: it may have left since.",
                    restored.held,
                )
            )
        if self._accounts:
            words.append(self.tr("Compare with the vendors before you send or pay anything again."))
        words.append(self.tr("Until you dismiss this, nothing is launched or closed by itself."))
        banner = self._window.add_banner()
        banner.dismissed.connect(self._dismiss)
        banner.say(
            " ".join(words),
            tone="warning",
            action=self.tr("Compare…") if self._accounts else "",
            take=self._compare,
        )

    def _compare(self) -> None:
        """With one account's vendor at once; of several, one is chosen first."""
        if len(self._accounts) == 1:
            from crowddesk.ui.reconciling import open_comparison

            row = self._accounts[0]
            open_comparison(self._session, self._window, row.id, row.requester_name, row.provider_type)
        else:
            self._session.wanted.emit("requesters", None)
            self._window.toast.say(self.tr("Choose an account, then Compare with the vendor."))

    def _dismiss(self) -> None:
        def work(db: CrowdDatabase) -> None:
            from crowddesk.operations import restored

            restored.dismiss(db)

        self._session.act(work, self._go_on)

    def _go_on(self, _nothing: object) -> None:
        self._session.threads.wake_lanes()


def _read(db: CrowdDatabase) -> tuple[Restored | None, list[Any]]:
    """In the reader: the mark, and the accounts that can be compared."""
    from crowddesk.operations.restored import restored_of
    from crowddesk.store.queries import REQUESTERS

    found = restored_of(db)
    if found is None:
        return None, []
    with db.read() as conn:
        accounts = [row for row in REQUESTERS.iterate(conn) if row.registered]
    return found, [row for row in accounts if row.provider_type != _PRACTICE]
