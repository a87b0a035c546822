"""Pseudonyms: the same in one workspace, others in another, hidden everywhere, led to by nothing public."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.operations import export, people
from crowddesk.operations.export import texts
from crowddesk.operations.export.pseudonyms import Hiding, Key, read_key
from crowddesk.operations.workspace import open_workspace
from crowddesk.store.queries.persons import Account, accounts_of_run

Bench = Any


def workers_in(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["worker"] for row in csv.DictReader(file)]


def test_they_join_the_exports_of_one_workspace_and_not_of_two(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(8)
    with bench.db.read() as conn:
        named = accounts_of_run(conn, run)
    mine = read_key(bench.db).names(named)
    assert read_key(bench.db).names(named) == mine
    assert len(set(mine.values())) == len(named)
    assert all(re.fullmatch(r"W-[0-9A-Z]{6}-[0-9A-Z]{6}", name) for name in mine.values())
    export.export(bench.db, export.Wanted(run, ".csv"), tmp_path / "a.csv")
    assert workers_in(tmp_path / "a.csv") == [mine[unit.worker_id] for unit in bench.units(run)]
    other = open_workspace(tmp_path / "other")
    try:
        assert not set(read_key(other).names(named).values()) & set(mine.values())
    finally:
        other.close()


def test_accounts_of_one_person_share_one_until_they_are_split(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(8)
    wanted = export.Wanted(run, ".csv")
    first = export.export(bench.db, wanted, tmp_path / "a.csv")
    alone = workers_in(first.path)
    units = bench.units(run)
    one, two, other, *_ = sorted({unit.worker_id for unit in units})
    mine = {unit.worker_id: name for unit, name in zip(units, alone, strict=True)}
    people.merge(bench.db, [other, two])
    people.merge(bench.db, [one, other])
    merged = export.export_like(bench.db, first.manifest, tmp_path / "b.csv")
    expected = [mine[one if unit.worker_id in (two, other) else unit.worker_id] for unit in units]
    assert workers_in(merged.path) == expected != alone
    assert merged.same is False
    assert [words[:26] for words in merged.differences] == ["The workspace has changed:"]
    again = export.export_like(bench.db, merged.manifest, tmp_path / "c.csv")
    assert (again.same, again.differences) == (True, ())
    people.split(bench.db, one)
    split = export.export(bench.db, wanted, tmp_path / "d.csv")
    assert workers_in(split.path) == [mine[two if u.worker_id == other else u.worker_id] for u in units]
    people.split(bench.db, two)
    assert export.export_like(bench.db, first.manifest, tmp_path / "e.csv").same is True


def test_a_person_is_the_same_where_only_a_later_account_is() -> None:
    key = Key(b"k" * 32)
    one, two, three = Account(1, "A1", 1), Account(2, "A2", 1), Account(3, "A3", 1)
    first = key.names([one])[1]
    assert key.names([one, two]) == {1: first, 2: first}
    assert key.names([three, two]) == {2: first, 3: first}
    assert key.account_names([two, three]) == {2: first, 3: key.names([Account(3, "A3", 3)])[3]}
    names = key.account_names([one, two, three])
    assert (names[1], len(set(names.values()))) == (first, 3)


def test_two_workers_never_share_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crowddesk.operations.export.pseudonyms._LENGTHS", (1, 24, 48))
    names = Key(b"k" * 32).names(Account(number, "n", number) for number in range(200))
    assert len(set(names.values())) == 200


def test_the_key_shows_itself_to_nobody() -> None:
    assert "secret" not in repr(Key(b"secret")) + str(vars(Key)) + f"{Key(b'secret')}"


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".xlsx", ".parquet"])
def test_nothing_that_names_a_worker_is_in_a_file_or_its_manifest(
    bench: Bench, tmp_path: Path, ending: str, rewrite: Any
) -> None:
    run = bench.completed(4)
    units = bench.units(run)
    rewrite(
        run,
        [
            {
                "answer": "yes",
                "workerId": unit.worker_name,
                "PROLIFIC_PID": "pid-of-somebody",
                "assignment_id": "ref-of-stay",
                "came_from": f"https://x.org/t?a=1&workerId={unit.worker_name}#assignmentId=ref-of-stay",
                "about": {"browser": "wide", "session_id": "ref-of-stay"},
                "scan": [
                    {"file": "Anna Miller.PDF", "sha256": "ab" * 32, "size": 3, "type": "application/pdf"}
                ],
            }
            for unit in units
        ],
    )
    with closing(sqlite3.connect(bench.db.folder / "crowddesk.sqlite")) as connection, connection:
        connection.execute("UPDATE agent SET id = id + 7000000, vendor_ref = 'ref-of-stay'||id")
        connection.execute("UPDATE unit SET agent_id = agent_id + 7000000")
        connection.execute("UPDATE submission SET raw = '{\"secret-raw\": 1}'")
    done = export.export(bench.db, export.Wanted(run, ending), tmp_path / f"a{ending}")
    text = plain_text(done.path) + done.manifest_path.read_text(encoding="utf-8")
    key = read_key(bench.db)
    names = [unit.worker_name for unit in units]
    secrets = [
        *names,
        "pid-of-somebody",
        "ref-of-stay",
        "Anna Miller",
        "7000001",
        "secret-raw",
        key._secret.hex(),
    ]
    assert [secret for secret in secrets if secret in text] == []
    assert "abababababababab.pdf" in text


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ('{"workerId": "A1", "x": NaN}', '{"x": NaN}'),
        ('{"workerId": "A1", "x": "\\ud800"}', '{"x": "\\ud800"}'),
        ('{"workerId": "A1", "x', "(held back: damaged, and it may name its worker)"),
        ('{"x', '{"x'),
    ],
)
def test_a_damaged_answer_names_nobody_either(stored: str, kept: str) -> None:
    assert texts.read_without_names(stored) == {texts.DAMAGED: kept}
    assert texts.stored_without_names(stored) == kept


def test_a_field_called_damaged_hides_no_name() -> None:
    stored = '{"(damaged)": "x", "workerId": "A1"}'
    assert texts.stored_without_names(stored) == '{"(damaged)": "x"}'


def plain_text(path: Path) -> str:
    """Everything a file says, its metadata too."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return "\n".join(archive.read(name).decode() for name in archive.namelist())
    if path.suffix == ".parquet":
        table = pyarrow.parquet.read_table(path)
        return f"{table.to_pylist()} {table.schema} {pyarrow.parquet.read_metadata(path).metadata}"
    return path.read_text(encoding="utf-8")


