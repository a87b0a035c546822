"""Saved views: kept per person and list, in the order they were put in, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput, NotFound
from crowddesk.store import tables as t
from crowddesk.store import views
from crowddesk.store.database import Database
from crowddesk.store.views import move_view, remove_view, rename_view, save_view, views_of


def names(db: Database, noun: str = "units", owner: str = "ada") -> list[str]:
    with db.read() as conn:
        return [view.name for view in views_of(conn, owner, noun)]


def add(db: Database, name: str, search: str = "status:completed", noun: str = "units", **more) -> int:
    with db.write() as w:
        return save_view(w, more.pop("owner", "ada"), noun, name, search, **more)


def test_a_view_keeps_search_order_and_columns(any_db: Database) -> None:
    columns = [{"key": "id", "width": 70, "hidden": False}]
    add(any_db, " To  judge ", "status:completed due:3d ", sort="due", descending=True, columns=columns)
    with any_db.read() as conn:
        [view] = views_of(conn, "ada")
    assert (view.name, view.search, view.sort, view.descending) == (
        "To judge", "status:completed due:3d", "due", True,
    )  # fmt: skip
    assert list(view.columns) == columns


def test_the_same_name_is_the_same_view(any_db: Database) -> None:
    first = add(any_db, "Mine")
    assert add(any_db, "Mine", "status:rejected") == first
    with any_db.read() as conn:
        assert [v.search for v in views_of(conn, "ada")] == ["status:rejected"]


def test_views_are_of_one_person_and_one_list(any_db: Database) -> None:
    add(any_db, "Mine")
    add(any_db, "Mine", "state:live", "runs")
    add(any_db, "Mine", owner="bob")
    assert names(any_db) == names(any_db, "runs") == names(any_db, owner="bob") == ["Mine"]
    with any_db.read() as conn:
        assert [v.noun for v in views_of(conn, "ada")] == ["runs", "units"]


def test_they_are_renamed_moved_and_removed(any_db: Database) -> None:
    a, b, c = (add(any_db, name) for name in "abc")
    with any_db.write() as w:
        move_view(w, c, -1)
    assert names(any_db) == ["a", "c", "b"]
    with any_db.write() as w:
        move_view(w, a, 9)
        rename_view(w, b, "B")
    assert names(any_db) == ["c", "B", "a"]
    with any_db.write() as w, pytest.raises(BadInput, match="There is a view 'B' already"):
        rename_view(w, a, "B")
    with any_db.write() as w:
        remove_view(w, c)
        remove_view(w, c)
    assert names(any_db) == ["B", "a"]
    with any_db.write() as w, pytest.raises(NotFound, match="not there any more"):
        move_view(w, c, 1)


@pytest.mark.parametrize(
    ("name", "search", "noun", "words"),
    [
        (" ", "", "units", "name"),
        ("x" * 61, "", "units", "60"),
        ("a\u202eb", "", "units", "can be seen"),
        ("a\udc00", "", "units", "can be seen"),
        ("a", "statsu:done", "units", "statsu"),
        ("a", "x" * 2_001, "units", "2,000"),
        ("a", "", "elephants", "elephants"),
    ],
)
def test_what_is_no_view_is_refused(db: Database, name: str, search: str, noun: str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        add(db, name, search, noun)
    assert names(db) == []


def test_there_is_an_end_to_them(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST", 2)
    add(db, "a")
    add(db, "b")
    with pytest.raises(BadInput, match="Remove one first"):
        add(db, "c")
    add(db, "b", "status:rejected")  # one of that name is no further one


def test_each_change_is_told_to_who_shows_them(db: Database) -> None:
    made = add(db, "a")
    with db.read() as conn:
        touched = conn.execute(sa.select(t.Journal.touched)).scalars().all()[-1]
    assert "saved_view" in touched
    with db.write() as w:
        remove_view(w, made)
    with db.read() as conn:
        touched = conn.execute(sa.select(t.Journal.touched)).scalars().all()[-1]
    assert "saved_view" in touched


@given(st.text(max_size=80))
def test_damaged_columns_are_no_columns(text: str) -> None:
    assert all(isinstance(column, dict) for column in views._columns(text))
