"""What the launch dialog is told: what there is to choose; a run's faults, its cost, its pages.

No widget here. The functions run in the reader's or the jobs thread.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import BadInput, CrowdDeskError, VendorError, to_minor
from crowddesk.language import say
from crowddesk.ui.dialogs.launch_values import (
    AccountChoice,
    ChatPage,
    FormPage,
    LaunchCheck,
    LaunchChoices,
    LaunchProblem,
    LaunchValue,
    RowPage,
)
from crowddesk.ui.dialogs.study_fields import LOOKS, STUDY_VENDORS
from crowddesk.ui.dialogs.study_offers import FilterOffer, StudyOffers
from crowddesk.ui.verbs import environment_of

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.blueprints.base import Blueprint
    from crowddesk.blueprints.data_files import Problems
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.estimate import Estimate
    from crowddesk.operations.run_file import RunConfig

logger = logging.getLogger(__name__)

_READING: Final = ("format", "encoding", "delimiter", "sheet", "quotes")
_ELSEWHERE: Final = ("item_key", "units_per_assignment", "columns")
#: The kinds of pages that most people want stand before the others, which are sorted.
_FIRST_KINDS: Final = ("static_html", "form")
_RUN_FILE_LIMIT: Final = 256 * 1024
_PREVIEW_NAME: Final = "preview.html"
#: Filters over things that the launch dialog asks for by name, elsewhere.
_ASKED_BY_NAME: Final = ("ParticipantGroupID",)


def read_choices(conn: Connection) -> LaunchChoices:
    """In the reader: accounts that are registered, and flat forms for vendors and blueprints."""
    from crowddesk import registry
    from crowddesk.blueprints.base import BlueprintArgs
    from crowddesk.blueprints.elsewhere import BLUEPRINT_TYPE
    from crowddesk.operations.rehearsal import can_rehearse
    from crowddesk.store.queries import REQUESTERS
    from crowddesk.ui.flat_args import flat

    registered = [row for row in REQUESTERS.iterate(conn) if row.registered]
    providers: dict[str, type] = {}
    served = set()
    for name in dict.fromkeys(account.provider_type for account in registered):
        try:
            vendor = registry.get_crowd_provider_from_type(name)
        except CrowdDeskError:
            continue  # its accounts say themselves what they lack
        looks = LOOKS if name in STUDY_VENDORS else None
        providers[name] = flat(vendor.ArgsClass, f"{name}_args", ("requester_name",), looks)
        if vendor.SERVES_TASKS:
            served.add(name)
    accounts = [
        AccountChoice(
            r.requester_name, r.provider_type, environment_of(r.provider_type, r.sandbox), r.currency
        )
        for r in registered
        if r.provider_type in providers
    ]
    files: dict[str, type] = {}
    mapped = set()
    names = set(registry.blueprint_types()) - {BLUEPRINT_TYPE}  # which is adopted, never launched
    for name in sorted(names, key=lambda name: (name not in _FIRST_KINDS, name != _FIRST_KINDS[0], name)):
        try:
            args_class = registry.get_blueprint_from_type(name).ArgsClass
        except CrowdDeskError:
            continue  # one that cannot be loaded is not offered
        files[name] = flat(args_class, f"{name}_args", (*_READING, *_ELSEWHERE))
        if "columns" in args_class.__dataclass_fields__:
            mapped.add(name)
    base = set(BlueprintArgs.__dataclass_fields__) - set(_READING)
    reading = flat(BlueprintArgs, "reading", base)
    rehearsed = frozenset(filter(can_rehearse, providers))
    return LaunchChoices(accounts, providers, files, reading, frozenset(mapped), frozenset(served), rehearsed)


def look_over(db: CrowdDatabase, job: Job, value: LaunchValue, row: int) -> LaunchCheck:
    """In the jobs thread: reads all files of a run; its faults, its cost, and the page of one row."""
    from crowddesk.operations.run_file import run_from_dict

    problems: list[LaunchProblem] = []
    found = _Found()
    try:
        config = run_from_dict(value.sections, value.folder)
        job.report(0, 1)  # what was typed since makes all of this old
        found = _estimate(db, job, config, problems)
    except BadInput as error:
        problems += [LaunchProblem("", line) for line in str(error).splitlines()]
    cost = found.cost
    job.report(0, 1)
    seen = _see(value, problems)
    rows = found.rows
    row = min(max(1, row), rows) if rows else max(1, row)
    if cost is None:
        _check_page(seen, problems)
    page = _page_of(seen, row, [] if problems else problems)
    return LaunchCheck(
        seen.columns,
        seen.placeholders,
        tuple(dict.fromkeys(problems)),
        found.more,
        cost=cost,
        page=page,
        row=row if page else 0,
        rows=rows,
        files=seen.files,
        hosting=cost.hosting if cost is not None else None,
        hosting_fault=found.hosting_fault,
        balance=found.balance,
        read=found.read,
        units=found.units,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What a whole run comes to; see LaunchCheck."""

    rows: int = 0
    units: int = 0
    cost: Estimate | None = None
    more: int = 0
    hosting_fault: str = ""
    balance: int | None = None
    read: bool = False


