"""What the lane of one requester does, step by step: perform, look up, launch, poll, close. Without Qt.

One object is used by one thread. Only the holder of the requester's lock works; the others wait and follow
the journal. Every step commits before the wire and after it, so that it may be ended by `kill -9` anywhere.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

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
    VendorError,
    WorkspaceError,
    now,
    storable,
)
from crowddesk.operations import launch, policy
from crowddesk.providers.base import CrowdProvider
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import arrivals, changes, ledger, loading
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
#: What only a fault of the provider's own program raises: asking again would end the same way.
_BUGS = (TypeError, AttributeError, LookupError, AssertionError, NotImplementedError)
_ANSWERS = (ActionState.DONE, ActionState.REFUSED, ActionState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Step:
    """What one step did: `state` is `idle`, `working`, `waiting`, `offline` or `elsewhere`.

    `wait` is how long, in seconds, the lane may sleep unless it is woken.
    """

    state: str
    wait: float
    note: str = ""


class Serving(Protocol):
    """What a lane asks of the task server, which puts runs before people; from the lane's thread."""

    def serve(self, requester_id: int, run_ids: Collection[int]) -> None:
        """Keeps exactly these runs of an account before people."""

    def url_of(self, run_id: int) -> str | None:
        """The link of a run for its workers; None while it is not served."""


