"""Accounts of one person in the window: merged, split and named, and the scorecard over all of them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crowddesk.store import identities
from crowddesk.ui.controls import Button
from crowddesk.ui.detail import Link
from crowddesk.ui.dialogs.persons import HintsDialog, LabelDialog, MergeDialog
from crowddesk.ui.scorecard import ScorecardDialog, TimePlot
from tests.ui.pages.test_remarks import pick


@pytest.fixture
def page(desk):
    made = desk.page("workers")
    made.table.setFocus()
    return made


def groups(desk):
    with desk.db.read() as conn:
        return {p.label: [m.worker_id for m in p.members] for p in identities.list_people(conn)}


def buttons(widget, text):
    return [b for b in widget.findChildren(Button) if b.isVisible() and b.text() == text]


def test_two_accounts_are_merged_by_keys_and_shown_as_one_person(desk, page, qtbot, words):
    ids = pick(page, 0, 1)
    desk.press(page.table, Qt.Key.Key_M)
    dialog = desk.dialog(MergeDialog)
    assert dialog.verb.text() == "Merge 2 accounts"
    assert list(dialog.command_line())[:2] == ["people", "merge"]
    dialog.field.clear()
    assert not dialog.verb.isEnabled()
    qtbot.keyClicks(dialog.field, 'Ada "L."')
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said("2 accounts are one person")
    assert groups(desk) == {'Ada "L."': ids}
    qtbot.waitUntil(lambda: page.model.row_at(0).person == 'Ada "L."')
    page.show_detail(ids[0])
    qtbot.waitUntil(lambda: "One person with several accounts" in words(page.worker))
    assert "merged into person 1" in words(page.worker)
    link = next(b for b in page.worker.findChildren(Link) if b.text().startswith("Ada") and b.isVisible())
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    desk.press(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.said("Taken back: 2 accounts stand as before")
    assert groups(desk) == {}
    qtbot.waitUntil(lambda: page.model.row_at(0).person == "")


def test_an_account_is_split_out_and_the_person_is_renamed(desk, page, qtbot, words):
    ids = pick(page, 0, 1, 2)
    page.persons._merge(ids, "Ada")
    desk.said("3 accounts are one person")
    page.show_detail(ids[0])
    qtbot.waitUntil(lambda: len(buttons(page.worker, "Split")) == 3)
    qtbot.mouseClick(buttons(page.worker, "Rename…")[0], Qt.MouseButton.LeftButton)
    dialog = desk.dialog(LabelDialog)
    dialog.field.selectAll()
    qtbot.keyClicks(dialog.field, "Grace")
    name = page.model.row_at(0).worker_name
    assert list(dialog.command_line()) == ["people", "label", "--", f"mock:{name}", "Grace"]
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    desk.said("Renamed to Grace")
    qtbot.waitUntil(lambda: "renamed" in words(page.worker))
    qtbot.mouseClick(buttons(page.worker, "Split")[2], Qt.MouseButton.LeftButton)
    desk.said("Split: 1 account stands for itself now")
    assert groups(desk) == {"Grace": ids[:2]}
    desk.press(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.said("2 accounts are one person")
    assert groups(desk) == {"Grace": ids}


def test_one_account_is_not_merged_and_a_single_one_is_not_split(desk, page, qtbot):
    (worker_id,) = pick(page, 0)
    page.persons.begin_merge([worker_id])
    desk.said("at least two")
    page.persons.begin_merge(None)
    desk.said("still being read")
    page.persons.split(worker_id)
    dialog = desk.dialog()
    assert "not merged with any other account" in dialog.accessibleDescription() or dialog.isVisible()
    dialog.close()


def test_hints_are_offered_and_merge_only_by_hand(desk, page, qtbot):
    name = page.model.row_at(0).worker_name
    desk.db.new_worker(name.lower(), "inhouse")
    page.persons.show_hints()
    qtbot.waitUntil(lambda: isinstance(desk.dialog(), HintsDialog))
    hints = desk.dialog(HintsDialog)
    assert hints.list.count() == 1
    assert groups(desk) == {}
    qtbot.mouseClick(hints.verb, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(desk.dialog(), MergeDialog))
    desk.dialog(MergeDialog).verb.click()
    desk.said("2 accounts are one person")
    page.persons.show_hints()
    qtbot.waitUntil(lambda: isinstance(desk.dialog(), HintsDialog))
    again = desk.dialog(HintsDialog)
    assert (again.list.isVisible(), again.verb.isEnabled()) == (False, False)
    again.reject()


def test_the_scorecard_sums_over_the_accounts_and_draws_after_it_is_shown(desk, page, qtbot, words):
    ids = pick(page, 0, 1)
    units = [page.model.row_at(place).completed for place in range(2)]
    page.persons._merge(ids, "Ada")
    desk.said("2 accounts are one person")
    pick(page, 0)
    desk.press(page.table, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: isinstance(desk.dialog(), ScorecardDialog))
    card = desk.dialog(ScorecardDialog)
    qtbot.waitUntil(lambda: card.card is not None, timeout=20_000)
    assert card.windowTitle() == "Scorecard of Ada"
    assert (card.card.answers, len(card.card.accounts)) == (sum(units), 2)
    qtbot.waitUntil(lambda: "2 accounts" in words(card))
    qtbot.waitUntil(lambda: len(card.plots) >= 2, timeout=20_000)
    assert isinstance(card.plots[0], TimePlot)
    assert "median" in card.plots[0].accessibleName()
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not card.isVisible())


def test_a_scorecard_that_is_closed_at_once_does_no_harm(desk, page, qtbot):
    pick(page, 0)
    page.verbs.show_scorecard(page.chosen())
    qtbot.waitUntil(lambda: isinstance(desk.dialog(), ScorecardDialog))
    desk.dialog().reject()
    page.verbs.show_scorecard([9_999])
    qtbot.waitUntil(lambda: desk.dialog() is not None and desk.dialog().isVisible())
    desk.dialog().close()
    pick(page, 0, 1)
    page.verbs.show_scorecard(page.chosen())
    desk.said("Select one person")
