"""What can be done with a run as a whole: pause, stop, launch anew, more answers, pay, export, pack."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from crowddesk.domain import AssignmentState, CrowdDeskError
from crowddesk.language import say_count
from crowddesk.ui.dialogs.more_answers import MoreAnswersDialog
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.messages import ConfirmDialog
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import environment_of, show_error

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.places import MorePlaces
    from crowddesk.store.queries import RunRow
    from crowddesk.ui.dialogs.launch_values import LaunchValue

_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose


class RunVerbs(QObject):
    """The verbs of runs. `acted`: something was written, so that the page may be read again."""

    acted = Signal()

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._failing = ""
        self._more: MoreAnswersDialog | None = None

    def pause(self, run_id: int) -> None:
        """Launches no more of it, and has the vendor let nobody in where it can."""
        self._act("pause_run", run_id, self.tr("This run was not paused"))

    def tell_again(self, action_id: int) -> None:
        """Has the vendor told once more what it refused: to pause, or to go on."""

        def again(db: Any) -> None:
            from crowddesk.operations import decisions

            decisions.retry(db, [action_id], send_after=self._session.send_after(True))

        self._failing = self.tr("The vendor was not told again")
        self._session.act(again, self._acted, self._fail)

    def stop(self, run: RunRow) -> None:
        """Asks, then takes down what nobody has begun."""
        open_units = sum(run.units.get(s, 0) for s in (AssignmentState.CREATED, AssignmentState.LAUNCHED))
        at_work = run.units.get(AssignmentState.ASSIGNED, 0)
        words = self.tr("{0} that nobody has begun will be taken down. They cost nothing then.").format(
            say_count("%n units", "%n unit", open_units)
        )
        notes = [
            self.tr("{0} at work now; they may finish.").format(
                say_count("%n people are", "%n person is", at_work)
            )
        ]
        environment = environment_of(run.provider_type, run.sandbox)
        if environment == "live":
            notes.insert(0, self.tr("LIVE: these are real people."))
        dialog = ConfirmDialog(
            self.tr("Stop “{0}”").format(run.title),
            words,
            self.tr("Stop {0}").format(say_count("%n units", "%n unit", open_units))
            if open_units
            else self.tr("Stop the run"),
            self._window,
            notes=notes if at_work or environment == "live" else (),
        )
        dialog.setAttribute(_DELETE)
        dialog.set_command(lambda: ("stop", str(run.id)))
        title = self.tr("This run was not stopped")
        dialog.accepted.connect(partial(self._act, "stop_run", run.id, title))
        dialog.open()

    def export(self, run_id: int) -> None:
        """Asks for a file, then writes the run's answers into it."""
        from crowddesk.ui.dialogs.export import open_export

        open_export(self._session, self._window, run_id)

    def pack(self, run: RunRow) -> None:
        """Asks for a file, then packs all of the run into it, to be read elsewhere."""
        from crowddesk.ui.dialogs.pack import open_pack

        open_pack(self._session, self._window, run.id)

    def show_people(self, run: RunRow) -> None:
        """Lists who took part, to be tagged, paid or kept out of the next run."""
        self._session.wanted.emit("workers", f"run:{run.id}")

    def fair_pay(self, run: RunRow) -> None:
        """Shows hourly wages, and offers top-ups and pay for who could not submit."""
        from crowddesk.ui.fair_pay import open_fair_pay

        open_fair_pay(self._session, self._window, run)

    def pay_from_file(self, run: RunRow) -> None:
        """Asks for a file of bonuses, checks it row by row, then records what is in it."""
        from crowddesk.ui.bonus_file import open_bonus_file

        open_bonus_file(self._session, self._window, run)

    # --------------------------------------------------------------------------------------- launch anew

    def launch_anew(self, run: RunRow) -> None:
        """Opens the launch dialog with a run that its vendor did not take; the new one takes its place."""
        run_id = run.id

        def read(db: CrowdDatabase, _job: Job) -> tuple[int, LaunchValue]:
            from crowddesk.ui.launch_reading import read_run_again

            return run_id, read_run_again(db, run_id)

        self._failing = self.tr("This run cannot be launched anew")
        self._session.run_job(read, self._open_anew, self._fail)

    def _open_anew(self, found: tuple[int, LaunchValue]) -> None:
        from crowddesk.ui.launcher import open_launch

        run_id, filled = found
        launcher = open_launch(self._session, self._window, filled=filled)
        launcher.launched.connect(partial(self._close_draft, run_id))

    def _close_draft(self, run_id: int, _new: int) -> None:
        def close(db: Any) -> bool:
            from crowddesk.operations import launch

            if db.get_task_run(str(run_id))["state"] != "draft":
                return False  # it was taken after all, or is closed
            launch.stop_run(db, run_id)
            return True

        self._failing = self.tr("Run {0}, which was not taken, stays a draft").format(run_id)
        self._session.act(close, self._draft_closed, self._fail)

    def _draft_closed(self, closed: bool) -> None:
        if closed:
            self._window.toast.say(self.tr("The run that was not taken is closed."))
            self.acted.emit()

    # ------------------------------------------------------------------------------------ more answers

    def ask_more(self, run: RunRow) -> None:
        """Asks how many more answers each item shall get, with what they cost, then adds them."""
        environment = environment_of(run.provider_type, run.sandbox)
        self._more = dialog = MoreAnswersDialog(run.title, environment, run.provider_type, self._window)
        dialog.setAttribute(_DELETE)
        dialog.set_command(lambda: ("raise-places", str(run.id), str(dialog.more)) if dialog.more else None)
        dialog.wanted.connect(partial(self._estimate, run.id))
        dialog.accepted.connect(lambda: self._add(run.id, dialog.value()))
        dialog.finished.connect(self._forget_more)
        dialog.open()
        self._estimate(run.id, dialog.more)

    def _estimate(self, run_id: int, more: int) -> None:
        def ask(db: CrowdDatabase, _job: Job) -> tuple[int, MorePlaces]:
            from crowddesk.operations.places import estimate_more

            return more, estimate_more(db, run_id, more)

        self._session.run_job(ask, self._show_estimate, self._fail_to_estimate)

    def _show_estimate(self, found: tuple[int, MorePlaces]) -> None:
        if self._more is not None:
            self._more.show_estimate(*found)

    def _fail_to_estimate(self, error: Exception) -> None:
        if not isinstance(error, CrowdDeskError):
            raise error
        if self._more is not None:
            self._more.show_failure(str(error))

    def _forget_more(self) -> None:
        self._more = None

    def _add(self, run_id: int, more: int) -> None:
        def add(db: CrowdDatabase, _job: Job) -> int:
            from crowddesk.operations.places import add_units

            return add_units(db, run_id, more)

        self._failing = self.tr("No answers were added")
        self._session.run_job(add, self._added, self._fail)

    def _added(self, count: int) -> None:
        self._window.toast.say(
            self.tr("{0} more are asked for.").format(say_count("%n units", "%n unit", count))
        )
        self.acted.emit()

    # ------------------------------------------------------------------------------------------ inside

    def _act(self, verb: str, run_id: int, title: str) -> None:
        self._failing = title

        def work(db: Any) -> None:
            from crowddesk.operations import launch

            getattr(launch, verb)(db, run_id)

        self._session.act(work, self._acted, self._fail)

    def _acted(self, _nothing: object) -> None:
        self.acted.emit()

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self._failing, error)
