"""What Prolific answers, as frozen values: its JSON read once, and checked while it is read.

Amounts are minor units, times are aware. What an answer need not say is None or empty; what is missing or
of the wrong type raises Unreadable, which the client turns into one of its errors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

from crowddesk.domain import round_half_up
from crowddesk.language import mark, say

_Read = TypeVar("_Read")
_MOST: Final = 2**62


class Unreadable(ValueError):
    """An answer is not what the document promises; the text says which part."""


class Fields:
    """A JSON object, asked for one field at a time."""

    def __init__(self, data: object, what: str) -> None:
        if not isinstance(data, Mapping):
            raise Unreadable(f"{what} is {_kind(data)}")
        self.data: Mapping[str, Any] = data
        self._what = what

    def text(self, name: str, otherwise: str | None = None) -> str:
        """A text that must be there unless there is an `otherwise`."""
        value = self.data.get(name)
        if value is None and otherwise is not None:
            return otherwise
        if not isinstance(value, str):
            raise self._wrong(name, value)
        return value

    def some_text(self, name: str) -> str | None:
        """A text, or None."""
        return None if self.data.get(name) is None else self.text(name)

    def number(self, name: str, otherwise: int | None = None) -> int:
        """A number of minor units or of things, rounded half up where it has a fraction."""
        value = self.data.get(name)
        if value is None and otherwise is not None:
            return otherwise
        return self._whole(name, value)

    def numbers(self, name: str) -> tuple[int, ...]:
        """A list of numbers; empty where there is none."""
        return tuple(self._whole(name, value) for value in self._list(name))

    def time(self, name: str) -> datetime | None:
        """A time, or None; one without a zone is UTC, as Prolific's are."""
        text = self.some_text(name)
        if not text:
            return None
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            raise self._wrong(name, text) from None
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found

    def yes(self, name: str) -> bool:
        """True only where it says so."""
        return self.data.get(name) is True

    def inner(self, name: str) -> Fields:
        """An object; an empty one where there is none."""
        value = self.data.get(name)
        return Fields(
            {} if value is None else value, say("{what}'s {field}", what=say(self._what), field=name)
        )

    def each(self, name: str, read: Callable[[object], _Read]) -> tuple[_Read, ...]:
        """A list, read an item at a time; empty where there is none."""
        return tuple(read(item) for item in self._list(name))

    def _list(self, name: str) -> list[Any]:
        value = self.data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self._wrong(name, value)
        return value

    def _whole(self, name: str, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int | float) or not -_MOST < value < _MOST:
            raise self._wrong(name, value)
        return value if isinstance(value, int) else round_half_up(Decimal(repr(value)))

    def _wrong(self, name: str, value: object) -> Unreadable:
        return Unreadable(
            say("{what} has {kind} as {name}", what=say(self._what), kind=_kind(value), name=name)
        )


def _kind(value: object) -> str:
    kinds = {dict: say("an object"), list: say("a list"), str: say("this text"), bool: say("yes or no")}
    return say("nothing") if value is None else kinds.get(type(value), say("a number that cannot be"))


def as_object(data: object) -> dict[str, Any]:
    """An answer as it came, for what is only handed on."""
    return dict(Fields(data, mark("the answer")).data)


# ------------------------------------------------------------------------------------------- accounts


@dataclass(frozen=True, slots=True)
class Me:
    """Whose token it is."""

    id: str
    email: str

    @classmethod
    def read(cls, data: object) -> Me:
        fields = Fields(data, mark("the account"))
        return cls(fields.text("id"), fields.text("email", ""))


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace or a project."""

    id: str
    title: str

    @classmethod
    def read(cls, data: object) -> Place:
        fields = Fields(data, mark("a workspace or project"))
        return cls(fields.text("id"), fields.text("title", ""))


@dataclass(frozen=True, slots=True)
class Balance:
    """A workspace's wallet: everything in it, and what no study has reserved."""

    currency: str
    total: int
    available: int

    @classmethod
    def read(cls, data: object) -> Balance:
        fields = Fields(data, mark("the balance"))
        available = fields.number("available_balance")
        return cls(fields.text("currency_code"), fields.number("total_balance", available), available)


@dataclass(frozen=True, slots=True)
class WageAdvice:
    """What Prolific asks at least, and recommends, for an hour."""

    currency: str
    min_per_hour: int
    recommended_per_hour: int

    @classmethod
    def read(cls, data: object) -> WageAdvice:
        fields = Fields(data, mark("the advice on rewards"))
        return cls(
            fields.text("currency"),
            fields.number("min_reward_per_hour"),
            fields.number("recommended_reward_per_hour"),
        )


