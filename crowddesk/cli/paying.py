"""Commands about money beside the reward: bonuses, hourly wages and top-ups, pay for who could not submit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crowddesk.cli.options import AsJson, Folder, Yes
from crowddesk.cli.session import FAILED, choose, command, count, fail, progress, say, workspace

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.bonus_file import CheckedBonuses
    from crowddesk.operations.decisions import Decided
    from crowddesk.operations.fair_pay import Wage, Wages

app = typer.Typer()

_SEND = "They are not sent yet. Send them with: crowddesk send --wait"
_SHOWN = 20

RunOfIt = Annotated[int, typer.Option("--run", metavar="N", min=1, help="The run that it counts against.")]
Reason = Annotated[str, typer.Option("--reason", help="What the worker is told, word for word.")]
Workers = Annotated[
    list[str] | None, typer.Option("--worker", metavar="NAME", help="A worker; may be given several times.")
]
Amount = Annotated[str, typer.Option("--amount", metavar="0.50", help="In the run's currency.")]


@app.command()
@command
def bonus(
    run: RunOfIt,
    worker: Workers = None,
    amount: Amount = "",
    reason: Reason = "",
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="A table with the columns worker, amount and reason."),
    ] = None,
    batch: Annotated[
        str, typer.Option("--batch", metavar="NAME", help="Pay the same rows for another occasion.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and show; record nothing.")] = False,
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Record bonuses: the same for some workers, or each row of a file. The same file twice pays once."""
    if (file is None) == (not worker):
        fail("Name workers with --worker, or a file with --file; not both.", 2)
    if file is None and not amount:
        fail("Say how much each gets: --amount 0.50.", 2)
    with workspace(folder) as db:
        requester = int(db.get_task_run(str(run))["requester_id"])
        if file is not None:
            _pay_file(db, requester, run, file, reason, batch, dry_run, yes)
        else:
            _pay_workers(db, requester, run, worker or [], amount, reason, dry_run, yes)


def _pay_file(
    db: CrowdDatabase,
    requester: int,
    run: int,
    file: Path,
    reason: str,
    batch: str,
    dry_run: bool,
    yes: bool,
) -> None:
    from crowddesk.operations.bonus_file import check_bonuses, record_bonuses

    found = check_bonuses(
        db,
        file,
        requester_id=requester,
        run_id=run,
        reason=reason,
        batch=batch,
        progress=lambda rows: progress(f"Reading: {rows:,} rows"),
    )
    _tell_file(found)
    found.problems.raise_errors()
    if dry_run:
        say("Nothing was recorded.")
        return
    if not found.new:
        fail("There is nothing to pay: every row was recorded before.")
    _check_budget(found)
    choose(f"Record {count(len(found.new), 'bonus', 'bonuses')} for {_sum_of(found)}?", yes)
    _tell(record_bonuses(db, found))


def _tell_file(found: CheckedBonuses) -> None:
    from crowddesk.cli.rows import print_table
    from crowddesk.domain import money_text

    def cells() -> Any:
        for row in found.rows[:_SHOWN]:
            state = f"recorded before: {row.recorded}" if row not in found.new else ""
            yield row.worker_name, money_text(row.bonus.amount, found.currency), row.bonus.reason[:60], state

    if found.rows:
        print_table(("WORKER", "AMOUNT", "REASON", ""), cells())
    if len(found.rows) > _SHOWN:
        say(f"and {len(found.rows) - _SHOWN:,} more.")
    for problem in found.problems:
        if problem.severity == "warning":
            say(str(problem))
    before = len(found.rows) - len(found.new)
    if before:
        say(f"{count(before, 'row')} left out, because the same was recorded before.")
    say(f"{count(len(found.new), 'bonus', 'bonuses')}, {_sum_of(found)}.")


def _check_budget(found: CheckedBonuses) -> None:
    from crowddesk.domain import money_text

    if found.over_budget:
        left = money_text(found.free or 0, found.currency)
        fail(f"With fees this is more than the {left} that the run's budget has left. Nothing was recorded.")


def _sum_of(found: CheckedBonuses) -> str:
    from crowddesk.domain import money_text

    return f"{money_text(found.amount, found.currency)} and a fee of {money_text(found.fee, found.currency)}"


def _pay_workers(
    db: CrowdDatabase,
    requester: int,
    run: int,
    names: Sequence[str],
    amount: str,
    reason: str,
    dry_run: bool,
    yes: bool,
) -> None:
    from crowddesk.domain import money_text, to_minor
    from crowddesk.operations import decisions
    from crowddesk.operations.paying import fees_of, pay_bonus

    account = db.get_requester(str(requester))
    currency = account["currency"]
    each = to_minor(amount, currency)
    ids = _workers(db, account["provider_type"], names)
    fee = fees_of(db, requester, [each])[each] * len(ids)
    people = count(len(ids), "worker")
    said = f"{money_text(each, currency)} for {people}, with a fee of {money_text(fee, currency)}"
    if dry_run:
        say(f"{said}. Nothing was recorded.")
        return
    choose(f"Record a bonus of {said}?", yes)
    _tell(pay_bonus(db, requester, ids, each, reason, sequence=decisions.new_sequence(), run_id=run))


def _workers(db: CrowdDatabase, provider_type: str, names: Sequence[str]) -> list[int]:
    from crowddesk.store.queries.bonus_rows import workers_named

    with db.read() as conn:
        known = workers_named(conn, provider_type, names)
    if unknown := [name for name in names if name not in known]:
        fail(f"Nobody called {', '.join(unknown)} has worked for you at this vendor.")
    return [known[name] for name in dict.fromkeys(names)]


