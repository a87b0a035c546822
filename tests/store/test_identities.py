"""One person behind several accounts: joined, parted, split, and what the journal keeps of it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crowddesk.domain import BadInput, NotFound
from crowddesk.store import identities, journal
from crowddesk.store import tables as t
from crowddesk.store.database import Database
from tests.store.conftest import World


@pytest.fixture
def people(any_db: Database) -> tuple[Database, list[int]]:
    return any_db, World(any_db).workers("A1", "A2", "A3", "A4", "A5")


def groups(db: Database) -> set[frozenset[int]]:
    with db.read() as conn:
        return {frozenset(m.worker_id for m in p.members) for p in identities.list_people(conn)}


def join(db: Database, *ids: int, label: str = "") -> identities.Joined:
    with db.write() as w:
        return identities.join(w, ids, label)


def test_accounts_are_joined_with_everybody_they_were_joined_with(people: tuple[Database, list[int]]) -> None:
    db, (a, b, c, d, e) = people
    first = join(db, a, b, label=" Ada \n L. ")
    second = join(db, c, d)
    assert groups(db) == {frozenset({a, b}), frozenset({c, d})}
    joined = join(db, b, d, e)
    assert joined.identity_id == first.identity_id
    assert joined.before == {c: second.identity_id, d: second.identity_id, e: None}
    assert groups(db) == {frozenset({a, b, c, d, e})}
    with db.read() as conn:
        person = identities.people_of(conn, [e])[e]
        assert person.label == "Ada L."
        assert identities.accounts_of(conn, [c]) == {a, b, c, d, e}
        assert identities.count_people(conn, [a, b, c]) == 1
        touched = journal.follow(conn, 0)[-1].tables
    assert set(touched["worker"]) == {a, b, c, d, e}
    assert "identity" in touched


def test_taking_a_merge_back_restores_who_was_with_whom(people: tuple[Database, list[int]]) -> None:
    db, (a, b, c, d, e) = people
    join(db, a, b)
    join(db, c, d, label="Grace")
    joined = join(db, a, c, e)
    with db.write() as w:
        assert identities.part(w, joined) == [c, d, e]
    assert groups(db) == {frozenset({a, b}), frozenset({c, d})}
    with db.read() as conn:
        assert identities.people_of(conn, [c])[c].label == "Grace"
    with db.write() as w:  # a second time there is nothing to take back
        assert identities.part(w, joined) == []
    assert groups(db) == {frozenset({a, b}), frozenset({c, d})}


def test_taking_a_merge_back_gives_the_person_their_label_back(people: tuple[Database, list[int]]) -> None:
    db, (a, b, c, d, _) = people

    def called(worker: int) -> str:
        with db.read() as conn:
            return identities.people_of(conn, [worker])[worker].label

    join(db, a, b, label="Ada")
    joined = join(db, a, c, label="Grace")
    assert called(a) == "Grace"
    with db.write() as w:
        identities.part(w, joined)
    assert (called(a), groups(db)) == ("Ada", {frozenset({a, b})})
    joined = join(db, b, d, label="Joan")
    with db.write() as w:
        identities.rename(w, joined.identity_id, "Joan B.")  # somebody else, meanwhile
        identities.part(w, joined)
    assert (called(a), groups(db)) == ("Joan B.", {frozenset({a, b})})


def test_a_label_longer_than_one_may_write_comes_back_too(any_db: Database) -> None:
    name = "x" * (identities.MOST_LABEL + 50)  # who is merged without a label is called as their account is
    a, b, c = World(any_db).workers(name, "A2", "A3")
    join(any_db, a, b)
    joined = join(any_db, a, c, label="Ada")
    with any_db.write() as w:
        identities.part(w, joined)
    with any_db.read() as conn:
        assert identities.people_of(conn, [a])[a].label == name


def test_taking_a_merge_of_two_back_leaves_no_identity(people: tuple[Database, list[int]]) -> None:
    db, (a, b, *_) = people
    joined = join(db, a, b)
    with db.write() as w:
        identities.part(w, joined)
    assert groups(db) == set()
    with db.read() as conn:
        assert identities.people_of(conn, [a, b]) == {}


def test_an_account_that_is_split_out_leaves_no_identity_of_one(people: tuple[Database, list[int]]) -> None:
    db, (a, b, c, *_) = people
    join(db, a, b, c)
    with db.write() as w:
        assert identities.split(w, b) == [b]
    assert groups(db) == {frozenset({a, c})}
    with db.write() as w:
        assert identities.split(w, a) == [a, c]
    assert groups(db) == set()
    with pytest.raises(BadInput, match="A1 is not merged"), db.write() as w:
        identities.split(w, a)


def test_the_history_says_who_when_from_what_to_what(people: tuple[Database, list[int]]) -> None:
    db, (a, b, c, d, _) = people
    joined = join(db, a, b)
    join(db, c, d)
    with db.write() as w:
        identities.rename(w, joined.identity_id, "Ada")
    with db.write() as w:
        identities.split(w, a)
    with db.read() as conn:
        moves = identities.history(conn, [a])
        assert [(m.worker_name, m.old, m.new) for m in moves] == [
            ("A1", joined.identity_id, None),
            ("", joined.identity_id, joined.identity_id),
            ("A1", None, joined.identity_id),
        ]
        assert {m.who for m in moves} == {"tester"}
        assert len(identities.history(conn)) == 7
        assert journal.verify(conn).ok
        # Names stay outside the hash, so that a person can be erased.
        events = conn.execute(t.StatusEvent.__table__.select()).all()  # type: ignore[attr-defined]
        assert not any("Ada" in str(tuple(row)) for row in events)


def test_what_cannot_be_joined_is_refused(people: tuple[Database, list[int]]) -> None:
    db, (a, b, c, *_) = people
    join(db, a, b)
    for ids, error in (([a], BadInput), ([a, a], BadInput), ([a, b], BadInput), ([a, 99], NotFound)):
        with pytest.raises(error):
            join(db, *ids)
    for label in ("x" * 101, " \n "):
        with pytest.raises(BadInput):
            join(db, a, c, label=label)
    with pytest.raises(NotFound), db.write() as w:
        identities.rename(w, 99, "nobody")
    with pytest.raises(NotFound), db.write() as w:
        identities.split(w, 99)
    assert groups(db) == {frozenset({a, b})}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_accounts_are_always_in_one_group_of_two_or_more(db: Database, data: st.DataObject) -> None:
    workers = World(db).workers(*(f"W{next(_NAMES)}" for _ in range(6)))
    model = {worker: frozenset({worker}) for worker in workers}
    for _ in range(data.draw(st.integers(1, 8))):
        ids = data.draw(st.lists(st.sampled_from(workers), min_size=1, max_size=3, unique=True))
        try:
            with db.write() as w:
                if data.draw(st.booleans()):
                    identities.join(w, ids)
                    whole = frozenset().union(*(model[i] for i in ids))
                    model.update(dict.fromkeys(whole, whole))
                else:
                    identities.split(w, ids[0])
                    rest = model[ids[0]] - {ids[0]}
                    model.update(dict.fromkeys(rest, rest))
                    model[ids[0]] = frozenset({ids[0]})
        except BadInput:
            pass
    mine = {g for g in groups(db) if g & set(workers)}
    assert mine == {g for g in model.values() if len(g) > 1}


_NAMES = iter(range(10**9))
