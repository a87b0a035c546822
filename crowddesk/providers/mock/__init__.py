"""`mock`, the practice crowd, as a CrowdDesk provider: the five classes over `MockVendor`."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

from omegaconf import MISSING, DictConfig, OmegaConf

from crowddesk.blueprints.base import SharedTaskState
from crowddesk.blueprints.data_files import missing_column, read_table
from crowddesk.data_model.agent import Agent
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester, RequesterArgs
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    Action,
    ActionKind,
    AgentStatus,
    Amount,
    AssignmentState,
    BadInput,
    Found,
    Outcome,
    StatusChange,
    VendorRefused,
    check_currency,
    to_major,
    to_minor,
)
from crowddesk.providers.base import CrowdProvider, ProviderArgs, RejectionRules
from crowddesk.providers.mock.batch import BatchSpec
from crowddesk.providers.mock.books import Call
from crowddesk.providers.mock.crowd import Mix
from crowddesk.providers.mock.desk import NewUnit, fee_of
from crowddesk.providers.mock.vendor import MockVendor
from crowddesk.store import loading, records

PROVIDER_TYPE = "mock"
#: So many unmatched recorded answers are named one by one.
_NAMED = 3
_COMPARATORS = {"exists": "has", "not_exists": "lacks", ">=": ">=", ">": ">="}

Recorded = tuple[str, Mapping[str, Any], float | None]


@dataclass
class ReplayArgs:
    """Recorded answers: a table with a column for the item's key, the worker, the answer, and the seconds.

    The k-th answer to an item goes to its unit k, as the form's `field`.
    """

    file: str = field(default=MISSING, metadata={"path": True})
    item: str = MISSING
    worker: str = MISSING
    answer: str = MISSING
    field: str = MISSING
    seconds: str | None = None


@dataclass
class TruthArgs:
    """The column that holds the right answer to the form's `field`, so that skilled people can be right."""

    field: str = MISSING
    column: str = MISSING


@dataclass
class MockArgs(ProviderArgs):
    """How the practice crowd behaves. `seed` makes a run repeat; `speed` divides its waits only."""

    seed: int = 1
    speed: float = 1.0
    people: int = 100
    arrivals_per_second: float = 1.0
    skilled: float = Mix().skilled
    sloppy: float = Mix().sloppy
    spammer: float = Mix().spammer
    leaver: float = Mix().leaver
    truth: TruthArgs | None = None
    replay: ReplayArgs | None = None


@dataclass
class MockRequesterArgs(RequesterArgs):
    """A practice account: its play money."""

    balance: str = field(default="10000.00", metadata={"help": "Play money to begin with."})
    currency: str = field(default="USD", metadata={"help": "Three letters, such as USD, GBP or EUR."})


class PracticeMarket:
    """The datastore: the vendor in its own file, and the recorded answers of the runs that replay."""

    def __init__(self, folder: Path) -> None:
        self.vendor = MockVendor(folder / "market.sqlite")
        self._recorded: dict[str, dict[str, list[Recorded]]] = {}

    def close(self) -> None:
        self.vendor.close()

    def recorded(self, run: TaskRun) -> dict[str, list[Recorded]]:
        """A replaying run's answers by item, in the order of the file; read once a process."""
        if run.db_id not in self._recorded:
            replay = run.args.provider.replay
            found = {} if replay is None else _read_recorded(replay, Path(run.get_run_dir()))
            self._recorded[run.db_id] = found
        return self._recorded[run.db_id]


def _read_recorded(replay: Any, folder: Path) -> dict[str, list[Recorded]]:
    found: dict[str, list[Recorded]] = {}
    wanted = [replay.item, replay.worker, replay.answer, *([replay.seconds] if replay.seconds else [])]
    for row in read_table(folder / replay.file, need=wanted):
        seconds = row.values[replay.seconds] if replay.seconds else ""
        answer = {replay.field: row.values[replay.answer]}
        item = found.setdefault(row.values[replay.item], [])
        item.append((row.values[replay.worker], answer, float(seconds) if seconds else None))
    return found


