"""Hints who may be one person, and messages with names in them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import BadInput
from crowddesk.operations import people
from crowddesk.operations.message_text import fill
from crowddesk.providers.mock import MockProvider
from crowddesk.store import identities
from crowddesk.store import tables as t
from crowddesk.store.queries import ACTIONS, ActionRow

Bench = Any
LONG = "I think that the second sentence does not follow from the first one at all."


def add_worker(db: CrowdDatabase, name: str, provider: str = "mock") -> int:
    return int(db.new_worker(name, provider))


def say(db: CrowdDatabase, unit: int, worker: int, **answer: Any) -> None:
    """The worker's answer to a unit is this."""
    with db.write() as w:
        row = db.get_unit(str(unit))
        sent = {
            "agent_id": None, "unit_id": unit, "task_run_id": int(row["task_run_id"]), "raw": "{}",
            "answer": json.dumps(answer), "late": False, "received_at": w.at,
        }  # fmt: skip
        submission = w.insert(t.Submission, [sent])[0]
        w.update(t.Unit, [unit], worker_id=worker, submission_id=submission)


def actions_of(bench: Bench) -> list[ActionRow]:
    with bench.db.read() as conn:
        return list(ACTIONS.iterate(conn))


def whys(db: CrowdDatabase) -> list[tuple[tuple[str, ...], str]]:
    with db.read() as conn:
        return [(hint.names, hint.why) for hint in people.find_hints(conn)]


def test_the_same_name_id_or_address_is_offered_and_nothing_is_done(bench: Bench) -> None:
    db = bench.db
    pid = "5f8a0c3d9e1b2a4c6d7e8f90"
    ids = [
        add_worker(db, name, vendor)
        for name, vendor in (
            (pid, "prolific"), (pid.upper(), "inhouse"), ("Ada L.", "inhouse"), ("ada l.", "mock"),
            ("a.da+x@mail.example", "inhouse"), ("ADA@mail.example", "mock"), ("other@mail.example", "mock"),
            ("x", "inhouse"), ("x", "mock"),
        )
    ]  # fmt: skip
    found = whys(db)
    assert [why.partition(":")[0] for _, why in found] == [
        "They have the same Prolific id", "They have the same name", "Their names are the same address",
    ]  # fmt: skip
    assert found[0][0] == (f"{pid} (prolific)", f"{pid.upper()} (inhouse)")
    with db.read() as conn:
        assert identities.list_people(conn) == []
    people.merge(db, ids[:2])
    assert len(whys(db)) == 2


def test_the_same_words_of_two_people_are_offered(bench: Bench) -> None:
    bench.launch(8)
    units = bench.units(1)
    one, two, three = (add_worker(bench.db, name) for name in ("A1", "A2", "A3"))
    say(bench.db, units[0].id, one, why=LONG, answer="yes")
    say(bench.db, units[1].id, two, why=f"  {LONG.upper()}\n", answer="yes")
    say(bench.db, units[2].id, three, why="Too short to tell.", answer="yes")
    say(bench.db, units[3].id, one, why="Too short to tell.", answer="yes")
    say(bench.db, units[4].id, three, why=3, more=["x"])
    (names, why), = whys(bench.db)  # fmt: skip
    assert names == ("A1 (mock)", "A2 (mock)")
    assert "They wrote the same words: “i think that" in why


def test_a_message_is_filled_in_for_each_in_one_go(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MockProvider, "OFFERS", frozenset({"message"}))
    run = bench.launch(2)
    ids = [add_worker(bench.db, name) for name in ("A1", "A2")]
    other = add_worker(bench.db, "B1", "inhouse")
    body = "Dear {name}, thanks for {run}. {requester}"
    done = people.write_to(bench.db, 1, [*ids, other, ids[0]], body, run, "s1")
    assert len(done.action_ids) == 2
    assert done.skipped == ((other, "they are at another vendor"),)
    actions = {a.worker_name: a.reason for a in actions_of(bench) if a.kind == "message"}
    assert actions == {
        name: f"Dear {name}, thanks for A small task. practice" for name in ("A1", "A2")
    }  # fmt: skip
    again = people.write_to(bench.db, 1, ids, "Dear {name}", run, "s1")
    assert not again.action_ids
    assert len(again.skipped) == 2
    with pytest.raises(BadInput, match=r"no variable \{tags\}"):
        people.write_to(bench.db, 1, ids, "Dear {name} {tags}", run, "s2")
    with pytest.raises(BadInput, match=r"in place of \{run\}"):
        people.write_to(bench.db, 1, ids, "About {run}", None, "s2")
    assert len([a for a in actions_of(bench) if a.kind == "message"]) == 2


@given(body=st.text(max_size=80), name=st.text(min_size=1, max_size=20))
def test_whatever_a_worker_is_called_stays_one_name(body: str, name: str) -> None:
    try:
        said = fill(body + "{name}", {"name": name, "run": "r", "requester": "q"})
    except BadInput:
        return
    assert said.endswith(name)
