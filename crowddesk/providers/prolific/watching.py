"""What happened to a study's submissions: from the vendor's listing to status changes of units and agents.

A place is bound to a unit when the participant arrives at our page, or by their answer where Prolific shows
the task. Who never came and wants to be paid all the same gets a free unit, so that it can be decided.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import AgentStatus, StatusChange, now
from crowddesk.providers.prolific import hosted
from crowddesk.providers.prolific.api import SubmissionLine
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.hosted import HostedAnswer
from crowddesk.store import stays
from crowddesk.store.stays import Stay

if TYPE_CHECKING:
    from crowddesk.providers.prolific.provider import ProlificProvider

#: After so many quick looks at a study's counts, all of its submissions are listed whatever they say.
_LIST_EVERY: Final = 10
#: After so many quick looks in a row that found nothing the pauses grow no more, whatever they are.
_QUIETEST: Final = 50

#: Prolific approves by itself what nobody has judged for so long (its help pages, 2026).
APPROVES_AFTER: Final = timedelta(days=21)
AGENT_STATUSES: Final = {
    "AWAITING REVIEW": AgentStatus.COMPLETED,
    "APPROVED": AgentStatus.APPROVED,
    "PARTIALLY APPROVED": AgentStatus.APPROVED,
    "REJECTED": AgentStatus.REJECTED,
    "RETURNED": AgentStatus.RETURNED,
    "TIMED-OUT": AgentStatus.TIMEOUT,
    # Turned away with a part of the reward: the place is somebody else's now.
    "SCREENED OUT": AgentStatus.RETURNED,
}
#: Responses may come so much later than the end of their submission.
_ANSWERS_WITHIN: Final = timedelta(minutes=10)
_LEFT: Final = (AgentStatus.RETURNED, AgentStatus.TIMEOUT)


@dataclass
class Seen:
    """What was reported of one run's submissions: `told` is stored for sure, `offered` once the cursor is.

    Kept in the lane's memory only; after a restart everything is reported once more, which does no harm.
    """

    told: dict[str, str] = field(default_factory=dict)
    offered: dict[str, str] = field(default_factory=dict)
    cursor: str | None = None
    counts: dict[str, int] = field(default_factory=dict)
    #: Polls since the last whole listing, and polls in a row that found nothing.
    unlisted: int = 0
    quiet: int = 0

    def settle(self, stored_cursor: str | None) -> None:
        """Takes over what was offered, if the run's cursor says that it was stored."""
        if stored_cursor == self.cursor:
            self.told |= self.offered
        elif self.offered:
            self.counts = {}  # it was not stored and is to be listed again
        self.offered = {}


def changes_of(
    lines: Iterable[SubmissionLine],
    stays: Mapping[str, Stay],
    answers: Mapping[str, HostedAnswer],
    bind: Callable[[SubmissionLine, HostedAnswer | None], str | None],
    told: Mapping[str, str],
) -> list[StatusChange]:
    """The changes that a listing says. `bind` finds a unit for a submission that has none.

    `told` are the statuses that need not be said again.
    """
    found: list[StatusChange] = []
    for line in lines:
        status = AGENT_STATUSES.get(line.status)
        if status is None or told.get(line.id) == line.status:
            continue
        answer = _of(line, answers)
        stay = stays.get(line.id)
        if stay is None and status in _LEFT:
            continue  # they never came, so nothing here was theirs
        unit_id = stay.unit_id if stay is not None else bind(line, answer)
        if unit_id is not None:
            found.append(_change(line, unit_id, status, answer))
    return found


def _at_work(lines: Iterable[SubmissionLine], known: Mapping[str, Stay]) -> list[StatusChange]:
    """Who has a unit here and is at work: no news, but they are not missing there either."""
    return [
        StatusChange(known[line.id].unit_id, line.id, line.participant_id, vendor_status=line.status)
        for line in lines
        if line.id in known and line.status not in AGENT_STATUSES
    ]


def _homeless(
    lines: Iterable[SubmissionLine], known: Mapping[str, Stay], bound: Iterable[StatusChange]
) -> list[StatusChange]:
    """Who has ended their work, and no unit is free for them: more took places than there are units."""
    here = known.keys() | {change.ref for change in bound}
    return [
        StatusChange(
            "", line.id, line.participant_id, status, vendor_status=line.status, at=line.completed_at
        )
        for line in lines
        if (status := AGENT_STATUSES.get(line.status)) and status not in _LEFT and line.id not in here
    ]


def _facts(lines: Iterable[SubmissionLine]) -> dict[str, HostedAnswer]:
    """What is known of the submissions of a study whose answers are kept elsewhere, in place of answers."""
    found: dict[str, HostedAnswer] = {}
    for line in lines:
        times = {"started_at": line.started_at, "completed_at": line.completed_at}
        facts: dict[str, Any] = {
            "submission": line.id,
            "participant": line.participant_id,
            "code": line.study_code,
            **{name: at.isoformat() for name, at in times.items() if at is not None},
        }
        raw = json.dumps(facts, ensure_ascii=False)
        found[line.id] = HostedAnswer("", line.id, line.participant_id, facts, raw, line.completed_at)
    return found


