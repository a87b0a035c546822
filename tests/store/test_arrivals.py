"""What a vendor reports, in whatever order and however often, never takes back what was decided or ended."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from crowddesk.domain import Outcome, StatusChange
from crowddesk.store import arrivals, doctor, ledger, wire
from crowddesk.store import tables as t
from crowddesk.store.ledger import NewAction
from crowddesk.store.queries import UNITS

AT = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
YES, NO = {"answer": "yes"}, {"answer": "no"}


class Story:
    """One launched unit of one run, and what is told of it."""

    def __init__(self, world: Any) -> None:
        self.db = world.db
        self.requester = world.requester()
        self.run = world.run(self.requester)
        self.unit, self.other = world.units(self.run, self.requester, items=2)

    def change(self, who: str, status: str | None, **more: Any) -> StatusChange:
        if status == "completed":
            more = {"answer": YES, "seconds": 20.0, **more}
        return StatusChange(
            **{
                "unit_id": str(self.unit),
                "ref": who,
                "worker_name": who,
                "agent_status": status,
                "at": AT,
                **more,
            }
        )

    def tell(self, *changes: StatusChange) -> int:
        with self.db.write() as w:
            return arrivals.apply(w, self.run, changes)

    def decide(self, kind: str) -> int:
        with self.db.write() as w:
            row = NewAction(
                self.requester,
                kind,
                "unit",
                self.unit,
                "USD",
                task_run_id=self.run,
                unit_id=self.unit,
                amount=10,
            )
            return ledger.stage(w, [row], state="queued").ids[0]

    def settle(self, action: int, outcome: Outcome) -> None:
        with self.db.write() as w:
            wire.settle(w, {action: outcome}, seen=("queued",))

    def done(self, kind: str) -> None:
        self.settle(self.decide(kind), Outcome.done())

    def now(self) -> tuple[str, str | None, str | None, str | None]:
        """The unit's status, its worker, that worker's agent's status and the answer."""
        with self.db.read() as conn:
            (row,) = UNITS.rows(conn, [self.unit])
        return row.status, row.worker_name, row.agent_status, row.answer

    def late(self) -> list[bool]:
        with self.db.read() as conn:
            return list(
                conn.execute(sa.select(t.Submission.__table__.c.late).order_by(sa.text("id"))).scalars()
            )


@pytest.fixture
def story(any_world: Any) -> Any:
    story = Story(any_world)
    yield story
    assert doctor.check(story.db) == []


def answered(story: Story) -> list[StatusChange]:
    told = [story.change("A", status) for status in ("accepted", "in task", "completed")]
    story.tell(*told)
    assert story.now() == ("completed", "A", "completed", '{"answer": "yes"}')
    return told


@pytest.mark.parametrize(
    ("kind", "status", "agent"),
    [
        ("approve", "accepted", "approved"),
        ("soft_reject", "soft_rejected", "soft_rejected"),
        ("reject", "rejected", "rejected"),
    ],
)
def test_a_vendor_that_tells_everything_again_undoes_no_decision(
    story: Story, kind: str, status: str, agent: str
) -> None:
    told = answered(story)
    story.done(kind)
    assert story.tell(*told) == 0
    assert story.tell(*told[:2]) == 0
    assert story.tell(StatusChange(str(story.unit), "", unit_status="completed")) == 0
    assert story.now()[:3] == (status, "A", agent)


def test_a_rejection_that_was_taken_back_at_the_vendor_is_taken_back_here(story: Story) -> None:
    answered(story)
    story.done("reject")
    story.tell(story.change("A", "approved"))
    assert story.now()[:3] == ("accepted", "A", "approved")


def test_older_news_of_an_answered_unit_changes_nothing(story: Story) -> None:
    told = answered(story)
    story.tell(*told[:2])
    assert story.now()[:3] == ("completed", "A", "completed")


def test_a_late_answer_is_kept_and_takes_no_unit_from_who_came_next(story: Story) -> None:
    story.tell(story.change("A", "accepted"), story.change("A", "disconnect"))
    assert story.now() == ("launched", None, None, None)
    story.tell(story.change("B", "accepted"))
    story.tell(story.change("A", "completed", answer=NO, vendor_status="submitted"))
    assert story.now() == ("assigned", "B", "accepted", None)
    assert story.late() == [True]
    story.tell(story.change("B", "completed"))
    assert story.now() == ("completed", "B", "completed", '{"answer": "yes"}')


def test_a_late_answer_in_one_report_with_the_time_out_is_late(story: Story) -> None:
    story.tell(story.change("A", "accepted"))
    story.tell(story.change("A", "timeout"), story.change("A", "completed"))
    assert (story.now()[0], story.late()) == ("launched", [True])


