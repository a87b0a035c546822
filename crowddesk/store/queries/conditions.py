"""Conditions that several nouns share: comparing, looking for text, money, and names turned into ids."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from crowddesk.domain import currency_digits, now
from crowddesk.store import tables as t
from crowddesk.store.queries.listing import Filter, equals
from crowddesk.store.search import OVERDUE, Span, Term

UNIT: sa.Table = t.Unit.__table__  # type: ignore[attr-defined]
RUN: sa.Table = t.TaskRun.__table__  # type: ignore[attr-defined]
TASK: sa.Table = t.Task.__table__  # type: ignore[attr-defined]
REQUESTER: sa.Table = t.Requester.__table__  # type: ignore[attr-defined]
ASSIGNMENT: sa.Table = t.Assignment.__table__  # type: ignore[attr-defined]
SUBMISSION: sa.Table = t.Submission.__table__  # type: ignore[attr-defined]
AGENT: sa.Table = t.Agent.__table__  # type: ignore[attr-defined]
WORKER: sa.Table = t.Worker.__table__  # type: ignore[attr-defined]
ACTION: sa.Table = t.VendorAction.__table__  # type: ignore[attr-defined]
BLOCK: sa.Table = t.Block.__table__  # type: ignore[attr-defined]
QUALIFICATION: sa.Table = t.Qualification.__table__  # type: ignore[attr-defined]
GRANTED: sa.Table = t.GrantedQualification.__table__  # type: ignore[attr-defined]
RUN_TOTAL: sa.Table = t.RunTotal.__table__  # type: ignore[attr-defined]
ACTION_TOTAL: sa.Table = t.ActionTotal.__table__  # type: ignore[attr-defined]
AGENT_TOTAL: sa.Table = t.AgentTotal.__table__  # type: ignore[attr-defined]
APPEAL: sa.Table = t.Appeal.__table__  # type: ignore[attr-defined]
IDENTITY: sa.Table = t.Identity.__table__  # type: ignore[attr-defined]
NOTE: sa.Table = t.Note.__table__  # type: ignore[attr-defined]
TAG: sa.Table = t.Tag.__table__  # type: ignore[attr-defined]

#: A thousand years, in seconds: no deadline is farther away.
_FAR = 1_000 * 366 * 86_400.0
#: More ids than this stay a subquery.
_MANY = 1_000


def compared(column: Any, op: str, value: Any) -> ColumnElement[bool]:
    """`column op value`."""
    found: ColumnElement[bool] = {
        "=": column == value,
        "<": column < value,
        "<=": column <= value,
        ">": column > value,
        ">=": column >= value,
    }[op]
    return found


def number(column: Any, term: Term, *, leads: bool = False) -> Filter:
    """A whole number compared."""
    if term.op == "=":
        return equals(column, term.values, leads=leads)
    return Filter(lambda wrap: compared(wrap(column), term.op, term.values[0]), leads, column)


def duration(column: Any, term: Term, *, leads: bool = False, with_run: bool = False) -> Filter:
    """Seconds compared; "equal" is to within half a second."""

    def clause(wrap: Any) -> ColumnElement[bool]:
        held = wrap(column)
        if term.op != "=":
            return compared(held, term.op, term.values[0])
        return sa.or_(*(sa.and_(held >= v - 0.5, held < v + 0.5) for v in term.values))  # type: ignore[operator]

    return Filter(clause, leads, column, with_run=with_run)


def time(column: Any, term: Term, *, leads: bool = False, with_run: bool = False) -> Filter:
    """A time compared with a day or a minute, whole: `>` is after its end."""

    def clause(wrap: Any) -> ColumnElement[bool]:
        held = wrap(column)
        spans = [v for v in term.values if isinstance(v, Span)]
        edge: dict[str, tuple[str, datetime]] = {
            "<": ("<", spans[0].start),
            "<=": ("<", spans[0].end),
            ">": (">=", spans[0].end),
            ">=": (">=", spans[0].start),
        }
        if term.op in edge:
            return compared(held, *edge[term.op])
        return sa.or_(*(sa.and_(held >= span.start, held < span.end) for span in spans))

    return Filter(clause, leads, column, with_run=with_run)


def due(column: Any, term: Term, *, leads: bool = False, with_run: bool = False) -> Filter:
    """A time to come, by how far it is away in seconds, or passed; "equal" is within that time from now."""
    at = now()

    def clause(wrap: Any) -> ColumnElement[bool]:
        held = wrap(column)
        op = "<=" if term.op == "=" else term.op
        return sa.or_(
            *(
                held < at
                if value == OVERDUE
                else compared(held, op, at + timedelta(seconds=min(float(value), _FAR)))  # type: ignore[arg-type]
                for value in term.values
            )
        )

    return Filter(clause, leads, column, with_run=with_run)


def named(column: Any, values: Sequence[Any]) -> ColumnElement[bool]:
    """A name is one of these, exactly; a `*` stands for anything, and then capitals do not matter."""
    exact = [v for v in values if "*" not in v]
    parts = [column.in_(exact)] if exact else []
    for value in values:
        if "*" in value:
            pattern = "%".join(_escaped(piece) for piece in value.split("*"))
            parts.append(column.ilike(pattern, escape="!"))
    return sa.or_(*parts)


def contains(conn: Connection, column: Any, word: str, *, is_json: bool = False) -> ColumnElement[bool]:
    """A text holds a word; capitals do not matter (on SQLite: those of ASCII)."""
    forms = [word]
    if is_json:
        forms = list(dict.fromkeys([json.dumps(word, ensure_ascii=False)[1:-1], json.dumps(word)[1:-1]]))
    like = column.like if conn.dialect.name == "sqlite" else column.ilike
    return sa.or_(*(like(f"%{_escaped(form)}%", escape="!") for form in forms))


def ids_of(conn: Connection, column: Any, condition: ColumnElement[bool]) -> list[int]:
    """The ids that a small table gives for a condition, asked now, so that the planner sees values."""
    return list(conn.execute(sa.select(column).where(condition)).scalars())


def linked(
    conn: Connection, column: Any, key: Any, condition: ColumnElement[bool], *, with_run: bool = False
) -> Filter:
    """`column` is the `key` of a row of another table for which `condition` holds.

    Few such rows are looked up now, so that an index on `column` can lead.
    """
    query = sa.select(key).where(condition)
    found = list(conn.execute(query.limit(_MANY + 1)).scalars())
    if len(found) <= _MANY:
        return equals(column, found, with_run=with_run)
    return Filter(lambda wrap: wrap(column).in_(query))


def of_money(conn: Connection, minor: Any, currency: Any, term: Term) -> ColumnElement[bool]:
    """An amount in major units compared with minor units, in whatever currencies there are."""
    parts = []
    for code in conn.execute(sa.select(REQUESTER.c.currency).distinct()).scalars():
        for value in term.values:
            assert isinstance(value, Decimal)
            exact = value.scaleb(currency_digits(code))
            # A bound finer than the smallest coin: below it is up to the coin under it.
            whole = int(exact.to_integral_value(ROUND_CEILING if term.op in ("<", ">=") else ROUND_FLOOR))
            if term.op != "=" or whole == exact:
                parts.append(sa.and_(currency == code, compared(minor, term.op, whole)))
    return sa.or_(sa.false(), *parts)


def runs_of(conn: Connection, term: Term) -> list[int]:
    """The runs that a term about the run's account or reward means."""
    if term.field == "reward":
        return ids_of(conn, RUN.c.id, of_money(conn, RUN.c.reward_minor, RUN.c.currency, term))
    query = sa.select(RUN.c.id).join(REQUESTER, REQUESTER.c.id == RUN.c.requester_id)
    return list(conn.execute(query.where(named(REQUESTER.c.requester_name, term.values))).scalars())


