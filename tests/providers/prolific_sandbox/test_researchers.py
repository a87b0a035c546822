"""Accounts, workspaces, groups, messages and filters at the sandbox."""

from __future__ import annotations

from typing import Any

import pytest

from crowddesk.providers.prolific_sandbox.filters import portrait
from tests.providers.prolific_sandbox.open_sandbox import CODE, Desk, Said, study


@pytest.mark.parametrize(
    "header", [None, "", "Token", "Token  x", "Token wrong", "Bearer token-of-ann", "token-of-ann"]
)
def test_without_a_known_token_there_is_nothing(desk: Desk, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    for path in ("/api/v1/users/me/", "/api/v1/studies/", "/api/v1/no/such/route/"):
        response = desk.http.get(path, headers=headers)
        assert response.status_code == 401
        assert response.json()["error"]["status"] == 401
    desk.ask("GET", "/users/me/")


def test_no_token_is_kept_as_it_is(desk: Desk, tmp_path: Any) -> None:
    desk.ask("GET", "/users/me/")
    for file in tmp_path.glob("sandbox.sqlite*"):
        assert desk.token.encode() not in file.read_bytes()


def test_an_account_is_made_once_for_a_token(desk: Desk) -> None:
    asked = {"token": "bob", "name": "Bob", "currency": "USD", "balance": 500}
    first = desk.control("POST", "accounts", asked)
    assert desk.control("POST", "accounts", {**asked, "balance": 9}) == first
    told = desk.ask("GET", f"/workspaces/{first['workspace_id']}/balance/", token="bob")
    assert (told["currency_code"], told["available_balance"]) == ("USD", 500)
    assert desk.ask("GET", "/users/me/", token="bob")["id"] == first["user_id"]
    for wrong in (
        {"token": ""},
        {"token": 5},
        {"token": "x", "currency": "EUR"},
        {"token": "x", "balance": -1},
    ):
        with pytest.raises(Said, match="400"):
            desk.control("POST", "accounts", wrong)


def test_workspaces_and_projects(desk: Desk) -> None:
    assert [w["id"] for w in desk.ask("GET", "/workspaces/")["results"]] == [desk.workspace]
    told = desk.ask("GET", f"/workspaces/{desk.workspace}/")
    assert [p["id"] for p in told["projects"]] == [desk.project]
    made = desk.ask("POST", "/workspaces/", {"title": "Second", "currency_code": "USD"}, expect=201)
    assert desk.ask("GET", f"/workspaces/{made['id']}/balance/")["currency_code"] == "USD"
    project = desk.ask("POST", f"/workspaces/{made['id']}/projects/", {"title": "P"}, expect=201)
    assert desk.ask("GET", f"/projects/{project['id']}/")["title"] == "P"
    assert desk.ask("PATCH", f"/projects/{project['id']}/", {"title": "Q"})["title"] == "Q"
    assert len(desk.ask("GET", f"/workspaces/{made['id']}/projects/")["results"]) == 2
    desk.ask("POST", "/workspaces/", {"title": "Third", "currency_code": "EUR"}, expect=400)
    desk.ask("POST", "/workspaces/", {}, expect=400)
    desk.ask("GET", "/workspaces/nowhere/", expect=404)
    desk.ask("GET", "/projects/nowhere/", expect=404)


def test_wages_that_are_advised(desk: Desk) -> None:
    (told,) = desk.ask(
        "GET", "/reward-recommendations/", query={"workspace_id": desk.workspace, "currency": "GBP"}
    )
    assert 0 < told["min_reward_per_hour"] < told["recommended_reward_per_hour"]
    desk.ask(
        "GET",
        "/reward-recommendations/",
        query={"workspace_id": desk.workspace, "currency": "EUR"},
        expect=400,
    )
    desk.ask("GET", "/reward-recommendations/", query={"currency": "GBP"}, expect=400)


# ------------------------------------------------------------------------------------------------- groups


def _group(desk: Desk, *people: str, name: str = "Good") -> str:
    body = {"workspace_id": desk.workspace, "name": name, "participant_ids": list(people)}
    group_id: str = desk.ask("POST", "/participant-groups/", body, expect=201)["id"]
    return group_id


def _members(desk: Desk, group_id: str) -> list[str]:
    told = desk.ask("GET", f"/participant-groups/{group_id}/participants/")
    return [row["participant_id"] for row in told["results"]]


def test_members_come_and_go_and_twice_is_like_once(desk: Desk) -> None:
    group_id = _group(desk, "ann")
    path = f"/participant-groups/{group_id}/"
    for _ in range(2):
        desk.ask("POST", f"{path}participants/", {"participant_ids": ["ann", "bob"]})
    assert _members(desk, group_id) == ["ann", "bob"]
    for _ in range(2):
        desk.ask("DELETE", f"{path}participants/", {"participant_ids": ["ann", "nobody"]})
    assert _members(desk, group_id) == ["bob"]
    told = desk.ask("PATCH", path, {"name": "Better", "participant_ids": ["cy"]})
    assert (told["name"], told["participant_count"]) == ("Better", 1)
    assert _members(desk, group_id) == ["cy"]
    for body in ({}, {"participant_ids": "ann"}, {"participant_ids": [5]}):
        desk.ask("POST", f"{path}participants/", body, expect=400)


def test_a_deleted_group_is_listed_as_such_and_not_found(desk: Desk) -> None:
    kept, gone = _group(desk), _group(desk, name="Gone")
    desk.ask("DELETE", f"/participant-groups/{gone}/", expect=204)

    def listed(**query: str) -> list[str]:
        told = desk.ask("GET", "/participant-groups/", query={"workspace_id": desk.workspace, **query})
        return [group["id"] for group in told["results"]]

    assert listed() == [kept, gone]
    assert listed(active="true") == [kept]
    assert listed(active="false") == [gone]
    desk.ask("GET", f"/participant-groups/{gone}/", expect=404)
    desk.ask("GET", "/participant-groups/", expect=400)
    desk.ask("POST", "/participant-groups/", {"name": "Nowhere"}, expect=400)


def test_a_code_puts_people_into_a_group_and_the_group_tells_of_the_study(desk: Desk) -> None:
    group_id = _group(desk, "bob")
    adding = {"action": "ADD_TO_PARTICIPANT_GROUP", "participant_group": group_id}
    into = {**CODE, "actions": [{"action": "MANUALLY_REVIEW"}, adding]}
    out = {
        "code": "OUT",
        "code_type": "OTHER",
        "actions": [{"action": "REMOVE_FROM_PARTICIPANT_GROUP", "participant_group": group_id}],
        "actor": "participant",
    }
    study_id = desk.live(completion_codes=[into, out])
    desk.submit(study_id, "ann")
    assert _members(desk, group_id) == ["bob", "ann"]
    desk.submit(study_id, "bob", code="OUT")
    assert _members(desk, group_id) == ["ann"]
    told = desk.ask("GET", f"/participant-groups/{group_id}/")
    assert [feeder["id"] for feeder in told["feeder_studies"]] == [study_id]


# ------------------------------------------------------------------------------------------------ filters


def test_the_filters_name_the_groups_of_the_workspace(desk: Desk) -> None:
    group_id = _group(desk)
    told = desk.ask("GET", "/filters/", query={"workspace_id": desk.workspace})
    found = {row["filter_id"]: row for row in told["results"]}
    assert {"age", "sex", "fluent-languages", "current-country-of-residence", "approval_rate"} <= found.keys()
    assert found["participant_group_blocklist"]["choices"] == {group_id: "Good"}
    assert found["age"]["type"] == "range"


@pytest.mark.parametrize(
    "item",
    [
        {"filter_id": "age", "selected_range": {"lower": 60, "upper": 20}},
        {"filter_id": "age", "selected_range": {"lower": 5}}, {"filter_id": "age", "selected_range": {}},
        {"filter_id": "age", "selected_values": ["1"]}, {"filter_id": "sex", "selected_values": ["9"]},
        {"filter_id": "sex", "selected_values": []}, {"filter_id": "sex", "selected_values": [1]},
        {"filter_id": "participant_group_allowlist", "selected_values": ["nowhere"]},
        {"filter_id": "and", "selected_filters": [{"filter_id": "shoe_size"}]}, {"filter_id": "or"}, {}, 5,
        None,
    ],
)  # fmt: skip
def test_a_filter_that_cannot_be_used_is_refused(desk: Desk, item: Any) -> None:
    told = desk.ask("POST", "/studies/", study(desk.project, filters=[item]), expect=400)
    assert told["detail"].keys() == {"filters"}


def test_groups_let_in_and_keep_out(desk: Desk) -> None:
    good, bad = _group(desk, "ann", "bob"), _group(desk, "bob", name="Bad")
    study_id = desk.live(
        filters=[
            {"filter_id": "participant_group_allowlist", "selected_values": [good]},
            {"filter_id": "participant_group_blocklist", "selected_values": [bad]},
        ]
    )
    desk.start(study_id, "ann")
    desk.start(study_id, "bob", expect=403)
    desk.start(study_id, "cy", expect=403)


def test_filters_look_at_what_people_said_of_themselves(desk: Desk) -> None:
    people = [f"p{number}" for number in range(40)]
    asked = {
        "filter_id": "or",
        "selected_filters": [
            {"filter_id": "age", "selected_range": {"upper": 25}},
            {"filter_id": "sex", "selected_values": ["1"]},
        ],
    }
    study_id = desk.live(total_available_places=40, filters=[asked])
    right = {pid for pid in people if portrait(pid)["age"] <= 25 or "1" in portrait(pid)["sex"]}
    assert 0 < len(right) < len(people)
    for pid in people:
        desk.start(study_id, pid, expect=302 if pid in right else 403)


def test_who_was_in_an_earlier_study_can_be_kept_out(desk: Desk) -> None:
    first = desk.live()
    desk.submit(first, "ann")
    second = desk.live(
        name="Again", filters=[{"filter_id": "previous_studies_blocklist", "selected_values": [first]}]
    )
    desk.start(second, "ann", expect=403)
    desk.start(second, "bob")


# ----------------------------------------------------------------------------------------------- messages


def test_messages_can_be_read_back_by_person_and_by_time(desk: Desk) -> None:
    study_id = desk.live()
    desk.submit(study_id, "ann", "bob")
    desk.ask("POST", "/messages/", {"recipient_id": "ann", "body": "One", "study_id": study_id}, expect=204)
    since = desk.control("GET", "state")["now"]
    desk.pass_time(60)
    desk.ask(
        "POST", "/messages/bulk/", {"ids": ["ann", "bob"], "body": "Two", "study_id": study_id}, expect=204
    )
    desk.http.post("/participant/ann/message", data={"study_id": study_id, "body": "Thanks"})

    def read(**query: str) -> list[tuple[str, str]]:
        told = desk.ask("GET", "/messages/", query=query)
        return [(message["sender_id"], message["body"]) for message in told["results"]]

    me = desk.ids["user_id"]
    assert read(user_id="ann") == [(me, "One"), (me, "Two"), ("ann", "Thanks")]
    assert read(created_after=since) == [(me, "Two"), (me, "Two"), ("ann", "Thanks")]
    assert read(user_id="ann", excluded_sender_ids=me) == [("ann", "Thanks")]
    assert [m["body"] for m in desk.ask("GET", "/messages/unread/")["results"]] == ["Thanks"]
    desk.ask("GET", "/messages/", expect=400)
    desk.ask("GET", "/messages/", query={"created_after": "2001-01-01T00:00:00Z"}, expect=400)
    desk.ask("GET", "/messages/", query={"created_after": "lately"}, expect=400)


def test_a_message_sent_twice_is_there_twice(desk: Desk) -> None:
    study_id = desk.live()
    desk.submit(study_id, "ann")
    for _ in range(2):
        desk.ask(
            "POST", "/messages/", {"recipient_id": "ann", "body": "Hello", "study_id": study_id}, expect=204
        )
    assert len(desk.ask("GET", "/messages/", query={"user_id": "ann"})["results"]) == 2


def test_a_group_can_be_written_to(desk: Desk) -> None:
    group_id = _group(desk, "ann", "bob")
    body = {"participant_group_id": group_id, "body": "Come again"}
    desk.ask("POST", "/messages/participant-group/", body, expect=204)
    assert len(desk.ask("GET", "/messages/", query={"user_id": "bob"})["results"]) == 1


@pytest.mark.parametrize(
    "change",
    [{"recipient_id": "stranger"}, {"body": " "}, {"body": None}, {"recipient_id": None}, {"study_id": None}],
)
def test_a_message_that_cannot_be_sent_is_refused(desk: Desk, change: dict[str, Any]) -> None:
    study_id = desk.live()
    desk.submit(study_id, "ann")
    body = {"recipient_id": "ann", "body": "Hello", "study_id": study_id, **change}
    desk.ask("POST", "/messages/", body, expect=400)
    assert desk.ask("GET", "/messages/", query={"user_id": "ann"})["results"] == []


def test_what_is_not_reproduced_says_so_and_is_counted(desk: Desk) -> None:
    told = desk.ask("GET", "/hooks/event-types/", expect=404)
    assert "sandbox does not have" in told["error"]["detail"]
    assert desk.control("GET", "calls")["GET (not here) /hooks/event-types/"] == 1
