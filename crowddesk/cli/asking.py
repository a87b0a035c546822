"""The commands that ask something of people at a vendor: give it back, read a message, come in numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from crowddesk.cli.deciding import why_skipped
from crowddesk.cli.options import Folder, RunNumber, Where, Yes
from crowddesk.cli.reconciling import Account, join_names, one_account
from crowddesk.cli.session import FAILED, choose, command, count, fail, say, workspace

app = typer.Typer()


@app.command("ask-return")
@command
def ask_return(
    run: Annotated[int | None, typer.Option("--run", metavar="N", min=1, help="Units of this run.")] = None,
    where: Where = "",
    reason: Annotated[
        list[str] | None,
        typer.Option("--reason", help="What the worker is told, {item} filled in; any number of them."),
    ] = None,
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Ask workers to give units back, completed or at work; gentler than rejecting them."""
    from crowddesk.operations import decisions
    from crowddesk.operations.reasons import fill_all
    from crowddesk.store.queries import UNITS, Scope

    if run is None and not where.strip():
        fail("Say which units: --run N, --where SEARCH, or both.", 2)
    search = UNITS.parse(where)
    with workspace(folder) as db:
        if run is not None:
            db.get_task_run(str(run))
        with db.read() as conn:
            ids = list(UNITS.ids(conn, search, Scope(run_id=run)))
        if not ids:
            fail("No unit matches.")
        choose(f"Ask for {count(len(ids), 'unit')} to be returned?", yes)
        done = decisions.request_return(db, ids, fill_all(db, ids, reason or ()))
    say(f"{count(len(done.action_ids), 'request')} recorded.")
    if done.skipped:
        say(f"Left out: {why_skipped(done.skipped)}.")
    if not done.action_ids:
        raise typer.Exit(FAILED)
    say("They are not sent yet. Send them with: crowddesk send --wait")


@app.command()
@command
def message(
    requester: Account,
    workers: Annotated[list[str], typer.Argument(metavar="WORKER...", help="The workers' names.")],
    body: Annotated[
        str, typer.Option("--body", help="The message; {name}, {run} and {requester} are filled in.")
    ] = "",
    run: Annotated[int | None, typer.Option("--run", metavar="N", min=1, help="About this run.")] = None,
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Record a message to workers. It waits until `crowddesk send`."""
    from crowddesk.operations import decisions
    from crowddesk.operations.people import write_to

    with workspace(folder) as db:
        account = one_account(db, requester)
        people = {name: db.find_workers(name, account.provider_type) for name in dict.fromkeys(workers)}
        if unknown := [name for name, found in people.items() if not found]:
            fail(f"Nobody at {account.provider_type} is called {join_names(unknown)}.")
        choose(f"Write to {join_names(list(people))} in the name of {account.requester_name}?", yes)
        ids = [int(found[0].db_id) for found in people.values()]
        done = write_to(db, account.id, ids, body, run, decisions.new_sequence())
    say(f"{count(len(done.action_ids), 'message')} recorded. Send with: crowddesk send --wait")


@app.command("raise-places")
@command
def raise_places(
    run: RunNumber,
    more: Annotated[int, typer.Argument(metavar="MORE", min=1, help="Further answers to each item.")],
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Ask for more answers to each item of a run that is going on."""
    from crowddesk.domain import money_text
    from crowddesk.operations import places

    with workspace(folder) as db:
        cost = places.estimate_more(db, run, more)
        money = money_text(cost.total, cost.currency)
        if cost.over_budget:
            assert cost.free is not None
            left = money_text(max(0, cost.free), cost.currency)
            fail(f"{count(cost.units, 'unit')} more cost {money} with fees; the budget has {left} left.")
        choose(f"Add {count(cost.units, 'unit')} to run {run} for {money} with fees?", yes)
        added = places.add_units(db, run, more)
    say(
        f"Run {run} has {count(added, 'unit')} more. They go out while the window is open, or with: "
        f"crowddesk resume {run} --wait"
    )
