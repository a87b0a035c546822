"""The practice vendor: a marketplace with accounts, batches, workers and a ledger in one SQLite file.

It is a separate party. What it did stands in its file whatever CrowdDesk believes, and nothing of CrowdDesk's
database is reachable from here. Calls that change something carry a token: once done, the same token does
nothing again and gets the same answer. Refused calls raise VendorRefused, or are reported per item by the
calls that take many; a call that raises VendorError may or may not have happened, `find_calls` tells.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import uuid4

from crowddesk.domain import ActionKind, AgentStatus, BadInput, VendorRefused
from crowddesk.language import say
from crowddesk.providers.mock import crowd
from crowddesk.providers.mock.batch import (
    Advance,
    BatchSpec,
    UnitStatus,
    find_batch,
    get_batch,
    next_event,
)  # fmt: skip
from crowddesk.providers.mock.books import (
    Account,
    Ask,
    Call,
    Effect,
    Payment,
    Session,
    select_in,
)  # fmt: skip
from crowddesk.providers.mock.desk import Expiry, Launch, NewUnit, Settling, expire
from crowddesk.providers.mock.people import PeopleOffice, nothing
from crowddesk.providers.mock.wire import Judge

_EVENTS_A_TRANSACTION: Final = 5000


@dataclass(frozen=True, slots=True)
class UnitState:
    """A unit as the vendor has it: a `UnitStatus`, the present submission and worker, the stays so far."""

    ref: str
    status: str
    submission: str | None
    worker: str | None
    stays: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One thing that happened to a unit. `seq` only grows: it is the cursor of `changes`.

    `ref` names the stay (empty when the unit itself expired: then `agent_status` is None too). `at` is the
    real time in epoch seconds, `seconds` the simulated time of an ended stay. `payload` is the raw submission
    and `answer` what it holds, both only when `agent_status` is completed.
    """

    seq: int
    unit_ref: str
    ref: str
    worker_name: str | None
    agent_status: str | None
    vendor_status: str
    at: float
    seconds: float | None
    payload: str | None
    answer: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Submission:
    """An answer that was handed in, for whoever compares the books; `status` is its unit's."""

    unit_ref: str
    ref: str
    worker_name: str
    seconds: float
    answer: dict[str, Any]
    status: str


