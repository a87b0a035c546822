"""A run's places at Prolific: one study, found again after a lost answer, published, raised, stopped."""

from __future__ import annotations

from typing import Any

import pytest

from crowddesk.domain import ActionKind, ActionState, AssignmentState, Found
from crowddesk.providers.prolific.groups import BLOCKED
from crowddesk.testing.workspace import TASK_URL
from tests.providers.prolific.bench import Bench

CREATE = "POST /studies/"
MOVE = "POST /studies/{id}/transition/"
#: How an answer gets lost after the thing was done.
LOSSES = ("act_then_drop", "broken_after", "wrong_json")


def lose(bench: Bench, route: str, kind: str = "act_then_drop", times: int = 1, **more: Any) -> None:
    bench.vendor.faults({"kind": kind, "route": route, "times": times, **more})


# -------------------------------------------------------------------------------------------- set-up


def test_a_run_is_made_as_a_draft_that_costs_nothing(bench: Bench) -> None:
    run = bench.run(4)
    before = bench.vendor.balance()
    assert bench.set_up(run).state == ActionState.DONE
    (there,) = bench.studies()
    assert (there["status"], there["reward"], there["total_available_places"]) == ("UNPUBLISHED", 100, 4)
    assert bench.vendor.balance() == before
    whole = bench.vendor.ask("GET", f"/studies/{there['id']}/")
    assert whole["external_study_url"].startswith(f"{TASK_URL}?")
    assert whole["metadata"].endswith(f":{run.db_id}")
    assert "eligibility_requirements" not in bench.sent.bodies(CREATE)[0]


def test_set_up_is_done_once(bench: Bench) -> None:
    run = bench.run()
    for _ in range(3):
        assert bench.set_up(run).state == ActionState.DONE
    assert bench.sent.count(CREATE) == 1


@pytest.mark.parametrize("kind", LOSSES)
def test_set_up_whose_answer_is_lost_is_found_again_and_not_made_twice(bench: Bench, kind: str) -> None:
    run = bench.run()
    lose(bench, CREATE, kind)
    action = bench.action(ActionKind.SET_UP, run, payload={"server_url": TASK_URL})
    (outcome,) = bench.provider.perform([action])
    assert outcome.state == ActionState.UNKNOWN
    assert bench.provider.look_up([action]) == [Found.DID_NOT]
    bench.restart()
    assert bench.set_up(run).state == ActionState.DONE
    assert [line["id"] for line in bench.studies()] == [bench.study_of(run)]


def test_a_study_of_another_workspace_or_run_is_not_taken_for_ones_own(bench: Bench) -> None:
    run = bench.run()
    lose(bench, CREATE, "broken")
    assert bench.set_up(run).state == ActionState.UNKNOWN
    mine = bench.sent.bodies(CREATE)[0]
    bench.vendor.draft(internal_name=mine["internal_name"], metadata="another desk's")
    bench.vendor.draft(internal_name="something else", metadata=mine["metadata"])
    assert bench.set_up(run).state == ActionState.DONE
    assert len(bench.studies()) == 3
    assert bench.vendor.ask("GET", f"/studies/{bench.study_of(run)}/")["metadata"] == mine["metadata"]


@pytest.mark.parametrize(("field", "value"), [("reward", 1_000), ("total_available_places", 30)])
def test_a_study_with_another_reward_or_more_places_than_asked_for_is_deleted(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, field: str, value: int
) -> None:
    from crowddesk.providers.prolific import client as client_module

    real = client_module.ProlificClient.create_study
    monkeypatch.setattr(
        client_module.ProlificClient,
        "create_study",
        lambda self, fields: real(self, {**fields, field: value}),
    )
    outcome = bench.set_up(bench.run())
    assert outcome.state == ActionState.REFUSED
    assert str(value) in outcome.reason
    assert "deleted" in outcome.reason
    assert bench.studies() == []


def test_a_no_to_the_study_is_told_and_mended(bench: Bench) -> None:
    bench.vendor.faults({"kind": "refuse", "route": CREATE, "times": 1})
    run = bench.run()
    outcome = bench.set_up(run)
    assert (outcome.state, "The sandbox was told to refuse" in outcome.reason) == (ActionState.REFUSED, True)
    assert bench.set_up(run).state == ActionState.DONE


