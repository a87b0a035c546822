"""The commands about one's own people: serve a run, its links, whom it invites, what they are owed."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crowddesk.cli.options import Folder, OfRun, RunNumber
from crowddesk.cli.running import EndOfRuns, loaded
from crowddesk.cli.session import command, count, fail, say, work_until, workspace

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.data_model.task_run import TaskRun
    from crowddesk.providers.base import CrowdProvider
    from crowddesk.providers.inhouse.pay_list import Owed
    from crowddesk.taskserver import ServerState

app = typer.Typer()

#: How often a command that nobody watches says how far a run is, in seconds.
_SAY_EVERY_S = 60.0


# --------------------------------------------------------------------------------------------- serving


@app.command()
@command
def serve(
    runs: Annotated[
        list[int] | None,
        typer.Argument(metavar="[N]...", min=1, help="Numbers of runs; without one, all that can be."),
    ] = None,
    folder: Folder = None,
) -> None:
    """Put runs before people in a browser until they are done. Prints each run's number and its link."""
    from crowddesk.operations import launch as launching

    with workspace(folder) as db:
        chosen = list(dict.fromkeys(runs or ())) or _open_runs(db)
        if not chosen:
            fail("There is no run to serve. Launch one with: crowddesk launch RUN.yaml --serve")
        for run_id in chosen:
            row = db.get_task_run(str(run_id))
            check_vendor(row["provider_type"], f"Run {run_id}")
            if row["state"] == "closed":
                fail(f"Run {run_id} is closed: nobody can work on it any more.")
            if row["state"] == "draft":
                launching.resume(db, run_id, progress=loaded)
            elif row["state"] == "paused":
                say(f"Run {run_id} is paused. Units are given out again after: crowddesk resume {run_id}")
        serve_runs(db, chosen)


def check_vendor(provider_type: str, what: str = "This run") -> None:
    """Ends the command when the vendor's runs are not served from here."""
    from crowddesk.registry import get_crowd_provider_from_type

    if not get_crowd_provider_from_type(provider_type).SERVES_TASKS:
        fail(
            f"{what} is at {provider_type}, which brings its own people. Use --wait instead of serving it.", 2
        )


def serve_runs(db: CrowdDatabase, run_ids: Sequence[int], *, print_ids: bool = True) -> None:
    """Drives the lanes and the task server until these runs are over, or a signal says to stop."""
    end, board = EndOfRuns(db, run_ids), _Board(run_ids, print_ids)
    numbers = " ".join(map(str, run_ids))
    work_until(
        db, end.requester_ids, lambda: end.look(board.people_in), f"crowddesk serve {numbers}", board.hear
    )
    end.tell()


def _open_runs(db: CrowdDatabase) -> list[int]:
    """Every run that is not over and whose people come through our own server."""
    from crowddesk.registry import get_crowd_provider_from_type

    going = [run for run in db.find_task_runs() if run.state != "closed"]
    return [int(r.db_id) for r in going if get_crowd_provider_from_type(r.provider_type).SERVES_TASKS]


class _Board:
    """What the server says of each run: its link on standard output, once; all else for a person."""

    def __init__(self, run_ids: Sequence[int], print_ids: bool) -> None:
        self._print_ids = print_ids
        self._visitors: dict[int, int] = {}
        self._urls: dict[int, str] = {}
        self._notes: dict[int, str] = dict.fromkeys(run_ids, "")
        self._said = {run_id: (time.monotonic(), 0) for run_id in run_ids}

    def hear(self, state: ServerState) -> None:
        """A new state of the server; in the main thread."""
        for run_id, before in self._notes.items():
            run = state.of(run_id)
            if run is None:
                continue
            self._visitors[run_id] = run.visitors
            if run.note != before:
                self._notes[run_id] = run.note
                say(f"Run {run_id}: {run.note}" if run.note else f"Run {run_id} can be reached again.")
            if run.listening and run.url:
                self._tell_url(run_id, run.url, run.reach)
            self._say_visitors(run_id, run.visitors)

    def people_in(self, run_id: int) -> str:
        """The part of a progress line that counts a run's open pages."""
        return f"{self._visitors.get(run_id, 0):,} in, "

    def _tell_url(self, run_id: int, url: str, reach: str) -> None:
        before = self._urls.get(run_id)
        self._urls[run_id] = url
        if before is None:
            sys.stdout.write(f"{run_id}\n{url}\n" if self._print_ids else f"{url}\n")
            sys.stdout.flush()
            say(f"Run {run_id} is open to {_REACH[reach]}. Ctrl+C stops serving it.")
        elif before != url:
            say(f"The link of run {run_id} has changed: {url}")

    def _say_visitors(self, run_id: int, visitors: int) -> None:
        """On a terminal a line shows it all the time; elsewhere now and then is enough."""
        at, last = self._said[run_id]
        if sys.stderr.isatty() or visitors == last or time.monotonic() - at < _SAY_EVERY_S:
            return
        self._said[run_id] = (time.monotonic(), visitors)
        say(f"Run {run_id}: {visitors:,} in.")


_REACH = {
    "this computer": "browsers on this computer only (settings: task_server.reach)",
    "local network": "everybody on the local network who knows the link",
    "public": "everybody who knows the link",
}


# ----------------------------------------------------------------------------------------------- links


