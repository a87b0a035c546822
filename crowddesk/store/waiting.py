"""What somebody who waits for work to end asks, again and again: the states of actions, and what is open."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import ActionKind, ActionState
from crowddesk.store import tables as t
from crowddesk.store.transaction import chunks

_action = t.VendorAction.__table__.c  # type: ignore[attr-defined]

#: Kinds that belong to a run's own life; the others are decisions of a person.
_OF_RUNS = (
    ActionKind.SET_UP, ActionKind.CLEAN_UP, ActionKind.LAUNCH, ActionKind.EXPIRE, ActionKind.PAUSE,
    ActionKind.RESUME,
)  # fmt: skip
_SENT = (ActionState.QUEUED, ActionState.SENDING, ActionState.UNKNOWN, ActionState.NEEDS_YOU)


def action_states(conn: Connection, ids: Sequence[int]) -> dict[int, str]:
    """The states of these actions, by id."""
    found: dict[int, str] = {}
    for part in chunks(ids):
        query = sa.select(_action.id, _action.state).where(_action.id.in_(part))
        found |= {row.id: row.state for row in conn.execute(query)}
    return found


def decisions_on_their_way(conn: Connection, run_id: int | None = None) -> list[int]:
    """Decisions that were released and have not ended, and those that wait for a person; oldest first."""
    query = (
        sa.select(_action.id)
        .where(_action.state.in_(_SENT), _action.kind.not_in(_OF_RUNS))
        .order_by(_action.id)
    )
    if run_id is not None:
        query = query.where(_action.task_run_id == run_id)
    return list(conn.execute(query).scalars())


def accounts_with_work(conn: Connection, ids: Sequence[int]) -> list[int]:
    """The requesters whose lanes perform these actions."""
    found: set[int] = set()
    for part in chunks(ids):
        query = sa.select(_action.requester_id).where(_action.id.in_(part)).distinct()
        found |= set(conn.execute(query).scalars())
    return sorted(found)


def last_outcome(conn: Connection, run_id: int, kinds: Sequence[str], states: Sequence[str]) -> str:
    """What the vendor said of a run's newest action of these kinds in these states; empty: nothing."""
    query = (
        sa.select(_action.outcome)
        .where(_action.task_run_id == run_id, _action.kind.in_(kinds), _action.state.in_(states))
        .order_by(sa.desc(_action.id))
        .limit(1)
    )
    return conn.execute(query).scalar() or ""
