"""What could make a bonus be paid twice, or get lost: lies, damage, people who decide too early."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.data_model.database import CrowdDatabase, ProviderStore
from crowddesk.domain import Found, Outcome, WorkspaceError, now
from crowddesk.providers.prolific import bonus_notes
from crowddesk.providers.prolific.api import BulkBonus, Submission
from crowddesk.providers.prolific.bonuses import Bonuses, Patience
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.wire import Busy, Lost, Refused
from crowddesk.store import tables as t
from tests.providers.prolific.purse import PAY, Purse


def test_a_damaged_note_is_no_proof_that_nothing_was_paid(
    purse: Callable[[int], Purse], db: CrowdDatabase
) -> None:
    mine = purse(5)
    lines = mine.lines()
    mine.bonuses.pay(lines)
    store = db.provider_store("prolific")
    keys = [f"bonus/{line.action.id}" for line in lines]
    store.set(keys[0], ["no", "note"])
    store.set(keys[1], {"state": "paying"})
    store.set(keys[2], store.get(keys[2]) | {"first_sent": "yesterday"})
    store.set(keys[3], store.get(keys[3]) | {"state": "whatever"})
    break_row(db, keys[4])
    mine.restart(Patience(0.0, 0.0))
    found = mine.bonuses.look_up([line.action for line in lines])
    assert set(found.values()) == {Found.CANNOT_TELL}
    assert all(isinstance(mine.bonuses.evidence_of(line.action.id), dict) for line in lines)
    # Others are paid all the same.
    other = mine.line(mine.submissions[0])
    assert mine.bonuses.pay([other])[other.action.id].state == "unknown"


def break_row(db: CrowdDatabase, key: str) -> None:
    """As a bad disk or a curious hand leaves it."""
    with db.write() as w:
        columns = t.ProviderRow.__table__.c  # type: ignore[attr-defined]
        w.conn.execute(sa.update(t.ProviderRow).where(columns.key == key).values(value='{"state": "pa'))


def test_what_was_seen_to_be_paid_is_never_paid_again(purse: Callable[[int], Purse]) -> None:
    """A lane that slept through its own take-over comes back with an action that is done."""
    mine = purse(2)
    lines = mine.lines()
    mine.settle(lines, mine.bonuses.pay(lines))
    again = mine.bonuses.pay(lines)
    assert {o.state for o in again.values()} == {"done"}
    assert set(mine.paid().values()) == {1}


def test_two_accounts_of_a_workspace_pay_one_after_the_other(
    purse: Callable[[int], Purse], db: CrowdDatabase
) -> None:
    """The second begins while the first reads: it goes ahead, and the first starts over."""
    mine = purse(4)
    first, second = mine.lines()[:2], mine.lines()[2:]
    other = Bonuses(db, db.provider_store("prolific"), mine.client, mine.desk.workspace, Patience(9, 9))
    begun: dict[str, Any] = {}

    def meanwhile() -> None:
        if not begun:
            begun.update(other.pay(second))

    with before(mine.client, "prepare_bonuses", meanwhile):
        outcomes = mine.bonuses.pay(first)
    states = {o.state for o in outcomes.values()}, {o.state for o in begun.values()}
    assert sorted(states, key=str) == [{"queued"}, {"unknown"}]
    assert set(mine.settle([*first, *second], outcomes | begun).values()) == {"done"}
    assert set(mine.paid().values()) == {1}


@contextmanager
def before(client: ProlificClient, name: str, act: Callable[[], None]) -> Iterator[None]:
    """Something happens right before a call."""
    real = getattr(client, name)

    def call(*args: Any) -> Any:
        act()
        return real(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, name, call)
        yield


@contextmanager
def answering(client: ProlificClient, name: str, change: Callable[[Any], Any]) -> Iterator[None]:
    """The vendor answers a call otherwise than it does."""
    real = getattr(client, name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, name, lambda *args: change(real(*args)))
        yield


def test_a_gateways_503_does_not_say_that_nothing_was_paid(purse: Callable[[int], Purse]) -> None:
    """A gateway says so also when it lost the connection behind it after the payment."""
    mine = purse(2)
    mine.restart(Patience(taken=30.0, lost=30.0))

    def gone(answer: None) -> None:
        raise Busy("Prolific has no time (503).", is_sure=False)

    lines = mine.lines()
    with answering(mine.client, "pay_bonuses", gone):
        outcomes = mine.bonuses.pay(lines)
    assert {o.state for o in outcomes.values()} == {"unknown"}
    assert set(mine.settle(lines, outcomes).values()) == {"done"}
    assert set(mine.paid().values()) == {1}


def test_the_number_of_an_earlier_payment_is_not_paid_again(purse: Callable[[int], Purse]) -> None:
    mine = purse(2)
    first, second = ([line] for line in mine.lines())
    mine.settle(first, mine.bonuses.pay(first))
    used = mine.bonuses.evidence_of(first[0].action.id)["bulk_id"]
    with answering(mine.client, "prepare_bonuses", lambda bulk: replace(bulk, id=used)):
        outcomes = mine.bonuses.pay(second)
    assert {o.state for o in outcomes.values()} == {"refused"}
    assert mine.paid() == Counter({first[0].submission_id: 1})
    assert mine.settle(second, mine.bonuses.pay(second)) == {second[0].action.id: "done"}


@pytest.mark.parametrize(
    "lie",
    [
        lambda bulk: replace(bulk, amount=bulk.amount * 100),
        lambda bulk: replace(bulk, amount=bulk.amount // 100),
        lambda bulk: replace(bulk, study="another"),
        lambda bulk: replace(bulk, id=""),
        lambda bulk: replace(bulk, id="../../x"),
        lambda bulk: replace(bulk, total=bulk.total * 2),
    ],
)
def test_a_set_up_that_is_not_what_was_asked_for_is_not_paid(
    purse: Callable[[int], Purse], lie: Callable[[BulkBonus], BulkBonus]
) -> None:
    mine = purse(2)
    lines = mine.lines()
    with answering(mine.client, "prepare_bonuses", lie):
        outcomes = mine.bonuses.pay(lines)
    assert {o.state for o in outcomes.values()} == {"refused"}
    assert not mine.paid()


def test_a_wallet_of_another_currency_pays_nothing(purse: Callable[[int], Purse]) -> None:
    mine = purse(1)
    lines = mine.lines()
    with answering(mine.client, "balance", lambda balance: replace(balance, currency="USD")):
        outcomes = mine.bonuses.pay(lines)
    assert {o.state for o in outcomes.values()} == {"refused"}
    assert "USD" in outcomes[lines[0].action.id].reason
    assert not mine.paid()


@pytest.mark.parametrize("currency", ["JPY", "BHD"])
def test_a_currency_that_has_no_hundredths_is_not_guessed_at(
    purse: Callable[[int], Purse], currency: str
) -> None:
    mine = purse(1)
    line = mine.line(mine.submissions[0])
    line = replace(line, action=replace(line.action, currency=currency))
    with answering(mine.client, "balance", lambda balance: replace(balance, currency=currency)):
        outcomes = mine.bonuses.pay([line])
    assert {o.state for o in outcomes.values()} == {"refused"}
    assert not mine.paid()


def test_an_old_picture_of_a_submission_is_no_baseline(purse: Callable[[int], Purse]) -> None:
    """The first bonus would be taken for the second, which never came."""
    mine = purse(1)
    first, second = ([mine.line(mine.submissions[0])] for _ in range(2))
    mine.settle(first, mine.bonuses.pay(first))
    with answering(mine.client, "submission", lambda seen: replace(seen, bonus_payments=())):
        outcomes = mine.bonuses.pay(second)
    assert {o.state for o in outcomes.values()} == {"queued"}
    mine.restart(Patience(taken=0.5, lost=0.5))
    mine.desk.faults({"kind": "never_act", "route": PAY, "times": 1})
    assert mine.settle(second, outcomes) == {second[0].action.id: "needs you"}


def test_a_bonus_that_was_taken_away_at_the_vendor_keeps_nobody_waiting(
    purse: Callable[[int], Purse],
) -> None:
    mine = purse(1)
    first, second = ([mine.line(mine.submissions[0])] for _ in range(2))
    mine.settle(first, mine.bonuses.pay(first))
    mine.restart(Patience(taken=0.0, lost=0.0))
    with answering(mine.client, "submission", lambda seen: replace(seen, bonus_payments=())):
        assert mine.bonuses.pay(second)[second[0].action.id].state == "unknown"


def test_half_of_a_batch_that_was_paid_is_told_from_the_other_half(purse: Callable[[int], Purse]) -> None:
    """The vendor takes it all, and shows a payment for the first and the last."""
    mine = purse(6)
    mine.restart(Patience(taken=1.0, lost=1.0))
    lines = mine.lines()
    paid = {mine.submissions[0], mine.submissions[5]}

    def half(seen: Submission) -> Submission:
        return seen if seen.id in paid else replace(seen, bonus_payments=())

    with answering(mine.client, "submission", half):
        ended = mine.settle(lines, mine.bonuses.pay(lines))
    assert [ended[line.action.id] for line in lines] == ["done", *["needs you"] * 4, "done"]


def test_a_payment_that_shows_late_is_found_when_it_is_looked_at_again(
    purse: Callable[[int], Purse],
) -> None:
    mine = purse(1)
    mine.restart(Patience(taken=0.0, lost=0.0))
    (line,) = mine.lines()
    mine.bonuses.pay([line])
    with answering(mine.client, "submission", lambda seen: replace(seen, bonus_payments=())):
        assert mine.bonuses.look_up([line.action]) == {line.action.id: Found.CANNOT_TELL}
    mine.desk.pass_time()
    assert mine.bonuses.look_up([line.action]) == {line.action.id: Found.HAPPENED}
    with answering(mine.client, "submission", fail):
        assert mine.bonuses.look_up([line.action]) == {line.action.id: Found.HAPPENED}


def fail(seen: Any) -> Any:
    raise Lost("gone")


@pytest.mark.parametrize("moment", ["in doubt", "asked"])
def test_a_submission_that_is_gone_blocks_nobody(purse: Callable[[int], Purse], moment: str) -> None:
    def gone(seen: Submission) -> Submission:
        if seen.id == mine.submissions[0]:
            raise Refused("Prolific says no: not found (404).", 404)
        return seen

    mine = purse(2)
    mine.restart(Patience(taken=0.5, lost=0.5))
    first, second = ([line] for line in mine.lines())
    outcomes = mine.bonuses.pay(first)
    with answering(mine.client, "submission", gone):
        assert mine.settle(first, outcomes) == {first[0].action.id: "needs you"}
        assert mine.bonuses.look_up([first[0].action]) == {first[0].action.id: Found.CANNOT_TELL}
        assert mine.settle(second, mine.bonuses.pay(second)) == {second[0].action.id: "done"}


def test_a_payment_outside_the_ledger_that_died_blocks_nobody_for_ever(
    purse: Callable[[int], Purse], db: CrowdDatabase
) -> None:
    """An entity's verb was killed while it waited: no lane looks its payment up."""
    mine = purse(2)
    mine.restart(Patience(taken=1.0, lost=1.0))
    first, second = ([line] for line in mine.lines())
    mine.bonuses.pay(first)
    outcomes = mine.bonuses.pay(second)
    assert outcomes[second[0].action.id].state == "queued"
    assert mine.settle(second, outcomes) == {second[0].action.id: "done"}


