"""All figures of a run, the truth that they are held against, and the same from a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from omegaconf import OmegaConf

from crowddesk.domain import BadInput, Cancelled, CrowdDeskError, NotFound
from crowddesk.operations.quality import apart
from crowddesk.operations.quality.answers import Column
from crowddesk.operations.quality.apart import figures_apart
from crowddesk.operations.quality.figures import figures_of
from crowddesk.operations.quality.truth import find_truth
from crowddesk.store import tables as t

ROOT = Path(__file__).parents[3]


def figures(bench: Any, run: int, **more: Any) -> dict[str, Any]:
    with bench.db.read() as conn:
        return figures_of(conn, run, **more)


def set_items(bench: Any, run: int, data: Callable[[int], dict[str, Any]]) -> None:
    """Gives every item of a run other data."""
    ids = sorted({unit.assignment_id for unit in bench.units(run)})
    with bench.db.write() as w:
        for place, item in enumerate(ids):
            w.update(t.Assignment, [item], data=json.dumps(data(place)))


def set_answers(bench: Any, run: int, said: Callable[[int, int], dict[str, Any]]) -> None:
    """Gives every answer of a run other words, by the place of its item and its own in the item."""
    units = bench.units(run)
    items = sorted({unit.assignment_id for unit in units})
    with bench.db.read() as conn:
        table = t.Unit.__table__  # type: ignore[attr-defined]
        submissions = dict(
            conn.execute(table.select().with_only_columns(table.c.id, table.c.submission_id)).all()
        )
    with bench.db.write() as w:
        for unit in units:
            answer = said(items.index(unit.assignment_id), unit.unit_index)
            w.update(t.Submission, [submissions[unit.id]], answer=json.dumps(answer))


def three_each(bench: Any, items: int = 6, people: int = 100) -> int:
    run: int = bench.completed(items, "blueprint.units_per_assignment=3", f"provider.people={people}")
    return run


def test_a_small_run_by_hand(bench: Any) -> None:
    run = three_each(bench, 12, people=3)
    # Item k: right is yes where k is even; the last answer to items 0 to 2 is wrong.
    set_items(bench, run, lambda k: {"id": f"i{k}", "text": "?", "right": "YES" if k % 2 == 0 else "no "})

    def said(item: int, place: int) -> dict[str, Any]:
        right = item % 2 == 0
        return {"answer": "yes" if right != (place == 2 and item < 3) else "no"}

    set_answers(bench, run, said)
    found = figures(bench, run)
    assert (found["run"], found["field"], found["answers"], found["items"]) == (run, "answer", 36, 12)
    assert found["truth"]["column"] == "right"
    assert found["truth"]["how"] == "it is the one column whose values are answers to 'answer'"
    assert (found["majority"], found["dawid_skene"], found["mace"]) == (1.0, 1.0, 1.0)
    (field,) = found["fields"]
    assert field["labels"] == {"yes": 18 - 2 + 1, "no": 18 - 1 + 2}
    assert field["percent_agreement"] == pytest.approx((3 * 2 + 9 * 6) / 72)
    assert field["alpha_nominal"] == found["alpha"]
    assert field["alpha_ordinal"] is field["alpha_interval"] is None
    assert (field["ties"], field["notes"], field["workers"]) == (0, [], 3)
    assert sum(person["answers"] for person in found["people"]) == 36
    wrong = sum(round((1 - person["accuracy"]) * person["answers"]) for person in found["people"])
    assert wrong == 3
    assert [(item["answers"], item["labels"]) for item in found["disputed"]] == [
        (3, {"yes": 2, "no": 1}), (3, {"no": 2, "yes": 1}), (3, {"yes": 2, "no": 1}),
    ]  # fmt: skip
    assert {round(item["differing"], 4) for item in found["disputed"]} == {0.6667}
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_answers_that_are_out_do_not_count(bench: Any) -> None:
    run = three_each(bench)
    with bench.db.write() as w:
        w.update(t.Unit, bench.ids(run)[:4], dataset_status="out")
    found = figures(bench, run)
    assert (found["answers"], found["left_out"]) == (14, 4)
    assert found["fields"][0]["answers"] == 14


def test_people_of_few_answers_are_noted(bench: Any) -> None:
    """Dawid-Skene learns nothing from somebody's only answer."""
    (field,) = figures(bench, three_each(bench))["fields"]
    (note,) = field["notes"]
    assert note.startswith("Dawid-Skene: half of the people gave 1 answer")


def test_several_fields_and_their_kinds(bench: Any) -> None:
    run = three_each(bench, 8)
    texts = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    set_answers(
        bench, run,
        lambda item, place: {
            "stars": str(1 + (item + (place == 2)) % 5),
            "why": f"Because of the {texts[item]} things that number {place} saw in there, and so on.",
            "ticks": ["a", "b"] if place else ["b"],
        },
    )  # fmt: skip
    found = figures(bench, run)
    by_name = {field["name"]: field for field in found["fields"]}
    assert {name: field["kind"] for name, field in by_name.items()} == {
        "stars": "choice", "why": "text", "ticks": "choice",
    }  # fmt: skip
    assert found["field"] == "stars"
    assert by_name["stars"]["alpha_interval"] is not None
    assert by_name["why"]["ties"] is None
    assert by_name["ticks"]["labels"] == {'["b"]': 8, '["a", "b"]': 16}
    chosen = figures(bench, run, field="ticks")
    assert (chosen["field"], chosen["alpha"]) == ("ticks", by_name["ticks"]["alpha_nominal"])


