"""Run files: what is asked, of whom and for how much, as YAML that keeps text as text, checked word by word.

A run file has three sections, `task`, `blueprint` and `provider`. Every scalar is read as the text that
stands there and turned into a number or a truth value only where one is expected, so `007`, `no` and `0.10`
stay what they are. Any thread may call everything here; the functions raise BadInput, a fault a line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as argument
from pathlib import Path
from typing import Any, Final

from omegaconf import MISSING, DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from crowddesk.blueprints.base import Blueprint, BlueprintArgs
from crowddesk.blueprints.data_files import Problems, missing_column
from crowddesk.blueprints.onboarding import Onboarding
from crowddesk.blueprints.text_files import nearest, read_text
from crowddesk.domain import BadInput, check_currency, to_minor
from crowddesk.language import mark, say
from crowddesk.operations import run_yaml
from crowddesk.operations.typed_args import fill
from crowddesk.providers.base import CrowdProvider, ProviderArgs
from crowddesk.registry import get_blueprint_from_type, get_crowd_provider_from_type

_FILE_LIMIT: Final = 256 * 1024
_SECTIONS: Final = ("task", "blueprint", "provider")
COMPARISONS: Final = ("exists", "not_exists", "==", "!=", "<", "<=", ">", ">=")


@dataclass
class QualificationArgs:
    """Who may work: people whose qualification `name` compares by `op` (one of COMPARISONS) with `value`."""

    name: str = MISSING
    op: str = "exists"
    value: int = 1


@dataclass
class GoldArgs:
    """Items with a known answer, mixed in to see how careful people are (units of index -2).

    `data` is a file like the run's own that also has the column `truth`, the right answer to the form's
    `field`. Each item gets `units_per_item` units. Where we hand out the units ourselves, about one of
    `every` units of a person is gold, and who has answered more than `most_wrong` of them wrong gets no
    further unit of the run (None: everybody goes on).
    """

    data: str = argument(default=MISSING, metadata={"path": True})
    field: str = MISSING
    truth: str = MISSING
    units_per_item: int = 1
    every: int = 10
    most_wrong: int | None = None


@dataclass
class ScreeningArgs:
    """Items that people answer before the work itself (units of index -1).

    `data` is a file like the run's own; each item gets `units` units, one for each person to be screened.
    With `field` and `truth`, as in GoldArgs, the answers can be marked. Where we hand out the units
    ourselves, everybody answers `per_worker` of them first, and who answers more than `most_wrong` wrong
    gets no further unit of the run.
    """

    data: str = argument(default=MISSING, metadata={"path": True})
    units: int = 1
    field: str | None = None
    truth: str | None = None
    per_worker: int = 1
    most_wrong: int = 0


@dataclass
class OnboardingArgs:
    """A page that people see once, before their first unit; passing it is remembered for later runs.

    `page` is an HTML template or a form's YAML file. Who answers more than `most_wrong` of `answers` (field:
    right answer) wrong gets the value 0 for `qualification` and no unit; the others get 1.
    """

    qualification: str = MISSING
    page: str = argument(default=MISSING, metadata={"path": True})
    answers: dict[str, str] = argument(default_factory=dict)
    most_wrong: int = 0


@dataclass
class ExcludeArgs:
    """Who is kept out, with every account of the same person.

    `runs`: everybody who began a unit of these, by number, title or task name. `tags`: everybody who has one
    of these tags of yours. `workers`: these people, by name (`vendor:name` where two have it).
    """

    runs: list[str] = argument(default_factory=list)
    tags: list[str] = argument(default_factory=list)
    workers: list[str] = argument(default_factory=list)


@dataclass
class TaskArgs:
    """What is asked and paid.

    `reward` (for one unit) and `budget` (for the run, fees and bonuses included; None: only the account's
    balance bounds it) are amounts as text in major units of `currency`. `estimated_minutes` is how long a
    unit takes (None: nobody is told). Other times are in seconds:
    `assignment_duration_in_seconds` is how long a worker has for a unit, `lifetime_in_seconds` how long the
    run takes workers (None: until it is closed). 0 in `max_num_concurrent_units` (units worked on at a time)
    and in `maximum_units_per_worker` is no bound.
    """

    name: str = MISSING
    title: str = MISSING
    description: str = MISSING
    reward: str = MISSING
    currency: str = MISSING
    budget: str | None = None
    estimated_minutes: float | None = argument(
        default=None,
        metadata={"help": mark("How long one unit takes, for the wage an hour; some vendors tell people.")},
    )
    keywords: list[str] = argument(default_factory=list)
    assignment_duration_in_seconds: int = 3600
    lifetime_in_seconds: int | None = None
    max_num_concurrent_units: int = 0
    maximum_units_per_worker: int = 0
    qualifications: list[QualificationArgs] = argument(default_factory=list)
    gold: GoldArgs | None = None
    screening: ScreeningArgs | None = None
    onboarding: OnboardingArgs | None = None
    exclude: ExcludeArgs | None = None


@dataclass(frozen=True)
class RunConfig:
    """One checked run file: typed sections, whose paths are absolute."""

    task: TaskArgs
    blueprint: BlueprintArgs
    provider: ProviderArgs

    @property
    def reward(self) -> int:
        """The pay of one unit in minor units, without fees."""
        return to_minor(self.task.reward, self.task.currency)

    @property
    def budget(self) -> int | None:
        """The cap of the run in minor units, fees included."""
        return None if self.task.budget is None else to_minor(self.task.budget, self.task.currency)

    @property
    def args(self) -> DictConfig:
        """The three sections as the provider interface takes them; read-only."""
        config = OmegaConf.create({name: OmegaConf.structured(getattr(self, name)) for name in _SECTIONS})
        OmegaConf.set_readonly(config, True)
        return config

    def make_blueprint(self) -> Blueprint:
        """The blueprint with the run's arguments; its files are where those say."""
        return get_blueprint_from_type(self.blueprint._blueprint_type)(self.blueprint, Path())

    def with_blueprint(self, changes: Mapping[str, Any]) -> RunConfig:
        """The same with other arguments of its blueprint, such as `Blueprint.keep` returns."""
        return replace(self, blueprint=replace(self.blueprint, **changes))


