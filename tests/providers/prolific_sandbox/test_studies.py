"""Studies at the sandbox: what a draft must say, the table of transitions, what is frozen, what it costs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.providers.prolific_sandbox.open_sandbox import CODE, Desk, study

EACH = 150 + 50 + 10  # 33.3 % of 150 is 49.95, 20 % of 50 is 10


def test_a_draft_is_kept_as_it_was_sent(desk: Desk) -> None:
    told = desk.draft(device_compatibility=["desktop"], maximum_allowed_time=60)
    assert told["status"] == "UNPUBLISHED"
    again = desk.ask("GET", f"/studies/{told['id']}/")
    for name, value in study(desk.project, device_compatibility=["desktop"], maximum_allowed_time=60).items():
        assert again[name] == value
    assert again["places_taken"] == 0
    assert again["total_cost"] == 3 * EACH


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", None), ("name", " "), ("name", 5), ("description", None), ("prolific_id_option", "guess"),
        ("prolific_id_option", ["question"]), ("estimated_completion_time", 0),
        ("estimated_completion_time", "5"),
        ("reward", 1.5), ("reward", "150"), ("reward", -1), ("reward", 0), ("reward", True), ("reward", None),
        ("total_available_places", 0), ("total_available_places", 2.5), ("total_available_places", None),
        ("completion_codes", []), ("completion_codes", None), ("completion_codes", "DONE1"),
        ("completion_codes", [{"code": "A"}]), ("completion_codes", [CODE, CODE]),
        ("completion_codes", [{**CODE, "actions": [{"action": "PAY_TWICE"}]}]),
        ("completion_codes", [{**CODE, "actions": [{"action": "ADD_TO_PARTICIPANT_GROUP"}]}]),
        ("completion_codes", [{**CODE, "actor": "desk"}]),
        ("completion_codes",
         [{**CODE, "actions": [{"action": "MANUALLY_REVIEW"}, {"action": "AUTOMATICALLY_APPROVE"}]}]),
        ("external_study_url", "ftp://desk.example/"), ("external_study_url", "desk"),
        ("external_study_url", None),
        ("device_compatibility", ["watch"]), ("device_compatibility", "desktop"),
        ("maximum_allowed_time", 10), ("metadata", 7), ("filters", [{"filter_id": "shoe_size"}]),
        ("filters", {"filter_id": "age"}), ("submissions_config", {"max_submissions_per_participant": 0}),
        ("eligibility_requirements", []), ("data_collection_method", "AI_TASK_BUILDER_BATCH"),
        ("access_details", [{"external_url": "https://a.example", "total_allocation": 3}]),
    ],
)  # fmt: skip
def test_a_draft_that_is_wrong_is_refused_by_the_name_of_the_field(
    desk: Desk, field: str, value: Any
) -> None:
    body = study(desk.project, **{field: value})
    told = desk.ask("POST", "/studies/", body, expect=400)
    faults = told["detail"]
    assert field in faults or (field == "data_collection_method" and "data_collection_id" in faults)
    assert desk.ask("GET", "/studies/")["results"] == []


def test_all_that_is_wrong_is_said_at_once(desk: Desk) -> None:
    told = desk.ask("POST", "/studies/", {"project": desk.project}, expect=400)
    assert {"name", "description", "reward", "total_available_places"} <= told["detail"].keys()


def test_publishing_takes_a_moment_and_holds_the_money(desk: Desk) -> None:
    study_id = desk.draft()["id"]
    assert desk.move(study_id, "PUBLISH")["status"] == "ACTIVE"
    assert desk.status_of(study_id) == "PUBLISHING"
    assert desk.balance() == (1_000_000, 1_000_000 - 3 * EACH)
    desk.pass_time()
    assert desk.status_of(study_id) == "ACTIVE"


def test_a_study_that_costs_more_than_there_is_stays_a_draft(desk: Desk) -> None:
    study_id = desk.draft(total_available_places=5000)["id"]
    told = desk.move(study_id, "PUBLISH", expect=400)
    assert "funds" in told["error"]["detail"]
    assert desk.status_of(study_id) == "UNPUBLISHED"
    assert desk.balance() == (1_000_000, 1_000_000)


_AFTER = {
    ("UNPUBLISHED", "PUBLISH"): "ACTIVE",
    ("UNPUBLISHED", "SCHEDULE_PUBLISH"): "SCHEDULED",
    ("SCHEDULED", "CANCEL_PUBLISH"): "UNPUBLISHED",
    ("ACTIVE", "PAUSE"): "PAUSED",
    ("ACTIVE", "STOP"): "COMPLETED",
    ("PAUSED", "START"): "ACTIVE",
    ("PAUSED", "STOP"): "COMPLETED",
}
_ACTIONS = ("PUBLISH", "SCHEDULE_PUBLISH", "CANCEL_PUBLISH", "PAUSE", "START", "STOP")


def _brought_to(desk: Desk, status: str) -> str:
    study_id: str = desk.draft(total_available_places=1)["id"]
    if status == "SCHEDULED":
        desk.move(study_id, "SCHEDULE_PUBLISH", publish_at="2999-01-01T00:00:00Z")
    elif status != "UNPUBLISHED":
        desk.move(study_id, "PUBLISH")
        if status != "PUBLISHING":
            desk.pass_time()
    if status == "PAUSED":
        desk.move(study_id, "PAUSE")
    elif status == "COMPLETED":
        desk.move(study_id, "STOP")
    elif status == "AWAITING REVIEW":
        desk.submit(study_id, "ann")
    assert desk.status_of(study_id) == status
    return study_id


@pytest.mark.parametrize(
    "status", ["UNPUBLISHED", "SCHEDULED", "PUBLISHING", "ACTIVE", "PAUSED", "AWAITING REVIEW", "COMPLETED"]
)
@pytest.mark.parametrize("action", _ACTIONS)
def test_the_table_of_transitions(desk: Desk, status: str, action: str) -> None:
    study_id = _brought_to(desk, status)
    more = {"publish_at": "2999-01-01T00:00:00Z"} if action == "SCHEDULE_PUBLISH" else {}
    after = _AFTER.get((status, action))
    told = desk.move(study_id, action, expect=200 if after else 400, **more)
    assert (told["status"] if after else desk.status_of(study_id)) == (after or status)


def test_an_unknown_action_is_refused(desk: Desk) -> None:
    study_id = desk.draft()["id"]
    for action in ("EXPLODE", None, 3, ["PUBLISH"]):
        desk.ask("POST", f"/studies/{study_id}/transition/", {"action": action}, expect=400)


def test_stopping_gives_back_what_is_not_owed(desk: Desk) -> None:
    study_id = desk.live()
    desk.submit(study_id, "ann")
    desk.move(study_id, "STOP")
    assert desk.balance() == (1_000_000, 1_000_000 - EACH)


def test_a_scheduled_study_is_published_at_its_time_and_not_before(desk: Desk) -> None:
    study_id = desk.draft()["id"]
    desk.move(study_id, "SCHEDULE_PUBLISH", expect=400)
    desk.move(study_id, "SCHEDULE_PUBLISH", expect=400, publish_at="2001-01-01T00:00:00Z")
    desk.move(study_id, "SCHEDULE_PUBLISH", expect=400, publish_at="soon")
    now = desk.control("GET", "state")["now"]
    year = int(now[:4])
    desk.move(study_id, "SCHEDULE_PUBLISH", publish_at=f"{year + 1}{now[4:]}")
    desk.pass_time(86_400)
    assert desk.status_of(study_id) == "SCHEDULED"
    desk.pass_time(366 * 86_400)
    assert desk.status_of(study_id) == "ACTIVE"


def test_a_cancelled_schedule_publishes_nothing(desk: Desk) -> None:
    study_id = desk.draft()["id"]
    now = desk.control("GET", "state")["now"]
    desk.move(study_id, "SCHEDULE_PUBLISH", publish_at=f"{int(now[:4]) + 1}{now[4:]}")
    desk.move(study_id, "CANCEL_PUBLISH")
    desk.pass_time(367 * 86_400)
    assert desk.status_of(study_id) == "UNPUBLISHED"


def test_a_draft_can_be_changed_in_everything_and_is_checked_again(desk: Desk) -> None:
    path = f"/studies/{desk.draft()['id']}/"
    assert desk.ask("PATCH", path, {"reward": 200, "name": "Trees"})["reward"] == 200
    desk.ask("PATCH", path, {"reward": "much"}, expect=400)
    assert desk.ask("GET", path)["reward"] == 200


def test_after_publishing_places_only_go_up_and_the_rest_is_frozen(desk: Desk) -> None:
    path = f"/studies/{desk.live()}/"
    for name, value in {"reward": 200, "name": "Trees", "completion_codes": [CODE], "filters": []}.items():
        told = desk.ask("PATCH", path, {name: value}, expect=400)
        assert name in told["error"]["detail"]
    desk.ask("PATCH", path, {"total_available_places": 2}, expect=400)
    desk.ask("PATCH", path, {"total_available_places": 5000}, expect=400)
    assert desk.balance()[1] == 1_000_000 - 3 * EACH
    assert desk.ask("PATCH", path, {"total_available_places": 5})["total_available_places"] == 5
    assert desk.balance()[1] == 1_000_000 - 5 * EACH
    assert desk.ask("PATCH", path, {"internal_name": "ours"})["internal_name"] == "ours"


def test_more_places_wake_a_study_that_was_over(desk: Desk) -> None:
    study_id = desk.live(total_available_places=1)
    desk.judge(desk.submit(study_id, "ann")[0], "APPROVE")
    assert desk.status_of(study_id) == "COMPLETED"
    desk.ask("PATCH", f"/studies/{study_id}/", {"total_available_places": 2})
    assert desk.status_of(study_id) == "ACTIVE"
    desk.submit(study_id, "bob")
    assert desk.status_of(study_id) == "AWAITING REVIEW"


def test_only_a_draft_can_be_deleted(desk: Desk) -> None:
    draft, live = desk.draft()["id"], desk.live()
    desk.ask("DELETE", f"/studies/{draft}/")
    desk.ask("GET", f"/studies/{draft}/", expect=404)
    desk.ask("DELETE", f"/studies/{live}/", expect=400)
    assert desk.status_of(live) == "ACTIVE"
    another = desk.draft()["id"]
    desk.ask("DELETE", f"/projects/{desk.project}/studies/{another}/", expect=204)


def test_studies_are_listed_by_state_and_by_project_page_by_page(desk: Desk) -> None:
    ids = [desk.draft(name=f"Study {number}")["id"] for number in range(5)]
    desk.move(ids[0], "PUBLISH")
    desk.pass_time()
    assert [line["id"] for line in desk.ask("GET", "/studies/")["results"]] == ids[::-1]
    active = desk.ask("GET", "/studies/", query={"state": "ACTIVE"})["results"]
    assert [line["id"] for line in active] == ids[:1]
    path = f"/projects/{desk.project}/studies/"
    first = desk.ask("GET", path, query={"page": 1, "page_size": 3, "ordering": "date_created"})
    assert [line["id"] for line in first["results"]] == ids[:3]
    second = desk.http.get(first["_links"]["next"]["href"], headers={"Authorization": f"Token {desk.token}"})
    assert [line["id"] for line in second.json()["results"]] == ids[3:]
    assert second.json()["_links"]["next"]["href"] is None
    desk.ask("GET", path, query={"page": 3, "page_size": 3}, expect=404)


def test_the_cost_is_what_was_paid_or_what_it_will_be(desk: Desk) -> None:
    study_id = desk.live()
    total = desk.ask("POST", "/study-cost-calculator/", {"reward": 150, "total_available_places": 3})
    assert total == {"total_cost": 3 * EACH}
    ids = desk.submit(study_id, "ann", "bob")
    desk.judge(ids[0], "APPROVE")
    bulk = desk.prepare(study_id, f"{ids[0]},1.00")
    desk.pay(bulk["id"])
    desk.pass_time()
    told = desk.ask("GET", f"/studies/{study_id}/cost/")

    def amounts(part: str) -> list[int]:
        return [told[part][name]["amount"] for name in ("rewards", "fees", "tax")]

    assert amounts("rewards") == [150, 50, 10]
    assert amounts("bonuses") == [100, 33, 7]
    told = desk.ask("GET", f"/studies/{study_id}/cost/", query={"is_projected": "true"})
    assert amounts("rewards") == [450, 150, 30]


@pytest.mark.parametrize(
    "body", [{}, {"reward": 1.5, "total_available_places": 3}, {"reward": 5, "total_available_places": 0}]
)
def test_the_calculator_refuses_what_is_no_amount(desk: Desk, body: dict[str, Any]) -> None:
    desk.ask("POST", "/study-cost-calculator/", body, expect=400)


def test_what_is_somebody_elses_is_not_there(desk: Desk) -> None:
    study_id = desk.draft()["id"]
    desk.control("POST", "accounts", {"token": "bob", "name": "Bob", "currency": "USD", "balance": 0})
    desk.ask("GET", f"/studies/{study_id}/", token="bob", expect=404)
    desk.ask("POST", f"/studies/{study_id}/transition/", {"action": "PUBLISH"}, token="bob", expect=404)
    desk.ask("POST", "/studies/", study(desk.project), token="bob", expect=404)
    assert desk.ask("GET", "/studies/", token="bob")["results"] == []
