"""The vendor calls of one account: sent batch by batch, stored, and looked up where the answer was lost.

Every step commits before the wire and after it, so that it may be ended by `kill -9` anywhere. One object is
used by one thread, the one that holds the account's lock.
"""

from __future__ import annotations

import dataclasses
import json
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import (
    Action,
    ActionKind,
    ActionState,
    CrowdDeskError,
    Found,
    Outcome,
    VendorError,
    now,
    storable,
)
from crowddesk.language import say
from crowddesk.operations import policy
from crowddesk.operations.serving import Serving
from crowddesk.providers.base import CrowdProvider
from crowddesk.store import holding, wire
from crowddesk.store.transaction import Write

logger = logging.getLogger(__name__)

#: An action that was lost this often waits for a person.
_MOST_ATTEMPTS = 5
#: What waits after a vendor could not be reached, in seconds, growing to the last.
BACKOFF = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0)
#: What a vendor works on is asked about again after a part of the time that it has had, in seconds at most.
_LONGEST_WAIT = 30.0
#: A set-up that needs the run's link waits so long for the task server, in seconds.
_ADDRESS_WAIT = 0.5
#: What only a fault of the provider's own program raises: asking again would end the same way.
_BUGS = (TypeError, AttributeError, LookupError, AssertionError, NotImplementedError)
_ANSWERS = (ActionState.DONE, ActionState.REFUSED, ActionState.UNKNOWN, ActionState.QUEUED)


@dataclass(frozen=True, slots=True)
class Hold:
    """What a lane has while it holds its account's lock. `epoch` is compared by every write."""

    db: CrowdDatabase
    requester_id: int
    name: str
    vendor: CrowdProvider
    epoch: int

    @property
    def lag(self) -> timedelta:
        """How long the vendor may take to show what was done."""
        return timedelta(seconds=self.vendor.LOOK_UP_SECONDS)


