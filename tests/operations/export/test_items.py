"""One row an item: the majority with its share, ties, Dawid and Skene's answers, free text as a list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crowddesk.domain import BadInput
from crowddesk.operations import decisions, export
from crowddesk.operations.quality import aggregate
from crowddesk.operations.quality.answers import read_answers

Bench = Any
THREE = "blueprint.units_per_assignment=3"


def exported(bench: Bench, folder: Path, wanted: export.Wanted) -> list[dict[str, Any]]:
    path = folder / "items.jsonl"
    export.export(bench.db, wanted, path)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_item_has_its_answer_its_votes_and_its_ties(bench: Bench, tmp_path: Path, rewrite: Any) -> None:
    run = bench.completed(3, THREE)
    said = ["yes", "yes", "no", "no", "yes", "maybe", "no", "no", "no"]
    why = [f"Because of reason number {n}, which is long." for n in range(9)]
    rewrite(run, [{"answer": word, "why": text} for word, text in zip(said, why, strict=True)])
    rows = exported(bench, tmp_path, export.Wanted(run, ".jsonl", rows="item"))
    assert [(r["item_key"], r["answers"], r["input"]["text"]) for r in rows] == [
        (f"i{n}", 3, f"Sentence {n}.") for n in range(3)
    ]
    assert [r["output"]["answer"] for r in rows] == ["yes", "yes", "no"]
    assert [r["count"]["answer"] for r in rows] == [2, 1, 3]
    assert [r["share"]["answer"] for r in rows] == [0.666667, 0.333333, 1.0]
    assert [r["tie"]["answer"] for r in rows] == [False, True, False]
    assert rows[0]["output"]["why"] == why[:3]
    assert "why" not in rows[0]["count"]


def test_it_is_the_majority_of_the_figures(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(20, THREE)
    rows = exported(bench, tmp_path, export.Wanted(run, ".jsonl", rows="item"))
    with bench.db.read() as conn:
        answers = read_answers(conn, run)
    column = answers.fields["answer"]
    found = aggregate.majority(aggregate.votes_of(answers, column))
    assert [r["output"]["answer"] for r in rows] == [column.values[code] for code in found.labels]
    assert [r["tie"]["answer"] for r in rows] == found.tied.tolist()


def test_dawid_and_skenes_answer_comes_with_its_probability(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(20, THREE)
    rows = exported(bench, tmp_path, export.Wanted(run, ".jsonl", rows="item", method="dawid_skene"))
    with bench.db.read() as conn:
        answers = read_answers(conn, run)
    column = answers.fields["answer"]
    found = aggregate.dawid_skene(aggregate.votes_of(answers, column))
    assert [r["output"]["answer"] for r in rows] == [column.values[code] for code in found.labels]
    assert all(0.5 <= r["probability"]["answer"] <= 1 for r in rows)


def test_an_answer_that_is_out_decides_nothing(bench: Bench, tmp_path: Path, rewrite: Any) -> None:
    run = bench.completed(1, THREE)
    rewrite(run, [{"answer": "yes"}, {"answer": "yes"}, {"answer": "no"}])
    decisions.decide(bench.db, "soft_reject", bench.ids(run)[:2])
    decisions.send(bench.db)
    bench.work_all()
    (row,) = exported(bench, tmp_path, export.Wanted(run, ".jsonl", rows="item"))
    assert (row["answers"], row["output"]["answer"], row["count"]["answer"]) == (1, "no", 1)
    (row,) = exported(bench, tmp_path, export.Wanted(run, ".jsonl", rows="item", only="out"))
    assert (row["answers"], row["output"]["answer"]) == (2, "yes")


def test_items_without_answers_are_left_out(bench: Bench, tmp_path: Path) -> None:
    run = bench.launch(3)
    assert exported(bench, tmp_path, export.Wanted(run, ".jsonl", rows="item")) == []
    waiting = export.count_waiting(bench.db, export.Wanted(run, ".csv", rows="item"))
    assert (waiting.rows, waiting.of_units) == (0, 3)


def test_no_worker_is_in_a_row_an_item(bench: Bench, tmp_path: Path) -> None:
    run = bench.completed(2)
    done = export.export(bench.db, export.Wanted(run, ".csv", rows="item"), tmp_path / "a.csv")
    assert not [c for c in done.manifest["columns"] if "worker" in c["name"] or "agent" in c["name"]]


def test_no_field_or_value_that_names_a_worker_is_in_a_row_an_item(
    bench: Bench, tmp_path: Path, rewrite: Any
) -> None:
    run = bench.completed(2)
    file = {"file": "Anna Miller.PDF", "sha256": "ab" * 32, "size": 3, "type": "application/pdf"}
    said = {
        "answer": "yes",
        "workerId": "A1-named",
        "scan": [file],
        "page": "http://x/?a=1&workerId=A1-named",
    }
    rewrite(run, [said, said])
    for method in export.METHODS:
        rows = exported(bench, tmp_path, export.Wanted(run, ".jsonl", rows="item", method=method))
        assert not [word for word in ("A1-named", 'workerId":', "Anna") if word in json.dumps(rows)]
        assert rows[0]["output"]["answer"] == "yes"
        assert "abababababababab.pdf" in json.dumps(rows)
    named = exported(bench, tmp_path, export.Wanted(run, ".jsonl", rows="item", names=True))
    assert "A1-named" in json.dumps(named)


def test_a_model_too_large_says_what_to_do(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = bench.completed(2)
    monkeypatch.setattr(aggregate, "_LARGEST_TABLE", 0)
    with pytest.raises(BadInput, match=r"^answer: .* Take the majority\.$"):
        exported(bench, tmp_path, export.Wanted(run, ".jsonl", rows="item", method="dawid_skene"))
    assert len(exported(bench, tmp_path, export.Wanted(run, ".jsonl", rows="item"))) == 2
