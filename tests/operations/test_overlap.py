"""One more answer where answers disagree: never asked for twice, never above the most or the cap."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.domain import BadInput, Conflict, NotFound
from crowddesk.operations import decisions, overlap, places
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.overlap import Rule
from crowddesk.operations.run_work import RunWork
from crowddesk.store import doctor
from crowddesk.store import tables as t

Bench = Any


@pytest.fixture
def sound(bench: Bench) -> Any:
    """The bench, looked over at the end; only the answers are other ones than were given."""
    yield bench
    assert [found for found in doctor.check(bench.db) if not found.place.startswith("submission")] == []


@pytest.fixture
def going(sound: Bench, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The bench, whose runs go on when all are answered."""
    monkeypatch.setattr(RunWork, "_close_when_done", lambda *_: False)
    return sound


def answered(bench: Bench, answers: dict[str, list[str]], *changes: str) -> int:
    """A run that is still live, whose items have just these two answers each."""
    run = bench.launch(len(answers), "blueprint.units_per_assignment=2", *changes)
    bench.work_until(lambda: bench.statuses(run).get("completed", 0) == 2 * len(answers))
    bench.work_until(lambda: bench.db.get_task_run(str(run))["state"] == "live")
    say(bench, run, answers)
    return int(run)


def say(bench: Bench, run: int, answers: dict[str, list[str]]) -> None:
    """Has the units of each item say these, in their order."""
    with bench.db.write() as w:
        for unit in bench.units(run):
            text = json.dumps({"answer": answers[unit.item_key][unit.unit_index]})
            column = t.Submission.__table__.c
            w.conn.execute(sa.update(t.Submission).where(column.unit_id == unit.id).values(answer=text))


DISAGREE = {"i0": ["yes", "yes"], "i1": ["yes", "no"], "i2": ["no", "yes"], "i3": ["no", "no"]}


def plan(bench: Bench, run: int, rule: Rule) -> overlap.Plan:
    with bench.db.read() as conn:
        return overlap.make_plan(conn, run, rule)


def test_items_that_disagree_get_one_more_and_never_two_at_once(going: Bench) -> None:
    run = answered(going, DISAGREE)
    rule = Rule(2, 3, 0.6)
    seen = overlap.preview(going.db, run, rule)
    assert [(item.key, item.units, item.share) for item in seen.plan.wanted] == [
        ("i1", 2, 0.5),
        ("i2", 2, 0.5),
    ]
    assert (seen.plan.agreed, seen.plan.at_most, seen.plan.awaited) == (2, 0, 0)
    assert (seen.plan.field, seen.affordable, seen.total, seen.free) == ("answer", 2, 24, None)
    assert overlap.follow(going.db, run, rule) == 2
    # A second click, a second desk, a call after a crash: an answer is awaited, so nothing is added.
    assert overlap.follow(going.db, run, rule) == 0
    assert plan(going, run, rule).awaited == 2
    going.work_until(lambda: going.statuses(run) == {"completed": 10})
    per_item = Counter(unit.item_key for unit in going.units(run))
    assert per_item == {"i0": 2, "i1": 3, "i2": 3, "i3": 2}
    say(going, run, {**DISAGREE, "i1": ["a", "b", "c"], "i2": ["a", "a", "b"]})
    last = plan(going, run, rule)
    assert (last.wanted, last.agreed, last.at_most) == ((), 3, 1)
    assert [i.key for i in plan(going, run, Rule(2, 5, 0.7)).wanted] == ["i1", "i2"]


def test_what_was_left_out_or_rejected_does_not_count(going: Bench) -> None:
    run = answered(going, DISAGREE)
    units = {(u.item_key, u.unit_index): u.id for u in going.units(run)}
    decisions.set_dataset_status(going.db, [units["i0", 0], units["i3", 0], units["i3", 1]], "out")
    found = plan(going, run, Rule(2, 5, 0.6)).wanted
    assert [(item.key, item.answers, item.label) for item in found] == [
        ("i3", 0, ""), ("i1", 2, "yes"), ("i2", 2, "yes"), ("i0", 1, "yes"),
    ]  # fmt: skip
    assert [item.key for item in plan(going, run, Rule(2, 2, 0.6)).wanted] == []
    assert [item.key for item in plan(going, run, Rule(1, 5, 0.6)).wanted] == ["i3", "i1", "i2"]


def test_the_cap_holds_and_who_disagrees_most_comes_first(going: Bench) -> None:
    run = answered(going, DISAGREE, "task.budget=1.20")  # 8 units cost 0.96, two more fit
    unit = next(u.id for u in going.units(run) if u.item_key == "i3")
    decisions.set_dataset_status(going.db, [unit], "out")
    rule = Rule(2, 9, 1.0)
    seen = overlap.preview(going.db, run, rule)
    assert (len(seen.plan.wanted), seen.affordable, seen.free, seen.total) == (3, 2, 24, 24)
    assert overlap.follow(going.db, run, rule) == 2
    assert [item.key for item in plan(going, run, rule).wanted] == ["i3"]
    assert overlap.follow(going.db, run, rule) == 0
    as_json = overlap.to_json(overlap.preview(going.db, run, rule))
    assert as_json["affordable"] == 0
    assert as_json["budget_left"] == {"minor": 0, "currency": "USD"}
    assert json.dumps(as_json)


