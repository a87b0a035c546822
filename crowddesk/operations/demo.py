"""What the demo does, step by step: two runs with the practice crowd, reviewed, paid and exported.

`play` is driven from outside, by the window or by the command line: it does a few short writes, then says
what it waits for. The lanes do the work meanwhile. Called from any thread but the GUI's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crowddesk import paths
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.domain import ActionKind, money_text, to_minor
from crowddesk.language import say
from crowddesk.live_run import gold
from crowddesk.operations import decisions, export, launch, paying, progress
from crowddesk.operations.run_file import load_run
from crowddesk.store.queries import RUNS, UNITS, Scope, UnitRow

_BONUS = "0.50"


@dataclass(frozen=True, slots=True)
class Moment:
    """One step: what to tell, which page to look at (a page's key, and a run), and when the next may come.

    `reached` reads the database; ask it as often as you like. It is always true in the end, because the crowd
    of the demo neither loses units nor goes offline.
    """

    says: str
    page: str
    run_id: int | None
    reached: Callable[[], bool]


def play(db: CrowdDatabase, *, speed: float = 30.0) -> Iterator[Moment]:
    """The demo over an empty workspace; `speed` divides the crowd's waits."""
    tasks = paths.resources_dir() / "tasks"
    follows = _launch(db, tasks / "follows" / "run.yaml", speed)
    yield Moment(
        say("Task one: does the second sentence follow from the first? Its units go out."),
        "runs",
        follows,
        lambda: _answers(db, follows) >= 1,
    )
    reviews = _launch(db, tasks / "reviews" / "run.yaml", speed)
    yield Moment(
        say("Task two: what does a product review say? Workers come and go."),
        "runs",
        reviews,
        lambda: _answers(db, follows) >= 40,
    )
    yield Moment(
        say("Answers arrive as they are handed in."),
        "units",
        follows,
        lambda: progress.of_run(db, follows).ended,
    )
    sloppy, good = _sort_by_gold(db, follows)
    decisions.decide(db, ActionKind.APPROVE, [unit.id for unit in good])
    softly = decisions.decide(
        db,
        ActionKind.SOFT_REJECT,
        [unit.id for unit in sloppy],
        reason="Thank you. Some answers did not fit the sentences, so they are not used.",
    )
    yield Moment(
        say(
            "Reviewed: {approved} units approved; {others}, of people who missed a known answer, are paid, "
            "but not used.",
            approved=len(good),
            others=len(softly.action_ids),
        ),
        "units",
        follows,
        _at_once,
    )
    if bonus := _thank(db, follows, good):
        yield Moment(bonus, "payments", follows, _at_once)
    sent = decisions.send(db)
    yield Moment(
        say("Sent: {sent} decisions leave for the practice vendor.", sent=len(sent)),
        "payments",
        follows,
        lambda: _all_ended(db, sent),
    )
    yield Moment(_spend_sentence(db, follows), "runs", follows, lambda: progress.of_run(db, reviews).ended)
    target = db.folder / "exports"
    target.mkdir(exist_ok=True)
    done = export.export(db, export.Wanted(follows, ".csv", only="in"), target / "follows.csv")
    exported = say("Exported: {rows} accepted answers in {path}.", rows=done.rows, path=done.path)
    yield Moment(exported, "runs", follows, _at_once)


def _launch(db: CrowdDatabase, file: Path, speed: float) -> int:
    return launch.create_run(db, load_run(file, [f"provider.speed={speed:g}"]))


def _at_once() -> bool:
    return True


def _answers(db: CrowdDatabase, run_id: int) -> int:
    return progress.of_run(db, run_id).finished


def _all_ended(db: CrowdDatabase, action_ids: list[int]) -> bool:
    here = progress.of_actions(db, action_ids)
    return here.finished == here.total


def _sort_by_gold(db: CrowdDatabase, run_id: int) -> tuple[list[UnitRow], list[UnitRow]]:
    """Completed units of people who were wrong on a gold item, and the others."""
    with db.read() as conn:
        units = list(UNITS.iterate(conn, UNITS.parse("status:completed"), Scope(run_id=run_id)))
        wrong = {mark.worker_id for mark in gold.marks(conn, units) if not mark.right}
    return [u for u in units if u.worker_id in wrong], [u for u in units if u.worker_id not in wrong]


def _thank(db: CrowdDatabase, run_id: int, good: list[UnitRow]) -> str:
    """A bonus for whoever did most of the good work; what to say of it."""
    by_worker: dict[int, int] = {}
    for unit in good:
        if unit.worker_id is not None:
            by_worker[unit.worker_id] = by_worker.get(unit.worker_id, 0) + 1
    if not by_worker:
        return ""
    best = max(by_worker, key=lambda worker: by_worker[worker])
    unit = next(u for u in good if u.worker_id == best)
    amount = to_minor(_BONUS, unit.currency)
    paying.pay_bonus(
        db,
        unit.requester_id,
        [best],
        amount,
        f"Thank you for {by_worker[best]} careful answers.",
        sequence=decisions.new_sequence(),
        run_id=run_id,
    )
    money = money_text(amount, unit.currency)
    return say(
        "A bonus of {money} for {worker}, who did {done} of them.",
        money=money,
        worker=unit.worker_name,
        done=by_worker[best],
    )


def _spend_sentence(db: CrowdDatabase, run_id: int) -> str:
    with db.read() as conn:
        row = RUNS.rows(conn, [run_id])[0]
    cost = money_text(row.accepted_minor, row.currency)
    return say("Paid: the run has cost {cost} with fees.", cost=cost)
