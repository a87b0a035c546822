"""A pause that begins again before its end is over once."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from crowddesk.ui.timers import make_one_shot


def test_what_begins_again_before_its_end_is_done_once(qtbot: QtBot) -> None:
    parent = QObject()
    done: list[int] = []
    pause = make_one_shot(parent, 20, lambda: done.append(1))
    assert not pause.isActive()
    pause.start()
    pause.start()
    qtbot.waitUntil(lambda: bool(done))
    assert not pause.isActive()
    assert done == [1]
    pause.start()
    qtbot.waitUntil(lambda: len(done) == 2)
