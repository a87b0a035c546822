"""How an answer came about: when it was worked on, what was pasted, which files came with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from crowddesk.domain import NotFound
from crowddesk.language import day_text, say
from crowddesk.ui.controls import Button, ElidedLabel, Label
from crowddesk.ui.detail import Facts
from crowddesk.ui.words import duration_text, exact_time

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.store.queries import SubmissionRow

_REF: Final = frozenset({"file", "sha256", "size", "type"})
_NAMES: Final = 300


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with an answer, as the answer names it. `size` in bytes."""

    agent_id: int
    field: str
    name: str
    size: int
    type: str
    sha256: str

    @property
    def words(self) -> str:
        return f"{size_text(self.size)} · {self.type}"


def size_text(size: int) -> str:
    """A file's size as people read it: "820 B", "12 kB", "2.1 MB"."""
    if size < 1_000:
        return say("{size} B", size=size)
    if size < 999_500:
        return say("{size} kB", size=round(size / 1_000))
    return say("{size:,.1f} MB", size=size / 1_000_000)


def is_file(value: Any) -> bool:
    """Whether a value of an answer names a file that was sent with it."""
    return (
        isinstance(value, dict)
        and value.keys() >= _REF
        and type(value["size"]) is int
        and 0 <= value["size"] < 2**63
        and all(isinstance(value[name], str) for name in ("file", "sha256", "type"))
    )


def file_text(value: dict[str, Any]) -> str:
    """A file of an answer in words: its name, its size, its type."""
    return f"{value['file']} ({size_text(value['size'])}, {value['type']})"


def uploads_of(submissions: Iterable[SubmissionRow]) -> list[Upload]:
    """The files that came with a unit's answers, each once. May take time: not in the GUI thread."""
    found: dict[Upload, None] = {}
    for sent in submissions:
        if sent.agent_id is not None and '"sha256"' in sent.answer:
            for field, ref in _refs(sent.answer):
                made = Upload(sent.agent_id, field, ref["file"], ref["size"], ref["type"], ref["sha256"])
                found[made] = None
    return list(found)


def _refs(answer: str) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        values = json.loads(answer)
    except ValueError:
        return
    for field, value in values.items() if isinstance(values, dict) else ():
        for part in value if isinstance(value, list) else [value]:
            if is_file(part):
                yield str(field), part


def folder_of(db: CrowdDatabase, upload: Upload) -> Path:
    """The folder in which a file lies, under its SHA-256. Raises NotFound. Not in the GUI thread."""
    from crowddesk.data_model.agent import Agent
    from crowddesk.taskserver import uploads

    folder = uploads.folder_of(Agent.get(db, str(upload.agent_id)).get_data_dir())
    if not (folder / upload.sha256).is_file():
        raise NotFound(say("{file} is not in the workspace any more.", file=upload.name))
    return folder


def add_files(
    layout: QVBoxLayout, uploads: Sequence[Upload], show_folder: Callable[[Upload], object]
) -> None:
    """A line for each file. Nothing here opens one: what strangers send may be anything."""
    for upload in uploads:
        name = ElidedLabel(upload.name, least=80, middle=True)
        name.setAccessibleName(f"{upload.name}, {upload.words}, {upload.field}")
        words = Label(upload.words, tone="muted")
        words.setToolTip(f"{upload.field}\nSHA-256 {upload.sha256}")
        show = Button(say("Show in folder"), look="link")
        show.setAccessibleName(
            say("Show {file} in its folder, where it is named by its SHA-256", file=upload.name)
        )
        show.setToolTip(say("It lies there under its SHA-256: {sha256}", sha256=upload.sha256))
        show.clicked.connect(lambda _=False, u=upload: show_folder(u))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(name, 1)
        line.addWidget(words)
        line.addWidget(show)
        layout.addLayout(line)


def worked_on(submissions: Iterable[SubmissionRow]) -> list[SubmissionRow]:
    """Those that came from our own page, which knows when they were worked on."""
    known = ("started_at", "ended_at", "active_seconds", "pasted")
    return [s for s in submissions if any(getattr(s, name) is not None for name in known)]


def add_times(layout: QVBoxLayout, submissions: Sequence[SubmissionRow]) -> None:
    """When each was accepted, begun, ended and sent, how long of it was active, and what was pasted."""
    for sent in submissions:
        if len(submissions) > 1:
            layout.addWidget(Label(sent.worker_name or "?", role="strong"))
        facts = Facts()
        for caption, at in (
            (say("Accepted"), sent.came_at),
            (say("Began"), sent.started_at),
            (say("Ended"), sent.ended_at),
            (say("Received"), sent.received_at),
        ):
            facts.add(caption, _clock(at), exact_time(at))
        if sent.active_seconds is not None:
            words = duration_text(sent.active_seconds)
            if sent.came_at is not None:
                whole = (sent.received_at - sent.came_at).total_seconds()
                words = say(
                    "{active} of {whole} from accepting to submitting",
                    active=words,
                    whole=duration_text(whole),
                )
            facts.add(say("Active"), words, say("The page was in view and used."))
        pasted = sent.pasted_into
        if pasted is not None:
            facts.add(say("Pasted into"), ", ".join(pasted)[:_NAMES] or say("nothing"))
        layout.addLayout(facts)


def _clock(at: datetime | None) -> str:
    return f"{day_text(at)} {at.astimezone():%H:%M:%S}" if at is not None else ""
