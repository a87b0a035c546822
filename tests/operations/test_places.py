"""More answers than a run was launched with: launched, paid within the budget, all of them or none."""

from __future__ import annotations

from typing import Any

import pytest

from crowddesk.domain import BadInput, Conflict, OverBudget
from crowddesk.operations import launch, places
from crowddesk.providers.mock import MockProvider
from crowddesk.store import doctor

Bench = Any


@pytest.fixture
def sound(bench: Bench) -> Any:
    """The bench, looked over at the end."""
    yield bench
    assert doctor.check(bench.db) == []


@pytest.fixture
def live(sound: Bench) -> int:
    """A run of three items that is out, with nobody in a hurry."""
    run = sound.launch(3, "provider.speed=0.001", "task.budget=1.00")
    sound.work_until(lambda: sound.db.get_task_run(str(run))["state"] == "live")
    return int(run)


def test_each_item_gets_more_units_and_they_are_launched(sound: Bench, live: int) -> None:
    cost = places.estimate_more(sound.db, live, 2)
    assert (cost.items, cost.units, cost.total, cost.free) == (3, 6, 6 * 12, 100 - 3 * 12)
    assert cost.over_budget
    cost = places.estimate_more(sound.db, live, 1)
    assert (cost.units, cost.over_budget, cost.vendor_total) == (3, False, None)
    assert places.add_units(sound.db, live, 1) == 3
    row = sound.db.get_task_run(str(live))
    assert (row["state"], row["units_expected"]) == ("launching", 6)
    sound.work_until(lambda: sound.db.get_task_run(str(live))["state"] == "live")
    units = sound.units(live)
    assert sorted((u.item_key, u.unit_index) for u in units) == [
        (f"i{n}", index) for n in range(3) for index in range(2)
    ]
    assert {(u.pay_minor, u.fee_minor) for u in units} == {(10, 2)}
    assert sound.statuses(live) == {"launched": 6}


def test_beyond_the_budget_nothing_is_added(sound: Bench, live: int) -> None:
    with pytest.raises(OverBudget, match=r"6 more units are USD 0\.08 over what the budget"):
        places.add_units(sound.db, live, 2)
    assert sound.statuses(live) == {"launched": 3}
    assert sound.db.get_task_run(str(live))["state"] == "live"


def test_a_paused_run_launches_them_when_it_goes_on(sound: Bench, live: int) -> None:
    launch.pause_run(sound.db, live)
    places.add_units(sound.db, live, 1)
    sound.lane.step()
    assert sound.statuses(live) == {"launched": 3, "created": 3}
    launch.resume(sound.db, live)
    sound.work_until(lambda: sound.statuses(live) == {"launched": 6})


def test_nobody_answers_an_item_twice_so_there_must_be_enough_people(sound: Bench, live: int) -> None:
    with pytest.raises(BadInput, match=r"provider\.people"):
        places.add_units(sound.db, live, 500)
    with pytest.raises(BadInput, match="ask for 1 or more"):
        places.estimate_more(sound.db, live, 0)


@pytest.mark.parametrize("state", ["draft", "stopped", "closed"])
def test_a_run_that_is_not_going_on_takes_no_more(sound: Bench, state: str) -> None:
    run = sound.launch(2, "provider.speed=0.001") if state != "closed" else sound.completed(2)
    if state == "stopped":
        sound.work_until(lambda: sound.statuses(run) == {"launched": 2})
        launch.stop_run(sound.db, run)
    before = sound.statuses(run)
    with pytest.raises(Conflict):
        places.add_units(sound.db, run, 1)
    assert sound.statuses(run) == before


def test_a_vendor_that_makes_its_units_itself_is_asked_for_each(
    sound: Bench, live: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MockProvider, "UNITS_IN_BULK", False)
    made: list[tuple[int, str]] = []
    real = MockProvider.UnitClass.new

    def new(db: Any, assignment: Any, index: int, pay: Any) -> Any:
        made.append((index, str(pay)))
        return real(db, assignment, index, pay)

    monkeypatch.setattr(MockProvider.UnitClass, "new", new)
    places.add_units(sound.db, live, 1)
    assert made == [(1, "0.10")] * 3
    sound.work_until(lambda: sound.statuses(live) == {"launched": 6})


def test_the_vendors_own_figure_counts_where_it_is_more(
    sound: Bench, live: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MockProvider, "quote_for", lambda self, account, kind, amount, count: 40)
    cost = places.estimate_more(sound.db, live, 1)
    assert (cost.vendor_total, cost.total, cost.over_budget) == (70, 70, True)


def test_pages_that_the_vendor_shows_itself_cannot_be_added_to(
    sound: Bench, live: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = launch.stored_config

    def stored(db: Any, row: Any) -> Any:
        config = real(db, row)
        config.provider.hosting = "vendor"  # type: ignore[attr-defined]
        return config

    monkeypatch.setattr(launch, "stored_config", stored)
    with pytest.raises(BadInput, match="handed over to it once"):
        places.estimate_more(sound.db, live, 1)
