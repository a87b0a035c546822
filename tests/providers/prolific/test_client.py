"""The client against a scripted vendor: what it sends, what it reads, and every way it can go wrong."""

from __future__ import annotations

import json
import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput, CrowdDeskError, VendorError
from crowddesk.providers.prolific import api
from crowddesk.providers.prolific.client import LIVE, Busy, Lost, ProlificClient, Refused, Unreachable
from crowddesk.providers.prolific.wire import checked_address, checked_token
from tests.providers.openapi_document import document

TOKEN = "s3cret-T0ken_of_the_tests"
Script = list[httpx.Response | Exception]


class Vendor:
    """Answers from a script, in order, and keeps what was asked; the last answer stays."""

    def __init__(self, *script: object, status: int = 200) -> None:
        self.script: Script = [
            each if isinstance(each, httpx.Response | Exception) else httpx.Response(status, json=each)
            for each in script
        ]
        self.requests: list[httpx.Request] = []
        self.pauses: list[float] = []
        self.client = ProlificClient(
            TOKEN, transport=httpx.MockTransport(self._answer), pause=self.pauses.append
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        given = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(given, Exception):
            raise given
        return given

    @property
    def lines(self) -> list[str]:
        return [f"{r.method} {r.url.raw_path.decode().removeprefix('/api/v1/')}" for r in self.requests]

    def body(self, number: int = -1) -> Any:
        return json.loads(self.requests[number].content)


SUBMISSION = {
    "id": "sub1",
    "participant_id": "p1",
    "status": "AWAITING REVIEW",
    "started_at": "2026-11-20T10:00:00.123Z",
    "completed_at": None,
    "has_siblings": False,
    "study_code": "ABC",
    "something_new": {"a": 1},
}


def page(*ids: str, following: str | None = None) -> dict[str, Any]:
    rows = [{**SUBMISSION, "id": each} for each in ids]
    return {"results": rows, "_links": {"next": {"href": following, "title": "Next"}}, "meta": {"count": 99}}


# ------------------------------------------------------------------------------------------- what is sent


def test_the_token_goes_in_its_header_to_the_live_address() -> None:
    vendor = Vendor({"id": "u1", "email": "a@b.example"})

    assert vendor.client.me() == api.Me("u1", "a@b.example")

    request = vendor.requests[0]
    assert str(request.url) == f"{LIVE}/api/v1/users/me/"
    assert request.headers["Authorization"] == f"Token {TOKEN}"


STUDY = {
    "id": "st1", "name": "A study", "internal_name": None, "status": "UNPUBLISHED", "reward": 120.0,
    "total_available_places": 40, "metadata": "run 7", "external_study_url": "https://lab.example/r/x",
    "completion_codes": [{"code": "ABC", "code_type": "COMPLETED", "actions": []}],
}  # fmt: skip
BATCH = {"id": "b1", "name": "n", "status": "READY", "total_task_count": 3, "total_task_groups": 3}


DRAFT: dict[str, Any] = {
    "name": "A", "description": "D", "external_study_url": "https://lab.example/", "reward": 120,
    "prolific_id_option": "url_parameters", "total_available_places": 3, "estimated_completion_time": 5,
    "completion_codes": [
        {"code": "ABC", "code_type": "COMPLETED", "actions": [{"action": "MANUALLY_REVIEW"}]}
    ],
}  # fmt: skip
LAYOUT: dict[str, Any] = {"rows": []}
DETAILS = {"task_name": "T", "task_introduction": "I", "task_steps": "S"}
Call = Callable[[ProlificClient], object]
WHOLE = {**SUBMISSION, "study_id": "st1", "participant": "p1", "bonus_payments": [50, 25.0]}
BULK = {"id": "bulk1", "study": "st1", "amount": 150, "fees": 50, "vat": 10, "total_amount": 210}
GROUP = {"id": "g1", "name": "Good", "participant_count": 2}
CHANGES: list[tuple[Callable[[ProlificClient], object], object, str, object]] = [
    (lambda c: c.create_study(DRAFT), STUDY, "POST studies/", DRAFT),
    (lambda c: c.change_study("st1", {"reward": 9}), STUDY, "PATCH studies/st1/", {"reward": 9}),
    (lambda c: c.move_study("st1", "PAUSE"), STUDY, "POST studies/st1/transition/", {"action": "PAUSE"}),
    (
        lambda c: c.move_submission("s1", "REJECT", "because " * 20, "LOW_EFFORT"),
        WHOLE,
        "POST submissions/s1/transition/",
        {"action": "REJECT", "message": "because " * 20, "rejection_category": "LOW_EFFORT"},
    ),
    (
        lambda c: c.move_submission("s1", "APPROVE"),
        WHOLE,
        "POST submissions/s1/transition/",
        {"action": "APPROVE"},
    ),
    (
        lambda c: c.bulk_approve(["s1", "s2"]),
        "ok",
        "POST submissions/bulk-approve/",
        {"submission_ids": ["s1", "s2"]},
    ),
    (
        lambda c: c.request_return("s1", ["Withdrew consent"]),
        {"id": "s1", "status": "AWAITING REVIEW", "participant": "p1"},
        "POST submissions/s1/request-return/",
        {"request_return_reasons": ["Withdrew consent"]},
    ),
    (
        lambda c: c.prepare_bonuses("st1", [("s1", Decimal("1.5")), ("s2", Decimal("0.05"))]),
        BULK,
        "POST submissions/bonus-payments/",
        {"study_id": "st1", "csv_bonuses": "s1,1.50\ns2,0.05\n"},
    ),
    (lambda c: c.pay_bonuses("bulk1"), "queued", "POST bulk-bonus-payments/bulk1/pay/", None),
    (
        lambda c: c.create_group("w1", "Good", "They", ["p1"]),
        GROUP,
        "POST participant-groups/",
        {"workspace_id": "w1", "name": "Good", "description": "They", "participant_ids": ["p1"]},
    ),
    (
        lambda c: c.add_to_group("g1", ["p1"]),
        {"results": []},
        "POST participant-groups/g1/participants/",
        {"participant_ids": ["p1"]},
    ),
    (
        lambda c: c.remove_from_group("g1", ["p1"]),
        {"results": []},
        "DELETE participant-groups/g1/participants/",
        {"participant_ids": ["p1"]},
    ),
    (
        lambda c: c.send_message("p1", "Hello", "st1"),
        httpx.Response(204),
        "POST messages/",
        {"recipient_id": "p1", "body": "Hello", "study_id": "st1"},
    ),
    (
        lambda c: c.send_messages(["p1", "p2"], "Hello", "st1"),
        httpx.Response(204),
        "POST messages/bulk/",
        {"ids": ["p1", "p2"], "body": "Hello", "study_id": "st1"},
    ),
    (lambda c: c.delete_study("st1"), httpx.Response(204), "DELETE studies/st1/", None),
    (
        lambda c: c.create_dataset("d", "w1", {"strict": True, "fields": {}}),
        {"id": "d1", "name": "d", "total_datapoint_count": 0},
        "POST data-collection/datasets",
        {"name": "d", "workspace_id": "w1", "schema": {"strict": True, "fields": {}}},
    ),
    (
        lambda c: c.create_batch("b", "w1", DETAILS, dataset_id="d1", batch_items=[LAYOUT]),
        BATCH,
        "POST data-collection/batches",
        {
            "name": "b",
            "workspace_id": "w1",
            "task_details": DETAILS,
            "dataset_id": "d1",
            "batch_items": [LAYOUT],
        },
    ),
    (
        lambda c: c.setup_batch("b1", "d1", 2),
        {},
        "POST data-collection/batches/b1/setup",
        {"tasks_per_group": 2, "dataset_id": "d1"},
    ),
    (
        lambda c: c.cost_of(120, 40),
        {"total_cost": 6399.5},
        "POST study-cost-calculator/",
        {"reward": 120, "total_available_places": 40},
    ),
]
EMPTY: dict[str, Any] = {"results": []}
READS: list[tuple[Callable[[ProlificClient], object], object, str]] = [
    (lambda c: c.workspaces(), EMPTY, "GET workspaces/"),
    (lambda c: c.projects("w1"), EMPTY, "GET workspaces/w1/projects/"),
    (lambda c: c.study("st1"), STUDY, "GET studies/st1/"),
    (lambda c: c.study_cost("st1"), {}, "GET studies/st1/cost/"),
    (lambda c: c.studies("pr1"), EMPTY, "GET projects/pr1/studies/?page_size=100"),
    (lambda c: c.all_studies(), EMPTY, "GET studies/"),
    (lambda c: c.all_studies("ACTIVE"), EMPTY, "GET studies/?state=ACTIVE"),
    (lambda c: c.filters("w1"), EMPTY, "GET filters/?workspace_id=w1"),
    (
        lambda c: c.submissions("st1"),
        EMPTY,
        "GET submissions/?study=st1&page_size=500&ordering=started_at",
    ),
    (lambda c: c.submission_counts("st1"), {"TOTAL": 1}, "GET studies/st1/submissions/counts/"),
    (lambda c: c.groups("w1"), EMPTY, "GET participant-groups/?workspace_id=w1&active=true"),
    (lambda c: c.group_members("g1"), EMPTY, "GET participant-groups/g1/participants/"),
    (lambda c: c.messages("p1"), EMPTY, "GET messages/?user_id=p1"),
    (
        lambda c: c.messages(created_after=datetime(2026, 11, 1, tzinfo=UTC)),
        EMPTY,
        "GET messages/?created_after=2026-11-01T00%3A00%3A00%2B00%3A00",
    ),
    (
        lambda c: c.wage_advice("w1", "GBP"),
        [],
        "GET reward-recommendations/?workspace_id=w1&currency=GBP",
    ),
    (lambda c: c.batch("b1"), BATCH, "GET data-collection/batches/b1"),
    (lambda c: c.batches("w1"), EMPTY, "GET data-collection/batches?workspace_id=w1"),
    (lambda c: c.batch_status("b1"), BATCH, "GET data-collection/batches/b1/status"),
    (lambda c: c.batch_responses("b1"), EMPTY, "GET data-collection/batches/b1/responses"),
]


def test_each_change_is_one_request_with_its_body() -> None:
    for call, answer, line, body in CHANGES:
        vendor = Vendor(answer)
        call(vendor.client)
        assert vendor.lines == [line]
        assert (json.loads(vendor.requests[0].content) if vendor.requests[0].content else None) == body


def test_each_read_asks_for_what_it_needs() -> None:
    for call, answer, line in READS:
        vendor = Vendor(answer)
        call(vendor.client)
        assert vendor.lines == [line]


def test_every_request_is_as_the_vendor_documents_it() -> None:
    known = document()
    if known is None:
        pytest.skip("Prolific's document is not beside this checkout")
    calls = [(call, answer) for call, answer, *_ in (*CHANGES, *READS)]
    calls.append((lambda c: c.append_datapoints("d1", [{"a": "b"}]), {"accepted": 1, "rejected": 0}))
    calls.append((lambda c: c.me(), {"id": "u1"}))
    calls.append((lambda c: c.balance("w1"), {"currency_code": "GBP", "available_balance": 5}))
    calls.append((lambda c: c.submission("s1"), WHOLE))
    names = set()
    for call, answer in calls:
        vendor = Vendor(answer)
        call(vendor.client)
        for request in vendor.requests:
            text = request.content.decode()
            is_json = request.headers.get("Content-Type") == "application/json"
            body = None if not text else json.loads(text) if is_json else text
            known.check_request(request.method, request.url.path, dict(request.url.params), body)
        names |= set(call.__code__.co_names)  # type: ignore[attr-defined]
    public = {name for name in vars(ProlificClient) if not name.startswith("_")} - {"close"}
    assert public - names == set()  # every method was called


def test_items_of_a_dataset_go_one_a_line_and_half_characters_harm_nobody() -> None:
    vendor = Vendor({"accepted": 1, "rejected": 1, "errors": [{"record_index": 2, "reason": "no"}]})

    done = vendor.client.append_datapoints("d1", [{"text": "a\nb €"}, {"text": "\ud83d"}])

    assert done == api.Appended(1, 1, ((2, "", "no"),))
    assert vendor.requests[0].content == '{"text": "a\\nb €"}\n{"text": "?"}\n'.encode()
    assert vendor.requests[0].headers["Content-Type"] == "application/x-ndjson"


# --------------------------------------------------------------------------------------------- what is read


def test_answers_become_values_of_minor_units_and_aware_times() -> None:
    whole = {**SUBMISSION, "study_id": "st1", "participant": "p1", "bonus_payments": [50, 25.0]}
    found = Vendor(whole).client.submission("sub1")
    assert (found.participant_id, found.bonus_payments, found.study_code) == ("p1", (50, 25), "")
    assert found.started_at == datetime(2026, 11, 20, 10, 0, 0, 123_000, tzinfo=UTC)
    assert found.completed_at is None

    naive = Vendor({**whole, "status": "AWAITING_REVIEW", "started_at": "2026-11-20T10:00:00"})
    assert naive.client.submission("sub1").started_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert naive.client.submission("sub1").status == "AWAITING REVIEW"

    study = Vendor(STUDY).client.study("st1")
    assert (study.reward, study.places, study.metadata, study.internal_name) == (120, 40, "run 7", "")
    assert study.completion_codes[0]["code"] == "ABC"

    money = {"amount": 12.5, "currency": "GBP"}
    cost = Vendor({"rewards": {"rewards": {"amount": 100, "currency": "GBP"}, "fees": money}})
    assert cost.client.study_cost("st1") == api.StudyCost(100, 13, 0, 0, 0, 0, "GBP")

    wallet = {"currency_code": "GBP", "total_balance": 900, "available_balance": 500}
    assert Vendor(wallet).client.balance("w1") == api.Balance("GBP", 900, 500)

    advice = [
        {"currency": "USD", "min_reward_per_hour": 800, "recommended_reward_per_hour": 1200},
        {"currency": "GBP", "min_reward_per_hour": 600, "recommended_reward_per_hour": 900},
    ]
    assert Vendor(advice).client.wage_advice("w1", "GBP") == api.WageAdvice("GBP", 600, 900)
    assert Vendor([]).client.wage_advice("w1", "GBP") is None

    one = {"filter_id": "age", "title": "Age", "type": "range", "min": 18, "max": "100", "choices": None}
    filters = Vendor({"results": [one]}).client.filters("w1")
    assert (filters[0].minimum, filters[0].maximum, filters[0].choices) == ("18", "100", {})

    response = {
        "id": "r1", "created_at": "2026-11-20T10:00:00Z", "batch_id": "b1", "participant_id": "p1",
        "submission_id": "sub1", "task_id": "t1", "metadata": {"k": "v"},
        "response": {"instruction_id": "q1", "type": "any", "answer": [{"value": "a"}, {"value": 2}]},
    }  # fmt: skip
    answers = Vendor({"results": [response], "meta": {"count": 1}}).client.batch_responses("b1")
    assert (answers[0].instruction_id, answers[0].answer, answers[0].metadata) == ("q1", ("a", 2), {"k": "v"})

    gone = {"id": "g2", "name": "Old", "is_deleted": True}
    groups = Vendor({"results": [{"id": "g1", "name": "Good", "description": None}, gone]}).client.groups(
        "w1"
    )
    assert [group.id for group in groups] == ["g1"]


WRONG: list[object] = [
    None,
    [],
    "text",
    7,
    {},
    {"results": None},
    {"results": [None]},
    {"results": [{"id": 7}]},
]


@pytest.mark.parametrize("answer", WRONG, ids=repr)
def test_answers_of_another_shape_are_lost_with_a_sentence(answer: object) -> None:
    vendor = Vendor(httpx.Response(200, content=json.dumps(answer)))
    calls: list[Callable[[], object]] = [
        lambda: vendor.client.submissions("st1"),
        lambda: vendor.client.submission("sub1"),
        lambda: vendor.client.create_study({}),
        lambda: vendor.client.balance("w1"),
        lambda: vendor.client.prepare_bonuses("st1", [("s1", Decimal(1))]),
        lambda: vendor.client.batch_status("b1"),
    ]
    for call in calls:
        with pytest.raises(Lost, match=r"^Prolific's answer to .* cannot be read: .*\.$"):
            call()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(list(SUBMISSION)), inner),
    max_leaves=12,
)


