"""A sheet that Excel and others read back as it was written, the same bytes each time."""

from __future__ import annotations

import gc
import hashlib
import sys
import tempfile
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput
from crowddesk.operations import xlsx
from crowddesk.operations.xlsx import MOST_SIGNS, Quoted, Sheet

PLAIN = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="_\ufffe\uffff")


def write(path: Path, *rows: list[xlsx.Cell]) -> Path:
    sheet = Sheet(path)
    for row in rows:
        sheet.add(row)
    sheet.finish()
    sheet.close()
    return path


@given(st.lists(st.text(PLAIN, min_size=1), min_size=1, max_size=5))
def test_a_sheet_reads_back_as_it_was_written(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "sheet.xlsx", [*texts, Quoted("=1"), None, 1, 2.5, -0.1, 10**15])
        (row,) = openpyxl.load_workbook(path).active.values
    assert list(row) == [*texts, "=1", None, 1, 2.5, -0.1, 10**15]


@given(st.text())
def test_no_text_breaks_the_file(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "sheet.xlsx", [text, "end"])
        (row,) = openpyxl.load_workbook(path).active.values
    assert row[1] == "end"


def test_a_number_that_is_none_leaves_its_cell_empty(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [float("nan"), float("inf"), "x"])
    assert list(openpyxl.load_workbook(path).active.values) == [(None, None, "x")]


def test_far_columns_have_their_letters(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [None] * 702 + ["here"])
    assert openpyxl.load_workbook(path).active["AAA1"].value == "here"


def test_what_excel_does_not_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet(tmp_path / "a.xlsx")
    sheet.add(["x" * MOST_SIGNS])
    for text in ("x" * (MOST_SIGNS + 1), "🙂" * (MOST_SIGNS // 2 + 1)):  # Excel counts an emoji as two
        with pytest.raises(BadInput, match="longer than a cell"):
            sheet.add([text])
    with pytest.raises(BadInput, match="16,384 columns"):
        sheet.add([None] * 16_385)
    monkeypatch.setattr(xlsx, "MOST_ROWS", 4)
    with pytest.raises(BadInput, match=r"holds 4 rows\. Export CSV, JSONL or Parquet"):
        sheet.add(["x"])
    sheet.close()


def test_the_first_row_stays_in_sight_and_the_file_tells_nothing_of_its_maker(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", ["title"], ["cell"])
    book = openpyxl.load_workbook(path)
    assert (book.sheetnames, book.active.freeze_panes) == (["units"], "A2")
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "docProps" in name]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    again = write(tmp_path / "b.xlsx", ["title"], ["cell"])
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(again.read_bytes()).digest()


@pytest.mark.skipif(sys.platform == "win32", reason="a file's size is limited otherwise there")
@pytest.mark.parametrize("from_the_start", [True, False])
def test_a_disk_that_takes_nothing_leaves_nothing_open(tmp_path: Path, from_the_start: bool) -> None:
    import resource

    sheet = None if from_the_start else Sheet(tmp_path / "a.xlsx")
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            Sheet(tmp_path / "b.xlsx") if sheet is None else sheet.finish()
        if sheet is not None:
            sheet.close()
            assert sheet._file.closed
        del sheet
        gc.collect()  # what a broken file still says then fails the test
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