class MockUnit(Unit):
    """A unit at the practice vendor, by the name of its id here."""

    @property
    def _vendor(self) -> MockVendor:
        return _vendor(self.db)

    def launch(self, task_url: str) -> None:
        run = self.get_task_run()
        with self.db.read() as conn:
            rows = loading.units_to_launch(conn, [int(self.db_id)])
        new = _new_units(self.db, run, rows, {int(self.db_id): f"launch {uuid4()}"})
        _one(self._vendor.launch_units(_key(run.db_id), new))
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
        vendor = _vendor(self.db)
        if args is None:
            if not self.is_registered():
                raise BadInput(f"The practice account {self.requester_name!r} is not registered yet.")
            return
        currency = check_currency(args.get("currency") or "USD")
        balance = to_minor(args.get("balance") or "10000.00", currency)
        vendor.ensure_account(self.requester_name, balance, currency)
        self.db.update_requester(self.db_id, registered=True, currency=currency)
        self.currency = currency

    def is_registered(self) -> bool:
        return bool(self.db.get_requester(self.db_id)["registered"])

    def get_available_budget(self) -> Decimal:
        return to_major(*_vendor(self.db).balance(self.requester_name))

    @classmethod
    def is_sandbox(cls) -> bool:
        return True

    @staticmethod
    def new(db: CrowdDatabase, requester_name: str) -> Requester:
        return MockRequester._register_requester(db, requester_name, PROVIDER_TYPE)


class MockWorker(Worker):
    """A simulated or recorded person."""

    def bonus_worker(self, amount: Amount, reason: str, unit: Unit | None = None) -> tuple[bool, str]:
        requester = self._account(unit)
        minor = to_minor(amount, requester.currency)
        token = f"bonus {uuid4()}"
        ref = unit.db_id if unit else None
        return _said(
            lambda: _vendor(self.db).bonus(
                requester.requester_name, token, self.worker_name, minor, reason, ref
            )
        )

    def block_worker(
        self, reason: str, unit: Unit | None = None, requester: Requester | None = None
    ) -> tuple[bool, str]:
        account = requester or self._account(unit)
        token = f"block {uuid4()}"
        done = _said(lambda: _vendor(self.db).block(account.requester_name, token, self.worker_name, reason))
        if done[0]:
            with self.db.write() as w:
                records.block(w, self.db_id, account.db_id, reason)
        return done

    def unblock_worker(self, reason: str, requester: Requester) -> bool:
        token = f"unblock {uuid4()}"
        done, _ = _said(
            lambda: _vendor(self.db).unblock(requester.requester_name, token, self.worker_name, reason)
        )
        if done:
            with self.db.write() as w:
                records.unblock(w, self.db_id, requester.db_id)
        return done

    def is_blocked(self, requester: Requester) -> bool:
        return _vendor(self.db).is_blocked(requester.requester_name, self.worker_name)

    def is_eligible(self, task_run: TaskRun) -> bool:
        if self.is_blocked(task_run.get_requester()):
            return False
        wanted = OmegaConf.select(task_run.args, "task.qualifications") or []
        return all(_meets(self.get_granted_qualification(q.name), q.op, q.value) for q in wanted)

    def grant_crowd_qualification(self, qualification_name: str, value: int = 1) -> None:
        for requester in self.db.find_requesters(provider_type=PROVIDER_TYPE):
            token = f"grant {uuid4()}"
            vendor, account = _vendor(self.db), requester.requester_name
            vendor.create_qualification(account, qualification_name)
            vendor.grant(account, token, self.worker_name, qualification_name, value)

    def revoke_crowd_qualification(self, qualification_name: str) -> None:
        for requester in self.db.find_requesters(provider_type=PROVIDER_TYPE):
            token = f"revoke {uuid4()}"
            vendor, account = _vendor(self.db), requester.requester_name
            vendor.create_qualification(account, qualification_name)
            vendor.revoke(account, token, self.worker_name, qualification_name)

    @staticmethod
    def new(db: CrowdDatabase, worker_name: str) -> Worker:
        return MockWorker._register_worker(db, worker_name, PROVIDER_TYPE)

    def _account(self, unit: Unit | None) -> Requester:
        """The account that owes this person: the unit's, else that of their last work."""
        if unit is not None:
            return unit.get_requester()
        agents = self.get_agents()
        if agents:
            return agents[-1].get_task_run().get_requester()
        raise VendorRefused(f"{self.worker_name} has not worked for you, so no account can be chosen.")


