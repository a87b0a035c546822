"""What of a unit is shown as its worker saw it, read from its run's own files. No widget here."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crowddesk.domain import BadInput, CrowdDeskError
from crowddesk.language import say
from crowddesk.ui.review.filled_page import LONGEST_VALUE, FilledPage, as_words, fill_page, texts_of
from crowddesk.ui.words import exact_time

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.blueprints.base import Blueprint
    from crowddesk.blueprints.form_model import Form
    from crowddesk.store.queries import UnitDetail, UnitRow
    from crowddesk.taskserver.looking import SeenPage

logger = logging.getLogger(__name__)

#: Where a conversation's answer holds what was said.
_MESSAGES: Final = "messages"
_MOST_FIELDS: Final = 400
#: A run whose page is at most this long is drawn at once, where the key was pressed; lengths in characters.
_LIGHT_PAGE: Final = 12_000
_LIGHT_VALUES: Final = 6_000
#: In a longer page, options that depend on the item are not looked for.
_QUICK_PAGE: Final = 20_000

_Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RunSource:
    """A run as its answers are shown. `blueprint` is None where it cannot be had, and `fault` says why.

    `is_light`: its pages are drawn in a few milliseconds, with nothing read from a disk. `shows_media`: its
    form shows pictures or recordings. `repeats`: how often the item may stand in its page.
    """

    run_id: int
    folder: Path
    blueprint: Blueprint | None = None
    fault: str = ""
    is_light: bool = False
    shows_media: bool = False
    repeats: int = 1


@dataclass(frozen=True, slots=True)
class SeenForm:
    """A form, the item's columns, the answer."""

    form: Form
    values: Mapping[str, str]
    answer: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """One message: who is the number of a person, from 1; `at` a moment in ISO's form, or ""."""

    who: int
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class SeenTalk:
    """A conversation: what was read first, who said what, the questions. `me`: the worker's number."""

    intro: str
    roles: tuple[str, ...]
    role_text: str
    me: int
    said: tuple[Said, ...]
    questions: SeenForm | None = None


@dataclass(frozen=True, slots=True)
class SeenFields:
    """Only names and values: `why` says why there is no page."""

    fields: _Pairs
    why: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """One unit. `answered` is False before there is an answer; `cut` are whole texts of those cut above."""

    unit_id: int
    page: SeenForm | SeenTalk | FilledPage | SeenFields
    answered: bool = True
    hidden: _Pairs = ()
    also: _Pairs = ()
    cut: _Pairs = ()
    notes: tuple[str, ...] = ()


def read_run(conn: Connection, workspace: Path, run_id: int) -> RunSource:
    """In the reader: a run's blueprint, with its files read. Never raises for what is wrong with them."""
    from omegaconf import OmegaConf

    from crowddesk.registry import get_blueprint_from_type
    from crowddesk.store import records

    folder = workspace / "runs" / str(run_id)
    try:
        row = records.get(conn, "task_run", run_id)
        folder = workspace / (row["folder"] or f"runs/{run_id}")
        args = OmegaConf.create(row["args"]).blueprint
        blueprint = get_blueprint_from_type(row["task_type"])(args, folder)
        size = _read_files(blueprint)
    except Exception as error:  # somebody's own blueprint may raise anything
        known = isinstance(error, CrowdDeskError | OSError)
        if not known:
            logger.info("The page of run %d cannot be made", run_id, exc_info=True)
        return RunSource(run_id, folder, None, str(error) if known else f"{type(error).__name__}: {error}")
    is_light, repeats = size <= _LIGHT_PAGE, _repeats(blueprint)
    return RunSource(run_id, folder, blueprint, "", is_light, _shows_media(blueprint), repeats)


def _repeats(blueprint: Blueprint) -> int:
    from crowddesk.blueprints.static_html import StaticHtmlBlueprint

    placeholders = blueprint.template.placeholders() if isinstance(blueprint, StaticHtmlBlueprint) else []
    counts = Counter(place.name for place in placeholders)
    return max(counts.values(), default=1)


def _shows_media(blueprint: Blueprint) -> bool:
    from crowddesk.blueprints.form import FormBlueprint

    return isinstance(blueprint, FormBlueprint) and any(field.src for field in blueprint.form.fields)


