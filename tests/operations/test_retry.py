"""Trying a refused action again, a person's word on the data set, and what the send sheet counts."""

from __future__ import annotations

import pytest

from crowddesk.data_model.requester import Requester
from crowddesk.domain import ActionState, BadInput, Outcome, OverBudget, PolicyRefused
from crowddesk.operations import decisions, paying, second_looks
from crowddesk.operations.policy import RejectionPolicy
from crowddesk.operations.sending import read_sheet
from crowddesk.operations.workspace import open_workspace
from crowddesk.store import changes, ledger, wire
from crowddesk.store import tables as t
from crowddesk.store.queries import UNITS, money_totals, runs_of_workers, same_item, unit_detail
from crowddesk.testing.workspace import make_run


@pytest.fixture
def db(workspace_path):
    made = open_workspace(workspace_path)
    yield made
    made.close()


@pytest.fixture
def account(db) -> Requester:
    return db.find_requesters("practice")[0]


@pytest.fixture
def units(db, account) -> list[int]:
    """Two items, two answered units each, in a run with a cap of USD 1.00."""
    run = make_run(db, account, units_per_assignment=2)
    ids = [int(unit.db_id) for unit in run.get_units()]
    worker = db.new_worker("W1", "mock")
    for unit in run.get_units():
        names = (unit.task_id, unit.task_run_id, unit.assignment_id, unit.task_type, "mock")
        db.new_agent(worker, unit.db_id, *names, status="completed")
    with db.write() as w:
        w.update(t.TaskRun, [int(run.db_id)], budget_minor=100)
        changes.set_unit_statuses(w, dict.fromkeys(ids, ("created", "completed")))
    return ids


def refuse(db, action_ids, why="The vendor said no."):
    for seen, new in (("staged", "queued"), ("queued", "sending")):
        with db.write() as w:
            changes.set_action_states(w, dict.fromkeys(action_ids, ((seen,), new)))
    with db.write() as w:
        wire.settle(w, dict.fromkeys(action_ids, Outcome.refused(why)))


def states(db):
    with db.read() as conn:
        return ledger.count_states(conn)


def test_a_refused_action_is_tried_again_once(db, units):
    first = decisions.decide(db, "approve", units[:2])
    refuse(db, first.action_ids[:1])
    again = decisions.retry(db, first.action_ids)
    assert len(again.action_ids) == 1
    assert again.skipped == ((first.action_ids[1], "it is staged, not refused"),)
    twice = decisions.retry(db, first.action_ids[:1])
    assert twice.action_ids == ()
    assert states(db) == {"staged": 2, "refused": 1}
    refuse(db, again.action_ids)
    assert len(decisions.retry(db, again.action_ids).action_ids) == 1


def test_a_bonus_tried_again_twice_is_one_bonus(db, account, units):
    made = paying.pay_bonus(db, int(account.db_id), [1], 20, "Thanks", sequence="s", run_id=1)
    refuse(db, made.action_ids)
    decisions.retry(db, made.action_ids)
    second = decisions.retry(db, made.action_ids)
    assert second.skipped == ((made.action_ids[0], "the same action was recorded before"),)
    assert states(db) == {"staged": 1, "refused": 1}


def test_a_retry_that_was_taken_back_may_be_asked_for_anew(db, account, units):
    made = paying.pay_bonus(db, int(account.db_id), [1], 20, "Thanks", sequence="s", run_id=1)
    refuse(db, made.action_ids)
    for _ in range(3):
        again = decisions.retry(db, made.action_ids)
        assert len(again.action_ids) == 1
        assert decisions.undo(db, again.action_ids) == list(again.action_ids)
        with db.read() as conn:
            assert ledger.sent_again(conn, made.action_ids[0]) is None
    last = decisions.retry(db, made.action_ids)
    assert decisions.retry(db, made.action_ids).action_ids == ()
    with db.read() as conn:
        assert ledger.sent_again(conn, made.action_ids[0]) == last.action_ids[0]
        row = ledger.actions_by_id(conn, last.action_ids)[last.action_ids[0]]
    assert ledger.repeated_by(row["sequence"]) == made.action_ids[0]
    assert states(db) == {"staged": 1, "refused": 1, "cancelled": 3}


def test_a_retry_passes_the_budget_and_the_policy(db, account, units):
    made = paying.pay_bonus(db, int(account.db_id), [1], 40, "Thanks", sequence="s", run_id=1)
    refuse(db, made.action_ids)
    paying.pay_bonus(db, int(account.db_id), [1], 40, "More thanks", sequence="t", run_id=1)
    with pytest.raises(OverBudget):
        decisions.retry(db, made.action_ids)
    rejected = decisions.decide(db, "reject", units[:1], reason="A copy of it.")
    refuse(db, rejected.action_ids)
    with pytest.raises(PolicyRefused):
        decisions.retry(db, rejected.action_ids, caps=RejectionPolicy(most_a_day=0))
    assert states(db) == {"staged": 1, "refused": 2}


