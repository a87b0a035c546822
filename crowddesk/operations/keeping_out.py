"""Whom a run's `task.exclude` keeps out, before it is launched and while it goes on.

Any thread but the GUI's.
"""

from __future__ import annotations

import dataclasses

from omegaconf import OmegaConf

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import BadInput
from crowddesk.language import say
from crowddesk.operations.run_file import ExcludeArgs, RunConfig
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import exclusion
from crowddesk.store.queries import RUNS, RunRow


def people_kept_out(db: CrowdDatabase, config: RunConfig) -> exclusion.KeptOut | None:
    """Whom a run's `task.exclude` means at this moment; None where it has none.

    Raises BadInput for runs, tags and workers that are not there, and where the vendor cannot do it.
    """
    wanted = config.args.task.exclude
    with db.read() as conn:
        terms = exclusion.read_terms(conn, wanted)
        if not terms:
            return None
        vendor = config.provider._provider_type
        if not get_crowd_provider_from_type(vendor).can_exclude():
            raise BadInput(
                say(
                    "task.exclude: {vendor} cannot keep people out of a run. Take it out, or block them.",
                    vendor=vendor,
                )
            )
        return exclusion.count(conn, terms)


def pin_exclusion(db: CrowdDatabase, config: RunConfig) -> RunConfig:
    """The run with `task.exclude` in numbers and whole names: a later run may have the same title."""
    if config.task.exclude is None:
        return config
    with db.read() as conn:
        names = exclusion.pinned(conn, config.args.task.exclude)
    return dataclasses.replace(config, task=dataclasses.replace(config.task, exclude=ExcludeArgs(**names)))


def runs_that_keep_out(db: CrowdDatabase) -> list[RunRow]:
    """The runs that go on and have a `task.exclude`, the newest first: `launch.exclude_anew` takes these."""
    with db.read() as conn:
        going = list(RUNS.iterate(conn, RUNS.parse("state:launching,live,paused")))
    return sorted(
        (row for row in going if OmegaConf.select(TaskRun.get(db, str(row.id)).args, "task.exclude")),
        key=lambda row: -row.id,
    )
