"""Participant groups for qualifications and blocks, made once; messages, never sent twice blindly."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crowddesk.data_model.worker import Worker
from crowddesk.domain import Action, ActionKind, ActionState, Found, now
from crowddesk.providers.prolific.groups import BLOCKED, Groups
from crowddesk.store import records
from tests.providers.prolific.bench import Bench

CREATE = "POST /participant-groups/"
MEMBERS = "POST /participant-groups/{id}/participants/"
LOSSES = ("act_then_drop", "broken_after", "wrong_json")
DONE, REFUSED, UNKNOWN = ActionState.DONE, ActionState.REFUSED, ActionState.UNKNOWN


def groups_of(bench: Bench) -> dict[str, list[str]]:
    """Every group's name and members, as the vendor has them; a name that is there twice fails."""
    listing = bench.vendor.ask(
        "GET", "/participant-groups/", query={"workspace_id": bench.vendor.workspace, "active": "true"}
    )["results"]
    assert set(Counter(group["name"] for group in listing).values()) <= {1}
    return {
        group["name"]: [
            member["participant_id"]
            for member in bench.vendor.ask("GET", f"/participant-groups/{group['id']}/participants/")[
                "results"
            ]
        ]
        for group in listing
    }


def worker(bench: Bench, name: str = "p1") -> Worker:
    return bench.provider.WorkerClass.new(bench.db, name)


# ------------------------------------------------------------------------------------ blocks and groups


def test_blocked_people_are_a_group_that_is_made_once_and_keeps_them_out(bench: Bench) -> None:
    people = [worker(bench, f"p{n}") for n in range(3)]
    for each in people:
        assert bench.do(ActionKind.BLOCK, each, reason="Random answers.").state == DONE
        bench.restart()
    assert groups_of(bench) == {BLOCKED: ["p0", "p1", "p2"]}
    assert bench.sent.count(CREATE) == 1
    run = bench.live(2)
    bench.vendor.start(bench.study_of(run), "p1", expect=403)
    bench.vendor.start(bench.study_of(run), "somebody-else")
    assert bench.do(ActionKind.UNBLOCK, people[1], reason="Explained.").state == DONE
    assert groups_of(bench) == {BLOCKED: ["p0", "p2"]}


@pytest.mark.parametrize("kind", [ActionKind.BLOCK, ActionKind.UNBLOCK])
def test_blocking_twice_is_like_once(bench: Bench, kind: str) -> None:
    one = worker(bench)
    for _ in range(2):
        assert bench.do(kind, one, reason="x").state == DONE
    assert groups_of(bench).get(BLOCKED, []) == (["p1"] if kind == ActionKind.BLOCK else [])


@pytest.mark.parametrize("route", [CREATE, MEMBERS])
@pytest.mark.parametrize("kind", [*LOSSES, "broken"])
def test_a_block_whose_answer_is_lost_is_done_again_without_another_group(
    bench: Bench, route: str, kind: str
) -> None:
    bench.vendor.faults({"kind": kind, "route": route, "times": 1})
    action = bench.action(ActionKind.BLOCK, worker(bench), reason="x")
    (outcome,) = bench.provider.perform([action])
    assert outcome.state == UNKNOWN
    assert bench.provider.look_up([action]) == [Found.DID_NOT]
    assert bench.carry_out(action).state == DONE
    assert groups_of(bench) == {BLOCKED: ["p1"]}


@pytest.mark.parametrize("first", [ActionKind.BLOCK, ActionKind.UNBLOCK])
def test_a_group_that_was_deleted_elsewhere_is_made_anew(bench: Bench, first: str) -> None:
    one, other = worker(bench, "p1"), worker(bench, "p2")
    bench.do(ActionKind.BLOCK, one, reason="x")
    (group,) = bench.vendor.ask(
        "GET", "/participant-groups/", query={"workspace_id": bench.vendor.workspace}
    )["results"]
    bench.vendor.ask("DELETE", f"/participant-groups/{group['id']}/", expect=204)
    assert bench.do(first, one, reason="x").state == DONE
    assert bench.do(ActionKind.BLOCK, other, reason="x").state == DONE
    assert groups_of(bench) == {BLOCKED: ["p1", "p2"] if first == ActionKind.BLOCK else ["p2"]}


def test_a_study_is_made_although_a_group_of_its_was_deleted_elsewhere(bench: Bench) -> None:
    bench.do(ActionKind.BLOCK, worker(bench), reason="x")
    (group,) = bench.vendor.ask(
        "GET", "/participant-groups/", query={"workspace_id": bench.vendor.workspace}
    )["results"]
    bench.vendor.ask("DELETE", f"/participant-groups/{group['id']}/", expect=204)
    assert bench.set_up(bench.run(1)).state == DONE
    assert groups_of(bench) == {BLOCKED: []}


