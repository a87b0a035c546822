"""Units on their way out: what a run's have in common, who their workers are, how their values are read."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import to_major, unit_kind
from crowddesk.operations.export import texts
from crowddesk.operations.export.columns import INPUT, OUTPUT, Column, Fields, field_names, unit_columns
from crowddesk.store.queries.answers import item_rows
from crowddesk.store.queries.exporting import RawUnit, raw_answers, raw_units

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE: Final = 60_000_000

Raw = tuple[Any, ...]
#: The places of a raw unit's texts.
DATA: Final = RawUnit._fields.index("data")
ANSWER: Final = RawUnit._fields.index("answer")


class NewField(Exception):
    """An answer has a field that no column was made for."""


@dataclass(slots=True)
class Source:
    """The units of one export. `workers`: id -> (what stands for the worker, the real name).

    `names`: real names go out too. `damaged` fills with the units whose texts could not be read.
    """

    conn: Connection
    run: Mapping[str, Any]
    ids: array[int] | None
    total: int
    workers: Mapping[int, tuple[str, str]]
    names: bool
    damaged: list[int] = field(default_factory=list)
    _bad: set[str] = field(default_factory=set)
    _given: Fields = field(default_factory=Fields)
    _said: Fields = field(default_factory=Fields)
    #: How many fields the answers may have; None: no columns were promised.
    _promised: int | None = None

    @property
    def run_id(self) -> int:
        return int(self.run["task_run_id"])

    def batches(self) -> Iterator[Sequence[Raw]]:
        """The units by id, each in the order of RawUnit's members."""
        return raw_units(self.conn, self.run_id, self.ids, self.total)

    def note_damaged(self, rows: Sequence[Raw]) -> None:
        """Keeps the ids of rows that hold a text which could not be read when it was rendered."""
        if self._bad:
            self.damaged += [r[0] for r in rows if r[DATA] in self._bad or r[ANSWER] in self._bad]

    def item(self, text: str) -> dict[str, Any]:
        """An item's columns."""
        return self._checked(text, texts.read(text))

    def answer(self, text: str) -> dict[str, Any]:
        """An answer's fields, without what names the worker unless names go out."""
        value = self._checked(text, texts.read(text) if self.names else texts.read_without_names(text))
        if self._promised is not None:
            self._said.add(value)
            if len(self._said) > self._promised:
                raise NewField
        return value

    def _checked(self, text: str, value: dict[str, Any]) -> dict[str, Any]:
        if texts.DAMAGED in value:
            self._bad.add(text)
        return value

    def find_columns(self, look: Callable[[], None], *, most: int | None = None) -> list[Column]:
        """The columns of a table of them: the fixed ones, every item's, every answer's.

        `most`: so many answers are asked, which is nearly always enough; an answer with another field then
        raises NewField when it is rendered. `look` is called now and then, and ends it by raising.
        """
        self._given, self._said, self._promised = Fields(), Fields(), None
        in_item, in_answer = _gathering(self._given, self.item), _gathering(self._said, self.answer)
        asked = 0
        wanted: set[int] | None = None if self.ids is None else set()
        for rows in raw_answers(self.conn, self.run_id, self.ids, self.total):
            for _, assignment, answer in rows:
                if wanted is not None:
                    wanted.add(assignment)
                if answer is not None:
                    in_answer[answer]
                    asked += 1
            look()
            if most is not None and asked >= most:
                break
        for assignment, _, data in item_rows(self.conn, self.run_id):
            if wanted is None or assignment in wanted:
                in_item[data]
        self._promised = len(self._said)
        return self.columns()

    def columns(self) -> list[Column]:
        """The columns that were found, with all that is known of what they hold by now."""
        return [*unit_columns(self.names), *self._given.columns(INPUT), *self._said.columns(OUTPUT)]


def _gathering(fields: Fields, read: Callable[[str], dict[str, Any]]) -> texts.Once[str, bool]:
    def add(text: str) -> bool:
        fields.add(read(text))
        return True

    return texts.Once(add)


def values_of(source: Source, columns: Sequence[Column]) -> Callable[[Raw], list[Any]]:
    """Turns a raw unit into its values in the order of the columns; what each kind holds is said there."""
    inputs, outputs = list(field_names(columns, INPUT)), list(field_names(columns, OUTPUT))
    run, nobody = source.run_id, [None] * (4 if source.names else 1)
    money, workers, names = amounts(), source.workers, source.names
    no_answer = [None] * len(outputs)

    def picked(read: Callable[[str], dict[str, Any]], wanted: list[str]) -> texts.Once[str, list[Any]]:
        return texts.Once(lambda text: [read(text).get(name) for name in wanted])

    item, answered = picked(source.item, inputs), picked(source.answer, outputs)

    def values(raw: Raw) -> list[Any]:
        unit = RawUnit._make(raw)
        who: list[Any] = nobody
        if unit.worker_id is not None:
            stands_for, name = workers.get(unit.worker_id, ("", ""))
            who = [stands_for, unit.agent_id, unit.worker_id, name] if names else [stands_for]
        pay, fee = money[unit.pay_minor, unit.fee_minor, unit.currency]
        return [
            unit.id, run, unit.assignment_id, unit.item_key, unit.unit_index, unit_kind(unit.unit_index),
            unit.status, unit.agent_status, unit.vendor_status, unit.dataset_status, *who, unit.launched_at,
            unit.submitted_at, unit.seconds, unit.active_seconds, pasted_names(unit.pasted), pay, fee,
            unit.currency, *item[unit.data], *(no_answer if unit.answer is None else answered[unit.answer]),
        ]  # fmt: skip

    return values


def pasted_names(text: str | None) -> list[str] | None:
    """The fields that something was pasted into; None where nobody could see it."""
    if text is None:
        return None
    found = texts.read(text).get("", text)
    return [str(name) for name in found] if isinstance(found, list) else [text]


#: Pay, fee (minor units) and currency: a run has few different ones.
Sums = tuple[int, int, str]


def amounts() -> texts.Once[Sums, tuple[str, str]]:
    """Pay and fee as text in major units."""
    return texts.Once(lambda key: (_plain(key[0], key[2]), _plain(key[1], key[2])))


def _plain(minor: int, currency: str) -> str:
    return f"{to_major(minor, currency)}"


def times() -> Callable[[int], str]:
    """Microseconds since 1970 as ISO 8601 in UTC; the part down to the minute is reckoned once."""
    minutes: texts.Once[int, str] = texts.Once(
        lambda minute: (_EPOCH + timedelta(minutes=minute)).isoformat()[:17]
    )

    def written(at: int) -> str:
        minute, rest = divmod(at, _MINUTE)
        second, micros = divmod(rest, 1_000_000)
        if micros:
            return f"{minutes[minute]}{second:02d}.{micros:06d}+00:00"
        return f"{minutes[minute]}{second:02d}+00:00"

    return written
