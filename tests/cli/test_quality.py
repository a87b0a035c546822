"""`crowddesk quality`: the published figures of the RTE task, tables for people, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

Desk = Any


@pytest.mark.timeout(300)
def test_the_figures_of_the_rte_task(rte_desk: Desk) -> None:
    desk = rte_desk
    desk.run("launch", "rte.yaml", "--wait")
    found = desk.json("quality", "--run", 1)
    assert {name: round(found[name], 4) for name in ("majority", "dawid_skene", "alpha")} == {
        "majority": 0.8969,
        "dawid_skene": 0.9275,
        "alpha": 0.2415,
    }
    # crowd-kit 1.4.2, MACE(method="vb", n_restarts=10, n_iter=500): the same 800 labels.
    assert found["mace"] == pytest.approx(0.92625)
    assert (found["answers"], found["items"], found["workers"]) == (8_000, 800, 164)
    assert found["truth"] == {
        "column": "value",
        "how": "it is the one column whose values are answers to 'response'",
        "items": 800,
    }
    (field,) = found["fields"]
    assert (field["ties"], field["labels"]) == (65, {"1": 4_581, "0": 3_419})
    assert (
        desk.json("quality", "--run", 1, "--truth", "value", "--field", "response")["mace"] == found["mace"]
    )
    # The recording holds people who answered blindly, right in half of their answers.
    named = [person for person in found["people"] if person["named"]]
    assert named
    assert all(person["accuracy"] < 0.6 for person in named)
    assert found["people"][: len(named)] == named

    said = desk.run("quality", "--run", 1).stdout
    assert "8,000 answers, 800 items, 164 workers" in said
    for line in ("majority, ties split  0.8969", "Dawid-Skene           0.9275"):
        assert line in said
    assert "agrees with most others on 381 of 760 answers" in said


def test_a_small_run(desk: Desk) -> None:
    desk.write_run(items=8)
    desk.run("launch", "run.yaml", "--wait")
    found = desk.json("quality", "--run", 1)
    assert (found["answers"], found["items"], found["workers"]) == (16, 8, 5)
    assert found["majority"] is found["dawid_skene"] is found["mace"] is None
    assert found["truth"]["how"] == "no column of the items has the answers to 'answer' as its values"
    told = desk.run("quality", "--run", 1)
    assert "answer: the right answers are not known: no column" in told.stdout
    assert "--truth COLUMN" in told.stderr
    refused = desk.run("quality", "--run", 1, "--truth", "txt", code=2)
    assert "no column 'txt': did you mean 'text'" in refused.stderr
    assert "No answer has a field 'x'" in desk.run("quality", "--run", 1, "--field", "x", code=2).stderr
    assert "There is no task run 7" in desk.run("quality", "--run", 7, code=1).stderr


def test_before_anybody_has_answered(desk: Desk) -> None:
    desk.write_run(items=2)
    desk.run("launch", "run.yaml")
    assert desk.json("quality", "--run", 1)["answers"] == 0
    assert "There are no answers yet" in desk.run("quality", "--run", 1).stderr
