"""Units, accounts, people and stays of one's own people, as INTERFACE.md names them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
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
    Conflict,
    NotFound,
    VendorError,
    VendorRefused,
    check_currency,
    money_text,
    to_major,
    to_minor,
)
from crowddesk.language import mark, say
from crowddesk.providers.inhouse.invitations import GuestList, clean_name, fold
from crowddesk.providers.inhouse.pay_list import PROVIDER_TYPE, Entries, PayList, store_of
from crowddesk.store import changes, records
from crowddesk.store.queries import staged_summary

_NAME: Final = "name/"


@dataclass
class InhouseRequesterArgs(RequesterArgs):
    """An account of one's own: its currency, what it may spend, whom its people ask."""

    currency: str = field(default="USD", metadata={"help": mark("Three letters, such as USD, GBP or EUR.")})
    budget: str | None = field(
        default=None,
        metadata={
            "help": mark("What all runs of this account may cost together. Empty: only each run's own cap.")
        },
    )
    contact: str = field(
        default="",
        metadata={"help": mark("Whom workers ask: an e-mail address or a sentence. They can read it.")},
    )


# ---------------------------------------------------------------------------------------------- units


class InhouseUnit(Unit):
    """A unit before one's own people."""

    def launch(self, task_url: str) -> None:
        self.set_db_status(AssignmentState.LAUNCHED)

    def expire(self) -> float:
        is_down = take_down(self.db, self.db_id)
        self.db_status = self.db.get_unit(self.db_id)["status"]
        if is_down:
            return 0.0
        return float(OmegaConf.select(self.get_task_run().args, "task.assignment_duration_in_seconds") or 0)

    def is_expired(self) -> bool:
        return bool(self.db.get_unit(self.db_id)["status"] == AssignmentState.EXPIRED)

    @staticmethod
    def new(db: CrowdDatabase, assignment: Assignment, index: int, pay_amount: Amount) -> Unit:
        return InhouseUnit._register_unit(db, assignment, index, pay_amount, PROVIDER_TYPE)


def take_down(db: CrowdDatabase, unit_id: str) -> bool:
    """Takes a unit down, at once unless somebody is at work on it; False: when they leave it (`sweep`)."""
    with db.write() as w:
        row = db.get_unit(unit_id)
        status: str = row["status"]
        if status in (AssignmentState.CREATED, AssignmentState.LAUNCHED):
            changes.set_unit_statuses(w, {int(unit_id): (status, AssignmentState.EXPIRED)})
        elif status == AssignmentState.ASSIGNED:
            store_of(db).set(f"down/{row['task_run_id']}/{unit_id}", True)
            return False
    return True


def sweep(db: CrowdDatabase, run_id: str) -> None:
    """Takes down the units that were to come down while somebody worked on them, and were left since."""
    store, prefix = store_of(db), f"down/{run_id}/"
    if not store.all(prefix):
        return
    with db.write() as w:
        for name in store.all(prefix):
            unit_id = name.removeprefix(prefix)
            status: str = db.get_unit(unit_id)["status"]
            if status == AssignmentState.ASSIGNED:
                continue
            if status == AssignmentState.LAUNCHED:
                changes.set_unit_statuses(w, {int(unit_id): (status, AssignmentState.EXPIRED)})
            store.set(name, None)


# ------------------------------------------------------------------------------------------- accounts


