"""The lists of runs, workers, actions, requesters and qualifications: their rows, sums and searches."""

from __future__ import annotations

from typing import Any

import pytest

from crowddesk.domain import AssignmentState
from crowddesk.store import changes
from crowddesk.store import tables as t
from crowddesk.store.queries import (
    ACTIONS,
    QUALIFICATIONS,
    REQUESTERS,
    RUNS,
    WORKERS,
    Scope,
    Sort,
    staged_rejections,
    staged_summary,
    total_spend,
)
from tests.store.conftest import START


@pytest.fixture
def filled(any_world: Any) -> Any:
    """Two accounts, two runs, one unit in each status, actions of several kinds and states."""
    w = any_world
    practice, other = w.requester(), w.requester("team", currency="EUR", provider="inhouse")
    run = w.run(practice, "Does it follow?", budget_minor=500)
    w.run(other, "Zebra", currency="EUR", state="draft", reward_minor=99)
    units = w.units(run, practice, items=len(AssignmentState.valid_unit()))
    one, two = w.workers("A1", "A2")
    with w.db.write() as write:
        moves = {u: ("launched", s) for u, s in zip(units, AssignmentState.valid_unit(), strict=True)}
        columns = {u: {"worker_id": one} for u in units}
        changes.set_unit_statuses(write, moves, columns)
        qualification = write.insert(
            t.Qualification,
            [{"qualification_name": "careful", "description": "Reads twice", "created_at": START}],
        )[0]
        grant = {"worker_id": one, "qualification_id": qualification, "value": 3, "granted_at": START}
        write.insert(t.GrantedQualification, [grant])
        block = {"worker_id": two, "requester_id": practice, "reason": "Spam", "created_at": START}
        write.insert(t.Block, [block])
    w.action(practice, "approve", unit_id=units[3], task_run_id=run, worker_id=one)
    w.action(practice, "reject", unit_id=units[4], task_run_id=run, worker_id=one, reason="Random answers.")
    w.action(practice, "bonus", state="done", task_run_id=run, worker_id=one, amount_minor=50, fee_minor=10)
    w.action(
        practice, "bonus", state="needs_you", task_run_id=run, worker_id=one, amount_minor=7, fee_minor=1
    )
    w.action(other, "block", state="refused", worker_id=two, amount_minor=0, fee_minor=0, currency="EUR")
    return w


def _ids(
    db: Any, listing: Any, text: str = "", scope: Scope | None = None, sort: Sort | None = None
) -> list[int]:
    with db.read() as conn:
        search, scope = listing.parse(text), scope or Scope()
        found = [row.id for row in listing.iterate(conn, search, scope, sort)]
        assert listing.count(conn, search, scope) == len(found)
        return found


def test_a_run_knows_its_money_by_what_it_means(filled: Any) -> None:
    with filled.db.read() as conn:
        row = RUNS.rows(conn, [1])[0]
        assert total_spend(conn, 1) == 5 * 12
        assert total_spend(conn, 2) == 0
        assert total_spend(conn, 99) == 0
    assert (row.title, row.requester_name, row.budget_minor, row.currency) == (
        "Does it follow?",
        "practice",
        500,
        "USD",
    )
    assert row.units == dict.fromkeys(AssignmentState.valid_unit(), 1)
    assert row.total_spend_minor == 5 * 12  # launched, assigned, completed, accepted, soft rejected
    assert (row.accepted_minor, row.reserved_minor) == (24, 36)
    assert (row.bonus_minor, row.bonus_open_minor) == (60, 8)
    assert (row.staged_actions, row.staged_minor, row.needs_you) == (2, 24, 1)


def test_runs_come_newest_first_and_are_found(filled: Any) -> None:
    assert _ids(filled.db, RUNS) == [2, 1]
    assert _ids(filled.db, RUNS, sort=Sort("title")) == [1, 2]
    for text, expected in {
        "state:draft": [2], "-status:draft": [1], "follow": [1], '"task 0"': [1], "run:>1": [2],
            "reward:0.99": [2],
        "reward:<0.5": [1], "requester:team": [2], "provider:mock": [2, 1], "created:2026-11-02": [2, 1],
        "created:>2026-11-02": [],
    }.items():  # fmt: skip
        assert _ids(filled.db, RUNS, text) == expected, text
    assert _ids(filled.db, RUNS, scope=Scope(requester_id=1)) == [1]


