"""The command line: the same operations as the window's, for a terminal and for scripts.

What a program reads goes to standard output, what a person reads to standard error.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crowddesk import __version__
from crowddesk.cli import (
    masks,
    accounts,
    asking,
    finding,
    paying,
    quality,
    reconciling,
    rehearsing,
    running,
    sandbox,
    serving,
)
from crowddesk.cli.options import AsJson, Folder, Limit, OfRun, Wait, Where, Yes
from crowddesk.cli.session import (
    FAILED,
    Place,
    choose,
    command,
    count,
    fail,
    listen_to_sigterm,
    progress,
    say,
    work_until,
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
decide_app = typer.Typer(
    help="Record decisions on units. They wait until `crowddesk send`.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
journal_app = typer.Typer(
    help="The record of everything that changed.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(accounts.app, name="requester")
app.add_typer(running.app)
app.add_typer(serving.app)
app.add_typer(reconciling.app)
app.add_typer(asking.app)
app.add_typer(masks.app)
app.add_typer(paying.app)
app.add_typer(finding.app)
app.add_typer(rehearsing.app)
app.add_typer(quality.app)
app.add_typer(sandbox.app, name="sandbox")
app.add_typer(decide_app, name="decide")
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


# ------------------------------------------------------------------------------------------ decisions

Reason = Annotated[str, typer.Option("--reason", help="What the worker is told, word for word.")]
Category = Annotated[str, typer.Option("--category", help="The vendor's category, where it has some.")]
DecideRun = Annotated[int | None, typer.Option("--run", metavar="N", min=1, help="Units of this run.")]


@decide_app.command("approve")
@command
def approve(run: DecideRun = None, where: Where = "", yes: Yes = False, folder: Folder = None) -> None:
    """Approve completed units: they are paid."""
    _decide("approve", run, where, "", "", yes, folder)


@decide_app.command("soft-reject")
@command
def soft_reject(
    run: DecideRun = None, where: Where = "", reason: Reason = "", yes: Yes = False, folder: Folder = None
) -> None:
    """Pay completed units, and leave their answers out of the data set."""
    _decide("soft_reject", run, where, reason, "", yes, folder)


@decide_app.command("reject")
@command
def reject(
    run: DecideRun = None,
    where: Where = "",
    reason: Reason = "",
    category: Category = "",
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Do not pay completed units. It harms people's record: prefer soft-reject."""
    _decide("reject", run, where, reason, category, yes, folder)


@decide_app.command("unreject")
@command
def unreject(run: DecideRun = None, where: Where = "", yes: Yes = False, folder: Folder = None) -> None:
    """Take rejections back: the units are paid after all."""
    _decide("unreject", run, where, "", "", yes, folder)


def _decide(
    kind: str, run: int | None, where: str, reason: str, category: str, yes: bool, folder: Path | None
) -> None:
    from crowddesk import settings
    from crowddesk.operations import decisions
    from crowddesk.operations.policy import caps_of
    from crowddesk.store.queries import UNITS, Scope

    if run is None and not where.strip():
        fail("Say which units: --run N, --where SEARCH, or both.", 2)
    search = UNITS.parse(where)
    word = kind.replace("_", "-")
    with workspace(folder) as db:
        if run is not None:
            db.get_task_run(str(run))
        with db.read() as conn:
            ids = list(UNITS.ids(conn, search, Scope(run_id=run)))
        seen = decisions.preview(db, kind, ids)
        if seen.units == 0:
            fail(f"There is nothing to {word}: {_why_skipped(seen.skipped) or 'no unit matches'}.")
        choose(f"{word.capitalize()} {count(seen.units, 'unit')} for {_money(seen.money)}?", yes)
        caps = caps_of(settings.load(db.folder).rejections)
        taken = {i for i, _ in seen.skipped}
        chosen = [i for i in ids if i not in taken]
        done = decisions.decide(db, kind, chosen, reason=reason, category=category, caps=caps)
    skipped = (*seen.skipped, *done.skipped)
    say(f"{count(len(done.action_ids), 'decision')} recorded ({word}, {_money(seen.money)}).")
    if skipped:
        say(f"Left out: {_why_skipped(skipped)}.")
    say("They are not sent yet. Send them with: crowddesk send --wait")
    if not done.action_ids:
        raise typer.Exit(FAILED)


def _why_skipped(skipped: Sequence[tuple[int, str]]) -> str:
    reasons = Counter(why for _, why in skipped)
    return ", ".join(f"{count(number, 'unit')} because {why}" for why, number in reasons.most_common())


def _money(money: Iterable[tuple[str, int, int]]) -> str:
    from crowddesk.domain import money_text

    parts = [f"{money_text(pay + fee, currency)} with fees" for currency, pay, fee in money if pay + fee]
    return " and ".join(parts) or "no money"


