"""What is known of a call whose answer was lost, in words: when it went out, what was read back, the money.

No widget in here. Evidence comes from a vendor's provider and may be damaged: what cannot be read is shown as
it stands, never left out.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import ActionKind, money_text
from crowddesk.language import minute_text, say, say_count
from crowddesk.ui.words import exact_time, relative_time, short_name

if TYPE_CHECKING:
    from crowddesk.store.queries import ActionRow

#: Keys that are told in a sentence of their own; any other is shown with its name.
_TOLD: Final = frozenset(
    {
        "first_sent", "bulk_id", "amount_minor", "currency", "baseline", "read_backs", "balance_before",
        "balance_after", "balance_expected", "acknowledged", "url", "state",
    }
)  # fmt: skip
_LONGEST: Final = 400
_NAMES: Final = 12


@dataclass(frozen=True, slots=True)
class Told:
    """One line of evidence: its caption, its words, and a tool tip with what is exact."""

    caption: str
    words: str
    tip: str = ""


def kept_with(payload: str) -> tuple[str, ...]:
    """The words of the evidence that was attached to a decision, out of its action's payload."""
    try:
        found = json.loads(payload or "{}")
    except ValueError:
        return ()
    words = found.get("evidence", ()) if isinstance(found, dict) else ()
    return tuple(map(str, words)) if isinstance(words, list) else ()


def evidence_of(row: ActionRow) -> dict[str, Any]:
    """The stored evidence of an action; what is no object stands under the name `evidence`."""
    try:
        found = json.loads(row.evidence or "{}")
    except ValueError:
        return {"evidence": row.evidence}
    if isinstance(found, dict):
        return found
    return {"evidence": found} if found else {}


def is_awaited(row: ActionRow) -> bool:
    """Whether the vendor took an action and works on it; otherwise its answer was lost."""
    return evidence_of(row).get("acknowledged") is True


def batch_of(row: ActionRow) -> tuple[object, ...]:
    """What actions have in common that were sent in one call: the vendor's order, or the moment."""
    bulk = evidence_of(row).get("bulk_id")
    if isinstance(bulk, str | int) and bulk != "":
        return (row.requester_id, row.kind, str(bulk))
    return (row.requester_id, row.kind, row.task_run_id, row.started_at or row.id)


def page_of(row: ActionRow) -> str:
    """The address of the vendor's page that shows it; "" if none is known or it is no web address."""
    url = evidence_of(row).get("url")
    return url if isinstance(url, str) and url.startswith(("https://", "http://")) else ""


def money_of(rows: Sequence[ActionRow]) -> str:
    """What actions cost with their fees, per currency: "GBP 8.04"; "" if nothing."""
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row.currency] += row.amount_minor + row.fee_minor
    return " + ".join(money_text(minor, code) for code, minor in sorted(sums.items()) if minor)


def names_of(rows: Sequence[ActionRow]) -> str:
    """Who is meant, by name, and how many more."""
    names = list(dict.fromkeys(short_name(row.worker_name) for row in rows if row.worker_name))
    more = len(names) - _NAMES
    first = ", ".join(names[:_NAMES])
    if more <= 0:
        return first
    return say("{names} and {others}", names=first, others=say_count("%n others", "%n other", more))


def told(row: ActionRow) -> list[Told]:
    """The evidence on one action, the most telling first."""
    evidence = evidence_of(row)
    lines = [_to_be_done([row]), _first_sent([row])]
    if "acknowledged" in evidence:
        lines.append(_answer(evidence))
    lines.append(_read_back(evidence, row.currency))
    lines.append(_balance(evidence, row.currency))
    if evidence.get("bulk_id"):
        lines.append(Told(say("Order"), _short(evidence["bulk_id"])))
    lines += [_other(name, value) for name, value in evidence.items() if name not in _TOLD]
    if row.reason:
        lines.append(Told(say("Reason"), row.reason))
    if row.attempt:
        lines.append(
            Told(
                say("Sent"),
                say_count("%n times", "%n time", row.attempt),
                say("token {token}", token=row.uuid),
            )
        )
    return [line for line in lines if line.words]


def told_of_batch(rows: Sequence[ActionRow]) -> list[Told]:
    """The evidence on actions of one batch together: their sum, and how many show something new."""
    first = evidence_of(rows[0])
    lines = [_to_be_done(rows), _first_sent(rows)]
    if "acknowledged" in first:
        lines.append(_answer(first))
    lines += [_read_backs(rows), _balance(first, rows[0].currency)]
    if first.get("bulk_id"):
        lines.append(Told(say("Order"), _short(first["bulk_id"])))
    return [line for line in lines if line.words]


def new_amounts(evidence: dict[str, Any]) -> list[int] | None:
    """Payments in the last read-back that were not there before, in minor units; None if none was read."""
    reads = _reads(evidence)
    if not reads:
        return None
    more = Counter(reads[-1][1])
    more.subtract(Counter(_amounts(evidence.get("baseline"))))
    return sorted((+more).elements())


# ---------------------------------------------------------------------------------------------- lines


def _to_be_done(rows: Sequence[ActionRow]) -> Told:
    row = rows[0]
    if not any(r.amount_minor for r in rows):
        return Told(say("To"), short_name(row.worker_name)) if row.worker_name else Told("", "")
    amount = " + ".join(
        money_text(sum(r.amount_minor for r in rows if r.currency == code), code)
        for code in dict.fromkeys(r.currency for r in rows)
    )
    fees = sum(r.fee_minor for r in rows)
    who = row.worker_name
    if len(rows) > 1:
        who = say_count("%n people", "%n person", len({r.worker_id for r in rows}))
    words = say("{money} to {whom}", money=amount, whom=who) if who else amount
    if fees:
        words = say("{payment}, and {fees} in fees", payment=words, fees=money_text(fees, row.currency))
    return Told(say("To be paid") if row.kind == ActionKind.BONUS else say("Worth"), words)


