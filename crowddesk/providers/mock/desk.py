"""The practice vendor's desk: how it takes units in, takes them back and settles them, many in one call."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from crowddesk.domain import ActionKind, VendorRefused
from crowddesk.language import say
from crowddesk.providers.mock import crowd
from crowddesk.providers.mock.batch import Batch, UnitStatus, add_changes, get_batch
from crowddesk.providers.mock.books import Account, Ask, Effect, Session, select_in

_FEE_PERCENT: Final = 20


def fee_of(amount_minor: int) -> int:
    """The vendor's fee for one payment, in minor units: 20 %, halves up, at least one."""
    return max(1, (amount_minor * _FEE_PERCENT * 2 + 100) // 200)


@dataclass(frozen=True, slots=True)
class NewUnit:
    """One unit to launch. `recorded` is (worker name, answer, seconds worked or None) for a replay."""

    token: str
    ref: str
    item_key: str
    unit_index: int
    item: Mapping[str, Any]
    truth: Any = None
    recorded: tuple[str, Mapping[str, Any], float | None] | None = None


class Launch:
    """The launch of units into one batch."""

    def __init__(self, session: Session, batch: Batch, units: Sequence[NewUnit]) -> None:
        db = session.connection
        self._db = db
        self._batch = batch
        self._units = {unit.token: unit for unit in units}
        refs = {unit.ref for unit in units}
        rows = select_in(db, "SELECT ref, id, batch_id, status FROM unit WHERE ref IN ({})", refs)
        self._out = {ref: (unit_id, batch_id, status) for ref, unit_id, batch_id, status in rows}
        keys = {unit.item_key for unit in units}
        sql = f"SELECT key, id FROM item WHERE batch_id={batch.id} AND key IN ({{}})"
        self._items: dict[str, int] = dict(select_in(db, sql, keys))
        names = {unit.recorded[0] for unit in units if unit.recorded is not None and unit.recorded[0]}
        db.executemany("INSERT OR IGNORE INTO worker (name) VALUES (?)", [(name,) for name in sorted(names)])
        rows = select_in(db, "SELECT name, id FROM worker WHERE name IN ({})", names)
        self._workers: dict[str, int] = dict(rows)
        self._next_item = 1 + db.execute("SELECT COALESCE(MAX(id), 0) FROM item").fetchone()[0]
        self._moment = max(batch.simulated(session.at), batch.arrived)
        self._gaps = crowd.arrival_gaps(batch.spec.seed, batch.arrivals, batch.spec.arrivals_per_second)
        self._came = 0
        self._new_items: list[tuple[Any, ...]] = []
        self._new_units: list[tuple[Any, ...]] = []
        self._back: list[tuple[Any, ...]] = []

    def judge(self, ask: Ask) -> Effect:
        unit = self._units[ask.token]
        batch = self._batch
        earlier = self._out.get(unit.ref)
        if batch.closed:
            raise VendorRefused(say("Batch {key!r} is closed.", key=batch.key))
        if earlier is not None and earlier[1:] != (batch.id, UnitStatus.EXPIRED):
            raise VendorRefused(say("Unit {ref!r} is out already.", ref=unit.ref))
        worker = answer = seconds = due = None
        if unit.recorded is not None:
            name, answer, seconds = unit.recorded
            if not name:
                raise VendorRefused(say("Its recorded answer names no worker."))
            if seconds is not None and not 0 <= seconds < 1e9:
                raise VendorRefused(say("Its recorded time of {seconds} seconds cannot be.", seconds=seconds))
            worker = self._workers[name]
        status = UnitStatus.NOT_RECORDED if batch.spec.replay and worker is None else UnitStatus.AVAILABLE
        if status == UnitStatus.AVAILABLE:
            due = self._moment = self._moment + next(self._gaps)
            self._came += 1
        how = (_text(unit.truth), worker, _text(answer), seconds, status, due)
        if earlier is None:
            self._new_units.append((batch.id, self._item_id(unit), unit.ref, unit.unit_index, *how))
        else:
            self._back.append((*how, unit.ref))
        self._out[unit.ref] = (0, batch.id, status)
        return 0, 0, status

    def _item_id(self, unit: NewUnit) -> int:
        known = self._items.get(unit.item_key)
        if known is None:
            known = self._items[unit.item_key] = self._next_item
            self._next_item += 1
            self._new_items.append((known, self._batch.id, unit.item_key, _text(unit.item)))
        return known

    def finish(self) -> None:
        many = self._db.executemany
        many("INSERT INTO item (id, batch_id, key, data) VALUES (?,?,?,?)", self._new_items)
        many(
            "INSERT INTO unit (batch_id, item_id, ref, unit_index, truth, recorded_worker, recorded_answer,"
            " recorded_seconds, status, due) VALUES (?,?,?,?,?,?,?,?,?,?)",
            self._new_units,
        )
        many(
            "UPDATE unit SET truth=?, recorded_worker=?, recorded_answer=?, recorded_seconds=?, status=?,"
            " due=?, closing=0 WHERE ref=?",
            self._back,
        )
        self._db.execute(
            "UPDATE batch SET arrived=?, arrivals=arrivals+? WHERE id=?",
            (self._moment, self._came, self._batch.id),
        )


class Expiry:
    """Units taken off the market."""

    def __init__(self, session: Session, refs: Sequence[str]) -> None:
        self._session = session
        rows = select_in(
            session.connection, "SELECT ref, id, batch_id, status FROM unit WHERE ref IN ({})", refs
        )
        self._units = {ref: (unit_id, batch_id, status) for ref, unit_id, batch_id, status in rows}
        self._down: dict[int, int] = {}
        self._closing: list[tuple[int]] = []

    def judge(self, ask: Ask) -> Effect:
        unit_id, batch_id, status = _get(self._units, ask.target)
        if status in UnitStatus.HANDED_IN:
            raise VendorRefused(say("A worker has handed it in already."))
        if status in UnitStatus.IN_WORK:
            self._closing.append((unit_id,))
            return 0, 0, "in work"
        if status != UnitStatus.EXPIRED:
            self._down[unit_id] = batch_id
        return 0, 0, UnitStatus.EXPIRED

    def finish(self) -> None:
        self._session.connection.executemany("UPDATE unit SET closing=1 WHERE id=?", self._closing)
        expire(self._session, [(batch_id, unit_id) for unit_id, batch_id in self._down.items()])


def expire(session: Session, units: Sequence[tuple[int, int]]) -> None:
    """Takes units that nobody works on, as (batch id, unit id), off the market."""
    many = session.connection.executemany
    ids = [(unit_id,) for _, unit_id in units]
    many(
        "UPDATE load SET taken=taken-1"
        " WHERE (batch_id, worker_id) = (SELECT batch_id, booked FROM unit WHERE id=?)",
        ids,
    )
    many(f"UPDATE unit SET status='{UnitStatus.EXPIRED}', due=NULL, booked=NULL WHERE id=?", ids)
    add_changes(
        session.connection,
        [(batch, unit, None, None, UnitStatus.EXPIRED, session.at) for batch, unit in units],
    )


class Settling:
    """Approvals, rejections or un-rejections, with the money they move."""

    def __init__(self, session: Session, kind: str, refs: Sequence[str]) -> None:
        self._session = session
        self._kind = kind
        db = session.connection
        rows = select_in(db, "SELECT ref, id, batch_id, stay_id, status FROM unit WHERE ref IN ({})", refs)
        self._units = {row[0]: row[1:] for row in rows}
        keys = select_in(db, "SELECT id, key FROM batch WHERE id IN ({})", {row[2] for row in rows})
        batches = {batch_id: get_batch(db, key) for batch_id, key in keys}
        self._payers: dict[int, tuple[Account, int]] = {
            batch_id: (session.account(batch.account), batch.spec.reward_minor)
            for batch_id, batch in batches.items()
        }
        self._statuses: dict[str, str] = {}

    def judge(self, ask: Ask) -> Effect:
        _, batch_id, _, status = _get(self._units, ask.target)
        status = self._statuses.get(ask.target, status)
        if status == UnitStatus.APPROVED:
            raise VendorRefused(
                say("It is already approved.") if self._kind != ActionKind.REJECT
                else say("It is approved and paid; that cannot be taken back.")
            )  # fmt: skip
        if status not in UnitStatus.HANDED_IN:
            raise VendorRefused(say("Nobody has handed it in yet."))
        if self._kind == ActionKind.REJECT:
            if status == UnitStatus.REJECTED:
                raise VendorRefused(say("It is already rejected."))
            if not ask.reason.strip():
                raise VendorRefused(say("A rejection needs a reason."))
            self._statuses[ask.target] = UnitStatus.REJECTED
            return 0, 0, UnitStatus.REJECTED
        if (status == UnitStatus.REJECTED) != (self._kind == ActionKind.UNREJECT):
            raise VendorRefused(
                say("It is rejected: un-reject it.")
                if status == UnitStatus.REJECTED
                else say("It is not rejected.")
            )
        account, reward = self._payers[batch_id]
        fee = fee_of(reward)
        self._session.pay(account, ask.token, self._kind, ask.target, -reward, -fee)
        self._statuses[ask.target] = UnitStatus.APPROVED
        return reward, fee, UnitStatus.APPROVED

    def finish(self) -> None:
        db = self._session.connection
        db.executemany(
            "UPDATE unit SET status=? WHERE id=?",
            [(status, self._units[ref][0]) for ref, status in self._statuses.items()],
        )
        changes = []
        for ref, status in self._statuses.items():
            unit_id, batch_id, stay_id, _ = self._units[ref]
            changes.append((batch_id, unit_id, stay_id, status, status, self._session.at))
        add_changes(db, changes)


def _get(units: Mapping[str, Any], ref: str) -> Any:
    try:
        return units[ref]
    except KeyError:
        raise VendorRefused(say("The practice vendor has no unit {ref!r}.", ref=ref)) from None


def _text(value: Any) -> str | None:
    """A value as JSON; what JSON does not know is written as text."""
    return None if value is None else json.dumps(value, default=str)
