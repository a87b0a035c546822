"""Bonuses that are paid once: the recipe for a vendor whose `pay` pays again each time it is called.

Prolific's facts: setting bonuses up pays nothing and may be lost for free; `pay` with the same id pays
everyone again, takes effect later, and nothing can be listed afterwards but the amounts on each submission.
So: one batch in flight a workspace; what each submission had before is stored, then the batch's id, then that
it is about to be paid; one attempt; what came of it is read from what the submissions have more. What stays
unknown is a person's to decide, with all that is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crowddesk.data_model.database import CrowdDatabase, ProviderStore
from crowddesk.domain import (
    Action,
    ActionState,
    CrowdDeskError,
    Found,
    Outcome,
    VendorError,
    money_text,
    now,
    to_major,
)
from crowddesk.providers.prolific.api import Balance, BulkBonus
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.wire import Busy, Lost, Refused, Unreachable
from crowddesk.store import stays

#: Small batches: what goes wrong with one is a small number of people's money. Prolific allows 200.
BATCH: Final = 50
#: How often a batch that is being looked at writes down what it read, at most, for each submission.
_READ_BACKS: Final = 6
#: What is asked for first; while none of them has changed, the others are not asked for.
_SCOUTS: Final = 2
_SOON: Final = 1.0
_LATER: Final = 5.0

# What became of one line, as it is stored. Up to PREPARED nothing can have been paid.
_TAKEN, _PREPARED, _PAYING, _ACCEPTED = "taken", "prepared", "paying", "accepted"
_PAID, _NOT_PAID, _ASKED = "paid", "not paid", "asked"
_IN_DOUBT = (_PAYING, _ACCEPTED)


@dataclass(frozen=True, slots=True)
class Line:
    """One bonus: whose submission it is for, in which study."""

    action: Action
    study_id: str
    submission_id: str


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

    # ------------------------------------------------------------------------------------------- pay

    def pay(self, lines: Sequence[Line]) -> dict[str, Outcome]:
        """Sets up and pays one batch; the lines that do not go along are to come again."""
        batch, outcomes = self._choose(lines)
        if not batch:
            return outcomes
        if not self._take(batch):
            later = Outcome.later("Another payment of this workspace is waited for.", _SOON)
            return outcomes | {line.action.id: later for line in batch}
        try:
            return outcomes | self._pay_batch(batch)
        except (Unreachable, Busy) as error:  # while it was prepared: nothing can have been paid
            self._release(batch, _NOT_PAID)
            wait = error.retry_after if isinstance(error, Busy) and error.retry_after else _LATER
            return outcomes | {line.action.id: Outcome.later(str(error), wait) for line in batch}
        except Lost:  # the same: a set-up without an answer costs nothing and is forgotten
            self._release(batch, _NOT_PAID)
            why = "Prolific's answer to the set-up was lost; nothing was paid, and it is set up anew."
            return outcomes | {line.action.id: Outcome.later(why, _SOON) for line in batch}

    def _choose(self, lines: Sequence[Line]) -> tuple[list[Line], dict[str, Outcome]]:
        """The lines of one study that go together, and why the others wait: one a submission at a time."""
        study = lines[0].study_id
        batch: list[Line] = []
        seen: set[str] = set()
        outcomes: dict[str, Outcome] = {}
        open_before = self._undecided({line.submission_id for line in lines})
        for line in lines:
            if line.submission_id in open_before:
                why = "An earlier bonus for the same submission waits for your decision."
                outcomes[line.action.id] = Outcome.later(why, 30.0)
            elif line.study_id != study or line.submission_id in seen or len(batch) >= BATCH:
                outcomes[line.action.id] = Outcome.later("It goes with the next payment.", _SOON)
            else:
                seen.add(line.submission_id)
                batch.append(line)
        return batch, outcomes

    def _undecided(self, submission_ids: Iterable[str]) -> set[str]:
        """Submissions with an earlier bonus of which nobody knows yet whether it was paid."""
        wanted = set(submission_ids)
        asked: dict[str, str] = {}
        for name, kept in self._store.all("bonus-asked/").items():
            if isinstance(kept, str) and kept in wanted:
                asked[name.removeprefix("bonus-asked/")] = kept
        if not asked:
            return set()
        with self._db.read() as conn:
            states = stays.action_states(conn, list(asked))
        return {asked[i] for i, state in states.items() if state == ActionState.NEEDS_YOU}

    def _take(self, batch: Sequence[Line]) -> bool:
        """Makes these lines the workspace's only payment in flight; False while another one is."""
        with self._db.write("lane"):
            flying = self._store.get(self._flight) or []
            if any(self._of(action_id).get("state") in _IN_DOUBT for action_id in flying):
                return False
            for line in batch:
                self._note(
                    line.action.id, state=_TAKEN, submission=line.submission_id, study=line.study_id,
                    amount_minor=line.action.amount, currency=line.action.currency,
                )  # fmt: skip
            self._store.set(self._flight, [line.action.id for line in batch])
        return True

    def _pay_batch(self, batch: list[Line]) -> dict[str, Outcome]:
        """Reads, sets up, compares and pays. What is raised before the payment has paid nothing."""
        outcomes: dict[str, Outcome] = {}
        baseline: dict[str, list[int]] = {}
        for line in list(batch):
            try:
                baseline[line.action.id] = list(self._client.submission(line.submission_id).bonus_payments)
            except Refused as error:
                self._release([line], _NOT_PAID)
                outcomes[line.action.id] = Outcome.refused(str(error))
                batch.remove(line)
        if not batch:
            return outcomes
        balance = self._client.balance(self._workspace)
        try:
            bulk = self._set_up(batch)
        except Refused as error:
            return outcomes | self._turned_down(batch, error)
        wrong = _why_not(batch, bulk, balance)
        if wrong:
            self._release(batch, _NOT_PAID)
            return outcomes | {line.action.id: Outcome.refused(wrong) for line in batch}
        self._prepare(batch, bulk, balance, baseline)
        return outcomes | self._send(batch, bulk)

    def _set_up(self, batch: Sequence[Line]) -> BulkBonus:
        lines = [(line.submission_id, to_major(line.action.amount, line.action.currency)) for line in batch]
        return self._client.prepare_bonuses(batch[0].study_id, lines)

    def _turned_down(self, batch: Sequence[Line], error: Refused) -> dict[str, Outcome]:
        """One bad line refuses them all: half of them comes again by itself, until the bad one is alone."""
        self._release(batch, _NOT_PAID)
        if len(batch) == 1:
            return {batch[0].action.id: Outcome.refused(str(error))}
        half = len(batch) // 2
        found = self.pay(list(batch[:half]))
        again = Outcome.later("It goes with the next payment.", 0.0)
        return found | {line.action.id: again for line in batch[half:]}

    def _prepare(
        self, batch: Sequence[Line], bulk: BulkBonus, balance: Balance, baseline: Mapping[str, list[int]]
    ) -> None:
        """Everything that is known goes into one commit before the payment leaves."""
        at = now().isoformat()
        with self._db.write("lane"):
            for line in batch:
                self._note(
                    line.action.id, state=_PAYING, bulk_id=bulk.id, first_sent=at, acknowledged=False,
                    baseline=baseline[line.action.id], balance_before=balance.available,
                    balance_expected=balance.available - bulk.total, read_backs=[],
                )  # fmt: skip

    def _send(self, batch: Sequence[Line], bulk: BulkBonus) -> dict[str, Outcome]:
        """The one call that pays. From here on only what it surely did not do comes again."""
        try:
            self._client.pay_bonuses(bulk.id)
        except Unreachable as error:
            self._release(batch, _NOT_PAID)
            return {line.action.id: Outcome.later(str(error), _LATER) for line in batch}
        except Busy as error:
            self._release(batch, _NOT_PAID)
            wait = error.retry_after or _SOON
            return {line.action.id: Outcome.later(str(error), wait) for line in batch}
        except Refused as error:
            self._release(batch, _NOT_PAID)
            return {line.action.id: Outcome.refused(str(error)) for line in batch}
        except VendorError as error:
            return {line.action.id: Outcome.unknown(str(error), **self._of(line.action.id)) for line in batch}
        with self._db.write("lane"):
            for line in batch:
                self._note(line.action.id, state=_ACCEPTED, acknowledged=True)
        told = "Prolific took it and pays within minutes; waiting to see it."
        return {line.action.id: Outcome.unknown(told, **self._of(line.action.id)) for line in batch}

    # --------------------------------------------------------------------------------------- look up

    def look_up(self, actions: Sequence[Action]) -> dict[str, str]:
        """Whether bonuses were paid, by what their submissions have more than before."""
        found: dict[str, str] = {}
        unchanged = 0
        some_change = False
        for action in actions:
            kept = self._of(action.id)
            if kept.get("state") not in _IN_DOUBT:
                found[action.id] = self._without_payment(action, kept)
                continue
            if unchanged >= _SCOUTS and not some_change and not self._is_over(kept):
                found[action.id] = Found.NOT_YET
                continue
            answer = self._read_back(action, kept)
            found[action.id] = answer
            some_change = some_change or answer == Found.HAPPENED
            unchanged += answer == Found.NOT_YET
        return found

    def _without_payment(self, action: Action, kept: Mapping[str, Any]) -> str:
        state = kept.get("state")
        if state == _PAID:
            return Found.HAPPENED
        if state == _ASKED:
            return Found.CANNOT_TELL
        self._note(action.id, state=_NOT_PAID)
        return Found.DID_NOT

    def _read_back(self, action: Action, kept: Mapping[str, Any]) -> str:
        bonuses = list(self._client.submission(str(kept["submission"])).bonus_payments)
        more = Counter(bonuses) - Counter(kept.get("baseline") or [])
        if more[int(kept["amount_minor"])] > 0:
            self._note(action.id, state=_PAID, paid_seen=now().isoformat())
            return Found.HAPPENED
        seen = [*(kept.get("read_backs") or []), {"at": now().isoformat(), "bonuses": bonuses}]
        middle = seen if len(seen) <= _READ_BACKS else [seen[0], *seen[1 - _READ_BACKS :]]
        if not self._is_over(kept):
            self._note(action.id, read_backs=middle)
            return Found.NOT_YET
        self._ask(action, middle)
        return Found.CANNOT_TELL

    def _is_over(self, kept: Mapping[str, Any]) -> bool:
        """Whether the time is over in which a payment can be expected to show."""
        since = (now() - datetime.fromisoformat(str(kept["first_sent"]))).total_seconds()
        return since < 0 or since > (self._patience.taken if kept["acknowledged"] else self._patience.lost)

    def _ask(self, action: Action, read_backs: Sequence[Mapping[str, Any]]) -> None:
        try:
            left: int | None = self._client.balance(self._workspace).available
        except CrowdDeskError:  # evidence, not a condition
            left = None
        with self._db.write("lane"):
            kept = self._note(action.id, state=_ASKED, read_backs=list(read_backs), balance_after=left)
            self._store.set(f"bonus-asked/{action.id}", kept["submission"])

    # --------------------------------------------------------------------------------------- evidence

    def evidence_of(self, action_id: str) -> dict[str, Any]:
        """What is known of one payment; {} where it was never begun."""
        return self._of(action_id)

    @property
    def _flight(self) -> str:
        return f"bonuses-in-flight/{self._workspace}"

    def _of(self, action_id: str) -> dict[str, Any]:
        found = self._store.get(f"bonus/{action_id}")
        return found if isinstance(found, dict) else {}

    def _note(self, action_id: str, **facts: Any) -> dict[str, Any]:
        kept = self._of(action_id) | facts
        self._store.set(f"bonus/{action_id}", kept)
        return kept

    def _release(self, batch: Sequence[Line], state: str) -> None:
        with self._db.write("lane"):
            for line in batch:
                self._note(line.action.id, state=state)


def _why_not(batch: Sequence[Line], bulk: BulkBonus, balance: Balance) -> str:
    """Why a batch that was set up is not paid: it would cost something else than was decided."""
    currency = batch[0].action.currency
    meant = sum(line.action.amount for line in batch)
    reserved = meant + sum(line.action.fee for line in batch)
    if bulk.amount != meant:
        return (
            f"Prolific would have paid {money_text(bulk.amount, currency)} where "
            f"{money_text(meant, currency)} were meant, so it was not told to. Nothing was paid."
        )
    if bulk.total > reserved + len(
        batch
    ):  # a fee is rounded for each line there, perhaps otherwise than here
        return (
            f"With its fees Prolific asks for {money_text(bulk.total, currency)}; "
            f"{money_text(reserved, currency)} were reserved. Nothing was paid."
        )
    if bulk.total > balance.available:
        return (
            f"The workspace has {money_text(balance.available, currency)} left, and this costs "
            f"{money_text(bulk.total, currency)} with fees. Nothing was paid."
        )
    return ""