@given(JSON, JSON, st.sampled_from([200, 201, 204, 302, 400, 401, 404, 422, 429, 500]))
def test_no_json_does_more_than_raise_a_vendor_error(first: object, second: object, status: int) -> None:
    calls: list[Callable[[ProlificClient], object]] = [
        lambda c: c.submissions("st1"),
        lambda c: c.submission("s1"),
        lambda c: c.move_study("s1", "STOP"),
        lambda c: c.study_cost("s1"),
        lambda c: c.filters("w1"),
        lambda c: c.batch_responses("b1"),
    ]
    said = []
    for answer in (first, {"results": [first, second]}, {**SUBMISSION, "participant": first, "more": second}):
        vendor = Vendor(httpx.Response(status, content=json.dumps(answer)))
        for call in calls:
            try:
                call(vendor.client)
            except VendorError as error:
                said.append(str(error))
    assert [text for text in said if not text.endswith(".") or "\n" in text] == []


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_raise_lost(raw: bytes) -> None:
    vendor = Vendor(httpx.Response(200, content=raw))
    with pytest.raises(Lost):
        vendor.client.create_study({})


@pytest.mark.parametrize(
    "raw", [b"[" * 100_000, b"1" * 10_000, b"NaN", b"\xff\xfe", b'{"id": 1e999}', b"{" * 9], ids=range(6)
)
def test_json_that_breaks_readers_is_lost(raw: bytes) -> None:
    with pytest.raises(Lost):
        Vendor(httpx.Response(200, content=raw)).client.create_study({})


