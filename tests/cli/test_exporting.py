"""The commands that take data out: exports, the same again, bundles."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

Desk = Any


@pytest.fixture
def finished(desk: Desk) -> Desk:
    """A workspace whose run 1 is answered."""
    desk.write_run()
    desk.run("launch", "run.yaml", "--wait")
    return desk


def test_an_export_hides_names_unless_they_are_asked_for(finished: Desk) -> None:
    said = finished.run("export", "--run", 1, "--to", "a.csv").stderr
    assert "written to a.csv." in said
    assert "real names" not in said
    with (finished.folder / "a.csv").open(encoding="utf-8", newline="") as file:
        (first, *_) = csv.DictReader(file)
    assert first["worker"].startswith("W-")
    assert "worker_name" not in first
    said = finished.run("export", "--run", 1, "--to", "b.csv", "--with-names").stderr
    assert "Workers' real names and ids are in this file." in said


def test_an_export_is_made_again(finished: Desk) -> None:
    finished.run("export", "--run", 1, "--to", "a.xlsx", "--rows", "item", "--where", "time:<1h")
    manifest = "a.xlsx.manifest.json"
    said = finished.run("export", "--like", manifest, "--to", "b.xlsx").stderr
    assert "The file is the manifest's, byte for byte." in said
    assert (finished.folder / "a.xlsx").read_bytes() == (finished.folder / "b.xlsx").read_bytes()
    finished.run("decide", "approve", "--run", 1, "--yes")
    finished.run("send", "--wait")
    finished.run("decide", "soft-reject", "--run", 1, "--yes", code=1)
    finished.run("export", "--run", 1, "--to", "c.jsonl")
    found = json.loads((finished.folder / "c.jsonl.manifest.json").read_text(encoding="utf-8"))
    found["file"]["sha256"] = "0" * 64
    (finished.folder / "other.json").write_text(json.dumps(found), encoding="utf-8")
    said = finished.run("export", "--like", "other.json", "--to", "d.jsonl", code=1).stderr
    assert "The file is not the manifest's" in said


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--to", "a.csv"), 2, "Say which run (--run N), or which export"),
        (("--to", "a.csv", "--run", 1, "--like", "m.json"), 2, "Say which run"),
        (
            ("--to", "a.csv", "--like", "m.json", "--rows", "item"),
            2,
            "--like takes everything",
        ),
        (("--to", "a.csv", "--like", "nowhere.json"), 2, "nowhere.json cannot be read"),
        (("--to", "a.csv", "--run", 1, "--rows", "worker"), 2, "'worker' is no kind of row"),
        (("--to", "a.csv", "--run", 1, "--mask", "x"), 2, "There is no mask 'x'"),
        (("--to", "a.csv", "--run", 1, "--where", "due:<1h"), 2, "looks at the clock"),
        (("--to", "a.csv", "--run", 1, "--only", "inn"), 2, "'inn' is no dataset status"),
    ],
)
def test_what_cannot_be_exported_is_said(
    finished: Desk, words: tuple[object, ...], code: int, sentence: str
) -> None:
    assert sentence in finished.run("export", *words, code=code).stderr
    assert not (finished.folder / "a.csv").exists()


def test_a_bundle_is_made_with_names_or_without(finished: Desk) -> None:
    said = finished.run("bundle", "--run", 1, "--to", "run.crowddesk").stderr
    assert "bundled in run.crowddesk" in said
    assert "pseudonyms" in said
    said = finished.run(
        "bundle", "--run", 1, "--to", "named.crowddesk", "--with-names", "--with-uploads"
    ).stderr
    assert "Workers' real names" in said
    assert "ends in .crowddesk" in finished.run("bundle", "--run", 1, "--to", "a.zip", code=2).stderr