# -------------------------------------------------------------------------------------------- studies


@dataclass(frozen=True, slots=True)
class Study:
    """A study. `raw` is the whole answer."""

    id: str
    name: str
    internal_name: str
    status: str
    metadata: str
    places: int
    places_taken: int
    reward: int
    external_study_url: str
    completion_codes: tuple[dict[str, Any], ...]
    raw: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, data: object) -> Study:
        fields = Fields(data, mark("the study"))
        return cls(
            fields.text("id"),
            fields.text("name", ""),
            fields.text("internal_name", ""),
            _status(fields),
            fields.text("metadata", ""),
            fields.number("total_available_places", 0),
            fields.number("places_taken", 0),
            fields.number("reward", 0),
            fields.text("external_study_url", ""),
            fields.each("completion_codes", lambda code: dict(Fields(code, mark("a completion code")).data)),
            dict(fields.data),
        )


@dataclass(frozen=True, slots=True)
class StudyLine:
    """A study as listings have it; `cost` is all of it with fees."""

    id: str
    name: str
    internal_name: str
    status: str
    places: int
    places_taken: int
    submissions: int
    reward: int
    cost: int
    created_at: datetime | None

    @classmethod
    def read(cls, data: object) -> StudyLine:
        fields = Fields(data, mark("a study"))
        return cls(
            fields.text("id"),
            fields.text("name", ""),
            fields.text("internal_name", ""),
            _status(fields),
            fields.number("total_available_places", 0),
            fields.number("places_taken", 0),
            fields.number("number_of_submissions", 0),
            fields.number("reward", 0),
            fields.number("total_cost", 0),
            fields.time("date_created"),
        )


@dataclass(frozen=True, slots=True)
class StudyCost:
    """What a study has cost until now."""

    rewards: int
    fees: int
    tax: int
    bonuses: int
    bonus_fees: int
    bonus_tax: int
    currency: str

    @classmethod
    def read(cls, data: object) -> StudyCost:
        fields = Fields(data, mark("the cost"))
        money = [
            fields.inner(part).inner(kind)
            for part in ("rewards", "bonuses")
            for kind in ("rewards", "fees", "tax")
        ]
        currency = next((text for part in money if (text := part.text("currency", ""))), "")
        rewards, fees, tax, bonuses, bonus_fees, bonus_tax = (part.number("amount", 0) for part in money)
        return cls(rewards, fees, tax, bonuses, bonus_fees, bonus_tax, currency)


@dataclass(frozen=True, slots=True)
class Filter:
    """A question by which participants are chosen: `choices` for `select`, bounds for `range`."""

    id: str
    title: str
    description: str
    question: str
    type: str
    data_type: str
    choices: dict[str, str]
    minimum: str
    maximum: str

    @classmethod
    def read(cls, data: object) -> Filter:
        fields = Fields(data, mark("a filter"))
        bounds = [fields.data.get(name) for name in ("min", "max")]
        return cls(
            fields.text("filter_id"),
            fields.text("title", ""),
            fields.text("description", ""),
            fields.text("question", ""),
            fields.text("type", ""),
            fields.text("data_type", ""),
            {str(key): str(value) for key, value in fields.inner("choices").data.items()},
            *("" if bound is None else str(bound) for bound in bounds),
        )


# ---------------------------------------------------------------------------------------- submissions


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """A participant's stay in a study as listings have it; `status` reads "AWAITING REVIEW"."""

    id: str
    participant_id: str
    status: str
    started_at: datetime | None
    completed_at: datetime | None
    study_code: str
    return_requested: datetime | None

    @classmethod
    def read(cls, data: object) -> SubmissionLine:
        fields = Fields(data, mark("a submission"))
        return cls(
            fields.text("id"),
            fields.text("participant_id"),
            _status(fields, required=True),
            fields.time("started_at"),
            fields.time("completed_at"),
            fields.text("study_code", ""),
            fields.time("return_requested"),
        )


@dataclass(frozen=True, slots=True)
class Submission(SubmissionLine):
    """A submission by itself, with the bonuses that were really paid on it."""

    study_id: str = ""
    bonus_payments: tuple[int, ...] = ()

    @classmethod
    def read(cls, data: object) -> Submission:
        fields = Fields(data, mark("the submission"))
        return cls(
            fields.text("id"),
            fields.text("participant", ""),
            _status(fields, required=True),
            fields.time("started_at"),
            fields.time("completed_at"),
            fields.text("entered_code", ""),
            fields.time("return_requested"),
            fields.text("study_id", ""),
            fields.numbers("bonus_payments"),
        )