def _of(line: SubmissionLine, answers: Mapping[str, HostedAnswer]) -> HostedAnswer | None:
    """The answer of a submission; responses that name none are known by their participant."""
    return answers.get(line.id) or answers.get(line.participant_id)


def _is_whole(line: SubmissionLine, answer: HostedAnswer | None) -> bool:
    """Whether a submission whose task Prolific showed can be given a unit: all of its answer is there.

    What has not come some time after its end will not come; it is to be decided as it is.
    """
    if answer is not None and answer.complete and answer.assignment_id:
        return True
    ended = line.completed_at
    return ended is not None and now() - ended > _ANSWERS_WITHIN


def _change(line: SubmissionLine, unit_id: str, status: str, answer: HostedAnswer | None) -> StatusChange:
    seconds = None
    if line.started_at is not None and line.completed_at is not None:
        seconds = max(0.0, (line.completed_at - line.started_at).total_seconds())
    is_open = line.status == "AWAITING REVIEW" and line.completed_at is not None
    return StatusChange(
        unit_id=unit_id,
        ref=line.id,
        worker_name=line.participant_id,
        agent_status=status,
        vendor_status=line.status,
        at=line.completed_at,
        seconds=seconds,
        payload=None if answer is None else answer.raw,
        answer=None if answer is None else answer.answer,
        decide_by=line.completed_at + APPROVES_AFTER if is_open and line.completed_at else None,
    )


class Watching:
    """Follows the submissions of a vendor's runs. One object belongs to one lane."""

    def __init__(self, provider: ProlificProvider) -> None:
        self._provider = provider
        self._db = provider.db
        self._seen: dict[str, Seen] = {}

    def sync(self, task_run: TaskRun) -> list[StatusChange]:
        """Asks for the counts, and for the submissions when the counts have changed, or now and then."""
        kept = self._provider.book.of(task_run.db_id)
        if not kept.get("study_id"):
            return []
        seen = self._seen.setdefault(task_run.db_id, Seen())
        seen.settle(task_run.sync_cursor)
        client = self._provider.client_of(task_run)
        counts = client.submission_counts(str(kept["study_id"]))
        seen.unlisted += 1
        if counts == seen.counts and seen.unlisted < _LIST_EVERY:
            return []
        found = self._list(task_run, client, str(kept["study_id"]), seen.told)
        seen.counts, seen.unlisted = counts, 0
        if not found:
            return []
        seen.offered = {c.ref: str(c.vendor_status) for c in found}
        seen.cursor = f"{int(task_run.sync_cursor or 0) + 1}"
        return [*found[:-1], replace(found[-1], cursor=seen.cursor)]

    def standings(self, task_run: TaskRun) -> list[StatusChange]:
        study_id = self._provider.book.of(task_run.db_id).get("study_id")
        if not study_id:
            return []
        client = self._provider.client_of(task_run)
        return self._list(task_run, client, str(study_id), {}, everybody=True)

    def _list(
        self,
        run: TaskRun,
        client: ProlificClient,
        study_id: str,
        told: Mapping[str, str],
        *,
        everybody: bool = False,
    ) -> list[StatusChange]:
        """The changes in a study's whole listing; with `everybody` also who is at work or without a unit."""
        lines = client.submissions(study_id)
        with self._db.read() as conn:
            known = stays.of_run(conn, run.db_id)
        kept = self._provider.book.of(run.db_id)
        answers = _facts(lines) if kept.get("adopted") else {}
        if str(kept.get("hosting")) == "vendor" and any(
            line.status in AGENT_STATUSES and line.id not in told for line in lines
        ):
            answers = self._hosted_answers(run, client)
            lines = [line for line in lines if line.id in known or _is_whole(line, _of(line, answers))]
        taken: set[str] = set()
        free: dict[str | None, Iterator[str]] = {}

        def bind(line: SubmissionLine, answer: HostedAnswer | None) -> str | None:
            item = answer.assignment_id or None if answer is not None else None
            if item not in free:
                with self._db.read() as conn:
                    free[item] = iter(stays.free_units(conn, run.db_id, len(lines), item))
            found = next((unit_id for unit_id in free[item] if unit_id not in taken), None)
            if found is not None:
                taken.add(found)
            return found

        found = changes_of(lines, known, answers, bind, told)
        if everybody:
            found += [*_homeless(lines, known, found), *_at_work(lines, known)]
        return found

    def _hosted_answers(self, run: TaskRun, client: ProlificClient) -> dict[str, HostedAnswer]:
        account = self._provider.account_of(run.requester_id)
        prepared = hosted.prepare(
            self._provider.datastore, client, run, run.get_blueprint(), account.workspace_id()
        )
        return {} if prepared is None else hosted.read_answers(client, prepared)

    def poll_after(self, task_run_id: str, moved: bool) -> float:
        seen = self._seen.setdefault(task_run_id, Seen())
        seen.quiet = 0 if moved else min(seen.quiet + 1, _QUIETEST)
        return float(min(self._provider.LONGEST_POLL, self._provider.POLL_SECONDS * 1.3**seen.quiet))
