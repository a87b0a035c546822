"""What a page gets for what it asks, and what it never gets: headers, other people's work, other files."""

from __future__ import annotations

import hmac
import json
import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import WorkspaceError
from crowddesk.taskserver import routes
from crowddesk.taskserver.gate import PAGE_POLICY
from crowddesk.taskserver.open_run import OpenRun, _work
from crowddesk.testing import make_workspace
from tests.taskserver.serving import (
    Serving,
    TurnedClock,
    make_open_run,
    say_raw,
    serve,
    serve_runs,
    status_of,
)

NOTHING = {"error": "There is nothing at this address. Check the link that you were given."}
NOT_YOURS = {"error": "This piece of work is not yours any more."}


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    with serve(tmp_path, items=4, clock=TurnedClock()) as serving:
        yield serving


def submissions(db: CrowdDatabase) -> list[dict[str, Any]]:
    with db.read() as conn:
        rows = conn.exec_driver_sql("SELECT * FROM submission ORDER BY id").mappings().all()
    return [dict(row) for row in rows]


# -------------------------------------------------------------------------------------------- the link


def test_the_link_cannot_be_guessed(serving: Serving) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{32,}", serving.token)
    assert len(serving.db.find_workers()) == 0
    assert serving.page().get("").status == 200


def test_a_wrong_token_is_nothing_and_takes_as_long(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []
    real = hmac.compare_digest

    def compare(one: Any, other: Any) -> bool:
        compared.append((one, other))
        return real(one, other)

    monkeypatch.setattr("crowddesk.taskserver.sessions.hmac.compare_digest", compare)
    page = serving.page()
    other = "y" if serving.token[0] == "x" else "x"
    for token in ("x", serving.token[:-1], serving.token + "x", other + serving.token[1:], "%00", "ü"):
        del compared[:]
        for rest in ("/", "/about", "/assets/page.js", "/wrap_crowd_source.js"):
            answer = page.ask("GET", f"/r/{token.encode().hex() if token == 'ü' else token}{rest}")
            assert (answer.status, answer.json) == (404, NOTHING)
        assert len(compared) == 4
        assert {one for one, _ in compared} == {serving.token.encode()}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/r",
        "/r/",
        "/r/{token}/assets",
        "/r/{token}/assets/",
        "/r/{token}/assets/index.html",
        "/r/{token}/assets/../index.html",
        "/r/{token}/assets/../../../server.py",
        "/r/{token}/assets/..%2f..%2fserver.py",
        "/r/{token}/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/r/{token}/assets/..\\..\\server.py",
        "/r/{token}/assets//etc/passwd",
        "/r/{token}/assets/page.js%00.png",
        "/r/{token}/../{token}/../../etc/passwd",
        "//etc/passwd",
        "/r/{token}/index.html",
        "/r/{token}/api",
        "/r/{token}/api/",
        "/r/{token}/uploads/",
        "/r/{token}/frame/",
        "/r/{token}/frame/1",
        "/r/{token}/frame/1/",
        "/favicon.ico",
        "/.git/config",
    ],
)
def test_there_is_no_listing_and_no_way_out(serving: Serving, path: str) -> None:
    target = path.replace("{token}", serving.token)
    head = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{serving.port}\r\nConnection: close\r\n\r\n"
    answer = say_raw(serving.port, head.encode())
    assert status_of(answer) == 404
    assert answer.endswith(json.dumps(NOTHING).encode())


def test_other_methods_do_nothing(serving: Serving) -> None:
    page = serving.page()
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        for path in ("", "about", "api/enter"):
            assert page.ask(method, path, headers={"Origin": page.origin}).status == 405
            assert page.ask(method, path).status == 403
    assert page.get("api/enter").status == 405


# --------------------------------------------------------------------------------------------- headers

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Server": "CrowdDesk",
}


def test_our_page_has_a_strict_policy(serving: Serving) -> None:
    answer = serving.page().get("")
    assert answer.headers["Content-Security-Policy"] == PAGE_POLICY
    assert PAGE_POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Set-Cookie" not in answer.headers


def test_every_answer_says_the_same_about_itself(serving: Serving) -> None:
    page = serving.page("ann")
    frame = page.next()["frame"]
    answers = [page.get(path) for path in ("", "about", "assets/page.js", "nothing", frame, "/hello")]
    answers += [page.call("next", {}), page.call("enter", []), page.get("about", Host="evil.example")]
    for answer in answers:
        assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
        assert answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] in ("no-store", "no-cache")
    nothing = "default-src 'none'; frame-ancestors 'none'"
    assert page.get("about").headers["Content-Security-Policy"] == nothing


