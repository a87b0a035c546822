"""What people of this desk write about rows: notes, and tags (a unit's flag is the tag `flagged`).

A `noun` is `worker`, `unit` or `task_run`. Remarks never leave the desk. Writing one touches the row it is
about, so every table that shows the row asks for it again. Reads may come from any thread but the GUI's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crowddesk.domain import BadInput, NotFound, storable
from crowddesk.language import say
from crowddesk.store import tables as t
from crowddesk.store.transaction import Write, chunks

#: The tag that is shown as a unit's flag.
FLAGGED: Final = "flagged"
#: Characters of one note, of one tag, and tags on one row.
MOST_NOTE: Final = 10_000
MOST_WORD: Final = 40
MOST_TAGS: Final = 50

_TABLES: dict[str, type[Any]] = {"worker": t.Worker, "unit": t.Unit, "task_run": t.TaskRun}
_NOTE: sa.Table = t.Note.__table__  # type: ignore[attr-defined]
_TAG: sa.Table = t.Tag.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note; `created_at` is UTC, `created_by` who was at the desk."""

    id: int
    noun: str
    row_id: int
    text: str
    created_at: datetime
    created_by: str


def add_note(w: Write, noun: str, row_id: int, text: str) -> int:
    """Writes a note about a row and returns its id.

    Raises BadInput for an empty or too long text, NotFound when there is no such row.
    """
    table = _table(noun)
    kept = storable(text).strip()
    if not kept:
        raise BadInput(say("The note is empty. Write what you want to remember."))
    if len(kept) > MOST_NOTE:
        raise BadInput(
            say(
                "The note has {count:,} characters; {most_note:,} fit. Make it shorter.",
                count=len(kept),
                most_note=MOST_NOTE,
            )
        )
    if not _existing(w.conn, table, [row_id]):
        raise NotFound(say("There is no {noun} {row_id}.", noun=noun.replace("_", " "), row_id=row_id))
    row = {"noun": noun, "row_id": row_id, "text": kept, "created_at": w.at, "created_by": w.who}
    note_id = w.insert(t.Note, [row])[0]
    w.touch(table, [row_id])
    return note_id


def remove_note(w: Write, note_id: int) -> NoteRow:
    """Takes a note away and returns what it said. Raises NotFound."""
    found = w.conn.execute(sa.select(_NOTE).where(_NOTE.c.id == note_id)).first()
    if found is None:
        raise NotFound(say("There is no note {note_id}: it was removed already.", note_id=note_id))
    w.conn.execute(sa.delete(t.Note).where(_NOTE.c.id == note_id))
    w.touch(t.Note, [note_id])
    w.touch(_table(found.noun), [found.row_id])
    return NoteRow(*found)


def notes_of(conn: Connection, noun: str, ids: Iterable[int]) -> list[NoteRow]:
    """The notes about these rows, the newest first."""
    _table(noun)
    found: list[NoteRow] = []
    for part in chunks(list(ids)):
        query = sa.select(_NOTE).where(_NOTE.c.noun == noun, _NOTE.c.row_id.in_(part))
        found += (NoteRow(*row) for row in conn.execute(query))
    return sorted(found, key=lambda note: note.id, reverse=True)


def fold_word(word: str) -> str:
    """A tag in the letters that it would be stored in, for looking one up that may never have been kept."""
    return " ".join(storable(word).split()).lower()


def read_word(word: str) -> str:
    """A tag as it is stored: small letters, single spaces. Raises BadInput saying what a tag may be."""
    kept = fold_word(word)
    if not kept:
        raise BadInput(say("The tag is empty. Write a word, such as spammer or expert."))
    if len(kept) > MOST_WORD:
        raise BadInput(
            say(
                "The tag “{kept}…” is too long: {most_word} characters fit.",
                kept=kept[:MOST_WORD],
                most_word=MOST_WORD,
            )
        )
    if any(c in ',"*' or not c.isprintable() for c in kept):
        raise BadInput(
            say(
                "The tag “{kept}” has a comma, a quote or a *. Use letters, digits, spaces, - and _.",
                kept=kept,
            )
        )
    return kept


