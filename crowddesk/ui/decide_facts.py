"""What is known of units before a verb, read for its dialog: whom it concerns, what it costs, which caps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crowddesk.domain import ActionKind, money_text
from crowddesk.language import say
from crowddesk.ui.dialogs.decide import CapUse, DecideFacts, Person, ReasonRules
from crowddesk.ui.dialogs.words_preview import UnitLine
from crowddesk.ui.words import environment_of, short_name

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.operations.policy import RejectionPolicy, Used
    from crowddesk.store.queries import WorkerRow
    from crowddesk.store.reasons import Reason

_WANTED = {
    ActionKind.UNREJECT: ("rejected",),
    ActionKind.REQUEST_RETURN: ("completed", "assigned"),
    ActionKind.MESSAGE: (),
}


@dataclass(frozen=True, slots=True)
class UnitsFacts:
    """What is known of units before a verb: those it can be done with, what its dialog says, and for whom.

    `places` are the accounts and runs that their workers are at, with the workers: who is written to.
    `returns` are the reasons of the library to ask for their return with, where the vendor offers that.
    """

    kind: str
    ids: list[int]
    decide: DecideFacts
    rules: ReasonRules
    sandbox: bool
    people: Sequence[str]
    places: Sequence[tuple[int, int, str, list[int]]]
    returns: Sequence[Reason] = ()


def read_facts(
    conn: Connection, kind: str, ids: Sequence[int], caps: RejectionPolicy, *, nameless: bool = False
) -> UnitsFacts:
    """In the reader: what the dialog says of the units that the verb can be done with.

    `nameless`: whoever decides does not want to know whose they are yet.
    """
    from crowddesk.operations.decisions import offers
    from crowddesk.operations.policy import rules_of
    from crowddesk.operations.reasons import list_reasons
    from crowddesk.store.ledger import units_by_id
    from crowddesk.store.queries import RUNS, WORKERS

    wanted = _WANTED.get(kind, ("completed",))
    units = [u for u in units_by_id(conn, ids).values() if not wanted or u["status"] in wanted]
    if kind in (ActionKind.REQUEST_RETURN, ActionKind.MESSAGE):
        able = {vendor: offers(vendor, kind) for vendor in {u["provider_type"] for u in units}}
        units = [u for u in units if able[u["provider_type"]] and u["worker_id"] is not None]
    if kind != ActionKind.MESSAGE:
        units = [u for u in units if u["pending"] is None]
    people = Counter(u["worker_id"] for u in units if u["worker_id"] is not None)
    workers = {row.id: row for row in WORKERS.rows(conn, list(people))}
    names = {worker: row.worker_name for worker, row in workers.items()}
    if nameless:
        names = {
            worker: say("worker {number}", number=place)
            for place, (worker, _) in enumerate(people.most_common(), 1)
        }
    places: dict[tuple[int, int], dict[int, None]] = {}
    for unit in units:
        if unit["worker_id"] is not None:
            key = (int(unit["requester_id"]), int(unit["task_run_id"]))
            places.setdefault(key, {})[unit["worker_id"]] = None
    titles = {run.id: run.title for run in RUNS.rows(conn, [run for _, run in places])}
    rejecting = kind == ActionKind.REJECT
    first = units[0] if units else None
    sandbox = first is not None and all(u["sandbox"] for u in units)
    vendor = first["provider_type"] if first is not None else ""
    can_return = bool(vendor) and offers(vendor, ActionKind.REQUEST_RETURN)
    costs = _money(units, ("pay_minor", "fee_minor"))
    facts = DecideFacts(
        count=len(units),
        money="" if rejecting else costs,
        fees="" if rejecting else _money(units, ("fee_minor",)),
        per_person=[(names.get(w, str(w)), n) for w, n in people.most_common()],
        environment=environment_of(vendor, sandbox),
        vendor=vendor,
        canned=list_reasons(conn, kind, vendor) if vendor and kind != ActionKind.APPROVE else (),
        can_return=rejecting and can_return,
        can_write=bool(vendor) and rejecting and len(places) == 1 and offers(vendor, ActionKind.MESSAGE),
        soft_money=costs if rejecting else "",
        units=[UnitLine(u["id"], names.get(u["worker_id"], "")) for u in units],
        people=_people(conn, people, workers, names, caps) if rejecting else (),
        caps=_caps(conn, units, caps, nameless) if rejecting and units else (),
    )
    vendor_rules = rules_of(vendor) if vendor and rejecting else None
    rules = ReasonRules(
        min_length=vendor_rules.min_length if vendor_rules else 0,
        max_length=vendor_rules.max_length if vendor_rules else 0,
        categories=vendor_rules.categories if vendor_rules else (),
    )
    return UnitsFacts(
        kind,
        [u["id"] for u in units],
        facts,
        rules,
        sandbox,
        [names.get(worker, str(worker)) for worker in people],
        [(account, run, titles.get(run, ""), list(who)) for (account, run), who in places.items()],
        list_reasons(conn, ActionKind.REQUEST_RETURN, vendor) if can_return else (),
    )


def _money(units: Sequence[Any], columns: Sequence[str]) -> str:
    totals: Counter[str] = Counter()
    for unit in units:
        totals[unit["currency"]] += sum(unit[column] for column in columns)
    return " + ".join(money_text(minor, code) for code, minor in totals.items())


def _people(
    conn: Connection,
    people: Counter[int],
    workers: dict[int, WorkerRow],
    names: dict[int, str],
    caps: RejectionPolicy,
) -> list[Person]:
    """Who is rejected, the most first, with the record they have here."""
    from crowddesk.store.second_looks import never_rejected

    first = never_rejected(conn, list(people)) if caps.second_look else set()
    found = []
    for worker, count in people.most_common():
        row = workers.get(worker)
        record = ""
        if row is not None:
            parts = [say("{number:,} accepted", number=row.accepted)]
            if row.soft_rejected:
                parts.append(say("{number:,} soft-rejected", number=row.soft_rejected))
            record = ", ".join([*parts, say("{number:,} rejected", number=row.rejected)])
        found.append(Person(names.get(worker, str(worker)), count, record, worker in first))
    return found


def _caps(conn: Connection, units: Sequence[Any], caps: RejectionPolicy, nameless: bool) -> list[CapUse]:
    """The caps that there are, and how much of each this would use: the account and person it uses most."""
    from crowddesk.operations.policy import used_by
    from crowddesk.store.second_looks import names_of, people_of

    found = []
    if caps.most_per_batch is not None:
        found.append(CapUse(say("in one go"), 0, len(units), caps.most_per_batch))
    by_account: dict[int, list[Any]] = {}
    for unit in units:
        by_account.setdefault(unit["requester_id"], []).append(unit)
    days, persons = [], []
    for requester_id, mine in by_account.items():
        used: Used = used_by(conn, requester_id)
        known = people_of(conn, [u["worker_id"] for u in mine if u["worker_id"] is not None])
        names = {} if nameless else names_of(conn, known)
        here = Counter(known[u["worker_id"]] for u in mine if u["worker_id"] in known)
        if caps.most_a_day is not None:
            days.append(CapUse(say("of this account in 24 hours"), used.today, len(mine), caps.most_a_day))
        if caps.most_per_worker_a_day is not None:
            who = {p: say("one person") if nameless else short_name(names[p]) for p in here}
            persons += [
                CapUse(
                    say("of {person} in 24 hours", person=who[p]), used.by_person.get(p, 0), n,
                    caps.most_per_worker_a_day,
                )
                for p, n in here.items()
            ]  # fmt: skip
    found += sorted(persons, key=lambda use: -use.total)[:1] + sorted(days, key=lambda use: -use.total)[:1]
    return found
