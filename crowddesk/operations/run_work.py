"""What a lane does for the runs of its account: shows them, launches, polls, ends and closes them.

One object is used by one thread, the one that holds the account's lock.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Any

from omegaconf import OmegaConf

from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import ActionKind, ActionState, AssignmentState, VendorError, WorkspaceError, now
from crowddesk.language import say
from crowddesk.operations import launch, wire_work
from crowddesk.operations.overlap import Following
from crowddesk.operations.serving import Serving
from crowddesk.operations.wire_work import Hold, WireWork, said_by
from crowddesk.store import arrivals, changes, holding, ledger, loading, wire

logger = logging.getLogger(__name__)


class RunWork:
    """Looks after the runs of an account. `serving` is the task server, for vendors whose runs it shows."""

    def __init__(self, hold: Hold, sender: WireWork, serving: Serving | None = None) -> None:
        self._hold = hold
        self._wire = sender
        self._serving = serving
        self._served: tuple[int, ...] = ()
        self._serves: dict[int, bool] = {}
        #: When a run is polled next, by the clock that nobody sets; how often that failed in a row.
        self._next_poll: dict[int, float] = {}
        self._poll_failures: dict[int, int] = {}
        #: What is wrong with a run, until it is well again.
        self._ailing: dict[int, str] = {}
        self._lifetimes: dict[int, int | None] = {}
        #: When leftovers of a stopped run are looked for again.
        self._next_sweep: dict[int, float] = {}
        self._overlap = Following(hold.db)
        #: The database was restored and nobody has read so: nothing is begun that was not asked for.
        self._waits_for_reader = False

    @property
    def note(self) -> str:
        """What is wrong with one of the runs, or what they wait for; "" when they are well."""
        waits = ""
        if self._waits_for_reader:
            waits = say("the workspace was restored: nothing new is begun until somebody has read so")
        return next(iter(self._ailing.values()), waits)

    def waits(self, runs: Sequence[Any]) -> list[float]:
        """What may be waited, in seconds, before each of these runs is polled again."""
        clock = time.monotonic()
        return [max(0.0, self._next_poll.get(run["id"], 0.0) - clock) for run in runs]

    def serve(self, run_ids: Sequence[int]) -> None:
        """Puts these runs before people, and takes the others away, where that is ours to do."""
        if self._serving is None or not self._hold.vendor.SERVES_TASKS:
            return
        ours = tuple(run_id for run_id in run_ids if self._is_ours(run_id))
        if ours != self._served:
            self._serving.serve(self._hold.requester_id, ours)
            self._served = ours

    def _is_ours(self, run_id: int) -> bool:
        if run_id not in self._serves:
            self._serves[run_id] = self._hold.vendor.serves(TaskRun.get(self._hold.db, str(run_id)))
        return self._serves[run_id]

    def look_after_all(self, runs: Sequence[Any]) -> tuple[bool, list[Exception]]:
        """Looks after each run, whatever becomes of the others: whether there is more to do, the failures."""
        busy, failed = False, []
        with self._hold.db.read() as conn:
            self._waits_for_reader = holding.is_on_hold(conn)
        going = {run["id"] for run in runs}
        self._ailing = {run_id: said for run_id, said in self._ailing.items() if run_id in going}
        for run in runs:
            run_id: int = run["id"]
            try:
                busy = self._look_after(run) or busy
                if run_id not in self._poll_failures:
                    self._ailing.pop(run_id, None)
            except Exception as error:  # a vendor's code may raise anything
                if self._wire.on_the_wire or isinstance(error, WorkspaceError):
                    raise
                if self._ailing.get(run_id) != said_by(error):
                    logger.info("Run %s could not be looked after", run_id, exc_info=True)
                self._ailing[run_id] = said_by(error)
                failed.append(error)
        return busy, failed

    def _look_after(self, run: dict[str, Any] | Any) -> bool:
        """Launches, polls or closes one run; True when there may be more to do at once."""
        state: str = run["state"]
        busy = False
        if state == "launching" and not self._waits_for_reader:
            busy = self._launch(run)
        if state in ("launching", "live", "paused", "closing"):
            busy = self._poll(run) or busy
        if state in ("live", "paused") and not self._waits_for_reader:
            done = self._end_when_over(run) or self._ask_more(run) or self._sweep(run)
            busy = done or self._close_when_done(run) or busy
        return busy

    def _launch(self, run: Any) -> bool:
        served = None if self._serving is None else self._serving.url_of(run["id"])
        url = served or f"crowddesk://run/{run['id']}"
        self._wire.on_the_wire = True
        live = False
        with self._hold.db.write("lane") as w:
            claimed = wire.claim_launches(w, run["id"], self._hold.epoch, {"task_url": url})
            if not claimed and not ledger.open_actions(w.conn, run["id"], (ActionKind.LAUNCH,)):
                # A run that goes on after a pause keeps its first time: its lifetime counts from there.
                first = {} if run["launched_at"] else {"launched_at": w.at}
                live = changes.set_run_state(w, run["id"], ("launching",), "live", **first)
        if claimed:
            self._wire.send(claimed)
        self._wire.on_the_wire = False
        return bool(claimed) or live

    def _poll(self, run: Any) -> bool:
        """Fetches what happened at the vendor since the stored cursor, and stores it with the new one."""
        run_id: int = run["id"]
        clock = time.monotonic()
        if clock < self._next_poll.get(run_id, 0.0):
            return False
        times = self._poll_failures.get(run_id, 0)
        backoff = wire_work.BACKOFF[min(times, len(wire_work.BACKOFF) - 1)]
        self._next_poll[run_id] = clock + max(self._hold.vendor.POLL_SECONDS, backoff)
        self._poll_failures[run_id] = times + 1
        more = self.fetch(run_id) is not None
        del self._poll_failures[run_id]
        wait = self._hold.vendor.poll_after(str(run_id), more)
        self._next_poll[run_id] = (time.monotonic() if more else clock) + wait
        return False

    def fetch(self, run_id: int) -> str | None:
        """Stores what happened since the stored cursor; the new cursor, None where it has not moved.

        What cannot be stored raises VendorError, after the rest was; the cursor stays, so that nothing is
        lost.
        """
        run = TaskRun.get(self._hold.db, str(run_id))
        found = list(self._hold.vendor.sync_task_run(run))
        if not found:
            return None
        with self._hold.db.write("lane") as w:
            if wire.epoch_of(w.conn, self._hold.requester_id) != self._hold.epoch:
                return None  # the lane was taken over, and who has it asks for itself
            good, faults = arrivals.readable(w.conn, run_id, found)
            arrivals.apply(w, run_id, good, keep_cursor=bool(faults))
        if faults:
            raise VendorError(
                say(
                    "Not all that the vendor reports on run {run_id} can be stored: {fault}.",
                    run_id=run_id,
                    fault=faults[0],
                )
                if len(faults) == 1
                else say(
                    "Not all that the vendor reports on run {run_id} can be stored: {fault}, and "
                    "{more:,} more.",
                    run_id=run_id,
                    fault=faults[0],
                    more=len(faults) - 1,
                )
            )
        cursor = next((c.cursor for c in reversed(good) if c.cursor is not None), None)
        return None if cursor == run.sync_cursor else cursor

    def _end_when_over(self, run: Any) -> bool:
        """Takes down what nobody works on once the run's lifetime has passed."""
        if run["id"] not in self._lifetimes:
            args = TaskRun.get(self._hold.db, str(run["id"])).args
            self._lifetimes[run["id"]] = OmegaConf.select(args, "task.lifetime_in_seconds")
        lifetime = self._lifetimes[run["id"]]
        started = run["launched_at"]
        if lifetime is None or started is None or (now() - started).total_seconds() < lifetime:
            return False
        stopped = launch.stop_run(self._hold.db, run["id"]) > 0
        self._lifetimes[run["id"]] = None
        return stopped

    def _ask_more(self, run: Any) -> bool:
        """Asks for more answers where those that came disagree, before the run is closed for want of work."""
        return not run["stopping"] and self._overlap.look(run["id"])

    def _sweep(self, run: Any) -> bool:
        """Takes down what a worker left after the run was stopped.

        Where we hand out the units ourselves, also gold and screening units once the real work is done:
        they exist for its sake.
        """
        clock = time.monotonic()
        if clock < self._next_sweep.get(run["id"], 0.0):
            return False
        self._next_sweep[run["id"]] = clock + self._hold.vendor.POLL_SECONDS
        if run["stopping"]:
            return launch.take_down(self._hold.db, run["id"]) > 0
        if run["state"] == "live" and self._hold.vendor.SERVES_TASKS:
            with self._hold.db.read() as conn:
                left = loading.incomplete_by_kind(conn, run["id"])
            if left and not left.get("standard") and not left.get("compensation"):
                return launch.take_down(self._hold.db, run["id"]) > 0
        return False

    def _close_when_done(self, run: Any) -> bool:
        with self._hold.db.read() as conn:
            units = ledger.units_by_status(conn, run["id"])
        open_ones = AssignmentState.incomplete()
        if self._hold.vendor.DECIDES_ITSELF:
            open_ones = (*open_ones, AssignmentState.COMPLETED)
        if any(units.get(status) for status in open_ones):
            return False
        with self._hold.db.write("lane") as w:
            if changes.set_run_state(w, run["id"], ("live", "paused"), "closing"):
                ledger.stage(w, [clean_up_of(run)], state=ActionState.QUEUED)
        return True


def clean_up_of(run: Any) -> ledger.NewAction:
    """The action that takes down what surrounds a run."""
    return ledger.NewAction(
        requester_id=int(run["requester_id"]),
        kind=ActionKind.CLEAN_UP,
        target_type="task_run",
        target_id=int(run["id"]),
        currency=run["currency"],
        task_run_id=int(run["id"]),
    )
