"""Second looks, objections and the library of reasons in the window, from Home to what the desk wrote."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crowddesk.domain import ActionKind, now
from crowddesk.operations import appeals, decisions, reasons, second_looks
from crowddesk.providers.mock import MockProvider
from crowddesk.store import appeals as stored
from crowddesk.ui.dialogs.appeals import AppealDialog, ObjectionDialog
from crowddesk.ui.dialogs.decide import DecideDialog
from crowddesk.ui.dialogs.reasons import ReasonsDialog
from crowddesk.ui.dialogs.second_look import SecondLookDialog
from crowddesk.ui.fairness import Appeals, open_second_looks
from crowddesk.ui.pages.home import read_home
from crowddesk.ui.reason_library import open_reasons

WHY = "A copy of the question."


def looks(desk, qtbot) -> SecondLookDialog:
    opened = open_second_looks(desk.session, desk.window)
    qtbot.waitUntil(lambda: opened.dialog is not None)
    return opened.dialog


def rejected(desk) -> None:
    """Unit 1 is rejected at the vendor."""
    made = decisions.decide(desk.db, "reject", [1], reason=WHY)
    second_looks.agree(desk.db, made.waiting)
    desk.send()
    assert desk.unit(1).status == "rejected"


def needs(desk):
    with desk.db.read() as conn:
        return read_home(conn).needs


def test_first_rejections_are_looked_at_one_after_the_other(desk, qtbot, words):
    made = decisions.decide(desk.db, "reject", [1, 2], reason=WHY, evidence={1: ["3 s against 74 s"]})
    (item,) = needs(desk)
    assert (item.words, item.page) == ("2 first rejections wait for a second look", "second_look")
    dialog = looks(desk, qtbot)
    assert dialog.windowTitle() == "Second look: 2 first rejections"
    assert "Evidence: 3 s against 74 s" in words(dialog)
    assert "1 of 2: unit 1 of Which colour?" in words(dialog)
    assert not dialog.withdraw.isEnabled()
    assert dialog.command_line() == ["second-look", "agree", str(made.action_ids[0])]
    qtbot.keyClick(dialog, Qt.Key.Key_Return)  # agreeing cannot be undone once it has left
    assert dialog.waiting == 2
    dialog.forth.click()
    assert "No evidence was attached" in words(dialog)
    dialog.note.setText("It is no copy.")
    dialog.withdraw.click()
    desk.said("The rejection is withdrawn")
    qtbot.waitUntil(lambda: dialog.waiting == 1)
    with qtbot.waitSignal(dialog.accepted):
        dialog.verb.click()
    assert desk.unit(2).pending is None
    desk.send()
    assert [desk.unit(i).status for i in (1, 2)] == ["rejected", "completed"]
    assert needs(desk) == ()


def test_what_somebody_else_settled_meanwhile_is_said(desk, qtbot):
    made = decisions.decide(desk.db, "reject", [1], reason=WHY)
    dialog = looks(desk, qtbot)
    second_looks.withdraw(desk.db, made.action_ids, "It is no copy.")
    with qtbot.waitSignal(dialog.accepted):
        dialog.verb.click()
    desk.said("Not written down: it is cancelled.")
    open_second_looks(desk.session, desk.window)
    desk.said("No first rejection waits for a second look.")


def test_an_objection_is_recorded_shown_on_home_and_answered(desk, qtbot, words):
    rejected(desk)
    page = desk.page("units")
    assert page.table.select_id(1)
    page.verbs.objection.trigger()
    dialog = desk.dialog(ObjectionDialog)
    assert not dialog.verb.isEnabled()
    dialog.text.setPlainText("I read it twice.")
    for field, wrong, said in (
        (dialog.received, "soon", "Write the day like"),
        (dialog.received, "2999-01-01", "still to come"),
        (dialog.days, "-1", "whole number"),
    ):
        before = field.text()
        field.setText(wrong)
        assert said in words(dialog)
        field.setText(before)
    dialog.received.setText("2026-01-02")
    dialog.days.setText("3")
    assert dialog.command_line()[-2:] == ["--received", "2026-01-02"]
    dialog.verb.click()
    desk.said("The objection is kept.")
    (item,) = needs(desk)
    assert "objects to a rejection in Which colour?" in item.words
    assert (item.page, item.tone) == ("appeal", "danger")
    assert "was due" in item.note
    Appeals(desk.session, desk.window).answer(item.what)
    answer = desk.dialog(AppealDialog)
    assert WHY in words(answer)
    assert "I read it twice." in words(answer)
    assert not answer.verb.isEnabled()
    assert answer.overturn.text() == "Take the rejection back · USD 0.12"
    answer.overturn.click()
    desk.said("The rejection is taken back, 1 action staged until you send")
    desk.send()
    assert desk.unit(1).status == "accepted"
    assert needs(desk) == ()
    Appeals(desk.session, desk.window).answer(item.what)
    desk.said("answered already")


def test_a_rejection_that_stands_needs_an_answer(desk, qtbot):
    rejected(desk)
    number = appeals.add_appeal(desk.db, 1, "I read it twice.")
    Appeals(desk.session, desk.window).answer(number)
    dialog = desk.dialog(AppealDialog)
    dialog.text.setPlainText("It is a copy, word for word.")
    dialog.verb.click()
    desk.said("The rejection stands")
    with desk.db.read() as conn:
        kept = stored.appeal(conn, number)
    assert (kept.state, kept.answer) == ("upheld", "It is a copy, word for word.")
    assert kept.closed_at <= now()


def test_what_was_written_to_the_worker_stands_beside_their_objection(desk, qtbot, words, monkeypatch):
    monkeypatch.setattr(MockProvider, "OFFERS", frozenset({ActionKind.MESSAGE}))
    rejected(desk)
    number = appeals.add_appeal(desk.db, 1, "I read it twice.")
    opened = Appeals(desk.session, desk.window)
    opened.answer(number)
    dialog = desk.dialog(AppealDialog)
    assert "Nothing was written to them from here." in words(dialog)
    dialog.reject()
    with desk.db.read() as conn:
        worker = stored.appeal(conn, number).worker_id
    decisions.send_message(desk.db, 1, [worker], "<b>Which</b> one do you mean?", 1, "first")
    opened.answer(number)
    qtbot.waitUntil(lambda: desk.dialog(AppealDialog) is not dialog)
    shown = words(desk.dialog(AppealDialog))
    assert "You wrote just now · staged" in shown
    assert "<b>Which</b> one do you mean?" in shown
    assert "is shown only there" in shown
    desk.dialog(AppealDialog).reject()


def test_an_objection_to_what_is_not_rejected_is_refused(desk, qtbot, words):
    Appeals(desk.session, desk.window).record(1)
    dialog = desk.dialog(ObjectionDialog)
    dialog.text.setPlainText("Why?")
    dialog.verb.click()
    qtbot.waitUntil(lambda: "is completed, not rejected" in words(desk.dialog()))
    desk.dialog().reject()


@pytest.fixture
def library(desk, qtbot):
    made = open_reasons(desk.session, desk.window, "reject", "mock")
    qtbot.waitUntil(lambda: made.dialog.vendor.count() > 1)
    yield made.dialog
    made.dialog.reject()


def kept(desk):
    with desk.db.read() as conn:
        return [(r.title, r.text, r.digit) for r in reasons.list_reasons(conn)]


def test_the_library_is_written_changed_and_emptied(desk, qtbot, words, library):
    assert isinstance(library, ReasonsDialog)
    assert "No reasons are kept yet" in words(library)
    library.title.setText("Copied")
    library.text.setPlainText("You {wrote} it.")
    assert not library.verb.isEnabled()
    assert "There is no {wrote}" in library.verb.toolTip()
    library.text.setPlainText("It is a copy of item {item}.")
    library.digit.setCurrentIndex(2)
    library.verb.click()
    qtbot.waitUntil(lambda: library.list.count() == 1)
    assert kept(desk) == [("Copied", "It is a copy of item {item}.", 2)]
    assert library.verb.text() == "Change it"
    library.text.setPlainText("It is a copy.")
    library.verb.click()
    qtbot.waitUntil(lambda: kept(desk) == [("Copied", "It is a copy.", 2)])
    library.new.click()
    library.title.setText("Copied")
    library.text.setPlainText("Again.")
    library.verb.click()
    qtbot.waitUntil(lambda: "There is a reason 'Copied' already." in words(library))
    library.list.setCurrentRow(0)
    library.remove.click()
    qtbot.waitUntil(lambda: kept(desk) == [])
    qtbot.waitUntil(lambda: library.list.count() == 0)


def test_a_reason_is_begun_with_by_its_key_and_looked_after_from_the_dialog(desk, qtbot):
    reasons.add_reason(desk.db, reasons.Reason("reject", "Copied", "It is a copy of item {item}.", digit=4))
    page = desk.page("units")
    page.verbs.begin("reject", [1, 2], digit=4)
    dialog = desk.dialog(DecideDialog)
    qtbot.waitUntil(lambda: dialog.verb.isEnabled())
    assert dialog._preview.text.toPlainText() == "It is a copy of item item-0."
    dialog.library.click()
    library = desk.dialog(ReasonsDialog)
    qtbot.waitUntil(lambda: library.list.count() == 1)
    library.reject()
    qtbot.waitUntil(lambda: desk.dialog() is dialog)
    dialog.verb.click()
    desk.said("2 first rejections wait for a second look")
    with desk.db.read() as conn:
        told = [row.reason for row in second_looks.list_waiting(conn)]
    assert told == ["It is a copy of item item-0."] * 2


def test_a_digit_stays_with_the_units_it_was_pressed_for(desk, qtbot):
    reasons.add_reason(desk.db, reasons.Reason("reject", "Copied", "It is a copy.", digit=4))
    page = desk.page("units")
    page.verbs.begin("reject", [1], digit=4)
    page.verbs.begin("reject", [2])  # before anything of the first was read

    def opened():
        return [w for w in desk.window.findChildren(DecideDialog) if w.isVisible()]

    qtbot.waitUntil(lambda: len(opened()) == 2)
    assert [dialog._reason.toPlainText() for dialog in opened()] == ["It is a copy.", ""]
    for dialog in opened():
        dialog.reject()