def _escaped(text: str) -> str:
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def tagged(noun: str, key: Any, values: Sequence[Any]) -> Filter:
    """Rows of a noun that have one of these tags; a `*` stands for anything."""
    words = [" ".join(str(value).split()).lower() for value in values]
    rows = sa.select(TAG.c.row_id).where(TAG.c.noun == noun, named(TAG.c.word, words))
    return Filter(lambda wrap: wrap(key).in_(rows), True, key)


def noted(conn: Connection, noun: str, key: Any, values: Sequence[Any]) -> Filter:
    """Rows of a noun with a note that holds one of these words; `*` alone is any note."""
    said = [contains(conn, NOTE.c.text, word) for word in map(str, values) if word != "*"]
    any_note = [NOTE.c.text != ""] if "*" in values else []
    rows = sa.select(NOTE.c.row_id).where(NOTE.c.noun == noun, sa.or_(*said, *any_note))
    return Filter(lambda wrap: wrap(key).in_(rows), True, key)


def of_identity(values: Sequence[Any]) -> sa.Select[Any]:
    """Ids of the workers of people by their label or number; `*` is everybody who has several accounts."""
    numbers = [int(v) for v in values if str(v).isascii() and str(v).isdigit() and len(str(v)) < 19]
    labels = sa.select(IDENTITY.c.id).where(named(IDENTITY.c.label, values))
    mine = sa.or_(WORKER.c.identity_id.in_(labels), WORKER.c.identity_id.in_(numbers))
    return sa.select(WORKER.c.id).where(WORKER.c.identity_id.is_not(None), mine)
