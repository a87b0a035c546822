"""What masks do to a run's data is counted from the answers themselves, and pay is only told."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from crowddesk.domain import DATASET_STATUSES, Cancelled
from crowddesk.operations import decisions
from crowddesk.operations.mask_effect import effect_of, leave_out, put_back, to_json
from crowddesk.operations.masks import Tags
from crowddesk.operations.quality.answers import STATUSES
from crowddesk.operations.quality.picture import make_picture
from crowddesk.store import doctor
from crowddesk.store.masks import data_of_units
from tests.operations.pictures import MadePicture, column, make_answers


def codes(words: list[str], known: Any) -> Any:
    return np.array([list(known).index(word) for word in words], dtype=np.int32)


def picture() -> Any:
    """Three items with two answers each, and a gold one; the second worker is quick and differs."""
    return MadePicture(
        make_answers(
            7,
            worker_names=["a", "b"],
            workers=np.array([0, 1, 0, 1, 0, 1, 1], dtype=np.int32),
            items=np.array([0, 0, 1, 1, 2, 2, 3], dtype=np.int32),
            unit_index=np.array([0, 1, 0, 1, 0, 1, -2], dtype=np.int32),
            seconds=np.array([60, 3, 60, 3, 60, 90, 3], dtype=np.float64),
            statuses=codes(
                ["accepted", "accepted", "rejected", "rejected", "completed", "soft_rejected", "completed"],
                STATUSES,
            ),
            datasets=codes(["in", "in", "out", "out", "undecided", "in", "undecided"], DATASET_STATUSES),
            by_person=np.array([0, 1, 0, 0, 0, 1, 0], dtype=np.bool_),
            fields={
                "answer": column("answer", ["yes", "no", "yes", "no", "yes", "yes", "no"]),
                "why": column("why", [f"This is what I think about {n}, at length." for n in range(7)]),
            },
        ),
        "answer",
    )


def test_before_and_after() -> None:
    named = {"fast": {"seconds_below": 5}, "b": {"worker": ["b"]}}
    found = effect_of(picture(), Tags(), named, ["fast", "fast", "b"], {"status": ["completed"]})
    assert found.by_mask == (("fast", 2), ("b", 3), ("", 1))
    assert found.together == 4
    assert found.newly_out == (2, 5, 6)  # the fourth is out already, the gold answer is no data
    assert found.of_those_in == 2
    assert found.before.data == {"undecided": 1, "in": 3, "out": 2}
    assert found.after.data == {"undecided": 0, "in": 1, "out": 5}
    assert (found.before.items, found.after.items) == (2, 1)
    assert (found.before.people, found.after.people) == (2, 1)
    assert (found.before.agreeing, found.after.agreeing) == (0.5, None)
    assert found.before.alpha == pytest.approx(0.0)
    assert found.after.alpha is None
    assert (found.before.labels, found.after.labels) == ({"yes": 3, "no": 1}, {"yes": 1, "no": 0})
    assert json.dumps(to_json(found))


def test_pay_beside_data() -> None:
    found = effect_of(picture(), Tags(), {}, (), {"seconds_below": 5})
    assert found.before.payment["paid", "in"] == 3
    assert found.after.payment["paid", "out"] == 1  # paid and left out
    assert found.before.payment["not paid", "out"] == 2
    assert sum(found.before.payment.values()) == sum(found.after.payment.values()) == found.answers == 6


def test_without_a_mask_nothing_changes_and_text_has_no_agreement() -> None:
    found = effect_of(picture(), Tags(), {}, (), None, "why")
    assert found.before == found.after
    assert (found.together, found.newly_out, found.by_mask) == (0, (), ())
    assert (found.before.alpha, found.before.agreeing, found.before.labels) == (None, None, {})
    assert effect_of(picture(), Tags(), {}, (), None, "gone").before.labels == {}


def test_it_ends_when_it_is_told_to() -> None:
    def stop() -> None:
        raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        effect_of(picture(), Tags(), {}, (), None, "", stop)


def test_of_a_real_run_and_of_one_without_answers(bench: Any) -> None:
    run = bench.completed(4, "blueprint.units_per_assignment=3")
    with bench.db.read() as conn:
        seen = make_picture(conn, run)
    everything = effect_of(seen, Tags(), {}, (), {"dataset": ["undecided"]})
    assert everything.answers == everything.together == len(everything.newly_out) == 12
    assert everything.after.items == 0
    assert set(decisions.set_dataset_status(bench.db, everything.newly_out, "out")) == set(bench.ids(run))
    unanswered = bench.launch(1)
    with bench.db.read() as conn:
        assert effect_of(make_picture(conn, run), Tags(), {}, (), None).before.data["out"] == 12
        empty = effect_of(make_picture(conn, unanswered), Tags(), {}, (), {"pasted": True})
    assert (empty.answers, empty.together, empty.before.labels) == (0, 0, {})


def test_what_was_left_out_comes_back_as_it_was(bench: Any) -> None:
    run = bench.completed(4)
    first, second, third, fourth = bench.ids(run)
    decisions.decide(bench.db, "approve", [first])
    decisions.send(bench.db)
    bench.work_all()
    decisions.set_dataset_status(bench.db, [second], "in")
    decisions.set_dataset_status(bench.db, [fourth], "out")
    left = leave_out(bench.db, [first, second, third, fourth, 999])
    assert left.count == 3
    assert {u.dataset_status for u in bench.units(run)} == {"out"}
    assert bench.statuses(run) == {"accepted": 1, "completed": 3}
    decisions.set_dataset_status(bench.db, [second], "in")  # somebody has said otherwise since
    assert put_back(bench.db, left) == 2
    with bench.db.read() as conn:
        found = data_of_units(conn, [first, second, third, fourth])
    assert found == {
        ("in", False): [first],
        ("in", True): [second],
        ("undecided", False): [third],
        ("out", True): [fourth],
    }
    assert put_back(bench.db, left) == 0
    assert doctor.check(bench.db) == []