class InhouseRequester(Requester):
    """An account that pays its people by hand; its budget is what it says itself."""

    ArgsClass = InhouseRequesterArgs

    def register(self, args: DictConfig | None = None) -> None:
        """Keeps the account's currency, budget and contact; called again, changes them. Raises BadInput."""
        if args is None:
            if not self.is_registered():
                raise BadInput(
                    say(
                        "The account {requester_name!r} is not registered yet.",
                        requester_name=self.requester_name,
                    )
                )
            return
        currency = check_currency(args.get("currency") or "USD")
        if currency != self.currency and self.get_task_runs():
            raise BadInput(
                say(
                    "currency: the account {requester_name!r} has runs in {currency}. Add another "
                    "account for {wanted}.",
                    requester_name=self.requester_name,
                    currency=self.currency,
                    wanted=currency,
                )
            )
        text = str(args.get("budget") or "").strip()
        budget = _budget(text, currency) if text else None
        contact = " ".join(str(args.get("contact") or "").split())
        with self.db.write():
            store_of(self.db).set(f"account/{self.db_id}", {"budget": budget, "contact": contact})
            self.db.update_requester(self.db_id, registered=True, currency=currency)
        self.currency = currency

    def is_registered(self) -> bool:
        return bool(self.db.get_requester(self.db_id)["registered"])

    @property
    def contact(self) -> str:
        """Whom workers ask; empty where nobody was named."""
        return str(self._account().get("contact", ""))

    def get_available_budget(self) -> Decimal:
        """What of the budget is neither paid nor promised; below nothing when it was overdrawn.

        Approvals that are staged count when they are sent, as the send sheet reckons. Raises VendorError
        where the account has no budget.
        """
        free = self.unpromised()
        if free is None:
            raise VendorError(
                say(
                    "The account {requester_name!r} has no budget: its people are paid by hand, and only "
                    "the cap of each run bounds what they are promised.",
                    requester_name=self.requester_name,
                )
            )
        with self.db.read() as conn:
            staged = sum(
                part.amount_minor
                for part in staged_summary(conn)
                if str(part.requester_id) == self.db_id
                and part.kind in (ActionKind.APPROVE, ActionKind.SOFT_REJECT)
            )
        return to_major(free + staged, self.currency)

    def unpromised(self) -> int | None:
        """What of the budget nobody has or may still get for their work, minor units; None without one."""
        budget: int | None = self._account().get("budget")
        if budget is None:
            return None
        with self.db.read() as conn:
            promised = records.spend_of_requester(conn, self.db_id, AssignmentState.payable())
        return budget - promised - PayList(self.db).bonuses_of(self.db_id)

    def _account(self) -> dict[str, Any]:
        kept: dict[str, Any] = store_of(self.db).get(f"account/{self.db_id}", {})
        return kept

    @staticmethod
    def new(db: CrowdDatabase, requester_name: str) -> Requester:
        return InhouseRequester._register_requester(db, requester_name, PROVIDER_TYPE)


def beyond_budget(amount: int, free: int, requester: Requester) -> str:
    """Why a bonus is not owed: the account's budget has less left."""
    return say(
        "{amount} is more than the budget of {requester} has left: {free}.",
        amount=money_text(amount, requester.currency),
        requester=requester.requester_name,
        free=money_text(free, requester.currency),
    )


def _budget(text: str, currency: str) -> int:
    try:
        budget = to_minor(text, currency)
    except BadInput as error:
        raise BadInput(f"budget: {error}") from None
    if budget < 0:
        raise BadInput(say("budget: {budget} is less than nothing.", budget=money_text(budget, currency)))
    return budget


# ------------------------------------------------------------------------------------------- people