def test_the_frame_has_a_policy_and_no_origin_of_its_own(serving: Serving) -> None:
    page = serving.page("ann")
    answer = page.get(page.next()["frame"])
    assert answer.headers["Content-Security-Policy"] == (
        "sandbox allow-scripts allow-forms allow-modals allow-popups; default-src 'none'; "
        f"script-src 'unsafe-inline' 'unsafe-eval' https: {serving.base}; "
        f"style-src 'unsafe-inline' https: {serving.base}; "
        "img-src https: data: blob:; media-src https: data: blob:; font-src https: data: blob:; "
        f"connect-src https:; form-action 'none'; base-uri 'none'; frame-ancestors {serving.base}"
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.body.startswith(b'<!doctype html><script src="../../assets/frame.js"></script>')


def test_files_of_the_page_are_kept_by_the_browser(serving: Serving) -> None:
    page = serving.page()
    for name in (
        "assets/page.js",
        "assets/page.css",
        "assets/palette.css",
        "assets/frame.js",
        "wrap_crowd_source.js",
        "",
    ):
        answer = page.get(name)
        assert answer.status == 200
        again = page.get(name, **{"If-None-Match": answer.headers["ETag"]})
        assert (again.status, again.body) == (304, b"")
        assert again.headers["Content-Security-Policy"]
        assert page.get(name, **{"If-None-Match": '"other"'}).status == 200
    # The frame's origin is nobody's, so its scripts are not of the same one.
    assert page.get("assets/frame.js").headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert page.get("assets/page.js").headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_all_files_of_the_page_are_served_and_each_import_is_one_of_them(serving: Serving) -> None:
    folder = Path(routes.__file__).parent / "page"
    names = {path.name for path in folder.iterdir()} - {"index.html"}
    page = serving.page()
    for name in names:
        answer = page.get(f"assets/{name}")
        assert answer.status == 200, name
        assert answer.headers["Content-Type"].startswith(
            "text/css" if name.endswith("css") else "text/javascript"
        )
        for imported in re.findall(r'\bfrom "([^"]*)"', answer.body.decode()):
            assert imported.removeprefix("./") in names
        of_frames = name.startswith(("frame.", "crowd."))
        policy = "cross-origin" if of_frames else "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == policy


def test_a_link_without_its_last_slash_leads_to_the_page(serving: Serving) -> None:
    answer = serving.page().ask("GET", f"/r/{serving.token}")
    assert answer.status == 308
    assert answer.headers["Location"] == f"{serving.token}/"


# --------------------------------------------------------------------------------------- who is asking


def test_about_says_what_the_run_is(serving: Serving) -> None:
    about = serving.page().get("about").json
    assert about == {
        "title": serving.run.title,
        "description": "One question.",
        "requester": "lab",
        "reward": "USD 0.10",
        "vendor": "inhouse",
        "sign_in": "name",
        "sandbox": False,
        "open": True,
        "reason": "",
    }
    serving.set_state("paused")
    serving.settle()
    serving.on_loop(lambda: None)
    paused = serving.page().get("about").json
    assert (paused["open"], paused["reason"]) == (False, "The run is paused. Come back later.")


def test_nothing_without_a_session(serving: Serving) -> None:
    page = serving.page("ann")
    agent = page.next()["agent"]
    session, right = page.session, {"agent": agent, "data": {}, "client_id": "a" * 20, "act": {}}
    forged = [
        "",
        "x",
        session[:-1],
        session.replace(session.split(".")[0], "2", 1),
        session.upper(),
        session + "\xe9",
    ]
    for wrong in forged:
        page.session = wrong
        for verb in ("next", "submit", "onboard", "return", "act"):
            assert page.call(verb, right).status == 401
        assert page.upload(agent, b"x").status == 401
    assert serving.agent_status(agent) in ("accepted", "in task")


def test_the_session_of_one_run_opens_no_other(tmp_path: Path) -> None:
    db = make_workspace(tmp_path / "workspace")
    try:
        with serve_runs(db, make_open_run(db), make_open_run(db)) as serving:
            one, other = serving.page("ann"), serving.page()
            other.path = serving.server.state.runs[1].url.partition(str(serving.port))[2]
            assert other.path != one.path
            other.session = one.session
            assert other.call("next", {}).status == 401
            frame = one.next()["frame"]
            assert one.get(frame).status == 200
            assert other.get(frame).status == 404
    finally:
        db.close()


def test_nobody_gets_at_another_s_work(serving: Serving) -> None:
    ann, eve = serving.page("ann"), serving.page("eve")
    hers, own = ann.next(), eve.next()
    assert hers["agent"] != own["agent"]
    for agent in (hers["agent"], "99999", "0", "-1", "1 OR 1=1", "1" * 30, "", None, 1, "١"):
        body = {
            "agent": agent,
            "data": {"answer": "no"},
            "client_id": uuid.uuid4().hex,
            "act": {},
            "work": {},
        }
        for verb in ("submit", "onboard", "return", "act"):
            answer = eve.call(verb, body)
            assert (answer.status, answer.json) == (409, NOT_YOURS), (verb, agent)
    assert eve.upload(hers["agent"], b"x").status == 409
    assert serving.agent_status(hers["agent"]) == "accepted"
    assert submissions(serving.db) == []


def test_nobody_gets_at_another_s_frame(serving: Serving) -> None:
    ann, eve = serving.page("ann"), serving.page("eve")
    hers, own = ann.next()["frame"], eve.next()["frame"]
    _, agent, key = hers.split("/")
    _, own_agent, own_key = own.split("/")
    for frame in (
        f"frame/{agent}/{own_key}",
        f"frame/{own_agent}/{key}",
        f"frame/{agent}/{key[:-1]}",
        f"frame/9/{key}",
    ):
        answer = eve.get(frame)
        assert (answer.status, answer.json) == (404, NOTHING)
        # Our page may hold these words in its frame; nobody else's may.
        policy = f"sandbox; default-src 'none'; frame-ancestors {eve.origin}"
        assert answer.headers["Content-Security-Policy"] == policy
    assert ann.get(hers).status == 200


def test_a_frame_ends_with_its_agent(serving: Serving) -> None:
    ann = serving.page("ann")
    offer = ann.next()
    assert ann.submit(offer["agent"], {"answer": "yes"}).status == 200
    serving.settle()
    assert ann.get(offer["frame"]).status == 404


# --------------------------------------------------------------------------------------------- the work


def test_an_answer_is_stored_with_what_was_done_when(serving: Serving) -> None:
    page = serving.page("ann")
    offer = page.next()
    assert (offer["kind"], offer["status"], offer["taken"]) == ("unit", "accepted", 1)
    assert 3500 < offer["seconds_left"] < 3700
    page.get(offer["frame"])
    assert serving.agent_status(offer["agent"]) == "in task"
    answer = page.submit(
        offer["agent"],
        {"answer": "yes"},
        started_at="2026-11-22T10:00:00.000Z",
        ended_at="2026-11-22T11:01:00.000+01:00",
        active_seconds=42.5,
        pasted=["answer", "answer", 7],
    )
    told = {"late": False, "repeated": False, "reason": "", "farewell": {}, "more": True}
    assert answer.json == told
    [row] = submissions(serving.db)
    assert json.loads(row["answer"]) == {"answer": "yes"}
    assert (row["active_seconds"], json.loads(row["pasted"]), row["late"]) == (42.5, ["answer"], 0)
    first, last = (datetime.fromtimestamp(row[name] / 1e6, UTC) for name in ("started_at", "ended_at"))
    assert (first, last - first) == (datetime(2026, 11, 22, 10, tzinfo=UTC), timedelta(minutes=1))
    assert serving.agent_status(offer["agent"]) == "completed"


@pytest.mark.parametrize(
    "said",
    [
        {"started_at": 5, "active_seconds": "9", "pasted": "x"},
        {"started_at": "soon", "active_seconds": -1},
        {"started_at": "2026-11-22T10:00:00", "active_seconds": 1e18},
        {"started_at": "2026-11-22T10:00:00Z", "ended_at": "2026-11-22T09:00:00Z"},
        {"started_at": "0001-01-01T00:00:00+14:00", "ended_at": "9999-12-31T23:59:59-14:00"},
    ],
)
def test_what_cannot_be_true_about_the_work_is_left_out(said: dict[str, Any]) -> None:
    work = _work(said)
    assert (work.started_at, work.ended_at, work.active_seconds, work.pasted) == (None, None, None, ())


def test_the_same_answer_twice_is_one(serving: Serving) -> None:
    page = serving.page("ann")
    agent = page.next()["agent"]
    first = page.submit(agent, {"answer": "yes"}, client_id="only-once")
    second = page.submit(agent, {"answer": "yes"}, client_id="only-once")
    assert (first.json["repeated"], second.json["repeated"]) == (False, True)
    assert len(submissions(serving.db)) == 1


def test_an_answer_that_comes_late_is_kept(serving: Serving) -> None:
    page = serving.page("ann")
    agent = page.next()["agent"]
    serving.pass_seconds(61)
    assert serving.agent_status(agent) == "disconnect"
    serving.page("bob").next()
    answer = page.submit(agent, {"answer": "yes"})
    assert (answer.status, answer.json["late"]) == (200, True)
    [row] = submissions(serving.db)
    assert (row["late"], json.loads(row["answer"])) == (1, {"answer": "yes"})
    assert serving.agent_status(agent) == "disconnect"


@pytest.mark.parametrize("client_id", [None, "", "short", "x" * 65, 7, "a b c d e f g h", "../../../../x"])
def test_an_answer_needs_a_name_of_its_own(serving: Serving, client_id: Any) -> None:
    page = serving.page("ann")
    body = {"agent": page.next()["agent"], "client_id": client_id, "data": {"answer": "yes"}, "work": {}}
    assert page.call("submit", body).status == 400
    assert submissions(serving.db) == []


def test_hostile_text_is_stored_as_it_is(serving: Serving) -> None:
    page = serving.page("ann")
    hostile = "<script>alert(1)</script>\u202e=cmd|' /C calc'!A0 \N{PILE OF POO} שלום"
    page.submit(page.next()["agent"], {"answer": hostile, "nul\0": "\0"})
    [row] = submissions(serving.db)
    assert json.loads(row["raw"]) == {"answer": hostile, "nul\ufffd": "\ufffd"}


def test_a_returned_unit_is_the_next_one_s(serving: Serving) -> None:
    ann, bob = serving.page("ann"), serving.page("bob")
    offer = ann.next()
    assert ann.call("return", {"agent": offer["agent"]}).json == {}
    assert ann.call("return", {"agent": offer["agent"]}).json == {}
    assert serving.agent_status(offer["agent"]) == "returned"
    assert bob.next()["item"] == offer["item"]


def test_a_worker_gets_each_item_once_and_then_hears_why_not(serving: Serving) -> None:
    page = serving.page("ann")
    items = []
    for _ in range(4):
        offer = page.next()
        items.append(offer["item"])
        assert page.submit(offer["agent"], {"answer": "yes"}).json["more"] is True
    assert len(set(items)) == 4
    last = page.next()
    assert (last["kind"], last["agent"], last["frame"], last["again"]) == ("barred", None, None, None)
    assert last["reason"] == "Everything in this run is done."


def test_a_reload_resumes_the_same_unit(serving: Serving) -> None:
    page = serving.page("ann")
    first = page.next()
    second = serving.page("ann").next()
    assert (first["agent"], first["frame"], first["item"]) == (
        second["agent"],
        second["frame"],
        second["item"],
    )


# ----------------------------------------------------------------------------------------------- faults


def test_a_fault_of_ours_is_a_plain_sentence(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("secret of the house")

    page = serving.page("ann")
    monkeypatch.setattr(OpenRun, "next", fail)
    expect_log(r"POST /r/\.\.\./api/next failed")
    answer = page.call("next", {})
    assert answer.status == 500
    assert answer.json == {"error": "Something went wrong on the server. Reload this page to go on."}


def full_disk(*_: Any) -> None:
    raise WorkspaceError("The disk of somewhere is full.")


def test_a_database_that_takes_nothing_is_said(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    page = serving.page("ann")
    agent = page.next()["agent"]
    monkeypatch.setattr(OpenRun, "submit", full_disk)
    expect_log("could not be stored: The disk of somewhere is full")
    answer = page.submit(agent, {"answer": "yes"})
    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert answer.json["error"].startswith("Your work cannot be stored at the moment.")


def test_what_is_said_in_place_of_a_frame_may_stand_in_our_page(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    page = serving.page("ann")
    frame = page.next()["frame"]
    monkeypatch.setattr(OpenRun, "frame", full_disk)
    expect_log("could not be stored: The disk of somewhere is full")
    answer = page.get(frame)
    assert answer.status == 503
    policy = f"sandbox; default-src 'none'; frame-ancestors {page.origin}"
    assert answer.headers["Content-Security-Policy"] == policy


def test_what_a_page_does_live_is_kept_up_to_a_bound(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crowddesk.blueprints.base.MOST_BYTES", 100_000)
    page = serving.page("ann")
    offer = page.next()
    page.get(offer["frame"])  # the work begins
    body = {"agent": offer["agent"], "act": {"note": "x" * 40_000}}
    answers = [page.call("act", body).status for _ in range(5)]
    assert answers == [200, 200, 200, 413, 413]
    assert page.submit(offer["agent"], {"answer": "yes"}).json["late"] is False
