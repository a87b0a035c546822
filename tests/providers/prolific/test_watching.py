"""What happened to submissions, whoever came or not: status changes of units and agents, stored once."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.data_model.agent import Agent
from crowddesk.data_model.unit import Unit
from crowddesk.data_model.worker import Worker
from crowddesk.domain import ActionKind, AgentStatus, AssignmentState, VendorError
from crowddesk.providers.prolific.api import SubmissionLine
from crowddesk.providers.prolific.watching import AGENT_STATUSES, APPROVES_AFTER, changes_of
from crowddesk.store import stays
from crowddesk.store.stays import Stay
from tests.providers.prolific.bench import Bench

COUNTS = "GET /studies/{}/submissions/counts/"
LISTING = "GET /submissions/"


def status_of(bench: Bench, agent: Agent) -> tuple[str, str]:
    """An agent's status, and its unit's."""
    return (
        Agent.get(bench.db, agent.db_id).db_status,
        Unit.get(bench.db, agent.unit_id).db_status,
    )


# ---------------------------------------------------------------------------------- how stays go and end


def test_who_comes_and_works_is_nothing_new_until_it_ends(bench: Bench) -> None:
    run = bench.live(2)
    agent = bench.comes(run)
    assert bench.sync(run) == []
    assert status_of(bench, agent) == (AgentStatus.ACCEPTED, AssignmentState.ASSIGNED)
    bench.sends(agent)
    (change,) = bench.sync(run)
    assert (change.unit_id, change.worker_name) == (agent.unit_id, agent.get_worker().worker_name)
    assert change.agent_status == AgentStatus.COMPLETED
    assert change.at is not None
    assert change.decide_by == change.at + APPROVES_AFTER
    assert status_of(bench, agent) == (AgentStatus.COMPLETED, AssignmentState.COMPLETED)


@pytest.mark.parametrize(
    ("verbs", "agent_status", "unit_status"),
    [
        (["APPROVE"], AgentStatus.APPROVED, AssignmentState.ACCEPTED),
        (["REJECT"], AgentStatus.REJECTED, AssignmentState.REJECTED),
        (["REJECT", "UNREJECT", "APPROVE"], AgentStatus.APPROVED, AssignmentState.ACCEPTED),
    ],
    ids=["approved", "rejected", "taken back"],
)
def test_what_was_decided_at_prolifics_own_page_is_seen(
    bench: Bench, verbs: list[str], agent_status: str, unit_status: str
) -> None:
    run = bench.live(1)
    (unit,) = bench.answered(run)
    agent = unit.get_assigned_agent()
    assert agent is not None
    for verb in verbs:
        if verb == "REJECT":
            bench.vendor.reject(bench.ref_of(unit))
        else:
            bench.vendor.judge(bench.ref_of(unit), verb)
        bench.sync(run)
    assert status_of(bench, agent) == (agent_status, unit_status)


def test_a_vendor_that_approves_by_itself_is_seen(bench: Bench) -> None:
    run = bench.live(1)
    (unit,) = bench.answered(run)
    bench.vendor.pass_time(22 * 86_400)
    bench.sync(run)
    assert Unit.get(bench.db, unit.db_id).db_status == AssignmentState.ACCEPTED


def test_a_place_that_is_returned_is_taken_by_another(bench: Bench) -> None:
    run = bench.live(1)
    first = bench.comes(run)
    person = first.get_worker().worker_name
    ref = bench.db.get_agent(first.db_id)["vendor_ref"]
    assert bench.vendor.http.post(f"/participant/{person}/return/{ref}").status_code == 200
    bench.sync(run)
    assert status_of(bench, first) == (AgentStatus.RETURNED, AssignmentState.LAUNCHED)
    second = bench.comes(run)
    bench.sends(second)
    bench.sync(run)
    assert second.unit_id == first.unit_id
    assert status_of(bench, second) == (AgentStatus.COMPLETED, AssignmentState.COMPLETED)
    assert Agent.get(bench.db, first.db_id).db_status == AgentStatus.RETURNED
    assert bench.ref_of(second.get_unit()) == bench.db.get_agent(second.db_id)["vendor_ref"] != ref


def test_return_and_the_next_one_seen_in_one_poll(bench: Bench) -> None:
    """The listing may have both before the desk hears of the first."""
    run = bench.live(1)
    first = bench.comes(run)
    ref = bench.db.get_agent(first.db_id)["vendor_ref"]
    bench.vendor.http.post(f"/participant/{first.get_worker().worker_name}/return/{ref}")
    pid = bench.person()
    bench.vendor.start(bench.study_of(run), pid)
    bench.vendor.finish(pid, bench.code_of(run))
    bench.sync(run)
    bench.sync(run)
    bench.restart()
    bench.sync(run)
    assert bench.agents_of(run) == {
        first.get_worker().worker_name: AgentStatus.RETURNED, pid: AgentStatus.COMPLETED,
    }  # fmt: skip
    assert bench.unit_statuses(run) == {AssignmentState.COMPLETED: 1}


def test_whose_time_is_over_loses_the_place(bench: Bench) -> None:
    run = bench.live(1)
    agent = bench.comes(run)
    bench.vendor.pass_time(86_400)
    bench.sync(run)
    assert status_of(bench, agent) == (AgentStatus.TIMEOUT, AssignmentState.LAUNCHED)


def test_a_submission_that_was_never_at_our_page_gets_a_free_unit(bench: Bench) -> None:
    """Somebody who only typed a code wants to be paid: it has to be decided, so a unit stands for it."""
    run = bench.live(2)
    at_work = bench.comes(run)
    bench.vendor.start(bench.study_of(run), "stranger")
    assert bench.sync(run) == []
    bench.vendor.finish("stranger", "NOCODE")
    (change,) = bench.sync(run)
    assert change.worker_name == "stranger"
    assert change.unit_id != at_work.unit_id
    assert change.answer is None
    assert Unit.get(bench.db, change.unit_id).db_status == AssignmentState.COMPLETED
    unit = Unit.get(bench.db, change.unit_id)
    (action,) = bench.decide(ActionKind.REJECT, [unit], category="NO_CODE")
    assert bench.carry_out(action).state == "done"


def test_who_never_came_and_left_again_is_nobodys_unit(bench: Bench) -> None:
    run = bench.live(1)
    ref = bench.vendor.start(bench.study_of(run), "passer-by")
    bench.vendor.http.post(f"/participant/passer-by/return/{ref}")
    assert bench.sync(run) == []
    assert bench.unit_statuses(run) == {AssignmentState.LAUNCHED: 1}


def test_more_submissions_than_units_lose_nobody_and_break_nothing(bench: Bench) -> None:
    run = bench.live(1)
    bench.comes(run)
    bench.vendor.ask(
        "PATCH", f"/studies/{bench.study_of(run)}/", {"total_available_places": 2}
    )  # raised by somebody at Prolific's page
    bench.vendor.submit(bench.study_of(run), "one-too-many", code="NOCODE")
    assert bench.sync(run) == []
    assert bench.unit_statuses(run) == {AssignmentState.ASSIGNED: 1}


def test_several_strangers_get_a_unit_each(bench: Bench) -> None:
    run = bench.live(3)
    bench.vendor.submit(bench.study_of(run), "a", "b", "c", code="NOCODE")
    found = bench.sync(run)
    assert len({c.unit_id for c in found}) == len({c.ref for c in found}) == 3
    assert bench.unit_statuses(run) == {AssignmentState.COMPLETED: 3}


@pytest.mark.parametrize(
    ("said", "agent_status"),
    [("PARTIALLY APPROVED", AgentStatus.APPROVED), ("SCREENED OUT", AgentStatus.RETURNED)],
)
def test_rarer_ends_are_understood(bench: Bench, said: str, agent_status: str) -> None:
    run = bench.live(1)
    agent = bench.comes(run)
    bench.vendor.finish(agent.get_worker().worker_name, bench.code_of(run))
    ref = bench.db.get_agent(agent.db_id)["vendor_ref"]
    line = SubmissionLine(ref, agent.get_worker().worker_name, said, None, None, "", None)
    with bench.db.read() as conn:
        (change,) = changes_of([line], stays.of_run(conn, run.db_id), {}, lambda *_: None, {})
    assert (change.agent_status, change.vendor_status) == (agent_status, said)


# ----------------------------------------------------------------------------- listings that go wrong


def test_more_people_than_fit_on_one_page_are_all_read(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only the first page."""
    client = bench.provider.account_of(bench.account.db_id).client()
    real = client.submissions
    monkeypatch.setattr(client, "submissions", lambda study: real(study, page_size=3))
    run = bench.live(8)
    bench.sent.forget()
    units = bench.answered(run)
    assert len(units) == 8
    assert bench.sent.count(LISTING) == 3