def test_a_unit_that_is_offered_again_has_no_answer_of_who_left(story: Story) -> None:
    answered(story)
    story.tell(story.change("A", "returned"))
    assert story.now() == ("launched", None, None, None)
    story.tell(story.change("B", "accepted"))
    assert story.now() == ("assigned", "B", "accepted", None)


def test_somebody_else_takes_no_unit_that_is_answered(story: Story) -> None:
    answered(story)
    story.tell(story.change("B", "accepted", vendor_status="active"))
    assert story.now()[:2] == ("completed", "A")


def test_who_comes_while_a_decision_is_open_is_not_decided_on(story: Story) -> None:
    answered(story)
    action = story.decide("approve")
    story.tell(story.change("A", "returned"), story.change("B", "completed", answer=NO))
    assert story.now()[:2] == ("completed", "A")
    story.settle(action, Outcome.done())
    assert story.now() == ("accepted", "A", "approved", '{"answer": "yes"}')


def test_who_came_while_a_decision_came_to_nothing_has_the_unit(story: Story) -> None:
    answered(story)
    action = story.decide("approve")
    story.tell(story.change("A", "returned"), story.change("B", "completed", answer=NO))
    story.settle(action, Outcome.refused("It was returned."))
    assert story.now() == ("completed", "B", "completed", '{"answer": "no"}')


def test_a_unit_left_while_a_decision_came_to_nothing_is_free(story: Story) -> None:
    answered(story)
    action = story.decide("approve")
    story.tell(story.change("A", "returned"))
    story.settle(action, Outcome.refused("It was returned."))
    assert story.now() == ("launched", None, None, None)


# --------------------------------------------------------------------------------- what cannot be stored

HOSTILE: list[tuple[dict[str, Any], str]] = [
    ({"unit_id": "999"}, "no unit '999'"),
    ({"unit_id": "x; DROP TABLE unit"}, "no unit 'x; DROP TABLE unit'"),
    ({"unit_id": 7}, "no unit 7"),
    ({"agent_status": "banana"}, "'banana' is no status of an agent"),
    ({"unit_status": "mixed"}, "'mixed' is no status of a unit"),
    ({"at": datetime(2026, 11, 5, 12, 0)}, "has no zone"),  # noqa: DTZ001
    ({"seconds": math.nan}, "nan is no time worked"),
    ({"seconds": math.inf}, "inf is no time worked"),
    ({"seconds": -1.0}, "-1.0 is no time worked"),
    ({"answer": ["yes"]}, "its answer is no mapping"),
    ({"answer": {"a": object()}}, "its answer is no mapping"),
    ({"payload": b"raw"}, "must be text"),
    ({"worker_name": 5}, "must be text"),
    ({"cursor": 12}, "must be text"),
    ({"ref": None}, "must be text"),
]


@pytest.mark.parametrize(("fields", "words"), HOSTILE, ids=[words for _, words in HOSTILE])
def test_what_cannot_be_stored_is_named_and_stops_nothing_else(
    story: Story, fields: dict[str, Any], words: str
) -> None:
    bad = story.change("A", "accepted", **fields)
    fine = story.change("B", "accepted", unit_id=str(story.other))
    with story.db.read() as conn:
        good, faults = arrivals.readable(conn, story.run, [bad, fine])
    assert good == [fine]
    assert len(faults) == 1
    assert words in faults[0]


def test_one_stay_is_of_one_unit(story: Story) -> None:
    first = story.change("A", "accepted")
    second = story.change("A", "completed", unit_id=str(story.other))
    for known in (False, True):
        with story.db.read() as conn:
            good, faults = arrivals.readable(conn, story.run, [second] if known else [first, second])
        assert faults == [f"unit {story.other}: the stay 'A' belongs to unit {story.unit} already"]
        if not known:
            story.tell(*good)


def test_text_that_no_database_takes_is_stored_as_near_as_it_can_be(story: Story) -> None:
    told = story.change("\ud800A\0", "completed", answer={"answer": "\ud800\0"}, payload="{\ud800\0}")
    with story.db.read() as conn:
        good, faults = arrivals.readable(conn, story.run, [told])
    assert faults == []
    story.tell(*good)
    assert story.now()[:3] == ("completed", "?A\N{REPLACEMENT CHARACTER}", "completed")


@pytest.mark.parametrize("column", ["raw", "answer"])
def test_an_answer_that_was_edited_afterwards_is_found(any_world: Any, column: str) -> None:
    story = Story(any_world)
    answered(story)
    assert doctor.check(story.db) == []
    with story.db._writer.begin() as conn:
        conn.execute(sa.text(f"UPDATE submission SET {column} = '{{}}'"))
    (found,) = doctor.check(story.db)
    assert found.sentence == "Submission 1 was changed after it was stored: the journal has another one."