def set_tag(w: Write, noun: str, ids: Sequence[int], word: str, on: bool) -> list[int]:
    """Puts a tag on rows, or takes it off; returns the ids that changed.

    Raises BadInput for a word that is no tag and for a row that has too many.
    """
    table, kept = _table(noun), read_word(word)
    changed: list[int] = []
    for part in chunks(list(dict.fromkeys(ids))):
        mine = (_TAG.c.noun == noun, _TAG.c.word == kept, _TAG.c.row_id.in_(part))
        have = {
            row.row_id: row.id for row in w.conn.execute(sa.select(_TAG.c.id, _TAG.c.row_id).where(*mine))
        }
        if not on:
            w.conn.execute(sa.delete(t.Tag).where(*mine))
            w.touch(t.Tag, have.values())
            changed += have
            continue
        new = [i for i in _existing(w.conn, table, part) if i not in have]
        _check_room(w.conn, noun, new)
        made = {"noun": noun, "word": kept, "created_at": w.at, "created_by": w.who}
        w.insert(t.Tag, [{**made, "row_id": i} for i in new])
        changed += new
    w.touch(table, changed)
    return changed


def tags_of(conn: Connection, noun: str, ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The tags of each of these rows, in order of the alphabet; rows without one are left out."""
    _table(noun)
    found: dict[int, list[str]] = defaultdict(list)
    for part in chunks(list(ids)):
        query = sa.select(_TAG.c.row_id, _TAG.c.word).where(_TAG.c.noun == noun, _TAG.c.row_id.in_(part))
        for row_id, word in conn.execute(query):
            found[row_id].append(word)
    return {row_id: tuple(sorted(words)) for row_id, words in found.items()}


def words_of(conn: Connection, noun: str, most: int = 200) -> list[tuple[str, int]]:
    """The tags that are in use on a noun and on how many rows each, most first: for completion."""
    count = sa.func.count()
    query = (
        sa.select(_TAG.c.word, count)
        .where(_TAG.c.noun == noun)
        .group_by(_TAG.c.word)
        .order_by(count.desc(), _TAG.c.word)
        .limit(most)
    )
    return [(word, int(rows)) for word, rows in conn.execute(query)]


def tagged(conn: Connection, noun: str, words: Iterable[str]) -> set[int]:
    """The rows that have any of these tags."""
    query = sa.select(_TAG.c.row_id).where(
        _TAG.c.noun == noun, _TAG.c.word.in_([read_word(x) for x in words])
    )
    return set(conn.execute(query).scalars())


# --------------------------------------------------------------------------------------------- inside


def _table(noun: str) -> type[Any]:
    if noun not in _TABLES:
        raise ValueError(f"nobody writes remarks about a {noun}: use {', '.join(_TABLES)}")
    return _TABLES[noun]


def _existing(conn: Connection, table: type[Any], ids: Sequence[int]) -> list[int]:
    key = table.__table__.c.id
    there = set(conn.execute(sa.select(key).where(key.in_(ids))).scalars())
    return [i for i in ids if i in there]


def _check_room(conn: Connection, noun: str, ids: Sequence[int]) -> None:
    count = sa.func.count()
    query = sa.select(_TAG.c.row_id).where(_TAG.c.noun == noun, _TAG.c.row_id.in_(ids))
    full = conn.execute(query.group_by(_TAG.c.row_id).having(count >= MOST_TAGS).limit(1)).scalar()
    if full is not None:
        raise BadInput(
            say(
                "The {noun} {row_id} has {most_tags} tags already. Take one off first.",
                noun=noun.replace("_", " "),
                row_id=full,
                most_tags=MOST_TAGS,
            )
        )
