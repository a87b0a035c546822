"""The rules of a run: who may work on it now, the true reason where not, and which kind of unit is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from omegaconf import OmegaConf

from crowddesk.data_model.qualification import meets
from crowddesk.live_run.gold import marks_of_worker
from crowddesk.store import exclusion, records

if TYPE_CHECKING:
    from crowddesk.data_model.task_run import TaskRun
    from crowddesk.data_model.worker import Worker

_STANDARD, _SCREENING, _GOLD = 0, -1, -2
#: Why nobody new begins in a run of this state.
_NOT_OPEN: Final = {
    "paused": "This run is paused. Come back later.",
    "closing": "This run has ended.",
    "closed": "This run has ended.",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a worker may not begin a unit now, said to that worker. `for_good`: asking again is no use."""

    reason: str
    for_good: bool = True


class RunRules:
    """What a run's arguments ask of its workers; read once. Any thread but the GUI's."""

    def __init__(self, run: TaskRun) -> None:
        self._run = run
        self._db = run.db
        task = OmegaConf.select(run.args, "task") or OmegaConf.create()
        self.most_at_once = int(task.get("max_num_concurrent_units") or 0)
        self.most_per_worker = int(task.get("maximum_units_per_worker") or 0)
        self.seconds = int(task.get("assignment_duration_in_seconds") or 0)
        self._wanted = [
            (str(wanted["name"]), str(wanted.get("op") or "exists"), int(wanted.get("value", 1)))
            for wanted in task.get("qualifications") or ()
        ]
        with self._db.read() as conn:
            self._exclude = exclusion.read_terms(
                conn, task.get("exclude"), run_id=int(run.db_id), strict=False
            )
        self._gold = task.get("gold")
        self._screening = task.get("screening")
        onboarding = task.get("onboarding")
        self._onboarding = None if onboarding is None else str(onboarding.qualification)

    def why_barred(self, worker: Worker) -> Bar | None:
        """What keeps a worker from the run, whoever else works on it. Asks the vendor too."""
        row = self._db.get_task_run(self._run.db_id)
        if row["stopping"]:
            return Bar("This run has ended.")
        if row["state"] in _NOT_OPEN:
            return Bar(_NOT_OPEN[row["state"]], row["state"] in ("closing", "closed"))
        requester = self._run.get_requester()
        with self._db.read() as conn:
            blocked = records.is_blocked(conn, worker.db_id, requester.db_id)
            kept_out = exclusion.is_kept_out(conn, self._exclude, int(worker.db_id))
        if blocked or worker.is_blocked(requester):
            return Bar(f"{requester.requester_name} has blocked you from their tasks.")
        if kept_out:
            return Bar("This run is for people who have not taken part in certain earlier ones.")
        for name, op, value in self._wanted:
            reason = _why_unqualified(worker, name, op, value)
            if reason is not None:
                return Bar(reason)
        if self._onboarding is not None and worker.is_disqualified(self._onboarding):
            return Bar("You did not pass the introduction to this task.")
        reason = self.why_failed(worker)
        if reason is not None:
            return Bar(reason)
        if not worker.is_eligible(self._run):
            untold = "You may not work on this run, by the word of the place that sent you here."
            return Bar(worker.why_ineligible(self._run) or untold)
        return None

    def why_failed(self, worker: Worker) -> str | None:
        """What a worker's answers to screening and gold units mean for them; None when they go on."""
        if self._gold is None and self._screening is None:
            return None
        with self._db.read() as conn:
            marks = marks_of_worker(conn, int(worker.db_id), int(self._run.db_id))
        wrong = {
            kind: [m.right for m in marks if m.kind == kind].count(False) for kind in ("screening", "gold")
        }
        if self._screening is not None and wrong["screening"] > int(self._screening.get("most_wrong") or 0):
            return "You did not pass the first questions of this run, so it ends here for you."
        most = None if self._gold is None else self._gold.get("most_wrong")
        if most is not None and wrong["gold"] > int(most):
            return (
                f"{wrong['gold']} of your answers to check questions were not right, so this run ends here "
                "for you."
            )
        return None

    def why_full(self, worker: Worker, promised: int, busy: int) -> Bar | None:
        """What the bounds say, when so many units are promised to a worker and so many are worked on."""
        if self.most_per_worker:
            taken = sum(n for kind, n in self._run.count_units_of(worker).items() if kind != "screening")
            if taken + promised >= self.most_per_worker:
                units = "1 unit" if taken + promised == 1 else f"{taken + promised} units"
                return Bar(f"You have taken {units} of this run, the most for one person.")
        if self.most_at_once and busy >= self.most_at_once:
            people = "One unit is" if busy == 1 else f"{busy} units are"
            return Bar(f"{people} being worked on, as many as this run allows at a time.", False)
        return None

    def needs_onboarding(self, worker: Worker) -> bool:
        """Whether a worker sees the onboarding page first; who passed it once never does again."""
        return self._onboarding is not None and not worker.is_qualified(self._onboarding)

    def kinds_for(self, worker: Worker) -> Sequence[Sequence[int]]:
        """Which kinds of units a worker gets next, the first choice first (0: any standard one)."""
        if self._gold is None and self._screening is None:
            return [(_STANDARD,)]
        taken = self._run.count_units_of(worker)
        if self._screening is not None and taken.get("screening", 0) < int(
            self._screening.get("per_worker") or 1
        ):
            return [(_SCREENING,)]
        if self._gold is not None:
            every = int(self._gold.get("every") or 10)
            done = taken.get("standard", 0) + taken.get("gold", 0)
            # By the worker, so that people cannot tell each other which one it is.
            if done % every == int(worker.db_id) % every:
                return [(_GOLD,), (_STANDARD,)]
        return [(_STANDARD,)]


def _why_unqualified(worker: Worker, name: str, op: str, value: int) -> str | None:
    granted = worker.get_granted_qualification(name)
    if meets(granted, op, value):
        return None
    if op == "not_exists":
        return f"You have the qualification {name}, which this run excludes."
    if granted is None:
        return f"You do not have the qualification {name}, which this run asks for."
    return f"You have {name} = {granted.value}, and this run asks for {name} {op} {value}."
