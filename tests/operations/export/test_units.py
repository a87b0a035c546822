"""Units exported: every answer as it was given, nothing that a spreadsheet would run, whole or not at all."""

from __future__ import annotations

import csv
import errno
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from crowddesk.domain import BadInput, Cancelled, NotFound, WorkspaceError
from crowddesk.operations import decisions, export, transfer
from crowddesk.operations.xlsx import MOST_SIGNS

Bench = Any

#: Text that a spreadsheet would run, change or refuse, and text that only looks like it.
NASTY = [
    "=1+1", "=HYPERLINK(\"x\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "'=1",
    "''@x", "＝1", "-1", "+1.5e3", "-", "'", "'a", "0", "1", "007", "no", "TRUE", "#N/A", "a,b\"c\nd\r\ne",
    " lead", "", "\x01\x0b", "_x0001_", "<&>", "\ufeff", "emoji 🙂", "  ", "1e999", "2026-11-22",
]  # fmt: skip


def run_export(db: Any, run: int, path: Path, only: str | None = None, progress: Any = None) -> Any:
    wanted = export.Wanted(run, export.format_of(path), only=only, names=True)
    return export.export(db, wanted, path, progress or (lambda done, total: None))


def rewrite(bench: Bench, run: int, texts: list[str]) -> None:
    """Gives the run's items these texts and its answers the same, as the database stores them."""
    with closing(sqlite3.connect(bench.db.folder / "crowddesk.sqlite")) as connection, connection:
        for unit, text in zip(bench.units(run), texts, strict=True):
            stored = json.dumps({"id": unit.item_key, "text": text})
            connection.execute("UPDATE assignment SET data = ? WHERE id = ?", (stored, unit.assignment_id))
            connection.execute(
                "UPDATE submission SET answer = ? WHERE unit_id = ?", (json.dumps({"answer": text}), unit.id)
            )


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_xlsx(path: Path) -> list[dict[str, Any]]:
    titles, *lines = openpyxl.load_workbook(path).active.values
    return [dict(zip(titles, line, strict=True)) for line in lines]


@pytest.fixture
def nasty(bench: Bench) -> int:
    run: int = bench.completed(len(NASTY))
    rewrite(bench, run, NASTY)
    return run


def test_csv_is_inert_and_gives_the_exact_text_back(bench: Bench, nasty: int, tmp_path: Path) -> None:
    done = run_export(bench.db, nasty, tmp_path / "out.csv")
    rows = read_csv(tmp_path / "out.csv")
    assert (done.rows, len(rows)) == (len(NASTY), len(NASTY))
    for column in ("input.text", "output.answer"):
        cells = [row[column] for row in rows]
        assert [transfer.unquoted(cell) for cell in cells] == NASTY
        harmless = [c for c, text in zip(cells, NASTY, strict=True) if c == text]
        assert all(c in ("-1", "+1.5e3") or c[:1] not in tuple("=+-@\t\r\n＝") for c in harmless if c)
    assert rows[NASTY.index("=1+1")]["input.text"] == "'=1+1"
    assert rows[NASTY.index("0")]["output.answer"] == "0"


