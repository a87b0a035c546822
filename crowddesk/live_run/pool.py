"""The worker pool of a run: a unit to one worker, one live object an agent, what they send, how they go."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.worker import Worker
from crowddesk.domain import AgentStatus, AssignmentState, BadInput, Conflict, NotFound, Work
from crowddesk.language import say
from crowddesk.live_run.leaving import BEGUN, Leaving
from crowddesk.live_run.rules import RunRules
from crowddesk.live_run.supply import Supply
from crowddesk.store import handing_out, records

if TYPE_CHECKING:
    from crowddesk.blueprints.onboarding import Onboarding
    from crowddesk.domain import Change
    from crowddesk.live_run.run import LiveTaskRun

#: Whoever has one of these is here, or will be back.
OPEN: Final = tuple(s for s in AgentStatus.ALL if s not in AgentStatus.COMPLETE and s != AgentStatus.NONE)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a worker who asks for work gets.

    `unit`: the agent has it. `onboarding`: the agent has it, and the onboarding page comes first. `waiting`:
    the agent has it, and others are missing. `none`: nothing now, for `reason`; they may come again.
    `barred`: nothing, for `reason`.
    """

    kind: str
    agent: Agent | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a submission. `late`: kept beside the unit, which is not theirs any more. `repeated`: it
    was stored before. `reason`: why the worker gets no further unit, if they failed with it."""

    late: bool = False
    repeated: bool = False
    reason: str = ""


class WorkerPool:
    """Who works on a run: how they come, what they do and send, how they go.

    One process has the pool of a run. Any thread may call everything; every verb is one transaction, and
    joins the write block that it is called in.
    """

    def __init__(self, live_run: LiveTaskRun) -> None:
        self._live_run = live_run
        self._db = live_run.db
        self._run = live_run.task_run
        self._rules = RunRules(self._run)
        self._leaving = Leaving(live_run, self.together)
        self._supply = Supply(self._run, self._run.get_provider(), self._rules, self._leaving)
        self._lock = threading.RLock()
        self._agents: dict[str, Agent] = {}
        self._is_shutdown = False

    # ---------------------------------------------------------------------------------- live agents

    def register(self, agent: Agent) -> Agent:
        """Makes an agent live in this run; returns the one live object of its id."""
        with self._lock:
            live = self._agents.setdefault(agent.db_id, agent)
            live.set_live_run(self._live_run)
            if self._is_shutdown:
                live.shutdown()
        writing = self._db.open_write()
        if writing is not None and live is agent:  # its row may not come to be
            writing.after_rollback.append(partial(self._forget, agent.db_id))
        return live

    def get_agent(self, agent_id: str) -> Agent:
        """The live object of an agent of this run, made when there is none; NotFound for any other id.

        Of an agent that is complete an object of its own.
        """
        with self._lock:
            live = self._agents.get(agent_id)
        if live is not None:
            return live
        agent = Agent.get(self._db, agent_id)
        if agent.task_run_id != self._run.db_id:
            raise NotFound(
                say("Agent {agent_id} is not in run {db_id}.", agent_id=agent_id, db_id=self._run.db_id)
            )
        if agent.db_status in AgentStatus.COMPLETE:  # nothing will happen to it here that others must see
            agent.set_live_run(self._live_run)
            return agent
        return self.register(agent)

    def open_agents(self) -> list[Agent]:
        """The live objects of everybody who is at work, those of before a restart too."""
        with self._db.read() as conn:
            rows = records.find(conn, "agent", task_run_id=self._run.db_id, status=OPEN)
        return [self._known(row) for row in rows]

    def current(self, worker_id: str) -> Agent | None:
        """What a worker of this run is at, None when they have no unit."""
        with self._db.read() as conn:
            row = handing_out.agent_at_work(conn, self._run.db_id, worker_id, OPEN)
        return None if row is None else self._known(row)

    def deadline_of(self, agent: Agent) -> datetime | None:
        """When an agent's time is over, UTC; None where the run gives no limit.

        The work has all of it: an introduction, and waiting for others, have as long before that.
        """
        seconds = self._rules.seconds
        return agent.work_began() + timedelta(seconds=seconds) if seconds else None

    def values_of(self, agent: Agent) -> dict[str, str]:
        """The columns of the item that an agent works on."""
        return Assignment.get(self._db, agent.assignment_id).get_assignment_data().shared

    def take_over(self, change: Change) -> None:
        """Brings statuses that were written elsewhere to the live agents, and lets go of those that ended.

        The unit of a worker who left goes back to the pool. Call it with each change of the feed.
        """
        ids = change.tables.get("agent", ())
        with self._lock:
            known = list(self._agents) if ids is None else [str(i) for i in ids if str(i) in self._agents]
            touched = {agent_id: self._agents[agent_id] for agent_id in known}
        if not touched:
            return
        with self._db.read() as conn:
            stored = handing_out.agent_statuses(conn, touched)
        for agent_id, agent in touched.items():
            status = stored.get(agent_id, agent.db_status)
            was = agent.db_status
            if status != was:
                agent.take_over_status(status)
            if status in AgentStatus.LEFT:
                self._leaving.settle(agent, was)
            if status in AgentStatus.COMPLETE:
                self._forget(agent_id)

    def disconnect(self, agent_id: str) -> None:
        """The worker's page stopped answering: the agent is `disconnect`, and its unit goes back."""
        self._leave(agent_id, AgentStatus.DISCONNECT)

    def give_up(self, agent_id: str) -> None:
        """The worker returned the unit: the agent is `returned`, and its unit goes back."""
        self._leave(agent_id, AgentStatus.RETURNED)

    def time_out(self, agent_id: str) -> None:
        """The worker's time is over: the agent is `timeout`, and its unit goes back."""
        self._leave(agent_id, AgentStatus.TIMEOUT)

    def shutdown(self) -> None:
        """Hands out nothing more and ends every waiting call."""
        self._supply.close()
        with self._lock:
            self._is_shutdown = True
            agents = list(self._agents.values())
        for agent in agents:
            agent.shutdown()

    def _known(self, row: records.Record) -> Agent:
        with self._lock:
            live = self._agents.get(row["agent_id"])
        return live or self.register(Agent.get(self._db, row["agent_id"], row=row))

    def _forget(self, agent_id: str) -> None:
        with self._lock:
            self._agents.pop(agent_id, None)

    # ----------------------------------------------------------------------------------------- coming

    def free_reservations(self) -> None:
        """Gives back what a process that died had reserved. Call it once, before the first `begin`."""
        self._supply.free_reservations()

    def begin(self, worker: Worker, provider_data: dict[str, Any] | None = None) -> Offer:
        """What a worker who opens the page, or asks for more, gets; what they have already, if anything.

        `provider_data` is what the vendor's page sent along.
        """
        agent = self._resume(worker)
        if agent is None:
            bar = self._supply.bar(worker)
            given = None if bar is not None else self._supply.hand_out(worker, provider_data or {})
            if given is None:
                bar = bar or self._supply.why_nothing(worker)
                return Offer("barred" if bar.for_good else "none", reason=bar.reason)
            agent = self.register(given)
            if self._rules.needs_onboarding(worker):
                agent.update_status(AgentStatus.ONBOARDING)
            else:
                self._set_going(agent)
        kinds = {AgentStatus.ONBOARDING: "onboarding", AgentStatus.WAITING: "waiting"}
        return Offer(kinds.get(agent.db_status, "unit"), agent)

    def _resume(self, worker: Worker) -> Agent | None:
        """What a worker has and can go on with."""
        agent = self.current(worker.db_id)
        if agent is None:
            return None
        onboarding = self._live_run.onboarding
        if agent.db_status == AgentStatus.ONBOARDING and onboarding is not None:
            known = worker.get_granted_qualification(onboarding.qualification)
            if known is not None and known.value:  # passed in another run meanwhile
                self._set_going(agent)
            elif known is not None:
                self._leave(agent.db_id, AgentStatus.RETURNED)
                return None
        if agent.db_status == AgentStatus.WAITING and self._waits_in_vain(agent):
            self._leave(agent.db_id, AgentStatus.EXPIRED)
            return None
        return agent

    def _leave(self, agent_id: str, status: str) -> None:
        with self._db.write() as w:
            self._leaving.leave(self.get_agent(agent_id), status)
            w.after_commit.append(partial(self._forget, agent_id))

    def _waits_in_vain(self, agent: Agent) -> bool:
        """Whether nobody can take a place that is missing: the run was stopped, or the unit taken down."""
        units = self._db.find_units(assignment_id=agent.assignment_id)
        return any(unit.db_status not in AssignmentState.incomplete() for unit in units)

    def started(self, agent_id: str) -> None:
        """The worker's page shows the unit: an agent that was `accepted` is `in task`."""
        agent = self.get_agent(agent_id)
        if agent.get_status() == AgentStatus.ACCEPTED:
            agent.state.set_init_state(self.values_of(agent))
            agent.update_status(AgentStatus.IN_TASK)

    # ------------------------------------------------------------------------------------ while at work

    def together(self, agent: Agent) -> list[Agent]:
        """Everybody on the units of an agent's item, the agent too, in the units' order."""
        if not self._live_run.blueprint.TOGETHER:
            return [agent]
        units = self._db.find_units(assignment_id=agent.assignment_id)
        return [self.get_agent(unit.agent_id) for unit in units if unit.agent_id is not None]

    def hear(self, agent_id: str, update: dict[str, Any]) -> None:
        """Something that a worker's page did while they are at work; the blueprint takes it from there."""
        agent = self.get_agent(agent_id)
        if agent.get_status() not in BEGUN:
            return
        agent.pending_actions.put(update)
        agent.has_live_update.set()
        self._live_run.blueprint.hear(agent, self.together(agent))

    def onboard(self, agent_id: str, data: dict[str, Any]) -> tuple[bool, str]:
        """Judges an onboarding page: passed or not, and a sentence to the worker. It is remembered."""
        agent = self.get_agent(agent_id)
        onboarding = self._live_run.onboarding
        if onboarding is None or agent.get_status() != AgentStatus.ONBOARDING:
            raise Conflict(say("The introduction is over already."))
        with self._db.write():
            worker = agent.get_worker()
            known = worker.get_granted_qualification(onboarding.qualification)
            if known is not None:  # judged in another run meanwhile: that stands
                passed = bool(known.value)
            else:
                passed = _has_passed(onboarding, data)
                if not self._db.find_qualifications(onboarding.qualification):
                    self._db.new_qualification(onboarding.qualification)
                worker.grant_qualification(onboarding.qualification, int(passed), skip_crowd=True)
            if passed:
                self._set_going(agent)
            else:
                self._leave(agent_id, AgentStatus.RETURNED)
        if passed:
            return True, "You have passed the introduction."
        return False, "You did not pass the introduction to this task, so it ends here for you."

    def submit(self, agent_id: str, data: dict[str, Any], work: Work, client_id: str) -> Receipt:
        """Stores what a worker sent, once for each `client_id`, and moves agent and unit to `completed`.

        What comes after the worker has left, or after another submission, is kept as a late one; but who was
        cut off sends what they had done in time while nobody else has taken the unit.
        """
        agent = self.get_agent(agent_id)
        with self._db.write() as w:
            if handing_out.was_sent(w.conn, agent_id, client_id):
                return Receipt(repeated=True)
            status = agent.get_status()
            if status not in (AgentStatus.ACCEPTED, *BEGUN) and status not in AgentStatus.COMPLETE:
                raise Conflict(say("This unit has not begun yet."))
            late = status in AgentStatus.COMPLETE and not self._leaving.take_back(agent)
            agent.handle_submit(data, work, client_id)
            if not late:
                agent.update_status(AgentStatus.COMPLETED)
                self._leaving.tell_the_others(w, agent)
                w.after_commit.append(partial(self._forget, agent_id))
            failed = self._rules.why_failed(agent.get_worker())
        return Receipt(late=late, reason=failed or "")

    def _set_going(self, agent: Agent) -> None:
        """After the onboarding, if any: `accepted`, or `waiting` until all are there."""
        if not self._live_run.blueprint.TOGETHER:
            if agent.db_status == AgentStatus.ONBOARDING:  # the time for the unit begins here
                agent.state.set_init_state(self.values_of(agent))
            agent.update_status(AgentStatus.ACCEPTED)
            return
        agent.update_status(AgentStatus.WAITING)
        everybody: Sequence[Agent] = self.together(agent)
        units = self._db.find_units(assignment_id=agent.assignment_id)
        if len(everybody) == len(units) and all(a.db_status == AgentStatus.WAITING for a in everybody):
            for one in everybody:
                one.state.set_init_state(self.values_of(one))
                one.update_status(AgentStatus.IN_TASK)


def _has_passed(onboarding: Onboarding, data: dict[str, Any]) -> bool:
    try:
        return onboarding.passed(data)
    except BadInput:
        return False
