"""Each thing that can be wrong with a workspace is found and named; totals are mended."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.store import doctor
from crowddesk.store.database import Database
from crowddesk.store.doctor import Finding
from crowddesk.store.queries import RUNS, WORKERS


@pytest.fixture
def healthy(any_world: Any) -> Any:
    requester = any_world.requester()
    run = any_world.run(requester, folder="runs/1")
    (any_world.db.folder / "runs" / "1").mkdir(parents=True)
    units = any_world.units(run, requester, items=3)
    (worker,) = any_world.workers("A1")
    any_world.answer(units[0], worker)
    any_world.action(requester, "approve", unit_id=units[0], task_run_id=run)
    any_world.action(requester, "bonus", state="done", worker_id=worker)
    assert doctor.check(any_world.db) == []
    return any_world


def _spoil(db: Database, *statements: str) -> list[Finding]:
    with db._writer.begin() as conn:
        for statement in statements:
            conn.execute(sa.text(statement))
    return doctor.check(db)


@pytest.mark.parametrize(
    ("statement", "place", "words"),
    [
        (
            "UPDATE unit SET status = 'lost' WHERE id = 2",
            "unit 2",
            "Unit 2 has the status 'lost', which does not exist.",
        ),
        ("UPDATE unit SET dataset_status = '' WHERE id = 3", "unit 3", "dataset_status ''"),
        ("UPDATE agent SET status = 'x'", "agent 1", "Agent 1 has the status 'x'"),
        (
            "UPDATE vendor_action SET state = 'x' WHERE id = 2",
            "vendor_action 2",
            "Action 2 has the state 'x'",
        ),
        ("UPDATE task_run SET state = 'x'", "task_run 1", "Run 1 has the state 'x'"),
        (
            "UPDATE assignment SET data = '{\"a\": ' WHERE id = 2",
            "assignment 2",
            "The data of assignment 2 cannot be read",
        ),
        ("UPDATE worker SET identity_id = 9", "worker 1", "belongs to identity 9, which is gone"),
        (
            "UPDATE submission SET answer = 'nonsense'",
            "submission 1",
            "The answer of submission 1 cannot be read",
        ),
        (
            "UPDATE unit SET assignment_id = 77 WHERE id = 3",
            "unit 3",
            "Unit 3 belongs to assignment 77, which is gone.",
        ),
        ("DELETE FROM agent", "unit 1", "Unit 1 belongs to agent 1, which is gone."),
        ("DELETE FROM unit WHERE id = 1", "agent 1", "Agent 1 belongs to unit 1, which is gone."),
        (
            "UPDATE unit SET pending = NULL",
            "vendor_action 1",
            "Action 1 is open, but unit 1 does not wait for it.",
        ),
        ("UPDATE unit SET pending = 'reject' WHERE id = 1", "unit 1", "but the open decision is approve"),
        ("UPDATE unit SET pending = 'reject' WHERE id = 2", "unit 2", "but no decision on it is open"),
        ("UPDATE journal SET who = 'x' WHERE id = 2", "journal 2", "Journal row 2 was changed"),
        (
            "UPDATE task_run SET folder = 'runs/2'",
            "runs/2",
            "The files of run 1 are gone: runs/2 is missing.",
        ),
    ],
)
def test_what_is_wrong_is_named(healthy: Any, statement: str, place: str, words: str) -> None:
    found = _spoil(healthy.db, statement)
    assert any(f.place == place and words in f.sentence and f.severity == "error" for f in found), found


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE run_total SET units = units + 1 WHERE status = 'launched'", "kept as units 3, pay_minor 20"),
        ("DELETE FROM run_total", "kept as units 0"),
        ("UPDATE action_total SET amount_minor = 0", "kept as actions 1, amount_minor 0"),
        (
            "INSERT INTO agent_total (id, task_run_id, status, agents) VALUES (9, 9, 'expired', 4)",
            "counted agents 0",
        ),
        (
            "UPDATE worker SET units = 5, accepted = 1",
            "The counts of worker 1 are kept as units 5, accepted 1, counted units 1, accepted 0.",
        ),
    ],
)
def test_wrong_totals_are_found_and_mended(healthy: Any, statement: str, words: str) -> None:
    found = _spoil(healthy.db, statement)
    assert {f.severity for f in found} == {"warning"}
    assert any(words in f.sentence for f in found), found
    assert doctor.mend(healthy.db) == [f.sentence for f in found]
    assert doctor.check(healthy.db) == []
    assert doctor.mend(healthy.db) == []
    with healthy.db.read() as conn:
        assert RUNS.rows(conn, [1])[0].units == {"launched": 2, "completed": 1}
        assert WORKERS.rows(conn, [1])[0].units == 1


def test_many_rows_of_one_kind_are_cut(any_world: Any) -> None:
    run = any_world.run(any_world.requester())
    any_world.units(run, 1, items=30)
    found = _spoil(any_world.db, "UPDATE unit SET status = 'lost'")
    assert sum("has the status 'lost'" in f.sentence for f in found) == 20


def test_an_empty_workspace_is_well(any_db: Database) -> None:
    assert doctor.check(any_db) == []
