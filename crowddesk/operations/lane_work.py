"""What the lane of one requester does, step by step: perform, look up, launch, poll, close. Without Qt.

One object is used by one thread. Only the holder of the requester's lock works; the others wait and follow
the journal. Every step commits before the wire and after it, so that it may be ended by `kill -9` anywhere.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from omegaconf import OmegaConf

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import (
    Action,
    ActionKind,
    ActionState,
    AssignmentState,
    CrowdDeskError,
    Found,
    Outcome,
    WorkspaceError,
    now,
)
from crowddesk.operations import launch, policy
from crowddesk.providers.base import CrowdProvider
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import arrivals, changes, ledger
from crowddesk.store.locks import RequesterLock
from crowddesk.store.transaction import Write

logger = logging.getLogger(__name__)

#: An action that was lost this often waits for a person.
_MOST_ATTEMPTS = 5
#: What a lane waits after a vendor could not be reached, in seconds, growing to the last.
_BACKOFF = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0)
#: What a lane waits for the lock that another process holds, and at most before it looks again, in seconds.
_LOCK_WAIT = 0.5
_IDLE_WAIT = 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did: `state` is `idle`, `working`, `waiting`, `offline` or `elsewhere`.

    `wait` is how long, in seconds, the lane may sleep unless it is woken.
    """

    state: str
    wait: float
    note: str = ""


