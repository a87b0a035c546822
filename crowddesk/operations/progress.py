"""Where a run or a set of actions stands, for whoever waits for its end. From any thread but the GUI's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionKind, ActionState, AssignmentState, status_text
from crowddesk.language import say
from crowddesk.store import ledger, loading, waiting

_GIVEN_UP = (ActionState.REFUSED, ActionState.CANCELLED, ActionState.NEEDS_YOU)
_TROUBLE = (ActionState.REFUSED, ActionState.NEEDS_YOU)


@dataclass(frozen=True, slots=True)
class RunProgress:
    """A run on its way: its state, its units by status, how many of `total` have an answer or an end.

    `stuck` says why nothing more will happen by itself; empty while something may.
    """

    state: str
    units: dict[str, int]
    total: int
    finished: int
    stuck: str

    @property
    def ended(self) -> bool:
        """Every unit is completed or final."""
        return self.state != "draft" and self.finished >= self.total

    @property
    def over(self) -> bool:
        """Nothing is left to wait for: it has ended and is closed, or it is stuck."""
        return bool(self.stuck) or (self.ended and self.state == "closed")


def of_run(db: CrowdDatabase, run_id: int) -> RunProgress:
    """Raises NotFound."""
    row = db.get_task_run(str(run_id))
    with db.read() as conn:
        units = ledger.units_by_status(conn, run_id)
        total = sum(units.values())
        unfinished = sum(units.get(status, 0) for status in AssignmentState.incomplete())
        stuck = ""
        state: str = row["state"]
        if state == "draft":
            total = max(total, int(row["units_expected"]))
            if loading.last_state(conn, run_id, ActionKind.SET_UP) in _GIVEN_UP:
                said = waiting.last_outcome(conn, run_id, (ActionKind.SET_UP,), _TROUBLE)
                stuck = say("the vendor did not take the run: {said}", said=said)
            unfinished = total
        elif (
            state != "launching"
            and 0 < unfinished == units.get(AssignmentState.CREATED, 0)
            and not ledger.open_actions(conn, run_id, (ActionKind.LAUNCH,))
        ):
            said = waiting.last_outcome(conn, run_id, (ActionKind.LAUNCH,), _TROUBLE)
            why = (
                say("the last answer to a launch was: {said}", said=said)
                if said
                else say("the run is {state}", state=status_text(state))
            )
            stuck = say("{unfinished:,} units are not launched; {why}", unfinished=unfinished, why=why)
    return RunProgress(state, units, total, total - unfinished, stuck)


@dataclass(frozen=True, slots=True)
class ActionProgress:
    """Actions on their way, by state."""

    states: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.states.values())

    @property
    def finished(self) -> int:
        return sum(self.states.get(state, 0) for state in ActionState.FINISHED)

    @property
    def in_trouble(self) -> int:
        """Refused, or waiting for a person."""
        return sum(self.states.get(state, 0) for state in _TROUBLE)


def of_actions(db: CrowdDatabase, action_ids: Sequence[int]) -> ActionProgress:
    """Where these actions stand."""
    with db.read() as conn:
        return ActionProgress(dict(Counter(waiting.action_states(conn, action_ids).values())))


def decisions_on_their_way(db: CrowdDatabase, run_id: int | None = None) -> list[int]:
    """Actions that were released and have not ended, of one run or of all; those that wait for you, too."""
    with db.read() as conn:
        return waiting.decisions_on_their_way(conn, run_id)


def accounts_with_work(db: CrowdDatabase, action_ids: Sequence[int]) -> list[int]:
    """The requesters whose lanes perform these actions."""
    with db.read() as conn:
        return waiting.accounts_with_work(conn, action_ids)
