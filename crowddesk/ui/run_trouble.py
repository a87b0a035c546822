"""What keeps a run from going on, in a sentence above it, with the button that does something about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from crowddesk.language import number_text, say_count
from crowddesk.ui.launches import Launches
from crowddesk.ui.messages import Banner
from crowddesk.ui.run_verbs import RunVerbs
from crowddesk.ui.session import Session

if TYPE_CHECKING:
    from crowddesk.operations.lane_work import Step
    from crowddesk.store.queries import RunRow
    from crowddesk.ui.run_view import RunView

#: States of a run that goes on, or could.
GOING: Final = ("launching", "live", "paused")
#: States of a lane that does, or has done, what it can.
_AT_WORK: Final = ("idle", "working", "elsewhere")


class RunTrouble(Banner):
    """Shown while there is something to say of the run that `show_view` was last called with."""

    def __init__(self, session: Session, launches: Launches, verbs: RunVerbs) -> None:
        super().__init__()
        self._session, self._launches, self._verbs = session, launches, verbs
        self._view: RunView | None = None
        self._said = ""
        self._tried_again = False
        launches.changed.connect(self._hear_launch)
        session.threads.lane_stepped.connect(self._hear_lane)

    def forget(self) -> None:
        """Another run is shown, of which nothing is known yet."""
        self._view, self._said, self._tried_again = None, "", False
        self.hide()

    def resume(self) -> None:
        """Has the run go on from where it stopped; what keeps it then is said again."""
        self.hide()
        self._tried_again = True
        if self._view is not None:
            self._launches.resume(self._view.facts.run.id)

    def fail(self, error: Exception) -> None:
        """Nothing can be said of the run, because it could not be read."""
        self._tell(self.tr("This run could not be read: {0}").format(error), tone="danger")

    def show_view(self, view: RunView) -> None:
        """Says what is wrong with a run as it was just read."""
        self._view = view
        run = view.facts.run
        if run.state == "draft" and self._launches.of_run(run.id) is None:
            self._show_draft(view, run)
        elif view.not_launched and run.state in GOING:
            words = say_count(
                "%n units were not launched: {0}", "%n unit was not launched: {0}", view.not_launched
            ).format(view.why)
            self._tell(words, tone="danger", action=self.tr("Try again"), take=self.resume)
        elif view.told is not None and view.told.state == "refused" and run.state in GOING:
            words = self.tr("The vendor did not pause this run: {0}")
            if view.told.kind == "resume":
                words = self.tr("The vendor did not go on with this run: {0}")
            again = partial(self._verbs.tell_again, view.told.id)
            words = words.format(view.told.outcome)
            self._tell(words, tone="danger", action=self.tr("Try again"), take=again)
        else:
            self._tell(run.state_note)

    def _show_draft(self, view: RunView, run: RunRow) -> None:
        if view.doubted:
            words = self.tr("Nobody knows whether the vendor took this run: {0}").format(view.why)
            where = f"state:needs_you run:{run.id}"
            decide = partial(self._session.wanted.emit, "payments", where)
            self._tell(words, tone="danger", action=self.tr("Decide…"), take=decide)
        elif view.why:
            words = self.tr("The vendor did not take this run: {0}").format(view.why)
            anew = partial(self._verbs.launch_anew, run)
            other = self.tr("Change and launch anew…")
            self._tell(
                words,
                tone="danger",
                action=self.tr("Try again"),
                take=self.resume,
                other=other,
                take_other=anew,
            )
        elif view.left:
            loaded = number_text(sum(run.units.values()))
            expected = say_count("%n units", "%n unit", run.units_expected)
            words = self.tr("This run is a draft: {0} of {1} are loaded, none is at the vendor.")
            words = words.format(loaded, expected)
            self._tell(words, tone="warning", action=self.tr("Go on"), take=self.resume)
        elif waits_for := self._lane_waits_for(run) or view.waits_for:
            self._tell(self.tr("This run is not set up yet. {0}").format(waits_for))
        else:
            self._tell(self.tr("This run is being set up."))

    def _lane_waits_for(self, run: RunRow) -> str:
        """Why the account's lane cannot do anything now."""
        step = self._session.lane_steps.get(run.requester_id)
        return step.note if step is not None and step.state not in _AT_WORK else ""

    def _hear_lane(self, requester_id: int, _step: Step) -> None:
        if self._view is not None and self._view.facts.run.requester_id == requester_id:
            self.show_view(self._view)

    def _hear_launch(self, run_id: int) -> None:
        mine = self._view is not None and self._view.facts.run.id == run_id
        if mine and self._tried_again and self._launches.of_run(run_id) is None:
            self._tried_again = False
            self._said = ""  # what is refused again is said again

    def _tell(self, words: str, **how: Any) -> None:
        """`how` is as `say` takes it."""
        if words == self._said:
            return  # what was dismissed stays dismissed
        self._said = words
        if words:
            self.say(words, **how)
        else:
            self.hide()
