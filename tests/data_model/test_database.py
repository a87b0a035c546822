"""The database as vendors see it: datastores, find and new for every noun, what it refuses."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.qualification import GrantedQualification, Qualification
from crowddesk.data_model.task import Task
from crowddesk.data_model.task_run import TaskRun
from crowddesk.data_model.worker import Worker
from crowddesk.domain import AgentStatus, BadInput, Conflict, NotFound
from crowddesk.providers.base import CrowdProvider
from crowddesk.registry import get_crowd_provider_from_type, provider_types
from crowddesk.testing import use_provider
from crowddesk.testing.case import NOWHERE
from tests.data_model.plain import Desk, Memory, PlainAgent, PlainProvider


def test_datastores_are_kept_by_vendor_and_closed_at_the_end(db: CrowdDatabase) -> None:
    assert not db.has_datastore_for_provider("plain")
    memory = db.get_datastore_for_provider("plain")
    assert isinstance(memory, Memory)
    assert PlainProvider(db).datastore is memory
    folder = Path(db.get_db_path_for_provider("plain"))
    assert folder.is_dir()
    assert db.folder in folder.parents
    db.set_datastore_for_provider("plain", other := Memory())
    assert db.get_datastore_for_provider("plain") is other
    db.close()
    assert (memory.is_closed, other.is_closed) == (False, True)


def test_datastore_made_inside_a_write_block_locks_nobody_out(db: CrowdDatabase) -> None:
    """Whoever writes may be the first to ask, while another thread makes the same datastore and writes."""
    started, go_on = threading.Event(), threading.Event()

    class Slow(PlainProvider):
        def initialize_provider_datastore(self, storage_path: str) -> Memory:
            started.set()
            go_on.wait(30)
            self.db.provider_store("plain").set("made", True)
            return Memory()

    first = threading.Thread(target=lambda: Slow(db))

    def write_and_ask() -> None:
        with db.write():
            db.get_datastore_for_provider("plain")

    second = threading.Thread(target=write_and_ask)
    first.start()
    assert started.wait(30)
    second.start()
    go_on.set()
    for thread in (first, second):
        thread.join(30)
        assert not thread.is_alive()
    assert db.provider_store("plain").get("made") is True


def test_provider_store_keeps_json_by_name(db: CrowdDatabase) -> None:
    store = db.provider_store("plain")
    assert (store.get("a"), store.get("a", 7)) == (None, 7)
    store.set("study:1", {"id": "x"})
    store.set("study:2", [1, 2])
    store.set("other", "y")
    assert store.all("study:") == {"study:1": {"id": "x"}, "study:2": [1, 2]}
    store.set("study:1", None)
    assert db.provider_store("plain").all() == {"study:2": [1, 2], "other": "y"}
    assert db.provider_store("another").all() == {}


@pytest.mark.parametrize(
    "noun", ["task", "task_run", "assignment", "unit", "requester", "worker", "agent", "qualification"]
)
def test_row_that_is_not_there_is_named(db: CrowdDatabase, noun: str) -> None:
    for missing in (NOWHERE, "x7", "", "-1", "1" * 30):
        with pytest.raises(NotFound, match=missing or "''"):
            getattr(db, f"get_{noun}")(missing)


def test_find_finds_by_each_column(desk: Desk) -> None:
    db, run = desk.db, desk.run(items=2, units_per_assignment=2)
    agent = desk.agent(run)
    other = desk.run(items=1)
    unit = agent.get_unit()
    for where, count in (
        ({"task_run_id": run.db_id}, 4),
        ({"task_id": other.task_id}, 1),
        ({"requester_id": desk.requester.db_id}, 5),
        ({"assignment_id": unit.assignment_id}, 2),
        ({"task_run_id": run.db_id, "unit_index": 1}, 2),
        ({"provider_type": "plain", "task_type": "static_html"}, 5),
        ({"agent_id": agent.db_id}, 1),
        ({"worker_id": agent.worker_id}, 1),
        ({"status": "assigned"}, 1),
        ({"sandbox": False}, 5),
        ({"sandbox": True}, 0),
    ):
        assert len(db.find_units(**where)) == count, where
    assert [a.item_key for a in db.find_assignments(task_run_id=run.db_id)] == ["item-0", "item-1"]
    assert len(db.find_assignments(item_key="item-0", provider_type="plain", task_type="static_html")) == 2
    assert len(db.find_assignments(requester_id=desk.requester.db_id, task_id=run.task_id)) == 2
    assert [a.db_id for a in db.find_agents(status="accepted", task_id=run.task_id)] == [agent.db_id]
    assert db.find_agents(unit_id=unit.db_id, task_type="other") == []
    assert [r.db_id for r in db.find_task_runs(requester_id=desk.requester.db_id, state="draft")] == [
        run.db_id,
        other.db_id,
    ]
    assert [t.db_id for t in db.find_tasks(run.get_task().task_name)] == [run.task_id]
    assert db.find_requesters(requester_name="nobody") == []


def test_names_are_taken_once(desk: Desk) -> None:
    db = desk.db
    desk.worker("ann")
    db.new_qualification("careful")
    Task.new(db, "birds", "static_html")
    for call in (
        lambda: desk.worker("ann"),
        lambda: db.new_requester("desk", "plain"),
        lambda: db.make_qualification("careful"),
        lambda: Task.new(db, "birds", "static_html"),
    ):
        with pytest.raises(Conflict, match="already"):
            call()
    assert len(db.find_workers("ann")) == 1


def test_nothing_is_nameless(desk: Desk) -> None:
    db = desk.db
    for call in (
        lambda: db.new_worker(" ", "plain"),
        lambda: db.new_requester("", "plain"),
        lambda: db.new_qualification(""),
        lambda: db.new_task("", "static_html"),
    ):
        with pytest.raises(BadInput, match="name"):
            call()
    for sent in ({}, {"worker_name": ""}, {"worker_name": None}):
        with pytest.raises(BadInput, match="worker_name"):
            Worker.new_from_provider_data(db, sent)


def test_statuses_are_checked_at_the_door(desk: Desk) -> None:
    db, agent = desk.db, desk.agent()
    unit = agent.get_unit()
    with pytest.raises(BadInput, match="mixed"):
        db.update_unit(unit.db_id, status="mixed")
    with pytest.raises(BadInput, match="asleep"):
        db.update_agent(agent.db_id, "asleep")
    with pytest.raises(BadInput, match="asleep"):
        db.new_agent(
            agent.worker_id,
            unit.db_id,
            unit.task_id,
            unit.task_run_id,
            unit.assignment_id,
            "x",
            "plain",
            "asleep",
        )
    with pytest.raises(NotFound, match=NOWHERE):
        db.update_agent(NOWHERE, AgentStatus.COMPLETED)
    with pytest.raises(NotFound, match=NOWHERE):
        db.update_unit(NOWHERE, status="launched")


def test_unit_is_given_to_an_agent_by_hand(desk: Desk) -> None:
    agent = desk.agent(desk.run(items=2))
    other = desk.db.find_units(status="launched")[0]
    desk.db.update_unit(other.db_id, status="assigned", agent_id=agent.db_id)
    row = desk.db.get_unit(other.db_id)
    assert (row["agent_id"], row["worker_id"], row["status"]) == (agent.db_id, agent.worker_id, "assigned")


def test_deleted_qualification_is_cleaned_up_at_each_vendor_that_was_used(desk: Desk) -> None:
    Qualification.new(desk.db, "careful", "Reads twice.")
    desk.db.delete_qualification("careful")
    assert desk.memory.cleaned == ["careful"]
    with pytest.raises(NotFound, match="careful"):
        desk.db.delete_qualification("careful")


def test_grants_are_found_and_shown(desk: Desk) -> None:
    db, worker = desk.db, desk.worker()
    mark = Qualification.new(db, "careful", "Reads twice.")
    worker.grant_qualification("careful", 3)
    (granted,) = db.check_granted_qualifications(mark.db_id, worker.db_id)
    assert isinstance(granted, GrantedQualification)
    assert repr(granted) == f"GrantedQualification({granted.db_id})"
    assert repr(mark) == f"Qualification({mark.db_id})"
    assert (granted.get_worker(), granted.get_qualification(), granted.value) == (worker, mark, 3)
    assert db.check_granted_qualifications(value=4) == []
    assert db.revoke_qualification(mark.db_id, worker.db_id) is True
    assert db.revoke_qualification(mark.db_id, worker.db_id) is False


def test_assignment_is_the_sum_of_its_units(desk: Desk) -> None:
    run = desk.run(items=1, units_per_assignment=3, launched=False)
    (assignment,) = run.get_assignments()
    assert repr(assignment) == f"Assignment({assignment.db_id})"
    units = assignment.get_units()
    expected = [
        (("created", "created", "created"), "created"),
        (("launched", "launched", "created"), "launched"),
        (("launched", "assigned", "launched"), "assigned"),
        (("completed", "launched", "launched"), "assigned"),
        (("completed", "accepted", "rejected"), "completed"),
        (("accepted", "rejected", "accepted"), "mixed"),
        (("accepted", "accepted", "accepted"), "accepted"),
        (("expired", "expired", "expired"), "expired"),
    ]
    for statuses, whole in expected:
        for unit, status in zip(units, statuses, strict=True):
            unit.set_db_status(status)
        assert assignment.get_status() == whole, statuses
    assert Assignment.new(desk.db, run, {"id": "no units"}).get_status() == "created"
    assert assignment.get_agents() == [None, None, None]


def test_run_knows_its_arguments_and_places(desk: Desk) -> None:
    run = desk.run(task={"maximum_units_per_worker": 3})
    assert run.get_task_args().maximum_units_per_worker == 3
    assert run.args.provider.requester_name == "desk"
    assert isinstance(run.get_provider(), PlainProvider)
    assert Path(run.get_run_dir()).is_dir()
    assert run.get_task().get_runs() == [run]
    assert TaskRun.new(desk.db, run.get_task(), desk.requester, {"task": {}}).state == "draft"


def test_entities_are_equal_by_noun_and_id(desk: Desk) -> None:
    agent = desk.agent()
    worker = agent.get_worker()
    assert worker == Worker.get(desk.db, worker.db_id)
    assert len({worker, Worker.get(desk.db, worker.db_id), agent}) == 2
    assert worker != desk.requester


def test_gauges_follow_the_rows(desk: Desk) -> None:
    from crowddesk.data_model import gauges

    run = desk.run(items=3)
    assert gauges.active_unit_statuses(desk.db) == {("standard", "launched"): 3}
    assert (gauges.active_agent_statuses(desk.db), gauges.active_workers(desk.db)) == ({}, 0)
    first, second = desk.agent(run), desk.agent(run)
    assert gauges.active_agent_statuses(desk.db) == {"accepted": 2}
    assert gauges.active_workers(desk.db) == 2
    PlainAgent.new(desk.db, first.get_worker(), run.get_units("launched")[0])
    assert gauges.active_workers(desk.db) == 2
    second.update_status(AgentStatus.WAITING)
    second.update_status(AgentStatus.RETURNED)
    assert gauges.active_unit_statuses(desk.db) == {("standard", "assigned"): 2, ("standard", "launched"): 1}
    assert gauges.active_agent_statuses(desk.db) == {"accepted": 2, "returned": 1}
    assert gauges.active_workers(desk.db) == 1


def test_given_provider_is_forgotten_again() -> None:
    before = provider_types()
    with use_provider(PlainProvider):
        assert get_crowd_provider_from_type("plain") is PlainProvider
        assert provider_types() == sorted([*before, "plain"])
    assert provider_types() == before
    with pytest.raises(BadInput, match="plain"):
        get_crowd_provider_from_type("plain")


def test_provider_class_is_abstract(db: CrowdDatabase) -> None:
    any_class: Any = CrowdProvider
    with pytest.raises(TypeError, match="abstract"):
        any_class(db)
