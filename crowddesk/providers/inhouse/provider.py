"""The desk's own people as a provider: whom a run admits, and a record in place of a vendor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Final

from omegaconf import DictConfig

from crowddesk.blueprints.base import SharedTaskState
from crowddesk.data_model.agent import Agent
from crowddesk.data_model.database import ProviderStore
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    Action,
    ActionKind,
    BadInput,
    Found,
    NotFound,
    Outcome,
    StatusChange,
    VendorRefused,
)
from crowddesk.language import mark, say
from crowddesk.providers.base import CrowdProvider, Invitation, ProviderArgs
from crowddesk.providers.inhouse.entities import (
    InhouseAgent,
    InhouseRequester,
    InhouseUnit,
    InhouseWorker,
    beyond_budget,
    find_worker,
    has_list,
    sweep,
    take_down,
)
from crowddesk.providers.inhouse.invitations import LONGEST, GuestList, clean_name, read_people
from crowddesk.providers.inhouse.pay_list import PROVIDER_TYPE, Entries, Owed, PayList
from crowddesk.store import records

_SIGN_INS: Final = ("name", "code")


@dataclass
class InhouseArgs(ProviderArgs):
    """Who may work on a run, and how they say who they are.

    `people` is a table with the column `name` and perhaps `code`: then only these people are admitted, each
    may have a personal link, and codes are made where none is given. Without it everybody who has the run's
    link is. `sign_in` is what somebody types who came without a personal link: a `name` or a `code`.
    """

    _provider_type: str = PROVIDER_TYPE
    people: str | None = field(
        default=None,
        metadata={
            "path": True,
            "help": mark("A CSV file with the column name and perhaps code. Empty: anybody."),
        },
    )
    sign_in: str = field(
        default="name",
        metadata={
            "choices": {"name": mark("name"), "code": mark("code")},
            "help": mark("What people type without a personal link."),
        },
    )


class InhouseProvider(CrowdProvider):
    """One's own people in a browser. Nobody outside is told anything: decisions are entries of the pay list.

    Launching, setting up and taking down leave no entry: they change nothing but the run's own rows, so they
    may be done twice.
    """

    PROVIDER_TYPE = PROVIDER_TYPE
    UnitClass: ClassVar[type[Unit]] = InhouseUnit
    RequesterClass: ClassVar[type[Requester]] = InhouseRequester
    WorkerClass: ClassVar[type[Worker]] = InhouseWorker
    AgentClass: ClassVar[type[Agent]] = InhouseAgent
    ArgsClass: ClassVar[type[ProviderArgs]] = InhouseArgs
    POLL_SECONDS = 5.0
    LOOK_UP_SECONDS = 0.0
    UNITS_IN_BULK = True
    SERVES_TASKS = True

    datastore: ProviderStore

    @classmethod
    def get_wrapper_js_path(cls) -> str:
        return str(Path(__file__).parent / "wrap_crowd_source.js")

    @classmethod
    def assert_task_args(cls, args: DictConfig, shared_state: SharedTaskState) -> None:
        provider = args.provider
        if provider.sign_in not in _SIGN_INS:
            raise BadInput(
                say("provider.sign_in: {sign_in!r} is neither name nor code.", sign_in=provider.sign_in)
            )
        if provider.people is None:
            if provider.sign_in == "code":
                raise BadInput(
                    say("provider.sign_in: a code needs people who have one. Give provider.people too.")
                )
            return
        invited = len(read_people(Path(provider.people)))
        wanted = args.blueprint.units_per_assignment
        if invited < wanted:
            raise BadInput(
                say(
                    "provider.people: {invited} people cannot give {wanted} answers to each item, since "
                    "nobody answers an item twice. Invite more people, or ask for fewer "
                    "units_per_assignment.",
                    invited=invited,
                    wanted=wanted,
                )
            )

    def initialize_provider_datastore(self, storage_path: str) -> ProviderStore:
        return self.db.provider_store(PROVIDER_TYPE)

    def setup_resources_for_task_run(
        self, task_run: TaskRun, args: DictConfig, shared_state: SharedTaskState, server_url: str
    ) -> None:
        """Makes the codes of the run's people; a second time they keep theirs."""
        if has_list(task_run):
            people = read_people(Path(task_run.get_run_dir()) / task_run.args.provider.people)
            GuestList(self.db, task_run.db_id).add(people)

    def cleanup_resources_from_task_run(self, task_run: TaskRun, server_url: str) -> None:
        """Nothing surrounds a run that has ended; its list stays, for whoever asks who was invited."""

    def quote(self, kind: str, amount: int, count: int) -> int:
        return 0

    # ----------------------------------------------------------------------------------- who may come

    def sign_in(self, task_run: TaskRun) -> str:
        return str(task_run.args.provider.sign_in)

    def invitations(self, task_run: TaskRun) -> list[Invitation]:
        return GuestList(self.db, task_run.db_id).invitations()

    def invite(self, task_run: TaskRun, people: Path) -> int:
        """Adds the people of a table to a run; returns how many were new. Raises BadInput."""
        return GuestList(self.db, task_run.db_id).add(read_people(people))

    def uninvite(self, task_run: TaskRun, name: str) -> bool:
        """Takes a person off a run's list: they get no further unit of it. False when they are not on it."""
        return GuestList(self.db, task_run.db_id).remove(name)

    def admit(self, task_run: TaskRun, registration: dict[str, Any]) -> Worker:
        code, name = registration.get("code"), registration.get("worker_name", registration.get("name"))
        if isinstance(code, str) and code.strip():
            return self._admit_listed(task_run, GuestList(self.db, task_run.db_id).by_code(code), "code")
        if self.sign_in(task_run) == "code":
            raise VendorRefused(self._say(task_run, "You need your code to work on this."))
        if not isinstance(name, str):
            raise VendorRefused("Type your name.")
        try:
            cleaned = clean_name(name)
        except BadInput:  # its words are in the language of who keeps the list
            raise VendorRefused(
                f"You cannot sign in with that name. A name has 1 to {LONGEST} characters, all of them seen."
            ) from None
        row = GuestList(self.db, task_run.db_id).by_name(cleaned)
        if row is not None or has_list(task_run):
            return self._admit_listed(task_run, row, "name")
        return self._known(task_run, cleaned)

    def _admit_listed(self, task_run: TaskRun, row: dict[str, Any] | None, by: str) -> Worker:
        if row is None and by == "code":
            raise VendorRefused(
                self._say(task_run, "You typed a code that is nobody's here. Look at it again.")
            )
        if row is None:
            sentence = "You are not on the list of people who were invited, at least not by that name."
            raise VendorRefused(self._say(task_run, sentence))
        if row["removed"]:
            sentence = "You are no longer on the list of people who were invited."
            raise VendorRefused(self._say(task_run, sentence))
        worker = self._known(task_run, row["name"])
        GuestList(self.db, task_run.db_id).note_came(row["name"])
        return worker

    def _known(self, task_run: TaskRun, name: str) -> Worker:
        """The person of a name, made when they are new; VendorRefused when they are blocked."""
        with self.db.write():
            worker = find_worker(self.db, name) or InhouseWorker.new(self.db, name)
        requester = task_run.get_requester()
        if worker.is_blocked(requester):
            sentence = f"You were blocked by {requester.requester_name}, so you cannot work on this."
            raise VendorRefused(self._say(task_run, sentence))
        return worker

    def _say(self, task_run: TaskRun, sentence: str) -> str:
        requester = task_run.get_requester()
        contact = requester.contact if isinstance(requester, InhouseRequester) else ""
        return f"{sentence} Questions: {contact}" if contact else sentence

    # ------------------------------------------------------------------------------------- by the lane

    def payments(self, task_run_id: str | None = None) -> list[Owed]:
        """Who is owed what, of one run or of all; people are paid by hand. NotFound for an unknown run."""
        return PayList(self.db).owed(task_run_id)

    def perform(self, actions: Sequence[Action]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        with self.db.write("lane"):
            pay = PayList(self.db)
            known: dict[str | None, Entries] = {}
            purses: dict[str, int | None] = {}
            for action in actions:
                entries = known.get(action.task_run_id)
                if entries is None:
                    entries = known[action.task_run_id] = pay.of_run(action.task_run_id)
                outcomes.append(self._perform_one(pay, entries, purses, action))
        return outcomes

    def look_up(self, actions: Sequence[Action]) -> list[str]:
        pay = PayList(self.db)
        known = {run_id: pay.of_run(run_id) for run_id in {a.task_run_id for a in actions}}
        return [Found.HAPPENED if a.id in known[a.task_run_id] else Found.DID_NOT for a in actions]

    def launch_units(self, units: Sequence[Unit], task_url: str) -> list[Outcome]:
        return [Outcome.done() for _ in units]

    def sync_task_run(self, task_run: TaskRun) -> list[StatusChange]:
        """Nothing: the task server stores what happens itself. Units left after `expire` go down."""
        sweep(self.db, task_run.db_id)
        return []

    def _perform_one(
        self, pay: PayList, known: Entries, purses: dict[str, int | None], action: Action
    ) -> Outcome:
        if action.kind == ActionKind.EXPIRE:
            is_down = True

            def expire() -> None:
                nonlocal is_down
                is_down = take_down(self.db, InhouseUnit.get(self.db, action.target_id).db_id)

            outcome = self._outcome_of(_refusing(expire))
            return outcome if is_down or outcome.reason else Outcome.done(down=False)
        return self._outcome_of(_refusing(lambda: self._do_once(pay, known, purses, action)))

    def _do_once(self, pay: PayList, known: Entries, purses: dict[str, int | None], action: Action) -> object:
        kind = action.kind
        if kind in (ActionKind.SET_UP, ActionKind.CLEAN_UP):
            return self._surround(action)
        if kind == ActionKind.LAUNCH:
            return self.db.get_unit(action.target_id)
        if action.id in known:
            return None
        if kind in ActionKind.SETTLE:
            pay.settle(known, action.id, kind, action.target_id, action.reason)
            return None
        if action.kind == ActionKind.BONUS:
            self._take_from(purses, action)
        self._treat(action)
        pay.note(
            known, action.id, kind, run_id=action.task_run_id, requester_id=action.requester_id,
            unit_id=action.unit_id, worker_id=action.target_id, amount=action.amount,
            currency=action.currency, reason=action.reason,
        )  # fmt: skip
        return None

    def _take_from(self, purses: dict[str, int | None], action: Action) -> None:
        """Takes a bonus off what its account has left; VendorRefused where that is less."""
        account = Requester.get(self.db, action.requester_id)
        if action.requester_id not in purses:
            purses[action.requester_id] = (
                account.unpromised() if isinstance(account, InhouseRequester) else None
            )
        free = purses[action.requester_id]
        if free is None:
            return
        if action.amount > free:
            raise VendorRefused(beyond_budget(action.amount, free, account))
        purses[action.requester_id] = free - action.amount

    def _treat(self, action: Action) -> None:
        """The local half of what is done to a worker; what they are owed is in the entry."""
        worker = Worker.get(self.db, action.target_id)
        name = str(action.payload.get("qualification_name", ""))
        with self.db.write() as w:
            if action.kind == ActionKind.BLOCK:
                records.block(w, worker.db_id, action.requester_id, action.reason)
            elif action.kind == ActionKind.UNBLOCK:
                records.unblock(w, worker.db_id, action.requester_id)
            elif action.kind == ActionKind.GRANT:
                worker.grant_qualification(name, int(action.payload.get("value", 1)), skip_crowd=True)
            elif action.kind == ActionKind.REVOKE:
                granted = worker.get_granted_qualification(name)
                if granted is None:
                    raise VendorRefused(
                        say(
                            "{worker_name} does not have the qualification {name!r}.",
                            worker_name=worker.worker_name,
                            name=name,
                        )
                    )
                self.db.revoke_qualification(granted.qualification_id, worker.db_id)
            elif action.kind == ActionKind.MESSAGE:
                raise VendorRefused(say("Your own people get no messages from here: write to them yourself."))
            elif action.kind != ActionKind.BONUS:
                raise VendorRefused(say("For your own people there is no action {kind!r}.", kind=action.kind))


def _refusing(call: Callable[[], object]) -> Callable[[], object]:
    """What is not there was not touched: refused, not in doubt."""

    def run() -> object:
        try:
            return call()
        except NotFound as error:
            raise VendorRefused(str(error)) from None

    return run