def test_damage_elsewhere_in_the_store_stops_no_payment(
    purse: Callable[[int], Purse], db: CrowdDatabase
) -> None:
    mine = purse(2)
    store = db.provider_store("prolific")
    store.set(f"bonuses-in-flight/{mine.desk.workspace}", {"no": "list"})
    store.set(f"bonuses-of/{mine.submissions[0]}", {"before": "x", "paid": None})
    store.set(f"bonuses-of/{mine.submissions[1]}", 7)
    break_row(db, f"bonuses-of/{mine.submissions[1]}")
    lines = mine.lines()
    assert set(mine.settle(lines, mine.bonuses.pay(lines)).values()) == {"done"}
    break_row(db, f"bonuses-in-flight/{mine.desk.workspace}")
    more = mine.lines()
    assert set(mine.settle(more, mine.bonuses.pay(more)).values()) == {"done"}


def test_what_cannot_be_read_is_asked_for_less_and_less_often(purse: Callable[[int], Purse]) -> None:
    mine = purse(1)
    lines = mine.lines()
    with answering(mine.client, "balance", fail):
        waits = [mine.bonuses.pay(lines)[lines[0].action.id].again_in for _ in range(8)]
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    assert set(mine.settle(lines, mine.bonuses.pay(lines)).values()) == {"done"}


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_clock_that_jumps_asks_a_person_and_pays_nothing_again(
    purse: Callable[[int], Purse], monkeypatch: Any, hours: int
) -> None:
    mine = purse(2)
    lines = mine.lines()
    mine.desk.faults({"kind": "never_act", "route": PAY, "times": 1})
    outcomes = mine.bonuses.pay(lines)
    monkeypatch.setattr(bonus_notes, "now", lambda: now() + timedelta(hours=hours))
    assert set(mine.settle(lines, outcomes).values()) == {"needs you"}
    assert not mine.paid()


