"""Qualifications from a file in the window: dropped, checked, shown, recorded once, sent."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from crowddesk.ui.dialogs.qualification_file import QualificationFileDialog


@pytest.fixture
def page(desk):
    made = desk.page("workers")
    made.table.setFocus()
    return made


def drop(widget, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(QPoint(20, 20), copy, data, left, none))
    drop = QDropEvent(QPointF(20, 20), copy, data, left, none)
    QApplication.sendEvent(widget, drop)


def qualifications(desk, worker_id):
    from crowddesk.store.queries import WORKERS

    with desk.db.read() as conn:
        return dict(WORKERS.rows(conn, [worker_id])[0].qualifications)


def test_a_file_is_dropped_checked_recorded_and_sent(desk, page, qtbot, tmp_path):
    ids = [page.model.id_at(place) for place in range(2)]
    names = [page.model.row_at(place).worker_name for place in range(2)]
    path = tmp_path / "q.csv"
    path.write_text(f"worker,qualification,value\n{names[0]},fluent,7\nnobody,fluent,1\n", encoding="utf-8")
    qtbot.mouseClick(page.from_file, Qt.MouseButton.LeftButton)
    dialog = desk.dialog(QualificationFileDialog)
    assert not dialog.verb.isEnabled()
    assert dialog.command_line() is None
    drop(dialog, path)
    qtbot.waitUntil(lambda: "nobody called 'nobody'" in dialog._faults.text())
    assert not dialog.verb.isEnabled()
    assert "1 row cannot be used" in dialog._problem.text()
    path.write_text(
        f"worker,qualification,value\n{names[0]},fluent,7\n{names[1]},fluent,0\n", encoding="utf-8"
    )
    dialog.ask()
    qtbot.waitUntil(dialog.verb.isEnabled)
    assert dialog.verb.text() == "Record 2"
    assert "New here: fluent." in dialog._words.text()
    assert list(dialog.command_line()) == ["qualify", "--file", str(path)]
    assert dialog.table.model().rowCount() == 2
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said("2 qualifications recorded, staged until you send")
    desk.send()
    assert [qualifications(desk, i) for i in ids] == [{"fluent": 7}, {"fluent": 0}]
    qtbot.waitUntil(lambda: page.model.row_at(0).qualifications == (("fluent", 7),))
    qtbot.mouseClick(page.from_file, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: isinstance(desk.dialog(), QualificationFileDialog) and desk.dialog() is not dialog
    )
    again = desk.dialog(QualificationFileDialog)
    drop(again, path)
    qtbot.waitUntil(lambda: "nothing to do" in again._problem.text())
    assert not again.verb.isEnabled()
    again.path.setText(str(tmp_path / "missing.csv"))
    qtbot.waitUntil(lambda: "missing.csv" in again._problem.text())
    again.reject()
