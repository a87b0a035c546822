"""Wishes that replace one another: what has not left is taken back, what has left stays and is named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from crowddesk.domain import PolicyRefused
from crowddesk.operations import decisions
from crowddesk.operations.policy import RejectionPolicy
from crowddesk.operations.settling import NOTHING, Wish, settle
from crowddesk.store.queries.review import marks_of_units, waiting_by_run

Bench = Any
WHY = "Every answer was the same one."


def pending(bench: Bench, *ids: int) -> list[str | None]:
    with bench.db.read() as conn:
        marks = marks_of_units(conn, ids)
    return [marks[unit_id].pending for unit_id in ids]


def test_a_wish_is_recorded_and_replaced_and_taken_back(bench: Bench) -> None:
    run = bench.completed(3)
    unit = bench.ids(run)[0]
    (made,) = settle(bench.db, {unit: Wish("approve")}, {})
    assert (made.before, made.why, pending(bench, unit)) == (NOTHING, "", ["approve"])
    soft = Wish("soft_reject", "not careful", evidence=("11 s against a median of 74 s",))
    (made,) = settle(bench.db, {unit: soft}, {unit: "approve"})
    assert (made.before.kind, pending(bench, unit)) == ("approve", ["soft_reject"])
    (made,) = settle(bench.db, {unit: NOTHING}, {unit: "soft_reject"})
    assert made.before == soft  # whole, so that it can stand again
    assert pending(bench, unit) == [None]
    (made,) = settle(bench.db, {unit: made.before}, {})
    assert pending(bench, unit) == ["soft_reject"]
    decisions.send(bench.db)
    bench.work_all()
    assert bench.statuses(run) == {"completed": 2, "soft_rejected": 1}
    assert [p.kind for p in bench.vendor.payments("practice")] == ["opening", "approve"]


def test_what_has_left_is_named_and_stays(bench: Bench) -> None:
    run = bench.completed(2)
    first, second = bench.ids(run)
    settle(bench.db, {first: Wish("approve")}, {}, send_after=timedelta(0))
    bench.work_all()
    done, open_one = settle(bench.db, {first: NOTHING, second: NOTHING}, {first: "approve"})
    assert (done.left, open_one.left) == ("approve", "")
    (again,) = settle(bench.db, {first: Wish("soft_reject")}, {first: "approve"})
    assert again.why == "it is accepted"
    assert bench.statuses(run) == {"accepted": 1, "completed": 1}


def test_another_desk_was_quicker(bench: Bench) -> None:
    run = bench.completed(2)
    first, second = bench.ids(run)
    decisions.decide(bench.db, "approve", [first], send_after=timedelta(0))
    bench.work_all()
    one, other = settle(bench.db, {first: Wish("approve"), second: Wish("approve")}, {})
    assert (one.why, other.why) == ("it is accepted", "")
    assert pending(bench, second) == ["approve"]


def test_what_another_desk_decided_is_not_taken_back(bench: Bench) -> None:
    run = bench.completed(1)
    (unit,) = bench.ids(run)
    decisions.decide(bench.db, "soft_reject", [unit])
    (made,) = settle(bench.db, {unit: Wish("approve")}, {})
    assert (made.why, made.before) == ("its soft reject is still open", NOTHING)
    (made,) = settle(bench.db, {unit: NOTHING}, {unit: "approve"})
    assert (made.left, pending(bench, unit)) == ("soft_reject", ["soft_reject"])


def test_a_rejection_passes_the_policy_and_a_refused_one_changes_nothing(bench: Bench) -> None:
    run = bench.completed(3)
    ids = bench.ids(run)
    settle(bench.db, {ids[0]: Wish("approve")}, {})
    with pytest.raises(PolicyRefused, match="needs a reason"):
        settle(bench.db, {ids[0]: Wish("reject")}, {ids[0]: "approve"})
    assert pending(bench, ids[0]) == ["approve"]
    with pytest.raises(PolicyRefused, match="cap"):
        settle(
            bench.db,
            dict.fromkeys(ids, Wish("reject", WHY)),
            {ids[0]: "approve"},
            caps=RejectionPolicy(most_per_batch=2),
        )
    assert pending(bench, *ids) == ["approve", None, None]
    settle(bench.db, {ids[1]: Wish("reject", WHY)}, {})
    assert pending(bench, ids[1]) == ["reject"]


def test_rejections_in_different_words_and_categories_are_one_batch(bench: Bench) -> None:
    run = bench.completed(3)
    wishes = {
        unit: Wish("reject", f"{WHY} {n}", f"CATEGORY_{n}", (f"{n} s",))
        for n, unit in enumerate(bench.ids(run))
    }
    with pytest.raises(PolicyRefused, match="3 rejections at once are more than the cap of 2"):
        settle(bench.db, wishes, {}, caps=RejectionPolicy(most_per_batch=2))
    assert pending(bench, *wishes) == [None] * 3
    settle(bench.db, wishes, {}, caps=RejectionPolicy(most_per_batch=3))
    made = settle(bench.db, dict.fromkeys(wishes, NOTHING), dict.fromkeys(wishes, "reject"))
    assert {one.unit_id: one.before for one in made} == wishes  # each with its own words and category


def test_what_waits_is_counted_without_what_is_on_its_way(bench: Bench) -> None:
    run = bench.completed(4)
    ids = bench.ids(run)
    with bench.db.read() as conn:
        assert waiting_by_run(conn) == {run: 4}
    settle(bench.db, {ids[0]: Wish("approve"), ids[1]: Wish("soft_reject")}, {})
    with bench.db.read() as conn:
        assert waiting_by_run(conn) == {run: 2}
    settle(bench.db, dict.fromkeys(ids, Wish("approve")), {ids[1]: "soft_reject"})
    with bench.db.read() as conn:
        assert waiting_by_run(conn) == {}
