"""What an account's lane is asked for beside vendor actions: to compare, to adopt. Rows outlive a crash.

Any process may ask, from any thread but the GUI's; whoever holds the account's lock does it in the thread
that talks to the vendor, and answers in the same row. A window hears of it by the table `provider_row`.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import VendorError, now
from crowddesk.language import say

#: Under which name the desk keeps values of its own beside the vendors'.
STORE: Final = "crowddesk"
#: Answers are forgotten after that time.
_KEPT: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing that a lane is asked for: `what` it needs to know for it, as JSON holds it."""

    token: str
    requester_id: int
    kind: str
    what: Mapping[str, Any]


def leave(db: CrowdDatabase, requester_id: int, kind: str, **what: Any) -> str:
    """Asks the account's lane for something; the answer is fetched with the token that is returned."""
    token = f"errand/{requester_id}/{uuid.uuid4().hex}"
    asked = {"kind": kind, "what": what, "asked_at": now().isoformat(), "state": "asked"}
    db.provider_store(STORE).set(token, asked)
    return token


def fetch(db: CrowdDatabase, token: str) -> Any:
    """The answer to an errand, None while there is none; it is kept for an hour.

    Raises VendorError with what kept it from being done.
    """
    found = db.provider_store(STORE).get(token)
    if found is None:
        raise VendorError(say("Nobody waits for that answer any more. Ask again."))
    if found["state"] == "asked":
        return None
    if found["state"] == "failed":
        raise VendorError(found["answer"])
    return found["answer"]


def waiting(db: CrowdDatabase, requester_id: int) -> list[Errand]:
    """What an account's lane is asked for, the oldest first; for the holder of its lock."""
    found = db.provider_store(STORE).all(f"errand/{requester_id}/")
    asked = [(row["asked_at"], token, row) for token, row in found.items() if row["state"] == "asked"]
    return [Errand(token, requester_id, row["kind"], row["what"]) for _, token, row in sorted(asked)]


def answer(db: CrowdDatabase, errand: Errand, found: Any, failure: str = "") -> None:
    """Stores what came of an errand, and forgets those of long ago."""
    store = db.provider_store(STORE)
    with db.write("lane"):
        row = store.get(errand.token)
        if row is not None:
            state = "failed" if failure else "done"
            store.set(errand.token, {**row, "state": state, "answer": failure or found})
        for token, old in store.all(f"errand/{errand.requester_id}/").items():
            if old["state"] != "asked" and datetime.fromisoformat(old["asked_at"]) < now() - _KEPT:
                store.set(token, None)
