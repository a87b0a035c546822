"""What the launch dialog asks, what there is to choose, and what was found in a run's files: plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crowddesk.domain import money_text
from crowddesk.ui.words import count_text

if TYPE_CHECKING:
    from crowddesk.blueprints.form_model import Form
    from crowddesk.operations.launch import Estimate


@dataclass
class AskedFields:
    """What is asked."""

    title: str = field(metadata={"help": "What workers see first."})
    description: str = field(metadata={"help": "One or two sentences that say what to do."})
    name: str = field(metadata={"title": "Task", "help": "A short name; runs of one name belong together."})
    keywords: list[str] = field(default_factory=list)


@dataclass
class PayFields:
    """What is paid."""

    reward: str = field(metadata={"title": "Pay for one unit", "kind": "money"})
    currency: str = field(metadata={"help": "Three letters, as the account has it."})
    budget: str | None = field(
        default=None,
        metadata={
            "title": "Budget cap",
            "kind": "money",
            "help": "Fees and bonuses count. Nothing passes it.",
        },
    )
    units_per_assignment: int = field(
        default=1, metadata={"title": "Units for each item", "help": "How many people answer each item."}
    )


@dataclass
class LimitFields:
    """Who may do how much, and how fast."""

    assignment_duration_in_seconds: int = field(
        default=3600, metadata={"title": "Time for one unit, seconds"}
    )
    lifetime_in_seconds: int | None = field(
        default=None, metadata={"title": "The run takes workers for, seconds"}
    )
    max_num_concurrent_units: int = field(
        default=0, metadata={"title": "Units worked on at a time", "help": "0: no bound."}
    )
    maximum_units_per_worker: int = field(
        default=0, metadata={"title": "Units one person may do", "help": "0: no bound."}
    )
    qualifications: list[str] = field(
        default_factory=list,
        metadata={"help": "Who may work. One a line: a name, or name >= 5, or name not_exists."},
    )


@dataclass
class CheckFields:
    """Items that show how careful people are."""

    gold__data: str | None = field(
        default=None,
        metadata={"title": "Gold items, a file", "kind": "path", "help": "Items whose answer is known."},
    )
    gold__field: str | None = field(default=None, metadata={"title": "Gold: field of the form"})
    gold__truth: str | None = field(default=None, metadata={"title": "Gold: column of the right answer"})
    gold__units_per_item: int = field(default=1, metadata={"title": "Gold: units for each item"})
    screening__data: str | None = field(
        default=None,
        metadata={
            "title": "Screening items, a file",
            "kind": "path",
            "help": "Answered before the work itself.",
        },
    )
    screening__field: str | None = field(default=None, metadata={"title": "Screening: field of the form"})
    screening__truth: str | None = field(
        default=None, metadata={"title": "Screening: column of the right answer"}
    )
    screening__units: int = field(default=1, metadata={"title": "Screening: people for each item"})


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """An account that a run may be launched with. `environment` is live, sandbox or practice."""

    requester_name: str
    provider_type: str
    environment: str
    currency: str


@dataclass(frozen=True, slots=True)
class LaunchChoices:
    """What there is to choose from: accounts, and flat classes of the arguments of vendors and blueprints.

    `files` are a blueprint's own arguments, `reading` how its data file is read; `mapped` are the blueprints
    whose placeholders may be given other columns, `served` the vendors whose runs our own task server serves.
    """

    accounts: Sequence[AccountChoice]
    providers: Mapping[str, type]
    files: Mapping[str, type]
    reading: type
    mapped: frozenset[str] = frozenset()
    served: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LaunchValue:
    """A run as the sections of a run file; relative paths in it are relative to `folder`."""

    sections: dict[str, Any]
    folder: Path


@dataclass(frozen=True, slots=True)
class LaunchProblem:
    """What is wrong: where, what, and whether it keeps the run from being launched."""

    place: str
    words: str
    stops: bool = True

    def __str__(self) -> str:
        return f"{self.place}: {self.words}" if self.place else self.words


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form and the columns of the row it is shown for."""

    form: Form
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LaunchCheck:
    """What was found in a run's files: `page` is the readable page of row `row`, or its form.

    `more` is how many problems there are beyond `problems`, `needed` what nobody has filled in yet; `files`
    are those that the page is made of.
    """

    columns: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    problems: tuple[LaunchProblem, ...] = ()
    more: int = 0
    needed: tuple[str, ...] = ()
    cost: Estimate | None = None
    page: str | FormPage = ""
    row: int = 0
    rows: int = 0
    files: tuple[Path, ...] = ()

    @property
    def errors(self) -> int:
        return sum(problem.stops for problem in self.problems)


def cost_words(cost: Estimate) -> str:
    """Units, pay, fees, and how they stand to the budget."""

    def money(minor: int) -> str:
        return money_text(minor, cost.currency)

    kinds = [
        f"{count:,} {name}"
        for count, name in ((cost.gold_units, "gold"), (cost.screening_units, "screening"))
        if count
    ]
    units = count_text(cost.units, "unit") + (f" ({', '.join(kinds)} among them)" if kinds else "")
    words = f"{units} × {money(cost.reward)} = {money(cost.pay)}, and {money(cost.fees)} in fees."
    if cost.budget is None:
        return words + " There is no budget cap."
    if cost.over_budget:
        over = money(cost.total - cost.budget)
        return words + f" That is {over} over the budget of {money(cost.budget)}."
    return words + f" The budget of {money(cost.budget)} leaves {money(cost.budget - cost.total)}."


def qualification_of_line(line: str) -> dict[str, Any]:
    """A line of the form as a run file has it: "age >= 18"."""
    for op in (">=", "<=", "==", "!=", ">", "<"):
        name, found, value = line.partition(op)
        if found:
            return {"name": name.strip(), "op": op, "value": value.strip()}
    for op in ("not_exists", "exists"):
        if line.endswith(" " + op):
            return {"name": line.removesuffix(op).strip(), "op": op}
    return {"name": line.strip()}


def line_of_qualification(wanted: Any) -> str:
    if not isinstance(wanted, Mapping):
        return str(wanted)
    op = str(wanted.get("op", "exists"))
    name = str(wanted.get("name", ""))
    if op in ("exists", "not_exists"):
        return name if op == "exists" else f"{name} {op}"
    return f"{name} {op} {wanted.get('value', 1)}"


def merge(into: dict[str, Any], values: Mapping[str, Any]) -> None:
    """Puts values into a section of a run file, sections in sections too."""
    for key, value in values.items():
        if isinstance(value, Mapping) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value


def part_of(sections: dict[str, Any], name: str) -> dict[str, Any]:
    """A section of a run file; empty where it is missing or no section."""
    found = sections.get(name)
    return dict(found) if isinstance(found, Mapping) else {}


def mapping_of(value: Any) -> Mapping[str, Any]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}