# --------------------------------------------------------------------------------------------- errors


def refused(status: int, answer: object) -> Refused:
    vendor = Vendor(answer, status=status)
    with pytest.raises(Refused) as caught:
        vendor.client.move_study("st1", "PUBLISH")
    assert len(vendor.requests) == 1
    return caught.value


def test_errors_of_all_shapes_become_one_sentence() -> None:
    whole: dict[str, Any] = {
        "error": {"status": 400, "error_code": 140100, "title": "Bad", "detail": "No money left."}
    }
    error = refused(400, whole)
    assert str(error) == "Prolific says no to PUBLISH of study st1: Bad: No money left (400)."
    whole["error"]["additional_information"] = "/api/v1/errors/"
    assert str(refused(400, whole)) == str(error)
    assert (error.status, error.error_code, error.title, error.detail) == (
        400, 140100, "Bad", "No money left.",
    )  # fmt: skip

    listed = refused(422, {"error": {"title": "Bad", "detail": ["one", "two"], "error_code": None}})
    assert "one; two" in str(listed)
    fields = refused(400, {"error": {"title": "", "detail": {"reward": ["Too low."], "name": ["Missing."]}}})
    assert "reward: Too low.; name: Missing" in str(fields)
    assert "Locked: Wait a bit" in str(refused(409, {"message": "Locked", "detail": "Wait a bit"}))
    assert "Not found" in str(refused(404, {"detail": "Not found."}))
    assert "reward: Too low" in str(refused(400, {"reward": ["Too low."]}))
    assert "some words" in str(refused(400, ["some words"]))
    more = {"error": {"title": "T", "detail": "D", "additional_information": "See the manual"}}
    assert "See the manual" in str(refused(403, more))
    issues = {"type": "INVALID_BATCH_ITEMS", "message": "Bad layout", "issues": [{"page": 0, "message": "x"}]}
    assert "Bad layout: page: 0; message: x" in str(refused(422, issues))


