"""Answers as columns: equal answers are equal text, missing ones are missing, one person is one person."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.operations.quality.answers import MISSING, STATUSES, Answers, read_answers, text_of
from crowddesk.store import tables as t


def _read(bench: Any, run: int) -> Answers:
    with bench.db.read() as conn:
        return read_answers(conn, run)


def test_a_run_as_columns(bench: Any) -> None:
    run = bench.completed(5, "blueprint.units_per_assignment=2")
    found = _read(bench, run)
    units = bench.units(run)
    assert found.unit_ids.tolist() == [u.id for u in units]
    assert [found.worker_names[w] for w in found.workers] == [u.worker_name for u in units]
    assert [found.item_keys[i] for i in found.items] == [u.item_key for u in units]
    assert [STATUSES[s] for s in found.statuses] == [u.status for u in units]
    assert found.seconds.tolist() == [u.seconds for u in units]
    assert found.pay.tolist() == [10] * 10
    answers = found.fields["answer"]
    assert [answers.values[c] for c in answers.codes] == [(u.output or {})["answer"] for u in units]
    assert found.standard.all()
    assert not found.pending.any()


def test_rows_of_units_that_are_here(bench: Any) -> None:
    found = _read(bench, bench.completed(3))
    ids = found.unit_ids
    assert found.rows_of([ids[2], 10**9, ids[0], -1]).tolist() == [2, 0]
    empty = _read(bench, bench.launch(2))
    assert len(empty) == 0
    assert empty.rows_of([1, 2]).tolist() == []
    assert empty.fields == {}


def test_a_field_that_not_everybody_answered(bench: Any) -> None:
    run = bench.completed(3)
    first = bench.units(run)[0]
    with bench.db.write() as w:
        w.update(t.Submission, [1, 3], answer='{"answer": ["b", "a"], "other": 4}')
        w.update(t.Submission, [2], answer="{damaged")
    found = _read(bench, run)
    by_unit = dict(zip(found.unit_ids.tolist(), range(3), strict=True))
    answer, other = found.fields["answer"], found.fields["other"]
    assert answer.values == ['["a", "b"]']
    damaged = [int(c) for c in answer.codes].index(MISSING)
    assert other.codes[damaged] == MISSING
    assert sorted(other.codes.tolist()) == [MISSING, 0, 0]
    assert first.id in by_unit


def test_workers_who_are_one_person(bench: Any) -> None:
    run = bench.completed(6)
    before = _read(bench, run)
    assert len(before.worker_ids) > 1
    with bench.db.write() as w:
        (person,) = w.insert(t.Identity, [{"label": "one", "created_at": w.at}])
        w.update(t.Worker, before.worker_ids, identity_id=person)
    assert np.unique(_read(bench, run).people).tolist() == [0]
    assert np.unique(before.people).tolist() == np.unique(before.workers).tolist()


_ANSWERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda value: st.lists(value) | st.dictionaries(st.text(), value),
    max_leaves=5,
)


@given(_ANSWERS)
def test_any_answer_is_text_or_missing(value: Any) -> None:
    assert (text_of(value) is None) == (value is None or value == "" or value == [])
