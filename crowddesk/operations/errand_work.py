"""What a lane does beside its work: what it was asked for, and a comparison now and then.

One object is used by one thread, the one that holds the account's lock.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from crowddesk.domain import BadInput, VendorError, WorkspaceError
from crowddesk.language import say
from crowddesk.operations import adoption, comparison, errands, reconcile
from crowddesk.operations.errands import Errand
from crowddesk.operations.wire_work import Hold, said_by
from crowddesk.store import ledger

logger = logging.getLogger(__name__)


class ErrandWork:
    """Does the errands of one account. `fetch` stores what has happened to a run at the vendor."""

    def __init__(self, hold: Hold, fetch: Callable[[int], object]) -> None:
        self._hold = hold
        self._fetch = fetch
        #: When the account is compared next, by the clock that nobody sets; at once, to begin with.
        self._next = 0.0

    def do(self) -> bool:
        """Does all that the lane was asked for; whether there was anything. What fails is answered too."""
        waiting = errands.waiting(self._hold.db, self._hold.requester_id)
        for errand in waiting:
            try:
                found, failure = self._do(errand), ""
            except Exception as error:  # a vendor's code may raise anything, and somebody waits
                if isinstance(error, WorkspaceError):
                    raise
                logger.info("%s of %s failed", errand.kind, self._hold.name, exc_info=True)
                found, failure = None, said_by(error)
            errands.answer(self._hold.db, errand, found, failure)
        return bool(waiting)

    def compare_when_due(self) -> None:
        """Compares the account when the lane begins and every few minutes, and keeps what was found.

        Only where that finds more than the polls do; what they bring by themselves is fetched before.
        """
        clock = time.monotonic()
        if clock < self._next:
            return
        self._next = clock + reconcile.EVERY_S
        if reconcile.is_worth_it(self._hold.vendor):
            with self._hold.db.read() as conn:
                runs = ledger.active_runs(conn, self._hold.requester_id)
            for run in runs:
                try:
                    self._fetch(run["id"])
                except VendorError:  # a poll's to report; the comparison says that it could not ask
                    logger.info("Run %d could not be fetched before it is compared", run["id"], exc_info=True)
            self._compare(None)

    def _do(self, errand: Errand) -> Any:
        if errand.kind == reconcile.ERRAND:
            return comparison.to_json(self._compare(errand.what.get("run_id")))
        if errand.kind == adoption.ERRAND:
            ref, title = str(errand.what["ref"]), errand.what.get("title")
            return adoption.adopt(self._hold.db, self._hold.requester_id, ref, title)
        raise BadInput(say("This version of CrowdDesk knows no errand {kind!r}.", kind=errand.kind))

    def _compare(self, run_id: int | None) -> comparison.Comparison:
        found = reconcile.compare(self._hold.db, self._hold.requester_id, run_id)
        if found.whole:
            reconcile.keep(self._hold.db, found)
            # What could not be asked, and what a poll will bring, is looked at again soon.
            is_passing = bool(found.summary.failures or found.summary.take_over)
            self._next = time.monotonic() + (reconcile.SOON_S if is_passing else reconcile.EVERY_S)
        return found
