"""Launching: what it costs, what is wrong with it, and that it goes on from wherever it was left."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from crowddesk.domain import BadInput, Cancelled, Conflict, NotFound, OverBudget
from crowddesk.operations import launch, progress
from crowddesk.operations.estimate import estimate_run
from crowddesk.operations.run_file import load_run
from crowddesk.store import doctor

Bench = Any


def test_the_estimate_is_what_the_run_then_costs(bench: Bench) -> None:
    config = bench.config(7, "blueprint.units_per_assignment=3", "task.budget=2.52")
    cost = estimate_run(bench.db, config)
    assert (cost.items, cost.units, cost.pay, cost.fees, cost.total) == (7, 21, 210, 42, 252)
    assert (cost.reward, cost.fee, cost.currency, cost.over_budget) == (10, 2, "USD", False)
    run = launch.create_run(bench.db, config)
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    units = bench.units(run)
    assert sum(u.pay_minor + u.fee_minor for u in units) == cost.total
    assert [u.unit_index for u in units] == [0, 1, 2] * 7


def test_one_cent_over_the_cap_is_refused_before_anything_is_stored(bench: Bench) -> None:
    with pytest.raises(OverBudget, match=r"10 units cost USD 1\.20 with fees, over the cap of USD 1\.19"):
        bench.launch(10, "task.budget=1.19")
    assert bench.db.find_task_runs() == []
    assert not (bench.db.folder / "runs").exists()


def test_a_fee_below_one_coin_is_one_coin(bench: Bench) -> None:
    assert estimate_run(bench.db, bench.config(1, "task.reward=0.01")).fee == 1


def test_an_empty_file_has_nothing_to_launch(bench: Bench) -> None:
    with pytest.raises(BadInput, match=r"items\.csv: it has a header and no rows"):
        bench.launch(0)


def test_faulty_rows_are_named_and_nothing_is_stored(bench: Bench, tmp_path: Path) -> None:
    bench.config(2)
    (tmp_path / "items.csv").write_text("id,text\n1,a\n1,b\n2\n", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        launch.create_run(bench.db, load_run(tmp_path / "run.yaml"))
    assert str(refused.value).startswith("items.csv, line 4: 1 value where the header has 2 columns.")
    assert bench.db.find_task_runs() == []


def test_a_template_that_asks_nothing_or_names_a_missing_column_is_refused(
    bench: Bench, tmp_path: Path
) -> None:
    config = bench.config(2)
    (tmp_path / "task.html").write_text("<p>${text}</p>", encoding="utf-8")
    with pytest.raises(BadInput, match="field"):
        launch.create_run(bench.db, config)
    (tmp_path / "task.html").write_text('<p>${txt}</p><input name="a">', encoding="utf-8")
    with pytest.raises(BadInput, match="txt"):
        launch.create_run(bench.db, config)
    assert bench.db.find_task_runs() == []


def test_an_account_that_is_not_there_or_not_registered_is_named(bench: Bench) -> None:
    with pytest.raises(BadInput, match="Did you mean 'practice'"):
        bench.launch(1, "provider.requester_name=practise")
    bench.db.new_requester("late", "mock")
    with pytest.raises(BadInput, match="'late' is not registered with mock yet"):
        bench.launch(1, "provider.requester_name=late")


def test_a_task_keeps_its_kind_under_its_name(bench: Bench) -> None:
    bench.db.new_task("small", "another_kind")
    with pytest.raises(BadInput, match="'small' is a another_kind task already"):
        bench.launch(1)


def test_the_run_goes_on_when_its_files_are_gone(bench: Bench, tmp_path: Path) -> None:
    run = bench.launch(3)
    for path in tmp_path.glob("*.*"):
        path.unlink()
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    assert bench.statuses(run) == {"completed": 3}


def test_the_id_is_told_before_any_unit_and_any_call(bench: Bench) -> None:
    told: list[tuple[int, int, int]] = []

    def hear(run: int) -> None:
        told.append((run, len(bench.units(run)), len(bench.vendor.calls())))

    run = launch.create_run(bench.db, bench.config(3), created=hear)
    assert told == [(run, 0, 0)]


def test_a_launch_that_is_cancelled_stays_a_draft_that_resume_goes_on_with(bench: Bench) -> None:
    told: list[int] = []

    def cancel(done: int, total: int) -> None:
        raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        launch.create_run(bench.db, bench.config(2500), created=told.append, progress=cancel)
    (run,) = told
    assert bench.statuses(run) == {"created": 1000}
    assert progress.of_run(bench.db, run).state == "draft"
    seen: list[tuple[int, int]] = []
    launch.resume(bench.db, run, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(2000, 2500), (2500, 2500)]
    assert bench.statuses(run) == {"created": 2500}
    assert len({u.item_key for u in bench.units(run)}) == 2500
    launch.resume(bench.db, run)
    assert bench.states(run) == {"queued": 1}  # twice is once


def test_two_processes_that_load_one_run_add_each_item_once(bench: Bench) -> None:
    def cancel(done: int, total: int) -> None:
        raise Cancelled("Cancelled.")

    told: list[int] = []
    with pytest.raises(Cancelled):
        launch.create_run(bench.db, bench.config(5300), created=told.append, progress=cancel)
    start = threading.Barrier(2)

    def load() -> None:
        start.wait()
        launch.resume(bench.db, told[0])

    desks = [threading.Thread(target=load) for _ in range(2)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    keys = [u.item_key for u in bench.units(told[0])]
    assert keys == [f"i{n}" for n in range(5300)]
    assert bench.states(told[0]) == {"queued": 1}


def test_a_paused_run_launches_nothing_more_and_goes_on_where_it_was(bench: Bench) -> None:
    run = bench.launch(4)
    bench.work_until(lambda: progress.of_run(bench.db, run).state == "launching")
    launch.pause_run(bench.db, run)
    for _ in range(5):
        bench.lane.step()
    assert bench.statuses(run) == {"created": 4}
    here = progress.of_run(bench.db, run)
    assert here.over
    assert here.stuck == "4 units are not launched; the run is paused"
    with pytest.raises(Conflict, match="Run 1 is paused, so it cannot pause"):
        launch.pause_run(bench.db, run)
    launch.resume(bench.db, run)
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    assert bench.statuses(run) == {"completed": 4}


def test_a_stopped_run_takes_down_what_nobody_works_on(bench: Bench) -> None:
    run = bench.launch(6, "provider.speed=0.001")
    bench.work_until(lambda: bench.statuses(run).get("launched") == 6)
    assert launch.stop_run(bench.db, run) == 6
    bench.work_until(lambda: progress.of_run(bench.db, run).over)
    assert bench.statuses(run) == {"expired": 6}
    assert {s.status for s in bench.vendor.unit_state(map(str, bench.ids(run))).values()} == {"expired"}
    with pytest.raises(Conflict, match="closed already"):
        launch.stop_run(bench.db, run)
    assert doctor.check(bench.db) == []


def test_resuming_what_is_not_there_names_it(bench: Bench) -> None:
    with pytest.raises(NotFound, match="There is no task run 9"):
        launch.resume(bench.db, 9)