def test_long_and_many_lined_reasons_stay_one_line() -> None:
    error = refused(400, {"error": {"title": "T", "detail": "a\r\n\tb\x1b[31m" + "x" * 9_000}})
    assert "\n" not in str(error)
    assert "\x1b" not in str(error)
    assert len(str(error)) < 500


def test_a_refused_token_is_said_so() -> None:
    for answer in ({"error": {"title": "Unauthorized", "detail": "Invalid token"}}, {}, "no"):
        assert "does not take this account's token" in str(refused(401, answer))


@pytest.mark.parametrize("status", [400, 403, 404, 408, 499, 500, 502, 504, 302, 100 + 207])
def test_a_web_page_instead_of_an_answer_is_lost_and_not_shown(status: int) -> None:
    page = "<html><body>Gateway <b>trouble</b></body></html>"
    vendor = Vendor(httpx.Response(status, html=page, headers={"Location": "https://elsewhere.example/"}))
    with pytest.raises(Lost) as caught:
        vendor.client.pay_bonuses("bulk1")
    assert "Whether it was done is not known." in str(caught.value)
    assert "trouble" not in str(caught.value) + caught.value.details
    assert len(vendor.requests) == 1  # the redirect was not followed either


def test_a_web_page_that_says_all_is_well_is_lost() -> None:
    with pytest.raises(Lost, match="no JSON"):
        Vendor(httpx.Response(200, html="<p>Welcome to the hotel's network</p>")).client.pay_bonuses("b1")


