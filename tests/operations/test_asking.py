"""What is asked of people at a vendor, and the third thing to say of what nobody can look up: once more."""

from __future__ import annotations

from typing import Any

import pytest

from crowddesk.domain import BadInput, Conflict, Outcome
from crowddesk.operations import decisions, paying
from crowddesk.operations.reasons import fill_all
from crowddesk.providers.mock import MockProvider
from crowddesk.store import doctor, ledger

Bench = Any


@pytest.fixture
def sound(bench: Bench) -> Any:
    """The bench, looked over at the end."""
    yield bench
    assert doctor.check(bench.db) == []


@pytest.fixture
def able(sound: Bench, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The practice vendor offers more than it does; what it was told is in the list."""
    told: list[Any] = []
    real = MockProvider.perform

    def perform(self: MockProvider, actions: Any) -> list[Outcome]:
        if actions[0].kind not in ("request_return", "message"):
            return real(self, actions)
        told.extend(actions)
        return [Outcome.done() for _ in actions]

    monkeypatch.setattr(MockProvider, "perform", perform)
    monkeypatch.setattr(MockProvider, "OFFERS", frozenset({"request_return", "message"}))
    return told


def test_a_return_is_asked_for_with_all_reasons(sound: Bench, able: list[Any]) -> None:
    run = sound.completed(2)
    first, second = sound.ids(run)
    decisions.decide(sound.db, "approve", [second])
    done = decisions.request_return(sound.db, [first, second, first, 999], [" Empty. ", "", "Late."])
    assert done.skipped == ((second, "its approve is still open"), (999, "there is no such unit"))
    decisions.send(sound.db)
    sound.work_all()
    (action,) = able
    assert (action.target_id, action.reason) == (str(first), "Empty.; Late.")
    assert action.payload == {"reasons": ["Empty.", "Late."]}
    assert sound.statuses(run) == {"completed": 1, "accepted": 1}  # nobody is forced


def test_each_worker_who_is_asked_reads_their_own_words(sound: Bench, able: list[Any]) -> None:
    run = sound.completed(2)
    ids = sound.ids(run)
    texts = ["Item {item} is empty.", "Late."]
    with pytest.raises(BadInput, match=r"still holds \{item\}"):
        decisions.request_return(sound.db, ids, texts)
    with pytest.raises(BadInput, match=r"\{gold_failed\} is not known for 2 of 2 units"):
        fill_all(sound.db, ids, ["{gold_failed} missed."])
    decisions.request_return(sound.db, ids, fill_all(sound.db, ids, texts))
    decisions.send(sound.db)
    sound.work_all()
    assert sorted(action.payload["reasons"] for action in able) == [
        ["Item i0 is empty.", "Late."],
        ["Item i1 is empty.", "Late."],
    ]


def test_a_return_is_not_asked_for_without_a_reason_or_where_nobody_is(
    sound: Bench, able: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sound.launch(1, "provider.speed=0.001")
    sound.work_until(lambda: sound.statuses(run) == {"launched": 1})
    with pytest.raises(BadInput, match="needs a reason"):
        decisions.request_return(sound.db, sound.ids(run), ["", " "])
    assert decisions.request_return(sound.db, sound.ids(run), ["Empty."]).skipped[0][1] == "it is launched"
    monkeypatch.setattr(MockProvider, "OFFERS", frozenset())
    assert decisions.request_return(sound.db, sound.ids(run), ["Empty."]).skipped[0][1] == (
        "mock offers no such request"
    )


def test_a_message_clicked_twice_is_one_and_a_second_one_another(sound: Bench, able: list[Any]) -> None:
    run = sound.completed(1)
    worker = sound.units(run)[0].worker_id
    for sequence in ("a", "a", "b"):
        decisions.send_message(sound.db, 1, [worker, worker], "Thank you.", run, sequence)
    decisions.send(sound.db)
    sound.work_all()
    said = [(a.target_id, a.reason, a.task_run_id) for a in able]
    assert said == [(str(worker), "Thank you.", str(run))] * 2


def test_messages_are_refused_where_they_cannot_be(
    sound: Bench, able: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sound.completed(1)
    worker = sound.units(run)[0].worker_id
    with pytest.raises(BadInput, match="needs words"):
        decisions.send_message(sound.db, 1, [worker], "  ", None, "a")
    other = int(sound.db.new_requester("other", "mock"))
    with pytest.raises(BadInput, match="is not of the account 'other'"):
        decisions.send_message(sound.db, other, [worker], "Hello.", run, "a")
    monkeypatch.setattr(MockProvider, "OFFERS", frozenset())
    with pytest.raises(BadInput, match="No messages can be sent"):
        decisions.send_message(sound.db, 1, [worker], "Hello.", None, "a")


def test_a_bonus_bears_the_accounts_own_fee(sound: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    run = sound.completed(1)
    monkeypatch.setattr(MockProvider, "quote_for", lambda self, account, kind, amount, count: 7)
    worker = sound.units(run)[0].worker_id
    (bonus,) = paying.pay_bonus(sound.db, 1, [worker], 50, "Thanks.", sequence="a", run_id=run).action_ids
    with sound.db.read() as conn:
        assert ledger.actions_by_id(conn, [bonus])[bonus]["fee_minor"] == 7


# ------------------------------------------------------------------------------------------ once more


@pytest.fixture
def doubt(sound: Bench, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """A bonus that was not paid and of which the vendor cannot tell; its run."""
    run = sound.completed(1, "task.budget=1.00")
    worker = sound.units(run)[0].worker_id
    with monkeypatch.context() as patch:
        patch.setattr(MockProvider, "perform", lambda self, actions: [Outcome.unknown("?")] * len(actions))
        patch.setattr(MockProvider, "look_up", lambda self, actions: ["cannot tell"] * len(actions))
        paid = paying.pay_bonus(sound.db, 1, [worker], 50, "Thanks.", sequence="a", run_id=run)
        decisions.send(sound.db)
        sound.work_until(lambda: sound.states(run).get("needs_you", 0) == 1)
    return int(paid.action_ids[0]), run


def test_what_did_not_happen_goes_out_once_more_and_only_once(sound: Bench, doubt: tuple[int, int]) -> None:
    bonus, _ = doubt
    again = decisions.resolve_and_resend(sound.db, bonus)
    assert decisions.resolve_and_resend(sound.db, bonus) == again != bonus
    sound.work_all()
    assert decisions.resolve_and_resend(sound.db, bonus) == again
    assert [p.kind for p in sound.vendor.payments("practice")].count("bonus") == 1
    with sound.db.read() as conn:
        rows = ledger.actions_by_id(conn, [bonus, again])
    assert [(rows[i]["state"], rows[i]["amount_minor"]) for i in (bonus, again)] == [
        ("refused", 50), ("done", 50)
    ]  # fmt: skip
    assert "it did not happen" in rows[bonus]["outcome"]


def test_what_waits_for_nobody_is_not_sent_again(sound: Bench, doubt: tuple[int, int]) -> None:
    bonus, run = doubt
    decisions.resolve(sound.db, bonus, happened=True)
    for action in (bonus, 12345):
        with pytest.raises(Conflict, match="does not wait for a decision"):
            decisions.resolve_and_resend(sound.db, action)
    assert sound.states(run).get("queued", 0) == 0


def test_a_decision_on_a_unit_that_has_moved_on_is_not_sent_again(
    sound: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = sound.completed(1)
    (unit,) = sound.ids(run)
    (action,) = decisions.decide(sound.db, "approve", [unit]).action_ids
    with monkeypatch.context() as patch:
        patch.setattr(MockProvider, "perform", lambda self, actions: [Outcome.unknown("?")] * len(actions))
        patch.setattr(MockProvider, "look_up", lambda self, actions: ["cannot tell"] * len(actions))
        decisions.send(sound.db)
        sound.work_until(lambda: sound.states(run).get("needs_you", 0) == 1)
    agent = sound.db.get_unit(str(unit))["agent_id"]
    sound.db.update_agent(agent, "returned")  # which a poll may say while the question is open
    with pytest.raises(Conflict, match="its unit is launched by now"):
        decisions.resolve_and_resend(sound.db, action)
    assert sound.states(run)["needs_you"] == 1  # nothing was changed
    assert sound.db.get_unit(str(unit))["status"] == "completed"
