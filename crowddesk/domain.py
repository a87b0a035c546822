"""The words of the program: statuses and their rules, money, values that cross layers, the tree of errors.

Nothing here reads a file, a database or a clock but `now()`, and nothing here may import another module of
CrowdDesk but `language`. Everything may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any, Final

from crowddesk.language import mark, money_form, number_text, say

# --------------------------------------------------------------------------------------------- statuses


class AgentStatus:
    """What a worker is doing with one unit. The strings are stored; they never change."""

    NONE: Final = "none"
    ACCEPTED: Final = "accepted"
    ONBOARDING: Final = "onboarding"
    WAITING: Final = "waiting"
    IN_TASK: Final = "in task"
    COMPLETED: Final = "completed"
    DISCONNECT: Final = "disconnect"
    TIMEOUT: Final = "timeout"
    PARTNER_DISCONNECT: Final = "partner disconnect"
    EXPIRED: Final = "expired"
    RETURNED: Final = "returned"
    APPROVED: Final = "approved"
    SOFT_REJECTED: Final = "soft_rejected"
    REJECTED: Final = "rejected"

    ALL: Final = (
        NONE, ACCEPTED, ONBOARDING, WAITING, IN_TASK, COMPLETED, DISCONNECT, TIMEOUT,
        PARTNER_DISCONNECT, EXPIRED, RETURNED, APPROVED, SOFT_REJECTED, REJECTED,
    )  # fmt: skip
    COMPLETE: Final = frozenset(
        {COMPLETED, DISCONNECT, TIMEOUT, EXPIRED, RETURNED, SOFT_REJECTED, APPROVED, REJECTED}
    )
    IMMUTABLE: Final = frozenset({DISCONNECT, TIMEOUT, EXPIRED, RETURNED, SOFT_REJECTED, APPROVED})
    #: The worker left without an answer; waiting calls are freed.
    LEFT: Final = frozenset({RETURNED, DISCONNECT, TIMEOUT})


class AssignmentState:
    """The status of a unit, and of an assignment as the sum of its units. The strings are stored."""

    CREATED: Final = "created"
    LAUNCHED: Final = "launched"
    ASSIGNED: Final = "assigned"
    COMPLETED: Final = "completed"
    ACCEPTED: Final = "accepted"
    MIXED: Final = "mixed"
    REJECTED: Final = "rejected"
    SOFT_REJECTED: Final = "soft_rejected"
    EXPIRED: Final = "expired"

    ALL: Final = (
        CREATED, LAUNCHED, ASSIGNED, COMPLETED, ACCEPTED, MIXED, REJECTED, SOFT_REJECTED, EXPIRED,
    )  # fmt: skip

    @staticmethod
    def valid() -> tuple[str, ...]:
        """Every status an assignment may have."""
        return AssignmentState.ALL

    @staticmethod
    def valid_unit() -> tuple[str, ...]:
        """Every status a unit may have."""
        return tuple(s for s in AssignmentState.ALL if s != AssignmentState.MIXED)

    @staticmethod
    def final_unit() -> tuple[str, ...]:
        """Statuses that no vendor changes any more."""
        return (AssignmentState.ACCEPTED, AssignmentState.EXPIRED, AssignmentState.SOFT_REJECTED)

    @staticmethod
    def incomplete() -> tuple[str, ...]:
        """Nobody has answered yet."""
        return (AssignmentState.CREATED, AssignmentState.LAUNCHED, AssignmentState.ASSIGNED)

    @staticmethod
    def payable() -> tuple[str, ...]:
        """Statuses that cost, or may still cost, their pay and fee."""
        return (
            AssignmentState.LAUNCHED, AssignmentState.ASSIGNED, AssignmentState.COMPLETED,
            AssignmentState.ACCEPTED, AssignmentState.SOFT_REJECTED,
        )  # fmt: skip

    @staticmethod
    def completed() -> tuple[str, ...]:
        """An answer is there, judged or not."""
        return (
            AssignmentState.COMPLETED, AssignmentState.ACCEPTED, AssignmentState.REJECTED,
            AssignmentState.SOFT_REJECTED,
        )  # fmt: skip


#: The status a unit has because of its agent's (INTERFACE.md, the agent-to-unit table).
UNIT_STATUS_OF_AGENT: Final[dict[str, str]] = {
    AgentStatus.NONE: AssignmentState.LAUNCHED,
    AgentStatus.ACCEPTED: AssignmentState.ASSIGNED,
    AgentStatus.ONBOARDING: AssignmentState.ASSIGNED,
    AgentStatus.PARTNER_DISCONNECT: AssignmentState.ASSIGNED,
    AgentStatus.WAITING: AssignmentState.ASSIGNED,
    AgentStatus.IN_TASK: AssignmentState.ASSIGNED,
    AgentStatus.COMPLETED: AssignmentState.COMPLETED,
    AgentStatus.SOFT_REJECTED: AssignmentState.SOFT_REJECTED,
    AgentStatus.EXPIRED: AssignmentState.EXPIRED,
    AgentStatus.DISCONNECT: AssignmentState.ASSIGNED,
    AgentStatus.RETURNED: AssignmentState.ASSIGNED,
    AgentStatus.TIMEOUT: AssignmentState.ASSIGNED,
    AgentStatus.APPROVED: AssignmentState.ACCEPTED,
    AgentStatus.REJECTED: AssignmentState.REJECTED,
}

DATASET_STATUSES: Final = ("undecided", "in", "out")
RUN_STATES: Final = ("draft", "launching", "live", "paused", "closing", "closed")


#: The index of a unit that pays somebody who could not hand in an answer.
COMPENSATION: Final = -3


def unit_kind(index: int) -> str:
    """The kind of a unit by its index: 0 and up standard, -1 screening, -2 gold, -3 compensation."""
    if index >= 0:
        return "standard"
    try:
        return {-1: "screening", -2: "gold", -3: "compensation"}[index]
    except KeyError:
        raise BadInput(say("{index} is no unit index: use 0 and up, -1, -2 or -3.", index=index)) from None


class ActionState:
    """The states of a vendor action (DESIGN section 6)."""

    STAGED: Final = "staged"
    QUEUED: Final = "queued"
    SENDING: Final = "sending"
    DONE: Final = "done"
    REFUSED: Final = "refused"
    UNKNOWN: Final = "unknown"
    NEEDS_YOU: Final = "needs_you"
    CANCELLED: Final = "cancelled"

    ALL: Final = (STAGED, QUEUED, SENDING, DONE, REFUSED, UNKNOWN, NEEDS_YOU, CANCELLED)
    #: Not yet decided at the vendor: money stays reserved, polls keep off the unit.
    OPEN: Final = (STAGED, QUEUED, SENDING, UNKNOWN, NEEDS_YOU)
    #: Nothing has left yet: undo is free.
    UNSENT: Final = (STAGED, QUEUED)
    FINISHED: Final = (DONE, REFUSED, NEEDS_YOU, CANCELLED)


class ActionKind:
    """What a vendor action does. Kinds that share a slot exclude each other on one target."""

    SET_UP: Final = "set_up"
    CLEAN_UP: Final = "clean_up"
    LAUNCH: Final = "launch"
    EXPIRE: Final = "expire"
    APPROVE: Final = "approve"
    SOFT_REJECT: Final = "soft_reject"
    REJECT: Final = "reject"
    UNREJECT: Final = "unreject"
    BONUS: Final = "bonus"
    BLOCK: Final = "block"
    UNBLOCK: Final = "unblock"
    GRANT: Final = "grant"
    REVOKE: Final = "revoke"
    MESSAGE: Final = "message"
    #: Of a whole run, where a vendor lets people in by itself.
    PAUSE: Final = "pause"
    RESUME: Final = "resume"
    #: A worker is asked to give a unit back, instead of being rejected.
    REQUEST_RETURN: Final = "request_return"

    SETTLE: Final = (APPROVE, SOFT_REJECT, REJECT, UNREJECT)
    #: A repeated call would pay or write twice: never sent again without a person.
    UNREPEATABLE: Final = (BONUS, MESSAGE)


_KIND_WORDS: Final[dict[str, str]] = {
    ActionKind.SET_UP: mark("set up"),
    ActionKind.CLEAN_UP: mark("clean up"),
    ActionKind.LAUNCH: mark("launch"),
    ActionKind.EXPIRE: mark("expire"),
    ActionKind.APPROVE: mark("approve"),
    ActionKind.SOFT_REJECT: mark("soft reject"),
    ActionKind.REJECT: mark("reject"),
    ActionKind.UNREJECT: mark("unreject"),
    ActionKind.BONUS: mark("bonus"),
    ActionKind.BLOCK: mark("block"),
    ActionKind.UNBLOCK: mark("unblock"),
    ActionKind.GRANT: mark("grant"),
    ActionKind.REVOKE: mark("revoke"),
    ActionKind.MESSAGE: mark("message"),
    ActionKind.PAUSE: mark("pause"),
    ActionKind.RESUME: mark("resume"),
    ActionKind.REQUEST_RETURN: mark("request return"),
}
#: Statuses that the window's table of them (`ui.theme`), where the others are marked, calls otherwise.
_STATUS_WORDS: Final[dict[str, str]] = {
    AgentStatus.DISCONNECT: mark("disconnect"),
    AgentStatus.TIMEOUT: mark("timeout"),
    AgentStatus.PARTNER_DISCONNECT: mark("partner disconnect"),
}


def kind_text(kind: str) -> str:
    """A vendor action's kind inside a sentence: "soft reject"; a plug-in's own as it is."""
    return say(_KIND_WORDS.get(kind, kind.replace("_", " ")))


def status_text(status: str) -> str:
    """A status of a unit, an agent, a run or an action inside a sentence: "soft rejected"."""
    return say(_STATUS_WORDS.get(status, status.replace("_", " ")))


# ------------------------------------------------------------------------------------------------ money

#: Minor units per ISO 4217 currency, where it is not 2 (ISO 4217 list one, 2024).
_EXPONENTS: Final[dict[str, int]] = {
    "BHD": 3, "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0,
    "KMF": 0, "KRW": 0, "KWD": 3, "LYD": 3, "OMR": 3, "PYG": 0, "RWF": 0, "TND": 3, "UGX": 0,
    "UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
}  # fmt: skip

Amount = int | str | float | Decimal


def check_currency(code: object) -> str:
    """The currency as three capital letters; raises BadInput for anything else."""
    text = str(code).strip().upper()
    if len(text) != 3 or not text.isascii() or not text.isalpha():
        raise BadInput(
            say("{code!r} is no currency: use a three-letter code such as USD, GBP or EUR.", code=code)
        )
    return text


def currency_digits(currency: str) -> int:
    """How many digits a currency has after the point."""
    return _EXPONENTS.get(currency, 2)


def to_minor(amount: Amount, currency: str) -> int:
    """An amount in major units (0.12, "0.12", Decimal) as an integer of minor units (12).

    Floats come from vendors' code and are read by their shortest text, so 0.1 is ten cents. An amount finer
    than the currency's smallest coin, or not a number, raises BadInput.
    """
    if isinstance(amount, bool):
        raise BadInput(say("{amount!r} is no amount of money.", amount=amount))
    text = str(amount).strip()
    try:
        # Enough digits that nothing is rounded away before it is compared.
        with localcontext(prec=len(text) + 8):
            value = Decimal(text)
            scaled = value.scaleb(currency_digits(currency))
            whole = scaled.to_integral_value()
    except (ArithmeticError, ValueError):
        raise BadInput(say("{amount!r} is no amount of money: write it like 0.12.", amount=amount)) from None
    if not value.is_finite() or abs(whole) >= 2**62 or (value and not scaled):
        raise BadInput(say("{amount!r} is no amount of money: write it like 0.12.", amount=amount))
    if whole != scaled:
        raise BadInput(
            say(
                "{currency} {amount} is finer than the smallest coin: use at most {currency_digits} "
                "digits after the point.",
                currency=currency,
                amount=amount,
                currency_digits=currency_digits(currency),
            )
        )
    return int(whole)


def to_major(minor: int, currency: str) -> Decimal:
    """Minor units as a Decimal of major units: 12 -> Decimal("0.12")."""
    return Decimal(minor).scaleb(-currency_digits(currency))


def money_text(minor: int, currency: str, *, with_currency: bool = True) -> str:
    """Minor units as people read them: "USD 1,240.00", or "1,240.00"."""
    text = number_text(to_major(minor, currency), currency_digits(currency))
    return money_form(text, currency) if with_currency else text


def money_json(minor: int, currency: str) -> dict[str, Any]:
    """Money as every JSON answer of the program writes it."""
    return {"minor": minor, "currency": currency}


def round_half_up(value: Decimal) -> int:
    """A Decimal number of minor units as a whole one, halves away from zero."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


