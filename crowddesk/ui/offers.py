"""What the accounts' vendors can do beyond deciding and paying: which of the verbs a menu shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from crowddesk.domain import CrowdDeskError
from crowddesk.ui.session import Session

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


def read_offers(conn: Connection) -> dict[str, frozenset[str]]:
    """In the reader, because it imports the vendors: the kinds of actions that each offers, by its type."""
    from crowddesk import registry
    from crowddesk.store.queries import REQUESTERS

    found: dict[str, frozenset[str]] = {}
    for vendor in {account.provider_type for account in REQUESTERS.iterate(conn)}:
        try:
            found[vendor] = registry.get_crowd_provider_from_type(vendor).OFFERS
        except CrowdDeskError:  # one that cannot be loaded offers nothing; its lane says why
            continue
    return found


class Offers(QObject):
    """Shows each bound action only while some vendor (or the named one) offers its kind."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._known: Mapping[str, frozenset[str]] = {}
        self._bound: list[tuple[QAction, str, str]] = []
        session.changed.connect(self._hear)
        session.later(self._read)

    @staticmethod
    def of(session: Session) -> Offers:
        """The one of this session."""
        found = session.findChild(Offers)
        return found if isinstance(found, Offers) else Offers(session)

    def bind(self, action: QAction, kind: str) -> None:
        """From now on the action shows only where its kind is offered."""
        self._bound.append((action, kind, ""))
        self._show(action, kind, "")

    def narrow(self, actions: Sequence[QAction], vendor: str) -> None:
        """These bound actions are about one vendor's things now; "" for all of them."""
        self._bound = [(a, kind, vendor if a in actions else old) for a, kind, old in self._bound]
        for action, kind, mine in self._bound:
            self._show(action, kind, mine)

    def _show(self, action: QAction, kind: str, vendor: str) -> None:
        vendors = [vendor] if vendor else list(self._known)
        action.setVisible(any(kind in self._known.get(name, ()) for name in vendors))

    def _hear(self, table: str, _ids: object) -> None:
        if table == "requester":
            self._read()

    def _read(self) -> None:
        self._session.ask(read_offers, self._take, self._fail)

    def _take(self, found: dict[str, frozenset[str]]) -> None:
        from shiboken6 import isValid

        self._known = found
        self._bound = [bound for bound in self._bound if isValid(bound[0])]  # pages may have gone
        for bound in self._bound:
            self._show(*bound)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            raise error
