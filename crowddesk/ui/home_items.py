"""What stands on Home, line by line, as the database has it: what waits for a person, what runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crowddesk.domain import AssignmentState, money_text, now
from crowddesk.language import minute_text, number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.deadlines import deadline_words, leads_to, read_deadlines, soonest_words
from crowddesk.ui.tokens import PASSPHRASE, PLUGIN, TOKEN, Lack
from crowddesk.ui.verbs import environment_of
from crowddesk.ui.words import relative_time, short_name, vendor_name

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.operations.comparison import LastComparison
    from crowddesk.store.appeals import Appeal
    from crowddesk.store.queries import Needs, RunDeadlines, RunRow
    from crowddesk.store.second_looks import Waiting

_SIGNS = {"launching": "◌", "live": "◐", "paused": "●", "closing": "◌"}


@dataclass(frozen=True, slots=True)
class Item:
    """One line of Home. `key` is its identity; `tone` colours the sign; it leads to `page` and `what`."""

    key: str
    sign: str
    tone: str
    words: str
    note: str
    verb: str
    page: str
    what: Any
    environment: str = ""
    vendor: str = ""
    progress: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything on Home, by section."""

    needs: tuple[Item, ...]
    waiting: int
    doubts: int
    review: tuple[Item, ...]
    running: tuple[Item, ...]
    runs: int
    compared: tuple[Item, ...] = ()


def read_home(
    conn: Connection, compared: Sequence[LastComparison] = (), lacks: Sequence[Lack] = ()
) -> HomeView:
    """In the reader. `compared` is how each account's last comparison with its vendor came out.

    `lacks` are the accounts whose vendors cannot be asked.
    """
    from crowddesk.store.appeals import OPEN, appeals_of
    from crowddesk.store.queries import RUNS
    from crowddesk.store.queries import needs as read_needs
    from crowddesk.store.second_looks import waiting

    needs = read_needs(conn)
    deadlines = read_deadlines(conn)
    looks, objections = waiting(conn), appeals_of(conn, states=(OPEN,))
    differing = [last for last in compared if not last.is_clean]
    lacking = _lacking(lacks)
    running = RUNS.first(conn, RUNS.parse("state:launching,live,paused,closing"), limit=100)
    return HomeView(
        (
            *lacking,
            *_looks(looks),
            *map(_objection, objections),
            *map(_deadline, deadlines),
            *_needs(needs),
            *map(_comparison, differing),
        ),
        needs.waiting + len(lacking) + bool(looks) + len(objections) + len(deadlines) + len(differing),
        needs.needs_you_count,
        tuple(_review(run) for run in needs.review),
        tuple(_running(run) for run in running),
        RUNS.count(conn),
        tuple(_comparison(last) for last in compared if last.is_clean),
    )


def _needs(needs: Needs) -> list[Item]:
    found = []
    for run, refused in needs.refused_launches:
        words = say_count(
            "{run}: %n units refused at launch", "{run}: %n unit refused at launch", refused
        ).format(run=run.title)
        found.append(
            Item(
                f"refused {run.id}",
                "✕",
                "danger",
                words,
                say("The run's page says why."),
                say("Show"),
                "runs",
                run.id,
                *_of(run),
            ),
        )
    for run, refused in needs.refused_decisions:
        words = say_count(
            "{run}: the vendor refused the decision on %n units",
            "{run}: the vendor refused the decision on %n unit",
            refused,
        ).format(run=run.title)
        found.append(
            Item(
                f"decisions {run.id}",
                "✕",
                "danger",
                words,
                say("Payments says why; decide again or try again."),
                say("Show"),
                "payments",
                f"state:refused run:{run.id}",
                *_of(run),
            ),
        )
    found += [
        Item(
            f"set up {run.id}",
            "✕",
            "danger",
            say("{run}: the vendor did not take the run", run=run.title),
            say("The run's page says why."),
            say("Show"),
            "runs",
            run.id,
            *_of(run),
        )
        for run in needs.refused_set_ups
    ]
    for run in needs.budgets:
        part = 100 * run.total_spend_minor // (run.budget_minor or 1)
        words = say("{run}: {part} % of the budget is used", run=run.title, part=part)
        note = say(
            "{spent} of {budget}, reserved units included",
            spent=money_text(run.total_spend_minor, run.currency),
            budget=money_text(run.budget_minor or 0, run.currency),
        )
        found.append(
            Item(
                f"budget {run.id}",
                "●",
                "warning",
                words,
                note,
                say("Show"),
                "runs",
                run.id,
                *_of(run),
            )
        )
    by_run: dict[int, list[Any]] = {}
    for unit in needs.stuck:
        by_run.setdefault(unit.task_run_id, []).append(unit)
    for run_id, units in by_run.items():
        first = units[0]
        words = say_count(
            "{run}: %n units have been at work for over two hours",
            "{run}: %n unit has been at work for over two hours",
            len(units),
        ).format(run=first.run_title)
        found.append(
            Item(
                f"stuck {run_id}",
                "◐",
                "warning",
                words,
                say("The worker may have left."),
                say("Show"),
                "units",
                f"run:{run_id} status:assigned",
                *_of(first),
            ),
        )
    return found