@pytest.mark.parametrize(
    ("broken", "kind"),
    [
        (httpx.ConnectError("no route"), Unreachable),
        (httpx.ConnectTimeout("slow"), Unreachable),
        (httpx.ReadTimeout("slow"), Lost),
        (httpx.WriteError("broken pipe"), Lost),
        (httpx.RemoteProtocolError("Server disconnected without sending a response."), Lost),
        (httpx.Response(500, json={"error": {"title": "Oops"}}), Lost),
        (httpx.Response(502), Lost),
        (httpx.Response(429, headers={"Retry-After": "7"}), Busy),
        (httpx.Response(503, text="later"), Busy),
    ],
)
def test_what_changes_something_is_sent_once(broken: Exception | httpx.Response, kind: type) -> None:
    changes: list[Callable[[ProlificClient], object]] = [
        lambda c: c.pay_bonuses("b1"),
        lambda c: c.prepare_bonuses("st1", [("s1", Decimal(1))]),
        lambda c: c.move_submission("s1", "APPROVE"),
        lambda c: c.bulk_approve(["s1"]),
        lambda c: c.create_study({}),
        lambda c: c.move_study("st1", "PUBLISH"),
        lambda c: c.change_study("st1", {}),
        lambda c: c.delete_study("st1"),
        lambda c: c.send_message("p1", "x", "st1"),
        lambda c: c.remove_from_group("g1", ["p1"]),
        lambda c: c.append_datapoints("d1", [{}]),
    ]
    for call in changes:
        vendor = Vendor(broken)
        with pytest.raises(kind):
            call(vendor.client)
        assert len(vendor.requests) == 1
        assert vendor.pauses == []