def _read_files(blueprint: Blueprint) -> int:
    """Has the blueprint read what its page is made of; returns how long that is."""
    from crowddesk.blueprints.chat import ChatBlueprint
    from crowddesk.blueprints.form import FormBlueprint
    from crowddesk.blueprints.static_html import StaticHtmlBlueprint

    if isinstance(blueprint, StaticHtmlBlueprint):
        return len(blueprint.template.text)
    if isinstance(blueprint, FormBlueprint):
        return 200 * len(blueprint.form.fields)
    if isinstance(blueprint, ChatBlueprint):
        if isinstance(blueprint.questions, FormBlueprint):
            _read_files(blueprint.questions)
        return _LIGHT_PAGE + 1  # its introduction is read from the disk each time
    return _LIGHT_PAGE + 1


def is_light(run: RunSource, detail: UnitDetail) -> bool:
    """Whether this unit may be drawn where the key was pressed."""
    row = detail.row
    return run.is_light and run.repeats * len(row.data) + len(row.answer or "") <= _LIGHT_VALUES


def see(run: RunSource, detail: UnitDetail) -> Seen:
    """What is shown of a unit. Never raises for what is stored or for a template that cannot be used."""
    row = detail.row
    try:
        answer, notes = _apart(row.output)
    except (ValueError, RecursionError):
        why = say("The stored answer is damaged: this is how it is stored.")
        return Seen(row.id, SeenFields((("", row.answer or ""),), why))
    return replace(_see(run, row, answer), notes=notes)


def _apart(output: Mapping[str, Any] | None) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What was answered, and what the page cannot have sent, as it was noted when the answer came."""
    from crowddesk.blueprints.form_answer import NOTED

    answer = dict(output or {})
    noted = answer.pop(NOTED, None)
    return answer, tuple(str(note) for note in noted[:20]) if isinstance(noted, list) else ()


def _see(run: RunSource, row: UnitRow, answer: dict[str, Any]) -> Seen:
    try:
        values = {str(name): as_words(value) for name, value in row.input.items()}
    except (ValueError, RecursionError):
        return _fields_only(row.id, answer, say("The stored item is damaged, so its page cannot be shown."))
    answered = row.answer is not None
    if row.kind == "compensation" and not answer:
        return Seen(
            row.id, SeenFields((), say("This unit pays somebody for work done outside of it.")), False
        )
    if run.blueprint is None:
        why = say("The page cannot be shown, so these are its fields. {why}", why=run.fault)
        return _fields_only(row.id, answer, why, answered)
    try:
        return _drawn(run.blueprint, row.id, row.unit_index, values, answer, answered)
    except Exception as error:  # somebody's own blueprint may raise anything
        if not isinstance(error, BadInput | OSError):
            logger.info("Unit %d cannot be shown in its page", row.id, exc_info=True)
        why = say("The page cannot be shown, so these are its fields. {why}", why=error)
        return _fields_only(row.id, answer, why, answered)


def has_page(run: RunSource) -> bool:
    """Whether a browser can show the units of a run as they were."""
    from crowddesk.blueprints.elsewhere import ElsewhereBlueprint

    return run.blueprint is not None and not isinstance(run.blueprint, ElsewhereBlueprint)


def page_of(run: RunSource, detail: UnitDetail) -> SeenPage:
    """The page of a unit for a browser, in the viewer's thread: as its worker got it. Raises BadInput."""
    from crowddesk.blueprints.chat import ChatBlueprint
    from crowddesk.taskserver.looking import SeenPage

    row = detail.row
    try:
        values = {str(name): as_words(value) for name, value in row.input.items()}
        answer, _ = _apart(row.output)
    except (ValueError, RecursionError):
        raise BadInput(
            say("What is stored of unit {id} is damaged, so its page cannot be made.", id=row.id)
        ) from None
    if run.blueprint is None:
        raise BadInput(say("The page of unit {id} cannot be made. {fault}", id=row.id, fault=run.fault))
    updates: list[dict[str, Any]] = []
    if isinstance(run.blueprint, ChatBlueprint):
        talk = _talk(run.blueprint, row.unit_index, values, answer)
        updates = list(_updates(talk, run.blueprint.args.units_per_assignment))
        answer = _but_messages(answer)
    words = say("unit {id}, not answered", id=row.id)
    if row.answer:
        words = say("unit {id}, answered {time}", id=row.id, time=exact_time(row.submitted_at))
    texts = {name: texts_of(value) for name, value in answer.items()}
    return SeenPage(say("Unit {id}", id=row.id), words, run.blueprint.render(values), texts, updates)


