"""Qualifications from a file: every row checked, all or nothing, the same file once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crowddesk.domain import BadInput
from crowddesk.operations import decisions
from crowddesk.operations.qualification_file import check_qualifications, record_qualifications
from crowddesk.store.queries import WORKERS, Scope

Bench = Any


@pytest.fixture
def names(bench: Bench) -> list[str]:
    """People of the practice crowd who have worked here."""
    run = bench.completed(12, "provider.people=6")
    with bench.db.read() as conn:
        return sorted(row.worker_name for row in WORKERS.iterate(conn, scope=Scope(run_id=run)))


def write(bench: Bench, *lines: str, name: str = "q.csv", head: str = "worker,qualification,value") -> Path:
    path: Path = bench.folder / name
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def held(bench: Bench, name: str) -> dict[str, int]:
    with bench.db.read() as conn:
        return dict(next(r for r in WORKERS.iterate(conn) if r.worker_name == name).qualifications)


def carry_out(bench: Bench) -> None:
    decisions.send(bench.db)
    bench.work_all()


def test_rows_are_granted_and_revoked_and_the_same_file_is_one(bench: Bench, names: list[str]) -> None:
    one, two, three = names[:3]
    path = write(bench, f"{one},fluent,7", f"{two},fluent,0", f"{three},careful,1")
    found = check_qualifications(bench.db, path)
    assert (found.to_make, found.grants, found.revocations, found.sandbox) == (
        ("fluent", "careful"),
        3,
        0,
        True,
    )
    assert len(record_qualifications(bench.db, found).action_ids) == 3
    assert not check_qualifications(bench.db, path).new
    again = record_qualifications(bench.db, found)
    assert (again.action_ids, len(again.skipped)) == ((), 3)
    carry_out(bench)
    assert [held(bench, n) for n in (one, two, three)] == [{"fluent": 7}, {"fluent": 0}, {"careful": 1}]
    calls = len(bench.vendor.calls())
    assert not check_qualifications(bench.db, path).new
    second = write(bench, f"{one},fluent,", f"{two},fluent,0", f"{three},careful,2", name="second.csv")
    found = check_qualifications(bench.db, second)
    assert [(r.line, r.before, r.value) for r in found.new] == [(2, 7, None), (4, 1, 2)]
    record_qualifications(bench.db, found)
    carry_out(bench)
    assert [held(bench, n) for n in (one, two, three)] == [{}, {"fluent": 0}, {"careful": 2}]
    assert len(bench.vendor.calls()) > calls


def test_every_wrong_row_is_named_and_nothing_is_recorded(bench: Bench, names: list[str]) -> None:
    bench.db.new_worker(names[0], "inhouse")
    bench.db.new_worker("ann", "inhouse")
    path = write(
        bench,
        "nobody,fluent,1,", f"{names[0]},fluent,1,", f"{names[1]},fluent,much,", f"{names[1]},,1,",
        f"{names[1]},never made,,", ",fluent,1,", f"{names[2]},fluent,1,mock", f"{names[2]},fluent,2,mock",
        "ann,fluent,1,", f"{names[3]},fluent,1,nowhere", f"{names[3]},fluent,1.5,",
        head="Worker,qualification,value,provider",
    )  # fmt: skip
    found = check_qualifications(bench.db, path)
    said = {problem.place: problem.message for problem in found.problems}
    for line, words in (
        (2, "nobody called 'nobody'"), (3, "both have somebody"), (4, "'much' is no value"),
        (5, "a qualification is a name"), (6, "so it cannot be revoked"), (7, "there is no worker"),
        (9, "stand in an earlier line"), (10, "no registered account of yours is at inhouse"),
        (11, "at nowhere"), (12, "'1.5' is no value"),
    ):  # fmt: skip
        assert words in said[f"q.csv, line {line}"]
    assert found.problems.errors == 10
    with pytest.raises(BadInput, match="There are 9 more"):
        record_qualifications(bench.db, found)
    assert bench.db.find_qualifications() == []
    assert "staged" not in bench.states()


def test_a_file_without_its_columns_or_rows_says_so(bench: Bench, names: list[str]) -> None:
    with pytest.raises(BadInput, match="needs the column qualification; it has"):
        check_qualifications(bench.db, write(bench, "a,1", head="worker,value"))
    with pytest.raises(BadInput, match="no rows"):
        check_qualifications(bench.db, write(bench))
    with pytest.raises(BadInput):
        check_qualifications(bench.db, bench.folder / "missing.csv")


def test_several_accounts_are_told_apart(bench: Bench, names: list[str]) -> None:
    from crowddesk.data_model.requester import Requester
    from crowddesk.providers.mock import MockProvider
    from crowddesk.testing.workspace import register

    other = register(MockProvider.RequesterClass.new(bench.db, "other"))
    assert isinstance(other, Requester)
    path = write(bench, f"{names[0]},fluent,1")
    found = check_qualifications(bench.db, path)
    assert "several accounts at mock" in found.problems.text()
    found = check_qualifications(bench.db, path, accounts=[int(other.db_id)])
    assert [row.requester_name for row in found.rows] == ["other"]


def test_what_was_taken_back_can_be_recorded_again(bench: Bench, names: list[str]) -> None:
    path = write(bench, f"{names[0]},fluent,1")
    for _ in range(3):
        done = record_qualifications(bench.db, check_qualifications(bench.db, path))
        assert len(done.action_ids) == 1
        decisions.undo(bench.db, done.action_ids)
    assert len(record_qualifications(bench.db, check_qualifications(bench.db, path)).action_ids) == 1
    assert not check_qualifications(bench.db, path).new


def test_real_people_are_told_only_where_a_row_of_theirs_is_new(bench: Bench, names: list[str]) -> None:
    from crowddesk.store import tables as t

    path = write(bench, f"{names[0]},fluent,1")
    with bench.db.write() as w:
        w.update(t.Requester, [1], sandbox=False)
    found = check_qualifications(bench.db, path)
    assert not found.sandbox
    record_qualifications(bench.db, found)
    assert check_qualifications(bench.db, path).sandbox


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cells=st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8)), max_size=5))
def test_no_file_breaks_it(bench: Bench, cells: list[tuple[str, str, str]]) -> None:
    import csv

    path = bench.folder / "fuzz.csv"
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["worker", "qualification", "value"])
        writer.writerows(cells)
    try:
        found = check_qualifications(bench.db, path)
    except BadInput:
        return
    assert not found.new