def test_reads_are_tried_again_and_then_given_up() -> None:
    wallet = {"currency_code": "GBP", "total_balance": 9, "available_balance": 5}
    vendor = Vendor(
        httpx.ConnectError("x"), httpx.Response(502), httpx.Response(429), httpx.Response(200, json=wallet)
    )
    assert vendor.client.balance("w1").available == 5
    assert vendor.pauses == [0.2, 0.5, 1.0]

    down = Vendor(httpx.ReadTimeout("slow"))
    with pytest.raises(Lost) as caught:
        down.client.balance("w1")
    assert len(down.requests) == 4
    assert "Whether it was done" not in str(caught.value)

    absent = Vendor({"detail": "Not found."}, status=404)
    with pytest.raises(Refused):
        absent.client.study("st1")
    assert len(absent.requests) == 1


def test_a_wait_that_the_vendor_asks_for_is_kept_up_to_five_seconds() -> None:
    asked = httpx.Response(429, headers={"Retry-After": "3"})
    vendor = Vendor(asked, httpx.Response(200, json={"id": "u"}))
    vendor.client.me()
    assert vendor.pauses == [3.0]

    long = Vendor(httpx.Response(429, headers={"Retry-After": "60"}))
    with pytest.raises(Busy) as caught:
        long.client.me()
    assert caught.value.retry_after == 60
    assert len(long.requests) == 1

    dated = Vendor(httpx.Response(503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}))
    with pytest.raises(Busy) as caught:
        dated.client.pay_bonuses("b1")
    assert caught.value.retry_after == 0
    odd = Vendor(httpx.Response(429, headers={"Retry-After": "soon"}))
    with pytest.raises(Busy) as caught:
        odd.client.pay_bonuses("b1")
    assert caught.value.retry_after is None


# ---------------------------------------------------------------------------------------------- pages


def test_pages_are_followed_by_their_links_and_duplicates_dropped() -> None:
    again = {**SUBMISSION, "id": "b", "status": "APPROVED"}
    last = {"results": [again], "_links": {"next": {"href": None}}}
    vendor = Vendor(
        page("a", "b", following=f"{LIVE}/api/v1/submissions/?study=st1&page=2"),
        page("c", following="/api/v1/submissions/?study=st1&page=3"),
        page("d", following="?page=4"),
        last,
    )
    found = vendor.client.submissions("st1", page_size=2)
    assert [(row.id, row.status) for row in found] == [
        ("a", "AWAITING REVIEW"), ("b", "APPROVED"), ("c", "AWAITING REVIEW"), ("d", "AWAITING REVIEW"),
    ]  # fmt: skip
    assert vendor.lines == [
        "GET submissions/?study=st1&page_size=2&ordering=started_at",
        "GET submissions/?study=st1&page=2",
        "GET submissions/?study=st1&page=3",
        "GET submissions/?page=4",
    ]


def test_a_full_last_page_is_not_probed_past() -> None:
    vendor = Vendor(page("a", "b", following=None))
    assert len(vendor.client.submissions("st1", page_size=2)) == 2
    assert len(vendor.requests) == 1


def test_a_listing_that_became_shorter_ends() -> None:
    vendor = Vendor(
        page("a", following="?page=2"), httpx.Response(404, json={"error": {"title": "Invalid page"}})
    )
    assert [row.id for row in vendor.client.submissions("st1")] == ["a"]


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example/api/v1/submissions/?page=2",
        "https://api.prolific.com.evil.example/api/v1/x/",
        "https://api.prolific.com@evil.example/api/v1/x/",
        "//evil.example/api/v1/submissions/",
        "https://api.prolific.com:444/api/v1/submissions/",
        "/elsewhere/",
        "https://[",
    ],
)
def test_a_next_page_at_another_address_is_not_asked_for(following: str) -> None:
    vendor = Vendor(page("a", following=following))
    with pytest.raises(Lost, match="next page"):
        vendor.client.submissions("st1")
    assert len(vendor.requests) == 1