def load_run(
    path: Path,
    overrides: Sequence[str] = (),
    *,
    find_blueprint: Callable[[str], type[Blueprint]] = get_blueprint_from_type,
    find_provider: Callable[[str], type[CrowdProvider]] = get_crowd_provider_from_type,
) -> RunConfig:
    """The run in a YAML file, with `key=value` overrides such as `task.reward=0.05`.

    Paths in the file, and in overrides, are relative to its folder. Raises BadInput.
    """
    sections = run_yaml.parse(read_text(path, _FILE_LIMIT), path.name)
    for override in overrides:
        run_yaml.override(sections, override)
    folder = path.absolute().parent
    return run_from_dict(sections, folder, find_blueprint=find_blueprint, find_provider=find_provider)


def run_from_dict(
    sections: Mapping[str, Any],
    folder: Path,
    *,
    find_blueprint: Callable[[str], type[Blueprint]] = get_blueprint_from_type,
    find_provider: Callable[[str], type[CrowdProvider]] = get_crowd_provider_from_type,
) -> RunConfig:
    """The run in a mapping of its sections, whose paths are relative to `folder`. Raises BadInput."""
    resolved = _resolve(sections)
    faults: list[str] = []
    for name in resolved:
        if name not in _SECTIONS:
            near = nearest(name, _SECTIONS)
            hint = (
                say("Did you mean {near}?", near=near)
                if near
                else say("There are {sections}.", sections=", ".join(_SECTIONS))
            )
            faults.append(say("{name}: there is no such section. {hint}", name=name, hint=hint))
    classes: dict[str, type] = {"task": TaskArgs}
    for name, key, find in (
        ("blueprint", "_blueprint_type", find_blueprint),
        ("provider", "_provider_type", find_provider),
    ):
        section = resolved.get(name)
        chosen = section.get(key) if isinstance(section, Mapping) else None
        if name in resolved and isinstance(section, Mapping):
            if chosen is None:
                near = nearest(key, section)
                hint = (
                    " " + say("Did you mean {key} where it says {near}?", key=key, near=near)
                    if near not in (None, key)
                    else ""
                )
                faults.append(say("{name}.{key} is missing.{hint}", name=name, key=key, hint=hint))
            else:
                try:
                    classes[name] = find(str(chosen)).ArgsClass
                except BadInput as error:
                    faults.append(f"{name}.{key}: {error}")
    made: dict[str, Any] = {}
    for name in _SECTIONS:
        if name not in resolved:
            faults.append(say("The section {name} is missing.", name=name))
        elif not isinstance(resolved[name], Mapping):
            faults.append(say("{name}: it takes keys and values.", name=name))
        elif name in classes:
            made[name] = fill(classes[name], resolved[name], name, folder, faults)
    if not faults:
        _check_task(made["task"], faults)
        _check_others(made["blueprint"], made["provider"], faults)
        if find_blueprint(made["blueprint"]._blueprint_type).TOGETHER:
            _check_together(made["task"], made["blueprint"].units_per_assignment, faults)
    if faults:
        raise BadInput("\n".join(faults))
    return RunConfig(**made)


