"""A small typed client of Prolific's API: every method is one call, or the pages of one listing.

Amounts are minor units. Reads are tried again, changes never. Raises Refused (nothing happened), Busy
(nothing happened, later perhaps), Unreachable (nothing was sent) or Lost (unknown), each with a sentence.
Calls block: for a lane or a job, never for the GUI thread.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final, TypeVar

import httpx

from crowddesk.language import mark, say
from crowddesk.providers.prolific import api
from crowddesk.providers.prolific.wire import LIVE, Busy, Lost, Refused, Unreachable, Wire, as_json

__all__ = ["LIVE", "Busy", "Lost", "ProlificClient", "Refused", "Unreachable"]

_Answer = TypeVar("_Answer")
#: What one call may carry, by the vendor's advice.
MOST_BONUSES: Final = 200
MOST_APPROVALS: Final = 1_000
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")


class ProlificClient:
    """Prolific's API with one token. Close it at the end."""

    def __init__(
        self,
        token: str,
        address: str = LIVE,
        *,
        transport: httpx.BaseTransport | None = None,
        timeout: httpx.Timeout | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        waits = timeout or httpx.Timeout(30.0, connect=10.0)
        self._wire = Wire(token, address, transport, waits, pause)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._wire.address})"

    def close(self) -> None:
        """Closes its connections."""
        self._wire.close()

    # ------------------------------------------------------------------------------------- accounts

    def me(self) -> api.Me:
        """Whose token it is."""
        return self._read("users/me/", say("reading the account"), api.Me.read)

    def workspaces(self) -> list[api.Place]:
        """The workspaces of the token's owner."""
        return self._all("workspaces/", say("listing the workspaces"), api.Place.read)

    def projects(self, workspace_id: str) -> list[api.Place]:
        """The projects of a workspace."""
        path = f"workspaces/{_id(workspace_id)}/projects/"
        return self._all(path, say("listing the projects"), api.Place.read)

    def balance(self, workspace_id: str) -> api.Balance:
        """A workspace's wallet."""
        path = f"workspaces/{_id(workspace_id)}/balance/"
        return self._read(path, say("reading the balance"), api.Balance.read)

    def wage_advice(self, workspace_id: str, currency: str) -> api.WageAdvice | None:
        """What Prolific recommends for an hour in a currency; None where it says nothing."""
        query = {"workspace_id": _id(workspace_id), "currency": currency}
        doing = say("reading the recommended rewards")
        answer = self._wire.read("reward-recommendations/", doing, query)
        advice = self._understood(doing, lambda data: api.Fields({"all": data}, mark("the advice")).each(
            "all", api.WageAdvice.read
        ), answer)  # fmt: skip
        return next((each for each in advice if each.currency == currency), None)

    # --------------------------------------------------------------------------------------- studies

    def cost_of(self, reward: int, places: int) -> int:
        """What a study would cost with fees and tax, by the vendor's own calculator. Changes nothing."""
        doing = say("reckoning the cost")
        body = {"reward": reward, "total_available_places": places}
        answer = self._wire.read("study-cost-calculator/", doing, method="POST", body=body)
        return self._understood(
            doing, lambda data: api.Fields(data, mark("the cost")).number("total_cost"), answer
        )

    def study_cost(self, study_id: str) -> api.StudyCost:
        """What a study has cost until now."""
        return self._read(
            f"studies/{_id(study_id)}/cost/", say("reading what the study cost"), api.StudyCost.read
        )

    def create_study(self, fields: Mapping[str, Any]) -> api.Study:
        """Makes a draft; nothing is offered to anybody before `move_study(id, "PUBLISH")`."""
        return self._change("POST", "studies/", say("making the study"), api.Study.read, dict(fields))

    def study(self, study_id: str) -> api.Study:
        """A study as it is now."""
        return self._read(f"studies/{_id(study_id)}/", say("reading study {id}", id=study_id), api.Study.read)

    def change_study(self, study_id: str, fields: Mapping[str, Any]) -> api.Study:
        """Changes fields of a study; after publishing only few may change."""
        path = f"studies/{_id(study_id)}/"
        return self._change(
            "PATCH", path, say("changing study {id}", id=study_id), api.Study.read, dict(fields)
        )

    def move_study(self, study_id: str, action: str) -> api.Study:
        """PUBLISH, PAUSE, START or STOP."""
        path = f"studies/{_id(study_id)}/transition/"
        doing = say("{action} of study {id}", action=action, id=study_id)
        return self._change("POST", path, doing, api.Study.read, {"action": action})

    def delete_study(self, study_id: str) -> None:
        """Deletes a draft."""
        self._wire.change("DELETE", f"studies/{_id(study_id)}/", say("deleting study {id}", id=study_id))

    def studies(self, project_id: str) -> list[api.StudyLine]:
        """The studies of a project."""
        path = f"projects/{_id(project_id)}/studies/"
        query: dict[str, str | int] = {"page_size": 100}
        return _once_each(self._each(path, say("listing the studies"), api.StudyLine.read, query))

    def all_studies(self, state: str | None = None) -> list[api.StudyLine]:
        """All studies that the token may see, of one status if `state` names it."""
        query: dict[str, str | int] = {} if state is None else {"state": state}
        return _once_each(self._each("studies/", say("listing the studies"), api.StudyLine.read, query))

    def filters(self, workspace_id: str) -> list[api.Filter]:
        """All questions by which participants may be chosen."""
        query = {"workspace_id": _id(workspace_id)}
        return self._all("filters/", say("listing the filters"), api.Filter.read, query)

    # ----------------------------------------------------------------------------------- submissions

    def submissions(self, study_id: str, page_size: int = 500) -> list[api.SubmissionLine]:
        """All submissions of a study, each once; the last that a page said of it stands."""
        # Oldest first: who comes while the pages are read comes at the end and moves nobody.
        query: dict[str, str | int] = {
            "study": _id(study_id), "page_size": page_size, "ordering": "started_at",
        }  # fmt: skip
        doing = say("listing the submissions of study {id}", id=study_id)
        return _once_each(self._each("submissions/", doing, api.SubmissionLine.read, query))

    def submission_counts(self, study_id: str) -> dict[str, int]:
        """How many submissions have which status, and TOTAL."""
        path = f"studies/{_id(study_id)}/submissions/counts/"
        return self._read(path, say("counting the submissions of study {id}", id=study_id), api.read_counts)

    def submission(self, submission_id: str) -> api.Submission:
        """A submission with the bonuses that were paid on it."""
        path = f"submissions/{_id(submission_id)}/"
        return self._read(path, say("reading submission {id}", id=submission_id), api.Submission.read)

    def move_submission(
        self,
        submission_id: str,
        action: str,
        message: str | None = None,
        rejection_category: str | None = None,
    ) -> api.Submission:
        """APPROVE, REJECT (with the message to the participant and a category), UNREJECT and so on."""
        body = {"action": action}
        if message is not None:
            body["message"] = message
        if rejection_category is not None:
            body["rejection_category"] = rejection_category
        path = f"submissions/{_id(submission_id)}/transition/"
        doing = say("{action} of submission {id}", action=action, id=submission_id)
        return self._change("POST", path, doing, api.Submission.read, body)

    def bulk_approve(self, submission_ids: Sequence[str]) -> None:
        """Asks for up to 1,000 approvals; they are done later, so read them back."""
        ids = _ids(submission_ids, MOST_APPROVALS)
        doing = say("approving {number:,} submissions", number=len(ids))
        self._wire.change("POST", "submissions/bulk-approve/", doing, {"submission_ids": ids})

    def request_return(self, submission_id: str, reasons: Sequence[str]) -> api.Submission:
        """Asks a participant to give a submission back."""
        path = f"submissions/{_id(submission_id)}/request-return/"
        doing = say("asking for the return of submission {id}", id=submission_id)
        return self._change(
            "POST", path, doing, api.Submission.read, {"request_return_reasons": list(reasons)}
        )

    # --------------------------------------------------------------------------------------- bonuses

    def prepare_bonuses(self, study_id: str, lines: Sequence[tuple[str, Decimal]]) -> api.BulkBonus:
        """Sets up bonuses in MAJOR units for submissions or participants of a study. Pays nothing."""
        if not 1 <= len(lines) <= MOST_BONUSES:
            raise Refused(
                say(
                    "{number} bonuses are not 1 to {most_bonuses}. Nothing was sent.",
                    number=len(lines),
                    most_bonuses=MOST_BONUSES,
                )
            )
        rows = "".join(f"{_id(target)},{_major(amount)}\n" for target, amount in lines)
        body = {"study_id": _id(study_id), "csv_bonuses": rows}
        doing = say("setting up {number:,} bonuses", number=len(lines))
        return self._change("POST", "submissions/bonus-payments/", doing, api.BulkBonus.read, body)

    def pay_bonuses(self, bulk_id: str) -> None:
        """Pays what was set up. NEVER call it twice with one id: it pays everyone again."""
        self._wire.change("POST", f"bulk-bonus-payments/{_id(bulk_id)}/pay/", say("paying the bonuses"))

    # ---------------------------------------------------------------------------------------- people

    def groups(self, workspace_id: str) -> list[api.Group]:
        """The participant groups of a workspace that were not deleted."""
        query = {"workspace_id": _id(workspace_id), "active": "true"}
        found = self._all("participant-groups/", say("listing the groups"), api.Group.read, query)
        return [group for group in found if not group.deleted]

    def create_group(
        self, workspace_id: str, name: str, description: str = "", participant_ids: Sequence[str] = ()
    ) -> api.Group:
        """Makes a group with its first members."""
        body = {
            "workspace_id": _id(workspace_id),
            "name": name,
            "description": description,
            "participant_ids": _ids(participant_ids),
        }
        return self._change(
            "POST", "participant-groups/", say("making the group {name!r}", name=name), api.Group.read, body
        )

    def group_members(self, group_id: str) -> list[str]:
        """The participants in a group."""
        path = f"participant-groups/{_id(group_id)}/participants/"
        found = self._all(
            path,
            say("listing group {id}", id=group_id),
            lambda data: api.Fields(data, mark("a member")).text("participant_id"),
        )
        return list(dict.fromkeys(found))

    def add_to_group(self, group_id: str, participant_ids: Sequence[str]) -> None:
        """Adds members; who is one stays one."""
        self._change_group("POST", group_id, participant_ids, say("adding to group {group}", group=group_id))

    def remove_from_group(self, group_id: str, participant_ids: Sequence[str]) -> None:
        """Removes members; who is none stays none."""
        self._change_group(
            "DELETE", group_id, participant_ids, say("removing from group {group}", group=group_id)
        )

    def _change_group(self, method: str, group_id: str, participant_ids: Sequence[str], doing: str) -> None:
        path = f"participant-groups/{_id(group_id)}/participants/"
        body = {"participant_ids": _ids(participant_ids)}
        self._wire.change(method, path, doing, body)

    def send_message(self, recipient_id: str, body: str, study_id: str) -> None:
        """Writes to one person. A second call writes again."""
        fields = {"recipient_id": _id(recipient_id), "body": body, "study_id": _id(study_id)}
        self._wire.change("POST", "messages/", say("writing to {id}", id=recipient_id), fields)

    def send_messages(self, participant_ids: Sequence[str], body: str, study_id: str) -> None:
        """Writes the same to several people. A second call writes again."""
        ids = _ids(participant_ids)
        fields = {"ids": ids, "body": body, "study_id": _id(study_id)}
        self._wire.change(
            "POST", "messages/bulk/", say("writing to {number:,} people", number=len(ids)), fields
        )

    def messages(
        self, user_id: str | None = None, created_after: datetime | None = None
    ) -> list[api.Message]:
        """Messages with one person, or with everybody since a time; one of both must be given."""
        query: dict[str, str | int] = {}
        if user_id is not None:
            query["user_id"] = _id(user_id)
        if created_after is not None:
            query["created_after"] = created_after.isoformat()
        return self._all("messages/", say("reading the messages"), api.Message.read, query)

    # ------------------------------------------------------------------ tasks that Prolific hosts

    def create_dataset(
        self, name: str, workspace_id: str, schema: Mapping[str, Any] | None = None
    ) -> api.Dataset:
        """Makes an empty dataset; `schema` is the vendor's `{"strict": ..., "fields": {...}}`."""
        body: dict[str, Any] = {"name": name, "workspace_id": _id(workspace_id)}
        if schema is not None:
            body["schema"] = dict(schema)
        return self._change(
            "POST", "data-collection/datasets", say("making the dataset"), api.Dataset.read, body
        )

    def append_datapoints(self, dataset_id: str, records: Iterable[Mapping[str, Any]]) -> api.Appended:
        """Adds up to 1,000 items; the same item again changes nothing."""
        lines = b"".join(as_json(dict(record)) + b"\n" for record in records)
        path = f"data-collection/datasets/{_id(dataset_id)}/datapoints"
        doing = say("adding items to dataset {id}", id=dataset_id)
        answer = self._wire.change("POST", path, doing, lines, content_type="application/x-ndjson")
        return self._understood(doing, api.Appended.read, answer)

    def create_batch(
        self,
        name: str,
        workspace_id: str,
        task_details: Mapping[str, str],
        *,
        dataset_id: str | None = None,
        batch_items: Sequence[Mapping[str, Any]] | None = None,
    ) -> api.Batch:
        """Makes a hosted run: `task_details` has task_name, task_introduction and task_steps."""
        body: dict[str, Any] = {
            "name": name,
            "workspace_id": _id(workspace_id),
            "task_details": dict(task_details),
        }
        if dataset_id is not None:
            body["dataset_id"] = _id(dataset_id)
        if batch_items is not None:
            body["batch_items"] = [dict(page) for page in batch_items]
        return self._change("POST", "data-collection/batches", say("making the batch"), api.Batch.read, body)

    def setup_batch(self, batch_id: str, dataset_id: str | None = None, tasks_per_group: int = 1) -> None:
        """Asks for the batch's tasks; they are there once its status is READY."""
        body: dict[str, Any] = {"tasks_per_group": tasks_per_group}
        if dataset_id is not None:
            body["dataset_id"] = _id(dataset_id)
        path = f"data-collection/batches/{_id(batch_id)}/setup"
        self._wire.change("POST", path, say("setting up batch {id}", id=batch_id), body)

    def batch(self, batch_id: str) -> api.Batch:
        """A batch as it is now."""
        path = f"data-collection/batches/{_id(batch_id)}"
        return self._read(path, say("reading batch {id}", id=batch_id), api.Batch.read)

    def batches(self, workspace_id: str) -> list[api.Batch]:
        """The batches of a workspace."""
        query = {"workspace_id": _id(workspace_id)}
        return self._all("data-collection/batches", say("listing the batches"), api.Batch.read, query)

    def batch_status(self, batch_id: str) -> str:
        """UNINITIALISED, PROCESSING, READY or ERROR."""
        path = f"data-collection/batches/{_id(batch_id)}/status"
        doing = say("reading the status of batch {id}", id=batch_id)
        return self._read(path, doing, lambda data: api.Fields(data, mark("the batch")).text("status"))

    def batch_responses(self, batch_id: str) -> list[api.Response]:
        """All answers to a batch, each once."""
        path = f"data-collection/batches/{_id(batch_id)}/responses"
        doing = say("reading the responses to batch {id}", id=batch_id)
        return _once_each(self._each(path, doing, api.Response.read))

    # ---------------------------------------------------------------------------------------- inside

    def _read(self, path: str, doing: str, read: Callable[[object], _Answer]) -> _Answer:
        return self._understood(doing, read, self._wire.read(path, doing))

    def _change(
        self, method: str, path: str, doing: str, read: Callable[[object], _Answer], body: object
    ) -> _Answer:
        return self._understood(doing, read, self._wire.change(method, path, doing, body))

    def _each(
        self,
        path: str,
        doing: str,
        read: Callable[[object], _Answer],
        query: Mapping[str, str | int] | None = None,
    ) -> Iterator[_Answer]:
        for item in self._wire.pages(path, doing, query):
            yield self._understood(doing, read, item)

    def _all(
        self,
        path: str,
        doing: str,
        read: Callable[[object], _Answer],
        query: Mapping[str, str | int] | None = None,
    ) -> list[_Answer]:
        return list(self._each(path, doing, read, query))

    @staticmethod
    def _understood(doing: str, read: Callable[[object], _Answer], answer: object) -> _Answer:
        try:
            return read(answer)
        except api.Unreadable as error:
            raise Lost(
                say("Prolific's answer to {doing} cannot be read: {error}.", doing=doing, error=error)
            ) from None


