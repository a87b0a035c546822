"""What a worker who opens the page gets, and what becomes of what they send."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crowddesk.blueprints.static_html import StaticHtmlBlueprint
from crowddesk.data_model.agent import Agent
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.unit import Unit
from crowddesk.domain import AgentStatus, AssignmentState, Conflict, Work
from crowddesk.live_run import LiveTaskRun
from crowddesk.operations.launch import stop_run
from crowddesk.store import doctor, records
from crowddesk.testing import make_run, make_workspace, use_provider
from tests.data_model.plain import Desk, PlainProvider, PlainUnit

NO_WORK = Work()


@pytest.fixture
def desk(workspace_path: Path) -> Iterator[Desk]:
    with use_provider(PlainProvider):
        db = make_workspace(workspace_path)
        yield Desk(db, make_run)
        assert doctor.check(db) == []
        db.close()


def pool_of(desk: Desk, **options: Any) -> Any:
    return LiveTaskRun(desk.db, desk.run(**options)).worker_pool


def unit_status(desk: Desk, agent: Agent) -> str:
    return str(desk.db.get_unit(agent.unit_id)["status"])


def status(desk: Desk, agent: Agent) -> str:
    return str(desk.db.get_agent(agent.db_id)["status"])


def submissions(desk: Desk, agent: Agent) -> list[Any]:
    with desk.db.read() as conn:
        return list(records.find(conn, "submission", agent_id=agent.db_id))


# ------------------------------------------------------------------------------------------- the page


def test_a_reload_and_a_restart_go_on_with_the_same_unit(desk: Desk) -> None:
    run = desk.run(items=3)
    worker = desk.worker()
    pool = LiveTaskRun(desk.db, run).worker_pool
    first = pool.begin(worker)
    assert (first.kind, first.agent.db_status) == ("unit", AgentStatus.ACCEPTED)
    pool.started(first.agent.db_id)
    assert pool.begin(worker).agent is first.agent
    assert status(desk, first.agent) == AgentStatus.IN_TASK
    after = LiveTaskRun(desk.db, run).worker_pool
    assert [agent.db_id for agent in after.open_agents()] == [first.agent.db_id]
    again = after.begin(worker)
    assert (again.kind, again.agent.db_id) == ("unit", first.agent.db_id)
    assert after.current(worker.db_id) is again.agent
    assert len(desk.db.find_agents()) == 1


def test_who_was_cut_off_gets_the_same_unit_again_while_it_is_free(desk: Desk) -> None:
    pool = pool_of(desk, items=3)
    ann, bob = desk.worker("ann"), desk.worker("bob")
    lost = pool.begin(ann).agent
    pool.disconnect(lost.db_id)
    assert (unit_status(desk, lost), status(desk, lost)) == ("launched", "disconnect")
    again = pool.begin(ann).agent
    assert (again.unit_id, again.db_id != lost.db_id) == (lost.unit_id, True)
    pool.disconnect(again.db_id)
    taken = pool.begin(bob).agent
    assert taken.unit_id == lost.unit_id
    assert pool.begin(ann).agent.unit_id != lost.unit_id


def test_who_returned_a_unit_does_not_get_it_again(desk: Desk) -> None:
    pool = pool_of(desk, items=1)
    ann = desk.worker()
    agent = pool.begin(ann).agent
    pool.give_up(agent.db_id)
    offer = pool.begin(ann)
    assert (offer.kind, offer.agent) == ("none", None)
    assert offer.reason == "Nothing is free just now."


def test_time_is_over(desk: Desk) -> None:
    pool = pool_of(desk, items=1, task={"assignment_duration_in_seconds": 90})
    agent = pool.begin(desk.worker()).agent
    assert pool.deadline_of(agent) - agent.created_at == timedelta(seconds=90)
    pool.time_out(agent.db_id)
    assert (unit_status(desk, agent), status(desk, agent)) == ("launched", "timeout")
    again = pool.begin(agent.get_worker()).agent
    assert again.unit_id == agent.unit_id
    pool.submit(again.db_id, {"answer": "yes"}, NO_WORK, "c1")
    done = pool.begin(desk.worker())
    assert (done.kind, done.reason) == ("barred", "Everything in this run is done.")


def test_reasons_say_whether_coming_back_is_of_use(desk: Desk) -> None:
    pool = pool_of(desk, items=2, task={"max_num_concurrent_units": 1, "maximum_units_per_worker": 1})
    ann, bob = desk.worker("ann"), desk.worker("bob")
    agent = pool.begin(ann).agent
    waits = pool.begin(bob)
    assert (waits.kind, waits.reason) == (
        "none",
        "One unit is being worked on, as many as this run allows at a time.",
    )
    pool.submit(agent.db_id, {"answer": "yes"}, NO_WORK, "c1")
    done = pool.begin(ann)
    assert (done.kind, done.reason) == (
        "barred",
        "You have taken 1 unit of this run, the most for one person.",
    )
    assert pool.begin(bob).kind == "unit"


# ---------------------------------------------------------------------------------------- submissions


def test_a_submission_is_stored_once_with_what_the_page_saw(desk: Desk) -> None:
    pool = pool_of(desk)
    agent = pool.begin(desk.worker()).agent
    pool.started(agent.db_id)
    start = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
    work = Work(start, start + timedelta(seconds=40), 31.5, ("answer",))
    first = pool.submit(agent.db_id, {"answer": "yes"}, work, "c1")
    assert (first.late, first.repeated, first.reason) == (False, False, "")
    again = pool.submit(agent.db_id, {"answer": "yes"}, work, "c1")
    assert again.repeated
    [row] = submissions(desk, agent)
    assert json.loads(row["answer"]) == {"answer": "yes"}
    assert (row["started_at"], row["ended_at"], row["active_seconds"]) == (start, work.ended_at, 31.5)
    assert json.loads(row["pasted"]) == ["answer"]
    assert (unit_status(desk, agent), status(desk, agent)) == ("completed", "completed")


def test_a_late_submission_is_kept_beside_the_unit(desk: Desk) -> None:
    pool = pool_of(desk, items=1)
    ann = desk.worker("ann")
    agent = pool.begin(ann).agent
    pool.disconnect(agent.db_id)
    bob = pool.begin(desk.worker("bob")).agent
    assert pool.submit(agent.db_id, {"answer": "late"}, NO_WORK, "c1").late
    assert [row["late"] for row in submissions(desk, agent)] == [True]
    assert status(desk, agent) == "disconnect"
    assert not pool.submit(bob.db_id, {"answer": "mine"}, NO_WORK, "c1").late
    assert desk.db.get_unit(bob.unit_id)["agent_id"] == bob.db_id


def test_who_was_cut_off_sends_their_answer_while_nobody_else_has_the_unit(desk: Desk) -> None:
    pool = pool_of(desk, items=1)
    ann = desk.worker("ann")
    agent = pool.begin(ann).agent
    pool.started(agent.db_id)
    pool.disconnect(agent.db_id)
    for again in (False, True):
        receipt = pool.submit(agent.db_id, {"answer": "done in a tunnel"}, NO_WORK, "c1")
        assert (receipt.late, receipt.repeated) == (False, again)
    assert [row["late"] for row in submissions(desk, agent)] == [False]
    assert (unit_status(desk, agent), status(desk, agent)) == ("completed", "completed")
    unit = desk.db.get_unit(agent.unit_id)
    assert (unit["agent_id"], unit["worker_id"]) == (agent.db_id, ann.db_id)
    assert pool.submit(agent.db_id, {"answer": "another"}, NO_WORK, "c2").late


@pytest.mark.parametrize("how", ["never begun", "time_out", "give_up"])
def test_nobody_else_gets_a_unit_back_by_sending(desk: Desk, how: str) -> None:
    pool = pool_of(desk, items=1)
    agent = pool.begin(desk.worker("ann")).agent
    if how == "never begun":
        pool.disconnect(agent.db_id)
    else:
        pool.started(agent.db_id)
        getattr(pool, how)(agent.db_id)
    assert pool.submit(agent.db_id, {"answer": "late"}, NO_WORK, "c1").late
    assert unit_status(desk, agent) == "launched"


def test_a_batch_that_is_rolled_back_leaves_no_live_agent(desk: Desk) -> None:
    pool = pool_of(desk, items=1)
    ann, bob = desk.worker("ann"), desk.worker("bob")

    def batch() -> None:
        with desk.db.write():
            pool.started(pool.begin(ann).agent.db_id)
            raise RuntimeError("another request of the same batch failed")

    with pytest.raises(RuntimeError):
        batch()
    assert desk.db.find_agents() == []
    # The row gets the same number as the one that never was.
    agent = pool.begin(bob).agent
    assert (agent.worker_id, agent.db_status) == (bob.db_id, AgentStatus.ACCEPTED)
    assert pool.get_agent(agent.db_id) is agent


def test_a_status_that_is_rolled_back_is_not_believed(desk: Desk) -> None:
    pool = pool_of(desk, items=1)
    agent = pool.begin(desk.worker()).agent

    def batch() -> None:
        with desk.db.write():
            pool.submit(agent.db_id, {"answer": "yes"}, NO_WORK, "c1")
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        batch()
    assert agent.db_status == AgentStatus.ACCEPTED
    assert not pool.submit(agent.db_id, {"answer": "yes"}, NO_WORK, "c1").repeated
    assert len(submissions(desk, agent)) == 1


# ----------------------------------------------------------------------------------------- onboarding

PAGE = '<form><input name="knows"><button type="submit">Go on</button></form>'


def onboarding(desk: Desk, **options: Any) -> Any:
    page = desk.db.folder / "intro.html"
    page.write_text(PAGE, encoding="utf-8")
    args = {"qualification": "introduced", "page": str(page), "answers": {"knows": "yes"}}
    return pool_of(desk, task={"onboarding": args}, **options)


def test_onboarding_is_passed_once_for_all_runs(desk: Desk) -> None:
    pool, worker = onboarding(desk, items=2), desk.worker("ann")
    offer = pool.begin(worker)
    assert (offer.kind, status(desk, offer.agent)) == ("onboarding", "onboarding")
    assert pool.begin(worker).kind == "onboarding"
    with pytest.raises(Conflict, match="has not begun"):
        pool.submit(offer.agent.db_id, {"answer": "yes"}, NO_WORK, "c1")
    assert pool.onboard(offer.agent.db_id, {"knows": "yes"}) == (True, "You have passed the introduction.")
    assert pool.begin(worker).kind == "unit"
    with pytest.raises(Conflict):
        pool.onboard(offer.agent.db_id, {"knows": "no"})
    assert onboarding(desk).begin(worker).kind == "unit"


def test_failed_onboarding_ends_it_and_is_remembered(desk: Desk) -> None:
    pool, worker = onboarding(desk, items=1), desk.worker("ann")
    agent = pool.begin(worker).agent
    passed, sentence = pool.onboard(agent.db_id, {"knows": "no"})
    assert not passed
    assert sentence == "You did not pass the introduction to this task, so it ends here for you."
    assert (unit_status(desk, agent), status(desk, agent)) == ("launched", "returned")
    assert worker.is_disqualified("introduced")
    barred = pool.begin(worker)
    assert (barred.kind, barred.reason) == ("barred", "You did not pass the introduction to this task.")
    assert pool.begin(desk.worker("bob")).kind == "onboarding"


@pytest.mark.parametrize("passed", [True, False])
def test_onboarding_that_was_judged_in_another_run_stands(desk: Desk, passed: bool) -> None:
    one, other, worker = onboarding(desk), onboarding(desk), desk.worker("ann")
    here, there = one.begin(worker).agent, other.begin(worker).agent
    assert one.onboard(here.db_id, {"knows": "yes" if passed else "no"})[0] is passed
    assert other.onboard(there.db_id, {"knows": "no" if passed else "yes"})[0] is passed
    assert worker.is_qualified("introduced") is passed
    assert status(desk, there) == ("accepted" if passed else "returned")


@pytest.mark.parametrize("passed", [True, False])
def test_onboarding_that_was_judged_in_another_run_is_not_shown_again(desk: Desk, passed: bool) -> None:
    one, other, worker = onboarding(desk), onboarding(desk), desk.worker("ann")
    here, there = one.begin(worker).agent, other.begin(worker).agent
    one.onboard(here.db_id, {"knows": "yes" if passed else "no"})
    assert other.begin(worker).kind == ("unit" if passed else "barred")
    assert unit_status(desk, there) == ("assigned" if passed else "launched")


def test_onboarding_takes_no_time_from_the_work(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    pool, worker = onboarding(desk), desk.worker("ann")
    agent = pool.begin(worker).agent
    assert pool.deadline_of(agent) == agent.created_at + timedelta(hours=1)
    later = agent.created_at + timedelta(minutes=50)
    monkeypatch.setattr("crowddesk.blueprints.base.now", lambda: later)
    pool.onboard(agent.db_id, {"knows": "yes"})
    assert pool.deadline_of(agent) == later + timedelta(hours=1)


# ----------------------------------------------------------------------------- screening and gold units


def add(desk: Desk, run: Any, kind: int, count: int) -> None:
    for number in range(count):
        item = Assignment.new(desk.db, run, {"text": "?", "truth": "yes"}, f"special {kind} {number}")
        PlainUnit.new(desk.db, item, kind, "0.10").set_db_status("launched")


def do(pool: Any, worker: Any, answer: str) -> Any:
    agent = pool.begin(worker).agent
    assert agent is not None
    return pool.submit(agent.db_id, {"answer": answer}, NO_WORK, "c")


def kind_of(desk: Desk, offer: Any) -> int:
    return Unit.get(desk.db, offer.agent.unit_id).unit_index


def test_newcomers_are_screened_first(desk: Desk) -> None:
    screening = {"data": "items.csv", "units": 2, "field": "answer", "truth": "truth", "per_worker": 2}
    run = desk.run(items=3, task={"screening": screening, "maximum_units_per_worker": 1})
    add(desk, run, -1, 4)
    pool = LiveTaskRun(desk.db, run).worker_pool
    good, bad, third = desk.worker("good"), desk.worker("bad"), desk.worker("third")
    for _ in range(2):
        assert kind_of(desk, pool.begin(good)) == -1
        assert do(pool, good, "yes").reason == ""
    assert kind_of(desk, pool.begin(good)) == 0
    assert (
        do(pool, bad, "no").reason
        == "You did not pass the first questions of this run, so it ends here for you."
    )
    assert pool.begin(bad).kind == "barred"
    assert kind_of(desk, pool.begin(third)) == -1


def test_gold_is_mixed_in_and_disqualifies(desk: Desk) -> None:
    gold = {"data": "items.csv", "field": "answer", "truth": "truth", "every": 2, "most_wrong": 1}
    run = desk.run(items=20, task={"gold": gold})
    add(desk, run, -2, 6)
    pool = LiveTaskRun(desk.db, run).worker_pool
    careful, careless = desk.worker("careful"), desk.worker("careless")
    kinds: Counter[int] = Counter()
    for _ in range(8):
        kinds[kind_of(desk, pool.begin(careful))] += 1
        assert do(pool, careful, "yes").reason == ""
    assert kinds == {0: 4, -2: 4}
    reasons = []
    while pool.begin(careless).kind == "unit":
        reasons.append(do(pool, careless, "no").reason)
    assert (
        reasons[-1] == "2 of your answers to check questions were not right, so this run ends here for you."
    )
    assert not any(reasons[:-1])
    barred = pool.begin(careless)
    assert (barred.kind, barred.reason) == ("barred", reasons[-1])


# -------------------------------------------------------------------------------------------- together


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StaticHtmlBlueprint, "TOGETHER", True)


@pytest.mark.usefixtures("together")
def test_people_of_one_item_wait_for_each_other(desk: Desk) -> None:
    pool = pool_of(desk, items=2, units_per_assignment=2)
    ann, bob, eve = desk.worker("ann"), desk.worker("bob"), desk.worker("eve")
    first = pool.begin(ann)
    assert (first.kind, status(desk, first.agent)) == ("waiting", "waiting")
    second = pool.begin(bob)
    assert second.kind == "unit"
    assert second.agent.assignment_id == first.agent.assignment_id
    assert [a.db_status for a in pool.together(first.agent)] == ["in task", "in task"]
    assert pool.begin(ann).kind == "unit"
    assert pool.begin(eve).kind == "waiting"


@pytest.mark.usefixtures("together")
def test_who_leaves_while_waiting_frees_the_place(desk: Desk) -> None:
    pool = pool_of(desk, items=1, units_per_assignment=2)
    first = pool.begin(desk.worker("ann")).agent
    pool.disconnect(first.db_id)
    assert unit_status(desk, first) == "launched"
    second = pool.begin(desk.worker("bob"))
    assert second.kind == "waiting"
    assert pool.begin(desk.worker("eve")).kind == "unit"
    assert status(desk, second.agent) == "in task"


@pytest.mark.usefixtures("together")
@pytest.mark.parametrize("how", ["disconnect", "give_up", "time_out"])
def test_who_leaves_a_talk_frees_the_others(desk: Desk, how: str) -> None:
    pool = pool_of(desk, items=1, units_per_assignment=2)
    left, stays = pool.begin(desk.worker("ann")).agent, pool.begin(desk.worker("bob")).agent
    getattr(pool, how)(left.db_id)
    assert left.db_status in AgentStatus.LEFT
    assert unit_status(desk, left) == AssignmentState.EXPIRED
    assert (status(desk, stays), unit_status(desk, stays)) == ("partner disconnect", "assigned")
    assert not pool.submit(stays.db_id, {"answer": "so far"}, NO_WORK, "c").late
    assert unit_status(desk, stays) == "completed"
    assert pool.begin(desk.worker("eve")).reason == "Everything in this run is done."


@pytest.mark.usefixtures("together")
def test_the_blueprint_hears_who_goes_once_that_is_stored(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    heard: list[tuple[str, str, list[str]]] = []

    def left(self: Any, agent: Agent, people: Any) -> None:
        assert desk.db.open_write() is None
        heard.append((agent.db_id, status(desk, agent), [one.db_status for one in people]))
        raise RuntimeError("its own fault")

    monkeypatch.setattr(StaticHtmlBlueprint, "left", left)
    pool = pool_of(desk, items=1, units_per_assignment=3)
    ann, bob, eve = (pool.begin(desk.worker(name)).agent for name in ("ann", "bob", "eve"))
    expect_log("could not be told")
    with contextlib.suppress(KeyError), desk.db.write():
        pool.submit(ann.db_id, {"answer": "a"}, NO_WORK, "c")
        raise KeyError  # the batch that it was in is done again
    assert heard == []
    pool.submit(ann.db_id, {"answer": "a"}, NO_WORK, "c")
    assert heard.pop() == (ann.db_id, "completed", ["completed", "in task", "in task"])
    pool.submit(ann.db_id, {"answer": "late"}, NO_WORK, "d")
    assert heard == []
    pool.disconnect(bob.db_id)
    assert heard.pop() == (bob.db_id, "disconnect", ["completed", "disconnect", "partner disconnect"])
    assert pool.get_agent(eve.db_id) is eve


@pytest.mark.usefixtures("together")
def test_updates_are_heard_only_while_the_talk_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[str, Any, int]] = []

    def hear(self: Any, agent: Agent, people: Any) -> None:
        while (update := agent.get_live_update()) is not None:
            heard.append((agent.db_id, update, len(people)))

    monkeypatch.setattr(StaticHtmlBlueprint, "hear", hear)
    pool = pool_of(desk, items=1, units_per_assignment=2)
    ann = pool.begin(desk.worker("ann")).agent
    pool.hear(ann.db_id, {"text": "anybody?"})
    assert heard == []
    pool.begin(desk.worker("bob"))
    pool.hear(ann.db_id, {"text": "hello"})
    assert heard == [(ann.db_id, {"text": "hello"}, 2)]
    assert ann.state.get_data()["updates"] == [{"text": "hello"}]


@pytest.mark.usefixtures("together")
def test_waiting_for_others_takes_no_time_from_the_work(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    pool = pool_of(desk, items=1, units_per_assignment=2)
    ann = pool.begin(desk.worker("ann")).agent
    assert pool.deadline_of(ann) == ann.created_at + timedelta(hours=1)
    later = ann.created_at + timedelta(minutes=59)
    monkeypatch.setattr("crowddesk.blueprints.base.now", lambda: later)
    bob = pool.begin(desk.worker("bob")).agent
    assert pool.deadline_of(ann) == pool.deadline_of(bob) == later + timedelta(hours=1)
    pool.disconnect(bob.db_id)
    assert pool.deadline_of(ann) == later + timedelta(hours=1)
    after = LiveTaskRun(desk.db, TaskRun.get(desk.db, ann.task_run_id)).worker_pool
    assert [after.deadline_of(agent) for agent in after.open_agents()] == [later + timedelta(hours=1)]


def test_a_damaged_file_keeps_nobody_else_from_work(desk: Desk) -> None:
    pool = pool_of(desk)
    agent = pool.begin(desk.worker()).agent
    Path(agent.get_data_dir()).mkdir(parents=True)
    (Path(agent.get_data_dir()) / "agent_data.json").write_text("{", encoding="utf-8")
    assert pool.deadline_of(agent) == agent.created_at + timedelta(hours=1)


@pytest.mark.usefixtures("together")
def test_nobody_waits_in_vain(desk: Desk) -> None:
    run = desk.run(items=2, units_per_assignment=2)
    pool = LiveTaskRun(desk.db, run).worker_pool
    ann = desk.worker("ann")
    agent = pool.begin(ann).agent
    stop_run(desk.db, int(run.db_id))
    assert pool.begin(ann).kind == "waiting"  # the others' units are still there
    for unit in desk.db.find_units(status="launched"):
        unit.set_db_status("expired")
    offer = pool.begin(ann)
    assert (offer.kind, offer.reason) == ("barred", "This run has ended.")
    assert (status(desk, agent), unit_status(desk, agent)) == ("expired", "expired")


def test_half_a_character_costs_no_answer(desk: Desk) -> None:
    pool = pool_of(desk)
    agent = pool.begin(desk.worker()).agent
    pool.submit(agent.db_id, {"answer": "half \ud83d of it", "other": "\ud83d\ude00 whole"}, NO_WORK, "c")
    [row] = submissions(desk, agent)
    assert json.loads(row["answer"])["answer"].startswith("half ")
    assert agent.state.get_parsed_data()["answer"].startswith("half ")


@pytest.mark.usefixtures("together")
def test_the_time_worked_is_that_of_the_talk_and_never_below_zero(desk: Desk) -> None:
    pool = pool_of(desk, items=1, units_per_assignment=2)
    ann = pool.begin(desk.worker("ann")).agent
    with desk.db.write() as w:
        records.change(w, "agent", ann.db_id, created_at=w.at - timedelta(hours=1))
    pool.begin(desk.worker("bob"))
    pool.submit(ann.db_id, {"answer": "bye"}, NO_WORK, "c")
    assert 0 <= desk.db.get_unit(ann.unit_id)["seconds"] < 600
    other = pool_of(desk, items=1)
    ahead = other.begin(desk.worker("eve")).agent
    ahead.state._data["times"]["task_start"] += 3600  # the clock was set back since
    other.submit(ahead.db_id, {"answer": "yes"}, NO_WORK, "c")
    assert desk.db.get_unit(ahead.unit_id)["seconds"] == 0


def test_a_damaged_file_of_an_agent_costs_no_answer(desk: Desk, expect_log: Any) -> None:
    pool = pool_of(desk)
    agent = pool.begin(desk.worker()).agent
    pool.started(agent.db_id)
    (Path(agent.get_data_dir()) / "agent_data.json").write_text("{half", encoding="utf-8")
    agent._state = None  # as after a restart
    expect_log("does not have what it sent")
    assert not pool.submit(agent.db_id, {"answer": "yes"}, NO_WORK, "c").late
    assert [json.loads(row["raw"]) for row in submissions(desk, agent)] == [{"answer": "yes"}]
    assert unit_status(desk, agent) == "completed"
