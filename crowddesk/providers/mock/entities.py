"""The practice vendor's units, accounts, people and stays, as INTERFACE.md names them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import uuid4

from omegaconf import DictConfig, OmegaConf

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.qualification import meets
from crowddesk.data_model.requester import Requester, RequesterArgs
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    ActionKind,
    AgentStatus,
    Amount,
    AssignmentState,
    BadInput,
    VendorRefused,
    check_currency,
    to_major,
    to_minor,
)
from crowddesk.language import mark, say
from crowddesk.providers.mock.books import Call
from crowddesk.providers.mock.terms import (
    PROVIDER_TYPE,
    batch_key,
    new_units,
    vendor_of,
)
from crowddesk.providers.mock.vendor import MockVendor
from crowddesk.store import loading, records


@dataclass
class MockRequesterArgs(RequesterArgs):
    """A practice account: its play money."""

    balance: str = field(default="10000.00", metadata={"help": mark("Play money to begin with.")})
    currency: str = field(default="USD", metadata={"help": mark("Three letters, such as USD, GBP or EUR.")})


class MockUnit(Unit):
    """A unit at the practice vendor, by the name of its id here."""

    @property
    def _vendor(self) -> MockVendor:
        return vendor_of(self.db)

    def launch(self, task_url: str) -> None:
        run = self.get_task_run()
        with self.db.read() as conn:
            rows = loading.units_to_launch(conn, [int(self.db_id)])
        new = new_units(self.db, run, rows, {int(self.db_id): f"launch {uuid4()}"})
        _one(self._vendor.launch_units(batch_key(run.db_id), new))
        self.set_db_status(AssignmentState.LAUNCHED)

    def expire(self) -> float:
        call = _one(self._vendor.expire_units([(f"expire {uuid4()}", self.db_id)]))
        if call.note == "expired":
            self.set_db_status(AssignmentState.EXPIRED)
        return self._vendor.seconds_until_down([self.db_id])

    def is_expired(self) -> bool:
        state = self._vendor.unit_state([self.db_id]).get(self.db_id)
        return state is not None and state.status == "expired"

    @staticmethod
    def new(db: CrowdDatabase, assignment: Assignment, index: int, pay_amount: Amount) -> Unit:
        return MockUnit._register_unit(db, assignment, index, pay_amount, PROVIDER_TYPE)


class MockRequester(Requester):
    """A practice account with play money."""

    ArgsClass = MockRequesterArgs

    def register(self, args: DictConfig | None = None) -> None:
        vendor = vendor_of(self.db)
        if args is None:
            if not self.is_registered():
                raise BadInput(
                    say(
                        "The practice account {requester_name!r} is not registered yet.",
                        requester_name=self.requester_name,
                    )
                )
            return
        currency = check_currency(args.get("currency") or "USD")
        balance = to_minor(args.get("balance") or "10000.00", currency)
        vendor.ensure_account(self.requester_name, balance, currency)
        self.db.update_requester(self.db_id, registered=True, currency=currency)
        self.currency = currency

    def is_registered(self) -> bool:
        return bool(self.db.get_requester(self.db_id)["registered"])

    def get_available_budget(self) -> Decimal:
        return to_major(*vendor_of(self.db).balance(self.requester_name))

    @classmethod
    def is_sandbox(cls) -> bool:
        return True

    @staticmethod
    def new(db: CrowdDatabase, requester_name: str) -> Requester:
        return MockRequester._register_requester(db, requester_name, PROVIDER_TYPE)


class MockWorker(Worker):
    """A simulated or recorded person."""

    def bonus_worker(self, amount: Amount, reason: str, unit: Unit | None = None) -> tuple[bool, str]:
        requester = self.account_for(unit)
        minor = to_minor(amount, requester.currency)
        token = f"bonus {uuid4()}"
        ref = unit.db_id if unit else None
        return _said(
            lambda: vendor_of(self.db).bonus(
                requester.requester_name, token, self.worker_name, minor, reason, ref
            )
        )

    def block_worker(
        self, reason: str, unit: Unit | None = None, requester: Requester | None = None
    ) -> tuple[bool, str]:
        account = requester or self.account_for(unit)
        token = f"block {uuid4()}"
        done = _said(
            lambda: vendor_of(self.db).block(account.requester_name, token, self.worker_name, reason)
        )
        if done[0]:
            with self.db.write() as w:
                records.block(w, self.db_id, account.db_id, reason)
        return done

    def unblock_worker(self, reason: str, requester: Requester) -> bool:
        token = f"unblock {uuid4()}"
        done, _ = _said(
            lambda: vendor_of(self.db).unblock(requester.requester_name, token, self.worker_name, reason)
        )
        if done:
            with self.db.write() as w:
                records.unblock(w, self.db_id, requester.db_id)
        return done

    def is_blocked(self, requester: Requester) -> bool:
        return vendor_of(self.db).is_blocked(requester.requester_name, self.worker_name)

    def is_eligible(self, task_run: TaskRun) -> bool:
        if self.is_blocked(task_run.get_requester()):
            return False
        wanted = OmegaConf.select(task_run.args, "task.qualifications") or []
        return all(meets(self.get_granted_qualification(q.name), q.op, q.value) for q in wanted)

    def grant_crowd_qualification(self, qualification_name: str, value: int = 1) -> None:
        for requester in self.db.find_requesters(provider_type=PROVIDER_TYPE):
            token = f"grant {uuid4()}"
            vendor, account = vendor_of(self.db), requester.requester_name
            vendor.create_qualification(account, qualification_name)
            vendor.grant(account, token, self.worker_name, qualification_name, value)

    def revoke_crowd_qualification(self, qualification_name: str) -> None:
        for requester in self.db.find_requesters(provider_type=PROVIDER_TYPE):
            token = f"revoke {uuid4()}"
            vendor, account = vendor_of(self.db), requester.requester_name
            vendor.create_qualification(account, qualification_name)
            vendor.revoke(account, token, self.worker_name, qualification_name)

    @staticmethod
    def new(db: CrowdDatabase, worker_name: str) -> Worker:
        return MockWorker._register_worker(db, worker_name, PROVIDER_TYPE)


class MockAgent(Agent):
    """A stay of a simulated person on one unit."""

    def approve_work(self) -> None:
        _one(vendor_of(self.db).settle(ActionKind.APPROVE, [(f"approve {self.db_id}", self.unit_id, "", "")]))
        self.update_status(AgentStatus.APPROVED)

    def reject_work(self, reason: str) -> None:
        item = (f"reject {self.db_id}", self.unit_id, reason, "")
        _one(vendor_of(self.db).settle(ActionKind.REJECT, [item]))
        self.update_status(AgentStatus.REJECTED)

    def mark_done(self) -> None:
        """Simulated people submit by themselves."""

    @staticmethod
    def new(db: CrowdDatabase, worker: Worker, unit: Unit) -> Agent:
        return MockAgent._register_agent(db, worker, unit, PROVIDER_TYPE)


def _one(calls: Sequence[Call]) -> Call:
    if not calls[0].done:
        raise VendorRefused(calls[0].reason)
    return calls[0]


def _said(call: Callable[[], Call]) -> tuple[bool, str]:
    try:
        return True, call().note
    except VendorRefused as error:
        return False, str(error)
