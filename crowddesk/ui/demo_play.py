"""Leads a window through the demo, moment by moment; without a screen it tells them and keeps pictures."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject

from crowddesk.domain import CrowdDeskError
from crowddesk.language import say, say_count
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.session import Session
from crowddesk.ui.theme import Theme
from crowddesk.ui.timers import make_one_shot

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.demo import Moment

logger = logging.getLogger(__name__)

#: It looks so often whether its moment has come, and lets the page settle before it goes on.
_LOOK_MS: Final = 300
_SETTLE_MS: Final = 900


class DemoPlay(QObject):
    """Leads a window through the demo: shows the page of each moment and goes on when it is reached.

    With `pictures` it is headless: each moment is told on stdout and its page kept as a picture, at the end
    in dark too, and then the window closes by itself.
    """

    def __init__(self, window: MainWindow, look: Theme, pictures: Path | None) -> None:
        super().__init__(window)
        self._window = window
        self._theme = look
        self._session: Session | None = None
        self._pictures = pictures
        self._taken = 0
        self._steps: Any = None
        self._moment: Moment | None = None
        self.ended = False
        self._look = make_one_shot(self, _LOOK_MS, self._ask_reached)
        self._settle = make_one_shot(self, _SETTLE_MS, self._take_picture)

    def begin(self, session: Session) -> None:
        """Plays it in the workspace that is open now."""

        def start(db: CrowdDatabase, job: object) -> Any:
            from crowddesk.operations import demo

            return demo.play(db)

        self._session = session
        session.run_job(start, self._go_on, self._fail)

    def _go_on(self, steps: Any) -> None:
        self._steps = steps or self._steps
        generator = self._steps
        if self._session is not None:
            self._session.run_job(lambda db, job: next(generator, None), self._show, self._fail)

    def _show(self, moment: Moment | None) -> None:
        if moment is None:
            self._finish()
            return
        self._moment = moment
        self._tell(moment.says)
        if self._session is not None:
            self._session.wanted.emit(moment.page, moment.run_id if moment.page == "runs" else None)
        self._window.toast.say(moment.says)
        self._look.start()

    def _ask_reached(self) -> None:
        session, moment = self._session, self._moment
        if session is not None and moment is not None:
            session.run_job(lambda db, job: moment.reached(), self._take_reached, self._fail)

    def _take_reached(self, reached: bool) -> None:
        if not reached:
            self._look.start()
        else:
            self._settle.start()

    def _take_picture(self) -> None:
        if self._moment is not None:
            self._keep_picture(self._moment.page)
        self._go_on(None)

    def _keep_picture(self, name: str) -> None:
        if self._pictures is None:
            return
        self._taken += 1
        path = self._pictures / f"{self._taken:02d}-{name}.png"
        if not self._window.grab().save(str(path)):
            self._fail(CrowdDeskError(say("{path} could not be written.", path=path)))

    def _finish(self) -> None:
        self.ended = True
        if self._pictures is None:
            self._window.toast.say(self.tr("That was the demo. Look around: it is all yours."))
            return
        self._theme.set(scheme="dark")
        self._keep_picture("dark")
        self._tell(
            say_count(
                "%n pictures of the window are in {0}", "%n picture of the window is in {0}", self._taken
            ).format(self._pictures)
        )
        self._window.close_surely()

    def _fail(self, error: Exception) -> None:
        self._tell(say("The demo stopped: {why}", why=error))
        if self._pictures is None:
            raise error
        logger.error("The demo stopped", exc_info=error)
        self._window.close_surely()

    def _tell(self, words: str) -> None:
        if self._pictures is not None:
            sys.stdout.write(f"{words}\n")
            sys.stdout.flush()


def pictures_folder() -> Path:
    """A folder for pictures beside whoever called, else where the system keeps what is passing."""
    here = Path.cwd() / "screenshots"
    try:
        here.mkdir(exist_ok=True)
    except OSError:
        import tempfile

        return Path(tempfile.mkdtemp(prefix="crowddesk-screenshots-"))
    return here