def test_an_item_that_somebody_added_to_meanwhile_is_left_alone(
    going: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = answered(going, DISAGREE)
    real = overlap.make_plan

    def slow(conn: Any, run_id: int, rule: Rule) -> overlap.Plan:
        found = real(conn, run_id, rule)
        monkeypatch.setattr(overlap, "make_plan", real)
        places.add_units(going.db, run_id, 1, [found.wanted[0].id])  # the other desk was quicker
        return found

    monkeypatch.setattr(overlap, "make_plan", slow)
    assert overlap.follow(going.db, run, Rule(2, 5, 0.6)) == 1
    per_item = Counter(unit.item_key for unit in going.units(run))
    assert per_item == {"i0": 2, "i1": 3, "i2": 3, "i3": 2}


def test_a_lane_follows_the_rule_until_all_agree_or_have_the_most(sound: Bench) -> None:
    run = sound.launch(12, "blueprint.units_per_assignment=2", "provider.spammer=0.5", "provider.seed=5")
    overlap.keep_rule(sound.db, run, Rule(2, 4, 0.75, on=True))
    sound.work_until(lambda: sound.db.get_task_run(str(run))["state"] == "closed")
    last = plan(sound, run, Rule(2, 4, 0.75))
    assert last.wanted == ()
    assert last.awaited == 0
    per_item = Counter(unit.item_key for unit in sound.units(run))
    assert set(per_item.values()) <= {2, 3, 4}
    assert len(per_item) == 12
    assert last.agreed + last.at_most == 12
    assert max(per_item.values()) > 2  # the seed has people who disagree


def test_two_lanes_of_two_desks_add_nothing_twice(sound: Bench) -> None:
    run = sound.launch(6, "blueprint.units_per_assignment=2", "provider.spammer=0.6", "task.budget=2.00")
    overlap.keep_rule(sound.db, run, Rule(2, 5, 1.0, on=True))
    lane = LaneWork(sound.db, 1)
    try:
        sound.work_until(lambda: sound.statuses(run).get("completed", 0) >= 4)
        sound.lane.stop()  # killed, and another takes over
        sound.work_until(lambda: sound.db.get_task_run(str(run))["state"] == "closed", lane)
    finally:
        lane.stop()
    units = sound.units(run)
    assert sum(u.pay_minor + u.fee_minor for u in units) <= 200
    assert max(Counter(u.item_key for u in units).values()) <= 5
    assert len({(u.item_key, u.unit_index) for u in units}) == len(units)


def test_what_cannot_be_is_refused(going: Bench) -> None:
    run = answered(going, DISAGREE)
    for rule, words in (
        (Rule(3, 2), "From 3 to 2"),
        (Rule(0, 2), "From 0 to 2"),
        (Rule(2, 101), "From 2 to 101"),
        (Rule(agreement=0.0), "An agreement of 0"),
        (Rule(agreement=1.01), "An agreement of 1.01"),
        (Rule(field="other"), "There are: answer"),
    ):
        with pytest.raises(BadInput, match=words):
            overlap.preview(going.db, run, rule)
    with pytest.raises(BadInput, match="From 3 to 2"):
        overlap.keep_rule(going.db, run, Rule(3, 2))
    with pytest.raises(NotFound):
        overlap.keep_rule(going.db, 999, Rule(on=True))
    closed = answered(going, DISAGREE)
    with going.db.write() as w:
        w.update(t.TaskRun, [closed], state="closed")
    with pytest.raises(Conflict, match="is closed"):
        overlap.preview(going.db, closed, Rule())


def test_free_text_never_agrees(going: Bench) -> None:
    run = answered(going, DISAGREE)
    words = "a long sentence about what is to be seen in picture number {}"
    say(going, run, {key: [words.format(f"{key} {n}") for n in range(2)] for key in DISAGREE})
    with pytest.raises(BadInput, match="free text"):
        plan(going, run, Rule())


def test_a_kept_rule_that_was_damaged_is_the_usual_one(sound: Bench) -> None:
    run = sound.launch(1)
    store = sound.db.provider_store("crowddesk.overlap")
    for damaged in ([], {"least": "x"}, {"least": 9, "most": 1}, {"unknown": 1}):
        store.set(str(run), damaged)
        assert overlap.rule_of(sound.db, run) == Rule()
    overlap.keep_rule(sound.db, run, Rule(1, 4, 0.5, "", True))
    assert overlap.rule_of(sound.db, run) == Rule(1, 4, 0.5, "", True)
