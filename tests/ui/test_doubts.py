"""What waits for a person's word on Home: many of them, one at a time, by batch, with the keyboard."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices

from crowddesk.operations import decisions, paying
from crowddesk.store import changes
from crowddesk.ui.action_verbs import ActionVerbs
from crowddesk.ui.dialogs.word import WordDialog
from crowddesk.ui.doubts import DoubtsCard

PAGE = "https://app.example.org/s/1"


def lose(desk, workers, bulk):
    """Bonuses that wait for a person, of one of the vendor's orders."""
    made = paying.pay_bonus(desk.db, 1, workers, 50, "Thank you", sequence=bulk, run_id=1)
    with desk.db.write() as w:
        evidence = json.dumps({"bulk_id": bulk, "acknowledged": False, "url": PAGE})
        changes.set_action_states(
            w,
            dict.fromkeys(made.action_ids, (("staged",), "needs_you")),
            {i: {"evidence": evidence, "outcome": "No answer came."} for i in made.action_ids},
        )
    return made.action_ids


@pytest.fixture
def card(desk, qtbot):
    shown = []
    verbs = ActionVerbs(desk.session, desk.window, desk.window.toast, lambda: ())
    made = DoubtsCard(desk.session, verbs, lambda: shown.append("list"))
    made.test_shown = shown
    desk.session.needs_changed.connect(made.show_needs)
    qtbot.addWidget(made)
    return made


def test_nothing_in_doubt_shows_nothing(card, desk, qtbot):
    qtbot.waitUntil(lambda: desk.session.needs is not None)
    card.show_needs(desk.session.needs)
    assert card.isHidden()


def test_many_are_gone_through_one_at_a_time_by_batch(card, desk, qtbot, words):
    lose(desk, [1, 2, 3], "first")
    lose(desk, [4], "second")
    qtbot.waitUntil(lambda: card.isVisible() and len(card._rows) == 4)
    assert "● 4 payments wait for your word" in words(card)
    assert "1 of 4" in words(card)
    assert card.view.whole.isHidden()
    card.view.choices["happened"].setFocus()
    for place, key in ((2, Qt.Key.Key_J), (3, Qt.Key.Key_J), (2, Qt.Key.Key_K)):
        qtbot.keyClick(card.view.choices["happened"], key)
        assert f"{place} of 4" in words(card)
        assert "all 3 of this batch" in card.view.whole.text()
    card.view.whole.setChecked(True)
    card.step(1)
    assert card.view.whole.isChecked()  # the same batch
    card.step(2)
    assert "1 of 4" in words(card)
    assert not card.view.whole.isChecked()


def test_the_next_one_comes_when_one_is_decided(card, desk, qtbot, words):
    ids = lose(desk, [1, 2, 3], "first")
    qtbot.waitUntil(lambda: len(card._rows) == 3)
    card.step(1)
    assert card._rows[card._at].id == ids[1]
    card.view.choices["leave"].click()
    desk.dialog(WordDialog).verb.click()
    qtbot.waitUntil(lambda: len(card._rows) == 2)
    assert card._rows[card._at].id == ids[2]
    assert "● 2 payments wait for your word" in words(card)
    card.view.whole.setChecked(True)
    card.view.choices["happened"].click()
    desk.dialog(WordDialog).verb.click()
    qtbot.waitUntil(card.isHidden)


def test_the_vendors_page_is_opened_in_the_browser(card, desk, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    lose(desk, [1], "first")
    qtbot.waitUntil(lambda: card.view._page.isVisible())
    card.view._page.click()
    assert opened == [QUrl(PAGE)]


def test_what_waits_is_read_again_only_when_it_is_not_the_same(card, desk, qtbot, monkeypatch):
    lose(desk, [1], "first")
    qtbot.waitUntil(lambda: len(card._rows) == 1)
    asked = []
    monkeypatch.setattr(card._session, "ask", lambda *a: asked.append(a))
    card.show_needs(desk.session.needs)
    assert asked == []
    card.show_needs(SimpleNamespace(needs_you=[], needs_you_count=0))
    assert card.isHidden()


def test_one_that_was_decided_elsewhere_is_named(card, desk, qtbot, words):
    (action_id,) = lose(desk, [1], "first")
    qtbot.waitUntil(lambda: len(card._rows) == 1)
    card.view.choices["leave"].click()
    dialog = desk.dialog(WordDialog)
    decisions.resolve(desk.db, action_id, happened=True)
    dialog.verb.click()
    from crowddesk.ui.messages import ErrorDialog

    error = desk.dialog(ErrorDialog)
    assert error.windowTitle() == "1 action was left as before"
    assert f"Action {action_id} does not wait for a decision any more." in words(error)
    error.accept()