def _first_sent(rows: Sequence[ActionRow]) -> Told:
    times = [moment_of(evidence_of(row).get("first_sent")) or row.started_at for row in rows]
    known = [at for at in times if at is not None]
    if not known:
        return Told(say("First sent"), _short(evidence_of(rows[0]).get("first_sent") or ""))
    at = min(known)
    return Told(say("First sent"), f"{minute_text(at)} ({relative_time(at)})", exact_time(at))


def _answer(evidence: dict[str, Any]) -> Told:
    if evidence["acknowledged"] is True:
        return Told(say("Answer"), say("The vendor took the order; that it was done was never seen."))
    return Told(say("Answer"), say("None came."))


def _read_back(evidence: dict[str, Any], currency: str) -> Told:
    reads = _reads(evidence)
    known = "baseline" in evidence
    before = _listed(_amounts(evidence.get("baseline")), currency)
    if not reads:
        unread = say("Nothing could be read since; before, there was {amounts}.", amounts=before)
        return Told(say("Read back"), unread if known else "")
    more = new_amounts(evidence)
    found = say("No new payment.")
    if more:
        found = say("A new payment of {money}.", money=_listed(more, currency))
    looked = say_count("Looked %n times", "Looked %n time", len(reads))
    if (at := reads[-1][0]) is not None:
        looked = say("{looked}, the last {time}", looked=looked, time=minute_text(at))
    if known:
        looked = say("{looked}; before, there was {amounts}", looked=looked, amounts=before)
    each = (f"{minute_text(a) if a else '?'}  {_listed(f, currency)}" for a, f in reads)
    return Told(say("Read back"), f"{found} {looked}.", "\n".join(each))


def _read_backs(rows: Sequence[ActionRow]) -> Told:
    """How many of a batch show something new; deciding for all is wrong where they differ."""
    news = [new_amounts(evidence_of(row)) for row in rows]
    parts = []
    exact = sum(row.amount_minor in (new or ()) for row, new in zip(rows, news, strict=True))
    other = sum(bool(new) for new in news) - exact
    none = sum(new == [] for new in news)
    unread = sum(new is None for new in news)
    if exact:
        parts.append(say("{number:,} of {all:,} show the amount as paid", number=exact, all=len(rows)))
    if other:
        parts.append(say("{number:,} of {all:,} show another new payment", number=other, all=len(rows)))
    if none:
        parts.append(say("{number:,} of {all:,} show no new payment", number=none, all=len(rows)))
    if unread and unread < len(rows):
        parts.append(say("{number:,} could not be read", number=unread))
    return Told(say("Read back"), "; ".join(parts) + "." if parts else "")


def differs(rows: Sequence[ActionRow]) -> bool:
    """Whether some of a batch show a new payment and others do not."""
    return len({bool(new_amounts(evidence_of(row))) for row in rows}) > 1


def _balance(evidence: dict[str, Any], currency: str) -> Told:
    before, after, expected = (
        _minor(evidence.get(f"balance_{name}")) for name in ("before", "after", "expected")
    )
    if before is None or after is None:
        return Told("", "")
    words = say(
        "{before} before, {after} after",
        before=money_text(before, currency),
        after=money_text(after, currency),
    )
    tip = say("Other payments of the account change its balance, too.")
    if expected is None:
        return Told(say("Balance"), f"{words}.", tip)
    apart = money_text(abs(after - expected), currency)
    if after == expected:
        words = say("{balances}: exactly as if all of it was paid.", balances=words)
    elif after == before:
        words = say("{balances}: as if nothing was paid.", balances=words)
    elif after > expected:
        words = say("{balances}: {money} more than if all of it was paid.", balances=words, money=apart)
    else:
        words = say("{balances}: {money} less than if all of it was paid.", balances=words, money=apart)
    paid = say("Paid, it would be {money}.", money=money_text(expected, currency))
    return Told(say("Balance"), words, f"{paid} {tip}")


# ------------------------------------------------------------------------------------------- reading


def _reads(evidence: dict[str, Any]) -> list[tuple[datetime | None, list[int]]]:
    found = evidence.get("read_backs")
    reads = [r for r in found if isinstance(r, dict)] if isinstance(found, list) else []
    return [(moment_of(r.get("at")), _amounts(r.get("bonuses"))) for r in reads]


def _amounts(value: Any) -> list[int]:
    return [v for v in value if type(v) is int] if isinstance(value, list) else []


def _minor(value: Any) -> int | None:
    return value if type(value) is int else None


def moment_of(value: Any) -> datetime | None:
    """A stored moment, if it is one that can be shown; a number that could be read as a date is none."""
    try:
        at = None if value.isdigit() else datetime.fromisoformat(value)
    except (AttributeError, ValueError):
        return None
    if at is None or not 1970 <= at.year <= 9000:  # further off it has no local time
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _listed(amounts: Sequence[int], currency: str) -> str:
    return ", ".join(money_text(minor, currency) for minor in amounts[:8]) or say("none")


def _other(name: str, value: Any) -> Told:
    """What a vendor tells beside what is common to all."""
    at = moment_of(value)
    words = f"{minute_text(at)} ({relative_time(at)})" if at else _short(value) if value is not None else ""
    return Told(name.replace("_", " ").capitalize(), words, exact_time(at))


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
