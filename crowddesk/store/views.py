"""Saved views: a search that somebody keeps under a name, with the order and the columns it is read in."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import BadInput, NotFound, storable
from crowddesk.language import say
from crowddesk.store import search as s
from crowddesk.store import tables as t
from crowddesk.store.transaction import Write

LONGEST_NAME: Final = 60
#: So many views a person and list: more are no help, and each is counted.
MOST: Final = 50
_LONGEST_SEARCH: Final = 2_000

_VIEW: sa.Table = t.SavedView.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One saved view. `columns` are what the list's head keeps of order, width and choice; empty: its own."""

    id: int
    owner: str
    noun: str
    name: str
    search: str
    sort: str
    descending: bool
    columns: tuple[Mapping[str, Any], ...]
    position: int


def views_of(conn: Connection, owner: str, noun: str | None = None) -> list[ViewRow]:
    """The views of one person, of one list or of all, in the order they were put in."""
    query = sa.select(_VIEW).where(_VIEW.c.owner == owner)
    if noun is not None:
        query = query.where(_VIEW.c.noun == noun)
    rows = conn.execute(query.order_by(_VIEW.c.noun, _VIEW.c.position, _VIEW.c.id)).mappings()
    return [
        ViewRow(
            row["id"], row["owner"], row["noun"], row["name"], row["search"], row["sort"],
            bool(row["descending"]), _columns(row["columns"]), row["position"],
        )
        for row in rows
    ]  # fmt: skip


def save_view(
    w: Write,
    owner: str,
    noun: str,
    name: str,
    search: str,
    *,
    sort: str = "",
    descending: bool = False,
    columns: Sequence[Mapping[str, Any]] = (),
) -> int:
    """Keeps a search under a name, in the place of one of that name; its id.

    Raises BadInput for a name that is none, a search that cannot be read, or one view too many.
    """
    name = _checked_name(name)
    if noun not in s.FIELDS:
        raise BadInput(say("There is no list of {noun}.", noun=noun))
    if len(search) > _LONGEST_SEARCH:
        raise BadInput(
            say("A search has at most {longest_search:,} characters.", longest_search=_LONGEST_SEARCH)
        )
    s.parse(search, noun)
    values = {
        "search": storable(search.strip()),
        "sort": sort,
        "descending": descending,
        "columns": json.dumps([dict(column) for column in columns]),
    }
    mine = views_of(w.conn, owner, noun)
    same = next((view for view in mine if view.name == name), None)
    if same is not None:
        w.update(t.SavedView, [same.id], **values)
        return same.id
    if len(mine) >= MOST:
        raise BadInput(say("There are {most} views of this list already. Remove one first.", most=MOST))
    place = 1 + max((view.position for view in mine), default=0)
    return w.insert(
        t.SavedView,
        [{"owner": owner, "noun": noun, "name": name, "position": place, "created_at": w.at, **values}],
    )[0]


def rename_view(w: Write, view_id: int, name: str) -> None:
    """Gives a view another name. Raises BadInput where the list has one of that name, NotFound."""
    name = _checked_name(name)
    view = _view(w.conn, view_id)
    if any(v.name == name and v.id != view_id for v in views_of(w.conn, view.owner, view.noun)):
        raise BadInput(say("There is a view {name!r} already.", name=name))
    w.update(t.SavedView, [view_id], name=name)


def move_view(w: Write, view_id: int, by: int) -> None:
    """Moves a view so many places down in its list's views, up with a negative number. Raises NotFound."""
    view = _view(w.conn, view_id)
    order = [v.id for v in views_of(w.conn, view.owner, view.noun)]
    at = order.index(view_id)
    order.insert(min(max(0, at + by), len(order) - 1), order.pop(at))
    w.update_each(t.SavedView, [{"id": i, "position": place} for place, i in enumerate(order, 1)])


def remove_view(w: Write, view_id: int) -> None:
    """Forgets a view; one that is gone already is none."""
    w.conn.execute(sa.delete(t.SavedView).where(_VIEW.c.id == view_id))
    w.touch(t.SavedView, [view_id])


def _view(conn: Connection, view_id: int) -> ViewRow:
    owner = conn.execute(sa.select(_VIEW.c.owner).where(_VIEW.c.id == view_id)).scalar()
    found = [] if owner is None else [v for v in views_of(conn, owner) if v.id == view_id]
    if not found:
        raise NotFound(say("This view is not there any more."))
    return found[0]


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise BadInput(say("Give the view a name."))
    if len(name) > LONGEST_NAME:
        raise BadInput(say("A view's name has at most {longest_name} characters.", longest_name=LONGEST_NAME))
    if not name.isprintable():
        raise BadInput(say("A view's name has only letters, digits and signs that can be seen."))
    return name


def _columns(text: str) -> tuple[Mapping[str, Any], ...]:
    """What is damaged is left out: the list then shows its own columns."""
    try:
        found = json.loads(text)
    except ValueError:
        return ()
    return tuple(column for column in found if isinstance(column, dict)) if isinstance(found, list) else ()