def test_nobody_is_paid_what_is_meant_for_somebody_else(purse: Callable[[int], Purse]) -> None:
    """Who opens our page with another person's id and their own submission is taken for that person."""
    mine = purse(2)
    forged = replace(mine.line(mine.submissions[0]), participant="p001")
    true = replace(mine.line(mine.submissions[1]), participant="p001")
    outcomes = mine.bonuses.pay([forged, true])
    assert outcomes[forged.action.id].state == "refused"
    assert "p000" in outcomes[forged.action.id].reason
    assert mine.settle([forged, true], outcomes) == {forged.action.id: "refused", true.action.id: "done"}
    assert mine.paid() == Counter({mine.submissions[1]: 1})


def test_a_full_disk_at_any_moment_pays_nothing_twice(
    purse: Callable[[int], Purse], db: CrowdDatabase
) -> None:
    mine = purse(2)
    real = ProviderStore.set
    for at in range(1, 30):
        written = 0

        def set_(self: ProviderStore, name: str, value: Any, at: int = at) -> None:
            nonlocal written
            written += 1
            if written >= at:
                raise WorkspaceError("The disk is full.")
            real(self, name, value)

        lines = mine.lines()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ProviderStore, "set", set_)
            try:
                outcomes = mine.bonuses.pay(lines)
            except WorkspaceError:
                outcomes = {line.action.id: Outcome.unknown("?") for line in lines}
        mine.restart()
        assert set(mine.settle(lines, outcomes).values()) == {"done"}
        assert set(mine.paid().values()) == {at}
        if written < at:
            return
    raise AssertionError("it never got to the end")
