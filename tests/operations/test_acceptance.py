"""A sample follows from its seed and the decisions alone: who looks again, or elsewhere, sees the same."""

from __future__ import annotations

from typing import Any

import pytest

from crowddesk.domain import BadInput, NotFound
from crowddesk.operations import acceptance, decisions, second_looks

Bench = Any


@pytest.fixture
def done(bench: Bench) -> int:
    """A run with forty answers."""
    return int(bench.completed(40))


def look(bench: Bench, run: int, goal: float = 0.1) -> acceptance.Looked:
    draw = acceptance.draw_of(bench.db, run)
    assert draw is not None
    with bench.db.read() as conn:
        return acceptance.look(conn, run, draw, goal=goal)


def test_what_is_right_and_wrong_follows_from_the_decisions(bench: Bench, done: int) -> None:
    assert acceptance.draw_of(bench.db, done) is None
    acceptance.begin(bench.db, done, 10, 7)
    first = look(bench, done)
    assert (len(first.open), len(first.rest), first.right, first.wrong) == (10, 30, (), ())
    assert first.sampled.words.startswith("None checked yet")
    drawn = first.open
    decisions.decide(bench.db, "approve", drawn[:7])
    decisions.decide(bench.db, "soft_reject", drawn[7:8])
    seen = look(bench, done)
    assert seen.right == drawn[:7]
    assert seen.wrong == drawn[7:8]
    assert seen.open == drawn[8:]
    assert seen.rest == first.rest
    assert (seen.sampled.checked, seen.sampled.wrong) == (8, 1)
    decisions.send(bench.db)
    bench.work_all()
    assert look(bench, done) == seen  # sent or not, it was decided
    assert look(bench, done, 0.9).sampled.more == 0


def test_an_undone_decision_is_none(bench: Bench, done: int) -> None:
    acceptance.begin(bench.db, done, 5, 1)
    drawn = look(bench, done).open
    made = decisions.decide(bench.db, "approve", drawn)
    assert look(bench, done).right == drawn
    decisions.undo(bench.db, made.action_ids)
    assert look(bench, done).open == drawn
    assert look(bench, done).right == ()


def test_more_are_the_same_and_some_more(bench: Bench, done: int) -> None:
    acceptance.begin(bench.db, done, 10, 3)
    first = look(bench, done).open
    decisions.decide(bench.db, "approve", first)
    acceptance.extend(bench.db, done, 8)
    seen = look(bench, done)
    assert seen.right == first
    assert len(seen.open) == 8
    assert not set(seen.open) & set(first)
    assert len(seen.rest) == 22
    acceptance.extend(bench.db, done, 1_000)
    assert (len(look(bench, done).open), look(bench, done).rest) == (30, ())


def test_decisions_on_others_and_from_before_change_nothing_in_it(bench: Bench, done: int) -> None:
    before = bench.ids(done)[:10]
    decisions.decide(bench.db, "approve", before)
    acceptance.begin(bench.db, done, 10, 5)
    seen = look(bench, done)
    assert not set(before) & {*seen.open, *seen.rest}
    decisions.decide(bench.db, "approve", seen.rest[:5])
    again = look(bench, done)
    assert again.open == seen.open
    assert again.rest == seen.rest[5:]
    decisions.decide(bench.db, "approve", again.rest)  # "approve the rest"
    assert look(bench, done).open == seen.open


def test_what_was_decided_before_the_draw_is_no_evidence_however_it_ends(bench: Bench, done: int) -> None:
    rejected, approved, undone, *_ = bench.ids(done)
    made = decisions.decide(bench.db, "reject", [rejected], reason="Every answer was the same one.")
    second_looks.agree(bench.db, made.action_ids)
    decisions.send(bench.db)
    bench.work_all()
    waits = decisions.decide(bench.db, "approve", [approved])
    gone = decisions.decide(bench.db, "approve", [undone])
    decisions.undo(bench.db, gone.action_ids)
    acceptance.begin(bench.db, done, 40, 5)
    first = look(bench, done)
    assert set(first.open) == set(bench.ids(done)) - {rejected, approved}
    assert first.rest == ()
    decisions.decide(bench.db, "unreject", [rejected])
    decisions.undo(bench.db, waits.action_ids)
    assert look(bench, done) == first
    decisions.decide(bench.db, "approve", [approved, undone])
    seen = look(bench, done)
    assert (seen.right, seen.sampled.checked) == ((undone,), 1)
    assert approved not in {*seen.open, *seen.rest}


def test_another_seed_draws_others_and_the_same_seed_the_same(bench: Bench, done: int) -> None:
    drawn = []
    for seed in (1, 2, 1):
        acceptance.begin(bench.db, done, 10, seed)
        drawn.append(look(bench, done).open)
    assert drawn[0] == drawn[2] != drawn[1]


def test_what_cannot_be_is_refused(bench: Bench) -> None:
    run = bench.completed(1)
    for size, seed in ((0, 1), (100_001, 1), (1, -1), (1, 2**60)):
        with pytest.raises(BadInput):
            acceptance.begin(bench.db, run, size, seed)
    with pytest.raises(NotFound):
        acceptance.begin(bench.db, 999, 5, 1)
    with pytest.raises(BadInput, match="No sample"):
        acceptance.extend(bench.db, run, 5)
    acceptance.begin(bench.db, run, 5, 1)
    with pytest.raises(BadInput, match="0 more"):
        acceptance.extend(bench.db, run, 0)
    bench.db.provider_store("crowddesk.sample").set(str(run), {"seed": "x", "size": 0})
    assert acceptance.draw_of(bench.db, run) is None
