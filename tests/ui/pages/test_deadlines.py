"""Near deadlines: marked on rows, on Home, told once a run and day, by the system or in the window."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from crowddesk.domain import now
from crowddesk.operations import decisions
from crowddesk.store import tables as t
from crowddesk.ui import deadlines as near
from crowddesk.ui.deadlines import DeadlineWatch, Tray, read_deadlines
from crowddesk.ui.pages.home import read_home


def set_deadlines(db, **hours):
    """When units are approved by themselves: unit_3=5 is unit 3 in five hours."""
    with db.write() as w:
        for name, away in hours.items():
            unit_id = int(name.removeprefix("unit_"))
            w.update(t.Unit, [unit_id], decide_by=now() + timedelta(hours=away, minutes=1))


class Teller:
    def __init__(self, able=True):
        self.able = able
        self.said = []

    def say(self, title, words, taken):
        self.said.append((title, words, taken))
        return self.able


@pytest.fixture
def watch(desk):
    def make(able=True):
        return DeadlineWatch(desk.session, desk.window, Teller(able))

    return make


def test_those_within_three_days_are_counted_and_the_decided_are_not(desk):
    with desk.db.read() as conn:
        assert not read_deadlines(conn)
    set_deadlines(desk.db, unit_3=50, unit_4=5, unit_5=100)
    with desk.db.read() as conn:
        (found,) = read_deadlines(conn)
    assert (found.units, found.run_id) == (2, 1)
    assert near.deadline_words(found) == "2 answers are approved by themselves within 3 days"
    assert near.soonest_words(found).startswith("The soonest in 5 h, on 20")
    decisions.decide(desk.db, "approve", [4])
    with desk.db.read() as conn:
        (found,) = read_deadlines(conn)
    assert near.deadline_words(found) == "1 answer is approved by itself within 3 days"


def test_a_deadline_that_has_passed_says_so(desk):
    set_deadlines(desk.db, unit_3=-5)
    with desk.db.read() as conn:
        (found,) = read_deadlines(conn)
    assert near.soonest_words(found) == "The soonest was due 5 h ago."


def test_home_has_a_line_that_leads_to_them(full_program):
    program = full_program
    set_deadlines(program.db, unit_3=5, unit_4=1, unit_5=1000)
    home = program.window.show_page("home")
    program.wait(lambda: "due 1" in home.needs.lines)
    line = home.needs.lines["due 1"]
    assert "2 answers are approved by themselves within 3 days" in line.accessibleName()
    assert "1 thing needs you" in home.head.facts.text()
    program.click(line.button)
    page = program.window.show_page("runs").run_page
    program.wait(lambda: page.model.phase == "ready" and page.model.rowCount() == 2 and page.model.ids_known)
    assert page.model.query.sort == "due"
    assert [page.model.id_at(0), page.model.id_at(1)] == [4, 3]
    shown = [page.model.columns[i].key for i in page.panel.table.columns.shown()]
    assert "due" in shown
    units = program.window.show_page("units")
    assert "due" not in [units.model.columns[i].key for i in units.table.columns.shown()]
    units.search(near.SEARCH)
    assert "due" in [units.model.columns[i].key for i in units.table.columns.shown()]


def test_a_run_without_deadlines_has_no_column_of_them(full_program):
    page = full_program.run_page()
    assert "due" not in [page.model.columns[i].key for i in page.panel.table.columns.shown()]


def test_the_system_tells_once_a_run_and_day(desk, qtbot, watch):
    set_deadlines(desk.db, unit_3=5)
    first = watch()
    qtbot.waitUntil(lambda: desk.session.needs is not None)
    first._read()
    qtbot.waitUntil(lambda: len(first._teller.said) == 1)
    title, words, taken = first._teller.said[0]
    assert title == "Which colour?"
    assert words.startswith("1 answer is approved by itself within 3 days. The soonest in 5 h")
    assert desk.window.banner.isHidden()
    with qtbot.waitSignal(desk.session.wanted) as wanted:
        taken()
    assert wanted.args == ["runs", (1, near.SEARCH, "due")]
    again = watch()  # the next start of the same day
    with desk.db.read() as conn:
        found = read_deadlines(conn)
    again._tell(found)
    assert again._teller.said == []
    desk.session.save("deadlines.told", {"1": "2001-01-01"})
    again._tell(found)
    assert len(again._teller.said) == 1


def test_where_the_system_cannot_the_window_tells(desk, qtbot, watch):
    set_deadlines(desk.db, unit_3=5, unit_4=7)
    desk.session.save("deadlines.told", "damaged")
    made = watch(able=False)
    qtbot.waitUntil(lambda: desk.session.needs is not None)
    made._read()
    qtbot.waitUntil(desk.window.banner.isVisible)
    assert "Which colour?: 2 answers are approved" in desk.window.banner.accessibleName()
    made._tell(made._near)  # read again: told already, and what was told still leads there
    with qtbot.waitSignal(desk.session.wanted) as wanted:
        desk.window.banner._action.click()
    assert wanted.args[0] == "runs"
    assert desk.window.banner.isHidden()


def test_several_runs_are_told_together(desk, qtbot, watch):
    made = watch()
    soon = now() + timedelta(hours=5, minutes=1)
    rows = [SimpleNamespace(run_id=i, title=f"Round {i}", units=3, soonest=soon) for i in (7, 8)]
    made._tell(rows)
    title, words, taken = made._teller.said[0]
    assert title == "Near deadlines"
    assert words.startswith(
        "In 2 runs, 6 answers are approved by themselves within 3 days. The soonest in 5 h"
    )
    with qtbot.waitSignal(desk.session.wanted) as wanted:
        taken()
    assert wanted.args == ["units", near.SEARCH]


def test_the_tray_is_used_where_there_is_one(desk, qtbot, monkeypatch):
    tray = Tray(desk.window)
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: False))
    assert not tray.say("a", "b", lambda: None)
    shown, taken = [], []
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "supportsMessages", staticmethod(lambda: True))
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda self, *a: shown.append(a[:2]))
    monkeypatch.setattr(QSystemTrayIcon, "show", lambda self: None)
    assert tray.say("a", "b", lambda: taken.append(1))
    assert shown == [("a", "b")]
    tray._icon.messageClicked.emit()
    assert taken == [1]
    tray._leave()


def test_home_reads_them_with_the_rest(desk):
    set_deadlines(desk.db, unit_3=5)
    with desk.db.read() as conn:
        view = read_home(conn)
    assert view.needs[0].key == "due 1"
    assert view.needs[0].note.startswith("The soonest in 5 h")
