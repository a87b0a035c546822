"""How a run is rehearsed, and the address that people come by: small dialogs, values in and out."""

from __future__ import annotations

import pytest

from crowddesk.ui.dialogs.public_address import PublicAddressDialog
from crowddesk.ui.dialogs.rehearse import RehearseDialog, RehearseValue


def test_there_are_more_people_than_places(qtbot, theme, words):
    dialog = RehearseDialog("Is it kind?", 60)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.value() == RehearseValue(90, 300.0, False)
    assert "60 places" in words(dialog)
    dialog.people.setText("1,200")
    dialog.bad_day.setChecked(True)
    dialog.speed.setCurrentIndex(0)
    assert dialog.value() == RehearseValue(1200, 60.0, True)


@pytest.mark.parametrize("text", ["0", "", "many", "-3", "20001", "99999999999"])
def test_a_number_of_people_that_cannot_be_is_refused(qtbot, theme, text):
    dialog = RehearseDialog("", 0)
    qtbot.addWidget(dialog)
    dialog.people.setText(text)
    assert not dialog.verb.isEnabled()
    assert "1 to 20,000" in dialog.check()


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("https://lab.example.org", True),
        ("https://lab.example.org/tasks", True),
        ("", True),
        ("http://lab.example.org", False),
        ("lab.example.org", False),
        ("https://lab.example.org?x=1", False),
    ],
)
def test_people_come_by_https_only(qtbot, theme, address, right):
    dialog = PublicAddressDialog("")
    qtbot.addWidget(dialog)
    dialog.address.setText(address)
    assert (dialog.check() == "") == right
    assert dialog.value() == address
