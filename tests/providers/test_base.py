"""The defaults by which a lane reaches a vendor that knows the entities' verbs alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.domain import (
    Action,
    ActionKind,
    CrowdDeskError,
    Found,
    StatusChange,
    VendorRefused,
)
from crowddesk.store import remarks
from crowddesk.store import tables as t
from crowddesk.testing import make_run, make_workspace, new_action, use_provider
from tests.data_model.plain import (
    Desk,
    PlainAgent,
    PlainProvider,
    PlainUnit,
    PlainWorker,
)


@pytest.fixture
def desk(workspace_path: Path) -> Iterator[Desk]:
    with use_provider(PlainProvider):
        db = make_workspace(workspace_path)
        yield Desk(db, make_run)
        db.close()


@pytest.fixture
def provider(desk: Desk) -> PlainProvider:
    return PlainProvider(desk.db)


def perform(provider: PlainProvider, *actions: Action) -> list[tuple[str, str]]:
    return [(o.state, o.reason) for o in provider.perform(actions)]


def test_verb_that_the_vendor_does_not_have_is_refused(desk: Desk, provider: PlainProvider) -> None:
    agent = desk.agent()
    agent.update_status("completed")
    unit, worker = agent.get_unit(), agent.get_worker()
    found = perform(
        provider,
        new_action(ActionKind.REJECT, unit, desk.requester, reason="Not good."),
        new_action(ActionKind.UNREJECT, unit, desk.requester),
        new_action(ActionKind.BONUS, worker, desk.requester, amount=5, reason="Thanks."),
        new_action(ActionKind.BLOCK, worker, desk.requester, reason="No."),
        new_action(ActionKind.UNBLOCK, worker, desk.requester, reason="Yes."),
        new_action(ActionKind.MESSAGE, worker, desk.requester, reason="Hello."),
    )
    assert [state for state, _ in found] == ["refused"] * 6
    assert all("endor" in reason for _, reason in found)
    assert desk.db.get_agent(agent.db_id)["status"] == "completed"


def test_verb_of_the_vendors_own_that_is_not_done_yet_is_unknown(
    desk: Desk, provider: PlainProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have raised after it did something; only a missing verb is surely nothing."""

    def half(*_: Any) -> None:
        raise NotImplementedError("the second half")

    monkeypatch.setattr(PlainAgent, "approve_work", half)
    agent = desk.agent()
    assert perform(provider, new_action(ActionKind.APPROVE, agent.get_unit(), desk.requester)) == [
        ("unknown", "NotImplementedError: the second half")
    ]


def test_target_that_is_not_there_is_refused_beside_others(desk: Desk, provider: PlainProvider) -> None:
    run = desk.run(launched=False)
    first, second = run.get_units()
    gone = Action("t", ActionKind.LAUNCH, "unit", "99999", desk.requester.db_id)
    found = perform(
        provider,
        new_action(ActionKind.LAUNCH, first, desk.requester, payload={"task_url": "a"}),
        gone,
        new_action(ActionKind.LAUNCH, second, desk.requester, payload={"task_url": "b"}),
        new_action(ActionKind.EXPIRE, first, desk.requester),
    )
    assert found == [("done", ""), ("refused", "There is no unit 99999."), ("done", ""), ("done", "")]
    assert first.is_expired()


def test_own_launch_units_that_breaks_leaves_its_units_in_doubt(
    desk: Desk, provider: PlainProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = desk.run(launched=False)
    launches = [new_action(ActionKind.LAUNCH, u, desk.requester) for u in run.get_units()]

    def short(units: Any, url: str) -> list[Any]:
        return []

    monkeypatch.setattr(provider, "launch_units", short)
    assert [state for state, _ in perform(provider, *launches)] == ["unknown", "unknown"]


def test_launch_goes_to_each_address(
    desk: Desk, provider: PlainProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, str]] = []
    monkeypatch.setattr(PlainUnit, "launch", lambda self, url: seen.append((self.db_id, url)))
    first, second = desk.run(launched=False).get_units()
    perform(
        provider,
        new_action(ActionKind.LAUNCH, first, desk.requester, payload={"task_url": "a"}),
        new_action(ActionKind.LAUNCH, second, desk.requester, payload={"task_url": "b"}),
    )
    assert seen == [(first.db_id, "a"), (second.db_id, "b")]


