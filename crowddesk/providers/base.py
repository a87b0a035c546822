"""The provider interface: what a vendor brings, and the few members through which a lane reaches it.

A provider written against INTERFACE.md from memory works: the members at the end have defaults that call the
entities' verbs. All members but the class methods run in the lane of one requester, one call at a time.
"""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from omegaconf import MISSING, DictConfig, OmegaConf

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    Action,
    ActionKind,
    AssignmentState,
    CrowdDeskError,
    Found,
    Outcome,
    StatusChange,
    VendorRefused,
    to_major,
)

if TYPE_CHECKING:
    from crowddesk.blueprints.base import Blueprint, SharedTaskState
    from crowddesk.data_model.database import CrowdDatabase

logger = logging.getLogger(__name__)


@dataclass
class ProviderArgs:
    """The `provider:` part of a run file; vendors extend it."""

    _provider_type: str = MISSING
    requester_name: str = MISSING


@dataclass(frozen=True)
class RejectionRules:
    """What a vendor asks of a rejection: the reason's length in characters, and its categories if any."""

    min_length: int = 1
    max_length: int = 1_000
    categories: tuple[str, ...] = ()


class CrowdProvider(ABC):
    """A vendor. State belongs into its datastore, so that it outlives the program and others can see it."""

    PROVIDER_TYPE: ClassVar[str] = "__PROVIDER_BASE_CLASS__"
    UnitClass: ClassVar[type[Unit]] = Unit
    RequesterClass: ClassVar[type[Requester]] = Requester
    WorkerClass: ClassVar[type[Worker]] = Worker
    AgentClass: ClassVar[type[Agent]] = Agent
    ArgsClass: ClassVar[type[ProviderArgs]] = ProviderArgs
    #: What a lane waits between two polls of a live run, in seconds.
    POLL_SECONDS: ClassVar[float] = 5.0
    #: How long a vendor may take to show what was done, in seconds; a look-up waits that long.
    LOOK_UP_SECONDS: ClassVar[float] = 2.0
    #: How a vendor's rejection must look.
    REJECTION_RULES: ClassVar[RejectionRules] = RejectionRules()

    def __init__(self, db: CrowdDatabase) -> None:
        self.db = db
        if db.has_datastore_for_provider(self.PROVIDER_TYPE):
            self.datastore = db.get_datastore_for_provider(self.PROVIDER_TYPE)
        else:
            self.datastore_root = db.get_db_path_for_provider(self.PROVIDER_TYPE)
            self.datastore = self.initialize_provider_datastore(self.datastore_root)
            db.set_datastore_for_provider(self.PROVIDER_TYPE, self.datastore)

    @classmethod
    def is_sandbox(cls) -> bool:
        """Whether accounts of this vendor are test accounts."""
        return cls.RequesterClass.is_sandbox()

    @classmethod
    def assert_task_args(cls, args: DictConfig, shared_state: SharedTaskState) -> None:
        """Raises, with a sentence a person can act on, if a run with these arguments would not work."""
        return

    @classmethod
    @abstractmethod
    def get_wrapper_js_path(cls) -> str:
        """The `wrap_crowd_source.js` that this vendor needs on the task page."""

    @abstractmethod
    def initialize_provider_datastore(self, storage_path: str) -> Any:
        """Makes the vendor's own storage under a folder and returns it."""

    @abstractmethod
    def setup_resources_for_task_run(
        self, task_run: TaskRun, args: DictConfig, shared_state: SharedTaskState, server_url: str
    ) -> None:
        """Makes what surrounds one run at the vendor."""

    @abstractmethod
    def cleanup_resources_from_task_run(self, task_run: TaskRun, server_url: str) -> None:
        """Takes that down; safe to call twice."""

    def cleanup_qualification(self, qualification_name: str) -> None:
        """Removes the vendor's linked qualification if there is one."""
        return

    # --------------------------------------------------------------- how a lane reaches the vendor

    def perform(self, actions: Sequence[Action]) -> list[Outcome]:
        """Does each action once, in order, and says per item what became of it. Never raises for one item."""
        outcomes: dict[str, Outcome] = {}
        launches = [a for a in actions if a.kind == ActionKind.LAUNCH]
        if launches:
            units = [Unit.get(self.db, a.target_id) for a in launches]
            url = str(launches[0].payload.get("task_url", ""))
            results = self.launch_units(units, url)
            outcomes |= {a.id: result for a, result in zip(launches, results, strict=True)}
        for action in actions:
            if action.id not in outcomes:
                outcomes[action.id] = self._outcome_of(lambda a=action: self._do(a))  # type: ignore[misc]
        return [outcomes[a.id] for a in actions]

    def look_up(self, actions: Sequence[Action]) -> list[str]:
        """Per item, after a lost answer: `Found.HAPPENED`, `DID_NOT` or `CANNOT_TELL`."""
        return [self._look_up_one(action) for action in actions]

    def launch_units(self, units: Sequence[Unit], task_url: str) -> list[Outcome]:
        """Makes units available; one failure does not stop the others."""
        return [self._outcome_of(lambda u=unit: u.launch(task_url)) for unit in units]  # type: ignore[misc]

    def sync_task_run(self, task_run: TaskRun) -> list[StatusChange]:
        """All status changes since `task_run.sync_cursor`, in as few reads as the vendor allows."""
        found = []
        for unit in task_run.get_units():
            if unit.db_status in AssignmentState.final_unit():
                continue
            before = unit.db_status
            status = unit.get_status()
            if status != before:
                found.append(StatusChange(unit_id=unit.db_id, ref="", unit_status=status))
        return found

    def quote(self, kind: str, amount: int, count: int) -> int:
        """The vendor's fee for `count` payments of `amount` minor units each, in minor units."""
        return 0

    # --------------------------------------------------------------------------------------- inside

    def _outcome_of(self, call: Callable[[], object]) -> Outcome:
        try:
            result = call()
        except (VendorRefused, NotImplementedError) as error:
            return Outcome.refused(str(error) or "The vendor cannot do this.")
        except Exception as error:  # a vendor's code may raise anything: what happened is unknown
            logger.debug("A vendor call ended in doubt", exc_info=True)
            text = str(error) if isinstance(error, CrowdDeskError) else f"{type(error).__name__}: {error}"
            return Outcome.unknown(text)
        if isinstance(result, tuple) and len(result) == 2 and result[0] is False:
            return Outcome.refused(str(result[1]))
        if result is False:
            return Outcome.refused("The vendor did not take it.")
        return Outcome.done()

    def _do(self, action: Action) -> object:
        kind = action.kind
        if kind in (ActionKind.SET_UP, ActionKind.CLEAN_UP):
            return self._surround(action)
        if kind == ActionKind.EXPIRE:
            Unit.get(self.db, action.target_id).expire()
            return None
        if kind in ActionKind.SETTLE:
            return self._settle(action)
        return self._treat_worker(action)

    def _surround(self, action: Action) -> object:
        run = TaskRun.get(self.db, action.target_id)
        url = str(action.payload.get("server_url", ""))
        if action.kind == ActionKind.CLEAN_UP:
            self.cleanup_resources_from_task_run(run, url)
        else:
            shared = make_shared_state(run.args, run.get_blueprint())
            self.setup_resources_for_task_run(run, run.args, shared, url)
        return None

    def _settle(self, action: Action) -> object:
        agent = Unit.get(self.db, action.target_id).get_assigned_agent()
        if agent is None:
            raise VendorRefused(f"Nobody has worked on unit {action.target_id}, so it cannot be judged.")
        if action.kind == ActionKind.APPROVE:
            agent.approve_work()
        elif action.kind == ActionKind.SOFT_REJECT:
            agent.soft_reject_work()
        elif action.kind == ActionKind.REJECT:
            agent.reject_work(action.reason)
        else:
            raise VendorRefused("This vendor cannot take a rejection back.")
        return None

    def _treat_worker(self, action: Action) -> object:
        worker = Worker.get(self.db, action.target_id)
        unit = Unit.get(self.db, action.unit_id) if action.unit_id else None
        requester = Requester.get(self.db, action.requester_id)
        kind, name = action.kind, str(action.payload.get("qualification_name", ""))
        if kind == ActionKind.BONUS:
            amount: Decimal = to_major(action.amount, action.currency)
            return worker.bonus_worker(amount, action.reason, unit)
        if kind == ActionKind.BLOCK:
            return worker.block_worker(action.reason, unit, requester)
        if kind == ActionKind.UNBLOCK:
            return worker.unblock_worker(action.reason, requester)
        if kind == ActionKind.GRANT:
            return worker.grant_qualification(name, int(action.payload.get("value", 1)))
        if kind == ActionKind.REVOKE:
            return worker.revoke_qualification(name)
        raise VendorRefused(f"This vendor has no action {kind!r}.")

    def _look_up_one(self, action: Action) -> str:
        kind = action.kind
        if kind in (ActionKind.CLEAN_UP, ActionKind.GRANT, ActionKind.REVOKE):
            return Found.DID_NOT  # safe to do twice
        if kind == ActionKind.EXPIRE:
            return _found(Unit.get(self.db, action.target_id).is_expired())
        if kind in (ActionKind.BLOCK, ActionKind.UNBLOCK):
            requester = Requester.get(self.db, action.requester_id)
            blocked = Worker.get(self.db, action.target_id).is_blocked(requester)
            return _found(blocked == (kind == ActionKind.BLOCK))
        if kind == ActionKind.LAUNCH:
            status = Unit.get(self.db, action.target_id).get_status()
            return Found.CANNOT_TELL if status == AssignmentState.CREATED else Found.HAPPENED
        if kind in (ActionKind.APPROVE, ActionKind.SOFT_REJECT, ActionKind.REJECT):
            return self._look_up_settle(action)
        return Found.CANNOT_TELL

    def _look_up_settle(self, action: Action) -> str:
        unit = Unit.get(self.db, action.target_id)
        if type(unit).get_status is Unit.get_status:
            return Found.CANNOT_TELL  # only this desk's own opinion; the vendor's is not known
        status = unit.get_status()
        paid = (AssignmentState.ACCEPTED, AssignmentState.SOFT_REJECTED)
        wanted = (AssignmentState.REJECTED,) if action.kind == ActionKind.REJECT else paid
        if status in wanted:
            return Found.HAPPENED
        return Found.DID_NOT if status == AssignmentState.COMPLETED else Found.CANNOT_TELL


def make_shared_state(args: DictConfig, blueprint: Blueprint) -> SharedTaskState:
    """What the parts of a run share in memory, from its configuration and its blueprint."""
    from crowddesk.blueprints.base import SharedTaskState

    wanted = OmegaConf.select(args, "task.qualifications") or []
    return SharedTaskState(
        blueprint=blueprint,
        fields=blueprint.fields(),
        qualifications=[OmegaConf.to_container(q) for q in wanted],  # type: ignore[misc]
    )


def _found(happened: bool) -> str:
    return Found.HAPPENED if happened else Found.DID_NOT
