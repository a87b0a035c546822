"""Computes a run's figures in a process of its own, so that the window stays quick meanwhile.

The process is the program's own command; there is no second way to the figures.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from crowddesk.domain import Cancelled, CrowdDeskError
from crowddesk.language import say
from crowddesk.paths import own_command


class Cancellable(Protocol):
    """What a job of `lanes` is to the work that it runs."""

    @property
    def cancelled(self) -> bool: ...

    def on_cancel(self, interrupt: Callable[[], None] | None) -> None: ...


def figures_apart(
    folder: Path, run_id: int, job: Cancellable, *, field: str | None = None, truth: str | None = None
) -> dict[str, Any]:
    """`figures_of` a run of the workspace in `folder`, by a child process that ends with the job.

    Called in a job's thread, which waits. Raises Cancelled, and CrowdDeskError with what the command said.
    """
    words = [*own_command(), "quality", "--run", str(run_id), "--json", "--workspace", str(folder)]
    words += [f"--field={field}"] if field is not None else []
    words += [f"--truth={truth}"] if truth is not None else []
    process = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if sys.platform == "win32" else 0,
    )  # fmt: skip
    try:
        job.on_cancel(process.kill)
        out, errors = process.communicate()
    finally:
        job.on_cancel(None)
        process.kill()
        process.communicate()
    if job.cancelled:
        raise Cancelled(say("Cancelled."))
    said = errors.decode("utf-8", "replace").strip()
    if process.returncode != 0:
        last = (
            said.splitlines()[-1]
            if said
            else say("its process ended with {returncode}.", returncode=process.returncode)
        )
        raise CrowdDeskError(
            say("The figures of run {run_id} could not be computed: {last}", run_id=run_id, last=last), said
        )
    found: dict[str, Any] = json.loads(out)
    return found
