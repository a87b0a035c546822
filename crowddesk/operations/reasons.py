"""Reasons that are used again: kept with their keys, offered to start from, filled in for each person.

Not in the GUI thread.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionKind, BadInput, NotFound
from crowddesk.language import mark, say
from crowddesk.operations.policy import VARIABLES, rules_of
from crowddesk.store import reasons as stored
from crowddesk.store.reasons import Reason

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.operations.quality.picture import Picture

#: The decisions that reasons are kept for.
KINDS: Final = (ActionKind.REJECT, ActionKind.SOFT_REJECT, ActionKind.REQUEST_RETURN)
_LONGEST_TITLE: Final = 80
_LONGEST_TEXT: Final = 2_000
_VARIABLE: Final = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_WHY_UNKNOWN: Final = {
    "their_time": mark("the time of the work is not known"),
    "median_time": mark("no time of this run is known"),
    "gold_failed": mark("they answered no gold units"),
    "gold_total": mark("they answered no gold units"),
    "item": mark("the unit has no item"),
    "run": mark("the run has no title"),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the variables of a reason stand for, for one unit; one that is left out is not known."""

    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one unit: its facts, and the words of its evidence."""

    facts: Facts
    evidence: tuple[str, ...] = ()


# ------------------------------------------------------------------------------------------ variables


def variables_of(text: str) -> list[str]:
    """The variables that a text holds, known ones or not, each once."""
    return list(dict.fromkeys(_VARIABLE.findall(text)))


def unknown_in(text: str, facts: Facts) -> list[str]:
    """The variables of a text that cannot be filled in from these facts."""
    return [name for name in variables_of(text) if name not in facts.values]


def fill(text: str, facts: Facts) -> str:
    """The text with each variable's value. Raises BadInput naming those that cannot be filled in."""
    missing = unknown_in(text, facts)
    if missing:
        raise BadInput(" ".join(_sentence(name) for name in missing))
    return _VARIABLE.sub(lambda found: facts.values[found[1]], text)


def fill_each(text: str, facts: Mapping[int, Facts]) -> dict[int, str]:
    """Unit -> its own words. Raises BadInput naming every unknown variable, and for how many units."""
    missing = Counter(name for mine in facts.values() for name in unknown_in(text, mine))
    if missing:
        sentences = []
        for name, count in missing.items():
            first = next(unit for unit, mine in facts.items() if name in unknown_in(text, mine))
            if name not in VARIABLES:
                sentences.append(_sentence(name))
            elif count == 1:
                sentences.append(
                    say(
                        "{{{name}}} is not known for unit {first}: {why}.",
                        name=name,
                        first=first,
                        why=say(_WHY_UNKNOWN[name]),
                    )
                )
            else:
                sentences.append(
                    say(
                        "{{{name}}} is not known for {count:,} of {total:,} units, unit {first} first: "
                        "{why}.",
                        name=name,
                        count=count,
                        total=len(facts),
                        first=first,
                        why=say(_WHY_UNKNOWN[name]),
                    )
                )
        raise BadInput(" ".join(sentences))
    return {unit: fill(text, mine) for unit, mine in facts.items()}


def _sentence(name: str) -> str:
    if name not in VARIABLES:
        known = ", ".join(f"{{{v}}}" for v in VARIABLES)
        return say("There is no {{{name}}}. There are {known}.", name=name, known=known)
    return say("{{{name}}} is not known: {why}.", name=name, why=say(_WHY_UNKNOWN[name]))


def facts_of(picture: Picture, unit_id: int, *, run: str = "") -> Facts:
    """What is known of a unit that has an answer in the picture; `run` is the run's title."""
    rows = picture.answers.rows_of([unit_id])
    values = {"run": run} if run else {}
    if not len(rows):
        return Facts(values)
    from crowddesk.operations.quality.chips import length_for_workers

    row = int(rows[0])
    answers = picture.answers
    key = answers.item_keys[int(answers.items[row])]
    seconds, median = float(answers.seconds[row]), float(picture.median_seconds)
    if key:
        values["item"] = key
    if seconds == seconds:  # NaN is not known
        values["their_time"] = length_for_workers(seconds)
    if median == median:
        values["median_time"] = length_for_workers(median)
    person = int(answers.people[row])
    total = int(picture.gold_total[person]) if person >= 0 else 0
    if total:
        values["gold_failed"] = f"{total - int(picture.gold_right[person]):,}"
        values["gold_total"] = f"{total:,}"
    return Facts(values)


