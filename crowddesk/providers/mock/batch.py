"""One batch of units at the practice vendor: its terms, and how the crowd works through it in time."""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections.abc import Generator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any, Final

from crowddesk.domain import AgentStatus, BadInput, VendorRefused, check_currency
from crowddesk.language import say
from crowddesk.providers.mock import crowd


class UnitStatus:
    """The vendor's own words for a unit, and for what a change did to it."""

    AVAILABLE: Final = "available"
    #: In a replay: nobody's answer to it was recorded, so nobody comes.
    NOT_RECORDED: Final = "not recorded"
    #: Everybody in the crowd is blocked, unqualified, at their limit or knows the item already.
    NO_ONE_ELIGIBLE: Final = "no one eligible"
    RESERVED: Final = "reserved"
    ACTIVE: Final = "active"
    SUBMITTED: Final = "submitted"
    APPROVED: Final = "approved"
    REJECTED: Final = "rejected"
    EXPIRED: Final = "expired"

    UNTAKEN: Final = (AVAILABLE, NOT_RECORDED, NO_ONE_ELIGIBLE)
    IN_WORK: Final = (RESERVED, ACTIVE)
    HANDED_IN: Final = (SUBMITTED, APPROVED, REJECTED)


#: The vendor's words for the ends of a stay.
_WORD_FOR: Final = {
    AgentStatus.COMPLETED: UnitStatus.SUBMITTED,
    AgentStatus.RETURNED: "returned",
    AgentStatus.TIMEOUT: "timed out",
    AgentStatus.DISCONNECT: "disconnected",
}
_COMPARATORS: Final = ("has", "lacks", ">=")
_LARGEST_CROWD: Final = 5000


@dataclass(frozen=True, slots=True)
class BatchSpec:
    """The terms of one batch. Raises BadInput, which names the term, when one makes no sense.

    `seed` decides who does what; `speed` divides waits only. `reward_minor` is paid per unit in `currency`.
    `concurrency` bounds the units in work at once, `max_units_per_worker` the units one person may start (one
    given back counts). `time_limit_s` and `arrivals_per_second` are in simulated seconds.
    `required_qualifications` are (name, "has" | "lacks" | ">=", value). `fields` are the form's: mappings
    with `name`, `type`, `options` and, for numbers, `min`, `max`, `step`; `gold_field` names the one whose
    right answer a unit's `truth` is. People in `kept_out`, by name, get no unit. With `replay`, units without
    a recorded answer wait. `units_per_item` is
    how the crowd is dealt out (see `crowd.preferences`): runs repeat exactly as long as it is not below what
    is launched and the crowd suffices.
    """

    seed: int
    reward_minor: int
    currency: str
    speed: float = 1.0
    concurrency: int | None = None
    max_units_per_worker: int | None = None
    time_limit_s: float = 3600.0
    required_qualifications: tuple[tuple[str, str, int], ...] = ()
    mix: crowd.Mix = field(default_factory=crowd.Mix)
    people: int = 100
    arrivals_per_second: float = 1.0
    units_per_item: int = 10
    replay: bool = False
    fields: tuple[Mapping[str, Any], ...] = ()
    gold_field: str | None = None
    kept_out: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if check_currency(self.currency) != self.currency:
            raise BadInput(
                say(
                    "currency is {currency!r}: write it {check_currency}.",
                    currency=self.currency,
                    check_currency=check_currency(self.currency),
                )
            )
        for name, least, most in (
            ("reward_minor", 1, 2**53), ("people", 1, _LARGEST_CROWD), ("units_per_item", 1, 10**6),
            ("concurrency", 1, 2**31), ("max_units_per_worker", 1, 2**31), ("seed", -(2**63), 2**63 - 1),
        ):  # fmt: skip
            value = getattr(self, name)
            if value is None and name in ("concurrency", "max_units_per_worker"):
                continue
            if type(value) is not int or not least <= value <= most:
                raise BadInput(
                    say(
                        "{name} is {value!r}: give a whole number from {least} to {most}.",
                        name=name,
                        value=value,
                        least=least,
                        most=most,
                    )
                )
        for name, top in (("speed", 1e6), ("time_limit_s", 1e8), ("arrivals_per_second", 1e6)):
            value = getattr(self, name)
            if type(value) not in (int, float) or not 0 < value <= top:
                raise BadInput(
                    say(
                        "{name} is {value!r}: give a number above 0 and at most {top:g}.",
                        name=name,
                        value=value,
                        top=top,
                    )
                )
        for name, comparator, least in self.required_qualifications:
            if not name or comparator not in _COMPARATORS or type(least) is not int:
                raise BadInput(
                    say(
                        "{name!r} {comparator!r} {least!r} is no required qualification: give a name, "
                        "one of {comparators} and a whole number.",
                        name=name,
                        comparator=comparator,
                        least=least,
                        comparators=", ".join(_COMPARATORS),
                    )
                )

    def to_json(self) -> str:
        return json.dumps(asdict(self), default=str)


