"""From a terminal: masks are kept, tried and applied; more answers are asked for where they differ."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crowddesk.operations.workspace import open_workspace
from crowddesk.store import tables as t


@pytest.fixture
def done(desk: Any) -> int:
    """A run whose eight units are all answered."""
    return int(desk.run("launch", desk.write_run(), "--wait").stdout)


def test_masks_are_kept_and_read(desk: Any) -> None:
    assert "There are none yet" in desk.run("mask", "list").stderr
    desk.run("mask", "add", "fast", "time < 5 s")
    desk.run("mask", "add", "bad", '{"or": [{"mask": "fast"}, {"worker_tag": "spammer"}]}')
    assert desk.run("mask", "add", "fast", "pasted", code=1).stderr.startswith(
        "There is a mask 'fast' already"
    )
    assert "At letter 6: expected <" in desk.run("mask", "add", "x", "time > 5", code=2).stderr
    assert "is no JSON" in desk.run("mask", "add", "x", "{", code=2).stderr
    desk.run("mask", "change", "fast", "--to", "too fast")
    desk.run("mask", "change", "too fast", "time < 6 s")
    desk.run("mask", "change", "too fast", code=2)
    assert "back to themselves" in desk.run("mask", "change", "too fast", "mask:bad", code=2).stderr
    assert 'mask:"too fast" or tag:spammer' in desk.run("mask", "list").stdout
    assert desk.json("mask", "list") == [
        {"name": "bad", "expression": {"or": [{"mask": "too fast"}, {"worker_tag": "spammer"}]},
         "text": 'mask:"too fast" or tag:spammer'},
        {"name": "too fast", "expression": {"seconds_below": 6}, "text": "time < 6 s"},
    ]  # fmt: skip
    assert "is part of 'bad'" in desk.run("mask", "remove", "too fast", code=1).stderr
    desk.run("mask", "remove", "bad")
    desk.run("mask", "remove", "too fast")
    assert desk.json("mask", "list") == []


def test_a_damaged_mask_is_listed_and_removed(desk: Any) -> None:
    desk.run("mask", "add", "fast", "time < 5 s")
    desk.run("mask", "add", "late", "time < 9 s")
    db = open_workspace(desk.workspace)
    with db.write() as w:
        w.update(t.Mask, [1], expression="{")
    db.close()
    lines = desk.run("mask", "list").stdout.splitlines()
    assert any("fast" in line and "damaged" in line for line in lines)
    assert any("late" in line and "time < 9 s" in line for line in lines)
    desk.run("mask", "remove", "fast")
    assert [mask["name"] for mask in desk.json("mask", "list")] == ["late"]


def test_a_mask_is_tried_and_leaves_out_without_touching_pay(desk: Any, done: int) -> None:
    desk.run("mask", "add", "w0", "worker:W0")
    desk.run("mask", "try", "--run", done, code=2)
    assert "no mask 'gone'" in desk.run("mask", "try", "--run", done, "gone", code=2).stderr
    found = json.loads(desk.run("mask", "try", "--run", done, "w0", "--mask", "worker:W1", "--json").stdout)
    by_name = {part["name"]: part["leaves_out"] for part in found["masks"]}
    assert by_name["w0"] > 0
    assert found["together"] == by_name["w0"] + by_name[""]
    assert found["before"]["data"] == {"undecided": 8, "in": 0, "out": 0}
    shown = desk.run("mask", "try", "--run", done, "w0").stdout
    assert "answers undecided" in shown
    assert "label 0" in shown
    asked = desk.run("mask", "try", "--run", done, "w0", "--leave-out", code=2)
    assert "Nobody's pay changes" in asked.stderr
    before = {u["unit_id"]: u["status"] for u in desk.json("units", "--run", done)}
    desk.run("mask", "try", "--run", done, "w0", "--leave-out", "--yes")
    after = desk.json("units", "--run", done)
    assert {u["unit_id"]: u["status"] for u in after} == before
    assert sum(u["dataset_status"] == "out" for u in after) == by_name["w0"]
    assert {u["worker_name"] for u in after if u["dataset_status"] == "out"} == {"W0"}
    assert "not out already" in desk.run("mask", "try", "--run", done, "w0", "--leave-out", "--yes").stderr


def test_more_answers_where_they_differ(desk: Any) -> None:
    run = int(desk.run("launch", desk.write_run()).stdout)
    assert "not at its vendor yet" in desk.run("overlap", "--run", run, code=1).stderr
    db = open_workspace(desk.workspace)
    with db.write() as w:
        w.update(t.TaskRun, [run], state="live")
    db.close()
    seen = json.loads(desk.run("overlap", "--run", run, "--least", 1, "--json").stdout)
    assert seen["wanted"] == []
    assert seen["rule"]["least"] == 1
    said = desk.run("overlap", "--run", run).stderr
    assert "fewer than 67% say the same, from 2 to 5 an item" in said
    desk.run("overlap", "--run", run, "--on", code=2)
    assert json.loads(desk.run("overlap", "--run", run, "--on", "--yes", "--json").stdout)["rule"]["on"]
    assert json.loads(desk.run("overlap", "--run", run, "--json").stdout)["rule"]["on"]
    desk.run("overlap", "--run", run, "--off")
    assert "nothing to ask for" in desk.run("overlap", "--run", run, "--apply", "--yes", code=1).stderr
    assert "From 9 to 5" in desk.run("overlap", "--run", run, "--least", 9, code=2).stderr
    desk.run("overlap", "--run", 999, code=1)
