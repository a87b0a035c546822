"""The small parts of the review page: what does not fit gives way, and says so; models keep Qt's rules."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip, QWidget

from crowddesk.ui.keys import Keys
from crowddesk.ui.review.chips_row import ChipsRow
from crowddesk.ui.review.deciding import RECORDED, REFUSED, Stand
from crowddesk.ui.review.grid import ReviewGrid
from crowddesk.ui.review.lines import Line, LinesView
from crowddesk.ui.review.loading import Review
from crowddesk.ui.review.plain_line import LinkLine
from crowddesk.ui.review.strip import LastTen
from crowddesk.ui.review.verbs_row import VerbsRow


def chip(words: str):
    return SimpleNamespace(kind="time", words=words, tone="against", detail=f"How {words} was found.")


def shown(qtbot, widget, width: int, height: int = 80):
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


def test_chips_that_do_not_fit_are_counted_and_told(qtbot, theme, monkeypatch):
    row = shown(qtbot, ChipsRow(), 200, 24)
    row.setFixedHeight(24)
    row.show_chips([chip(f"11 s against a median of {n} s") for n in range(4)])
    assert [place is None for _, place in row._spots] == [False, True]
    assert row.accessibleDescription().count("against") == 4
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda *words: told.append(words[1]))
    spot = row._spots[1][0].center()
    row.event(QHelpEvent(QHelpEvent.Type.ToolTip, spot, row.mapToGlobal(spot)))
    assert told[0].count("median") == 6  # three chips, each with how it was found
    row.grab()


def test_the_oldest_decisions_give_way(qtbot, theme):
    strip = shown(qtbot, LastTen(), 330)
    decided = [(4_810 + n, Stand("approve", RECORDED)) for n in range(12)]
    strip.show_last(decided, None)
    shown_ids = [button.unit_id for button in strip.buttons()]
    assert shown_ids == sorted(shown_ids)
    assert shown_ids[-1] == 4_821
    assert 2 <= len(shown_ids) < 10
    strip.resize(1_200, 24)
    assert [button.unit_id for button in strip.buttons()] == list(range(4_812, 4_822))
    strip.show_last([(7, Stand("reject", REFUSED, "Too many today."))], 7)
    button = strip.buttons()[0]
    assert button.text() == "! 7"
    assert "Too many today." in button.toolTip()
    assert button.accessibleName() == "Unit 7: reject, not done"


def test_the_verbs_have_two_rows_where_there_is_no_room(qtbot, theme):
    around = shown(qtbot, QWidget(), 900)
    row = VerbsRow(Keys({"review.reject": "R"}), around)
    row.resize(900, 40)
    row.show()
    assert row.reject.key == "R"
    buttons = (row.approve, row.soft_reject, row.skip, row.reject)
    qtbot.waitUntil(lambda: len({button.y() for button in buttons}) == 1)
    assert row.reject.x() - (row.skip.x() + row.skip.width()) > row.skip.x() - (
        row.soft_reject.x() + row.soft_reject.width()
    )  # apart from the others
    row.resize(380, 120)
    qtbot.waitUntil(lambda: row.skip.y() > row.approve.y())
    row.set_decidable(False)
    assert row.skip.isEnabled()
    assert not row.approve.isEnabled()


def test_lines_are_read_out_whole_and_open_by_the_keyboard(qtbot, theme, qtmodeltester):
    view = shown(qtbot, LinesView("Others", notes_right=True), 300)
    view.show_lines(
        [
            Line("yes", "8", "median 1:09", "accepted", unit_id=4),
            Line("<b>no</b>", "1", "this one", strong=True),
        ]
    )
    qtmodeltester.check(view.model())
    assert view.model().index(0).data() == "accepted, yes, 8, median 1:09"
    view.setFocus()
    view.setCurrentIndex(view.model().index(0))
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [4]
    view.show_lines((), "Nobody else.")
    view.grab()
    assert view.model().rowCount() == 0


def test_a_line_that_leads_somewhere_is_taken_by_key_and_click(qtbot, theme):
    line = shown(qtbot, LinkLine(), 200, 20)
    line.say("W17", "tag: new", tip="Show <b>this</b> person")
    assert line.accessibleName() == "W17, tag: new"
    for act in (
        lambda: QTest.keyClick(line, Qt.Key.Key_Return),
        lambda: QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(5, 5)),
    ):
        with qtbot.waitSignal(line.taken):
            act()
    line.set_leads(False)
    with qtbot.assertNotEmitted(line.taken):
        QTest.keyClick(line, Qt.Key.Key_Return)


def test_the_cards_keep_the_rules_of_models(qtbot, theme, qtmodeltester):
    grid = shown(qtbot, ReviewGrid(10), 700, 500)
    grid.show_page([3, 4, 5], 4)
    qtmodeltester.check(grid.view.model())
    assert grid.chosen() == [4]
    assert grid.step(1)
    assert not grid.step(1)
    assert grid.chosen() == [5]
    grid.grab()


@pytest.mark.parametrize(
    "review",
    [Review(3), Review(3, "time:<5s", "worker", 9, (4, 5), 2, 5, (5, 8)), Review(1, "", "random", 0, ())],
)
def test_what_is_kept_of_a_review_comes_back(review):
    assert Review.of(review.plain()) == review
