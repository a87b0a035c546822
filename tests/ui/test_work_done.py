"""When an answer was worked on, what was pasted, and the files that came with it, as the pane tells it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from crowddesk.data_model.agent import Agent
from crowddesk.domain import now
from crowddesk.store import tables as t
from crowddesk.store.queries import unit_detail
from crowddesk.taskserver import uploads
from crowddesk.ui.controls import Button
from crowddesk.ui.messages import ErrorDialog
from crowddesk.ui.pages.units import pasted_word
from crowddesk.ui.unit_detail import as_text
from crowddesk.ui.work_done import file_text, is_file, size_text

SHA = "ab" * 32
REF = {"file": "receipt <b>1</b>.jpg", "sha256": SHA, "size": 2_140_000, "type": "image/jpeg"}


@pytest.fixture
def worked(desk):
    """Unit 1's answer came from our own page: with a file, and a field that was pasted into."""
    with desk.db.read() as conn:
        sent = unit_detail(conn, 1).submissions[-1]
    with desk.db.write() as w:
        at = now()
        w.update(t.Agent, [sent.agent_id], created_at=at - timedelta(seconds=460))
        w.update(
            t.Submission,
            [sent.id],
            answer=json.dumps({"photo": REF, "others": [REF], "reason": "Because."}),
            received_at=at,
            started_at=at - timedelta(seconds=440),
            ended_at=at - timedelta(seconds=2),
            active_seconds=192.0,
            pasted=json.dumps(["reason"]),
        )
    folder = uploads.folder_of(Agent.get(desk.db, str(sent.agent_id)).get_data_dir())
    folder.mkdir(parents=True)
    (folder / SHA).write_bytes(b"not opened by us")
    return folder


def shown(desk, words):
    page = desk.page("units")
    page.show_wanted(1)
    desk.qtbot.waitUntil(lambda: "What was done when" in words(page.unit))
    return page


def test_the_pane_tells_when_it_was_done(desk, worked, qtbot, words):
    page = shown(desk, words)
    said = words(page.unit)
    assert "3:12 of 7:40 from accepting to submitting" in said
    assert "Pasted into" in said
    for caption in ("Accepted", "Began", "Ended", "Received"):
        assert caption in said
    row = desk.unit(1)
    assert (row.active_seconds, row.pasted_into, pasted_word(row)) == (192.0, ["reason"], "pasted")
    assert pasted_word(desk.unit(2)) == ""


def test_other_units_say_nothing_of_it(desk, worked, qtbot, words):
    page = shown(desk, words)
    page.show_wanted(2)
    qtbot.waitUntil(lambda: "Unit 2" in words(page.unit) and "What was done when" not in words(page.unit))
    assert "Files" not in words(page.unit).splitlines()


def test_files_are_listed_and_only_their_folder_is_opened(desk, worked, qtbot, words, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    page = shown(desk, words)
    said = words(page.unit)
    assert "2.1 MB · image/jpeg" in said
    assert "receipt <b>1</b>.jpg (2.1 MB, image/jpeg)" in said
    buttons = [b for b in page.unit.findChildren(Button) if b.text() == "Show in folder"]
    assert len(buttons) == 2  # one for each field
    assert "receipt <b>1</b>.jpg" in buttons[0].accessibleName()
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opened == [QUrl.fromLocalFile(str(worked))])
    (worked / SHA).unlink()
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    dialog = desk.dialog(ErrorDialog)
    assert "not in the workspace any more" in words(dialog)
    assert len(opened) == 1
    dialog.close()


def test_sizes_in_words():
    sizes = (0, 820, 12_345, 999_499, 999_500, 2_140_000, 20_000_000_000)
    assert [size_text(s) for s in sizes] == [
        "0 B", "820 B", "12 kB", "999 kB", "1.0 MB", "2.1 MB", "20,000.0 MB",
    ]  # fmt: skip


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(REF)), inner),
)


@given(_JSON)
def test_any_answer_can_be_shown(value):
    assert isinstance(as_text(value), str)
    if is_file(value):
        assert as_text(value) == file_text(value)


@pytest.mark.parametrize("size", [-1, 10**400, True, "7", None])
def test_what_only_looks_like_a_file_is_none(size):
    assert not is_file(REF | {"size": size})
    assert is_file(REF)
