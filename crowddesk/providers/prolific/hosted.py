"""Runs that Prolific shows itself: items and form given to AI Task Builder, answers bound to assignments.

Prolific sets a batch up only over a data set with a finished import, so items go as one file. Every step is
kept before the next, costs nothing until a study is published, and may be done again after a crash.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from omegaconf import DictConfig, OmegaConf

from crowddesk.blueprints.base import Blueprint
from crowddesk.blueprints.form import FormBlueprint
from crowddesk.data_model.assignment import Assignment
from crowddesk.data_model.database import ProviderStore
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import BadInput, Hosting, VendorError, VendorRefused, now
from crowddesk.language import mark, say
from crowddesk.providers.prolific import builder_client
from crowddesk.providers.prolific.api import Response
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.hosted_form import batch_of, faults_of, item_fault, submission_of
from crowddesk.providers.prolific.study import StudyBook, internal_name, marker_of
from crowddesk.providers.prolific.wire import Refused

logger = logging.getLogger(__name__)

NO_PAGE: Final = mark(
    "Prolific's participants could not open the task: there is no public address. Set one in Settings, or "
    "let Prolific show the task itself, which it can for forms."
)

_METHOD: Final = "AI_TASK_BUILDER_BATCH"
_FILE: Final = "items.jsonl"
#: A file, or a wish for tasks, that shows no effect for so long is taken for lost, in seconds.
_FILE_PATIENCE_S: Final = 600.0
_SETUP_PATIENCE_S: Final = 120.0
#: How often another batch is made because one does not have the tasks it should have.
_MOST_SPOILT: Final = 3
_UNDER_WAY: Final = frozenset({"queued", "processing"})
_EPOCH: Final = datetime.fromtimestamp(0, UTC)
_RUN_PARTS: Final = {
    "gold": mark("there is check questions (task.gold)"),
    "screening": mark("there is a screening (task.screening)"),
    "onboarding": mark("there is an introduction page (task.onboarding)"),
}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run's batch, ready for a study. `instructions` is the field that each question of its asks."""

    run_id: str
    dataset_id: str
    batch_id: str
    instructions: Mapping[str, str]
    marker: str
    blueprint: FormBlueprint


@dataclass(frozen=True, slots=True)
class HostedAnswer:
    """What one participant answered to one item. `answer` is as the form's own page would have had it.

    `assignment_id` is "" where the vendor does not say which item it was. `missing` are the fields of which
    nothing came: while somebody works, more may follow. `raw` is the vendor's rows as JSON, `at` the last.
    """

    assignment_id: str
    submission_id: str
    participant_id: str
    answer: dict[str, Any]
    raw: str
    at: datetime | None
    missing: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every question has an answer."""
        return not self.missing


def hosting_of(args: DictConfig, blueprint: Blueprint, public_url: str, *, here: bool) -> Hosting:
    """Who shows a run: this desk at its public address (`here`: people reach that), or Prolific itself.

    Raises BadInput where nobody can.
    """
    wanted = str(args.provider.hosting)
    if wanted == "here" or (wanted == "auto" and here):
        if not here:
            raise BadInput(f"provider.hosting: {say(NO_PAGE)}")
        return Hosting(
            "here",
            say(
                "Shown by this program at {host}.",
                host=urlsplit(public_url).netloc or say("this computer"),
            ),
        )
    why = why_not(args, blueprint)
    if why:
        raise BadInput(
            say("provider.hosting: {why} And there is no public address to show it at from here.", why=why)
        )
    if wanted == "vendor":
        return Hosting("vendor", say("Shown by Prolific itself, as you asked."))
    return Hosting("vendor", say("Shown by Prolific itself, because this desk has no public address."))


def why_not(args: DictConfig, blueprint: Blueprint) -> str:
    """ "" when Prolific can show a run's task itself, else a sentence that names all that it cannot.

    Reads the form; raises BadInput when that is at fault.
    """
    if not isinstance(blueprint, FormBlueprint):
        kind = blueprint.BLUEPRINT_TYPE
        return say(
            "Prolific can show only tasks made with form itself, and this one is made with {kind}.", kind=kind
        )
    faults = faults_of(blueprint.form)
    for name, words in _RUN_PARTS.items():
        if OmegaConf.select(args, f"task.{name}") is not None:
            faults.append(say(words))
    return say("Prolific cannot show this task itself: {faults}.", faults="; ".join(faults)) if faults else ""


def check_items(blueprint: Blueprint) -> None:
    """Reads the run's items and raises BadInput for the first that Prolific could not show."""
    if not isinstance(blueprint, FormBlueprint):
        return
    if not any(field.type == "show_image" for field in blueprint.form.fields):
        return
    for item in blueprint.read_items():
        if fault := item_fault(blueprint.form, item.values):
            raise BadInput(
                say(
                    "{name}, row {row_number}: {fault}",
                    name=blueprint.data_path.name,
                    row_number=item.row_number,
                    fault=fault,
                )
            )


