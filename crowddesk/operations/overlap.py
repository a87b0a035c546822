"""Adaptive overlap: one more answer where the answers to an item disagree, within the cap.

An item gets one more at a time, never while one is awaited, and never more than the rule's most. So a second
call, a second desk or a call after a crash finds it waiting and adds nothing. Not in the GUI thread.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import BadInput, CrowdDeskError
from crowddesk.language import say
from crowddesk.operations import places
from crowddesk.store import ledger, loading

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.data_model.database import CrowdDatabase

logger = logging.getLogger(__name__)

#: Where a run's rule is kept, in rows that every desk sees.
_STORE: Final = "crowddesk.overlap"
_MOST_ANSWERS: Final = 100
#: A run with answers on their way is looked at this often, in seconds; all of them are read for it.
_LOOK_EVERY: Final = 20.0


@dataclass(frozen=True, slots=True)
class Rule:
    """When an item gets one more answer. `agreement` is the share of its answers that must say the same.

    An item has `least` answers before it is judged and `most` at last, whatever they say; both count what
    was asked for and did not expire. `field` is what is compared ("": the one that the run is about). `on`:
    the account's lane follows the rule by itself.
    """

    least: int = 2
    most: int = 5
    agreement: float = 2 / 3
    field: str = ""
    on: bool = False

    def check(self) -> None:
        """Raises BadInput for numbers that cannot be."""
        if not 1 <= self.least <= self.most <= _MOST_ANSWERS:
            raise BadInput(
                say(
                    "From {least} to {most} answers cannot be: use 1 to {most_answers}, least first.",
                    least=self.least,
                    most=self.most,
                    most_answers=_MOST_ANSWERS,
                )
            )
        if not 0 < self.agreement <= 1:
            raise BadInput(
                say(
                    "An agreement of {agreement:g} cannot be wanted: use a share above 0, up to 1.",
                    agreement=self.agreement,
                )
            )


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a run: how many units it has, how many of its answers count, and what most of them say.

    `share` is that part of the answers, 0 where none counts.
    """

    id: int
    key: str
    units: int
    answers: int
    label: str
    share: float


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rule says of a run's items now. `wanted` get one more, those that disagree most first.

    `agreed`, `at_most` (they disagree, and have as many as they may) and `awaited` (an answer is on its way)
    are numbers of items.
    """

    run_id: int
    rule: Rule
    field: str
    wanted: tuple[Item, ...]
    agreed: int
    at_most: int
    awaited: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan and what it costs, in minor units of `currency`; `each` is one unit's pay and fees.

    `free` is what the budget has left (None: no cap); `affordable` of the wanted items fit into it.
    """

    plan: Plan
    currency: str
    reward: int
    fee: int
    free: int | None
    each: int

    @property
    def affordable(self) -> int:
        wanted = len(self.plan.wanted)
        return wanted if self.free is None else min(wanted, _fit(self.free, self.each))

    @property
    def total(self) -> int:
        """Pay and fees of the units that would be added."""
        return self.affordable * self.each


def rule_of(db: CrowdDatabase, run_id: int) -> Rule:
    """The rule that a run has; the usual one, switched off, where it has none."""
    kept = db.provider_store(_STORE).get(str(run_id))
    known = Rule.__dataclass_fields__
    if not isinstance(kept, Mapping):
        return Rule()
    try:
        rule = Rule(**{name: value for name, value in kept.items() if name in known})
        rule.check()
    except (TypeError, ValueError):
        return Rule()
    return rule


def keep_rule(db: CrowdDatabase, run_id: int, rule: Rule) -> None:
    """Keeps a run's rule; with `on` its account's lane follows it from now on. Raises BadInput, NotFound."""
    rule.check()
    db.get_task_run(str(run_id))
    if rule.on:
        with db.read() as conn:
            make_plan(conn, run_id, rule)
    db.provider_store(_STORE).set(str(run_id), asdict(rule))


def make_plan(conn: Connection, run_id: int, rule: Rule) -> Plan:
    """What a rule says of the items of a run. Reads all its answers: half a second for 100,000.

    Raises BadInput where the run has no such field, or its field is free text.
    """
    import numpy as np

    from crowddesk.operations.quality.answers import MISSING, read_answers
    from crowddesk.operations.quality.fields import TEXT, kind_of, label_of, run_args

    rule.check()
    answers = read_answers(conn, run_id)
    units = loading.units_by_item(conn, run_id)
    field = rule.field or label_of(answers.fields, run_args(conn, run_id))
    column = answers.fields.get(field)
    if column is None and rule.field:
        known = ", ".join(answers.fields) or say("none yet")
        raise BadInput(
            say(
                "No answer of run {run_id} has a field {field!r}. There are: {known}.",
                run_id=run_id,
                field=rule.field,
                known=known,
            )
        )
    how_many = len(answers.item_ids)
    counted, best, label = np.zeros(how_many, np.int64), np.zeros(how_many, np.int64), [""] * how_many
    if column is not None:
        if kind_of(column) == TEXT:
            raise BadInput(
                say(
                    "The answers to {field!r} are free text, which never agrees word for word. Name "
                    "another field.",
                    field=field,
                )
            )
        counts = answers.counted & (column.codes != MISSING)
        pairs, number = np.unique(
            answers.items[counts].astype(np.int64) * len(column.values) + column.codes[counts],
            return_counts=True,
        )
        items, codes = np.divmod(pairs, max(1, len(column.values)))
        np.add.at(counted, items, number)
        order = np.lexsort((codes, -number, items))
        firsts = order[np.unique(items[order], return_index=True)[1]]
        best[items[firsts]] = number[firsts]
        for item, code in zip(items[firsts].tolist(), codes[firsts].tolist(), strict=True):
            label[item] = column.values[code]
    wanted: list[Item] = []
    agreed = at_most = awaited = 0
    for position, item_id in enumerate(answers.item_ids):
        if item_id not in units:
            continue  # gold or screening: nobody is asked for a majority there
        there, open_ = units[item_id]
        given = int(counted[position])
        share = float(best[position]) / given if given else 0.0
        if open_:
            awaited += 1
        elif given >= rule.least and share >= rule.agreement - 1e-9:
            agreed += 1
        elif there >= rule.most:
            at_most += 1
        else:
            key = answers.item_keys[position]
            wanted.append(Item(item_id, key, there, given, label[position], share))
    wanted.sort(key=lambda item: (item.share, item.id))
    return Plan(run_id, rule, field, tuple(wanted), agreed, at_most, awaited)