def to_yaml(config: RunConfig, *, relative_to: Path | None = None, full: bool = True) -> str:
    """The run as a run file that reads back as the same run.

    `full` writes every argument, so that later defaults change nothing; otherwise what is as by default is
    left out. Paths under `relative_to` are written relative to it.
    """
    return run_yaml.dump({name: getattr(config, name) for name in _SECTIONS}, relative_to, full=full)


@dataclass(frozen=True, slots=True)
class CheckedRun:
    """What a run's files hold: the number of items of each kind, and everything that is wrong."""

    items: int
    gold_items: int
    screening_items: int
    problems: Problems


def check_files(
    config: RunConfig,
    *,
    progress: Callable[[int], None] | None = None,
    find_blueprint: Callable[[str], type[Blueprint]] = get_blueprint_from_type,
) -> CheckedRun:
    """Reads all files of a run and reports what is wrong with them, row by row.

    `progress` gets the number of rows read so far in a file; what it raises (Cancelled) ends the check.
    """
    blueprint_type = config.blueprint._blueprint_type
    blueprint = find_blueprint(blueprint_type)(config.blueprint, Path())
    checked = blueprint.check(progress=progress)
    counts = {"gold": 0, "screening": 0}
    extras: dict[str, GoldArgs | ScreeningArgs | None] = {
        "gold": config.task.gold,
        "screening": config.task.screening,
    }
    for kind, extra in extras.items():
        if extra is None:
            continue
        path = Path(extra.data)
        found = blueprint.check(path, progress)
        counts[kind] = found.rows
        for problem in found.problems:
            if problem not in checked.problems.listed:  # the template's own are the same for each file
                checked.problems.add(problem.place, problem.message, problem.severity)
        truth: str | None = extra.truth
        if found.columns and truth is not None and truth not in found.columns:
            sentence = missing_column(path.name, truth, found.columns)
            checked.problems.add(f"task.{kind}.truth", sentence)
        name: str | None = extra.field
        _check_field(f"task.{kind}.field", name, blueprint, checked.problems)
    if config.task.onboarding is not None:
        Onboarding(config.task.onboarding, Path()).check(checked.problems)
    return CheckedRun(checked.rows, counts["gold"], counts["screening"], checked.problems)


def _check_field(place: str, name: str | None, blueprint: Blueprint, problems: Problems) -> None:
    try:
        names = [f.name for f in blueprint.fields()]
    except BadInput:
        return  # the template cannot be read, which the check of it says
    if name is not None and names and name not in names:
        near = nearest(name, names)
        hint = (
            say("did you mean {near!r}?", near=near)
            if near
            else say("it has {fields}.", fields=", ".join(map(repr, names)))
        )
        problems.add(place, say("the form has no field {name!r}: {hint}", name=name, hint=hint))


# -------------------------------------------------------------------------------------------- the checks