@lru_cache(maxsize=64)
def read_spec(text: str) -> BatchSpec:
    """The terms as `BatchSpec.to_json` wrote them."""
    raw = json.loads(text)
    raw["mix"] = crowd.Mix(**raw["mix"])
    raw["required_qualifications"] = tuple((n, c, v) for n, c, v in raw["required_qualifications"])
    raw["fields"] = tuple(raw["fields"])
    raw["kept_out"] = tuple(raw.get("kept_out", ()))
    return BatchSpec(**raw)


@lru_cache(maxsize=64)
def _form_of(text: str) -> tuple[crowd.Field, ...]:
    return crowd.read_form(read_spec(text).fields)


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as one transaction read it. `started` is epoch seconds, `clock` and `arrived` are simulated."""

    id: int
    account_id: int
    account: str
    key: str
    spec_text: str
    started: float
    clock: float
    arrived: float
    arrivals: int
    closed: int

    @property
    def spec(self) -> BatchSpec:
        return read_spec(self.spec_text)

    def simulated(self, now: float) -> float:
        """Simulated seconds since the start at the real time `now`; it never runs backwards."""
        return max(self.clock, (now - self.started) * self.spec.speed)

    def real(self, simulated: float) -> float:
        """The real time (epoch seconds) of a simulated moment."""
        return self.started + simulated / self.spec.speed


def find_batch(connection: sqlite3.Connection, key: str) -> Batch | None:
    row = connection.execute(
        "SELECT b.id, b.account_id, a.name, b.key, b.spec, b.started, b.clock, b.arrived,"
        " b.arrivals, b.closed FROM batch b JOIN account a ON a.id = b.account_id WHERE b.key=?",
        (key,),
    ).fetchone()
    return None if row is None else Batch(*row)


def get_batch(connection: sqlite3.Connection, key: str) -> Batch:
    """Raises VendorRefused when there is none."""
    batch = find_batch(connection, key)
    if batch is None:
        raise VendorRefused(say("The practice vendor has no batch {key!r}.", key=key))
    return batch


def add_changes(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Appends to the feed: (batch id, unit id, stay id, agent status, vendor status, epoch seconds)."""
    connection.executemany(
        "INSERT INTO change (batch_id, unit_id, stay_id, agent_status, vendor_status, at)"
        " VALUES (?,?,?,?,?,?)",
        rows,
    )


def wake_units(connection: sqlite3.Connection, account_id: int) -> None:
    """Offers the units that nobody might take to everybody again: who may has changed."""
    connection.execute(
        "UPDATE unit SET status=?, due=(SELECT clock FROM batch b WHERE b.id = unit.batch_id)"
        " WHERE status=? AND batch_id IN (SELECT id FROM batch WHERE account_id=? AND closed=0)",
        (UnitStatus.AVAILABLE, UnitStatus.NO_ONE_ELIGIBLE, account_id),
    )


def next_event(connection: sqlite3.Connection, batch: Batch) -> float | None:
    """When the batch moves next (epoch seconds); None while nothing will by itself."""
    statuses = [UnitStatus.AVAILABLE, *UnitStatus.IN_WORK]
    limit = batch.spec.concurrency
    if limit is not None and _count_in_work(connection, batch) >= limit:
        statuses.remove(UnitStatus.AVAILABLE)
    dues = [
        connection.execute(
            "SELECT MIN(due) FROM unit WHERE batch_id=? AND status=?", (batch.id, s)
        ).fetchone()[0]
        for s in statuses
    ]
    known = [due for due in dues if due is not None]
    return batch.real(min(known)) if known else None


def _count_in_work(connection: sqlite3.Connection, batch: Batch) -> int:
    count = connection.execute(
        "SELECT COUNT(*) FROM unit WHERE batch_id=? AND status IN (?, ?)", (batch.id, *UnitStatus.IN_WORK)
    ).fetchone()[0]
    return int(count)


