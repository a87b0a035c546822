"""The export as a whole: what it takes, where it may go, that it leaves all or nothing, its count."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput, NotFound, WorkspaceError
from crowddesk.operations import export, masks
from crowddesk.operations.export import texts, work
from crowddesk.operations.export.units import times
from crowddesk.store import remarks
from crowddesk.store.queries import exporting

Bench = Any


def keys(path: Path) -> list[str]:
    return [json.loads(line)["unit_id"] for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_search_and_masks_choose_the_units_in_their_order(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(12)
    ids = bench.ids(run)
    with bench.db.write() as w:
        remarks.set_tag(w, "unit", [ids[1], ids[4]], "flagged", True)
    masks.add_mask(bench.db, "flagged", {"unit_tag": "flagged"})
    bound = sorted(unit.seconds for unit in bench.units(run))[8]
    wanted = export.Wanted(run, ".jsonl", where=f"time:<{bound:.3f}s", masks=("flagged",))
    done = export.export(bench.db, wanted, tmp_path / "a.jsonl")
    flagged = (ids[1], ids[4])
    most = float(f"{bound:.3f}")
    expected = [str(u.id) for u in bench.units(run) if u.seconds < most and u.id not in flagged]
    assert keys(tmp_path / "a.jsonl") == expected
    waiting = export.count_waiting(bench.db, wanted)
    assert (waiting.rows, waiting.of_units) == (done.rows, 12)
    assert dict(waiting.excluded) == {"flagged": done.manifest["masks"][0]["excluded"]}


@pytest.mark.parametrize("sparse", [0, 10**9])
def test_few_units_and_many_are_found_in_two_ways_alike(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sparse: int
) -> None:
    monkeypatch.setattr(exporting, "_SPARSE", sparse)
    monkeypatch.setattr(exporting, "BATCH", 2)
    bench.completed(2)
    run = bench.completed(7)
    bench.completed(2)
    ids = bench.ids(run)
    where = f"unit:{ids[5]},{ids[0]},{ids[3]}"
    for ending in (".jsonl", ".csv"):
        export.export(bench.db, export.Wanted(run, ending, where=where), tmp_path / f"a{ending}")
    assert keys(tmp_path / "a.jsonl") == [str(ids[0]), str(ids[3]), str(ids[5])]
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()) == 4


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (export.Wanted(1, ".csv", where="due:<2h"), "looks at the clock"),
        (export.Wanted(1, ".csv", where="stat:x"), "Did you mean status"),
        (export.Wanted(1, ".csv", rows="worker"), "'worker' is no kind of row: use unit or item"),
        (export.Wanted(1, ".csv", method="mean"), "'mean' is no kind of method"),
        (export.Wanted(1, ".csv", only="inn"), "'inn' is no dataset status"),
        (export.Wanted(1, ".csv", masks=("quik",)), "There is no mask 'quik'. Did you mean quick?"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_written(
    bench: Bench, tmp_path: Path, wanted: export.Wanted, sentence: str
) -> None:
    bench.launch(1)
    masks.add_mask(bench.db, "quick", {"pasted": True})
    with pytest.raises(BadInput) as refused:
        export.export(bench.db, wanted, tmp_path / "a.csv")
    assert sentence in str(refused.value)
    with pytest.raises(BadInput):
        export.count_waiting(bench.db, wanted)
    assert not list(tmp_path.glob("a.csv*"))


@pytest.mark.parametrize(
    "name", ["ünï 🙂 çödé.csv", 'a\'b "c" $(d) ;e.csv', "-x.csv", "%s{0}.csv", "new\nline.csv"]
)
def test_any_name_will_do(bench: Bench, tmp_path: Path, name: str) -> None:
    run = bench.completed(1)
    done = export.export(bench.db, export.Wanted(run, ".csv"), tmp_path / name)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith(name[:2])) == sorted(
        [name, f"{name}.manifest.json"]
    )
    assert done.manifest["file"]["name"] == name


def test_a_name_too_long_for_its_manifest_is_refused(bench: Bench, tmp_path: Path) -> None:
    run = bench.launch(1)
    with pytest.raises(BadInput, match="is too long for a file with a manifest beside it"):
        export.export(bench.db, export.Wanted(run, ".csv"), tmp_path / ("x" * 245 + ".csv"))


def test_a_folder_where_the_manifest_goes_is_refused(bench: Bench, tmp_path: Path) -> None:
    run = bench.launch(1)
    (tmp_path / "a.csv.manifest.json").mkdir()
    with pytest.raises(BadInput, match="the manifest must have that name"):
        export.export(bench.db, export.Wanted(run, ".csv"), tmp_path / "a.csv")
    assert not (tmp_path / "a.csv").exists()


def test_a_file_that_cannot_be_replaced_keeps_its_manifest(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = bench.completed(1)
    export.export(bench.db, export.Wanted(run, ".csv"), tmp_path / "a.csv")
    before = {path: path.read_bytes() for path in tmp_path.glob("a.csv*")}

    def held(source: Any, target: Any) -> None:
        raise PermissionError(13, "Permission denied")  # what Windows says while another program has it open

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(WorkspaceError, match=r"a\.csv cannot be written: Permission denied"):
        export.export(bench.db, export.Wanted(run, ".csv", only="in"), tmp_path / "a.csv")
    assert {path: path.read_bytes() for path in tmp_path.glob("a.csv*")} == before
    assert not list(tmp_path.glob(".crowddesk*"))


def test_an_unknown_run_is_named(bench: Bench) -> None:
    with pytest.raises(NotFound, match="There is no task run 99"):
        export.export(bench.db, export.Wanted(99, ".csv"), Path("a.csv").absolute())


def test_more_rows_than_a_sheet_are_refused_before_they_are_written(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crowddesk.operations import xlsx

    run = bench.launch(3)
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    with pytest.raises(BadInput, match=r"^3 rows are more than .* Export CSV, JSONL or Parquet\.$"):
        export.export(bench.db, export.Wanted(run, ".xlsx"), tmp_path / "a.xlsx")


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_field_that_comes_late_has_its_column_all_the_same(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rewrite: Any, ending: str
) -> None:
    run = bench.completed(6)
    rewrite(run, [{"a": 1}, {"a": 2.5}, {"a": "x"}, {"b": "late", "a": None}, {"a": 3}, {"c": "later"}])
    whole = export.export(bench.db, export.Wanted(run, ending), tmp_path / f"whole{ending}")
    monkeypatch.setattr(exporting, "BATCH", 1)
    monkeypatch.setattr(work, "_ASKED", 1)
    few = export.export(bench.db, export.Wanted(run, ending), tmp_path / f"few{ending}")
    assert few.manifest["file"]["sha256"] == whole.manifest["file"]["sha256"]
    assert few.manifest["columns"] == whole.manifest["columns"]
    assert [c for c in few.manifest["columns"] if c["name"].startswith("output.")] == [
        {"name": "output.a", "type": "json"},
        {"name": "output.b", "type": "text"},
        {"name": "output.c", "type": "text"},
    ]


@given(st.integers(-(10**15), 4 * 10**15))
def test_times_are_written_as_the_standard_library_does(micros: int) -> None:
    from datetime import UTC, datetime, timedelta

    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
    assert times()(micros) == at.isoformat()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(), part, max_size=3),
    max_leaves=6,
)


@given(st.text() | JSON.map(json.dumps))
def test_any_stored_text_goes_out_as_one_valid_object(stored: str) -> None:
    for read in (texts.read, texts.read_without_names):
        line = texts.written(read(stored))
        assert "\n" not in line
        assert isinstance(json.loads(line.encode(), parse_constant=pytest.fail), dict)


def test_equal_texts_are_read_once_and_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    once = texts.Once(lambda text: asked.append(text) or len(asked))
    assert [once["a"], once["b"], once["a"]] == [1, 2, 1]
    monkeypatch.setattr(texts, "_REMEMBERED", 2)
    assert (once["c"], len(once)) == (3, 1)
    long = "x" * 3_000
    assert (once[long], once[long]) == (4, 5)
    monkeypatch.setattr(texts, "_REMEMBERED", 10)
    monkeypatch.setattr(texts, "_MOST_SIGNS", 10)
    held = [(once[text], len(once)) for text in ("d" * 9, "e" * 9, "f", "g")]
    assert held == [(6, 2), (7, 1), (8, 2), (9, 1)]
