"""A person's scorecard: its figures are those that can be counted by hand."""

from __future__ import annotations

import statistics
from typing import Any

import pytest

from crowddesk.domain import Cancelled, NotFound
from crowddesk.operations import decisions, people
from crowddesk.operations.scorecard import make_scorecard
from crowddesk.store.queries import WORKERS

Bench = Any


def test_the_figures_are_those_of_the_units(bench: Bench) -> None:
    first = bench.completed(20, "provider.people=4", "blueprint.units_per_assignment=3")
    second = bench.completed(5, "provider.people=4", "task.name=second")
    units = bench.units(first) + bench.units(second)
    mine = [u for u in units if u.worker_id == units[0].worker_id]
    worker = units[0].worker_id
    decisions.decide(bench.db, "approve", [u.id for u in mine[:3]])
    decisions.send(bench.db)
    bench.work_all()
    with bench.db.read() as conn:
        card = make_scorecard(conn, worker)
        row = WORKERS.rows(conn, [worker])[0]
    assert (card.name, card.answers, card.waiting) == (row.worker_name, len(mine), len(mine) - 3)
    assert (card.accepted, card.judged) == (3, 3)
    assert card.median_seconds == pytest.approx(statistics.median(u.seconds for u in mine))
    others: dict[int, list[str]] = {}
    for unit in units:
        others.setdefault(unit.assignment_id, []).append((unit.worker_id, unit.output["answer"]))
    compared = [(a, u.output["answer"]) for u in mine for w, a in others[u.assignment_id] if w != worker]
    assert card.compared == len(compared)
    assert card.agreeing == sum(a == b for a, b in compared)
    assert len(card.times) == len(mine)
    assert list(card.times) == sorted(card.times)
    wages = [u.pay_minor * 3600 / u.seconds for u in mine if u.seconds]
    assert card.wages == (("USD", round(statistics.median(wages))),)
    assert card.labels is not None
    assert sum(share.mine for share in card.labels.shares) == pytest.approx(1)
    assert {line.run_id for line in card.runs} <= {first, second}


def test_all_accounts_of_a_person_count(bench: Bench) -> None:
    run = bench.completed(20, "provider.people=4")
    units = bench.units(run)
    one, two = sorted({u.worker_id for u in units})[:2]
    people.merge(bench.db, [one, two], "Ada")
    with bench.db.read() as conn:
        cards = [make_scorecard(conn, worker) for worker in (one, two)]
    assert cards[0] == cards[1]
    assert (cards[0].name, len(cards[0].accounts)) == ("Ada", 2)
    assert cards[0].answers == sum(u.worker_id in (one, two) for u in units)


def test_nobody_and_nothing(bench: Bench) -> None:
    worker = int(bench.db.new_worker("new", "mock"))
    with bench.db.read() as conn:
        card = make_scorecard(conn, worker)
        assert (card.answers, card.times, card.labels, card.median_seconds) == (0, (), None, None)
        with pytest.raises(NotFound):
            make_scorecard(conn, 999)


def test_it_can_be_cancelled(bench: Bench) -> None:
    run = bench.completed(2)

    def stop(done: int, total: int) -> None:
        raise Cancelled("Cancelled.")

    with bench.db.read() as conn, pytest.raises(Cancelled):
        make_scorecard(conn, bench.units(run)[0].worker_id, stop)
