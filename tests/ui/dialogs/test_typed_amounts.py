"""Amounts and numbers as people write them where they live: typed, shown, and typed back."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk import language
from crowddesk.domain import BadInput
from crowddesk.language import Language
from crowddesk.ui.dialogs.fair_pay import CompensateDialog, FairPayDialog
from crowddesk.ui.dialogs.launch_values import PayFields
from crowddesk.ui.dialogs.launch_view import RowNumber
from crowddesk.ui.dialogs.money import BonusDialog, QualificationDialog
from crowddesk.ui.dialogs.rehearse import RehearseDialog
from crowddesk.ui.dialogs.study_filters import FilterDialog
from crowddesk.ui.dialogs.study_offers import FilterOffer
from crowddesk.ui.forms import Form
from crowddesk.ui.words import amount_to_type, amount_typed, whole_typed

GERMAN = Language(decimal_point=",", group_sign=".", money="{amount} {currency}")
FRENCH = Language(decimal_point=",", group_sign="\u202f")


@pytest.fixture
def speak():
    yield language.speak
    language.speak(language.ENGLISH)


@pytest.fixture
def shown(qtbot, theme):
    def show(widget):
        qtbot.addWidget(widget)
        widget.show()
        return widget

    return show


@pytest.mark.parametrize(
    ("spoken", "typed", "minor"),
    [
        (language.ENGLISH, "1.50", 150),
        (language.ENGLISH, " 1234.5 ", 123_450),
        (language.ENGLISH, "1,50", 150),
        (GERMAN, "1,50", 150),
        (GERMAN, "1.50", 150),
        (GERMAN, "0,05", 5),
        (GERMAN, "-3,20", -320),
        (FRENCH, "12", 1_200),
    ],
)
def test_an_amount_is_typed_with_a_point_or_a_comma(speak, spoken, typed, minor):
    speak(spoken)
    assert amount_typed(typed, "GBP") == minor


@pytest.mark.parametrize(("spoken", "example"), [(language.ENGLISH, "1234.56"), (GERMAN, "1234,56")])
@pytest.mark.parametrize("typed", ["1,000", "1.000", "12.345"])
def test_what_may_group_thousands_is_refused_with_how_to_write_it(speak, spoken, example, typed):
    speak(spoken)
    with pytest.raises(BadInput, match=f"can be read in two ways: write it like {example}"):
        amount_typed(typed, "GBP")


@pytest.mark.parametrize("typed", ["", "ten", "1,2,3", "1.000,50", "1,000.50", "1 000", "0.001", "½"])
def test_what_is_no_amount_is_refused_in_every_language(speak, typed):
    for spoken in (language.ENGLISH, GERMAN):
        speak(spoken)
        with pytest.raises(BadInput):
            amount_typed(typed, "GBP")


def test_currencies_of_other_digits_have_their_own_examples(speak):
    speak(GERMAN)
    assert amount_typed("1,234", "KWD") == 1_234
    with pytest.raises(BadInput, match="write it like 1234,567"):
        amount_typed("1.234", "KWD")
    assert amount_typed("1500", "JPY") == 1_500
    with pytest.raises(BadInput, match=r"write it like 1234\."):
        amount_typed("1.500", "JPY")


@given(st.integers(-(10**12), 10**12), st.sampled_from(["GBP", "JPY", "KWD"]), st.sampled_from([".", ","]))
def test_what_stands_in_a_field_can_be_typed_back(minor, currency, point):
    language.speak(Language(decimal_point=point))
    try:
        assert amount_typed(amount_to_type(minor, currency), currency) == minor
    finally:
        language.speak(language.ENGLISH)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1500", 1_500), ("1,500", 1_500), ("1.500", 1_500), ("1\u202f500", 1_500), ("1’500", 1_500),
        (" 7 ", 7), ("1,50", None), ("15,00", None), ("-3", None), ("", None), ("1.5", None),
        ("9" * 18, None),
    ],
)  # fmt: skip
def test_a_whole_number_is_typed_with_its_thousands_grouped_or_not(typed, number):
    assert whole_typed(typed) == number


def test_a_bonus_is_typed_as_the_user_writes_it(speak, shown):
    speak(GERMAN)
    dialog = shown(BonusDialog(["A1"], "GBP", available=1_000))
    assert dialog._amount.placeholderText() == "0,50"
    dialog._amount.setText("1,50")
    dialog.show_fee(150, 30)
    dialog._reason.setPlainText("Danke")
    assert dialog.verb.text() == "Pay 1,80 GBP"
    assert dialog.value().amount == 150
    assert dialog.asked() == ("1.50", "Danke")
    dialog._amount.setText("1,000")
    assert dialog.verb.toolTip() == "1,000 can be read in two ways: write it like 1234,56."
    assert not dialog.verb.isEnabled()


def test_what_a_dialog_offers_can_be_typed_back_and_copied_as_a_line(speak, shown):
    speak(GERMAN)
    person = SimpleNamespace(worker_name="A1", compensated=False)
    dialog = shown(CompensateDialog(7, [person], 1_250, "GBP", "practice"))
    assert dialog.amount.text() == "12,50"
    dialog.reason.setPlainText("Es lag an uns.")
    assert dialog.value() == (1_250, "Es lag an uns.")
    assert dialog.verb.text() == "Pay 12,50 GBP"
    line = list(dialog.command_line())
    assert line[line.index("--amount") + 1] == "12.50"


def test_a_target_is_typed_as_the_user_writes_it(speak, shown):
    speak(GERMAN)
    dialog = shown(FairPayDialog(7, "Round 3", "GBP", 1_250, "practice"))
    assert dialog.target.text() == "12,50"
    assert dialog.target_minor() == 1_250
    dialog.target.setText("9,75")
    line = list(dialog.command_line())
    assert line[line.index("--target") + 1] == "9.75"
    dialog.target.setText("1.000")
    assert dialog.check() == "1.000 can be read in two ways: write it like 1234,56."


def test_the_pay_of_a_run_goes_into_its_file_with_a_point(speak, shown):
    speak(GERMAN)
    form = shown(Form(PayFields, values={"reward": "0.15", "currency": "GBP"}))
    assert form.editor("reward").text() == "0,15"
    form.editor("reward").setText("0,20")
    form.editor("estimated_minutes").setText("1,5")
    form.editor("units_per_assignment").setText("3")
    found = form.right_values()
    assert Decimal(found["reward"]) == Decimal("0.20")
    assert (found["estimated_minutes"], found["units_per_assignment"]) == (1.5, 3)


def test_bounds_of_a_filter_reach_the_vendor_with_a_point(speak, shown):
    speak(GERMAN)
    offer = FilterOffer("rate", "Approval rate", "", "range", {}, "0", "100", "float")
    dialog = shown(FilterDialog([offer], given={"lower": "97.5"}))
    assert dialog.least.text() == "97,5"
    assert dialog.value() == {"filter": "rate", "lower": "97.5"}
    dialog.most.setText("99,5")
    assert (dialog.check(), dialog.value()["upper"]) == ("", "99.5")


def test_whole_numbers_are_taken_grouped(speak, shown):
    speak(GERMAN)
    rehearse = shown(RehearseDialog("Round 3", 100))
    rehearse.people.setText("1.500")
    assert rehearse.value().people == 1_500
    grant = shown(QualificationDialog("grant", ["A1"], ["fluent"]))
    grant._name.setCurrentText("fluent")
    for typed, value in (("1.500", 1_500), ("-2", -2)):
        grant._value.setText(typed)
        assert (grant.check(), grant.value().value) == ("", value)
    grant._value.setText("1,5")
    assert grant.check() == "The value is a whole number."
    row = shown(RowNumber())
    row.show_number(1, 5_000)
    row.setText("1.200")
    row._take()
    assert row.number == 1_200
