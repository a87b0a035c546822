"""What the system tells a person who is elsewhere: gathered, once, switchable, and quiet in front of them."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from crowddesk.domain import now
from crowddesk.store import tables as t
from crowddesk.store.queries.standing import RunStanding, standing
from crowddesk.ui import deadlines as near
from crowddesk.ui import notices as module
from crowddesk.ui.deadlines import read_deadlines
from crowddesk.ui.notices import Notice, Notices, Tray


class Teller:
    def __init__(self, able=True):
        self.able = able
        self.said = []

    def say(self, title, words, taken):
        self.said.append((title, words, taken))
        return self.able


@pytest.fixture
def notices(desk, monkeypatch):
    """Notices of a person who is elsewhere, gathered in a moment."""
    monkeypatch.setattr(module, "_GATHER_MS", 20)
    monkeypatch.setattr(module, "_BETWEEN_MS", 20)
    monkeypatch.setattr(module, "_LOOK_MS", 20)
    away = SimpleNamespace(is_away=True)
    monkeypatch.setattr(Notices, "in_front", lambda self: not away.is_away)

    def make(able=True):
        made = Notices(desk.session, desk.window, Teller(able))
        made.away = away
        return made

    return make


def notice(title="a", kind="exports", show=lambda: None):
    return Notice(kind, title, f"words of {title}", show)


def set_deadlines(db, **hours):
    with db.write() as w:
        for name, away in hours.items():
            w.update(
                t.Unit, [int(name.removeprefix("unit_"))], decide_by=now() + timedelta(hours=away, minutes=1)
            )


def test_one_is_told_in_its_own_words_and_a_click_shows_it(desk, qtbot, notices):
    made, shown = notices(), []
    made.tell(notice("Export", show=lambda: shown.append(1)))
    qtbot.waitUntil(lambda: made._teller.said != [])
    title, words, taken = made._teller.said[0]
    assert (title, words) == ("Export", "words of Export")
    taken()
    assert shown == [1]


def test_many_are_one(desk, qtbot, notices):
    made = notices()
    for number in range(10):
        made.tell(notice(f"thing {number}", "exports" if number else "runs"))
    qtbot.waitUntil(lambda: made._teller.said != [])
    [(title, words, taken)] = made._teller.said
    assert title == "10 messages in CrowdDesk"
    assert words.splitlines()[0] == "thing 0"
    assert words.splitlines()[-1] == "and 6 more"
    with qtbot.waitSignal(desk.session.wanted) as wanted:
        taken()
    assert wanted.args == ["home", None]


def test_the_next_one_waits_its_turn(desk, qtbot, notices, monkeypatch):
    made = notices()
    made.tell(notice("first"))
    qtbot.waitUntil(lambda: len(made._teller.said) == 1)
    monkeypatch.setattr(module, "_BETWEEN_MS", 60_000)
    made.tell(notice("second"))
    assert 50_000 < made._gather.remainingTime() < 64_000  # such timers are a twentieth out
    made.tell(notice("third"))
    made._gather.timeout.emit()
    assert [title for title, *_ in made._teller.said] == ["first", "2 messages in CrowdDesk"]


def test_it_is_quiet_in_front_of_the_window(desk, qtbot, notices):
    made = notices()
    made.away.is_away = False
    made.tell(notice())
    assert not made._gather.isActive()
    made.away.is_away = True
    made.tell(notice())
    made.away.is_away = False  # they come back before it is told
    made._gather.timeout.emit()
    assert made._teller.said == []


@pytest.mark.parametrize("kind", ["runs", "needs_you", "budgets", "deadlines", "appeals", "exports"])
def test_each_kind_has_its_switch(desk, notices, kind):
    made = notices()
    settings = desk.session.settings
    off = dataclasses.replace(settings.notifications, **{kind: False})
    desk.session.settings = dataclasses.replace(settings, notifications=off)
    made.tell(notice(kind=kind))
    assert not made._gather.isActive()


def test_other_parts_tell_through_the_session(desk, qtbot, notices):
    made = notices()
    desk.session.tell("exports", "The export is done", "12 rows", lambda: None)
    qtbot.waitUntil(lambda: made._teller.said != [])
    assert made._teller.said[0][:2] == ("The export is done", "12 rows")


def test_an_export_tells_that_it_is_done(desk, qtbot, tmp_path):
    from crowddesk.ui.dialogs.export import open_export
    from crowddesk.ui.dialogs.export_asked import ExportDialog

    desk.session.save("export.folder", str(tmp_path))
    open_export(desk.session, desk.window, 1)
    dialog = desk.dialog(ExportDialog)
    with qtbot.waitSignal(desk.session.told, timeout=20_000) as told:
        dialog.wanted.emit(dialog.value())
    kind, title, words, show = told.args
    assert (kind, title) == ("exports", "The export is done")
    assert words.startswith("12 rows in ")
    show()
    dialog.reject()


def test_where_the_system_cannot_what_matters_is_told_in_the_window(desk, qtbot, notices):
    made = notices(able=False)
    made.tell(notice("an export"))
    made._gather.timeout.emit()
    assert desk.window.banner.isHidden()
    made.tell(notice("a doubt", "needs_you"))
    made._gather.timeout.emit()
    assert "a doubt" in desk.window.banner.accessibleName()


# ------------------------------------------------------------------------------------------- what is told


def test_a_run_that_is_answered_while_somebody_waits_is_told_once(desk, qtbot, notices):
    made = notices()
    made._compare_runs([RunStanding(1, "Which colour?", 2, 10), RunStanding(2, "Old", 0, 3)])
    made._compare_runs([RunStanding(1, "Which colour?", 0, 12), RunStanding(2, "Old", 0, 3)])
    made._compare_runs([RunStanding(1, "Which colour?", 0, 12)])
    qtbot.waitUntil(lambda: made._teller.said != [])
    [(title, words, taken)] = made._teller.said
    assert (title, words) == ("“Which colour?” is answered", "12 answers wait for review.")
    with qtbot.waitSignal(desk.session.wanted) as wanted:
        taken()
    assert wanted.args == ["runs", 1]


def test_how_runs_stand_is_read(desk):
    with desk.db.read() as conn:
        found = standing(conn, frozenset({1}))
    assert found == [RunStanding(1, "Which colour?", 0, 12)]
    assert found[0].is_answered


def needs(doubts=(), budgets=()):
    return SimpleNamespace(
        needs_you=[SimpleNamespace(kind=kind) for kind in doubts],
        needs_you_count=len(doubts),
        budgets=[SimpleNamespace(id=i, title=f"run {i}") for i in budgets],
    )


def test_new_doubts_and_budgets_are_told_and_those_of_the_start_are_not(desk, qtbot, notices):
    made = notices()
    made._doubts = made._budgets = None
    made._hear_needs(needs(["bonus"], [1]))
    made._hear_needs(needs(["bonus"], [1]))
    assert made._waiting == []
    made._hear_needs(needs(["bonus", "bonus"], [1, 2]))
    made._hear_needs(needs(["bonus", "bonus"], [1, 2]))
    assert [n.title for n in made._waiting] == ["1 payment in doubt", "“run 2” has nearly used its budget"]
    made._hear_needs(needs([], []))
    made._hear_needs(needs(["pause"], []))
    assert made._waiting[-1].title == "1 action in doubt"


def test_deadlines_are_told_once_a_run_and_day(desk, qtbot, notices):
    set_deadlines(desk.db, unit_3=5)
    desk.session.save("deadlines.told", "damaged")
    first = notices()
    with desk.db.read() as conn:
        found = read_deadlines(conn)
    first.tell_deadlines(found)
    [told] = [n for n in first._waiting if n.kind == "deadlines"]
    assert told.title == "Which colour?"
    assert told.words.startswith("1 answer is approved by itself within 3 days. The soonest in 5 h")
    with qtbot.waitSignal(desk.session.wanted) as wanted:
        told.show()
    assert wanted.args == ["runs", (1, near.SEARCH, "due")]
    again = notices()  # the next start of the same day
    again.tell_deadlines(found)
    assert again._waiting == []
    desk.session.save("deadlines.told", {"1": "2001-01-01"})
    again.tell_deadlines(found)
    assert len(again._waiting) == 1


def test_deadlines_are_told_in_a_window_that_is_in_front(desk, qtbot, notices):
    set_deadlines(desk.db, unit_3=5, unit_4=7)
    made = notices()
    made.away.is_away = False
    qtbot.waitUntil(lambda: desk.session.needs is not None)
    made.read_deadlines()
    qtbot.waitUntil(desk.window.banner.isVisible)
    assert "Which colour?: 2 answers are approved" in desk.window.banner.accessibleName()
    with qtbot.waitSignal(desk.session.wanted) as wanted:
        desk.window.banner._action.click()
    assert wanted.args[0] == "runs"
    assert desk.window.banner.isHidden()


def test_deadlines_of_several_runs_are_one_notice(desk, qtbot, notices):
    made = notices()
    soon = now() + timedelta(hours=5, minutes=1)
    rows = [SimpleNamespace(run_id=i, title=f"Round {i}", units=3, soonest=soon) for i in (7, 8)]
    made.tell_deadlines(rows)
    [told] = made._waiting
    assert told.title == "Near deadlines"
    assert told.words.startswith(
        "In 2 runs, 6 answers are approved by themselves within 3 days. The soonest in"
    )


def test_objections_are_told_once_a_day(desk, qtbot, notices):
    made = notices()
    appeals = [SimpleNamespace(id=i, answer_by=now() + timedelta(hours=5 * i, minutes=1)) for i in (1, 2)]
    made.tell_appeals(appeals)
    made.tell_appeals(appeals)
    [told] = made._waiting
    assert (told.title, told.words) == ("2 objections to be answered", "The first answer is due in 5 h.")
    with qtbot.waitSignal(desk.session.wanted) as wanted:
        told.show()
    assert wanted.args == ["units", "appeal:open"]


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
