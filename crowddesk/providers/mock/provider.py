"""The practice crowd as a provider: what a lane asks is one call of many items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from omegaconf import DictConfig

from crowddesk.blueprints.base import SharedTaskState
from crowddesk.data_model.agent import Agent
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    Action,
    ActionKind,
    AssignmentState,
    BadInput,
    Found,
    Outcome,
    StatusChange,
    VendorRefused,
    kind_text,
)
from crowddesk.language import mark, say
from crowddesk.providers.base import CrowdProvider, ProviderArgs, RejectionRules
from crowddesk.providers.mock.books import REFUSED, Call
from crowddesk.providers.mock.desk import fee_of
from crowddesk.providers.mock.entities import MockAgent, MockRequester, MockUnit, MockWorker
from crowddesk.providers.mock.terms import (
    PROVIDER_TYPE,
    MockArgs,
    PracticeMarket,
    batch_key,
    check_field,
    make_spec,
    new_units,
    read_recorded,
)
from crowddesk.providers.mock.vendor import MockVendor
from crowddesk.store import holding, loading, records, stays

#: So many unmatched recorded answers are named one by one.
_NAMED = 3
_DAMAGED = mark("Its stored item is damaged (it is no JSON).")
_MANY = frozenset({ActionKind.LAUNCH, ActionKind.EXPIRE, *ActionKind.SETTLE})


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
    UNITS_IN_BULK = True
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
        make_spec(args, shared_state)
        wanted = args.blueprint.units_per_assignment
        if provider.replay is None and provider.people < wanted:
            raise BadInput(
                say(
                    "provider.people: {people} people cannot give {wanted} answers to each item, since "
                    "nobody answers an item twice. Ask for more people, or for fewer "
                    "units_per_assignment.",
                    people=provider.people,
                    wanted=wanted,
                )
            )
        if provider.replay is not None and args.task.get("exclude") is not None:
            raise BadInput(
                say(
                    "task.exclude: recorded answers are given by whoever gave them, so nobody can be "
                    "kept out of a replay. Take task.exclude or provider.replay out."
                )
            )
        if provider.truth is not None:
            check_field("provider.truth.field", provider.truth.field, names)
        if provider.replay is not None:
            check_field("provider.replay.field", provider.replay.field, names)
            read_recorded(provider.replay, Path())

    def initialize_provider_datastore(self, storage_path: str) -> PracticeMarket:
        return PracticeMarket(Path(storage_path))

    def setup_resources_for_task_run(
        self, task_run: TaskRun, args: DictConfig, shared_state: SharedTaskState, server_url: str
    ) -> None:
        account = task_run.get_requester().requester_name
        for wanted in shared_state.qualifications:
            self.vendor.create_qualification(account, wanted["name"])
        self.vendor.create_batch(account, batch_key(task_run.db_id), make_spec(args, shared_state))
        self._note_unmatched(task_run)

    def exclude(self, task_run: TaskRun, workers: Sequence[Worker]) -> None:
        account = task_run.get_requester().requester_name
        self.vendor.keep_out(account, batch_key(task_run.db_id), [w.worker_name for w in workers])

    def cleanup_resources_from_task_run(self, task_run: TaskRun, server_url: str) -> None:
        self.vendor.close_batch(batch_key(task_run.db_id))

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
        key = batch_key(task_run.db_id)
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
            damaged = [
                Call(tokens[r.unit_id], kind, str(r.unit_id), result=REFUSED, reason=say(_DAMAGED))
                for r in rows
                if not r.is_readable
            ]
            new = new_units(self.db, run, [r for r in rows if r.is_readable], tokens)
            new.sort(key=lambda u: place[u.token])
            calls = self.vendor.launch_units(batch_key(run.db_id), new)
            return sorted([*calls, *damaged], key=lambda c: place[c.token])
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
            self._refuse_forgotten(account, action, worker.worker_name)
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
            raise VendorRefused(say("The practice vendor has no {action}.", action=kind_text(action.kind)))
        return None

    def _refuse_forgotten(self, account: str, action: Action, worker: str) -> None:
        """Raises VendorRefused for a bonus that a restored workspace may have paid before."""
        with self.db.read() as conn:
            if holding.note_of(conn) is None:
                return
            bonuses = [p for p in self.vendor.payments(account) if p.kind == ActionKind.BONUS]
            same = {p.token for p in bonuses if p.target == worker and -p.amount == action.amount and p.token}
            strange = same - set(stays.attempts(conn, list(same)))
            why = holding.forgotten(conn, action.id, [action.amount for _ in strange], action.currency)
        if why:
            raise VendorRefused(why)

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
        answers_left = sum(unmatched.values())
        if len(unmatched) > _NAMED:
            note = say(
                "{answers:,} recorded answers match no unit: items {names} and {more} more items.",
                answers=answers_left,
                names=names,
                more=len(unmatched) - _NAMED,
            )
        else:
            note = say(
                "{answers:,} recorded answers match no unit: items {names}.",
                answers=answers_left,
                names=names,
            )
        with self.db.write() as w:
            records.change(w, "task_run", run.db_id, state_note=note)


def _evidence(call: Call) -> dict[str, Any]:
    found: dict[str, Any] = {"amount": call.amount, "fee": call.fee} if call.amount else {}
    if call.note == "in work":
        found["down"] = False
    return found
