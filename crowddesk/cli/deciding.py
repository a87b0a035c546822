"""Deciding from a terminal: recorded, looked at as a whole, sent, undone, tried again, resolved."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crowddesk.cli import accounts
from crowddesk.cli.options import AsJson, Folder, Wait, Where, Yes
from crowddesk.cli.session import FAILED, choose, command, count, fail, progress, say, work_until, workspace

if TYPE_CHECKING:
    from decimal import Decimal

    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.decisions import Decided
    from crowddesk.operations.sending import ToSend

app = typer.Typer()
decide_app = typer.Typer(
    help="Record decisions on units. They wait until `crowddesk send`.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Reason = Annotated[
    str,
    typer.Option("--reason", help="What the worker is told; {their_time} and others are filled in for each."),
]
Use = Annotated[
    str, typer.Option("--use", metavar="REASON", help="A reason of the library, by number or title.")
]
Category = Annotated[str, typer.Option("--category", help="The vendor's category, where it has some.")]
DecideRun = Annotated[int | None, typer.Option("--run", metavar="N", min=1, help="Units of this run.")]
Actions = Annotated[list[int], typer.Argument(metavar="ACTION...", min=1, help="Numbers of actions.")]


@decide_app.command("approve")
@command
def approve(run: DecideRun = None, where: Where = "", yes: Yes = False, folder: Folder = None) -> None:
    """Approve completed units: they are paid."""
    _decide("approve", run, where, "", "", "", yes, folder)


@decide_app.command("soft-reject")
@command
def soft_reject(
    run: DecideRun = None,
    where: Where = "",
    reason: Reason = "",
    use: Use = "",
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Pay completed units, and leave their answers out of the data set."""
    _decide("soft_reject", run, where, reason, use, "", yes, folder)