class InhouseWorker(Worker):
    """One of one's own people, the same in every run. Two ways of writing one name are one person."""

    def bonus_worker(self, amount: Amount, reason: str, unit: Unit | None = None) -> tuple[bool, str]:
        try:
            requester = self.account_for(unit)
        except VendorRefused as error:
            return False, str(error)
        minor = to_minor(amount, requester.currency)
        if minor <= 0:
            return False, say(
                "A bonus of {money} is not more than nothing.", money=money_text(minor, requester.currency)
            )
        run_id = None if unit is None else unit.task_run_id
        with self.db.write():
            free = requester.unpromised() if isinstance(requester, InhouseRequester) else None
            if free is not None and minor > free:
                return False, beyond_budget(minor, free, requester)
            PayList(self.db).note(
                Entries(), f"bonus {uuid4()}", ActionKind.BONUS, run_id=run_id, requester_id=requester.db_id,
                unit_id=None if unit is None else unit.db_id, worker_id=self.db_id, amount=minor,
                currency=requester.currency, reason=reason,
            )  # fmt: skip
        return True, say(
            "{money} more are owed to {worker}.",
            money=money_text(minor, requester.currency),
            worker=self.worker_name,
        )

    def block_worker(
        self, reason: str, unit: Unit | None = None, requester: Requester | None = None
    ) -> tuple[bool, str]:
        try:
            account = requester or self.account_for(unit)
        except VendorRefused as error:
            return False, str(error)
        with self.db.write() as w:
            records.block(w, self.db_id, account.db_id, reason)
        return True, say(
            "{worker} gets no further work of {requester}.",
            worker=self.worker_name,
            requester=account.requester_name,
        )

    def unblock_worker(self, reason: str, requester: Requester) -> bool:
        with self.db.write() as w:
            records.unblock(w, self.db_id, requester.db_id)
        return True

    def is_blocked(self, requester: Requester) -> bool:
        with self.db.read() as conn:
            return records.is_blocked(conn, self.db_id, requester.db_id)

    def is_eligible(self, task_run: TaskRun) -> bool:
        """Neither blocked, nor taken off the run's list, nor short of a qualification."""
        if self.is_blocked(task_run.get_requester()):
            return False
        if self.why_ineligible(task_run):
            return False
        wanted = OmegaConf.select(task_run.args, "task.qualifications") or []
        return all(meets(self.get_granted_qualification(q.name), q.op, q.value) for q in wanted)

    def why_ineligible(self, task_run: TaskRun) -> str:
        row = GuestList(self.db, task_run.db_id).by_name(self.worker_name)
        if row is None:
            return "You are not on the list of people who were invited." if has_list(task_run) else ""
        return "You are no longer on the list of people who were invited." if row["removed"] else ""

    @classmethod
    def new_from_provider_data(cls, db: CrowdDatabase, creation_data: dict[str, Any]) -> Worker:
        name = creation_data.get("worker_name")
        if not isinstance(name, str) or not name.strip():
            raise BadInput(say("The task page sent no worker_name, so nobody knows whose work this is."))
        return cls.new(db, clean_name(name))

    @staticmethod
    def new(db: CrowdDatabase, worker_name: str) -> Worker:
        with db.write():
            known = find_worker(db, worker_name)
            if known is not None:
                raise Conflict(
                    say(
                        "There is a worker {worker_name!r} at {provider_type} already.",
                        worker_name=known.worker_name,
                        provider_type=PROVIDER_TYPE,
                    )
                )
            worker = InhouseWorker._register_worker(db, worker_name, PROVIDER_TYPE)
            store_of(db).set(_NAME + fold(worker_name), worker.db_id)
        return worker


def find_worker(db: CrowdDatabase, name: str) -> Worker | None:
    """The person of that name, however it is written."""
    exact = db.find_workers(worker_name=name, provider_type=PROVIDER_TYPE)
    if exact:
        return exact[0]
    worker_id = store_of(db).get(_NAME + fold(name))
    try:
        return None if worker_id is None else Worker.get(db, worker_id)
    except NotFound:
        return None


def has_list(task_run: TaskRun) -> bool:
    """Whether a run was launched for the people of a list only."""
    return OmegaConf.select(task_run.args, "provider.people") is not None


# --------------------------------------------------------------------------------------------- stays


class InhouseAgent(Agent):
    """One of one's own people at work on a unit."""

    def approve_work(self) -> None:
        self._settle(ActionKind.APPROVE)
        self.update_status(AgentStatus.APPROVED)

    def reject_work(self, reason: str) -> None:
        self._settle(ActionKind.REJECT, reason)
        self.update_status(AgentStatus.REJECTED)

    def mark_done(self) -> None:
        """The task server's page submits by itself."""

    def _settle(self, kind: str, reason: str = "") -> None:
        pay = PayList(self.db)
        with self.db.write():
            pay.settle(pay.of_run(self.task_run_id), f"{kind} {self.db_id}", kind, self.unit_id, reason)

    @staticmethod
    def new(db: CrowdDatabase, worker: Worker, unit: Unit) -> Agent:
        return InhouseAgent._register_agent(db, worker, unit, PROVIDER_TYPE)
