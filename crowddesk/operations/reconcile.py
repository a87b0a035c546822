"""Compares an account with its vendor, shows what differs, and mends what a person agreed to.

How a window uses it: `ask` (desk thread) leaves the wish with the account's lane, in whatever process that
is; when the table `provider_row` has changed, `fetch` gives the comparison; `mend` writes what was shown, in
the desk thread. The lane compares by itself when it starts and every few minutes; `last_comparison` has the
whole of one.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.domain import (
    ActionState,
    AgentStatus,
    Conflict,
    CrowdDeskError,
    Outcome,
    Stray,
    WorkspaceError,
    now,
)
from crowddesk.language import say
from crowddesk.operations import differences, errands
from crowddesk.operations.comparison import (
    NOTHING,
    TAKE_OVER,
    UNKNOWN_THERE,
    ComparedRun,
    Comparison,
    Difference,
    Mended,
    PaymentCheck,
    from_json,
    to_json,
)
from crowddesk.providers.base import CrowdProvider
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import arrivals, changes, comparing, stays, wire
from crowddesk.store.transaction import Write

logger = logging.getLogger(__name__)

#: How often a lane compares by itself, in seconds.
EVERY_S: Final = 900.0
#: And when again, where not all could be asked.
SOON_S: Final = 60.0
ERRAND: Final = "compare"
#: So many runs in a row that the vendor does not answer for are enough.
_SILENT: Final = 2


# ------------------------------------------------------------------------------------------ asked for


def ask(db: CrowdDatabase, requester_id: int, run_id: int | None = None) -> str:
    """Asks the account's lane to compare, all of it or one run; the token is for `fetch`.

    Raises NotFound, and Conflict for another account's run.
    """
    account = db.get_requester(str(requester_id))
    if run_id is not None and db.get_task_run(str(run_id))["requester_id"] != str(requester_id):
        raise Conflict(
            say(
                "Run {run_id} is not of the account {requester_name!r}.",
                run_id=run_id,
                requester_name=account["requester_name"],
            )
        )
    return errands.leave(db, requester_id, ERRAND, run_id=run_id)


def fetch(db: CrowdDatabase, token: str) -> Comparison | None:
    """The comparison that was asked for; None while the lane is not done. Raises VendorError."""
    found = errands.fetch(db, token)
    return None if found is None else from_json(found)


def last_comparison(db: CrowdDatabase, requester_id: int) -> Comparison | None:
    """The account's last whole comparison, less what was mended since; None where there never was one."""
    found = db.provider_store(errands.STORE).get(f"comparison/{requester_id}")
    return None if found is None else from_json(found)


def keep(db: CrowdDatabase, comparison: Comparison) -> None:
    """Makes a whole comparison the account's last one."""
    store, account = db.provider_store(errands.STORE), comparison.requester_id
    with db.write("lane"):
        store.set(f"comparison/{account}", to_json(comparison))
        store.set(f"summary/{account}", to_json(comparison.summary))


# ------------------------------------------------------------------------------------------- comparing


def is_worth_it(vendor: CrowdProvider) -> bool:
    """Whether comparing finds more than polls do: the vendor lists all stays, or what is astray."""
    ours, base = type(vendor), CrowdProvider
    return ours.standings is not base.standings or ours.strays is not base.strays


def compare(db: CrowdDatabase, requester_id: int, run_id: int | None = None) -> Comparison:
    """Asks the vendor how things stand and says what differs here. Changes nothing, here or there.

    For the thread that holds the account's lock. What cannot be asked is named; the rest is compared.
    """
    account = Requester.get(db, str(requester_id))
    vendor = get_crowd_provider_from_type(account.provider_type)(db)
    at = now()
    failures: list[str] = []
    strays: Sequence[Stray] = ()
    if run_id is None:
        try:
            strays = tuple(vendor.strays(account))
        except Exception as error:  # a vendor's code may raise anything
            failures.append(
                say("What is astray at the vendor could not be asked for: {said}", said=_said(error))
            )
    found = Comparison(
        requester_id,
        account.requester_name,
        account.provider_type,
        at,
        tuple(_compare_runs(db, vendor, requester_id, run_id)),
        tuple(_compare_payments(db, vendor, requester_id, run_id)),
        tuple(strays),
        tuple(failures),
        run_id is None,
    )
    return _without(found, _put_aside(db, requester_id))


def _compare_runs(
    db: CrowdDatabase, vendor: CrowdProvider, requester_id: int, run_id: int | None
) -> list[ComparedRun]:
    lists_all = type(vendor).standings is not CrowdProvider.standings
    if vendor.SERVES_TASKS and not lists_all:
        return []  # nobody else knows anything of these runs
    with db.read() as conn:
        runs = comparing.runs_to_compare(conn, requester_id, run_id)
    compared: list[ComparedRun] = []
    silent = 0
    for number, title, state in runs:
        if silent >= _SILENT:
            failure = say("It was not asked for, since the vendor does not answer.")
            compared.append(ComparedRun(number, title, state, 0, (), failure=failure))
            continue
        run = differences.of_run(db, vendor, number, title, state, lists_all=lists_all)
        silent = silent + 1 if run.failure else 0
        compared.append(run)
    return compared


def _compare_payments(
    db: CrowdDatabase, vendor: CrowdProvider, requester_id: int, run_id: int | None
) -> list[PaymentCheck]:
    with db.read() as conn:
        rows = comparing.unconfirmed(conn, requester_id, run_id)
    return differences.of_payments(vendor, rows)


