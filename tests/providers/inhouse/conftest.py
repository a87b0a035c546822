"""A workspace with an account of one's own people, and a run of three items with an optional list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.domain import AgentStatus
from crowddesk.providers.inhouse import InhouseProvider
from crowddesk.providers.inhouse.entities import InhouseRequester, InhouseWorker
from crowddesk.testing.workspace import launch, make_run, make_workspace, register

MakeRun = Callable[..., TaskRun]


@pytest.fixture
def db(workspace_path: Path) -> Iterator[CrowdDatabase]:
    db = make_workspace(workspace_path)
    yield db
    db.close()


@pytest.fixture
def provider(db: CrowdDatabase) -> InhouseProvider:
    return InhouseProvider(db)


@pytest.fixture
def requester(provider: InhouseProvider) -> Requester:
    account = InhouseRequester.new(provider.db, "lab")
    return register(account, {"budget": "25.00", "contact": "ask@lab.example"})


@pytest.fixture
def make(provider: InhouseProvider, requester: Requester, tmp_path: Path) -> MakeRun:
    """A launched run; `people` is the text of its list."""

    def made(people: str | None = None, **args: Any) -> TaskRun:
        if people is not None:
            (tmp_path / "people.csv").write_text(people, encoding="utf-8")
            args["people"] = str(tmp_path / "people.csv")
        run = make_run(provider.db, requester, items=3, provider=args)
        launch(provider, run)
        return run

    return made


def answer(unit: Unit, name: str) -> Agent:
    """Lets a person, new or known, answer a unit."""
    found = unit.db.find_workers(worker_name=name, provider_type="inhouse")
    worker = found[0] if found else InhouseWorker.new(unit.db, name)
    agent = InhouseProvider.AgentClass.new(unit.db, worker, unit)
    agent.handle_submit({"answer": "yes"})
    agent.update_status(AgentStatus.COMPLETED)
    return agent
