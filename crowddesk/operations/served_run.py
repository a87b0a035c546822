"""What a run has that our own task server puts before people: its personal links, and a file of them."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.operations.drafts import whole_or_nothing
from crowddesk.operations.transfer import inert

#: The columns of a table of personal links.
LINK_COLUMNS = ("name", "link", "came")


@dataclass(frozen=True, slots=True)
class ServedFacts:
    """`served`: people reach the run by a link of ours. `invited` of them have one of their own.

    `allowed_seconds` is how long a worker has for a unit; None when the run does not say.
    """

    served: bool
    invited: int = 0
    allowed_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class PersonalLink:
    """One person's link, numbered in the order of the list; `came`: they have opened it and begun."""

    id: int
    name: str
    link: str
    came: bool

    def cells(self) -> tuple[str, str, str]:
        """As a row under LINK_COLUMNS."""
        return self.name, self.link, "yes" if self.came else "no"


def served_facts(db: CrowdDatabase, run_id: int) -> ServedFacts:
    """Asks the run's vendor, whose code is loaded for it: from any thread but the GUI's. Raises NotFound."""
    run = TaskRun.get(db, str(run_id))
    provider = run.get_provider()
    if not provider.serves(run):
        return ServedFacts(False)
    allowed = run.get_task_args().get("assignment_duration_in_seconds")
    return ServedFacts(True, len(provider.invitations(run)), None if allowed is None else float(allowed))


def personal_links(db: CrowdDatabase, run_id: int, url: str) -> list[PersonalLink]:
    """Everybody's link under the run's own, `url`, in the order in which they were invited."""
    run = TaskRun.get(db, str(run_id))
    return [
        PersonalLink(number, person.worker_name, f"{url}#code={person.code}", person.came)
        for number, person in enumerate(run.get_provider().invitations(run), start=1)
    ]


def write_links(path: Path, links: Sequence[PersonalLink]) -> int:
    """Writes links as CSV, whole or not at all; returns how many. Raises BadInput and WorkspaceError."""
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise BadInput(
            say("{path} is a folder: name a file in an existing folder.", path=path)
            if path.is_dir()
            else say(
                "{path} lies in a folder that does not exist: name a file in an existing folder.", path=path
            )
        )
    with whole_or_nothing(path) as part, part.open("x", encoding="utf-8", newline="") as file:
        part.chmod(0o600)  # whoever has a link may work as that person
        writer = csv.writer(file)
        writer.writerow(LINK_COLUMNS)
        writer.writerows([inert(cell) for cell in link.cells()] for link in links)
        file.flush()
        os.fsync(file.fileno())
    return len(links)