def _status(fields: Fields, required: bool = False) -> str:
    """Queries of Prolific's write underscores; an answer that did would mean the same status."""
    return fields.text("status", None if required else "").replace("_", " ")


def read_counts(data: object) -> dict[str, int]:
    """How many submissions have which status."""
    fields = Fields(data, mark("the count of submissions"))
    return {name.replace("_", " "): fields.number(name) for name in fields.data}


# ---------------------------------------------------------------------------------- money and people


@dataclass(frozen=True, slots=True)
class BulkBonus:
    """Bonuses that were set up and not paid yet; `id` is what paying them takes, once."""

    id: str
    study: str
    amount: int
    fees: int
    vat: int
    total: int

    @classmethod
    def read(cls, data: object) -> BulkBonus:
        fields = Fields(data, mark("the bonus"))
        total = fields.number("total_amount")
        return cls(
            fields.text("id"),
            fields.text("study", ""),
            fields.number("amount", total),
            fields.number("fees", 0),
            fields.number("vat", 0),
            total,
        )


@dataclass(frozen=True, slots=True)
class Group:
    """A participant group."""

    id: str
    name: str
    description: str
    participants: int
    deleted: bool

    @classmethod
    def read(cls, data: object) -> Group:
        fields = Fields(data, mark("a participant group"))
        return cls(
            fields.text("id"),
            fields.text("name", ""),
            fields.text("description", ""),
            fields.number("participant_count", 0),
            fields.yes("is_deleted"),
        )


@dataclass(frozen=True, slots=True)
class Message:
    """A message between the account and somebody."""

    id: str
    sender_id: str
    body: str
    sent_at: datetime | None
    channel_id: str
    study_id: str
    category: str

    @classmethod
    def read(cls, data: object) -> Message:
        fields = Fields(data, mark("a message"))
        about = fields.inner("data")
        return cls(
            fields.text("id"),
            fields.text("sender_id"),
            fields.text("body"),
            fields.time("sent_at"),
            fields.text("channel_id", ""),
            about.text("study_id", ""),
            about.text("category", ""),
        )


# ------------------------------------------------------------------------ tasks that Prolific hosts


@dataclass(frozen=True, slots=True)
class Dataset:
    """The items of a hosted run."""

    id: str
    name: str
    status: str
    items: int
    raw: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, data: object) -> Dataset:
        fields = Fields(data, mark("the dataset"))
        return cls(
            fields.text("id"),
            fields.text("name", ""),
            fields.text("status", ""),
            fields.number("total_datapoint_count", 0),
            dict(fields.data),
        )


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of records that were appended to a dataset: each error is (record, field, reason)."""

    accepted: int
    rejected: int
    errors: tuple[tuple[int, str, str], ...]

    @classmethod
    def read(cls, data: object) -> Appended:
        fields = Fields(data, mark("the answer to the records"))
        return cls(
            fields.number("accepted"), fields.number("rejected"), fields.each("errors", cls._read_error)
        )

    @staticmethod
    def _read_error(data: object) -> tuple[int, str, str]:
        fields = Fields(data, mark("an error"))
        return fields.number("record_index", 0), fields.text("field", ""), fields.text("reason", "")


@dataclass(frozen=True, slots=True)
class Batch:
    """A hosted run: its tasks are there once `status` is READY."""

    id: str
    name: str
    status: str
    tasks: int
    groups: int
    raw: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, data: object) -> Batch:
        fields = Fields(data, mark("the batch"))
        return cls(
            fields.text("id"),
            fields.text("name", ""),
            fields.text("status"),
            fields.number("total_task_count", 0),
            fields.number("total_task_groups", 0),
            dict(fields.data),
        )


@dataclass(frozen=True, slots=True)
class Response:
    """One participant's answer to one question of one hosted task. `answer` has the values as they came."""

    id: str
    participant_id: str
    submission_id: str
    task_id: str
    instruction_id: str
    type: str
    answer: tuple[Any, ...]
    created_at: datetime | None
    metadata: dict[str, Any]
    no_submission: bool
    raw: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, data: object) -> Response:
        fields = Fields(data, mark("a response"))
        said = fields.inner("response")
        return cls(
            fields.text("id"),
            fields.text("participant_id"),
            fields.text("submission_id", ""),
            fields.text("task_id"),
            said.text("instruction_id"),
            said.text("type", ""),
            said.each("answer", lambda part: Fields(part, mark("an answer")).data.get("value")),
            fields.time("created_at"),
            dict(fields.inner("metadata").data),
            fields.yes("no_submission"),
            dict(fields.data),
        )
