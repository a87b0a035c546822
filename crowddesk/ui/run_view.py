"""What the page of a run shows, read in one go: its numbers, its plots, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.words import relative_time

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.store.queries import ActionRow, RunFacts, RunSeries

_ON_ITS_WAY: Final = ("queued", "sending", "unknown")


@dataclass(frozen=True, slots=True)
class RunView:
    """What the page shows of a run: its numbers, its plots, and why units of it are not at the vendor.

    `left`: a draft that nobody has handed to the vendor; its launch was cancelled, or the program ended.
    `doubted`: nobody knows whether the vendor took it. `waits_for` is what its set-up waits for, if known.
    `deadlines`: its vendor approves some answers by itself. `told` is the last time that the vendor was told
    to pause it or to go on.
    """

    facts: RunFacts
    series: RunSeries
    not_launched: int
    why: str
    left: bool = False
    deadlines: bool = False
    told: ActionRow | None = None
    doubted: bool = False
    waits_for: str = ""

    @property
    def telling(self) -> str:
        """`pause` or `resume` while the vendor is being told so; "" otherwise."""
        return self.told.kind if self.told is not None and self.told.state in _ON_ITS_WAY else ""


def read_run(conn: Connection, run_id: int) -> RunView:
    """In the reader. Raises NotFound."""
    from crowddesk.domain import ActionKind, ActionState
    from crowddesk.store import loading, waiting
    from crowddesk.store.queries import ACTIONS, UNITS, Scope, screens

    facts = screens.run_facts(conn, run_id)
    refused = len(loading.refused_launches(conn, run_id)) if facts.run.units.get("created") else 0
    why = ""
    trouble = (ActionState.REFUSED, ActionState.NEEDS_YOU)
    if refused:
        why = waiting.last_outcome(conn, run_id, (ActionKind.LAUNCH,), trouble)
    set_up = loading.last_state(conn, run_id, ActionKind.SET_UP) if facts.run.state == "draft" else ""
    if set_up in trouble:
        why = waiting.last_outcome(conn, run_id, (ActionKind.SET_UP,), trouble)
    waits_for = ""
    if set_up in _ON_ITS_WAY:
        waits_for = waiting.last_outcome(conn, run_id, (ActionKind.SET_UP,), _ON_ITS_WAY)
    deadlines = bool(UNITS.page_ids(conn, UNITS.parse("due:9999d"), Scope(run_id=run_id), limit=1))
    told = ACTIONS.first(conn, ACTIONS.parse("kind:pause,resume"), Scope(run_id=run_id), limit=1)
    series = screens.run_series(conn, run_id)
    return RunView(
        facts, series, refused, why, set_up is None, deadlines, told[0] if told else None,
        doubted=set_up == ActionState.NEEDS_YOU, waits_for=waits_for,
    )  # fmt: skip


def facts_of(view: RunView) -> list[str]:
    """The run in a few words, for the head of its page."""
    facts, run = view.facts, view.facts.run
    units = sum(facts.by_kind.get("standard", {}).values())
    others = set(facts.by_kind) - {"standard"}
    size = say_count("%n units", "%n unit", sum(run.units.values()) or run.units_expected)
    items = say_count("%n items", "%n item", run.items_loaded)
    if run.items_loaded and not others and units and units % run.items_loaded == 0:
        size = f"{items} × {number_text(units // run.items_loaded)}"
    elif run.items_loaded:
        size = f"{items}, {size}"
    state = "" if run.state == "live" else theme.status_look(run.state).word
    state = {"pause": say("pausing…"), "resume": say("resuming…")}.get(view.telling, state)
    when = say("started {time}", time=relative_time(run.launched_at)) if run.launched_at else ""
    return [run.requester_name, state, when, size]
