"""The practice crowd keeps the contract of every provider."""

from __future__ import annotations

import threading
import time
from typing import ClassVar

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.domain import AssignmentState
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import arrivals
from crowddesk.testing import ProviderContract


class TestMock(ProviderContract):
    provider_type = "mock"
    requester_args: ClassVar = {"balance": "25.00"}
    bad_requester_args: ClassVar = [{"balance": "plenty"}, {"balance": "0.001"}, {"currency": "dollars"}]
    provider_args: ClassVar = {"speed": 100_000, "skilled": 1, "sloppy": 0, "spammer": 0, "leaver": 0}
    bad_task_args: ClassVar = [
        {"provider": {"people": 0}},
        {"provider": {"truth": {"field": "anser", "column": "text"}}},
    ]

    def work_on(self, unit: Unit) -> Agent:
        """Lets simulated time pass until somebody has answered."""
        db, pause = unit.db, threading.Event()
        provider = get_crowd_provider_from_type("mock")(db)
        end = time.monotonic() + 30
        while Unit.get(db, unit.db_id).db_status != AssignmentState.COMPLETED:
            assert time.monotonic() < end, f"nobody answered {unit}"
            found = provider.sync_task_run(TaskRun.get(db, unit.task_run_id))
            with db.write() as w:
                arrivals.apply(w, int(unit.task_run_id), found)
            pause.wait(0.01)
        agent = Unit.get(db, unit.db_id).get_assigned_agent()
        assert agent is not None
        return agent
