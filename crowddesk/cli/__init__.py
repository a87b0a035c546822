"""The command line: the same operations as the window's, for a terminal and for scripts.

What a program reads goes to standard output, what a person reads to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crowddesk import __version__
from crowddesk.cli import (
    accounts,
    asking,
    backups,
    deciding,
    exporting,
    finding,
    masks,
    paying,
    people,
    plugging,
    quality,
    reasons,
    reconciling,
    rehearsing,
    running,
    sandbox,
    serving,
    treating,
)
from crowddesk.cli.options import AsJson, Folder, Limit, OfRun, Where
from crowddesk.cli.session import (
    FAILED,
    Place,
    command,
    count,
    listen_to_sigterm,
    say,
    workspace,
    workspace_folder,
)

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.store.queries import Listing

app = typer.Typer(
    name="crowddesk",
    help="CrowdDesk: launch tasks to a crowd, review the work, pay for it, export it.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
journal_app = typer.Typer(
    help="The record of everything that changed.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(accounts.app, name="requester")
app.add_typer(running.app)
app.add_typer(serving.app)
app.add_typer(backups.app)
app.add_typer(reconciling.app)
app.add_typer(asking.app)
app.add_typer(treating.app)
app.add_typer(people.app)
app.add_typer(masks.app)
app.add_typer(paying.app)
app.add_typer(finding.app)
app.add_typer(plugging.app)
app.add_typer(rehearsing.app)
app.add_typer(exporting.app)
app.add_typer(quality.app)
app.add_typer(sandbox.app, name="sandbox")
app.add_typer(deciding.app)
app.add_typer(deciding.decide_app, name="decide")
app.add_typer(reasons.app, name="reason")
app.add_typer(reasons.looks_app, name="second-look")
app.add_typer(reasons.appeals_app, name="appeal")
app.add_typer(journal_app, name="journal")


def main() -> None:
    """The entry point `crowddesk`."""
    listen_to_sigterm()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a pipe on Windows, or the C locale, cannot write every name
            reconfigure(encoding="utf-8" if not stream.isatty() else None, errors="backslashreplace")
    app()


@app.callback(invoke_without_command=True)
@command
def window(
    context: typer.Context,
    folder: Folder = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """CrowdDesk: launch tasks to a crowd, review the work, pay for it, export it. Alone: the window."""
    if version:
        sys.stdout.write(f"crowddesk {__version__}\n")
        raise typer.Exit
    if folder is not None:
        workspace_folder(folder)
    if context.invoked_subcommand is None:
        from crowddesk import app as window_app

        raise typer.Exit(window_app.main(workspace_folder(folder)))


@app.command()
@command
def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="No window: play offscreen and leave screenshots.")
    ] = False,
) -> None:
    """The practice crowd at work in a throwaway workspace, with the window on it."""
    import tempfile

    from crowddesk import app as window_app

    with tempfile.TemporaryDirectory(prefix="crowddesk-demo-", ignore_cleanup_errors=True) as folder:
        Place.folder = Path(folder)
        raise typer.Exit(window_app.run_demo(Path(folder), headless=headless or not _has_display()))


def _has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


# ----------------------------------------------------------------------------------------- requesters


@accounts.app.command("list")
@command
def requester_list(folder: Folder = None, as_json: AsJson = False, where: Where = "") -> None:
    """Accounts at vendors."""
    from crowddesk.cli import rows
    from crowddesk.store.queries import REQUESTERS

    with workspace(folder) as db:
        _list(
            db, REQUESTERS, None, where, None, as_json,
            lambda row, _: rows.requester_record(row), rows.REQUESTER_TITLES, rows.requester_cells,
        )  # fmt: skip


# ---------------------------------------------------------------------------------------------- lists


@app.command()
@command
def runs(
    folder: Folder = None, run: OfRun = None, where: Where = "", as_json: AsJson = False, limit: Limit = None
) -> None:
    """Task runs, newest first."""
    from crowddesk.cli import rows
    from crowddesk.store.queries import RUNS

    if run is not None:
        where = f"run:{run} {where}"
    with workspace(folder) as db:
        _list(
            db, RUNS, None, where, limit, as_json,
            lambda row, _: rows.run_record(row), rows.RUN_TITLES, rows.run_cells,
        )  # fmt: skip


@app.command()
@command
def units(
    folder: Folder = None, run: OfRun = None, where: Where = "", as_json: AsJson = False, limit: Limit = None
) -> None:
    """Units with their item and their answer."""
    from crowddesk.cli import rows
    from crowddesk.operations.transfer import unit_record
    from crowddesk.store.queries import UNITS

    def record(row: Any, run_of: Callable[[int], Mapping[str, Any]]) -> Mapping[str, Any]:
        return unit_record(row, run_of(row.task_run_id))

    with workspace(folder) as db:
        _list(db, UNITS, run, where, limit, as_json, record, rows.UNIT_TITLES, rows.unit_cells)


@app.command()
@command
def workers(
    folder: Folder = None, run: OfRun = None, where: Where = "", as_json: AsJson = False, limit: Limit = None
) -> None:
    """Workers and what they have done."""
    from crowddesk.cli import rows
    from crowddesk.store.queries import WORKERS

    with workspace(folder) as db:
        _list(
            db, WORKERS, run, where, limit, as_json,
            lambda row, _: rows.worker_record(row), rows.WORKER_TITLES, rows.worker_cells,
        )  # fmt: skip


@app.command()
@command
def actions(
    folder: Folder = None, run: OfRun = None, where: Where = "", as_json: AsJson = False, limit: Limit = None
) -> None:
    """Vendor actions, newest first: what was decided, sent, refused, and what needs you."""
    from crowddesk.cli import rows
    from crowddesk.store.queries import ACTIONS

    with workspace(folder) as db:
        _list(
            db, ACTIONS, run, where, limit, as_json,
            lambda row, _: rows.action_record(row), rows.ACTION_TITLES, rows.action_cells,
        )  # fmt: skip


def _list(
    db: CrowdDatabase,
    listing: Listing[Any],
    run: int | None,
    where: str,
    limit: int | None,
    as_json: bool,
    record: Callable[[Any, Callable[[int], Mapping[str, Any]]], Mapping[str, Any]],
    titles: Sequence[str],
    cells: Callable[[Any], Sequence[str]],
) -> None:
    """Prints the rows of a search in the listing's own order, all of them without `limit`."""
    import functools
    from itertools import islice

    from crowddesk.cli import rows as printing
    from crowddesk.store.queries import Scope

    search = listing.parse(where)
    if run is not None:
        db.get_task_run(str(run))

    @functools.cache
    def run_of(run_id: int) -> Mapping[str, Any]:
        return db.get_task_run(str(run_id))

    with db.read() as conn:
        found: Iterable[Any] = islice(listing.iterate(conn, search, Scope(run_id=run)), limit)
        if as_json:
            printing.print_json(record(row, run_of) for row in found)
        elif not printing.print_table(titles, map(cells, found)):
            say("Nothing matches." if where or run else "There are none yet.")


