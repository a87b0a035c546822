"""Participants who come to a run that we show: who they are, what they may still do, where they go after.

Asked by the task server. A place is one stay, which is one unit: the submission that Prolific's link names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.worker import Worker
from crowddesk.domain import AgentStatus, VendorRefused
from crowddesk.store import stays

if TYPE_CHECKING:
    from crowddesk.providers.prolific.provider import ProlificProvider

#: What Prolific calls participants, studies and submissions.
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Visits:
    """The people who open the pages of a vendor's runs."""

    def __init__(self, provider: ProlificProvider) -> None:
        self._provider = provider
        self._db = provider.db

    def admit(self, task_run: TaskRun, registration: dict[str, Any]) -> Worker:
        pid, session = registration.get("worker_name"), registration.get("session")
        if not _is_id(pid) or not _is_id(session):
            raise VendorRefused("This link does not say who you are. Open the study from Prolific again.")
        known = self._provider.book.of(task_run.db_id).get("study_id")
        if registration.get("study") not in (None, "", known):
            raise VendorRefused("This link belongs to another study. Open the study from Prolific again.")
        with self._db.write():
            found = self._db.find_workers(worker_name=str(pid), provider_type=self._provider.PROVIDER_TYPE)
            worker = found[0] if found else self._provider.WorkerClass.new(self._db, str(pid))
            if worker.is_blocked(task_run.get_requester()):
                raise VendorRefused(
                    "You cannot take part in this study. Please return your place at Prolific."
                )
            self._provider.datastore.set(f"came/{task_run.db_id}/{worker.db_id}", str(session))
        return worker

    def session_of(self, task_run_id: str, worker: Worker, registration: Mapping[str, Any]) -> str:
        """The submission that a participant came with, by what their link said, now or before a restart."""
        session = registration.get("session")
        if _is_id(session):
            return str(session)
        kept = self._provider.datastore.get(f"came/{task_run_id}/{worker.db_id}")
        return str(kept) if kept else ""

    def why_no_more(self, task_run: TaskRun, worker: Worker) -> str:
        session = self.session_of(task_run.db_id, worker, {})
        with self._db.read() as conn:
            mine = stays.of_worker(conn, worker.db_id, task_run_id=task_run.db_id)
        for stay in mine:
            if stay.ref != session:
                continue
            if stay.agent_status in (AgentStatus.RETURNED, AgentStatus.TIMEOUT):
                return (
                    "This place is no longer yours. Open the study from Prolific again, if it is still there."
                )
            if stay.agent_status in AgentStatus.COMPLETE and stay.agent_status != AgentStatus.DISCONNECT:
                return "You have sent your answer. Go back to Prolific to finish."
        return ""

    def farewell(self, agent: Agent) -> dict[str, str]:
        """The completion page with the code of this place; nothing for another place than the present one."""
        run = agent.get_task_run()
        session = self.session_of(run.db_id, agent.get_worker(), {})
        with self._db.read() as conn:
            mine = stays.of_worker(conn, agent.worker_id, task_run_id=run.db_id)
        if any(stay.agent_id == agent.db_id and stay.ref != session for stay in mine):
            return {}
        left = agent.db_status in (*AgentStatus.LEFT, AgentStatus.EXPIRED)
        return self._way_back(run, finished=not left)

    def turned_away(self, task_run: TaskRun) -> dict[str, str]:
        """The page on which a place is given back."""
        return self._way_back(task_run, finished=False)

    def _way_back(self, run: TaskRun, *, finished: bool) -> dict[str, str]:
        codes = self._provider.book.of(run.db_id).get("codes") or {}
        code = codes.get("finished" if finished else "turned_away")
        if not code:
            return {}
        base = self._provider.participants_address(run)
        label = "Back to Prolific" if finished else "Return your place at Prolific"
        return {"url": f"{base}/submissions/complete?cc={quote(str(code))}", "label": label}


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None
