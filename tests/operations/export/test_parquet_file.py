"""Parquet: typed columns, in groups, and a sentence where the library is not there."""

from __future__ import annotations

import builtins
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crowddesk.domain import BadInput
from crowddesk.operations import export
from crowddesk.operations.export import parquet_file

Bench = Any


def test_columns_have_their_types(bench: Bench, tmp_path: Path, rewrite: Any) -> None:
    run = bench.completed(3)
    rewrite(
        run,
        [
            {"whole": 1, "real": 1, "yes": True, "list": ["a"], "mixed": 1, "big": 2**60, "huge": 2**70},
            {"whole": 2, "real": 2.5, "yes": None, "list": [], "mixed": "x", "big": 1, "text": "=1+1"},
            {"whole": None, "mixed": {"a": None}, "both": 0.5},
        ],
    )
    export.export(bench.db, export.Wanted(run, ".parquet", names=True), tmp_path / "a.parquet")
    table = pq.read_table(tmp_path / "a.parquet")
    kinds = {field.name: field.type for field in table.schema}
    assert kinds["unit_id"] == kinds["output.whole"] == kinds["output.big"] == pa.int64()
    assert kinds["output.real"] == kinds["seconds"] == pa.float64()
    assert kinds["output.yes"] == pa.bool_()
    assert kinds["output.list"] == kinds["pasted"] == pa.list_(pa.string())
    assert kinds["submitted_at"] == pa.timestamp("us", tz="UTC")
    assert kinds["pay"] == pa.decimal128(20, 2)
    assert kinds["output.mixed"] == kinds["output.huge"] == kinds["input.text"] == pa.string()
    rows = table.to_pylist()
    assert [row["output.mixed"] for row in rows] == ["1", '"x"', '{"a": null}']
    assert rows[1]["output.text"] == "=1+1"
    assert rows[0]["output.huge"] == str(2**70)
    units = bench.units(run)
    assert [(row["unit_id"], row["pay"], row["submitted_at"]) for row in rows] == [
        (unit.id, Decimal("0.10"), unit.submitted_at) for unit in units
    ]


def test_rows_go_out_in_groups(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_file, "_GROUP", 3)
    run = bench.completed(7)
    export.export(bench.db, export.Wanted(run, ".parquet"), tmp_path / "a.parquet")
    metadata = pq.read_metadata(tmp_path / "a.parquet")
    assert (metadata.num_rows, metadata.num_row_groups) == (7, 3)
    assert pq.read_table(tmp_path / "a.parquet")["unit_id"].to_pylist() == bench.ids(run)


def test_a_run_without_units_that_match_is_an_empty_table(bench: Bench, tmp_path: Path) -> None:
    run = bench.launch(1)
    done = export.export(bench.db, export.Wanted(run, ".parquet", only="in"), tmp_path / "a.parquet")
    assert done.rows == pq.read_metadata(tmp_path / "a.parquet").num_rows == 0


def test_without_the_library_a_sentence_says_how_to_get_it(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def lacking(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] == "pyarrow":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", lacking)
    run = bench.launch(1)
    with pytest.raises(BadInput, match=r"pip install 'crowddesk\[parquet\]'"):
        export.export(bench.db, export.Wanted(run, ".parquet"), tmp_path / "a.parquet")
    assert list(tmp_path.glob("*.part*")) == []