def test_a_group_that_somebody_made_by_hand_is_used(bench: Bench) -> None:
    made = bench.vendor.ask(
        "POST", "/participant-groups/",
        {"workspace_id": bench.vendor.workspace, "name": "careful", "participant_ids": ["p9"]}, expect=201,
    )  # fmt: skip
    bench.db.new_qualification("careful")
    grant = {"qualification_name": "careful", "value": 1}
    assert bench.do(ActionKind.GRANT, worker(bench), payload=grant).state == DONE
    assert sorted(groups_of(bench)["careful"]) == ["p1", "p9"]
    assert made["id"] in str(bench.sent.calls)


def test_a_qualification_is_a_group_that_lets_in(bench: Bench) -> None:
    bench.db.new_qualification("careful")
    one = worker(bench)
    name = {"qualification_name": "careful"}
    assert bench.do(ActionKind.GRANT, one, payload={**name, "value": 1}).state == DONE
    assert groups_of(bench) == {"careful": ["p1"]}
    assert bench.do(ActionKind.GRANT, one, payload={**name, "value": 0}).state == DONE
    assert groups_of(bench) == {"careful": []}
    assert one.is_disqualified("careful")
    bench.do(ActionKind.GRANT, one, payload={**name, "value": 5})
    wanted = [{"name": "careful", "op": ">=", "value": 1}]
    run = bench.live(2, task={"qualifications": wanted})
    bench.vendor.start(bench.study_of(run), "p2", expect=403)
    bench.vendor.start(bench.study_of(run), "p1")
    for _ in range(2):
        assert bench.do(ActionKind.REVOKE, one, payload=name).state == DONE
    assert groups_of(bench)["careful"] == []
    assert one.get_granted_qualification("careful") is None


def test_a_qualification_that_nobody_made_and_a_person_who_is_not_there_are_refused(bench: Bench) -> None:
    name = {"qualification_name": "unheard of"}
    outcome = bench.do(ActionKind.GRANT, worker(bench), payload=name)
    assert (outcome.state, "unheard of" in outcome.reason) == (REFUSED, True)
    nobody = Action("x", ActionKind.BLOCK, "worker", "987654321", bench.account.db_id)
    (outcome,) = bench.provider.perform([nobody])
    assert (outcome.state, "987654321" in outcome.reason) == (REFUSED, True)
    assert bench.sent.changes() == []


def test_two_accounts_of_one_workspace_block_into_one_group(bench: Bench) -> None:
    other = bench.open_account("colleague")
    bench.do(ActionKind.BLOCK, worker(bench, "p1"), reason="x")
    bench.do(ActionKind.BLOCK, worker(bench, "p2"), reason="x", account=other)
    assert groups_of(bench) == {BLOCKED: ["p1", "p2"]}


def test_two_workspaces_have_a_group_each(bench: Bench) -> None:
    bench.vendor.control(
        "POST", "accounts", {"token": "token-of-bob", "name": "Bob", "currency": "GBP", "balance": 10_000}
    )
    other = bench.open_account("bob", "token-of-bob")
    one = worker(bench)
    for account in (bench.account, other):
        assert bench.do(ActionKind.BLOCK, one, reason="x", account=account).state == DONE
    assert bench.sent.count(CREATE) == 2
    assert groups_of(bench) == {BLOCKED: ["p1"]}


def test_groups_meet_429_and_wait(bench: Bench) -> None:
    bench.vendor.faults({"kind": "busy", "route": MEMBERS, "times": 1})
    one = worker(bench)
    assert bench.do(ActionKind.BLOCK, one, reason="x").state == ActionState.QUEUED
    assert bench.do(ActionKind.BLOCK, one, reason="x").state == DONE


def test_any_name_of_a_qualification_finds_its_group_again(bench: Bench) -> None:
    known: dict[str, str] = {}

    @settings(max_examples=40)
    @given(name=st.text(min_size=1, max_size=60).filter(str.strip))
    def check(name: str) -> None:
        client = bench.provider.account_of(bench.account.db_id).client()
        store = bench.provider.datastore
        made = Groups(client, store, bench.vendor.workspace).id_of(name)
        assert known.setdefault(name, made) == made
        Groups(client, store, bench.vendor.workspace).forget(name)
        assert Groups(client, store, bench.vendor.workspace).id_of(name) == made

    check()
    assert len(set(known.values())) == len(known)


# ------------------------------------------------------------------------------------------- messages


def messages(bench: Bench) -> Counter[tuple[str, str]]:
    """Who was written to, and what, how often."""
    after = (now() - timedelta(days=1)).isoformat()
    told = bench.vendor.ask("GET", "/messages/", query={"created_after": after})["results"]
    return Counter((each["recipient_id"], each["body"]) for each in told)


@pytest.fixture
def people(bench: Bench) -> list[Worker]:
    """Three people who have taken part."""
    return [unit.get_assigned_agent().get_worker() for unit in bench.answered(bench.live(3))]  # type: ignore[union-attr]


