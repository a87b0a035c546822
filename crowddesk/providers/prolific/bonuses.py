"""Bonuses that are paid once: the recipe for a vendor whose `pay` pays again each time it is called.

Prolific's facts: setting bonuses up pays nothing and may be lost for free; `pay` with the same id pays
everyone again, takes effect later, and nothing can be listed afterwards but the amounts on each submission.
So: one batch in flight a workspace; what each submission had before is stored, then the batch's id, then that
it is about to be paid; one attempt; what came of it is read from what the submissions have more. What stays
unknown is a person's to decide, with all that is known. A lane that lost its lock meanwhile does not pay: the
last commit before the payment compares with the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from crowddesk.data_model.database import CrowdDatabase, ProviderStore
from crowddesk.domain import (
    Action,
    ActionState,
    CrowdDeskError,
    Found,
    Outcome,
    VendorError,
    now,
    to_major,
)
from crowddesk.language import say
from crowddesk.providers.prolific.api import Balance, BulkBonus
from crowddesk.providers.prolific.bonus_batch import Line, why_not
from crowddesk.providers.prolific.bonus_notes import (
    ACCEPTED,
    ASKED,
    DAMAGED,
    IN_DOUBT,
    NOT_PAID,
    PAID,
    PAYING,
    TAKEN,
    SubmissionBonuses,
    age_of,
    read_note,
    shows,
)
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.wire import Busy, Lost, Refused, Unreachable
from crowddesk.store import holding, stays

#: Small batches: what goes wrong with one is a small number of people's money. Prolific allows 200.
BATCH: Final = 50
#: How often a batch that is being looked at writes down what it read, at most, for each submission.
_READ_BACKS: Final = 6
#: What is asked for first; while none of them has changed, the others are not asked for.
_SCOUTS: Final = 2
_SOON: Final = 1.0
_LATER: Final = 5.0
_LATEST: Final = 60.0
#: A batch that is being read and set up keeps others off for so long, in seconds.
_PREPARES_WITHIN: Final = 60.0


#: What a note says by itself of a payment's fate; no note is none that left.
_TOLD: Final = {
    PAID: Found.HAPPENED, DAMAGED: Found.CANNOT_TELL, NOT_PAID: Found.NOT_SENT, None: Found.NOT_SENT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Patience:
    """How long, in seconds, a payment may take to be seen: one that Prolific took, one without an answer."""

    taken: float
    lost: float


class Bonuses:
    """Pays the bonuses of one account's workspace. From the account's lane."""

    def __init__(
        self,
        db: CrowdDatabase,
        store: ProviderStore,
        client: ProlificClient,
        workspace_id: str,
        patience: Patience,
    ) -> None:
        self._db = db
        self._store = store
        self._client = client
        self._workspace = workspace_id
        self._patience = patience
        self._had = SubmissionBonuses(store)

    # ------------------------------------------------------------------------------------------- pay

    def pay(self, lines: Sequence[Line]) -> dict[str, Outcome]:
        """Sets up and pays one batch; the lines that do not go along are to come again."""
        batch, outcomes = self._choose(lines)
        if not batch:
            return outcomes
        batch, held = self._take(batch)
        outcomes |= held
        if not batch:
            return outcomes
        try:
            return outcomes | self._pay_batch(batch)
        except (Unreachable, Busy) as error:  # while it was prepared: nothing can have been paid
            self._release(batch, NOT_PAID)
            wait = error.retry_after if isinstance(error, Busy) and error.retry_after else _LATER
            return outcomes | {line.action.id: Outcome.later(str(error), wait) for line in batch}
        except Lost as error:  # the same: a set-up without an answer costs nothing and is forgotten
            times = max(int(self._of(line.action.id).get("lost") or 0) for line in batch)
            self._release(batch, NOT_PAID, lost=times + 1)
            why = say("Nothing was paid, and it is set up anew: {error}", error=error)
            wait = min(_LATEST, _SOON * 2**times)
            return outcomes | {line.action.id: Outcome.later(why, wait) for line in batch}

    def _choose(self, lines: Sequence[Line]) -> tuple[list[Line], dict[str, Outcome]]:
        """The lines of one study that go together, and why the others wait: one a submission at a time."""
        study = lines[0].study_id
        batch: list[Line] = []
        seen: set[str] = set()
        outcomes: dict[str, Outcome] = {}
        open_before = self._undecided({line.submission_id for line in lines})
        for line in lines:
            if line.submission_id in open_before:
                why = say("An earlier bonus for the same submission waits for your decision.")
                outcomes[line.action.id] = Outcome.later(why, 30.0)
            elif line.study_id != study or line.submission_id in seen or len(batch) >= BATCH:
                outcomes[line.action.id] = Outcome.later(say("It goes with the next payment."), _SOON)
            else:
                seen.add(line.submission_id)
                batch.append(line)
        return batch, outcomes

    def _undecided(self, submission_ids: Iterable[str]) -> set[str]:
        """Submissions with an earlier bonus of which nobody knows yet whether it was paid."""
        asked = {i: self._had.asked(i) for i in submission_ids}
        with self._db.read() as conn:
            known = stays.attempts(conn, [action_id for ids in asked.values() for action_id in ids])
        still = {action_id for action_id, (state, _) in known.items() if state in ActionState.OPEN}
        return {i for i, action_ids in asked.items() if still.intersection(action_ids)}

    def _take(self, batch: Sequence[Line]) -> tuple[list[Line], dict[str, Outcome]]:
        """Makes these lines the workspace's only payment in flight, and why those wait that cannot be."""
        with self._db.write("lane"):
            current = self._current(batch)
            held: dict[str, Outcome] = {}
            for line in batch:
                state = self._of(line.action.id).get("state")
                if state == PAID:
                    held[line.action.id] = Outcome.done(looked_up=True)
                elif state in (*IN_DOUBT, ASKED, DAMAGED):
                    held[line.action.id] = Outcome.unknown(
                        say("It was sent before, and its fate is not known.")
                    )
                elif line.action.id not in current:
                    held[line.action.id] = Outcome.later(say("Another CrowdDesk has taken it over."), _SOON)
            mine = [line for line in batch if line.action.id not in held]
            if mine and self._is_flying({line.action.id for line in mine}):
                later = Outcome.later(say("Another payment of this workspace is waited for."), _SOON)
                return [], held | {line.action.id: later for line in mine}
            for line in mine:
                self._note(
                    line.action.id, state=TAKEN, submission=line.submission_id, study=line.study_id,
                    amount_minor=line.action.amount, currency=line.action.currency,
                    taken_at=now().isoformat(),
                )  # fmt: skip
            if mine:
                self._store.set(self._flight, [line.action.id for line in mine])
        return mine, held

    def _is_flying(self, mine: set[str]) -> bool:
        """Whether another batch of the workspace is on its way, or somebody still finds out about it."""
        others = [action_id for action_id in self._flying() if action_id not in mine]
        with self._db.read() as conn:
            known = stays.attempts(conn, others)
        for action_id in others:
            kept = self._of(action_id)
            state = kept.get("state")
            if state == TAKEN and age_of(kept, "taken_at") < _PREPARES_WITHIN:
                return True
            if state in (*IN_DOUBT, DAMAGED) and action_id in known:
                # What a person decides, or has decided, waits for nothing any more.
                if known[action_id][0] in (ActionState.QUEUED, ActionState.SENDING, ActionState.UNKNOWN):
                    return True
            elif state in IN_DOUBT and not self._is_over(kept):
                return True  # paid outside the ledger, by an entity's verb
        return False

    def _flying(self) -> list[str]:
        try:
            found = self._store.get(self._flight)
        except ValueError:
            return []
        return [i for i in found if isinstance(i, str)] if isinstance(found, list) else []

    def _current(self, batch: Sequence[Line]) -> set[str]:
        """Those that are being sent as they are here; what is in no ledger is nobody else's either."""
        with self._db.read() as conn:
            known = stays.attempts(conn, [line.action.id for line in batch])
        return {
            line.action.id
            for line in batch
            if known.get(line.action.id, (ActionState.SENDING, line.action.attempt))
            == (ActionState.SENDING, line.action.attempt)
        }

    def _pay_batch(self, batch: list[Line]) -> dict[str, Outcome]:
        """Reads, sets up, compares and pays. What is raised before the payment has paid nothing."""
        outcomes: dict[str, Outcome] = {}
        baseline: dict[str, list[int]] = {}
        for line in list(batch):
            found = self._read_baseline(line)
            if isinstance(found, Outcome):
                outcomes[line.action.id] = found
                batch.remove(line)
            else:
                baseline[line.action.id] = found
        if not batch:
            return outcomes
        balance = self._client.balance(self._workspace)
        try:
            bulk = self._set_up(batch)
        except Refused as error:
            return outcomes | self._turned_down(batch, error)
        wrong = why_not(batch, bulk, balance)
        if wrong:
            self._release(batch, NOT_PAID)
            return outcomes | {line.action.id: Outcome.refused(wrong) for line in batch}
        held = self._prepare(batch, bulk, balance, baseline)
        if held is not None:
            self._release(batch, NOT_PAID)
            return outcomes | {line.action.id: held for line in batch}
        return outcomes | self._send(batch, bulk)

    def _read_baseline(self, line: Line) -> list[int] | Outcome:
        """What a submission has had, or what becomes of its bonus where that is clear already."""
        try:
            there = self._client.submission(line.submission_id)
        except Refused as error:
            self._release([line], NOT_PAID)
            return Outcome.refused(str(error))
        if line.participant and there.participant_id not in ("", line.participant):
            self._release([line], NOT_PAID)
            return Outcome.refused(
                say(
                    "The submission {id} is not {meant}'s at Prolific, but {actual}'s. Nothing was paid.",
                    id=there.id,
                    meant=line.participant,
                    actual=there.participant_id,
                )
            )
        has = list(there.bonus_payments)
        if self._came_late(line, has):
            return Outcome.done(looked_up=True)
        if self._had.lacks(line.submission_id, has) and not self._had.is_old(
            line.submission_id, self._patience.taken
        ):
            self._release([line], NOT_PAID)
            return Outcome.later(say("Prolific does not show an earlier bonus for it yet."), _LATER)
        strange = self._had.unexplained(line.submission_id, has, ())
        with self._db.read() as conn:
            why = holding.forgotten(conn, line.action.id, strange.elements(), line.action.currency)
        if why:
            self._release([line], NOT_PAID)
            return Outcome.refused(why)
        return has

    def _came_late(self, line: Line, has: Sequence[int]) -> bool:
        """Whether a bonus that a person sends once more has come through after all."""
        with self._db.read() as conn:
            earlier = stays.sent_before(conn, line.action.id)
        for action_id in earlier:
            kept = self._of(action_id)
            unexplained = self._had.unexplained(line.submission_id, has, kept.get("baseline") or ())
            came = kept.get("state") in (*IN_DOUBT, ASKED) and unexplained[line.action.amount] > 0
            if came or kept.get("state") == PAID:
                with self._db.write("lane"):
                    self._see_paid(action_id)
                    self._note(line.action.id, state=PAID, paid_by=action_id)
                return True
        return False

    def _set_up(self, batch: Sequence[Line]) -> BulkBonus:
        lines = [(line.submission_id, to_major(line.action.amount, line.action.currency)) for line in batch]
        return self._client.prepare_bonuses(batch[0].study_id, lines)

    def _turned_down(self, batch: Sequence[Line], error: Refused) -> dict[str, Outcome]:
        """One bad line refuses them all: half of them comes again by itself, until the bad one is alone."""
        self._release(batch, NOT_PAID)
        if len(batch) == 1:
            return {batch[0].action.id: Outcome.refused(str(error))}
        half = len(batch) // 2
        found = self.pay(list(batch[:half]))
        again = Outcome.later(say("It goes with the next payment."), 0.0)
        return found | {line.action.id: again for line in batch[half:]}

    def _prepare(
        self, batch: Sequence[Line], bulk: BulkBonus, balance: Balance, baseline: Mapping[str, list[int]]
    ) -> Outcome | None:
        """Everything that is known goes into one commit before the payment leaves; or why it must not."""
        at = now().isoformat()
        with self._db.write("lane"):
            ids = {line.action.id for line in batch}
            states = {self._of(action_id).get("state") for action_id in ids}
            if states != {TAKEN} or self._current(batch) != ids or not ids.issubset(self._flying()):
                return Outcome.later(say("Another payment of this workspace has gone first."), _SOON)
            if self._is_used(bulk.id):
                return Outcome.refused(
                    say(
                        "Prolific gave this payment the number of an earlier one, which would be paid again. "
                        "Nothing was paid."
                    )
                )
            self._store.set(f"bonus-batch/{bulk.id}", sorted(ids))
            for line in batch:
                self._had.begin(line.submission_id, baseline[line.action.id])
                self._note(
                    line.action.id, state=PAYING, bulk_id=bulk.id, first_sent=at, acknowledged=False,
                    baseline=baseline[line.action.id], balance_before=balance.available,
                    balance_expected=balance.available - bulk.total, read_backs=[],
                )  # fmt: skip
        return None

    def _is_used(self, bulk_id: str) -> bool:
        try:
            return self._store.get(f"bonus-batch/{bulk_id}") is not None
        except ValueError:
            return True

    def _send(self, batch: Sequence[Line], bulk: BulkBonus) -> dict[str, Outcome]:
        """The one call that pays. From here on only what it surely did not do comes again."""
        try:
            self._client.pay_bonuses(bulk.id)
        except Unreachable as error:
            self._release(batch, NOT_PAID)
            return {line.action.id: Outcome.later(str(error), _LATER) for line in batch}
        except Refused as error:
            self._release(batch, NOT_PAID)
            return {line.action.id: Outcome.refused(str(error)) for line in batch}
        except VendorError as error:
            if isinstance(error, Busy) and error.is_sure:
                self._release(batch, NOT_PAID)
                wait = error.retry_after or _SOON
                return {line.action.id: Outcome.later(str(error), wait) for line in batch}
            return {line.action.id: Outcome.unknown(str(error), **self._of(line.action.id)) for line in batch}
        with self._db.write("lane"):
            for line in batch:
                if self._of(line.action.id).get("state") == PAYING:
                    self._note(line.action.id, state=ACCEPTED, acknowledged=True)
        told = say("Prolific took it and pays within minutes; waiting to see it.")
        return {line.action.id: Outcome.unknown(told, **self._of(line.action.id)) for line in batch}

    # --------------------------------------------------------------------------------------- look up

    def look_up(self, actions: Sequence[Action]) -> dict[str, str]:
        """Whether bonuses were paid, by what their submissions have more than before."""
        found = self._never_paid(actions)
        unchanged = 0
        some_change = False
        for action in actions:
            kept = self._of(action.id)
            if action.id in found:
                continue
            if kept.get("state") not in IN_DOUBT:
                found[action.id] = self._look_once_more(action, kept)
                continue
            if unchanged >= _SCOUTS and not some_change and not self._is_over(kept):
                found[action.id] = Found.NOT_YET
                continue
            answer = self._read_back(action, kept)
            found[action.id] = answer
            some_change = some_change or answer == Found.HAPPENED
            unchanged += answer == Found.NOT_YET
        return found

    def _never_paid(self, actions: Sequence[Action]) -> dict[str, str]:
        """What is known without asking the vendor: all of it in one commit, however many died on the way."""
        states = {action.id: self._of(action.id).get("state") for action in actions}
        found = {action_id: _TOLD[state] for action_id, state in states.items() if state in _TOLD}
        taken = [action_id for action_id, state in states.items() if state == TAKEN]
        if taken:
            with self._db.write("lane"):  # another lane may just be about to pay them
                for action_id in taken:
                    state = self._of(action_id).get("state")
                    if state == TAKEN:
                        self._note(action_id, state=NOT_PAID)
                        found[action_id] = Found.NOT_SENT
                    else:
                        found[action_id] = _TOLD.get(state, Found.NOT_YET)
        return found

    def _look_once_more(self, action: Action, kept: Mapping[str, Any]) -> str:
        """A person is asked about it; it may have come through since."""
        try:
            has = list(self._client.submission(str(kept["submission"])).bonus_payments)
        except VendorError:
            return Found.CANNOT_TELL
        if not shows(kept, has):
            return Found.CANNOT_TELL
        self._see_paid(action.id)
        return Found.HAPPENED

    def _read_back(self, action: Action, kept: Mapping[str, Any]) -> str:
        has: list[int] | None
        try:
            has = list(self._client.submission(str(kept["submission"])).bonus_payments)
        except Refused as error:
            if error.status != 404:
                raise
            has = None  # the submission is gone, and what it was paid cannot be read
        if has is not None and shows(kept, has):
            self._see_paid(action.id)
            return Found.HAPPENED
        seen = [*(kept.get("read_backs") or []), {"at": now().isoformat(), "bonuses": has}]
        middle = seen if len(seen) <= _READ_BACKS else [seen[0], *seen[1 - _READ_BACKS :]]
        if not self._is_over(kept):
            self._note(action.id, read_backs=middle)
            return Found.NOT_YET
        self._ask(action, middle)
        return Found.CANNOT_TELL

    def _see_paid(self, action_id: str) -> None:
        with self._db.write("lane"):
            kept = self._of(action_id)
            if kept.get("state") != PAID:
                self._had.add(str(kept["submission"]), int(kept["amount_minor"]))
                self._note(action_id, state=PAID, paid_seen=now().isoformat())

    def _is_over(self, kept: Mapping[str, Any]) -> bool:
        """Whether the time is over in which a payment can be expected to show."""
        return age_of(kept, "first_sent") > (
            self._patience.taken if kept["acknowledged"] else self._patience.lost
        )

    def _ask(self, action: Action, read_backs: Sequence[Mapping[str, Any]]) -> None:
        try:
            left: int | None = self._client.balance(self._workspace).available
        except CrowdDeskError:  # evidence, not a condition
            left = None
        with self._db.write("lane"):
            kept = self._note(action.id, state=ASKED, read_backs=list(read_backs), balance_after=left)
            self._had.ask(str(kept["submission"]), action.id, kept["baseline"])

    # --------------------------------------------------------------------------------------- evidence

    def evidence_of(self, action_id: str) -> dict[str, Any]:
        """What is known of one payment; {} where it was never begun."""
        return self._of(action_id)

    @property
    def _flight(self) -> str:
        return f"bonuses-in-flight/{self._workspace}"

    def _of(self, action_id: str) -> dict[str, Any]:
        return read_note(self._store, action_id)

    def _note(self, action_id: str, **facts: Any) -> dict[str, Any]:
        with self._db.write("lane"):
            kept = self._of(action_id) | facts
            self._store.set(f"bonus/{action_id}", kept)
        return kept

    def _release(self, batch: Sequence[Line], state: str, **facts: Any) -> None:
        """What was not paid is free again; what another lane has taken over meanwhile is that one's."""
        with self._db.write("lane"):
            for action_id in self._current(batch):
                self._note(action_id, state=state, **facts)
