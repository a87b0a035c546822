"""A vendor, or whoever speaks in its name, that wants the token or wants the desk to wait for ever."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.data_model.requester import Requester
from crowddesk.domain import CrowdDeskError
from crowddesk.operations import decisions, reconcile, second_looks
from crowddesk.providers.prolific.account import ProlificRequesterArgs
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.wire import Busy, Lost, Refused
from crowddesk.providers.prolific_sandbox.books import Terms
from crowddesk.providers.prolific_sandbox.process import READY
from tests.breaking.test_prolific_lanes import finished, give, lab, states
from tests.providers.prolific_sandbox.lab import Lab
from tests.providers.prolific_sandbox.open_sandbox import REASON, Desk, in_thread
from tests.secret_search import environment_of, files_with, is_in, processes
from tests.test_no_token import everything_logged

__all__ = ["lab"]

TOKEN = "tkn-Zq8w~41bXeVgK7uRp0sLhDyNc2mA"


class Vendor:
    """Answers all with what it is given, and keeps what was asked."""

    def __init__(self, answer: Callable[[httpx.Request], httpx.Response]) -> None:
        self.asked: list[httpx.Request] = []

        def take(request: httpx.Request) -> httpx.Response:
            self.asked.append(request)
            return answer(request)

        self.client = ProlificClient(TOKEN, transport=httpx.MockTransport(take), pause=lambda seconds: None)


def leading_to(href: object) -> Callable[[httpx.Request], httpx.Response]:
    page = {"results": [], "_links": {"next": {"href": href}}, "meta": {"count": 9}}
    return lambda request: httpx.Response(200, json=page)


@pytest.mark.parametrize(
    "href",
    [
        "/api/v1/http://evil.example/steal",
        "/api/v1/https://evil.example/api/v1/steal",
        "https://api.prolific.com/api/v1/https://evil.example:443/api/v1/",
        "/api/v1///evil.example/x",
        "/api/v1//evil.example/x",
        "//evil.example/api/v1/x",
        "https://evil.example/api/v1/x",
        "https://api.prolific.com@evil.example/api/v1/x",
        "https://api.prolific.com:8443/api/v1/x",
        "https://api.prolific.com.evil.example/api/v1/x",
        "/api/v1/\\\\evil.example/x",
        "/api/v1/https:evil.example",
        "/api/v1/data:text/html,x",
    ],
)
def test_no_next_page_leads_the_token_elsewhere(href: str) -> None:
    check_next(href)


PARTS = (
    "/", "//", ":", "@", "..", "api/v1/", "http:", "https://", "evil.example", "api.prolific.com", "?", "#",
    "\\", "%2f", "\t", "\n", " ", "x",
)  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=9))
def test_no_next_page_of_any_shape_leads_the_token_elsewhere(parts: list[str]) -> None:
    check_next("".join(parts))
    check_next("/api/v1/" + "".join(parts))


def check_next(href: str) -> None:
    vendor = Vendor(leading_to(href))
    with suppress(CrowdDeskError):
        vendor.client.submissions("st1")
    assert {(r.url.scheme, r.url.host, r.url.port) for r in vendor.asked} == {
        ("https", "api.prolific.com", None)
    }


def test_a_path_that_is_an_address_is_not_asked_for() -> None:
    vendor = Vendor(lambda request: httpx.Response(200, json={}))
    with pytest.raises(Refused, match="Nothing was sent"):
        vendor.client._wire.read("http://evil.example/api/v1/", "reading")
    assert vendor.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    there = {"Location": "https://evil.example/api/v1/users/me/"}
    vendor = Vendor(lambda request: httpx.Response(status, headers=there, json={"id": "u"}))
    with pytest.raises(Lost):
        vendor.client.pay_bonuses("b1")
    with pytest.raises(Lost):
        vendor.client.me()
    assert {r.url.host for r in vendor.asked} == {"api.prolific.com"}


SHAPES: list[Callable[[str], object]] = [
    lambda said: {"error": {"title": said, "detail": said, "additional_information": said}},
    lambda said: {"message": said, "detail": {"field": [said, {said: said}]}},
    lambda said: {"detail": said},
    lambda said: {said: said},
    lambda said: [said, said],
    lambda said: said,
    lambda said: {"error": {"detail": [said] * 30}},
]


@pytest.mark.parametrize("status", [400, 401, 404, 422, 429, 500, 502, 200, 302])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_vendor_that_repeats_the_token_is_not_quoted(shape: Callable[[str], object], status: int) -> None:
    for before in (0, 1, 280, 299, 1_990, 1_999, 2_000, 3_990):
        said = "x" * before + f"Authorization: Token {TOKEN} is wrong. " * 40
        check_quiet(httpx.Response(status, json=shape(said)))
        check_quiet(httpx.Response(status, text=said))


def check_quiet(answer: httpx.Response) -> None:
    raw = answer.content
    vendor = Vendor(lambda request: httpx.Response(answer.status_code, content=raw))
    calls: list[Callable[[], Any]] = [
        lambda: vendor.client.me(),
        lambda: vendor.client.pay_bonuses("b1"),
        lambda: vendor.client.studies("p"),
    ]
    for call in calls:
        try:
            call()
        except CrowdDeskError as error:
            told = [str(error), error.details, repr(error), json.dumps(vars(error), default=str)]
            assert not [text for text in told if TOKEN[:8] in text or TOKEN[-8:] in text]


@pytest.mark.parametrize("header", ["999999", "Fri, 31 Dec 9999 23:59:59 GMT", "864000", "999999.999999"])
@pytest.mark.parametrize("status", [429, 503])
def test_nobody_is_made_to_wait_for_days(status: int, header: str) -> None:
    vendor = Vendor(lambda request: httpx.Response(status, headers={"Retry-After": header}))
    for call in (lambda: vendor.client.pay_bonuses("b1"), lambda: vendor.client.me()):
        with pytest.raises(Busy) as caught:
            call()
        assert caught.value.retry_after is not None
        assert caught.value.retry_after <= 600


def test_what_registering_takes_does_not_show_its_secrets() -> None:
    args = ProlificRequesterArgs(token=TOKEN, passphrase="open sesame 42", workspace="lab")
    assert "lab" in repr(args)
    assert TOKEN not in repr(args)
    assert "sesame" not in repr(args)


@pytest.fixture
def asked(tmp_path: Any) -> Iterator[ProlificClient]:
    with (
        in_thread(tmp_path / "sandbox.sqlite", Terms(lag=0.0)) as address,
        closing(Desk(address, TOKEN)),
        closing(ProlificClient(TOKEN, address)) as client,
    ):
        client.me()
        yield client


def test_no_object_in_reach_shows_the_token(asked: ProlificClient) -> None:
    """What a debugger, a log line or a crash report would print of the client and all that it holds."""
    seen: set[int] = set()
    todo: list[object] = [asked]
    shown = 0
    while todo:
        one = todo.pop()
        if id(one) in seen or isinstance(one, type) or (callable(one) and hasattr(one, "__code__")):
            continue
        seen.add(id(one))
        kind = type(one)
        if kind.__module__.split(".")[0] in ("crowddesk", "httpx", "httpcore", "h11"):
            shown += 1
            assert TOKEN not in repr(one), kind
            assert TOKEN not in str(one), kind
        if kind.__module__.split(".")[0] in ("crowddesk", "httpx", "httpcore", "h11", "builtins"):
            todo += [each for each in gc.get_referents(one) if not is_module(each)]
    assert shown > 10


def is_module(one: object) -> bool:
    return type(one).__name__ == "module" or (isinstance(one, dict) and "__builtins__" in one)


def test_a_whole_rehearsal_leaves_its_token_nowhere(lab: Lab, tmp_path: Path) -> None:
    """Files of desk and sandbox, the log of all libraries, every process; texts that people are shown."""
    token = Requester.get(lab.db, str(lab.account)).token()  # type: ignore[attr-defined]
    said: list[str] = []
    with everything_logged(tmp_path / "debug.log"):
        run = finished(lab, 4)
        units = [unit.id for unit in lab.units(run)]
        workers = [unit.worker_id for unit in lab.units(run) if unit.worker_id is not None]
        ids = give(lab, run)
        at_once = timedelta(0)
        made = [
            decisions.decide(lab.db, "approve", units[:2], send_after=at_once),
            decisions.decide(
                lab.db, "reject", units[2:3], reason=REASON, category="FAILED_CHECK", send_after=at_once
            ),
            decisions.send_message(lab.db, lab.account, workers, "Hello.", run, "m", send_after=at_once),
            decisions.treat_workers(
                lab.db, "block", lab.account, workers[:1], reason="x", send_after=at_once
            ),
        ]
        second_looks.agree(lab.db, made[1].waiting, send_after=at_once)
        ids += [action for one in made for action in one.action_ids]
        lab.until(lambda: set(states(lab, ids)) <= {"done"})
        for kind in ("refuse", "broken", "wrong_json", "act_then_drop", "busy"):
            rules = [{"kind": kind, "probability": 1.0}]
            lab.process.ask("POST", "/sandbox/faults", {"seed": 1, "rules": rules})
            said += [repr(lab.lane.step()), repr(reconcile.compare(lab.db, lab.account))]
        lab.process.ask("POST", "/sandbox/faults", {"seed": 1, "rules": []})
        said += [repr(reconcile.compare(lab.db, lab.account))]
        said += [
            json.dumps(lab.process.ask("GET", f"/sandbox/{what}")) for what in ("state", "calls", "ledger")
        ]
        said += [repr(each) for each in (lab.lane, lab.process, lab.client, *lab.db.find_requesters())]
        said += [repr(vars(each)) for each in (lab.lane, lab.process, lab.client, *lab.db.find_requesters())]
        pid = json.loads((lab.process.folder / READY).read_text())["pid"]
        assert [line for _, line in processes() if is_in(token, line)] == []
        assert not is_in(token, environment_of(pid))
    assert (lab.db.folder / "providers" / "prolific_sandbox" / "sandbox.sqlite").exists()
    assert files_with(token, tmp_path) == []
    assert [text[:200] for text in said if is_in(token, text)] == []
    assert "receive_response_headers" in (tmp_path / "debug.log").read_text()
