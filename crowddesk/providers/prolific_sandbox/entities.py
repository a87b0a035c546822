"""Prolific's nouns at the sandbox: the same under its own name, with accounts that need nobody's token."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Final

from omegaconf import DictConfig, OmegaConf

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester, RequesterArgs
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import Amount, BadInput, check_currency, to_minor
from crowddesk.language import mark, say
from crowddesk.providers.prolific.account import ProlificRequester
from crowddesk.providers.prolific.entities import ProlificAgent, ProlificUnit, ProlificWorker
from crowddesk.providers.prolific_sandbox.process import SandboxProcess
from crowddesk.store import records

PROVIDER_TYPE: Final = "prolific_sandbox"
_PROCESS: Final = "prolific_sandbox process"


def sandbox_of(db: CrowdDatabase) -> SandboxProcess:
    """The sandbox server of a workspace. Starts nothing before it is asked something."""
    if not db.has_datastore_for_provider(_PROCESS):
        with db.making_datastore():
            if not db.has_datastore_for_provider(_PROCESS):
                folder = Path(db.get_db_path_for_provider(PROVIDER_TYPE))
                db.set_datastore_for_provider(_PROCESS, SandboxProcess(folder))
    found: SandboxProcess = db.get_datastore_for_provider(_PROCESS)
    return found


class SandboxUnit(ProlificUnit):
    """One place of a study at the sandbox."""

    @staticmethod
    def new(db: CrowdDatabase, assignment: Assignment, index: int, pay_amount: Amount) -> Unit:
        return SandboxUnit._register_unit(db, assignment, index, pay_amount, PROVIDER_TYPE)


class SandboxWorker(ProlificWorker):
    """A simulated participant."""

    @staticmethod
    def new(db: CrowdDatabase, worker_name: str) -> Worker:
        return SandboxWorker._register_worker(db, worker_name, PROVIDER_TYPE)


class SandboxAgent(ProlificAgent):
    """A simulated participant's stay on one unit."""

    def time_worked(self, passed: float) -> float:
        return passed * speed_of(self.get_task_run())

    @staticmethod
    def new(db: CrowdDatabase, worker: Worker, unit: Unit) -> Agent:
        return SandboxAgent._register_agent(db, worker, unit, PROVIDER_TYPE)


def speed_of(run: TaskRun) -> float:
    """How many times shorter the people of a run wait than they say."""
    return float(OmegaConf.select(run.args, "provider.speed") or 1.0)


@dataclass
class SandboxRequesterArgs(RequesterArgs):
    """An account at the sandbox: its play money."""

    balance: str = field(default="10000.00", metadata={"help": mark("Play money to begin with.")})
    currency: str = field(default="GBP", metadata={"help": mark("GBP or USD, as Prolific's accounts are.")})


class SandboxRequester(ProlificRequester):
    """An account at the sandbox. Its token follows from the workspace and the name, so it is kept nowhere."""

    ArgsClass: ClassVar[type[RequesterArgs]] = SandboxRequesterArgs

    def register(self, args: DictConfig | None = None) -> None:
        """Makes the account at the sandbox, which is started for it; one that is there is taken as it is."""
        if args is None:
            super().register(None)
            return
        currency = check_currency(args.get("currency") or "GBP")
        told = sandbox_of(self.db).ask(
            "POST",
            "/sandbox/accounts",
            {
                "token": self.token(),
                "name": self.requester_name,
                "currency": currency,
                "balance": to_minor(args.get("balance") or "10000.00", currency),
            },
        )
        row = {
            "key": "",
            "kept": PROVIDER_TYPE,
            "workspace_id": told["workspace_id"],
            "workspace": f"Workspace of {self.requester_name}",
            "project_id": told["project_id"],
            "project": "Project",
            "currency": currency,
            "user_id": told["user_id"],
        }
        with self.db.write():
            self._store.set(self._row_name, row)
            self.db.update_requester(self.db_id, registered=True, currency=currency)
        self.currency = currency
        there = self.client().balance(str(told["workspace_id"])).currency
        if there != currency:
            with self.db.write():
                self._store.set(self._row_name, {})
                self.db.update_requester(self.db_id, registered=False, currency=there)
            raise BadInput(
                say(
                    "requester.currency: the sandbox has an account {name!r} in {currency} already. Use that "
                    "currency, or another name.",
                    name=self.requester_name,
                    currency=there,
                )
            )

    def token(self) -> str:
        with self.db.read() as conn:
            workspace = records.workspace_uuid(conn)
        return "sandbox-" + hashlib.sha256(f"{workspace}{self.requester_name}".encode()).hexdigest()[:32]

    def missing(self) -> str:
        return ""

    def address(self) -> str:
        return sandbox_of(self.db).address()

    @classmethod
    def offer_choices(cls, db: CrowdDatabase, values: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
        return {}

    @classmethod
    def is_sandbox(cls) -> bool:
        return True

    @staticmethod
    def new(db: CrowdDatabase, requester_name: str) -> Requester:
        return SandboxRequester._register_requester(db, requester_name, PROVIDER_TYPE)