def test_duplicates_and_shuffled_pages_change_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    client = bench.provider.account_of(bench.account.db_id).client()
    real = client.submissions
    monkeypatch.setattr(client, "submissions", lambda study: real(study, page_size=3))
    run = bench.live(7)
    bench.vendor.faults(
        {"kind": "duplicate_listing", "probability": 0.6},
        {"kind": "shuffled_listing", "probability": 0.8},
        seed=4,
    )
    agents = [bench.comes(run) for _ in range(6)]
    for agent in agents[:5]:
        bench.sends(agent)
    bench.vendor.submit(bench.study_of(run), "stranger", code="NOCODE")
    for _ in range(4):
        bench.sync(run)
        bench.restart()
    assert bench.unit_statuses(run) == {AssignmentState.COMPLETED: 6, AssignmentState.ASSIGNED: 1}
    assert len(bench.db.find_agents(task_run_id=run.db_id)) == 7


def test_a_stale_listing_takes_nothing_back(bench: Bench) -> None:
    run = bench.live(2)
    units = bench.answered(run)
    bench.vendor.faults({"kind": "stale_listing", "seconds": 60})
    for unit in units:
        bench.vendor.judge(bench.ref_of(unit), "APPROVE")
        bench.db.update_unit(unit.db_id, status=AssignmentState.ACCEPTED)
    bench.restart()
    bench.sync(run)
    assert bench.unit_statuses(run) == {AssignmentState.ACCEPTED: 2}
    bench.vendor.faults()
    bench.restart()
    bench.sync(run)
    assert set(bench.agents_of(run).values()) == {AgentStatus.APPROVED}


