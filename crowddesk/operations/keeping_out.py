"""Whom a run's `task.exclude` keeps out, before it is launched. Any thread but the GUI's."""

from __future__ import annotations

import dataclasses

from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import BadInput
from crowddesk.operations.run_file import ExcludeArgs, RunConfig
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import exclusion


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
                f"task.exclude: {vendor} cannot keep people out of a run. Take it out, or block them."
            )
        return exclusion.count(conn, terms)


def pin_exclusion(db: CrowdDatabase, config: RunConfig) -> RunConfig:
    """The run with `task.exclude` in numbers and whole names: a later run may have the same title."""
    if config.task.exclude is None:
        return config
    with db.read() as conn:
        names = exclusion.pinned(conn, config.args.task.exclude)
    return dataclasses.replace(config, task=dataclasses.replace(config.task, exclude=ExcludeArgs(**names)))
