"""Decisions on submissions: the reviewer's own words and category, each once, each with its own outcome."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crowddesk.data_model.unit import Unit
from crowddesk.domain import Action, ActionKind, ActionState, AgentStatus, Found, Outcome
from crowddesk.providers.prolific.settling import CATEGORIES, MIN_REASON, Settling
from crowddesk.store import stays
from tests.providers.prolific.bench import REASON, Bench
from tests.providers.prolific_sandbox.open_sandbox import wait_until

BULK = "POST /submissions/bulk-approve/"
MOVE = "POST /submissions/{id}/transition/"
LOSSES = ("act_then_drop", "broken_after", "wrong_json")
DONE, REFUSED, UNKNOWN = ActionState.DONE, ActionState.REFUSED, ActionState.UNKNOWN


def rewards(bench: Bench) -> Counter[str]:
    """How often each submission was paid."""
    rows = [row for row in bench.vendor.ledger() if row["kind"] == "reward"]
    assert {row["amount"] for row in rows} <= {100}
    return Counter(row["submission_id"] for row in rows)


def states(outcomes: dict[str, Outcome], actions: list[Action]) -> list[str]:
    return [outcomes[action.id].state for action in actions]


# ----------------------------------------------------------------------------------------- approving


@pytest.mark.parametrize("people", [2, 8])
def test_work_is_approved_and_paid_once(bench: Bench, people: int) -> None:
    units = bench.answered(bench.live(people))
    actions = bench.decide(ActionKind.APPROVE, units)
    assert states(bench.settle(actions), actions) == [DONE] * people
    assert rewards(bench) == dict.fromkeys(bench.refs_of(units), 1)
    assert bench.sent.count(BULK) == (people > 3)
    assert states(bench.settle(actions), actions) == [DONE] * people
    assert set(rewards(bench).values()) == {1}


def test_approval_in_bulk_is_not_done_before_it_is_seen(bench: Bench) -> None:
    """The vendor answers at once and works later: until then nothing is known."""
    units = bench.answered(bench.live(5))
    actions = bench.decide(ActionKind.APPROVE, units)
    outcomes = bench.provider.perform(actions)
    assert {o.state for o in outcomes} == {UNKNOWN}
    bench.vendor.pass_time()
    assert set(bench.provider.look_up(actions)) == {Found.HAPPENED}


def test_approval_in_bulk_that_does_nothing_is_asked_for_again(bench: Bench) -> None:
    units = bench.answered(bench.live(5))
    bench.vendor.faults({"kind": "never_act", "route": BULK, "times": 1})
    actions = bench.decide(ActionKind.APPROVE, units)
    bench.provider.perform(actions)
    assert set(bench.provider.look_up(actions)) == {Found.NOT_YET}
    wait_until(lambda: set(bench.provider.look_up(actions)) == {Found.DID_NOT})
    assert states(bench.settle(actions), actions) == [DONE] * 5
    assert set(rewards(bench).values()) == {1}


@pytest.mark.parametrize("kind", LOSSES)
def test_bulk_approval_whose_answer_is_lost_pays_once(bench: Bench, kind: str) -> None:
    units = bench.answered(bench.live(5))
    bench.vendor.faults({"kind": kind, "route": BULK, "times": 1})
    actions = bench.decide(ActionKind.APPROVE, units)
    assert states(bench.settle(actions), actions) == [DONE] * 5
    assert set(rewards(bench).values()) == {1}
    assert bench.sent.count(BULK) == 1


def test_a_stale_listing_after_a_bulk_approval_pays_nobody_twice(bench: Bench) -> None:
    units = bench.answered(bench.live(7))
    actions = bench.decide(ActionKind.APPROVE, units)
    bench.vendor.faults({"kind": "stale_listing", "probability": 0.7, "seconds": 1.0}, seed=3)
    assert states(bench.settle(actions), actions) == [DONE] * 7
    assert set(rewards(bench).values()) == {1}


def test_one_wrong_submission_among_many_stops_none_of_the_others(bench: Bench) -> None:
    """A batch does not stop at its first error, and each item has its own outcome."""
    run = bench.live(6)
    units = bench.answered(run)
    with bench.db.write() as w:
        agent = units[2].get_assigned_agent()
        assert agent is not None
        stays.take_ref(w, run.db_id, "f" * 24, agent.db_id)
    actions = bench.decide(ActionKind.APPROVE, units)
    outcomes = bench.settle(actions)
    assert states(outcomes, actions) == [DONE, DONE, REFUSED, DONE, DONE, DONE]
    assert "404" in outcomes[actions[2].id].reason
    assert len(rewards(bench)) == 5


def test_returned_submissions_in_a_bulk_approval_are_refused_with_the_vendors_words(bench: Bench) -> None:
    """Prolific passes over in silence what it cannot approve; asked for alone it says why."""
    units = bench.answered(bench.live(8))
    for unit in units[:4]:
        bench.vendor.judge(bench.ref_of(unit), "RETURN")
    actions = bench.decide(ActionKind.APPROVE, units)
    outcomes = bench.settle(actions)
    assert states(outcomes, actions) == [REFUSED] * 4 + [DONE] * 4
    assert "RETURNED" in outcomes[actions[0].id].reason


def test_a_unit_that_nobody_from_prolific_worked_on_is_refused_alone(bench: Bench) -> None:
    run = bench.live(3)
    units = bench.answered(run, 2)
    free = run.get_units()[2]
    actions = bench.decide(ActionKind.APPROVE, [*units, free])
    outcomes = bench.settle(actions)
    assert states(outcomes, actions) == [DONE, DONE, REFUSED]
    assert bench.provider.look_up([actions[2]]) == [Found.DID_NOT]


def test_bulk_approval_meets_429_and_waits(bench: Bench) -> None:
    units = bench.answered(bench.live(5))
    bench.vendor.faults({"kind": "busy", "route": BULK, "times": 2})
    actions = bench.decide(ActionKind.APPROVE, units)
    outcomes = bench.provider.perform(actions)
    assert {o.state for o in outcomes} == {ActionState.QUEUED}
    assert min(o.again_in for o in outcomes) > 0
    assert states(bench.settle(actions), actions) == [DONE] * 5


def test_what_was_approved_elsewhere_is_found_approved(bench: Bench) -> None:
    (unit,) = bench.answered(bench.live(1))
    bench.vendor.judge(bench.ref_of(unit), "APPROVE")
    (action,) = bench.decide(ActionKind.APPROVE, [unit])
    assert bench.provider.look_up([action]) == [Found.HAPPENED]
    assert bench.carry_out(action).state == DONE
    assert set(rewards(bench).values()) == {1}


def test_what_was_decided_otherwise_elsewhere_is_a_persons_question(bench: Bench) -> None:
    (unit,) = bench.answered(bench.live(1))
    bench.vendor.reject(bench.ref_of(unit))
    (action,) = bench.decide(ActionKind.APPROVE, [unit])
    assert bench.provider.look_up([action]) == [Found.CANNOT_TELL]


def test_a_submission_that_is_gone_is_a_persons_question_and_stops_no_other_look_up(bench: Bench) -> None:
    run = bench.live(2)
    units = bench.answered(run)
    actions = bench.decide(ActionKind.APPROVE, units)
    with bench.db.write() as w:
        agent = units[0].get_assigned_agent()
        assert agent is not None
        stays.take_ref(w, run.db_id, "f" * 24, agent.db_id)
    assert bench.provider.look_up(actions) == [Found.CANNOT_TELL, Found.NOT_YET]


# ----------------------------------------------------------------------------------------- rejecting


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_reviewers_own_text_and_category_are_sent(bench: Bench, category: str) -> None:
    """Not one canned message, not always OTHER, and the category is a text, not a list."""
    (unit,) = bench.answered(bench.live(1))
    (action,) = bench.decide(ActionKind.REJECT, [unit], category=category)
    outcome = bench.do(ActionKind.REJECT, unit, reason=REASON, category=category)
    assert (outcome.state, outcome.vendor_status) == (DONE, "REJECTED")
    (body,) = bench.sent.bodies(f"POST /submissions/{bench.ref_of(unit)}/transition/")
    assert body == {"action": "REJECT", "message": REASON, "rejection_category": category}
    assert bench.vendor_status(unit) == "REJECTED"
    assert bench.provider.look_up([action]) == [Found.HAPPENED]
    assert rewards(bench) == {}


def test_the_category_is_a_text_and_no_list_by_a_stray_comma(bench: Bench) -> None:
    (unit,) = bench.answered(bench.live(1))
    bench.do(ActionKind.REJECT, unit, reason=REASON, category="NO_DATA")
    (body,) = bench.sent.bodies(f"POST /submissions/{bench.ref_of(unit)}/transition/")
    assert type(body["rejection_category"]) is str


def test_each_rejection_has_its_own_words(bench: Bench) -> None:
    units = bench.answered(bench.live(4))
    actions = [
        bench.decide(ActionKind.REJECT, [unit], reason=f"{REASON} Item {n}.", category=CATEGORIES[n])[0]
        for n, unit in enumerate(units)
    ]
    assert states(bench.settle(actions), actions) == [DONE] * 4
    bodies = [body for name, body in bench.sent.calls if name.endswith("/transition/") and "message" in body]
    assert [(b["message"], b["rejection_category"]) for b in bodies] == [
        (a.reason, a.category) for a in actions
    ]


def test_a_failed_rejection_is_told_and_is_not_marked_rejected_here(bench: Bench) -> None:
    (unit,) = bench.answered(bench.live(1))
    (action,) = bench.decide(ActionKind.REJECT, [unit], reason="Too short.")
    (outcome,) = bench.provider.perform([action])
    assert outcome.state == REFUSED
    assert f"at least {MIN_REASON} characters" in outcome.reason
    assert bench.vendor_status(unit) == "AWAITING REVIEW"
    agent = unit.get_assigned_agent()
    assert agent is not None
    with pytest.raises(Exception, match=str(MIN_REASON)):
        agent.reject_work("Too short.")
    assert Unit.get(bench.db, unit.db_id).db_status == AgentStatus.COMPLETED


def test_a_rejection_after_a_return_is_refused_with_the_vendors_words(bench: Bench) -> None:
    (unit,) = bench.answered(bench.live(1))
    bench.vendor.judge(bench.ref_of(unit), "RETURN")
    (action,) = bench.decide(ActionKind.REJECT, [unit])
    outcome = bench.carry_out(action)
    assert (outcome.state, "RETURNED" in outcome.reason) == (REFUSED, True)


def test_a_rejection_that_is_answered_well_and_is_none_is_not_done(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    (unit,) = bench.answered(bench.live(1))
    client = bench.provider.account_of(bench.account.db_id).client()
    monkeypatch.setattr(client, "move_submission", lambda *args, **more: client.submission(args[0]))
    for kind in (ActionKind.REJECT, ActionKind.APPROVE):
        (action,) = bench.decide(kind, [unit])
        (outcome,) = bench.provider.perform([action])
        assert (outcome.state, "awaiting review" in outcome.reason) == (UNKNOWN, True)


@pytest.mark.parametrize("kind", LOSSES)
@pytest.mark.parametrize("decision", [ActionKind.APPROVE, ActionKind.SOFT_REJECT, ActionKind.REJECT])
def test_a_decision_whose_answer_is_lost_is_found(bench: Bench, decision: str, kind: str) -> None:
    (unit,) = bench.answered(bench.live(1))
    bench.vendor.faults({"kind": kind, "route": MOVE, "times": 1})
    (action,) = bench.decide(decision, [unit])
    assert bench.carry_out(action).state == DONE
    assert bench.sent.count(f"POST /submissions/{bench.ref_of(unit)}/transition/") == 1
    assert sum(rewards(bench).values()) == (decision != ActionKind.REJECT)


def test_a_decision_that_did_not_arrive_goes_out_again(bench: Bench) -> None:
    (unit,) = bench.answered(bench.live(1))
    bench.vendor.faults({"kind": "broken", "route": MOVE, "times": 1})
    (action,) = bench.decide(ActionKind.REJECT, [unit])
    assert bench.carry_out(action).state == DONE
    assert bench.vendor_status(unit) == "REJECTED"


def test_a_web_page_instead_of_json_is_no_success(bench: Bench) -> None:
    (unit,) = bench.answered(bench.live(1))
    bench.vendor.faults({"kind": "wrong_json", "route": MOVE, "times": 1})
    (action,) = bench.decide(ActionKind.REJECT, [unit])
    (outcome,) = bench.provider.perform([action])
    assert outcome.state == UNKNOWN
    assert "<" not in outcome.reason


# ------------------------------------------------------------------------- taking back, asking to return


def rejected(bench: Bench) -> Unit:
    (unit,) = bench.answered(bench.live(1))
    (action,) = bench.decide(ActionKind.REJECT, [unit])
    assert bench.carry_out(action).state == DONE
    return unit


def test_a_rejection_is_taken_back_and_paid(bench: Bench) -> None:
    unit = rejected(bench)
    (action,) = bench.decide(ActionKind.UNREJECT, [unit])
    assert bench.provider.look_up([action]) == [Found.NOT_YET]
    assert bench.carry_out(action).state == DONE
    assert bench.vendor_status(unit) == "APPROVED"
    assert set(rewards(bench).values()) == {1}
    assert bench.carry_out(action).state == DONE
    assert set(rewards(bench).values()) == {1}


@pytest.mark.parametrize("kind", LOSSES)
@pytest.mark.parametrize("lost", [1, 2])
def test_taking_a_rejection_back_is_resumed_half_way(bench: Bench, kind: str, lost: int) -> None:
    """First or second of its two calls is lost: it goes on where it was, and pays once."""
    unit = rejected(bench)
    seen = bench.sent.count(f"POST /submissions/{bench.ref_of(unit)}/transition/")
    if lost == 2:
        bench.vendor.judge(bench.ref_of(unit), "UNREJECT")
    bench.vendor.faults({"kind": kind, "route": MOVE, "times": 1})
    (action,) = bench.decide(ActionKind.UNREJECT, [unit])
    assert bench.carry_out(action).state == DONE
    assert bench.vendor_status(unit) == "APPROVED"
    assert set(rewards(bench).values()) == {1}
    assert bench.sent.count(f"POST /submissions/{bench.ref_of(unit)}/transition/") - seen == 3 - lost


def test_a_return_is_asked_for_with_the_reviewers_reasons(bench: Bench) -> None:
    first, second = bench.answered(bench.live(2))
    reasons = ["You withdrew consent.", "Écran trop petit."]
    assert bench.do(ActionKind.REQUEST_RETURN, first, payload={"reasons": reasons}).state == DONE
    assert bench.do(ActionKind.REQUEST_RETURN, second, reason=REASON).state == DONE
    route = "POST /submissions/{}/request-return/"
    assert bench.sent.bodies(route.format(bench.ref_of(first))) == [{"request_return_reasons": reasons}]
    assert bench.sent.bodies(route.format(bench.ref_of(second))) == [{"request_return_reasons": [REASON]}]
    for unit in (first, second):
        action = bench.action(ActionKind.REQUEST_RETURN, unit, reason=REASON)
        assert bench.provider.look_up([action]) == [Found.HAPPENED]


@pytest.mark.parametrize("kind", [*LOSSES, "broken"])
def test_a_return_whose_answer_is_lost_is_found_or_asked_for_again(bench: Bench, kind: str) -> None:
    (unit,) = bench.answered(bench.live(1))
    bench.vendor.faults({"kind": kind, "route": "POST /submissions/{id}/request-return/", "times": 1})
    action = bench.action(ActionKind.REQUEST_RETURN, unit, reason=REASON)
    assert bench.carry_out(action).state == DONE
    assert bench.vendor.submission(bench.ref_of(unit))["return_requested"]


def test_a_return_of_what_is_approved_is_refused(bench: Bench) -> None:
    (unit,) = bench.answered(bench.live(1))
    bench.vendor.judge(bench.ref_of(unit), "APPROVE")
    action = bench.action(ActionKind.REQUEST_RETURN, unit, reason=REASON)
    assert bench.carry_out(action).state == REFUSED
    assert bench.provider.look_up([action]) == [Found.CANNOT_TELL]


# ---------------------------------------------------------------------------------------- everything


@pytest.mark.parametrize("seed", range(3))
def test_every_decision_ends_as_the_vendor_has_it_whatever_goes_wrong(bench: Bench, seed: int) -> None:
    units = bench.answered(bench.live(12))
    actions = [
        *bench.decide(ActionKind.APPROVE, units[:7]),
        *bench.decide(ActionKind.REJECT, units[7:]),
    ]  # fmt: skip
    bench.vendor.faults(
        *(
            {"kind": kind, "probability": 0.12}
            for kind in (*LOSSES, "broken", "busy", "stale_listing", "duplicate_listing", "shuffled_listing")
        ),
        {"kind": "never_act", "route": BULK, "probability": 0.5},
        seed=seed,
    )
    outcomes = bench.settle(actions)
    bench.vendor.faults()
    assert states(outcomes, actions) == [DONE] * 12
    assert [bench.vendor_status(u) for u in units] == ["APPROVED"] * 7 + ["REJECTED"] * 5
    assert rewards(bench) == dict.fromkeys(bench.refs_of(units[:7]), 1)


def test_any_text_and_category_is_sent_as_it_is_or_refused(bench: Bench) -> None:
    """What Prolific has to say about odd words is heard; nothing is cut, filled up or replaced on the way."""
    (unit,) = bench.answered(bench.live(1))

    @settings(max_examples=60)
    @given(reason=st.text(max_size=300), category=st.text(max_size=20) | st.sampled_from(CATEGORIES))
    def check(reason: str, category: str) -> None:
        if bench.vendor_status(unit) == "REJECTED":
            bench.vendor.judge(bench.ref_of(unit), "UNREJECT")
        bench.sent.forget()
        outcome = bench.do(ActionKind.REJECT, unit, reason=reason, category=category)
        (body,) = [body for _, body in bench.sent.calls]
        assert body["message"] == reason
        assert body["rejection_category"] == category
        fine = len(reason.strip()) >= MIN_REASON and category in CATEGORIES
        assert outcome.state == (DONE if fine else REFUSED)
        if not fine:  # the document says so, and so does the vendor
            bench.sent.departures.clear()

    check()


def test_a_settling_repr_shows_no_secret(bench: Bench) -> None:
    client = bench.provider.account_of(bench.account.db_id).client()
    assert bench.vendor.token not in repr(client) + repr(Settling(client, bench.provider._approval_lag))
