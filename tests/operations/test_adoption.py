"""What is astray at a vendor is taken in once: by a run of its own, or by the one that lost it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from crowddesk import registry
from crowddesk.blueprints.elsewhere import ElsewhereBlueprint
from crowddesk.domain import (
    ActionState,
    BadInput,
    Conflict,
    NotFound,
    Outcome,
    StatusChange,
    Stray,
    VendorError,
    VendorRefused,
)
from crowddesk.operations import adoption, decisions, launch, progress, reconcile
from crowddesk.operations.run_file import run_from_dict
from crowddesk.providers.mock import MockProvider
from crowddesk.store import doctor, ledger

Bench = Any
CREATED = datetime(2026, 3, 1, tzinfo=UTC)
STUDY = Stray("study-1", "A survey", "ACTIVE", 3, 1, "USD", 108, CREATED, reward=30)


class Market:
    """A vendor's studies that no run here stands for, and what people did in them."""

    def __init__(self) -> None:
        self.astray = [STUDY]
        self.adopted: dict[str, str] = {}
        self.submissions: dict[str, str] = {}
        self.settled: list[tuple[str, str]] = []
        self.refusing = ""

    def strays(self, provider: MockProvider, requester: Any) -> list[Stray]:
        return [stray for stray in self.astray if stray.ref not in self.adopted]

    def adopt(self, provider: MockProvider, run: Any, ref: str) -> None:
        if self.refusing:
            raise VendorRefused(self.refusing)
        self.adopted[ref] = run.db_id

    def sync(self, provider: MockProvider, run: Any) -> list[StatusChange]:
        units = [unit.db_id for unit in run.get_units()]
        return [
            StatusChange(
                unit, ref, f"person {ref}", status, vendor_status=status.upper(), answer={"ref": ref}
            )
            for unit, (ref, status) in zip(units, self.submissions.items(), strict=False)
        ]

    def perform(self, provider: MockProvider, actions: Any) -> list[Outcome]:
        self.settled += [(a.kind, a.target_id) for a in actions]
        return [Outcome.done() for _ in actions]


@pytest.fixture(autouse=True)
def _elsewhere() -> Iterator[None]:
    """The blueprint is found also where the program was installed before it had it."""
    points = registry._entry_points(registry.BLUEPRINT_GROUP)
    added = "elsewhere" not in points
    if added:
        value = "crowddesk.blueprints.elsewhere:ElsewhereBlueprint"
        points["elsewhere"] = EntryPoint("elsewhere", value, registry.BLUEPRINT_GROUP)
    yield
    if added:
        del points["elsewhere"]
        registry._load.cache_clear()


@pytest.fixture
def market(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Market]:
    market = Market()
    for name in ("strays", "adopt", "perform"):
        monkeypatch.setattr(MockProvider, name, lambda *args, name=name: getattr(market, name)(*args))
    monkeypatch.setattr(MockProvider, "sync_task_run", lambda self, run: market.sync(self, run))
    yield market
    assert doctor.check(bench.db) == []


def test_what_is_astray_is_part_of_a_comparison(bench: Bench, market: Market) -> None:
    found = reconcile.compare(bench.db, 1)
    assert found.strays == (STUDY,)
    assert found.summary.strays == 1
    market.adopted["study-1"] = "7"
    assert reconcile.compare(bench.db, 1).strays == ()


def test_a_stray_becomes_a_run_with_a_unit_for_each_place(bench: Bench, market: Market) -> None:
    token = adoption.ask(bench.db, 1, "study-1")
    assert adoption.fetch(bench.db, token) is None
    bench.lane.run_errands()
    run = adoption.fetch(bench.db, token)
    assert run is not None
    row = bench.db.get_task_run(str(run))
    assert (row["state"], row["title"], row["task_type"]) == ("live", "A survey", "elsewhere")
    assert (row["reward_minor"], row["fee_minor"], row["launched_at"]) == (30, 6, CREATED)
    assert market.adopted == {"study-1": str(run)}
    assert bench.statuses(run) == {"launched": 3}
    assert [u.unit_index for u in bench.units(run)] == [0, 1, 2]
    assert launch.stored_config(bench.db, row).blueprint.units_per_assignment == 3
    assert reconcile.compare(bench.db, 1).strays == ()


def test_it_is_followed_reviewed_and_paid_like_any_other(bench: Bench, market: Market) -> None:
    run = adoption.adopt(bench.db, 1, "study-1", title="My survey")
    assert bench.db.get_task_run(str(run))["title"] == "My survey"
    market.submissions = {"s1": "completed", "s2": "completed"}
    bench.work_until(lambda: bench.statuses(run).get("completed", 0) == 2)
    assert [(u.worker_name, u.output) for u in bench.units(run, "status:completed")] == [
        ("person s1", {"ref": "s1"}), ("person s2", {"ref": "s2"})
    ]  # fmt: skip
    done = decisions.decide(bench.db, "approve", bench.ids(run, "status:completed"))
    decisions.send(bench.db)
    bench.work_until(lambda: progress.of_actions(bench.db, done.action_ids).finished == 2)
    assert bench.statuses(run) == {"accepted": 2, "launched": 1}
    assert [kind for kind, _ in market.settled] == ["approve", "approve"]


def test_adopting_twice_is_one_run(bench: Bench, market: Market) -> None:
    run = adoption.adopt(bench.db, 1, "study-1")
    assert adoption.adopt(bench.db, 1, "study-1") == run
    assert bench.statuses(run) == {"launched": 3}
    assert len(bench.db.find_task_runs()) == 1


