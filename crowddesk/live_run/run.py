"""A run that workers are at work on: its worker pool, its pages' channel, what its workers are shown."""

from __future__ import annotations

import logging
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from omegaconf import OmegaConf

from crowddesk.blueprints.onboarding import Onboarding
from crowddesk.live_run.pool import WorkerPool

if TYPE_CHECKING:
    from crowddesk.blueprints.base import Blueprint
    from crowddesk.data_model.agent import Agent
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.task_run import TaskRun

logger = logging.getLogger(__name__)


class ClientChannel(Protocol):
    """The way to the pages of workers. Calls come from any thread and must only hand the message on."""

    def send_live_update(self, agent_id: str, live_update: dict[str, Any]) -> None:
        """Something that the run tells a worker's page."""

    def send_status_update(self, agent_id: str, status: str) -> None:
        """The agent's new status, after it was committed."""


class SilentChannel:
    """A channel for runs whose workers have no page of ours."""

    def send_live_update(self, agent_id: str, live_update: dict[str, Any]) -> None:
        return

    def send_status_update(self, agent_id: str, status: str) -> None:
        return


class LiveTaskRun:
    """A run that workers are at work on. Any thread but the GUI's; nothing here makes a thread."""

    def __init__(self, db: CrowdDatabase, task_run: TaskRun, client_io: ClientChannel | None = None) -> None:
        self.db = db
        self.task_run = task_run
        self.client_io: ClientChannel = client_io if client_io is not None else SilentChannel()
        self.worker_pool = WorkerPool(self)

    @property
    def blueprint(self) -> Blueprint:
        """What turns an item into a page and a submission into an answer."""
        return self.task_run.get_blueprint()

    @cached_property
    def onboarding(self) -> Onboarding | None:
        """The page before a worker's first unit, None where there is none."""
        args = OmegaConf.select(self.task_run.args, "task.onboarding")
        return None if args is None else Onboarding(args, Path(self.task_run.get_run_dir()))

    def push_status(self, agent: Agent) -> None:
        """Tells a worker's page its agent's status. A page that cannot be told changes nothing here."""
        try:
            self.client_io.send_status_update(agent.get_agent_id(), agent.db_status)
        except Exception:  # a channel may be closing; the status is committed already
            logger.warning("The page of %s could not be told its status", agent, exc_info=True)

    def shutdown(self) -> None:
        """Hands out nothing more and ends every waiting call of the run's agents."""
        self.worker_pool.shutdown()

    def __repr__(self) -> str:
        return f"LiveTaskRun({self.task_run.db_id})"
