"""Media below an answer: what is drawn at once, what waits for a click, zoom, what is played elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence

from crowddesk.domain import BadInput
from crowddesk.ui.review import far_picture
from crowddesk.ui.review.media import Medium
from crowddesk.ui.review.media_strip import MediaStrip

FAR = Medium("picture", "pic", "far.png", address="https://pictures.example/far.png")
AGAIN = Medium("picture", "other", "more.png", address="https://pictures.example/more.png")


@pytest.fixture
def strip(desk, qtbot):
    made = MediaStrip(desk.session)
    qtbot.addWidget(made)
    made.resize(500, 600)
    return made


@pytest.fixture
def web(monkeypatch, picture):
    """Other servers: each address gives a picture; `asked` are those that were loaded."""
    asked: list[str] = []

    def load(address, *, cancelled):
        asked.append(address)
        return picture().read_bytes()

    monkeypatch.setattr(far_picture, "load", load)
    return asked


def test_a_file_is_drawn_at_once(strip, picture, qtbot):
    path = picture(800, 400)
    strip.show_media(1, "unit 1", [Medium("picture", "photo", "a.png", path)])
    (card,) = strip.cards
    qtbot.waitUntil(lambda: card.picture is not None)
    assert "800 × 400" in card.facts.text()
    assert card.words.isHidden()
    assert card.larger.isVisible()


def test_nothing_is_loaded_from_elsewhere_before_a_click(strip, web, qtbot, desk):
    strip.show_media(1, "unit 1", [FAR, AGAIN])
    first, second = strip.cards
    assert first.load.text() == "Load from pictures.example"
    assert web == []
    first.load.click()
    qtbot.waitUntil(lambda: first.picture is not None and second.picture is not None)
    assert web == [FAR.address, AGAIN.address]
    strip.clear()
    strip.show_media(1, "unit 2", [FAR])  # remembered in this run
    qtbot.waitUntil(lambda: strip.cards[0].picture is not None)
    strip.show_media(2, "unit 3", [FAR])  # and in this run alone
    assert strip.cards[0].waits
    assert len(web) == 3


def test_what_cannot_be_loaded_is_said_and_can_be_asked_for_again(strip, qtbot, monkeypatch):
    def load(address, *, cancelled):
        raise BadInput("pictures.example did not answer.")

    monkeypatch.setattr(far_picture, "load", load)
    strip.show_media(1, "unit 1", [FAR])
    (card,) = strip.cards
    card.load.click()
    qtbot.waitUntil(lambda: card.words.text() == "pictures.example did not answer.")
    assert card.load.isVisible()


def test_a_fault_is_a_word_and_no_button(strip):
    strip.show_media(
        1, "unit 1", [Medium("picture", "pic", "a.svg", fault="SVG pictures are not drawn here.")]
    )
    (card,) = strip.cards
    assert "not drawn" in card.words.text()
    assert not card.load.isVisible()
    assert not card.play.isVisible()


def test_recordings_are_played_by_a_browser(strip, tmp_path, qtbot, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    path = tmp_path / "a.ogg"
    path.write_bytes(b"OggS")
    here = Medium("recording", "tape", "a.ogg", path, type="audio/ogg")
    there = Medium("recording", "voice", "b.mp3", address="https://s.example/b.mp3", type="audio/mpeg")
    strip.show_media(1, "unit 1", [here, there])
    strip.cards[0].play.click()
    qtbot.waitUntil(lambda: len(opened) == 1)
    assert opened[0].startswith("http://127.0.0.1:")
    strip.cards[1].play.click()
    assert opened[1] == "https://s.example/b.mp3"


def test_zoom_by_buttons_and_keys_and_other_keys_pass(strip, picture, qtbot):
    strip.show_media(1, "unit 1", [Medium("picture", "photo", "a.png", picture(1_000, 500))])
    (card,) = strip.cards
    qtbot.waitUntil(lambda: card.picture is not None)
    strip.show()
    shown = card.picture
    fitted = shown.zoom
    assert fitted < 1
    card.larger.click()
    assert shown.zoom == pytest.approx(fitted * 1.25)
    qtbot.keyClick(shown, Qt.Key.Key_Plus)
    assert shown.zoom > fitted * 1.25
    card.fit.click()
    assert shown.zoom == fitted
    for _ in range(60):
        card.larger.click()
    assert shown.zoom == 16.0
    for _ in range(60):
        card.smaller.click()
    assert shown.zoom == pytest.approx(fitted / 2)
    shown.grab()
    pressed = []
    action = QAction(strip)
    action.setShortcut(QKeySequence("1"))
    action.triggered.connect(lambda: pressed.append(1))
    strip.addAction(action)
    strip.activateWindow()
    qtbot.waitUntil(strip.isActiveWindow)
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_1)
    assert pressed == [1]


def test_clear_stops_what_is_on_its_way(strip, picture, qtbot):
    strip.show_media(1, "unit 1", [Medium("picture", "photo", "a.png", picture())])
    strip.clear()
    assert strip.cards == []
    assert not strip.isVisible()
