"""Nobody who is excluded is let into a run: the terms, the checks before launch, the practice crowd, HTTP."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from crowddesk.domain import BadInput, Conflict, VendorRefused
from crowddesk.operations import keeping_out, launch, progress
from crowddesk.operations.estimate import estimate_run
from crowddesk.providers.base import CrowdProvider
from crowddesk.providers.mock import MockProvider
from crowddesk.store import exclusion, identities, remarks
from crowddesk.store import tables as t
from crowddesk.store.queries import WORKERS, Scope
from tests.taskserver.serving import make_open_run, serve, serve_runs

Bench = Any


def names_in(bench: Bench, run: int) -> set[str]:
    with bench.db.read() as conn:
        return {row.worker_name for row in WORKERS.iterate(conn, scope=Scope(run_id=run))}


def ids_of(bench: Bench, names: set[str]) -> list[int]:
    return [int(bench.db.find_workers(name, "mock")[0].db_id) for name in sorted(names)]


def test_the_practice_crowd_sends_nobody_of_an_earlier_run(bench: Bench) -> None:
    first = bench.completed(20, "provider.people=40")
    before = names_in(bench, first)
    kept = bench.config(20, "provider.people=40", "task.exclude.runs=[A small task]", "task.name=second")
    cost = estimate_run(bench.db, kept)
    assert cost.kept_out is not None
    assert (cost.kept_out.people, cost.kept_out.accounts) == (len(before), len(before))
    assert cost.kept_out.by_vendor == {"mock": len(before)}
    second = launch.create_run(bench.db, kept)
    bench.work_until(lambda: progress.of_run(bench.db, second).over)
    assert bench.statuses(second) == {"completed": 20}
    assert before
    assert not names_in(bench, second) & before
    # The run's own title is the same: it does not exclude its own people, now or in a later reading.
    args = bench.db.get_task_run(str(second))["args"]
    assert f"- '{first}'" in args or f'- "{first}"' in args or f"- {first}" in args
    without = launch.create_run(bench.db, bench.config(20, "provider.people=40", "task.name=third"))
    bench.work_until(lambda: progress.of_run(bench.db, without).over)
    assert names_in(bench, without) & before, "the test would prove nothing"


def test_tags_names_and_other_accounts_of_a_person_count(bench: Bench) -> None:
    first = bench.completed(12, "provider.people=12")
    everybody = sorted(names_in(bench, first))
    tagged, named, merged, other = everybody[:4]
    with bench.db.write() as w:
        remarks.set_tag(w, "worker", ids_of(bench, {tagged}), "Spammer", True)
        identities.join(w, ids_of(bench, {named, merged}))
    changes = ("provider.people=12", "task.name=second", "task.exclude.tags=[spammer]",
               f"task.exclude.workers=[{named}]")  # fmt: skip
    second = launch.create_run(bench.db, bench.config(12, *changes))
    bench.work_until(lambda: progress.of_run(bench.db, second).over)
    there = names_in(bench, second)
    assert not there & {tagged, named, merged}
    assert other in there


class CrowdClock:
    """The practice crowd's time: it goes on whenever it is asked for, however long the machine takes."""

    def __init__(self) -> None:
        self.now = time.time()
        self.tick = 0.05

    def __call__(self) -> float:
        self.now += self.tick
        return self.now


