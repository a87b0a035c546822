"""Cells that no spreadsheet runs, and a file that is there whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import WorkspaceError
from crowddesk.operations.transfer import inert, is_risky, unquoted, whole_or_nothing


@given(st.text(max_size=20))
def test_every_cell_can_be_read_back(text: str) -> None:
    cell = inert(text)
    assert unquoted(cell) == text
    assert cell in (text, f"'{text}")


@given(st.text(alphabet="=+-@'\t\r\n＝－0.9eE１ ", max_size=6))
def test_nothing_that_begins_like_a_formula_stays_but_plain_numbers(text: str) -> None:
    cell = inert(text)
    assert is_risky(text) == (cell != text)
    if cell[:1] in tuple("=@\t\r\n＝＋－＠"):
        pytest.fail(f"{cell!r} would be run")
    if cell[:1] in ("+", "-"):
        float(cell)


def test_an_error_of_the_disk_leaves_the_old_file(tmp_path: Path) -> None:
    target, part = tmp_path / "a.csv", tmp_path / ".part"
    target.write_text("old", encoding="utf-8")
    part.write_text("new", encoding="utf-8")
    with (
        pytest.raises(WorkspaceError, match=r"is full, so a\.csv was not written"),
        whole_or_nothing(part, target),
    ):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert target.read_text(encoding="utf-8") == "old"
    assert not part.exists()