def test_set_up_of_a_run_whose_template_is_gone_is_refused(desk: Desk, provider: PlainProvider) -> None:
    run = desk.run()
    (Path(run.get_run_dir()) / "template.html").unlink()
    ((state, reason),) = perform(provider, new_action(ActionKind.SET_UP, run, desk.requester))
    assert state == "refused"
    assert "template.html" in reason


def test_people_who_are_kept_out_are_read_together(
    desk: Desk, provider: PlainProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[list[Any]] = []
    monkeypatch.setattr(PlainProvider, "exclude", lambda _, run, workers: told.append(list(workers)))
    names = [f"p{n}" for n in range(1_200)]
    with desk.db.write() as w:
        rows = [{"worker_name": name, "provider_type": "plain", "created_at": w.at} for name in names]
        people = list(w.insert(t.Worker, rows))
        remarks.set_tag(w, "worker", people[:2], "a few", True)
        remarks.set_tag(w, "worker", people, "all", True)
    counts = []
    for tag in ("a few", "all"):
        run = desk.run(launched=False, task={"exclude": {"runs": [], "tags": [tag], "workers": []}})
        with statements() as seen:
            assert perform(provider, new_action(ActionKind.SET_UP, run, desk.requester)) == [("done", "")]
        counts.append(len(seen))
    assert [[worker.worker_name for worker in workers] for workers in told] == [names[:2], names]
    assert {type(worker) for worker in told[1]} == {PlainWorker}
    assert counts[1] < counts[0] + 10, "a few more for each thousand"


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of a database meanwhile."""
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


def test_vendors_half_of_a_grant_is_told_apart(
    desk: Desk, provider: PlainProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = desk.worker("ann")
    desk.db.new_qualification("careful")
    name = {"qualification_name": "careful", "value": 2}

    def fail_with(error: Exception) -> None:
        def fail(*_: Any) -> None:
            raise error

        monkeypatch.setattr(PlainWorker, "grant_crowd_qualification", fail)
        monkeypatch.setattr(PlainWorker, "revoke_crowd_qualification", fail)

    fail_with(VendorRefused("No such badge."))
    grant = new_action(ActionKind.GRANT, worker, desk.requester, payload=name)
    assert perform(provider, grant) == [("refused", "No such badge.")]
    assert worker.is_qualified("careful")
    fail_with(ConnectionError("away"))
    assert perform(provider, grant) == [("unknown", "ConnectionError: away")]
    revoke = new_action(ActionKind.REVOKE, worker, desk.requester, payload=name)
    assert perform(provider, revoke) == [("unknown", "ConnectionError: away")]
    assert worker.get_granted_qualification("careful") is None
    monkeypatch.undo()
    again = new_action(ActionKind.REVOKE, worker, desk.requester, payload=name, attempt=2)
    assert perform(provider, again) == [("done", "")]
    ((state, reason),) = perform(provider, revoke)
    assert (state, "ann" in reason) == ("refused", True)


def test_look_up_by_status_needs_a_vendor_who_says_it(
    desk: Desk, provider: PlainProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = desk.run()
    agent = desk.agent(run)
    approve = new_action(ActionKind.APPROVE, agent.get_unit(), desk.requester)
    reject = new_action(ActionKind.REJECT, agent.get_unit(), desk.requester)
    assert provider.look_up([approve, reject]) == [Found.CANNOT_TELL] * 2
    for says, about_approval, about_rejection in (
        ("completed", Found.DID_NOT, Found.DID_NOT),
        ("accepted", Found.HAPPENED, Found.CANNOT_TELL),
        ("rejected", Found.CANNOT_TELL, Found.HAPPENED),
        ("assigned", Found.CANNOT_TELL, Found.CANNOT_TELL),
    ):
        monkeypatch.setattr(PlainUnit, "get_status", lambda self, says=says: says)
        assert provider.look_up([approve, reject]) == [about_approval, about_rejection], says


def test_look_up_of_the_rest(desk: Desk, provider: PlainProvider) -> None:
    run = desk.run()
    unit, worker = run.get_units()[0], desk.worker()
    fresh = PlainUnit.new(desk.db, unit.get_assignment(), 1, "0.10")
    for kind, target, found in (
        (ActionKind.LAUNCH, unit, Found.HAPPENED),
        (ActionKind.LAUNCH, fresh, Found.CANNOT_TELL),
        (ActionKind.EXPIRE, unit, Found.DID_NOT),
        (ActionKind.BLOCK, worker, Found.DID_NOT),
        (ActionKind.UNBLOCK, worker, Found.HAPPENED),
        (ActionKind.GRANT, worker, Found.DID_NOT),
        (ActionKind.CLEAN_UP, run, Found.DID_NOT),
        (ActionKind.SET_UP, run, Found.CANNOT_TELL),
        (ActionKind.BONUS, worker, Found.CANNOT_TELL),
        (ActionKind.MESSAGE, worker, Found.CANNOT_TELL),
    ):
        assert provider.look_up([new_action(kind, target, desk.requester)]) == [found], kind
    gone = Action("t", ActionKind.EXPIRE, "unit", "99999", desk.requester.db_id)
    assert provider.look_up([gone]) == [Found.CANNOT_TELL]


def test_sync_goes_on_after_a_unit_that_cannot_be_read(
    desk: Desk, provider: PlainProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = desk.run(items=3)
    first, second, third = run.get_units()

    def get_status(unit: PlainUnit) -> str:
        if unit.db_id == first.db_id:
            raise ConnectionError("away")
        return "completed" if unit.db_id == second.db_id else unit.db_status

    monkeypatch.setattr(PlainUnit, "get_status", get_status)
    assert provider.sync_task_run(run) == [StatusChange(second.db_id, "", unit_status="completed")]
    second.set_db_status("accepted")
    with pytest.raises(ConnectionError):
        provider.sync_task_run(run)
    first.set_db_status("expired")
    assert provider.sync_task_run(run) == []
    assert third.get_db_status() == "launched"


@pytest.mark.parametrize(
    ("says", "fee"),
    [
        (lambda unit: unit.pay_amount, 0),
        (lambda unit: unit.pay_amount * Decimal("1.2"), 2),
        (lambda unit: float(unit.pay_amount) * 1.25, 3),
        (lambda unit: unit.pay_amount - 1, 0),
    ],
    ids=["free", "a fifth", "rounded half up, from a float", "never less than nothing"],
)
def test_fee_is_what_the_vendors_pay_amount_adds(
    desk: Desk, provider: PlainProvider, monkeypatch: pytest.MonkeyPatch, says: Any, fee: int
) -> None:
    assert provider.quote(ActionKind.APPROVE, 10, 4) == 0
    monkeypatch.setattr(PlainUnit, "get_pay_amount", says)
    assert provider.quote(ActionKind.APPROVE, 10, 4) == 4 * fee
    assert provider.quote(ActionKind.BONUS, 10, 4) == 0
    unit = desk.run(reward="0.10").get_units()[0]
    assert desk.db.get_unit(unit.db_id)["fee_minor"] == fee


def test_fee_that_needs_a_stored_unit_is_an_error_that_says_what_to_do(
    provider: PlainProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PlainUnit, "get_pay_amount", lambda unit: unit.get_task_run().currency)
    with pytest.raises(CrowdDeskError, match="quote"):
        provider.quote(ActionKind.APPROVE, 10, 1)