def _said(error: Exception) -> str:
    """What a failure says; where the workspace itself cannot be read, nothing was compared."""
    if isinstance(error, WorkspaceError):
        raise error
    logger.info("A comparison could not ask for all", exc_info=True)
    return str(error) if isinstance(error, CrowdDeskError) else f"{type(error).__name__}: {error}"


# --------------------------------------------------------------------------------------------- mending


def mend(db: CrowdDatabase, comparison: Comparison, chosen: Collection[str] | None = None) -> Mended:
    """Writes what a comparison has shown: all that is to be taken over, or those `chosen` by their ids.

    Each is written only where everything stands as it was shown; what has changed meanwhile is skipped and
    named. One transaction a run. From any thread but the GUI's; no vendor is asked.
    """
    wanted = list(dict.fromkeys(comparison.mendable if chosen is None else chosen))
    offered: dict[str, Difference | PaymentCheck] = {d.id: d for d in comparison.differences}
    offered |= {payment.id: payment for payment in comparison.payments}
    taken: list[str] = []
    skipped: list[tuple[str, str]] = []
    by_run: dict[int, list[Difference]] = {}
    payments: list[PaymentCheck] = []
    for key in wanted:
        one = offered.get(key)
        if one is None:
            skipped.append((key, say("it is not in this comparison")))
        elif one.mending != TAKE_OVER:
            skipped.append(
                (key, say("there is nothing to write") if one.mending == NOTHING else say("it needs you"))
            )
        elif isinstance(one, Difference):
            by_run.setdefault(one.run_id, []).append(one)
        else:
            payments.append(one)
    for run_id, mine in by_run.items():
        with db.write() as w:
            fresh, stale = _as_shown(w, run_id, mine)
            _write(w, run_id, fresh)
        taken += [d.id for d in fresh]
        skipped += [(d.id, say("it has changed since it was compared")) for d in stale]
    if payments:
        with db.write() as w:
            outcomes = {p.action_id: Outcome.done(reconciled=True) for p in payments}
            doubtful = (ActionState.UNKNOWN, ActionState.NEEDS_YOU)
            done = set(wire.settle(w, outcomes, seen=doubtful))
        taken += [p.id for p in payments if p.action_id in done]
        skipped += [(p.id, say("it has ended meanwhile")) for p in payments if p.action_id not in done]
    _forget(db, comparison, taken)
    return Mended(tuple(taken), tuple(skipped))


def put_aside(db: CrowdDatabase, comparison: Comparison, ids: Collection[str]) -> None:
    """A person has seen these differences, and they stay: they count no more until the vendor says otherwise.

    For what contradicts each other for good.
    """
    store, key = db.provider_store(errands.STORE), f"aside/{comparison.requester_id}"
    with db.write():
        known = store.get(key, {})
        seen = {d.id: d.there for d in comparison.differences if d.id in ids}
        store.set(key, {**known, **seen})
        kept = last_comparison(db, comparison.requester_id)
        if kept is not None:
            keep(db, _without(kept, _put_aside(db, comparison.requester_id)))


def _as_shown(
    w: Write, run_id: int, shown: Sequence[Difference]
) -> tuple[list[Difference], list[Difference]]:
    """Those that stand as they did when they were compared, and the others."""
    units = comparing.local_units(w.conn, [d.unit_id for d in shown])
    known = stays.of_run(w.conn, run_id)
    fresh: list[Difference] = []
    stale: list[Difference] = []
    for one in shown:
        unit = units.get(one.unit_id)
        stands = unit is not None and differences.seen_of(unit, known.get(one.ref), one.ref) == one.seen
        (fresh if stands else stale).append(one)
    return fresh, stale


def _write(w: Write, run_id: int, fresh: Sequence[Difference]) -> None:
    told = [d.change for d in fresh if d.change is not None]
    arrivals.apply(w, run_id, told, keep_cursor=True)
    unheard = [d for d in fresh if d.change is None and d.kind == UNKNOWN_THERE]
    gone = {d.seen.agent_id: d.unit_id for d in unheard if d.seen.agent_id is not None}
    changes.set_agent_statuses(w, dict.fromkeys(gone, (None, AgentStatus.RETURNED)))
    changes.follow_agents(w, list(gone.values()))


# -------------------------------------------------------------------------------------- what was kept


def _put_aside(db: CrowdDatabase, requester_id: int) -> Mapping[str, str]:
    found: Any = db.provider_store(errands.STORE).get(f"aside/{requester_id}", {})
    return found if isinstance(found, dict) else {}


def _without(comparison: Comparison, aside: Mapping[str, str]) -> Comparison:
    """The same, in which what a person put aside needs nobody."""

    def quiet(one: Difference) -> Difference:
        if aside.get(one.id) != one.there or one.mending == TAKE_OVER:
            return one
        return dataclasses.replace(
            one, mending=NOTHING, what=say("You have put it aside. {what}", what=one.what)
        )

    runs = (
        dataclasses.replace(run, differences=tuple(map(quiet, run.differences))) for run in comparison.runs
    )
    return dataclasses.replace(comparison, runs=tuple(runs)) if aside else comparison


def _forget(db: CrowdDatabase, comparison: Comparison, mended: Collection[str]) -> None:
    """Takes what was mended out of the account's last comparison."""
    with db.write():
        kept = last_comparison(db, comparison.requester_id)
        if kept is None or not mended:
            return
        gone = set(mended)
        runs = (
            dataclasses.replace(run, differences=tuple(d for d in run.differences if d.id not in gone))
            for run in kept.runs
        )
        payments = tuple(p for p in kept.payments if p.id not in gone)
        keep(db, dataclasses.replace(kept, runs=tuple(runs), payments=payments))