class MockAgent(Agent):
    """A stay of a simulated person on one unit."""

    def approve_work(self) -> None:
        _one(_vendor(self.db).settle(ActionKind.APPROVE, [(f"approve {self.db_id}", self.unit_id, "", "")]))
        self.update_status(AgentStatus.APPROVED)

    def reject_work(self, reason: str) -> None:
        item = (f"reject {self.db_id}", self.unit_id, reason, "")
        _one(_vendor(self.db).settle(ActionKind.REJECT, [item]))
        self.update_status(AgentStatus.REJECTED)

    def mark_done(self) -> None:
        """Simulated people submit by themselves."""

    @staticmethod
    def new(db: CrowdDatabase, worker: Worker, unit: Unit) -> Agent:
        return MockAgent._register_agent(db, worker, unit, PROVIDER_TYPE)


class MockProvider(CrowdProvider):
    """The practice crowd. Everything a lane asks is one call of many items to the vendor's own file."""

    PROVIDER_TYPE = PROVIDER_TYPE
    UnitClass: ClassVar[type[Unit]] = MockUnit
    RequesterClass: ClassVar[type[Requester]] = MockRequester
    WorkerClass: ClassVar[type[Worker]] = MockWorker
    AgentClass: ClassVar[type[Agent]] = MockAgent
    ArgsClass: ClassVar[type[ProviderArgs]] = MockArgs
    POLL_SECONDS = 0.25
    LOOK_UP_SECONDS = 0.2
    REJECTION_RULES = RejectionRules(min_length=10)

    datastore: PracticeMarket

    @property
    def vendor(self) -> MockVendor:
        return self.datastore.vendor

    @classmethod
    def get_wrapper_js_path(cls) -> str:
        return str(Path(__file__).parent / "wrap_crowd_source.js")

    @classmethod
    def assert_task_args(cls, args: DictConfig, shared_state: SharedTaskState) -> None:
        names = {f.name for f in shared_state.fields}
        provider = args.provider
        _spec(args, shared_state)
        wanted = args.blueprint.units_per_assignment
        if provider.replay is None and provider.people < wanted:
            raise BadInput(
                f"provider.people: {provider.people} people cannot give {wanted} answers to each item, since "
                "nobody answers an item twice. Ask for more people, or for fewer units_per_assignment."
            )
        if provider.truth is not None:
            _check_field("provider.truth.field", provider.truth.field, names)
        if provider.replay is not None:
            _check_field("provider.replay.field", provider.replay.field, names)
            _read_recorded(provider.replay, Path())

    def initialize_provider_datastore(self, storage_path: str) -> PracticeMarket:
        return PracticeMarket(Path(storage_path))

    def setup_resources_for_task_run(
        self, task_run: TaskRun, args: DictConfig, shared_state: SharedTaskState, server_url: str
    ) -> None:
        account = task_run.get_requester().requester_name
        for wanted in shared_state.qualifications:
            self.vendor.create_qualification(account, wanted["name"])
        self.vendor.create_batch(account, _key(task_run.db_id), _spec(args, shared_state))
        self._note_unmatched(task_run)

    def cleanup_resources_from_task_run(self, task_run: TaskRun, server_url: str) -> None:
        self.vendor.close_batch(_key(task_run.db_id))

    def cleanup_qualification(self, qualification_name: str) -> None:
        for requester in self.db.find_requesters(provider_type=PROVIDER_TYPE):
            self.vendor.remove_qualification(requester.requester_name, qualification_name)

    def quote(self, kind: str, amount: int, count: int) -> int:
        costs = (ActionKind.APPROVE, ActionKind.SOFT_REJECT, ActionKind.UNREJECT, ActionKind.BONUS)
        return fee_of(amount) * count if kind in costs else 0

    # ----------------------------------------------------------------------------------- by the lane

    def perform(self, actions: Sequence[Action]) -> list[Outcome]:
        outcomes: dict[str, Outcome] = {}
        groups: dict[tuple[str, str | None], list[Action]] = {}
        for action in actions:
            many = action.kind in _MANY
            groups.setdefault((action.kind, action.task_run_id if many else action.id), []).append(action)
        for (kind, _), group in groups.items():
            if kind in _MANY:
                outcomes |= self._perform_many(kind, group)
            else:
                outcomes[group[0].id] = self._outcome_of(lambda a=group[0]: self._perform_one(a))  # type: ignore[misc]
        return [outcomes[a.id] for a in actions]

    def look_up(self, actions: Sequence[Action]) -> list[str]:
        known = self.vendor.find_calls([a.id for a in actions])
        return [Found.HAPPENED if a.id in known and known[a.id].done else Found.DID_NOT for a in actions]

    def sync_task_run(self, task_run: TaskRun) -> list[StatusChange]:
        key = _key(task_run.db_id)
        self.vendor.step(key)
        rows = self.vendor.changes(key, int(task_run.sync_cursor or 0))
        return [
            StatusChange(
                unit_id=row.unit_ref,
                ref=row.ref,
                worker_name=row.worker_name,
                agent_status=row.agent_status,
                unit_status=AssignmentState.EXPIRED if row.agent_status is None else None,
                vendor_status=row.vendor_status,
                at=datetime.fromtimestamp(row.at, UTC),
                seconds=row.seconds,
                payload=row.payload,
                answer=row.answer,
                cursor=str(row.seq),
            )
            for row in rows
        ]

    def _perform_many(self, kind: str, actions: Sequence[Action]) -> dict[str, Outcome]:
        """One call to the vendor for all; when it fails as a whole, nobody knows about any of them."""
        calls: list[Call] = []

        def call() -> None:
            calls.extend(self._call_many(kind, actions))

        whole = self._outcome_of(call)
        if whole.state != "done":
            return {a.id: whole for a in actions}
        return {
            a.id: Outcome.done(c.note, **_evidence(c)) if c.done else Outcome.refused(c.reason)
            for a, c in zip(actions, calls, strict=True)
        }

    def _call_many(self, kind: str, actions: Sequence[Action]) -> list[Call]:
        if kind == ActionKind.LAUNCH:
            run = TaskRun.get(self.db, str(actions[0].task_run_id))
            tokens = {int(a.target_id): a.id for a in actions}
            with self.db.read() as conn:
                rows = loading.units_to_launch(conn, list(tokens))
            place = {token: i for i, token in enumerate(a.id for a in actions)}
            new = sorted(_new_units(self.db, run, rows, tokens), key=lambda u: place[u.token])
            return self.vendor.launch_units(_key(run.db_id), new)
        if kind == ActionKind.EXPIRE:
            return self.vendor.expire_units([(a.id, a.target_id) for a in actions])
        verb = ActionKind.APPROVE if kind == ActionKind.SOFT_REJECT else kind
        return self.vendor.settle(verb, [(a.id, a.target_id, a.reason, a.category) for a in actions])

    def _perform_one(self, action: Action) -> object:
        if action.kind in (ActionKind.SET_UP, ActionKind.CLEAN_UP):
            return self._surround(action)
        account = self.db.get_requester(action.requester_id)["requester_name"]
        worker = Worker.get(self.db, action.target_id)
        name = str(action.payload.get("qualification_name", ""))
        if action.kind == ActionKind.BONUS:
            self.vendor.bonus(
                account, action.id, worker.worker_name, action.amount, action.reason, action.unit_id
            )
        elif action.kind == ActionKind.BLOCK:
            self.vendor.block(account, action.id, worker.worker_name, action.reason)
        elif action.kind == ActionKind.UNBLOCK:
            self.vendor.unblock(account, action.id, worker.worker_name, action.reason)
        elif action.kind == ActionKind.GRANT:
            value = int(action.payload.get("value", 1))
            worker.grant_qualification(name, value, skip_crowd=True)
            self.vendor.create_qualification(account, name)
            self.vendor.grant(account, action.id, worker.worker_name, name, value)
        elif action.kind == ActionKind.REVOKE:
            found = self.db.find_qualifications(name)
            if found:
                self.db.revoke_qualification(found[0].db_id, worker.db_id)
            self.vendor.create_qualification(account, name)
            self.vendor.revoke(account, action.id, worker.worker_name, name)
        else:
            raise VendorRefused(f"The practice vendor has no {action.kind.replace('_', ' ')}.")
        return None

    def _note_unmatched(self, run: TaskRun) -> None:
        """Names the recorded answers that no unit of the run will get."""
        answers = self.datastore.recorded(run)
        if not answers:
            return
        with self.db.read() as conn:
            units = loading.units_of_items(conn, int(run.db_id))
        left = {key: len(rows) - units.get(key, 0) for key, rows in answers.items()}
        unmatched = {key: count for key, count in left.items() if count > 0}
        if not unmatched:
            return
        names = ", ".join(f"{key!r} ({count})" for key, count in list(unmatched.items())[:_NAMED])
        more = f" and {len(unmatched) - _NAMED} more items" if len(unmatched) > _NAMED else ""
        note = f"{sum(unmatched.values()):,} recorded answers match no unit: items {names}{more}."
        with self.db.write() as w:
            records.change(w, "task_run", run.db_id, state_note=note)


