"""The imagined wire to the practice vendor: each call's faults, its transaction, its rows in the ledger."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from crowddesk.domain import BadInput, VendorError, VendorRefused
from crowddesk.language import say
from crowddesk.providers.mock.books import DONE, REFUSED, Ask, Books, Call, Effect, Session

FAULTS: Final = ("refuse", "drop_before", "drop_midway", "drop_after", "delay")

#: Does one item within the transaction, or raises VendorRefused.
Judge = Callable[[Ask], Effect]
#: Reads what a call needs at once; returns the judge of its items and what writes their effects at the end.
Prepare = Callable[[Session], tuple[Judge, Callable[[], None]]]


@dataclass(slots=True)
class Trouble:
    """What the injected faults do to one call: which of its items are refused, where its answer is lost."""

    refusals: dict[int, str] = field(default_factory=dict)
    drop: str = ""

    def reach(self, count: int) -> int:
        """How many of the call's items the vendor gets to."""
        return count // 2 if self.drop == "drop_midway" else count


class Wire:
    """Carries calls to the books. Any thread may call; a planned fault strikes the call of any process."""

    def __init__(self, books: Books, clock: Callable[[], float]) -> None:
        self._books = books
        self._clock = clock

    @contextmanager
    def call(self, kind: str, targets: Sequence[str]) -> Iterator[Session]:
        """A call that changes something, as one transaction. Raises VendorError when a fault drops it."""
        with self._strike(kind, targets) as (session, _):
            yield session

    def check(self, kind: str, targets: Sequence[str] = ()) -> None:
        """The faults of a call that only reads. Raises VendorError."""
        if self._trouble(kind, targets).drop:
            raise VendorError(say("The connection to the practice vendor broke during {kind}.", kind=kind))

    def perform(self, kind: str, asks: Sequence[Ask], prepare: Prepare) -> list[Call]:
        """Does many items in one call, each with its own token and row in the ledger; reports each."""
        results = []
        with self._strike(kind, [ask.target for ask in asks]) as (session, trouble):
            judge, finish = prepare(session)
            known = session.calls(ask.token for ask in asks)
            for place, ask in enumerate(asks[: trouble.reach(len(asks))]):
                earlier = known.get(ask.token)
                if earlier is not None and (earlier.kind, earlier.target) != (kind, ask.target):
                    text = say(
                        "Its token was used before, to {kind} {target}.",
                        kind=earlier.kind,
                        target=earlier.target,
                    )
                    results.append(Call(ask.token, kind, ask.target, result=REFUSED, reason=text))
                    continue
                if earlier is not None and earlier.done:
                    session.count_again(ask.token)
                    results.append(earlier)
                    continue
                amount, fee, note, result, reason = 0, 0, "", DONE, ask.reason
                try:
                    if place in trouble.refusals:
                        raise VendorRefused(trouble.refusals[place])
                    amount, fee, note = judge(ask)
                except VendorRefused as no:
                    result, reason = REFUSED, str(no)
                call = Call(
                    ask.token, kind, ask.target, amount, fee, result, reason, ask.category, note, session.at,
                    1 if earlier is None else earlier.times + 1,
                )  # fmt: skip
                session.record(call)
                known[ask.token] = call
                results.append(call)
            finish()
        return results

    def perform_one(self, kind: str, ask: Ask, prepare: Prepare) -> Call:
        """Does one item. Raises VendorRefused, which the ledger has too."""
        call = self.perform(kind, [ask], prepare)[0]
        if not call.done:
            raise VendorRefused(call.reason)
        return call

    @contextmanager
    def _strike(self, kind: str, targets: Sequence[str]) -> Iterator[tuple[Session, Trouble]]:
        trouble = self._trouble(kind, targets)
        if trouble.drop == "drop_before":
            raise VendorError(
                say("The connection to the practice vendor broke before {kind} arrived.", kind=kind)
            )
        with self._books.write() as connection:
            session = Session(connection, self._clock())
            yield session, trouble
            session.flush()
        if trouble.drop:
            raise VendorError(
                say("The connection to the practice vendor broke before it answered {kind}.", kind=kind)
            )

    # faults

    def inject(
        self, fault: str, call: str, target: str | None, nth: int, times: int, reason: str, seconds: float
    ) -> None:
        """Plans a fault (see `MockVendor.inject`). Raises BadInput."""
        if fault not in FAULTS:
            raise BadInput(
                say("{fault!r} is no fault: use one of {faults}.", fault=fault, faults=", ".join(FAULTS))
            )
        if nth < 1 or times < 1 or not math.isfinite(seconds) or seconds < 0:
            raise BadInput(say("A fault needs nth and times of 1 or more, and seconds of 0 or more."))
        with self._books.write() as connection:
            connection.execute(
                "INSERT INTO fault (fault, call, target, nth, times, reason, seconds) VALUES (?,?,?,?,?,?,?)",
                (fault, call, target, nth, times, reason, seconds),
            )

    def clear_faults(self) -> None:
        with self._books.write() as connection:
            connection.execute("DELETE FROM fault")

    def _trouble(self, call: str, targets: Sequence[str]) -> Trouble:
        """Uses up the faults that strike this call and waits out its delay, before the call itself begins."""
        trouble = Trouble()
        with self._books.read() as connection:
            if connection.execute("SELECT 1 FROM fault LIMIT 1").fetchone() is None:
                return trouble
        delay = 0.0
        with self._books.write() as connection:
            rows = connection.execute(
                "SELECT id, fault, target, nth, times, reason, seconds FROM fault"
                " WHERE call IN (?, '*') ORDER BY id",
                (call,),
            ).fetchall()
            for number, fault, target, nth, times, reason, seconds in rows:
                hits = [i for i, name in enumerate(targets) if target in (None, name)]
                if fault != "refuse":
                    hits = [0] if hits or target is None else []
                struck = hits[nth - 1 : nth - 1 + times]
                if len(struck) < times:
                    waits = 1 if struck else nth - len(hits)
                    connection.execute(
                        "UPDATE fault SET nth=?, times=? WHERE id=?", (waits, times - len(struck), number)
                    )
                else:
                    connection.execute("DELETE FROM fault WHERE id=?", (number,))
                if not struck:
                    continue
                if fault == "refuse":
                    trouble.refusals.update(dict.fromkeys(struck, reason))
                elif fault == "delay":
                    delay += seconds
                else:
                    trouble.drop = fault
        if delay:
            time.sleep(delay)
        return trouble
