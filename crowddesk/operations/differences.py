"""What differs between a vendor's word and what stands here, stay by stay and payment by payment, in words.

For the thread that holds an account's lock: the vendor is asked, nothing is changed. What mending a
difference does is foreseen by the very rules that write it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import (
    Action,
    ActionState,
    AgentStatus,
    AssignmentState,
    Found,
    StatusChange,
    WorkspaceError,
    kind_text,
    now,
    status_text,
)
from crowddesk.language import mark, say
from crowddesk.operations.comparison import (
    AUTO_APPROVED,
    CONTRADICTION,
    MOVED,
    NEEDS_YOU,
    NEW,
    NOTHING,
    SOMEBODY_DECIDED,
    TAKE_OVER,
    UNKNOWN_THERE,
    ComparedRun,
    Difference,
    PaymentCheck,
    Seen,
)
from crowddesk.operations.wire_work import said_by
from crowddesk.providers.base import CrowdProvider
from crowddesk.store import arrivals, comparing, stays, wire
from crowddesk.store.arrivals import Foreseen
from crowddesk.store.comparing import Decision, LocalUnit
from crowddesk.store.stays import Stay

logger = logging.getLogger(__name__)

#: So many differences of a run are kept; after these are mended, the others are found.
_MOST: Final = 500
#: Who came so lately may not be in a vendor's listing yet, nor a deadline be known to the second.
_FRESH: Final = timedelta(minutes=2)
_NEARLY: Final = timedelta(seconds=5)
#: So many payments that the vendor does not answer for are enough.
_SILENT: Final = 2

_AT_WORK: Final = frozenset(s for s in AgentStatus.ALL if s not in AgentStatus.COMPLETE)
_GONE: Final = AgentStatus.LEFT | {AgentStatus.EXPIRED}
_JUDGED: Final = frozenset({AgentStatus.APPROVED, AgentStatus.SOFT_REJECTED, AgentStatus.REJECTED})
#: What agrees with a vendor's word on a stay: its status there -> statuses here.
_AGREEING: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(_AT_WORK, _AT_WORK | _GONE | {AgentStatus.COMPLETED}),
    **dict.fromkeys(_GONE, _GONE),
    AgentStatus.COMPLETED: frozenset({AgentStatus.COMPLETED}),
    AgentStatus.APPROVED: frozenset({AgentStatus.APPROVED, AgentStatus.SOFT_REJECTED}),
    AgentStatus.SOFT_REJECTED: frozenset({AgentStatus.SOFT_REJECTED}),
    AgentStatus.REJECTED: frozenset({AgentStatus.REJECTED}),
}
_BECOMES: Final[Mapping[str, str]] = {
    AssignmentState.LAUNCHED: mark("Its worker has left; the unit becomes free again."),
    AssignmentState.ASSIGNED: mark("It becomes assigned here."),
    AssignmentState.COMPLETED: mark("It becomes completed here and waits for your decision."),
    AssignmentState.ACCEPTED: mark("It becomes accepted here and counts as paid."),
    AssignmentState.SOFT_REJECTED: mark("It becomes soft rejected here and counts as paid."),
    AssignmentState.REJECTED: mark("It becomes rejected here and is not paid."),
    AssignmentState.EXPIRED: mark("It becomes expired here."),
}
_BECAUSE: Final[Mapping[str, str]] = {
    NEW: mark("It is not known here yet."),
    AUTO_APPROVED: mark("Nobody judged it in time, so the vendor approved it."),
    SOMEBODY_DECIDED: mark("Somebody decided it at the vendor, not from here."),
}


def of_run(
    db: CrowdDatabase, vendor: CrowdProvider, run_id: int, title: str, state: str, *, lists_all: bool
) -> ComparedRun:
    """One run. `lists_all`: the vendor names every stay, so that one which is missing is unknown to it."""
    try:
        reported = list(vendor.standings(TaskRun.get(db, str(run_id))))
    except Exception as error:  # a vendor's code may raise anything
        if isinstance(error, WorkspaceError):
            raise
        logger.info("Run %d could not be compared", run_id, exc_info=True)
        return ComparedRun(run_id, title, state, 0, (), failure=said_by(error))
    homeless = [c for c in reported if _is_homeless(c)]
    reported = [c for c in reported if not _is_homeless(c)]
    with db.read() as conn:
        good, faults = arrivals.readable(conn, run_id, reported)
        told = _last_words(good)
        known = stays.of_run(conn, run_id)
        units = comparing.local_units(conn, [int(c.unit_id) for c in told])
        have = comparing.answered(conn, [int(c.unit_id) for c in told if c.answer is not None])
        odd = [c for c in told if not _agrees(c, known.get(c.ref), units[int(c.unit_id)], have)]
        foreseen = arrivals.foresee(conn, run_id, odd)
        decided = comparing.last_decisions(conn, [int(c.unit_id) for c in odd])
        unsettled = comparing.unsettled_units(conn, run_id) if lists_all else []
    found = [
        _difference(run_id, f, known.get(f.change.ref), units[int(f.change.unit_id)], decided)
        for f in foreseen
    ]
    listed = {c.ref for c in (*good, *homeless) if c.ref}
    before = now() - _FRESH - timedelta(seconds=vendor.LOOK_UP_SECONDS)
    found += [_homeless(run_id, c) for c in homeless if c.at is None or c.at < before]
    found += [
        _unknown_there(run_id, unit)
        for unit in unsettled
        if unit.agent_ref not in listed and unit.agent_since is not None and unit.agent_since < before
    ]
    found.sort(key=lambda d: d.unit_id)
    failure = (
        say("Not all that the vendor says of it makes sense: {fault}.", fault=faults[0]) if faults else ""
    )
    return ComparedRun(
        run_id, title, state, len(listed), tuple(found[:_MOST]), max(0, len(found) - _MOST), failure
    )


def seen_of(unit: LocalUnit, stay: Stay | None, ref: str) -> Seen:
    """How a unit and one stay on it stand, for whoever compares it with how they stood."""
    if ref:
        return Seen(unit.status, unit.agent_id, None if stay is None else stay.agent_status, unit.pending)
    return Seen(unit.status, unit.agent_id, unit.agent_status, unit.pending)


def _last_words(reported: Sequence[StatusChange]) -> list[StatusChange]:
    """One change a stay, the last one; a listing may say the same twice."""
    last = {change.ref: place for place, change in enumerate(reported) if change.ref}
    return [c for place, c in enumerate(reported) if not c.ref or last[c.ref] == place]


def _agrees(change: StatusChange, stay: Stay | None, unit: LocalUnit, have: set[int]) -> bool:
    """Whether nothing of what the vendor says is news here."""
    there = change.agent_status
    if there is None:
        wanted = change.unit_status
        paid = (AssignmentState.ACCEPTED, AssignmentState.SOFT_REJECTED)
        return wanted is None or wanted == unit.status or (wanted in paid and unit.status in paid)
    if stay is None:
        return there in _GONE  # they came and went, and nothing here was theirs
    if stay.agent_status not in _AGREEING[there]:
        return False
    return not (_lacks_answer(change, stay, have) or _lacks_deadline(change, stay, unit))


def _lacks_answer(change: StatusChange, stay: Stay, have: set[int]) -> bool:
    return change.answer is not None and int(stay.agent_id) not in have


def _lacks_deadline(change: StatusChange, stay: Stay, unit: LocalUnit) -> bool:
    if change.decide_by is None or not stay.holds or unit.status != AssignmentState.COMPLETED:
        return False
    return unit.decide_by is None or abs(change.decide_by - unit.decide_by) > _NEARLY


def _difference(
    run_id: int, foreseen: Foreseen, stay: Stay | None, unit: LocalUnit, decided: Mapping[int, Decision]
) -> Difference:
    change = foreseen.change
    kind, mending, what = _judge(foreseen, stay, unit)
    if stay is not None and not stay.holds:
        here = stay.agent_status
    else:
        here = mark("not here") if stay is None and change.ref else unit.status
    there = change.vendor_status or change.agent_status or change.unit_status or ""
    evidence: dict[str, Any] = {
        mark("at the vendor since"): change.at,
        mark("the vendor approves by itself"): change.decide_by or unit.decide_by,
    }
    last = decided.get(unit.unit_id)
    if last is not None:
        evidence[mark("decided here")] = say(
            "{kind} by {created_by} (action {action_id})",
            kind=kind_text(last.kind),
            created_by=last.created_by,
            action_id=last.action_id,
        )
        evidence[mark("sent")] = last.finished_at
    return Difference(
        id=f"{run_id}/{change.ref}" if change.ref else f"{run_id}/unit {unit.unit_id}",
        kind=kind,
        mending=mending,
        run_id=run_id,
        unit_id=unit.unit_id,
        item_key=unit.item_key,
        ref=change.ref,
        worker_name=change.worker_name or (stay.worker_name if stay is not None else unit.worker_name),
        here=_words(here),
        there=_words(there),
        what=what,
        evidence={name: str(value) for name, value in evidence.items() if value is not None},
        seen=seen_of(unit, stay, change.ref),
        change=change,
    )


def _judge(foreseen: Foreseen, stay: Stay | None, unit: LocalUnit) -> tuple[str, str, str]:
    """The kind of a difference, what mending does, and why, as a sentence."""
    change = foreseen.change
    moves_agent = foreseen.agent is not None and foreseen.agent[0] != foreseen.agent[1]
    moves_unit = foreseen.unit[0] != foreseen.unit[1]
    adds = change.answer is not None or change.decide_by is not None
    agreeing = _AGREEING.get(change.agent_status or "", frozenset())
    settled = stay is not None and stay.agent_status in agreeing
    if not (moves_agent or moves_unit or (adds and settled)):
        return _contradiction(change, stay, unit)
    kind = _kind_of(change, stay, unit)
    if unit.pending is not None:
        return (
            kind,
            NOTHING,
            say(
                "Nothing is written while its {action} is open; that one decides.",
                action=kind_text(unit.pending),
            ),
        )
    if moves_unit:
        what = say(_BECOMES[foreseen.unit[1]])
    elif settled:
        what = say("What the vendor knows of it beside is stored: its answer, or when the vendor decides.")
    elif foreseen.holds:
        what = say("What is known of its worker is stored.")
    else:
        what = say("What is known of the worker is stored; the unit is somebody else's.")
    if kind in _BECAUSE:
        what = f"{say(_BECAUSE[kind])} {what}"
    return kind, TAKE_OVER, what


def _kind_of(change: StatusChange, stay: Stay | None, unit: LocalUnit) -> str:
    if stay is None and change.ref:
        return NEW
    word = change.agent_status or change.unit_status
    approved = word in (AgentStatus.APPROVED, AssignmentState.ACCEPTED)
    before = stay.agent_status if stay is not None else unit.status
    if approved and unit.decide_by is not None and unit.decide_by <= now():
        return AUTO_APPROVED
    if (approved or word == AgentStatus.REJECTED) and before in (AgentStatus.COMPLETED, AgentStatus.REJECTED):
        return SOMEBODY_DECIDED
    return MOVED


def _contradiction(change: StatusChange, stay: Stay | None, unit: LocalUnit) -> tuple[str, str, str]:
    there = _said(change.vendor_status or change.agent_status or change.unit_status or "")
    if unit.pending is not None:
        return (
            CONTRADICTION,
            NOTHING,
            say("Its {action} is open; that one decides.", action=kind_text(unit.pending)),
        )
    if stay is None and change.ref:
        what = say(
            "The vendor has it as {there}, but nothing can be written on unit {unit_id} any more.",
            there=there,
            unit_id=unit.unit_id,
        )
    elif stay is not None and stay.agent_status in _GONE:
        what = say(
            "They left here without an answer, but the vendor has their work as {there}. Decide on "
            "it in the vendor's own page.",
            there=there,
        )
    elif stay is not None and stay.agent_status in _JUDGED:
        what = say(
            "Here it was decided as {here}, at the vendor it is {there}. Look at the vendor's own "
            "page which is right; nothing is changed here.",
            here=_said(stay.agent_status),
            there=there,
        )
    else:
        here = _said(stay.agent_status if stay is not None else unit.status)
        what = say(
            "Here it is {here}, at the vendor {there}, and neither follows from the other.",
            here=here,
            there=there,
        )
    return CONTRADICTION, NEEDS_YOU, what


def _is_homeless(change: object) -> bool:
    return isinstance(change, StatusChange) and not change.unit_id and bool(change.ref)


def _homeless(run_id: int, change: StatusChange) -> Difference:
    """A stay that stands on no unit here, because more people came than there are units."""
    return Difference(
        id=f"{run_id}/{change.ref}",
        kind=NEW,
        mending=NEEDS_YOU,
        run_id=run_id,
        unit_id=0,
        item_key="",
        ref=change.ref,
        worker_name=change.worker_name or "",
        here=mark("no unit is free"),
        there=_words(change.vendor_status or change.agent_status or ""),
        what=say(
            "More people came than there are units. Add answers to the run and compare again, or "
            "decide on it in the vendor's own page."
        ),
        evidence={} if change.at is None else {mark("at the vendor since"): str(change.at)},
        seen=Seen("", None, None, None),
        change=None,
    )


def _unknown_there(run_id: int, unit: LocalUnit) -> Difference:
    """A unit that somebody has here, while the vendor knows nothing of them."""
    at_work = unit.agent_status in _AT_WORK
    if unit.pending is not None:
        mending, what = (
            NOTHING,
            say("Its {action} is open; that one decides.", action=kind_text(unit.pending)),
        )
    elif at_work:
        mending = TAKE_OVER
        what = say("Nobody is at work on it as far as the vendor knows; the unit becomes free again.")
    else:
        mending = NEEDS_YOU
        what = say(
            "Their answer is here, but the vendor knows nothing of their work, so it can be neither "
            "paid nor rejected there."
        )
    return Difference(
        id=f"{run_id}/agent {unit.agent_id}",
        kind=UNKNOWN_THERE,
        mending=mending,
        run_id=run_id,
        unit_id=unit.unit_id,
        item_key=unit.item_key,
        ref=unit.agent_ref or "",
        worker_name=unit.worker_name,
        here=_words(unit.agent_status or unit.status),
        there=mark("not there"),
        what=what,
        evidence={mark("here since"): str(unit.agent_since)},
        seen=Seen(unit.status, unit.agent_id, unit.agent_status, unit.pending),
        change=None,
    )


def _words(status: str) -> str:
    """A status as it is kept and compared with later ones; who shows it says it."""
    return status.replace("_", " ").lower()


def _said(status: str) -> str:
    """The same inside a sentence."""
    return status_text(status.lower())


# -------------------------------------------------------------------------------------------- payments


def of_payments(vendor: CrowdProvider, rows: Sequence[Mapping[str, Any]]) -> list[PaymentCheck]:
    """Vendor actions whose fate nobody knows, as whole rows of the ledger, looked up once more."""
    at = now()
    asked = [
        row
        for row in rows
        if row["state"] != ActionState.SENDING and (row["not_before"] is None or row["not_before"] <= at)
    ]
    actions = [wire.action_of(row) for row in asked]
    found = dict(zip((row["id"] for row in asked), _look_up(vendor, actions), strict=True))
    evidence = _evidence(vendor, [a for a, row in zip(actions, asked, strict=True) if _is_open(row, found)])
    return [_payment(row, found.get(row["id"]), evidence.get(row["uuid"], {})) for row in rows]


def _is_open(row: Mapping[str, Any], found: Mapping[int, str]) -> bool:
    return found.get(row["id"]) in (Found.CANNOT_TELL, Found.DID_NOT, Found.NOT_YET)


def _look_up(vendor: CrowdProvider, actions: Sequence[Action]) -> list[str]:
    """The vendor's word on each; "" where it gives none. Two that it does not answer for are enough."""
    found = _ask(vendor, actions)
    if found is not None or len(actions) < 2:
        return found or [""] * len(actions)
    one_by_one: list[str] = []
    silent = 0
    for action in actions:
        answer = _ask(vendor, [action]) if silent < _SILENT else None
        silent += answer is None
        one_by_one += answer or [""]
    return one_by_one


