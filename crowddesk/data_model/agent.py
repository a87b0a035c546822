"""An agent: a worker at work on one unit, its status, its answers and the calls that wait for it."""

from __future__ import annotations

import json
import threading
import time
import warnings
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from crowddesk.data_model.entity import Entity, check_agent_status, logger
from crowddesk.domain import (
    UNIT_STATUS_OF_AGENT,
    AgentDisconnectedError,
    AgentReturnedError,
    AgentShutdownError,
    AgentStatus,
    AgentTimeoutError,
    AssignmentState,
    BadInput,
    Conflict,
    Work,
    storable,
)
from crowddesk.language import say
from crowddesk.registry import get_blueprint_from_type
from crowddesk.store import changes, handing_out, records
from crowddesk.store.records import Record

if TYPE_CHECKING:
    from crowddesk.blueprints.base import AgentState
    from crowddesk.data_model.assignment import Assignment
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.task import Task
    from crowddesk.data_model.task_run import TaskRun
    from crowddesk.data_model.unit import Unit
    from crowddesk.data_model.worker import Worker
    from crowddesk.live_run import LiveTaskRun
    from crowddesk.store.transaction import Write


class Agent(Entity):
    """A worker at work. Vendors extend it with the verbs of judging, `mark_done` and `new`.

    `pending_actions`, `has_live_update`, `did_submit` and `is_shutdown` may be used from any thread.
    """

    NOUN = "agent"
    VENDOR_CLASS = "AgentClass"

    def _read(self, row: Record) -> None:
        self.db_status: str = row["status"]
        self.worker_id: str = row["worker_id"]
        self.unit_id: str = row["unit_id"]
        self.task_type: str = row["task_type"]
        self.provider_type: str = row["provider_type"]
        self.assignment_id: str = row["assignment_id"]
        self.task_run_id: str = row["task_run_id"]
        self.task_id: str = row["task_id"]
        #: When the worker took the unit, UTC.
        self.created_at: datetime = row["created_at"]
        self.pending_actions: Queue[dict[str, Any]] = Queue()
        self.has_live_update = threading.Event()
        self.did_submit = threading.Event()
        self.is_shutdown = False
        #: `did_submit` is set because the wait is over, not because something came.
        self._freed_without_submission = False
        self._live_run: LiveTaskRun | None = None
        self._state: AgentState | None = None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.db_id}, {self.db_status})"

    # --------------------------------------------------------------------------------------- related

    @property
    def state(self) -> AgentState:
        """What this worker was given and did, as the run's blueprint keeps it."""
        if self._state is None:
            self._state = get_blueprint_from_type(self.task_type).AgentStateClass(self)
        return self._state

    def set_live_run(self, live_run: LiveTaskRun) -> None:
        """Says which run this agent is live in."""
        self._live_run = live_run

    def get_live_run(self) -> LiveTaskRun:
        """The run this agent is live in; an error when there is none."""
        if self._live_run is None:
            raise AssertionError(f"Agent {self.db_id} is not in a live run.")
        return self._live_run

    def get_agent_id(self) -> str:
        return self.db_id

    def get_worker(self) -> Worker:
        from crowddesk.data_model.worker import Worker

        if "worker" not in self._related:
            self._related["worker"] = Worker.get(self.db, self.worker_id)
        worker: Worker = self._related["worker"]
        return worker

    def get_unit(self) -> Unit:
        from crowddesk.data_model.unit import Unit

        if "unit" not in self._related:
            self._related["unit"] = Unit.get(self.db, self.unit_id)
        unit: Unit = self._related["unit"]
        return unit

    def get_assignment(self) -> Assignment:
        return self.get_unit().get_assignment()

    def get_task_run(self) -> TaskRun:
        """The run; of a live agent the live run's own, which has its arguments and blueprint read."""
        return self._live_run.task_run if self._live_run is not None else self.get_unit().get_task_run()

    def get_task(self) -> Task:
        return self.get_unit().get_task()

    def get_data_dir(self) -> str:
        """The folder for this agent's files, under its assignment's."""
        return str(Path(self.get_task_run().get_run_dir()) / "assignments" / self.assignment_id / self.db_id)

    # ---------------------------------------------------------------------------------------- status

    def update_status(self, new_status: str) -> None:
        """Stores a new status, with the unit's where this agent still has it; then tells those who wait.

        The same status does nothing. `returned`, `disconnect` and `timeout` free every waiting call; if the
        agent was `waiting`, nothing was done yet and the unit goes back to the pool.
        """
        check_agent_status(new_status)
        if self.db_status == new_status:
            return
        with self.db.write() as w:
            w.after_rollback.append(partial(self._forget_status, self.db_status))
            old = changes.set_agent_statuses(w, {int(self.db_id): (None, new_status)})[int(self.db_id)]
            self._move_unit(w, old, new_status)
            # Before the commit, so that nobody who hears of it finds this object behind the database.
            self.db_status = new_status
            w.after_commit.append(self.take_over_status)
        if old in AgentStatus.COMPLETE and old != new_status:
            logger.info("Agent %s leaves the final status %s for %s", self.db_id, old, new_status)
        self._related.pop("unit", None)

    def _forget_status(self, seen: str) -> None:
        self.db_status = seen
        self._related.pop("unit", None)

    def _move_unit(self, w: Write, old: str, new: str) -> None:
        """The unit follows, unless it is somebody else's by now or has expired."""
        unit = records.get(w.conn, "unit", self.unit_id)
        if unit["agent_id"] != self.db_id or unit["status"] == AssignmentState.EXPIRED:
            return
        if new in AgentStatus.LEFT and old == AgentStatus.WAITING:
            self.db.clear_unit_agent_assignment(self.unit_id)
        else:
            changes.set_unit_statuses(w, {int(self.unit_id): (unit["status"], UNIT_STATUS_OF_AGENT[new])})

    def get_status(self) -> str:
        """The status, read again unless it is complete; frees waiting calls when the worker has left."""
        if self.db_status not in AgentStatus.COMPLETE:
            stored: str = self.db.get_agent(self.db_id)["status"]
            if stored != self.db_status:
                self.db_status = stored
                self.take_over_status()
        return self.db_status

    def take_over_status(self, stored: str | None = None) -> None:
        """Reacts to a status that was written elsewhere: tells the page, frees calls if the worker left."""
        if stored is not None:
            self.db_status = stored
        if self.db_status in AgentStatus.LEFT:
            self._free_waiting_calls()
        self._tell_page()

    def _tell_page(self) -> None:
        if self._live_run is not None:
            self._live_run.push_status(self)

    def _free_waiting_calls(self) -> None:
        if not self.did_submit.is_set():
            self._freed_without_submission = True
        self.has_live_update.set()
        self.did_submit.set()

    # ------------------------------------------------------------------------------------- live talk

    def observe(self, live_update: dict[str, Any]) -> None:
        """Records an update (with an id of its own if it has none) and pushes it to the worker's page."""
        if live_update.get("update_id") is None:
            live_update["update_id"] = str(uuid4())
        self.state.update_data(live_update)
        if self._live_run is not None:
            self._live_run.client_io.send_live_update(self.get_agent_id(), live_update)

    def get_live_update(self, timeout: float | None = None) -> dict[str, Any] | None:
        """The next action from the worker's page; `timeout` in seconds, None or 0: None if there is none.

        After waiting in vain: AgentShutdownError, AgentDisconnectedError or AgentReturnedError; else the
        agent becomes `timeout` and AgentTimeoutError is raised.
        """
        action = self._next_action()
        if action is None and not timeout:
            return None
        if action is None:
            assert timeout is not None
            action = self._wait_for_action(timeout)
        self.state.update_data(action)
        return action

    def _wait_for_action(self, timeout: float) -> dict[str, Any]:
        end = time.monotonic() + timeout
        while True:
            self.has_live_update.wait(max(0.0, end - time.monotonic()))
            action = self._next_action()
            if action is not None:
                return action
            if self.is_shutdown:
                raise AgentShutdownError(self.db_id)
            status = self.get_status()
            if status == AgentStatus.DISCONNECT:
                raise AgentDisconnectedError(self.db_id)
            if status == AgentStatus.RETURNED:
                raise AgentReturnedError(self.db_id)
            if status == AgentStatus.TIMEOUT or time.monotonic() >= end:
                if status not in AgentStatus.COMPLETE:
                    self.update_status(AgentStatus.TIMEOUT)
                raise AgentTimeoutError(timeout, self.db_id)

    def _next_action(self) -> dict[str, Any] | None:
        try:
            action = self.pending_actions.get_nowait()
        except Empty:
            action = None
        if not self._has_news():
            self.has_live_update.clear()
            if self._has_news():  # it came between the look and the clearing
                self.has_live_update.set()
        return action

    def _has_news(self) -> bool:
        return not self.pending_actions.empty() or self.is_shutdown or self.db_status in AgentStatus.LEFT

    def act(self, timeout: float | None = None) -> dict[str, Any] | None:
        """The old name of `get_live_update`."""
        global _warned_act
        if not _warned_act:
            _warned_act = True
            warnings.warn("Agent.act is the old name of get_live_update", DeprecationWarning, stacklevel=2)
        return self.get_live_update(timeout)

    def await_submit(self, timeout: float | None = None) -> bool:
        """Waits up to `timeout` seconds (None: not at all) and says whether the submission came.

        A worker who leaves ends the wait; `shutdown` ends it with AgentShutdownError.
        """
        if timeout is not None:
            self.did_submit.wait(timeout)
            if self.is_shutdown and self._freed_without_submission:
                raise AgentShutdownError(self.db_id)
        return self.did_submit.is_set() and not self._freed_without_submission

    def handle_submit(
        self, submit_data: dict[str, Any], work: Work | None = None, client_id: str | None = None
    ) -> None:
        """Records what the worker sent, then frees the waiting call."""
        self.record_submission(submit_data, work, client_id)
        try:
            self.state.update_submit(submit_data)
        except BadInput:  # its file is damaged; the answer is in the database
            logger.warning("The file of %s does not have what it sent", self, exc_info=True)
        self._freed_without_submission = False
        self.did_submit.set()

    def record_submission(
        self, submit_data: dict[str, Any], work: Work | None = None, client_id: str | None = None
    ) -> None:
        """Stores a submission beside the earlier ones; one after the worker left is marked late.

        One that the blueprint cannot read is kept as it came, with an empty answer: the work was done.
        `client_id` is the page's own name for it; the same one a second time raises Conflict.
        """
        work = work or Work()
        try:
            answer = self.state.read_answer(submit_data)
        except BadInput as error:
            logger.info("What %s sent is kept as it came: %s", self, error)
            answer = {}
        with self.db.write() as w:
            agent, unit = records.get(w.conn, "agent", self.db_id), records.get(w.conn, "unit", self.unit_id)
            late = agent["status"] in AgentStatus.COMPLETE or unit["agent_id"] != self.db_id
            if client_id is not None and handing_out.was_sent(w.conn, self.db_id, client_id):
                raise Conflict(
                    say(
                        "Submission {client_id} of agent {db_id} is stored already.",
                        client_id=client_id,
                        db_id=self.db_id,
                    )
                )
            row = {
                "agent_id": int(self.db_id),
                "unit_id": int(self.unit_id),
                "task_run_id": int(self.task_run_id),
                "raw": storable(json.dumps(submit_data, ensure_ascii=False, default=str)),
                "answer": storable(json.dumps(answer, ensure_ascii=False)),
                "late": late,
                "received_at": w.at,
                "client_id": client_id,
                "started_at": work.started_at,
                "ended_at": work.ended_at,
                "active_seconds": work.active_seconds,
                "pasted": json.dumps(list(work.pasted), ensure_ascii=False) if work.pasted else None,
            }
            changes.insert_submissions(w, [row])
            if not late:
                passed = (w.at - self.work_began()).total_seconds()
                # A clock may have been set back since.
                times = {"submitted_at": w.at, "seconds": self.time_worked(max(0.0, passed))}
                records.change(w, "agent", self.db_id, **times)
                records.change(w, "unit", self.unit_id, **times)

    def time_worked(self, passed: float) -> float:
        """How long the work took, by the seconds that passed; simulated people are quicker than they say."""
        return passed

    def work_began(self) -> datetime:
        """When the work began, UTC; until then, when the unit was taken.

        Waiting for others and an introduction come before the work.
        """
        try:
            begun = self.state.get_task_start()
        except BadInput:  # a file that is damaged keeps nobody from work, and costs no answer
            begun = None
        return self.created_at if begun is None else datetime.fromtimestamp(begun, UTC)

    def shutdown(self) -> None:
        """Ends any waiting call with AgentShutdownError."""
        self.is_shutdown = True
        self._free_waiting_calls()

    # -------------------------------------------------------------------------------------- vendors

    def approve_work(self) -> None:
        """Approves and pays at the vendor."""
        raise NotImplementedError

    def soft_reject_work(self) -> None:
        """Pays the worker, but marks the work as not good enough for the data."""
        self.approve_work()
        self.update_status(AgentStatus.SOFT_REJECTED)

    def reject_work(self, reason: str) -> None:
        """Refuses payment at the vendor, with a reason that reaches the worker."""
        raise NotImplementedError

    def mark_done(self) -> None:
        """Takes the vendor's step that lets a worker submit, where there is one."""
        raise NotImplementedError

    @staticmethod
    def new(db: CrowdDatabase, worker: Worker, unit: Unit) -> Agent:
        """Makes an agent for a worker on a unit. Vendors return `_register_agent(...)`."""
        raise NotImplementedError

    @classmethod
    def new_from_provider_data(
        cls, db: CrowdDatabase, worker: Worker, unit: Unit, provider_data: dict[str, Any]
    ) -> Agent:
        """`new`, with room for what a vendor's page sends along."""
        agent = cls.new(db, worker, unit)
        unit.worker_id = worker.db_id
        agent._related["unit"] = unit
        return agent

    @staticmethod
    def _register_agent(db: CrowdDatabase, worker: Worker, unit: Unit, provider_type: str) -> Agent:
        """Stores a new agent, `accepted`, and moves the unit launched -> assigned, in one transaction.

        Conflict when the unit is not launched (any more).
        """
        with db.write():
            unit._mark_agent_assignment()
            agent_id = db.new_agent(
                worker.db_id,
                unit.db_id,
                unit.task_id,
                unit.task_run_id,
                unit.assignment_id,
                unit.task_type,
                provider_type,
                status=AgentStatus.ACCEPTED,
            )
        unit.agent_id, unit.worker_id = agent_id, worker.db_id
        return Agent.get(db, agent_id)


_warned_act = False
