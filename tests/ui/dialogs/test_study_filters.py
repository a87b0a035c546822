"""Filters of a study: chosen from the vendor's list, bounds that fit, ids kept until the list is there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crowddesk.ui.dialogs.study_filters import FilterDialog, FiltersEditor
from crowddesk.ui.dialogs.study_offers import FilterOffer, GroupsEditor, ProjectEditor, StudyOffers

AGE = FilterOffer("age", "Age", "How old are you?", "range", {}, "18", "100", "integer")
BORN = FilterOffer("born", "Date of birth", "", "range", {}, "1920-01-01", "2008-01-01", "date")
RATE = FilterOffer("rate", "Approval rate", "", "range", {}, "0", "100", "float")
HOME = FilterOffer("home", "Country", "Where do you live?", "select", {"1": "Ireland", "2": "Italy"})
ALLOWED = FilterOffer("custom_allowlist", "Custom allowlist", data_type="ParticipantID")
SEEN = FilterOffer("previous_studies_blocklist", "Not from these studies", data_type="StudyID")
OFFERS = StudyOffers((AGE, HOME, BORN, RATE), ("round 1", "round 2"), (("p1", "Pilot"), ("p2", "Main")))


@pytest.fixture
def shown(qtbot, theme):
    def show(widget):
        qtbot.addWidget(widget)
        widget.show()
        return widget

    return show


def test_a_filter_is_found_chosen_changed_and_removed(shown, qtbot, words):
    editor = shown(FiltersEditor())
    assert not editor.add.isEnabled()
    editor.show_offers(OFFERS)
    assert "Nobody is left out" in words(editor)
    qtbot.mouseClick(editor.add, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FilterDialog)
    assert not dialog.verb.isEnabled()
    qtbot.keyClicks(dialog.search, "live")
    assert dialog.question.text() == "Where do you live?"
    dialog.answers.tick("2")
    assert dialog.counted.text() == "1 of 2 answers chosen"
    with qtbot.waitSignal(editor.changed):
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert editor.value() == [{"filter": "home", "values": ["2"]}]
    assert "Italy" in words(editor)
    row = editor._lines.itemAt(0).widget()
    qtbot.mouseClick(row.change, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert dialog.windowTitle() == "Change “Country”"
    dialog.answers.tick("1")
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert editor.value() == [{"filter": "home", "values": ["1", "2"]}]
    editor.add.click()
    dialog = QApplication.activeModalWidget()
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == [
        "Age", "Date of birth", "Approval rate",
    ]  # fmt: skip
    dialog.reject()
    editor._lines.itemAt(0).widget().remove.click()
    assert editor.value() == []


@pytest.mark.parametrize(
    ("offer", "least", "most", "wrong"),
    [
        (AGE, "18", "30", ""),
        (AGE, "", "30", ""),
        (AGE, "", "", "Give a bound"),
        (AGE, "40", "30", "above the second"),
        (AGE, "17", "", "not within 18 to 100"),
        (AGE, "", "101", "not within"),
        (AGE, "twenty", "", "none of what is asked"),
        (AGE, "18.5", "", "none of what is asked"),
        (RATE, "99.5", "", ""),
        (RATE, "nan", "", "none of what is asked"),
        (BORN, "1990-05-01", "2000-12-31", ""),
        (BORN, "1990", "", "none of what is asked"),
    ],
)
def test_bounds_are_checked_as_they_are_typed(shown, offer, least, most, wrong):
    dialog = shown(FilterDialog([offer]))
    dialog.least.setText(least)
    dialog.most.setText(most)
    assert wrong in dialog.check()
    assert dialog.verb.isEnabled() == (not wrong)
    if not wrong:
        bounds = {name: text for name, text in (("lower", least), ("upper", most)) if text}
        assert dialog.value() == {"filter": offer.id, **bounds}


def test_ids_are_typed_one_a_line_and_counted(shown, qtbot, words):
    editor = shown(FiltersEditor())
    editor.show_offers(StudyOffers((ALLOWED, SEEN)))
    editor.add.click()
    dialog = QApplication.activeModalWidget()
    assert dialog.ids.isVisible()
    assert not dialog.answers.isVisible()
    assert (dialog.verb.isEnabled(), dialog.check()) == (False, "Write at least one participant id.")
    assert dialog._problem.isHidden()
    dialog.ids.setPlainText("5f1a\n\n 6b2c, 5f1a;7d3e\t")
    assert dialog.ids_counted.text() == "3 participant ids"
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert editor.value() == [{"filter": "custom_allowlist", "values": ["5f1a", "6b2c", "7d3e"]}]
    assert "3 participant ids" in words(editor)
    editor._lines.itemAt(0).widget().change.click()
    dialog = QApplication.activeModalWidget()
    assert dialog.ids.toPlainText() == "5f1a\n6b2c\n7d3e"
    dialog.ids.setPlainText("5f1a\nwho@example.org")
    assert dialog._problem.text() == "“who@example.org” is no participant id."
    assert not dialog.verb.isEnabled()
    dialog.ids.setPlainText("5f1a")
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert editor.value() == [{"filter": "custom_allowlist", "values": ["5f1a"]}]
    assert "5f1a" in words(editor)


def test_studies_that_the_vendor_names_are_ticked_others_are_typed(shown):
    assert shown(FilterDialog([SEEN])).check() == "Write at least one study id."
    named = FilterOffer("previous", "Earlier studies", choices={"s1": "Pilot"}, data_type="StudyID")
    dialog = shown(FilterDialog([named]))
    assert dialog.answers.isVisible()
    assert not dialog.ids.isVisible()


def test_a_run_files_filters_stay_until_the_list_is_there_and_unknown_ones_are_named(shown, words):
    editor = shown(FiltersEditor())
    given = [{"filter": "age", "lower": "18"}, {"filter": "gone", "values": ["7"]}]
    editor.set_value(given)
    assert editor.value() == given
    assert editor.problem() == ""
    assert "18 or more" in words(editor)
    editor.show_offers(OFFERS)
    assert editor.problem() == "Prolific has no filter gone."
    assert "no such filter" in words(editor)
    assert editor.value() == given


def test_a_list_that_cannot_be_read_says_why_and_is_asked_for_again(shown, qtbot, words):
    editor = shown(FiltersEditor())
    editor.show_offers(None, "The token is locked.")
    assert "The token is locked." in words(editor)
    assert not editor.add.isEnabled()
    with qtbot.waitSignal(editor.again):
        qtbot.mouseClick(editor._again, Qt.MouseButton.LeftButton)


def test_groups_are_added_by_name_and_taken_out(shown, qtbot):
    editor = shown(GroupsEditor())
    editor.set_value(["an old one"])
    assert not editor.add.isEnabled()
    editor.show_offers(OFFERS)
    with qtbot.waitSignal(editor.changed):
        editor.add.activated.emit(editor.add.findData("round 2"))
    assert editor.value() == ["an old one", "round 2"]
    assert editor.add.findData("round 2") == -1
    editor._remove("an old one")
    assert editor.value() == ["round 2"]


def test_a_project_that_is_not_offered_keeps_its_id(shown, words):
    editor = shown(ProjectEditor())
    assert editor.value() is None
    editor.set_value("p9")
    editor.show_offers(OFFERS)
    assert editor.value() == "p9"
    assert "no such project" in words(editor)
    editor.set_value("p2")
    editor.show_offers(OFFERS)
    assert editor.value() == "p2"
    assert "no such project" not in words(editor)