def _estimate(db: CrowdDatabase, job: Job, config: RunConfig, problems: list[LaunchProblem]) -> _Found:
    """The cost of a run, and what is wrong with it. What only the vendor says no to is told apart."""
    from crowddesk.operations import estimate

    def tell(rows: int) -> None:
        job.report(rows, rows + 1)

    try:
        cost = estimate.estimate_run(db, config, progress=tell)
    except VendorError as error:
        problems.append(LaunchProblem("", str(error), rehearsable=True))
        return _without_cost(config, tell, problems)
    except BadInput as error:
        place, _, words = str(error).partition(": ")
        if place == "provider.hosting":
            return replace(_without_cost(config, tell, problems), hosting_fault=words)
        raise
    more = _add_found(cost.problems, problems)
    read = _is_read(cost.units, cost.problems, problems)
    return _Found(cost.items, cost.units, cost, more, "", _balance(db, config) if read else None, read)


def _without_cost(config: RunConfig, tell: Callable[[int], None], problems: list[LaunchProblem]) -> _Found:
    """What a run's files hold, where its vendor cannot say what it costs."""
    from crowddesk.operations.run_file import check_files

    checked = check_files(config, progress=tell)
    gold, screening = config.task.gold, config.task.screening
    units = checked.items * config.blueprint.units_per_assignment
    units += checked.gold_items * gold.units_per_item if gold is not None else 0
    units += checked.screening_items * screening.units if screening is not None else 0
    more = _add_found(checked.problems, problems)
    return _Found(checked.items, units, more=more, read=_is_read(units, checked.problems, problems))


def _add_found(found: Problems, problems: list[LaunchProblem]) -> int:
    """Adds what is wrong with the files; returns how much more there is than is listed."""
    problems += [LaunchProblem(p.place, p.message, p.severity == "error") for p in found]
    return found.errors + found.warnings - len(found.listed)


def _is_read(units: int, found: Problems, problems: list[LaunchProblem]) -> bool:
    """Whether the files are right and hold something, which is said where they do not."""
    if units == 0 and not found.errors:
        problems.append(LaunchProblem("", say("The data file has no rows, so there is nothing to launch.")))
    return units > 0 and not found.errors


def _balance(db: CrowdDatabase, config: RunConfig) -> int | None:
    """What the account has at its vendor, in minor units; None where that is not known."""
    from crowddesk.operations import estimate

    requester = estimate.find_requester(db, config)
    try:
        return to_minor(requester.get_available_budget(), requester.currency)
    except Exception:  # a vendor's code may raise anything, and a run may be launched without it
        logger.info("The balance of %s could not be had", requester, exc_info=True)
        return None


def page_of_row(value: LaunchValue, row: int) -> tuple[int, RowPage]:
    """In the jobs thread: another row's number and its page; "" when it cannot be made."""
    return row, _page_of(_see(value, []), row, [])


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a half-filled form lets be read: no blueprint without its page's file, no columns without data."""

    columns: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()
    blueprint: Blueprint | None = None
    files: tuple[Path, ...] = ()


def _see(value: LaunchValue, problems: list[LaunchProblem]) -> _Seen:
    from crowddesk import registry
    from crowddesk.blueprints.data_files import Table
    from crowddesk.operations.typed_args import fill

    section = value.sections.get("blueprint", {})
    if not isinstance(section, Mapping):
        return _Seen()
    columns: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    try:
        blueprint_class = registry.get_blueprint_from_type(str(section.get("_blueprint_type")))
        names = _page_files(blueprint_class.ArgsClass)
        empty = dict.fromkeys(("data", *names), "")
        args = fill(blueprint_class.ArgsClass, {**empty, **section}, "blueprint", value.folder, [])
        if args is None:
            return _Seen()
        blueprint = blueprint_class(args, value.folder)
        has_page = all(section.get(name) for name in names)
        if has_page:
            files = tuple(value.folder / getattr(args, name) for name in names)
        if section.get("data"):
            columns = Table(blueprint.data_path, blueprint.reading).columns
        if not has_page:
            return _Seen(columns)
        template = getattr(blueprint, "template", None)
    except BadInput as error:
        _add(problems, "", str(error))
        return _Seen(columns, files=files)
    placeholders = (
        (p.name for p in template.placeholders() if not p.in_script) if template is not None else ()
    )
    return _Seen(columns, tuple(dict.fromkeys(placeholders)), blueprint, files)


