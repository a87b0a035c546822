"""The list of masks keeps what was chosen while masks come, change and go."""

from __future__ import annotations

from crowddesk.operations.masks import DAMAGED
from crowddesk.ui.mask_list import MaskList


def test_a_list_of_masks_keeps_what_was_chosen(qtbot, theme):
    found = MaskList()
    qtbot.addWidget(found)
    told = []
    found.changed.connect(lambda: told.append(found.chosen()))
    found.set_masks({"a": {"pasted": True}, "b": {"seconds_below": 5}})
    found.choose(["b"])
    found.set_masks({"b": {"seconds_below": 6}, "c": {"pasted": False}})
    assert found.chosen() == ["b"]
    found.show_counts({"b": 1_234})
    assert found._counts["b"].text() == "1,234 out"
    found.set_masks({"c": {"pasted": False}})
    assert told[-1] == []


def test_a_mask_that_was_damaged_is_not_chosen_any_more(qtbot, theme):
    found = MaskList()
    qtbot.addWidget(found)
    found.set_masks({"a": {"pasted": True}, "b": {"seconds_below": 5}})
    found.choose(["a", "b"])
    with qtbot.waitSignal(found.changed):
        found.set_masks({"a": DAMAGED, "b": {"seconds_below": 5}})
    assert found.chosen() == ["b"]
    assert not found.boxes["a"].isEnabled()
    assert "damaged" in found.boxes["a"].accessibleDescription()
    assert found.buttons["a", "remove"].isEnabled()
    assert found.buttons["a", "edit"].isEnabled()