class LaneWork:
    """The work of one requester's lane. Make it, call `step()` until told to stop, then `stop()`."""

    def __init__(self, db: CrowdDatabase, requester_id: int) -> None:
        self._db = db
        self.requester_id = requester_id
        self.name = f"requester {requester_id}"
        self._lock = RequesterLock(db, requester_id)
        self._provider: CrowdProvider | None = None
        self._epoch = 0
        self._failures = 0
        self._next_poll: dict[int, float] = {}
        self._lifetimes: dict[int, int | None] = {}

    # ------------------------------------------------------------------------------------- one step

    def step(self) -> Step:
        """Does the most urgent thing there is; never raises but for a program that is broken."""
        try:
            if not self._lock.held and not self._take_over():
                return Step("elsewhere", _LOCK_WAIT, "another CrowdDesk works for this account")
            done = self._work()
            self._failures = 0
            return done
        except WorkspaceError as error:
            return self._trouble(error)
        except Exception as error:  # a vendor's code may raise anything, and the lane must live
            return self._trouble(error)

    def sync(self) -> Step:
        """Fetches all that has happened at the vendor, sends nothing; for whoever has no lane running.

        Raises what the vendor raises. Where another process has the lock, that one keeps up to date.
        """
        if not self._lock.held and not self._take_over():
            return Step("elsewhere", _LOCK_WAIT, "another CrowdDesk works for this account")
        with self._db.read() as conn:
            runs = ledger.active_runs(conn, self.requester_id)
        for run in runs:
            while self._fetch(run["id"]):
                pass
        return Step("idle", _IDLE_WAIT)

    def stop(self) -> None:
        """Gives the lock back. Call it from the lane's thread, after the last step."""
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
        self._provider = get_crowd_provider_from_type(row["provider_type"])(self._db)
        lag = timedelta(seconds=self._vendor.LOOK_UP_SECONDS)
        with self._db.write("lane") as w:
            self._epoch = ledger.take_over(w, self.requester_id, lag)

    @property
    def _vendor(self) -> CrowdProvider:
        assert self._provider is not None
        return self._provider

    def _trouble(self, error: Exception) -> Step:
        self._failures += 1
        wait = _BACKOFF[min(self._failures, len(_BACKOFF)) - 1]
        note = str(error) if isinstance(error, CrowdDeskError) else f"{type(error).__name__}: {error}"
        logger.info("The lane of %s waits %s s: %s", self.name, wait, note, exc_info=True)
        return Step("offline", wait, note)

    def _work(self) -> Step:
        with self._db.read() as conn:
            epoch = ledger.epoch_of(conn, self.requester_id)
        if epoch != self._epoch:
            # The lock was lost without a word (a PostgreSQL session that died): start over.
            self._lock.release()
            return Step("elsewhere", _LOCK_WAIT, "another CrowdDesk works for this account")
        if self._look_up() or self._perform():
            return Step("working", 0.0)
        with self._db.read() as conn:
            runs = ledger.active_runs(conn, self.requester_id)
        worked = [self._look_after(run) for run in runs]
        if any(worked):
            return Step("working", 0.0)
        clock = now().timestamp()
        waiting = [max(0.0, self._next_poll.get(run["id"], 0.0) - clock) for run in runs]
        with self._db.read() as conn:
            due = ledger.next_due(conn, self.requester_id)
        if due is not None:
            waiting.append(max(0.0, (due - now()).total_seconds()))
        wait = min([_IDLE_WAIT, *waiting])
        return Step("working" if any(r["state"] == "live" for r in runs) else "idle", wait)

    # ---------------------------------------------------------------------------------------- actions

    def _perform(self) -> bool:
        """Sends the next due batch: one commit, one wire attempt, one commit."""
        with self._db.write("lane") as w:
            claimed = ledger.claim(w, self.requester_id, self._epoch)
        if not claimed:
            return False
        self._send(claimed)
        return True

    def _send(self, claimed: Sequence[tuple[int, Action]]) -> None:
        actions = [action for _, action in claimed]
        barred = policy.recheck(self._db, actions)
        free = [a for a in actions if a.id not in barred]
        try:
            answers = self._vendor.perform(free) if free else []
        except Exception as error:  # the whole call failed: what happened to each is unknown
            logger.info("A call of %s ended in doubt", self.name, exc_info=True)
            answers = [Outcome.unknown(f"{type(error).__name__}: {error}")] * len(free)
        if len(answers) != len(free):
            answers = [Outcome.unknown("The provider did not answer for each action.")] * len(free)
        outcomes = dict(zip((a.id for a in free), answers, strict=True)) | {
            key: Outcome.refused(reason) for key, reason in barred.items()
        }
        lag = timedelta(seconds=self._vendor.LOOK_UP_SECONDS)
        with self._db.write("lane") as w:
            ledger.settle(w, {i: outcomes[a.id] for i, a in claimed}, seen=(ActionState.SENDING,))
            doubtful = [i for i, a in claimed if outcomes[a.id].state == ActionState.UNKNOWN]
            if doubtful:
                ledger.postpone(w, doubtful, w.at + lag)

    def _look_up(self) -> bool:
        """Asks the vendor about actions in doubt; only what surely did not happen goes out again."""
        with self._db.read() as conn:
            doubtful = ledger.unknown(conn, self.requester_id, now())
        if not doubtful:
            return False
        try:
            found = self._vendor.look_up([action for _, action in doubtful])
        except Exception:
            with self._db.write("lane") as w:
                wait = _BACKOFF[min(self._failures, len(_BACKOFF) - 1)]
                ledger.postpone(w, [i for i, _ in doubtful], w.at + timedelta(seconds=wait))
            raise
        with self._db.write("lane") as w:
            self._record_found(w, doubtful, found)
        return True

    def _record_found(self, w: Write, doubtful: Sequence[tuple[int, Action]], found: Sequence[str]) -> None:
        again, done, ask = [], {}, {}
        for (action_id, action), answer in zip(doubtful, found, strict=True):
            if answer == Found.HAPPENED:
                done[action_id] = Outcome.done(looked_up=True)
            elif answer == Found.DID_NOT and action.attempt < _MOST_ATTEMPTS:
                again.append(action_id)
            elif answer == Found.DID_NOT:
                ask[action_id] = f"Sent {action.attempt} times, and the vendor never took it."
            else:
                ask[action_id] = (
                    "It was sent once, no answer came, and the vendor cannot say whether it happened. "
                    "Look at the vendor's own page, then decide."
                )
        ledger.settle(w, done, seen=(ActionState.UNKNOWN,))
        ledger.requeue(w, again)
        ledger.ask_person(w, ask)

    # ------------------------------------------------------------------------------------------- runs

    def _look_after(self, run: dict[str, Any] | Any) -> bool:
        """Launches, polls or closes one run; True when there may be more to do at once."""
        state: str = run["state"]
        busy = False
        if state == "launching":
            busy = self._launch(run)
        if state in ("launching", "live", "paused", "closing"):
            busy = self._poll(run) or busy
        if state in ("live", "paused"):
            busy = self._end_when_over(run) or self._close_when_done(run) or busy
        return busy

    def _launch(self, run: Any) -> bool:
        url = f"crowddesk://run/{run['id']}"
        with self._db.write("lane") as w:
            claimed = ledger.claim_launches(w, run["id"], self._epoch, {"task_url": url})
            if not claimed and not ledger.open_actions(w.conn, run["id"], (ActionKind.LAUNCH,)):
                changes.set_run_state(w, run["id"], ("launching",), "live", launched_at=w.at)
                return True
        if claimed:
            self._send(claimed)
        return bool(claimed)

    def _poll(self, run: Any) -> bool:
        """Fetches what happened at the vendor since the stored cursor, and stores it with the new one."""
        run_id: int = run["id"]
        clock = now().timestamp()
        if clock < self._next_poll.get(run_id, 0.0):
            return False
        self._next_poll[run_id] = clock + self._vendor.POLL_SECONDS
        if self._fetch(run_id):
            self._next_poll[run_id] = now().timestamp() + min(0.05, self._vendor.POLL_SECONDS)
        return False

    def _fetch(self, run_id: int) -> int:
        """Stores what happened since the stored cursor; returns how much there was."""
        found = self._vendor.sync_task_run(TaskRun.get(self._db, str(run_id)))
        if found:
            with self._db.write("lane") as w:
                arrivals.apply(w, run_id, found)
        return len(found)

    def _end_when_over(self, run: Any) -> bool:
        """Takes down what nobody works on once the run's lifetime has passed."""
        if run["id"] not in self._lifetimes:
            args = TaskRun.get(self._db, str(run["id"])).args
            self._lifetimes[run["id"]] = OmegaConf.select(args, "task.lifetime_in_seconds")
        lifetime = self._lifetimes[run["id"]]
        started = run["launched_at"]
        if lifetime is None or started is None or (now() - started).total_seconds() < lifetime:
            return False
        self._lifetimes[run["id"]] = None
        return launch.stop_run(self._db, run["id"]) > 0

    def _close_when_done(self, run: Any) -> bool:
        with self._db.read() as conn:
            units = ledger.units_by_status(conn, run["id"])
        if any(units.get(status) for status in AssignmentState.incomplete()):
            return False
        with self._db.write("lane") as w:
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