def _resolve(sections: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data with omegaconf's `${section.key}` replaced."""
    try:
        config = OmegaConf.create(run_yaml.plain(sections, ""))
        OmegaConf.resolve(config)
        resolved = OmegaConf.to_container(config)
    except OmegaConfBaseException as error:
        place = f"{error.full_key}: " if error.full_key else ""
        reason = str(error).splitlines()[0]
        raise BadInput(
            say(
                "{place}`${{...}}` stands for another key of the run file: {reason}.",
                place=place,
                reason=reason,
            )
        ) from None
    assert isinstance(resolved, dict)
    if where := _find_sign(resolved, ""):
        raise BadInput(
            say("{where}: it cannot hold the sign `${{`, which stands for another key.", where=where)
        )
    return {str(name): section for name, section in resolved.items()}


def _find_sign(value: Any, place: str) -> str | None:
    if isinstance(value, str):
        return place if "${" in value else None
    if isinstance(value, list):
        value = dict(enumerate(value))
    if isinstance(value, dict):
        parts = (_find_sign(part, f"{place}.{name}".strip(".")) for name, part in value.items())
        return next((found for found in parts if found), None)
    return None


def _check_task(task: TaskArgs, faults: list[str]) -> None:
    texts = {"name": task.name, "title": task.title, "description": task.description}
    faults += [say("task.{name} is empty.", name=name) for name, text in texts.items() if not text.strip()]
    try:
        task.currency = check_currency(task.currency)
    except BadInput as error:
        faults.append(f"task.currency: {error}")
    else:
        reward = _amount("task.reward", task.reward, task.currency, faults)
        budget = None
        if task.budget is not None:
            budget = _amount("task.budget", task.budget, task.currency, faults)
        if reward is not None and budget is not None and budget < reward:
            amount = f"{task.currency} {task.budget}"
            faults.append(
                say(
                    "task.budget: {amount} does not pay one unit of {reward}.",
                    amount=amount,
                    reward=task.reward,
                )
            )
    if task.estimated_minutes is not None and not 0 < task.estimated_minutes < 2**31:
        faults.append(
            say(
                "task.estimated_minutes: {estimated_minutes:g} minutes cannot be.",
                estimated_minutes=task.estimated_minutes,
            )
        )
    _at_least(1, "task.assignment_duration_in_seconds", task.assignment_duration_in_seconds, faults)
    _at_least(1, "task.lifetime_in_seconds", task.lifetime_in_seconds, faults)
    _at_least(0, "task.max_num_concurrent_units", task.max_num_concurrent_units, faults)
    _at_least(0, "task.maximum_units_per_worker", task.maximum_units_per_worker, faults)
    for number, wanted in enumerate(task.qualifications):
        place = f"task.qualifications.{number}"
        if not wanted.name.strip():
            faults.append(say("{place}.name is empty.", place=place))
        if wanted.op not in COMPARISONS:
            faults.append(
                say(
                    "{place}.op: {op!r} is none of {comparisons}.",
                    place=place,
                    op=wanted.op,
                    comparisons=", ".join(COMPARISONS),
                )
            )
    if task.gold is not None:
        _at_least(1, "task.gold.units_per_item", task.gold.units_per_item, faults)
        _at_least(2, "task.gold.every", task.gold.every, faults)
        _at_least(0, "task.gold.most_wrong", task.gold.most_wrong, faults)
    if task.screening is not None:
        _at_least(1, "task.screening.units", task.screening.units, faults)
        _at_least(1, "task.screening.per_worker", task.screening.per_worker, faults)
        _at_least(0, "task.screening.most_wrong", task.screening.most_wrong, faults)
        if (task.screening.field is None) != (task.screening.truth is None):
            faults.append(say("task.screening: field and truth belong together; give both or none."))
    if task.onboarding is not None:
        if not task.onboarding.qualification.strip():
            faults.append(say("task.onboarding.qualification is empty."))
        _at_least(0, "task.onboarding.most_wrong", task.onboarding.most_wrong, faults)


def _check_others(blueprint: BlueprintArgs, provider: ProviderArgs, faults: list[str]) -> None:
    _at_least(1, "blueprint.units_per_assignment", blueprint.units_per_assignment, faults)
    if blueprint.item_key == "":
        faults.append(say("blueprint.item_key is empty; leave it out to number the items."))
    if not provider.requester_name.strip():
        faults.append(say("provider.requester_name is empty."))


def _check_together(task: TaskArgs, people: int, faults: list[str]) -> None:
    """Where so many people begin an item together, each item needs as many of them at once."""
    if 0 < task.max_num_concurrent_units < people:
        faults.append(
            say(
                "task.max_num_concurrent_units: {max_num_concurrent_units} is too small, since {people} "
                "people work on an item together and would wait for each other.",
                max_num_concurrent_units=task.max_num_concurrent_units,
                people=people,
            )
        )
    groups = {
        "task.gold.units_per_item": task.gold.units_per_item if task.gold else people,
        "task.screening.units": task.screening.units if task.screening else people,
    }
    faults += [
        say(
            "{place}: {number} does not fit, since {people} people work on an item together. Write {people}.",
            place=place,
            number=number,
            people=people,
        )
        for place, number in groups.items()
        if number != people
    ]


def _amount(place: str, text: str, currency: str, faults: list[str]) -> int | None:
    try:
        minor = to_minor(text, currency)
    except BadInput as error:
        faults.append(f"{place}: {error}")
        return None
    except ArithmeticError:
        faults.append(
            say("{place}: {text!r} is no amount of money: write it like 0.12.", place=place, text=text)
        )
        return None
    if minor <= 0:
        faults.append(
            say(
                "{place}: {currency} {text} is not more than nothing.",
                place=place,
                currency=currency,
                text=text,
            )
        )
        return None
    return minor


def _at_least(least: int, place: str, number: int | None, faults: list[str]) -> None:
    if number is not None and not least <= number < 2**31:
        faults.append(
            say("{place}: {number} is too small; at least {least}.", place=place, number=number, least=least)
            if number < least
            else say(
                "{place}: {number} is too large; at least {least}.", place=place, number=number, least=least
            )
        )