class MockVendor(PeopleOffice):
    """The marketplace in the file at `path`, which is created when absent.

    Safe from any thread, and from several processes at once. `clock` gives the real time in epoch seconds.
    Every method may raise VendorError when the file cannot be used, or an injected fault strikes.
    """

    # ------------------------------------------------------------------------------------------ batches

    def create_batch(self, account: str, key: str, spec: BatchSpec, token: str | None = None) -> None:
        """Opens a batch; one that exists under this key is left as it is. Its crowd's clock starts now.

        Raises VendorRefused for an unknown account, another account's key or a currency that is not the
        account's.
        """

        def open_it(session: Session, owner: Account) -> str:
            run = session.connection.execute
            known = find_batch(session.connection, key)
            if known is not None:
                if known.account_id != owner.id:
                    raise VendorRefused(say("Batch {key!r} belongs to another account.", key=key))
                return "open"
            if spec.currency != owner.currency:
                raise VendorRefused(
                    say(
                        "Account {account} pays in {currency}, not in {meant}.",
                        account=account,
                        currency=owner.currency,
                        meant=spec.currency,
                    )
                )
            run(
                "INSERT INTO batch (account_id, key, spec, started, clock, arrived, arrivals, closed)"
                " VALUES (?,?,?,?,0,0,0,0)",
                (owner.id, key, spec.to_json(), session.at),
            )
            session.connection.executemany(
                "INSERT OR IGNORE INTO worker (name, number) VALUES (?, ?)",
                [(person.name, person.number) for person in crowd.people(spec.people, spec.mix)],
            )
            return "open"

        self._about_account(ActionKind.SET_UP, account, Ask(token or f"set up {key}", key), open_it)

    def keep_out(self, account: str, key: str, names: Sequence[str]) -> None:
        """Gives these people no further unit of a batch, beside those who are kept out already."""

        def add(session: Session, owner: Account) -> str:
            batch = find_batch(session.connection, key)
            if batch is None or batch.account_id != owner.id:
                raise VendorRefused(say("Account {account} has no batch {key!r}.", account=account, key=key))
            spec = batch.spec
            everybody = tuple(dict.fromkeys((*spec.kept_out, *names)))
            if everybody != spec.kept_out:
                text = replace(spec, kept_out=everybody).to_json()
                session.connection.execute("UPDATE batch SET spec=? WHERE id=?", (text, batch.id))
            return f"{len(everybody)} kept out"

        self._about_account("keep_out", account, Ask(str(uuid4()), key), add)

    def close_batch(self, key: str, token: str | None = None) -> None:
        """Ends a batch: what nobody has taken expires, who is at work may finish. Safe to call twice."""

        def prepare(session: Session) -> tuple[Judge, Callable[[], None]]:
            batch = get_batch(session.connection, key)

            def judge(ask: Ask) -> Effect:
                run = session.connection.execute
                rows = run(
                    "SELECT id FROM unit WHERE batch_id=? AND status IN (?,?,?)",
                    (batch.id, *UnitStatus.UNTAKEN),
                ).fetchall()
                run("UPDATE batch SET closed=1 WHERE id=?", (batch.id,))
                expire(session, [(batch.id, row[0]) for row in rows])
                return 0, 0, "closed"

            return judge, nothing

        self._wire.perform_one(ActionKind.CLEAN_UP, Ask(token or f"clean up {key}", key), prepare)

    def batch_counts(self, key: str) -> dict[str, int]:
        """How many units of the batch are in each `UnitStatus`. Raises VendorRefused for an unknown key."""
        with self._books.read() as connection:
            batch = get_batch(connection, key)
            rows = connection.execute(
                "SELECT status, COUNT(*) FROM unit WHERE batch_id=? GROUP BY status", (batch.id,)
            )
            return dict(rows.fetchall())

    # -------------------------------------------------------------------------------------------- units

    def launch_units(self, batch_key: str, units: Sequence[NewUnit]) -> list[Call]:
        """Makes units available, as many as given in one transaction; reports each. Moves no money.

        A unit whose ref is out already is refused unless it has expired: then it is offered again.
        Raises VendorRefused for an unknown batch.
        """

        def prepare(session: Session) -> tuple[Judge, Callable[[], None]]:
            launch = Launch(session, get_batch(session.connection, batch_key), units)
            return launch.judge, launch.finish

        return self._wire.perform(ActionKind.LAUNCH, [Ask(unit.token, unit.ref) for unit in units], prepare)

    def expire_units(self, items: Sequence[tuple[str, str]]) -> list[Call]:
        """Takes units, given as (token, unit ref), off the market; reports each.

        One that nobody works on is down at once (note `expired`). Who is at work may finish (note `in work`),
        but if they leave, nobody comes after them. One that was handed in is refused.
        """

        def prepare(session: Session) -> tuple[Judge, Callable[[], None]]:
            expiry = Expiry(session, [ref for _, ref in items])
            return expiry.judge, expiry.finish

        return self._wire.perform(ActionKind.EXPIRE, [Ask(*item) for item in items], prepare)

    def seconds_until_down(self, refs: Sequence[str]) -> float:
        """The longest time, in real seconds, until none of these units is in work any more."""
        with self._books.read() as connection:
            rows = select_in(
                connection,
                "SELECT b.key, s.taken, u.status FROM unit u JOIN batch b ON b.id = u.batch_id"
                " JOIN stay s ON s.id = u.stay_id WHERE u.ref IN ({})",
                refs,
            )
            latest: dict[str, float] = {}
            for key, taken, status in rows:
                if status in UnitStatus.IN_WORK:
                    latest[key] = max(taken, latest.get(key, 0.0))
            longest = 0.0
            for key, taken in latest.items():
                batch = get_batch(connection, key)
                longest = max(longest, batch.real(taken + batch.spec.time_limit_s) - self._clock())
            return longest

    def unit_state(self, refs: Sequence[str]) -> dict[str, UnitState]:
        """The units among these that the vendor has, by ref."""
        self._wire.check("unit_state", refs)
        with self._books.read() as connection:
            rows = select_in(
                connection,
                "SELECT u.ref, u.status, s.ref, w.name, u.stays FROM unit u"
                " LEFT JOIN stay s ON s.id = u.stay_id LEFT JOIN worker w ON w.id = s.worker_id"
                " WHERE u.ref IN ({})",
                refs,
            )
            return {row[0]: UnitState(*row) for row in rows}

    # ---------------------------------------------------------------------------------------- the crowd

    def step(self, batch_key: str, now: float | None = None) -> int:
        """Lets the batch's crowd work up to the real time `now` (epoch seconds); returns how much changed.

        However the time is cut up, the same comes out. Its transactions are bounded, so that catching up on a
        long absence keeps nobody out. Raises VendorRefused for an unknown batch.
        """
        now = self._clock() if now is None else now
        with self._books.read() as connection:
            batch = get_batch(connection, batch_key)
            due = next_event(connection, batch)
        if due is None or due > max(now, batch.real(batch.clock)):
            return 0
        changes, reached = 0, False
        while not reached:
            with self._books.write() as connection:
                batch = get_batch(connection, batch_key)
                more, reached = Advance(connection, batch, batch.simulated(now), _EVENTS_A_TRANSACTION).run()
                changes += more
        return changes

    def next_event(self, batch_key: str) -> float | None:
        """When `step` has something to do next (epoch seconds); None while nothing will happen by itself."""
        with self._books.read() as connection:
            return next_event(connection, get_batch(connection, batch_key))

    def changes(self, batch_key: str, cursor: int = 0, limit: int = 5000) -> list[ChangeRow]:
        """What happened in the batch after the change `cursor`, in order, at most `limit` rows."""
        self._wire.check("changes", [batch_key])
        with self._books.read() as connection:
            rows = connection.execute(
                "SELECT c.seq, u.ref, s.ref, w.name, c.agent_status, c.vendor_status, c.at, s.seconds,"
                " CASE WHEN c.agent_status=? THEN s.payload END FROM change c JOIN unit u ON u.id = c.unit_id"
                " LEFT JOIN stay s ON s.id = c.stay_id LEFT JOIN worker w ON w.id = s.worker_id"
                " WHERE c.batch_id=? AND c.seq>? ORDER BY c.seq LIMIT ?",
                (AgentStatus.COMPLETED, get_batch(connection, batch_key).id, cursor, limit),
            ).fetchall()
        return [
            ChangeRow(
                seq, unit_ref, ref or "", worker, agent_status, vendor_status, at,
                seconds if agent_status in AgentStatus.COMPLETE else None,
                payload, None if payload is None else json.loads(payload)["answer"],
            )
            for seq, unit_ref, ref, worker, agent_status, vendor_status, at, seconds, payload in rows
        ]  # fmt: skip

    def submissions(self, batch_key: str) -> list[Submission]:
        """Every answer that was handed in, in the order of the units' launch."""
        with self._books.read() as connection:
            rows = connection.execute(
                "SELECT u.ref, s.ref, w.name, s.seconds, s.payload, u.status FROM unit u"
                " JOIN stay s ON s.id = u.stay_id JOIN worker w ON w.id = s.worker_id"
                " WHERE u.batch_id=? AND u.status IN (?,?,?) ORDER BY u.id",
                (get_batch(connection, batch_key).id, *UnitStatus.HANDED_IN),
            ).fetchall()
        return [
            Submission(unit, ref, worker, seconds, json.loads(payload)["answer"], status)
            for unit, ref, worker, seconds, payload, status in rows
        ]

    # -------------------------------------------------------------------------------- decisions and money

    def settle(self, kind: str, items: Sequence[tuple[str, str, str, str]]) -> list[Call]:
        """Approves, rejects or un-rejects units, given as (token, unit ref, reason, category); reports each.

        `kind` is approve, reject or unreject. Approve and unreject charge the reward and its fee, in the
        order given, until the money is gone. What is approved stays approved; a rejection needs a reason.
        """
        if kind not in (ActionKind.APPROVE, ActionKind.REJECT, ActionKind.UNREJECT):
            raise BadInput(say("{kind!r} settles nothing: use approve, reject or unreject.", kind=kind))

        def prepare(session: Session) -> tuple[Judge, Callable[[], None]]:
            settling = Settling(session, kind, [item[1] for item in items])
            return settling.judge, settling.finish

        return self._wire.perform(kind, [Ask(*item) for item in items], prepare)

    # -------------------------------------------------------------------------------------- the ledger

    def find_calls(self, tokens: Sequence[str]) -> dict[str, Call]:
        """The calls among these tokens that reached the vendor, by token; the others never happened."""
        self._wire.check("find_calls", tokens)
        with self._books.read() as connection:
            return Session(connection, 0.0).calls(tokens)

    def find_call(self, token: str) -> Call | None:
        """The call with this token; None when it never reached the vendor."""
        return self.find_calls([token]).get(token)

    def calls(self, kind: str | None = None) -> list[Call]:
        """The whole ledger, or one kind of call, oldest first."""
        with self._books.read() as connection:
            rows = connection.execute(
                "SELECT token, kind, target, amount, fee, result, reason, category, note, at, times FROM call"
                " WHERE kind=? OR ? IS NULL ORDER BY id",
                (kind, kind),
            ).fetchall()
            return [Call(*row) for row in rows]

    def payments(self, account: str) -> list[Payment]:
        """Every movement of the account's money, oldest first; amounts and fees add up to its balance."""
        with self._books.read() as connection:
            rows = connection.execute(
                "SELECT a.name, p.at, p.token, p.kind, p.target, p.amount, p.fee, p.balance FROM payment p"
                " JOIN account a ON a.id = p.account_id WHERE a.name=? ORDER BY p.id",
                (account,),
            ).fetchall()
            return [Payment(*row) for row in rows]

    # -------------------------------------------------------------------------------------------- faults

    def inject(
        self,
        fault: str,
        call: str = "*",
        target: str | None = None,
        nth: int = 1,
        times: int = 1,
        reason: str = "Refused for practice.",
        seconds: float = 0.0,
    ) -> None:
        """Plans a fault for a later call of any process; it strikes `times` times and is gone.

        `refuse` refuses the nth item, from now, of that kind of call (`launch`, `approve`, `bonus`, ... or
        `*`) on that target. The others strike the nth call: `drop_before`, and it never arrives;
        `drop_midway`, and only the first half of its items is done; `drop_after`, and it is done but its
        answer lost; each raises VendorError. `delay` makes it wait for `seconds` first. Reads (`balance`,
        `changes`, `unit_state`, `find_calls`, `is_blocked`) can only be dropped or delayed.
        """
        self._wire.inject(fault, call, target, nth, times, reason, seconds)

    def clear_faults(self) -> None:
        """Forgets the faults that have not struck yet."""
        self._wire.clear_faults()
