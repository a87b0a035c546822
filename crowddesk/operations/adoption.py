"""Takes in what lives at a vendor and no run here stands for: by a new run, or by the one that lost it.

How a window uses it: `ask` leaves the wish with the account's lane; when the table `provider_row` has
changed, `fetch` gives the run's id. The list of strays is part of a comparison (`reconcile`).
"""

from __future__ import annotations

from typing import Final

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.operations import errands

ERRAND: Final = "adopt"


def ask(db: CrowdDatabase, requester_id: int, ref: str, title: str | None = None) -> str:
    """Asks the account's lane to adopt what the vendor calls `ref`; the token is for `fetch`. NotFound."""
    db.get_requester(str(requester_id))
    return errands.leave(db, requester_id, ERRAND, ref=ref, title=title)


def fetch(db: CrowdDatabase, token: str) -> int | None:
    """The run that stands for it now; None while the lane is not done. Raises VendorError."""
    found = errands.fetch(db, token)
    return None if found is None else int(found)


def adopt(db: CrowdDatabase, requester_id: int, ref: str, title: str | None = None) -> int:
    """Makes a run that stands for a stray, with a unit for each of its places; returns the run's id.

    Where it says that it belongs to a run of this workspace, that run has it again. Doing it twice, or once
    more after a crash, is one adoption. For the thread that holds the account's lock. Raises VendorRefused,
    and NotFound where the vendor has no such stray.
    """
    raise NotImplementedError
