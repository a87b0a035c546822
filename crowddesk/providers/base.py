"""The provider interface: what a vendor brings, and the few members through which a lane reaches it.

A provider written against INTERFACE.md from memory works: the members at the end have defaults that call the
entities' verbs. All members but the class methods run in the lane of one requester, one call at a time.
"""

from __future__ import annotations

import functools
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from omegaconf import MISSING, DictConfig

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.entity import Entity
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    Action,
    ActionKind,
    AssignmentState,
    CrowdDeskError,
    Hosting,
    Outcome,
    StatusChange,
    Stray,
    VendorRefused,
    WageAdvice,
    round_half_up,
)
from crowddesk.language import say
from crowddesk.providers import by_verbs

if TYPE_CHECKING:
    from crowddesk.blueprints.base import SharedTaskState
    from crowddesk.data_model.database import CrowdDatabase

logger = logging.getLogger(__name__)
_Noun = TypeVar("_Noun", bound=Entity)


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


@dataclass(frozen=True)
class Invitation:
    """A person who may work on a run: their personal `code`, and whether they came already."""

    worker_name: str
    code: str
    came: bool = False


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
    #: `UnitClass.new` does no more than `_register_unit`, so that a run's units may be made in bulk.
    UNITS_IN_BULK: ClassVar[bool] = False
    #: The desk's own task server puts the runs of this vendor before people.
    SERVES_TASKS: ClassVar[bool] = False
    #: The vendor decides in time what nobody has judged: its runs are watched until everything is decided.
    DECIDES_ITSELF: ClassVar[bool] = False
    #: Kinds of actions beyond deciding, paying, blocking and qualifying that this vendor can do.
    OFFERS: ClassVar[frozenset[str]] = frozenset()
    #: How a vendor's rejection must look.
    REJECTION_RULES: ClassVar[RejectionRules] = RejectionRules()

    def __init__(self, db: CrowdDatabase) -> None:
        self.db = db
        self.datastore: Any
        if db.has_datastore_for_provider(self.PROVIDER_TYPE):
            self.datastore = db.get_datastore_for_provider(self.PROVIDER_TYPE)
            return
        with db.making_datastore():
            if db.has_datastore_for_provider(self.PROVIDER_TYPE):  # another thread was first
                self.datastore = db.get_datastore_for_provider(self.PROVIDER_TYPE)
                return
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

    # ------------------------------------------------------- how people come to a run that we serve

    def admit(self, task_run: TaskRun, registration: dict[str, Any]) -> Worker:
        """Who has come, by what `wrap_crowd_source.js` read from the link or the person typed.

        Raises VendorRefused with a sentence for that person, in English. Called by the task server, which
        serves only vendors with `SERVES_TASKS`.
        """
        name = registration.get("worker_name")
        if not isinstance(name, str) or not name.strip():
            raise VendorRefused("The link does not say who you are. Open it as it was given to you.")
        found = self.db.find_workers(worker_name=name, provider_type=self.PROVIDER_TYPE)
        return found[0] if found else self.WorkerClass.new_from_provider_data(self.db, registration)

    def sign_in(self, task_run: TaskRun) -> str:
        """What people type whose link does not say who they are: `name`, `code` or nothing."""
        return ""

    def invitations(self, task_run: TaskRun) -> list[Invitation]:
        """The people of a run who have personal links; none where everybody has the same."""
        return []

    def why_no_more(self, task_run: TaskRun, worker: Worker) -> str:
        """Why somebody who was admitted gets no unit, as a sentence to them; "" where nothing bars them.

        For vendors that pay for one unit a stay. Called by the live run.
        """
        return ""

    def farewell(self, agent: Agent) -> dict[str, str]:
        """Where a worker goes who has sent their answer: `url` and the `label` of its link; {} for nowhere.

        `wrap_crowd_source.js` gets it too. Called by the task server, after the answer was stored.
        """
        return {}

    @classmethod
    def can_exclude(cls) -> bool:
        """Whether a run of this vendor can keep people out."""
        return cls.SERVES_TASKS or cls.exclude is not CrowdProvider.exclude

    def exclude(self, task_run: TaskRun, workers: Sequence[Worker]) -> None:
        """Keeps these out of a run: all accounts, of everybody, each time.

        Called between set-up and launch, and again when there are more. By default the pool of a run that
        we serve bars them; VendorRefused elsewhere.
        """
        if not self.serves(task_run):
            raise VendorRefused(
                say(
                    "{provider_type} cannot keep people out: take task.exclude out.",
                    provider_type=self.PROVIDER_TYPE,
                )
            )

    def turned_away(self, task_run: TaskRun, worker: Worker) -> dict[str, str]:
        """The same for somebody who was admitted and never gets a unit."""
        return {}

    # ---------------------------------------------------------------------- where a run is shown

    @classmethod
    def hosting(cls, args: DictConfig, public_url: str) -> Hosting:
        """Who shows a run with these arguments to people, by a desk with this public address ("": none).

        Raises BadInput with what to change where nobody could.
        """
        return Hosting("here" if cls.SERVES_TASKS else "vendor", "")

    def serves(self, task_run: TaskRun) -> bool:
        """Whether our own task server shows this run."""
        return self.SERVES_TASKS

    def page_of(self, task_run: TaskRun) -> str:
        """The address of a run's own page at the vendor, for whoever pays for it; "" where it has none."""
        return ""

    def needs_address(self, task_run: TaskRun) -> bool:
        """Whether the vendor is told the run's link when it is set up; it waits for the link then."""
        return False

    # --------------------------------------------------------------- how a lane reaches the vendor

    def perform(self, actions: Sequence[Action]) -> list[Outcome]:
        """Does each action once and says, per item and in their order, what became of it.

        Launches go together through `launch_units`, before the others. Never raises for one item.
        """
        outcomes = self._launch([a for a in actions if a.kind == ActionKind.LAUNCH])
        for action in actions:
            if action.id not in outcomes:
                outcomes[action.id] = self._outcome_of(functools.partial(by_verbs.do, self, action))
        return [outcomes[a.id] for a in actions]

    def look_up(self, actions: Sequence[Action]) -> list[str]:
        """Per item, after a lost answer: one of `domain.Found`."""
        return [by_verbs.look_up(self, action) for action in actions]  # what raises is asked again later

    def launch_units(self, units: Sequence[Unit], task_url: str) -> list[Outcome]:
        """Makes units available; one failure does not stop the others."""
        return [self._outcome_of(functools.partial(by_verbs.launch, unit, task_url)) for unit in units]

    def sync_task_run(self, task_run: TaskRun) -> list[StatusChange]:
        """All status changes since `task_run.sync_cursor`, in as few reads as the vendor allows.

        A unit whose status cannot be read does not stop the others; it raises only when nothing was found.
        """
        found = []
        failure: Exception | None = None
        for unit in task_run.get_units():
            before = unit.db_status
            if before in AssignmentState.final_unit():
                continue
            try:
                status = unit.get_status()
            except Exception as error:  # a vendor's code may raise anything
                logger.info("The status of %s could not be read", unit, exc_info=True)
                failure = failure or error
                continue
            if status != before:
                found.append(StatusChange(unit_id=unit.db_id, ref="", unit_status=status))
        if failure is not None and not found:
            raise failure
        return found

    def quote(self, kind: str, amount: int, count: int) -> int:
        """The vendor's fee for `count` payments of `amount` minor units each, in minor units.

        Rounded half up, a payment at a time. By default what the vendor's own
        `Unit.get_pay_amount`, if it has one, adds to the pay; bonuses then cost no fee.
        """
        if kind == ActionKind.BONUS or self.UnitClass.get_pay_amount is Unit.get_pay_amount:
            return 0
        return count * self._fee_in_pay_amount(amount)

    def quote_for(self, requester: Requester, kind: str, amount: int, count: int) -> int:
        """`quote` for one account, where the fee depends on it. May ask the vendor: not in the GUI thread."""
        return self.quote(kind, amount, count)

    def wage_advice(self, requester: Requester) -> WageAdvice | None:
        """What the vendor wants paid for an hour, if it says so. Asks the vendor."""
        return None

    def poll_after(self, task_run_id: str, moved: bool) -> float:
        """How long a lane waits before it polls a run again, in seconds. `moved`: the last one found news."""
        return min(0.05, self.POLL_SECONDS) if moved else self.POLL_SECONDS

    def evidence_of(self, actions: Sequence[Action]) -> list[dict[str, Any]]:
        """Per item: what a person should see who decides what nobody could look up. JSON can hold it."""
        return [{} for _ in actions]

    # ------------------------------------------------------------------- comparing desk and vendor

    def standings(self, task_run: TaskRun) -> list[StatusChange]:
        """Every stay of a run as the vendor has it now, whatever was reported before.

        Who overrides it names all of them: also who is at work, without `agent_status` where that is no
        news, and with an empty `unit_id` who is not on any unit here because none was free. A stay that is
        not among them is taken to be unknown there.
        """
        return self.sync_task_run(task_run)

    def strays(self, requester: Requester) -> list[Stray]:
        """What is live at the vendor for an account, and no run here stands for it."""
        return []

    def adopt(self, task_run: TaskRun, ref: str) -> None:
        """From now on `task_run` stands for what the vendor calls `ref`. Changes nothing at the vendor.

        Raises VendorRefused where that cannot be.
        """
        raise VendorRefused(say("This vendor has nothing that could be adopted."))

    # --------------------------------------------------------------------------------------- inside

    def _fee_in_pay_amount(self, amount: int) -> int:
        """Asks a unit that is not stored anywhere; it pays in hundredths, because no currency is at hand."""
        names = ("assignment_id", "task_id", "task_run_id", "requester_id", "agent_id", "worker_id")
        row = {
            **dict.fromkeys(names),
            "unit_id": "0",
            "unit_index": 0,
            "pay_amount": Decimal(amount).scaleb(-2),
            "fee_minor": 0,
            "currency": "USD",
            "provider_type": self.PROVIDER_TYPE,
            "status": AssignmentState.CREATED,
            "task_type": "",
            "sandbox": self.is_sandbox(),
        }
        try:
            total = self.UnitClass(self.db, "0", row=row, _used_new_call=True).get_pay_amount()
            fee = round_half_up(Decimal(str(total)).scaleb(2)) - amount
        except Exception as error:  # a vendor's code may raise anything
            raise CrowdDeskError(
                say(
                    "The fee of {provider_type} cannot be told before there is a unit: its "
                    "get_pay_amount says {error}. The provider should say its fee in quote.",
                    provider_type=self.PROVIDER_TYPE,
                    error=error,
                ),
                details=repr(error),
            ) from error
        return max(0, fee)

    def _launch(self, launches: Sequence[Action]) -> dict[str, Outcome]:
        outcomes: dict[str, Outcome] = {}
        by_url: dict[str, list[tuple[Action, Unit]]] = {}
        for action in launches:
            try:
                unit = by_verbs.find(self.db, Unit, action.target_id)
            except VendorRefused as error:
                outcomes[action.id] = Outcome.refused(str(error))
            else:
                by_url.setdefault(str(action.payload.get("task_url", "")), []).append((action, unit))
        for url, pairs in by_url.items():
            try:
                results = self.launch_units([unit for _, unit in pairs], url)
                outcomes |= {a.id: result for (a, _), result in zip(pairs, results, strict=True)}
            except Exception as error:  # the call as a whole: what happened to each is unknown
                doubt = Outcome.unknown(f"{type(error).__name__}: {error}")
                outcomes |= {a.id: doubt for a, _ in pairs}
        return outcomes

    def _surround(self, action: Action) -> object:
        return by_verbs.surround(self, action)

    def _outcome_of(self, call: Callable[[], object]) -> Outcome:
        try:
            result = call()
        except VendorRefused as error:
            return Outcome.refused(str(error) or say("The vendor refused without a reason."))
        except Exception as error:  # a vendor's code may raise anything: what happened is unknown
            logger.debug("A vendor call ended in doubt", exc_info=True)
            text = str(error) if isinstance(error, CrowdDeskError) else f"{type(error).__name__}: {error}"
            return Outcome.unknown(text)
        if isinstance(result, tuple) and len(result) == 2 and result[0] is False:
            return Outcome.refused(str(result[1]))
        if result is False:
            return Outcome.refused(say("The vendor did not take it."))
        return Outcome.done()
