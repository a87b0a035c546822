"""People: accounts that are one person, notes and tags, hints who may be the same, messages with names.

Nothing here decides anything: hints are only offered. Any thread but the GUI's.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.language import say
from crowddesk.operations import decisions
from crowddesk.operations.message_text import fill
from crowddesk.store import identities, remarks
from crowddesk.store.identities import Joined
from crowddesk.store.queries import WORKERS
from crowddesk.store.queries.persons import NamedWorker, all_names, newest_answers
from crowddesk.store.remarks import NoteRow

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

#: A text of a worker that nobody else writes by chance has at least so many letters.
_TELLING: Final = 40
#: So many of the newest answers are compared for hints.
_ANSWERS: Final = 20_000
_PROLIFIC_ID: Final = re.compile(r"[0-9a-f]{24}")
_MAIL: Final = re.compile(r"([^@\s]{1,64})@([^@\s]{1,255})")


# --------------------------------------------------------------------------------------- one person


def merge(db: CrowdDatabase, worker_ids: Sequence[int], label: str = "") -> Joined:
    """Says that these accounts are one person. Raises BadInput, NotFound."""
    with db.write() as w:
        return identities.join(w, worker_ids, label)


def unmerge(db: CrowdDatabase, joined: Joined) -> list[int]:
    """Takes a merge back; returns the accounts that were moved."""
    with db.write() as w:
        return identities.part(w, joined)


def split(db: CrowdDatabase, worker_id: int) -> list[int]:
    """Takes an account out of its person; returns the accounts that stand for themselves now."""
    with db.write() as w:
        return identities.split(w, worker_id)


def label(db: CrowdDatabase, identity_id: int, words: str) -> str:
    """Gives a person another label; returns it as stored. Raises BadInput, NotFound."""
    with db.write() as w:
        return identities.rename(w, identity_id, words)


@dataclass(frozen=True, slots=True)
class Hint:
    """Accounts that may be one person, and why, as a sentence."""

    worker_ids: tuple[int, ...]
    names: tuple[str, ...]
    why: str


def find_hints(conn: Connection, most: int = 100) -> list[Hint]:
    """Accounts that look like one person and are not merged: the same name or text at several accounts.

    Reads every worker and the newest answers: a second or so at a million units. A job, not a reader's page.
    """
    known: dict[int, NamedWorker] = {}
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in all_names(conn):
        known[row.id] = row
        for key in _name_keys(row.worker_name):
            groups[key].append(row.id)
    for text, writers in _same_texts(conn):
        groups["text", text] += writers
    hints: dict[frozenset[int], Hint] = {}
    for (kind, value), members in groups.items():
        ids = tuple(i for i in dict.fromkeys(members) if i in known)
        persons = {known[i].identity_id or -i for i in ids}
        if len(persons) < 2 or len(ids) > 20:  # a sentence of the task itself is everybody's
            continue
        names = tuple(f"{known[i].worker_name} ({known[i].provider_type})" for i in ids)
        hints.setdefault(frozenset(ids), Hint(ids, names, _why(kind, value)))
        if len(hints) >= most:
            break
    return list(hints.values())


def _name_keys(name: str) -> Iterator[tuple[str, str]]:
    """What names of one person have in common."""
    plain = name.strip().lower()
    mail = _MAIL.fullmatch(plain)
    if mail is not None:
        yield "mail", f"{mail[1].partition('+')[0].replace('.', '')}@{mail[2]}"
    elif _PROLIFIC_ID.fullmatch(plain):
        yield "id", plain
    elif len(plain) > 1:
        yield "name", plain


def _why(kind: str, value: str) -> str:
    shown = value if len(value) <= 60 else f"{value[:59]}…"
    return {
        "mail": say("Their names are the same address: {shown}.", shown=shown),
        "id": say("They have the same Prolific id: {shown}.", shown=shown),
        "name": say("They have the same name: {shown}.", shown=shown),
        "text": say("They wrote the same words: “{shown}”.", shown=shown),
    }[kind]


def _same_texts(conn: Connection) -> Iterator[tuple[str, list[int]]]:
    """Long texts that several workers gave word for word, among the newest answers."""
    writers: dict[bytes, dict[int, None]] = defaultdict(dict)
    texts: dict[bytes, str] = {}
    for worker_id, answer in newest_answers(conn, longer_than=_TELLING, most=_ANSWERS):
        for text in _texts(answer):
            key = hashlib.blake2b(text.encode(), digest_size=16).digest()
            writers[key][worker_id] = None
            texts.setdefault(key, text)
    for key, ids in writers.items():
        if len(ids) > 1:
            yield texts[key], sorted(ids)


def _texts(answer: str) -> Iterator[str]:
    try:
        values = json.loads(answer)
    except ValueError:
        return
    for value in values.values() if isinstance(values, dict) else ():
        if isinstance(value, str):
            words = " ".join(value.split()).lower()
            if len(words) >= _TELLING and " " in words:
                yield words


# --------------------------------------------------------------------------------------- notes and tags


def note(db: CrowdDatabase, noun: str, row_id: int, text: str) -> int:
    """Writes a note about a worker, a unit or a run; returns its id. Raises BadInput, NotFound."""
    with db.write() as w:
        return remarks.add_note(w, noun, row_id, text)


def unnote(db: CrowdDatabase, note_id: int) -> NoteRow:
    """Takes a note away; returns what it said. Raises NotFound."""
    with db.write() as w:
        return remarks.remove_note(w, note_id)


def tag(db: CrowdDatabase, noun: str, ids: Sequence[int], word: str, on: bool = True) -> list[int]:
    """Puts a tag on rows, or takes it off; returns those that changed. Raises BadInput."""
    with db.write() as w:
        return remarks.set_tag(w, noun, ids, word, on)


# -------------------------------------------------------------------------------------------- messages


def write_to(
    db: CrowdDatabase,
    requester_id: int,
    worker_ids: Sequence[int],
    body: str,
    run_id: int | None,
    sequence: str,
    *,
    send_after: timedelta | None = None,
) -> decisions.Decided:
    """Records a message to each of these workers, its variables filled in for each, in one transaction.

    `sequence` is drawn when the dialog opens. People who are not at the account's vendor are left out and
    named. Raises BadInput as `decisions.send_message` and `message_text.fill` do.
    """
    account = db.get_requester(str(requester_id))
    run = "" if run_id is None else str(db.get_task_run(str(run_id))["title"])
    facts = {"run": run, "requester": account["requester_name"]}
    with db.read() as conn:
        rows = WORKERS.rows(conn, dict.fromkeys(worker_ids))
    words: dict[int, str] = {}
    skipped: list[tuple[int, str]] = []
    for row in rows:
        if row.provider_type == account["provider_type"]:
            words[row.id] = fill(body, {**facts, "name": row.worker_name})
        else:
            skipped.append((row.id, say("they are at another vendor")))
    done = decisions.send_message(
        db, requester_id, list(words), words, run_id, sequence, send_after=send_after
    )
    return decisions.Decided(done.action_ids, (*skipped, *done.skipped))