def _updates(talk: SeenTalk, people: int) -> Iterator[dict[str, Any]]:
    """What the page of a conversation was shown, as it is told it after a reload."""
    yield {"type": "you", "update_id": "you", "number": talk.me, "of": people, "text": talk.role_text}
    for place, one in enumerate(talk.said):
        name = f"m{place}"
        yield {
            "type": "message", "update_id": name, "id": name, "number": one.who, "text": one.text,
            "at": one.at,
        }  # fmt: skip


def _fields_only(unit_id: int, answer: Mapping[str, Any], why: str, answered: bool = True) -> Seen:
    pairs = tuple(_pairs(answer))
    return Seen(unit_id, SeenFields(pairs, why), answered)


def _drawn(
    blueprint: Blueprint,
    unit_id: int,
    index: int,
    values: Mapping[str, str],
    answer: dict[str, Any],
    answered: bool,
) -> Seen:
    from crowddesk.blueprints.chat import ChatBlueprint
    from crowddesk.blueprints.elsewhere import ElsewhereBlueprint
    from crowddesk.blueprints.form import FormBlueprint
    from crowddesk.operations.export.texts import names_worker

    # Whose it is stands beside the answer, unless the reviewer does not want to know it yet.
    answer = {name: value for name, value in answer.items() if not names_worker(name)}
    if isinstance(blueprint, ElsewhereBlueprint):
        return _fields_only(
            unit_id, answer, say("This task is shown elsewhere; this is what its vendor says."), answered
        )
    if isinstance(blueprint, FormBlueprint):
        form = SeenForm(blueprint.form, values, answer)
        return Seen(unit_id, form, answered, also=_beside(form), cut=tuple(_long(answer)))
    if isinstance(blueprint, ChatBlueprint):
        talk = _talk(blueprint, index, values, answer)
        also = _beside(talk.questions) if talk.questions else tuple(_pairs(_but_messages(answer)))
        return Seen(unit_id, talk, answered, also=also, cut=tuple(_long(answer)))
    document = blueprint.render(values)
    fields = blueprint.fields(values if len(document) <= _QUICK_PAGE else None)
    page = fill_page(document, answer, fields)
    return Seen(unit_id, page, answered, page.hidden, page.also, page.cut)


def _but_messages(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != _MESSAGES}


def _talk(blueprint: Any, index: int, values: Mapping[str, str], answer: dict[str, Any]) -> SeenTalk:
    from crowddesk.blueprints.form import FormBlueprint
    from crowddesk.blueprints.form_text import put

    args, me = blueprint.args, index + 1
    told = answer.get(_MESSAGES)
    said = [
        Said(int(one["from"]), str(one.get("text", "")), str(one.get("at", "")))
        for one in (told if isinstance(told, list) else [])
        if isinstance(one, Mapping) and type(one.get("from")) is int
    ]
    asked = blueprint.questions
    text = args.role_texts[index] if 0 <= index < len(args.role_texts) else ""
    rest = _but_messages(answer)
    questions = SeenForm(asked.form, values, rest) if isinstance(asked, FormBlueprint) else None
    return SeenTalk(
        put(blueprint.intro, values), tuple(args.roles), put(text, values), me, tuple(said), questions
    )


def _beside(form: SeenForm) -> _Pairs:
    """What a form does not ask and was sent."""
    from crowddesk.blueprints.form_model import OTHER

    known = set()
    for field in form.form.fields:
        if field.asks:
            known |= {field.name, f"{field.name}_{OTHER}"} if field.other else {field.name}
    return tuple(_pairs({name: value for name, value in form.answer.items() if name not in known}))


def _pairs(answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for place, (name, value) in enumerate(answer.items()):
        if place == _MOST_FIELDS:
            yield "…", say("and {number:,} more", number=len(answer) - place)
            return
        yield str(name), as_words(value)


def _long(answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The whole of texts that are cut where they stand."""
    for name, value in answer.items():
        if isinstance(value, str) and len(value) > LONGEST_VALUE:
            yield name, value
