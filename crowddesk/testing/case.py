"""What the parts of the provider contract share: the hooks that a provider's test fills in, and fixtures."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import AgentStatus
from crowddesk.providers.base import CrowdProvider
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.testing.workspace import launch, make_run, make_workspace, register

#: An id that no row has.
NOWHERE = "987654321"


class ContractCase:
    """The hooks. Everything has a default but `provider_type`."""

    #: The name of the provider's entry point.
    provider_type: ClassVar[str]
    #: What the vendor's registration form is filled in with.
    requester_args: ClassVar[Mapping[str, Any]] = {}
    #: Registration arguments that the vendor refuses, each with something wrong.
    bad_requester_args: ClassVar[Sequence[Mapping[str, Any]]] = ()
    #: Further keys of a run file's `provider` section.
    provider_args: ClassVar[Mapping[str, Any]] = {}
    #: Sections of a run (`{"task": {...}, "provider": {...}}`) that `assert_task_args` refuses.
    bad_task_args: ClassVar[Sequence[Mapping[str, Mapping[str, Any]]]] = ()
    #: Reward of a unit in major units of the requester's currency.
    reward: ClassVar[str] = "0.10"
    #: A reason that the vendor takes for a rejection.
    rejection: ClassVar[str] = "The answer has nothing to do with the text that was shown, as the guide asks."
    #: One of the vendor's categories for it, where it has any.
    rejection_category: ClassVar[str] = ""

    _names: ClassVar[Iterator[int]] = itertools.count(1)

    def make_requester(self, db: CrowdDatabase, name: str = "contract") -> Requester:
        """Adds an account and registers it, with funds for a few units and bonuses."""
        return register(self.provider_class.RequesterClass.new(db, name), self.requester_args)

    def make_run(self, db: CrowdDatabase, requester: Requester, **options: Any) -> TaskRun:
        """Adds a run of two items, one unit each; options are those of `crowddesk.testing.make_run`."""
        given = {"reward": self.reward, "provider": self.provider_args, **options}
        return make_run(db, requester, **given)

    def make_worker(self, db: CrowdDatabase, name: str | None = None) -> Worker:
        """Adds a person at the vendor."""
        return self.provider_class.WorkerClass.new(db, name or f"worker-{next(self._names)}")

    def work_on(self, unit: Unit) -> Agent:
        """Lets the vendor's crowd answer a launched unit; returns the agent, which is `completed`.

        By default a new worker does it through the interface. Override it where the vendor has its own way
        of knowing who worked.
        """
        agent = self.provider_class.AgentClass.new(unit.db, self.make_worker(unit.db), unit)
        agent.handle_submit({"answer": "yes"})
        agent.update_status(AgentStatus.COMPLETED)
        return agent

    @property
    def provider_class(self) -> type[CrowdProvider]:
        return get_crowd_provider_from_type(self.provider_type)

    # -------------------------------------------------------------------------------------- fixtures

    @pytest.fixture
    def db(self, tmp_path: Path) -> Iterator[CrowdDatabase]:
        db = make_workspace(tmp_path / "workspace")
        yield db
        db.close()

    @pytest.fixture
    def provider(self, db: CrowdDatabase) -> CrowdProvider:
        return self.provider_class(db)

    @pytest.fixture
    def requester(self, db: CrowdDatabase) -> Requester:
        return self.make_requester(db)

    @pytest.fixture
    def run(self, db: CrowdDatabase, requester: Requester) -> TaskRun:
        """A run that is not set up yet; its units are created."""
        return self.make_run(db, requester)

    @pytest.fixture
    def units(self, provider: CrowdProvider, run: TaskRun) -> list[Unit]:
        """The two launched units of a run."""
        return launch(provider, run)

    @pytest.fixture
    def unit(self, units: list[Unit]) -> Unit:
        return units[0]

    @pytest.fixture
    def worker(self, db: CrowdDatabase) -> Worker:
        return self.make_worker(db)

    @pytest.fixture
    def agent(self, db: CrowdDatabase, worker: Worker, unit: Unit) -> Agent:
        """An agent at work, `accepted`."""
        return self.provider_class.AgentClass.new(db, worker, unit)

    @pytest.fixture
    def answered(self, unit: Unit) -> Agent:
        """An agent whose answer is there, `completed`."""
        agent = self.work_on(unit)
        assert agent.get_status() == AgentStatus.COMPLETED
        return agent


def in_threads(count: int, call: Callable[[int], object]) -> list[object]:
    """What `call(number)` returned or raised in each of `count` threads that start together."""
    results: list[object] = [None] * count
    gate = threading.Barrier(count)

    def run(number: int) -> None:
        gate.wait(30)
        try:
            results[number] = call(number)
        except Exception as error:  # the caller looks at it
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads), "a call did not come back"
    return results


def is_sentence(error: BaseException) -> bool:
    """Whether an error says something that a person can read."""
    text = str(error).strip()
    return len(text) >= 10 and " " in text and "\n  File " not in text
