"""Somebody who pays bonuses at a sandbox, and may die at any moment."""

from __future__ import annotations

import time
import uuid
from collections import Counter

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import Action, ActionKind, Found, Outcome
from crowddesk.providers.prolific.bonuses import Bonuses, Line, Patience
from crowddesk.providers.prolific.client import ProlificClient
from tests.providers.prolific_sandbox.open_sandbox import Desk

PAY = "POST /bulk-bonus-payments/{id}/pay/"
AMOUNT, FEE = 125, 42
_PATIENT = Patience(taken=30.0, lost=0.3)


class Purse:
    """One study's answers and their payer; `restart` keeps what is stored only."""

    def __init__(self, desk: Desk, client: ProlificClient, db: CrowdDatabase, people: int) -> None:
        self.desk, self.client, self.db = desk, client, db
        self.study = desk.live(total_available_places=people)
        self.submissions = desk.submit(self.study, *(f"p{n:03}" for n in range(people)))
        self.restart()

    def restart(self, patience: Patience = _PATIENT) -> None:
        store = self.db.provider_store("prolific")
        self.bonuses = Bonuses(self.db, store, self.client, self.desk.workspace, patience)

    def lines(self, amount: int = AMOUNT, fee: int = FEE) -> list[Line]:
        return [self.line(i, amount, fee) for i in self.submissions]

    def line(self, submission: str, amount: int = AMOUNT, fee: int = FEE) -> Line:
        action = Action(
            id=str(uuid.uuid4()), kind=ActionKind.BONUS, target_type="worker", target_id="1",
            requester_id="1", amount=amount, fee=fee, currency="GBP",
        )  # fmt: skip
        return Line(action, self.study, submission)

    def settle(self, lines: list[Line], outcomes: dict[str, Outcome], resend: bool = True) -> dict[str, str]:
        """Plays the lane until nothing waits any more: what became of each action."""
        by_id = {line.action.id: line for line in lines}
        ended: dict[str, str] = {}
        deadline = time.monotonic() + 60
        while len(ended) < len(by_id):
            assert time.monotonic() < deadline, Counter(o.state for o in outcomes.values())
            for key, outcome in outcomes.items():
                if outcome.state in ("done", "refused"):
                    ended.setdefault(key, outcome.state)
            again = [by_id[k] for k, o in outcomes.items() if o.state == "queued"]
            doubtful = [by_id[k].action for k, o in outcomes.items() if o.state == "unknown"]
            found = self.bonuses.look_up(doubtful) if doubtful else {}
            for key, answer in found.items():
                if answer == Found.HAPPENED:
                    ended[key] = "done"
                    outcomes[key] = Outcome.done()
                elif answer == Found.CANNOT_TELL:
                    ended[key] = "needs you"
                    outcomes[key] = Outcome.refused("asked")
                elif answer in (Found.DID_NOT, Found.NOT_SENT):
                    again.append(by_id[key])
            if again:
                outcomes |= self.bonuses.pay(again)
        return ended

    def paid(self) -> Counter[str]:
        rows = [row for row in self.desk.ledger() if row["kind"] == "bonus"]
        assert {row["amount"] for row in rows} <= {AMOUNT}
        return Counter(row["submission_id"] for row in rows)