class LaneWork:
    """The work of one requester's lane. Make it, call `step()` until told to stop, then `stop()`.

    `serving` is the task server, for vendors whose runs it puts before people.
    """

    def __init__(self, db: CrowdDatabase, requester_id: int, serving: Serving | None = None) -> None:
        self._db = db
        self._serving = serving
        self._served: tuple[int, ...] = ()
        self.requester_id = requester_id
        self.name = f"requester {requester_id}"
        self._lock = RequesterLock(db, requester_id)
        self._provider: CrowdProvider | None = None
        self._epoch = 0
        self._failures = 0
        #: When a run is polled next, by the clock that nobody sets; how often that failed in a row.
        self._next_poll: dict[int, float] = {}
        self._poll_failures: dict[int, int] = {}
        #: What is wrong with a run, until it is well again.
        self._ailing: dict[int, str] = {}
        self._lifetimes: dict[int, int | None] = {}
        #: When leftovers of a stopped run are looked for again.
        self._next_sweep: dict[int, float] = {}
        #: What the vendor answered, until it is stored.
        self._unstored: dict[int, Outcome] = {}
        #: Between a claim and the commit of what came of it.
        self._on_the_wire = False
        #: How often the look-up of an action ended in a fault of the provider's own program.
        self._puzzled: dict[str, int] = {}

    # ------------------------------------------------------------------------------------- one step

    def step(self) -> Step:
        """Does the most urgent thing there is; never raises but for a program that is broken."""
        try:
            if not self._lock.held and not self._take_over():
                return Step("elsewhere", _LOCK_WAIT, "another CrowdDesk works for this account")
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
            return Step("elsewhere", _LOCK_WAIT, "another CrowdDesk works for this account")
        with self._db.read() as conn:
            runs = ledger.active_runs(conn, self.requester_id)
        failure: Exception | None = None
        for run in runs:
            try:
                cursors: set[str] = set()
                while (cursor := self._fetch(run["id"])) is not None and cursor not in cursors:
                    cursors.add(cursor)
            except Exception as error:  # a vendor's code may raise anything; the other runs are asked for too
                failure = failure or error
        if failure is not None:
            raise failure
        return Step("idle", _IDLE_WAIT)

    def stop(self) -> None:
        """Gives the lock back. Call it from the lane's thread, after the last step."""
        self._serve(())
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
        with self._db.write("lane") as w:
            self._epoch = ledger.take_over(w, self.requester_id, self._lag)
        self._unstored, self._on_the_wire = {}, False

    @property
    def _vendor(self) -> CrowdProvider:
        assert self._provider is not None
        return self._provider

    @property
    def _lag(self) -> timedelta:
        return timedelta(seconds=self._vendor.LOOK_UP_SECONDS)

    def _trouble(self, error: Exception) -> Step:
        self._failures += 1
        wait = _BACKOFF[min(self._failures, len(_BACKOFF)) - 1]
        note = _said(error)
        logger.info("The lane of %s waits %s s: %s", self.name, wait, note, exc_info=True)
        return Step("offline", wait, note)

    def _work(self) -> Step:
        with self._db.read() as conn:
            epoch = ledger.epoch_of(conn, self.requester_id)
        if epoch != self._epoch:
            # The lock was lost without a word (a PostgreSQL session that died): start over.
            self._serve(())
            self._lock.release()
            return Step("elsewhere", _LOCK_WAIT, "another CrowdDesk works for this account")
        if self._on_the_wire:
            self._recover()
        if self._look_up() or self._perform():
            return Step("working", 0.0)
        with self._db.read() as conn:
            runs = ledger.active_runs(conn, self.requester_id)
        self._serve(tuple(run["id"] for run in runs))
        busy, failed = self._look_after_all(runs)
        if failed and len(failed) == len(runs):
            raise failed[0]
        note = next(iter(self._ailing.values()), "")
        if busy:
            return Step("working", 0.0, note)
        clock = time.monotonic()
        waiting = [max(0.0, self._next_poll.get(run["id"], 0.0) - clock) for run in runs]
        with self._db.read() as conn:
            due = ledger.next_due(conn, self.requester_id)
        if due is not None:
            waiting.append(max(0.0, (due - now()).total_seconds()))
        wait = min([_IDLE_WAIT, *waiting])
        return Step("working" if any(r["state"] == "live" for r in runs) else "idle", wait, note)

    # ---------------------------------------------------------------------------------------- actions

    def _perform(self) -> bool:
        """Sends the next due batch: one commit, one wire attempt, one commit."""
        self._on_the_wire = True
        with self._db.write("lane") as w:
            claimed = ledger.claim(w, self.requester_id, self._epoch)
        if claimed:
            self._send(claimed)
        self._on_the_wire = False
        return bool(claimed)

    def _send(self, claimed: Sequence[tuple[int, Action]]) -> None:
        actions = [action for _, action in claimed]
        barred = policy.recheck(self._db, actions)
        free = [a for a in actions if a.id not in barred]
        try:
            answers = [_understood(answer) for answer in self._vendor.perform(free)] if free else []
        except Exception as error:  # the whole call failed: what happened to each is unknown
            logger.info("A call of %s ended in doubt", self.name, exc_info=True)
            answers = [Outcome.unknown(_said(error))] * len(free)
        if len(answers) != len(free):
            answers = [Outcome.unknown("The provider did not answer for each action.")] * len(free)
        outcomes = dict(zip((a.id for a in free), answers, strict=True)) | {
            key: Outcome.refused(reason) for key, reason in barred.items()
        }
        self._unstored = {i: outcomes[a.id] for i, a in claimed}
        with self._db.write("lane") as w:
            self._store(w, self._unstored)
        self._unstored = {}

    def _store(self, w: Write, outcomes: Mapping[int, Outcome]) -> None:
        stored = ledger.settle(w, outcomes, seen=(ActionState.SENDING,), epoch=self._epoch)
        doubtful = [i for i in stored if outcomes[i].state == ActionState.UNKNOWN]
        if doubtful:
            ledger.postpone(w, doubtful, w.at + self._lag)

    def _recover(self) -> None:
        """After a failure: stores the answers that could not be stored; a call without one is in doubt."""
        with self._db.write("lane") as w:
            if ledger.epoch_of(w.conn, self.requester_id) == self._epoch:
                self._store(w, self._unstored)
                ledger.doubt(w, self.requester_id, "The vendor's answer could not be stored.", self._lag)
        self._unstored, self._on_the_wire = {}, False

    def _look_up(self) -> bool:
        """Asks the vendor about actions in doubt; only what surely did not happen goes out again."""
        with self._db.read() as conn:
            doubtful = ledger.unknown(conn, self.requester_id, now())
        if not doubtful:
            return False
        actions = [action for _, action in doubtful]
        failure: Exception | None = None
        found: Sequence[str | None]
        try:
            found = self._ask(actions)
        except Exception as error:  # nobody can be asked now, or one of them cannot be asked about
            failure = error
            found = self._ask_one_by_one(actions, error)
        silent = [i for (i, _), answer in zip(doubtful, found, strict=True) if answer is None]
        with self._db.write("lane") as w:
            self._record_found(w, doubtful, found)
            if silent:
                wait = _BACKOFF[min(self._failures, len(_BACKOFF) - 1)]
                ledger.postpone(w, silent, w.at + timedelta(seconds=wait))
        if failure is not None and len(silent) == len(doubtful):
            raise failure
        return True

    def _ask(self, actions: Sequence[Action]) -> list[str]:
        found = list(self._vendor.look_up(actions))
        if len(found) != len(actions):
            raise VendorError("The provider did not answer for each action that it was to look up.")
        return found

    def _ask_one_by_one(self, actions: Sequence[Action], failure: Exception) -> list[str | None]:
        """The answers that there are; None: to be asked again later, when the vendor can be reached.

        Two that it does not answer for are enough. Where only the provider's own program fails, again and
        again, nobody can tell.
        """
        found: list[str | None] = []
        unreached = 0
        for action in actions:
            answer: str | None = None
            if unreached < 2:
                try:
                    if len(actions) == 1:
                        raise failure
                    answer = self._ask([action])[0]
                except _BUGS:
                    times = self._puzzled[action.id] = self._puzzled.get(action.id, 0) + 1
                    answer = Found.CANNOT_TELL if times >= _MOST_ATTEMPTS else None
                except Exception:  # a vendor's code may raise anything
                    unreached += 1
            found.append(answer)
        return found

    def _record_found(
        self, w: Write, doubtful: Sequence[tuple[int, Action]], found: Sequence[str | None]
    ) -> None:
        again, done, ask = [], {}, {}
        for (action_id, action), answer in zip(doubtful, found, strict=True):
            if answer is None:
                continue
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
        ledger.settle(w, done, seen=(ActionState.UNKNOWN,), epoch=self._epoch)
        ledger.requeue(w, again, epoch=self._epoch)
        ledger.ask_person(w, ask, epoch=self._epoch)

    # ------------------------------------------------------------------------------------------- runs

    def _serve(self, run_ids: tuple[int, ...]) -> None:
        """Puts these runs before people, and takes the others away, where that is ours to do."""
        if self._serving is not None and run_ids != self._served and self._vendor.SERVES_TASKS:
            self._serving.serve(self.requester_id, run_ids)
            self._served = run_ids

    def _look_after_all(self, runs: Sequence[Any]) -> tuple[bool, list[Exception]]:
        """Looks after each run, whatever becomes of the others: whether there is more to do, the failures."""
        busy, failed = False, []
        going = {run["id"] for run in runs}
        self._ailing = {run_id: said for run_id, said in self._ailing.items() if run_id in going}
        for run in runs:
            run_id: int = run["id"]
            try:
                busy = self._look_after(run) or busy
                if run_id not in self._poll_failures:
                    self._ailing.pop(run_id, None)
            except Exception as error:  # a vendor's code may raise anything
                if self._on_the_wire or isinstance(error, WorkspaceError):
                    raise
                if self._ailing.get(run_id) != _said(error):
                    logger.info("Run %s could not be looked after", run_id, exc_info=True)
                self._ailing[run_id] = _said(error)
                failed.append(error)
        return busy, failed

    def _look_after(self, run: dict[str, Any] | Any) -> bool:
        """Launches, polls or closes one run; True when there may be more to do at once."""
        state: str = run["state"]
        busy = False
        if state == "launching":
            busy = self._launch(run)
        if state in ("launching", "live", "paused", "closing"):
            busy = self._poll(run) or busy
        if state in ("live", "paused"):
            busy = self._end_when_over(run) or self._sweep(run) or self._close_when_done(run) or busy
        return busy

    def _launch(self, run: Any) -> bool:
        served = None if self._serving is None else self._serving.url_of(run["id"])
        url = served or f"crowddesk://run/{run['id']}"
        self._on_the_wire = True
        live = False
        with self._db.write("lane") as w:
            claimed = ledger.claim_launches(w, run["id"], self._epoch, {"task_url": url})
            if not claimed and not ledger.open_actions(w.conn, run["id"], (ActionKind.LAUNCH,)):
                # A run that goes on after a pause keeps its first time: its lifetime counts from there.
                first = {} if run["launched_at"] else {"launched_at": w.at}
                live = changes.set_run_state(w, run["id"], ("launching",), "live", **first)
        if claimed:
            self._send(claimed)
        self._on_the_wire = False
        return bool(claimed) or live

    def _poll(self, run: Any) -> bool:
        """Fetches what happened at the vendor since the stored cursor, and stores it with the new one."""
        run_id: int = run["id"]
        clock = time.monotonic()
        if clock < self._next_poll.get(run_id, 0.0):
            return False
        times = self._poll_failures.get(run_id, 0)
        backoff = _BACKOFF[min(times, len(_BACKOFF) - 1)]
        self._next_poll[run_id] = clock + max(self._vendor.POLL_SECONDS, backoff)
        self._poll_failures[run_id] = times + 1
        more = self._fetch(run_id) is not None
        del self._poll_failures[run_id]
        wait = min(0.05, self._vendor.POLL_SECONDS) if more else self._vendor.POLL_SECONDS
        self._next_poll[run_id] = (time.monotonic() if more else clock) + wait
        return False

    def _fetch(self, run_id: int) -> str | None:
        """Stores what happened since the stored cursor; the new cursor, None where it has not moved.

        What cannot be stored raises VendorError, after the rest was; the cursor stays, so that nothing is
        lost.
        """
        run = TaskRun.get(self._db, str(run_id))
        found = list(self._vendor.sync_task_run(run))
        if not found:
            return None
        with self._db.write("lane") as w:
            if ledger.epoch_of(w.conn, self.requester_id) != self._epoch:
                return None  # the lane was taken over, and who has it asks for itself
            good, faults = arrivals.readable(w.conn, run_id, found)
            arrivals.apply(w, run_id, good, keep_cursor=bool(faults))
        if faults:
            more = f", and {len(faults) - 1:,} more" if len(faults) > 1 else ""
            raise VendorError(
                f"Not all that the vendor reports on run {run_id} can be stored: {faults[0]}{more}."
            )
        cursor = next((c.cursor for c in reversed(good) if c.cursor is not None), None)
        return None if cursor == run.sync_cursor else cursor

    def _end_when_over(self, run: Any) -> bool:
        """Takes down what nobody works on once the run's lifetime has passed."""
        if run["id"] not in self._lifetimes:
            args = TaskRun.get(self._db, str(run["id"])).args
            self._lifetimes[run["id"]] = OmegaConf.select(args, "task.lifetime_in_seconds")
        lifetime = self._lifetimes[run["id"]]
        started = run["launched_at"]
        if lifetime is None or started is None or (now() - started).total_seconds() < lifetime:
            return False
        stopped = launch.stop_run(self._db, run["id"]) > 0
        self._lifetimes[run["id"]] = None
        return stopped

    def _sweep(self, run: Any) -> bool:
        """Takes down what a worker left after the run was stopped.

        Where we hand out the units ourselves, also gold and screening units once the real work is done:
        they exist for its sake.
        """
        clock = time.monotonic()
        if clock < self._next_sweep.get(run["id"], 0.0):
            return False
        self._next_sweep[run["id"]] = clock + self._vendor.POLL_SECONDS
        if run["stopping"]:
            return launch.take_down(self._db, run["id"]) > 0
        if run["state"] == "live" and self._vendor.SERVES_TASKS:
            with self._db.read() as conn:
                left = loading.incomplete_by_kind(conn, run["id"])
            if left and not left.get("standard") and not left.get("compensation"):
                return launch.take_down(self._db, run["id"]) > 0
        return False

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


def _understood(answer: Any) -> Outcome:
    """What a provider said of one action; what is none of the three answers leaves it in doubt."""
    if not isinstance(answer, Outcome) or answer.state not in _ANSWERS:
        return Outcome.unknown(f"The provider gave no outcome, but {storable(repr(answer))[:200]}.")
    try:
        evidence = json.loads(json.dumps(answer.evidence, default=str))
    except (TypeError, ValueError, RecursionError):
        evidence = {"unreadable": storable(repr(answer.evidence))[:200]}
    status = None if answer.vendor_status is None else storable(str(answer.vendor_status))
    return Outcome(answer.state, storable(str(answer.reason)), status, evidence)


def _said(error: Exception) -> str:
    """What a failure says, for a person."""
    return storable(str(error) if isinstance(error, CrowdDeskError) else f"{type(error).__name__}: {error}")