_Named = TypeVar("_Named", api.StudyLine, api.SubmissionLine, api.Response)


def _once_each(items: Iterable[_Named]) -> list[_Named]:
    """Pages that shifted while they were read name some twice."""
    return list({item.id: item for item in items}.values())


def _id(value: object) -> str:
    """An id that can be nothing but one, in a path as in a line of CSV."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise Refused(say("{value!r} is no id of Prolific's. Nothing was sent.", value=str(value)[:60]))
    return value


def _ids(values: Sequence[str], most: int | None = None) -> list[str]:
    if most is not None and not 1 <= len(values) <= most:
        raise Refused(
            say(
                "{count:,} ids are not 1 to {most:,}. Nothing was sent.",
                count=len(values),
                most=most,
            )
        )
    return [_id(value) for value in values]


def _major(amount: object) -> str:
    """An amount as the CSV takes it: digits, a point, two digits."""
    if not isinstance(amount, Decimal) or not amount.is_finite() or not 0 < amount < 1_000_000:
        raise Refused(say("{amount} is no amount of a bonus. Nothing was sent.", amount=amount))
    cents = amount.quantize(Decimal("0.01"))
    if cents != amount:
        raise Refused(
            say("A bonus of {amount} is finer than the smallest coin. Nothing was sent.", amount=amount)
        )
    return format(cents, "f")