def write(bench: Bench, people: list[Worker], text: str) -> list[Action]:
    return [bench.action(ActionKind.MESSAGE, each, reason=text) for each in people]


def test_messages_arrive_once_each_and_are_found(bench: Bench, people: list[Worker]) -> None:
    actions = write(bench, people, "Thank you, “all”.")
    assert {o.state for o in bench.provider.perform(actions)} == {DONE}
    assert messages(bench) == {(each.worker_name, "Thank you, “all”."): 1 for each in people}
    assert bench.sent.count("POST /messages/bulk/") == 1
    assert set(bench.provider.look_up(actions)) == {Found.HAPPENED}


def test_different_words_are_different_calls(bench: Bench, people: list[Worker]) -> None:
    actions = [write(bench, [each], f"Hello {n}")[0] for n, each in enumerate(people)]
    assert {o.state for o in bench.provider.perform(actions)} == {DONE}
    assert bench.sent.count("POST /messages/") == 3
    assert set(messages(bench).values()) == {1}


@pytest.mark.parametrize("kind", ["act_then_drop", "broken_after"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_message_whose_answer_is_lost_is_found(
    bench: Bench, people: list[Worker], kind: str, count: int
) -> None:
    bench.vendor.faults({"kind": kind, "route": "POST /messages/*", "times": 1})
    actions = write(bench, people[:count], "Are you there?")
    assert {o.state for o in bench.provider.perform(actions)} == {UNKNOWN}
    assert set(bench.provider.look_up(actions)) == {Found.HAPPENED}
    assert set(messages(bench).values()) == {1}


def test_a_message_that_is_not_found_is_never_sent_again_without_a_person(
    bench: Bench, people: list[Worker]
) -> None:
    bench.vendor.faults({"kind": "broken", "route": "POST /messages/*", "times": 1})
    (action,) = write(bench, people[:1], "Are you there?")
    (outcome,) = bench.provider.perform([action])
    assert outcome.state == UNKNOWN
    assert bench.provider.look_up([action]) == [Found.NOT_YET]
    long_ago = dataclasses.replace(action, started_at=now() - timedelta(minutes=5))
    assert bench.provider.look_up([long_ago]) == [Found.CANNOT_TELL]
    (evidence,) = bench.provider.evidence_of([action])
    assert evidence["to"] == people[0].worker_name
    assert bench.study_of(bench.db.find_task_runs()[0]) in evidence["url"]
    assert messages(bench) == {}


def test_an_older_message_or_the_persons_own_is_not_taken_for_it(bench: Bench, people: list[Worker]) -> None:
    person = people[0]
    (old,) = write(bench, [person], "Hello")
    bench.provider.perform([old])
    study = bench.study_of(bench.db.find_task_runs()[0])
    sent = bench.vendor.http.post(
        f"/participant/{person.worker_name}/message", data={"body": "Mine", "study_id": study}
    )
    assert sent.status_code == 204
    later = dataclasses.replace(old, started_at=now() + timedelta(hours=1))
    mine = dataclasses.replace(old, reason="Mine")
    assert Found.HAPPENED not in bench.provider.look_up([later, mine])


def test_one_who_cannot_be_written_to_stops_none_of_the_others(bench: Bench, people: list[Worker]) -> None:
    """Prolific refuses a whole call for one of them."""
    with bench.db.write() as w:
        records.change(w, "worker", int(people[1].db_id), worker_name="never-took-part")
    actions = write(bench, people, "Thank you.")
    outcomes = bench.provider.perform(actions)
    assert [o.state for o in outcomes] == [DONE, REFUSED, DONE]
    assert "never-took-part" in outcomes[1].reason
    assert set(messages(bench).values()) == {1}


def test_who_never_took_part_cannot_be_written_to(bench: Bench) -> None:
    (outcome,) = bench.provider.perform(write(bench, [worker(bench)], "Hello"))
    assert (outcome.state, "took part" in outcome.reason) == (REFUSED, True)
    assert bench.sent.changes() == []


def test_any_text_is_sent_and_found_as_it_is(bench: Bench, people: list[Worker]) -> None:
    @settings(max_examples=40)
    @given(text=st.text(max_size=200))
    def check(text: str) -> None:
        (action,) = write(bench, people[:1], text)
        (outcome,) = bench.provider.perform([action])
        if not text.strip():
            assert outcome.state == REFUSED
            return
        assert outcome.state == DONE
        assert bench.provider.look_up([action]) == [Found.HAPPENED]

    check()


def test_messages_meet_429_and_wait(bench: Bench, people: list[Worker]) -> None:
    bench.vendor.faults({"kind": "busy", "route": "POST /messages/*", "times": 1})
    actions = write(bench, people, "Hello")
    assert {o.state for o in bench.provider.perform(actions)} == {ActionState.QUEUED}
    assert {o.state for o in bench.provider.perform(actions)} == {DONE}
    assert set(messages(bench).values()) == {1}