def prepare(
    store: ProviderStore, client: ProlificClient, task_run: TaskRun, blueprint: Blueprint, workspace_id: str
) -> Prepared | None:
    """Brings a run's batch one step on; the batch once it is ready, None while Prolific works on it.

    Asks nobody once it is ready. What is known is kept under `study/<run id>`, so that a call after a crash
    goes on where the last one was; what got no answer is done again and leaves at most an unused data set or
    batch behind. Raises the client's errors, each of which leaves it fit to be called again, and
    VendorRefused when the vendor does not take the task. In the account's lane.
    """
    if not isinstance(blueprint, FormBlueprint):
        raise VendorRefused(why_not(task_run.args, blueprint))
    return _SettingUp(StudyBook(store), client, task_run, blueprint, workspace_id).go_on()


def study_fields(prepared: Prepared, units_per_assignment: int) -> dict[str, Any]:
    """The fields of a study that say where its tasks are, and how many people answer each."""
    return {
        "data_collection_method": _METHOD,
        "data_collection_id": prepared.batch_id,
        "data_collection_metadata": {"annotators_per_task": units_per_assignment},
    }


def read_answers(client: ProlificClient, prepared: Prepared) -> dict[str, HostedAnswer]:
    """Every answer to a run, whole or in part, by the id of its submission.

    By the participant's id where a response names no submission. Raises the client's errors.
    """
    rows = [row for row in client.batch_responses(prepared.batch_id) if not row.no_submission]
    groups: dict[tuple[str, str], list[Response]] = defaultdict(list)
    for row in rows:
        groups[row.submission_id or row.participant_id, row.task_id].append(row)
    assignments = _assignments_of(client, prepared, rows)
    answers: dict[str, HostedAnswer] = {}
    for (key, task_id), found in groups.items():
        answer = _answer_of(prepared, found, assignments.get(task_id, ""))
        other = answers.get(key)
        if other is None or _rank(answer) > _rank(other):
            answers[key] = answer
    return answers


# ------------------------------------------------------------------------------------------------ set-up


