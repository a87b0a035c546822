"""A form drawn natively: what it asks, what its conditions hide, an answer to be read, hostile cells."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QScrollArea

from crowddesk.blueprints.data_files import Problems
from crowddesk.blueprints.form_file import read_form
from crowddesk.ui.form_view import FormView

FORM = """
title: "A visit to {{stall}}"
intro: "Go **there** and [read](https://example.org/{{stall}})."
submit: Hand in
fields:
  - {type: show_text, label: "About {{stall}}", text: "Said: {{stall}}"}
  - {type: show_image, src: "https://example.org/{{stall}}.png", label: Picture}
  - {name: open, type: single, label: Open, required: yes, other: Else,
     options: ["yes", {value: "no", label: "No & never"}]}
  - {name: sells, type: multiple, label: Sells, help: Tick all, options: [fruit, bread],
     show_if: {open: "yes"}}
  - {name: price, type: number, label: Price, min: 0, show_if: {open: "yes", sells: [fruit]}}
  - {name: rate, type: scale, label: Rate, scale: {from: 1, to: 7, from_label: bad, to_label: good}}
  - {name: day, type: date, label: Day}
  - {name: story, type: long_text, label: Story, show_if: {rate: [1, 7]}}
  - {name: proof, type: file, label: Proof}
"""
VALUES = {"stall": "Abel's van"}


@pytest.fixture
def form():
    problems = Problems()
    made = read_form(FORM, "form.yaml", problems)
    assert made is not None, problems.text()
    return made


@pytest.fixture
def view(qtbot, theme):
    area = QScrollArea()
    made = FormView()
    area.setWidget(made)
    area.setWidgetResizable(True)
    area.resize(480, 700)
    qtbot.addWidget(area)
    area.show()
    yield made
    area.hide()


def words(view: FormView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def test_a_form_is_asked_with_the_columns_of_its_item(view, form):
    view.show_form(form, VALUES)
    shown = words(view)
    assert "A visit to Abel's van" in shown
    assert "<b>there</b>" in shown
    assert "Said: Abel&#x27;s van" in shown
    assert "Picture, not loaded here: https://example.org/Abel's van.png" in shown
    assert "Sells" not in shown
    assert "Price (optional)" not in shown
    assert "1: bad, 7: good" in shown
    assert view.shown_names() == ["open", "rate", "day", "proof"]


def test_conditions_hold_as_they_do_in_the_page(qtbot, view, form):
    view.show_form(form, VALUES)
    with qtbot.waitSignal(view.changed):
        view.editor("open").buttons["yes"].click()
    assert view.shown_names() == ["open", "sells", "rate", "day", "proof"]
    view.editor("sells").buttons["fruit"].click()
    assert "price" in view.shown_names()
    qtbot.keyClicks(view.editor("price").line, "1.50")
    view.editor("rate").buttons["7"].click()
    assert "story" in view.shown_names()
    assert view.answer() == {"open": "yes", "sells": ["fruit"], "price": "1.50", "rate": "7"}
    view.editor("open").buttons["no"].click()
    assert view.shown_names() == ["open", "rate", "day", "story", "proof"]


def test_a_click_on_the_words_of_an_option_chooses_it(qtbot, view, form):
    view.show_form(form, VALUES)
    label = next(one for one in view.findChildren(QLabel) if one.text() == "No & never")
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    assert view.answer() == {"open": "no"}
    assert view.editor("open").buttons["no"].accessibleName() == "No & never"


def test_the_free_option_opens_its_line(qtbot, view, form):
    view.show_form(form, VALUES)
    line = view.editor("open").words
    assert isinstance(line, QLineEdit)
    assert not line.isVisible()
    view.editor("open").buttons["other"].click()
    assert line.isVisible()
    qtbot.keyClicks(line, "on Mondays")
    assert view.answer() == {"open": "other", "open_other": "on Mondays"}


def test_a_form_that_is_drawn_anew_keeps_what_was_tried_out(view, form):
    view.show_form(form, VALUES)
    view.editor("open").buttons["yes"].click()
    view.editor("sells").buttons["fruit"].click()
    view.show_form(form, {"stall": "Another"}, view.answer())
    assert "A visit to Another" in words(view)
    assert view.answer() == {"open": "yes", "sells": ["fruit"]}
    assert "price" in view.shown_names()


def test_an_answer_is_read_and_not_changed(qtbot, view, form):
    answer = {
        "open": "perhaps", "rate": 7, "day": "2026-05-01", "story": "שלום 😀\u202e",
        "proof": {"file": "a.png", "size": 3},
    }  # fmt: skip
    view.show_form(form, VALUES, answer, read_only=True)
    shown = words(view)
    assert "Answered, but not offered: 'perhaps'" in shown
    assert "a.png" in shown
    assert view.editor("rate").buttons["7"].isChecked()
    assert view.editor("story").area.toPlainText() == "שלום 😀"
    other = view.editor("rate").buttons["2"]
    assert view.childAt(other.mapTo(view, other.rect().center())) is not other
    assert other.focusPolicy() == Qt.FocusPolicy.NoFocus
    label = next(one for one in view.findChildren(QLabel) if one.text() == "No & never")
    qtbot.mouseClick(label, Qt.MouseButton.LeftButton)
    assert not view.editor("open").buttons["no"].isChecked()
    qtbot.keyClicks(view.editor("day").line, "x")
    assert view.editor("day").line.text() == "2026-05-01"


def test_a_cell_of_ten_megabytes_is_cut(view, form):
    view.show_form(form, {"stall": "word " * 2_000_000})
    assert len(words(view)) < 60_000


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=40),
    st.dictionaries(
        st.sampled_from(["open", "sells", "rate", "day", "story", "proof", "price", "open_other"]),
        st.none()
        | st.integers()
        | st.floats()
        | st.text(max_size=9)
        | st.lists(st.text(max_size=4), max_size=3),
    ),
)
def test_any_item_and_any_answer_can_be_shown(view, form, cell, answer):
    view.show_form(form, {"stall": cell}, answer, read_only=True)
    assert "open" in view.shown_names()
