"""The report of a rehearsal: what is nothing is left out, hostile words stay words, the sums are the sums."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crowddesk.domain import WageAdvice
from crowddesk.operations.rehearsal import FaultMet, RehearsalReport
from crowddesk.ui.dialogs.rehearsal_report import RehearsalReportDialog
from crowddesk.ui.rehearsal_text import agreement, markdown, parts_of, wage_sentence

REPORT = RehearsalReport(
    run_id=7, title="Is it *kind*? <b>#1</b>", currency="GBP", places=60, arrived=63, at_work=0, submitted=60,
    awaiting=8, approved=50, rejected={"LOW_EFFORT": 2}, returned=2, timed_out=1, no_code=1, wrong_code=0,
    bonuses=3, rewards_minor=6250, fees_minor=2100, vat_minor=420, bonuses_minor=225, bonus_fees_minor=75,
    bonus_vat_minor=15, cost_of_awaiting=1336, study_cost=9085, median_seconds=371.0, wage=1213,
    advice=WageAdvice("GBP", 600, 900), faults=(FaultMet("act_then_drop", "does it, says nothing", 2),),
    endings={"done": 55, "waits for you": 1}, need_you=("Action 9, bonus of worker 3: no answer",),
    cannot_prove="It reproduces what is documented, and no more.",
)  # fmt: skip


def test_the_sums_are_the_sums():
    lines = {line.name: line.value for part in parts_of(REPORT) for line in part.lines}
    assert lines["Together"] == "90.85"
    assert lines["Fees"] == "21.75"
    assert lines["Tax on the fees"] == "4.35"
    assert lines["Rejected, low effort"] == "2"
    assert "Came back with a wrong code" not in lines
    assert agreement(REPORT) == (
        "✓ The ledger of payments and the vendor’s own call agree to the cent.",
        "good",
    )
    words, tone = agreement(dataclasses.replace(REPORT, study_cost=9084))
    assert tone == "danger"
    assert "GBP 90.85" in words
    assert "GBP 90.84" in words


@pytest.mark.parametrize(
    ("wage", "sign", "tone"),
    [(500, "✕", "danger"), (700, "●", "warning"), (900, "✓", "good"), (None, "", "muted")],
)
def test_the_wage_is_held_against_the_advice(wage, sign, tone):
    words, found = wage_sentence(dataclasses.replace(REPORT, wage=wage))
    assert words.startswith(sign)
    assert found == tone


def test_as_markdown_a_title_changes_nothing_but_its_own_line():
    text = markdown(REPORT)
    assert text.splitlines()[0] == r"# Rehearsal of Is it \*kind\*? \<b\>\#1\</b\>"
    assert "- act then drop: 2 (does it, says nothing)" in text
    assert "## Waits for you" in text
    assert text.rstrip().endswith("It reproduces what is documented, and no more.")
    quiet = dataclasses.replace(REPORT, faults=(), need_you=())
    assert "Faults met" not in markdown(quiet)


@pytest.fixture
def dialog(qtbot, theme):
    made = RehearsalReportDialog("Is it kind?")
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_waits_then_shows_all_and_copies_it(dialog, qtbot, words):
    assert not dialog.copy.isEnabled()
    assert dialog.text() == ""
    dialog.show_report(REPORT)
    said = words(dialog)
    for part in ("GBP 90.85", "63 people came to 60 places", "8 answers that wait", "act then drop"):
        assert part in said
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == markdown(REPORT)


def test_a_failure_keeps_the_report_of_before(dialog, qtbot, words):
    dialog.show_failure("The sandbox does not answer.")
    assert "does not answer" in words(dialog)
    assert not dialog.copy.isEnabled()
    assert dialog.refresh.isEnabled()
    dialog.show_report(REPORT)
    with qtbot.waitSignal(dialog.again):
        qtbot.mouseClick(dialog.refresh, Qt.MouseButton.LeftButton)
    dialog.show_failure("The sandbox does not answer.")
    assert dialog.copy.isEnabled()
    assert "GBP 90.85" in words(dialog)


def test_launching_for_real_is_asked_for_and_enter_never_does_it(dialog, qtbot):
    dialog.show_report(REPORT)
    with qtbot.assertNotEmitted(dialog.wanted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    dialog.show()
    with qtbot.waitSignal(dialog.wanted):
        qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