class _SettingUp:
    """The steps from a form and its items to a batch that a study can name."""

    def __init__(
        self,
        book: StudyBook,
        client: ProlificClient,
        run: TaskRun,
        blueprint: FormBlueprint,
        workspace_id: str,
    ) -> None:
        self._book = book
        self._client = client
        self._run = run
        self._blueprint = blueprint
        self._workspace_id = workspace_id
        self._kept = book.of(run.db_id)
        self._marker = marker_of(run.db, run.db_id)

    def go_on(self) -> Prepared | None:
        if self._kept.get("batch_ready"):
            return self._prepared()
        self._layout = batch_of(self._blueprint.form)
        if not self._kept.get("dataset_id"):
            self._make_dataset()
        if not self._kept.get("filled") and not self._fill():
            return None
        if not self._kept.get("batch_id"):
            self._make_batch()
        return self._prepared() if self._finish() else None

    def _prepared(self) -> Prepared:
        kept = self._kept
        return Prepared(
            self._run.db_id,
            str(kept["dataset_id"]),
            str(kept["batch_id"]),
            {str(id_): str(name) for id_, name in kept["instructions"].items()},
            self._marker,
            self._blueprint,
        )

    def _note(self, **facts: Any) -> None:
        self._kept = self._book.note(self._run.db_id, **facts)

    def _forget_dataset(self) -> None:
        self._note(dataset_id=None, sent_at=None, filled=False)
        self._forget_batch()

    def _forget_batch(self) -> None:
        self._note(batch_id=None, instructions=None, asked_at=None, batch_ready=False)

    def _make_dataset(self) -> None:
        items = self._check_items()
        name = internal_name(self._run.db, self._run)
        made = self._client.create_dataset(name, self._workspace_id, self._layout.schema)
        self._note(dataset_id=made.id, items=items, sent_at=None, filled=False)

    def _check_items(self) -> int:
        """How many items the run has; VendorRefused when one cannot be shown."""
        items = list(self._items())
        for assignment, values in items:
            if fault := item_fault(self._blueprint.form, values):
                raise VendorRefused(
                    say("Item {item_key}: {fault}", item_key=assignment.item_key, fault=fault)
                )
        return len(items)

    def _items(self) -> Iterator[tuple[Assignment, dict[str, str]]]:
        for assignment in self._run.get_assignments():
            shared = assignment.get_assignment_data().shared
            yield assignment, {name: str(value) for name, value in shared.items()}

    def _fill(self) -> bool:
        """Whether every item is in the data set; sends them when none is on its way."""
        items = int(self._kept["items"])
        try:
            there = builder_client.dataset(self._client, str(self._kept["dataset_id"]))
        except Refused as error:
            return self._start_anew(error)
        if any(job.status in _UNDER_WAY for job in there.imports):
            return False
        ended = [job for job in there.imports if job.status != "uninitialised"]
        for job in ended:
            if job.status != "complete":
                self._forget_dataset()
                raise VendorRefused(
                    say("Prolific did not take the items: {said}", said=self._said(job.reasons))
                )
        is_once = len(ended) == 1 and ended[0].accepted in (items, None)
        if is_once or (ended and there.items == items):
            self._note(filled=True)
            return True
        if ended:  # they came twice, after an answer that got lost
            return self._start_anew(
                VendorRefused(
                    say("Prolific has {items} items instead of {wanted}.", items=there.items, wanted=items)
                )
            )
        if not _is_fresh(self._kept.get("sent_at"), _FILE_PATIENCE_S):
            lines = b"".join(self._lines())
            builder_client.send_items(self._client, str(self._kept["dataset_id"]), _FILE, lines)
            self._note(sent_at=now().timestamp())
        return False

    def _lines(self) -> Iterator[bytes]:
        """A line an item. ASCII, so that no reader takes a character of an item for the end of a line."""
        for assignment, values in self._items():
            record = self._layout.record(f"{self._marker}:{assignment.db_id}", values)
            yield json.dumps(record).encode("ascii") + b"\n"

    def _said(self, reasons: Sequence[tuple[int, str]]) -> str:
        if not reasons:
            return say("it does not say why.")
        number, words = reasons[0]
        said = say("item {number}: {why}.", number=number + 1, why=words.rstrip("."))
        if len(reasons) > 1:
            said += " " + say("There are {more} more.", more=len(reasons) - 1)
        return said

    def _make_batch(self) -> None:
        layout = self._layout
        name = internal_name(self._run.db, self._run)
        dataset_id = str(self._kept["dataset_id"])
        batch = self._client.create_batch(
            name,
            self._workspace_id,
            layout.task_details,
            dataset_id=dataset_id,
            batch_items=layout.batch_items,
        )
        stored = batch.raw.get("batch_items")
        if not stored:
            stored = self._client.batch(batch.id).raw.get("batch_items")
        try:
            instructions = layout.fields_of(stored)
        except BadInput as error:
            raise VendorError(str(error)) from None
        self._note(batch_id=batch.id, instructions=instructions, asked_at=None, batch_ready=False)

    def _finish(self) -> bool:
        """Whether the batch has its tasks; asks for them when nobody has."""
        batch_id = str(self._kept["batch_id"])
        try:
            status = self._client.batch_status(batch_id)
        except Refused as error:
            return self._start_anew(error)
        if status == "UNINITIALISED" and not _is_fresh(self._kept.get("asked_at"), _SETUP_PATIENCE_S):
            try:
                self._client.setup_batch(batch_id, str(self._kept["dataset_id"]), 1)
            except Refused:
                # An earlier wish whose answer got lost may have been heard meanwhile.
                if self._client.batch_status(batch_id) == "UNINITIALISED":
                    raise
            self._note(asked_at=now().timestamp())
            return False
        if status == "ERROR":
            self._forget_dataset()
            raise VendorRefused(
                say("Prolific could not make the run's tasks, and does not say why. Try again.")
            )
        return status == "READY" and self._has_its_tasks(batch_id)

    def _has_its_tasks(self, batch_id: str) -> bool:
        """A batch that was set up twice, or half, would be paid for: another one costs nothing yet."""
        items = int(self._kept["items"])
        batch = self._client.batch(batch_id)
        if batch.tasks == batch.groups == items:
            self._note(batch_ready=True)
            return True
        return self._start_anew(
            VendorRefused(
                say(
                    "Prolific made {tasks} tasks in {groups} groups of {items} items, not one each.",
                    tasks=batch.tasks,
                    groups=batch.groups,
                    items=items,
                )
            )
        )

    def _start_anew(self, why: VendorRefused) -> bool:
        """Forgets a data set or batch that is gone or not as it should be; raises `why` after a few times."""
        if isinstance(why, Refused) and why.status != 404:
            raise why
        spoilt = int(self._kept.get("spoilt") or 0) + 1
        self._forget_dataset()
        if spoilt >= _MOST_SPOILT:
            self._note(spoilt=0)
            raise why
        self._note(spoilt=spoilt)
        return False


