"""What a vendor refused waits on Home until somebody decides again or the run is taken."""

from __future__ import annotations

from crowddesk.domain import ActionKind
from crowddesk.operations import decisions, launch
from crowddesk.store.queries import needs
from tests.operations.conftest import Bench


def test_a_refused_decision_waits_until_it_is_made_again(bench: Bench) -> None:
    run = bench.completed(5)
    first, second = (unit.id for unit in bench.units(run)[:2])
    bench.vendor.inject("refuse", ActionKind.APPROVE, str(first))
    decisions.decide(bench.db, ActionKind.APPROVE, [first, second])
    decisions.send(bench.db)
    bench.work_all()
    with bench.db.read() as conn:
        found = needs(conn)
    assert [(row.id, count) for row, count in found.refused_decisions] == [(run, 1)]
    assert found.waiting == 1
    again = decisions.decide(bench.db, ActionKind.APPROVE, [first])
    with bench.db.read() as conn:
        assert needs(conn).refused_decisions == []
    decisions.undo(bench.db, again.action_ids)
    with bench.db.read() as conn:
        assert [count for _, count in needs(conn).refused_decisions] == [1]


def test_a_run_that_was_not_taken_waits_until_it_is_asked_for_again(bench: Bench) -> None:
    bench.vendor.inject("refuse", ActionKind.SET_UP)
    run = launch.create_run(bench.db, bench.config(3))
    bench.work_until(lambda: "refused" in bench.states())
    with bench.db.read() as conn:
        assert [row.id for row in needs(conn).refused_set_ups] == [run]
    launch.resume(bench.db, run)
    with bench.db.read() as conn:
        assert needs(conn).refused_set_ups == []