def test_without_a_public_address_nothing_is_made(bench: Bench) -> None:
    outcome = bench.set_up(bench.run(), "http://192.168.0.7:8080/run")
    assert (outcome.state, "public address" in outcome.reason) == (ActionState.REFUSED, True)
    assert bench.studies() == []


def test_set_up_waits_while_the_wallet_is_busy(bench: Bench) -> None:
    run = bench.run()
    bench.vendor.faults({"kind": "busy"})
    outcome = bench.set_up(run)
    assert outcome.state == ActionState.QUEUED
    assert outcome.again_in > 0
    bench.vendor.faults()
    assert bench.set_up(run).state == ActionState.DONE
    assert len(bench.studies()) == 1


def test_what_prolific_shows_itself_is_made_over_its_batch(bench: Bench) -> None:
    run = bench.hosted(items=2)
    action = bench.action(ActionKind.SET_UP, run)
    (outcome,) = bench.provider.perform([action])
    assert outcome.state == ActionState.QUEUED
    for _ in range(20):
        bench.vendor.pass_time()
        (outcome,) = bench.provider.perform([action])
        if outcome.state != ActionState.QUEUED:
            break
    assert outcome.state == ActionState.DONE, outcome
    body = bench.sent.bodies(CREATE)[0]
    assert "external_study_url" not in body
    assert body["data_collection_id"] == bench.provider.book.of(run.db_id)["batch_id"]
    assert [o.state for o in bench.open(run)] == [ActionState.DONE] * 2
    bench.vendor.pass_time()
    assert bench.status_of(run) == "ACTIVE"
    assert not bench.provider.serves(run)


# ----------------------------------------------------------------------------------------- publishing


def test_a_runs_units_publish_its_study_once(bench: Bench) -> None:
    run = bench.run(5)
    bench.set_up(run)
    for _ in range(2):
        assert {o.state for o in bench.open(run)} == {ActionState.DONE}
    assert bench.sent.count(f"POST /studies/{bench.study_of(run)}/transition/") == 1
    bench.vendor.pass_time()
    assert bench.status_of(run) == "ACTIVE"


@pytest.mark.parametrize("kind", LOSSES)
def test_publishing_whose_answer_is_lost_is_found(bench: Bench, kind: str) -> None:
    run = bench.run(2)
    bench.set_up(run)
    lose(bench, MOVE, kind)
    unit = run.get_units()[0]
    action = bench.action(ActionKind.LAUNCH, unit, payload={"task_url": TASK_URL})
    (outcome,) = bench.provider.perform([action])
    assert outcome.state == ActionState.UNKNOWN
    assert bench.provider.look_up([action]) == [Found.HAPPENED]
    bench.sent.forget()
    assert {o.state for o in bench.open(run)} == {ActionState.DONE}
    assert bench.sent.calls == []


def test_publishing_that_did_not_happen_goes_out_again(bench: Bench) -> None:
    run = bench.run(2)
    bench.set_up(run)
    lose(bench, MOVE, "broken")
    action = bench.action(ActionKind.LAUNCH, run.get_units()[0], payload={"task_url": TASK_URL})
    (outcome,) = bench.provider.perform([action])
    assert outcome.state == ActionState.UNKNOWN
    assert bench.provider.look_up([action]) == [Found.DID_NOT]
    assert {o.state for o in bench.open(run)} == {ActionState.DONE}
    bench.vendor.pass_time()
    assert bench.status_of(run) == "ACTIVE"


def test_publishing_again_what_a_stale_reading_shows_as_a_draft_is_no_failure(bench: Bench) -> None:
    run = bench.run(2)
    bench.set_up(run)
    bench.vendor.faults({"kind": "stale_listing", "route": "GET /studies/{id}/", "times": 1, "seconds": 60})
    bench.vendor.move(bench.study_of(run), "PUBLISH")
    assert {o.state for o in bench.open(run)} == {ActionState.DONE}


