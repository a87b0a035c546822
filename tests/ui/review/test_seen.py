"""The answer as its worker saw it: filled in, read only, in its page or as fields."""

from __future__ import annotations

import json
from urllib.request import urlopen

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from crowddesk.blueprints.form import FormBlueprint
from crowddesk.store.queries import unit_detail
from crowddesk.ui.controls import Button
from crowddesk.ui.review.seen import SeenAnswer

TEMPLATE = """<h3>${text}</h3><input type=radio name=a value=y> Yes <input type=radio name=a value=n> No
<textarea name=why></textarea><input type=hidden name=secs>"""
FORM = """
title: A question
fields:
  - {name: a, type: single, label: Which?, options: [y, n]}
  - {name: why, type: long_text, label: Why?}
  - {name: line, type: text, label: A line}
  - {name: more, type: text, label: More, show_if: {a: n}}
"""


@pytest.fixture
def seen(desk, qtbot):
    made = SeenAnswer(desk.session)
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    return made


class Later(QObject):
    """Hears an answer of the reader, which answers in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[object] = []

    def take(self, found: object) -> None:
        self.found.append(found)


def detail_of(db, unit_id: int):
    with db.read() as conn:
        return unit_detail(conn, unit_id)


def words_of(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    edits = [*widget.findChildren(QPlainTextEdit), *widget.findChildren(QTextEdit)]
    boxes = [box.toPlainText() for box in edits if box.isVisibleTo(widget)]
    return "\n".join(labels + boxes)


def test_a_stored_unit_shows_in_its_runs_page(desk, seen, qtbot):
    detail = detail_of(desk.db, 1)
    seen.show_unit(detail)
    qtbot.waitUntil(seen.page.isVisible)
    answer = json.loads(detail.row.answer)["answer"]
    assert f"◉ {answer}" in " ".join(seen.page.toPlainText().split())
    assert "& bold" in seen.page.toPlainText()
    assert seen.browser.isVisible()
    seen.show_unit(detail_of(desk.db, 2))  # the run is known now: at once
    other = json.loads(detail_of(desk.db, 2).row.answer)["answer"]
    assert f"◉ {other}" in " ".join(seen.page.toPlainText().split())


def test_a_template_with_hidden_and_other_fields(seen, unit, template):
    run = template(TEMPLATE)
    seen.show_unit(unit({"a": "n", "why": "so", "secs": "12", "made": "<b>x</b>"}, {"text": "Is it?"}), run)
    text = " ".join(seen.page.toPlainText().split())
    assert "Is it?" in text
    assert "○ Yes ◉ No" in text
    assert "so" in text
    assert "Hidden fields" in words_of(seen)
    assert "12" in words_of(seen.hidden)
    assert "<b>x</b>" in words_of(seen.also)


def test_fields_that_name_the_worker_are_not_part_of_the_answer(seen, unit, template):
    run = template(TEMPLATE + "<input type=hidden name=workerId>")
    sent = {"a": "n", "workerId": "A1-named", "PROLIFIC_PID": "A1-named", "made": "so"}
    seen.show_unit(unit(sent, {"text": "Is it?"}), run)
    assert "A1-named" not in words_of(seen) + seen.page.toPlainText()
    assert "so" in words_of(seen.also)


def test_a_form_is_filled_and_cannot_be_changed(seen, unit, form, qtbot):
    run = form(FORM)
    answer = {
        "a": "n",
        "why": "one\ntwo",
        "line": "l" * 300,
        "more": "m",
        "odd": "extra",
        "_noted": ["why: no."],
    }
    seen.show_unit(unit(answer), run)
    assert seen.form.isVisible()
    assert seen.form.shown_names() == ["a", "why", "line", "more"]
    button = seen.form.editor("a").buttons["y"]
    choice = button.parentWidget()  # which gets the clicks that the button does not take
    qtbot.mouseClick(choice, Qt.MouseButton.LeftButton, pos=button.geometry().center())
    assert not button.isChecked()
    line = seen.form.editor("line").line
    qtbot.keyClicks(line, "x")
    assert line.text() == "l" * 300
    assert line.cursorPosition() == 0
    assert "extra" in words_of(seen.also)
    assert "why: no." in words_of(seen.notes)


def test_letters_pass_to_the_pages_verbs(seen, unit, form, template, desk, qtbot):
    pressed = []
    around = seen
    for key in ("A", "1", "Space", "/"):
        action = QAction(around)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _=False, k=key: pressed.append(k))
        around.addAction(action)
    seen.activateWindow()
    qtbot.waitUntil(seen.isActiveWindow)

    def press(widget: QWidget) -> list[str]:
        widget.setFocus()
        pressed.clear()
        for key in (Qt.Key.Key_A, Qt.Key.Key_1, Qt.Key.Key_Slash):
            qtbot.keyClick(widget, key)
        return list(pressed)

    seen.show_unit(unit({"a": "n", "why": "so", "line": "x"}), form(FORM))
    editors = [*seen.form.findChildren(QLineEdit), *seen.form.findChildren(QPlainTextEdit)]
    assert editors
    for widget in [seen.area, *(editor for editor in editors if editor.isVisible())]:
        assert press(widget) == ["A", "1", "/"], widget
    seen.show_unit(unit({"a": "n"}, {"text": "x"}), template(TEMPLATE))
    assert press(seen.page) == ["A", "1", "/"]


def test_a_conversation(seen, unit, chat, qtbot):
    run = chat(intro="Talk about {{text}}.", roles=["Buyer", "Seller"], role_texts=["You buy.", "You sell."])
    said = [
        {"from": 1, "text": "Hello <b>you</b>", "at": "2026-11-23T06:00:00.000+00:00"},
        {"from": 2, "text": "שלום", "at": "nonsense"},
        {"from": "x"},
        "damaged",
    ]
    seen.show_unit(unit({"messages": said}, {"text": "lamps"}, unit_index=1), run)
    qtbot.waitUntil(seen.talk.isVisible)
    text = words_of(seen.talk)
    assert "Talk about lamps." in text
    assert "You sell." in text
    assert "You buy." not in text
    assert "Hello <b>you</b>" in text
    assert "Person 2 (Seller), this worker" in text
    assert "שלום" in text


def test_many_messages_are_shown_from_the_end(seen, unit, chat, qtbot):
    said = [{"from": 1 + n % 2, "text": f"message {n}", "at": ""} for n in range(1_000)]
    seen.show_unit(unit({"messages": said}), chat())
    qtbot.waitUntil(seen.talk.isVisible)
    assert "700 messages before" in words_of(seen.talk)
    assert "message 999" in words_of(seen.talk)


@pytest.mark.parametrize(("index", "kind"), [(-1, "screening"), (-2, "gold")])
def test_gold_and_screening_units_look_alike(seen, unit, template, index, kind):
    found = unit({"a": "y"}, {"text": "x"}, unit_index=index)
    assert found.row.kind == kind
    seen.show_unit(found, template(TEMPLATE))
    assert "◉ Yes" in " ".join(seen.page.toPlainText().split())


def test_a_compensation_has_no_page(seen, unit, template):
    seen.show_unit(unit(None, unit_index=-3), template(TEMPLATE))
    assert "pays somebody" in words_of(seen)


def test_a_unit_without_an_answer_shows_its_page_empty(seen, unit, template):
    seen.show_unit(unit(None, {"text": "x"}), template(TEMPLATE))
    assert "Nobody has answered yet." in words_of(seen)
    assert "○ Yes" in " ".join(seen.page.toPlainText().split())


def test_without_a_template_the_fields_stand_there(desk, seen, qtbot):
    for path in desk.db.folder.glob("runs/**/template.html"):
        path.unlink()
    seen.show_unit(detail_of(desk.db, 1))
    qtbot.waitUntil(seen.fields.isVisible)
    assert "The page cannot be shown" in words_of(seen)
    assert "template.html" in words_of(seen)
    assert "answer" in words_of(seen.fields)
    assert not seen.browser.isVisible()


@pytest.mark.parametrize("answer", ["{broken", "[" * 100_000, '"only a text"', "[1, 2]", "null"])
def test_a_damaged_answer_is_shown_as_it_is_stored(seen, unit, template, answer, qtbot):
    seen.show_unit(unit(answer, {"text": "x"}), template(TEMPLATE))
    qtbot.waitUntil(lambda: seen.fields.isVisible() or seen.page.isVisible())


def test_a_damaged_item_leaves_the_answer(seen, unit, template, qtbot):
    seen.show_unit(unit({"a": "y"}, "{broken"), template(TEMPLATE))
    qtbot.waitUntil(seen.fields.isVisible)
    assert "y" in words_of(seen.fields)


HOSTILE = [
    '<img src="https://evil.example/a.png" onerror="x()"><script>x()</script>',
    "\u202eabc\u202c \u2066x",
    "👩‍🔬 👨‍👩‍👧‍👦 🇩🇪 é\u0301",
    "\x00\x01\x1b[31m\x7f\ufdd0\ufdd1\ufffc\u2028\u2029",
    "</td></table></body>",
    "\ud800",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_text(seen, unit, template, form, text, qtbot, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pytest.fail("opened"))
    answer = {"a": text, "why": text, text: text, "secs": text}
    run = template(TEMPLATE)
    seen.show_unit(unit(json.dumps(answer), json.dumps({"text": text})), run)
    qtbot.waitUntil(seen.page.isVisible)
    seen.show_unit(unit(json.dumps(answer), json.dumps({"text": text})), form(FORM))
    qtbot.waitUntil(seen.form.isVisible)


def test_huge_texts_do_not_stop_the_window(seen, unit, template, form, qtbot):
    huge = "wörd " * 2_000_000
    for run in (template(TEMPLATE), form(FORM)):
        part = seen.form if isinstance(run.blueprint, FormBlueprint) else seen.page
        seen.show_unit(unit({"a": huge, "why": huge, "made": huge}, {"text": huge}), run)
        assert not part.isVisible()  # the reader has it
        qtbot.waitUntil(part.isVisible, timeout=20_000)
        assert "Copy all" in [button.text() for button in seen.findChildren(Button)]


def test_no_other_units_answer_stands_there_while_one_is_read(seen, unit, template, qtbot):
    run = template(TEMPLATE)
    seen.show_unit(unit({"a": "y", "made": "mine"}, {"text": "first"}), run)
    assert seen.page.isVisible()
    seen.show_unit(unit({"a": "n"}, {"text": "long " * 10_000}, id=2), run)
    assert not seen.page.isVisible()
    assert not seen.also.isVisible()
    assert "Reading the answer" in words_of(seen)
    qtbot.waitUntil(seen.page.isVisible)
    assert "Reading" not in words_of(seen)


def test_many_fields_are_bounded(seen, unit, template, qtbot):
    answer = {f"field {n}": str(n) for n in range(5_000)}
    seen.show_unit(unit(answer, {"text": "x"}), template(TEMPLATE))
    qtbot.waitUntil(seen.also.isVisible)
    assert "more fields" in words_of(seen.also)


def test_the_newest_question_wins(desk, seen, unit, chat, template, qtbot):
    slow = chat(intro="Slow")
    seen.show_unit(unit({"messages": []}), slow)
    seen.show_unit(unit({"a": "y"}, {"text": "fast"}), template(TEMPLATE))
    qtbot.waitUntil(seen.page.isVisible)
    later = Later()
    desk.session.ask(lambda conn: "asked after", later.take)
    qtbot.waitUntil(lambda: later.found == ["asked after"])
    assert not seen.talk.isVisible()


def test_clear_shows_nothing(seen, unit, template):
    seen.show_unit(unit({"a": "y"}, {"text": "x"}), template(TEMPLATE))
    seen.clear()
    assert words_of(seen).strip() == ""
    assert not seen.browser.isVisible()


def test_open_in_browser_serves_the_page(seen, unit, template, qtbot, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    seen.show_unit(unit({"a": "y", "_noted": ["x"]}, {"text": "Is it?"}), template(TEMPLATE))
    seen.browser.click()
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].startswith("http://127.0.0.1:")
    with urlopen(opened[0] + "about", timeout=10) as answer:
        about = json.load(answer)
    assert about["page"]["answer"] == {"a": ["y"]}
    assert about["page"]["words"].startswith("unit 1, answered ")


def test_every_theme(seen, unit, template, form, theme):
    for run in (template(TEMPLATE), form(FORM)):
        seen.show_unit(unit({"a": "y", "why": "so"}, {"text": "x"}), run)
        theme.set(scheme="dark", scale=200)
        theme.set(scheme="light", scale=100)
