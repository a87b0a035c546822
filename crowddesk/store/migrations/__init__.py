"""The steps that bring an older workspace's schema forward; imported only when one has to be.

A step is a module with `revision` and `upgrade()`, which works through `alembic.op` and never imports the
tables: they change, a shipped step does not.
"""

from __future__ import annotations

from types import ModuleType

from crowddesk.store.migrations import m0001_first, m0002_live_work, m0003_deadlines, m0004_review


def load_steps() -> list[ModuleType]:
    """Every step, in the order of `schema.REVISIONS`; the first makes an empty database whole."""
    return [m0001_first, m0002_live_work, m0003_deadlines, m0004_review]