@app.command()
@command
def send(
    run: Annotated[int | None, typer.Option("--run", metavar="N", min=1, help="Of this run only.")] = None,
    wait: Wait = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be sent.")] = False,
    folder: Folder = None,
) -> None:
    """Release the recorded decisions to their vendors."""
    from crowddesk.operations import decisions
    from crowddesk.operations import progress as standing
    from crowddesk.store.queries import staged_summary

    with workspace(folder) as db:
        if run is not None:
            db.get_task_run(str(run))
        if dry_run:
            with db.read() as conn:
                staged = staged_summary(conn)
            for part in staged:
                money = _money([(part.currency, part.amount_minor, part.fee_minor)])
                kind = part.kind.replace("_", "-")
                sys.stdout.write(
                    f"{part.requester_name} ({part.provider_type}): {part.actions:,} {kind}, {money}\n"
                )
            say("Nothing was sent." if staged else "Nothing waits to be sent.")
            return
        sent = decisions.send(db, run_id=run)
        say(f"{count(len(sent), 'action')} released.")
        ids = standing.decisions_on_their_way(db, run)
        if not wait:
            if ids:
                say("They leave while the window is open, or with: crowddesk send --wait")
            return

        def look() -> bool:
            here = standing.of_actions(db, ids)
            progress(f"Sending: {here.finished:,} of {here.total:,}")
            return here.finished >= here.total

        if ids:
            work_until(db, standing.accounts_with_work(db, ids), look, "crowddesk send --wait")
        _tell_outcomes(db, ids)


def _tell_outcomes(db: CrowdDatabase, ids: Sequence[int]) -> None:
    from crowddesk.operations.progress import of_actions
    from crowddesk.store.queries import ACTIONS

    here = of_actions(db, ids)
    parts = [f"{number:,} {state.replace('_', ' ')}" for state, number in sorted(here.states.items())]
    say(f"{', '.join(parts) or 'nothing to send'}.")
    if not here.in_trouble:
        return
    with db.read() as conn:
        bad = [row for row in ACTIONS.rows(conn, ids) if row.state in ("refused", "needs_you")]
    for row in bad[:10]:
        on = f"unit {row.unit_id}" if row.unit_id else f"{row.target_type} {row.target_id}"
        what, state = row.kind.replace("_", "-"), row.state.replace("_", " ")
        say(f"  action {row.id}, {what} {on}: {state}: {row.outcome}")
    if len(bad) > 10:
        say(f"  and {len(bad) - 10:,} more: crowddesk actions --where 'status:refused,needs_you'")
    raise typer.Exit(FAILED)


@app.command()
@command
def undo(
    ids: Annotated[list[int], typer.Argument(metavar="ACTION...", min=1, help="Numbers of actions.")],
    folder: Folder = None,
) -> None:
    """Take back decisions that have not been sent."""
    from crowddesk.operations import decisions

    with workspace(folder) as db:
        taken = decisions.undo(db, ids)
    say(f"{count(len(taken), 'action')} taken back.")
    if kept := sorted(set(ids) - set(taken)):
        fail(f"These are not there, were sent or had ended: {', '.join(map(str, kept))}.")


@app.command()
@command
def resolve(
    action: Annotated[int, typer.Argument(metavar="ACTION", min=1, help="An action that needs you.")],
    happened: Annotated[
        bool, typer.Option("--happened/--did-not-happen", help="What you found at the vendor.")
    ],
    again: Annotated[
        bool, typer.Option("--send-again", help="It did not happen, and is to go out once more.")
    ] = False,
    folder: Folder = None,
) -> None:
    """Say what became of an action whose fate the vendor cannot tell."""
    from crowddesk.operations import decisions

    if happened and again:
        fail("What happened is not sent again: say --did-not-happen with --send-again.", 2)
    with workspace(folder) as db:
        if again:
            new = decisions.resolve_and_resend(db, action)
        else:
            decisions.resolve(db, action, happened=happened)
    if again:
        say(f"Action {action} is refused, and goes out once more as action {new}.")
    else:
        say(f"Action {action} is {'done' if happened else 'refused'}.")


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


@app.command()
@command
def export(
    run: Annotated[int, typer.Option("--run", metavar="N", min=1, help="The run.")],
    to: Annotated[Path, typer.Option("--to", metavar="FILE", help="A .csv, .jsonl or .xlsx file.")],
    only: Annotated[
        str | None, typer.Option("--only", metavar="STATUS", help="Only in, out or undecided answers.")
    ] = None,
    folder: Folder = None,
) -> None:
    """Write a run's units, items and answers to a file."""
    from crowddesk.operations.transfer import export_run

    with workspace(folder) as db:
        done = export_run(
            db, run, to, only, lambda rows, total: progress(f"Exporting: {rows:,} of {total:,} rows")
        )
    say(f"{count(done.rows, 'row')} written to {to}.")
    if done.damaged:
        some = ", ".join(map(str, done.damaged[:10]))
        fail(f"The stored item or answer of {count(len(done.damaged), 'unit')} is damaged ({some}).")


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
