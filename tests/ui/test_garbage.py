"""Cycles that hold widgets are collected in the GUI thread, whoever allocates meanwhile."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from crowddesk.ui.garbage import GuiGarbage


class Looped(QWidget):
    """A widget in a cycle, as every lambda over `self` makes one."""

    ended_in: ClassVar[list[int]] = []

    def __init__(self) -> None:
        super().__init__()
        self.me = self

    def __del__(self) -> None:
        self.ended_in.append(threading.get_ident())


def test_another_thread_collects_nothing_and_the_gui_thread_does(qtbot):
    Looped.ended_in.clear()
    garbage = GuiGarbage()
    kept = [weakref.ref(Looped()) for _ in range(5)]

    def allocate() -> None:
        for _ in range(20):
            [{} for _ in range(5_000)]

    other = threading.Thread(target=allocate)
    other.start()
    other.join()
    assert not Looped.ended_in
    # Some lists are made from freed ones, which does not count; what is freed meanwhile, of earlier tests
    # too, counts backwards.
    filler: list[list[int]] = []
    enough = 2 * gc.get_threshold()[0]
    qtbot.waitUntil(lambda: len(Looped.ended_in) == 5 or bool(filler.extend([] for _ in range(enough))))
    assert set(Looped.ended_in) == {threading.get_ident()}
    assert all(reference() is None for reference in kept)
    garbage.stop()
    assert gc.isenabled()
    gc.disable()  # the tests' own rule
