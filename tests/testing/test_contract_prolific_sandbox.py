"""Prolific, rehearsed at a real sandbox process, keeps the contract of every provider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import httpx
import pytest

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.domain import AgentStatus
from crowddesk.providers.prolific_sandbox import entities
from crowddesk.providers.prolific_sandbox.process import SandboxProcess
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.testing import ProviderContract


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    found = SandboxProcess(tmp_path_factory.mktemp("sandbox"), idle_s=300.0)
    yield found
    found.stop()


class TestProlificSandbox(ProviderContract):
    provider_type = "prolific_sandbox"
    requester_args: ClassVar = {"balance": "500.00"}
    bad_requester_args: ClassVar = [{"balance": "plenty"}, {"balance": "0.001"}, {"currency": "pounds"}]
    provider_args: ClassVar = {"hosting": "here", "people": 0}
    bad_task_args: ClassVar = [
        {"provider": {"hosting": "somewhere"}},
        {"provider": {"hosting": "vendor"}},
        {"provider": {"finish": {"code": "no spaces"}}},
        {"provider": {"filters": [{"filter": "age"}]}},
        {"provider": {"filters": [{"filter": "eligibility_requirements", "values": ["1"]}]}},
        {"provider": {"submissions_per_participant": 0}},
        {"provider": {"people": -1}},
        {"task": {"estimated_minutes": None}},
        {"task": {"assignment_duration_in_seconds": 30}},
        {"task": {"screening": {"tests": 1}}},
    ]
    rejection = (
        "The answer has nothing to do with the text that was shown, as the guide asks in its first paragraph."
    )
    rejection_category = "LOW_EFFORT"

    @pytest.fixture(autouse=True)
    def _one_process(self, process: SandboxProcess, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every workspace of these tests is at the same sandbox, each with accounts of its own."""
        monkeypatch.setattr(entities, "SandboxProcess", lambda folder: process)

    def make_run(self, db: CrowdDatabase, requester: Requester, **options: Any) -> TaskRun:
        task = {"estimated_minutes": 1, **options.pop("task", {})}
        return super().make_run(db, requester, task=task, **options)

    def work_on(self, unit: Unit) -> Agent:
        """Somebody takes a place at the vendor, answers at our page and goes back with the code."""
        db = unit.db
        provider: Any = get_crowd_provider_from_type("prolific_sandbox")(db)
        run = TaskRun.get(db, unit.task_run_id)
        pid = f"{next(self._names):024x}"
        study_id = provider.book.id_of(run.db_id)
        provider.sandbox.ask("POST", "/sandbox/clock", {"advance_seconds": 1})  # it is published by then
        with httpx.Client(base_url=provider.sandbox.address(), trust_env=False, timeout=30) as http:
            link = http.get(f"/participant/{pid}/start/{study_id}")
            assert link.status_code == 302, link.text
            said = httpx.URL(link.headers["Location"]).params
            registration = {
                "worker_name": said["PROLIFIC_PID"], "study": said["STUDY_ID"], "session": said["SESSION_ID"],
            }  # fmt: skip
            worker = provider.admit(run, registration)
            assert provider.why_no_more(run, worker) == ""
            agent = provider.AgentClass.new_from_provider_data(db, worker, unit, registration)
            agent.handle_submit({"answer": "yes"})
            agent.update_status(AgentStatus.COMPLETED)
            assert provider.why_no_more(run, worker)
            assert http.get(provider.farewell(agent)["url"]).status_code == 200
        return agent
