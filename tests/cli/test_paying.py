"""Bonuses from a file, top-ups and compensations by command, with the vendor's books as the judge."""

from __future__ import annotations

from typing import Any

import pytest

Desk = Any


@pytest.fixture
def answered(desk: Desk) -> Desk:
    """A run of four items whose eight answers are approved."""
    desk.write_run(4)
    desk.run("launch", "run.yaml", "--wait")
    desk.run("decide", "approve", "--run", 1, "--yes")
    desk.run("send", "--wait")
    return desk


def bonuses(desk: Desk) -> list[tuple[str, int, int]]:
    """(worker, amount, fee) of every bonus that the vendor paid."""
    with desk.vendor() as vendor:
        rows = vendor.payments("practice")
    return sorted((r.target, -r.amount, -r.fee) for r in rows if r.kind == "bonus")


def write(desk: Desk, text: str, name: str = "bonuses.csv") -> str:
    (desk.folder / name).write_text(text, encoding="utf-8")
    return name


def test_the_same_file_twice_pays_once(answered: Desk) -> None:
    file = write(
        answered, "worker,amount,reason\nW0,0.50,Careful work\nW1,1.25,Careful work\nW0,0.50,Careful work\n"
    )
    shown = answered.run("bonus", "--run", 1, "--file", file, "--dry-run")
    assert "3 bonuses, USD 2.25 and a fee of USD 0.45" in shown.stderr
    assert "line 4: W0 gets the same amount for the same reason again." in shown.stderr
    assert bonuses(answered) == []
    answered.run("bonus", "--run", 1, "--file", file, "--yes")
    answered.run("send", "--wait")
    expected = [("W0", 50, 10), ("W0", 50, 10), ("W1", 125, 25)]
    assert bonuses(answered) == expected
    again = answered.run("bonus", "--run", 1, "--file", file, "--yes", code=1)
    assert "There is nothing to pay: every row was recorded before." in again.stderr
    answered.run("send", "--wait")
    assert bonuses(answered) == expected
    answered.run("bonus", "--run", 1, "--file", file, "--batch", "spring", "--yes")
    answered.run("send", "--wait")
    assert bonuses(answered) == sorted([*expected, *expected])


def test_an_edited_file_pays_what_is_new_in_it(answered: Desk) -> None:
    answered.run(
        "bonus", "--run", 1, "--file", write(answered, "worker,amount,reason\nW0,0.50,Thanks\n"), "--yes"
    )
    answered.run("send", "--wait")
    file = write(answered, "worker,amount,reason\nW2,0.30,Thanks\nW0,0.50,Thanks\n")
    told = answered.run("bonus", "--run", 1, "--file", file, "--yes")
    assert "1 row left out, because the same was recorded before." in told.stderr
    answered.run("send", "--wait")
    assert bonuses(answered) == [("W0", 50, 10), ("W2", 30, 6)]


def test_what_was_undone_may_be_recorded_again(answered: Desk) -> None:
    file = write(answered, "worker,amount,reason\nW0,0.50,Thanks\n")
    for _ in range(2):
        answered.run("bonus", "--run", 1, "--file", file, "--yes")
        (action,) = answered.json("actions", "--where", "kind:bonus state:staged")
        answered.run("undo", action["action_id"])
    answered.run("bonus", "--run", 1, "--file", file, "--yes")
    answered.run("send", "--wait")
    assert bonuses(answered) == [("W0", 50, 10)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("worker,amount\nW0,1\n", "needs the column reason"),
        ("person,amount,reason\nW0,1,x\n", "needs the column worker"),
        ("worker,amount,reason\nW0,0,x\n", "line 2: a bonus is more than nothing."),
        ("worker,amount,reason\nW0,-1,x\n", "line 2: a bonus is more than nothing."),
        ("worker,amount,reason\nW0,1.005,x\n", "line 2: USD 1.005 is finer than the smallest coin"),
        ("worker,amount,reason\nW0,lots,x\n", "line 2: 'lots' is no amount of money"),
        ("worker,amount,reason\nW0,1,x\nNobody,1,x\n", "line 3: nobody called 'Nobody' has worked for you"),
        ("worker,amount,reason\nW0,1,\n", "line 2: there is no reason"),
        ("worker,amount,reason\n,1,x\n", "line 2: there is no worker."),
        ("worker,amount,reason,unit\nW0,1,x,99\n", "line 2: there is no unit '99'."),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_and_nothing_is_recorded(answered: Desk, text: str, sentence: str) -> None:
    told = answered.run("bonus", "--run", 1, "--file", write(answered, text), "--yes", code=2)
    assert sentence in told.stderr
    assert answered.json("actions", "--where", "kind:bonus") == []


def test_a_unit_of_somebody_else_is_named(answered: Desk) -> None:
    unit = next(u for u in answered.json("units") if u["worker_name"] == "W0")
    file = write(answered, f"worker,amount,reason,unit\nW1,1,x,{unit['unit_id']}\n")
    told = answered.run("bonus", "--run", 1, "--file", file, "--yes", code=2)
    assert f"line 2: unit {unit['unit_id']} is not of this worker." in told.stderr
    file = write(answered, f"worker,amount,reason,unit\nW0,1,x,{unit['unit_id']}\n")
    answered.run("bonus", "--run", 1, "--file", file, "--yes")
    answered.run("send", "--wait")
    assert bonuses(answered) == [("W0", 100, 20)]


def test_over_the_budget_nothing_is_recorded(answered: Desk) -> None:
    file = write(answered, "worker,amount,reason\nW0,400,x\nW1,90,x\n")
    told = answered.run("bonus", "--run", 1, "--file", file, "--yes", code=1)
    assert "more than the USD 499.04 that the run's budget has left" in told.stderr
    assert answered.json("actions", "--where", "kind:bonus") == []


def test_the_same_for_some_workers(answered: Desk) -> None:
    answered.run(
        "bonus", "--run", 1, "--worker", "W0", "--worker", "W3", "--amount", "0.25", "--reason", "x", "--yes"
    )
    answered.run("send", "--wait")
    assert bonuses(answered) == [("W0", 25, 5), ("W3", 25, 5)]
    told = answered.run(
        "bonus", "--run", 1, "--worker", "Nobody", "--amount", "1", "--reason", "x", "--yes", code=1
    )
    assert "Nobody called Nobody has worked for you" in told.stderr


def test_top_ups_lift_everybody_to_the_target_once(answered: Desk) -> None:
    before = answered.json("wages", "--run", 1, "--target", "60.00")
    assert len(before) == 5
    below = [w for w in before if w["missing"]["minor"]]
    answered.run("wages", "--run", 1, "--target", "60.00", "--top-up", "--yes")
    answered.run("send", "--wait")
    paid = {worker: amount for worker, amount, _ in bonuses(answered)}
    assert paid == {w["worker_name"]: w["missing"]["minor"] for w in below}
    after = answered.json("wages", "--run", 1, "--target", "60.00")
    assert not any(w["missing"]["minor"] for w in after)
    assert all(w["hourly"]["minor"] >= 6_000 for w in after)
    told = answered.run("wages", "--run", 1, "--target", "60.00", "--top-up", "--yes")
    assert "Nobody is below the target." in told.stderr
