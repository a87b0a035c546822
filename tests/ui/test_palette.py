"""The palette: what fits what was typed, by keys alone; the verbs of the page; rows that are looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from crowddesk.store.views import save_view
from crowddesk.ui.commands import Commands, NavigationViews
from crowddesk.ui.dialogs.export import ExportDialog
from crowddesk.ui.dialogs.pack import PackDialog
from crowddesk.ui.key_sheet import KeyCap, KeySheet
from crowddesk.ui.page_actions import actions_of, plain_title
from crowddesk.ui.palette import CommandPalette, Entry, fitting, score

CTRL = Qt.KeyboardModifier.ControlModifier


def titles(typed: str, *names: str, recent=()) -> list[str]:
    return [e.title for e in fitting([Entry(n, n, "") for n in names], typed, recent)]


def test_the_best_fit_is_first():
    assert titles("rev", "Request a return", "Review", "Reverse the order")[0] == "Review"
    assert titles("lr", "colour", "Look it over", "Launch a run…")[0] == "Launch a run…"
    assert titles("task runs", "Task runs", "Task")[0] == "Task runs"
    assert titles("zz", "Task runs") == []


def test_the_last_used_come_first():
    assert titles("", "a", "b", "c", recent=["c", "b"]) == ["c", "b", "a"]
    assert titles("unit", "Unit one", "Unit two", recent=["Unit two"])[0] == "Unit two"


def test_other_words_find_an_entry_after_its_own():
    entries = [Entry("dark", "Dark colours", "command", also="theme"), Entry("t", "Theme park", "run")]
    assert [e.name for e in fitting(entries, "theme", [])] == ["t", "dark"]


@given(st.text(max_size=20), st.text(max_size=40))
def test_any_text_has_a_score(typed: str, text: str) -> None:
    found = score(typed, text)
    assert found >= 0
    if typed.strip() and typed.strip().lower() in text.lower():
        assert found > 0


# ------------------------------------------------------------------------------------------ over a window


@pytest.fixture
def commands(desk):
    made = Commands(desk.session, desk.window)
    desk.page("units")
    return made


def opened(desk, commands) -> CommandPalette:
    desk.press(desk.window.stack.currentWidget().table, Qt.Key.Key_K, CTRL)
    desk.qtbot.waitUntil(lambda: commands.palette is not None and commands.palette.isVisible())
    return commands.palette


def shown(palette) -> list[str]:
    return [entry.title for entry in palette.shown]


def test_it_opens_by_its_key_and_escape_gives_the_focus_back(desk, qtbot, commands):
    table = desk.page("units").table
    palette = opened(desk, commands)
    qtbot.waitUntil(palette.line.hasFocus)
    qtbot.keyClicks(palette.line, "work")
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert commands.palette is None
    qtbot.waitUntil(desk.window.isActiveWindow)
    qtbot.waitUntil(table.hasFocus)


def test_a_page_is_shown_by_keys_alone_and_is_remembered(desk, qtbot, commands):
    palette = opened(desk, commands)
    qtbot.keyClicks(palette.line, "workers.W")
    assert "workers" in palette.line.accessibleDescription()
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert desk.window.current_page == "workers"
    palette = opened(desk, commands)
    assert palette.shown[0].name == "page:workers"


def test_the_verbs_of_the_page_are_there_with_their_keys(desk, qtbot, commands):
    page = desk.page("units")
    page.table.select_id(1)
    palette = opened(desk, commands)
    verbs = {entry.title: entry for entry in palette.shown if entry.name.startswith("verb:")}
    assert {"Approve", "Reject…", "Export the run…"} <= set(verbs)
    assert verbs["Approve"].key == "A"
    qtbot.keyClicks(palette.line, "approve")
    assert palette.shown[0].title == "Approve"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    desk.said("1 unit approved")


def test_runs_people_and_units_are_looked_up(desk, qtbot, commands):
    palette = opened(desk, commands)
    qtbot.keyClicks(palette.line, "colour")
    qtbot.waitUntil(lambda: "Which colour?" in shown(palette))
    wanted = []
    desk.session.wanted.connect(lambda *what: wanted.append(what))
    while palette.line.accessibleDescription().partition(",")[0] != "Which colour?":
        qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert wanted == []  # there is no page of runs in this window
    name = desk.unit(1).worker_name
    palette = opened(desk, commands)
    assert palette.shown[0].title == "Which colour?"
    qtbot.keyClicks(palette.line, name[:6].lower())
    qtbot.waitUntil(lambda: name in shown(palette))
    palette.line.setText("unit 7")
    qtbot.waitUntil(lambda: "Unit 7" in shown(palette))


@pytest.mark.parametrize(
    ("verb", "entry", "dialog"),
    [
        ("export", "Export “Which colour?”…", ExportDialog),
        ("pack", "Pack “Which colour?” into one file…", PackDialog),
    ],
)
def test_a_verb_with_a_name_opens_its_dialog(desk, qtbot, commands, verb, entry, dialog):
    palette = opened(desk, commands)
    qtbot.keyClicks(palette.line, f"{verb} a r")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.line.text() == f"{verb} "
    qtbot.waitUntil(lambda: entry in shown(palette))
    qtbot.keyClicks(palette.line, "col")
    qtbot.waitUntil(lambda: entry in shown(palette))
    while not palette.line.accessibleDescription().startswith(entry):
        qtbot.keyClick(palette.line, Qt.Key.Key_Down)
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    desk.dialog(dialog).reject()


def test_a_packed_run_is_opened_by_a_command(desk, qtbot, commands):
    palette = opened(desk, commands)
    qtbot.keyClicks(palette.line, "packed")
    assert palette.shown[0].title == "Open a packed run…"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    desk.dialog(QFileDialog).reject()


@pytest.mark.parametrize("typed", ['"', "%", "*", "a" * 200, "status:", "\u202e", "-", "9" * 40, "export '"])
def test_any_words_may_be_typed(desk, qtbot, commands, typed):
    palette = opened(desk, commands)
    found = []
    real = palette.show_found
    palette.show_found = lambda words, entries: (found.append(words), real(words, entries))
    palette.line.setText(typed)
    qtbot.waitUntil(lambda: palette.line.text() in found)
    assert not palette.grab().isNull()


def test_views_are_there_and_in_the_navigation(desk, qtbot, commands):
    with desk.db.write() as w:
        save_view(w, desk.db.who, "units", "Slow & careful", "time:>1s")
    NavigationViews(desk.session, desk.window)
    buttons = desk.window.navigation._views
    qtbot.waitUntil(lambda: bool(buttons.get("units")))
    qtbot.waitUntil(lambda: buttons["units"][0].accessibleName() == "Slow & careful, 12")
    desk.page("workers")
    qtbot.mouseClick(buttons["units"][0], Qt.MouseButton.LeftButton)
    assert desk.window.current_page == "units"
    assert desk.page("units").panel.search.text() == "time:>1s"
    desk.page("units").search("")
    palette = opened(desk, commands)
    qtbot.keyClicks(palette.line, "slow")
    assert palette.shown[0].title == "Slow & careful"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert desk.page("units").panel.search.text() == "time:>1s"
    low = desk.window.navigation.minimumSizeHint().height()
    desk.window.navigation.resize(188, low)
    assert not buttons["units"][0].isVisible()  # pages come first


def test_kept_values_of_another_kind_do_no_harm(desk, qtbot, commands):
    for kept in ("x", [1], [{"name": "run:x"}], [{"name": "run:5", "title": "t", "kind": "k"}], None):
        desk.kept["palette.recent"] = kept
        palette = opened(desk, commands)
        palette.reject()


# -------------------------------------------------------------------------------------------- key sheet


def test_the_sheet_shows_the_keys_of_the_page(desk, qtbot, commands):
    desk.press(desk.page("units").table, Qt.Key.Key_Question)
    sheet = desk.dialog(KeySheet)
    caps = [cap.accessibleName() for cap in sheet.findChildren(KeyCap)]
    assert {"A", "X", "J", "K", "/", "?", "Ctrl+K"} <= set(caps)
    assert not sheet.grab().isNull()
    wanted = []
    desk.session.wanted.connect(lambda *what: wanted.append(what))
    sheet.change.click()
    assert wanted == [("settings", "keys")]


def test_it_follows_the_keys_that_were_chosen(desk, qtbot, commands):
    desk.session.keys.take({"lists.approve": "Shift+A", "commands": "Ctrl+P", "keys": "F1"})
    groups = dict(commands.groups())
    assert ("Shift+A", "Approve") in groups["On this page"]
    assert ("Ctrl+P", "Commands") in groups["Everywhere"]
    table = desk.page("units").table
    desk.press(table, Qt.Key.Key_K, CTRL)
    assert commands.palette is None
    desk.press(table, Qt.Key.Key_P, CTRL)
    assert commands.palette is not None
    commands.palette.reject()


def test_letters_are_letters_in_a_text_field(desk, qtbot, commands):
    line = desk.page("units").panel.search.line
    desk.press(line, Qt.Key.Key_Question)
    qtbot.keyClicks(line, "?")
    assert QApplication.activeModalWidget() is None
    assert "?" in line.text()


def test_what_shows_is_what_can_be_done(qtbot, theme):
    page = QWidget()
    qtbot.addWidget(page)
    part = QWidget(page)
    for text, on in (("&Do it", True), ("Not now", False), ("", True), ("Save && go…", True)):
        action = QAction(text, page)
        action.setEnabled(on)
        part.addAction(action)
    page.show()
    assert [a.title for a in actions_of(page)] == ["Do it", "Save & go…"]
    assert [a.title for a in actions_of(page, disabled_too=True)] == ["Do it", "Not now", "Save & go…"]
    part.hide()
    assert actions_of(page) == []
    assert plain_title("Views ▾") == "Views"
