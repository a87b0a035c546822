"""Lists of choices: found by their words, ticked by click and key, with nothing lost that is not offered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from crowddesk.ui.check_list import CheckList, PickList

COUNTRIES = {"1": "United Kingdom", "2": "United States", "3": "Ireland"}


@pytest.fixture
def answers(qtbot, theme):
    made = CheckList()
    qtbot.addWidget(made)
    made.set_choices(COUNTRIES, ["3", "99"])
    made.resize(300, 200)
    made.show()
    return made


def test_what_is_chosen_and_not_offered_is_kept(answers):
    assert answers.chosen() == ["3", "99"]
    assert answers.count() == 4


def test_a_line_is_ticked_by_a_click_and_by_space(answers, qtbot):
    place = answers.visualItemRect(answers.item(1)).center()
    with qtbot.waitSignal(answers.ticked):
        qtbot.mouseClick(answers.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert answers.chosen() == ["2", "3", "99"]
    answers.setCurrentRow(0)
    with qtbot.waitSignal(answers.ticked):
        qtbot.keyClick(answers, Qt.Key.Key_Space)
    assert answers.chosen() == ["1", "2", "3", "99"]
    with qtbot.assertNotEmitted(answers.ticked):
        answers.tick("1")
    answers.tick("1", on=False)
    assert answers.chosen() == ["2", "3", "99"]


def test_a_search_hides_lines_and_unticks_none(answers):
    answers.search("united KING")
    assert [answers.item(row).isHidden() for row in range(4)] == [False, True, True, True]
    assert answers.chosen() == ["3", "99"]
    answers.search("")
    assert not any(answers.item(row).isHidden() for row in range(4))


def test_one_of_many_is_found_by_what_stands_behind_it_too(qtbot, theme):
    made = PickList()
    qtbot.addWidget(made)
    made.add("age", "Age", "What is your date of birth?")
    made.add("sex", "Sex", "What were you assigned?")
    made.setCurrentRow(1)
    made.search("birth")
    assert made.key() == "age"
    made.search("nothing has this")
    assert made.key() is None
    made.search("")
    made.go_to("sex")
    assert made.key() == "sex"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_drawn_in_both_schemes(answers, theme, scheme):
    theme.set(scheme=scheme, scale=200)
    assert not answers.grab().isNull()
