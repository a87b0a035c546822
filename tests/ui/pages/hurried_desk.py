"""The real window with somebody at its keys who never rests, in a process of its own that may be killed.

`python -m tests.ui.pages.hurried_desk FOLDER SEED LOG`: reviews run 1 and writes lines of JSON to LOG: each
act before its key is pressed (`{"unit": 3, "kind": "approve"}`, kind "" for undone), and each decision
that is shown as recorded (`{"recorded": 3, "acts": 7}`: the seventh act was the last one on that unit).
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest

from crowddesk.app import Desk, _run, make_application
from crowddesk.domain import ActionKind
from crowddesk.ui.review.deciding import RECORDED

_KEYS = {ActionKind.APPROVE: Qt.Key.Key_A, ActionKind.SOFT_REJECT: Qt.Key.Key_S}


class Hurry(QObject):
    """Presses a key as soon as the answer that it is about is shown."""

    def __init__(self, desk: Desk, seed: int, log: Path) -> None:
        super().__init__()
        self._desk = desk
        self._chance = random.Random(seed)
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._done: list[int] = []
        self._acts: dict[int, int] = {}
        self._count = 0
        self._look = QTimer(self)
        self._look.timeout.connect(self._go_on_or_end)
        desk.ready.connect(self._begin)

    def _begin(self) -> None:
        self._page: Any = self._desk.window.show_page("review")
        self._page.show_wanted(1)
        self._page.work.decisions.changed.connect(self._tell_recorded)
        self._desk.window.activateWindow()
        self._look.start(0)

    def _go_on_or_end(self) -> None:
        try:
            self._go_on()
        except BaseException:  # a dialog would tell of it, and wait for somebody
            traceback.print_exc()
            os._exit(1)

    def _go_on(self) -> None:
        work = self._page.work
        chosen = work.chosen()
        if not (chosen and self._desk.window.isActiveWindow() and work.desk.verbs.approve.isEnabled()):
            return
        if self._done and self._chance.random() < 0.15:
            unit, kind, key = self._done.pop(), "", Qt.Key.Key_U
        else:
            kind = self._chance.choice(list(_KEYS))
            unit, key = chosen[0], _KEYS[kind]
            self._done.append(unit)
        self._count += 1
        self._acts[unit] = self._count
        self._tell({"unit": unit, "kind": kind})
        QTest.keyClick(self._desk.window.focusWidget() or self._page, key)
        stand = work.decisions.stand(unit)
        assert (stand.kind if stand is not None else "") == kind

    def _tell_recorded(self, ids: set[int]) -> None:
        decisions = self._page.work.decisions
        stands = {unit: stand for unit in ids if (stand := decisions.stand(unit)) is not None}
        for unit, stand in stands.items():
            if stand.phase == RECORDED:
                self._tell({"recorded": unit, "acts": self._acts[unit]})

    def _tell(self, what: dict[str, Any]) -> None:
        os.write(self._log, f"{json.dumps(what)}\n".encode())


if __name__ == "__main__":
    desk = Desk(make_application(["crowddesk"]), Path(sys.argv[1]))
    hurry = Hurry(desk, int(sys.argv[2]), Path(sys.argv[3]))
    sys.exit(_run(desk))
