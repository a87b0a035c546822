"""Messages: careful dialogs, errors with details, undo offered once, a crash shown once per kind."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from crowddesk.domain import BadInput
from crowddesk.ui.messages import Banner, ConfirmDialog, CrashReporter, ErrorDialog, Toast


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


@pytest.fixture
def host(qtbot, theme):
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    return made


def test_enter_never_confirms_and_escape_leaves(qtbot, theme):
    dialog = ConfirmDialog("Expire 3 units", "Nobody can take them any more.", "Expire 3")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.verb.setFocus()
    qtbot.keyClick(dialog.verb, Qt.Key.Key_Return)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.open()
    dialog.cancel.setFocus()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.cancel, Qt.Key.Key_Return)
    dialog.open()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)


def test_an_error_says_what_which_and_what_to_do(qtbot, theme):
    rows = [f"unit {n}: returned" for n in range(20)]
    dialog = ErrorDialog(
        "Approving failed for 20 of 30", "Prolific refused 20.", rows=rows, todo="Decide again."
    )
    qtbot.addWidget(dialog)
    dialog.open()
    assert "unit 7: returned" in words_of(dialog)
    assert "and 12 more" in words_of(dialog)
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "unit 19: returned" in copied
    assert "Decide again." in copied


def test_details_of_an_exception(qtbot, theme):
    dialog = ErrorDialog.of(
        "The file could not be read", BadInput("Row 3 has no text.", details="items.csv:3")
    )
    qtbot.addWidget(dialog)
    assert "Row 3 has no text." in words_of(dialog)
    dialog.copy.click()
    assert "items.csv:3" in QGuiApplication.clipboard().text()


def test_undo_is_offered_once(host, qtbot):
    toast = Toast(host)
    undone = []
    toast.say("Approved 10 units", lambda: undone.append(1))
    assert toast.isVisible()
    assert host.rect().contains(toast.geometry())
    assert toast.undo()
    assert not toast.undo()
    assert undone == [1]
    toast.say("Copied 3 rows")
    assert not toast.undo()
    toast.say("x " * 1000)
    assert toast.width() <= host.width()
    host.resize(300, 300)
    qtbot.waitUntil(lambda: toast.width() <= 300)
    toast._timer.setInterval(1)
    toast._timer.start()
    qtbot.waitUntil(toast.isHidden)


def test_a_banner_stays_until_dismissed(host, qtbot):
    banner = Banner(host)
    taken = []
    banner.say("The vendor is offline.", tone="danger", action="Try again", take=lambda: taken.append(1))
    assert banner.isVisible()
    assert banner.accessibleName() == "The vendor is offline."
    qtbot.mouseClick(banner._action, Qt.MouseButton.LeftButton)
    assert taken == [1]
    qtbot.mouseClick(banner._close, Qt.MouseButton.LeftButton)
    assert banner.isHidden()


def fail(word: str) -> None:
    raise RuntimeError(word)


def test_a_crash_is_shown_once_per_kind_from_any_thread(qtbot, theme, expect_log):
    expect_log("Nobody caught this")
    reporter = CrashReporter(facts="CrowdDesk 1.0")
    before = sys.excepthook, threading.excepthook
    reporter.install()
    told = []
    reporter.crashed.connect(lambda title, details: told.append((title, details)))
    try:
        for word in ("first", "second"):
            thread = threading.Thread(target=fail, args=(word,))
            thread.start()
            thread.join()
        qtbot.waitUntil(lambda: len(reporter._open) == 1)
        try:
            int("x")
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)
        qtbot.waitUntil(lambda: len(told) == 2)
    finally:
        reporter.uninstall()
    assert told[0][0] == "RuntimeError: first"
    assert "in fail" in told[0][1]
    assert told[0][1].endswith("CrowdDesk 1.0")
    assert (sys.excepthook, threading.excepthook) == before
    for dialog in list(reporter._open):
        dialog.close()
    assert reporter._open == []


def test_a_second_key_press_does_not_take_the_undo_away(qtbot, theme):
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(800, 400)
    host.show()
    toast = Toast(host)
    undone = []
    toast.say("1 unit approved", lambda: undone.append(1))
    toast.say("None of these units is completed and undecided.")
    toast.say("Copied 3 rows")
    assert toast.accessibleName() == "1 unit approved · Copied 3 rows"
    assert toast.undo()
    assert undone == [1]
    toast.say("Taken back: 1 decision")
    assert toast.accessibleName() == "Taken back: 1 decision"
    assert not toast.undo()


def test_a_banner_with_two_buttons_puts_its_words_above_them_where_it_is_narrow(host, qtbot):
    banner = Banner(host)
    took = []
    words = "The vendor did not take this run: its title is longer than 120 characters."
    banner.say(
        words, tone="danger", action="Try again", take=lambda: took.append(1),
        other="Change and launch anew…", take_other=lambda: took.append(2),
    )  # fmt: skip
    banner.resize(1100, 60)
    qtbot.waitUntil(lambda: banner._other.y() < banner._words.geometry().bottom())
    banner.resize(500, 120)
    qtbot.waitUntil(lambda: banner._other.y() > banner._words.geometry().bottom())
    qtbot.mouseClick(banner._other, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(banner._action, Qt.MouseButton.LeftButton)
    assert took == [2, 1]
    banner.say("Calm.")
    assert banner._other.isHidden()
    assert banner._action.isHidden()
