"""A conversation in the preview: each person's own part, who is here, nothing that could be sent."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from crowddesk.ui.chat_view import ChatView
from crowddesk.ui.dialogs.launch_values import ChatPage

PAGE = ChatPage(
    people=2,
    intro="One of you sells a radio.",
    roles=("Buyer", "Seller"),
    role_texts=("You can pay at most 60.", "You want 40 at least."),
    least_messages=3,
)


@pytest.fixture
def view(qtbot, theme):
    made = ChatView()
    qtbot.addWidget(made)
    made.show()
    return made


def test_each_person_reads_their_own_part_alone(view, words):
    view.show_chat(PAGE)
    said = words(view)
    assert "You are Buyer." in said
    assert "at most 60" in said
    assert "40 at least" not in said
    assert "Here: you, Person 2 (Seller)" in said
    assert "at least 3 messages" in said
    view.person.setCurrentIndex(1)
    said = words(view)
    assert "You are Seller." in said
    assert "at most 60" not in said


def test_another_row_is_seen_by_the_same_person(view, words):
    view.show_chat(PAGE)
    view.person.setCurrentIndex(1)
    view.show_chat(ChatPage(2, "A clock.", (), ("b", "s"), 0))
    assert view.person.currentData() == 2
    assert "Person 2" in view.person.currentText()
    said = words(view)
    assert "You are" not in said
    assert "at least" not in said


def test_nothing_can_be_sent_and_a_huge_text_is_cut(view, words):
    view.show_chat(ChatPage(3, "x" * 100_000, (), (), 1))
    assert not any(button.isEnabled() for button in view.findChildren(QPushButton))
    assert len(words(view)) < 10_000