def test_rejections_of_several_categories_are_tried_again_as_one_batch(db, units):
    made = [
        decisions.decide(db, "reject", [unit], reason="A copy of it.", category=category).action_ids[0]
        for unit, category in zip(units[:3], ("COPY", "COPY", "TOO_QUICKLY"), strict=True)
    ]
    refuse(db, made)
    for caps in (RejectionPolicy(most_per_batch=2), RejectionPolicy(most_a_day=2)):
        with pytest.raises(PolicyRefused, match="cap of 2"):
            decisions.retry(db, made, caps=caps)
    with pytest.raises(PolicyRefused, match="would have 3 rejections"):
        decisions.retry(db, made, caps=RejectionPolicy(most_per_worker_a_day=2))
    assert states(db) == {"refused": 3}
    assert len(decisions.retry(db, made, caps=RejectionPolicy(most_per_batch=3)).action_ids) == 3


def test_a_unit_decided_meanwhile_is_not_decided_again(db, units):
    made = decisions.decide(db, "approve", units[:1])
    refuse(db, made.action_ids)
    with db.write() as w:
        changes.set_unit_statuses(w, {units[0]: ("completed", "accepted")})
    assert decisions.retry(db, made.action_ids).skipped == (
        (made.action_ids[0], "its unit is accepted by now"),
    )


def test_a_persons_word_on_the_data_set_outlives_a_decision(db, units):
    assert decisions.set_dataset_status(db, [*units[:1], 999], "out") == units[:1]
    with db.write() as w:
        changes.set_unit_statuses(w, dict.fromkeys(units[:2], ("completed", "accepted")))
    with db.read() as conn:
        assert [u.dataset_status for u in UNITS.rows(conn, units[:2])] == ["out", "in"]
        told = [(e.entity, e.old, e.new) for e in unit_detail(conn, units[0]).events]
        assert ("dataset", "undecided", "out") in told
    with pytest.raises(BadInput, match="no data-set status"):
        decisions.set_dataset_status(db, units, "maybe")


def test_an_undecided_word_gives_the_unit_back_to_the_next_decision(db, units):
    decisions.set_dataset_status(db, units[:1], "out")
    decisions.set_dataset_status(db, units[:1], "undecided")
    with db.write() as w:
        changes.set_unit_statuses(w, {units[0]: ("completed", "accepted")})
    with db.read() as conn:
        assert UNITS.rows(conn, units[:1])[0].dataset_status == "in"


def test_the_sheet_counts_and_send_goes_no_further_than_it(db, units):
    decisions.decide(db, "approve", units[:2])
    first = decisions.decide(db, "reject", units[2:3], reason="A copy of it.")
    with db.read() as conn:
        (waits,) = read_sheet(conn, RejectionPolicy()).accounts
    assert (waits.actions, waits.rejections) == (2, ())
    assert [row.action_id for row in waits.waiting] == list(first.action_ids)
    second_looks.agree(db, first.waiting, "It is one.")
    with db.read() as conn:
        sheet = read_sheet(conn, RejectionPolicy(most_per_batch=0, most_per_worker_a_day=0))
    (mine,) = sheet.accounts
    assert (mine.actions, mine.amount_minor, mine.fee_minor) == (3, 20, 4)
    assert mine.rejections == (("W1", 1),)
    assert len(mine.broken) == 2
    decisions.decide(db, "approve", units[3:])
    assert len(decisions.send(db, last_id=sheet.last_id)) == 3
    assert states(db) == {ActionState.STAGED: 1, ActionState.QUEUED: 3}


def test_money_stands_per_currency(db, account, units):
    with db.write() as w:
        changes.set_unit_statuses(w, {units[0]: ("completed", "accepted")})
    decisions.decide(db, "approve", units[1:2])
    paying.pay_bonus(db, int(account.db_id), [1], 20, "Thanks", sequence="s", run_id=1)
    with db.read() as conn:
        (total,) = money_totals(conn)
        runs = runs_of_workers(conn, [1])
    assert (total.currency, total.paid, total.reserved, total.staged) == ("USD", 12, 36 + 24, 12 + 24)
    assert [(run.id, free) for run, free in runs] == [(1, 100 - 48 - 24)]


def test_answers_to_one_item_are_grouped_by_what_they_say(db, units):
    texts = ['{"a": 1, "b": "x"}', '{"b": "x", "a": 1}']
    with db.write() as w:
        for unit_id, text in zip(units[:2], texts, strict=True):
            row = {"unit_id": unit_id, "task_run_id": 1, "raw": text, "answer": text, "received_at": w.at}
            (sent,) = w.insert(t.Submission, [row])
            w.update(t.Unit, [unit_id], submission_id=sent)
    with db.read() as conn:
        (group,) = same_item(conn, units[0])
        assert [unit for unit, _, _ in group.units] == units[:2]
        assert same_item(conn, units[2]) == []
