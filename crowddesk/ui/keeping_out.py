"""Tells the vendor of a run that goes on whom the run keeps out now: tags and earlier runs may have grown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crowddesk.ui.dialogs.people import ChoosePlaceDialog, Place
from crowddesk.ui.messages import Toast
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import Verbs, environment_of, show_error

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase


class KeepingOut(Verbs):
    """One verb, which is about a run, whoever is selected."""

    def __init__(self, session: Session, window: QWidget, toast: Toast) -> None:
        super().__init__(session, window, toast, lambda: ())
        self.actions = [
            self._action(self.tr("Tell a run whom to keep out…"), "", lambda _ids: self.begin()),
        ]

    def begin(self) -> None:
        """Reads which runs keep people out, then asks for one of them."""
        db = self._session.db
        self._session.ask(lambda _conn: _places(db), self._choose, self._fail)

    def _choose(self, places: list[Place]) -> None:
        if not places:
            words = self.tr("No run that goes on keeps people out. Exclude them at launch, or block them.")
            self._toast.say(words)
            return
        question = self.tr(
            "Its vendor hears whom the run excludes at this moment: everybody who has its tags and who took "
            "part in its earlier runs by now, with all their accounts. Who is at work on a unit goes on."
        )
        title = self.tr("Tell a run whom to keep out")
        dialog = ChoosePlaceDialog(title, question, places, self._window, verb=self.tr("Tell the vendor"))
        dialog.set_command(lambda: ("people", "exclude", str(dialog.value().run_id)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._tell(dialog.value()))
        dialog.open()

    def _tell(self, place: Place) -> None:
        def tell(db: CrowdDatabase) -> str:
            from crowddesk.operations import launch

            launch.exclude_anew(db, int(place.run_id or 0))
            return place.run_title

        self._session.act(tell, self._told, self._fail)

    def _told(self, title: str) -> None:
        self._toast.say(self.tr("The vendor of “{0}” hears whom it keeps out now.").format(title))

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("The vendor was not told"), error)


def _places(db: Any) -> list[Place]:
    """In the reader: the runs that keep people out."""
    from crowddesk.operations.keeping_out import runs_that_keep_out

    return [
        Place(
            run.requester_id, run.requester_name, run.provider_type, run.sandbox,
            environment_of(run.provider_type, run.sandbox), run.currency, run.id, run.title,
        )
        for run in runs_that_keep_out(db)
    ]  # fmt: skip
