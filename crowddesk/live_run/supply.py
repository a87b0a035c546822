"""The free units of a run: each to one worker, within the run's bounds, however many ask at once."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from crowddesk.data_model.unit import Unit
from crowddesk.domain import AgentStatus, AssignmentState, Conflict
from crowddesk.live_run.rules import Bar, RunRules
from crowddesk.store import handing_out, ledger, records

if TYPE_CHECKING:
    from crowddesk.data_model.agent import Agent
    from crowddesk.data_model.task_run import TaskRun
    from crowddesk.data_model.worker import Worker
    from crowddesk.live_run.leaving import Leaving
    from crowddesk.providers.base import CrowdProvider


class Supply:
    """Hands out units by the rules of a run. Any thread may call everything."""

    def __init__(self, run: TaskRun, provider: CrowdProvider, rules: RunRules, leaving: Leaving) -> None:
        self._run = run
        self._db = run.db
        self._provider = provider
        self._rules = rules
        self._leaving = leaving
        self._lock = threading.RLock()
        #: Worker -> the units that are reserved for them and have no agent yet.
        self._promised: dict[str, list[Unit]] = defaultdict(list)
        self._is_closed = False

    def close(self) -> None:
        """Hands out nothing more."""
        with self._lock:
            self._is_closed = True

    def free_reservations(self) -> None:
        """Gives back what a process that died had reserved. Call it once, before the first hand-out."""
        with self._db.write() as w:
            launched = AssignmentState.LAUNCHED
            rows = records.find(w.conn, "unit", task_run_id=self._run.db_id, status=launched)
            for row in rows:
                if row["reserved_at"] is not None:
                    records.change(w, "unit", row["unit_id"], reserved_at=None)

    def bar(self, worker: Worker) -> Bar | None:
        """What keeps a worker from a further unit now."""
        if self._is_closed:
            return Bar("This run is being stopped.", False)
        reason = self._provider.why_no_more(self._run, worker)
        if reason:
            return Bar(reason)
        bar = self._rules.why_barred(worker)
        if bar is None:
            with self._lock:
                bar = self._why_full(worker)
        return bar

    def why_nothing(self, worker: Worker) -> Bar:
        """Why nothing is left for a worker whom nothing bars."""
        with self._lock:
            bar = self._why_full(worker)  # others were faster
        if bar is not None:
            return bar
        with self._db.read() as conn:
            counts = ledger.units_by_status(conn, int(self._run.db_id))
        if not any(counts.get(status) for status in AssignmentState.incomplete()):
            return Bar("Everything in this run is done.")
        if counts.get(AssignmentState.CREATED) and self._db.get_task_run(self._run.db_id)["state"] == "draft":
            return Bar("This run has not begun yet. Come back later.", False)
        if self._run.count_units_of(worker):
            return Bar("There is nothing more for you just now.", False)
        return Bar("Nothing is free just now.", False)

    def hand_out(self, worker: Worker, provider_data: dict[str, Any]) -> Agent | None:
        """A new agent for a worker on the next free unit; None when none is free or a bound is reached.

        Each unit goes to one of those who ask, and no bound is passed. A vendor's failure loses no unit.
        """
        while (unit := self._reserve(worker)) is not None:
            try:
                return self._provider.AgentClass.new_from_provider_data(self._db, worker, unit, provider_data)
            except Conflict:
                self._forsake(unit)
                if Unit.get(self._db, unit.db_id).db_status == AssignmentState.LAUNCHED:
                    raise
                # The unit expired since it was reserved; there may be another.
            except BaseException:
                self._forsake(unit)
                raise
            finally:
                self._forget_promise(worker, unit)
        return None

    # -------------------------------------------------------------------------------------- inside

    def _why_full(self, worker: Worker) -> Bar | None:
        # A unit whose agent was made already counts as assigned in the database.
        promised = {
            worker_id: sum(unit.db_status == AssignmentState.LAUNCHED for unit in units)
            for worker_id, units in self._promised.items()
        }
        busy = sum(promised.values())
        if self._rules.most_at_once:
            busy += self._count_units().get(AssignmentState.ASSIGNED, 0)
        return self._rules.why_full(worker, promised.get(worker.db_id, 0), busy)

    def _count_units(self) -> dict[str, int]:
        writing = self._db.open_write()
        if writing is not None:  # others' units of the same transaction count too
            writing.flush_totals()
        with self._db.read() as conn:
            return ledger.units_by_status(conn, int(self._run.db_id))

    def _reserve(self, worker: Worker) -> Unit | None:
        """The next unit that is free and whose item this worker has not had, promised to them.

        In a write block, because what is counted must not move until the promise is noted.
        """
        with self._db.write(), self._lock:
            if self._is_closed or self._why_full(worker) is not None:
                return None
            had = {unit.assignment_id for unit in self._promised.get(worker.db_id, ())}
            for unit in self._free_units(worker):
                if unit.assignment_id not in had and self._run.reserve_unit(unit) is not None:
                    self._promised[worker.db_id].append(unit)
                    return unit
        return None

    def _free_units(self, worker: Worker) -> list[Unit]:
        """What a worker may get, the best first: what they lost when they were cut off, then the rest."""
        with self._db.read() as conn:
            lost = handing_out.unit_lost_by(conn, self._run.db_id, worker.db_id)
        units = [] if lost is None else [Unit.get(self._db, lost["unit_id"], row=lost)]
        for kinds in self._rules.kinds_for(worker):
            units += self._run.get_valid_units_for_worker(worker, kinds)
        return units

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
            was = agent.db_status
            agent.update_status(AgentStatus.RETURNED)
            self._leaving.settle(agent, was)
