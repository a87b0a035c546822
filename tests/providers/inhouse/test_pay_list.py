"""What one's own people are owed: each decision counts once, whatever is repeated, lost or killed."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.unit import Unit
from crowddesk.domain import Action, ActionKind, BadInput, Found, NotFound, VendorError
from crowddesk.operations import decisions, paying
from crowddesk.operations.lane_work import LaneWork
from crowddesk.providers.inhouse import InhouseProvider
from crowddesk.providers.inhouse.entities import InhouseRequester, InhouseWorker
from crowddesk.store import ledger
from crowddesk.testing.workspace import launch, make_run, make_workspace, new_action, register

from .conftest import MakeRun, answer

REASON = "The answers do not fit the texts."


def states(provider: InhouseProvider, *actions: Action) -> list[str]:
    return [outcome.state for outcome in provider.perform(list(actions))]


def owed(provider: InhouseProvider, run_id: str | None = None) -> list[tuple[str, int, int, int]]:
    return [(o.worker_name, o.units, o.pay, o.bonuses) for o in provider.payments(run_id)]


def bonus(worker: InhouseWorker, requester: Requester, amount: int, unit: Unit | None = None) -> Action:
    place = {} if unit is None else {"unit_id": unit.db_id, "task_run_id": unit.task_run_id}
    return new_action(ActionKind.BONUS, worker, requester, amount=amount, reason="Thank you.", **place)


def test_pay_and_bonuses_are_listed_by_worker(
    provider: InhouseProvider, requester: Requester, make: MakeRun
) -> None:
    run, other = make(), make()
    units = run.get_units()
    for unit, name in zip(units, ["Ana", "Bo", "Ana"], strict=True):
        answer(unit, name)
    answer(other.get_units()[0], "Ana")
    kinds = (ActionKind.APPROVE, ActionKind.REJECT, ActionKind.SOFT_REJECT)
    done = [new_action(k, u, requester, reason=REASON) for k, u in zip(kinds, units, strict=True)]
    done.append(new_action(ActionKind.APPROVE, other.get_units()[0], requester))
    assert states(provider, *done) == ["done"] * 4
    ana = provider.db.find_workers(worker_name="Ana")[0]
    assert states(provider, bonus(ana, requester, 55, units[0]), bonus(ana, requester, 7)) == ["done"] * 2
    assert owed(provider, run.db_id) == [("Ana", 2, 20, 55)]
    assert owed(provider) == [("Ana", 3, 30, 62)]
    assert provider.payments()[0].total == 92
    assert provider.payments()[0].currency == "USD"
    assert states(provider, new_action(ActionKind.UNREJECT, units[1], requester)) == ["done"]
    assert owed(provider, run.db_id) == [("Ana", 2, 20, 55), ("Bo", 1, 10, 0)]
    with pytest.raises(NotFound):
        provider.payments("999")


def test_a_unit_is_decided_one_way(provider: InhouseProvider, requester: Requester, make: MakeRun) -> None:
    run = make()
    paid, refused, untouched = run.get_units()
    for unit in (paid, refused):
        answer(unit, f"worker of {unit.db_id}")
    assert states(provider, new_action(ActionKind.UNREJECT, paid, requester)) == ["refused"]
    assert states(provider, new_action(ActionKind.APPROVE, paid, requester)) == ["done"]
    assert states(provider, new_action(ActionKind.REJECT, refused, requester, reason=REASON)) == ["done"]
    for kind in (ActionKind.APPROVE, ActionKind.SOFT_REJECT, ActionKind.REJECT, ActionKind.UNREJECT):
        assert states(provider, new_action(kind, paid, requester, reason=REASON)) == ["refused"]
        assert states(provider, new_action(kind, untouched, requester, reason=REASON)) == ["refused"]
    for kind in (ActionKind.APPROVE, ActionKind.SOFT_REJECT, ActionKind.REJECT):
        assert states(provider, new_action(kind, refused, requester, reason=REASON)) == ["refused"]
    assert len(owed(provider)) == 1


def test_what_has_no_entry_may_be_done_twice_and_did_not_happen(
    provider: InhouseProvider, requester: Requester, make: MakeRun
) -> None:
    run = make()
    unit = run.get_units()[0]
    actions = [
        new_action(ActionKind.SET_UP, run, requester),
        new_action(ActionKind.LAUNCH, unit, requester),
        new_action(ActionKind.EXPIRE, unit, requester),
        new_action(ActionKind.CLEAN_UP, run, requester),
    ]
    for _ in range(2):
        assert states(provider, *actions) == ["done"] * 4
        assert set(provider.look_up(actions)) == {Found.DID_NOT}


def test_what_is_not_there_or_not_possible_is_refused(
    provider: InhouseProvider, requester: Requester, make: MakeRun
) -> None:
    run = make()
    agent = answer(run.get_units()[0], "Ana")
    worker = agent.get_worker()
    nowhere = {"target_id": "987654321"}
    actions = [
        dataclasses.replace(new_action(ActionKind.LAUNCH, run.get_units()[1], requester), **nowhere),
        dataclasses.replace(new_action(ActionKind.EXPIRE, run.get_units()[1], requester), **nowhere),
        dataclasses.replace(new_action(ActionKind.APPROVE, run.get_units()[1], requester), target_id="x"),
        dataclasses.replace(bonus(worker, requester, 5), **nowhere),
        new_action(ActionKind.MESSAGE, worker, requester, reason="Hello."),
        new_action("dance", worker, requester),
        new_action(ActionKind.REVOKE, worker, requester, payload={"qualification_name": "careful"}),
    ]
    for outcome in provider.perform(actions):
        assert outcome.state == "refused"
        assert " " in outcome.reason
    assert owed(provider) == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=30))
def test_an_action_counts_once_however_often_it_is_performed(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, bool]]
) -> None:
    """Ten actions in any order and number; after some the program is gone and the workspace opened anew."""
    place = tmp_path_factory.mktemp("often") / "workspace"
    db = make_workspace(place)
    provider = InhouseProvider(db)
    requester = register(InhouseRequester.new(db, "lab"))
    run = make_run(db, requester, items=5)
    units = launch(provider, run)
    workers = [answer(unit, f"w{n % 2}").get_worker() for n, unit in enumerate(units)]
    actions = [new_action(ActionKind.APPROVE, unit, requester) for unit in units]
    actions += [
        bonus(worker, requester, 10**n, unit)
        for n, (worker, unit) in enumerate(zip(workers, units, strict=True))
    ]
    try:
        performed: set[int] = set()
        for number, dies in steps:
            assert states(provider, actions[number]) == ["done"]
            performed.add(number)
            if dies:
                db.close()
                db = make_workspace(place)
                provider = InhouseProvider(db)
            found = provider.look_up(actions)
            assert found == [Found.HAPPENED if n in performed else Found.DID_NOT for n in range(10)]
        assert sum(o.units for o in provider.payments()) == sum(n < 5 for n in performed)
        assert sum(o.bonuses for o in provider.payments()) == sum(10 ** (n - 5) for n in performed if n >= 5)
    finally:
        db.close()


class Killed(BaseException):
    """The program ends here, with no time to say anything."""


@pytest.mark.parametrize("moment", ["before the entry", "after the entry"])
@pytest.mark.parametrize("kind", ["approve", "bonus", "block"])
def test_a_program_that_dies_on_the_way_pays_once(
    provider: InhouseProvider,
    requester: Requester,
    make: MakeRun,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    kind: str,
) -> None:
    db = provider.db
    run = make()
    unit = run.get_units()[0]
    worker = int(answer(unit, "Ana").worker_id)
    account = int(requester.db_id)
    if kind == "approve":
        decided = decisions.decide(db, kind, [int(unit.db_id)])
    elif kind == "bonus":
        decided = paying.pay_bonus(
            db, account, [worker], 25, "Thanks.", sequence="one", run_id=int(run.db_id)
        )
    else:
        decided = decisions.treat_workers(db, kind, account, [worker], reason="Random answers.")
    assert len(decided.action_ids) == 1
    decisions.send(db)
    perform = InhouseProvider.perform

    def die(self: InhouseProvider, actions: list[Action]) -> object:
        if moment == "after the entry":
            perform(self, actions)
        raise Killed

    monkeypatch.setattr(InhouseProvider, "perform", die)
    lane = LaneWork(db, account)
    with pytest.raises(Killed):
        lane.step()
    lane.stop()
    monkeypatch.setattr(InhouseProvider, "perform", perform)
    lane = LaneWork(db, account)
    for _ in range(5):
        lane.step()
    lane.stop()
    with db.read() as conn:
        assert ledger.count_states(conn)["done"] == 1
    expected = {"approve": [("Ana", 1, 10, 0)], "bonus": [("Ana", 0, 0, 25)], "block": []}[kind]
    assert owed(provider) == expected
    assert InhouseWorker.get(db, str(worker)).is_blocked(requester) == (kind == "block")
    if kind == "approve":
        assert Unit.get(db, unit.db_id).db_status == "accepted"


def test_a_block_that_is_performed_again_after_it_was_lifted_stays_lifted(
    provider: InhouseProvider, requester: Requester
) -> None:
    worker = InhouseWorker.new(provider.db, "Ana")
    block = new_action(ActionKind.BLOCK, worker, requester, reason="Random answers.")
    assert states(provider, block, new_action(ActionKind.UNBLOCK, worker, requester)) == ["done"] * 2
    assert states(provider, block) == ["done"]
    assert worker.is_blocked(requester) is False


# --------------------------------------------------------------------------------------------- the budget


def test_the_budget_is_what_is_neither_paid_nor_promised(
    provider: InhouseProvider, requester: Requester, make: MakeRun
) -> None:
    assert requester.get_available_budget() == Decimal("25.00")
    run = make()
    assert requester.get_available_budget() == Decimal("24.70")
    unit = run.get_units()[0]
    agent = answer(unit, "Ana")
    decisions.decide(provider.db, "approve", [int(unit.db_id)])
    assert requester.get_available_budget() == Decimal("24.80"), "the sheet takes what is staged off itself"
    decisions.send(provider.db)
    lane = LaneWork(provider.db, int(requester.db_id))
    lane.step()
    lane.stop()
    assert Unit.get(provider.db, unit.db_id).db_status == "accepted"
    assert requester.get_available_budget() == Decimal("24.70")
    assert agent.get_worker().bonus_worker("1.00", "Thanks.", unit)[0]
    assert requester.get_available_budget() == Decimal("23.70")


def test_no_bonus_goes_beyond_the_budget(
    provider: InhouseProvider, requester: Requester, make: MakeRun
) -> None:
    run = make()  # promises 0.30 of 25.00
    unit = run.get_units()[0]
    ana = answer(unit, "Ana").get_worker()
    first, second, third = (bonus(ana, requester, amount, unit) for amount in (2_400, 71, 70))
    outcomes = provider.perform([first, second, third])
    assert [outcome.state for outcome in outcomes] == ["done", "refused", "done"]
    assert outcomes[1].reason == "USD 0.71 is more than the budget of lab has left: USD 0.70."
    assert states(provider, first, third) == ["done", "done"], "what was done before stays done"
    assert owed(provider) == [("Ana", 0, 0, 2_470)]
    assert ana.bonus_worker("0.01", "Thanks.", unit) == (
        False,
        "USD 0.01 is more than the budget of lab has left: USD 0.00.",
    )
    assert requester.get_available_budget() == Decimal("0.00")


def test_without_a_budget_no_number_is_invented(db: CrowdDatabase) -> None:
    account = register(InhouseRequester.new(db, "lab"), {"contact": "  ask\nme "})
    with pytest.raises(VendorError, match="has no budget"):
        account.get_available_budget()
    assert isinstance(account, InhouseRequester)
    assert account.contact == "ask me"


def test_registering_again_changes_the_budget_but_not_the_currency_of_its_runs(
    provider: InhouseProvider, requester: Requester, make: MakeRun
) -> None:
    register(requester, {"budget": "30.00", "currency": "EUR"})
    assert (requester.currency, requester.get_available_budget()) == ("EUR", Decimal("30.00"))
    make()
    with pytest.raises(BadInput, match="has runs in EUR"):
        register(requester, {"currency": "USD"})


def test_a_bonus_needs_an_account_and_an_amount(provider: InhouseProvider, make: MakeRun) -> None:
    worker = InhouseWorker.new(provider.db, "Ana")
    assert worker.bonus_worker(1, "Thanks.") == (
        False,
        "Ana has not worked for you, so no account can be chosen.",
    )
    agent = answer(make().get_units()[0], "Ana")
    assert agent.get_worker().bonus_worker(0, "Thanks.")[0] is False
    assert owed(provider) == []


# ------------------------------------------------------------------------------------------ taking down


def test_a_unit_in_work_comes_down_when_it_is_left(
    provider: InhouseProvider, requester: Requester, make: MakeRun
) -> None:
    run = make()
    free, busy, answered = run.get_units()
    agent = InhouseProvider.AgentClass.new(provider.db, InhouseWorker.new(provider.db, "Ana"), busy)
    answer(answered, "Bo")
    outcomes = provider.perform([new_action(ActionKind.EXPIRE, unit, requester) for unit in run.get_units()])
    assert [o.evidence.get("down", True) for o in outcomes] == [True, False, True]
    assert Unit.get(provider.db, busy.db_id).expire() == 3600.0
    assert [u.get_db_status() for u in run.get_units()] == ["expired", "assigned", "completed"]
    assert provider.sync_task_run(run) == []
    assert Unit.get(provider.db, busy.db_id).get_db_status() == "assigned"
    Unit.get(provider.db, agent.unit_id).clear_assigned_agent()
    provider.sync_task_run(run)
    assert [u.get_db_status() for u in run.get_units()] == ["expired", "expired", "completed"]
    provider.sync_task_run(run)
    assert provider.datastore.all("down/") == {}
    assert free.is_expired()


def test_the_wrapper_reads_the_link_and_has_every_function() -> None:
    script = Path(InhouseProvider.get_wrapper_js_path()).read_text(encoding="utf-8")
    for name in (
        "getWorkerName", "getAssignmentId", "getRequesterName", "getAgentRegistration", "getRegistration",
        "handleSubmitToProvider", "handleReturnToProvider", "handleTimeoutToProvider",
    ):  # fmt: skip
        assert f"function {name}(" in script
