"""The commands about people: who is one person, what this desk notes about them, who is kept out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crowddesk.cli.options import AsJson, Folder, RunNumber, Yes
from crowddesk.cli.session import FAILED, choose, command, count, fail, progress, say, workspace

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase

app = typer.Typer()
people_app = typer.Typer(
    help="One person behind several vendor accounts.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(people_app, name="people")

Workers = Annotated[
    list[str], typer.Argument(metavar="WORKER...", help="Names; vendor:name where two have it, or #number.")
]
OneWorker = Annotated[str, typer.Argument(metavar="WORKER", help="A name, vendor:name or #number.")]


@people_app.command("list")
@command
def list_people(
    hints: Annotated[
        bool, typer.Option("--hints", help="Accounts that may be one person and are not merged.")
    ] = False,
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """Everybody who has several accounts."""
    from crowddesk.cli import rows
    from crowddesk.operations import people
    from crowddesk.store import identities

    with workspace(folder) as db, db.read() as conn:
        if hints:
            found = people.find_hints(conn)
            if as_json:
                rows.print_json(
                    {"worker_ids": [str(i) for i in h.worker_ids], "workers": list(h.names), "why": h.why}
                    for h in found
                )
            elif not rows.print_table(("WORKERS", "WHY"), ((", ".join(h.names), h.why) for h in found)):
                say("No two accounts look like one person.")
            return
        persons = identities.list_people(conn)
    if as_json:
        rows.print_json(
            {
                "person_id": str(person.id),
                "label": person.label,
                "accounts": [
                    {
                        "worker_id": str(m.worker_id),
                        "worker_name": m.worker_name,
                        "provider_type": m.provider_type,
                        "units": m.units,
                        "accepted": m.accepted,
                    }
                    for m in person.members
                ],
            }
            for person in persons
        )
        return
    cells = (
        (str(p.id), p.label, ", ".join(f"{m.worker_name} ({m.provider_type})" for m in p.members))
        for p in persons
    )
    if not rows.print_table(("PERSON", "LABEL", "ACCOUNTS"), cells):
        say("Nobody has several accounts. Merge them with: crowddesk people merge WORKER WORKER")


@people_app.command("merge")
@command
def merge(
    workers: Workers,
    label: Annotated[str, typer.Option("--label", help="What you call this person.")] = "",
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Say that accounts are one person, with everybody they were merged with before."""
    from crowddesk.operations import people
    from crowddesk.store import identities

    with workspace(folder) as db:
        ids = [find_worker(db, name) for name in workers]
        with db.read() as conn:
            everybody = identities.accounts_of(conn, ids)
        choose(f"Are these {count(len(everybody), 'account')} one person?", yes)
        joined = people.merge(db, ids, label)
    say(f"{count(len(everybody), 'account')} are person {joined.identity_id} now.")


@people_app.command("split")
@command
def split(worker: OneWorker, folder: Folder = None) -> None:
    """Take one account out of its person."""
    from crowddesk.operations import people

    with workspace(folder) as db:
        alone = people.split(db, find_worker(db, worker))
    more = ", and the one account that was left too" if len(alone) > 1 else ""
    say(f"{worker} stands alone now{more}.")


@people_app.command("label")
@command
def relabel(
    worker: OneWorker,
    words: Annotated[str, typer.Argument(metavar="LABEL", help="What you call this person.")],
    folder: Folder = None,
) -> None:
    """Change what you call a person who has several accounts."""
    from crowddesk.operations import people
    from crowddesk.store import identities

    with workspace(folder) as db:
        worker_id = find_worker(db, worker)
        with db.read() as conn:
            person = identities.people_of(conn, [worker_id]).get(worker_id)
        if person is None:
            fail(f"{worker} is not merged with any other account, so there is no label.")
        kept = people.label(db, person.id, words)
    say(f"Person {person.id} is called {kept} now.")


