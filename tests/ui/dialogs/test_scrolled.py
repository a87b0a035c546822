"""A dialog whose middle may scroll: where it need not, it looks and is walked through like any other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from crowddesk.operations.backup import Copy
from crowddesk.ui import theme as themes
from crowddesk.ui.controls import Label
from crowddesk.ui.dialogs.damaged import DamagedDialog
from crowddesk.ui.dialogs.scrolled import ScrolledDialog


def open_with(qtbot, *middle: QWidget) -> ScrolledDialog:
    dialog = ScrolledDialog("Much to say", "Go on")
    column = QVBoxLayout()
    for widget in middle:
        column.addWidget(widget)
    dialog.set_middle(column)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    QApplication.processEvents()
    return dialog


def right_of(widget: QWidget, dialog: QWidget) -> int:
    return widget.mapTo(dialog, widget.rect().topRight()).x()


def test_what_fits_ends_where_the_buttons_end_and_is_no_stop_of_the_keyboard(qtbot, theme):
    words = Label("Not much.", wrap=True)
    dialog = open_with(qtbot, words)
    assert right_of(words, dialog) == right_of(dialog.verb, dialog)
    (area,) = dialog.findChildren(QScrollArea)
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_what_does_not_fit_keeps_off_its_bar_and_is_scrolled_by_the_keyboard(qtbot, theme):
    lines = [Label(f"Line {number}", wrap=True) for number in range(200)]
    dialog = open_with(qtbot, *lines)
    (area,) = dialog.findChildren(QScrollArea)
    assert right_of(lines[0], dialog) < area.verticalScrollBar().mapTo(dialog, area.rect().topLeft()).x()
    assert area.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert area.accessibleName() == "Much to say"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_copies_of_a_damaged_file_are_painted_as_other_lists_inside_their_frame(
    qtbot, theme, tmp_path, scheme
):
    theme.set(scheme=scheme, scale=100, rows="normal", reduced_motion=True)
    copies = [
        Copy(tmp_path / f"{day}.sqlite", datetime(2026, 11, day, tzinfo=UTC), "daily", 1) for day in (3, 2)
    ]
    dialog = DamagedDialog(Path("x"), ["It is damaged."], copies)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.value() == copies[0]
    view = dialog.copies
    rows = [view.visualItemRect(view.item(row)) for row in range(2)]
    assert rows[1].bottom() <= view.viewport().height()
    assert rows[0].height() * 2 == view.viewport().height()
    line = rows[0].translated(view.viewport().pos())
    seen = view.grab().toImage().pixelColor(line.right() - 4, line.center().y())
    assert seen == QColor(themes.colours().selection)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert dialog.value() == copies[1]