def _ask(vendor: CrowdProvider, actions: Sequence[Action]) -> list[str] | None:
    try:
        found = list(vendor.look_up(actions)) if actions else []
    except Exception as error:  # a vendor's code may raise anything
        if isinstance(error, WorkspaceError):
            raise
        logger.info("%d payments could not be looked up", len(actions), exc_info=True)
        return None
    return found if len(found) == len(actions) else None


def _evidence(vendor: CrowdProvider, actions: Sequence[Action]) -> dict[str, Mapping[str, Any]]:
    try:
        told = [dict(one) for one in vendor.evidence_of(actions)] if actions else []
    except Exception as error:  # a vendor's code may raise anything, and the question stands without it
        if isinstance(error, WorkspaceError):
            raise
        logger.info("The evidence on %d payments could not be gathered", len(actions), exc_info=True)
        return {}
    return {a.id: one for a, one in zip(actions, told, strict=False)}


def _payment(row: Mapping[str, Any], found: str | None, evidence: Mapping[str, Any]) -> PaymentCheck:
    waits = row["state"] == ActionState.NEEDS_YOU
    mending, what = NEEDS_YOU if waits else NOTHING, ""
    if row["state"] == ActionState.SENDING:
        what = say("It is being sent at this moment.")
    elif found is None:
        what = say("It was sent a moment ago; its lane asks the vendor about it.")
    elif found == "":
        what = say("The vendor could not be asked about it.")
    elif found == Found.HAPPENED:
        mending, what = TAKE_OVER, say("It happened: it becomes done here.")
    elif found == Found.NOT_YET:
        what = say("The vendor works on it still.")
    elif found == Found.DID_NOT and waits:
        what = say("It did not happen, says the vendor. Send it again, or let it be.")
    elif found == Found.DID_NOT:
        what = say("It did not happen; its lane sends it again.")
    elif waits:
        what = say("The vendor cannot say whether it happened. Look at the vendor's own page, then decide.")
    else:
        what = say("The vendor cannot say whether it happened; its lane asks once more, and then you.")
    return PaymentCheck(
        id=f"action {row['id']}",
        action_id=row["id"],
        kind=row["kind"],
        state=row["state"],
        run_id=row["task_run_id"],
        unit_id=row["unit_id"],
        worker_name=row["worker_name"] or "",
        amount=row["amount_minor"],
        fee=row["fee_minor"],
        currency=row["currency"],
        found=found or "",
        mending=mending,
        what=what,
        evidence=evidence,
    )
