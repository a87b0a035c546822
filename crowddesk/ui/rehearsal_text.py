"""What came of a rehearsal, in words and rows: for its dialog, and as Markdown to keep. No widget in here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crowddesk.domain import money_text
from crowddesk.language import number_text, say, say_count
from crowddesk.ui.words import category_name, duration_text

if TYPE_CHECKING:
    from crowddesk.operations.rehearsal import RehearsalReport


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a part: what it is about, its figure or word, and perhaps what that means."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of the report."""

    title: str
    lines: tuple[Line, ...]


def parts_of(found: RehearsalReport) -> list[Part]:
    """The parts of a report that have something to say, in the order they are read."""
    made = [
        Part(say("People"), tuple(_people(found))),
        Part(say("Decisions"), tuple(_decisions(found))),
        Part(say("Cost, {currency}", currency=found.currency), tuple(_cost(found))),
        Part(say("Calls to the vendor"), tuple(_calls(found))),
        Part(
            say("Faults met"),
            tuple(Line(f.kind.replace("_", " "), number_text(f.times), f.meaning) for f in found.faults),
        ),
        Part(say("Waits for you"), tuple(Line(plea, "") for plea in found.need_you)),
    ]
    return [part for part in made if part.lines]


def wage_sentence(found: RehearsalReport) -> tuple[str, str]:
    """How the wage that people had stands to the vendor's advice, and its tone; "" where it is not known."""
    if found.wage is None:
        return "", "muted"
    hour = money_text(found.wage, found.currency)
    pace = duration_text(found.median_seconds)
    words = say(
        "{wage} an hour, by the {time} that the simulated people in the middle took.", wage=hour, time=pace
    )
    if found.advice is None:
        return words, "muted"
    least = money_text(found.advice.minimum, found.advice.currency)
    better = money_text(found.advice.recommended, found.advice.currency)
    if found.wage < found.advice.minimum:
        below = say(
            "That is below the minimum of {least}; {better} is recommended.", least=least, better=better
        )
        return f"✕ {words} {below}", "danger"
    if found.wage < found.advice.recommended:
        below = say("That is below the {better} that is recommended.", better=better)
        return f"● {words} {below}", "warning"
    advice = say("{better} is recommended.", better=better)
    return f"✓ {words} {advice}", "good"


def agreement(found: RehearsalReport) -> tuple[str, str]:
    """Whether the ledger and the vendor's own call say the same, and the tone of that."""
    if found.agrees:
        return say("✓ The ledger of payments and the vendor’s own call agree to the cent."), "good"
    told = money_text(found.study_cost, found.currency)
    paid = money_text(found.cost, found.currency)
    words = say("✕ The ledger has {paid}, but the vendor’s own call says {told}.", paid=paid, told=told)
    return words, "danger"


def markdown(found: RehearsalReport) -> str:
    """All of it as Markdown."""
    text = ["# " + say("Rehearsal of {title}", title=_plain(found.title)), "", *_summary(found)]
    for part in parts_of(found):
        text += ["", f"## {part.title}", ""]
        text += [f"- {_plain(line.name)}{_tail(line)}" for line in part.lines]
    return "\n".join([*text, "", "## " + say("What this cannot prove"), "", found.cannot_prove, ""])


def _summary(found: RehearsalReport) -> Iterator[str]:
    cost = money_text(found.cost, found.currency)
    yield say("Run {run} would have cost {money} until now.", run=found.run_id, money=cost)
    for words, _ in (wage_sentence(found), agreement(found)):
        if words:
            yield ""
            yield words


def _tail(line: Line) -> str:
    value = f": {line.value}" if line.value else ""
    return value + (f" ({_plain(line.note)})" if line.note else "")


def _plain(text: str) -> str:
    """One line, with no sign that Markdown would take for its own."""
    one = " ".join(text.split())
    for sign in "\\`*_[]<>#|":
        one = one.replace(sign, f"\\{sign}")
    return one


def _people(found: RehearsalReport) -> Iterator[Line]:
    yield Line(say("Places"), number_text(found.places))
    yield Line(say("Came"), number_text(found.arrived))
    yield Line(say("Submitted"), number_text(found.submitted))
    for name, number in (
        (say("At work still"), found.at_work),
        (say("Returned their place"), found.returned),
        (say("Ran out of time"), found.timed_out),
        (say("Came back without a code"), found.no_code),
        (say("Came back with a wrong code"), found.wrong_code),
    ):
        if number:
            yield Line(name, number_text(number))


def _decisions(found: RehearsalReport) -> Iterator[Line]:
    yield Line(say("Approved"), number_text(found.approved))
    if found.awaiting:
        more = money_text(found.cost_of_awaiting, found.currency)
        yield Line(
            say("Not decided yet"),
            number_text(found.awaiting),
            say("{money} more if they are approved", money=more),
        )
    for category, number in found.rejected.items():
        yield Line(say("Rejected, {why}", why=category_name(category).lower()), number_text(number))
    if found.bonuses:
        yield Line(say("Bonuses paid"), number_text(found.bonuses))


def _cost(found: RehearsalReport) -> Iterator[Line]:
    def amount(minor: int) -> str:
        return money_text(minor, found.currency, with_currency=False)

    yield Line(say("Rewards"), amount(found.rewards_minor))
    if found.bonuses_minor:
        yield Line(say("Bonuses"), amount(found.bonuses_minor))
    yield Line(say("Fees"), amount(found.fees_minor + found.bonus_fees_minor))
    tax = found.vat_minor + found.bonus_vat_minor
    if tax:
        yield Line(say("Tax on the fees"), amount(tax))
    yield Line(say("Together"), amount(found.cost))


def _calls(found: RehearsalReport) -> Iterator[Line]:
    for how, number in found.endings.items():
        yield Line(how[:1].upper() + how[1:], number_text(number), "")


def people_words(found: RehearsalReport) -> str:
    """Who came, in a sentence."""
    places = say_count("%n places", "%n place", found.places)
    came = say_count("%n people", "%n person", found.arrived)
    return say(
        "{people} came to {places}; {submitted:,} submitted.",
        people=came,
        places=places,
        submitted=found.submitted,
    )
