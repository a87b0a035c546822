"""The commands that hold the desk against its vendors: what differs, what is astray, what is decided soon."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from crowddesk.cli.options import AsJson, Folder, OfRun, Yes
from crowddesk.cli.session import FAILED, choose, command, count, fail, progress, say, workspace

if TYPE_CHECKING:
    from datetime import datetime

    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.comparison import Comparison
    from crowddesk.store.queries import RequesterRow

app = typer.Typer()
_Found = TypeVar("_Found")

Account = Annotated[str, typer.Argument(metavar="REQUESTER", help="The account's name, or vendor:name.")]
AnyAccount = Annotated[
    str | None,
    typer.Argument(metavar="[REQUESTER]", help="The account's name, or vendor:name; without one, all."),
]


@app.command()
@command
def reconcile(
    requester: AnyAccount = None,
    run: OfRun = None,
    mend: Annotated[
        bool, typer.Option("--mend", help="Write down here what the vendor says, as it is shown.")
    ] = False,
    yes: Yes = False,
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """Compare the desk with its vendors and show what differs; with --mend, take over what can be."""
    from crowddesk.cli import rows
    from crowddesk.operations import reconcile as reconciling
    from crowddesk.operations.comparison import Mended, to_json

    records: list[Mapping[str, Any]] = []
    failed = False
    with workspace(folder) as db:
        if run is not None:
            requester_id = int(db.get_task_run(str(run))["requester_id"])
            accounts = [a for a in accounts_of(db, None) if a.id == requester_id]
        else:
            accounts = accounts_of(db, requester)
        for account in accounts:
            token = reconciling.ask(db, account.id, run)
            found = wait_for(db, account.id, lambda token=token: reconciling.fetch(db, token))  # type: ignore[misc]
            mended = Mended((), ())
            if not as_json:
                _tell(found, several=len(accounts) > 1)
            if mend and found.mendable:
                choose(f"Write down {count(len(found.mendable), 'difference')} here as the vendor says?", yes)
                mended = reconciling.mend(db, found)
                say(f"{count(len(mended.taken), 'difference')} written down.")
                for key, why in mended.skipped:
                    say(f"  not {key}: {why}")
            failed = failed or found.summary.failures > 0
            records.append({**to_json(found), "mended": mended.taken, "skipped": mended.skipped})
    if as_json:
        rows.print_json(records)
    if failed:
        raise typer.Exit(FAILED)


def _tell(found: Comparison, *, several: bool) -> None:
    from crowddesk.cli import rows

    if several:
        say(f"{found.requester_name} ({found.provider_type}):")
    for failure in (*found.failures, *(f"Run {r.run_id}: {r.failure}" for r in found.runs if r.failure)):
        say(failure)
    lines = [
        (f"run {d.run_id}", f"unit {d.unit_id}" if d.unit_id else "no unit", d.worker_name,
         d.here, d.there, d.mending, d.what)
        for d in found.differences
    ]  # fmt: skip
    lines += [
        (f"run {p.run_id}" if p.run_id else "", f"action {p.action_id}", p.worker_name,
         p.state.replace("_", " "), p.found or "?", p.mending, p.what)
        for p in found.payments
    ]  # fmt: skip
    if lines:
        rows.print_table(("RUN", "WHAT", "WORKER", "HERE", "THERE", "MENDING", "MEANING"), lines)
    if left := sum(run.left_out for run in found.runs):
        say(f"There are {left:,} more. Mend these, then compare again.")
    if found.strays:
        say(f"{count(len(found.strays), 'study')} astray: crowddesk strays".replace("studys", "studies"))
    if found.summary.is_clean:
        say("Nothing differs.")
    elif found.mendable:
        say("What is to be taken over is written down with: crowddesk reconcile --mend")


@app.command()
@command
def strays(requester: AnyAccount = None, as_json: AsJson = False, folder: Folder = None) -> None:
    """What is live at a vendor and no run here stands for."""
    from crowddesk.cli import rows
    from crowddesk.domain import money_text
    from crowddesk.operations import reconcile as reconciling
    from crowddesk.operations.comparison import to_json

    with workspace(folder) as db:
        found = []
        for account in accounts_of(db, requester):
            token = reconciling.ask(db, account.id)
            compared = wait_for(db, account.id, lambda token=token: reconciling.fetch(db, token))  # type: ignore[misc]
            for failure in compared.failures:
                say(failure)
            found += [(account, stray) for stray in compared.strays]
    if as_json:
        rows.print_json({"requester_name": a.requester_name, **to_json(stray)} for a, stray in found)
        return
    titles = ("REQUESTER", "REF", "NAME", "STATUS", "PLACES", "TAKEN", "COST", "RUN")
    cells = (
        (a.requester_name, s.ref, s.name, s.status, str(s.places), str(s.submissions),
         "" if s.cost is None else money_text(s.cost, s.currency), s.task_run_id or "")
        for a, s in found
    )  # fmt: skip
    if not rows.print_table(titles, cells):
        say("Nothing is astray.")
    else:
        say("A run is made for one, or has it again, with: crowddesk adopt REQUESTER REF")


@app.command()
@command
def adopt(
    requester: Account,
    ref: Annotated[str, typer.Argument(metavar="REF", help="What the vendor calls it: crowddesk strays.")],
    title: Annotated[str | None, typer.Option("--title", help="What its run is called here.")] = None,
    folder: Folder = None,
) -> None:
    """Take in what is live at a vendor: a run stands for it from now on. Prints the run's number."""
    import sys

    from crowddesk.operations import adoption

    with workspace(folder) as db:
        account = one_account(db, requester)
        token = adoption.ask(db, account.id, ref, title)
        run = wait_for(db, account.id, lambda: adoption.fetch(db, token))
        row = db.get_task_run(str(run))
    sys.stdout.write(f"{run}\n")
    say(f"Run {run} stands for it: {row['title']}. Fetch what has happened with: crowddesk sync")