_MANY = frozenset({ActionKind.LAUNCH, ActionKind.EXPIRE, *ActionKind.SETTLE})


def _vendor(db: CrowdDatabase) -> MockVendor:
    market: PracticeMarket = db.get_datastore_for_provider(PROVIDER_TYPE)
    return market.vendor


def _key(run_id: str) -> str:
    return f"run-{run_id}"


def _one(calls: Sequence[Call]) -> Call:
    if not calls[0].done:
        raise VendorRefused(calls[0].reason)
    return calls[0]


def _said(call: Callable[[], Call]) -> tuple[bool, str]:
    try:
        return True, call().note
    except VendorRefused as error:
        return False, str(error)


def _evidence(call: Call) -> dict[str, Any]:
    found: dict[str, Any] = {"amount": call.amount, "fee": call.fee} if call.amount else {}
    if call.note == "in work":
        found["down"] = False
    return found


def _check_field(place: str, name: str, names: set[str]) -> None:
    if names and name not in names:
        raise BadInput(f"{place}: {missing_column('the form', name, sorted(names))}")


def _meets(granted: Any, op: str, value: int) -> bool:
    if op == "exists":
        return granted is not None
    if op == "not_exists":
        return granted is None
    if granted is None:
        return False
    comparisons = {
        "==": operator.eq, "!=": operator.ne, "<": operator.lt,
        "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    }  # fmt: skip
    return bool(comparisons[op](granted.value, value))


def _spec(args: DictConfig, shared: SharedTaskState) -> BatchSpec:
    """The vendor's terms for a run; BadInput for a qualification that this vendor cannot ask for."""
    task, provider = args.task, args.provider
    currency = check_currency(task.currency)
    required = []
    for wanted in task.qualifications or []:
        if wanted.op not in _COMPARATORS:
            raise BadInput(
                f"task.qualifications: the practice vendor cannot compare {wanted.name!r} by {wanted.op!r}; "
                f"it knows {', '.join(_COMPARATORS)}."
            )
        value = wanted.value + 1 if wanted.op == ">" else wanted.value
        required.append((wanted.name, _COMPARATORS[wanted.op], value))
    truth = provider.truth or task.gold or task.screening
    return BatchSpec(
        seed=provider.seed,
        speed=provider.speed,
        reward_minor=to_minor(task.reward, currency),
        currency=currency,
        concurrency=task.max_num_concurrent_units or None,
        max_units_per_worker=task.maximum_units_per_worker or None,
        time_limit_s=float(task.assignment_duration_in_seconds),
        required_qualifications=tuple(required),
        mix=Mix(provider.skilled, provider.sloppy, provider.spammer, provider.leaver),
        people=provider.people,
        arrivals_per_second=provider.arrivals_per_second,
        units_per_item=args.blueprint.units_per_assignment,
        replay=provider.replay is not None,
        fields=tuple(_plain(f) for f in shared.fields),
        gold_field=truth.field if truth is not None else None,
    )


def _plain(form_field: Any) -> dict[str, Any]:
    options = [{"value": o.value, "label": o.label} for o in form_field.options]
    return {"name": form_field.name, "type": form_field.type, "options": options, **form_field.limits}


def _new_units(
    db: CrowdDatabase, run: TaskRun, rows: Sequence[loading.UnitToLaunch], tokens: Mapping[int, str]
) -> list[NewUnit]:
    market: PracticeMarket = db.get_datastore_for_provider(PROVIDER_TYPE)
    recorded = market.recorded(run)
    args = run.args
    new = []
    for row in rows:
        item = json.loads(row.data)
        answers = recorded.get(row.item_key, []) if row.unit_index >= 0 else []
        new.append(
            NewUnit(
                token=tokens[row.unit_id],
                ref=str(row.unit_id),
                item_key=row.item_key,
                unit_index=row.unit_index,
                item=item,
                truth=_truth_of(args, row.unit_index, item),
                recorded=answers[row.unit_index] if 0 <= row.unit_index < len(answers) else None,
            )
        )
    return new


def _truth_of(args: DictConfig, unit_index: int, item: Mapping[str, Any]) -> Any:
    """The right answer to an item, where the run says in which column it stands."""
    part = {-2: args.task.gold, -1: args.task.screening}.get(unit_index)
    if part is not None and part.truth is not None:
        return item.get(part.truth)
    return item.get(args.provider.truth.column) if args.provider.truth is not None else None
