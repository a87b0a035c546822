"""More answers than a run was launched with: their cost, and the units for them. Not in the GUI thread."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from crowddesk.blueprints.base import make_shared_state
from crowddesk.blueprints.elsewhere import BLUEPRINT_TYPE
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.domain import BadInput, Conflict, OverBudget, money_text, status_text, to_major
from crowddesk.language import say
from crowddesk.operations import launch
from crowddesk.operations.estimate import vendor_total
from crowddesk.registry import get_blueprint_from_type, get_crowd_provider_from_type
from crowddesk.store import changes, ledger, loading
from crowddesk.store.records import Record
from crowddesk.store.transaction import Write

#: States of a run that can have more.
_GOING = ("launching", "live", "paused")


@dataclass(frozen=True, slots=True)
class MorePlaces:
    """What further answers to each item of a run would cost. Money in minor units of `currency`.

    `free` is what the run's budget has left (None: no cap). `vendor_total` is the vendor's own figure for all
    of them, fees included, where it has one.
    """

    run_id: int
    items: int
    units: int
    currency: str
    reward: int
    fee: int
    free: int | None
    vendor_total: int | None

    @property
    def total(self) -> int:
        """Pay and fees; the vendor's own figure where that is more."""
        return max(self.units * (self.reward + self.fee), self.vendor_total or 0)

    @property
    def over_budget(self) -> bool:
        return self.free is not None and self.total > self.free


def estimate_more(
    db: CrowdDatabase, run_id: int, more: int, only: Collection[int] | None = None
) -> MorePlaces:
    """What `more` further answers to each item (`only`: to these assignments) would cost. May ask the vendor.

    Raises BadInput, and Conflict where the run cannot have more: it is no longer going on, or was stopped.
    """
    row = db.get_task_run(str(run_id))
    _check(row, more)
    _check_rules(db, row, more, only)
    with db.read() as conn:
        items = len(_chosen(loading.standard_items(conn, run_id), only))
        free = ledger.free_budget(conn, run_id)
    requester = Requester.get(db, row["requester_id"])
    provider = get_crowd_provider_from_type(row["provider_type"])(db)
    reward, fee, units = row["reward_minor"], row["fee_minor"], items * more
    asked = vendor_total(provider, requester, reward, units)
    return MorePlaces(run_id, items, units, row["currency"], reward, fee, free, asked)


def add_units(db: CrowdDatabase, run_id: int, more: int, only: Collection[int] | None = None) -> int:
    """Adds `more` units to each item of a run (`only`: to these assignments), which launches them.

    Returns how many there are more: all of them in one transaction, or none. Raises BadInput where the
    vendor's or the blueprint's rules do not allow so many, Conflict as `estimate_more`, and OverBudget.
    """
    row = db.get_task_run(str(run_id))
    _check(row, more)
    _check_rules(db, row, more, only)
    with db.write() as w:
        row = db.get_task_run(str(run_id))
        _check(row, more)
        added = _add(db, w, row, _chosen(loading.standard_items(w.conn, run_id), only), more)
        loading.expect_units(w, run_id, int(row["units_expected"]) + added)
        w.flush_totals()
        free = ledger.free_budget(w.conn, run_id)
        if free is not None and free < 0:
            raise OverBudget(
                say(
                    "With fees {added:,} more units are {free} over what the budget of run {run_id} has "
                    "left. Nothing was added.",
                    added=added,
                    free=money_text(-free, row["currency"]),
                    run_id=run_id,
                )
            )
        changes.set_run_state(w, run_id, ("live",), "launching")
    return added


def _chosen(items: list[tuple[int, int]], only: Collection[int] | None) -> list[tuple[int, int]]:
    if only is None:
        return items
    wanted = frozenset(only)
    return [item for item in items if item[0] in wanted]


def _check(row: Record, more: int) -> None:
    run_id, state = row["task_run_id"], row["state"]
    if not 1 <= more < 10_000:
        raise BadInput(say("{more} more answers to each item cannot be: ask for 1 or more.", more=more))
    if state == "draft":
        raise Conflict(say("Run {run_id} is not at its vendor yet.", run_id=run_id))
    if state not in _GOING or row["stopping"]:
        raise Conflict(
            say(
                "Run {run_id} was stopped, so it takes no further answers. Launch its items again as "
                "another run.",
                run_id=run_id,
            )
            if state in _GOING
            else say(
                "Run {run_id} is {state}, so it takes no further answers. Launch its items again as "
                "another run.",
                run_id=run_id,
                state=status_text(state),
            )
        )


def _check_rules(db: CrowdDatabase, row: Record, more: int, only: Collection[int] | None) -> None:
    """Raises BadInput where a run with so many answers to an item could not have been launched."""
    if row["task_type"] == BLUEPRINT_TYPE:
        return  # it was not launched from here, and its rules are kept elsewhere
    config = launch.stored_config(db, row)
    if getattr(config.provider, "hosting", "") == "vendor":
        raise BadInput(
            say(
                "The vendor shows the pages of this run itself, and they were handed over to it once. "
                "Launch its items again as another run."
            )
        )
    usual = config.blueprint.units_per_assignment + more if only is None else 0
    blueprint_class = get_blueprint_from_type(row["task_type"])
    if blueprint_class.TOGETHER:
        raise BadInput(
            say(
                "People work on an item of this run together, so none of them can be added afterwards. "
                "Launch its items again as another run."
            )
        )
    with db.read() as conn:
        items = _chosen(loading.standard_items(conn, int(row["task_run_id"])), only)
    most = max((count for _, count in items), default=0)
    raised = config.with_blueprint({"units_per_assignment": max(usual, most + more)})
    shared = make_shared_state(raised.args, blueprint_class(raised.blueprint, db.folder / row["folder"]))
    get_crowd_provider_from_type(row["provider_type"]).assert_task_args(raised.args, shared)


def _add(db: CrowdDatabase, w: Write, row: Record, items: list[tuple[int, int]], more: int) -> int:
    """Adds units after those that each item has; a vendor that makes its units itself is asked for each."""
    provider_class = get_crowd_provider_from_type(row["provider_type"])
    if provider_class.UNITS_IN_BULK:
        loading.add_units(w, row, [(item, range(next_, next_ + more)) for item, next_ in items])
    else:
        pay = to_major(row["reward_minor"], row["currency"])
        for item, next_ in items:
            assignment = Assignment.get(db, str(item))
            for index in range(next_, next_ + more):
                provider_class.UnitClass.new(db, assignment, index, pay)
    return len(items) * more
