"""The commands that rehearse a run before it costs anything, and tell what came of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crowddesk.cli.options import AsJson, Folder, RunNumber, Wait
from crowddesk.cli.running import EndOfRuns, loaded
from crowddesk.cli.session import command, count, progress, say, work_until, workspace

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.rehearsal import RehearsalReport

app = typer.Typer()


@app.command()
@command
def rehearse(
    file: Annotated[Path, typer.Argument(metavar="RUN.yaml", help="The run file, of a run at prolific.")],
    changes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY=VALUE]...", help="Changes to it, such as task.reward=0.05."),
    ] = None,
    bad_day: Annotated[
        bool, typer.Option("--bad-day", help="The vendor fails now and then, as it may.")
    ] = False,
    people: Annotated[
        int | None, typer.Option("--people", metavar="N", min=1, help="How many people there are in all.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", metavar="N", help="Other people, or the same again.")
    ] = None,
    speed: Annotated[
        float | None,
        typer.Option("--speed", metavar="X", min=0.01, help="How many times as fast people are; else 300."),
    ] = None,
    wait: Wait = False,
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """Play a run through against Prolific's stand-in: simulated people, no money.

    Prints the run's number. With --wait every answer is approved as it has come in, and the report follows.
    """
    from crowddesk.operations import rehearsal
    from crowddesk.operations.run_file import load_run

    config = load_run(file, changes or ())
    with workspace(folder) as db:
        run_id = rehearsal.rehearse(
            db,
            config,
            people=people,
            bad_day=bad_day,
            seed=seed,
            speed=rehearsal.SPEED if speed is None else speed,
            created=None if as_json else _print_id,
            progress=loaded,
        )
        if wait:
            _play(db, run_id)
            _tell(rehearsal.report(db, run_id), as_json)
            return
        if as_json:
            _print_id(run_id)
    say(
        f"It goes on while the window is open, or with: crowddesk resume {run_id} --wait\n"
        f"What came of it: crowddesk rehearsal-report {run_id}"
    )


@app.command("rehearsal-report")
@command
def rehearsal_report(run: RunNumber, as_json: AsJson = False, folder: Folder = None) -> None:
    """What came of a rehearsal: who came, what it would have cost, what went wrong and how it ended."""
    from crowddesk.operations import rehearsal

    with workspace(folder) as db:
        found = rehearsal.report(db, run)
    _tell(found, as_json)


def _print_id(run_id: int) -> None:
    sys.stdout.write(f"{run_id}\n")
    sys.stdout.flush()


def _play(db: CrowdDatabase, run_id: int) -> None:
    """Until everybody has answered and all of it is approved; who comes late is approved in another round."""
    from crowddesk.domain import ActionKind
    from crowddesk.operations import decisions, rehearsal
    from crowddesk.operations import progress as standing

    end = EndOfRuns(db, [run_id])
    again = f"crowddesk resume {run_id} --wait"
    decided: set[int] = set()
    while True:
        work_until(db, end.requester_ids, lambda: rehearsal.waiting(db, run_id)[1] or end.look(), again)
        units = [unit for unit in rehearsal.waiting(db, run_id)[0] if unit not in decided]
        if not units:
            break
        decided.update(units)  # one round each: what the vendor does not take now it will not take then
        decisions.decide(db, ActionKind.APPROVE, units)
        ids = decisions.send(db, run_id=run_id)

        def look(ids: list[int] = ids) -> bool:
            here = standing.of_actions(db, ids)
            progress(f"Approving: {here.finished:,} of {here.total:,}")
            return here.finished >= here.total

        work_until(db, standing.accounts_with_work(db, ids), look, "crowddesk send --wait")
    end.tell()


def _tell(found: RehearsalReport, as_json: bool) -> None:
    from crowddesk.cli.rows import print_json

    if as_json:
        print_json([_record(found)])
        return
    sys.stdout.writelines(f"{line}\n" for line in _lines(found))


def _record(found: RehearsalReport) -> dict[str, Any]:
    import dataclasses

    from crowddesk.domain import money_json

    record = dataclasses.asdict(found)
    for name in [name for name in record if name.endswith("_minor")]:
        record[name.removesuffix("_minor")] = money_json(record.pop(name), found.currency)
    for name in ("cost_of_awaiting", "study_cost"):
        record[name] = money_json(record[name], found.currency)
    record["cost"] = money_json(found.cost, found.currency)
    record["agrees"] = found.agrees
    if found.wage is not None:
        record["wage"] = money_json(found.wage, found.currency)
    return record


def _lines(found: RehearsalReport) -> Iterator[str]:
    from crowddesk.domain import money_text

    def money(minor: int) -> str:
        return money_text(minor, found.currency)

    yield f"Rehearsal of {found.title} (run {found.run_id})"
    places = count(found.places, "place")
    yield f"  People       {found.arrived:,} came to {places}; {found.at_work:,} still at work"
    yield (
        f"               {found.submitted:,} submitted, {found.returned:,} returned their place, "
        f"{found.timed_out:,} ran out of time"
    )
    yield f"               {found.no_code:,} came back without a code, {found.wrong_code:,} with a wrong one"
    rejected = ", ".join(f"{number:,} {category}" for category, number in found.rejected.items())
    yield (
        f"  Decisions    {found.approved:,} approved, {found.awaiting:,} undecided, "
        f"rejected: {rejected or 'nobody'}; {found.bonuses:,} bonuses paid"
    )
    fees, tax = found.fees_minor + found.bonus_fees_minor, found.vat_minor + found.bonus_vat_minor
    yield (
        f"  Cost         {money(found.cost)}: rewards {money(found.rewards_minor)}, bonuses "
        f"{money(found.bonuses_minor)}, fees {money(fees)}, tax {money(tax)}"
    )
    if found.awaiting:
        yield f"               and {money(found.cost_of_awaiting)} if what is undecided is approved"
    if not found.agrees:
        yield f"               Prolific's own call says {money(found.study_cost)}: look into it"
    if found.median_seconds is not None and found.wage is not None:
        advice = f", recommended {money(found.advice.recommended)}" if found.advice else ""
        yield (
            f"  Time         {found.median_seconds / 60:.1f} min in the middle: "
            f"{money(found.wage)} an hour{advice}"
        )
    for fault in found.faults:
        yield f"  Fault        {fault.kind}, {fault.times:,} times: {fault.meaning}"
    endings = ", ".join(f"{number:,} {how}" for how, number in found.endings.items())
    yield f"  Actions      {endings}"
    for plea in found.need_you:
        yield f"  Needs you    {plea}"
    yield found.cannot_prove
