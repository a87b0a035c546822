"""A comparison before it is mended: what is chosen, what is said when nothing differs or nothing answers."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from crowddesk.domain import Stray, now
from crowddesk.operations.comparison import (
    CONTRADICTION,
    MOVED,
    NEEDS_YOU,
    NOTHING,
    TAKE_OVER,
    ComparedRun,
    Comparison,
    Difference,
    PaymentCheck,
    Seen,
)
from crowddesk.ui.detail import Link
from crowddesk.ui.dialogs.compare import CompareDialog
from crowddesk.ui.difference_table import lines_of
from crowddesk.ui.words import exact_time

SEEN = Seen("completed", 1, "completed", None)


def difference(number, mending, kind=MOVED):
    return Difference(
        f"1/s{number}", kind, mending, 1, number, f"item-{number}", f"s{number}", f"worker-{number}",
        "completed", "APPROVED", f"What happens with {number}.", {"at the vendor since": "noon"}, SEEN, None,
    )  # fmt: skip


def comparison(*differences, **more):
    run = ComparedRun(1, "Round 3", "live", 412, differences, left_out=more.pop("left_out", 0))
    return Comparison(1, "lab", "prolific", now(), (run, *more.pop("runs", ())), **more)


PAYMENT = PaymentCheck(
    "pay/7", 7, "bonus", "needs_you", 1, None, "worker-7", 50, 17, "GBP", "cannot tell", NEEDS_YOU,
    "Look at the vendor's own page.", {"bulk_id": "65ab"},
)  # fmt: skip


def test_a_moment_in_the_evidence_is_read_as_one():
    moment = "2026-11-23 01:43:35.355174+00:00"
    odd = dataclasses.replace(
        difference(1, TAKE_OVER), evidence={"since": moment, "code": "65ab", "n": "2026"}
    )
    (line,) = lines_of(comparison(odd))
    since, *rest = line.more.splitlines()
    assert since == f"since: {exact_time(datetime.fromisoformat(moment))}"
    assert rest == ["code: 65ab", "n: 2026"]


@pytest.fixture
def dialog(qtbot, theme):
    made = CompareDialog("lab", "prolific")
    qtbot.addWidget(made)
    made.open()
    return made


def words_of(dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_while_it_waits_it_says_so_and_can_be_left(dialog, qtbot):
    assert "Asking prolific how things stand…" in words_of(dialog)
    assert dialog._busy.isVisible()
    assert dialog.cancel.text() == "Cancel"
    assert not dialog.verb.isVisible()
    assert not dialog.again.isEnabled()


def test_that_nothing_differs_is_said_plainly(dialog):
    dialog.show_comparison(comparison())
    assert "✓ Nothing differs. Compared just now: 412 submissions of 1 run." in words_of(dialog)
    assert not dialog.table.isVisible()
    assert not dialog.verb.isVisible()
    assert dialog.cancel.text() == "Close"


def test_what_needs_a_person_comes_first_and_is_never_mended(dialog, qtbot):
    dialog.show_comparison(
        comparison(
            difference(1, NOTHING), difference(2, TAKE_OVER), difference(3, NEEDS_YOU, CONTRADICTION),
            difference(4, TAKE_OVER), payments=(PAYMENT,), left_out=12,
        )
    )  # fmt: skip
    table = dialog.table
    assert [line.id for line in table.differences.lines] == ["1/s3", "pay/7", "1/s2", "1/s4", "1/s1"]
    assert table.differences.lines[1].here == "Bonus of GBP 0.50: needs you"
    assert dialog.verb.text() == "Mend 2"
    said = words_of(dialog)
    assert "17 differences. 12 more are not listed: mend these, then compare again." in said
    assert "What happens with 3.\nat the vendor since: noon" in said
    for place in (0, 2, 4):  # only the one in the middle has a box
        table.selectRow(place)
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert dialog.verb.text() == "Mend 1"
    assert "What happens with 1." in words_of(dialog)
    with qtbot.waitSignal(dialog.mend_wanted) as wanted:
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert wanted.args == [["1/s4"]]
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.all, Qt.MouseButton.LeftButton)
    assert dialog.verb.text() == "Mend 2"
    qtbot.mouseClick(dialog.all, Qt.MouseButton.LeftButton)
    assert dialog.verb.text() == "Mend 0"
    assert not dialog.verb.isEnabled()


def test_a_box_is_ticked_by_a_click_and_spoken(dialog, qtbot):
    dialog.show_comparison(comparison(difference(1, TAKE_OVER), difference(2, TAKE_OVER)))
    table = dialog.table
    index = table.differences.index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "chosen"
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "not chosen"
    assert dialog.verb.text() == "Mend 1"
    dialog.show_comparison(comparison(difference(1, TAKE_OVER), difference(2, TAKE_OVER)), "1 mended.")
    assert dialog.verb.text() == "Mend 1"  # what was taken out stays out
    assert "1 mended. Compared just now" in words_of(dialog)


def test_enter_never_mends(dialog, qtbot):
    dialog.show_comparison(comparison(difference(1, TAKE_OVER)))
    mended = []
    dialog.mend_wanted.connect(mended.append)
    for widget in (dialog.table, dialog, dialog.verb):
        qtbot.keyClick(widget, Qt.Key.Key_Return)
    assert mended == []
    assert dialog.isVisible()


def test_what_contradicts_for_good_is_put_aside(dialog, qtbot):
    dialog.show_comparison(comparison(difference(1, NEEDS_YOU), difference(2, TAKE_OVER)))
    with qtbot.waitSignal(dialog.aside_wanted) as wanted:
        qtbot.mouseClick(dialog.aside, Qt.MouseButton.LeftButton)
    assert wanted.args == [["1/s1"]]
    dialog.table.selectRow(1)
    assert not dialog.aside.isVisible()


def test_what_could_not_be_asked_is_named_beside_what_could(dialog):
    failed = ComparedRun(2, "Birds", "live", 0, (), failure="Prolific did not answer.")
    dialog.show_comparison(comparison(runs=(failed,), failures=("Strays could not be asked for.",)))
    said = words_of(dialog)
    assert "✕ Strays could not be asked for.\n✕ Birds: Prolific did not answer." in said
    assert "Nothing differs" not in said
    assert "412 submissions of 1 run." in said


def test_a_failure_keeps_what_was_found_and_leaves_a_way_on(dialog, qtbot):
    dialog.show_failure("No connection.")
    assert "✕ No connection." in words_of(dialog)
    with qtbot.waitSignal(dialog.wanted):
        qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    assert "✕" not in words_of(dialog)
    dialog.show_comparison(comparison(difference(1, TAKE_OVER)))
    dialog.show_waiting("Writing…")
    assert not dialog.verb.isEnabled()
    dialog.show_failure("The workspace is locked.")
    assert dialog.verb.isEnabled()
    assert "412 submissions" in words_of(dialog)


def test_a_stray_is_adopted_and_its_run_opened(dialog, qtbot):
    strays = tuple(
        Stray(f"r{n}", f"Study {n}", "ACTIVE", 40, n, "GBP", 2_400, datetime(2026, 1, 1, tzinfo=UTC))
        for n in range(1, 9)
    )
    dialog.show_comparison(comparison(strays=strays))
    said = words_of(dialog)
    assert "At prolific and not here: 8 studies" in said
    assert "active · 1 submission for 40 places · GBP 24.00" in said
    assert "and 2 more, when these are adopted" in said
    button = dialog._adopting["r2"]
    with qtbot.waitSignal(dialog.adopt_wanted) as wanted:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wanted.args == ["r2"]
    assert not button.isEnabled()
    dialog.show_not_adopted("r2", "It is gone.")
    assert "✕ It is gone." in words_of(dialog)
    assert button.isEnabled()
    dialog.show_adopted("r2", 5)
    link = next(x for x in dialog.findChildren(Link) if x.text() == "Open the run")
    with qtbot.waitSignal(dialog.run_wanted) as wanted:
        link.click()
    assert wanted.args == [5]
