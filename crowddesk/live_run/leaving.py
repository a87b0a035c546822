"""How workers leave a unit: what becomes of it and of those who were in it too, and who gets it back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from crowddesk.data_model.unit import Unit
from crowddesk.domain import AgentStatus, AssignmentState
from crowddesk.store import changes, handing_out

if TYPE_CHECKING:
    from crowddesk.data_model.agent import Agent
    from crowddesk.live_run.run import LiveTaskRun
    from crowddesk.store.transaction import Write

logger = logging.getLogger(__name__)

#: At work, also where the others have gone.
BEGUN: Final = (AgentStatus.IN_TASK, AgentStatus.PARTNER_DISCONNECT)


class Leaving:
    """What follows when somebody leaves a run. `together` names everybody on the units of an agent's item.

    Any thread; every verb is one transaction, and joins the write block that it is called in.
    """

    def __init__(self, live_run: LiveTaskRun, together: Callable[[Agent], list[Agent]]) -> None:
        self._live_run = live_run
        self._db = live_run.db
        self._together = together

    def leave(self, agent: Agent, status: str) -> None:
        """The agent gets this status, unless it is complete already, and its unit goes where it belongs."""
        with self._db.write():
            was = agent.get_status()
            if was not in AgentStatus.COMPLETE:
                agent.update_status(status)
            if agent.db_status in AgentStatus.LEFT:
                self.settle(agent, was)

    def settle(self, agent: Agent, was: str) -> None:
        """A unit that its worker left unanswered is offered to the next one. `was`: their status before.

        Where people are in it together and had begun, nobody could take a lost place: the unit ends, and the
        others are told. They may still send what they have.
        """
        with self._db.write() as w:
            unit = Unit.get(self._db, agent.unit_id)
            if unit.agent_id != agent.db_id or unit.db_status != AssignmentState.ASSIGNED:
                return
            others = [a for a in self._together(agent) if a.db_status in BEGUN]
            if was in BEGUN and self._live_run.blueprint.TOGETHER:
                ended = {int(unit.db_id): (AssignmentState.ASSIGNED, AssignmentState.EXPIRED)}
                changes.set_unit_statuses(w, ended)
                for other in others:
                    other.update_status(AgentStatus.PARTNER_DISCONNECT)
                self.tell_the_others(w, agent)
            else:
                unit.clear_assigned_agent()

    def tell_the_others(self, w: Write, agent: Agent) -> None:
        """Once it is stored that an agent is at work no more: what is told at once cannot be taken back."""
        blueprint = self._live_run.blueprint
        if not blueprint.TOGETHER:
            return
        together = self._together(agent)

        def tell() -> None:
            try:
                blueprint.left(agent, together)
            except Exception:  # stored it is, and what else follows must follow
                logger.exception("The others on item %s could not be told", agent.assignment_id)

        w.after_commit.append(tell)

    def take_back(self, agent: Agent) -> bool:
        """Gives a worker who was cut off at work their unit again, if nobody has taken it since."""
        with self._db.write() as w:
            lost = handing_out.unit_lost_by(w.conn, agent.task_run_id, agent.worker_id)
            is_theirs = lost is not None and lost["unit_id"] == agent.unit_id
            if agent.db_status != AgentStatus.DISCONNECT or not is_theirs:
                return False
            if agent.state.get_init_state() is None:  # they had not seen it yet
                return False
            changes.set_unit_statuses(
                w,
                {int(agent.unit_id): (AssignmentState.LAUNCHED, AssignmentState.ASSIGNED)},
                {int(agent.unit_id): {"agent_id": int(agent.db_id), "worker_id": int(agent.worker_id)}},
            )
            agent.update_status(AgentStatus.IN_TASK)
        return True
