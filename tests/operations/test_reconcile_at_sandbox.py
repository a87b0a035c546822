"""Against Prolific's sandbox: what was done in the vendor's own page, what is astray, what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import EntryPoint
from pathlib import Path

import httpx
import pytest

from crowddesk import registry
from crowddesk.domain import StatusChange, now
from crowddesk.operations import adoption, decisions, differences, launch, paying, places, progress, reconcile
from crowddesk.operations.comparison import NEEDS_YOU, NEW, SOMEBODY_DECIDED, TAKE_OVER, UNKNOWN_THERE
from crowddesk.store import arrivals
from crowddesk.store.queries import deadlines
from tests.providers.prolific_sandbox.lab import Lab, open_lab
from tests.providers.prolific_sandbox.open_sandbox import REASON, study, wait_until


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
def lab(workspace_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lab]:
    with open_lab(workspace_path, tmp_path, monkeypatch) as lab:
        yield lab


def test_what_was_done_in_the_vendors_own_page_is_shown_and_taken_over(lab: Lab) -> None:
    run = lab.launch(4)
    kept = lab.study_of(run)
    lab.submit(kept["study_id"], kept["codes"]["finished"], 1, 2, 3)
    lab.until(lambda: lab.statuses(run).get("completed", 0) == 3)
    assert reconcile.compare(lab.db, lab.account).differences == ()
    due = [u.decide_by - now() for u in lab.units(run) if u.decide_by]
    assert len(due) == 3
    assert all(timedelta(days=20) < left <= timedelta(days=21) for left in due)
    with lab.db.read() as conn:
        near = deadlines(conn, timedelta(days=22))
    assert [(r.run_id, r.units) for r in near.runs] == [(run, 3)]
    by_person = lab.submissions(kept["study_id"])
    first, second, _ = by_person
    lab.client.move_submission(by_person[first], "APPROVE")
    lab.client.move_submission(by_person[second], "REJECT", message=REASON, rejection_category="FAILED_CHECK")
    found = reconcile.compare(lab.db, lab.account, run)
    assert {(d.worker_name, d.kind, d.mending, d.there) for d in found.differences} == {
        (first, SOMEBODY_DECIDED, TAKE_OVER, "approved"),
        (second, SOMEBODY_DECIDED, TAKE_OVER, "rejected"),
    }
    assert len(reconcile.mend(lab.db, found).taken) == 2
    assert lab.statuses(run) == {"accepted": 1, "rejected": 1, "completed": 1, "launched": 1}
    assert reconcile.compare(lab.db, lab.account).summary.is_clean


def test_who_came_although_no_unit_was_free_is_named_and_gets_one_when_there_are_more(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(differences, "_FRESH", -timedelta(days=1))
    run = lab.launch(1)
    kept = lab.study_of(run)
    lab.client.change_study(kept["study_id"], {"total_available_places": 2})
    lab.submit(kept["study_id"], kept["codes"]["finished"], 1, 2)
    lab.until(lambda: lab.statuses(run) == {"completed": 1})
    (found,) = reconcile.compare(lab.db, lab.account, run).differences
    (unit,) = lab.units(run)
    assert found.worker_name in set(lab.submissions(kept["study_id"])) - {unit.worker_name}
    assert (found.kind, found.mending, found.unit_id) == (NEW, NEEDS_YOU, 0)
    assert (found.here, found.there) == ("no unit is free", "awaiting review")
    places.add_units(lab.db, run, 1)
    lab.until(lambda: lab.statuses(run) == {"completed": 2})
    assert reconcile.compare(lab.db, lab.account, run).differences == ()


def test_an_approval_that_was_overturned_at_the_vendor_needs_a_person(lab: Lab) -> None:
    run = lab.launch(1)
    kept = lab.study_of(run)
    lab.submit(kept["study_id"], kept["codes"]["finished"], 1)
    lab.until(lambda: lab.statuses(run) == {"completed": 1})
    (unit,) = lab.units(run)
    decisions.decide(lab.db, "approve", [unit.id])
    lab.db.update_unit(str(unit.id), status="accepted")  # as if the vendor had taken it back since
    lab.db.update_agent(str(unit.agent_id), "approved")
    decisions.undo(lab.db, [1, 2, 3, 4, 5])
    (d,) = reconcile.compare(lab.db, lab.account).differences
    assert (d.mending, d.here, d.there) == (NEEDS_YOU, "accepted", "awaiting review")


def test_a_study_that_was_made_elsewhere_is_adopted_reviewed_and_paid(lab: Lab) -> None:
    there = lab.client.create_study(study(lab.project, metadata="", name="A survey elsewhere"))
    lab.client.move_study(there.id, "PUBLISH")
    lab.submit(there.id, "DONE1", 1, 2)
    (stray,) = reconcile.compare(lab.db, lab.account).strays
    assert (stray.ref, stray.places, stray.submissions, stray.reward) == (there.id, 3, 2, 150)
    token = adoption.ask(lab.db, lab.account, stray.ref)
    lab.lane.run_errands()
    run = adoption.fetch(lab.db, token)
    assert run is not None
    lab.until(lambda: lab.statuses(run) == {"completed": 2, "launched": 1})
    assert {u.worker_name for u in lab.units(run) if u.worker_name} == {f"{n:024x}" for n in (1, 2)}
    assert {u.pay_minor for u in lab.units(run)} == {150}
    facts = [u.output for u in lab.units(run) if u.output is not None]
    assert {(fact["participant"], fact["code"]) for fact in facts} == {
        (f"{n:024x}", "DONE1") for n in (1, 2)
    }  # fmt: skip
    assert reconcile.compare(lab.db, lab.account).summary.is_clean
    done = decisions.decide(lab.db, "approve", [u.id for u in lab.units(run) if u.status == "completed"])
    worker = next(u.worker_id for u in lab.units(run) if u.worker_id)
    paid = paying.pay_bonus(lab.db, lab.account, [worker], 20, "Thanks.", sequence="a", run_id=run)
    decisions.send(lab.db)
    ids = (*done.action_ids, *paid.action_ids)
    lab.until(lambda: progress.of_actions(lab.db, ids).states == {"done": 3})
    kinds = sorted(row["kind"] for row in lab.process.ask("GET", "/sandbox/ledger"))
    assert kinds == ["bonus", "reward", "reward"]
    assert reconcile.compare(lab.db, lab.account).summary.is_clean


def test_more_places_are_more_places_there(lab: Lab) -> None:
    run = lab.launch(2)
    cost = places.estimate_more(lab.db, run, 2)
    assert cost.vendor_total == cost.total > 4 * 150
    places.add_units(lab.db, run, 2)
    lab.until(lambda: lab.statuses(run) == {"launched": 6})
    assert lab.client.study(lab.study_of(run)["study_id"]).places == 6


def test_a_pause_stops_people_from_coming_and_a_resume_lets_them_in(lab: Lab) -> None:
    run = lab.launch(2)
    study_id = lab.study_of(run)["study_id"]
    wait_until(lambda: lab.client.study(study_id).status == "ACTIVE")
    launch.pause_run(lab.db, run)
    lab.until(lambda: lab.client.study(study_id).status == "PAUSED")
    launch.resume(lab.db, run)
    lab.until(lambda: lab.client.study(study_id).status == "ACTIVE")


def test_what_nobody_judged_in_time_is_followed_by_the_lane_alone(lab: Lab) -> None:
    run = lab.launch(1)
    kept = lab.study_of(run)
    lab.submit(kept["study_id"], kept["codes"]["finished"], 1)
    lab.until(lambda: lab.statuses(run) == {"completed": 1})
    (unit,) = lab.units(run)
    assert unit.decide_by is not None
    assert unit.decide_by - now() > timedelta(days=20)
    lab.pass_days(22)
    lab.until(lambda: lab.statuses(run) == {"accepted": 1})
    (unit,) = lab.units(run)
    assert unit.decide_by is None


def test_who_is_at_work_there_is_not_missing_and_who_was_never_there_is(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have a unit here; one of them has a place at the vendor, the other only says so."""
    run = lab.launch(2)
    study_id = lab.study_of(run)["study_id"]
    wait_until(lambda: lab.client.study(study_id).status == "ACTIVE")
    with httpx.Client(base_url=lab.process.address(), trust_env=False, timeout=30) as http:
        assert http.get(f"/participant/{1:024x}/start/{study_id}").status_code == 302
    ref = lab.submissions(study_id)[f"{1:024x}"]
    first, second = lab.units(run)
    said = [
        StatusChange(str(first.id), ref, f"{1:024x}", "in task"),
        StatusChange(str(second.id), "never-there", f"{2:024x}", "in task"),
    ]
    with lab.db.write() as w:
        arrivals.apply(w, run, said)
    monkeypatch.setattr("crowddesk.operations.differences._FRESH", timedelta(days=-1))
    found = reconcile.compare(lab.db, lab.account)
    assert [(d.unit_id, d.kind, d.mending) for d in found.differences] == [
        (second.id, UNKNOWN_THERE, TAKE_OVER)
    ]
    reconcile.mend(lab.db, found)
    assert lab.statuses(run) == {"assigned": 1, "launched": 1}
    assert reconcile.compare(lab.db, lab.account).differences == ()


def test_an_adopted_study_gets_more_places_too(lab: Lab) -> None:
    there = lab.client.create_study(study(lab.project, metadata=""))
    lab.client.move_study(there.id, "PUBLISH")
    lab.process.ask("POST", "/sandbox/clock", {"advance_seconds": 5})
    run = adoption.adopt(lab.db, lab.account, there.id)
    assert places.estimate_more(lab.db, run, 2).units == 2
    places.add_units(lab.db, run, 2)
    lab.until(lambda: lab.statuses(run) == {"launched": 5})
    assert lab.client.study(there.id).places == 5
