"""What a run file says to Prolific: who shows the task, who may come, what happens when they finish."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any, Final

from omegaconf import MISSING, DictConfig

from crowddesk.domain import BadInput
from crowddesk.language import mark, say
from crowddesk.providers.base import ProviderArgs

PROVIDER_TYPE: Final = "prolific"
HOSTINGS: Final = ("auto", "here", "vendor")
DEVICES: Final = ("desktop", "tablet", "mobile")
PERIPHERALS: Final = ("audio", "camera", "download", "microphone")
LABELS: Final = (
    "survey", "writing_task", "annotation", "decision_making_task", "interview", "other", "ai_annotation",
    "ai_evaluation", "ai_reasoning", "ai_fact_checking", "ai_safety", "ai_data_creation_text",
    "ai_data_creation_audio", "ai_data_creation_video", "ai_data_creation_images", "ai_other",
)  # fmt: skip
WARNINGS: Final = ("sensitive", "explicit")
FINISHED: Final = ("review", "approve")
TURNED_AWAY: Final = ("nothing", "ask to return")
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{3,60}")


@dataclass
class FilterArgs:
    """Who may take part: answers to one of Prolific's questions, or its bounds where it asks for a number."""

    filter: str = field(
        default=MISSING, metadata={"help": mark("Prolific's name of the question, such as age.")}
    )
    values: list[str] = field(
        default_factory=list, metadata={"help": mark("The answers to choose, by their ids.")}
    )
    lower: str | None = field(
        default=None, metadata={"help": mark("The least, where the answer is a number.")}
    )
    upper: str | None = field(
        default=None, metadata={"help": mark("The most, where the answer is a number.")}
    )


@dataclass
class FinishArgs:
    """What happens at Prolific when somebody has sent their answer, or was turned away."""

    finished: str = field(
        default="review",
        metadata={
            "choices": FINISHED,
            "help": mark("Answers wait for your decision, or are approved and paid at once."),
        },
    )
    turned_away: str = field(
        default="ask to return",
        metadata={
            "choices": TURNED_AWAY,
            "help": mark("Who fails the introduction is asked to return their place, or told nothing there."),
        },
    )
    code: str | None = field(
        default=None,
        metadata={"help": mark("The completion code. Empty: one is made that nobody can guess.")},
    )
    add_to_group: str | None = field(
        default=None, metadata={"help": mark("A participant group that everybody who finishes joins.")}
    )


@dataclass
class ProlificArgs(ProviderArgs):
    """A run at Prolific. A place is one unit: one person, one answer, one reward."""

    _provider_type: str = PROVIDER_TYPE
    hosting: str = field(
        default="auto",
        metadata={
            "title": mark("Who shows the task"),
            "choices": HOSTINGS,
            "help": mark(
                "here: this program, at your public address. vendor: Prolific itself, without one. "
                "auto: here where there is a public address."
            ),
        },
    )
    filters: list[FilterArgs] = field(default_factory=list, metadata={"help": mark("Who may take part.")})
    devices: list[str] = field(
        default_factory=list, metadata={"choices": DEVICES, "help": mark("Empty: every device.")}
    )
    peripherals: list[str] = field(
        default_factory=list, metadata={"choices": PERIPHERALS, "help": mark("What people need to have.")}
    )
    include_groups: list[str] = field(
        default_factory=list, metadata={"help": mark("Only members of these participant groups, by name.")}
    )
    exclude_groups: list[str] = field(
        default_factory=list, metadata={"help": mark("No members of these participant groups, by name.")}
    )
    finish: FinishArgs = field(default_factory=FinishArgs, metadata={"title": mark("When somebody finishes")})
    submissions_per_participant: int = field(
        default=1, metadata={"help": mark("How many places one person may take, one after the other.")}
    )
    labels: list[str] = field(
        default_factory=list, metadata={"choices": LABELS, "help": mark("What kind of work it is.")}
    )
    content_warnings: list[str] = field(
        default_factory=list,
        metadata={"choices": WARNINGS, "help": mark("Shown before somebody takes part.")},
    )
    content_warning_details: str | None = field(
        default=None, metadata={"help": mark("What they should know about it.")}
    )
    project: str | None = field(
        default=None, metadata={"help": mark("The id of another project than the account's.")}
    )


def check(args: DictConfig) -> None:
    """Raises BadInput where Prolific would not take a run with these arguments. Asks nobody."""
    task, provider = args.task, args.provider
    if task.get("screening") is not None:
        raise BadInput(
            say(
                "task.screening: a place at Prolific is one unit, so nobody could go on to a second one "
                "after it. Use task.onboarding, or provider.filters."
            )
        )
    minutes = task.get("estimated_minutes")
    if minutes is None or not 1 <= float(minutes) <= 24 * 60:
        raise BadInput(
            say(
                "task.estimated_minutes: Prolific tells people how long it takes. Give the minutes, 1 or "
                "more."
            )
        )
    least = least_minutes(float(minutes)) * 60
    if least > int(task.assignment_duration_in_seconds):
        raise BadInput(
            say(
                "task.assignment_duration_in_seconds: {assignment_duration_in_seconds} seconds are less "
                "than the {least:,} that Prolific asks for {minutes:g} estimated minutes. Give people "
                "more time.",
                assignment_duration_in_seconds=task.assignment_duration_in_seconds,
                least=least,
                minutes=minutes,
            )
        )
    _check_choices(provider)
    code = provider.finish.code
    if code is not None and not _CODE.fullmatch(str(code)):
        raise BadInput(
            say(
                "provider.finish.code: {code!r} cannot be a code: use 3 to 60 letters, digits, - and _.",
                code=code,
            )
        )
    if provider.submissions_per_participant < 1:
        raise BadInput(say("provider.submissions_per_participant: use 1 or more."))
    for number, wanted in enumerate(provider.filters):
        _check_filter(f"provider.filters.{number}", wanted)


def least_minutes(estimated: float) -> int:
    """The shortest time that a participant may be given, by the estimate (Prolific's API document)."""
    return math.ceil(2 + 2 * estimated + 2 * math.sqrt(estimated))


def _check_choices(provider: Any) -> None:
    for name, chosen, allowed in (
        ("hosting", [provider.hosting], HOSTINGS),
        ("devices", provider.devices, DEVICES),
        ("peripherals", provider.peripherals, PERIPHERALS),
        ("labels", provider.labels, LABELS),
        ("content_warnings", provider.content_warnings, WARNINGS),
        ("finish.finished", [provider.finish.finished], FINISHED),
        ("finish.turned_away", [provider.finish.turned_away], TURNED_AWAY),
    ):
        for value in chosen:
            if value not in allowed:
                raise BadInput(
                    say(
                        "provider.{name}: {value!r} is none of {allowed}.",
                        name=name,
                        value=value,
                        allowed=", ".join(allowed),
                    )
                )


def _check_filter(place: str, wanted: Any) -> None:
    if wanted.filter == "eligibility_requirements":
        raise BadInput(
            say(
                "{place}: Prolific no longer takes eligibility_requirements; filters replaced them.",
                place=place,
            )
        )
    ranged = wanted.lower is not None or wanted.upper is not None
    if ranged == bool(wanted["values"]):  # a mapping's own `values` is a method
        raise BadInput(
            say(
                "{place}: give values for {filter!r}, or lower and upper, and not both.",
                place=place,
                filter=wanted.filter,
            )
        )
    for name in ("lower", "upper"):
        value = getattr(wanted, name)
        if value is not None and not str(value).strip():
            raise BadInput(say("{place}.{name} is empty.", place=place, name=name))
