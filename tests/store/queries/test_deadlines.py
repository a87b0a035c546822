"""When a vendor decides by itself: searched for, sorted by, counted for Home, and gone once it is decided."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.domain import BadInput, StatusChange, now
from crowddesk.store import arrivals, changes
from crowddesk.store import tables as t
from crowddesk.store.database import Database
from crowddesk.store.queries import UNITS, Scope, Sort, deadlines
from crowddesk.store.search import parse

UNIT = t.Unit.__table__.c  # type: ignore[attr-defined]


@pytest.fixture
def db(any_db: Database) -> Database:
    """On both databases."""
    return any_db


@pytest.fixture
def runs(db: Database, any_world: Any) -> tuple[int, int]:
    """Two runs of ten units; of the first, five are answered and due in -2, -1, 1, 2 and 9 days."""
    account = any_world.requester()
    first, second = any_world.run(account), any_world.run(account)
    for run in (first, second):
        any_world.units(run, account, items=10)
    answer(db, first, dict(enumerate((-2, -1, 1, 2, 9))))
    answer(db, second, {0: 5})
    return first, second


def answer(db: Database, run: int, days: dict[int, float]) -> None:
    with db.write() as w:
        query = sa.select(UNIT.id).where(UNIT.task_run_id == run).order_by(UNIT.id)
        units = list(w.conn.execute(query).scalars())
        said = [
            StatusChange(
                str(units[n]), f"{run}-{n}", f"w{n}", "completed", answer={}, payload=str(n),
                decide_by=now() + timedelta(days=away),
            )
            for n, away in days.items()
        ]  # fmt: skip
        arrivals.apply(w, run, said)


def found(db: Database, where: str, **scope: Any) -> list[int]:
    with db.read() as conn:
        return UNITS.page_ids(conn, UNITS.parse(where), Scope(**scope), Sort("due"))


def test_what_is_due_within_a_time_or_overdue_is_found_the_soonest_first(
    db: Database, runs: tuple[int, int]
) -> None:
    first, second = runs
    units = found(db, "", run_id=first)[:5]
    other = found(db, "", run_id=second)[0]
    assert found(db, "due:overdue") == units[:2]
    assert found(db, "due:<36h") == found(db, "due:36h") == units[:3]
    assert found(db, "due:<7d") == [*units[:4], other]
    assert found(db, "due:<7d", run_id=first) == units[:4]
    assert found(db, "due:>7d") == [units[4]]
    assert found(db, "due:overdue,3d") == units[:4]
    assert len(found(db, "-due:<7d")) == 15
    assert found(db, "due:>99999999d") == []
    with db.read() as conn:
        assert UNITS.count(conn, UNITS.parse("due:<7d")) == 5
        (row,) = UNITS.rows(conn, [other])
    assert row.decide_by is not None
    assert timedelta(days=4) < row.decide_by - now() < timedelta(days=5)


def test_units_with_a_deadline_come_first_both_ways_round(db: Database, runs: tuple[int, int]) -> None:
    first, _ = runs
    with db.read() as conn:
        up = UNITS.page_ids(conn, scope=Scope(run_id=first), sort=Sort("due"))
        down = UNITS.page_ids(conn, scope=Scope(run_id=first), sort=Sort("due", True))
        whole = list(UNITS.ids(conn, sort=Sort("due")))
    assert down[:5] == up[:5][::-1]
    assert sorted(up) == sorted(down)
    assert len(up) == 10
    assert len(whole) == 20
    assert set(whole[:6]) > set(up[:5])


def test_the_order_is_walked_by_an_index_of_the_few_that_have_one(
    db: Database, runs: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not db.is_sqlite:
        pytest.skip("the plan is SQLite's")
    with db.read() as conn:
        few = ((Scope(), "ix_unit_decide_by"), (Scope(run_id=runs[0]), "ix_unit_run_decide_by"))
        monkeypatch.setattr("crowddesk.store.queries.listing.FEW", 0)  # as where a run has a million units
        for scope, index in few:
            (query, _) = UNITS._segments(conn, UNITS.parse("kind:standard"), scope, Sort("due"))
            text = query.compile(conn, compile_kwargs={"literal_binds": True})
            plan = " ".join(row[3] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}"))
            assert f"USING INDEX {index} " in plan.replace("COVERING ", ""), plan


@pytest.mark.parametrize("status", ["accepted", "rejected", "soft_rejected", "expired"])
def test_what_is_decided_has_no_deadline_any_more(db: Database, runs: tuple[int, int], status: str) -> None:
    unit = found(db, "due:overdue")[0]
    with db.write() as w:
        changes.set_unit_statuses(w, {unit: ("completed", status)})
    assert unit not in found(db, "due:<99d")
    with db.write() as w:  # nor does it get one by a late word
        change = StatusChange(str(unit), f"{runs[0]}-0", "w0", "completed", decide_by=now())
        arrivals.apply(w, runs[0], [change])
    assert unit not in found(db, "due:<99d")


def test_home_is_told_how_much_is_near_run_by_run(db: Database, runs: tuple[int, int]) -> None:
    first, second = runs
    with db.read() as conn:
        near = deadlines(conn, timedelta(days=7))
        far = deadlines(conn, timedelta(days=30))
        none = deadlines(conn, timedelta(days=-30))
    assert [(r.run_id, r.units) for r in near.runs] == [(first, 4), (second, 1)]
    assert (near.units, near.overdue, near.undecided) == (5, 2, 6)
    assert near.soonest == near.runs[0].soonest < now() - timedelta(days=1)
    assert far.units == 6
    assert (none.runs, none.soonest, none.undecided) == ((), None, 6)


def test_what_is_being_decided_is_no_longer_near(db: Database, runs: tuple[int, int]) -> None:
    unit = found(db, "due:overdue")[0]
    with db.write() as w:
        w.update(t.Unit, [unit], pending="approve")
    with db.read() as conn:
        assert deadlines(conn, timedelta(days=7)).overdue == 1


@pytest.mark.parametrize("text", ["due:soon", "due:<overdue", "due:", "due:<1w", "due:<1d,2d"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadInput):
        parse(text, "units")


@pytest.mark.parametrize("text", ["due:<259200s", "due:overdue", "-due:>=3600s"])
def test_a_search_reads_back_as_it_is_written(text: str) -> None:
    written = str(parse(text, "units"))
    assert parse(written, "units") == parse(text, "units")
    assert str(parse(written, "units")) == written