def test_a_field_or_a_column_that_there_is_not(bench: Any) -> None:
    run = three_each(bench)
    with pytest.raises(BadInput, match=r"No answer has a field 'answr'. Answered fields: 'answer'."):
        figures(bench, run, field="answr")
    with pytest.raises(BadInput, match="no column 'txt': did you mean 'text'"):
        figures(bench, run, truth="txt")
    with pytest.raises(BadInput, match=r"'text' has none of the answers to 'answer': '(yes|no)', '(yes|no)'"):
        figures(bench, run, truth="text")
    with pytest.raises(NotFound):
        figures(bench, 99)


def test_a_run_without_answers(bench: Any) -> None:
    found = figures(bench, bench.launch(3))
    assert (found["answers"], found["fields"], found["people"]) == (0, [], [])
    assert found["majority"] is found["alpha"] is found["truth"]["column"] is None
    assert found["truth"]["how"] == "there are no answers"


def test_the_truth_that_the_run_names(bench: Any) -> None:
    run = three_each(bench)
    set_items(bench, run, lambda k: {"truth": ["yes", "no"][k % 2], "guess": ["no", "yes"][k % 2]})
    unnamed = figures(bench, run)["truth"]
    assert unnamed["column"] is None
    assert unnamed["how"] == "several columns could be it: 'truth', 'guess'; name one"
    with bench.db.write() as w:
        w.update(t.TaskRun, [run], args="provider: {truth: {field: answer, column: truth}}")
    found = figures(bench, run)
    assert found["truth"] == {"column": "truth", "how": "the run names it", "items": 6}
    named = figures(bench, run, truth="guess")
    assert named["truth"] == {"column": "guess", "how": "you named it", "items": 6}
    assert named["majority"] == pytest.approx(1 - found["majority"])


@pytest.mark.parametrize("args", ["a: [1", "- 1", "", "task: 3", "task: {gold: {field: '???'}}"])
def test_damaged_arguments_and_items_do_no_harm(bench: Any, args: str) -> None:
    run = three_each(bench, 2)
    before = figures(bench, run)
    item = bench.units(run)[0].assignment_id
    with bench.db.write() as w:
        w.update(t.TaskRun, [run], args=args)
        w.update(t.Assignment, [item], data="{damaged")
    assert figures(bench, run) == before


# ------------------------------------------------------------------------------------------ the truth


def column(*values: str) -> Column:
    return Column("f", list(values), np.arange(len(values), dtype=np.int32))


@pytest.mark.parametrize(
    ("values", "cells", "codes"),
    [
        (("1", "0"), ["TRUE", "FALSE", "true", None], [0, 1, 0, -1]),
        (("no", "yes"), ["1", "0", "Yes ", "f"], [1, 0, 1, 0]),
        (("3", "4.50"), ["3.0", "4.5", "5"], [0, 1, 2]),
        (("Cat", "cat"), ["cat", "Cat", "CAT"], [1, 0, 1]),
        # 1 of 1 to 3 is a number there, and no yes.
        (("1", "2", "3"), ["TRUE", "2", "3"], [3, 1, 2]),
        (("yes", "true"), ["yes", "true", "1"], [0, 1, 2]),
    ],
)  # fmt: skip
def test_cells_that_mean_an_answer(values: Any, cells: Any, codes: Any) -> None:
    found = find_truth({"column": cells}, column(*values), OmegaConf.create(), "column")
    assert found.codes.tolist() == codes


def test_a_column_that_never_changes_is_no_truth() -> None:
    found = find_truth(
        {"version": ["1", "1", "1"], "other": ["x", "y", None]}, column("1", "0"), OmegaConf.create()
    )
    assert found.column is None
    assert found.how == "no column of the items has the answers to 'f' as its values"


# ------------------------------------------------------------------------------------- a process apart


class Job:
    """What `lanes.Job` is to the work that it runs."""

    def __init__(self) -> None:
        self.cancelled = False
        self.listening: list[Callable[[], None] | None] = []
        self.begun = threading.Event()

    def on_cancel(self, interrupt: Callable[[], None] | None) -> None:
        self.listening.append(interrupt)
        if interrupt is not None:
            self.begun.set()


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of this checkout starts itself, wherever the tests run."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


@pytest.mark.usefixtures("own")
def test_the_same_figures_from_a_process_of_its_own(bench: Any) -> None:
    run = three_each(bench)
    job = Job()
    assert figures_apart(bench.db.folder, run, job) == figures(bench, run)
    assert figures_apart(bench.db.folder, run, job, field="answer") == figures(bench, run)
    assert job.listening[-1] is None
    with pytest.raises(CrowdDeskError, match="could not be computed: There is no task run 99"):
        figures_apart(bench.db.folder, 99, job)
    with pytest.raises(CrowdDeskError, match="No answer has a field '-x'"):
        figures_apart(bench.db.folder, run, job, field="-x", truth="--truth")


def test_a_cancelled_job_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[subprocess.Popen[bytes]] = []
    waits = [sys.executable, "-c", "import threading; threading.Event().wait()"]
    monkeypatch.setattr(apart, "own_command", lambda: waits)

    class Cancelling(Job):
        def on_cancel(self, interrupt: Callable[[], None] | None) -> None:
            super().on_cancel(interrupt)
            if interrupt is not None:
                made.append(interrupt.__self__)  # type: ignore[attr-defined]
                self.cancelled = True
                interrupt()

    with pytest.raises(Cancelled):
        figures_apart(tmp_path, 1, Cancelling())
    (process,) = made
    assert process.poll() is not None
