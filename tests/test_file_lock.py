"""The lock of a file: one holder at a time, of all calls; who may wait gets it from the holder before."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from crowddesk.file_lock import lock_file


def test_who_does_not_wait_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    first = lock_file(path)
    assert first is not None
    assert lock_file(path) is None
    os.close(first)
    second = lock_file(path)
    assert second is not None
    os.close(second)


def test_who_waits_gets_it_when_the_holder_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    first = lock_file(path)
    assert first is not None
    taken: list[int | None] = []
    began = threading.Event()

    def take() -> None:
        began.set()
        taken.append(lock_file(path, wait=True))

    thread = threading.Thread(target=take)
    thread.start()
    assert began.wait(10)
    assert taken == []
    os.close(first)
    thread.join(10)
    assert [held is not None for held in taken] == [True]
    assert lock_file(path) is None
    os.close(taken[0] or -1)


def test_a_file_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        lock_file(tmp_path / "nowhere" / "a.lock")