def test_a_study_is_not_published_without_the_money_for_it(bench: Bench) -> None:
    run = bench.run(2)
    bench.set_up(run)
    bench.vendor.control("POST", "wallet", {"workspace_id": bench.vendor.workspace, "balance": 100})
    outcomes = bench.open(run)
    assert {o.state for o in outcomes} == {ActionState.REFUSED}
    assert bench.status_of(run) == "UNPUBLISHED"


def test_publishing_meets_429_and_waits(bench: Bench) -> None:
    run = bench.run(2)
    bench.set_up(run)
    lose(bench, MOVE, "busy")
    assert {o.state for o in bench.open(run)} == {ActionState.QUEUED}
    assert {o.state for o in bench.open(run)} == {ActionState.DONE}


def test_the_link_that_a_restart_changed_is_told_before_publishing(bench: Bench) -> None:
    run = bench.run(1)
    bench.set_up(run, "https://old.example/run")
    bench.open(run)
    there = bench.vendor.ask("GET", f"/studies/{bench.study_of(run)}/")
    assert there["external_study_url"].startswith(f"{TASK_URL}?")


def test_places_are_raised_for_more_units(bench: Bench) -> None:
    run = bench.live(2)
    more = bench.provider.UnitClass.new(bench.db, run.get_assignments()[0], 1, "1.00")
    outcome = bench.do(ActionKind.LAUNCH, more, payload={"task_url": TASK_URL})
    assert outcome.state == ActionState.DONE
    (there,) = bench.studies()
    assert (there["total_available_places"], there["status"]) == (3, "ACTIVE")


@pytest.mark.parametrize("kind", LOSSES)
def test_raising_places_whose_answer_is_lost_raises_them_once(bench: Bench, kind: str) -> None:
    run = bench.live(2)
    more = bench.provider.UnitClass.new(bench.db, run.get_assignments()[0], 1, "1.00")
    lose(bench, "PATCH /studies/{id}/", kind)
    action = bench.action(ActionKind.LAUNCH, more, payload={"task_url": TASK_URL})
    assert bench.carry_out(action).state == ActionState.DONE
    assert bench.studies()[0]["total_available_places"] == 3
    assert bench.sent.count(f"PATCH /studies/{bench.study_of(run)}/") == 1


def test_a_study_that_was_stopped_elsewhere_takes_nobody_and_says_so(bench: Bench) -> None:
    run = bench.run(2)
    bench.set_up(run)
    bench.vendor.move(bench.study_of(run), "PUBLISH")
    bench.vendor.pass_time()
    bench.vendor.move(bench.study_of(run), "STOP")
    outcomes = bench.open(run)
    assert {o.state for o in outcomes} == {ActionState.REFUSED}
    assert "stopped at Prolific" in outcomes[0].reason


def test_units_of_a_study_that_is_full_and_judged_are_still_launched(bench: Bench) -> None:
    """A desk that died after publishing finds everything done, and must be able to take it in."""
    run = bench.run(2)
    bench.set_up(run)
    study = bench.study_of(run)
    bench.vendor.move(study, "PUBLISH")
    bench.vendor.pass_time()
    for submission in bench.vendor.submit(study, "a", "b", code=bench.code_of(run)):
        bench.vendor.judge(submission, "APPROVE")
    assert bench.status_of(run) == "COMPLETED"
    assert {o.state for o in bench.open(run)} == {ActionState.DONE}


def test_a_study_that_was_published_elsewhere_is_not_published_again(bench: Bench) -> None:
    run = bench.run(2)
    bench.set_up(run)
    bench.vendor.move(bench.study_of(run), "PUBLISH")
    bench.sent.forget()
    assert {o.state for o in bench.open(run)} == {ActionState.DONE}
    assert bench.sent.changes() == []


def test_a_study_that_was_deleted_elsewhere_refuses_its_units(bench: Bench) -> None:
    run = bench.run(2)
    bench.set_up(run)
    bench.vendor.ask("DELETE", f"/studies/{bench.study_of(run)}/")
    assert {o.state for o in bench.open(run)} == {ActionState.REFUSED}


# ----------------------------------------------------------------------------------- pausing, stopping