class WireWork:
    """Sends what is due, and finds out what became of what was lost.

    `serving` says the links of runs whose set-up needs one.
    """

    def __init__(self, hold: Hold, serving: Serving | None = None) -> None:
        self._hold = hold
        self._serving = serving
        #: Between a claim and the commit of what came of it.
        self.on_the_wire = False
        #: How often in a row the account's vendor could not be reached.
        self.failures = 0
        #: What the vendor answered, until it is stored.
        self._unstored: dict[int, Outcome] = {}
        #: How often an action was sent from here and had not happened; that a program died is nobody's no.
        self._lost: Counter[str] = Counter()
        #: How often the look-up of an action ended in a fault of the provider's own program.
        self._puzzled: dict[str, int] = {}

    def perform(self) -> bool:
        """Sends the next due batch: one commit, one wire attempt, one commit."""
        self.on_the_wire = True
        with self._hold.db.write("lane") as w:
            claimed = wire.claim(w, self._hold.requester_id, self._hold.epoch)
        if claimed:
            self.send(claimed)
        self.on_the_wire = False
        return bool(claimed)

    def send(self, claimed: Sequence[tuple[int, Action]]) -> None:
        actions = [action for _, action in claimed]
        held = self._barred(actions)
        free = [self._addressed(a) for a in actions if a.id not in held]
        try:
            answers = [_understood(answer) for answer in self._hold.vendor.perform(free)] if free else []
        except Exception as error:  # the whole call failed: what happened to each is unknown
            logger.info("A call of %s ended in doubt", self._hold.name, exc_info=True)
            answers = [Outcome.unknown(said_by(error))] * len(free)
        if len(answers) != len(free):
            answers = [Outcome.unknown(say("The provider did not answer for each action."))] * len(free)
        outcomes = dict(zip((a.id for a in free), answers, strict=True)) | held
        self._unstored = {i: outcomes[a.id] for i, a in claimed}
        with self._hold.db.write("lane") as w:
            self._store(w, self._unstored)
        self._unstored = {}

    def _store(self, w: Write, outcomes: Mapping[int, Outcome]) -> None:
        later = {i: outcome for i, outcome in outcomes.items() if outcome.state == ActionState.QUEUED}
        wire.put_back(w, later, epoch=self._hold.epoch)
        answered = {i: outcome for i, outcome in outcomes.items() if i not in later}
        stored = wire.settle(w, answered, seen=(ActionState.SENDING,), epoch=self._hold.epoch)
        doubtful = [i for i in stored if outcomes[i].state == ActionState.UNKNOWN]
        if doubtful:
            wire.postpone(w, doubtful, w.at + self._hold.lag)

    def recover(self) -> None:
        """After a failure: stores the answers that could not be stored; a call without one is in doubt."""
        with self._hold.db.write("lane") as w:
            if wire.epoch_of(w.conn, self._hold.requester_id) == self._hold.epoch:
                self._store(w, self._unstored)
                wire.doubt(
                    w,
                    self._hold.requester_id,
                    say("The vendor's answer could not be stored."),
                    self._hold.lag,
                )
        self._unstored, self.on_the_wire = {}, False

    def look_up(self) -> bool:
        """Asks the vendor about actions in doubt; only what surely did not happen goes out again."""
        with self._hold.db.read() as conn:
            doubtful = wire.unknown(conn, self._hold.requester_id, now())
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
        evidence = self._evidence_of(actions, found)
        with self._hold.db.write("lane") as w:
            self._record_found(w, doubtful, found, evidence)
            if silent:
                wait = BACKOFF[min(self.failures, len(BACKOFF) - 1)]
                wire.postpone(w, silent, w.at + timedelta(seconds=wait))
        if failure is not None and len(silent) == len(doubtful):
            raise failure
        return True

    def _ask(self, actions: Sequence[Action]) -> list[str]:
        found = list(self._hold.vendor.look_up(actions))
        if len(found) != len(actions):
            raise VendorError(say("The provider did not answer for each action that it was to look up."))
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
        self,
        w: Write,
        doubtful: Sequence[tuple[int, Action]],
        found: Sequence[str | None],
        evidence: Mapping[str, Mapping[str, Any]],
    ) -> None:
        again, done, ask = [], {}, {}
        waiting: dict[int, datetime] = {}
        unsent: dict[int, Outcome] = {}
        held = holding.held_since(w.conn, [action_id for action_id, _ in doubtful])
        free: list[int] = []
        for (action_id, action), answer in zip(doubtful, found, strict=True):
            if answer is None:
                continue
            if action_id in held and answer not in (Found.HAPPENED, Found.NOT_YET):
                # What left before the restored database was looked at anew is in none of its notes.
                if answer == Found.CANNOT_TELL or action.kind in ActionKind.UNREPEATABLE:
                    ask[action_id] = holding.sentence(held[action_id])
                else:
                    free.append(action_id)
                continue
            if answer == Found.NOT_SENT:
                unsent[action_id] = Outcome.later(say("It had not left when the program ended."), 0.0)
                continue
            if answer == Found.NOT_YET:
                waiting[action_id] = w.at + self._patience(action)
                continue
            if answer == Found.HAPPENED:
                done[action_id] = Outcome.done(looked_up=True)
            elif answer == Found.DID_NOT and self._lost[action.id] + 1 < _MOST_ATTEMPTS:
                self._lost[action.id] += 1
                again.append(action_id)
            elif answer == Found.DID_NOT:
                ask[action_id] = say(
                    "Sent {attempt} times, and the vendor never took it.", attempt=action.attempt
                )
            else:
                ask[action_id] = say(
                    "It was sent once, no answer came, and the vendor cannot say whether it happened. "
                    "Look at the vendor's own page, then decide."
                )
        wire.settle(w, done, seen=(ActionState.UNKNOWN,), epoch=self._hold.epoch)
        wire.requeue(w, again, epoch=self._hold.epoch)
        wire.put_back(w, unsent, seen=(ActionState.UNKNOWN,), epoch=self._hold.epoch)
        holding.give_back(w, free, epoch=self._hold.epoch)
        known = {i: evidence[action.id] for i, action in doubtful if i in ask and action.id in evidence}
        wire.ask_person(w, ask, known, epoch=self._hold.epoch)
        for action_id, until in waiting.items():
            wire.postpone(w, [action_id], until)

    def _barred(self, actions: Sequence[Action]) -> dict[str, Outcome]:
        """What may not leave now: rejections against the rules, a set-up whose link is not known yet."""
        held = {
            key: Outcome.refused(reason) for key, reason in policy.recheck(self._hold.db, actions).items()
        }
        for action in actions:
            if action.kind == ActionKind.SET_UP and self._lacks_address(action):
                held[action.id] = Outcome.later(say("The task server does not listen yet."), _ADDRESS_WAIT)
        return held

    def _lacks_address(self, action: Action) -> bool:
        run = TaskRun.get(self._hold.db, action.target_id)
        return self._hold.vendor.needs_address(run) and not self._address_of(action)

    def _address_of(self, action: Action) -> str:
        return (self._serving.url_of(int(action.target_id)) or "") if self._serving is not None else ""

    def _addressed(self, action: Action) -> Action:
        """A set-up with the link of its run, where our task server has one."""
        url = self._address_of(action) if action.kind == ActionKind.SET_UP else ""
        return dataclasses.replace(action, payload={**action.payload, "server_url": url}) if url else action

    def _patience(self, action: Action) -> timedelta:
        """How long to wait before a vendor is asked again about what it works on."""
        had = (now() - action.started_at).total_seconds() if action.started_at is not None else 0.0
        return max(self._hold.lag, timedelta(seconds=min(_LONGEST_WAIT, had / 4)))

    def _evidence_of(
        self, actions: Sequence[Action], found: Sequence[str | None]
    ) -> dict[str, Mapping[str, Any]]:
        """What a person needs to know who is to decide what nobody can look up."""
        puzzling = [a for a, answer in zip(actions, found, strict=True) if answer == Found.CANNOT_TELL]
        if not puzzling:
            return {}
        try:
            told = [dict(evidence) for evidence in self._hold.vendor.evidence_of(puzzling)]
        except Exception:  # a vendor's code may raise anything, and the question stands without it
            logger.info("The evidence on %d actions could not be gathered", len(puzzling), exc_info=True)
            return {}
        return {a.id: evidence for a, evidence in zip(puzzling, told, strict=False)}


def _understood(answer: Any) -> Outcome:
    """What a provider said of one action; what is none of the three answers leaves it in doubt."""
    if not isinstance(answer, Outcome) or answer.state not in _ANSWERS:
        return Outcome.unknown(
            say("The provider gave no outcome, but {answer}.", answer=storable(repr(answer))[:200])
        )
    try:
        evidence = json.loads(json.dumps(answer.evidence, default=str))
    except (TypeError, ValueError, RecursionError):
        evidence = {"unreadable": storable(repr(answer.evidence))[:200]}
    status = None if answer.vendor_status is None else storable(str(answer.vendor_status))
    return Outcome(answer.state, storable(str(answer.reason)), status, evidence)


def said_by(error: Exception) -> str:
    """What a failure says, for a person."""
    return storable(str(error) if isinstance(error, CrowdDeskError) else f"{type(error).__name__}: {error}")