# ------------------------------------------------------------------------------------ the rest


@app.command()
@command
def sync(folder: Folder = None) -> None:
    """Fetch what has happened at the vendors; send nothing."""
    from crowddesk.domain import CrowdDeskError
    from crowddesk.operations.lane_work import LaneWork
    from crowddesk.store.queries import REQUESTERS

    failed = False
    with workspace(folder) as db:
        with db.read() as conn:
            registered = [row for row in REQUESTERS.iterate(conn) if row.registered]
        accounts.unlock_if_needed(db)
        for account in registered:
            lane = LaneWork(db, account.id)
            try:
                step = lane.sync()
                say(f"{account.requester_name}: {step.note or 'up to date'}.")
            except Exception as error:  # a vendor's code may raise anything; the other accounts go on
                failed = True
                said = str(error) if isinstance(error, CrowdDeskError) else repr(error)
                say(f"{account.requester_name}: {said}")
            finally:
                lane.stop()
    if failed:
        raise typer.Exit(FAILED)


@journal_app.command("verify")
@command
def journal_verify(
    head: Annotated[
        str | None, typer.Option("--head", metavar="ID:HASH", help="A head that you kept elsewhere.")
    ] = None,
    folder: Folder = None,
) -> None:
    """Prove that no row of the journal was changed; print its head, to be kept elsewhere."""
    from crowddesk.store import journal

    with workspace(folder) as db, db.read() as conn:
        verdict = journal.verify(conn, head)
    sys.stdout.write(f"{verdict.head}\n")
    say(verdict.sentence)
    if not verdict.ok:
        raise typer.Exit(FAILED)


@app.command()
@command
def doctor(
    mend: Annotated[bool, typer.Option("--mend", help="Count the kept totals anew.")] = False,
    folder: Folder = None,
) -> None:
    """Look the workspace over: damage, totals, rows that point nowhere, missing files."""
    from crowddesk.store import doctor as health

    with workspace(folder) as db:
        if mend:
            for sentence in health.mend(db):
                say(f"Mended: {sentence}")
        found = health.check(db)
    for fault in found:
        sys.stdout.write(f"{fault.severity}: {fault.sentence}\n")
    say(f"{count(len(found), 'fault')} found." if found else "All is well.")
    if found:
        raise typer.Exit(FAILED)
