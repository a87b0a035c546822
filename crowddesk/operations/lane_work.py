"""What the lane of one requester does, step by step: perform, look up, launch, poll, close. Without Qt.

One object is used by one thread. Only the holder of the requester's lock works; the others wait and follow
the journal. Every step commits before the wire and after it, so that it may be ended by `kill -9` anywhere.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import VendorError, now
from crowddesk.language import say
from crowddesk.operations import wire_work
from crowddesk.operations.errand_work import ErrandWork
from crowddesk.operations.run_work import RunWork
from crowddesk.operations.serving import Serving
from crowddesk.operations.wire_work import Hold, WireWork, said_by
from crowddesk.providers.base import CrowdProvider
from crowddesk.registry import NotThere, get_crowd_provider_from_type
from crowddesk.store import ledger, wire
from crowddesk.store.locks import RequesterLock

logger = logging.getLogger(__name__)

#: What a lane waits for the lock that another process holds, and at most before it looks again, in seconds.
_LOCK_WAIT = 0.5
_IDLE_WAIT = 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did: `state` is `idle`, `working`, `waiting`, `offline`, `elsewhere`, or what lacks:
    `locked`, `no token`, `no plug-in`.

    `wait` is how long, in seconds, the lane may sleep unless it is woken.
    """

    state: str
    wait: float
    note: str = ""


class LaneWork:
    """The work of one requester's lane. Make it, call `step()` until told to stop, then `stop()`.

    `serving` is the task server, for vendors whose runs it puts before people.
    """

    def __init__(self, db: CrowdDatabase, requester_id: int, serving: Serving | None = None) -> None:
        self._db = db
        self._serving = serving
        self.requester_id = requester_id
        self.name = f"requester {requester_id}"
        self._lock = RequesterLock(db, requester_id)
        self._hold: Hold | None = None
        self._failures = 0

    # ------------------------------------------------------------------------------------- one step

    def step(self) -> Step:
        """Does the most urgent thing there is; never raises but for a program that is broken."""
        try:
            if not self._lock.held and not self._take_over():
                return Step("elsewhere", _LOCK_WAIT, say("another CrowdDesk works for this account"))
            done = self._work()
            self._failures = 0
            return done
        except Exception as error:  # a vendor's code may raise anything, and the lane must live
            return self._trouble(error)

    def sync(self) -> Step:
        """Fetches all that has happened at the vendor, sends nothing; for whoever has no lane running.

        Raises what the vendor raises. Where another process has the lock, that one keeps up to date.
        """
        if not self._lock.held and not self._take_over():
            return Step("elsewhere", _LOCK_WAIT, say("another CrowdDesk works for this account"))
        with self._db.read() as conn:
            runs = ledger.active_runs(conn, self.requester_id)
        failure: Exception | None = None
        for run in runs:
            try:
                cursors: set[str] = set()
                while (cursor := self._runs.fetch(run["id"])) is not None and cursor not in cursors:
                    cursors.add(cursor)
            except Exception as error:  # a vendor's code may raise anything; the other runs are asked for too
                failure = failure or error
        if failure is not None:
            raise failure
        return Step("idle", _IDLE_WAIT)

    def run_errands(self) -> Step:
        """Does what the account's lane was asked for, sends nothing; for whoever has no lane running.

        Where another process has the lock, that one does it.
        """
        if not self._lock.held and not self._take_over():
            return Step("elsewhere", _LOCK_WAIT, say("another CrowdDesk works for this account"))
        self._errands.do()
        return Step("idle", _IDLE_WAIT)

    def stop(self) -> None:
        """Gives the lock back. Call it from the lane's thread, after the last step."""
        self._let_go()

    def _let_go(self) -> None:
        if self._hold is not None:
            self._runs.serve(())
        self._lock.release()

    def _take_over(self) -> bool:
        if not self._lock.acquire():
            return False
        try:
            self._begin()
        except BaseException:
            self._lock.release()
            raise
        return True

    def _begin(self) -> None:
        row = self._db.get_requester(str(self.requester_id))
        self.name = row["requester_name"]
        vendor = get_crowd_provider_from_type(row["provider_type"])(self._db)
        lag = timedelta(seconds=vendor.LOOK_UP_SECONDS)
        with self._db.write("lane") as w:
            epoch = wire.take_over(w, self.requester_id, lag)
        self._hold = Hold(self._db, self.requester_id, self.name, vendor, epoch)
        self._wire = WireWork(self._hold, self._serving)
        self._runs = RunWork(self._hold, self._wire, self._serving)
        self._errands = ErrandWork(self._hold, self._runs.fetch)

    @property
    def _vendor(self) -> CrowdProvider:
        assert self._hold is not None
        return self._hold.vendor

    def _trouble(self, error: Exception) -> Step:
        self._failures += 1
        if self._hold is not None:
            self._wire.failures = self._failures
        wait = wire_work.BACKOFF[min(self._failures, len(wire_work.BACKOFF)) - 1]
        note = said_by(error)
        logger.info("The lane of %s waits %s s: %s", self.name, wait, note, exc_info=True)
        # A vendor that needs a person first (a passphrase, a token, a plug-in) is not out of reach.
        state = error.lane_state if isinstance(error, VendorError | NotThere) else "offline"
        return Step(state, wait, note)

    def _work(self) -> Step:
        assert self._hold is not None
        with self._db.read() as conn:
            epoch = wire.epoch_of(conn, self.requester_id)
            shown = ledger.runs_to_show(conn, self.requester_id) if self._vendor.SERVES_TASKS else []
        if epoch != self._hold.epoch:
            # The lock was lost without a word (a PostgreSQL session that died): start over.
            self._let_go()
            return Step("elsewhere", _LOCK_WAIT, say("another CrowdDesk works for this account"))
        self._wire.failures = self._failures
        if self._wire.on_the_wire:
            self._wire.recover()
        self._runs.serve(shown)
        if self._wire.look_up() or self._wire.perform():
            return Step("working", 0.0)
        with self._db.read() as conn:
            runs = ledger.active_runs(conn, self.requester_id)
        busy, failed = self._runs.look_after_all(runs)
        busy = self._errands.do() or busy
        if failed and len(failed) == len(runs):
            raise failed[0]
        note = self._runs.note
        if busy:
            return Step("working", 0.0, note)
        self._errands.compare_when_due()
        waiting = self._runs.waits(runs)
        with self._db.read() as conn:
            due = wire.next_due(conn, self.requester_id)
        if due is not None:
            waiting.append(max(0.0, (due - now()).total_seconds()))
        wait = min([_IDLE_WAIT, *waiting])
        return Step("working" if any(r["state"] == "live" for r in runs) else "idle", wait, note)
