"""The list of units against the same questions asked in Python, by both ways to lead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from crowddesk.domain import BadInput
from crowddesk.store import changes
from crowddesk.store.database import Database
from crowddesk.store.queries import UNITS, Cursor, Scope, Sort, UnitRow, listing, units

_DAY = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture(params=["few rows lead", "the order leads"], autouse=True)
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small tables would never walk an ordered index: each test runs as if they were large, too."""
    if request.param == "the order leads":
        monkeypatch.setattr(listing, "FEW", -1)
        monkeypatch.setattr(units, "FEW", -1)


@pytest.fixture
def filled(any_world: Any) -> Any:
    """Two accounts, three runs, 36 units in every status, ties, gaps and odd texts."""
    w = any_world
    practice, other = w.requester(), w.requester("ünder_score%", currency="JPY", provider="elsewhere")
    first = w.run(practice, "First", reward_minor=10)
    second = w.run(practice, "Second", reward_minor=25)
    third = w.run(other, "Third", currency="JPY", reward_minor=40, provider_type="elsewhere")
    people = w.workers("A1", "A10", "b_2", "Zoë")
    ids = w.units(
        first, practice, items=8, each=2, data=lambda k: {"text": f"Item {k}: 50% of Größe", "n": k}
    )
    ids += w.units(first, practice, items=2, index=-2)
    ids += w.units(second, practice, items=10, pay=25, fee=5)
    ids += w.units(third, other, items=8, currency="JPY", pay=40)
    for k, unit in enumerate(ids[:28]):
        if k % 7 == 6:
            continue
        run = first if k < 18 else second
        seconds = None if k % 9 == 5 else float(k % 4) * 10 + 0.25
        w.answer(unit, people[k % 4], seconds=seconds, minutes=(k % 5) * 400, run=run,
                 answer={"label": "ja" if k % 3 else "nö", "note": 'say "x"'})  # fmt: skip
    w.assign(ids[6], people[0], run=first)
    with w.db.write() as open_write:
        moves = {
            unit: ("completed", ("accepted", "soft_rejected", "rejected")[k % 3])
            for k, unit in enumerate(ids[:12:2])
        }
        moves.pop(ids[6], None)
        changes.set_unit_statuses(open_write, moves)
        changes.set_unit_statuses(open_write, {ids[-1]: ("launched", "expired")})
    w.action(practice, "approve", unit_id=ids[1], task_run_id=first)
    w.action(practice, "reject", unit_id=ids[3], task_run_id=first)
    return w


def _has(*texts: str) -> Callable[[UnitRow], bool]:
    return lambda u: any(
        text.lower() in (u.data + (u.answer or "") + (u.worker_name or "")).lower() for text in texts
    )


