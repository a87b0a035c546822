"""A vendor that lies, forgets or answers for somebody else; what is adopted from it may be anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import ActionKind, ActionState, Found, Stray, VendorRefused, now
from crowddesk.operations import adoption
from crowddesk.providers.prolific.api import SubmissionLine
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.provider import ProlificProvider
from crowddesk.providers.prolific.study import marker_of
from crowddesk.providers.prolific.wire import Busy, Lost, Refused
from crowddesk.store import stays
from tests.providers.prolific.bench import TASK_URL, Bench

GONE = Refused("Prolific says no: not found (404).", 404)


@contextmanager
def failing(name: str, error: Exception) -> Iterator[None]:
    def fail(self: ProlificClient, *args: Any, **more: Any) -> Any:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProlificClient, name, fail)
        yield


def test_a_gateways_503_may_have_passed_a_message_on(bench: Bench) -> None:
    run = bench.live(2)
    workers = [unit.get_assigned_agent().get_worker() for unit in bench.answered(run)]
    actions = [bench.action(ActionKind.MESSAGE, worker, reason="Thanks.") for worker in workers]
    for name in ("send_messages", "send_message"):
        with failing(name, Busy("Prolific has no time (503).", is_sure=False)):
            outcomes = bench.provider.perform(actions if name == "send_messages" else actions[:1])
            assert {o.state for o in outcomes} == {ActionState.UNKNOWN}
        with failing(name, Busy("Prolific has no time (429).")):
            outcomes = bench.provider.perform(actions if name == "send_messages" else actions[:1])
            assert {o.state for o in outcomes} == {ActionState.QUEUED}


def test_messages_that_cannot_be_listed_are_a_persons_to_decide(bench: Bench) -> None:
    run = bench.live(1)
    (unit,) = bench.answered(run)
    worker = unit.get_assigned_agent().get_worker()
    action = replace(bench.action(ActionKind.MESSAGE, worker, reason="Thanks."), started_at=now())
    late = replace(action, id="late", started_at=now() - timedelta(hours=1))
    with failing("messages", GONE):
        assert bench.provider.look_up([action, late]) == [Found.NOT_YET, Found.CANNOT_TELL]
    with failing("messages", Lost("broken")), pytest.raises(Lost):
        bench.provider.look_up([action])


def test_a_launch_of_a_study_that_is_gone_comes_to_an_end(bench: Bench) -> None:
    """It would be looked up for ever, and its run could not be stopped."""
    run = bench.run(2)
    bench.set_up(run)
    actions = [
        bench.action(ActionKind.LAUNCH, unit, payload={"task_url": TASK_URL}) for unit in run.get_units()
    ]
    with failing("move_study", Lost("broken")):
        assert {o.state for o in bench.provider.perform(actions)} == {ActionState.UNKNOWN}
    bench.vendor.ask("DELETE", f"/studies/{bench.study_of(run)}/", expect=200)
    assert set(bench.provider.look_up(actions)) == {Found.DID_NOT}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("crowddesk.providers.prolific.places._SHOWN_WITHIN", timedelta(0))
        assert {o.state for o in bench.provider.perform(actions)} == {ActionState.REFUSED}


def line(number: int, status: str = "AWAITING REVIEW") -> SubmissionLine:
    at = now()
    return SubmissionLine(f"{number:024x}", f"p{number:023x}", status, at, at, "", None)


def test_a_listing_of_many_strangers_asks_for_free_units_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = bench.live(40)
    rows: list[int] = []
    real = stays.free_units

    def count(*args: Any) -> list[str]:
        found = real(*args)
        rows.append(len(found))
        return found

    monkeypatch.setattr(stays, "free_units", count)
    monkeypatch.setattr(ProlificClient, "submissions", lambda self, study: [line(n) for n in range(60)])
    found = bench.provider.standings(run)
    units = [change.unit_id for change in found]
    assert len(set(units)) == 41
    assert units.count("") == 20  # for whom none is free
    assert sum(rows) <= 100


def test_a_submission_of_two_statuses_is_one_person_on_one_unit(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = bench.live(3)
    told = [line(1, "ACTIVE"), line(1, "AWAITING REVIEW"), line(2, "APPROVED"), line(2, "AWAITING REVIEW")]
    monkeypatch.setattr(ProlificClient, "_each", lambda self, path, *args: iter(told))
    for _ in range(3):
        bench.sync(run)
        bench.restart()
    held = [unit for unit in bench.again(run).get_units() if unit.worker_id]
    assert len({unit.worker_id for unit in held}) == len(held) == 2


@pytest.fixture
def astray(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Adopts a study that says of itself what it likes; the run."""

    def adopt(**said: Any) -> TaskRun:
        known = {
            "name": "S",
            "status": "ACTIVE",
            "places": 2,
            "submissions": 0,
            "currency": "GBP",
            "reward": 100,
        }
        stray = Stray(f"st{len(bench.db.find_task_runs())}", **{**known, **said})
        monkeypatch.setattr(ProlificProvider, "strays", lambda self, account: [stray])
        monkeypatch.setattr(ProlificProvider, "adopt", lambda self, run, ref: None)
        run = adoption.adopt(bench.db, int(bench.account.db_id), stray.ref)
        return TaskRun.get(bench.db, str(run))

    return adopt


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "\0", "a\0b", "\x1b[31mred\x07", "two\nlines\r\n", "\u202eevil", "\ud800", "x" * 20_000,
        "${oc.env:HOME}", "${task.reward}", "$${x}", "${", "{{x}}", "- a: [", "!!python/object:os.system",
        "'\"", "\x85\u2028\ufeff", "../../etc", "=HYPERLINK(1)", "null", "1e3", "???", "<script>x</script>",
    ],
)  # fmt: skip
def test_a_study_may_have_any_name(astray: Callable[..., TaskRun], name: str) -> None:
    run = astray(name=name)
    expected = name.strip().encode("utf-8", "replace").decode().replace("\0", "\N{REPLACEMENT CHARACTER}")
    assert run.title == (expected.replace("${", "$ {") if expected not in ("", "???") else "prolific st0")
    assert str(run.args.task.title) == run.title
    assert len(run.get_units()) == 2
    assert run.get_blueprint() is not None


