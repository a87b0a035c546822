"""Prolific rehearsed: the marketplace's own provider, at a server of ours with simulated people."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Final

from omegaconf import DictConfig, OmegaConf

from crowddesk.blueprints.base import SharedTaskState
from crowddesk.data_model.agent import Agent
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import BadInput, StatusChange
from crowddesk.language import mark
from crowddesk.providers.base import ProviderArgs
from crowddesk.providers.prolific.args import ProlificArgs
from crowddesk.providers.prolific.bonuses import Patience
from crowddesk.providers.prolific.provider import ProlificProvider
from crowddesk.providers.prolific.study import ALLOWED
from crowddesk.providers.prolific_sandbox.entities import (
    PROVIDER_TYPE,
    SandboxAgent,
    SandboxRequester,
    SandboxUnit,
    SandboxWorker,
    sandbox_of,
    speed_of,
)
from crowddesk.providers.prolific_sandbox.persons import DEFAULT_MIX, people_of, read_settings
from crowddesk.providers.prolific_sandbox.process import SandboxProcess

#: What goes wrong on a bad day: about one call in seven, and every fourth listing.
BAD_DAY: Final[tuple[dict[str, Any], ...]] = (
    {"kind": "delay", "probability": 0.03, "seconds": 0.5},
    {"kind": "busy", "probability": 0.03},
    {"kind": "broken", "probability": 0.02},
    {"kind": "broken_after", "probability": 0.02},
    {"kind": "act_then_drop", "probability": 0.02},
    {"kind": "wrong_json", "probability": 0.02},
    {"kind": "duplicate_listing", "probability": 0.1},
    {"kind": "shuffled_listing", "probability": 0.1},
    {"kind": "stale_listing", "probability": 0.05, "seconds": 1.0, "route": "GET /submissions/*"},
    {"kind": "clock_skew", "probability": 0.02, "seconds": 90.0},
)
#: What people come back with who have no code.
_NO_CODE: Final = ("", "NOCODE")
_DONE: Final = ("AWAITING REVIEW", "APPROVED", "PARTIALLY APPROVED", "REJECTED")
#: People whom one call adds to a group.
_AT_ONCE: Final = 500


@dataclass
class MixArgs:
    """The shares of the sorts of people; they need not add up to one."""

    skilled: float = DEFAULT_MIX["skilled"]
    sloppy: float = DEFAULT_MIX["sloppy"]
    fast: float = DEFAULT_MIX["fast"]
    leaver: float = DEFAULT_MIX["leaver"]
    never_back: float = DEFAULT_MIX["never_back"]
    comes_twice: float = DEFAULT_MIX["comes_twice"]
    forgets_code: float = DEFAULT_MIX["forgets_code"]
    wrong_code: float = DEFAULT_MIX["wrong_code"]
    times_out: float = DEFAULT_MIX["times_out"]


@dataclass
class ProlificSandboxArgs(ProlificArgs):
    """A run at the sandbox: Prolific's own arguments, and what its people are like."""

    _provider_type: str = PROVIDER_TYPE
    people: int = field(default=500, metadata={"help": mark("How many simulated people there are in all.")})
    seed: int = field(
        default=1, metadata={"help": mark("The same seed: the same people, answers and faults.")}
    )
    speed: float = field(default=60.0, metadata={"help": mark("How many times as fast they are as people.")})
    mix: MixArgs = field(default_factory=MixArgs, metadata={"title": mark("What sorts of people come")})
    bad_day: bool = field(
        default=False, metadata={"help": mark("The sandbox fails now and then, in every way there is.")}
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What the sandbox says of one run. `ledger` has a row a payment; money in minor units.

    `faults` are kind, meaning and how often it struck. Both costs are what the vendor's own calls say.
    """

    places: int
    statuses: tuple[str, ...]
    without_code: int
    with_wrong_code: int
    ledger: tuple[dict[str, Any], ...]
    study_cost: int
    cost_of_awaiting: int
    faults: tuple[tuple[str, str, int], ...]
    cannot_prove: str


class ProlificSandboxProvider(ProlificProvider):
    """The sandbox in the box: everything of Prolific's provider, at another address, and quicker."""

    PROVIDER_TYPE: ClassVar[str] = PROVIDER_TYPE
    UnitClass: ClassVar[type[Unit]] = SandboxUnit
    RequesterClass: ClassVar[type[Requester]] = SandboxRequester
    WorkerClass: ClassVar[type[Worker]] = SandboxWorker
    AgentClass: ClassVar[type[Agent]] = SandboxAgent
    ArgsClass: ClassVar[type[ProviderArgs]] = ProlificSandboxArgs
    POLL_SECONDS: ClassVar[float] = 0.5
    LOOK_UP_SECONDS: ClassVar[float] = 1.0
    LONGEST_POLL: ClassVar[float] = 2.0
    APPROVED_WITHIN: ClassVar[float] = 10.0
    PAID_WITHIN: ClassVar[Patience] = Patience(taken=30.0, lost=15.0)

    @property
    def sandbox(self) -> SandboxProcess:
        """The server, which is found or started when it is asked something."""
        return sandbox_of(self.db)

    @classmethod
    def assert_task_args(cls, args: DictConfig, shared_state: SharedTaskState) -> None:
        super().assert_task_args(args, shared_state)
        try:
            read_settings(_crowd(args))
        except BadInput as error:
            raise BadInput(f"provider.{error}") from None

    @classmethod
    def reaches_people(cls, public_url: str) -> bool:
        return True  # they live on this computer

    def participants_address(self, task_run: TaskRun) -> str:
        return self.sandbox.address()

    def study_page(self, study_id: str) -> str:
        return ""  # the sandbox has none for researchers

    def setup_resources_for_task_run(
        self, task_run: TaskRun, args: DictConfig, shared_state: SharedTaskState, server_url: str
    ) -> None:
        """Tells the sandbox what its people and its day are like, then what Prolific would be told."""
        crowd = _crowd(args)
        self.sandbox.ask("POST", "/sandbox/crowd", crowd)
        if not self.datastore.get(f"day/{task_run.db_id}"):  # a second attempt is on the same day
            rules = [dict(rule) for rule in BAD_DAY] if args.provider.bad_day else []
            self.sandbox.ask("POST", "/sandbox/faults", {"seed": crowd["seed"], "rules": rules})
            self.datastore.set(f"day/{task_run.db_id}", {"bad": bool(rules)})
        super().setup_resources_for_task_run(task_run, args, shared_state, server_url)
        self._let_in(task_run, [person.pid for person in people_of(read_settings(crowd))])

    def _let_in(self, run: TaskRun, pids: Sequence[str]) -> None:
        """Whoever a study wants to be in a group is in it here, or nobody could come."""
        client = self.client_of(run)
        wanted = client.study(self.book.id_of(run.db_id)).raw.get("filters") or []
        for each in wanted:
            if each.get("filter_id") == ALLOWED:
                for group in each.get("selected_values") or []:
                    for begin in range(0, len(pids), _AT_ONCE):
                        client.add_to_group(str(group), pids[begin : begin + _AT_ONCE])

    def sync_task_run(self, task_run: TaskRun) -> list[StatusChange]:
        return _as_they_took_it(task_run, super().sync_task_run(task_run))

    def standings(self, task_run: TaskRun) -> list[StatusChange]:
        return _as_they_took_it(task_run, super().standings(task_run))

    # ------------------------------------------------------------------------------- for rehearsals

    def fill_wallet(self, requester: Requester, least: int) -> None:
        """Sees to it that an account has at least so much, in minor units, to spend."""
        account = self.account_of(requester.db_id)
        if account.balance().available < least:
            body = {"workspace_id": account.workspace_id(), "balance": least}
            self.sandbox.ask("POST", "/sandbox/wallet", body)

    def tell(self, run: TaskRun) -> Told:
        """What became of a run, by the sandbox's own books. Raises VendorError."""
        study_id = self.book.id_of(run.db_id)
        codes = set((self.book.of(run.db_id).get("codes") or {}).values())
        client, account = self.client_of(run), self.account_of(run.requester_id)
        with self._calm(run) as faults:
            lines = client.submissions(study_id)
            places = client.study(study_id).places
            cost = client.study_cost(study_id)
            awaiting = sum(line.status == "AWAITING REVIEW" for line in lines)
            reward = int(self.db.get_task_run(run.db_id)["reward_minor"])
            due = client.cost_of(reward, awaiting) if awaiting else 0
        rows = self.sandbox.ask("GET", f"/sandbox/ledger?workspace_id={account.workspace_id()}")
        came = [line.study_code for line in lines if line.status in _DONE]
        return Told(
            places=places,
            statuses=tuple(line.status for line in lines),
            without_code=sum(code in _NO_CODE for code in came),
            with_wrong_code=sum(code not in _NO_CODE and code not in codes for code in came),
            ledger=tuple(row for row in rows if row["study_id"] == study_id),
            study_cost=sum(
                (cost.rewards, cost.fees, cost.tax, cost.bonuses, cost.bonus_fees, cost.bonus_tax)
            ),
            cost_of_awaiting=due,
            faults=faults,
            cannot_prove=_cannot_prove(),
        )

    @contextmanager
    def _calm(self, run: TaskRun) -> Iterator[tuple[tuple[str, str, int], ...]]:
        """No faults while a report is read; gives those that struck since the run began."""
        day = self.datastore.get(f"day/{run.db_id}") or {}
        if not day.get("bad"):
            yield ()
            return
        there = self.sandbox.ask("GET", "/sandbox/faults")
        met: dict[str, int] = dict(day.get("met") or {})
        for rule in there["rules"]:
            met[rule["kind"]] = met.get(rule["kind"], 0) + int(rule["fired"])
        self.sandbox.ask("POST", "/sandbox/faults", {"seed": there["seed"], "rules": []})
        self.datastore.set(f"day/{run.db_id}", {**day, "met": met})
        try:
            yield tuple((kind, there["kinds"].get(kind, ""), n) for kind, n in sorted(met.items()) if n)
        finally:
            rules = [
                {name: value for name, value in rule.items() if name not in ("seen", "fired")}
                for rule in there["rules"]
            ]
            # Another seed, or the faults of the beginning would come once more.
            again = {"seed": there["seed"] + 1, "rules": rules}
            self.sandbox.ask("POST", "/sandbox/faults", again)

    @staticmethod
    def serve_alone(
        path: Path,
        host: str = "127.0.0.1",
        port: int = 0,
        lag: float = 0.3,
        fee_percent: Decimal = Decimal("33.3"),
        vat_percent: Decimal = Decimal(0),
        tokens: Sequence[str] = (),
        until_idle: float | None = None,
        ready_file: Path | None = None,
    ) -> None:
        """Runs the server in this process until it is told to stop (see `server.serve_alone`)."""
        from crowddesk.providers.prolific_sandbox import server

        server.serve_alone(path, host, port, lag, fee_percent, vat_percent, tokens, until_idle, ready_file)


def _crowd(args: DictConfig) -> dict[str, Any]:
    """The people of a run, as the sandbox is told: with the answers to a page that they have to pass."""
    provider = args.provider
    answers = OmegaConf.select(args, "task.onboarding.answers") or {}
    mix = OmegaConf.to_container(provider.mix, resolve=True)
    return {
        "people": int(provider.people),
        "seed": int(provider.seed),
        "speed": float(provider.speed),
        "mix": mix,
        "right": {str(name): str(value) for name, value in answers.items()},
    }


def _as_they_took_it(run: TaskRun, changes: Sequence[StatusChange]) -> list[StatusChange]:
    """The times worked as the people took them; they wait `speed` times shorter than they say."""
    speed = speed_of(run)
    return [
        change if change.seconds is None else dataclasses.replace(change, seconds=change.seconds * speed)
        for change in changes
    ]


def _cannot_prove() -> str:
    from crowddesk.providers.prolific_sandbox.server import CANNOT_PROVE

    return CANNOT_PROVE
