"""Rehearsals: only the provider is another, the account makes itself, and the report is right to the cent."""

from __future__ import annotations

import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.domain import ActionKind, BadInput, Conflict
from crowddesk.operations import decisions, launch, paying, progress, rehearsal, second_looks
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.run_file import RunConfig, load_run
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.prolific_sandbox.entities import sandbox_of
from crowddesk.store.queries import UNITS, Scope

RUN = """
task: {name: moods, title: Moods, description: How does it feel?, reward: 0.90, currency: GBP, budget: 500.00,
       estimated_minutes: 5, assignment_duration_in_seconds: 1800}
blueprint: {_blueprint_type: form, form: form.yaml, data: items.csv, item_key: id, units_per_assignment: 2}
provider: {_provider_type: prolific, requester_name: lab, devices: [desktop], finish: {code: MOODS1}}
"""
PAGE_RUN = RUN.replace(
    "{_blueprint_type: form, form: form.yaml,", "{_blueprint_type: static_html, template: task.html,"
)
MOCK_RUN = RUN[: RUN.index("provider:")] + "provider: {_provider_type: mock, requester_name: practice}"
FORM = """
title: How does it feel?
fields:
  - {type: show_text, label: The sentence, text: "{{text}}"}
  - name: mood
    type: single
    label: How does it feel?
    required: true
    options: [{value: good, label: Good}, {value: bad, label: Bad}]
"""
REASON = (
    "The answers contradict each other in every single item, although the guide shows how to check each "
    "of them by its first sentence."
)
WAIT = 90.0