# ----------------------------------------------------------------------------------------- values


def storable(text: str) -> str:
    """Somebody else's text as every database takes it: without NUL, and whole Unicode characters only."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")


def now() -> datetime:
    """The time of now, UTC and aware."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Action:
    """One vendor action as `CrowdProvider.perform` and `look_up` see it.

    `id` is a uuid and the vendor's idempotency token where it has one. `target_type` is `unit`, `worker`,
    `task_run` or `requester`, `target_id` its id as text. `amount`, and the `fee` that was reserved for it,
    are in minor units of `currency`.
    """

    id: str
    kind: str
    target_type: str
    target_id: str
    requester_id: str
    task_run_id: str | None = None
    unit_id: str | None = None
    amount: int = 0
    fee: int = 0
    currency: str = ""
    reason: str = ""
    category: str = ""
    attempt: int = 1
    payload: dict[str, Any] = field(default_factory=dict)
    #: When this attempt went out, UTC; None before the first.
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one action: `done`, `refused` (with the vendor's reason), `unknown`, or `queued` again.

    `again_in` is how long a queued one waits, in seconds; its attempt does not count.
    """

    state: str
    reason: str = ""
    vendor_status: str | None = None
    evidence: dict[str, Any] = field(default_factory=dict)
    again_in: float = 0.0

    @staticmethod
    def done(vendor_status: str | None = None, **evidence: Any) -> Outcome:
        return Outcome(ActionState.DONE, "", vendor_status, evidence)

    @staticmethod
    def refused(reason: str, **evidence: Any) -> Outcome:
        return Outcome(ActionState.REFUSED, reason, None, evidence)

    @staticmethod
    def unknown(reason: str, **evidence: Any) -> Outcome:
        return Outcome(ActionState.UNKNOWN, reason, None, evidence)

    @staticmethod
    def later(reason: str, seconds: float) -> Outcome:
        """Nothing has happened, and it is to go out again after so many seconds."""
        return Outcome(ActionState.QUEUED, reason, again_in=seconds)


class Found:
    """The answers of `CrowdProvider.look_up`, one per action."""

    HAPPENED: Final = mark("happened")
    DID_NOT: Final = mark("did not happen")
    CANNOT_TELL: Final = mark("cannot tell")
    #: It surely never left this desk: it goes out again, and the attempt does not count.
    NOT_SENT: Final = mark("was not sent")
    #: The vendor took it and works on it: to be asked again.
    NOT_YET: Final = mark("not yet")


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One thing that happened to one unit at a vendor, as `CrowdProvider.sync_task_run` reports it.

    `ref` names the worker's stay at the vendor (an assignment, a submission): a second change with the same
    ref is about the same agent. `at` is aware; `seconds` is the time worked. `payload` is the vendor's raw
    answer, `answer` the parsed one. `cursor` is what the next `sync_task_run` starts from once this change
    is stored (kept in the run's `sync_cursor`, in the same transaction as the change itself). `decide_by` is
    when the vendor approves by itself what nobody has judged until then; aware.
    """

    unit_id: str
    ref: str
    worker_name: str | None = None
    agent_status: str | None = None
    unit_status: str | None = None
    vendor_status: str | None = None
    at: datetime | None = None
    seconds: float | None = None
    payload: str | None = None
    answer: dict[str, Any] | None = None
    cursor: str | None = None
    decide_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hosting:
    """Who puts a run's pages before people: `here` (our task server) or `vendor`, and why, as a sentence."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class WageAdvice:
    """What a vendor wants paid for an hour, in minor units of `currency`: at least, and better."""

    currency: str
    minimum: int
    recommended: int


@dataclass(frozen=True, slots=True)
class Stray:
    """Something live at a vendor that no run here stands for.

    `reward` is the pay of one place and `cost` all of it with fees, in minor units. `task_run_id` is the run
    that it says it belongs to, if it is one of this workspace that lost it.
    """

    ref: str
    name: str
    status: str
    places: int
    submissions: int
    currency: str
    cost: int | None = None
    created_at: datetime | None = None
    task_run_id: str | None = None
    reward: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What a page of ours saw of the work on one submission. Times are aware.

    `active_seconds` counts while the page was looked at and used; `pasted` names the fields that something
    was pasted into.
    """

    started_at: datetime | None = None
    ended_at: datetime | None = None
    active_seconds: float | None = None
    pasted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """Rows that a committed transaction touched: table name -> ids. `None` as ids: too many to name."""

    tables: dict[str, Sequence[int] | None]
    journal_id: int = 0


def merge_changes(changes: Iterable[Change]) -> Change:
    """Several changes as one; a table with unnamed ids stays unnamed."""
    tables: dict[str, list[int] | None] = {}
    last = 0
    for change in changes:
        last = max(last, change.journal_id)
        for table, ids in change.tables.items():
            if ids is None or tables.get(table, ()) is None:
                tables[table] = None
            else:
                known = tables.setdefault(table, [])
                assert known is not None
                known.extend(ids)
    return Change({t: None if i is None else sorted(set(i)) for t, i in tables.items()}, last)


# ----------------------------------------------------------------------------------------- errors


class CrowdDeskError(Exception):
    """Something a person can act on. `str()` is one clear sentence; `details` is for "copy details"."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message)
        self.details = details


class BadInput(CrowdDeskError, ValueError):
    """A file, a field or an argument is wrong; the message names the place."""


class NotFound(CrowdDeskError, KeyError):
    """An id or a name that nothing has."""

    __str__ = Exception.__str__  # KeyError would print its repr


class Conflict(CrowdDeskError):
    """Somebody else changed it first, or an action on it is still open."""


class OverBudget(CrowdDeskError):
    """The amount and its fee would go over the cap; nothing was reserved."""


class VendorError(CrowdDeskError):
    """The vendor could not be asked, or its answer could not be read: what happened is unknown.

    `lane_state` is what the account's lane is in while this lasts.
    """

    lane_state: str = "offline"


class VendorRefused(VendorError):
    """The vendor said no, and nothing happened there."""


class PolicyRefused(CrowdDeskError):
    """CrowdDesk's own rules (reasons, caps) say no."""


class WorkspaceError(CrowdDeskError):
    """The workspace cannot be opened or written: newer version, read-only, full, damaged, in use."""


class DamagedWorkspace(WorkspaceError):
    """The database file is damaged, empty or gone: a copy of it can be put back (`operations.backup`)."""


class Cancelled(CrowdDeskError):
    """The user cancelled; what was done until then stands."""


class AgentError(CrowdDeskError):
    """Ends a waiting call of an agent; `agent_id` says whose."""

    def __init__(self, agent_id: str, message: str = "") -> None:
        super().__init__(message or f"{type(self).__name__.removesuffix('Error')}: agent {agent_id}.")
        self.agent_id = agent_id


class AgentReturnedError(AgentError):
    """The worker gave the unit back."""


class AgentDisconnectedError(AgentError):
    """The worker's page stopped answering."""


class AgentShutdownError(AgentError):
    """The run is being stopped."""


class AgentTimeoutError(AgentError):
    """The worker did not act within `timeout` seconds."""

    def __init__(self, timeout: float | None, agent_id: str) -> None:
        super().__init__(agent_id, f"Agent {agent_id} did nothing for {timeout} s.")
        self.timeout = timeout