@pytest.mark.parametrize("kind", ["broken", "wrong_json", "busy"])
def test_a_poll_that_cannot_be_read_says_so_and_loses_nothing(bench: Bench, kind: str) -> None:
    run = bench.live(1)
    bench.sends(bench.comes(run))
    bench.vendor.faults({"kind": kind, "route": LISTING})
    with pytest.raises(VendorError):
        bench.sync(run)
    bench.vendor.faults()
    assert len(bench.sync(run)) == 1


def test_times_of_a_clock_that_is_off_are_no_negative_seconds(bench: Bench) -> None:
    began = datetime(2026, 5, 1, 12, tzinfo=UTC)
    line = SubmissionLine("s", "p", "AWAITING REVIEW", began, began - timedelta(seconds=90), "", None)
    (change,) = changes_of([line], {"s": _stay("s")}, {}, lambda *_: None, {})
    assert change.seconds == 0.0


# --------------------------------------------------------------------------------- what is asked, how often


def test_counts_that_do_not_change_cost_one_small_call(bench: Bench) -> None:
    run = bench.live(2)
    bench.comes(run)
    bench.sync(run)
    bench.sent.forget()
    for _ in range(3):
        assert bench.sync(run) == []
    assert [name for name, _ in bench.sent.calls] == [COUNTS.format(bench.study_of(run))] * 3


def test_a_change_that_the_counts_hide_is_seen_before_long(bench: Bench) -> None:
    """One comes back from a rejection while another is rejected: the numbers are as they were."""
    run = bench.live(2)
    first, second = bench.answered(run)
    bench.vendor.reject(bench.ref_of(first))
    bench.sync(run)
    bench.sync(run)
    bench.vendor.judge(bench.ref_of(first), "UNREJECT")
    bench.vendor.reject(bench.ref_of(second))
    found = [change for _ in range(12) for change in bench.sync(run)]
    assert bench.ref_of(second) in {change.ref for change in found}
    assert Unit.get(bench.db, second.db_id).db_status == AssignmentState.REJECTED


def test_what_was_found_and_not_stored_is_found_again(bench: Bench) -> None:
    run = bench.live(1)
    bench.sends(bench.comes(run))
    (lost,) = bench.provider.sync_task_run(bench.again(run))
    (found,) = bench.sync(run)
    assert dataclasses.replace(lost, cursor=None) == dataclasses.replace(found, cursor=None)
    assert bench.sync(run) == []