def test_a_study_of_endless_places_is_not_adopted(astray: Callable[..., TaskRun], bench: Bench) -> None:
    with pytest.raises(VendorRefused, match="places"):
        astray(places=10**15)
    assert bench.db.find_task_runs() == []


@pytest.mark.parametrize(
    "said", [{"places": -3}, {"places": 0}, {"reward": -5}, {"reward": 0}, {"reward": None}]
)
def test_a_study_of_odd_numbers_is_adopted(astray: Callable[..., TaskRun], said: dict[str, Any]) -> None:
    assert len(astray(**said).get_units()) == max(1, said.get("places", 2))


@pytest.mark.parametrize("number", ["999", "0", "00001", "1" * 18])
def test_a_study_that_names_a_run_that_is_not_there_is_adopted_anew(bench: Bench, number: str) -> None:
    """As after an older copy of the workspace was put back."""
    there = bench.vendor.live(metadata=marker_of(bench.db, number))
    (stray,) = bench.provider.strays(Requester.get(bench.db, bench.account.db_id))
    assert (stray.ref, stray.task_run_id) == (there, None)
    run = adoption.adopt(bench.db, int(bench.account.db_id), there)
    assert bench.provider.book.id_of(run) == there


def test_a_bonus_goes_to_the_person_and_not_to_who_has_their_unit_now(bench: Bench) -> None:
    run = bench.live(1)
    first = bench.comes(run)
    stay = next(s for s in stays_of(bench, run) if s.agent_id == first.db_id)
    pid = first.get_worker().worker_name
    assert bench.vendor.http.post(f"/participant/{pid}/return/{stay.ref}").status_code == 200
    bench.sync(run)
    second = bench.comes(run)
    bench.sends(second)
    bench.sync(run)
    assert first.unit_id == second.unit_id
    bonus = bench.action(ActionKind.BONUS, first.get_worker(), unit_id=first.unit_id, amount=50, fee=17)
    bench.provider.perform([bonus])
    bench.vendor.pass_time(5)
    (paid,) = (row for row in bench.vendor.ledger() if row["kind"] == "bonus")
    assert paid["participant_id"] == pid


def stays_of(bench: Bench, run: TaskRun) -> list[stays.Stay]:
    with bench.db.read() as conn:
        return list(stays.of_run(conn, run.db_id).values())
