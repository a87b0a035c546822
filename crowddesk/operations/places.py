"""More answers than a run was launched with: their cost, and the units for them. Not in the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass

from crowddesk.data_model.database import CrowdDatabase


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


def estimate_more(db: CrowdDatabase, run_id: int, more: int) -> MorePlaces:
    """What `more` further answers to each item would cost. May ask the vendor.

    Raises BadInput, and Conflict where the run cannot have more: it is no longer going on, or was stopped.
    """
    raise NotImplementedError


def add_units(db: CrowdDatabase, run_id: int, more: int) -> int:
    """Adds `more` units to each item of a run, which launches them; returns how many there are more.

    All of them in one transaction, or none. Raises BadInput where the vendor's or the blueprint's rules do
    not allow so many, Conflict as `estimate_more`, and OverBudget.
    """
    raise NotImplementedError