@app.command()
@command
def links(
    run: RunNumber,
    file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write names and links to a CSV file.")
    ] = None,
    folder: Folder = None,
) -> None:
    """The link of a run; where people were invited, everybody's personal one with their name."""
    from crowddesk.operations import served_run

    with workspace(folder) as db:
        task_run = _served_run(db, run)
        url = _url_of(db, run)
        personal = served_run.personal_links(db, run, url)
        if file is not None:
            if not personal:
                fail(f"Nobody is invited to run {run} by name: it has one link for all. {url}")
            done = served_run.write_links(file, personal)
            say(f"{count(done, 'link')} written to {file}. Whoever has one works as that person.")
            return
        for link in personal:
            sys.stdout.write(f"{_line(link.name)}\t{link.link}\n")
        if not personal:
            sys.stdout.write(f"{url}\n")
        elif task_run.get_provider().sign_in(task_run):
            say(f"Without a personal link people sign in at: {url}")


@app.command()
@command
def invite(
    run: RunNumber,
    people: Annotated[
        Path | None,
        typer.Argument(metavar="[PEOPLE.csv]", help="A table with the column name, maybe code."),
    ] = None,
    remove: Annotated[
        list[str] | None, typer.Option("--remove", metavar="NAME", help="Take a person off the list.")
    ] = None,
    folder: Folder = None,
) -> None:
    """Add people to a run's list, each with a code of their own; or take somebody off it."""
    if people is None and not remove:
        fail("Say whom: a table of people, --remove NAME, or both.", 2)
    with workspace(folder) as db:
        task_run = _served_run(db, run)
        provider: Any = task_run.get_provider()
        if not hasattr(provider, "invite"):
            fail(f"Run {run} is at {task_run.provider_type}, which has no list of people.")
        if people is not None:
            new = provider.invite(task_run, people)
            say(
                f"{count(new, 'person')} invited. Their links: crowddesk links {run}".replace(
                    "persons", "people"
                )
            )
        unknown = [name for name in remove or () if not provider.uninvite(task_run, name)]
    if remove and len(unknown) < len(remove):
        say(f"{len(remove) - len(unknown):,} taken off the list; they get no further unit.")
    if unknown:
        fail(f"Not on the list of run {run}: {', '.join(unknown)}.")


def _served_run(db: CrowdDatabase, run_id: int) -> TaskRun:
    """The run, which must be one that we put before people ourselves."""
    from crowddesk.data_model.task_run import TaskRun

    task_run = TaskRun.get(db, str(run_id))
    check_vendor(task_run.provider_type, f"Run {run_id}")
    return task_run


def _url_of(db: CrowdDatabase, run_id: int) -> str:
    """Where a run is, or was last, by the settings of now; ends the command where it never had an address."""
    from crowddesk import settings
    from crowddesk.store.links import link_of
    from crowddesk.taskserver.sites import host_of, link_at

    serving = settings.load(db.folder).task_server
    with db.read() as conn:
        link = link_of(conn, run_id)
    url = link_at(serving, host_of(serving), serving.port or link.port, link.token) if link else ""
    if not url:
        fail(f"Run {run_id} was not served yet, so it has no link. Start it with: crowddesk serve {run_id}")
    return url


# ------------------------------------------------------------------------------------------------ money


@app.command()
@command
def owed(
    run: OfRun = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV, amounts as plain numbers.")] = False,
    folder: Folder = None,
) -> None:
    """What your own people are owed: pay of approved work, and bonuses. They are paid by hand."""
    from crowddesk.cli.rows import print_table
    from crowddesk.domain import money_text

    with workspace(folder) as db:
        found = _owed(db, run)
    if as_csv:
        _print_owed(found)
        return

    def money(minor: int, row: Owed) -> str:
        return money_text(minor, row.currency)

    cells = (
        (_line(r.worker_name), f"{r.units:,}", money(r.pay, r), money(r.bonuses, r), money(r.total, r))
        for r in found
    )
    if not found:
        say("Nothing is owed: no work of your own people was approved yet.")
    else:
        print_table(("WORKER", "UNITS", "PAY", "BONUSES", "TOTAL"), cells)


def _owed(db: CrowdDatabase, run_id: int | None) -> list[Owed]:
    from crowddesk.data_model.task_run import TaskRun
    from crowddesk.registry import get_crowd_provider_from_type

    if run_id is not None:
        task_run = TaskRun.get(db, str(run_id))
        payments = _payments_of(task_run.get_provider())
        if payments is None:
            fail(f"Run {run_id} is at {task_run.provider_type}, which pays its people itself.")
        return payments(str(run_id))
    found: list[Owed] = []
    for provider_type in sorted({r.provider_type for r in db.find_requesters()}):
        payments = _payments_of(get_crowd_provider_from_type(provider_type)(db))
        found += [] if payments is None else payments(None)
    return found


def _payments_of(provider: CrowdProvider) -> Callable[[str | None], list[Owed]] | None:
    """The pay list of a vendor whose people are paid by hand."""
    return getattr(provider, "payments", None)


def _print_owed(found: Sequence[Owed]) -> None:
    from crowddesk.domain import to_major
    from crowddesk.operations.transfer import inert

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("worker", "units", "pay", "bonuses", "total", "currency"))
    for row in found:
        amounts = (str(to_major(minor, row.currency)) for minor in (row.pay, row.bonuses, row.total))
        writer.writerow((inert(row.worker_name), row.units, *amounts, row.currency))


def _line(text: str) -> str:
    """A name without signs that a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
