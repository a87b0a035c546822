"""One run that is open: what its pages ask for, done in the writer's thread and answered as plain values.

Verbs return a Refusal rather than raise it: they share a transaction with other workers' requests, which an
exception would roll back.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from omegaconf import OmegaConf

from crowddesk.blueprints.base import Field
from crowddesk.data_model.agent import Agent
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.worker import Worker
from crowddesk.domain import (
    AgentStatus,
    BadInput,
    NotFound,
    VendorRefused,
    Work,
    to_major,
    to_minor,
)
from crowddesk.live_run import LiveTaskRun
from crowddesk.plugins import read_file
from crowddesk.providers.base import CrowdProvider
from crowddesk.store import links
from crowddesk.taskserver import frames, sessions, uploads
from crowddesk.taskserver.refusal import Refusal, gone, not_found

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.domain import Change
    from crowddesk.store.links import Link
    from crowddesk.taskserver.clock import Clock
    from crowddesk.taskserver.visits import Visits

logger = logging.getLogger(__name__)

#: A page without work asks again after so many seconds, if nothing tells it to ask earlier.
_AGAIN_SECONDS: Final = 10
_MOST_REGISTRATIONS: Final = 20_000
#: What a page says of its own work is believed within these bounds.
_LONGEST_WORK: Final = timedelta(days=60)
_MOST_PASTED: Final = 200
_CLOSED: Final = ("closing", "closed")
#: Those whose answer is there, whatever was decided about it.
_SENT: Final = AgentStatus.COMPLETE - {*AgentStatus.LEFT, AgentStatus.EXPIRED}


class OpenRun:
    """A run with its link, its live agents and its pages.

    Made, and its verbs called, in the writer's thread; the attributes may be read on the loop.
    """

    def __init__(self, db: CrowdDatabase, run_id: int, visits: Visits, clock: Clock) -> None:
        """Raises CrowdDeskError when the run cannot be served."""
        self._db = db
        self._clock = clock
        self.run_id = run_id
        self.visits = visits
        with db.write() as w:
            self.link: Link = links.make_link(w, run_id)
        self._task_run = TaskRun.get(db, str(run_id))
        self._provider = self._task_run.get_provider()
        self.wrapper = read_file(Path(self._provider.get_wrapper_js_path()))
        #: The vendor says where people go when they are done.
        self.says_farewell = type(self._provider).farewell is not CrowdProvider.farewell
        #: The vendor is given the link, and the people it sends are real.
        self.needs_https = not self._task_run.sandbox and self._provider.needs_address(self._task_run)
        self._live = LiveTaskRun(db, self._task_run, visits)
        self._pool = self._live.worker_pool
        self._pool.free_reservations()
        self.uploads = uploads.Uploads(Path(self._task_run.get_run_dir()) / "incoming")
        #: What each worker's link said when they came in this process; vendors' agents are made with it.
        self._registrations: dict[str, dict[str, Any]] = {}
        self.about: dict[str, Any] = {}
        self.last_word = ""
        self.look_again()
        #: Agents of before a restart: id, worker, deadline.
        self.found = [(a.db_id, a.worker_id, self._pool.deadline_of(a)) for a in self._pool.open_agents()]

    # -------------------------------------------------------------------------------------- the run

    def look_again(self) -> None:
        """Reads the run's state and what is said about it to people who open its page."""
        run = TaskRun.get(self._db, str(self.run_id))
        args = run.args
        task = OmegaConf.select(args, "task") or OmegaConf.create()
        reward = task.get("reward")
        minor = to_minor(str(reward), run.currency) if reward not in (None, "") else 0
        words = {"paused": "The run is paused. Come back later.", "draft": "The run has not begun yet."}
        has_ended = run.state in _CLOSED or self._db.get_task_run(run.db_id)["stopping"]
        reason = "The run has ended. Thank you." if has_ended else words.get(run.state, "")
        self.last_word = reason if has_ended else ""
        self.about = {
            "title": run.title,
            "description": str(task.get("description") or ""),
            "requester": run.get_requester().requester_name,
            # For the worker, whose language is not the requester's.
            "reward": f"{run.currency} {to_major(minor, run.currency):,}" if minor else "",
            "vendor": run.provider_type,
            "sign_in": self._provider.sign_in(run),
            "sandbox": run.sandbox,
            "open": not reason,
            "reason": reason,
        }

    def take_over(self, change: Change) -> None:
        """What was committed elsewhere: statuses of agents, the state of the run."""
        if "agent" in change.tables:
            self._pool.take_over(change)
        ids = change.tables.get("task_run", ())
        if ids is None or self.run_id in ids:
            self.look_again()

    def remember_port(self, port: int) -> Link:
        """Keeps the port that the run is served on; returns the link as it is now."""
        with self._db.write() as w:
            links.remember_port(w, self.run_id, port)
            found = links.link_of(w.conn, self.run_id)
        assert found is not None
        return found

    def shutdown(self) -> None:
        """Hands out nothing more and ends what waits."""
        self._live.shutdown()

    # ------------------------------------------------------------------------------------- a worker

    def enter(self, registration: dict[str, Any]) -> dict[str, Any] | Refusal:
        """Lets somebody in whom the vendor admits: their session and their name."""
        try:
            worker = self._provider.admit(self._task_run, registration)
        except (VendorRefused, BadInput) as error:
            return Refusal(401, str(error))
        if len(self._registrations) >= _MOST_REGISTRATIONS:
            self._registrations.pop(next(iter(self._registrations)))
        self._registrations[worker.db_id] = registration
        return {"session": sessions.new_session(self.link.secret, worker.db_id), "worker": worker.worker_name}

    def next(self, worker_id: str) -> tuple[dict[str, Any], datetime | None] | Refusal:
        """What a worker has or gets, and until when; the answer to `next`."""
        try:
            worker = Worker.get(self._db, worker_id)
        except NotFound:
            return Refusal(401, "Sign in again.")
        offer = self._pool.begin(worker, self._registrations.get(worker_id, {}))
        taken = self._task_run.count_units_of(worker)
        answer: dict[str, Any] = {
            "kind": offer.kind,
            "reason": offer.reason,
            "again": _AGAIN_SECONDS if offer.kind in ("none", "waiting") else None,
            "agent": None,
            "item": None,
            "frame": None,
            "seconds_left": None,
            "status": None,
            "updates": [],
            "taken": sum(taken.values()),
            "farewell": {},
            "finished": False,
            "uploads": {},
        }
        agent = offer.agent
        if agent is None:
            return answer, None
        deadline = self._pool.deadline_of(agent)
        seen = agent.state.get_data().get("updates") or []
        key = sessions.frame_key(self.link.secret, agent.db_id, worker_id)
        is_onboarding = offer.kind == "onboarding"
        answer |= {
            "agent": agent.db_id,
            "item": "onboarding" if is_onboarding else f"item-{agent.assignment_id}",
            "frame": f"frame/{agent.db_id}/{key}",
            "seconds_left": max(0.0, (deadline - self._clock.now()).total_seconds()) if deadline else None,
            "status": agent.db_status,
            # What the page itself did has no update_id; it is shown what everybody was shown.
            "updates": [update for update in seen if update.get("update_id") is not None],
            "uploads": uploads.refs_by_field(uploads.folder_of(agent.get_data_dir())),
        }
        return answer, deadline

    def ending(self, worker_id: str, agent_id: str | None = None, *, barred: bool = False) -> dict[str, Any]:
        """Where somebody goes who is done with an agent, or without one with the last that they were, and
        whether they had sent an answer. `barred`: they get no unit, even if they never had one.

        Nowhere, where the vendor says nothing. Never raises: what they did is stored already.
        """
        told: dict[str, Any] = {"farewell": {}, "finished": False}
        try:
            agent = self._last_of(worker_id) if agent_id is None else Agent.get(self._db, agent_id)
            if agent is not None:
                told["finished"] = agent.db_status in _SENT
                told["farewell"] = _texts(self._provider.farewell(agent))
            elif barred:
                worker = Worker.get(self._db, worker_id)
                told["farewell"] = _texts(self._provider.turned_away(self._task_run, worker))
        except Exception:  # a vendor's code may raise anything
            logger.exception("Where the people of run %d go in the end cannot be told", self.run_id)
        return told

    def _last_of(self, worker_id: str) -> Agent | None:
        """What a worker was last in this run, if they are done with it."""
        agents = self._db.find_agents(worker_id=worker_id, task_run_id=str(self.run_id))
        last = max(agents, key=lambda agent: int(agent.db_id), default=None)
        return last if last is not None and last.db_status in AgentStatus.COMPLETE else None

    # -------------------------------------------------------------------------------------- an agent

    def _own(self, worker_id: str, agent_id: str) -> Agent | Refusal:
        """The agent if it is this worker's and of this run. The same answer for another's and for none."""
        try:
            row = self._db.get_agent(agent_id)
        except (NotFound, ValueError):
            return gone()
        if row["worker_id"] != worker_id or row["task_run_id"] != str(self.run_id):
            return gone()
        return (
            self._pool.get_agent(agent_id)
            if row["status"] not in AgentStatus.COMPLETE
            else _ended(self._db, row)
        )

    def _own_open(self, worker_id: str, agent_id: str) -> Agent | Refusal:
        agent = self._own(worker_id, agent_id)
        return gone() if isinstance(agent, Agent) and agent.db_status in AgentStatus.COMPLETE else agent

    def submit(
        self, worker_id: str, agent_id: str, client_id: str, data: dict[str, Any], work: dict[str, Any]
    ) -> dict[str, Any] | Refusal:
        """Stores an answer, once for each `client_id`."""
        agent = self._own(worker_id, agent_id)
        if isinstance(agent, Refusal):
            return agent
        folder = uploads.folder_of(agent.get_data_dir())
        try:
            named = (field.name for field in self._live.blueprint.fields() if field.type == "file")
            checked = uploads.check_refs(folder, named, data)
        except BadInput:
            logger.exception("The files of run %d cannot be read", self.run_id)
            checked = data
        if isinstance(checked, Refusal):
            return checked
        if agent.db_status in (AgentStatus.ONBOARDING, AgentStatus.WAITING):
            return gone()
        receipt = self._pool.submit(agent_id, checked, _work(work), client_id)
        return {
            "late": receipt.late,
            "repeated": receipt.repeated,
            "reason": receipt.reason,
            "farewell": {},
            "more": not receipt.reason,  # whether to ask `next`; looking for a unit here would be done twice
        }

    def onboard(self, worker_id: str, agent_id: str, data: dict[str, Any]) -> dict[str, Any] | Refusal:
        """Judges the onboarding page."""
        agent = self._own_open(worker_id, agent_id)
        if isinstance(agent, Refusal):
            return agent
        if agent.db_status != AgentStatus.ONBOARDING:
            return gone()
        passed, reason = self._pool.onboard(agent_id, data)
        return {"passed": passed, "reason": reason, "farewell": {}}

    def give_back(self, worker_id: str, agent_id: str) -> dict[str, Any] | Refusal:
        """The worker returns the unit; one that is over already stays so."""
        agent = self._own(worker_id, agent_id)
        if isinstance(agent, Refusal):
            return agent
        if agent.db_status not in AgentStatus.COMPLETE:
            self._pool.give_up(agent_id)
        return {}

    def act(self, worker_id: str, agent_id: str, act: dict[str, Any]) -> dict[str, Any] | Refusal:
        """Something the worker's page does live."""
        agent = self._own_open(worker_id, agent_id)
        if isinstance(agent, Refusal):
            return agent
        if agent.state.is_full():
            return Refusal(413, "This page has sent all that is kept of one piece of work.")
        # An update's id is the server's to give.
        self._pool.hear(agent_id, {name: value for name, value in act.items() if name != "update_id"})
        return {}

    def leave(self, agent_id: str, status: str) -> datetime | None:
        """Somebody whose time is over, or who was not heard of. Returns until when they have time after all,
        since their work began later than was known; None when they have left."""
        if status != AgentStatus.TIMEOUT:
            self._pool.disconnect(agent_id)
            return None
        deadline = self._pool.deadline_of(self._pool.get_agent(agent_id))
        if deadline is not None and self._clock.now() < deadline:
            return deadline
        self._pool.time_out(agent_id)
        return None

    # -------------------------------------------------------------------------------------- its page

    def frame(self, agent_id: str) -> str | Refusal:
        """The document of an agent's frame; the agent is at work then."""
        try:
            agent = self._pool.get_agent(agent_id)
        except NotFound:
            return not_found()
        if agent.get_status() in AgentStatus.COMPLETE:
            return not_found()
        onboarding = self._live.onboarding
        if agent.db_status == AgentStatus.ONBOARDING and onboarding is not None:
            return frames.dress(onboarding.page())
        document = frames.dress(self._live.blueprint.render(self._pool.values_of(agent)))
        self._pool.started(agent_id)
        return document

    def may_upload(
        self, worker_id: str, agent_id: str, field: str, name: str, content_type: str, megabytes: int
    ) -> uploads.Place | Refusal:
        """Where a file for a field of this worker's unit may go."""
        agent = self._own_open(worker_id, agent_id)
        if isinstance(agent, Refusal):
            return agent
        folder = uploads.folder_of(agent.get_data_dir())
        return uploads.admit(folder, self._fields(agent), field, name, content_type, megabytes)

    def _fields(self, agent: Agent) -> tuple[Field, ...]:
        onboarding = self._live.onboarding
        if agent.db_status == AgentStatus.ONBOARDING and onboarding is not None:
            return tuple(onboarding.fields())
        return self._live.blueprint.fields(self._pool.values_of(agent))

    def keep_upload(
        self, agent_id: str, place: uploads.Place, arrived: uploads.Arrived
    ) -> dict[str, Any] | Refusal:
        """Stores a file that has come whole, if its worker still has the unit."""
        if self._db.get_agent(agent_id)["status"] in AgentStatus.COMPLETE:
            arrived.path.unlink(missing_ok=True)
            return gone()
        return uploads.keep(place, arrived)


def _texts(told: Mapping[str, str]) -> dict[str, str]:
    """What a vendor's code says, as texts whatever it is."""
    return {str(name): str(value) for name, value in told.items()}


def _ended(db: CrowdDatabase, row: Mapping[str, Any]) -> Agent:
    """An agent that is complete: an object of its own, not one that stays live."""
    return Agent.get(db, row["agent_id"], row=row)


def _work(said: dict[str, Any]) -> Work:
    """What the page saw, as far as it can be true; what cannot is left out."""
    started, ended = _time(said.get("started_at")), _time(said.get("ended_at"))
    if started is not None and ended is not None and not timedelta() <= ended - started <= _LONGEST_WORK:
        started = ended = None
    active = said.get("active_seconds")
    seconds = None
    if isinstance(active, int | float) and 0 <= active <= _LONGEST_WORK.total_seconds():
        seconds = float(active)
    pasted = said.get("pasted")
    names = [name[:200] for name in pasted if isinstance(name, str)] if isinstance(pasted, list) else []
    return Work(started, ended, seconds, tuple(dict.fromkeys(names[:_MOST_PASTED])))


def _time(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