def gather(conn: Connection, unit_ids: Sequence[int]) -> dict[int, Case]:
    """The facts and the evidence of units, run by run. A second for 100,000 answers of a run: in a job."""
    from crowddesk.operations.quality.chips import chips_of
    from crowddesk.operations.quality.picture import make_picture
    from crowddesk.store.ledger import units_by_id
    from crowddesk.store.queries import RUNS

    units = units_by_id(conn, unit_ids)
    by_run: dict[int, list[int]] = {}
    for unit_id in unit_ids:
        if unit_id in units:
            by_run.setdefault(int(units[unit_id]["task_run_id"]), []).append(unit_id)
    titles = {run.id: run.title for run in RUNS.rows(conn, list(by_run))}
    found: dict[int, Case] = {}
    for run_id, mine in by_run.items():
        picture = make_picture(conn, run_id)
        for unit_id in mine:
            chips = tuple(chip.words for chip in chips_of(picture, unit_id))
            found[unit_id] = Case(facts_of(picture, unit_id, run=titles.get(run_id, "")), chips)
    return found


def fill_all(db: CrowdDatabase, unit_ids: Sequence[int], texts: Sequence[str]) -> Mapping[int, Sequence[str]]:
    """Unit -> these texts in its own words. Raises BadInput naming what is not known. May take seconds."""
    if not any(map(variables_of, texts)):
        return dict.fromkeys(unit_ids, texts)
    with db.read() as conn:
        cases = gather(conn, unit_ids)
    facts = {i: cases[i].facts if i in cases else Facts() for i in unit_ids}
    filled = [fill_each(text, facts) for text in texts]
    return {i: [words[i] for words in filled] for i in unit_ids}


# ------------------------------------------------------------------------------------------- library


def list_reasons(conn: Connection, kind: str | None = None, provider_type: str | None = None) -> list[Reason]:
    """The library's reasons for a kind of decision at a vendor (None: all), in the order of their digits."""
    return stored.reasons_of(conn, kind, provider_type)


def find_reason(conn: Connection, name: str, kind: str | None = None) -> Reason:
    """By number or title. Raises NotFound, and BadInput where a title stands for several kinds."""
    found = [r for r in stored.reasons_of(conn, kind) if name == str(r.id) or name.strip() == r.title]
    if not found:
        raise NotFound(say("There is no reason {name!r}. See them with: crowddesk reason list", name=name))
    if len(found) > 1:
        raise BadInput(
            say(
                "There are {count} reasons {name!r}: say the number of one.",
                count=len(found),
                name=name,
            )
        )
    return found[0]


def add_reason(db: CrowdDatabase, reason: Reason) -> int:
    """Keeps a reason; its number. Raises BadInput naming what is wrong."""
    with db.write() as w:
        return stored.add_reason(w, _checked(w.conn, reason))


def change_reason(db: CrowdDatabase, reason: Reason) -> None:
    """Writes another text, title, key or category. Raises NotFound and BadInput."""
    with db.write() as w:
        find_reason(w.conn, str(reason.id))
        stored.change_reason(w, _checked(w.conn, reason))


def remove_reason(db: CrowdDatabase, reason_id: int) -> None:
    """Takes a reason out of the library; what was said with it stays said. Raises NotFound."""
    with db.write() as w:
        if not stored.remove_reason(w, reason_id):
            raise NotFound(say("There is no reason {reason_id}.", reason_id=reason_id))


def _checked(conn: Connection, reason: Reason) -> Reason:
    reason = replace(
        reason,
        title=" ".join(reason.title.split()),
        text=reason.text.strip(),
        category=reason.category.strip(),
        provider_type=reason.provider_type.strip(),
    )
    problem = problem_of(reason) or _clash(reason, stored.reasons_of(conn, reason.kind))
    if problem:
        raise BadInput(problem)
    return reason


