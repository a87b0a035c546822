"""What the launch dialog asks, what there is to choose, and what was found in a run's files: plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crowddesk.language import mark

if TYPE_CHECKING:
    from crowddesk.blueprints.form_model import Form
    from crowddesk.domain import Hosting
    from crowddesk.operations.estimate import Estimate


@dataclass
class AskedFields:
    """What is asked."""

    title: str = field(metadata={"title": mark("Title"), "help": mark("What workers see first.")})
    description: str = field(
        metadata={"title": mark("Description"), "help": mark("One or two sentences that say what to do.")}
    )
    name: str = field(
        metadata={"title": mark("Task"), "help": mark("A short name; runs of one name belong together.")}
    )
    keywords: list[str] = field(default_factory=list, metadata={"title": mark("Keywords")})


@dataclass
class PayFields:
    """What is paid."""

    reward: str = field(metadata={"title": mark("Pay for one unit"), "kind": "money"})
    currency: str = field(
        metadata={"title": mark("Currency"), "help": mark("Three letters, as the account has it.")}
    )
    estimated_minutes: float | None = field(
        default=None,
        metadata={
            "title": mark("Minutes one unit takes"),
            "help": mark("Your honest guess. The wage an hour follows from it, and Prolific tells people."),
        },
    )
    budget: str | None = field(
        default=None,
        metadata={
            "title": mark("Budget cap"),
            "kind": "money",
            "help": mark("Fees and bonuses count. Nothing passes it."),
        },
    )
    units_per_assignment: int = field(
        default=1,
        metadata={"title": mark("Units for each item"), "help": mark("How many people answer each item.")},
    )


@dataclass
class LimitFields:
    """Who may do how much, and how fast."""

    assignment_duration_in_seconds: int = field(
        default=3600, metadata={"title": mark("Time for one unit, seconds")}
    )
    lifetime_in_seconds: int | None = field(
        default=None, metadata={"title": mark("The run takes workers for, seconds")}
    )
    max_num_concurrent_units: int = field(
        default=0, metadata={"title": mark("Units worked on at a time"), "help": mark("0: no bound.")}
    )
    maximum_units_per_worker: int = field(
        default=0, metadata={"title": mark("Units one person may do"), "help": mark("0: no bound.")}
    )
    qualifications: list[str] = field(
        default_factory=list,
        metadata={
            "title": mark("Qualifications"),
            "help": mark("Who may work. One a line: a name, or name >= 5, or name not_exists."),
        },
    )
    exclude__runs: list[str] = field(
        default_factory=list,
        metadata={
            "title": mark("Nobody who took part in"),
            "help": mark(
                "Earlier runs, one a line: a number, a title or a task. With all accounts of a person."
            ),
        },
    )
    exclude__tags: list[str] = field(
        default_factory=list,
        metadata={
            "title": mark("Nobody tagged"),
            "help": mark("Tags of yours, one a line; later ones count too."),
        },
    )
    exclude__workers: list[str] = field(
        default_factory=list,
        metadata={
            "title": mark("None of these people"),
            "more": True,
            "help": mark("Names, one a line; vendor:name where two have it."),
        },
    )


@dataclass
class CheckFields:
    """Items that show how careful people are."""

    gold__data: str | None = field(
        default=None,
        metadata={
            "title": mark("Gold items, a file"),
            "kind": "path",
            "help": mark("Items whose answer is known."),
        },
    )
    gold__field: str | None = field(default=None, metadata={"title": mark("Gold: field of the form")})
    gold__truth: str | None = field(
        default=None, metadata={"title": mark("Gold: column of the right answer")}
    )
    gold__units_per_item: int = field(default=1, metadata={"title": mark("Gold: units for each item")})
    gold__every: int = field(
        default=10,
        metadata={
            "title": mark("Gold: about one unit in"),
            "more": True,
            "help": mark("Of each person's units, where we hand them out ourselves."),
        },
    )
    gold__most_wrong: int | None = field(
        default=None,
        metadata={
            "title": mark("Gold: most wrong answers"),
            "more": True,
            "help": mark("Who has more gets no further unit. Empty: everybody goes on."),
        },
    )
    screening__data: str | None = field(
        default=None,
        metadata={
            "title": mark("Screening items, a file"),
            "kind": "path",
            "help": mark("Answered before the work itself."),
        },
    )
    screening__field: str | None = field(
        default=None, metadata={"title": mark("Screening: field of the form")}
    )
    screening__truth: str | None = field(
        default=None, metadata={"title": mark("Screening: column of the right answer")}
    )
    screening__units: int = field(default=1, metadata={"title": mark("Screening: people for each item")})
    screening__per_worker: int = field(
        default=1,
        metadata={
            "title": mark("Screening: items for each person"),
            "more": True,
            "help": mark("Where we hand out the units ourselves."),
        },
    )
    screening__most_wrong: int = field(
        default=0, metadata={"title": mark("Screening: most wrong answers"), "more": True}
    )


@dataclass
class OnboardingFields:
    """A page before the first unit."""

    onboarding__page: str | None = field(
        default=None,
        metadata={
            "title": mark("Page"),
            "kind": "path",
            "help": mark("An HTML template or a form. Everybody sees it once, before their first unit."),
        },
    )
    onboarding__qualification: str | None = field(
        default=None,
        metadata={
            "title": mark("Remembered as"),
            "help": mark("The qualification of those who passed; they skip the page in later runs."),
        },
    )
    onboarding__answers: list[str] = field(
        default_factory=list,
        metadata={"title": mark("Right answers"), "help": mark("One a line: field = right answer.")},
    )
    onboarding__most_wrong: int = field(default=0, metadata={"title": mark("Most wrong answers")})


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
    whose placeholders may be given other columns, `served` the vendors whose runs our own task server serves,
    `rehearsed` those whose runs can be rehearsed.
    """

    accounts: Sequence[AccountChoice]
    providers: Mapping[str, type]
    files: Mapping[str, type]
    reading: type
    mapped: frozenset[str] = frozenset()
    served: frozenset[str] = frozenset()
    rehearsed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LaunchValue:
    """A run as the sections of a run file; relative paths in it are relative to `folder`."""

    sections: dict[str, Any]
    folder: Path


