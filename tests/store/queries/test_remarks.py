"""Searching by tags, notes, flags and identities, and what lists say of them."""

from __future__ import annotations

import pytest

from crowddesk.store import identities, remarks
from crowddesk.store.database import Database
from crowddesk.store.queries import UNITS, WORKERS
from tests.store.conftest import World


@pytest.fixture
def desk(any_world: World) -> tuple[Database, list[int], list[int]]:
    world = any_world
    requester = world.requester()
    units = world.units(world.run(requester), requester, items=4)
    workers = world.workers("A1", "A2", "P9")
    for unit, worker in zip(units, (workers[0], workers[1], workers[2]), strict=False):
        world.answer(unit, worker)
    with world.db.write() as w:
        identities.join(w, workers[:2], "Ada L.")
        remarks.set_tag(w, "worker", [workers[0]], "expert", True)
        remarks.set_tag(w, "worker", [workers[2]], "experienced", True)
        remarks.add_note(w, "worker", workers[2], "Wrote a kind mail")
        remarks.set_tag(w, "unit", units[:2], remarks.FLAGGED, True)
        remarks.set_tag(w, "unit", [units[3]], "odd one", True)
        remarks.add_note(w, "unit", units[2], "compare with 100% of the others")
    return world.db, units, workers


def find(db: Database, listing: object, text: str) -> list[int]:
    with db.read() as conn:
        search = listing.parse(text)  # type: ignore[attr-defined]
        ids = list(listing.ids(conn, search))  # type: ignore[attr-defined]
        assert listing.count(conn, search) == len(ids)  # type: ignore[attr-defined]
        return ids


def test_workers_are_found_by_tag_note_and_identity(desk: tuple[Database, list[int], list[int]]) -> None:
    db, _, (one, two, three) = desk
    for text, wanted in (
        ("tag:expert", [one]),
        ("tag:EXPERT", [one]),
        ("tag:exp*", [one, three]),
        ("-tag:expert", [two, three]),
        ("tag:expert,experienced", [one, three]),
        ("note:KIND", [three]),
        ("note:*", [three]),
        ("-note:*", [one, two]),
        ('identity:"Ada L."', [one, two]),
        ("identity:ada*", [one, two]),
        ("identity:*", [one, two]),
        ("-identity:*", [three]),
        ("identity:1", [one, two]),
        ("identity:nobody", []),
        ('identity:"Ada L." tag:expert', [one]),
    ):
        assert find(db, WORKERS, text) == wanted, text
    with db.read() as conn:
        rows = WORKERS.rows(conn, [one, three])
    assert (rows[0].person, rows[0].accounts, rows[0].tags, rows[0].notes) == ("Ada L.", 2, ("expert",), 0)
    assert (rows[1].person, rows[1].accounts, rows[1].tags, rows[1].notes) == ("", 1, ("experienced",), 1)


def test_units_are_found_by_tag_flag_note_and_person(desk: tuple[Database, list[int], list[int]]) -> None:
    db, units, _ = desk
    for text, wanted in (
        ("flagged:yes", units[:2]),
        ("flagged:no", units[2:]),
        ("-flagged:yes", units[2:]),
        ("flagged:yes,no", units),
        ("tag:flagged", units[:2]),
        ('tag:"odd one"', [units[3]]),
        ("note:100%", [units[2]]),
        ("note:10_%", []),
        ("identity:ada*", units[:2]),
        ("flagged:yes worker:A2", [units[1]]),
    ):
        assert find(db, UNITS, text) == wanted, text
    with db.read() as conn:
        assert [row.tags for row in UNITS.rows(conn, units)] == [("flagged",), ("flagged",), (), ("odd one",)]
