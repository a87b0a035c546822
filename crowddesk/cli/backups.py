"""The commands of whole workspaces: recent ones, backup and restore, and the way back from a damaged file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from crowddesk.cli.options import AsJson, Folder, Yes
from crowddesk.cli.session import (
    WRONG_USAGE,
    choose,
    command,
    count,
    fail,
    progress,
    say,
    workspace,
    workspace_folder,
)

app = typer.Typer()

_HELD = (
    "What was waiting to be sent is looked up at the vendors first, and nothing is begun by itself. Compare "
    "with them (crowddesk reconcile), then say so: crowddesk restored --read"
)

_File = Annotated[Path, typer.Argument(metavar="FILE", help="A file whose name ends in .crowddesk-backup.")]


def _megabytes(what: str) -> Callable[[int, int], None]:
    """What shows how far something is, on a terminal."""
    return lambda done, total: progress(f"{what} {done / 1e6:,.0f} of {total / 1e6:,.0f} MB")


@app.command()
@command
def backup(file: _File, folder: Folder = None) -> None:
    """Write the whole workspace into one file, also while a window is open on it.

    Tokens are not in it: enter them again where it is restored on another computer.
    """
    from crowddesk.operations.backup import make_backup

    with workspace(folder) as db:
        facts = make_backup(db, file, progress=_megabytes("Backing up:"))
    say(
        f"{file} holds the workspace {facts.workspace!r}: {count(facts.runs, 'run')}, "
        f"{count(facts.units, 'unit')}, {facts.size / 1e6:,.1f} MB."
    )


@app.command()
@command
def restore(
    file: _File,
    to: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or empty folder.")],
) -> None:
    """Make a workspace of a backup. Nothing that was waiting in it is sent by itself."""
    from crowddesk import recent
    from crowddesk.operations.backup import read_backup, restore_backup

    facts = read_backup(file)
    restore_backup(file, to, progress=_megabytes("Restoring:"))
    recent.remember(to)
    say(f"{to.absolute()} is the workspace as it was on {facts.made_at:%Y-%m-%d %H:%M} UTC. {_HELD}")


@app.command()
@command
def restored(
    read: Annotated[
        bool, typer.Option("--read", help="You have read so and compared: runs carry on by themselves.")
    ] = False,
    folder: Folder = None,
) -> None:
    """Say whether the workspace was restored, from what, and how much of it is held."""
    from crowddesk.operations.restored import dismiss, restored_of

    with workspace(folder) as db:
        found = restored_of(db)
        if found is None:
            say("This workspace was never restored.")
            return
        if read:
            dismiss(db)
    source = found.restored_from or "what was left when the program died and its last changes were lost"
    say(
        f"Restored on {found.restored_at:%Y-%m-%d %H:%M} UTC from {source}, as it was on "
        f"{found.made_at:%Y-%m-%d %H:%M} UTC; {count(found.held, 'action')} of then were held."
    )
    if read:
        say("Runs carry on by themselves.")
    elif not found.dismissed:
        say("Nothing is begun by itself until you have said: crowddesk restored --read")


@app.command()
@command
def workspaces(as_json: AsJson = False) -> None:
    """The workspaces that were opened last on this computer."""
    from crowddesk import recent
    from crowddesk.cli import rows

    known = recent.folders()
    if as_json:
        rows.print_json(
            {
                "folder": str(entry.folder),
                "opened_at": entry.opened_at.isoformat(),
                "exists": entry.folder.is_dir(),
            }
            for entry in known
        )
        return
    cells = (
        (f"{entry.opened_at:%Y-%m-%d %H:%M}", str(entry.folder), "" if entry.folder.is_dir() else "gone")
        for entry in known
    )
    if not rows.print_table(("OPENED (UTC)", "FOLDER", ""), cells):
        say("There are none yet.")


@app.command()
@command
def repair(
    copy: Annotated[
        str, typer.Option("--from", metavar="COPY", help="Put this copy back; a name as shown, or a file.")
    ] = "",
    readable: Annotated[
        bool, typer.Option("--readable", help="Put back what can still be read of the damaged file.")
    ] = False,
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Look for damage in the workspace's database, list its copies, and put one of them back.

    The database that is there is set aside, never deleted.
    """
    place = workspace_folder(folder)
    if not place.is_dir():
        fail(f"There is no workspace in {place}.", WRONG_USAGE)
    if copy and readable:
        fail("Say either --from or --readable.", WRONG_USAGE)
    if readable:
        _put_back_readable(place, yes)
    elif copy:
        named = place / "backups" / copy
        _put_back(place, named if named.is_file() else Path(copy).expanduser(), yes)
    else:
        _look(place)


def _look(place: Path) -> None:
    from crowddesk.cli import rows
    from crowddesk.operations.backup import check_file, copies_of

    found = check_file(place)
    for sentence in found:
        say(sentence)
    copies = [
        (each.path.name, f"{each.made_at:%Y-%m-%d %H:%M}", each.why, f"{each.size / 1e6:,.1f} MB")
        for each in copies_of(place)
    ]
    listed = bool(copies) and rows.print_table(("COPY", "MADE (UTC)", "WHY", "SIZE"), copies)
    if not found:
        say("The database is sound.")
        return
    if listed:
        say("Put one back with --from COPY, or save what can still be read with --readable.")
    else:
        say("There is no copy of it. Save what can still be read with --readable, or restore a backup.")
    raise typer.Exit(1)


def _put_back(place: Path, copy: Path, yes: bool) -> None:
    from crowddesk.operations.backup import put_back

    choose(f"Put {copy.name} back in place of the database of {place}?", yes)
    aside = put_back(place, copy)
    say(f"{copy.name} is the workspace's database now; the old one lies in {aside}. {_HELD}")


def _put_back_readable(place: Path, yes: bool) -> None:
    from crowddesk.operations.backup import save_readable
    from crowddesk.operations.drafts import draft_folder

    with draft_folder(place) as here:
        saved = save_readable(
            place,
            here / "readable.sqlite",
            progress=lambda done, total: progress(f"Read {done} of {total} tables"),
        )
        say(f"{count(sum(saved.rows.values()), 'row')} can be read.")
        for sentence in saved.lost or ("Nothing is lost.",):
            say(sentence)
        _put_back(place, saved.path, yes)
