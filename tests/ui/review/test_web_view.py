"""The page inside the window, where Qt WebEngine is installed: the same page, and no way out of it."""

from __future__ import annotations

import importlib.util
import os

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from crowddesk.ui.review.seen import SeenAnswer

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("PySide6.QtWebEngineWidgets") is None,
        reason="needs Qt WebEngine: pip install 'crowddesk[web]'",
    ),
    pytest.mark.qt_log_ignore("QRhi|RHI|Vulkan|GBM|[Ss]andbox|OpenGL|GPU"),
]

TEMPLATE = """<form action="https://sink.invalid/"><p>${text}</p>
<label><input type="radio" name="a" value="y"> Yes</label>
<label><input type="radio" name="a" value="n"> No</label>
<button>Send</button></form>"""


@pytest.fixture
def seen(desk, qtbot, monkeypatch):
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        monkeypatch.setenv("QTWEBENGINE_DISABLE_SANDBOX", "1")
    made = SeenAnswer(desk.session)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def said(qtbot, page, script: str):
    """What a script in the page, above its frame, gives."""
    found = []
    page.runJavaScript(script, 0, found.append)
    qtbot.waitUntil(lambda: bool(found))
    return found[0]


FRAME_IS_THERE = "document.querySelector('iframe') !== null && document.title"


def test_the_page_is_shown_in_place_of_the_text(seen, unit, template, qtbot, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pytest.fail("opened outside"))
    seen.show_unit(unit({"a": "n", "made": "by a script"}, {"text": "Is it?"}), template(TEMPLATE))
    seen.browser.click()
    assert seen.web is not None
    assert seen.web.geometry() == seen.area.geometry()
    assert seen.outside.isVisible()
    page = seen.web.page()
    assert page.profile().isOffTheRecord()
    qtbot.waitUntil(seen.web.isVisible, timeout=20_000)
    qtbot.waitUntil(lambda: said(qtbot, page, FRAME_IS_THERE) == "Read only: Unit 1", timeout=20_000)
    seen.resize(500, 400)
    qtbot.waitUntil(lambda: seen.web.geometry() == seen.area.geometry())
    # The frame tells the page what it found no place for once it is filled.
    also = "document.querySelector('#also dl').textContent"
    qtbot.waitUntil(lambda: said(qtbot, page, also) == "madeby a script", timeout=20_000)

    page.setUrl(QUrl("https://example.org/"))
    page.runJavaScript("location = 'https://example.org/'")
    page.runJavaScript("window.open('https://example.org/')")
    assert said(qtbot, page, FRAME_IS_THERE) == "Read only: Unit 1"
    assert page.url().host() == "127.0.0.1"

    seen.browser.click()
    assert seen.web is None
    assert seen.area.isVisible()


def test_it_stays_for_the_next_unit_and_goes_with_the_page(seen, unit, template, qtbot):
    run = template(TEMPLATE)
    seen.show_unit(unit({"a": "n"}, {"text": "x"}), run)
    seen.browser.click()
    web = seen.web
    qtbot.waitUntil(lambda: web.page().title() == "Read only: Unit 1", timeout=20_000)
    seen.show_unit(unit({"a": "y"}, {"text": "x"}, id=2), run)
    assert seen.web is web
    assert not web.isVisible()  # it shows the unit of before
    qtbot.waitUntil(lambda: web.page().title() == "Read only: Unit 2", timeout=20_000)
    qtbot.waitUntil(web.isVisible)
    seen.clear()
    assert seen.web is None
    seen.show_unit(unit({"a": "y"}, {"text": "x"}, id=2), run)
    assert seen.web is not None  # it was chosen
    seen.browser.click()
    seen.show_unit(unit({"a": "y"}, {"text": "x"}, id=1), run)
    assert seen.web is None


def test_another_of_its_kind_follows_when_it_is_shown(desk, seen, unit, template, qtbot):
    run = template(TEMPLATE)
    other = SeenAnswer(desk.session)
    qtbot.addWidget(other)
    other.show_unit(unit({"a": "n"}, {"text": "x"}), run)
    seen.show_unit(unit({"a": "n"}, {"text": "x"}), run)
    seen.browser.click()
    other.show()
    assert other.web is not None
    seen.browser.click()
    other.hide()
    other.show()
    assert other.web is None


def test_root_without_a_word_gets_the_browser(seen, unit, template, monkeypatch, qtbot):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    seen.show_unit(unit({"a": "n"}, {"text": "x"}), template(TEMPLATE))
    seen.browser.click()
    qtbot.waitUntil(lambda: bool(opened))
    assert seen.web is None