def test_an_answer_that_only_looks_like_a_name_is_kept(bench: Bench, tmp_path: Path, rewrite: Any) -> None:
    run = bench.completed(1)
    said = {"answer": "yes", "worker comment": "fine", "session": 3, "file": "my.pdf"}
    rewrite(run, [said])
    export.export(bench.db, export.Wanted(run, ".jsonl"), tmp_path / "a.jsonl")
    assert json.loads((tmp_path / "a.jsonl").read_text(encoding="utf-8"))["output"] == said


def test_names_go_out_only_where_they_were_asked_for(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(2)
    export.export(bench.db, export.Wanted(run, ".csv", names=True), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, unit in zip(rows, bench.units(run), strict=True):
        assert (row["worker_name"], row["worker_id"], row["agent_id"]) == (
            unit.worker_name, str(unit.worker_id), str(unit.agent_id),
        )  # fmt: skip
        assert row["worker"].startswith("W-")


@given(st.text(), st.text())
def test_a_seal_gives_the_text_back_and_the_same_seal(one: str, other: str) -> None:
    key = Key(b"k" * 32)
    one, other = (text.encode("utf-8", "replace").decode() for text in (one, other))
    assert key.unseal(key.seal(one)) == one
    assert (key.seal(one) == key.seal(other)) == (one == other)


def test_words_lose_names_and_nothing_else() -> None:
    hiding = Hiding({"A1": "W-1", "Anna Maria": "W-2", "no": "W-3", "": "W-4"})
    assert hiding.text("A1, A12 and Anna Maria: nobody") == "W-1, A12 and W-2: nobody"
    assert hiding.text("scan_A1.png of A1_2") == "scan_W-1.png of W-1_2"
    assert hiding.search('worker:A1 -worker:"Anna Maria" worker:A* note:"bad work" status:accepted') == (
        "worker:W-1 -worker:W-2 worker:… note:… status:accepted"
    )
    for search, hidden in (
        ('worker:A1,gone,"Anna Maria"', "worker:W-1,…,W-2"),
        ('worker:"A1",gone  time:<1h', "worker:W-1,…  time:<1h"),
        ('worker:"Anna ""The"" Maria" status:accepted', "worker:… status:accepted"),
        ("WORKER:Gone* item:A1 -tag:friend-of-A1", "worker:… item:W-1 -tag:friend-of-W-1"),
        ("maria -ann mine", '"…" -"…" mine'),
        ("submitted:2026-11-22 time:<1.50s unit:#7", "submitted:2026-11-22 time:<1.50s unit:#7"),
    ):
        assert hiding.search(search) == hidden
    assert hiding.expression({"and": [{"worker": ["A1", "unknown"]}, {"not": {"mask": "of A1"}}]}) == {
        "and": [{"worker": ["W-1", "…"]}, {"not": {"mask": "of W-1"}}]
    }
