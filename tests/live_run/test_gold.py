"""Answers whose right one is known are marked, in every run of a person, and the others are not."""

from __future__ import annotations

from pathlib import Path

from crowddesk import paths
from crowddesk.live_run import gold
from crowddesk.operations import launch
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.run_file import load_run
from crowddesk.operations.workspace import open_workspace
from crowddesk.store.queries import UNITS, WORKERS


def test_gold_answers_are_marked_by_the_terms_of_their_run(workspace_path: Path) -> None:
    db = open_workspace(workspace_path)
    task = paths.resources_dir() / "tasks" / "follows" / "run.yaml"
    run_id = launch.create_run(db, load_run(task, ["provider.speed=100000", "provider.seed=3"]))
    lane = LaneWork(db, 1)
    while db.get_task_run(str(run_id))["state"] != "closed":
        lane.step()
    lane.stop()
    with db.read() as conn:
        units = list(UNITS.iterate(conn))
        marks = gold.marks(conn, units)
        answered = {u.id: u for u in units if u.kind == "gold" and u.answer is not None}
        assert {mark.unit_id for mark in marks} == set(answered) != set()
        for mark in marks:
            unit = answered[mark.unit_id]
            assert mark.truth == unit.input["truth"]
            assert mark.right == (unit.output == {"answer": unit.input["truth"]})
        assert {mark.right for mark in marks} == {True, False}
        by_worker = [gold.marks_of_worker(conn, worker.id) for worker in WORKERS.iterate(conn)]
        assert sorted(m.unit_id for found in by_worker for m in found) == sorted(answered)
    db.close()