@app.command()
@command
def due(
    within: Annotated[
        str, typer.Option("--within", metavar="TIME", help="How far ahead to look, such as 12h or 3d.")
    ] = "7d",
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """Completed work that its vendor approves by itself before long, unless you decide."""
    from crowddesk.cli import rows
    from crowddesk.store.queries import deadlines
    from crowddesk.store.search import parse

    (term,) = parse(f"due:<{within.strip() or '?'}", "units").terms
    seconds = term.values[0]
    if not isinstance(seconds, float):
        fail(f"{within!r} is no length of time. Write it like 12h or 3d.", 2)
    with workspace(folder) as db, db.read() as conn:
        found = deadlines(conn, timedelta(seconds=min(seconds, 86_400.0 * 36_600)))
    if as_json:
        rows.print_json(
            {
                "task_run_id": str(run.run_id),
                "title": run.title,
                "provider_type": run.provider_type,
                "sandbox": run.sandbox,
                "units": run.units,
                "soonest": run.soonest.isoformat(),
            }
            for run in found.runs
        )
        return
    cells = (
        (
            str(run.run_id),
            run.title,
            f"{run.units:,}",
            _moment(run.soonest),
            "sandbox" if run.sandbox else "LIVE",
        )
        for run in found.runs
    )
    if not rows.print_table(("RUN", "TITLE", "UNITS", "SOONEST (UTC)", "ACCOUNT"), cells):
        say(f"Nothing is decided by itself within {within}.")
        return
    if found.overdue:
        say(f"{count(found.overdue, 'unit')} should be decided at the vendor already: crowddesk reconcile")
    say(f"See them with: crowddesk units --where 'status:completed due:<{within}'")


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


# ----------------------------------------------------------------------------------------- accounts


def accounts_of(db: CrowdDatabase, name: str | None) -> list[RequesterRow]:
    """The registered accounts, or the one that is named; ends the command where there is none."""
    from crowddesk.store.queries import REQUESTERS

    if name is not None:
        return [one_account(db, name)]
    with db.read() as conn:
        return [row for row in REQUESTERS.iterate(conn) if row.registered]


def one_account(db: CrowdDatabase, name: str) -> RequesterRow:
    """The account of a name, or of `vendor:name`; ends the command where it is not just one."""
    from crowddesk.store.queries import REQUESTERS

    with db.read() as conn:
        rows = [
            row
            for row in REQUESTERS.iterate(conn)
            if name in (row.requester_name, f"{row.provider_type}:{row.requester_name}")
        ]
    if not rows:
        fail(f"There is no account {name!r}. See: crowddesk requester list")
    if len(rows) > 1:
        names = ", ".join(f"{row.provider_type}:{row.requester_name}" for row in rows)
        fail(f"There are several accounts {name!r}. Say which: {names}.", 2)
    return rows[0]


def wait_for(db: CrowdDatabase, requester_id: int, fetch: Callable[[], _Found | None]) -> _Found:
    """Does what an account's lane was asked for, here or wherever its lane runs, and waits for the answer."""
    from crowddesk.operations.lane_work import LaneWork

    lane = LaneWork(db, requester_id)
    try:
        while True:
            step = lane.run_errands()
            found = fetch()
            if found is not None:
                return found
            progress("Another CrowdDesk works for this account and is asked.")
            time.sleep(step.wait)
    finally:
        lane.stop()


def join_names(names: Sequence[str], most: int = 5) -> str:
    """Some names as a person reads them."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{', '.join(names[:most])}{more}"