def test_a_next_page_without_tls_is_asked_for_with_it() -> None:
    vendor = Vendor(page("a", following="http://api.prolific.com/api/v1/submissions/?page=2"), page("b"))
    assert len(vendor.client.submissions("st1")) == 2
    assert {request.url.scheme for request in vendor.requests} == {"https"}


@pytest.mark.parametrize("following", ["?page=2", 7, {"a": 1}])
def test_pages_that_go_round_or_lead_nowhere_are_lost(following: Any) -> None:
    vendor = Vendor(page("a", following=following))
    with pytest.raises(Lost):
        vendor.client.submissions("st1")
    assert len(vendor.requests) <= 3


def test_a_listing_without_links_goes_by_its_count() -> None:
    def row(name: str) -> dict[str, Any]:
        return {"id": name, "participant_id": "p", "task_id": "t", "response": {"instruction_id": "q"}}

    meta = {"count": 3}
    whole = Vendor({"results": [row("a"), row("b"), row("c")], "meta": meta})
    assert len(whole.client.batch_responses("b1")) == 3
    assert len(whole.requests) == 1

    parts = Vendor({"results": [row("a"), row("b")], "meta": meta}, {"results": [row("c")], "meta": meta})
    assert len(parts.client.batch_responses("b1")) == 3
    assert parts.lines[1].endswith("responses?page=2")

    short = Vendor({"results": [row("a")], "meta": meta}, {"results": [], "meta": meta})
    with pytest.raises(Lost, match="promises 3 items and gives 1"):
        short.client.batch_responses("b1")


# ----------------------------------------------------------------------------------- nothing is smuggled


@pytest.mark.parametrize("bad", ["", "a/b", "..", "a,5\nb", "a b", "é", "x" * 200, "a?b=1", "a#", 7, None])
def test_ids_can_be_nothing_else(bad: Any) -> None:
    vendor = Vendor({})
    calls: list[Callable[[], object]] = [
        lambda: vendor.client.study(bad),
        lambda: vendor.client.pay_bonuses(bad),
        lambda: vendor.client.prepare_bonuses("st1", [(bad, Decimal(1))]),
        lambda: vendor.client.prepare_bonuses(bad, [("s1", Decimal(1))]),
        lambda: vendor.client.bulk_approve(["s1", bad]),
        lambda: vendor.client.submissions(bad),
    ]
    for call in calls:
        with pytest.raises(Refused, match="Nothing was sent"):
            call()
    assert vendor.requests == []


@pytest.mark.parametrize(
    "amount",
    [1.5, 3, "1.50", Decimal(0), Decimal(-1), Decimal("0.001"), Decimal("NaN"), Decimal("Infinity"),
     Decimal("1E9"), True, Decimal("1.00000000000000000000000000000000000000000000000000001")],
    ids=repr,
)  # fmt: skip
def test_amounts_of_bonuses_are_exact_decimals(amount: Any) -> None:
    vendor = Vendor({})
    with pytest.raises(Refused, match="Nothing was sent"):
        vendor.client.prepare_bonuses("st1", [("s1", amount)])
    assert vendor.requests == []


@given(st.integers(1, 99_999_999))
def test_every_amount_is_written_in_major_units_to_the_cent(cents: int) -> None:
    bulk = {"id": "b", "total_amount": 1}
    vendor = Vendor(bulk)
    vendor.client.prepare_bonuses("st1", [("s1", Decimal(cents).scaleb(-2))])
    text = vendor.body()["csv_bonuses"]
    target, _, amount = text.removesuffix("\n").partition(",")
    assert target == "s1"
    whole, _, fraction = amount.partition(".")
    assert len(fraction) == 2
    assert int(whole) * 100 + int(fraction) == cents


def test_batches_have_their_size() -> None:
    vendor = Vendor({})
    with pytest.raises(Refused):
        vendor.client.prepare_bonuses("st1", [("s1", Decimal(1))] * 201)
    with pytest.raises(Refused):
        vendor.client.prepare_bonuses("st1", [])
    with pytest.raises(Refused):
        vendor.client.bulk_approve(["s1"] * 1_001)
    assert vendor.requests == []