def _page_files(args_class: type) -> list[str]:
    """The arguments that name the files a page is made of: a template, a form."""
    import dataclasses

    from crowddesk.blueprints.base import BlueprintArgs
    from crowddesk.operations.typed_args import is_path, is_required

    shared = BlueprintArgs.__dataclass_fields__
    return [
        f.name
        for f in dataclasses.fields(args_class)
        if f.name not in shared and is_path(f) and is_required(f)
    ]


def _check_page(seen: _Seen, problems: list[LaunchProblem]) -> None:
    """Adds what is wrong with the page while the rest of the run is not there yet."""
    from crowddesk.blueprints.data_files import Problems

    if seen.blueprint is None:
        return
    found = Problems()
    seen.blueprint.check_own(found)
    if seen.columns and not found.errors:
        seen.blueprint.check_columns(seen.columns, seen.blueprint.data_path.name, found)
    problems += [LaunchProblem(p.place, p.message, p.severity == "error") for p in found]


def _page_of(seen: _Seen, row: int, problems: list[LaunchProblem]) -> RowPage:
    """What a row looks like; a form or a conversation without data shows its columns' names."""
    from crowddesk.ui.page_preview import readable

    blueprint = seen.blueprint
    if blueprint is None:
        return ""
    try:
        values = None
        if seen.columns:
            item = next(islice(blueprint.read_items(), row - 1, None), None)
            if item is None:
                return ""
            values = item.values
        drawn = _drawn(blueprint, values)
        if drawn is not None:
            return drawn
        return "" if values is None else readable(blueprint.render(values))
    except BadInput as error:
        _add(problems, "", str(error))
        return ""


def _drawn(blueprint: Blueprint, values: Mapping[str, str] | None) -> FormPage | ChatPage | None:
    """The page of a kind that is drawn natively; `values` is None without data."""
    from crowddesk.blueprints.chat import ChatBlueprint
    from crowddesk.blueprints.form import FormBlueprint
    from crowddesk.blueprints.form_text import put

    if isinstance(blueprint, FormBlueprint):
        return FormPage(blueprint.form, values or {})
    if not isinstance(blueprint, ChatBlueprint):
        return None
    args, asked = blueprint.args, blueprint.questions

    def filled(text: str) -> str:
        return text if values is None else put(text, values)

    return ChatPage(
        args.units_per_assignment,
        filled(blueprint.intro),
        tuple(args.roles),
        tuple(map(filled, args.role_texts)),
        args.least_messages,
        FormPage(asked.form, values or {}) if isinstance(asked, FormBlueprint) else None,
    )


def _add(problems: list[LaunchProblem], place: str, words: str) -> None:
    if not any(words in str(problem) for problem in problems):
        problems.append(LaunchProblem(place, words))


def read_sections(path: Path) -> tuple[Path, dict[str, Any]]:
    """In the jobs thread: a run file's sections (or a form's), all text. Raises BadInput with the line."""
    from crowddesk.blueprints.text_files import read_text
    from crowddesk.operations import run_yaml

    return path, run_yaml.parse(read_text(path, _RUN_FILE_LIMIT), path.name)


def write_run_file(value: LaunchValue, path: Path) -> Path:
    """In the jobs thread: writes a run file; paths under its folder are relative. Raises BadInput."""
    from crowddesk.operations.run_file import run_from_dict, to_yaml

    config = run_from_dict(value.sections, value.folder)
    try:
        path.write_text(to_yaml(config, relative_to=path.absolute().parent, full=False), encoding="utf-8")
    except OSError as error:
        raise BadInput(say("{path} cannot be written: {why}.", path=path, why=error.strerror)) from None
    return path


