"""What is foreseen of a vendor's changes is what storing them does, whatever happened before."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crowddesk.domain import AgentStatus, AssignmentState, StatusChange
from crowddesk.store import arrivals, comparing, ledger, stays
from crowddesk.store.ledger import NewAction

_sequence = itertools.count()
_CHANGES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from("abcd"),
        st.sampled_from([None, *(s for s in AgentStatus.ALL if s != AgentStatus.NONE)]),
        st.sampled_from([None, None, None, *AssignmentState.valid_unit()]),
        st.booleans(),
    ),
    max_size=5,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_CHANGES, pending=st.sets(st.integers(0, 2)), then=_CHANGES)
def test_foreseen_is_what_comes(world: Any, before: list[Any], pending: set[int], then: list[Any]) -> None:
    requester = world.requester(f"account {next(_sequence)}")
    run = world.run(requester)
    units = world.units(run, requester, items=3)

    def told(said: list[Any]) -> list[StatusChange]:
        changes = [
            StatusChange(
                str(units[n]), ref, ref, agent, unit, payload=f"{n}{ref}", answer={} if sent else None
            )
            for n, ref, agent, unit, sent in said
        ]
        with world.db.read() as conn:
            good, _ = arrivals.readable(conn, run, changes)
        return good

    first = told(before)
    with world.db.write() as w:
        arrivals.apply(w, run, first)
        new = [
            NewAction(requester, "approve", "unit", units[n], "USD", task_run_id=run, unit_id=units[n])
            for n in pending
        ]
        ledger.stage(w, new)
    second = told(then)
    with world.db.read() as conn:
        foreseen = arrivals.foresee(conn, run, second)
        agents_before = stays.of_run(conn, run)
        units_before = comparing.local_units(conn, units)
    with world.db.write() as w:
        arrivals.apply(w, run, second)
    with world.db.read() as conn:
        agents = stays.of_run(conn, run)
        after = comparing.local_units(conn, units)

    assert [f.change for f in foreseen] == second
    last = {f.change.unit_id: f for f in foreseen}
    for unit_id, f in last.items():
        assert f.unit == (units_before[int(unit_id)].status, after[int(unit_id)].status)
    for f in foreseen:
        ref = f.change.ref
        known = agents_before.get(ref)
        if f.agent is not None:
            assert f.agent_id == (None if known is None else int(known.agent_id))
            assert f.agent == (known.agent_status if known else AgentStatus.NONE, agents[ref].agent_status)
            assert f.holds == (after[int(f.change.unit_id)].agent_id == int(agents[ref].agent_id))
        else:
            assert f.change.agent_status is None
    assert agents.keys() == agents_before.keys() | {f.change.ref for f in foreseen if f.agent is not None}
