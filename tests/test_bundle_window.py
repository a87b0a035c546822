"""The window over a bundled run: to be read, with no lane, and every write refused in one sentence."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from crowddesk.app import Desk, make_application
from crowddesk.domain import WorkspaceError
from crowddesk.operations import bundle, decisions
from crowddesk.operations.workspace import open_workspace
from crowddesk.providers.mock import MockProvider
from crowddesk.store.queries import UNITS
from crowddesk.ui.messages import ErrorDialog
from tests.operations.conftest import Bench


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MockProvider, "POLL_SECONDS", 0.01)
        db = open_workspace(folder / "workspace")
        bench = Bench(db, folder)
        try:
            run = bench.completed(6)
            decisions.decide(db, "approve", bench.ids(run)[:2])
            bundle.make_bundle(db, run, folder / "run.crowddesk")
        finally:
            bench.lane.stop()
            db.close()
    return folder / "run.crowddesk"


@pytest.fixture
def desk(qapp: object, qtbot: QtBot, bundled: Path, tmp_path: Path) -> Desk:
    folder = tmp_path / "opened"
    folder.mkdir()
    desk = Desk(make_application(), folder, bundle=bundled)
    qtbot.addWidget(desk.window)
    return desk


def test_it_says_that_it_is_read_only_and_shows_every_page(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.ready, timeout=20_000):
        desk.start()
    assert desk.window.current_page == "runs"
    assert desk.window.banner.isVisible()
    for page in ("home", "requesters", "units", "review", "workers", "payments", "settings", "runs"):
        assert desk.window.show_page(page).isVisible()
        assert "read-only bundle" in desk.window.windowTitle()
    desk.window.close()


def test_no_lane_is_started_and_a_decision_is_refused(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.ready, timeout=20_000):
        desk.start()
    desk._start_lanes([SimpleNamespace(id=1, requester_name="practice", registered=True)])
    assert desk._db is not None
    assert desk._threads is not None
    with desk._db.read() as conn:
        (unit, *_) = UNITS.iterate(conn, UNITS.parse("status:completed"))
    with pytest.raises(WorkspaceError, match="read-only bundle"):
        decisions.decide(desk._db, "approve", [unit.id])
    assert desk._threads._lanes == {}
    desk.window.close()


def test_a_damaged_bundle_is_one_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.crowddesk"
    path.write_bytes(b"no bundle")
    (tmp_path / "opened").mkdir()
    desk = Desk(make_application(), tmp_path / "opened", bundle=path)
    qtbot.addWidget(desk.window)
    with qtbot.waitSignal(desk.failed, timeout=20_000) as failed:
        desk.start()
    assert str(failed.args[0]) == "a.crowddesk is damaged or was changed. Ask for it again."
    (dialog,) = desk.window.findChildren(ErrorDialog)
    dialog.close()
    desk.stop()
