"""Holds what is open in a database that was restored: nothing of it leaves before somebody looked."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from crowddesk.domain import ActionState
from crowddesk.store import changes, ledger
from crowddesk.store.transaction import Write

_HELD: Final = (ActionState.STAGED, ActionState.QUEUED, ActionState.SENDING, ActionState.UNKNOWN)


def hold_open(w: Write, made_at: datetime) -> list[int]:
    """Every action that could still leave waits for a person; returns their ids."""
    ids = ledger.ids_in_state(w.conn, _HELD)
    sentence = (
        f"The database was restored as it was on {made_at:%Y-%m-%d %H:%M} UTC, and this may have been sent "
        "since. Look at the vendor's own page, then decide."
    )
    evidence = json.dumps({"restored_from_time": made_at.isoformat()})
    return changes.set_action_states(
        w,
        dict.fromkeys(ids, (_HELD, ActionState.NEEDS_YOU)),
        {i: {"outcome": sentence, "evidence": evidence} for i in ids},
    )
