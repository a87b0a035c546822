"""What fairness asks of a terminal: the library of reasons, second looks at first rejections, objections."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from crowddesk.cli.options import AsJson, Folder, OfRun, Yes
from crowddesk.cli.session import FAILED, choose, command, count, fail, say, workspace

if TYPE_CHECKING:
    from crowddesk.operations.second_looks import Looked
    from crowddesk.store.appeals import Appeal
    from crowddesk.store.reasons import Reason
    from crowddesk.store.second_looks import Waiting

Row = TypeVar("Row")

app = typer.Typer(
    help="Reasons that are used again; `decide ... --use` takes one.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
looks_app = typer.Typer(
    help="People's first rejections: looked at again before they may leave.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
appeals_app = typer.Typer(
    help="Objections of workers to rejections.", no_args_is_help=True, rich_markup_mode=None
)

Kind = Annotated[str, typer.Option("--kind", help="reject, soft-reject or request-return.")]
Title = Annotated[str | None, typer.Option("--title", help="What you call it.")]
Text = Annotated[
    str | None,
    typer.Option(
        "--text",
        help="{their_time}, {median_time}, {gold_failed}, {gold_total}, {item} and {run} are filled in.",
    ),
]
Category = Annotated[str | None, typer.Option("--category", help="The vendor's category, where it has some.")]
Vendor = Annotated[str | None, typer.Option("--vendor", help="For this vendor's accounts only.")]
Key = Annotated[int | None, typer.Option("--key", min=0, max=9, help="The digit that chooses it; 0: none.")]
Number = Annotated[int, typer.Argument(metavar="NUMBER", min=1)]
Offered = Annotated[
    str | None, typer.Option("--offered", metavar="VENDOR", help="Those that CrowdDesk offers to begin with.")
]
ActionIds = Annotated[list[int], typer.Argument(metavar="ACTION...", min=1, help="Numbers of actions.")]
Note = Annotated[str, typer.Option("--note", help="Why; whoever decided it reads it.")]
Answer = Annotated[str, typer.Option("--answer", help="What the worker is answered.")]
Tell = Annotated[bool, typer.Option("--tell", help="Send the answer, where the vendor has messages.")]


def _print(
    found: Sequence[Row],
    as_json: bool,
    record: Callable[[Row], Mapping[str, Any]],
    titles: Sequence[str],
    cells: Callable[[Row], Sequence[str]],
    none: str,
) -> None:
    """A list for programs, or as a table; `none` is said to people where it is empty."""
    from crowddesk.cli import rows

    if as_json:
        rows.print_json(map(record, found))
    elif not rows.print_table(titles, map(cells, found)):
        say(none)


# ------------------------------------------------------------------------------------------- reasons


@app.command("list")
@command
def reason_list(
    kind: Kind = "",
    vendor: Vendor = None,
    offered: Offered = None,
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """The reasons of the library, by their keys."""
    from crowddesk.operations import reasons

    wanted = kind.replace("-", "_") or None
    if offered is not None:
        found = [r for r in reasons.starters(offered) if wanted in (None, r.kind)]
    else:
        with workspace(folder) as db, db.read() as conn:
            found = reasons.list_reasons(conn, wanted, vendor)
    titles = ("Number", "Kind", "Key", "Vendor", "Title", "Text")
    none = "There are none yet. See what is offered: crowddesk reason list --offered mock"
    _print(found, as_json, _reason_record, titles, _reason_cells, none)


@app.command("add")
@command
def reason_add(
    kind: Kind = "reject",
    title: Title = None,
    text: Text = None,
    category: Category = None,
    vendor: Vendor = None,
    key: Key = None,
    offered: Offered = None,
    folder: Folder = None,
) -> None:
    """Keep a reason; with --offered all that CrowdDesk offers for a vendor."""
    from crowddesk.domain import BadInput
    from crowddesk.operations import reasons
    from crowddesk.store.reasons import Reason

    with workspace(folder) as db:
        if offered is None:
            new = Reason(
                kind.replace("-", "_"), title or "", text or "", category or "", vendor or "", key or 0
            )
            say(f"Reason {reasons.add_reason(db, new)} is kept.")
            return
        kept = 0
        for reason in reasons.starters(offered):
            try:
                reasons.add_reason(db, dataclasses.replace(reason, provider_type=offered))
                kept += 1
            except BadInput as error:
                say(f"{reason.title!r} was left out: {error}")
    say(f"{count(kept, 'reason')} kept.")


@app.command("change")
@command
def reason_change(
    number: Number,
    title: Title = None,
    text: Text = None,
    category: Category = None,
    vendor: Vendor = None,
    key: Key = None,
    folder: Folder = None,
) -> None:
    """Change a reason; what was said with it stays said."""
    from crowddesk.operations import reasons

    given = {"title": title, "text": text, "category": category, "provider_type": vendor, "digit": key}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    with workspace(folder) as db:
        with db.read() as conn:
            known = reasons.find_reason(conn, str(number))
        reasons.change_reason(db, dataclasses.replace(known, **changes))
    say(f"Reason {number} is changed.")


@app.command("remove")
@command
def reason_remove(number: Number, folder: Folder = None) -> None:
    """Take a reason out of the library."""
    from crowddesk.operations import reasons

    with workspace(folder) as db:
        reasons.remove_reason(db, number)
    say(f"Reason {number} is removed.")


def _reason_record(reason: Reason) -> dict[str, Any]:
    return {
        "reason_id": str(reason.id) if reason.id else None,
        "kind": reason.kind,
        "key": reason.digit or None,
        "provider_type": reason.provider_type or None,
        "category": reason.category or None,
        "title": reason.title,
        "text": reason.text,
    }


def _reason_cells(reason: Reason) -> tuple[str, ...]:
    return (
        str(reason.id or ""), reason.kind.replace("_", "-"), str(reason.digit or ""), reason.provider_type,
        reason.title, " ".join(reason.text.split()),
    )  # fmt: skip


# -------------------------------------------------------------------------------------- second looks


@looks_app.command("list")
@command
def look_list(run: OfRun = None, as_json: AsJson = False, folder: Folder = None) -> None:
    """First rejections that wait for a second look, with their words and the evidence."""
    from crowddesk.operations.second_looks import list_waiting

    with workspace(folder) as db, db.read() as conn:
        found = list_waiting(conn, run_id=run)
    titles = ("Action", "Unit", "Worker", "By", "Evidence", "Reason")
    none = "No first rejection waits for a second look."
    _print(found, as_json, _look_record, titles, _look_cells, none)


@looks_app.command("agree")
@command
def look_agree(ids: ActionIds, note: Note = "", folder: Folder = None) -> None:
    """Let first rejections go; they leave with the next `crowddesk send`."""
    from crowddesk.operations import second_looks

    with workspace(folder) as db:
        done = second_looks.agree(db, ids, note)
    say(f"{count(len(done.action_ids), 'rejection')} agreed to.")
    if done.same_person:
        numbers = ", ".join(map(str, done.same_person))
        say(f"You decided these yourself, and others work here who could have looked: action {numbers}.")
    _tell_looked(done)


@looks_app.command("withdraw")
@command
def look_withdraw(ids: ActionIds, note: Note = "", folder: Folder = None) -> None:
    """Take first rejections back before they leave; their units wait for another decision."""
    from crowddesk.operations import second_looks

    with workspace(folder) as db:
        done = second_looks.withdraw(db, ids, note)
    say(f"{count(len(done.action_ids), 'rejection')} withdrawn.")
    _tell_looked(done)


def _tell_looked(done: Looked) -> None:
    for action_id, why in done.skipped:
        say(f"  action {action_id} was left out: {why}")
    if not done.action_ids:
        raise typer.Exit(FAILED)


def _look_record(row: Waiting) -> dict[str, Any]:
    from crowddesk.operations.transfer import text_id

    return {
        "action_id": str(row.action_id),
        "requester_name": row.requester_name,
        "task_run_id": text_id(row.run_id),
        "unit_id": str(row.unit_id),
        "worker_id": text_id(row.worker_id),
        "worker_name": row.worker_name,
        "reason": row.reason,
        "category": row.category or None,
        "evidence": list(row.evidence),
        "created_at": row.created_at.isoformat(),
        "created_by": row.created_by,
    }


def _look_cells(row: Waiting) -> tuple[str, ...]:
    evidence = "; ".join(row.evidence)
    words = " ".join(row.reason.split())
    return (str(row.action_id), str(row.unit_id), row.worker_name, row.created_by, evidence, words)


# ------------------------------------------------------------------------------------------- appeals


@appeals_app.command("list")
@command
def appeal_list(
    everything: Annotated[bool, typer.Option("--all", help="Answered ones too.")] = False,
    as_json: AsJson = False,
    folder: Folder = None,
) -> None:
    """Open objections, the most urgent first."""
    from crowddesk.operations.appeals import list_appeals
    from crowddesk.store.appeals import OPEN, STATES

    with workspace(folder) as db, db.read() as conn:
        found = list_appeals(conn, states=STATES if everything else (OPEN,))
    titles = ("Number", "State", "Answer by", "Unit", "Worker", "Run", "What they say")
    none = "There are no objections." if everything else "No objection waits for an answer."
    _print(found, as_json, _appeal_record, titles, _appeal_cells, none)


@appeals_app.command("add")
@command
def appeal_add(
    unit: Annotated[int, typer.Argument(metavar="UNIT", min=1, help="The rejected unit's number.")],
    text: Annotated[
        str, typer.Option("--text", help="What the worker wrote, or - to read it from standard input.")
    ] = "-",
    received: Annotated[
        str | None, typer.Option("--received", metavar="DATE", help="The day it came, such as 2026-11-22.")
    ] = None,
    days: Annotated[
        int | None, typer.Option("--days", min=0, max=365, help="Days to answer; 0: no deadline.")
    ] = None,
    folder: Folder = None,
) -> None:
    """Keep what a worker wrote about their rejected unit."""
    from crowddesk import settings
    from crowddesk.operations import appeals

    words = sys.stdin.read() if text == "-" else text
    at = _day(received) if received else None
    with workspace(folder) as db:
        limit = settings.load(db.folder).rejections.appeal_days if days is None else days
        number = appeals.add_appeal(db, unit, words, received_at=at, days=limit)
        with db.read() as conn:
            (kept,) = [a for a in appeals.list_appeals(conn) if a.id == number]
    until = f"to be answered by {kept.answer_by:%Y-%m-%d} (UTC)" if kept.answer_by else "without a deadline"
    say(f"Objection {number} is kept, {until}.")


@appeals_app.command("uphold")
@command
def appeal_uphold(number: Number, answer: Answer = "", tell: Tell = False, folder: Folder = None) -> None:
    """The rejection stands; say why."""
    from crowddesk.operations import appeals

    with workspace(folder) as db:
        done = appeals.uphold(db, number, answer, tell=tell)
    say(f"Objection {number}: the rejection stands.")
    _tell_answered(done)


@appeals_app.command("overturn")
@command
def appeal_overturn(
    number: Number, answer: Answer = "", tell: Tell = False, yes: Yes = False, folder: Folder = None
) -> None:
    """The worker is right: the rejection is taken back, and the unit is paid."""
    from crowddesk.operations import appeals

    with workspace(folder) as db:
        choose(f"Take back the rejection that objection {number} is about, and pay the unit?", yes)
        done = appeals.overturn(db, number, answer, tell=tell)
    say(f"Objection {number}: the rejection is taken back.")
    _tell_answered(done)


def _tell_answered(done: Any) -> None:
    for why in done.left_out:
        say(f"Not sent: {why}.")
    if done.action_ids:
        say(f"{count(len(done.action_ids), 'action')} recorded. Send them with: crowddesk send --wait")


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        fail(f"{text!r} is no date. Write it like 2026-11-22.", 2)


def _appeal_record(appeal: Appeal) -> dict[str, Any]:
    from crowddesk.operations.transfer import text_id

    return {
        "appeal_id": str(appeal.id),
        "status": appeal.state,
        "unit_id": str(appeal.unit_id),
        "unit_status": appeal.unit_status,
        "worker_id": text_id(appeal.worker_id),
        "worker_name": appeal.worker_name,
        "task_run_id": str(appeal.run_id),
        "reason": appeal.reason,
        "text": appeal.text,
        "received_at": appeal.received_at.isoformat(),
        "answer_by": appeal.answer_by.isoformat() if appeal.answer_by else None,
        "answer": appeal.answer or None,
        "closed_at": appeal.closed_at.isoformat() if appeal.closed_at else None,
        "closed_by": appeal.closed_by or None,
        "not_taken_back_yet": appeal.is_owed,
    }


def _appeal_cells(appeal: Appeal) -> tuple[str, ...]:
    state = f"{appeal.state}, not taken back yet" if appeal.is_owed else appeal.state
    until = f"{appeal.answer_by:%Y-%m-%d}" if appeal.answer_by else ""
    return (
        str(appeal.id), state, until, str(appeal.unit_id), appeal.worker_name, appeal.run_title,
        " ".join(appeal.text.split()),
    )  # fmt: skip