def test_a_crash_between_the_vendors_note_and_the_runs_beginning_is_gone_on_from(
    bench: Bench, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*args: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(adoption, "_begin", die)
        token = adoption.ask(bench.db, 1, "study-1")
        with pytest.raises(KeyboardInterrupt):
            bench.lane.run_errands()
    (run,) = bench.db.find_task_runs()
    assert (run.state, bench.statuses(int(run.db_id))) == ("closed", {})
    bench.lane.run_errands()  # what was asked for is still there
    assert adoption.fetch(bench.db, token) == int(run.db_id)
    assert bench.statuses(int(run.db_id)) == {"launched": 3}


def test_a_refusal_is_told_and_the_next_attempt_uses_the_same_run(bench: Bench, market: Market) -> None:
    market.refusing = "The study belongs to somebody else."
    token = adoption.ask(bench.db, 1, "study-1")
    bench.lane.run_errands()
    with pytest.raises(VendorError, match="belongs to somebody else"):
        adoption.fetch(bench.db, token)
    market.refusing = ""
    run = adoption.adopt(bench.db, 1, "study-1")
    assert [int(r.db_id) for r in bench.db.find_task_runs()] == [run]
    assert bench.statuses(run) == {"launched": 3}


def test_what_is_not_astray_cannot_be_adopted(bench: Bench, market: Market) -> None:
    with pytest.raises(NotFound, match="nothing astray called 'study-9'"):
        adoption.adopt(bench.db, 1, "study-9")
    with pytest.raises(NotFound):
        adoption.ask(bench.db, 9, "study-1")


def test_a_task_of_another_kind_and_the_same_name_is_left_alone(bench: Bench, market: Market) -> None:
    bench.db.new_task("A survey", "static_html")
    run = adoption.adopt(bench.db, 1, "study-1")
    assert bench.db.get_task(bench.db.get_task_run(str(run))["task_id"])["task_name"] == "A survey (2)"


def test_a_place_is_paid_by_the_whole_cost_where_the_vendor_says_no_reward(
    bench: Bench, market: Market
) -> None:
    market.astray = [Stray("s", "", "ACTIVE", 4, 0, "USD", 200)]
    row = bench.db.get_task_run(str(adoption.adopt(bench.db, 1, "s")))
    assert (row["reward_minor"], row["title"]) == (50, "mock s")


# ------------------------------------------------------------------------------- the run that lost it


@pytest.fixture
def lost(bench: Bench, market: Market) -> int:
    """A draft whose set-up was not answered for."""
    market.perform = lambda provider, actions: [Outcome.unknown("lost") for _ in actions]  # type: ignore[method-assign]
    run = bench.launch(2)
    market.astray = [Stray("its", "A small task", "ACTIVE", 2, 0, "USD", task_run_id=str(run))]
    return int(run)


def set_up_states(bench: Bench, run: int) -> list[str]:
    with bench.db.read() as conn:
        return [state for _, _, state in ledger.of_slot(conn, 1, "task_run", run, "set_up")]


def test_a_run_that_lost_its_study_gets_it_back_and_makes_no_second_one(
    bench: Bench, market: Market, lost: int
) -> None:
    assert set_up_states(bench, lost) == [ActionState.QUEUED]
    assert adoption.adopt(bench.db, 1, "its") == lost
    assert set_up_states(bench, lost) == [ActionState.CANCELLED]
    assert bench.db.get_task_run(str(lost))["state"] == "launching"
    assert market.adopted == {"its": str(lost)}


def test_a_run_that_is_being_set_up_is_not_given_back_at_the_same_time(
    bench: Bench, market: Market, lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MockProvider, "look_up", lambda self, actions: ["not yet"] * len(actions))
    bench.work_until(lambda: set_up_states(bench, lost) == [ActionState.UNKNOWN])
    with pytest.raises(Conflict, match="is being set up"):
        adoption.adopt(bench.db, 1, "its")
    assert market.adopted == {}


def test_a_question_about_the_set_up_is_answered_by_giving_the_study_back(
    bench: Bench, market: Market, lost: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MockProvider, "look_up", lambda self, actions: ["cannot tell"] * len(actions))
    bench.work_until(lambda: set_up_states(bench, lost) == [ActionState.NEEDS_YOU])
    adoption.adopt(bench.db, 1, "its")
    assert set_up_states(bench, lost) == [ActionState.DONE]
    assert bench.db.get_task_run(str(lost))["state"] == "launching"


def test_a_run_of_another_account_is_not_given_what_this_one_sees(
    bench: Bench, market: Market, lost: int
) -> None:
    other = bench.db.new_requester("other", "mock")
    with pytest.raises(Conflict, match="another account's"):
        adoption.adopt(bench.db, int(other), "its")


# ------------------------------------------------------------------------------------ the blueprint


def test_a_task_that_is_shown_elsewhere_is_adopted_not_launched(bench: Bench) -> None:
    config = run_from_dict(
        {
            "task": {"name": "s", "title": "s", "description": "s", "reward": "0.10", "currency": "USD"},
            "blueprint": {"_blueprint_type": "elsewhere"},
            "provider": {"_provider_type": "mock", "requester_name": "practice"},
        },
        bench.folder,
    )
    with pytest.raises(BadInput, match="start it at its vendor and adopt it"):
        launch.create_run(bench.db, config)


def test_the_facts_of_a_submission_are_its_answer(tmp_path: Any) -> None:
    blueprint = ElsewhereBlueprint({}, tmp_path)
    assert blueprint.parse_submission('{"id": "a\\u0000b", "n": 1}') == {"id": "a\ufffdb", "n": 1}
    assert blueprint.parse_submission({"n": [1]}) == {"n": [1]}
    for bad in ("{", "[1]", 7, None):
        with pytest.raises(BadInput):
            blueprint.parse_submission(bad)
    assert "&lt;b&gt;" in blueprint.render({"name": "<b>"})