def _lacking(lacks: Sequence[Lack]) -> list[Item]:
    """One line for the locked file, one for each token or plug-in that is gone."""
    found = []
    locked = [lack for lack in lacks if lack.what == PASSPHRASE]
    note = say("Its vendor is asked nothing without it.")
    if locked:
        names = ", ".join(short_name(lack.name) for lack in locked)
        words = say_count(
            "{names}: their tokens are in the locked file",
            "{names}: its token is in the locked file",
            len(locked),
        ).format(names=names)
        found.append(
            Item(
                "locked",
                "▣",
                "warning",
                words,
                say("Until it is unlocked, the vendor is asked nothing."),
                say("Unlock…"),
                "unlock",
                None,
                locked[0].environment,
                locked[0].provider_type,
            ),
        )
    found += [
        Item(
            f"token {lack.requester_id}",
            "▣",
            "warning",
            say("{name}: its token is needed again", name=short_name(lack.name)),
            lack.why or note,
            say("Enter it…"),
            "token",
            lack.requester_id,
            lack.environment,
            lack.provider_type,
        )
        for lack in lacks
        if lack.what == TOKEN
    ]
    found += [
        Item(
            f"plug-in {lack.requester_id}",
            "✕",
            "danger",
            say("{name}: its vendor’s plug-in is missing or broken", name=short_name(lack.name)),
            lack.why,
            say("Plug-ins…"),
            "settings",
            "plugins",
            lack.environment,
            lack.provider_type,
        )
        for lack in lacks
        if lack.what == PLUGIN
    ]
    return found


def _deadline(run: RunDeadlines) -> Item:
    return Item(
        f"due {run.run_id}",
        "●",
        "warning",
        f"{run.title}: {deadline_words(run)}",
        soonest_words(run),
        say("Show"),
        "runs",
        leads_to(run),
        *_of(run),
    )


def _looks(waiting: Sequence[Waiting]) -> list[Item]:
    """One line for all first rejections that wait."""
    if not waiting:
        return []
    first = waiting[0]
    words = say_count(
        "%n first rejections wait for a second look",
        "%n first rejection waits for a second look",
        len(waiting),
    )
    names = list(dict.fromkeys(short_name(row.worker_name) for row in waiting))
    shown = ", ".join(names[:3])
    if len(names) > 3:
        others = say_count("%n others", "%n other", len(names) - 3)
        shown = say("{names} and {others}", names=shown, others=others)
    note = say_count(
        "Of {names}. They do not leave before somebody agrees.",
        "Of {names}. It does not leave before somebody agrees.",
        len(waiting),
    ).format(names=shown)
    return [Item("looks", "◌", "warning", words, note, say("Look"), "second_look", None, *_of(first))]


def _objection(appeal: Appeal) -> Item:
    """One line an objection that wants an answer."""
    who = short_name(appeal.worker_name) if appeal.worker_name else say("Somebody")
    note = say("Received {when}, without a deadline.", when=relative_time(appeal.received_at))
    tone = "warning"
    if appeal.answer_by is not None:
        late = appeal.answer_by <= now()
        tone = "danger" if late else "warning"
        when = say(
            "{span}, on {moment}", span=relative_time(appeal.answer_by), moment=minute_text(appeal.answer_by)
        )
        note = say("To be answered {when}.", when=when)
        if late:
            note = say("Its answer was due {when}.", when=when)
    return Item(
        f"appeal {appeal.id}",
        "●",
        tone,
        say("{who} objects to a rejection in {run}", who=who, run=appeal.run_title),
        note,
        say("Answer"),
        "appeal",
        appeal.id,
        *_of(appeal),
    )


def _comparison(last: LastComparison) -> Item:
    """How an account stands to its vendor; it leads to the comparison itself."""
    failed = say("not all could be asked") if last.failures else ""
    parts = [
        say_count("%n differences", "%n difference", last.take_over) if last.take_over else "",
        say("{count:,} to look at", count=last.needs_you) if last.needs_you else "",
        say_count("%n actions in doubt", "%n action in doubt", last.payments) if last.payments else "",
        say_count("%n studies there and not here", "%n study there and not here", last.strays)
        if last.strays
        else "",
        failed,
    ]
    words = ", ".join(filter(None, parts)) or say("nothing differs")
    tone = "good" if last.is_clean else "warning"
    return Item(
        f"compared {last.requester_id}",
        "✓" if last.is_clean else "●",
        tone,
        say(
            "{account} and {vendor}: {words}",
            account=last.requester_name,
            vendor=vendor_name(last.provider_type),
            words=words,
        ),
        say("compared {when}, and again by itself", when=relative_time(last.at)),
        say("Compare"),
        "compare",
        (last.requester_id, last.requester_name, last.provider_type),
    )


def _review(run: RunRow) -> Item:
    waiting = run.units.get(AssignmentState.COMPLETED, 0)
    words = say_count("{run}: %n units to review", "{run}: %n unit to review", waiting)
    money = money_text(waiting * (run.reward_minor + run.fee_minor), run.currency)
    note = say("{money} if all are approved", money=money)
    return Item(
        f"review {run.id}",
        "●",
        "warning",
        words.format(run=run.title),
        note,
        say("Review"),
        "review",
        run.id,
        *_of(run),
    )


def _running(run: RunRow) -> Item:
    done = sum(run.units.get(s, 0) for s in AssignmentState.completed())
    total = sum(run.units.values()) or run.units_expected
    words = say_count("{done} of %n units answered", "{done} of %n unit answered", total)
    note = f"{theme.status_look(run.state).word} · {words.format(done=number_text(done))}"
    if run.launched_at:
        note += " · " + say("started {when}", when=relative_time(run.launched_at))
    return Item(
        f"run {run.id}",
        _SIGNS.get(run.state, "○"),
        "muted",
        run.title,
        note,
        say("Open"),
        "runs",
        run.id,
        *_of(run),
        progress=(done, total),
    )


def _of(row: Any) -> tuple[str, str]:
    environment = environment_of(row.provider_type, row.sandbox)
    return environment, "" if environment == "practice" else row.provider_type
