"""A vendor that sends people to a run and takes them back: one unit a stay, with Prolific's wrapper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlencode

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.worker import Worker
from crowddesk.domain import AgentStatus, VendorRefused
from crowddesk.providers import prolific
from crowddesk.providers.inhouse import InhouseProvider
from crowddesk.testing import use_provider
from tests.taskserver.serving import Serving, serve

HOME = "https://app.prolific.com"
DONE = {"url": f"{HOME}/submissions/complete?cc=DONE1", "label": "Back to Prolific"}
TURNED_AWAY = {"url": f"{HOME}/submissions/complete?cc=NO1", "label": "Return your place at Prolific"}
NO_MORE = "You have sent your answer. Go back to Prolific to finish."


class Marketplace(InhouseProvider):
    """It takes the place of `inhouse`, so that everything else of a run is as usual."""

    needs_link: ClassVar[bool] = False

    @classmethod
    def get_wrapper_js_path(cls) -> str:
        return str(Path(prolific.__file__).parent / "wrap_crowd_source.js")

    def sign_in(self, task_run: TaskRun) -> str:
        return ""

    def needs_address(self, task_run: TaskRun) -> bool:
        return self.needs_link

    def admit(self, task_run: TaskRun, registration: dict[str, Any]) -> Worker:
        if not registration.get("session"):
            raise VendorRefused("This link does not say who you are. Open the study from Prolific again.")
        worker = super().admit(task_run, registration)
        self.datastore.set(f"came/{task_run.db_id}/{worker.db_id}", registration["session"])
        return worker

    def why_no_more(self, task_run: TaskRun, worker: Worker) -> str:
        agents = self.db.find_agents(worker_id=worker.db_id, task_run_id=task_run.db_id)
        return NO_MORE if any(agent.db_status == AgentStatus.COMPLETED for agent in agents) else ""

    def farewell(self, agent: Agent) -> dict[str, str]:
        return TURNED_AWAY if agent.db_status in AgentStatus.LEFT else DONE

    def turned_away(self, task_run: TaskRun, worker: Worker) -> dict[str, str]:
        return TURNED_AWAY


@contextmanager
def serve_marketplace(
    path: Path, *, home: type[Marketplace] = Marketplace, **options: Any
) -> Iterator[Serving]:
    """Serves a live run of this vendor until the block ends."""
    with use_provider(home), serve(path, **options) as serving:
        yield serving


def registration(pid: str = "5f0a", session: str = "s-1") -> Mapping[str, str]:
    return {"worker_name": pid, "study": "st-1", "session": session}


def link(url: str, pid: str = "5f0a", session: str = "s-1") -> str:
    """A run's link as the vendor opens it for somebody."""
    return f"{url}?{urlencode({'PROLIFIC_PID': pid, 'STUDY_ID': 'st-1', 'SESSION_ID': session})}"