_CASES: list[tuple[str, Callable[[UnitRow], bool]]] = [
    ("", lambda u: True),
    ("status:completed", lambda u: u.status == "completed"),
    ("status:completed,accepted", lambda u: u.status in ("completed", "accepted")),
    ("-status:completed", lambda u: u.status != "completed"),
    ("status:expired", lambda u: u.status == "expired"),
    ("status:created", lambda u: False),
    ("agent:completed", lambda u: u.agent_status == "completed"),
    ('agent:"in task"', lambda u: u.agent_status == "in task"),
    ("-agent:completed", lambda u: u.agent_status != "completed"),
    ("vendor:Submitted", lambda u: u.vendor_status == "Submitted"),
    ("-vendor:Submitted", lambda u: u.vendor_status != "Submitted"),
    ("data:in", lambda u: u.dataset_status == "in"),
    ("data:out,in", lambda u: u.dataset_status in ("out", "in")),
    ("-data:undecided", lambda u: u.dataset_status != "undecided"),
    ("worker:A1", lambda u: u.worker_name == "A1"),
    ("worker:A1,b_2", lambda u: u.worker_name in ("A1", "b_2")),
    ("worker:A1*", lambda u: u.worker_name in ("A1", "A10")),
    ("worker:?*", lambda u: False),
    ("worker:nobody", lambda u: False),
    ("-worker:A1", lambda u: u.worker_name != "A1"),
    ("worker:Zoë", lambda u: u.worker_name == "Zoë"),
    ("run:2", lambda u: u.task_run_id == 2),
    ("run:1,3", lambda u: u.task_run_id in (1, 3)),
    ("run:>=2", lambda u: u.task_run_id >= 2),
    ("-run:2", lambda u: u.task_run_id != 2),
    ("unit:7", lambda u: u.id == 7),
    ("unit:>30", lambda u: u.id > 30),
    ("unit:3,5,999", lambda u: u.id in (3, 5)),
    ("item:1", lambda u: u.item_key == "1"),
    ("item:1,2", lambda u: u.item_key in ("1", "2")),
    ("kind:gold", lambda u: u.unit_index == -2),
    ("kind:gold,standard", lambda u: True),
    ("-kind:gold", lambda u: u.unit_index != -2),
    ("kind:screening", lambda u: False),
    ("pending:approve", lambda u: u.pending == "approve"),
    ("pending:approve,reject", lambda u: u.pending is not None),
    ("pending:none", lambda u: u.pending is None),
    ("-pending:approve", lambda u: u.pending != "approve"),
    ("time:<10s", lambda u: u.seconds is not None and u.seconds < 10),
    ("time:>=20.25", lambda u: u.seconds is not None and u.seconds >= 20.25),
    ("time:10s", lambda u: u.seconds == 10.25),
    ("-time:<10s", lambda u: u.seconds is None or u.seconds >= 10),
    ("submitted:2026-11-02", lambda u: u.submitted_at is not None and u.submitted_at.date() == _DAY.date()),
    ("submitted:>2026-11-02", lambda u: u.submitted_at is not None and u.submitted_at.day > 2),
    ("submitted:<=2026-11-02T09:00", lambda u: u.submitted_at is not None and u.submitted_at.hour == 9),
    ("reward:0.10", lambda u: u.task_run_id == 1),
    ("reward:>0.105", lambda u: u.task_run_id in (2, 3)),
    ("reward:<=0.101", lambda u: u.task_run_id == 1),
    ("reward:>1", lambda u: u.task_run_id == 3),
    ('requester:"ünder_score%"', lambda u: u.requester_id == 2),
    ("requester:practice", lambda u: u.requester_id == 1),
    ("provider:elsewhere", lambda u: u.task_run_id == 3),
    ("Größe", _has("größe", "gr\\u00f6\\u00dfe")),
    ("50%", _has("50%")),
    ("50_", lambda u: False),
    ('"item 3"', _has("item 3")),
    ('"say ""x"""', _has('say \\"x\\"')),
    ("zoë", lambda u: u.worker_name == "Zoë"),
    ("-ja", lambda u: not _has('"ja"')(u)),
    ("worker:A1 status:completed", lambda u: u.worker_name == "A1" and u.status == "completed"),
    (
        "status:completed time:<20s run:1",
        lambda u: u.status == "completed" and (u.seconds or 99) < 20 and u.task_run_id == 1,
    ),
    (
        "-worker:A1 -status:launched kind:standard",
        lambda u: u.worker_name != "A1" and u.status != "launched" and u.unit_index >= 0,
    ),
]  # fmt: skip


def test_every_search_finds_what_python_finds(filled: Any) -> None:
    with filled.db.read() as conn:
        everything = list(UNITS.iterate(conn))
        assert [u.id for u in everything] == list(range(1, 37))
        for text, holds in _CASES:
            search = UNITS.parse(text)
            expected = [u.id for u in everything if holds(u)]
            for sort in (Sort("id"), Sort("seconds", True)):
                found = [u.id for u in UNITS.iterate(conn, search, sort=sort)]
                assert sorted(found) == expected, (text, sort)
            assert UNITS.count(conn, search) == len(expected), text
            for scope, inside in (
                (Scope(run_id=1), lambda u: u.task_run_id == 1),
                (Scope(requester_id=1), lambda u: u.requester_id == 1),
                (Scope(worker_id=2), lambda u: u.worker_id == 2),
                (Scope(run_id=1, worker_id=2), lambda u: u.task_run_id == 1 and u.worker_id == 2),
                (Scope(unit_id=4), lambda u: u.id == 4),
            ):
                within = [u.id for u in everything if u.id in expected and inside(u)]
                assert list(UNITS.ids(conn, search, scope)) == within, (text, scope)
                assert UNITS.count(conn, search, scope) == len(within), (text, scope)


