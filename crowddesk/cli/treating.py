"""The commands that treat workers at a vendor: block, unblock, grant and revoke."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from crowddesk.cli.deciding import why_skipped
from crowddesk.cli.options import Folder, Yes
from crowddesk.cli.reconciling import Account, join_names, one_account
from crowddesk.cli.session import FAILED, choose, command, count, fail, say, workspace

app = typer.Typer()

Workers = Annotated[list[str], typer.Argument(metavar="WORKER...", help="The workers' names.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it stays in the journal.")]
Qualification = Annotated[str, typer.Option("--qualification", metavar="NAME", help="Which one.")]


@app.command()
@command
def block(
    requester: Account, workers: Workers, reason: Reason = "", yes: Yes = False, folder: Folder = None
) -> None:
    """Give workers no more of your work. It waits until `crowddesk send`."""
    _treat("block", requester, workers, yes, folder, reason=reason)


@app.command()
@command
def unblock(
    requester: Account, workers: Workers, reason: Reason = "", yes: Yes = False, folder: Folder = None
) -> None:
    """Let workers have your work again. It waits until `crowddesk send`."""
    _treat("unblock", requester, workers, yes, folder, reason=reason)


@app.command()
@command
def grant(
    requester: Account,
    workers: Workers,
    qualification: Qualification,
    value: Annotated[int, typer.Option("--value", metavar="N", help="Its value.")] = 1,
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Grant workers a qualification, a new one if need be. It waits until `crowddesk send`."""
    _treat("grant", requester, workers, yes, folder, qualification_name=qualification, value=value)


@app.command()
@command
def revoke(
    requester: Account,
    workers: Workers,
    qualification: Qualification,
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Take a qualification from workers. It waits until `crowddesk send`."""
    _treat("revoke", requester, workers, yes, folder, qualification_name=qualification)


def _treat(
    kind: str,
    requester: str,
    workers: list[str],
    yes: bool,
    folder: Path | None,
    *,
    reason: str = "",
    qualification_name: str = "",
    value: int = 1,
) -> None:
    from crowddesk.operations import decisions

    if kind in ("block", "unblock") and not reason.strip():
        fail("Say why: --reason TEXT. It stays in the journal.", 2)
    with workspace(folder) as db:
        account = one_account(db, requester)
        people = {name: db.find_workers(name, account.provider_type) for name in dict.fromkeys(workers)}
        if unknown := [name for name, found in people.items() if not found]:
            fail(f"Nobody at {account.provider_type} is called {join_names(unknown)}.")
        if kind == "revoke" and not db.find_qualifications(qualification_name):
            fail(f"There is no qualification {qualification_name!r}.")
        what = f" ({qualification_name})" if qualification_name else ""
        choose(f"{kind.capitalize()}{what} {join_names(list(people))} at {account.requester_name}?", yes)
        if kind == "grant" and not db.find_qualifications(qualification_name):
            db.new_qualification(qualification_name)
        done = decisions.treat_workers(
            db,
            kind,
            account.id,
            [int(found[0].db_id) for found in people.values()],
            reason=reason,
            qualification_name=qualification_name,
            value=value,
        )
    say(f"{count(len(done.action_ids), 'decision')} recorded ({kind}).")
    if done.skipped:
        say(f"Left out: {why_skipped(done.skipped, 'person', 'people')}.")
    if not done.action_ids:
        raise typer.Exit(FAILED)
    say("They are not sent yet. Send them with: crowddesk send --wait")