def test_a_study_is_paused_and_goes_on(bench: Bench) -> None:
    run = bench.live(2)
    for kind, status in ((ActionKind.PAUSE, "PAUSED"), (ActionKind.RESUME, "ACTIVE")):
        for _ in range(2):
            assert bench.do(kind, run).state == ActionState.DONE
            assert bench.status_of(run) == status


def test_pausing_what_is_still_being_published_waits(bench: Bench) -> None:
    run = bench.run(1)
    bench.set_up(run)
    bench.open(run)
    outcome = bench.do(ActionKind.PAUSE, run)
    while outcome.state == ActionState.QUEUED:
        assert "publishing" in outcome.reason
        outcome = bench.do(ActionKind.PAUSE, run)
    assert outcome.state == ActionState.DONE
    assert bench.status_of(run) == "PAUSED"


@pytest.mark.parametrize("kind", LOSSES)
def test_pausing_whose_answer_is_lost_is_done_again_without_harm(bench: Bench, kind: str) -> None:
    run = bench.live(2)
    lose(bench, MOVE, kind)
    action = bench.action(ActionKind.PAUSE, run)
    assert bench.carry_out(action).state == ActionState.DONE
    assert bench.status_of(run) == "PAUSED"


def test_a_stopped_run_stops_its_study_with_one_call(bench: Bench) -> None:
    run = bench.live(4)
    bench.sent.forget()
    assert {o.state for o in bench.stop(run)} == {ActionState.DONE}
    assert bench.status_of(run) == "COMPLETED"
    assert bench.sent.changes() == [f"POST /studies/{bench.study_of(run)}/transition/"]
    assert {o.state for o in bench.stop(run)} == {ActionState.DONE}


def test_stopping_right_after_publishing_really_stops(bench: Bench) -> None:
    """A study that is still being published takes people a moment later, and cannot be stopped yet."""
    run = bench.run(2)
    bench.set_up(run)
    bench.open(run)
    outcomes = bench.stop(run)
    while {o.state for o in outcomes} == {ActionState.QUEUED}:
        outcomes = bench.stop(run)
    assert {o.state for o in outcomes} == {ActionState.DONE}
    bench.vendor.pass_time()
    assert bench.status_of(run) == "COMPLETED"


def test_a_full_study_that_is_stopped_stays_closed_when_a_place_is_returned(bench: Bench) -> None:
    run = bench.live(2)
    agents = [bench.comes(run), bench.comes(run)]
    for agent in agents:
        bench.sends(agent)
    assert bench.status_of(run) == "AWAITING REVIEW"
    bench.stop(run)
    ref = bench.db.get_agent(agents[0].db_id)["vendor_ref"]
    person = agents[0].get_worker().worker_name
    assert bench.vendor.http.post(f"/participant/{person}/return/{ref}").status_code == 200
    assert bench.status_of(run) == "ACTIVE"
    bench.stop(run)
    assert bench.status_of(run) == "COMPLETED"


@pytest.mark.parametrize("kind", [*LOSSES, "broken"])
def test_stopping_whose_answer_is_lost_is_done_again(bench: Bench, kind: str) -> None:
    run = bench.live(2)
    lose(bench, MOVE, kind)
    outcomes = bench.stop(run)
    assert {o.state for o in outcomes} == {ActionState.UNKNOWN}
    assert {o.state for o in bench.stop(run)} == {ActionState.DONE}
    assert bench.status_of(run) == "COMPLETED"


def test_a_vendor_that_is_away_is_asked_once_for_all_units(bench: Bench) -> None:
    run = bench.live(6)
    bench.vendor.faults({"kind": "busy"})
    bench.sent.forget()
    assert {o.state for o in bench.stop(run)} == {ActionState.QUEUED}
    assert len(bench.sent.calls) <= 4


def test_somebody_at_work_keeps_their_unit_when_the_run_is_stopped(bench: Bench) -> None:
    run = bench.live(2)
    agent = bench.comes(run)
    outcomes = bench.stop(run)
    down = {
        unit.db_id: o.evidence.get("down", True) for unit, o in zip(run.get_units(), outcomes, strict=True)
    }
    assert down == {unit.db_id: unit.db_id != agent.unit_id for unit in run.get_units()}


