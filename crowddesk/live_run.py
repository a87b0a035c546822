"""The live side of a run: who may work on it, which unit they get, and the one live object of each agent.

Everything may be called from any thread but the GUI's. Nothing here makes a thread or an event loop: a status
is decided, written, committed and then told through the client channel.
"""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, Protocol

from omegaconf import OmegaConf

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.qualification import meets
from crowddesk.data_model.unit import Unit
from crowddesk.domain import AgentStatus, AssignmentState, Conflict, NotFound
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import ledger, records

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.task_run import TaskRun
    from crowddesk.data_model.worker import Worker
    from crowddesk.domain import Change

logger = logging.getLogger(__name__)

#: States of a run in which nobody new begins.
_NOT_OPEN: Final = ("paused", "closing", "closed")


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
    """A run that workers are at work on: its worker pool and its channel to their pages."""

    def __init__(self, db: CrowdDatabase, task_run: TaskRun, client_io: ClientChannel | None = None) -> None:
        self.db = db
        self.task_run = task_run
        self.client_io: ClientChannel = client_io if client_io is not None else SilentChannel()
        self.worker_pool = WorkerPool(self)

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


class WorkerPool:
    """Who works on a run: one live object an agent, and the rules by which a worker gets a unit.

    One process has the pool of a run. Its rules (`task.qualifications`, `task.maximum_units_per_worker`,
    `task.max_num_concurrent_units`) come from the run's arguments; 0 is no bound.
    """

    def __init__(self, live_run: LiveTaskRun) -> None:
        self._live_run = live_run
        self._db = live_run.db
        self._run = live_run.task_run
        self._lock = threading.RLock()
        self._agents: dict[str, Agent] = {}
        #: Worker -> the units that are reserved for them and have no agent yet.
        self._promised: dict[str, list[Unit]] = defaultdict(list)
        self._is_shutdown = False
        task = OmegaConf.select(self._run.args, "task") or OmegaConf.create()
        self._most_at_once = int(task.get("max_num_concurrent_units") or 0)
        self._most_per_worker = int(task.get("maximum_units_per_worker") or 0)
        self._wanted = [
            (str(wanted["name"]), str(wanted.get("op") or "exists"), int(wanted.get("value", 1)))
            for wanted in task.get("qualifications") or ()
        ]

    # ---------------------------------------------------------------------------------- live agents

    def register(self, agent: Agent) -> Agent:
        """Makes an agent live in this run; returns the one live object of its id."""
        with self._lock:
            live = self._agents.setdefault(agent.db_id, agent)
            live.set_live_run(self._live_run)
            if self._is_shutdown:
                live.shutdown()
            return live

    def get_agent(self, agent_id: str) -> Agent:
        """The live object of an agent of this run, made when there is none; NotFound for any other id."""
        with self._lock:
            live = self._agents.get(agent_id)
            if live is not None:
                return live
            agent = Agent.get(self._db, agent_id)
            if agent.task_run_id != self._run.db_id:
                raise NotFound(f"Agent {agent_id} is not in run {self._run.db_id}.")
            return self.register(agent)

    def take_over(self, change: Change) -> None:
        """Brings statuses that were written elsewhere to the live agents, and lets go of those that ended.

        The unit of a worker who left goes back to the pool. Call it with each change of the feed.
        """
        ids = change.tables.get("agent", ())
        with self._lock:
            known = list(self._agents) if ids is None else [str(i) for i in ids if str(i) in self._agents]
            touched = [self._agents[agent_id] for agent_id in known]
        for agent in touched:
            stored: str = self._db.get_agent(agent.db_id)["status"]
            if stored != agent.db_status:
                agent.take_over_status(stored)
            if stored in AgentStatus.LEFT:
                self._give_back(agent)
            if stored in AgentStatus.COMPLETE:
                with self._lock:
                    self._agents.pop(agent.db_id, None)

    def disconnect(self, agent_id: str) -> None:
        """The worker's page stopped answering: the agent is `disconnect`, and its unit goes back."""
        self._leave(agent_id, AgentStatus.DISCONNECT)

    def give_up(self, agent_id: str) -> None:
        """The worker returned the unit: the agent is `returned`, and its unit goes back."""
        self._leave(agent_id, AgentStatus.RETURNED)

    def shutdown(self) -> None:
        """Hands out nothing more and ends every waiting call."""
        with self._lock:
            self._is_shutdown = True
            agents = list(self._agents.values())
        for agent in agents:
            agent.shutdown()

    def _leave(self, agent_id: str, status: str) -> None:
        agent = self.get_agent(agent_id)
        if agent.get_status() not in AgentStatus.COMPLETE:
            agent.update_status(status)
        if agent.db_status in AgentStatus.LEFT:
            self._give_back(agent)
        with self._lock:
            self._agents.pop(agent_id, None)

    def _give_back(self, agent: Agent) -> None:
        """A unit that its worker left unanswered is offered to the next one."""
        with self._db.write():
            unit = Unit.get(self._db, agent.unit_id)
            if unit.agent_id == agent.db_id and unit.db_status == AssignmentState.ASSIGNED:
                unit.clear_assigned_agent()

    # ------------------------------------------------------------------------------------- handing out

    def why_not(self, worker: Worker) -> str | None:
        """Why a worker may not begin a unit of this run now, as a sentence; None when they may.

        Asks the vendor too, so it does not belong into a write block.
        """
        reason = self._why_barred(worker)
        if reason is not None:
            return reason
        with self._lock:
            return self._why_full(worker)

    def _why_barred(self, worker: Worker) -> str | None:
        if self._is_shutdown:
            return "The run is being stopped."
        state = self._db.get_task_run(self._run.db_id)["state"]
        if state in _NOT_OPEN:
            return f"The run is {state}."
        requester = self._run.get_requester()
        with self._db.read() as conn:
            blocked = records.is_blocked(conn, worker.db_id, requester.db_id)
        if blocked or worker.is_blocked(requester):
            return f"Worker {worker.worker_name} is blocked by {requester.requester_name}."
        for wanted in self._wanted:
            reason = _why_unqualified(worker, *wanted)
            if reason is not None:
                return reason
        if not worker.is_eligible(self._run):
            return f"By the vendor's word, worker {worker.worker_name} may not work on this run."
        return None

    def hand_out(self, worker: Worker, provider_data: dict[str, Any] | None = None) -> Agent | None:
        """A live agent for a worker on the next free unit; None when they may not, or none is free.

        Any number of threads may ask at once: each unit goes to one of them, and no bound is passed.
        `provider_data` is what the vendor's page sent along.
        """
        if self._why_barred(worker) is not None:
            return None
        agent_class = get_crowd_provider_from_type(self._run.provider_type).AgentClass
        while (unit := self._reserve(worker)) is not None:
            try:
                agent = agent_class.new_from_provider_data(self._db, worker, unit, provider_data or {})
            except Conflict:
                self._forsake(unit)
                if Unit.get(self._db, unit.db_id).db_status == AssignmentState.LAUNCHED:
                    raise
                continue  # the unit expired since it was reserved; there may be another
            except BaseException:
                self._forsake(unit)
                raise
            finally:
                self._forget_promise(worker, unit)
            return self.register(agent)
        return None

    def free_reservations(self) -> None:
        """Gives back what a process that died had reserved. Call it once, before the first `hand_out`."""
        with self._db.write() as w:
            launched = AssignmentState.LAUNCHED
            rows = records.find(w.conn, "unit", task_run_id=self._run.db_id, status=launched)
            for row in rows:
                if row["reserved_at"] is not None:
                    records.change(w, "unit", row["unit_id"], reserved_at=None)

    def _why_full(self, worker: Worker) -> str | None:
        # A unit whose agent was made already counts as assigned in the database.
        promised = {
            worker_id: sum(unit.db_status == AssignmentState.LAUNCHED for unit in units)
            for worker_id, units in self._promised.items()
        }
        if self._most_per_worker:
            taken = self._run.count_units_of(worker) + promised.get(worker.db_id, 0)
            if taken >= self._most_per_worker:
                return (
                    f"Worker {worker.worker_name} has taken {taken} units of this run; "
                    f"the most for one worker are {self._most_per_worker}."
                )
        if self._most_at_once:
            with self._db.read() as conn:
                counts = ledger.units_by_status(conn, int(self._run.db_id))
            busy = counts.get(AssignmentState.ASSIGNED, 0) + sum(promised.values())
            if busy >= self._most_at_once:
                return f"{busy} units are being worked on; the run allows {self._most_at_once} at a time."
        return None

    def _reserve(self, worker: Worker) -> Unit | None:
        """The next unit that is free and whose item this worker has not had, promised to them.

        In a write block, because what is counted must not move until the promise is noted.
        """
        with self._db.write(), self._lock:
            if self._is_shutdown or self._why_full(worker) is not None:
                return None
            had = {unit.assignment_id for unit in self._promised.get(worker.db_id, ())}
            for unit in self._run.get_valid_units_for_worker(worker):
                if unit.assignment_id not in had and self._run.reserve_unit(unit) is not None:
                    self._promised[worker.db_id].append(unit)
                    return unit
        return None

    def _forget_promise(self, worker: Worker, unit: Unit) -> None:
        with self._lock:
            self._promised[worker.db_id].remove(unit)
            if not self._promised[worker.db_id]:
                del self._promised[worker.db_id]

    def _forsake(self, unit: Unit) -> None:
        """After making an agent failed: no reservation, and no agent that nobody is."""
        self._run.clear_reservation(unit)
        agent = Unit.get(self._db, unit.db_id).get_assigned_agent()
        if agent is not None and agent.get_status() not in AgentStatus.COMPLETE:
            agent.update_status(AgentStatus.RETURNED)
            self._give_back(agent)


def _why_unqualified(worker: Worker, name: str, op: str, value: int) -> str | None:
    granted = worker.get_granted_qualification(name)
    who = f"Worker {worker.worker_name}"
    if op == "not_exists":
        return None if granted is None else f"{who} has the qualification {name}, which this run excludes."
    if granted is None:
        return f"{who} does not have the qualification {name}."
    if not meets(granted, op, value):
        return f"{who} has {name} = {granted.value}, and this run asks for {name} {op} {value}."
    return None
