"""The manifest: what it tells, that it hides names, and that it makes the same bytes anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput
from crowddesk.operations import decisions, export, masks
from crowddesk.operations.export import manifest as manifests
from crowddesk.operations.workspace import open_workspace
from crowddesk.store.queries.persons import accounts_of_run

Bench = Any
ROOT = Path(__file__).parents[3]
ENDINGS = [".csv", ".jsonl", ".xlsx", ".parquet"]

#: What another process, in another part of the world, runs.
AGAIN = """
import sys
from pathlib import Path
from crowddesk.operations import export
from crowddesk.operations.export import manifest
from crowddesk.operations.workspace import open_workspace
folder, given, target = map(Path, sys.argv[1:])
db = open_workspace(folder)
try:
    made = export.export_like(db, manifest.read(given), target)
finally:
    db.close()
print(made.same, made.differences)
"""


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("rows", "elsewhere"),
    [
        ("unit", {"PYTHONHASHSEED": "0", "TZ": "Asia/Kolkata", "LC_ALL": "C"}),
        ("item", {"PYTHONHASHSEED": "77", "TZ": "America/Lima", "LC_ALL": "de_DE"}),
    ],
)
@pytest.mark.parametrize("ending", ENDINGS)
def test_another_process_makes_the_same_bytes(
    bench: Bench, tmp_path: Path, ending: str, rows: str, elsewhere: dict[str, str]
) -> None:
    run = bench.completed(12)
    masks.add_mask(bench.db, "quick", {"seconds_below": 30})
    method = "dawid_skene" if rows == "item" else "majority"
    wanted = export.Wanted(run, ending, rows=rows, masks=("quick",), method=method)
    first = export.export(bench.db, wanted, tmp_path / f"one{ending}")
    target = tmp_path / f"again{ending}"
    ran = subprocess.run(
        [sys.executable, "-c", AGAIN, str(bench.db.folder), str(first.manifest_path), str(target)],
        cwd=ROOT,
        env=os.environ | elsewhere,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
    )
    assert ran.stdout.strip() == "True ()"
    assert target.read_bytes() == first.path.read_bytes()


def test_it_tells_what_the_file_is(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(5)
    decisions.decide(bench.db, "approve", bench.ids(run)[:2])
    decisions.send(bench.db)
    bench.work_all()
    done = export.export(
        bench.db, export.Wanted(run, ".csv", where="time:<1h", only="in"), tmp_path / "a.csv"
    )
    found = json.loads((tmp_path / "a.csv.manifest.json").read_text(encoding="utf-8"))
    assert found == done.manifest
    assert found["file"] == {
        "name": "a.csv", "sha256": digest(tmp_path / "a.csv"), "bytes": (tmp_path / "a.csv").stat().st_size,
        "rows": 2,
    }  # fmt: skip
    assert found["filters"] == {"where": "time:<1h", "only": "in"}
    assert found["counts"] == {
        "units": 5, "taken": 2, "status": {"accepted": 2}, "dataset_status": {"in": 2},
    }  # fmt: skip
    assert (found["names"], found["sealed"], found["run"]["title"]) == (False, None, "A small task")
    assert found["journal"]["head"].partition(":")[0].isdigit()
    assert [column["name"] for column in found["columns"]][:2] == ["unit_id", "task_run_id"]
    assert "worker_name" not in str(found["columns"])


@pytest.mark.parametrize(
    ("wanted", "libraries", "formulas"),
    [
        (export.Wanted(1, ".csv"), {"python"}, "take one ' from every cell"),
        (export.Wanted(1, ".jsonl", rows="item"), {"python", "numpy"}, ""),
        (export.Wanted(1, ".xlsx", masks=("m",)), {"python", "numpy", "rapidfuzz", "zlib"}, "marked as text"),
        (export.Wanted(1, ".parquet"), {"python", "pyarrow"}, ""),
    ],
)
def test_it_tells_what_decides_the_bytes_and_what_became_of_formulas(
    bench: Bench, tmp_path: Path, wanted: export.Wanted, libraries: set[str], formulas: str
) -> None:
    bench.completed(2)
    masks.add_mask(bench.db, "m", {"pasted": True})
    done = export.export(bench.db, wanted, tmp_path / f"a{wanted.format}")
    assert set(done.manifest["libraries"]) == libraries
    assert formulas in (done.manifest["formulas"] or "")
    assert bool(done.manifest["formulas"]) == bool(formulas)


def test_what_has_changed_since_is_said(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(5)
    first = export.export(bench.db, export.Wanted(run, ".csv"), tmp_path / "a.csv")
    decisions.decide(bench.db, "approve", bench.ids(run)[:2])
    decisions.send(bench.db)
    bench.work_all()
    again = export.export_like(bench.db, first.manifest, tmp_path / "b.csv")
    assert again.same is False
    assert "Units with status:accepted: 0 then, 2 now." in again.differences
    assert "Units with data:undecided: 5 then, 3 now." in again.differences
    assert any(s.startswith("The workspace has changed: its journal was at row") for s in again.differences)


def test_another_change_of_the_workspace_leaves_the_file_the_same(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(2)
    first = export.export(bench.db, export.Wanted(run, ".jsonl"), tmp_path / "a.jsonl")
    bench.launch(1)
    again = export.export_like(bench.db, first.manifest, tmp_path / "b.jsonl")
    assert again.same is True
    assert len(again.differences) == 1


def test_the_masks_of_the_manifest_count_and_not_those_of_today(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(6)
    seconds = sorted(unit.seconds for unit in bench.units(run))
    masks.add_mask(bench.db, "quick", {"seconds_below": seconds[3]})
    masks.add_mask(bench.db, "both", {"or": [{"mask": "quick"}, {"pasted": True}]})
    wanted = export.Wanted(run, ".csv", masks=("both",))
    first = export.export(bench.db, wanted, tmp_path / "a.csv")
    assert (first.rows, first.manifest["masks"]) == (3, [{"name": "both", "excluded": 3}])
    assert set(first.manifest["expressions"]) == {"both", "quick"}
    masks.change_mask(bench.db, "quick", {"seconds_below": 1})
    again = export.export_like(bench.db, first.manifest, tmp_path / "b.csv")
    assert again.same is True


def test_names_in_filters_and_masks_are_hidden_and_work_again(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(8)
    with bench.db.read() as conn:
        names = [account.worker_name for account in accounts_of_run(conn, run)]
    one, other = names[:2]
    masks.add_mask(bench.db, f"without {other}", {"worker": [other]})
    wanted = export.Wanted(run, ".csv", where=f"-worker:{one} -worker:gone", masks=(f"without {other}",))
    first = export.export(bench.db, wanted, tmp_path / "a.csv")
    text = first.manifest_path.read_text(encoding="utf-8") + first.path.read_text(encoding="utf-8")
    assert [name for name in (*names, "gone") if name in text] == []
    assert first.manifest["filters"]["where"].startswith("-worker:W-")
    again = export.export_like(bench.db, manifests.read(first.manifest_path), tmp_path / "b.csv")
    assert (again.same, again.differences) == (True, ())


def test_with_names_nothing_is_hidden_and_the_manifest_says_so(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(2)
    name = bench.units(run)[0].worker_name
    done = export.export(
        bench.db, export.Wanted(run, ".csv", where=f"worker:{name}", names=True), tmp_path / "a.csv"
    )
    assert done.manifest["filters"]["where"] == f"worker:{name}"
    assert "real names" in done.manifest["note"]
    assert export.export_like(bench.db, done.manifest, tmp_path / "b.csv").same


def test_another_workspaces_manifest_is_refused(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(1)
    done = export.export(bench.db, export.Wanted(run, ".csv"), tmp_path / "a.csv")
    other = open_workspace(tmp_path / "other")
    try:
        with pytest.raises(BadInput, match="of another workspace, where run 1 is another run"):
            export.export_like(other, done.manifest, tmp_path / "b.csv")
    finally:
        other.close()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is no manifest of an export"),
        ("[]", "is no manifest"),
        ('{"manifest": "1"}', "is no manifest"),
        ('{"manifest": 2}', "written by a newer CrowdDesk"),
        ("[" * 50_000, "is no manifest"),
    ],
)
def test_a_file_that_is_no_manifest_is_said(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=sentence):
        manifests.read(path)
    with pytest.raises(BadInput, match="cannot be read"):
        manifests.read(tmp_path / "nowhere.json")


VALID = {
    "manifest": 1, "workspace": "u", "run": {"id": 1}, "format": {"ending": ".csv"}, "rows": "unit",
    "filters": {"where": "", "only": None}, "masks": [], "expressions": {}, "sealed": None, "names": True,
    "method": None, "file": {"sha256": "x"}, "journal": {"head": "1:x"},
}  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda part: st.lists(part, max_size=3) | st.dictionaries(st.text(max_size=5), part, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from([name for name in VALID if name != "manifest"]), JSON)
def test_a_damaged_manifest_is_one_sentence(name: str, value: Any) -> None:
    damaged = {**VALID, name: value}
    try:
        wanted = manifests.wanted_of(damaged, "u", None)
    except BadInput:
        return
    assert isinstance(wanted, export.Wanted)


@pytest.mark.parametrize(
    "expressions",
    [
        {},
        {"y": {"pasted": True}},
        {"x": {"mask": "x"}},
        {"x": {"or": [{"mask": "y"}]}, "y": {"and": 7}},
        {"x": {"or": [{"mask": "y"}]}, "y": "s"},
    ],
)
def test_masks_that_somebody_changed_are_refused(expressions: Any) -> None:
    damaged = {**VALID, "masks": [{"name": "x", "excluded": 0}], "expressions": expressions}
    with pytest.raises(BadInput):
        manifests.wanted_of(damaged, "u", None)


def test_a_changed_seal_is_refused(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(2)
    name = bench.units(run)[0].worker_name
    done = export.export(bench.db, export.Wanted(run, ".csv", where=f"worker:{name}"), tmp_path / "a.csv")
    changed = {**done.manifest, "sealed": "AAAA" + done.manifest["sealed"][4:]}
    with pytest.raises(BadInput, match="made in another workspace, or was changed"):
        export.export_like(bench.db, changed, tmp_path / "b.csv")
    assert not (tmp_path / "b.csv").exists()
