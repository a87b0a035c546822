"""People whom a vendor sends for one unit: no further one, and the way back, whatever happens on the way."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.worker import Worker
from crowddesk.store import records
from tests.taskserver.marketplace import (
    DONE,
    NO_MORE,
    TURNED_AWAY,
    Marketplace,
    registration,
    serve_marketplace,
)
from tests.taskserver.serving import Page, Serving, TurnedClock, serve

YES = {"answer": "yes"}
INTRODUCTION = '<form><input name="knows"><button type="submit">Go on</button></form>'


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    with serve_marketplace(tmp_path, items=3, clock=TurnedClock()) as serving:
        yield serving


def come(serving: Serving, pid: str = "5f0a", session: str = "s-1") -> Page:
    page = serving.page()
    answer = page.call("enter", {"registration": registration(pid, session)})
    assert answer.status == 200, answer
    page.session = answer.json["session"]
    return page


def test_who_has_answered_is_sent_back_and_gets_nothing_further(serving: Serving) -> None:
    page = come(serving)
    offer = page.next()
    assert (offer["kind"], offer["farewell"], offer["finished"]) == ("unit", {}, False)
    client_id = uuid.uuid4().hex
    first = page.submit(offer["agent"], YES, client_id).json
    assert (first["farewell"], first["more"], first["repeated"]) == (DONE, False, False)
    # The answer to it was lost: it is sent again, and told the same.
    again = page.submit(offer["agent"], YES, client_id).json
    assert (again["farewell"], again["more"], again["repeated"]) == (DONE, False, True)
    # Whoever comes back, here or with the link again, is told the same.
    for later in (page, come(serving)):
        told = later.next()
        assert (told["kind"], told["reason"], told["agent"]) == ("barred", NO_MORE, None)
        assert (told["farewell"], told["finished"]) == (DONE, True)


def test_it_is_told_after_a_restart_too(serving: Serving) -> None:
    page = come(serving)
    page.submit(page.next()["agent"], YES)
    serving.restart()
    assert page.next()["farewell"] == DONE


def test_a_farewell_that_fails_costs_no_answer(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    seen: list[Any] = []

    def fail(self: Any, agent: Agent) -> dict[str, str]:
        seen.append((self.db.open_write(), agent.db_status))
        raise RuntimeError("its own fault")

    page = come(serving)
    agent = page.next()["agent"]
    monkeypatch.setattr(Marketplace, "farewell", fail)
    expect_log("go in the end cannot be told")
    answer = page.submit(agent, YES)
    assert answer.status == 200
    assert (answer.json["farewell"], answer.json["more"]) == ({}, True)
    assert seen == [(None, "completed")]  # stored by then, and in no transaction
    with serving.db.read() as conn:
        assert len(records.find(conn, "submission", agent_id=agent)) == 1
    expect_log("go in the end cannot be told")
    told = page.next()
    assert (told["kind"], told["farewell"], told["finished"]) == ("barred", {}, True)


def test_who_was_barred_from_the_start_hears_why_and_may_give_the_place_back(serving: Serving) -> None:
    page = come(serving)
    with serving.db.write() as w:
        worker = serving.db.find_workers(worker_name="5f0a")[0]
        records.block(w, worker.db_id, serving.run.requester_id, "no")
    told = page.next()
    assert (told["kind"], told["farewell"], told["finished"]) == ("barred", TURNED_AWAY, False)
    assert "blocked" in told["reason"]


def test_who_left_is_told_how_to_return_the_place(serving: Serving) -> None:
    one = come(serving)
    for pid in ("a", "b"):
        come(serving, pid).next()
    agent = one.next()["agent"]
    assert one.call("return", {"agent": agent}).json == {}
    told = one.next()
    assert (told["kind"], told["farewell"], told["finished"]) == ("none", TURNED_AWAY, False)


def test_a_failed_introduction_sends_back_too(tmp_path: Path) -> None:
    intro = tmp_path / "intro.html"
    intro.write_text(INTRODUCTION, encoding="utf-8")
    args = {"qualification": "introduced", "page": str(intro), "answers": {"knows": "yes"}}
    with serve_marketplace(tmp_path, items=2, task={"onboarding": args}) as serving:
        good, bad = come(serving, "good"), come(serving, "bad")
        offers = [page.next() for page in (good, bad)]
        assert [offer["kind"] for offer in offers] == ["onboarding", "onboarding"]
        passed = good.call("onboard", {"agent": offers[0]["agent"], "data": {"knows": "yes"}}).json
        assert (passed["passed"], passed["farewell"]) == (True, {})
        failed = bad.call("onboard", {"agent": offers[1]["agent"], "data": {"knows": "no"}}).json
        assert (failed["passed"], failed["farewell"]) == (False, TURNED_AWAY)
        told = bad.next()
        assert (told["kind"], told["farewell"], told["finished"]) == ("barred", TURNED_AWAY, False)


def test_other_vendors_are_not_asked(tmp_path: Path) -> None:
    with serve(tmp_path) as serving:
        page = serving.page("ann")
        answer = page.submit(page.next()["agent"], YES).json
        assert (answer["farewell"], answer["more"]) == ({}, True)


def test_a_link_without_a_slash_keeps_who_it_is_for(serving: Serving) -> None:
    path = urlsplit(serving.url).path.rstrip("/")
    answer = serving.page().get(f"{path}?PROLIFIC_PID=a%26b&SESSION_ID=%0D%0AX")
    assert answer.status == 308
    assert answer.headers["Location"] == f"{serving.token}/?PROLIFIC_PID=a%26b&SESSION_ID=%0D%0AX"
    assert "X" not in answer.headers


def test_a_log_names_nobody(
    serving: Serving, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, expect_log: Any
) -> None:
    caplog.set_level(0)

    def fail(*_: Any) -> None:
        raise RuntimeError("down")

    page = serving.page()
    ids = "PROLIFIC_PID=5f0a77&STUDY_ID=st-77&SESSION_ID=s-77"
    for path in ("", "about", "assets/page.js", "nowhere"):
        page.get(f"{path}?{ids}")
    monkeypatch.setattr("crowddesk.taskserver.routes.tagged", fail)
    expect_log("failed")
    assert page.get(f"wrap_crowd_source.js?{ids}").status == 500
    assert "failed" in caplog.text
    for secret in ("5f0a77", "st-77", "s-77", serving.token):
        assert secret not in caplog.text


def test_the_next_stay_of_a_person_keeps_the_unit_of_the_first(serving: Serving) -> None:
    """They returned the place at the vendor and took another while their unit here was still open."""
    agent = come(serving, session="s-1").next()["agent"]
    again = come(serving, session="s-2")
    assert again.next()["agent"] == agent
    assert again.submit(agent, YES).json["farewell"] == DONE


def test_what_a_link_said_reaches_the_vendors_agent(
    serving: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[Any] = []
    agent_class: Any = Marketplace.AgentClass
    real = agent_class.new_from_provider_data

    def new(db: Any, worker: Worker, unit: Any, provider_data: dict[str, Any]) -> Agent:
        said.append(provider_data)
        made: Agent = real(db, worker, unit, provider_data)
        return made

    monkeypatch.setattr(agent_class, "new_from_provider_data", new)
    page = come(serving)
    page.next()
    assert said == [registration()]
