"""The smallest vendor: it says yes to everything and remembers it in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import AgentStatus
from crowddesk.providers.base import CrowdProvider, ProviderArgs


class Memory:
    """What this vendor knows, and what tests tell it to do."""

    def __init__(self) -> None:
        self.blocked: set[str] = set()
        self.barred: set[str] = set()
        self.expired: set[str] = set()
        self.cleaned: list[str] = []
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True


class PlainUnit(Unit):
    def launch(self, task_url: str) -> None:
        self.set_db_status("launched")

    def expire(self) -> float:
        self.db.get_datastore_for_provider("plain").expired.add(self.db_id)
        return 0.0

    def is_expired(self) -> bool:
        return self.db_id in self.db.get_datastore_for_provider("plain").expired

    @staticmethod
    def new(db: Any, assignment: Any, index: int, pay_amount: Any) -> Unit:
        return PlainUnit._register_unit(db, assignment, index, pay_amount, "plain")


class PlainRequester(Requester):
    def register(self, args: Any = None) -> None:
        self.db.update_requester(self.db_id, registered=True)

    def is_registered(self) -> bool:
        return True

    @staticmethod
    def new(db: Any, requester_name: str) -> Requester:
        return PlainRequester._register_requester(db, requester_name, "plain")


class PlainWorker(Worker):
    def is_blocked(self, requester: Requester) -> bool:
        return self.worker_name in self.db.get_datastore_for_provider("plain").blocked

    def is_eligible(self, task_run: Any) -> bool:
        return self.worker_name not in self.db.get_datastore_for_provider("plain").barred

    @staticmethod
    def new(db: Any, worker_name: str) -> Worker:
        return PlainWorker._register_worker(db, worker_name, "plain")


class PlainAgent(Agent):
    def approve_work(self) -> None:
        self.update_status(AgentStatus.APPROVED)

    @staticmethod
    def new(db: Any, worker: Worker, unit: Unit) -> Agent:
        return PlainAgent._register_agent(db, worker, unit, "plain")


class PlainProvider(CrowdProvider):
    PROVIDER_TYPE = "plain"
    UnitClass = PlainUnit
    RequesterClass = PlainRequester
    WorkerClass = PlainWorker
    AgentClass = PlainAgent
    ArgsClass = ProviderArgs

    @classmethod
    def get_wrapper_js_path(cls) -> str:
        return str(Path(__file__).parent / "wrap_crowd_source.js")

    def initialize_provider_datastore(self, storage_path: str) -> Memory:
        return Memory()

    def setup_resources_for_task_run(
        self, task_run: Any, args: Any, shared_state: Any, server_url: str
    ) -> None:
        return

    def cleanup_resources_from_task_run(self, task_run: Any, server_url: str) -> None:
        return

    def cleanup_qualification(self, qualification_name: str) -> None:
        self.datastore.cleaned.append(qualification_name)


class Desk:
    """A workspace with one account at the plain vendor, and what tests make in it."""

    def __init__(self, db: Any, make_run: Any) -> None:
        self.db = db
        self.requester = PlainRequester.new(db, "desk")
        self._make_run = make_run
        self._names = 0

    def run(self, *, launched: bool = True, **options: Any) -> Any:
        """A run; unless told otherwise its units are launched and it is live."""
        run = self._make_run(self.db, self.requester, **options)
        if launched:
            for unit in run.get_units():
                unit.set_db_status("launched")
        return run

    def worker(self, name: str | None = None) -> Worker:
        self._names += 1
        return PlainWorker.new(self.db, name or f"w{self._names}")

    def agent(self, run: Any = None) -> Agent:
        """An agent on the first free unit of a run."""
        run = run or self.run()
        return PlainAgent.new(self.db, self.worker(), run.get_units("launched")[0])

    @property
    def memory(self) -> Memory:
        memory: Memory = self.db.get_datastore_for_provider("plain")
        return memory