# ------------------------------------------------------------------------------------------- the token


@pytest.mark.parametrize(
    "token", ["", "  ", "short", "with space inside", "new\nline-new-line", "ünïcödé-token"]
)
def test_what_is_no_token_is_refused_without_being_shown(token: str) -> None:
    with pytest.raises(BadInput) as caught:
        ProlificClient(token)
    assert not token.strip() or token not in str(caught.value)


def test_a_token_may_be_pasted_with_its_word_and_spaces() -> None:
    assert checked_token(f"  Token {TOKEN}\n") == TOKEN


@pytest.mark.parametrize(
    "address",
    ["", "api.prolific.com", "ftp://x.example", "http://api.prolific.com", "https://a:b@x.example",
     "https://x.example/other", "https://x.example:99999", "http://127.0.0.1.evil.example", "https://x.example?a"],
)  # fmt: skip
def test_what_is_no_safe_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput):
        checked_address(address)


def test_addresses_that_are_taken() -> None:
    assert checked_address("http://127.0.0.1:8123/") == "http://127.0.0.1:8123"
    assert checked_address("https://api.prolific.com/api/v1/") == LIVE
    assert checked_address("http://localhost:1") == "http://localhost:1"


def test_the_token_is_in_no_text(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    echo = {"error": {"title": f"Token {TOKEN} is bad", "detail": [f"I saw {TOKEN}"], "error_code": 1}}
    texts = []
    for status, answer in ((400, echo), (401, echo), (500, echo), (200, f"<{TOKEN}>"), (429, echo)):
        vendor = Vendor(answer, status=status)
        texts.append(repr(vendor.client))
        texts.append(repr(vars(vendor.client)))
        with pytest.raises(CrowdDeskError) as caught:
            vendor.client.move_study("st1", "STOP")
        error = caught.value
        texts += [str(error), repr(error), error.details, repr(vars(error))]
        texts.append("".join(traceback.format_exception(error)))
    broken = Vendor(httpx.ConnectError(f"cannot send Token {TOKEN}"))
    with pytest.raises(Unreachable) as caught:
        broken.client.me()
    texts.append("".join(traceback.format_exception(caught.value)))
    texts.append(caplog.text)
    assert [text for text in texts if TOKEN in text] == []


# ------------------------------------------------------------------------------------ a real connection


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    mode = ""
    seen: list[str]

    def do_GET(self) -> None:
        self.server.seen.append(self.headers["Authorization"])  # type: ignore[attr-defined]
        mode = self.server.mode  # type: ignore[attr-defined]
        body = b'{"id": "u1", "email": ""}'
        if mode == "drop":
            self.close_connection = True
            return
        if mode == "cut":
            self.send_response(200)
            self.send_header("Content-Length", str(len(body) + 50))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = True
            return
        if mode == "redirect":
            self.send_response(302)
            self.send_header("Location", "/api/v1/elsewhere/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Echo", "something")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.mode, server.seen = "", []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_over_a_real_connection(
    server: ThreadingHTTPServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # a proxy would never find this computer
    pauses: list[float] = []
    client = ProlificClient(TOKEN, f"http://127.0.0.1:{server.server_port}", pause=pauses.append)
    try:
        assert client.me().id == "u1"
        assert server.seen == [f"Token {TOKEN}"]  # type: ignore[attr-defined]
        for mode in ("drop", "cut"):
            server.mode = mode  # type: ignore[attr-defined]
            before = len(server.seen)  # type: ignore[attr-defined]
            with pytest.raises(Lost, match="Whether it was done is not known"):
                client.pay_bonuses("b1")
            assert len(server.seen) == before + 1  # type: ignore[attr-defined]
            with pytest.raises(Lost):
                client.me()
            assert len(server.seen) == before + 5  # type: ignore[attr-defined]
        server.mode = "redirect"  # type: ignore[attr-defined]
        with pytest.raises(Lost, match="302"):
            client.create_study({})
    finally:
        client.close()
    assert "receive_response_headers" in caplog.text  # httpcore said all it ever says
    assert TOKEN not in caplog.text


def test_nobody_there_is_unreachable() -> None:
    client = ProlificClient(TOKEN, "http://127.0.0.1:9", pause=lambda seconds: None)
    try:
        with pytest.raises(Unreachable, match="Nothing was sent"):
            client.pay_bonuses("b1")
        client.close()
        with pytest.raises(Unreachable, match="closed here"):
            client.pay_bonuses("b1")
    finally:
        client.close()