def problem_of(reason: Reason) -> str:
    """What is wrong with a reason by itself, as a sentence; "" if nothing is."""
    if reason.kind not in KINDS:
        kinds = ", ".join(k.replace("_", "-") for k in KINDS)
        return say("Reasons are kept for {kinds}, not {kind!r}.", kinds=kinds, kind=reason.kind)
    if not reason.title or len(reason.title) > _LONGEST_TITLE:
        return say("Give it a title of at most {most} characters.", most=_LONGEST_TITLE)
    if not reason.text or len(reason.text) > _LONGEST_TEXT:
        return say("Write its text, of at most {most:,} characters.", most=_LONGEST_TEXT)
    unknown = [name for name in variables_of(reason.text) if name not in VARIABLES]
    if unknown:
        return _sentence(unknown[0])
    if not 0 <= reason.digit <= 9:
        return say("Its key is a digit from 1 to 9, or 0 for none.")
    if reason.kind == ActionKind.REJECT and reason.provider_type:
        categories = rules_of(reason.provider_type).categories
        if reason.category and reason.category not in categories:
            return say(
                "{category!r} is none of the vendor's: {known}.",
                category=reason.category,
                known=", ".join(categories) or say("it has none"),
            )
    return ""


def _clash(reason: Reason, others: Sequence[Reason]) -> str:
    for other in others:
        if other.id == reason.id:
            continue
        if other.title == reason.title:
            return say("There is a reason {title!r} already.", title=reason.title)
        vendors = {reason.provider_type, other.provider_type}
        if reason.digit and reason.digit == other.digit and ("" in vendors or len(vendors) == 1):
            return say("The key {digit} chooses {title!r} already.", digit=reason.digit, title=other.title)
    return ""


def starters(provider_type: str) -> list[Reason]:
    """Reasons to begin with, written to a vendor's rules. They are offered; nobody has to take one."""
    categories = rules_of(provider_type).categories
    return [
        replace(
            reason,
            title=say(reason.title),
            category=reason.category if reason.category in categories else "",
        )
        for reason in _STARTERS
    ]


_STARTERS: Final = (
    Reason(
        ActionKind.REJECT,
        mark("Known answers missed"),
        "Thank you for your time. {gold_failed} of the {gold_total} questions with a known answer that you "
        "saw in “{run}” were answered differently from the instructions, so we cannot use this work. If you "
        "think that we are wrong, please write to us: we will look at it again.",
        category="FAILED_CHECK",
        digit=1,
    ),
    Reason(
        ActionKind.REJECT,
        mark("Far too quick to have read it"),
        "Thank you for taking part. This answer was sent after {their_time}, while people usually need "
        "{median_time} to read and answer it, and it does not fit what the item asks. If something went "
        "wrong on your side, please write to us: we will look at it again.",
        category="TOO_QUICKLY",
        digit=2,
    ),
    Reason(
        ActionKind.REJECT,
        mark("Instructions not followed"),
        "Thank you for your time. The answer to item {item} does not do what the instructions of “{run}” ask "
        "for, so that we cannot use it. If the instructions were unclear to you, please write to us and tell "
        "us where: we will look at it again.",
        category="FAILED_INSTRUCTIONS",
        digit=3,
    ),
    Reason(
        ActionKind.SOFT_REJECT,
        mark("Paid, not used"),
        "An honest try that does not fit the guidelines: paid, and left out of the data.",
        digit=1,
    ),
    Reason(
        ActionKind.SOFT_REJECT,
        mark("Unclear item"),
        "Item {item} can be read in two ways: paid, and left out of the data.",
        digit=2,
    ),
    Reason(
        ActionKind.REQUEST_RETURN,
        mark("Not finished"),
        "A part of the task is not answered. Could you return it, so that somebody else can do it? It leaves "
        "no mark on your record.",
        digit=1,
    ),
    Reason(
        ActionKind.REQUEST_RETURN,
        mark("Technical trouble"),
        "Something went wrong with the page while you worked. Could you return it? It leaves no mark on your "
        "record.",
        digit=2,
    ),
)