class Stage:
    """A workspace where a run can be rehearsed, and the hands of the person who does it."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        self.folder = folder
        self.db: CrowdDatabase = open_workspace(workspace)
        self._lanes: list[LaneWork] = []

    def config(self, *changes: str, run: str = RUN) -> RunConfig:
        rows = [f"i{n},Sentence {n}." for n in range(6)]
        (self.folder / "items.csv").write_text("\n".join(["id,text", *rows]) + "\n", encoding="utf-8")
        (self.folder / "form.yaml").write_text(FORM, encoding="utf-8")
        (self.folder / "task.html").write_text('${text}<input name="mood">', encoding="utf-8")
        (self.folder / "run.yaml").write_text(run, encoding="utf-8")
        return load_run(self.folder / "run.yaml", changes)

    def account(self) -> Requester:
        (found,) = self.db.find_requesters(provider_type="prolific_sandbox")
        return found

    def work_until(self, reached: Callable[[], bool]) -> None:
        if not self._lanes:
            self._lanes = [LaneWork(self.db, int(self.account().db_id))]
        pause, deadline = threading.Event(), time.monotonic() + WAIT
        while not reached():
            assert time.monotonic() < deadline, "the lane did not get there"
            pause.wait(min(self._lanes[0].step().wait, 0.05))

    def decide(self, run: int, kind: str, units: list[int], **more: Any) -> None:
        decided = decisions.decide(self.db, kind, units, **more)
        second_looks.agree(self.db, decided.waiting)
        self.send(run)

    def send(self, run: int) -> None:
        ids = decisions.send(self.db, run_id=run)
        assert ids
        self.work_until(lambda: progress.of_actions(self.db, ids).finished == len(ids))
        assert progress.of_actions(self.db, ids).states == {"done": len(ids)}

    def close(self) -> None:
        for lane in self._lanes:
            lane.stop()
        sandbox_of(self.db).stop()
        self.db.close()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """One workspace and one sandbox for the whole file: the process takes its time to start."""
    folder = tmp_path_factory.mktemp("rehearsal")
    made = Stage(folder, folder / "workspace")
    yield made
    made.close()


def test_only_the_provider_part_is_another(stage: Stage) -> None:
    config = stage.config()
    found = rehearsal.rehearsal_of(config, people=7, bad_day=True, seed=5, speed=20.0)
    assert (found.task, found.blueprint) == (config.task, config.blueprint)
    provider: Any = found.provider
    assert provider._provider_type == "prolific_sandbox"
    assert provider.requester_name == "Rehearsal of lab"
    assert (provider.people, provider.bad_day, provider.seed, provider.speed) == (7, True, 5, 20.0)
    kept = {"_provider_type", "requester_name", "hosting"}
    for field in dataclasses.fields(config.provider):
        if field.name not in kept:
            assert getattr(provider, field.name) == getattr(config.provider, field.name), field.name


@pytest.mark.parametrize(
    ("run", "changes", "public_url", "hosting"),
    [
        (RUN, (), "", "vendor"),  # a form, and nobody can reach this desk
        (RUN, (), "https://desk.example.org", "here"),
        (RUN, ("provider.hosting=vendor",), "https://desk.example.org", "vendor"),
        # An HTML page cannot be shown in earnest yet; it can be rehearsed all the same.
        (PAGE_RUN, (), "", "here"),
    ],
)
def test_who_shows_it_is_as_in_earnest(
    stage: Stage, run: str, changes: tuple[str, ...], public_url: str, hosting: str
) -> None:
    found: Any = rehearsal.rehearsal_of(stage.config(*changes, run=run), public_url=public_url).provider
    assert found.hosting == hosting


def test_runs_of_other_vendors_are_refused(stage: Stage) -> None:
    other = stage.config(run=MOCK_RUN)
    with pytest.raises(BadInput, match="mock cannot be rehearsed"):
        rehearsal.rehearsal_of(other)
    assert rehearsal.can_rehearse("prolific")
    assert not rehearsal.can_rehearse("mock")


@pytest.fixture(scope="module")
def played(stage: Stage) -> int:
    """A rehearsal of 12 places that everybody has answered."""
    made: list[int] = []
    run = rehearsal.rehearse(stage.db, stage.config(), people=80, speed=2000.0, created=made.append)
    assert made == [run]
    stage.work_until(lambda: rehearsal.waiting(stage.db, run)[1])
    return run


def test_the_account_makes_itself_with_enough_money(stage: Stage, played: int) -> None:
    account = stage.account()
    assert (account.requester_name, account.currency) == ("Rehearsal of lab", "GBP")
    assert account.is_sandbox()
    with pytest.raises(Conflict, match="is in GBP, the run in USD"):
        rehearsal.rehearse(stage.db, stage.config("task.currency=USD"))


def test_the_report_is_the_ledgers_to_the_cent(stage: Stage, played: int) -> None:
    before = rehearsal.report(stage.db, played)
    assert (before.places, before.submitted, before.awaiting, before.approved) == (12, 12, 12, 0)
    assert before.cost == before.study_cost == 0
    assert before.cost_of_awaiting == 12 * (90 + 30)  # the fee is a third, rounded a payment at a time
    assert before.arrived == 12 + before.returned + before.timed_out

    with stage.db.read() as conn:
        units = list(UNITS.iterate(conn, UNITS.parse(""), Scope(run_id=played)))
    ids = [unit.id for unit in units]
    stage.decide(played, ActionKind.APPROVE, ids[:10])
    stage.decide(played, ActionKind.REJECT, ids[10:11], reason=REASON, category="LOW_EFFORT")
    worker = next(unit.worker_id for unit in units if unit.id == ids[0])
    assert worker is not None
    paying.pay_bonus(
        stage.db, int(stage.account().db_id), [worker], 250, "Thank you.",
        sequence=decisions.new_sequence(), run_id=played, unit_id=ids[0],
    )  # fmt: skip
    stage.send(played)

    after = rehearsal.report(stage.db, played)
    assert (after.approved, after.awaiting, after.bonuses) == (10, 1, 1)
    assert after.rejected == {"LOW_EFFORT": 1}
    assert (after.rewards_minor, after.fees_minor, after.vat_minor) == (900, 300, 0)
    assert (after.bonuses_minor, after.bonus_fees_minor) == (250, 83)
    assert after.cost == after.study_cost == 900 + 300 + 250 + 83
    assert after.agrees
    assert after.cost_of_awaiting == 120
    rows = sandbox_of(stage.db).ask("GET", "/sandbox/ledger")
    assert sum(row["amount"] + row["fee"] + row["vat"] for row in rows) == after.cost
    assert after.median_seconds is not None
    assert 60 < after.median_seconds < 1800
    assert after.advice is not None
    assert after.advice.currency == "GBP"
    assert after.wage == round(90 * 3600 / after.median_seconds)
    assert not after.faults
    assert not after.need_you
    assert sum(after.endings.values()) == 1 + 12 + 11 + 1  # set up, launched, decided, thanked
    assert "documents" in after.cannot_prove


def test_a_bad_day_is_told_and_goes_on_after_a_report(stage: Stage, played: int) -> None:
    run = rehearsal.rehearse(stage.db, stage.config(), people=60, speed=2000.0, bad_day=True, seed=4)
    stage.work_until(lambda: rehearsal.waiting(stage.db, run)[1])
    first = rehearsal.report(stage.db, run)
    assert sum(fault.times for fault in first.faults) > 0
    assert all(fault.meaning for fault in first.faults)
    rules = sandbox_of(stage.db).ask("GET", "/sandbox/faults")["rules"]
    assert len(rules) > 5
    again = rehearsal.report(stage.db, run)
    for fault in first.faults:  # what struck once is not forgotten
        assert any(f.kind == fault.kind and f.times >= fault.times for f in again.faults)
    assert not rehearsal.report(stage.db, played).faults
    stage.decide(run, ActionKind.APPROVE, rehearsal.waiting(stage.db, run)[0])
    last = rehearsal.report(stage.db, run)
    assert last.agrees
    assert last.cost == 12 * 120


def test_a_run_that_was_no_rehearsal_has_no_report(stage: Stage) -> None:
    run = launch.create_run(stage.db, stage.config("task.currency=USD", run=MOCK_RUN))
    with pytest.raises(BadInput, match="it was no rehearsal"):
        rehearsal.report(stage.db, run)
