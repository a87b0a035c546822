"""Prolific as a provider: studies for runs, places for units, and every decision through its ledger's recipe.

What costs is asked once; what only was promised is `unknown` until it was seen. From an account's lane, but
for what the task server asks about people.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final, cast
from urllib.parse import urlsplit

from omegaconf import DictConfig

from crowddesk.blueprints.base import Blueprint, SharedTaskState
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
    Hosting,
    NotFound,
    Outcome,
    StatusChange,
    Stray,
    VendorError,
    VendorRefused,
    WageAdvice,
)
from crowddesk.language import say
from crowddesk.providers.base import CrowdProvider, ProviderArgs, RejectionRules
from crowddesk.providers.prolific import args as run_args
from crowddesk.providers.prolific import hosted, study
from crowddesk.providers.prolific.account import ProlificRequester
from crowddesk.providers.prolific.args import PROVIDER_TYPE, ProlificArgs
from crowddesk.providers.prolific.bonus_batch import Line
from crowddesk.providers.prolific.bonus_notes import read_note
from crowddesk.providers.prolific.bonuses import Bonuses, Patience
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.entities import ProlificAgent, ProlificUnit, ProlificWorker
from crowddesk.providers.prolific.groups import (
    BLOCKED,
    Groups,
    describe_message,
    find_message,
    send_messages,
)
from crowddesk.providers.prolific.places import Places
from crowddesk.providers.prolific.settling import CATEGORIES, MIN_REASON, Settling, outcome_of
from crowddesk.providers.prolific.study import StudyBook
from crowddesk.providers.prolific.visits import Visits
from crowddesk.providers.prolific.watching import Watching
from crowddesk.providers.prolific.wire import Refused
from crowddesk.registry import get_blueprint_from_type
from crowddesk.store import stays

_PARTICIPANTS: Final = "https://app.prolific.com"
#: A study that is taking people, or waits for decisions.
_LIVE: Final = ("SCHEDULED", "PUBLISHING", "ACTIVE", "PAUSED", "AWAITING REVIEW")
_SETTLE: Final = frozenset({*ActionKind.SETTLE, ActionKind.REQUEST_RETURN})


class ProlificProvider(CrowdProvider):
    """The marketplace. One lane an account, one connection pool a lane, money calls one at a time."""

    PROVIDER_TYPE: ClassVar[str] = PROVIDER_TYPE
    UnitClass: ClassVar[type[Unit]] = ProlificUnit
    RequesterClass: ClassVar[type[Requester]] = ProlificRequester
    WorkerClass: ClassVar[type[Worker]] = ProlificWorker
    AgentClass: ClassVar[type[Agent]] = ProlificAgent
    ArgsClass: ClassVar[type[ProviderArgs]] = ProlificArgs
    POLL_SECONDS: ClassVar[float] = 10.0
    LOOK_UP_SECONDS: ClassVar[float] = 2.0
    UNITS_IN_BULK: ClassVar[bool] = True
    SERVES_TASKS: ClassVar[bool] = True
    DECIDES_ITSELF: ClassVar[bool] = True
    OFFERS: ClassVar[frozenset[str]] = frozenset(
        {ActionKind.MESSAGE, ActionKind.REQUEST_RETURN, ActionKind.PAUSE, ActionKind.UNREJECT}
    )
    REJECTION_RULES: ClassVar[RejectionRules] = RejectionRules(
        min_length=MIN_REASON, max_length=1_000, categories=CATEGORIES
    )
    #: The longest pause between two looks at a study where nothing happens, in seconds.
    LONGEST_POLL: ClassVar[float] = 120.0
    #: Seconds a bulk approval may take to show, and a payment that was taken, or got no answer.
    APPROVED_WITHIN: ClassVar[float] = 60.0
    PAID_WITHIN: ClassVar[Patience] = Patience(taken=1_800.0, lost=600.0)

    datastore: ProviderStore

    @classmethod
    def get_wrapper_js_path(cls) -> str:
        return str(Path(__file__).parent / "wrap_crowd_source.js")

    @classmethod
    def assert_task_args(cls, args: DictConfig, shared_state: SharedTaskState) -> None:
        run_args.check(args)
        if args.provider.hosting == "vendor":
            why = hosted.why_not(args, _blueprint(args))
            if why:
                raise BadInput(f"provider.hosting: {why}")
            hosted.check_items(_blueprint(args))

    def initialize_provider_datastore(self, storage_path: str) -> ProviderStore:
        return self.db.provider_store(self.PROVIDER_TYPE)

    @property
    def book(self) -> StudyBook:
        """What is known here of this vendor's studies."""
        return StudyBook(self.datastore)

    @property
    def places(self) -> Places:
        """The studies of this vendor's runs."""
        return Places(self)

    @functools.cached_property
    def _watching(self) -> Watching:
        return Watching(self)

    def account_of(self, requester_id: str) -> ProlificRequester:
        return cast(ProlificRequester, Requester.get(self.db, requester_id))

    def client_of(self, run: TaskRun) -> ProlificClient:
        return self.account_of(run.requester_id).client()

    # --------------------------------------------------------------------------- where it is shown

    @classmethod
    def hosting(cls, args: DictConfig, public_url: str) -> Hosting:
        return hosted.hosting_of(args, _blueprint(args), public_url, here=cls.reaches_people(public_url))

    @classmethod
    def reaches_people(cls, public_url: str) -> bool:
        """Whether participants anywhere can open pages at this address."""
        return urlsplit(public_url).scheme == "https"

    def serves(self, task_run: TaskRun) -> bool:
        return self.is_here(task_run)

    def needs_address(self, task_run: TaskRun) -> bool:
        return self.is_here(task_run)

    def is_here(self, run: TaskRun) -> bool:
        kept = self.book.of(run.db_id)
        return str(kept.get("hosting") or run.args.provider.get("hosting", "here")) not in (
            "vendor",
            "elsewhere",
        )

    # ------------------------------------------------------------------------------- who may come

    def admit(self, task_run: TaskRun, registration: dict[str, Any]) -> Worker:
        return Visits(self).admit(task_run, registration)

    def session_of(self, task_run_id: str, worker: Worker, registration: Mapping[str, Any]) -> str:
        """The submission that a participant came with, by what their link said, now or before a restart."""
        return Visits(self).session_of(task_run_id, worker, registration)

    def why_no_more(self, task_run: TaskRun, worker: Worker) -> str:
        return Visits(self).why_no_more(task_run, worker)

    def farewell(self, agent: Agent) -> dict[str, str]:
        return Visits(self).farewell(agent)

    def turned_away(self, task_run: TaskRun, worker: Worker) -> dict[str, str]:
        return Visits(self).turned_away(task_run)

    def page_of(self, task_run: TaskRun) -> str:
        study_id = self.book.of(task_run.db_id).get("study_id")
        return self.study_page(str(study_id)) if study_id else ""

    def study_page(self, study_id: str) -> str:
        """Where a study's submissions are seen in Prolific's own pages."""
        return f"{_PARTICIPANTS}/researcher/workspaces/studies/{study_id}/submissions"

    def participants_address(self, task_run: TaskRun) -> str:
        """Where participants come from and go back to."""
        return _PARTICIPANTS

    # ------------------------------------------------------------------------------ a run's study

    def setup_resources_for_task_run(
        self, task_run: TaskRun, args: DictConfig, shared_state: SharedTaskState, server_url: str
    ) -> None:
        """Makes the draft of a run's study, and the batch where Prolific shows the task. Costs nothing yet.

        Raises `wire.Busy` while Prolific prepares the batch; call it again then.
        """
        self.places.set_up(task_run, args, shared_state, server_url)

    def exclude(self, task_run: TaskRun, workers: Sequence[Worker]) -> None:
        self.places.keep_out(task_run, [worker.worker_name for worker in workers])

    def cleanup_resources_from_task_run(self, task_run: TaskRun, server_url: str) -> None:
        self.places.clean_up(task_run)

    def cleanup_qualification(self, qualification_name: str) -> None:
        """The group stays at Prolific, where other studies may use it; here its id is forgotten."""
        for requester in self.db.find_requesters(provider_type=self.PROVIDER_TYPE):
            account = cast(ProlificRequester, requester)
            if account.is_registered():
                Groups(account.client(), self.datastore, account.workspace_id()).forget(qualification_name)

    def launch_units(self, units: Sequence[Unit], task_url: str) -> list[Outcome]:
        """Opens places: a run's first units publish its study whole, the others cost no call."""
        outcomes: dict[str, Outcome] = {}
        for run_id in dict.fromkeys(unit.task_run_id for unit in units):
            run = TaskRun.get(self.db, run_id)
            outcomes[run_id] = outcome_of(partial(self.places.open, run, task_url))
        return [outcomes[unit.task_run_id] for unit in units]

    # -------------------------------------------------------------------------------------- perform

    def perform(self, actions: Sequence[Action]) -> list[Outcome]:
        outcomes: dict[str, Outcome] = {}
        groups: dict[tuple[str, str], list[Action]] = {}
        for action in actions:
            what = "settle" if action.kind in _SETTLE else action.kind
            groups.setdefault((what, action.requester_id), []).append(action)
        for (what, requester_id), group in groups.items():
            try:
                client = self.account_of(requester_id).client()
            except VendorRefused as error:
                outcomes |= dict.fromkeys((a.id for a in group), Outcome.refused(str(error)))
            except VendorError as error:  # its token is locked: nothing was sent
                outcomes |= dict.fromkeys((a.id for a in group), Outcome.later(str(error), 5.0))
            else:
                outcomes |= self._perform(what, group, client)
        return [outcomes[a.id] for a in actions]

    def _perform(self, what: str, actions: list[Action], client: ProlificClient) -> dict[str, Outcome]:
        if what == "settle":
            with self.db.read() as conn:
                known = stays.of_units(conn, [a.target_id for a in actions])
            return Settling(client, self._approval_lag).settle(actions, known)
        if what == ActionKind.LAUNCH:
            return self._launch(actions)
        if what == ActionKind.EXPIRE:
            return self.places.expire(actions)
        if what == ActionKind.BONUS:
            return self._pay(actions, client)
        if what == ActionKind.MESSAGE:
            return self._message(actions, client)
        one: dict[str, Callable[[Action], object]] = {
            ActionKind.SET_UP: self._surround,
            ActionKind.CLEAN_UP: self._surround,
            ActionKind.PAUSE: partial(self.places.move, client, "PAUSE"),
            ActionKind.RESUME: partial(self.places.move, client, "START"),
        }
        if what in one:
            return {a.id: outcome_of(partial(one[what], a)) for a in actions}
        return {a.id: outcome_of(partial(self._treat, client, a)) for a in actions}

    @property
    def _approval_lag(self) -> timedelta:
        return timedelta(seconds=self.APPROVED_WITHIN)

    def _pay(self, actions: Sequence[Action], client: ProlificClient) -> dict[str, Outcome]:
        lines: list[Line] = []
        outcomes: dict[str, Outcome] = {}
        for action in actions:
            stay = self._stay_of(action)
            study_id = self.book.of(stay.task_run_id).get("study_id") if stay is not None else None
            if stay is None or not study_id:
                outcomes[action.id] = Outcome.refused(
                    say("This person has no submission in a study of this account, so they cannot be paid.")
                )
            else:
                lines.append(Line(action, str(study_id), stay.ref, stay.worker_name))
        if lines:
            outcomes |= self._bonuses(actions[0].requester_id, client).pay(lines)
        return outcomes

    def _bonuses(self, requester_id: str, client: ProlificClient) -> Bonuses:
        workspace = self.account_of(requester_id).workspace_id()
        return Bonuses(self.db, self.datastore, client, workspace, self.PAID_WITHIN)

    def _stay_of(self, action: Action) -> stays.Stay | None:
        """The person's submission that a bonus or a message is about: that on the unit, else the newest."""
        with self.db.read() as conn:
            mine = stays.of_worker(
                conn, action.target_id, requester_id=action.requester_id, task_run_id=action.task_run_id
            )
        # Somebody else may have the unit by now.
        return next((stay for stay in mine if stay.unit_id == action.unit_id), mine[0] if mine else None)

    def _message(self, actions: Sequence[Action], client: ProlificClient) -> dict[str, Outcome]:
        told: list[tuple[Action, str, str]] = []
        outcomes: dict[str, Outcome] = {}
        for action in actions:
            stay = self._stay_of(action)
            study_id = self.book.of(stay.task_run_id).get("study_id") if stay is not None else None
            if stay is None or not study_id:
                why = say("Prolific passes messages on only to people who took part in one of your studies.")
                outcomes[action.id] = Outcome.refused(why)
            else:
                told.append((action, stay.worker_name, str(study_id)))
        return outcomes | send_messages(client, told)

    def _treat(self, client: ProlificClient, action: Action) -> None:
        """Blocks and qualifications: groups at Prolific. A block's local half is the lane's."""
        try:
            worker = Worker.get(self.db, action.target_id)
        except NotFound as error:
            raise VendorRefused(str(error)) from None
        groups = Groups(client, self.datastore, self.account_of(action.requester_id).workspace_id())
        name = str(action.payload.get("qualification_name", ""))
        if action.kind == ActionKind.BLOCK:
            groups.add(BLOCKED, worker.worker_name)
        elif action.kind == ActionKind.UNBLOCK:
            groups.remove(BLOCKED, worker.worker_name)
        elif action.kind == ActionKind.GRANT:
            value = int(action.payload.get("value", 1))
            try:
                worker.grant_qualification(name, value, skip_crowd=True)
            except NotFound as error:
                raise VendorRefused(str(error)) from None
            (groups.add if value else groups.remove)(name, worker.worker_name)
        elif action.kind == ActionKind.REVOKE:
            granted = worker.get_granted_qualification(name)
            if granted is not None:
                self.db.revoke_qualification(granted.qualification_id, worker.db_id)
            groups.remove(name, worker.worker_name)
        else:
            raise VendorRefused(say("Prolific has no action {kind!r}.", kind=action.kind))

    def set_membership(self, worker: Worker, qualification_name: str, member: bool) -> None:
        """Puts a participant into a qualification's group in every account's workspace, or takes them out."""
        for requester in self.db.find_requesters(provider_type=self.PROVIDER_TYPE):
            account = cast(ProlificRequester, requester)
            if not account.is_registered():
                continue
            groups = Groups(account.client(), self.datastore, account.workspace_id())
            (groups.add if member else groups.remove)(qualification_name, worker.worker_name)

    # -------------------------------------------------------------------------------------- look up

    def look_up(self, actions: Sequence[Action]) -> list[str]:
        found: dict[str, str] = {}
        settled = [a for a in actions if a.kind in _SETTLE]
        for requester_id in dict.fromkeys(a.requester_id for a in actions):
            client = self.account_of(requester_id).client()
            mine = [a for a in settled if a.requester_id == requester_id]
            if mine:
                found |= self._look_up_settled(mine, client)
            paid = [a for a in actions if a.kind == ActionKind.BONUS and a.requester_id == requester_id]
            if paid:
                found |= self._bonuses(requester_id, client).look_up(paid)
            launched: dict[str, str] = {}
            for action in actions:
                if action.id not in found and action.requester_id == requester_id:
                    found[action.id] = self._look_up_other(client, action, launched)
        return [found[a.id] for a in actions]

    def _look_up_settled(self, actions: Sequence[Action], client: ProlificClient) -> dict[str, str]:
        with self.db.read() as conn:
            known = stays.of_units(conn, [a.target_id for a in actions])
        study_of = {
            run_id: str(self.book.of(run_id).get("study_id") or "")
            for run_id in {s.task_run_id for s in known.values()}
        }
        return Settling(client, self._approval_lag).look_up(actions, known, study_of)

    def _look_up_other(self, client: ProlificClient, action: Action, launched: dict[str, str]) -> str:
        if action.kind == ActionKind.LAUNCH:
            run_id = str(action.task_run_id)
            if run_id not in launched:
                launched[run_id] = self.places.is_published(client, run_id)
            return launched[run_id]
        if action.kind == ActionKind.MESSAGE:
            return find_message(client, action, Worker.get(self.db, action.target_id).worker_name)
        return Found.DID_NOT  # set-ups, pauses, stops and groups may be done twice

    def evidence_of(self, actions: Sequence[Action]) -> list[dict[str, Any]]:
        return [self._evidence(action) for action in actions]

    def _evidence(self, action: Action) -> dict[str, Any]:
        stay = self._stay_of(action) if action.target_type == "worker" else None
        study_id = self.book.of(stay.task_run_id).get("study_id") if stay is not None else None
        link = self.study_page(str(study_id)) if study_id else ""
        if action.kind == ActionKind.BONUS:
            return {**read_note(self.datastore, action.id), "url": link}
        if action.kind == ActionKind.MESSAGE:
            return {**describe_message(action, stay.worker_name if stay else ""), "url": link}
        return {"url": link} if link else {}

    # ------------------------------------------------------------------------------------- watching

    def sync_task_run(self, task_run: TaskRun) -> list[StatusChange]:
        return self._watching.sync(task_run)

    def standings(self, task_run: TaskRun) -> list[StatusChange]:
        return self._watching.standings(task_run)

    def poll_after(self, task_run_id: str, moved: bool) -> float:
        return self._watching.poll_after(task_run_id, moved)

    # -------------------------------------------------------------------------------- strays, money

    def strays(self, requester: Requester) -> list[Stray]:
        account = cast(ProlificRequester, requester)
        client, known = account.client(), self.book.runs()
        found = []
        for line in client.studies(account.project_id()):
            if line.status not in _LIVE or line.id in known:
                continue
            run_id = study.run_of_marker(self.db, client.study(line.id).metadata)
            if run_id is not None and not self._lacks_study(run_id):
                run_id = None
            found.append(
                Stray(
                    line.id, line.name, line.status, line.places, line.submissions, account.currency,
                    cost=line.cost, created_at=line.created_at, task_run_id=run_id, reward=line.reward,
                )
            )  # fmt: skip
        return found

    def _lacks_study(self, run_id: str) -> bool:
        """Whether a run that a study names is there and has none; an older workspace may know others."""
        try:
            run = self.db.get_task_run(run_id)
        except NotFound:
            return False
        return run["provider_type"] == self.PROVIDER_TYPE and not self.book.of(run_id).get("study_id")

    def adopt(self, task_run: TaskRun, ref: str) -> None:
        there = self.client_of(task_run).study(ref)
        if ref in self.book.runs():
            raise VendorRefused(
                say(
                    "The study {name} belongs to run {runs} already.",
                    name=there.name,
                    runs=self.book.runs()[ref],
                )
            )
        mine = study.run_of_marker(self.db, there.metadata) == task_run.db_id
        codes = self.book.of(task_run.db_id).get("codes") if mine else None
        self.book.note(
            task_run.db_id, study_id=there.id, places=there.places, open=True, codes=codes or {},
            hosting=self.book.of(task_run.db_id).get("hosting") if mine else "elsewhere", adopted=not mine,
            workspace_id=self.account_of(task_run.requester_id).workspace_id(),
        )  # fmt: skip

    def quote(self, kind: str, amount: int, count: int) -> int:
        """By the only account there is; where there are several, their fees may differ: ask `quote_for`."""
        accounts = [r for r in self.db.find_requesters(provider_type=self.PROVIDER_TYPE) if r.is_registered()]
        return self.quote_for(accounts[0], kind, amount, 1) * count if accounts and count else 0

    def quote_for(self, requester: Requester, kind: str, amount: int, count: int) -> int:
        """By the vendor's own calculator; bonuses bear the fee that a reward of the same amount would."""
        costs = (ActionKind.APPROVE, ActionKind.SOFT_REJECT, ActionKind.UNREJECT, ActionKind.BONUS)
        if kind not in costs or amount <= 0 or count <= 0:
            return 0
        total = cast(ProlificRequester, requester).client().cost_of(amount, count)
        if total < amount * count:
            raise VendorRefused(
                say(
                    "Prolific's calculator says {total} for {count} x {amount}: that cannot be.",
                    total=total,
                    count=count,
                    amount=amount,
                )
            )
        return total - amount * count

    def wage_advice(self, requester: Requester) -> WageAdvice | None:
        account = cast(ProlificRequester, requester)
        try:
            advice = account.client().wage_advice(account.workspace_id(), account.currency)
        except Refused:  # not in this currency
            return None
        if advice is None:
            return None
        return WageAdvice(advice.currency, advice.min_per_hour, advice.recommended_per_hour)


def _blueprint(args: DictConfig) -> Blueprint:
    return get_blueprint_from_type(args.blueprint._blueprint_type)(args.blueprint, Path())
