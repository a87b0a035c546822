"""Second looks: a first rejection waits, is agreed to or withdrawn by somebody, and leaves only then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from crowddesk.domain import BadInput
from crowddesk.operations import decisions, second_looks
from crowddesk.operations.policy import RejectionPolicy
from crowddesk.store import second_looks as looks

Bench = Any
WHY = "Every answer was the same one."


def reject(bench: Bench, ids: list[int], **more: Any) -> decisions.Decided:
    return decisions.decide(bench.db, "reject", ids, reason=WHY, **more)


def waiting(bench: Bench) -> list[looks.Waiting]:
    with bench.db.read() as conn:
        return second_looks.list_waiting(conn)


def test_a_first_rejection_waits_whatever_the_grace_and_the_next_ones_do_not(bench: Bench) -> None:
    run = bench.completed(5, "provider.people=1")
    ids = bench.ids(run)
    first = reject(bench, ids[:2], send_after=timedelta(0), evidence={ids[0]: ["3 s against 74 s"]})
    assert first.waiting == first.action_ids
    assert [(row.unit_id, row.evidence, row.run_title) for row in waiting(bench)] == [
        (ids[0], ("3 s against 74 s",), "A small task"),
        (ids[1], (), "A small task"),
    ]
    assert decisions.send(bench.db) == []
    for _ in range(3):
        bench.lane.step()
    assert bench.vendor.calls("reject") == []
    done = second_looks.agree(bench.db, first.action_ids[:1], "So it is.", send_after=timedelta(0))
    assert (done.action_ids, done.same_person) == (first.action_ids[:1], ())
    bench.work_all()
    assert bench.statuses(run) == {"rejected": 1, "completed": 4}
    # The second of the first decision was decided when it was a first one, too.
    assert [row.action_id for row in waiting(bench)] == [first.action_ids[1]]
    later = reject(bench, ids[2:3], send_after=timedelta(0))
    assert later.waiting == ()
    bench.work_all()
    assert bench.statuses(run)["rejected"] == 2


def test_who_said_what_is_kept(bench: Bench) -> None:
    run = bench.completed(2)
    made = reject(bench, bench.ids(run))
    bench.db.who = "Ines"
    second_looks.agree(bench.db, made.action_ids[:1], " So it is. ")
    second_looks.withdraw(bench.db, made.action_ids[1:], "It fits the guide.")
    with bench.db.read() as conn:
        found = looks.verdicts(conn, made.action_ids)
    assert [(verdict, note, who) for verdict, note, _, who in found.values()] == [
        ("agreed", "So it is.", "Ines"),
        ("withdrawn", "It fits the guide.", "Ines"),
    ]
    assert bench.states()["cancelled"] == 1
    assert sorted(u.pending or "" for u in bench.units(run)) == ["", "reject"]


def test_the_same_person_twice_is_told_where_others_could_look(bench: Bench) -> None:
    run = bench.completed(2)
    made = reject(bench, bench.ids(run))
    assert second_looks.agree(bench.db, made.action_ids[:1]).same_person == ()  # nobody else is here
    me, bench.db.who = bench.db.who, "Ines"
    bench.db.new_qualification("careful")
    bench.db.who = me
    with bench.db.read() as conn:
        (left,) = second_looks.list_waiting(conn)
        assert second_looks.looks_twice(conn, me, left)
        assert not second_looks.looks_twice(conn, "Ines", left)
    assert second_looks.agree(bench.db, [left.action_id]).same_person == (left.action_id,)


def test_what_does_not_wait_is_left_out_and_named(bench: Bench) -> None:
    run = bench.completed(3)
    approved = decisions.decide(bench.db, "approve", bench.ids(run)[:1])
    made = reject(bench, bench.ids(run)[1:])
    second_looks.agree(bench.db, made.action_ids[:1])
    done = second_looks.agree(bench.db, [*made.action_ids, *approved.action_ids, 999, made.action_ids[1]])
    assert done.action_ids == made.action_ids[1:]
    assert done.skipped == (
        (made.action_ids[0], "it does not wait for a second look"),
        (approved.action_ids[0], "it does not wait for a second look"),
        (999, "there is no such action"),
    )
    decisions.send(bench.db)
    again = second_looks.withdraw(bench.db, made.action_ids[:1], "No.")
    assert again.skipped == ((made.action_ids[0], "it is queued"),)


def test_a_withdrawal_says_why(bench: Bench) -> None:
    run = bench.completed(1)
    made = reject(bench, bench.ids(run))
    with pytest.raises(BadInput, match="say why"):
        second_looks.withdraw(bench.db, made.action_ids, " ")
    with pytest.raises(BadInput, match="use at most 2,000"):
        second_looks.agree(bench.db, made.action_ids, "x" * 2_001)
    assert len(waiting(bench)) == 1


def test_a_refused_rejection_that_was_agreed_to_goes_again_without_another_look(bench: Bench) -> None:
    run = bench.completed(1)
    bench.vendor.inject("refuse", "reject", nth=1)
    made = reject(bench, bench.ids(run))
    second_looks.agree(bench.db, made.action_ids, "So it is.")
    decisions.send(bench.db)
    bench.work_all()
    again = decisions.retry(bench.db, made.action_ids)
    assert again.waiting == ()
    decisions.send(bench.db)
    bench.work_all()
    assert bench.statuses(run) == {"rejected": 1}


def test_a_look_that_was_waived_is_asked_for_when_it_goes_again(bench: Bench) -> None:
    run = bench.completed(1)
    bench.vendor.inject("refuse", "reject", nth=1)
    waived = RejectionPolicy(second_look=False)
    made = reject(bench, bench.ids(run), caps=waived, send_after=timedelta(0))
    bench.work_all()
    still_waived = decisions.retry(bench.db, made.action_ids, caps=waived)
    assert still_waived.waiting == ()
    decisions.undo(bench.db, still_waived.action_ids)
    again = decisions.retry(bench.db, made.action_ids)
    assert again.waiting == again.action_ids != ()
    assert decisions.send(bench.db) == []


def test_a_rejection_that_was_taken_back_was_none(bench: Bench) -> None:
    run = bench.completed(3, "provider.people=1")
    ids = bench.ids(run)
    second_looks.agree(bench.db, reject(bench, ids[:1]).action_ids)
    decisions.send(bench.db)
    bench.work_all()
    later = reject(bench, ids[1:2])
    assert later.waiting == ()
    decisions.decide(bench.db, "unreject", ids[:1], send_after=timedelta(0))
    bench.work_all()
    # It was staged as a later one, and is the first after all.
    assert [row.action_id for row in waiting(bench)] == list(later.action_ids)
    assert decisions.send(bench.db) == []
