"""A run's page says what the vendor does with it (pauses, refuses, shows it) and asks for more answers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from crowddesk.domain import ActionKind, Found, Outcome
from crowddesk.providers.mock import MockProvider
from crowddesk.store import tables as t
from crowddesk.ui.dialogs.more_answers import MoreAnswersDialog
from crowddesk.ui.hosting_line import read_hosting
from crowddesk.ui.messages import ErrorDialog

SLOW = {"speed": "1"}


@pytest.fixture
def vendor(monkeypatch):
    """The practice vendor pauses, as a test says: it works on it, or refuses."""
    perform, look_up = MockProvider.perform, MockProvider.look_up
    state = {"refuses": "", "works": True}

    def do(self, actions):
        mine = [a for a in actions if a.kind in (ActionKind.PAUSE, ActionKind.RESUME)]
        if not mine:
            return perform(self, actions)
        if state["refuses"]:
            return [Outcome.refused(state["refuses"]) for _ in mine]
        return [Outcome.unknown("It works on it.", acknowledged=True) for _ in mine]

    def find(self, actions):
        if actions[0].kind not in (ActionKind.PAUSE, ActionKind.RESUME):
            return look_up(self, actions)
        return [Found.NOT_YET if state["works"] else Found.HAPPENED for _ in actions]

    monkeypatch.setattr(MockProvider, "OFFERS", frozenset({ActionKind.PAUSE}))
    monkeypatch.setattr(MockProvider, "LOOK_UP_SECONDS", 0.05)
    monkeypatch.setattr(MockProvider, "perform", do)
    monkeypatch.setattr(MockProvider, "look_up", find)
    return state


@pytest.fixture
def page(program, sample):
    from crowddesk.ui.launcher import read_sections

    sections = read_sections(sample / "run.yaml")[1]
    sections["provider"] |= SLOW
    run_id = program.launch(sample, sections=sections)
    found = program.run_page(run_id)
    program.wait(lambda: found.run.state == "live")
    return found


def test_a_pause_is_on_its_way_until_the_vendor_has_done_it(vendor, program, page):
    program.click(page.pause)
    program.wait(lambda: page.pause.text() == "Pausing…")
    assert not page.pause.isEnabled()
    assert "pausing…" in page.head.facts.text()
    vendor["works"] = False
    program.wait(lambda: page.pause.text() == "Resume" and page.pause.isEnabled())
    assert "paused" in page.head.facts.text()
    vendor["works"] = True
    program.click(page.pause)
    program.wait(lambda: page.pause.text() == "Resuming…")
    vendor["works"] = False
    program.wait(lambda: page.pause.text() == "Pause" and page.pause.isEnabled())


def test_a_pause_that_was_refused_is_said_and_asked_for_again(vendor, program, page):
    vendor["refuses"] = "The study is being checked."
    program.click(page.pause)
    words = "The vendor did not pause this run: The study is being checked."
    program.wait(lambda: page.banner.isVisible() and page.banner.accessibleName() == words)
    vendor["refuses"] = ""
    program.click(page.banner._action)
    program.wait(lambda: page.pause.text() == "Pausing…")


def test_more_answers_are_added_with_their_cost(program, page):
    before = sum(page.run.units.values())
    menu = page.more.menu()
    menu.aboutToShow.emit()
    action = page._more_actions[page.more_answers]
    assert action.isVisible()
    assert not page._more_actions[page.pause].isVisible()  # it is a button now
    action.trigger()
    dialog = program.dialog(MoreAnswersDialog)
    program.wait(lambda: dialog.verb.isEnabled())
    assert dialog.verb.text() == "Add 36 · USD 2.16"  # the gold items get none
    program.click(dialog.verb)
    program.wait(lambda: sum(page.run.units.values()) == before + 36)


def test_more_than_the_budget_is_refused_before_anything_is_added(program, page):
    page.run_verbs._add(page.run_id, 500)
    error = program.dialog(ErrorDialog)
    assert error.windowTitle() == "No answers were added"
    error.accept()


def test_the_vendors_own_page_of_a_run_is_one_click_away(program, page, monkeypatch):
    assert page.hosting.isHidden()
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    url = "https://app.example.org/studies/1"
    monkeypatch.setattr(MockProvider, "page_of", lambda self, run: url, raising=False)
    page.hosting.show_run(None)
    page.hosting.show_run(page.run)
    program.wait(page.hosting.isVisible)
    assert page.hosting.words.text() == "Shown to people by the practice crowd itself."
    program.click(page.hosting.link)
    assert opened == [QUrl(url)]
    monkeypatch.setattr(MockProvider, "page_of", lambda self, run: "file:///etc/passwd")
    page.hosting.show_run(None)
    page.hosting.show_run(page.run)
    program.wait(lambda: page.hosting._page == "" and page.hosting.isHidden())


def test_an_adopted_run_is_shown_where_it_was_made(program, page):
    with program.db.write() as w:
        w.update(t.TaskRun, [page.run_id], task_type="elsewhere")
    assert read_hosting(program.db, page.run_id).words == (
        "Adopted from the practice crowd, and shown where it was made."
    )