def test_who_is_tagged_while_a_run_goes_on_gets_nothing_more(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.completed(12, "provider.people=12")
    clock = CrowdClock()
    for part in (bench.vendor, bench.vendor._wire):
        monkeypatch.setattr(part, "_clock", clock)
    changes = ("provider.people=12", "task.name=second", "task.exclude.tags=[no more]", "provider.speed=100")
    second = launch.create_run(bench.db, bench.config(60, *changes))
    bench.work_until(lambda: bench.statuses(second).get("completed", 0) > 3)
    clock.tick = 0.0
    chosen = min(names_in(bench, second))
    with bench.db.write() as w:
        remarks.set_tag(w, "worker", ids_of(bench, {chosen}), "no more", True)
    assert launch.exclude_anew(bench.db, second)
    bench.work_until(lambda: not bench.open())
    with bench.db.read() as conn:
        had = WORKERS.rows(conn, ids_of(bench, {chosen}))[0].units
    clock.tick = 0.05
    bench.work_until(lambda: progress.of_run(bench.db, second).over)
    with bench.db.read() as conn:
        now = WORKERS.rows(conn, ids_of(bench, {chosen}))[0].units
    assert now - had <= 1, "at most what they were at work on"
    with pytest.raises(Conflict, match="nobody new comes in"):
        launch.exclude_anew(bench.db, second)
    assert not launch.exclude_anew(bench.db, 1), "it excludes nobody"


def test_terms_that_mean_nothing_are_named_before_launch(bench: Bench) -> None:
    bench.completed(3)
    bench.db.new_requester("lab", "inhouse")
    with bench.db.write() as w:
        row = {"provider_type": "inhouse", "units": 0, "completed": 0, "accepted": 0, "soft_rejected": 0,
               "rejected": 0, "created_at": w.at}  # fmt: skip
        name = next(iter(names_in(bench, 1)))
        w.insert(t.Worker, [{**row, "worker_name": name}])
    for change, words in (
        (
            "task.exclude.runs=[A smal task]",
            "task.exclude.runs.0: there is no run 'A smal task'. Did you mean",
        ),
        ("task.exclude.runs=[77]", "task.exclude.runs.0: there is no run '77'"),
        ("task.exclude.workers=[nobody]", "task.exclude.workers.0: nobody here is called 'nobody'"),
        (f"task.exclude.workers=[{name}]", f"Write mock:{name} or inhouse:{name}"),
        ('task.exclude.tags=["a,b"]', "task.exclude.tags.0"),
        ("task.exclude.people=[x]", "exclude"),
    ):
        with pytest.raises(BadInput) as refused:
            launch.create_run(bench.db, bench.config(3, change))
        assert words in str(refused.value)
    assert len(bench.db.find_task_runs()) == 1
    config = bench.config(3, f'task.exclude.workers=["mock:{name}"]')
    found = keeping_out.people_kept_out(bench.db, config)
    assert found is not None
    assert found.by_vendor == {"mock": 1}


def test_a_vendor_that_cannot_says_so_before_launch(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.completed(3)
    monkeypatch.setattr(MockProvider, "exclude", CrowdProvider.exclude)
    with pytest.raises(BadInput, match="mock cannot keep people out of a run"):
        launch.create_run(bench.db, bench.config(3, "task.exclude.runs=[1]"))
    run = bench.db.find_task_runs()[0]
    with pytest.raises(VendorRefused, match="cannot keep people out"):
        MockProvider(bench.db).exclude(run, [])


def test_a_replay_cannot_keep_people_out(bench: Bench) -> None:
    bench.completed(3)
    (bench.folder / "answers.csv").write_text("item,worker,answer\ni0,R1,yes\n", encoding="utf-8")
    replay = "provider.replay={file: answers.csv, item: item, worker: worker, answer: answer, field: answer}"
    with pytest.raises(BadInput, match="nobody can be kept out of a replay"):
        launch.create_run(bench.db, bench.config(3, replay, "task.exclude.runs=[1]"))


def test_nobody_of_an_earlier_run_gets_in_over_http(tmp_path: Path) -> None:
    with serve(tmp_path, items=3) as first:
        offer = first.page("ann").next()
        first.page("ann").submit(offer["agent"], {"answer": "yes"})
        first.page("cat").next()
        db = first.db
        names = {worker.worker_name: int(worker.db_id) for worker in db.find_workers()}
        with db.write() as w:
            bob = int(db.new_worker("bob", "inhouse"))
            identities.join(w, [names["cat"], bob])
        exclude = {"runs": [first.run.db_id], "tags": ["rude"], "workers": []}
        second = make_open_run(db, items=5, task={"exclude": exclude})
        with serve_runs(db, second) as served:
            for name in ("ann", "cat", "bob"):
                said = served.page(name).next()
                assert said["kind"] == "barred", (name, said)
                assert "earlier" in said["reason"]
            dora = served.page("dora")
            offer = dora.next()
            assert offer["kind"] == "unit"
            with db.write() as w:  # from now on; what she has she may finish
                remarks.set_tag(w, "worker", [int(db.find_workers("dora")[0].db_id)], "rude", True)
            assert dora.next()["agent"] == offer["agent"]
            assert dora.submit(offer["agent"], {"answer": "yes"}).status == 200
            assert dora.next()["kind"] == "barred"
            with db.read() as conn:
                terms = exclusion.read_terms(conn, exclude)
                assert names["ann"] in exclusion.kept_out(conn, terms)
                assert all(
                    exclusion.is_kept_out(conn, terms, worker) == (worker in exclusion.kept_out(conn, terms))
                    for worker in range(1, 6)
                )
