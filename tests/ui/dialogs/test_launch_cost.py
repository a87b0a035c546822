"""The cost and the wage before a launch: the vendor's own figure, the advice in words, what is left."""

from __future__ import annotations

import pytest

from crowddesk.blueprints.data_files import Problems
from crowddesk.domain import WageAdvice
from crowddesk.operations.estimate import Estimate
from crowddesk.ui.dialogs.launch_cost import CostCard, cost_words, wage_words
from crowddesk.ui.dialogs.launch_values import LaunchCheck, LaunchProblem

ADVICE = WageAdvice("GBP", minimum=600, recommended=900)


def estimate(**more) -> Estimate:
    values = {
        "items": 20, "standard_units": 60, "gold_units": 0, "screening_units": 0, "currency": "GBP",
        "reward": 125, "fee": 42, "budget": 15_000, "problems": Problems(), "wage": 1250,
        "wage_advice": ADVICE, "vendor_total": 9_998,
    }  # fmt: skip
    return Estimate(**{**values, **more})


@pytest.mark.parametrize(
    ("wage", "sign", "tone"),
    [(599, "✕ Below the minimum", "danger"), (600, "● Above", "warning"), (900, "✓ At or above", "good")],
)
def test_a_wage_is_judged_in_words_and_tone(wage, sign, tone):
    words, found = wage_words(wage, "GBP", ADVICE)
    assert words.startswith(sign)
    assert found == tone
    assert "GBP 6.00" in words
    assert "GBP 9.00" in words


def test_advice_in_another_currency_is_none():
    assert wage_words(1, "USD", ADVICE) == ("", "muted")
    assert wage_words(1, "USD", None) == ("", "muted")


def test_the_vendors_own_figure_counts_where_it_is_more():
    cost = estimate(vendor_total=10_100)
    words = cost_words(cost, 20_000)
    assert words == (
        "60 units × GBP 1.25 = GBP 75.00, and GBP 26.00 in fees. The budget of GBP 150.00 leaves GBP 49.00. "
        "Balance after: GBP 99.00."
    )


def test_too_little_money_is_said_with_how_much():
    assert "✕ The account has GBP 10.00: GBP 90.20 too little." in cost_words(estimate(), 1_000)
    over = cost_words(estimate(budget=10_000), None)
    assert "That is GBP 0.20 over the budget of GBP 100.00." in over
    assert "no budget cap" in cost_words(estimate(budget=None))


def test_the_card_keeps_amounts_whole_and_says_what_is_not_known_yet(qtbot, theme):
    card = CostCard()
    qtbot.addWidget(card)
    card.resize(560, 120)
    card.show()
    assert card.cost.text() == card.wage.text() == "–"
    card.show_check(LaunchCheck(cost=estimate(wage=500), balance=1_000))
    assert card.cost.text() == "GBP 100.20"
    assert card.wage.text() == "GBP 5.00"
    assert "GBP\N{NO-BREAK SPACE}6.00" in card.wage_parts.text()
    assert card.wage_parts.property("tone") == card.cost_parts.property("tone") == "danger"
    card.show_check(LaunchCheck(cost=estimate(wage=None)))
    assert "Give the minutes" in card.wage_parts.text()
    card.show_check(LaunchCheck(read=True))
    assert "once the account can launch it" in card.cost_parts.text()
    theme.set(scale=200)
    card.resize(300, 100)
    card.show_check(LaunchCheck(cost=estimate(), balance=50_000))
    needed = sum(part.heightForWidth(300) for part in (card.cost_parts, card.wage_parts))
    qtbot.waitUntil(lambda: card.minimumHeight() > needed)


def test_what_only_the_vendor_says_no_to_can_be_rehearsed():
    locked = LaunchProblem("", "The token is locked.", rehearsable=True)
    check = LaunchCheck(problems=(locked,), read=True)
    assert check.can_rehearse
    assert not check.can_launch
    assert not LaunchCheck(problems=(locked, LaunchProblem("a", "b")), read=True).can_rehearse
    assert not LaunchCheck(read=True, needed=("title",)).can_rehearse
    assert LaunchCheck(read=True, hosting_fault="Nobody could.").can_rehearse
    whole = LaunchCheck(read=True, cost=estimate())
    assert whole.can_launch
    assert not LaunchCheck(read=True, cost=estimate(budget=1)).can_rehearse
    assert not LaunchCheck(read=True, cost=estimate(), hosting_fault="Nobody could.").can_launch
