"""Opens the wages of a run, keeps them as they are now, and records top-ups and compensations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt

from crowddesk.domain import CrowdDeskError, money_text
from crowddesk.language import say_count
from crowddesk.ui.dialogs.fair_pay import CompensateDialog, FairPayDialog
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import Recorder, environment_of

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.decisions import Decided
    from crowddesk.operations.fair_pay import TopUps
    from crowddesk.operations.paying import Stranded
    from crowddesk.store.queries import RunRow

_READ_AGAIN_MS: Final = 800
_DELETE: Final = Qt.WidgetAttribute.WA_DeleteOnClose


@dataclass(frozen=True, slots=True)
class _Found:
    target: int
    plan: TopUps
    stranded: Sequence[Stranded]
    reason: str


class FairPay(QObject):
    """One run's wages in a dialog; it ends with the dialog."""

    def __init__(self, session: Session, window: MainWindow, run: RunRow) -> None:
        from crowddesk.operations.fair_pay import target_of

        target = target_of(session.settings.fair_pay, run.currency)
        environment = environment_of(run.provider_type, run.sandbox)
        self.dialog = FairPayDialog(run.id, run.title, run.currency, target, environment, window)
        super().__init__(self.dialog)
        self._session, self._window, self._run = session, window, run
        self._environment = environment
        self._job: Job | None = None
        self.recorder = Recorder(session, window, window.toast)
        self._again = make_one_shot(self, _READ_AGAIN_MS, self.dialog.ask)
        self.dialog.setAttribute(_DELETE)
        self.dialog.plan_wanted.connect(self._plan)
        self.dialog.compensation_wanted.connect(self._ask_compensation)
        self.dialog.accepted.connect(self._top_up)
        session.changed.connect(self._hear)

    def open(self) -> None:
        """Shows the dialog and asks for the wages."""
        self.dialog.open()
        self.dialog.ask()

    # ------------------------------------------------------------------------------------------- reading

    def _hear(self, table: str, _ids: object) -> None:
        if table in ("unit", "vendor_action", "agent") and not self._again.isActive():
            self._again.start()

    def _plan(self, target: int, reason: str) -> None:
        if self._job is not None:
            self._job.cancel()  # of a target that stands there no more
        run_id = self._run.id

        def work(db: CrowdDatabase, _job: Job) -> _Found:
            from crowddesk.operations import fair_pay, paying

            if target:
                plan = fair_pay.plan_top_ups(db, run_id, target, reason)
            else:
                with db.read() as conn:
                    plan = fair_pay.TopUps(fair_pay.wages_of(conn, run_id, None))
            words = fair_pay.default_reason(plan.wages)
            return _Found(target, plan, paying.stranded_in(db, run_id), words)

        self._job = self._session.run_job(work, self._show, self._fail)

    def _show(self, found: _Found) -> None:
        self.dialog.show_plan(found.target, found.plan, found.stranded, found.reason)

    def _fail(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            raise error
        self.dialog.show_failure(str(error))

    # ----------------------------------------------------------------------------------------- recording

    @property
    def _after(self) -> timedelta | None:
        return self._session.send_after(self._run.sandbox)

    def _top_up(self) -> None:
        plan, after = self.dialog.value(), self._after

        def record(db: Any) -> Decided:
            from crowddesk.operations.fair_pay import queue_top_ups

            return queue_top_ups(db, plan, send_after=after)

        # The window's recorder outlives this dialog, which has just closed.
        Recorder(self._session, self._window, self._window.toast).record(
            record,
            lambda count: self.tr("Top-ups for {0}").format(say_count("%n people", "%n person", count)),
            noun="worker",
            leaves=after is not None,
        )

    def _ask_compensation(self, people: Sequence[Stranded]) -> None:
        run = self._run
        dialog = CompensateDialog(
            run.id, people, run.reward_minor, run.currency, self._environment, self.dialog
        )
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._compensate(people, *dialog.value()))
        dialog.open()

    def _compensate(self, people: Sequence[Stranded], amount: int, reason: str) -> None:
        run_id, after = self._run.id, self._after
        each = money_text(amount, self._run.currency)

        def record(db: Any) -> Decided:
            from crowddesk.operations.paying import compensate

            workers = [one.worker_id for one in people]
            return compensate(db, run_id, workers, amount, reason, send_after=after)

        self.recorder.record(
            record,
            lambda count: say_count(
                "{0} for %n people who could not submit", "{0} for %n person who could not submit", count
            ).format(each),
            noun="worker",
            leaves=after is not None,
        )


def open_fair_pay(session: Session, window: MainWindow, run: RunRow) -> FairPay:
    """Opens the wages of a run."""
    made = FairPay(session, window, run)
    made.open()
    return made