@app.command()
@command
def compensate(
    run: RunOfIt,
    worker: Workers = None,
    amount: Annotated[
        str, typer.Option("--amount", metavar="0.50", help="For each; else the run's reward.")
    ] = "",
    reason: Reason = "",
    as_json: AsJson = False,
    yes: Yes = False,
    folder: Folder = None,
) -> None:
    """Pay people who took a unit and could not submit. Without --worker: list who that is."""
    from crowddesk.domain import money_text, to_minor
    from crowddesk.operations.paying import compensate as pay
    from crowddesk.operations.paying import stranded_in

    with workspace(folder) as db:
        row = db.get_task_run(str(run))
        if not worker:
            _tell_stranded(stranded_in(db, run), as_json)
            return
        each = to_minor(amount, row["currency"]) if amount else int(row["reward_minor"])
        ids = _workers(db, row["provider_type"], worker)
        choose(f"Record {money_text(each, row['currency'])} for {count(len(ids), 'worker')}?", yes)
        _tell(pay(db, run, ids, each, reason))


def _tell_stranded(found: Sequence[Any], as_json: bool) -> None:
    from crowddesk.cli.rows import print_json, print_table

    if as_json:
        print_json(
            {
                "worker_id": str(one.worker_id),
                "worker_name": one.worker_name,
                "assignment_id": str(one.assignment_id),
                "agent_status": one.agent_status,
                "compensated": one.compensated,
            }
            for one in found
        )
    elif not found:
        say("Nobody left this run without an answer.")
    else:
        rows = ((one.worker_name, one.agent_status, "paid" if one.compensated else "") for one in found)
        print_table(("WORKER", "LEFT BY", "COMPENSATED"), rows)


@app.command()
@command
def wages(
    run: RunOfIt,
    target: Annotated[
        str, typer.Option("--target", metavar="12.00", help="An hour's pay; else what settings say.")
    ] = "",
    top_up: Annotated[bool, typer.Option("--top-up", help="Record bonuses that lift all to it.")] = False,
    reason: Reason = "",
    yes: Yes = False,
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """What an hour of work in a run comes to, person by person, against a target."""
    from crowddesk import settings
    from crowddesk.domain import to_minor
    from crowddesk.operations import fair_pay

    with workspace(folder) as db:
        currency = db.get_task_run(str(run))["currency"]
        wanted = (
            to_minor(target, currency)
            if target
            else fair_pay.target_of(settings.load(db.folder).fair_pay, currency)
        )
        if top_up:
            if wanted is None:
                fail(f"Say the target in {currency}: --target 12.00, or set it in Settings.", 2)
            _top_up(db, run, wanted, reason, yes)
            return
        with db.read() as conn:
            found = fair_pay.wages_of(conn, run, wanted)
    _tell_wages(found, as_json)


def _tell_wages(found: Wages, as_json: bool) -> None:
    from crowddesk.cli.rows import print_json, print_table
    from crowddesk.domain import money_json, money_text

    def money(minor: int | None) -> str:
        return "" if minor is None else money_text(minor, found.currency, with_currency=False)

    def record(wage: Wage) -> dict[str, Any]:
        return {
            "worker_id": str(wage.worker_id),
            "worker_name": wage.worker_name,
            "answers": wage.answers,
            "seconds": wage.seconds,
            "answers_cut": wage.cut,
            "answers_without_time": wage.untimed,
            "pay": money_json(wage.pay, found.currency),
            "bonuses": money_json(wage.bonuses, found.currency),
            "hourly": None if wage.hourly is None else money_json(wage.hourly, found.currency),
            "missing": money_json(wage.missing, found.currency),
        }

    if as_json:
        print_json(map(record, found.people))
        return
    if not found.people:
        say("Nobody has answered in this run yet.")
        return
    print_table(
        ("WORKER", "ANSWERS", "MINUTES", f"PAID {found.currency}", "AN HOUR", "MISSING"),
        (
            (
                wage.worker_name, f"{wage.answers:,}", f"{wage.seconds / 60:.1f}",
                money(wage.pay + wage.bonuses), money(wage.hourly), money(wage.missing or None),
            )
            for wage in found.people
        ),
    )  # fmt: skip
    if found.target is not None:
        below = (
            f"{count(len(found.below), 'person', 'people')} below {money_text(found.target, found.currency)}"
        )
        say(f"{below} an hour.")


def _top_up(db: CrowdDatabase, run: int, target: int, reason: str, yes: bool) -> None:
    from crowddesk.domain import money_text
    from crowddesk.operations.fair_pay import plan_top_ups, queue_top_ups

    plan = plan_top_ups(db, run, target, reason)
    if not plan.lines:
        say("Nobody is below the target.")
        return
    currency = plan.wages.currency
    money = f"{money_text(plan.amount, currency)} and a fee of {money_text(plan.fee, currency)}"
    if plan.over_budget:
        left = money_text(max(0, plan.free or 0), currency)
        fail(f"{money} is more than the {left} that the run's budget has left. Nothing was recorded.")
    choose(f"Record top-ups for {count(len(plan.lines), 'person', 'people')}: {money}?", yes)
    _tell(queue_top_ups(db, plan))


def _tell(made: Decided) -> None:
    for target, why in made.skipped[:_SHOWN]:
        say(f"Left out: worker {target}, {why}.")
    say(f"{count(len(made.action_ids), 'bonus', 'bonuses')} recorded.")
    if not made.action_ids:
        raise typer.Exit(FAILED)
    say(_SEND)