@decide_app.command("reject")
@command
def reject(
    run: DecideRun = None,
    where: Where = "",
    reason: Reason = "",
    use: Use = "",
    category: Category = "",
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Do not pay completed units. It harms people's record: prefer soft-reject."""
    _decide("reject", run, where, reason, use, category, yes, folder)


@decide_app.command("unreject")
@command
def unreject(run: DecideRun = None, where: Where = "", yes: Yes = False, folder: Folder = None) -> None:
    """Take rejections back: the units are paid after all."""
    _decide("unreject", run, where, "", "", "", yes, folder)


def _decide(
    kind: str,
    run: int | None,
    where: str,
    reason: str,
    use: str,
    category: str,
    yes: bool,
    folder: Path | None,
) -> None:
    from crowddesk import settings
    from crowddesk.operations import decisions
    from crowddesk.operations.policy import caps_of
    from crowddesk.store.queries import UNITS, Scope

    if run is None and not where.strip():
        fail("Say which units: --run N, --where SEARCH, or both.", 2)
    if reason and use:
        fail("Say --reason or --use, not both.", 2)
    search = UNITS.parse(where)
    word = kind.replace("_", "-")
    with workspace(folder) as db:
        if run is not None:
            db.get_task_run(str(run))
        if use:
            reason, category = _from_library(db, use, kind, category)
        with db.read() as conn:
            ids = list(UNITS.ids(conn, search, Scope(run_id=run)))
        seen = decisions.preview(db, kind, ids)
        if seen.units == 0:
            fail(f"There is nothing to {word}: {why_skipped(seen.skipped) or 'no unit matches'}.")
        left = {i for i, _ in seen.skipped}
        chosen = [i for i in dict.fromkeys(ids) if i not in left]
        words, evidence = _words(db, kind, chosen, reason)
        choose(f"{word.capitalize()} {count(seen.units, 'unit')} for {_money(seen.money)}?", yes)
        caps = caps_of(settings.load(db.folder).rejections)
        done = decisions.decide(
            db, kind, chosen, reason=words, category=category, evidence=evidence, caps=caps
        )
    say(f"{count(len(done.action_ids), 'decision')} recorded ({word}, {_money(seen.money)}).")
    _tell_decided(done, (*seen.skipped, *done.skipped))


def _from_library(db: CrowdDatabase, name: str, kind: str, category: str) -> tuple[str, str]:
    from crowddesk.operations.reasons import find_reason

    with db.read() as conn:
        found = find_reason(conn, name, kind)
    return found.text, category or found.category


def _words(
    db: CrowdDatabase, kind: str, ids: Sequence[int], reason: str
) -> tuple[str | Mapping[int, str], Mapping[int, Sequence[str]] | None]:
    """Each unit's own words where they hold variables, and the evidence that is kept with a rejection."""
    from crowddesk.operations import reasons

    if kind != "reject" and not reasons.variables_of(reason):
        return reason, None
    with db.read() as conn:
        cases = reasons.gather(conn, ids)
    facts = {i: cases[i].facts if i in cases else reasons.Facts() for i in ids}
    evidence = {i: case.evidence for i, case in cases.items()} if kind == "reject" else None
    return (reasons.fill_each(reason, facts) if reasons.variables_of(reason) else reason), evidence


def _tell_decided(done: Decided, skipped: Sequence[tuple[int, str]]) -> None:
    if skipped:
        say(f"Left out: {why_skipped(skipped)}.")
    if done.waiting:
        one = len(done.waiting) == 1
        say(
            f"{count(len(done.waiting), 'of them is', 'of them are')} the first rejection of "
            f"{'its' if one else 'their'} person and {'waits' if one else 'wait'} for a second look: "
            "crowddesk second-look list"
        )
    if not done.action_ids:
        raise typer.Exit(FAILED)
    say("They are not sent yet. Send them with: crowddesk send --wait")


def why_skipped(skipped: Sequence[tuple[int, str]], noun: str = "unit", plural: str = "") -> str:
    """How many were left out, by why."""
    reasons = Counter(why for _, why in skipped)
    return ", ".join(f"{count(number, noun, plural)} because {why}" for why, number in reasons.most_common())


def _money(money: Iterable[tuple[str, int, int]]) -> str:
    from crowddesk.domain import money_text

    parts = [f"{money_text(pay + fee, currency)} with fees" for currency, pay, fee in money if pay + fee]
    return " and ".join(parts) or "no money"


# ------------------------------------------------------------------------------------------ sending


@app.command()
@command
def send(
    run: Annotated[int | None, typer.Option("--run", metavar="N", min=1, help="Of this run only.")] = None,
    wait: Wait = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be sent, what it costs and what waits.")
    ] = False,
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """Release the recorded decisions to their vendors. First rejections wait for a second look."""
    from crowddesk.operations import decisions
    from crowddesk.operations import progress as standing

    if as_json and not dry_run:
        fail("--json goes with --dry-run.", 2)
    with workspace(folder) as db:
        if run is not None:
            db.get_task_run(str(run))
        if dry_run:
            _show_sheet(db, run, as_json)
            return
        sent = decisions.send(db, run_id=run)
        say(f"{count(len(sent), 'action')} released.")
        _tell_waiting(db, run)
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


def _tell_waiting(db: CrowdDatabase, run: int | None) -> None:
    from crowddesk.operations.second_looks import list_waiting

    with db.read() as conn:
        waiting = len(list_waiting(conn, run_id=run))
    if waiting:
        say(f"{count(waiting, 'first rejection waits', 'first rejections wait')} for a second look.")


def _show_sheet(db: CrowdDatabase, run: int | None, as_json: bool) -> None:
    """What is about to leave; an account whose vendor cannot be asked says so and hides nothing else."""
    from crowddesk import settings
    from crowddesk.domain import CrowdDeskError
    from crowddesk.operations.policy import caps_of
    from crowddesk.operations.sending import available_balance, read_sheet, sheet_json

    with db.read() as conn:
        sheet = read_sheet(conn, caps_of(settings.load(db.folder).rejections), run)
    balances: dict[int, Decimal | str] = {}
    try:
        accounts.unlock_if_needed(db)
    except CrowdDeskError as error:
        say(str(error))
    for account in sheet.accounts:
        try:
            balances[account.requester_id] = available_balance(db, account.requester_id)
        except NotImplementedError:
            balances[account.requester_id] = "this vendor tells no balance"
        except Exception as error:  # a vendor's code may raise anything; the rest of the sheet stands
            said = str(error) if isinstance(error, CrowdDeskError) else f"{type(error).__name__}: {error}"
            balances[account.requester_id] = said
    if as_json:
        sys.stdout.write(json.dumps(sheet_json(sheet, balances), ensure_ascii=False, indent=2) + "\n")
        return
    for account in sheet.accounts:
        for line in _sheet_lines(account, balances[account.requester_id]):
            sys.stdout.write(line + "\n")
    said = f"{count(sheet.actions, 'action')} would leave. Nothing was sent."
    say(said if sheet.accounts else "Nothing waits to be sent.")


def _sheet_lines(account: ToSend, balance: Decimal | str) -> Iterable[str]:
    from crowddesk.domain import money_text
    from crowddesk.operations.sending import balance_after

    head = f"{account.requester_name} ({account.provider_type})"
    for part in account.kinds:
        money = _money([(part.currency, part.amount_minor, part.fee_minor)])
        yield f"{head}: {part.actions:,} {part.kind.replace('_', '-')}, {money}"
    total = account.amount_minor + account.fee_minor
    if total:
        pay, fees = (money_text(m, account.currency) for m in (account.amount_minor, account.fee_minor))
        yield f"{head}: together {money_text(total, account.currency)}, {pay} and {fees} fees"
    if isinstance(balance, str):
        yield f"{head}: balance not known: {balance}"
    else:
        before, after = (f"{account.currency} {m:,}" for m in (balance, balance_after(balance, account)))
        yield f"{head}: balance {before}, after this {after}"
    for worker, number in account.rejections:
        yield f"{head}: {count(number, 'rejection')} of {worker}"
    for row in account.waiting:
        yield (
            f"{head}: waits for a second look: action {row.action_id}, unit {row.unit_id}, "
            f"{row.worker_name}: {' '.join(row.reason.split())}"
        )
    for sentence in account.broken:
        yield f"{head}: broken rule: {sentence}"


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
def retry(ids: Actions, folder: Folder = None) -> None:
    """Record refused actions once more, with the same words and money. They wait until `crowddesk send`."""
    from crowddesk import settings
    from crowddesk.operations import decisions
    from crowddesk.operations.policy import caps_of

    with workspace(folder) as db:
        done = decisions.retry(db, ids, caps=caps_of(settings.load(db.folder).rejections))
    say(f"{count(len(done.action_ids), 'action')} recorded once more.")
    for action_id, why in done.skipped:
        say(f"  action {action_id} was left out: {why}")
    _tell_decided(done, ())


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