def preview(db: CrowdDatabase, run_id: int, rule: Rule) -> Preview:
    """What following a rule once would ask for, and its money. May ask the vendor.

    Raises BadInput, and Conflict where the run takes no further answers.
    """
    with db.read() as conn:
        plan = make_plan(conn, run_id, rule)
    cost = places.estimate_more(db, run_id, 1, [item.id for item in plan.wanted])
    each = cost.reward + cost.fee
    if cost.units:
        each = max(each, -(-cost.total // cost.units))
    return Preview(plan, cost.currency, cost.reward, cost.fee, cost.free, each)


def follow(db: CrowdDatabase, run_id: int, rule: Rule) -> int:
    """Asks for one more answer to each item that the rule wants one for; returns how many there are more.

    Where the budget does not hold all of them, those that disagree most come first; an item that somebody
    else has added to meanwhile is left alone. Raises BadInput and Conflict as `preview`.
    """
    with db.read() as conn:
        plan = make_plan(conn, run_id, rule)
    if not plan.wanted:
        return 0
    with db.write() as w:
        row = db.get_task_run(str(run_id))
        now = loading.units_by_item(w.conn, run_id)
        still = [item.id for item in plan.wanted if now.get(item.id) == (item.units, 0)]
        free = ledger.free_budget(w.conn, run_id)
        if free is not None:
            still = still[: _fit(free, int(row["reward_minor"]) + int(row["fee_minor"]))]
        return places.add_units(db, run_id, 1, still) if still else 0


def _fit(free: int, each: int) -> int:
    return max(0, free) // each if each > 0 else _ENDLESS


_ENDLESS: Final = 2**62


def to_json(seen: Preview) -> dict[str, Any]:
    """A preview as the command line writes it."""
    from crowddesk.domain import money_json

    plan = seen.plan
    return {
        "task_run_id": str(plan.run_id),
        "rule": asdict(plan.rule),
        "field": plan.field,
        "wanted": [
            {
                "item_key": item.key, "units": item.units, "answers": item.answers,
                "label": item.label, "share": item.share,
            }
            for item in plan.wanted
        ],
        "agreed": plan.agreed,
        "at_most": plan.at_most,
        "awaited": plan.awaited,
        "affordable": seen.affordable,
        "each": money_json(seen.each, seen.currency),
        "total": money_json(seen.total, seen.currency),
        "budget_left": None if seen.free is None else money_json(seen.free, seen.currency),
    }  # fmt: skip


class Following:
    """Follows the rules of an account's runs where that is switched on. For one thread: the lane's."""

    def __init__(self, db: CrowdDatabase) -> None:
        self._db = db
        #: Run -> (its answers, its rule) when it was looked at last, and when that was.
        self._seen: dict[int, tuple[tuple[int, Rule], float]] = {}

    def look(self, run_id: int) -> bool:
        """Follows the rule of a run if there are new answers; True when there are more units to launch.

        Where nobody is awaited any more it is done at once, before the run is closed.
        """
        rule = rule_of(self._db, run_id)
        if not rule.on:
            return False
        with self._db.read() as conn:
            statuses = ledger.units_by_status(conn, run_id)
            awaited = loading.incomplete_by_kind(conn, run_id).get("standard", 0)
        facts = (sum(statuses.values()) - awaited, rule)
        last, at = self._seen.get(run_id, (None, -math.inf))
        if facts == last or (awaited and time.monotonic() - at < _LOOK_EVERY):
            return False
        self._seen[run_id] = (facts, time.monotonic())
        try:
            return follow(self._db, run_id, rule) > 0
        except CrowdDeskError as error:  # the run goes on as it is
            logger.info("The rule for more answers of run %s was not followed: %s", run_id, error)
            return False


def words_of(rule: Rule) -> str:
    """A rule as a sentence."""
    return say(
        "One more answer where fewer than {agreement:.0%} say the same, from {least} to {most} an item.",
        agreement=rule.agreement,
        least=rule.least,
        most=rule.most,
    )


def keys_of(items: Sequence[Item], most: int) -> str:
    """The first items by their keys, and how many more there are."""
    words = ", ".join(item.key for item in items[:most])
    more = len(items) - most
    return say("{items} and {more:,} more", items=words, more=more) if more > 0 else words
