"""The sandbox as a process: its banner, its end, kill -9 amid payments, and whatever a client may send."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crowddesk.domain import BadInput, VendorError
from crowddesk.providers.prolific_sandbox.books import Books
from crowddesk.providers.prolific_sandbox.server import TOKEN, serve_alone
from tests.providers.openapi_document import document
from tests.providers.prolific_sandbox.open_sandbox import CODE, Desk, Process, Said, wait_until

_ANN = {"Authorization": "Token token-of-ann"}


def test_it_says_what_it_is_where_it_is_and_what_it_cannot_prove(tmp_path: Path) -> None:
    server = Process(tmp_path)
    address = server.start()
    with httpx.Client(base_url=address, trust_env=False) as http:
        page = http.get("/").text
        assert http.get("/api/v1/users/me/", headers={"Authorization": f"Token {TOKEN}"}).status_code == 200
    code, said = server.end(signal.SIGTERM)
    assert code == 0
    for text in (page, said):
        assert "This is not Prolific" in text
        assert "not proven" in text
        assert address in text
    assert f"Token: {TOKEN}" in said


def test_it_stops_when_it_is_told_or_left_alone(tmp_path: Path) -> None:
    server = Process(tmp_path, until_idle=0.5)
    server.start()
    assert server.end(None)[0] == 0
    address = server.start()
    httpx.post(f"{address}/sandbox/stop", headers={"X-CrowdDesk-Sandbox": "1"}, trust_env=False)
    assert server.end(None)[0] == 0


def test_control_needs_its_header(desk: Desk) -> None:
    for path in ("accounts", "clock", "faults", "wallet", "stop"):
        assert desk.http.post(f"/sandbox/{path}", json={}).status_code == 403
    assert desk.http.get("/sandbox/ledger").status_code == 403
    assert (
        desk.http.post("/sandbox/clock", content=b"{", headers={"X-CrowdDesk-Sandbox": "1"}).status_code
        == 400
    )
    for wrong in (-1, "x", None, True, 10**12):
        with pytest.raises(Said, match="400"):
            desk.control("POST", "clock", {"advance_seconds": wrong})


def test_the_wallet_can_be_filled_and_the_crowd_be_described(desk: Desk) -> None:
    desk.live()
    desk.control("POST", "wallet", {"workspace_id": desk.workspace, "balance": 77})
    assert desk.balance() == (77 + 630, 77)
    with pytest.raises(Said, match="400"):
        desk.control("POST", "wallet", {"workspace_id": "nowhere", "balance": 1})
    desk.control("POST", "crowd", {"people": 3, "seed": 1})
    state = desk.control("GET", "state")
    assert state["crowd"] == {"people": 3, "seed": 1}
    assert state["laid_aside"] == []


def test_calls_are_counted_by_route(desk: Desk) -> None:
    study_id = desk.live()
    for _ in range(3):
        desk.ask("GET", f"/studies/{study_id}/")
    wait_until(lambda: "GET /studies/{id}/" in desk.control("GET", "calls"))
    counts = desk.control("GET", "calls")
    assert (counts["GET /studies/{id}/"], counts["POST /studies/{id}/transition/"]) == (3, 1)


@pytest.mark.parametrize(
    "options", [{"lag": -1.0}, {"fee_percent": -1}, {"vat_percent": 1000}, {"host": "no.such.host.invalid"}]
)
def test_terms_that_make_no_sense_are_refused(tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        serve_alone(tmp_path / "s.sqlite", **options)


def test_a_file_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("Dear diary, today I opened a sandbox." * 50, encoding="utf-8")
    with pytest.raises(VendorError):
        Books(tmp_path / "text")
    with sqlite3.connect(tmp_path / "other") as other:
        other.execute("CREATE TABLE thing (id INTEGER)")
    other.close()
    with pytest.raises(BadInput, match="something else"):
        Books(tmp_path / "other")
    with pytest.raises(VendorError):
        Books(tmp_path / "no" / "folder" / "s.sqlite")
    with sqlite3.connect(tmp_path / "newer") as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(VendorError, match="newer"):
        Books(tmp_path / "newer")


# ------------------------------------------------------------------------------------------------ kill -9


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("kills", "people"), [(4, 30), pytest.param(50, 100, marks=pytest.mark.long)])
def test_killed_amid_payments_it_has_lost_nothing_and_done_nothing_twice(
    tmp_path: Path, kills: int, people: int
) -> None:
    """What was acknowledged is paid exactly once; what was not answered is paid once or not at all."""
    server = Process(tmp_path, lag=0.02)
    desk = Desk(server.start(), balance=10**9)
    study_id = desk.live(total_available_places=people)
    chance = random.Random(kills)
    left = list(enumerate(desk.submit(study_id, *(f"p{number}" for number in range(people)))))
    sure: set[str] = set()
    bonus: dict[str, str] = {}
    sure_bonus: list[str] = []
    for _ in range(kills):
        doing = threading.Timer(chance.uniform(0.0, 0.25), server.kill)
        doing.start()
        try:
            while left:
                number, submission_id = left[0]
                if number % 3 == 0:
                    desk.ask("POST", "/submissions/bulk-approve/", {"submission_ids": [submission_id]})
                else:
                    desk.judge(submission_id, "APPROVE")
                sure.add(submission_id)
                left.pop(0)
                bulk = desk.prepare(study_id, f"{submission_id},0.{number % 89 + 10}")
                bonus[bulk["id"]] = submission_id
                desk.pay(bulk["id"])
                sure_bonus.append(bulk["id"])
        except (httpx.TransportError, OSError):
            pass
        doing.join()
        if not left:
            break
        desk.close()
        desk = Desk(server.start())
    server.kill()
    desk.close()
    desk = Desk(server.start())
    desk.pass_time(10)
    rows = desk.ledger()
    rewards = [row["submission_id"] for row in rows if row["kind"] == "reward"]
    assert len(rewards) == len(set(rewards))
    assert sure <= set(rewards)
    bonuses = [row["reference"] for row in rows if row["kind"] == "bonus"]
    assert len(bonuses) == len(set(bonuses))
    assert set(sure_bonus) <= set(bonuses) <= set(bonus)
    paid = sum(row["amount"] + row["fee"] + row["vat"] for row in rows)
    state = desk.control("GET", "state")["workspaces"][-1]
    assert state["total"] == 10**9 - paid
    assert state["reserved"] == (people - len(rewards)) * 200
    desk.close()
    assert server.end(signal.SIGTERM)[0] == 0


def test_what_was_queued_when_it_died_is_done_after_the_restart(tmp_path: Path) -> None:
    server = Process(tmp_path, lag=3600)
    desk = Desk(server.start())
    study_id = desk.draft()["id"]
    desk.move(study_id, "PUBLISH")
    desk.control("POST", "clock", {"advance_seconds": 1800})
    server.kill()
    desk.close()
    desk = Desk(server.start())
    assert desk.status_of(study_id) == "PUBLISHING"
    desk.pass_time(1801)
    assert desk.status_of(study_id) == "ACTIVE"
    desk.close()
    server.kill()


# ------------------------------------------------------------------------------------------ hostile input

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
_FIELDS = (
    "name", "reward", "total_available_places", "estimated_completion_time", "completion_codes", "filters",
    "submissions_config", "external_study_url", "data_collection_method", "data_collection_id", "action",
    "message", "rejection_category", "csv_bonuses", "study_id", "submission_ids", "participant_ids", "ids",
    "body",
    "recipient_id", "publish_at", "project", "workspace_id", "metadata", "prolific_id_option", "description",
    "maximum_allowed_time", "internal_name", "title", "request_return_reasons", "completion_code",
    "data_collection_metadata", "participant_group_id",
)  # fmt: skip
_BODY = st.dictionaries(st.sampled_from(_FIELDS), _JSON, max_size=6).map(json.dumps) | st.text().map(str)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=_BODY, data=st.data())
def test_no_body_and_no_query_breaks_it(desk: Desk, body: str, data: st.DataObject) -> None:
    """Whatever is sent to whatever route: an answer in the vendor's shape, never a 500."""
    known = document()
    routes = _routes(desk)
    method, template = data.draw(st.sampled_from(routes))
    drawn = data.draw(st.text("abc/.%\x00é{}", max_size=6))
    path = template.format_map(_Any("x" + quote(drawn, safe="")))  # "." alone would be another path
    query = data.draw(
        st.dictionaries(
            st.sampled_from(["page", "page_size", "study", "state", "ordering", "user_id"]),
            st.text(max_size=9),
        )
    )
    headers = {**_ANN, "Content-Type": "application/json"}
    content = body.encode("utf-8", "surrogatepass") if method != "GET" else None
    try:
        response = desk.http.request(method, f"/api/v1{path}", params=query, content=content, headers=headers)
    except httpx.InvalidURL:
        return
    assert response.status_code < 500, response.text
    if known is not None and response.status_code not in (404, 405):
        known.check_answer(
            method, f"/api/v1{template}", response.status_code, response.json() if response.content else None
        )


