"""A run's places at Prolific: its draft study, published once, raised, paused, stopped, taken away.

From the account's lane. A study is marked as ours before it is made, so that one whose making got no answer
is found again instead of made twice; publishing, pausing and stopping are asked for only where the study is
not so already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from omegaconf import DictConfig

from crowddesk.blueprints.base import SharedTaskState
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import Action, AssignmentState, Found, NotFound, Outcome, VendorRefused, now
from crowddesk.language import say
from crowddesk.providers.prolific import hosted, study
from crowddesk.providers.prolific.account import ProlificRequester
from crowddesk.providers.prolific.api import Study
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.groups import BLOCKED, Groups
from crowddesk.providers.prolific.settling import outcome_of
from crowddesk.providers.prolific.wire import Busy, Lost, Refused
from crowddesk.store import exclusion, stays

if TYPE_CHECKING:
    from crowddesk.providers.prolific.provider import ProlificProvider

OVER: Final = ("AWAITING REVIEW", "COMPLETED")
#: What takes a study from people, by its status. One that was deleted at Prolific is gone.
_ENDS: Final = {"ACTIVE": "STOP", "PAUSED": "STOP", "SCHEDULED": "CANCEL_PUBLISH"}
_GONE: Final = "gone"


#: A study that was made may take so long to be seen.
_SHOWN_WITHIN: Final = timedelta(minutes=5)


class Places:
    """The studies of a vendor's runs."""

    def __init__(self, provider: ProlificProvider) -> None:
        self._provider = provider
        self._db = provider.db
        self._book = provider.book

    def set_up(
        self, task_run: TaskRun, args: DictConfig, shared_state: SharedTaskState, server_url: str
    ) -> None:
        """Makes the draft of a run's study, and the batch where Prolific shows the task. Costs nothing yet.

        Raises `wire.Busy` while Prolific prepares the batch; call it again then.
        """
        account = self._provider.account_of(task_run.requester_id)
        client, book = account.client(), self._book
        kept = book.of(task_run.db_id)
        if kept.get("study_id"):
            return
        shown, where = self._shown(client, account, task_run, args, shared_state, server_url)
        groups = Groups(client, self._provider.datastore, account.workspace_id())
        groups.forget_deleted()
        marker = study.marker_of(self._db, task_run.db_id)
        codes = study.make_codes(args, kept)
        with self._db.read() as conn:
            places = stays.count_places(conn, task_run.db_id)
        fields = study.describe(
            self._db, task_run, codes=codes, project=account.project_id(), places=places,
            group_id=groups.id_of, barred_group=groups.id_of(BLOCKED), shown=shown,
        )  # fmt: skip
        made = None
        if kept.get("begun"):
            ending = study.short_marker(self._db, task_run.db_id)
            made = study.find_by_marker(client, str(fields["project"]), ending, marker)
        if made is None:
            book.note(task_run.db_id, begun=True, codes=codes, hosting=where)
            made = client.create_study(fields)
        wrong = study.said_wrong(fields, made, ("reward", "total_available_places"))
        if wrong:
            client.delete_study(made.id)
            raise VendorRefused(say("{wrong} It was deleted again.", wrong=wrong))
        book.note(
            task_run.db_id, study_id=made.id, codes=codes, hosting=where, places=places,
            workspace_id=account.workspace_id(), url=fields.get("external_study_url", ""),
            made_at=now().isoformat(),
        )  # fmt: skip

    def _shown(
        self,
        client: ProlificClient,
        account: ProlificRequester,
        run: TaskRun,
        args: DictConfig,
        shared: SharedTaskState,
        server_url: str,
    ) -> tuple[dict[str, Any], str]:
        """The study's fields that say where the task is, and who shows it."""
        if self._provider.is_here(run):
            if not self._provider.reaches_people(server_url):
                raise VendorRefused(say(hosted.NO_PAGE))
            return {"external_study_url": study.task_address(server_url)}, "here"
        prepared = hosted.prepare(
            self._provider.datastore, client, run, run.get_blueprint(), account.workspace_id()
        )
        if prepared is None:
            raise Busy(say("Prolific is preparing the tasks that it shows."), retry_after=1.0)
        fields = hosted.study_fields(prepared, int(args.blueprint.units_per_assignment))
        return fields, "vendor"

    def keep_out(self, task_run: TaskRun, participant_ids: Sequence[str]) -> None:
        """Bars people from a run's study: by a group of its own, whose members may grow for ever.

        The draft's filters name the group, and the studies of earlier runs where Prolific offers that; a
        study that is published cannot get new filters, so there only the group grows. Safe to call again.
        """
        account = self._provider.account_of(task_run.requester_id)
        client = account.client()
        kept = self._book.of(task_run.db_id)
        study_id = self._book.id_of(task_run.db_id)
        groups = Groups(client, self._provider.datastore, account.workspace_id())
        name = f"CrowdDesk: kept out of [{study.short_marker(self._db, task_run.db_id)}]"
        group = groups.hold(name, participant_ids)
        there = self._fresh(client, study_id, kept)
        known = there.raw.get("filters")
        if group in study.chosen_values(known, study.BARRED):
            return
        if there.status != "UNPUBLISHED":
            raise VendorRefused(
                say(
                    "The study is published, and Prolific takes no new filters for it. Who is to be kept "
                    "out must be known before: block them, or launch the run anew."
                )
            )
        earlier = self._earlier_studies(client, task_run, account.workspace_id())
        filters = study.with_barred(
            known if isinstance(known, list) else [], group, earlier, str(kept.get("excluded_group") or "")
        )
        client.change_study(study_id, {"filters": filters})
        seen = client.study(study_id).raw.get("filters")
        if group not in study.chosen_values(seen, study.BARRED):
            raise Lost(say("Prolific took the study's filters, but does not show them yet."))
        self._book.note(task_run.db_id, excluded_group=group)

    def _earlier_studies(self, client: ProlificClient, run: TaskRun, workspace_id: str) -> list[str]:
        """The excluded runs' studies of the same workspace, where Prolific has a filter for them."""
        with self._db.read() as conn:
            terms = exclusion.read_terms(
                conn, run.args.task.get("exclude"), run_id=int(run.db_id), strict=False
            )
        kept = [self._book.of(run_id) for run_id in terms.runs]
        found = [
            str(each["study_id"])
            for each in kept
            if each.get("study_id") and each.get("workspace_id") == workspace_id
        ]
        if not found or not any(f.id == study.EARLIER for f in client.filters(workspace_id)):
            return []
        return found

    def clean_up(self, task_run: TaskRun) -> None:
        study_id = self._book.of(task_run.db_id).get("study_id")
        if not study_id:
            return
        client = self._provider.client_of(task_run)
        status = self._end(client, str(study_id))
        if status == "UNPUBLISHED":
            client.delete_study(study_id)
        if status in ("UNPUBLISHED", _GONE):
            self._book.note(task_run.db_id, study_id=None, deleted=study_id)

    def _fresh(self, client: ProlificClient, study_id: str, kept: Mapping[str, Any]) -> Study:
        """A study of ours; one that was made a moment ago may not be shown yet."""
        try:
            return client.study(study_id)
        except Refused as error:
            made = kept.get("made_at")
            is_young = made is not None and now() - datetime.fromisoformat(made) < _SHOWN_WITHIN
            if error.status != 404 or not is_young:
                raise
            raise Busy(say("Prolific does not show the new study yet."), retry_after=2.0) from error

    def open(self, run: TaskRun, task_url: str) -> None:
        kept = self._book.of(run.db_id)
        study_id = self._book.id_of(run.db_id)
        with self._db.read() as conn:
            needed = stays.count_places(conn, run.db_id)
        if kept.get("open") and int(kept.get("places") or 0) >= needed:
            return
        client = self._provider.client_of(run)
        there = client.study(study_id)
        if there.status == "COMPLETED" and there.places_taken < there.places:
            raise VendorRefused(
                say("The study was stopped at Prolific, so nobody can take a place. Launch it anew.")
            )
        changed: dict[str, Any] = {}
        if there.places < needed:
            is_hosted = not self._provider.is_here(run) and kept.get("hosting") != "elsewhere"
            if is_hosted and there.status != "UNPUBLISHED":
                raise VendorRefused(
                    say("Prolific cannot add answers to a task that it shows itself. Launch it anew.")
                )
            changed["total_available_places"] = needed
        link = study.task_address(task_url) if self._provider.is_here(run) else ""
        if link and there.status == "UNPUBLISHED" and there.external_study_url != link:
            if not self._provider.reaches_people(task_url):
                raise VendorRefused(say(hosted.NO_PAGE))
            changed["external_study_url"] = link
        if changed:
            client.change_study(study_id, changed)
            # A link that leads nowhere could not be changed once it is published.
            if study.said_wrong(changed, client.study(study_id), tuple(changed)):
                raise Lost(say("Prolific took the study's changes, but does not show them yet."))
        if there.status == "UNPUBLISHED":
            _move(client, study_id, "PUBLISH", there.status)
        elif there.status == "PAUSED":
            _move(client, study_id, "START", there.status)
        self._book.note(run.db_id, places=max(needed, there.places), open=True, stopped=False)

    def move(self, client: ProlificClient, verb: str, action: Action) -> None:
        """Pauses or goes on; a study that is so already, or has not begun, is left alone."""
        study_id = self._book.id_of(action.target_id)
        status = client.study(study_id).status
        before = "ACTIVE" if verb == "PAUSE" else "PAUSED"
        if status == "PUBLISHING" and verb == "PAUSE":
            raise _still_publishing()
        if status == before:
            _move(client, study_id, verb, before)

    def expire(self, actions: Sequence[Action]) -> dict[str, Outcome]:
        """Takes units down here; at Prolific places come back only when the whole study is stopped."""
        outcomes: dict[str, Outcome] = {}
        stops: dict[str, Outcome] = {}
        for action in actions:
            try:
                unit = self._db.get_unit(action.target_id)
            except NotFound as error:
                outcomes[action.id] = Outcome.refused(str(error))
                continue
            run = self._db.get_task_run(unit["task_run_id"])
            run_id = str(run["task_run_id"])
            if run_id not in stops:
                stops[run_id] = outcome_of(partial(self._stop, run_id)) if run["stopping"] else Outcome.done()
            stopped = stops[run_id]
            at_work = unit["status"] == AssignmentState.ASSIGNED
            outcomes[action.id] = Outcome.done(down=False) if at_work and stopped.state == "done" else stopped
        return outcomes

    def _stop(self, run_id: str) -> None:
        kept = self._book.of(run_id)
        study_id = kept.get("study_id")
        if not study_id or kept.get("stopped"):
            return
        client = self._provider.client_of(TaskRun.get(self._db, run_id))
        status = self._end(client, str(study_id))
        # Whoever returns a place of a study that is full lets the next one in: it is looked at again then.
        self._book.note(run_id, stopped=status != "AWAITING REVIEW", open=False)

    def _end(self, client: ProlificClient, study_id: str) -> str:
        """Takes a study from people; what it is then. Raises Busy while Prolific publishes it."""
        try:
            status = client.study(study_id).status
        except Refused as error:
            if error.status != 404:
                raise
            return _GONE
        if status == "PUBLISHING":
            raise _still_publishing()
        if status in _ENDS:
            status = _move(client, study_id, _ENDS[status], status)
        return status

    def is_published(self, client: ProlificClient, run_id: str) -> str:
        study_id = self._book.of(run_id).get("study_id")
        if not study_id:
            return Found.DID_NOT
        try:
            there = client.study(study_id)
        except Refused as error:
            if error.status != 404:
                raise
            return Found.DID_NOT  # it is gone, which launching it again says
        with self._db.read() as conn:
            needed = stays.count_places(conn, run_id)
        if there.status == "UNPUBLISHED" or there.places < needed:
            return Found.DID_NOT
        self._book.note(run_id, places=there.places, open=there.status not in OVER)
        return Found.HAPPENED


def _move(client: ProlificClient, study_id: str, verb: str, before: str) -> str:
    """A transition; the study's status after it, as it is read and not as it is said.

    A no to what has happened already is none. Raises Lost where it is still as it was `before`.
    """
    try:
        client.move_study(study_id, verb)
    except Refused:
        status = client.study(study_id).status
        if status == before:
            raise
        return status
    status = client.study(study_id).status
    if status == before:
        raise Lost(
            say("Prolific took {verb}, but the study is {status} still.", verb=verb, status=status.lower())
        )
    return status


def _still_publishing() -> Busy:
    return Busy(say("Prolific is still publishing the study; it can be changed once that is done."), 1.0)
