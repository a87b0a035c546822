"""Verbs about the worker of what is shown: a bonus, a note, a flag, the rest of their answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crowddesk.domain import ActionKind
from crowddesk.ui.verbs import environment_of

if TYPE_CHECKING:
    from crowddesk.ui.review.reviewing import Reviewing


class Beside(QObject):
    """What may be done about a person while their answer is on the page."""

    def __init__(self, work: Reviewing) -> None:
        super().__init__(work)
        self._work = work

    def pay_bonus(self) -> None:
        """Asks for a bonus for the worker of what is shown."""
        self._with_worker(lambda _unit_id, worker_id, name: self._work.talking.pay_bonus(worker_id, not name))

    def write_note(self) -> None:
        """Asks for a note about what is shown, or its worker."""

        def ask(unit_id: int, worker_id: int, name: str) -> None:
            assert self._work.run is not None
            self._work.talking.ask_note(unit_id, worker_id, name, self._work.run.provider_type)

        self._with_worker(ask)

    def flag(self) -> None:
        """Puts the flag on what is shown or selected; takes it off a single one that has it."""
        ids = self._work.chosen()
        looked = self._work.desk.looked
        if ids:
            self._work.talking.flag(
                ids, self._work.in_grid or looked is None or "flagged" not in looked.unit_tags
            )

    def decide_rest(self) -> None:
        """Asks what becomes of everything else of this worker that waits in the run."""

        def ask(_unit_id: int, worker_id: int, name: str) -> None:
            assert self._work.run is not None
            environment = environment_of(self._work.run.provider_type, self._work.run.sandbox)
            open_here = self._work.queue.is_open
            self._work.talking.ask_rest(
                self._work.run.id, worker_id, name, environment, open_here, self._take_rest
            )

        self._work.decisions.flush()
        self._with_worker(ask)

    def _with_worker(self, take: Callable[[int, int, str], object]) -> None:
        """`take(unit, worker, name)` of what is shown; the name is "" while it is hidden."""
        if self._work.in_grid and self._work.grid.chosen():
            self._work.window_.toast.say(self.tr("Open one answer first: Enter."))
            return
        looked = self._work.desk.looked
        if self._work.run is None or looked is None:
            return
        row = looked.row
        if row.worker_id is None:
            self._work.window_.toast.say(self.tr("Nobody is named with this unit."))
            return
        take(row.id, row.worker_id, (row.worker_name or "") if self._work.shows_name_of(row.id) else "")

    def _take_rest(self, kind: str, ids: tuple[int, ...]) -> None:
        if kind == ActionKind.REJECT:
            self._work.begin_rejection(ids, 0)
            return
        from crowddesk.operations.settling import Wish

        self._work.queue.join(ids)
        self._work.decisions.decide(dict.fromkeys(ids, Wish(kind)))
        self._work.pace.begin()
        if self._work.queue.current in set(ids):
            self._work.queue.advance()
        self._work.show_current()