def _is_fresh(at: object, patience: float) -> bool:
    return isinstance(at, int | float) and 0 <= now().timestamp() - at < patience


# ----------------------------------------------------------------------------------------------- answers


def _answer_of(prepared: Prepared, rows: Iterable[Response], assignment_id: str) -> HostedAnswer:
    """The last answer to each question counts."""
    ordered = sorted(rows, key=lambda row: row.created_at or _EPOCH)
    last = {row.instruction_id: row for row in ordered}
    known = {id_: last[id_] for id_ in prepared.instructions if id_ in last}
    values = {
        prepared.instructions[id_]: [value for value in row.answer if value is not None]
        for id_, row in known.items()
    }
    blueprint, first = prepared.blueprint, ordered[0]
    return HostedAnswer(
        assignment_id=assignment_id,
        submission_id=first.submission_id,
        participant_id=first.participant_id,
        answer=blueprint.parse_submission(submission_of(blueprint.form, values)),
        raw=json.dumps([row.raw for row in known.values()], ensure_ascii=False),
        at=ordered[-1].created_at,
        missing=tuple(name for id_, name in prepared.instructions.items() if id_ not in known),
    )


def _rank(answer: HostedAnswer) -> tuple[bool, int, datetime]:
    return bool(answer.assignment_id), -len(answer.missing), answer.at or _EPOCH


def _assignments_of(client: ProlificClient, prepared: Prepared, rows: Sequence[Response]) -> dict[str, str]:
    """Which assignment each task is, by the mark in its item's metadata.

    The document does not promise that responses carry it, but that the report does: it is asked where one
    does not.
    """
    mark = re.compile(re.escape(prepared.marker) + r":(\d+)")
    found = {row.task_id: id_ for row in rows if (id_ := _mark_in(row.metadata, mark))}
    if all(row.task_id in found for row in rows):
        return found
    tasks = {row.submission_id: row.task_id for row in rows if row.submission_id}
    tasks |= {row.task_id: row.task_id for row in rows}
    try:
        report = builder_client.report_of(client, prepared.batch_id)
        for line in csv.reader(io.StringIO(report, newline="")):
            if id_ := _mark_in(line, mark):
                for task_id in {tasks[cell] for cell in line if cell in tasks}:
                    found.setdefault(task_id, id_)
    except (VendorError, csv.Error):  # what is bound is not held up by what is not
        logger.info("The report of batch %s could not be read", prepared.batch_id, exc_info=True)
    return found


def _mark_in(value: object, mark: re.Pattern[str]) -> str:
    if isinstance(value, str):
        match = mark.fullmatch(value)
        return match[1] if match else ""
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return next((id_ for part in parts if (id_ := _mark_in(part, mark))), "")
