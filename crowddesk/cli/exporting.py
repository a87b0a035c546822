"""The commands that take data out: an export with its manifest, the same again, and a run as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crowddesk.cli.options import Folder
from crowddesk.cli.session import FAILED, WRONG_USAGE, command, count, fail, progress, say, workspace

if TYPE_CHECKING:
    from crowddesk.operations.export import Exported

app = typer.Typer(rich_markup_mode=None)

_NAMES_WARNING = "Workers' real names and ids are in this file. Give it to nobody who must not know them."


@app.command()
@command
def export(
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="A .csv, .jsonl, .xlsx or .parquet file.")],
    run: Annotated[int | None, typer.Option("--run", metavar="N", min=1, help="The run.")] = None,
    rows: Annotated[
        str, typer.Option("--rows", metavar="unit|item", help="One row a unit, or an item with its answer.")
    ] = "unit",
    method: Annotated[
        str, typer.Option("--method", metavar="METHOD", help="Of items: majority or dawid_skene.")
    ] = "majority",
    where: Annotated[
        str, typer.Option("--where", metavar="SEARCH", help="Only units that this search finds.")
    ] = "",
    only: Annotated[
        str | None, typer.Option("--only", metavar="STATUS", help="Only in, out or undecided answers.")
    ] = None,
    mask: Annotated[
        list[str] | None, typer.Option("--mask", metavar="NAME", help="Leave out what this mask does.")
    ] = None,
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Workers' real names in place of pseudonyms.")
    ] = False,
    like: Annotated[
        Path | None, typer.Option("--like", metavar="MANIFEST", help="Make the export of a manifest again.")
    ] = None,
    folder: Folder = None,
) -> None:
    """Write a run's units or items to a file, with a manifest beside it. Workers have pseudonyms in it."""
    from crowddesk.operations import export as exporting
    from crowddesk.operations.export import manifest as manifests

    if (run is None) == (like is None):
        fail("Say which run (--run N), or which export to make again (--like MANIFEST).", WRONG_USAGE)
    if like is not None and (rows, method, where, only, mask, with_names) != (
        "unit", "majority", "", None, None, False,
    ):  # fmt: skip
        fail("--like takes everything from the manifest: leave the other options out.", WRONG_USAGE)

    def tell(done: int, total: int) -> None:
        progress(f"Exporting: {done:,} of {total:,} rows")

    with workspace(folder) as db:
        if like is not None:
            done = exporting.export_like(db, manifests.read(like), to, tell)
        else:
            assert run is not None
            wanted = exporting.Wanted(
                run, exporting.format_of(to), rows, where, only, tuple(mask or ()), with_names, method
            )
            done = exporting.export(db, wanted, to, tell)
    say(f"{count(done.rows, 'row')} written to {to}.")
    if done.manifest["names"]:
        say(_NAMES_WARNING)
    _tell_differences(done)
    if done.damaged:
        some = ", ".join(map(str, done.damaged[:10]))
        fail(f"The stored item or answer of {count(len(done.damaged), 'unit')} is damaged ({some}).")


@app.command()
@command
def bundle(
    run: Annotated[int, typer.Option("--run", metavar="N", min=1, help="The run.")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="A .crowddesk file.")],
    with_names: Annotated[
        bool, typer.Option("--with-names", help="Workers' real names in place of pseudonyms.")
    ] = False,
    with_uploads: Annotated[
        bool, typer.Option("--with-uploads", help="The files that workers sent, too.")
    ] = False,
    folder: Folder = None,
) -> None:
    """Write a run into one file that opens read-only elsewhere: `crowddesk open FILE`."""
    from crowddesk.operations.bundle import make_bundle

    def tell(done: int, total: int) -> None:
        progress(f"Bundling: {done:,} of {total:,} units")

    with workspace(folder) as db:
        made = make_bundle(db, run, to, names=with_names, uploads=with_uploads, progress=tell)
    size = f"{made.bytes / 1e6:,.1f} MB"
    say(f"{count(made.units, 'unit')} and {count(made.files, 'file')} bundled in {to} ({size}).")
    say(
        _NAMES_WARNING
        if with_names
        else "Workers stand under pseudonyms. What people wrote in free text was not searched for names."
    )


@app.command("open")
@command
def open_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .crowddesk file.")],
) -> None:
    """Open a bundled run in the window, to be read: nothing in it can be changed."""
    from crowddesk import app as window_app

    raise typer.Exit(window_app.open_bundle(file))


def _tell_differences(done: Exported) -> None:
    """After `--like`: whether it is the same file, and what has changed since."""
    if done.same is None:
        return
    for sentence in done.differences:
        say(sentence)
    if done.same:
        say("The file is the manifest's, byte for byte.")
    else:
        say("The file is not the manifest's: what it was made of has changed.")
        raise typer.Exit(FAILED)