@people_app.command("history")
@command
def history(
    workers: Annotated[
        list[str] | None, typer.Argument(metavar="[WORKER...]", help="Of these people only.")
    ] = None,
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """Who was merged and split, when and by whom, the newest first."""
    from crowddesk.cli import rows
    from crowddesk.store import identities

    with workspace(folder) as db:
        ids = [find_worker(db, name) for name in workers] if workers else None
        with db.read() as conn:
            moves = identities.history(conn, ids)
    if as_json:
        rows.print_json(
            {
                "at": move.at.isoformat(),
                "who": move.who,
                "worker_id": None if move.worker_id is None else str(move.worker_id),
                "worker_name": move.worker_name,
                "from": None if move.old is None else str(move.old),
                "to": None if move.new is None else str(move.new),
            }
            for move in moves
        )
        return
    cells = (
        (f"{move.at:%Y-%m-%d %H:%M:%S}", move.who, move.worker_name or "(label)", _place(move.old),
         _place(move.new))
        for move in moves
    )  # fmt: skip
    if not rows.print_table(("WHEN (UTC)", "WHO", "WORKER", "FROM", "TO"), cells):
        say("Nobody was merged or split.")


def _place(identity: int | None) -> str:
    return "alone" if identity is None else f"person {identity}"


@people_app.command("exclude")
@command
def exclude(run: RunNumber, folder: Folder = None) -> None:
    """Have the vendor of a run that goes on hear whom its task.exclude means now."""
    from crowddesk.operations import launch

    with workspace(folder) as db:
        if not launch.exclude_anew(db, run):
            fail(f"Run {run} has no task.exclude, and a run that is out takes none. Block people instead.")
    say(f"The vendor hears of it while the window is open, or with: crowddesk resume {run} --wait")
    say("Who is at work on a unit goes on with it.")


# ------------------------------------------------------------------------------------------ notes, tags

Unit = Annotated[list[int] | None, typer.Option("--unit", metavar="N", min=1, help="A unit, by number.")]
Worker = Annotated[list[str] | None, typer.Option("--worker", metavar="NAME", help="A worker, by name.")]


@app.command()
@command
def tag(
    word: Annotated[str, typer.Argument(metavar="TAG", help="A word; `flagged` is a unit's flag.")] = "",
    worker: Worker = None,
    unit: Unit = None,
    where: Annotated[str, typer.Option("--where", help="Workers that a search finds.")] = "",
    units_where: Annotated[str, typer.Option("--units-where", help="Units that a search finds.")] = "",
    off: Annotated[bool, typer.Option("--off", help="Take it off.")] = False,
    folder: Folder = None,
) -> None:
    """Put a tag on workers or units, or take it off; without a tag: those in use."""
    from crowddesk.cli import rows
    from crowddesk.operations import people
    from crowddesk.store import remarks
    from crowddesk.store.queries import UNITS, WORKERS

    with workspace(folder) as db:
        if not word:
            with db.read() as conn:
                used = [
                    (noun, said, str(number))
                    for noun in ("worker", "unit")
                    for said, number in remarks.words_of(conn, noun)
                ]
            if not rows.print_table(("ON", "TAG", "ROWS"), used):
                say("There are no tags yet. Write one with: crowddesk tag spammer --worker NAME")
            return
        chosen: dict[str, list[int]] = {"worker": [find_worker(db, name) for name in worker or ()]}
        chosen["unit"] = list(unit or ())
        with db.read() as conn:
            if where:
                chosen["worker"] += WORKERS.ids(conn, WORKERS.parse(where))
            if units_where:
                chosen["unit"] += UNITS.ids(conn, UNITS.parse(units_where))
        if not any(chosen.values()):
            fail("Nothing is named, or nothing matches: use --worker, --unit, --where or --units-where.", 2)
        with db.write():
            done = {noun: people.tag(db, noun, ids, word, not off) for noun, ids in chosen.items() if ids}
    for noun, ids in done.items():
        asked = len(set(chosen[noun]))
        left = f"; {asked - len(ids):,} unchanged" if len(ids) < asked else ""
        say(f"{'Taken off' if off else 'Put on'} {count(len(ids), noun)}{left}.")


@app.command()
@command
def note(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What you want to remember.")] = "",
    worker: Annotated[str, typer.Option("--worker", metavar="NAME", help="About a worker.")] = "",
    unit: Annotated[int | None, typer.Option("--unit", metavar="N", min=1, help="About a unit.")] = None,
    remove: Annotated[
        int | None, typer.Option("--remove", metavar="NOTE", min=1, help="Take this note away.")
    ] = None,
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """Note something about a worker or a unit; without a text: what was noted."""
    from crowddesk.operations import people
    from crowddesk.store import remarks

    with workspace(folder) as db:
        if remove is not None:
            gone = people.unnote(db, remove)
            say(f"Removed: {gone.text}")
            return
        if bool(worker) == (unit is not None):
            fail("Say whom it is about: --worker NAME or --unit N.", 2)
        noun, row_id = ("worker", find_worker(db, worker)) if worker else ("unit", unit or 0)
        if text:
            say(f"Noted as {people.note(db, noun, row_id, text)}.")
            return
        with db.read() as conn:
            notes = remarks.notes_of(conn, noun, [row_id])
            words = remarks.tags_of(conn, noun, [row_id]).get(row_id, ())
    _print_notes(notes, words, as_json)


def _print_notes(notes: list[Any], words: tuple[str, ...], as_json: bool) -> None:
    from crowddesk.cli import rows

    if as_json:
        rows.print_json(
            {
                "note_id": str(n.id), "text": n.text, "created_at": n.created_at.isoformat(),
                "created_by": n.created_by,
            }
            for n in notes
        )  # fmt: skip
        return
    if words:
        sys.stdout.write(f"Tags: {', '.join(words)}\n")
    cells = ((str(n.id), f"{n.created_at:%Y-%m-%d %H:%M}", n.created_by, n.text) for n in notes)
    if not rows.print_table(("NOTE", "WHEN (UTC)", "WHO", "TEXT"), cells) and not words:
        say("Nothing is noted.")


# ---------------------------------------------------------------------------------------- qualifications


@app.command()
@command
def qualify(
    file: Annotated[
        Path,
        typer.Option("--file", metavar="FILE", help="Columns worker, qualification, value (empty: revoke)."),
    ],
    requester: Annotated[
        list[str] | None,
        typer.Option("--requester", metavar="NAME", help="Who tells a vendor, where you have several."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be recorded.")] = False,
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Grant and revoke qualifications by a file. The same file twice is recorded once."""
    from crowddesk.cli import rows
    from crowddesk.cli.reconciling import one_account
    from crowddesk.operations.qualification_file import check_qualifications, record_qualifications

    with workspace(folder) as db:
        accounts = [one_account(db, name).id for name in requester or ()]
        found = check_qualifications(
            db, file, accounts=accounts, progress=lambda done: progress(f"Reading: {done:,} rows")
        )
        cells = (
            (str(row.line), row.worker_name, row.provider_type, row.qualification,
             "–" if row.before is None else str(row.before), row.then)
            for row in found.rows
        )  # fmt: skip
        if dry_run or not yes:
            rows.print_table(("LINE", "WORKER", "PROVIDER", "QUALIFICATION", "NOW", "THEN"), cells)
        found.problems.raise_errors()
        if found.to_make:
            say(f"New here: {', '.join(found.to_make)}.")
        if not found.new:
            say("There is nothing to do: every row is so already, or was recorded before.")
            return
        if dry_run:
            say(f"{count(len(found.new), 'row')} would be recorded. Nothing was.")
            return
        choose(f"Record {found.grants:,} to grant and {found.revocations:,} to revoke?", yes)
        done = record_qualifications(db, found)
    say(f"{count(len(done.action_ids), 'qualification')} recorded. Send with: crowddesk send --wait")
    for worker_id, why in done.skipped[:10]:
        say(f"  left out: worker {worker_id}, {why}")
    if not done.action_ids:
        raise typer.Exit(FAILED)


def find_worker(db: CrowdDatabase, name: str) -> int:
    """The worker of a name, a `vendor:name` or a `#number`; ends the command where that is nobody or two."""
    if name.startswith("#") and name[1:].isascii() and name[1:].isdigit():
        return int(db.get_worker(name[1:])["worker_id"])
    found = db.find_workers(name)
    vendor, colon, rest = name.partition(":")
    if not found and colon:
        found = db.find_workers(rest, vendor)
    if not found:
        fail(f"Nobody here is called {name!r}.", FAILED)
    if len(found) > 1:
        ways = " or ".join(f"{worker.provider_type}:{name}" for worker in found)
        fail(f"{len(found)} workers are called {name!r}. Write {ways}.", FAILED)
    return int(found[0].db_id)