@dataclass(frozen=True, slots=True)
class LaunchProblem:
    """What is wrong: where, what, and whether it keeps the run from being launched.

    `rehearsable`: it does not keep it from being rehearsed, since it is about the vendor itself.
    """

    place: str
    words: str
    stops: bool = True
    rehearsable: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.words}" if self.place else self.words


@dataclass(frozen=True, slots=True)
class FormPage:
    """A form and the columns of the row it is shown for."""

    form: Form
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ChatPage:
    """A conversation about one row: the texts, filled in, and the form that is asked beside it."""

    people: int
    intro: str
    roles: tuple[str, ...]
    role_texts: tuple[str, ...]
    least_messages: int
    questions: FormPage | None = None


#: What a row looks like to a worker: readable HTML ("" for none), a form, or a conversation.
RowPage = str | FormPage | ChatPage


@dataclass(frozen=True, slots=True)
class LaunchCheck:
    """What was found in a run's files: `page` is what row `row` looks like.

    `more` is how many problems there are beyond `problems`, `needed` what nobody has filled in yet; `files`
    are those that the page is made of. `hosting` is who will show the task, if that is known,
    `hosting_fault` why nobody could; `balance` is the account's, in minor units, if its vendor says it.
    `read`: the run is whole, and its files are right; it has so many `units`.
    """

    columns: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    problems: tuple[LaunchProblem, ...] = ()
    more: int = 0
    needed: tuple[str, ...] = ()
    cost: Estimate | None = None
    page: RowPage = ""
    row: int = 0
    rows: int = 0
    files: tuple[Path, ...] = ()
    hosting: Hosting | None = None
    hosting_fault: str = ""
    balance: int | None = None
    read: bool = False
    units: int = 0

    @property
    def errors(self) -> int:
        return sum(problem.stops for problem in self.problems)

    @property
    def can_launch(self) -> bool:
        """Nothing keeps the run from being launched."""
        cost = self.cost
        fits = cost is not None and cost.units > 0 and not cost.over_budget
        return fits and not self.errors and not self.needed and not self.hosting_fault

    @property
    def can_rehearse(self) -> bool:
        """Nothing keeps it from being rehearsed, where its vendor has a stand-in."""
        over = self.cost is not None and self.cost.over_budget
        hard = any(problem.stops and not problem.rehearsable for problem in self.problems)
        return self.read and not over and not hard and not self.needed


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


def answers_of_lines(lines: Sequence[str]) -> dict[str, str]:
    """Right answers by field, from lines of "field = answer"; a line without a sign has an empty one."""
    parts = (line.partition("=") for line in lines)
    return {name.strip(): answer.strip() for name, _, answer in parts if name.strip()}


def lines_of_answers(answers: Any) -> Any:
    """The lines of `answers_of_lines`; what is no mapping stays."""
    if not isinstance(answers, Mapping):
        return answers
    return [f"{name} = {answer}" for name, answer in answers.items()]


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
