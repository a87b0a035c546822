"""Labels and pay, before and after, are told in words as well as drawn."""

from __future__ import annotations

from crowddesk.ui.before_after import DataBar, LabelBars, PayTable


def test_counts_of_the_data_are_said(qtbot, theme):
    bar = DataBar()
    qtbot.addWidget(bar)
    bar.set_counts({"in": 1_200, "out": 3})
    assert bar.accessibleName() == "in 1,200, undecided 0, out 3"
    bar.grab()
    bar.set_counts({})
    bar.grab()


def test_bars_tell_the_most_frequent_and_the_others_together(qtbot, theme):
    bars = LabelBars()
    qtbot.addWidget(bars)
    bars.set_labels({}, {})
    assert bars.accessibleName() == "Answers by label: none"
    before = {f"label {n}": 100 - n for n in range(40)}
    bars.set_labels(before, {**before, "label 0": 0})
    assert "label 0 100 (3%) → 0 (0%)" in bars.accessibleName()
    assert "29 other answers" in bars.accessibleName()
    bars.resize(400, bars.sizeHint().height())
    bars.grab()
    bars.set_labels({"\u202egnp": 1}, {"\u202egnp": 1})
    assert "\u202e" not in bars.accessibleName()


def test_pay_and_data_are_told_apart(qtbot, theme):
    table = PayTable()
    qtbot.addWidget(table)
    table.set_counts({("paid", "in"): 1_200}, {("paid", "in"): 1_000, ("paid", "out"): 200})
    assert table.text_of("paid", "in") == "1,200 → 1,000"
    assert table.text_of("paid", "out") == "0 → 200"
    assert "paid, out: 200 answers" in table.accessibleName()
