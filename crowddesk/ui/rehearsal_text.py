"""What came of a rehearsal, in words and rows: for its dialog, and as Markdown to keep. No widget in here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crowddesk.domain import money_text
from crowddesk.language import number_text, say_count
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
        Part("People", tuple(_people(found))),
        Part("Decisions", tuple(_decisions(found))),
        Part(f"Cost, {found.currency}", tuple(_cost(found))),
        Part("Calls to the vendor", tuple(_calls(found))),
        Part(
            "Faults met",
            tuple(Line(f.kind.replace("_", " "), number_text(f.times), f.meaning) for f in found.faults),
        ),
        Part("Waits for you", tuple(Line(plea, "") for plea in found.need_you)),
    ]
    return [part for part in made if part.lines]


def wage_sentence(found: RehearsalReport) -> tuple[str, str]:
    """How the wage that people had stands to the vendor's advice, and its tone; "" where it is not known."""
    if found.wage is None:
        return "", "muted"
    hour = money_text(found.wage, found.currency)
    pace = duration_text(found.median_seconds)
    words = f"{hour} an hour, by the {pace} that the simulated people in the middle took."
    if found.advice is None:
        return words, "muted"
    least = money_text(found.advice.minimum, found.advice.currency)
    better = money_text(found.advice.recommended, found.advice.currency)
    if found.wage < found.advice.minimum:
        return f"✕ {words} That is below the minimum of {least}; {better} is recommended.", "danger"
    if found.wage < found.advice.recommended:
        return f"● {words} That is below the {better} that is recommended.", "warning"
    return f"✓ {words} {better} is recommended.", "good"


def agreement(found: RehearsalReport) -> tuple[str, str]:
    """Whether the ledger and the vendor's own call say the same, and the tone of that."""
    if found.agrees:
        return "✓ The ledger of payments and the vendor’s own call agree to the cent.", "good"
    told = money_text(found.study_cost, found.currency)
    paid = money_text(found.cost, found.currency)
    return f"✕ The ledger has {paid}, but the vendor’s own call says {told}.", "danger"


def markdown(found: RehearsalReport) -> str:
    """All of it as Markdown."""
    text = [f"# Rehearsal of {_plain(found.title)}", "", *_summary(found)]
    for part in parts_of(found):
        text += ["", f"## {part.title}", ""]
        text += [f"- {_plain(line.name)}{_tail(line)}" for line in part.lines]
    return "\n".join([*text, "", "## What this cannot prove", "", found.cannot_prove, ""])


def _summary(found: RehearsalReport) -> Iterator[str]:
    yield f"Run {found.run_id} would have cost {money_text(found.cost, found.currency)} until now."
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
    yield Line("Places", number_text(found.places))
    yield Line("Came", number_text(found.arrived))
    yield Line("Submitted", number_text(found.submitted))
    for name, number in (
        ("At work still", found.at_work),
        ("Returned their place", found.returned),
        ("Ran out of time", found.timed_out),
        ("Came back without a code", found.no_code),
        ("Came back with a wrong code", found.wrong_code),
    ):
        if number:
            yield Line(name, number_text(number))


def _decisions(found: RehearsalReport) -> Iterator[Line]:
    yield Line("Approved", number_text(found.approved))
    if found.awaiting:
        more = money_text(found.cost_of_awaiting, found.currency)
        yield Line("Not decided yet", number_text(found.awaiting), f"{more} more if they are approved")
    for category, number in found.rejected.items():
        yield Line(f"Rejected, {category_name(category).lower()}", number_text(number))
    if found.bonuses:
        yield Line("Bonuses paid", number_text(found.bonuses))


def _cost(found: RehearsalReport) -> Iterator[Line]:
    def amount(minor: int) -> str:
        return money_text(minor, found.currency, with_currency=False)

    yield Line("Rewards", amount(found.rewards_minor))
    if found.bonuses_minor:
        yield Line("Bonuses", amount(found.bonuses_minor))
    yield Line("Fees", amount(found.fees_minor + found.bonus_fees_minor))
    tax = found.vat_minor + found.bonus_vat_minor
    if tax:
        yield Line("Tax on the fees", amount(tax))
    yield Line("Together", amount(found.cost))


def _calls(found: RehearsalReport) -> Iterator[Line]:
    for how, number in found.endings.items():
        yield Line(how[:1].upper() + how[1:], number_text(number), "")


def people_words(found: RehearsalReport) -> str:
    """Who came, in a sentence."""
    places = say_count("%n places", "%n place", found.places)
    return f"{say_count('%n people', '%n person', found.arrived)} came to {places}; {found.submitted:,} submitted."
