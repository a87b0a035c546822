"""Makes the README's pictures: a workspace with the practice crowd at work, its pages, light and dark.

Usage: python packaging/screenshots.py [folder]; the folder is docs/screenshots unless named. Runs offscreen.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QTimer

from crowddesk import paths
from crowddesk.app import Desk, make_application
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionKind
from crowddesk.operations import decisions, launch
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.run_file import load_run
from crowddesk.operations.workspace import open_workspace
from crowddesk.store.queries import UNITS, Scope

_SETTLE_MS = 1_500


def fill(db: CrowdDatabase) -> tuple[int, int]:
    """Two runs, one half reviewed and one that begins; the first one's id, and that of a unit of it."""
    tasks = paths.resources_dir() / "tasks"
    follows = launch.create_run(db, load_run(tasks / "follows" / "run.yaml", ["provider.speed=60"]))
    lane = LaneWork(db, 1)
    done: list[int] = []
    while len(done) < 80:
        lane.step()
        with db.read() as conn:
            done = list(UNITS.ids(conn, UNITS.parse("status:completed"), Scope(run_id=follows)))
    decisions.decide(db, ActionKind.APPROVE, done[:44])
    decisions.decide(db, ActionKind.SOFT_REJECT, done[44:48])
    decisions.decide(db, ActionKind.REJECT, done[48:49], reason="Every answer was the first option, in 3 s.")
    decisions.send(db)
    launch.create_run(db, load_run(tasks / "reviews" / "run.yaml", ["provider.speed=6"]))
    for _ in range(20):
        lane.step()
    decisions.decide(db, ActionKind.APPROVE, done[49:55])
    lane.stop()
    return follows, done[60]


def main(folder: Path) -> None:
    """Opens the window over the filled workspace and keeps a picture of each page."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="crowddesk-pictures-", ignore_cleanup_errors=True) as place:
        db = open_workspace(Path(place))
        run, unit = fill(db)
        db.close()
        desk = Desk(make_application(["crowddesk"]), Path(place))
        loop = QEventLoop()
        desk.ready.connect(loop.quit)
        desk.failed.connect(loop.quit)
        desk.start()
        loop.exec()
        assert desk.session is not None, "the workspace could not be opened"
        session = desk.session

        def show(page: str, what: object = None) -> Callable[[], None]:
            return lambda: session.wanted.emit(page, what)

        views: list[tuple[str, Callable[[], None]]] = [
            ("home", show("home")),
            ("runs", show("runs")),
            ("run", show("runs", run)),
            ("unit", lambda: show_unit(desk, unit)),
            ("workers", show("workers")),
            ("payments", show("payments")),
            ("requesters", show("requesters")),
            ("settings", show("settings")),
        ]
        for scheme in ("light", "dark"):
            desk.theme.set(scheme=scheme)
            for name, view in views:
                view()
                _wait(_SETTLE_MS)
                path = folder / f"{name}-{scheme}.png"
                assert desk.window.grab().save(str(path)), f"{path} could not be written"
                print(path)
        desk.window.close()


def show_unit(desk: Desk, unit: int) -> None:
    """The completed units, and one of them beside the list."""
    page: Any = desk.window.show_page("units")
    page.show_wanted("status:completed")
    page.detail.show_unit(unit)


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    named = sys.argv[1:]
    main(Path(named[0]) if named else Path(__file__).parent.parent / "docs" / "screenshots")
