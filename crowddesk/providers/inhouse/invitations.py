"""Who may come to a run: the people of its list, their codes, and who somebody is by a code or a name.

A name is one person, however it is written: spaces, case and the composition of letters make no difference.
Lists and names are rows of the shared database. Every function may be called from any thread but the GUI's.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from crowddesk.blueprints.data_files import Problems, read_table
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.providers.base import Invitation
from crowddesk.providers.inhouse.pay_list import store_of

#: No letter or digit that is taken for another when it is read out or copied by hand.
ALPHABET: Final = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
_CODE_LENGTH: Final = 12
_SHORTEST_CODE: Final = 8
LONGEST: Final = 80
_JOINERS: Final = frozenset("\u200c\u200d")  # part of names in Persian, Hindi and other languages
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Person:
    """One line of a list: a name, and the code that was given, if one was."""

    name: str
    code: str | None = None


def clean_name(text: str) -> str:
    """A name as it is kept: trimmed, spaces folded, letters composed. BadInput for what is no name."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not name.strip("\u200c\u200d"):
        raise BadInput(say("A name cannot be empty."))
    if len(name) > LONGEST:
        raise BadInput(
            say(
                "A name has at most {longest} characters; this one has {count}.",
                longest=LONGEST,
                count=len(name),
            )
        )
    if any(unicodedata.category(c) in _HIDDEN and c not in _JOINERS for c in name):
        raise BadInput(say("A name cannot hold control characters."))
    return name


def fold(name: str) -> str:
    """What two ways of writing one name have in common."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", " ".join(name.split())).casefold())


def clean_code(text: str) -> str:
    """A code without what is forgiven when it is typed: case, dashes, spaces."""
    kept = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in kept if not c.isspace() and unicodedata.category(c) != "Pd")


def read_people(path: Path) -> list[Person]:
    """The people in a table with the column `name` and perhaps `code`; other columns are left alone.

    A code may stand in a link as it is. Raises BadInput with every fault and its line: empty or repeated
    names, short or repeated codes.
    """
    table = read_table(path, need=("name",))
    problems = Problems()
    people: list[Person] = []
    names: dict[str, int] = {}
    codes: dict[str, int] = {}
    for row in table.items(problems):
        place = table.place(row.line)
        try:
            name = clean_name(row.values["name"])
        except BadInput as error:
            problems.add(place, str(error))
            continue
        first = names.setdefault(fold(name), row.line)
        if first != row.line:
            problems.add(
                place,
                say(
                    "{name!r} is at line {first} already. Tell the two apart by their names.",
                    name=name,
                    first=first,
                ),
            )
        given = row.values.get("code", "").strip()
        code = clean_code(given)
        if given and not all(c.isalnum() or c == "-" for c in given):
            problems.add(
                place, say("the code of {name!r} may hold letters, digits and dashes only.", name=name)
            )
        elif given and len(code) < _SHORTEST_CODE:
            problems.add(
                place,
                say(
                    "the code of {name!r} is too short: use {least} characters or more, or none.",
                    name=name,
                    least=_SHORTEST_CODE,
                ),
            )
        elif given and codes.setdefault(code, row.line) != row.line:
            problems.add(
                place, say("the code of {name!r} is that of line {line} too.", name=name, line=codes[code])
            )
        people.append(Person(name, given or None))
    problems.raise_errors()
    return people


class GuestList:
    """The people of one run. Rows are `people/RUN/NAME`, so that each person is there once."""

    def __init__(self, db: CrowdDatabase, run_id: str) -> None:
        self._db = db
        self._store = store_of(db)
        self._prefix = f"people/{run_id}/"

    def add(self, people: Sequence[Person]) -> int:
        """Adds people; who is on the list keeps their code, who was taken off it is on it again.

        Returns how many were new. Raises BadInput for a code that somebody else has, and adds nobody then.
        """
        new = 0
        with self._db.write():
            rows = self._rows()
            owners = {clean_code(row["code"]): key for key, row in rows.items()}
            for person in people:
                key = fold(person.name)
                row = rows.get(key)
                if row is not None and not row["removed"]:
                    continue
                code = person.code or (row or {}).get("code") or _new_code()
                owner = owners.setdefault(clean_code(code), key)
                if owner != key:
                    raise BadInput(
                        say(
                            "The code of {name!r} is that of {other!r} already.",
                            name=person.name,
                            other=rows[owner]["name"],
                        )
                    )
                came = bool(row and row["came"])
                rows[key] = {"name": person.name, "code": code, "came": came, "removed": False}
                self._store.set(self._prefix + key, rows[key])
                new += 1
        return new

    def remove(self, name: str) -> bool:
        """Takes a person off the list, code and all; False when they are not on it."""
        with self._db.write():
            key = fold(name)
            row = self._rows().get(key)
            if row is None or row["removed"]:
                return False
            self._store.set(self._prefix + key, {**row, "removed": True})
        return True

    def by_code(self, typed: str) -> dict[str, Any] | None:
        """The person whose code this is; every code is compared, in a time that tells nothing."""
        given = clean_code(typed).encode()
        found: dict[str, Any] | None = None
        for row in self._rows().values():
            if hmac.compare_digest(clean_code(row["code"]).encode(), given):
                found = row
        return found

    def by_name(self, typed: str) -> dict[str, Any] | None:
        """The person of that name."""
        key = fold(typed)
        row: dict[str, Any] | None = self._store.get(self._prefix + key)
        return row

    def note_came(self, name: str) -> None:
        """Remembers that a person has signed in."""
        row = self.by_name(name)
        if row is not None and not row["came"]:
            with self._db.write():
                self._store.set(self._prefix + fold(name), {**row, "came": True})

    def invitations(self) -> list[Invitation]:
        """Everybody who may come, by name."""
        rows = [row for row in self._rows().values() if not row["removed"]]
        rows.sort(key=lambda row: fold(row["name"]))
        return [Invitation(row["name"], row["code"], row["came"]) for row in rows]

    def _rows(self) -> dict[str, dict[str, Any]]:
        return {name.removeprefix(self._prefix): row for name, row in self._store.all(self._prefix).items()}


def _new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(_CODE_LENGTH))