def test_units_that_expire_in_a_run_that_goes_on_stop_nothing(bench: Bench) -> None:
    run = bench.live(2)
    bench.sent.forget()
    assert bench.do(ActionKind.EXPIRE, run.get_units()[0]).state == ActionState.DONE
    assert bench.sent.calls == []
    assert bench.status_of(run) == "ACTIVE"


# ------------------------------------------------------------------------------------------ clean-up


def test_a_draft_is_deleted_and_a_live_study_is_stopped(bench: Bench) -> None:
    draft, live = bench.run(1), bench.live(1)
    bench.set_up(draft)
    for run in (draft, live):
        for _ in range(2):
            action = bench.action(ActionKind.CLEAN_UP, run)
            assert bench.carry_out(action).state == ActionState.DONE
    assert [line["status"] for line in bench.studies()] == ["COMPLETED"]


@pytest.mark.parametrize("kind", LOSSES)
def test_clean_up_whose_answer_is_lost_is_done_again(bench: Bench, kind: str) -> None:
    run = bench.run(1)
    bench.set_up(run)
    lose(bench, "DELETE /studies/{id}/", kind)
    assert bench.carry_out(bench.action(ActionKind.CLEAN_UP, run)).state == ActionState.DONE
    assert bench.studies() == []


def test_a_study_that_was_scheduled_elsewhere_never_begins(bench: Bench) -> None:
    run = bench.run(1)
    bench.set_up(run)
    bench.vendor.move(bench.study_of(run), "SCHEDULE_PUBLISH", publish_at="2100-01-01T00:00:00Z")
    assert bench.carry_out(bench.action(ActionKind.CLEAN_UP, run)).state == ActionState.DONE
    assert bench.studies() == []


def test_a_run_without_a_study_is_cleared_away(bench: Bench) -> None:
    assert bench.do(ActionKind.CLEAN_UP, bench.run(1)).state == ActionState.DONE
    assert bench.sent.count("GET /studies/") == 0


# --------------------------------------------------------------------------------- two accounts, money


def test_two_accounts_in_one_workspace_share_groups_and_keep_their_runs_apart(bench: Bench) -> None:
    other = bench.open_account("colleague")
    first, second = bench.live(1), bench.live(1, account=other)
    assert bench.study_of(first) != bench.study_of(second)
    assert bench.sent.count("POST /participant-groups/") == 1
    groups = bench.vendor.ask("GET", "/participant-groups/", query={"workspace_id": bench.vendor.workspace})
    assert [group["name"] for group in groups["results"]] == [BLOCKED]
    (unit,) = bench.answered(second)
    (action,) = bench.decide(ActionKind.APPROVE, [unit], account=other)
    assert bench.carry_out(action).state == ActionState.DONE
    assert [row["study_id"] for row in bench.vendor.ledger()] == [bench.study_of(second)]
    assert bench.provider.strays(bench.account) == []


def test_fees_are_the_vendors_own(bench: Bench) -> None:
    """33.3 % of each, rounded half up: never a percentage of ours."""
    assert bench.provider.quote_for(bench.account, ActionKind.APPROVE, 100, 3) == 99
    assert bench.provider.quote(ActionKind.BONUS, 15, 10) == 50
    assert bench.provider.quote_for(bench.account, ActionKind.REJECT, 100, 3) == 0


def test_everything_meets_429_somewhere_and_comes_through(bench: Bench) -> None:
    run = bench.run(3)
    bench.vendor.faults({"kind": "busy", "probability": 0.4}, seed=5)
    assert (
        bench.carry_out(bench.action(ActionKind.SET_UP, run, payload={"server_url": TASK_URL})).state
        == ActionState.DONE
    )
    for unit in run.get_units():
        action = bench.action(ActionKind.LAUNCH, unit, payload={"task_url": TASK_URL})
        assert bench.carry_out(action).state == ActionState.DONE
    bench.vendor.faults()
    bench.vendor.pass_time()
    (there,) = bench.studies()
    assert (there["status"], there["total_available_places"]) == ("ACTIVE", 3)
    assert {u.db_status for u in run.get_units()} == {AssignmentState.CREATED}
