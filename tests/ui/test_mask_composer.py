"""A mask is composed by keys, and its rows and its line say the same."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crowddesk.operations.masks import check
from crowddesk.ui.mask_composer import Known, MaskComposer

Key = Qt.Key


@pytest.fixture
def composer(qtbot, theme):
    made = MaskComposer()
    qtbot.addWidget(made)
    made.set_known(Known(("spammer", "trusted"), ("flagged",), ("too fast",)))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def tab(qtbot):
    """Presses Tab; the widget that has the keyboard then."""
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Tab)
    return QApplication.focusWidget()


def tab_order(qtbot, first, last):
    """What Tab goes through from one widget until another."""
    first.setFocus()
    found = [first]
    while (widget := tab(qtbot)) is not last:
        assert len(found) < 50
        found.append(widget)
    return found


def test_a_mask_is_composed_by_keys_alone(composer, qtbot):
    """Tab, Enter, Space and letters: the first row, a second one, a group, and one row less."""
    told = []
    composer.changed.connect(lambda: told.append(composer.expression))
    composer.root.joined.setFocus()
    qtbot.keyClick(composer.root.joined, Key.Key_Down)
    composer.root.add.setFocus()
    qtbot.keyClick(composer.root.add, Key.Key_Space)
    (row,) = composer.root.rows()
    assert row.kind.hasFocus()
    assert composer.expression == {"seconds_below": 5}
    assert tab(qtbot) is row.value
    qtbot.keyClick(row.value, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(row.value, "12.5")
    qtbot.keyClick(row.value, Key.Key_Return)
    second = list(composer.root.rows())[1]
    assert second.kind.hasFocus()
    qtbot.keyClick(second.kind, Key.Key_P)  # more letters are one word only if they come quickly
    assert composer.expression == {"or": [{"seconds_below": 12.5}, {"pasted": True}]}
    assert composer.line.text() == "time < 12.5 s or pasted"
    second.negated.setFocus()
    qtbot.keyClick(second.negated, Key.Key_Space)
    assert composer.line.text() == "time < 12.5 s or not pasted"
    composer.root.add_group.setFocus()
    qtbot.keyClick(composer.root.add_group, Key.Key_Space)
    third = list(composer.root.rows())[2]
    assert third.kind.hasFocus()
    assert tab_order(qtbot, composer.root.joined, composer.line) == [
        widget for widget in composer.root.stops() if widget.isVisible()
    ][1:]  # fmt: skip
    qtbot.keyClick(third.kind, Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert composer.line.text() == "time < 12.5 s or not pasted"
    assert told[-1] == composer.expression
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.isVisible()


def test_what_is_typed_as_a_line_stands_in_the_rows(composer, qtbot):
    line = 'time < 5 s or (gold < 60 % and not tag:trusted and status:rejected,completed) or worker:A1,"B 2"'
    composer.line.setFocus()
    qtbot.keyClicks(composer.line, line)
    assert composer.problem == ""
    assert composer.line.text() == line
    rows = list(composer.root.rows())
    assert [row.kind.currentData() for row in rows] == [
        "seconds_below", "gold_below", "worker_tag", "status", "worker",
    ]  # fmt: skip
    assert rows[1].value.text() == "60"
    assert rows[2].named.currentText() == "trusted"
    assert rows[3].several.chosen() == ["completed", "rejected"]
    assert rows[4].value.text() == 'A1, "B 2"'
    rows[1].value.setText("70")
    assert "gold < 70 %" in composer.line.text()


def test_what_is_wrong_is_said_where_it_is(composer, qtbot):
    composer.line.setFocus()
    qtbot.keyClicks(composer.line, "time > 5")
    assert composer.expression is None
    assert composer.problem == "At letter 6: expected < after time, found '>'."
    assert composer._said.isVisible()
    composer.set_expression({"gold_below": 0.5})
    assert not composer._said.isVisible()
    (row,) = composer.root.rows()
    row.value.setText("many")
    assert composer.problem == "Right on gold units, under: enter a number."
    assert row.value.property("wrong")
    row.value.setText("160")
    assert "from 0 to 1" in composer.problem
    row.value.setText("16")
    assert composer.expression == {"gold_below": 0.16}


def test_what_is_not_chosen_yet_says_nothing(composer):
    row = composer.root.add_row(focus=True)
    for key in ("worker_tag", "unit_tag", "mask", "worker", "status", "dataset"):
        row.kind.setCurrentIndex(row.kind.findData(key))
        assert composer.expression is None
        assert composer.problem == ""
    row.several._actions["out"].setChecked(True)
    assert composer.expression == {"dataset": ["out"]}
    row.kind.setCurrentIndex(row.kind.findData("mask"))
    assert [row.named.itemText(i) for i in range(row.named.count())] == ["too fast"]
    row.named.setEditText("too fast")
    assert composer.expression == {"mask": "too fast"}


def test_a_long_mask_is_a_line_and_a_huge_one_is_only_shown(composer):
    many = {"or": [{"worker": [f"W{n}"]} for n in range(80)]}
    composer.set_expression(many)
    assert not composer.root.isVisible()
    assert not composer.line.isReadOnly()
    assert composer.expression == many
    huge = {"worker": [f"W{n:05}" for n in range(9_000)]}
    composer.set_expression(huge)
    assert composer.line.isReadOnly()
    assert composer.expression == huge
    composer.clear()
    assert composer.root.isVisible()
    assert not composer.line.isReadOnly()
    assert composer.expression is None


_LEAF = st.one_of(
    st.builds(lambda x: {"seconds_below": x}, st.floats(0, 1e9)),
    st.builds(lambda x: {"straight_above": x}, st.floats(0, 1)),
    st.builds(lambda x: {"pasted": x}, st.booleans()),
    st.builds(lambda x: {"worker_tag": x}, st.sampled_from(["a", "b c", "not"])),
    st.builds(lambda x: {"worker": x}, st.lists(st.sampled_from(["A1", "B, 2", '"']), min_size=1)),
    st.builds(lambda x: {"dataset": [x]}, st.sampled_from(["in", "out"])),
)
_MASKS = st.recursive(
    _LEAF,
    lambda part: st.one_of(
        st.builds(lambda x: {"and": x}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda x: {"or": x}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda x: {"not": x}, part),
    ),
    max_leaves=6,
)


def plain(expression):
    """The same without groups of one and without flags that are off."""
    ((key, value),) = expression.items()
    if key in ("and", "or"):
        return plain(value[0]) if len(value) == 1 else {key: [plain(part) for part in value]}
    if key == "not":
        inner = plain(value)
        return {"not": inner}
    return {"not": {key: True}} if value is False else expression


def without_double_nots(expression):
    ((key, value),) = expression.items()
    if key in ("and", "or"):
        return {key: [without_double_nots(part) for part in value]}
    if key == "not":
        inner = without_double_nots(value)
        return inner.get("not", {"not": inner})
    return expression


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_MASKS)
def test_rows_say_what_they_were_given(composer, expression):
    check(expression)
    composer.set_expression(json.loads(json.dumps(expression)))
    assert composer.expression == expression
    composer.hear()  # somebody touched a row: now the rows are what counts
    assert composer.problem == ""
    assert without_double_nots(plain(composer.expression)) == without_double_nots(plain(expression))
