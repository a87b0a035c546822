"""The commands that launch a run and carry it on: here, in a window, or before people in a browser."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crowddesk.cli.options import Folder, RunNumber, Wait, Yes
from crowddesk.cli.session import choose, command, count, fail, progress, say, work_until, workspace

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase

app = typer.Typer()

#: How long `--wait` lets a run whose units have all ended be closed at the vendor, in seconds.
_CLOSING_S = 10.0


@app.command()
@command
def launch(
    file: Annotated[Path, typer.Argument(metavar="RUN.yaml", help="The run file.")],
    changes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY=VALUE]...", help="Changes to it, such as task.reward=0.05."),
    ] = None,
    wait: Wait = False,
    serve: Annotated[
        bool, typer.Option("--serve", help="Put it before people in a browser, from here, until it is done.")
    ] = False,
    folder: Folder = None,
) -> None:
    """Launch a run. The first line that it prints is the run's number; the second, with --serve, its link."""
    from crowddesk.cli import serving
    from crowddesk.operations import launch as launching
    from crowddesk.operations.keeping_out import people_kept_out
    from crowddesk.operations.run_file import load_run

    config = load_run(file, changes or ())
    if serve:
        serving.check_vendor(config.provider._provider_type)
    with workspace(folder) as db:
        kept_out = people_kept_out(db, config)
        if kept_out is not None:
            people = "1 person" if kept_out.people == 1 else f"{kept_out.people:,} people"
            say(f"Kept out: {people} with {count(kept_out.accounts, 'account')}.")
        run_id = launching.create_run(db, config, created=_print_id, progress=loaded)
        if serve:
            serving.serve_runs(db, [run_id], print_ids=False)
        else:
            _go_on(db, run_id, wait)


@app.command()
@command
def resume(run: RunNumber, wait: Wait = False, folder: Folder = None) -> None:
    """Carry on with a run wherever it stands: after a crash, a pause, or refused launches."""
    from crowddesk.operations import launch as launching

    with workspace(folder) as db:
        launching.resume(db, run, progress=loaded)
        _go_on(db, run, wait)


@app.command()
@command
def pause(run: RunNumber, folder: Folder = None) -> None:
    """Launch no further units of a run; those that are out go on."""
    from crowddesk.operations import launch as launching

    with workspace(folder) as db:
        launching.pause_run(db, run)
    say(f"Run {run} is paused. It goes on with: crowddesk resume {run}")


@app.command()
@command
def stop(run: RunNumber, yes: Yes = False, folder: Folder = None) -> None:
    """Take down every unit of a run that nobody works on."""
    from crowddesk.operations import launch as launching

    with workspace(folder) as db:
        choose(f"Stop run {run} for good?", yes)
        gone = launching.stop_run(db, run)
    say(f"{count(gone, 'unit')} of run {run} will be taken down, when a window or `--wait` runs.")


def loaded(done: int, total: int) -> None:
    """How far a run's items are stored."""
    progress(f"Preparing: {done:,} of {total:,} units")


def _print_id(run_id: int) -> None:
    sys.stdout.write(f"{run_id}\n")
    sys.stdout.flush()


def _go_on(db: CrowdDatabase, run_id: int, wait: bool) -> None:
    from crowddesk.operations.progress import of_run

    if not wait:
        here = of_run(db, run_id)
        say(
            f"Run {run_id} has {count(here.total, 'unit')}, {here.finished:,} finished. The work goes on "
            f"while the window is open, or with: crowddesk resume {run_id} --wait"
        )
        return
    end = EndOfRuns(db, [run_id])
    work_until(db, end.requester_ids, end.look, f"crowddesk resume {run_id} --wait")
    end.tell()


class EndOfRuns:
    """Whether runs have ended, for whoever drives their lanes and asks again and again."""

    def __init__(self, db: CrowdDatabase, run_ids: Sequence[int]) -> None:
        self._db = db
        self._run_ids = run_ids
        self._ended_at: dict[int, float] = {}

    @property
    def requester_ids(self) -> list[int]:
        """The accounts whose lanes have to work, each once."""
        accounts = (int(self._db.get_task_run(str(i))["requester_id"]) for i in self._run_ids)
        return list(dict.fromkeys(accounts))

    def look(self, also: Callable[[int], str] = lambda run_id: "") -> bool:
        """Asks once, in a thread that may read, and shows how far they are; `also` adds to a run's line."""
        from crowddesk.operations.progress import of_run

        lines, is_over = [], True
        for run_id in self._run_ids:
            here = of_run(self._db, run_id)
            finished = f"{here.finished:,} of {here.total:,} units finished"
            lines.append(f"Run {run_id}: {also(run_id)}{finished} ({here.state})")
            if here.ended:
                self._ended_at.setdefault(run_id, time.monotonic())
            closing = time.monotonic() - self._ended_at.get(run_id, time.monotonic())
            is_over = is_over and (here.over or closing > _CLOSING_S)
        progress("; ".join(lines))
        return is_over

    def tell(self) -> None:
        """Says what became of them; ends the command as failed where one cannot go on."""
        from crowddesk.operations.progress import of_run

        stuck = []
        for run_id in self._run_ids:
            here = of_run(self._db, run_id)
            parts = [
                f"{number:,} {status.replace('_', ' ')}" for status, number in sorted(here.units.items())
            ]
            say(f"Run {run_id} ({here.state}): {', '.join(parts)}.")
            note = self._db.get_task_run(str(run_id))["state_note"]
            if note:
                say(note)
            if not here.ended:
                stuck.append(f"Run {run_id} cannot go on: {here.stuck}.")
        if stuck:
            fail("\n".join(stuck))
