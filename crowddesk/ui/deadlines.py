"""What vendors soon approve by themselves: read, and put into words, for Home and for who is elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from crowddesk.domain import now
from crowddesk.language import minute_text, say, say_count
from crowddesk.ui.words import SOON, relative_time

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crowddesk.store.queries import RunDeadlines

#: The answers whose deadline is near, as a search.
SEARCH: Final = "status:completed pending:none due:3d"


def read_deadlines(conn: Connection) -> Sequence[RunDeadlines]:
    """In the reader: the runs with undecided answers whose deadline is near, the soonest first."""
    from crowddesk.store.queries import deadlines

    return deadlines(conn, SOON).runs


def deadline_words(run: RunDeadlines) -> str:
    """How many: "12 answers are approved by themselves within 3 days"."""
    return say_count(
        "%n answers are approved by themselves within 3 days",
        "%n answer is approved by itself within 3 days",
        run.units,
    )


def soonest_words(run: RunDeadlines) -> str:
    """When the first of them is, as a sentence."""
    if run.soonest <= now():
        return say("The soonest was due {time}.", time=relative_time(run.soonest))
    return say(
        "The soonest {time}, on {exactly}.",
        time=relative_time(run.soonest),
        exactly=minute_text(run.soonest),
    )


def leads_to(run: RunDeadlines) -> tuple[int, str, str]:
    """Those answers, the soonest first, as the page of runs takes it."""
    return run.run_id, SEARCH, "due"