class _Any(dict[str, str]):
    """Fills every placeholder of a path with the same text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def __missing__(self, name: str) -> str:
        return self._text


def _routes(desk: Desk) -> list[tuple[str, str]]:
    return [
        (method, path)
        for path, methods in {
            "/users/me/": ("GET",), "/workspaces/": ("GET", "POST"), "/workspaces/{a}/": ("GET", "PATCH"),
            "/workspaces/{a}/projects/": ("GET", "POST"), "/projects/{a}/studies/": ("GET",),
            f"/projects/{desk.project}/studies/": ("GET",), "/studies/": ("GET", "POST"),
            "/studies/{a}/": ("GET", "PATCH", "DELETE"), "/studies/{a}/transition/": ("POST",),
            "/studies/{a}/submissions/": ("GET",), "/submissions/": ("GET",), "/submissions/{a}/": ("GET",),
            "/submissions/{a}/transition/": ("POST",), "/submissions/bulk-approve/": ("POST",),
            "/submissions/bonus-payments/": ("POST",), "/bulk-bonus-payments/{a}/pay/": ("POST",),
            "/study-cost-calculator/": ("POST",), "/participant-groups/": ("GET", "POST"),
            "/participant-groups/{a}/": ("GET", "PATCH"), "/messages/": ("GET", "POST"),
            "/messages/bulk/": ("POST",), "/filters/": ("GET",), "/reward-recommendations/": ("GET",),
            "/submissions/{a}/request-return/": ("POST",), "/messages/participant-group/": ("POST",),
        }.items()
        for method in methods
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b"\xff\xfe", b'{"reward": NaN}', b"[" * 100_000, b"5", b'{"name": "\\ud800"}'],
)
def test_a_body_that_is_no_object_is_refused(desk: Desk, content: bytes) -> None:
    response = desk.http.post("/api/v1/studies/", content=content, headers=_ANN)
    assert response.status_code == 400
    assert response.json()["status"] == 400


def test_a_study_with_odd_but_valid_texts_survives(desk: Desk) -> None:
    told = desk.draft(
        name="Vögel \U0001f426 <b>", metadata='{"id": "007"}', completion_codes=[{**CODE, "code": "ÄÖ 1"}]
    )
    again = desk.ask("GET", f"/studies/{told['id']}/")
    assert (again["name"], again["metadata"]) == ("Vögel \U0001f426 <b>", '{"id": "007"}')
