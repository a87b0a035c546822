"""Compares an account with its vendor, shows what differs, and mends what a person agreed to.

How a window uses it: `ask` (desk thread) leaves the wish with the account's lane, in whatever process that
is; when the table `provider_row` has changed, `fetch` gives the comparison; `mend` writes what was shown, in
the desk thread. The lane compares by itself when it starts and every few minutes; `last_comparisons` is for
Home, `last_comparison` has the whole of one.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.operations import errands
from crowddesk.operations.comparison import (
    Comparison,
    LastComparison,
    Mended,
    from_json,
)

#: How often a lane compares by itself, in seconds.
EVERY_S: Final = 900.0
ERRAND: Final = "compare"


def ask(db: CrowdDatabase, requester_id: int, run_id: int | None = None) -> str:
    """Asks the account's lane to compare, all of it or one run; the token is for `fetch`. NotFound."""
    db.get_requester(str(requester_id))
    return errands.leave(db, requester_id, ERRAND, run_id=run_id)


def fetch(db: CrowdDatabase, token: str) -> Comparison | None:
    """The comparison that was asked for; None while the lane is not done. Raises VendorError."""
    found = errands.fetch(db, token)
    return None if found is None else from_json(found)


def last_comparison(db: CrowdDatabase, requester_id: int) -> Comparison | None:
    """The account's last whole comparison, as it was found; None where there never was one."""
    raise NotImplementedError


def last_comparisons(db: CrowdDatabase) -> list[LastComparison]:
    """For Home: the counts of every account's last comparison, in the order of the accounts."""
    raise NotImplementedError


def compare(db: CrowdDatabase, requester_id: int, run_id: int | None = None) -> Comparison:
    """Asks the vendor how things stand and says what differs here. Changes nothing, here or there.

    For the thread that holds the account's lock. What cannot be asked is named; the rest is compared.
    """
    raise NotImplementedError


def mend(db: CrowdDatabase, comparison: Comparison, chosen: Collection[str] | None = None) -> Mended:
    """Writes what a comparison has shown: all that is to be taken over, or those `chosen` by their ids.

    Each is written only where everything stands as it was shown; what has changed meanwhile is skipped and
    named. From any thread but the GUI's; no vendor is asked.
    """
    raise NotImplementedError
