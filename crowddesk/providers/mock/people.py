"""The practice vendor's accounts and people: money, bonuses, blocks, qualifications, messages."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Self
from uuid import uuid4

from crowddesk.domain import ActionKind, AgentStatus, BadInput, VendorRefused, check_currency
from crowddesk.language import say
from crowddesk.providers.mock.batch import wake_units
from crowddesk.providers.mock.books import Account, Ask, Books, Call, Effect, Session
from crowddesk.providers.mock.desk import fee_of
from crowddesk.providers.mock.wire import Judge, Wire


class PeopleOffice:
    """The half of `MockVendor` that knows accounts and workers."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._books = Books(path)
        self._clock = clock
        self._wire = Wire(self._books, clock)

    def close(self) -> None:
        """Closes the file; safe to call twice."""
        self._books.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ----------------------------------------------------------------------------------------- accounts

    def ensure_account(self, name: str, balance_minor: int = 1_000_000, currency: str = "USD") -> None:
        """Registers an account with its opening balance; an existing one is left as it is.

        Raises VendorRefused when it exists in another currency, BadInput for no name or a negative balance.
        """
        if not name.strip() or balance_minor < 0:
            raise BadInput(say("An account needs a name and a balance that is not negative."))
        currency = check_currency(currency)
        with self._wire.call("register", [name]) as session:
            row = session.connection.execute("SELECT currency FROM account WHERE name=?", (name,)).fetchone()
            if row is None:
                session.connection.execute(
                    "INSERT INTO account (name, currency, balance) VALUES (?, ?, 0)", (name, currency)
                )
                session.pay(session.account(name), None, "opening", name, balance_minor, 0)
            elif row[0] != currency:
                raise VendorRefused(
                    say(
                        "Account {name} is kept in {row}, not in {currency}.",
                        name=name,
                        row=row[0],
                        currency=currency,
                    )
                )

    def has_account(self, name: str) -> bool:
        with self._books.read() as connection:
            return connection.execute("SELECT 1 FROM account WHERE name=?", (name,)).fetchone() is not None

    def balance(self, name: str) -> tuple[int, str]:
        """The account's money (minor units) and currency. Raises VendorRefused for an unknown account."""
        self._wire.check("balance", [name])
        with self._books.read() as connection:
            account = Session(connection, 0.0).account(name)
            row = connection.execute("SELECT balance FROM account WHERE id=?", (account.id,)).fetchone()
            return int(row[0]), account.currency

    def set_balance(self, name: str, balance_minor: int) -> None:
        """Pays in or out until the account has this much; the payment is in the books."""
        with self._books.write() as connection:
            session = Session(connection, self._clock())
            account = session.account(name)
            had = connection.execute("SELECT balance FROM account WHERE id=?", (account.id,)).fetchone()[0]
            session.pay(account, None, "adjustment", name, balance_minor - had, 0)
            session.flush()

    # ------------------------------------------------------------------------------------------ people

    def bonus(
        self,
        account: str,
        token: str,
        worker: str,
        amount_minor: int,
        reason: str,
        unit_ref: str | None = None,
    ) -> Call:
        """Pays a worker extra, blocked or not; the fee comes on top.

        With `unit_ref` the worker must have handed in that unit. Raises VendorRefused, or BadInput when the
        amount (minor units) is none.
        """
        if isinstance(amount_minor, bool) or not 0 < amount_minor < 2**53:
            raise BadInput(
                say(
                    "A bonus of {amount_minor} minor units cannot be paid: give a whole number above 0.",
                    amount_minor=amount_minor,
                )
            )

        def pay(session: Session, owner: Account, worker_id: int) -> Effect:
            if unit_ref is not None:
                row = session.connection.execute(
                    "SELECT 1 FROM stay s JOIN unit u ON u.id = s.unit_id WHERE u.ref=? AND s.worker_id=?"
                    " AND s.outcome=? AND u.stay_id = s.id",
                    (unit_ref, worker_id, AgentStatus.COMPLETED),
                ).fetchone()
                if row is None:
                    raise VendorRefused(
                        say(
                            "Worker {worker} has not done unit {unit_ref!r}.",
                            worker=worker,
                            unit_ref=unit_ref,
                        )
                    )
            fee = fee_of(amount_minor)
            session.pay(owner, token, ActionKind.BONUS, worker, -amount_minor, -fee)
            return amount_minor, fee, "paid"

        return self._about_worker(ActionKind.BONUS, account, Ask(token, worker, reason), pay)

    def block(self, account: str, token: str, worker: str, reason: str) -> Call:
        """From now on the worker gets no unit of this account; what they are at may be finished."""

        def bar(session: Session, owner: Account, worker_id: int) -> Effect:
            session.connection.execute(
                "INSERT OR REPLACE INTO block (account_id, worker_id, reason) VALUES (?,?,?)",
                (owner.id, worker_id, reason),
            )
            return 0, 0, "blocked"

        return self._about_worker(ActionKind.BLOCK, account, Ask(token, worker, reason), bar)

    def unblock(self, account: str, token: str, worker: str, reason: str = "") -> Call:
        def unbar(session: Session, owner: Account, worker_id: int) -> Effect:
            session.connection.execute(
                "DELETE FROM block WHERE account_id=? AND worker_id=?", (owner.id, worker_id)
            )
            wake_units(session.connection, owner.id)
            return 0, 0, "not blocked"

        return self._about_worker(ActionKind.UNBLOCK, account, Ask(token, worker, reason), unbar)

    def is_blocked(self, account: str, worker: str) -> bool:
        self._wire.check("is_blocked", [worker])
        with self._books.read() as connection:
            row = connection.execute(
                "SELECT 1 FROM block b JOIN account a ON a.id = b.account_id"
                " JOIN worker w ON w.id = b.worker_id WHERE a.name=? AND w.name=?",
                (account, worker),
            ).fetchone()
            return row is not None

    # ----------------------------------------------------------------------------------- qualifications

    def create_qualification(
        self, account: str, name: str, description: str = "", token: str | None = None
    ) -> None:
        """Makes a qualification that can be granted; an existing one is left as it is."""

        def create(session: Session, owner: Account) -> str:
            session.connection.execute(
                "INSERT OR IGNORE INTO qualification (account_id, name, description) VALUES (?,?,?)",
                (owner.id, name, description),
            )
            return "exists"

        self._about_account("create_qualification", account, Ask(token or str(uuid4()), name), create)

    def remove_qualification(self, account: str, name: str, token: str | None = None) -> None:
        """Removes a qualification and everybody's grant of it; safe to call twice."""

        def remove(session: Session, owner: Account) -> str:
            run = session.connection.execute
            mine = "SELECT id FROM qualification WHERE account_id=? AND name=?"
            run(f"DELETE FROM granted WHERE qualification_id IN ({mine})", (owner.id, name))
            run("DELETE FROM qualification WHERE account_id=? AND name=?", (owner.id, name))
            wake_units(session.connection, owner.id)
            return "removed"

        self._about_account("remove_qualification", account, Ask(token or str(uuid4()), name), remove)

    def grant(self, account: str, token: str, worker: str, name: str, value: int = 1) -> Call:
        """Gives a worker a qualification, or another value of it. Raises VendorRefused when there is none."""

        def give(session: Session, owner: Account, worker_id: int) -> Effect:
            session.connection.execute(
                "INSERT OR REPLACE INTO granted (qualification_id, worker_id, value) VALUES (?,?,?)",
                (_qualification_id(session, owner, name), worker_id, value),
            )
            wake_units(session.connection, owner.id)
            return 0, 0, f"{name} = {value}"

        return self._about_worker(ActionKind.GRANT, account, Ask(token, worker, name), give)

    def revoke(self, account: str, token: str, worker: str, name: str) -> Call:
        """Takes a qualification away; done too when the worker has not got it. Raises VendorRefused."""

        def take(session: Session, owner: Account, worker_id: int) -> Effect:
            session.connection.execute(
                "DELETE FROM granted WHERE qualification_id=? AND worker_id=?",
                (_qualification_id(session, owner, name), worker_id),
            )
            wake_units(session.connection, owner.id)
            return 0, 0, f"no {name}"

        return self._about_worker(ActionKind.REVOKE, account, Ask(token, worker, name), take)

    def granted_value(self, account: str, worker: str, name: str) -> int | None:
        """The value of a worker's qualification; None when not granted."""
        with self._books.read() as connection:
            row = connection.execute(
                "SELECT g.value FROM granted g JOIN qualification q ON q.id = g.qualification_id"
                " JOIN account a ON a.id = q.account_id JOIN worker w ON w.id = g.worker_id"
                " WHERE a.name=? AND w.name=? AND q.name=?",
                (account, worker, name),
            ).fetchone()
            return None if row is None else int(row[0])

    def message(self, account: str, token: str, worker: str, text: str) -> Call:
        """Writes to a worker. Raises VendorRefused for an unknown worker or an empty text."""

        def write(session: Session, owner: Account, worker_id: int) -> Effect:
            if not text.strip():
                raise VendorRefused(say("A message needs a text."))
            session.connection.execute(
                "INSERT INTO message (account_id, worker_id, at, text) VALUES (?,?,?,?)",
                (owner.id, worker_id, session.at, text),
            )
            return 0, 0, "sent"

        return self._about_worker(ActionKind.MESSAGE, account, Ask(token, worker, text), write)

    def _about_account(
        self, kind: str, account: str, ask: Ask, do: Callable[[Session, Account], str]
    ) -> Call:
        """A call about an account's own things, which costs nothing; `do` says what they are now."""

        def prepare(session: Session) -> tuple[Judge, Callable[[], None]]:
            owner = session.account(account)
            return lambda _: (0, 0, do(session, owner)), nothing

        return self._wire.perform_one(kind, ask, prepare)

    def _about_worker(
        self, kind: str, account: str, ask: Ask, do: Callable[[Session, Account, int], Effect]
    ) -> Call:
        """A call about the worker that `ask.target` names."""

        def prepare(session: Session) -> tuple[Judge, Callable[[], None]]:
            owner = session.account(account)

            def judge(ask: Ask) -> Effect:
                row = session.connection.execute(
                    "SELECT id FROM worker WHERE name=?", (ask.target,)
                ).fetchone()
                if row is None:
                    raise VendorRefused(
                        say("The practice vendor knows no worker {target!r}.", target=ask.target)
                    )
                return do(session, owner, row[0])

            return judge, nothing

        return self._wire.perform_one(kind, ask, prepare)


def nothing() -> None:
    """What most calls have left to write at the end."""


def _qualification_id(session: Session, owner: Account, name: str) -> int:
    row = session.connection.execute(
        "SELECT id FROM qualification WHERE account_id=? AND name=?", (owner.id, name)
    ).fetchone()
    if row is None:
        raise VendorRefused(
            say(
                "Account {name} has no qualification {qualification!r} at the practice vendor.",
                name=owner.name,
                qualification=name,
            )
        )
    return int(row[0])