# ------------------------------------------------------------------------------------------- the advance


@dataclass(slots=True)
class _Unit:
    id: int
    ref: str
    item_id: int
    unit_index: int
    truth: str | None
    recorded_worker: int | None
    recorded_answer: str | None
    recorded_seconds: float | None
    status: str
    due: float | None
    stays: int
    stay_id: int | None
    booked: int | None
    closing: int
    outcome: str = ""
    ends: float = 0.0
    rest: float = 0.0


_UNIT_COLUMNS: Final = (
    "u.id, u.ref, u.item_id, u.unit_index, u.truth, u.recorded_worker, u.recorded_answer, u.recorded_seconds,"
    " u.status, u.due, u.stays, u.stay_id, u.booked, u.closing"
)


@dataclass(slots=True)
class _Load:
    """One person's day in one batch: units started or promised, busy with one until, promised away until."""

    taken: int = 0
    busy_until: float = 0.0
    free_at: float = 0.0


class Advance:
    """Brings one batch up to a moment, at most `limit` events at a time, inside the caller's transaction.

    A unit falls due when somebody comes for it. Who that is is fixed beforehand; a person who is busy gets it
    later, one who may not have it at all is passed over for the next of the unit's list. So limits, blocks
    and qualifications can change who works on a unit, waiting cannot.
    """

    def __init__(self, connection: sqlite3.Connection, batch: Batch, until: float, limit: int) -> None:
        self._db = connection
        self._batch = batch
        self._spec = batch.spec
        self._form = _form_of(batch.spec_text)
        self._until = until
        self._limit = limit
        self._now = batch.clock
        self._touched: dict[int, _Unit] = {}
        self._new_stays: list[tuple[Any, ...]] = []
        self._changes: list[tuple[Any, ...]] = []
        self._waiting: list[tuple[float, int, _Unit]] = []
        self._working: list[tuple[float, int, _Unit]] = []
        self._changed_loads: set[int] = set()
        self._known_items: dict[int, tuple[str, set[int]]] = {}
        self._item_data: dict[int, Mapping[str, Any]] = {}
        self._names: dict[int, str] = {}
        self._next_stay = 1 + connection.execute("SELECT COALESCE(MAX(id), 0) FROM stay").fetchone()[0]
        self._in_work = 0
        self._loads: dict[int, _Load] = {}
        self._ids: dict[int, int] = {}
        self._numbers: dict[int, int] = {}
        self._barred: set[int] = set()
        self._room_again = False

    def run(self) -> tuple[int, bool]:
        """Returns how many changes came of it, and whether the moment was reached."""
        self._read()
        arrivals = self._arrivals()
        coming = next(arrivals, None)
        events = 0
        while events < self._limit:
            waiting = self._waiting[0] if self._waiting else None
            if coming is not None and (waiting is None or coming < waiting):
                waiting = coming
            working = self._working[0] if self._working else None
            room = self._spec.concurrency is None or self._in_work < self._spec.concurrency
            if waiting is not None and room and (working is None or waiting[0] <= working[0]):
                if waiting is coming:
                    coming = next(arrivals, None)
                else:
                    heapq.heappop(self._waiting)
                self._now = max(self._now, waiting[0])
                self._someone_comes(waiting[2])
            elif working is not None:
                heapq.heappop(self._working)
                self._now = max(self._now, working[0])
                self._work_goes_on(working[2])
            else:
                break
            events += 1
        arrivals.close()
        reached = events < self._limit and not self._room_again
        self._write(reached=reached)
        return len(self._changes), reached

    # reading

    def _read(self) -> None:
        db, batch, spec = self._db, self._batch, self._spec
        if spec.concurrency is not None:
            self._in_work = _count_in_work(db, batch)
        for row in db.execute(
            f"SELECT {_UNIT_COLUMNS}, s.outcome, s.ends, s.rest FROM unit u JOIN stay s ON s.id = u.stay_id"
            " WHERE u.batch_id=? AND u.status IN (?, ?) AND u.due <= ?",
            (batch.id, *UnitStatus.IN_WORK, self._until),
        ):
            unit = _Unit(*row)
            self._working.append((unit.due or 0.0, unit.id, unit))
        heapq.heapify(self._working)
        for worker, taken, busy_until, free_at in db.execute(
            "SELECT worker_id, taken, busy_until, free_at FROM load WHERE batch_id=?", (batch.id,)
        ):
            self._loads[worker] = _Load(taken, busy_until, free_at)
        for number, worker, name in db.execute(
            "SELECT number, id, name FROM worker WHERE number < ?", (spec.people,)
        ):
            self._ids[number] = worker
            self._numbers[worker] = number
            self._names[worker] = name
        self._barred = self._read_barred()

    def _read_barred(self) -> set[int]:
        """People who are blocked or kept out, or have not what the batch asks for."""
        account = self._batch.account_id
        blocked = self._db.execute("SELECT worker_id FROM block WHERE account_id=?", (account,))
        barred = {row[0] for row in blocked}
        names = set(self._spec.kept_out)
        barred |= {worker for worker, name in self._names.items() if name in names}
        for name, comparator, value in self._spec.required_qualifications:
            held = dict(
                self._db.execute(
                    "SELECT g.worker_id, g.value FROM granted g"
                    " JOIN qualification q ON q.id = g.qualification_id WHERE q.account_id=? AND q.name=?",
                    (account, name),
                ).fetchall()
            )
            for worker in self._ids.values():
                has = worker in held
                met = {"has": has, "lacks": not has, ">=": has and held.get(worker, 0) >= value}[comparator]
                if not met:
                    barred.add(worker)
        return barred

    def _arrivals(self) -> Generator[tuple[float, int, _Unit]]:
        """The units that somebody comes for until then, earliest first, read one by one as needed."""
        rows = self._db.execute(
            f"SELECT {_UNIT_COLUMNS} FROM unit u WHERE u.batch_id=? AND u.status=? AND u.due <= ?"
            " ORDER BY u.due, u.id",
            (self._batch.id, UnitStatus.AVAILABLE, self._until),
        )
        try:
            for row in rows:
                unit = _Unit(*row)
                yield unit.due or 0.0, unit.id, unit
        finally:
            rows.close()

    def _item(self, item_id: int) -> tuple[str, set[int]]:
        """The item's key, and who has had a unit of it."""
        known = self._known_items.get(item_id)
        if known is None:
            key = self._db.execute("SELECT key FROM item WHERE id=?", (item_id,)).fetchone()[0]
            rows = self._db.execute("SELECT worker_id FROM stay WHERE item_id=?", (item_id,))
            known = self._known_items[item_id] = (key, {row[0] for row in rows})
        return known

    def _data(self, item_id: int) -> Mapping[str, Any]:
        data = self._item_data.get(item_id)
        if data is None:
            text = self._db.execute("SELECT data FROM item WHERE id=?", (item_id,)).fetchone()[0]
            data = self._item_data[item_id] = json.loads(text)
        return data

    # what happens

    def _someone_comes(self, unit: _Unit) -> None:
        self._touched[unit.id] = unit
        key, _ = self._item(unit.item_id)
        if unit.recorded_worker is not None:
            stay = crowd.replay_stay(
                self._spec.seed, key, unit.unit_index, unit.stays,
                json.loads(unit.recorded_answer or "{}"), unit.recorded_seconds,
            )  # fmt: skip
            self._take(unit, unit.recorded_worker, stay)
            return
        person = self._choose(unit)
        if person is None:
            unit.status, unit.due = UnitStatus.NO_ONE_ELIGIBLE, None
            return
        worker = self._ids[person.number]
        stay = crowd.plan_stay(
            self._form, self._spec.seed, key, unit.unit_index, unit.stays, person,
            time_limit=self._spec.time_limit_s, truth=None if unit.truth is None else json.loads(unit.truth),
            gold_field=self._spec.gold_field, item=lambda: self._data(unit.item_id),
        )  # fmt: skip
        load = self._load(worker)
        promised = unit.booked == worker
        if load.busy_until <= self._now and (promised or load.free_at <= self._now):
            load.taken += not promised
            load.busy_until = self._now + stay.busy
            load.free_at = max(load.free_at, load.busy_until)
            self._take(unit, worker, stay)
            return
        load.taken += not promised
        unit.booked = worker
        unit.due = load.free_at
        load.free_at += stay.busy
        self._wait(unit)

    def _choose(self, unit: _Unit) -> crowd.Person | None:
        """Who was promised the unit, or the next of its list who may have it; None when nobody may."""
        key, seen = self._item(unit.item_id)
        spec = self._spec
        everybody = crowd.people(spec.people, spec.mix)
        if unit.booked is not None:
            if unit.booked not in self._barred and unit.booked not in seen:
                return everybody[self._numbers[unit.booked]]
            self._load(unit.booked).taken -= 1
            self._room_again |= spec.max_units_per_worker is not None and unit.booked not in self._barred
            unit.booked = None
        for number in crowd.preferences(spec.seed, key, unit.unit_index, spec.people, spec.units_per_item):
            worker = self._ids[number]
            if worker in self._barred or worker in seen:
                continue
            if spec.max_units_per_worker is None or self._load(worker).taken < spec.max_units_per_worker:
                return everybody[number]
        return None

    def _load(self, worker: int) -> _Load:
        self._changed_loads.add(worker)
        return self._loads.setdefault(worker, _Load())

    def _take(self, unit: _Unit, worker: int, stay: crowd.Stay) -> None:
        self._known_items[unit.item_id][1].add(worker)
        ref = crowd.submission_name(unit.ref, unit.stays)
        unit.outcome, unit.rest, unit.ends = stay.outcome, stay.rest, self._now + stay.seconds
        payload = None
        if stay.answer is not None:
            payload = json.dumps(
                {
                    "submission": ref, "unit": unit.ref, "worker": self._name(worker),
                    "seconds": round(stay.seconds, 3), "answer": stay.answer,
                }
            )  # fmt: skip
        unit.stay_id = self._next_stay
        self._next_stay += 1
        self._new_stays.append(
            (unit.stay_id, unit.id, unit.item_id, unit.stays, worker, ref, self._now, unit.ends,
             stay.outcome, round(stay.seconds, 3), stay.rest, payload)
        )  # fmt: skip
        unit.stays += 1
        unit.booked = None
        unit.status, unit.due = UnitStatus.RESERVED, self._now + stay.reading
        self._in_work += 1
        self._note(unit, AgentStatus.ACCEPTED, unit.status)
        self._go_on(unit)

    def _work_goes_on(self, unit: _Unit) -> None:
        self._touched[unit.id] = unit
        if unit.status == UnitStatus.RESERVED:
            unit.status, unit.due = UnitStatus.ACTIVE, unit.ends
            self._note(unit, AgentStatus.IN_TASK, unit.status)
            self._go_on(unit)
            return
        self._in_work -= 1
        self._note(unit, unit.outcome, _WORD_FOR[unit.outcome])
        if unit.outcome == AgentStatus.COMPLETED:
            unit.status, unit.due = UnitStatus.SUBMITTED, None
        elif unit.closing or self._batch.closed:
            unit.status, unit.due, unit.stay_id = UnitStatus.EXPIRED, None, None
            self._note(unit, None, unit.status)
        else:
            unit.status, unit.due, unit.stay_id = UnitStatus.AVAILABLE, self._now + unit.rest, None
            self._wait(unit)

    def _wait(self, unit: _Unit) -> None:
        if unit.due is not None and unit.due <= self._until:
            heapq.heappush(self._waiting, (unit.due, unit.id, unit))

    def _go_on(self, unit: _Unit) -> None:
        if unit.due is not None and unit.due <= self._until:
            heapq.heappush(self._working, (unit.due, unit.id, unit))

    def _note(self, unit: _Unit, agent_status: str | None, vendor_status: str) -> None:
        at = self._batch.real(self._now)
        self._changes.append((self._batch.id, unit.id, unit.stay_id, agent_status, vendor_status, at))

    def _name(self, worker: int) -> str:
        name = self._names.get(worker)
        if name is None:
            row = self._db.execute("SELECT name FROM worker WHERE id=?", (worker,)).fetchone()
            name = self._names[worker] = str(row[0])
        return name

    # writing

    def _write(self, *, reached: bool) -> None:
        many = self._db.executemany
        many("INSERT INTO stay VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", self._new_stays)
        many(
            "UPDATE unit SET status=?, due=?, stays=?, stay_id=?, booked=? WHERE id=?",
            [(u.status, u.due, u.stays, u.stay_id, u.booked, u.id) for u in self._touched.values()],
        )
        many(
            "INSERT OR REPLACE INTO load VALUES (?,?,?,?,?)",
            [
                (self._batch.id, w, self._loads[w].taken, self._loads[w].busy_until, self._loads[w].free_at)
                for w in self._changed_loads
            ],
        )
        if self._room_again:
            wake_units(self._db, self._batch.account_id)
        add_changes(self._db, self._changes)
        clock = max(self._now, self._until) if reached else self._now
        self._db.execute("UPDATE batch SET clock=? WHERE id=?", (clock, self._batch.id))
