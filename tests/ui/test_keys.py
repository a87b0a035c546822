"""Keys that can be chosen: what follows them, what clashes, and what a settings file may say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QAction, QKeySequence

from crowddesk.ui.controls import Button
from crowddesk.ui.keys import COMMANDS, FIXED, Keys, conflict, fixed_use, is_key, readable, sequences


def test_no_two_usual_keys_clash_and_none_is_taken_for_good(qapp):
    for command in COMMANDS:
        assert conflict({}, command.name, command.key) is None, command
        assert not fixed_use(command.key), command
        assert is_key(command.key)
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)
    assert all(is_key(key) for key, _ in FIXED)


def test_actions_and_buttons_follow(qtbot, theme):
    keys = Keys({"send": "Ctrl+Return"})
    action, button = QAction("Approve"), Button("Approve")
    qtbot.addWidget(button)
    keys.bind(action, "lists.approve")
    button.follow(keys, "lists.approve")
    assert (action.shortcut(), button.key) == (QKeySequence("A"), "A")
    wide = button.sizeHint().width()
    keys.take({"lists.approve": "Ctrl+Shift+Y"})
    assert (action.shortcut(), button.key) == (QKeySequence("Ctrl+Shift+Y"), "Ctrl+Shift+Y")
    assert "Ctrl+Shift+Y" in button.accessibleDescription()
    assert button.sizeHint().width() > wide
    keys.take({"lists.approve": ""})
    assert (action.shortcuts(), button.key, button.accessibleDescription()) == ([], "", "")
    assert not button.grab().isNull()
    with pytest.raises(KeyError):
        keys.of("nothing")


def test_return_is_enter_too(qapp):
    assert sequences("Ctrl+Return") == [QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")]
    assert sequences("A") == [QKeySequence("A")]
    assert sequences("") == []


def test_a_clash_is_within_a_place_and_with_what_is_everywhere(qapp):
    assert conflict({}, "review.approve", "S").name == "review.soft_reject"
    assert conflict({}, "review.approve", "Ctrl+K").name == "commands"
    assert conflict({}, "commands", "J").place in ("Review", "Lists")
    assert conflict({}, "lists.approve", "W") is None  # the review page's
    assert conflict({}, "lists.approve", "U").place == "Payments"  # which has a list inside
    assert conflict({}, "payments.retry", "A").name == "lists.approve"
    assert conflict({}, "requesters.compare", "A") is None
    assert conflict({"review.soft_reject": "Y"}, "review.approve", "S") is None
    assert conflict({}, "review.approve", "") is None
    assert fixed_use("Ctrl+Z") == "Undo"
    assert fixed_use("Up") == "Moves about"
    assert fixed_use("A") == ""


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({"lists.aprove": "Y"}, "Did you mean lists.approve?"),
        ({"lists.approve": "gurgle"}, "'gurgle' is no key"),
        ({"lists.approve": "\u202e"}, "is no key"),
        ({"lists.approve": "Shift"}, "is no key"),
        ({"lists.approve": "Ctrl+K, Ctrl+C"}, "is no key"),
        ({"lists.approve": "Ctrl+Z"}, "It stays what it is: Undo"),
        ({"lists.approve": "X"}, "X is the key of Reject…"),
        ({"lists.approve": "Y", "lists.reject": "Y"}, "Y is the key of"),
        ({"review.approve": "S", "review.soft_reject": "gurgle"}, "S is the key of Soft reject"),
    ],
)
def test_what_cannot_be_used_is_named_and_leaves_the_usual_key(qapp, chosen, words):
    keys = Keys(chosen)
    assert any(words in fault for fault in keys.faults)
    seen = set()
    for command in COMMANDS:
        place = (command.place, keys.of(command.name))
        assert place not in seen or not place[1]
        seen.add(place)


def test_two_may_swap(qapp):
    keys = Keys({"lists.approve": "S", "lists.soft_reject": "A"})
    assert keys.faults == []
    assert (keys.of("lists.approve"), keys.of("lists.soft_reject")) == ("S", "A")


@given(
    st.dictionaries(st.sampled_from([c.name for c in COMMANDS]) | st.text(max_size=8), st.text(max_size=8))
)
def test_any_settings_give_a_window_with_keys(chosen: dict[str, str]) -> None:
    kept, faults = readable(chosen)
    assert len(kept) + len(faults) == len(chosen)
    for name, key in kept.items():
        assert conflict(kept, name, key) is None
