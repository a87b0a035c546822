"""Participants at our page: who they are by Prolific's link, one unit a place, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crowddesk import language
from crowddesk.data_model.agent import Agent
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import ActionKind, AgentStatus, AssignmentState, VendorRefused
from crowddesk.store import stays
from tests.providers.prolific.bench import Bench

_ODD: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=80) | st.binary(max_size=8)
    | st.lists(st.text(max_size=3), max_size=3) | st.dictionaries(st.text(max_size=3), st.none(), max_size=2)
)  # fmt: skip


def link(bench: Bench, run: TaskRun, pid: str = "p1", session: str = "s1") -> dict[str, Any]:
    return {"worker_name": pid, "study": bench.study_of(run), "session": session}


@pytest.fixture(autouse=True)
def foreign() -> Iterator[None]:
    """Participants read English, whatever the window speaks."""
    language.speak(replace(language.ENGLISH, translate=lambda text, *_: f"«{len(text)}»"))
    yield
    language.speak(language.ENGLISH)


def test_a_place_is_bound_to_the_unit_that_the_page_shows(bench: Bench) -> None:
    run = bench.live(2)
    agent = bench.comes(run, "p1")
    with bench.db.read() as conn:
        (stay,) = stays.of_run(conn, run.db_id).values()
    assert (stay.worker_name, stay.unit_id, stay.holds) == ("p1", agent.unit_id, True)
    assert bench.vendor.submission(stay.ref)["participant"] == "p1"


def test_a_link_without_its_study_is_taken_and_one_of_another_study_is_not(bench: Bench) -> None:
    run, other = bench.live(1), bench.live(1)
    assert bench.provider.admit(run, {"worker_name": "p1", "session": "s1"}).worker_name == "p1"
    with pytest.raises(VendorRefused, match="another study"):
        bench.provider.admit(run, link(bench, other))


@pytest.mark.parametrize(
    "registration",
    [
        {},
        {"worker_name": "p1"},
        {"worker_name": "", "session": "s1"},
        {"worker_name": "p1", "session": ""},
        {"worker_name": "{{%PROLIFIC_PID%}}", "session": "{{%SESSION_ID%}}"},
        {"worker_name": "p1\n", "session": "s1"},
        {"worker_name": "p1", "session": "../../etc/passwd"},
        {"worker_name": "x" * 65, "session": "s1"},
        {"worker_name": "p'; DROP TABLE worker; --", "session": "s1"},
        {"worker_name": "ⅷ", "session": "s1"},
    ],
)
def test_who_is_not_named_by_prolific_is_sent_back_there(bench: Bench, registration: dict[str, Any]) -> None:
    run = bench.live(1)
    with pytest.raises(VendorRefused, match="Open the study from Prolific again"):
        bench.provider.admit(run, registration)
    assert bench.db.find_workers() == []


def test_whatever_a_page_sends_is_a_person_or_a_sentence(bench: Bench) -> None:
    run = bench.live(1)

    @settings(max_examples=150)
    @given(worker_name=_ODD, session=_ODD, study=_ODD)
    def check(worker_name: Any, session: Any, study: Any) -> None:
        registration = {"worker_name": worker_name, "session": session, "study": study}
        try:
            worker = bench.provider.admit(run, registration)
        except VendorRefused:
            return
        assert worker.worker_name == worker_name
        assert bench.provider.session_of(run.db_id, worker, registration) == session

    check()


def test_a_blocked_person_is_told_to_return_the_place(bench: Bench) -> None:
    run = bench.live(1)
    worker = bench.provider.admit(run, link(bench, run))
    done, why = worker.block_worker("Random answers.", None, bench.account)
    assert done, why
    with pytest.raises(VendorRefused, match="return your place"):
        bench.provider.admit(run, link(bench, run))


def test_one_unit_a_place(bench: Bench) -> None:
    run = bench.live(3)
    agent = bench.comes(run, "p1")
    worker = agent.get_worker()
    assert bench.provider.why_no_more(run, worker) == ""
    bench.sends(agent)
    assert "sent your answer" in bench.provider.why_no_more(run, worker)
    bench.restart()
    assert "sent your answer" in bench.provider.why_no_more(run, worker)


def test_who_comes_again_with_another_place_gets_another_unit(bench: Bench) -> None:
    run = bench.live(2, provider={"submissions_per_participant": 2})
    first = bench.comes(run, "p1")
    bench.sends(first)
    second = bench.comes(run, "p1")
    assert second.worker_id == first.worker_id
    assert second.unit_id != first.unit_id
    assert bench.provider.why_no_more(run, second.get_worker()) == ""
    bench.sends(second)
    bench.sync(run)
    assert bench.unit_statuses(run) == {AssignmentState.COMPLETED: 2}


@pytest.mark.parametrize("how", ["returned", "timed out"])
def test_a_place_that_is_no_longer_theirs_shows_nothing(bench: Bench, how: str) -> None:
    run = bench.live(1)
    agent = bench.comes(run, "p1")
    if how == "returned":
        ref = bench.db.get_agent(agent.db_id)["vendor_ref"]
        bench.vendor.http.post(f"/participant/p1/return/{ref}")
    else:
        bench.vendor.pass_time(86_400)
    bench.sync(run)
    assert "no longer yours" in bench.provider.why_no_more(run, agent.get_worker())


def test_a_lost_connection_bars_nobody(bench: Bench) -> None:
    run = bench.live(1)
    agent = bench.comes(run, "p1")
    agent.update_status(AgentStatus.DISCONNECT)
    assert bench.provider.why_no_more(run, agent.get_worker()) == ""


def test_the_way_back_carries_the_code_for_how_it_ended(bench: Bench) -> None:
    run = bench.live(2)
    codes = bench.provider.book.of(run.db_id)["codes"]
    done, failed = bench.comes(run), bench.comes(run)
    bench.sends(done)
    failed.update_status(AgentStatus.RETURNED)
    base = "https://app.prolific.com/submissions/complete?cc="
    assert bench.provider.farewell(Agent.get(bench.db, done.db_id)) == {
        "url": f"{base}{codes['finished']}", "label": "Back to Prolific",
    }  # fmt: skip
    told = bench.provider.farewell(Agent.get(bench.db, failed.db_id))
    assert told["url"] == f"{base}{codes['turned_away']}"
    assert codes["turned_away"] != codes["finished"]


def test_who_is_turned_away_is_asked_to_return_at_the_vendor(bench: Bench) -> None:
    run = bench.live(1)
    agent = bench.comes(run, "p1")
    agent.update_status(AgentStatus.RETURNED)
    bench.vendor.finish("p1", bench.provider.book.of(run.db_id)["codes"]["turned_away"])
    ref = bench.vendor.ask("GET", "/submissions/", query={"study": bench.study_of(run)})["results"][0]["id"]
    assert bench.vendor.submission(ref)["return_requested"]


def test_where_no_code_is_known_nobody_is_sent_anywhere(bench: Bench) -> None:
    run = bench.live(1, provider={"finish": {"turned_away": "nothing"}})
    agent = bench.comes(run)
    agent.update_status(AgentStatus.RETURNED)
    assert bench.provider.farewell(Agent.get(bench.db, agent.db_id)) == {}


def test_a_code_that_approves_at_once_ends_the_unit(bench: Bench) -> None:
    run = bench.live(1, provider={"finish": {"finished": "approve"}})
    agent = bench.comes(run)
    bench.sends(agent)
    bench.sync(run)
    assert bench.unit_statuses(run) == {AssignmentState.ACCEPTED: 1}
    (action,) = bench.decide(ActionKind.APPROVE, run.get_units())
    assert bench.carry_out(action).state == "done"
    assert len(bench.vendor.ledger()) == 1
