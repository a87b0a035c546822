"""The shell: pages made when first shown, keys, counts, what the title and the strip say, what returns."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from crowddesk.ui.controls import Button
from crowddesk.ui.main_window import MainWindow, PageSpec
from crowddesk.ui.messages import ConfirmDialog
from crowddesk.ui.page import Page
from crowddesk.ui.status_strip import LaneLook

TITLES = ("Home", "Requesters", "Task runs", "Units", "Review", "Workers", "Payments", "Settings")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def saved():
    return {}


@pytest.fixture
def made():
    return []


@pytest.fixture
def make_window(qtbot, theme, saved, made):
    def make() -> MainWindow:
        def page(title: str):
            made.append(title)
            return Page(title)

        specs = [PageSpec(t.lower(), t, "home", lambda t=t: page(t)) for t in TITLES]
        window = MainWindow(specs, load=saved.get, save=saved.__setitem__)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return make


def test_pages_are_made_when_first_shown(make_window, made, qtbot):
    window = make_window()
    assert made == []
    with qtbot.waitSignal(window.page_shown) as shown:
        window.show_page("units")
    assert shown.args == ["units"]
    window.show_page("home")
    assert window.show_page("units") is window.stack.currentWidget()
    assert made == ["Units", "Home"]
    with pytest.raises(KeyError):
        window.show_page("nowhere")


def test_keys_choose_pages_fold_and_send(make_window, saved, qtbot):
    window = make_window()
    qtbot.keyClick(window, Qt.Key.Key_5, CONTROL)
    assert window.current_page == "review"
    wide = window.navigation.width()
    qtbot.keyClick(window, Qt.Key.Key_B, CONTROL)
    assert window.navigation.width() < wide
    assert saved["window.navigation_folded"] is True
    with qtbot.assertNotEmitted(window.send_wanted):
        qtbot.keyClick(window, Qt.Key.Key_Return, CONTROL)
    window.strip.set_staged(38, "GBP 9.12")
    with qtbot.waitSignal(window.send_wanted):
        qtbot.keyClick(window, Qt.Key.Key_Return, CONTROL)
    undone = []
    window.toast.say("Approved 1 unit", lambda: undone.append(1))
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert undone == [1]
    with qtbot.waitSignal(window.commands_wanted):
        qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)


def test_navigation_folds_when_narrow_and_by_click(make_window, qtbot):
    window = make_window()
    assert window.navigation.width() == 188
    window.resize(700, 500)
    assert window.navigation.width() == 52
    assert not window.grab().isNull()
    button = window.navigation._buttons["workers"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.current_page == "workers"
    assert button.isChecked()


def test_counts_are_said_to_everybody(make_window):
    window = make_window()
    window.navigation.set_waiting("review", 1204)
    assert window.navigation._buttons["review"].accessibleName() == "Review, 1,204 waiting"
    with pytest.raises(KeyError):
        window.navigation.set_waiting("nowhere", 1)


def test_the_title_says_what_is_live(make_window):
    window = make_window()
    window.show_page("units")
    window.set_environment("live", "Prolific")
    assert window.windowTitle() == "Units – LIVE · Prolific – CrowdDesk"
    window.set_environment("practice")
    assert window.windowTitle() == "Units – PRACTICE – CrowdDesk"
    window.set_environment(None)
    assert window.windowTitle() == "Units – CrowdDesk"


def test_the_strip_names_every_lane(make_window):
    window = make_window()
    window.strip.set_lanes(
        [LaneLook("lab", "working"), LaneLook("practice", "limit"), LaneLook("old", "offline")]
    )
    words = [label.text() for label in window.strip.findChildren(QLabel)]
    assert "● lab: working" in words
    assert "◐ practice: waiting for the vendor’s limit" in words
    window.strip.set_lanes([LaneLook("lab", "idle")])
    assert len(window.strip._lane_labels) == 1
    window.strip.set_staged(1, "GBP 0.12")
    assert "1 decision staged · GBP 0.12" in [label.text() for label in window.strip.findChildren(QLabel)]


def test_what_closing_would_cut_off_is_said_before_it_closes(make_window, qtbot):
    window = make_window()
    window.cut_off = lambda: "3 people have pages open."
    window.close()
    (dialog,) = window.findChildren(ConfirmDialog)
    assert "3 people have pages open." in [label.text() for label in dialog.findChildren(QLabel)]
    assert window.close() is False
    assert len(window.findChildren(ConfirmDialog)) == 1
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.isVisible()
    window.close()
    dialog = next(d for d in window.findChildren(ConfirmDialog) if d.isVisible())
    with qtbot.waitSignal(window.closed):
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert not window.isVisible()


def test_who_is_told_to_end_asks_nobody(make_window, qtbot):
    window = make_window()
    window.cut_off = lambda: "3 people have pages open."
    with qtbot.waitSignal(window.closed):
        window.close_surely()


def test_size_and_page_return_as_plain_values(make_window, saved, qtbot):
    window = make_window()
    window.show_page("units")
    window.resize(760, 500)
    with qtbot.waitSignal(window.closing):
        window.close()
    assert saved["window.page"] == "units"
    assert all(isinstance(v, str | bool | int) for v in saved.values())
    assert make_window().size().width() == 760
    saved["window.geometry"] = "damaged é"
    assert make_window().isVisible()


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("width", [720, 1300])
def test_page_head_is_cut_nowhere(qtbot, theme, scale, width):
    theme.set(scale=scale)
    page = Page("Bargain over a thing at a flea market")
    page.head.set_badge("live", "inhouse")
    page.head.set_facts(["our-people", "started 2 h ago"])
    buttons = [Button("‹ Runs", look="link"), Button("More ▾"), Button("Review 12", look="primary", key="R")]
    page.head.add_first(buttons[0])
    for button in buttons[1:]:
        page.head.add_action(button)
    qtbot.addWidget(page)
    page.resize(width, 500)
    page.show()
    page.resize(1300, 500)
    page.resize(width, 500)
    parts = (page.head.title, page.head.badge, *buttons)

    def place(part):
        return part.rect().translated(part.mapTo(page, part.rect().topLeft()))

    def whole():
        inside = all(page.rect().contains(place(part)) for part in parts)
        apart = not any(place(a).intersects(place(b)) for a, b in itertools.combinations(parts, 2))
        return inside and apart and all(p.width() >= p.minimumSizeHint().width() for p in parts)

    qtbot.waitUntil(whole)
    assert page.width() == width


def test_page_head_gives_way_from_the_facts(qtbot, theme):
    page = Page("A rather long title of a page")
    qtbot.addWidget(page)
    page.head.set_badge("live", "Prolific")
    page.head.set_facts(["lab account", "", "started 2 h ago"])
    page.resize(1200, 300)
    page.show()
    assert page.head.facts.text() == "lab account · started 2 h ago"
    full = page.head.title.width()
    page.resize(640, 300)
    assert page.head.title.width() == full
    assert page.head.badge.accessibleName() == "LIVE · Prolific"
    page.head.set_badge(None)
    assert page.head.badge.isHidden()


def test_the_shell_imports_nothing_heavy():
    code = (
        "import sys, crowddesk.ui.main_window;"
        "heavy = {'sqlmodel','sqlalchemy','omegaconf','pyqtgraph','numpy','pydantic','PySide6.QtSvg'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