def test_xlsx_holds_the_text_itself_as_text(bench: Bench, nasty: int, tmp_path: Path) -> None:
    run_export(bench.db, nasty, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    titles = [cell.value for cell in sheet[1]]
    for number, text in enumerate(NASTY, start=2):
        cell = sheet.cell(number, titles.index("output.answer") + 1)
        # What XML cannot hold stands in the file as Excel itself writes it, and Excel shows the sign.
        escaped = {"\x01\x0b": "_x0001__x000B_", "_x0001_": "_x005F_x0001_", "": None}
        shown = escaped.get(text, text.replace("\r", "_x000D_"))
        assert cell.value == shown
        assert text == "" or cell.data_type == "s"
    assert sheet.cell(2, titles.index("output.answer") + 1).quotePrefix
    assert sheet.cell(2, titles.index("unit_index") + 1).data_type == "n"


def test_jsonl_is_what_the_list_says(bench: Bench, nasty: int, tmp_path: Path) -> None:
    run_export(bench.db, nasty, tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    rows = [json.loads(line) for line in lines]
    assert [row["output"]["answer"] for row in rows] == NASTY
    run = bench.db.get_task_run(str(nasty))
    assert [{name: row[name] for name in row if name != "worker"} for row in rows] == [
        transfer.unit_record(unit, run) for unit in bench.units(nasty)
    ]


def test_when_it_was_done_goes_out_with_the_answer(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(3)
    with closing(sqlite3.connect(bench.db.folder / "crowddesk.sqlite")) as connection, connection:
        for unit, active, pasted in ((1, 72.5, '["=field", "reason"]'), (2, 0.0, "[]")):
            connection.execute(
                "UPDATE submission SET active_seconds = ?, pasted = ? WHERE unit_id = ?",
                (active, pasted, bench.units(run)[unit - 1].id),
            )
    run_export(bench.db, run, tmp_path / "out.csv")
    run_export(bench.db, run, tmp_path / "out.jsonl")
    rows = read_csv(tmp_path / "out.csv")
    assert [row["active_seconds"] for row in rows] == ["72.5", "0.0", ""]
    assert [row["pasted"] for row in rows] == ['["=field", "reason"]', "[]", ""]
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["pasted"] for line in lines] == [["=field", "reason"], [], None]


def test_lists_numbers_and_rare_columns_keep_their_place(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(3)
    units = bench.units(run)
    with closing(sqlite3.connect(bench.db.folder / "crowddesk.sqlite")) as connection, connection:
        for unit, answer in zip(units, ({"a": ["x", "y"]}, {"b": True, "n": 3}, {"n": 2**60}), strict=True):
            connection.execute(
                "UPDATE submission SET answer = ? WHERE unit_id = ?", (json.dumps(answer), unit.id)
            )
    run_export(bench.db, run, tmp_path / "out.csv")
    rows = read_csv(tmp_path / "out.csv")
    assert [n for n in rows[0] if n.startswith("output.")] == ["output.a", "output.b", "output.n"]
    assert [(r["output.a"], r["output.b"], r["output.n"]) for r in rows] == [
        ('["x", "y"]', "", ""),
        ("", "true", "3"),
        ("", "", str(2**60)),
    ]
    run_export(bench.db, run, tmp_path / "out.xlsx")
    assert [r["output.n"] for r in read_xlsx(tmp_path / "out.xlsx")] == [None, 3, str(2**60)]


def test_a_unit_without_an_answer_has_empty_fields(bench: Bench, tmp_path: Path) -> None:
    run = bench.launch(2)
    done = run_export(bench.db, run, tmp_path / "out.csv")
    rows = read_csv(tmp_path / "out.csv")
    assert done.rows == 2
    assert [(r["status"], r["worker_name"], r["pay"], r["fee"], r["currency"]) for r in rows] == [
        ("created", "", "0.10", "0.02", "USD")
    ] * 2
    assert [n for n in rows[0] if n.startswith("output.")] == []


def test_only_keeps_one_data_set_status(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(4)
    decisions.decide(bench.db, "approve", bench.ids(run)[:1])
    decisions.send(bench.db)
    bench.work_all()
    counts = {}
    for only in ("in", "out", "undecided", None):
        counts[only] = run_export(bench.db, run, tmp_path / "out.csv", only).rows
    assert counts == {"in": 1, "out": 0, "undecided": 3, None: 4}
    with pytest.raises(BadInput, match="'inn' is no dataset status"):
        run_export(bench.db, run, tmp_path / "out.csv", "inn")


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".xlsx", ".parquet"])
def test_a_cancelled_export_leaves_the_old_file_and_nothing_else(
    bench: Bench, tmp_path: Path, ending: str
) -> None:
    run = bench.completed(2)
    folder = tmp_path / "exports"
    folder.mkdir()
    target = folder / f"out{ending}"
    target.write_text("the old one", encoding="utf-8")

    def cancel(done: int, total: int) -> None:
        assert total == 2
        if done:
            raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        run_export(bench.db, run, target, progress=cancel)
    assert [p.name for p in folder.iterdir()] == [target.name]
    assert target.read_text(encoding="utf-8") == "the old one"


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".xlsx", ".parquet"])
def test_a_full_disk_is_one_sentence_and_leaves_nothing(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    run = bench.completed(2)
    folder = tmp_path / "exports"
    folder.mkdir()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceError) as failed:
        run_export(bench.db, run, folder / f"out{ending}")
    assert str(failed.value) == f"The disk of {folder} is full, so out{ending} was not written."
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("out.doc", "one of .csv, .jsonl, .xlsx, .parquet"),
        ("out", "one of .csv, .jsonl, .xlsx, .parquet"),
        ("nowhere/out.csv", "lies in a folder that does not exist"),
        ("folder.csv", "is a folder"),
    ],
)
def test_a_wrong_file_is_refused_before_anything_is_read(
    bench: Bench, tmp_path: Path, name: str, sentence: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(BadInput, match=sentence):
        run_export(bench.db, 99, tmp_path / name)


def test_an_unknown_run_is_named(bench: Bench, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no task run 99"):
        run_export(bench.db, 99, tmp_path / "out.csv")


def test_a_text_too_long_for_a_cell_names_the_unit_and_another_format(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(2)
    rewrite(bench, run, ["short", "x" * (MOST_SIGNS + 1)])
    with pytest.raises(BadInput, match=r"Unit 2, row 3: a text of 32,768 characters .* Export CSV"):
        run_export(bench.db, run, tmp_path / "out.xlsx")
    assert not list(tmp_path.glob("*.xlsx"))
    assert not list(tmp_path.glob(".*.part"))
    run_export(bench.db, run, tmp_path / "out.csv")
    assert len(read_csv(tmp_path / "out.csv")[1]["input.text"]) == MOST_SIGNS + 1


def test_damaged_rows_are_exported_as_they_are_stored(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(3)
    with closing(sqlite3.connect(bench.db.folder / "crowddesk.sqlite")) as connection, connection:
        connection.execute("UPDATE submission SET answer = '{\"answer' WHERE unit_id = 2")
    done = run_export(bench.db, run, tmp_path / "out.csv")
    assert done.damaged == (2,)
    rows = read_csv(tmp_path / "out.csv")
    assert [r["output.(damaged)"] for r in rows] == ["", '{"answer', ""]
