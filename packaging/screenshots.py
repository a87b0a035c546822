"""Makes the README's pictures: a workspace with crowds at work, and its pages, light and dark.

Usage: python packaging/screenshots.py [folder]; the folder is docs/screenshots unless named. Runs offscreen.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import aiohttp
from PySide6.QtCore import QEventLoop, QTimer

from crowddesk import paths
from crowddesk.app import Desk, make_application
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionKind
from crowddesk.operations import accounts, decisions, launch, mask_text, masks, rehearsal
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.run_file import load_run
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.prolific_sandbox.process import SandboxProcess
from crowddesk.store.queries import UNITS, Scope
from crowddesk.store.tables import Unit
from crowddesk.testing.http_worker import HttpWorker

_SETTLE_MS = 1_500
_MASKS = {"far too quick": "time < 12 s", "wrong on gold units": "gold < 60 %"}
#: One's own people: who comes, and how many answers they have sent when the pictures are made.
_PEOPLE = {"Amara": 4, "Jonas": 3, "Mei-Ling": 2, "Zoë": 0}
_CAPTIONS = (
    "It pours without a drop",
    "Made to be used every day",
    "Warm from the first wear",
    "A light for late hours",
)


def fill(db: CrowdDatabase) -> tuple[int, int, int, int, int]:
    """Runs: half reviewed, just begun, for own people, rehearsed at Prolific's stand-in, and to be reviewed.

    The ids of the first, of that for own people, of a unit, of the rehearsal and of the last.
    """
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
    account = accounts.add_requester(db, "inhouse", "our-people", {"currency": "EUR"})
    photos = launch.create_run(db, load_run(tasks / "photos" / "run.yaml", []))
    lane = LaneWork(db, int(account))
    while db.get_task_run(str(photos))["state"] != "live":
        lane.step()
    lane.stop()
    config = load_run(tasks / "headlines" / "run.yaml", [])
    rehearsed = rehearsal.rehearse(db, config, people=150, speed=120)
    for name, line in _MASKS.items():
        masks.add_mask(db, name, mask_text.parse(line))
    return follows, photos, done[60], rehearsed, _answered_run(db)


def _answered_run(db: CrowdDatabase) -> int:
    """A run with five answers to each item, some of them decided."""
    changes = [
        "provider.speed=100000",
        "blueprint.units_per_assignment=5",
        "task.title=Does it follow? Round 3",
    ]
    run = launch.create_run(db, load_run(paths.resources_dir() / "tasks" / "follows" / "run.yaml", changes))
    lane = LaneWork(db, 1)
    while db.get_task_run(str(run))["state"] != "closed":
        lane.step()
    lane.stop()
    return run


def come(url: str) -> None:
    """One's own people come to a run by its link, answer what they answer, and are at their next unit."""

    async def work(http: aiohttp.ClientSession, name: str, answers: int) -> None:
        person = HttpWorker(http, url, {"worker_name": name})
        await person.enter()
        for number in range(answers + 1):
            offer = await person.next()
            await person.open_frame(offer)
            await asyncio.sleep(0.4 + 0.3 * number)
            if number < answers:
                caption = _CAPTIONS[(number + len(name)) % len(_CAPTIONS)]
                await person.submit(
                    offer["agent"], {"quality": 4 + number % 4, "use": "as_is", "caption": caption}
                )

    async def all_of_them() -> None:
        async with aiohttp.ClientSession() as http:
            await asyncio.gather(*(work(http, name, answers) for name, answers in _PEOPLE.items()))

    asyncio.run(all_of_them())


def main(folder: Path) -> None:
    """Opens the window over the filled workspace and keeps a picture of each page."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="crowddesk-pictures-", ignore_cleanup_errors=True) as place:
        db = open_workspace(Path(place))
        run, photos, unit, rehearsed, reviewed = fill(db)
        db.close()
        desk = Desk(make_application(["crowddesk"]), Path(place))
        loop = QEventLoop()
        desk.ready.connect(loop.quit)
        desk.failed.connect(loop.quit)
        desk.start()
        loop.exec()
        assert desk.session is not None, "the workspace could not be opened"
        session = desk.session
        _let_people_in(desk, photos)
        _let_answer(desk, rehearsed)

        def show(page: str, what: object = None) -> Callable[[], None]:
            return lambda: session.wanted.emit(page, what)

        review: Any = desk.window.show_page("review")
        views: list[tuple[str, Callable[[], None]]] = [
            ("home", show("home")),
            ("runs", show("runs")),
            ("run", show("runs", run)),
            ("data-set", lambda: show_data_set(desk, run)),
            ("quality", lambda: show_quality(desk, run)),
            ("review", show("review", reviewed)),
            ("review-grid", review.work.toggle_grid),
            ("people", show("runs", photos)),
            ("rehearsal", show("runs", rehearsed)),
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
                if name == "review-grid":
                    review.work.toggle_grid()
        desk.window.close_surely()
        SandboxProcess(Path(place) / "providers" / "prolific_sandbox").stop()


def _let_people_in(desk: Desk, run_id: int) -> None:
    """Waits until the run is served, and until those who work there are at it."""
    session = desk.session
    assert session is not None
    while not ((served := session.threads.server.state.of(run_id)) and served.listening):
        _wait(100)
    with ThreadPoolExecutor(1) as thread:
        coming = thread.submit(come, served.url)
        while not coming.done():
            _wait(100)
        coming.result()
        thread.submit(_take_their_time, session.db, run_id).result()


def _let_answer(desk: Desk, run_id: int) -> None:
    """Waits until most of the rehearsal's people have answered, and approves some of them."""
    session = desk.session
    assert session is not None
    done: list[int] = []
    with ThreadPoolExecutor(1) as thread:
        while len(done) < 50:
            _wait(500)
            done = thread.submit(_answered, session.db, run_id).result()
        thread.submit(
            decisions.decide, session.db, ActionKind.APPROVE, done[:30], send_after=timedelta()
        ).result()
    _wait(4_000)


def _answered(db: CrowdDatabase, run_id: int) -> list[int]:
    with db.read() as conn:
        return list(UNITS.ids(conn, UNITS.parse("status:completed"), Scope(run_id=run_id)))


def _take_their_time(db: CrowdDatabase, run_id: int) -> None:
    """A program answers in a second; what the pictures say of time and wage is as of people."""
    with db.write() as w:
        ids = list(UNITS.ids(w.conn, UNITS.parse("status:completed"), Scope(run_id=run_id)))
        w.update_each(Unit, [{"id": i, "seconds": 48.0 + 17 * (i % 5)} for i in ids])


def show_data_set(desk: Desk, run: int) -> None:
    """The run's data set with both masks chosen."""
    from crowddesk.ui.data_set import open_data_set

    assert desk.session is not None
    page: Any = open_data_set(desk.session, desk.window, run)
    _wait(_SETTLE_MS)
    page.masks.choose(list(_MASKS))


def show_quality(desk: Desk, run: int) -> None:
    """The quality of the run's answers, once it is counted."""
    from crowddesk.ui.quality_view import open_quality

    assert desk.session is not None
    open_quality(desk.session, desk.window, run)
    _wait(4 * _SETTLE_MS)


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