def test_everything_is_said_once_more_after_a_restart_and_does_no_harm(bench: Bench) -> None:
    run = bench.live(3)
    units = bench.answered(run)
    for _ in range(2):
        bench.restart()
        assert {c.ref for c in bench.sync(run)} == set(bench.refs_of(units))
    assert len(bench.db.find_agents(task_run_id=run.db_id)) == 3
    assert bench.unit_statuses(run) == {AssignmentState.COMPLETED: 3}


def test_standings_say_everything_every_time(bench: Bench) -> None:
    run = bench.live(2)
    bench.answered(run)
    for _ in range(2):
        assert len(bench.provider.standings(bench.again(run))) == 2
    assert bench.provider.standings(bench.run(1)) == []


def test_a_run_without_a_study_is_not_asked_about(bench: Bench) -> None:
    run = bench.run(1)
    bench.sent.forget()
    assert bench.sync(run) == []
    assert bench.sent.calls == []


def test_polls_slow_down_while_nothing_happens_and_hurry_when_it_does(bench: Bench) -> None:
    run = bench.live(1)
    after = bench.provider.poll_after
    pauses = [after(run.db_id, False) for _ in range(20)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == bench.provider.LONGEST_POLL
    assert after(run.db_id, True) == bench.provider.POLL_SECONDS
    assert after("another run", False) < bench.provider.LONGEST_POLL


def test_weeks_without_news_do_not_end_the_polling(bench: Bench) -> None:
    for _ in range(5_000):
        pause = bench.provider.poll_after("1", False)
    assert pause == bench.provider.LONGEST_POLL


# ------------------------------------------------------------------------------------------- anything


def _stay(ref: str) -> Stay:
    return Stay(ref, "1", AgentStatus.ACCEPTED, f"unit of {ref}", AssignmentState.ASSIGNED, "p", "1", True)


_MOMENTS = st.none() | st.datetimes(
    min_value=datetime(1970, 1, 2, tzinfo=UTC).replace(tzinfo=None), timezones=st.just(UTC)
)
_LINES = st.builds(
    SubmissionLine,
    id=st.sampled_from(["a", "b", "c", "d"]),
    participant_id=st.text(max_size=5),
    status=st.sampled_from([*AGENT_STATUSES, "ACTIVE", "RESERVED", "", "NOBODY KNOWS"]),
    started_at=_MOMENTS,
    completed_at=_MOMENTS,
    study_code=st.text(max_size=5),
    return_requested=_MOMENTS,
)


@given(
    lines=st.lists(_LINES, max_size=8),
    known=st.sets(st.sampled_from(["a", "b", "c", "d"])),
    told=st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), st.sampled_from([*AGENT_STATUSES])),
)
def test_any_listing_becomes_changes_that_can_be_stored(
    lines: list[SubmissionLine], known: set[str], told: dict[str, str]
) -> None:
    free = iter(range(100))

    def bind(line: SubmissionLine, answer: Any) -> str | None:
        return f"free {next(free)}"

    for change in changes_of(lines, {ref: _stay(ref) for ref in known}, {}, bind, told):
        line = next(each for each in lines if each.id == change.ref and each.status == change.vendor_status)
        assert change.agent_status == AGENT_STATUSES[line.status]
        assert told.get(change.ref) != change.vendor_status
        assert (change.unit_id == f"unit of {change.ref}") == (change.ref in known)
        assert change.seconds is None or change.seconds >= 0
        if change.ref not in known:
            assert change.agent_status not in (AgentStatus.RETURNED, AgentStatus.TIMEOUT)


@given(pid=st.text(st.characters(codec="ascii"), min_size=1, max_size=70))
def test_strange_names_of_people_are_kept_as_they_are(pid: str) -> None:
    line = SubmissionLine("s", pid, "APPROVED", None, None, "", None)
    (change,) = changes_of([line], {}, {}, lambda *_: "7", {})
    assert change.worker_name == pid


def test_the_same_person_in_two_runs_is_one_worker(bench: Bench) -> None:
    first, second = bench.live(1), bench.live(1)
    pid = bench.person()
    agents = [bench.comes(first, pid), bench.comes(second, pid)]
    assert len({agent.worker_id for agent in agents}) == 1
    assert Worker.get(bench.db, agents[0].worker_id).worker_name == pid