def write_preview(folder: Path, value: LaunchValue, row: int) -> Path:
    """In the jobs thread: the whole page of a row as a file in the workspace, for a browser."""
    blueprint = _see(value, []).blueprint
    item = None if blueprint is None else next(islice(blueprint.read_items(), row - 1, None), None)
    if blueprint is None or item is None:
        raise BadInput(say("There is no page for row {row}.", row=row))
    target = folder / _PREVIEW_NAME
    target.write_text(blueprint.render(item.values), encoding="utf-8")
    return target


def command_words(value: LaunchValue, path: Path, stored: Mapping[str, Any]) -> list[str]:
    """The run file and what was changed since it was read or saved, as `launch` and `rehearse` take them."""
    before, now = dict(_leaves(stored)), dict(_leaves(value.sections))
    changed = [
        f"{key}={text}"
        for key, text in now.items()
        if text != before.get(key) and not _same(key, text, before, path)
    ]
    gone = [f"{key}=null" for key in before if key not in now and not key.endswith((".columns", "_type"))]
    return [str(path.absolute()), *changed, *gone]


def _same(key: str, text: str, before: Mapping[str, str], path: Path) -> bool:
    """A path that became absolute, or a number written another way, is no change."""
    old = before.get(key, "")
    if old and str(path.absolute().parent / Path(old).expanduser()) == text:
        return True
    try:
        return float(old) == float(text)
    except ValueError:
        return False


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _leaves(part, f"{place}.{name}" if place else str(name))
    elif isinstance(value, list):
        yield place, "[" + ", ".join(str(part) for part in value) + "]"
    elif value is not None:
        yield place, str(value)


def read_offers(db: CrowdDatabase, choice: AccountChoice) -> tuple[AccountChoice, StudyOffers]:
    """In the jobs thread: what an account's vendor has to choose from for a study. Raises CrowdDeskError."""
    from crowddesk import registry

    found = db.find_requesters(requester_name=choice.requester_name, provider_type=choice.provider_type)
    if not found:
        raise BadInput(say("There is no account {name!r}.", name=choice.requester_name))
    provider: Any = registry.get_crowd_provider_from_type(choice.provider_type)(db)
    account = provider.account_of(found[0].db_id)
    client, workspace = account.client(), account.workspace_id()
    filters = [
        FilterOffer(
            each.id, each.title or each.id, each.question or each.description,
            "range" if each.type == "range" else "select", each.choices, each.minimum, each.maximum,
            each.data_type,
        )
        for each in client.filters(workspace)
        if each.data_type not in _ASKED_BY_NAME
    ]  # fmt: skip
    groups = [group.name for group in client.groups(workspace) if not group.deleted]
    projects = [(place.id, place.title) for place in client.projects(workspace)]
    return choice, StudyOffers(filters, groups, projects)


def read_run_again(db: CrowdDatabase, run_id: int) -> LaunchValue:
    """In the jobs thread: a run as sections over its kept files, to be changed. Raises NotFound, BadInput."""
    from crowddesk.operations import launch, run_yaml
    from crowddesk.operations.run_file import to_yaml

    row = db.get_task_run(str(run_id))
    config = launch.stored_config(db, row)
    sections = run_yaml.parse(to_yaml(config, full=False), say("run {id}", id=run_id))
    return LaunchValue(sections, Path(db.folder) / str(row["folder"]))


def read_real_run(db: CrowdDatabase, run_id: int) -> LaunchValue:
    """In the jobs thread: the run that a run was the rehearsal of, as sections over its kept files.

    Raises NotFound, and BadInput where there is none.
    """
    import dataclasses

    from crowddesk import registry
    from crowddesk.operations import rehearsal

    again = read_run_again(db, run_id)
    rehearsed = again.sections["provider"]
    kind = rehearsed["_provider_type"]
    vendor = next((name for name, stand_in in rehearsal.STAND_INS.items() if stand_in == kind), None)
    if vendor is None:
        raise BadInput(say("Run {run} is at {vendor}: it was no rehearsal.", run=run_id, vendor=kind))
    args_class = registry.get_crowd_provider_from_type(vendor).ArgsClass
    known = {field.name for field in dataclasses.fields(args_class)}
    provider = {name: value for name, value in rehearsed.items() if name in known}
    accounts = [each.requester_name for each in db.find_requesters(provider_type=vendor)]
    mine = rehearsed["requester_name"]
    provider["_provider_type"] = vendor
    provider["requester_name"] = next((n for n in accounts if rehearsal.account_name(n) == mine), mine)
    if provider.get("hosting") == "here":  # as it was decided for people on this computer
        provider["hosting"] = "auto"
    return LaunchValue({**again.sections, "provider": provider}, again.folder)