def test_workers_show_what_is_known_of_them(filled: Any) -> None:
    with filled.db.read() as conn:
        one, two = WORKERS.rows(conn, [1, 2])
    assert (one.units, one.completed, one.accepted, one.soft_rejected, one.rejected) == (8, 1, 1, 1, 1)
    assert (one.qualifications, one.bonuses, one.blocked) == ((("careful", 3),), (("USD", 50),), False)
    assert (two.qualifications, two.bonuses, two.blocked, two.last_seen_at) == ((), (), True, None)
    for text, expected in {
        "worker:A1": [1], "worker:a*": [1, 2], "-worker:A1": [2], "blocked:yes": [2], "-blocked:yes": [1],
        "qualification:careful": [1], "-qualification:careful": [2], "units:>7": [1], "completed:0": [2],
        "rejected:1": [1], "run:1": [1], "run:2": [], "provider:x": [], "a2": [2], "seen:>2026-01-01": [1],
    }.items():  # fmt: skip
        assert _ids(filled.db, WORKERS, text) == expected, text
    assert _ids(filled.db, WORKERS, scope=Scope(run_id=1)) == [1]
    assert _ids(filled.db, WORKERS, scope=Scope(requester_id=2)) == []
    assert _ids(filled.db, WORKERS, sort=Sort("seen", True)) == [1, 2]


def test_actions_come_newest_first_and_are_found(filled: Any) -> None:
    assert _ids(filled.db, ACTIONS) == [5, 4, 3, 2, 1]
    for text, expected in {
        "state:staged": [2, 1], "-state:staged": [5, 4, 3], "status:needs_you": [4], "kind:bonus": [4, 3],
        "-kind:bonus,block": [2, 1], "worker:A2": [5], "unit:4": [1], "run:1": [4, 3, 2, 1],
            "action:>3": [5, 4],
        "requester:team": [5], "provider:mock": [4, 3, 2, 1], "amount:0.5": [3], "amount:<0.1": [5, 4],
        "random": [2], "A2": [5], "created:2026-11-02": [5, 4, 3, 2, 1], "kind:bonus state:done": [3],
    }.items():  # fmt: skip
        assert _ids(filled.db, ACTIONS, text) == expected, text
    for scope, expected in {
        Scope(run_id=1): [4, 3, 2, 1], Scope(requester_id=2): [5], Scope(worker_id=1): [4, 3, 2, 1],
        Scope(unit_id=5): [2],
    }.items():  # fmt: skip
        assert _ids(filled.db, ACTIONS, scope=scope) == expected, scope
    assert _ids(filled.db, ACTIONS, "state:staged", Scope(run_id=1), Sort("kind")) == [1, 2]
    with filled.db.read() as conn:
        row = ACTIONS.rows(conn, [2])[0]
    assert (row.kind, row.reason, row.worker_name, row.run_title) == (
        "reject",
        "Random answers.",
        "A1",
        "Does it follow?",
    )
    assert (row.target_type, row.target_id, row.amount_minor, row.fee_minor) == ("unit", 5, 10, 2)


def test_requesters_show_what_is_open(filled: Any) -> None:
    with filled.db.read() as conn:
        first, second = REQUESTERS.first(conn)
    assert (first.runs, first.total_spend_minor, first.open_actions) == (1, 60, 3)
    assert (first.staged_actions, first.staged_minor, first.sandbox, first.registered) == (2, 24, True, True)
    assert (second.requester_name, second.open_actions, second.currency) == ("team", 0, "EUR")
    assert _ids(filled.db, REQUESTERS, "provider:inhouse") == [2]
    assert _ids(filled.db, REQUESTERS, "requester:practice") == [1]
    assert _ids(filled.db, REQUESTERS, "ractic") == [1]


def test_qualifications(filled: Any) -> None:
    with filled.db.read() as conn:
        (row,) = QUALIFICATIONS.first(conn)
    assert (row.qualification_name, row.granted) == ("careful", 1)
    assert _ids(filled.db, QUALIFICATIONS, "qualification:careful") == [1]
    assert _ids(filled.db, QUALIFICATIONS, "twice") == [1]
    assert _ids(filled.db, QUALIFICATIONS, "nothing") == []


def test_what_is_staged_is_summed_by_account_and_kind(filled: Any) -> None:
    with filled.db.read() as conn:
        lines = staged_summary(conn)
        assert [(s.requester_name, s.kind, s.actions, s.amount_minor, s.fee_minor) for s in lines] == [
            ("practice", "approve", 1, 10, 2),
            ("practice", "reject", 1, 10, 2),
        ]
        assert staged_rejections(conn) == [("A1", 1)]
        assert staged_rejections(conn, requester_id=2) == []
