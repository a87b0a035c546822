"""The worker pool: who may work, each unit to one worker, one object an agent, statuses from elsewhere."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.unit import Unit
from crowddesk.domain import (
    AgentReturnedError,
    AgentShutdownError,
    AgentStatus,
    AssignmentState,
    Change,
    Conflict,
    NotFound,
)
from crowddesk.live_run import LiveTaskRun, Offer, Work
from crowddesk.store import changes, records
from crowddesk.testing import make_run, make_workspace, use_provider
from crowddesk.testing.case import in_threads
from tests.data_model.plain import Desk, PlainAgent, PlainProvider

LONG = 60.0


@pytest.fixture
def desk(workspace_path: Path) -> Iterator[Desk]:
    with use_provider(PlainProvider):
        db = make_workspace(workspace_path)
        yield Desk(db, make_run)
        db.close()


class Channel:
    def __init__(self) -> None:
        self.statuses: list[tuple[str, str]] = []

    def send_live_update(self, agent_id: str, live_update: dict[str, Any]) -> None:
        raise AssertionError("no update was sent")

    def send_status_update(self, agent_id: str, status: str) -> None:
        self.statuses.append((agent_id, status))


def live(desk: Desk, **options: Any) -> LiveTaskRun:
    return LiveTaskRun(desk.db, desk.run(**options))


def state(desk: Desk, run: Any, new: str) -> None:
    with desk.db.write() as w:
        changes.set_run_state(w, int(run.db_id), (run.state,), new)


# ---------------------------------------------------------------------------------------- handing out


def test_fifty_threads_get_each_unit_once(desk: Desk) -> None:
    pool = live(desk, items=30).worker_pool
    workers = [desk.worker() for _ in range(50)]
    results = in_threads(50, lambda number: pool.begin(workers[number]).agent)
    agents = [r for r in results if isinstance(r, Agent)]
    assert len(agents) == 30
    assert results.count(None) == 20
    assert len({a.unit_id for a in agents}) == 30
    assert {u.db_status for u in desk.db.find_units()} == {"assigned"}
    assert all(pool.get_agent(a.db_id) is a for a in agents)


def test_bounds_hold_when_one_worker_asks_at_once(desk: Desk) -> None:
    pool = live(desk, items=20, task={"maximum_units_per_worker": 3}).worker_pool
    worker = desk.worker("ann")

    def work(number: int) -> None:
        agent = pool.begin(worker).agent
        if agent is not None:
            pool.submit(agent.db_id, {"answer": "yes"}, Work(), f"c{number}")

    for begun in range(3):
        in_threads(12, lambda number, begun=begun: work(begun * 12 + number))
    assert len({agent.unit_id for agent in desk.db.find_agents()}) == len(desk.db.find_agents()) == 3
    offer = pool.begin(worker)
    assert (offer.kind, offer.reason) == (
        "barred",
        "You have taken 3 units of this run, the most for one person.",
    )


def test_concurrency_holds_when_many_ask_at_once(desk: Desk) -> None:
    pool = live(desk, items=20, task={"max_num_concurrent_units": 4}).worker_pool
    workers = [desk.worker() for _ in range(16)]
    offers = in_threads(16, lambda n: pool.begin(workers[n]))
    agents = [offer.agent for offer in offers if offer.agent is not None]
    assert len(agents) == 4
    assert {offer.reason for offer in offers if offer.agent is None} == {
        "4 units are being worked on, as many as this run allows at a time."
    }
    agents[0].update_status(AgentStatus.COMPLETED)
    assert pool.begin(desk.worker()).kind == "unit"


def test_a_run_that_is_not_published_yet_asks_people_to_come_back(desk: Desk) -> None:
    run = desk.run(launched=False)
    offer = LiveTaskRun(desk.db, run).worker_pool.begin(desk.worker())
    assert offer == Offer("none", reason="This run has not begun yet. Come back later.")


def test_concurrency_holds_for_those_who_share_a_transaction(desk: Desk) -> None:
    pool = LiveTaskRun(desk.db, desk.run(items=5, task={"max_num_concurrent_units": 2})).worker_pool
    people = [desk.worker(f"p{number}") for number in range(5)]
    with desk.db.write():
        kinds = [pool.begin(person).kind for person in people]
    assert kinds == ["unit", "unit", "none", "none", "none"]


def test_nobody_gets_an_item_twice(desk: Desk) -> None:
    pool = live(desk, items=2, units_per_assignment=8).worker_pool
    worker = desk.worker()
    while any(in_threads(8, lambda _: pool.begin(worker).agent)):
        for agent in pool.open_agents():
            pool.submit(agent.db_id, {"answer": "yes"}, Work(), "c")
    agents = desk.db.find_agents()
    assert Counter(a.assignment_id for a in agents).most_common(1)[0][1] == 1
    assert len(agents) == 2
    assert pool.begin(worker).reason == "There is nothing more for you just now."


def test_agent_is_made_with_what_the_page_sent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    real = PlainAgent.new_from_provider_data

    def new(db: Any, worker: Any, unit: Any, provider_data: Any) -> Agent:
        seen.append(provider_data)
        return real(db, worker, unit, provider_data)

    monkeypatch.setattr(PlainAgent, "new_from_provider_data", new)
    run = live(desk)
    agent = run.worker_pool.begin(desk.worker(), {"assignment_id": "A1"}).agent
    assert agent is not None
    assert seen == [{"assignment_id": "A1"}]
    assert agent.get_live_run() is run
    assert agent.db_status == AgentStatus.ACCEPTED


def test_unit_that_expired_since_it_was_reserved_is_passed_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = live(desk, items=2).worker_pool
    real, expired = PlainAgent.new_from_provider_data, []

    def new(db: Any, worker: Any, unit: Any, provider_data: Any) -> Agent:
        if not expired:
            expired.append(unit.db_id)
            db.update_unit(unit.db_id, status="expired")
        return real(db, worker, unit, provider_data)

    monkeypatch.setattr(PlainAgent, "new_from_provider_data", new)
    agent = pool.begin(desk.worker()).agent
    assert agent is not None
    assert agent.unit_id not in expired
    assert desk.db.get_unit(expired[0])["reserved_at"] is None


@pytest.mark.parametrize("error", [ConnectionError("away"), Conflict("a vendor's own")])
def test_failing_vendor_loses_no_unit(desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    pool = live(desk, items=1).worker_pool

    def fail(*_: Any) -> Agent:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(PlainAgent, "new_from_provider_data", fail)
        with pytest.raises(type(error)):
            pool.begin(desk.worker())
    assert pool.begin(desk.worker()).agent is not None


def test_vendor_that_fails_after_its_agent_was_made_leaves_nobody_at_work(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = live(desk, items=1).worker_pool

    def fail_late(db: Any, worker: Any, unit: Any, provider_data: Any) -> Agent:
        PlainAgent.new(db, worker, unit)
        raise RuntimeError("too late")

    with monkeypatch.context() as patch:
        patch.setattr(PlainAgent, "new_from_provider_data", fail_late)
        with pytest.raises(RuntimeError):
            pool.begin(desk.worker())
    assert [a.db_status for a in desk.db.find_agents()] == [AgentStatus.RETURNED]
    assert pool.begin(desk.worker()).agent is not None


def test_reservations_of_a_process_that_died_are_given_back(desk: Desk) -> None:
    run = desk.run(items=2)
    taken = run.get_units()[0]
    assert run.reserve_unit(taken) is taken
    pool = LiveTaskRun(desk.db, run).worker_pool
    assert pool.begin(desk.worker()).agent is not None
    assert pool.begin(desk.worker()).agent is None
    pool.free_reservations()
    agent = pool.begin(desk.worker()).agent
    assert agent is not None
    assert agent.unit_id == taken.db_id


# --------------------------------------------------------------------------------------------- why not


def test_worker_in_good_standing_may(desk: Desk) -> None:
    assert live(desk).worker_pool.begin(desk.worker()).kind == "unit"


def test_blocked_worker_may_not(desk: Desk) -> None:
    pool, here, there = live(desk).worker_pool, desk.worker("here"), desk.worker("there")
    with desk.db.write() as w:
        records.block(w, here.db_id, desk.requester.db_id, "no")
    desk.memory.blocked.add("there")
    for worker in (here, there):
        assert pool.begin(worker) == Offer("barred", reason="desk has blocked you from their tasks.")


def test_worker_whom_the_vendor_bars_may_not(desk: Desk) -> None:
    pool, worker = live(desk).worker_pool, desk.worker("ann")
    desk.memory.barred.add("ann")
    told = "You may not work on this run, by the word of the place that sent you here."
    assert pool.begin(worker) == Offer("barred", reason=told)


def test_who_has_had_their_one_unit_is_told_by_their_vendor(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def why_no_more(self: Any, run: Any, worker: Any) -> str:
        asked.append((run.db_id, worker.worker_name))
        return "You have had your unit of this study."

    pool, worker = live(desk, items=2).worker_pool, desk.worker("ann")
    first = pool.begin(worker).agent
    monkeypatch.setattr(PlainProvider, "why_no_more", why_no_more)
    assert pool.begin(worker).agent is first  # what somebody has is theirs
    assert asked == []
    pool.submit(first.db_id, {"answer": "yes"}, Work(), "c")
    desk.memory.barred.add("ann")  # it is asked before the run's own bars
    assert pool.begin(worker) == Offer("barred", reason="You have had your unit of this study.")
    assert asked == [(first.task_run_id, "ann")]


@pytest.mark.parametrize(
    ("op", "value", "granted", "reason"),
    [
        ("exists", 1, None, "You do not have the qualification careful, which this run asks for."),
        ("exists", 1, 0, None),
        ("not_exists", 1, 5, "You have the qualification careful, which this run excludes."),
        ("not_exists", 1, None, None),
        ("==", 3, 3, None),
        ("==", 3, 4, "You have careful = 4, and this run asks for careful == 3."),
        ("!=", 3, 3, "You have careful = 3, and this run asks for careful != 3."),
        ("!=", 3, None, "You do not have the qualification careful, which this run asks for."),
        ("<", 3, 3, "You have careful = 3, and this run asks for careful < 3."),
        ("<=", 3, 3, None),
        (">", 3, 4, None),
        (">=", 3, 2, "You have careful = 2, and this run asks for careful >= 3."),
    ],
)
def test_qualifications_of_a_run(
    desk: Desk, op: str, value: int, granted: int | None, reason: str | None
) -> None:
    desk.db.new_qualification("careful")
    wanted = [{"name": "careful", "op": op, "value": value}]
    pool, worker = live(desk, task={"qualifications": wanted}).worker_pool, desk.worker("ann")
    if granted is not None:
        worker.grant_qualification("careful", granted)
    offer = pool.begin(worker)
    assert (offer.kind, offer.reason or None) == ("unit" if reason is None else "barred", reason)


@pytest.mark.parametrize(
    ("closed", "kind", "reason"),
    [
        ("paused", "none", "This run is paused. Come back later."),
        ("closing", "barred", "This run has ended."),
        ("closed", "barred", "This run has ended."),
    ],
)
def test_run_that_is_not_open_hands_nothing_out(desk: Desk, closed: str, kind: str, reason: str) -> None:
    run = live(desk)
    state(desk, run.task_run, closed)
    assert run.worker_pool.begin(desk.worker()) == Offer(kind, reason=reason)


# ----------------------------------------------------------------------------------------- live agents


def test_agent_has_one_live_object(desk: Desk) -> None:
    run = live(desk)
    agent = desk.agent(run.task_run)
    found = in_threads(8, lambda _: run.worker_pool.get_agent(agent.db_id))
    assert all(one is found[0] for one in found)
    assert run.worker_pool.register(agent) is found[0]
    stranger = desk.agent(desk.run())
    with pytest.raises(NotFound, match=stranger.db_id):
        run.worker_pool.get_agent(stranger.db_id)
    with pytest.raises(NotFound, match="4711"):
        run.worker_pool.get_agent("4711")


def waiting(agent: Agent, call: Callable[[], object]) -> tuple[threading.Thread, list[object]]:
    result: list[object] = []

    def run() -> None:
        try:
            result.append(call())
        except Exception as error:  # the test looks at it
            result.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, result


def test_status_written_elsewhere_reaches_the_live_agent(desk: Desk) -> None:
    channel = Channel()
    run = LiveTaskRun(desk.db, desk.run(), channel)
    agent = run.worker_pool.begin(desk.worker()).agent
    assert agent is not None
    desk.db.on_commit(run.worker_pool.take_over)
    thread, result = waiting(agent, lambda: agent.get_live_update(LONG))
    Agent.get(desk.db, agent.db_id).update_status(AgentStatus.RETURNED)
    thread.join(LONG)
    assert isinstance(result[0], AgentReturnedError)
    assert channel.statuses == [(agent.db_id, AgentStatus.RETURNED)]
    unit = Unit.get(desk.db, agent.unit_id)
    assert (unit.agent_id, unit.db_status) == (None, AssignmentState.LAUNCHED)


def test_own_status_is_told_once(desk: Desk) -> None:
    channel = Channel()
    run = LiveTaskRun(desk.db, desk.run(), channel)
    desk.db.on_commit(run.worker_pool.take_over)
    agent = run.worker_pool.begin(desk.worker()).agent
    assert agent is not None
    agent.update_status(AgentStatus.IN_TASK)
    agent.update_status(AgentStatus.COMPLETED)
    assert channel.statuses == [(agent.db_id, AgentStatus.IN_TASK), (agent.db_id, AgentStatus.COMPLETED)]


def test_change_that_names_no_ids_is_about_everybody(desk: Desk) -> None:
    run = live(desk)
    agent = run.worker_pool.begin(desk.worker()).agent
    assert agent is not None
    desk.db.update_agent(agent.db_id, AgentStatus.WAITING)
    run.worker_pool.take_over(Change({"unit": [1]}))
    assert agent.db_status == AgentStatus.ACCEPTED
    run.worker_pool.take_over(Change({"agent": None}))
    assert agent.db_status == AgentStatus.WAITING


@pytest.mark.parametrize("how", ["disconnect", "give_up"])
def test_worker_who_leaves_gives_the_unit_to_the_next(desk: Desk, how: str) -> None:
    run = live(desk, items=1)
    agent = run.worker_pool.begin(desk.worker()).agent
    assert agent is not None
    agent.update_status(AgentStatus.IN_TASK)
    getattr(run.worker_pool, how)(agent.db_id)
    getattr(run.worker_pool, how)(agent.db_id)
    assert agent.db_status in AgentStatus.LEFT
    second = run.worker_pool.begin(desk.worker()).agent
    assert second is not None
    assert second.unit_id == agent.unit_id


def test_worker_who_answered_cannot_leave_any_more(desk: Desk) -> None:
    run = live(desk, items=1)
    agent = run.worker_pool.begin(desk.worker()).agent
    assert agent is not None
    agent.handle_submit({"answer": "yes"})
    agent.update_status(AgentStatus.COMPLETED)
    run.worker_pool.disconnect(agent.db_id)
    assert agent.db_status == AgentStatus.COMPLETED
    assert Unit.get(desk.db, agent.unit_id).db_status == AssignmentState.COMPLETED


def test_shutdown_ends_every_wait_and_hands_out_nothing(desk: Desk) -> None:
    run = live(desk, items=3)
    agents = [run.worker_pool.begin(desk.worker()).agent for _ in range(2)]
    waits = [waiting(a, lambda a=a: a.get_live_update(LONG)) for a in agents if a is not None]
    waits += [waiting(a, lambda a=a: a.await_submit(LONG)) for a in agents if a is not None]
    run.shutdown()
    for thread, _ in waits:
        thread.join(LONG)
    assert [type(result[0]) for _, result in waits] == [AgentShutdownError] * 4
    assert run.worker_pool.begin(desk.worker()) == Offer("none", reason="This run is being stopped.")
    late = run.worker_pool.register(desk.agent(run.task_run))
    assert late.is_shutdown


def test_page_that_cannot_be_told_changes_nothing(desk: Desk, expect_log: Callable[[str], None]) -> None:
    class Broken(Channel):
        def send_status_update(self, agent_id: str, status: str) -> None:
            raise ConnectionError("gone")

    run = LiveTaskRun(desk.db, desk.run(), Broken())
    agent = run.worker_pool.begin(desk.worker()).agent
    assert agent is not None
    expect_log("could not be told")
    agent.update_status(AgentStatus.IN_TASK)
    assert desk.db.get_agent(agent.db_id)["status"] == AgentStatus.IN_TASK


def test_run_without_pages_is_silent(desk: Desk) -> None:
    run = live(desk)
    agent = run.worker_pool.begin(desk.worker()).agent
    assert agent is not None
    agent.observe({"text": "hello"})
    agent.update_status(AgentStatus.IN_TASK)
    assert repr(run) == f"LiveTaskRun({run.task_run.db_id})"
