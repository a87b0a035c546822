"""The library of reasons in the window: shown, added to, changed and removed; the desk writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from crowddesk.ui.dialogs.reasons import ReasonsDialog, Vendor
from crowddesk.ui.session import Session

if TYPE_CHECKING:
    from crowddesk.store.reasons import Reason


def open_reasons(session: Session, window: QWidget, kind: str = "", vendor: str = "") -> Library:
    """Opens the library over a window, for a kind of decision at a vendor where these are given."""
    return Library(session, window, kind, vendor)


class Library(QObject):
    """One open library. `changed(reasons)`: those for the kind and the vendor that it was opened for."""

    changed = Signal(object)

    def __init__(self, session: Session, window: QWidget, kind: str, vendor: str) -> None:
        super().__init__(window)
        self._session = session
        self._kind, self._vendor = kind, vendor
        self.dialog = ReasonsDialog(kind, vendor, window)
        self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialog.kept.connect(self._keep)
        self.dialog.removed.connect(self._remove)
        self.dialog.finished.connect(self.deleteLater)
        self.dialog.open()
        self._read()

    def _read(self) -> None:
        def read(conn: Any) -> Any:
            from crowddesk.operations.policy import rules_of
            from crowddesk.operations.reasons import list_reasons, starters
            from crowddesk.store.queries import REQUESTERS

            known = {row.provider_type for row in REQUESTERS.iterate(conn)} | ({self._vendor} - {""})
            vendors = [
                Vendor(name, tuple(rules_of(name).categories), tuple(starters(name)))
                for name in sorted(known)
            ]
            return list_reasons(conn), vendors, list_reasons(conn, self._kind or None, self._vendor or None)

        self._session.ask(read, self._show, self._fail)

    def _show(self, found: tuple[list[Reason], list[Vendor], list[Reason]]) -> None:
        reasons, vendors, mine = found
        self.dialog.show_reasons(reasons, vendors)
        self.changed.emit(mine)

    def _keep(self, reason: Reason) -> None:
        def write(db: Any) -> int:
            from crowddesk.operations import reasons

            if reason.id:
                reasons.change_reason(db, reason)
                return reason.id
            return reasons.add_reason(db, reason)

        self._write(write, reason)

    def _remove(self, reason: Reason) -> None:
        def write(db: Any) -> int:
            from crowddesk.operations import reasons

            reasons.remove_reason(db, reason.id)
            return 0

        self._write(write, reason)

    def _write(self, work: Callable[[Any], int], sent: Reason) -> None:
        self._session.act(lambda db: (work(db), sent), self._written, self._fail)

    def _written(self, found: tuple[int, Reason]) -> None:
        self.dialog.select(*found)
        self._read()

    def _fail(self, error: Exception) -> None:
        from crowddesk.domain import CrowdDeskError

        if not isinstance(error, CrowdDeskError):
            raise error
        self.dialog.set_problem(str(error))
