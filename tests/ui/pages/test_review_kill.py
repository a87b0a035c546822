"""`kill -9` while somebody decides as fast as keys go: only what was not recorded yet waits again.

Keys may be faster than the disk, so how many that are depends on the machine; which they are does not: the
last ones, and none that the window showed as recorded.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from crowddesk import settings
from crowddesk.app import KeptValues
from crowddesk.store.queries import ACTIONS
from tests.ui.pages.conftest import Program

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")

_KEPT = 5
#: Of each unit its decisions, oldest first, and whether each stands.
Books = dict[int, list[tuple[str, bool]]]


def lines_of(log: Path) -> list[dict[str, Any]]:
    """What the hurried reviewer did; the last line only if it is whole."""
    return [json.loads(line) for line in log.read_text().split("\n")[:-1]] if log.exists() else []


def acts_of(log: Path) -> list[dict[str, Any]]:
    return [line for line in lines_of(log) if "unit" in line]


def recorded_of(log: Path) -> int:
    """How many acts, from the first, are surely recorded."""
    return max((line["acts"] for line in lines_of(log) if "recorded" in line), default=0)


def decide_and_kill(folder: Path, log: Path, seed: int) -> None:
    """Lets somebody decide at a window of their own, and kills it at a moment that the seed tells."""
    chance = random.Random(seed)
    goal, later = chance.randint(5, 40), chance.uniform(0, 0.4)

    def due() -> bool:
        review = KeptValues(folder).load("review.runs", {}).get("1", {"last": []})
        # It is kept within a second: what was decided since may be missing in it, but not everything.
        return len(acts_of(log)) >= goal and recorded_of(log) > 0 and len(review["last"]) >= _KEPT

    process = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.pages.hurried_desk", str(folder), str(seed), str(log)],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        pause, deadline = threading.Event(), time.monotonic() + 90
        while process.poll() is None and time.monotonic() < deadline and not due():
            pause.wait(0.005)
        pause.wait(later)
        running = process.poll() is None
    finally:
        process.kill()
        _, errors = process.communicate()
    assert running, errors
    assert "Traceback" not in errors, errors
    assert due(), (goal, lines_of(log)[-5:], errors)


def books_after(acts: list[dict[str, Any]]) -> Books:
    """What the ledger holds after these acts."""
    books: Books = defaultdict(list)
    for act in acts:
        if act["kind"]:
            books[act["unit"]].append((act["kind"], True))
        else:
            kind, _ = books[act["unit"]].pop()
            books[act["unit"]].append((kind, False))
    return books


def books_of(program: Program) -> Books:
    """What the ledger holds."""
    books: Books = defaultdict(list)
    with program.db.read() as conn:
        found = [action for action in ACTIONS.iterate(conn) if action.kind in ("approve", "soft_reject")]
    for action in sorted(found, key=lambda row: row.id):
        assert action.state in ("staged", "cancelled")
        books[action.unit_id].append((action.kind, action.state == "staged"))
    return books


@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_a_review_survives_a_kill(qtbot, qapp, theme, big_workspace, workspace_path, tmp_path, seed):
    shutil.copytree(big_workspace, workspace_path)
    mine = settings.Settings()
    mine.sending.practice_sends_by_itself = False
    settings.save(workspace_path, mine)
    log = tmp_path / "log"
    decide_and_kill(workspace_path, log, seed)

    acts, recorded = acts_of(log), recorded_of(log)
    program = Program(qtbot, qapp, workspace_path)
    qtbot.addWidget(program.window)
    try:
        books = books_of(program)
        # The ledger is as it was after one of the acts, and not before one that was shown as recorded.
        reached = [n for n in range(recorded, len(acts) + 1) if books_after(acts[:n]) == books]
        assert len(reached) == 1, (recorded, len(acts), books)
        places = program.session.load("review.runs", {})["1"]["places"]
        page = program.window.show_page("review")
        work = page.work
        assert page.review.run_id == 1
        program.wait(lambda: work.ids_known and work.ahead.picture is not None and work.chosen() != [])
        decided = {unit for unit, made in books.items() if made[-1][1]}
        kept = [unit for unit, _ in work.decisions.last_ten()]
        assert (work.queue.done, work.queue.total) == (len(decided), 300)
        assert work.chosen()[0] not in decided
        assert [unit for unit in places if unit not in decided][:1] in ([], work.chosen())
        assert kept
        assert decided.issuperset(kept)
    finally:
        program.close()