def _sorted(rows: list[UnitRow], sort: Sort) -> list[int]:
    """The order in Python: rows without a value last, ties by id, all turned round when descending."""
    attribute = UNITS.sorts[sort.key].name
    values = [(getattr(row, attribute), row.id) for row in rows]
    have = sorted((pair for pair in values if pair[0] is not None), reverse=sort.descending)
    lack = sorted((r.id for r in rows if getattr(r, attribute) is None), reverse=sort.descending)
    return [i for _, i in have] + lack


def test_every_sort_pages_like_a_sorted_list(filled: Any) -> None:
    for text in ("", "status:completed,launched", "run:1", "worker:A1", "time:<20s"):
        _check_pages(filled.db, text)


def _check_pages(db: Database, text: str) -> None:
    with db.read() as conn:
        search = UNITS.parse(text)
        everything = list(UNITS.iterate(conn, search))
        for sort in (Sort(key, down) for key in UNITS.sorts for down in (False, True)):
            expected = _sorted(everything, sort)
            assert list(UNITS.ids(conn, search, sort=sort)) == expected, sort
            for offset in (0, 1, len(expected) // 2, len(expected) - 1, len(expected), 99):
                page = UNITS.first(conn, search, sort=sort, offset=max(0, offset), limit=5)
                assert [u.id for u in page] == expected[max(0, offset) :][:5], (sort, offset)
            assert [u.id for u in UNITS.tail(conn, search, sort=sort, limit=5)] == expected[-5:], sort
            assert [u.id for u in UNITS.tail(conn, search, sort=sort, limit=99)] == expected, sort
            got: list[int] = []
            page = UNITS.first(conn, search, sort=sort, limit=4)
            while page:
                got += [u.id for u in page]
                page = UNITS.after(conn, UNITS.cursor(page[-1], sort), search, sort=sort, limit=4)
            assert got == expected, sort


def test_a_page_goes_on_where_a_row_has_gone(filled: Any) -> None:
    with filled.db.read() as conn:
        assert [u.id for u in UNITS.after(conn, Cursor(None, 1000))] == []
        rest = UNITS.after(conn, Cursor(15.0, 0), sort=Sort("seconds"), limit=99)
        expected = _sorted(list(UNITS.iterate(conn)), Sort("seconds"))
        row = {u.id: u for u in UNITS.iterate(conn)}
        assert [u.id for u in rest] == [i for i in expected if row[i].seconds is None or row[i].seconds > 15]


def test_rows_keep_the_order_asked_and_leave_out_what_is_gone(filled: Any) -> None:
    with filled.db.read() as conn:
        assert [u.id for u in UNITS.rows(conn, [5, 999, 1, 3])] == [5, 1, 3]
        assert UNITS.rows(conn, []) == []
        assert len(UNITS.rows(conn, range(1, 5_000))) == 36


def test_a_row_says_everything_about_its_unit(filled: Any) -> None:
    with filled.db.read() as conn:
        row = UNITS.rows(conn, [2])[0]
    assert (row.run_title, row.item_key, row.unit_index, row.kind) == ("First", "0", 1, "standard")
    assert (row.status, row.vendor_status, row.pending) == ("completed", "Submitted", "approve")
    assert (row.worker_name, row.agent_status, row.sandbox) == ("A10", "completed", True)
    assert (row.pay_minor, row.fee_minor, row.currency) == (10, 2, "USD")
    assert row.input == {"text": "Item 0: 50% of Größe", "n": 0}
    assert row.output == {"label": "ja", "note": 'say "x"'}
    assert row.submitted_at is not None
    assert row.submitted_at.tzinfo is not None


def test_a_damaged_answer_is_named_when_it_is_read() -> None:
    row = UnitRow(*range(24), "not json")  # type: ignore[arg-type, call-arg]
    with pytest.raises(ValueError, match="Expecting value"):
        _ = row.output


def test_a_sort_that_is_not_offered_is_refused(filled: Any) -> None:
    with filled.db.read() as conn, pytest.raises(BadInput, match="sorted by 'pay': use id, status"):
        UNITS.first(conn, sort=Sort("pay"))


def test_long_lists_come_in_chunks(filled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "CHUNK", 5)
    with filled.db.read() as conn:
        assert [u.id for u in UNITS.iterate(conn, sort=Sort("id", True))] == list(range(36, 0, -1))
