"""Decisions on submissions: approved in bulk, rejected one by one with the reviewer's own words, looked up.

Transitions may be asked for twice (Prolific documents them as idempotent), so what is not seen to have
happened goes out again by itself. From the account's lane.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from crowddesk.domain import Action, ActionKind, Found, Outcome, VendorError, VendorRefused, now
from crowddesk.language import mark, say
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.wire import Busy, Refused, Unreachable
from crowddesk.store.stays import Stay

#: Rejections must say as much, in one of these categories (Prolific's API document, submission transition).
MIN_REASON: Final = 100
CATEGORIES: Final = (
    "TOO_QUICKLY", "TOO_SLOWLY", "FAILED_INSTRUCTIONS", "INCOMP_LONGITUDINAL", "FAILED_CHECK", "LOW_EFFORT",
    "MALINGERING", "NO_CODE", "BAD_CODE", "NO_DATA", "UNSUPP_DEVICE", "OTHER",
)  # fmt: skip
APPROVED: Final = ("APPROVED", "PARTIALLY APPROVED")
WAITING: Final = "AWAITING REVIEW"
#: Fewer approvals than this are made one by one, and are known at once.
_FEW: Final = 3
#: An approval that got lost in bulk so often is asked for alone, because then Prolific says what is wrong.
_BULK_ATTEMPTS: Final = 2
#: More look-ups than this read the study's listing instead of each submission.
_MANY: Final = 5
_LATER: Final = 5.0
_NO_STAY: Final = mark("Nobody from Prolific has worked on this unit, so there is nothing to decide there.")

Stays = Mapping[str, Stay]


class Settling:
    """Settles submissions of one account. `stays` are the stays of the units that the actions are about."""

    def __init__(self, client: ProlificClient, lag: timedelta) -> None:
        self._client = client
        #: How long a bulk approval may take to be seen before it is asked for again.
        self._lag = lag

    # --------------------------------------------------------------------------------------- perform

    def settle(self, actions: Sequence[Action], stays: Stays) -> dict[str, Outcome]:
        """Does each decision once. What the vendor only promised to do is `unknown` until it is looked up."""
        outcomes = {a.id: Outcome.refused(say(_NO_STAY)) for a in actions if a.target_id not in stays}
        known = [a for a in actions if a.id not in outcomes]
        pay = [a for a in known if a.kind in (ActionKind.APPROVE, ActionKind.SOFT_REJECT)]
        many = [a for a in pay if a.attempt <= _BULK_ATTEMPTS]
        if len(many) > _FEW:
            outcomes |= self._approve_many(many, stays)
        for action in known:
            if action.id not in outcomes:
                outcomes[action.id] = self._one(action, stays[action.target_id].ref)
        return outcomes

    def _one(self, action: Action, submission_id: str) -> Outcome:
        if action.kind == ActionKind.REJECT:
            return outcome_of(lambda: self._reject(action, submission_id))
        if action.kind == ActionKind.UNREJECT:
            return outcome_of(lambda: self._unreject(submission_id))
        if action.kind == ActionKind.REQUEST_RETURN:
            reasons = [str(r) for r in action.payload.get("reasons") or [action.reason]]
            return outcome_of(lambda: self._client.request_return(submission_id, reasons).status)
        return outcome_of(lambda: self._approve(submission_id))

    def _approve(self, submission_id: str) -> str:
        return _checked(self._client.move_submission(submission_id, "APPROVE").status, APPROVED)

    def _reject(self, action: Action, submission_id: str) -> str:
        done = self._client.move_submission(
            submission_id, "REJECT", message=action.reason, rejection_category=action.category
        )
        return _checked(done.status, ("REJECTED",))

    def _unreject(self, submission_id: str) -> str:
        """Takes a rejection back and pays; picks up where an earlier attempt ended."""
        status = self._client.submission(submission_id).status
        if status == "REJECTED":
            status = self._client.move_submission(submission_id, "UNREJECT").status
        return status if status in APPROVED else self._approve(submission_id)

    def _approve_many(self, actions: Sequence[Action], stays: Stays) -> dict[str, Outcome]:
        ids = [stays[a.target_id].ref for a in actions]
        try:
            self._client.bulk_approve(ids)
        except Refused:
            return {}  # one of them is wrong: each is asked for alone, and says which
        except (Busy, Unreachable) as error:
            return dict.fromkeys((a.id for a in actions), _later(error))
        except VendorError as error:
            return dict.fromkeys((a.id for a in actions), Outcome.unknown(str(error)))
        told = Outcome.unknown(say("Prolific approves them; waiting to see it."), acknowledged=True)
        return dict.fromkeys((a.id for a in actions), told)

    # --------------------------------------------------------------------------------------- look up

    def look_up(self, actions: Sequence[Action], stays: Stays, study_of: Mapping[str, str]) -> dict[str, str]:
        """What became of decisions, by the submissions' statuses. `study_of`: run -> study."""
        known = [a for a in actions if a.target_id in stays]
        found = dict.fromkeys((a.id for a in actions if a.target_id not in stays), Found.DID_NOT)
        statuses = self._statuses(known, stays, study_of)
        for action in known:
            status = statuses.get(stays[action.target_id].ref)
            found[action.id] = Found.CANNOT_TELL if status is None else self._judge(action, status)
        return found

    def _statuses(
        self, actions: Sequence[Action], stays: Stays, study_of: Mapping[str, str]
    ) -> dict[str, str]:
        found: dict[str, str] = {}
        by_study: dict[str, list[str]] = {}
        for action in actions:
            stay = stays[action.target_id]
            study = study_of.get(stay.task_run_id, "")
            if action.kind == ActionKind.REQUEST_RETURN:
                by_study.setdefault("", []).append(stay.ref)
            else:
                by_study.setdefault(study, []).append(stay.ref)
        for study, refs in by_study.items():
            if study and len(refs) > _MANY:
                found |= {line.id: line.status for line in self._client.submissions(study)}
                continue
            for ref in refs:
                try:
                    one = self._client.submission(ref)
                except Refused as error:
                    if error.status != 404:
                        raise
                    continue  # Prolific has no such submission any more: a person looks at it
                asked = study == "" and one.return_requested is not None
                found[ref] = "RETURN REQUESTED" if asked else one.status
        return found

    def _judge(self, action: Action, status: str) -> str:
        if action.kind == ActionKind.REQUEST_RETURN:
            happened = status in ("RETURN REQUESTED", "RETURNED")
        elif action.kind == ActionKind.REJECT:
            happened = status == "REJECTED"
        else:
            happened = status in APPROVED
        if happened:
            return Found.HAPPENED
        undone = (WAITING, "REJECTED") if action.kind == ActionKind.UNREJECT else (WAITING,)
        if status not in undone:
            # Somebody decided otherwise at Prolific, or the participant left: asking again would change it.
            return Found.CANNOT_TELL if status in (*APPROVED, "REJECTED") else Found.DID_NOT
        began = action.started_at
        return (
            Found.NOT_YET if began is not None and timedelta() <= now() - began < self._lag else Found.DID_NOT
        )


def _checked(status: str, wanted: Sequence[str]) -> str:
    """The status that a decision led to; VendorError where it led elsewhere."""
    if status not in wanted:
        raise VendorError(
            say(
                "Prolific answered, but the submission is {status}, not {wanted}.",
                status=status.lower(),
                wanted=wanted[0].lower(),
            )
        )
    return status


def outcome_of(call: Callable[[], object], *, repeatable: bool = True) -> Outcome:
    """What one call to Prolific came to; a status that it returns is kept as the vendor's word.

    What is not `repeatable` comes again only where it surely did not happen.
    """
    try:
        said = call()
    except VendorRefused as error:
        return Outcome.refused(str(error) or say("Prolific refused without a reason."))
    except (Busy, Unreachable) as error:
        if isinstance(error, Busy) and not (repeatable or error.is_sure):
            return Outcome.unknown(str(error))
        return _later(error)
    except VendorError as error:
        return Outcome.unknown(str(error))
    return Outcome.done(said if isinstance(said, str) else None)


def _later(error: Busy | Unreachable) -> Outcome:
    wait = error.retry_after if isinstance(error, Busy) and error.retry_after else _LATER
    return Outcome.later(str(error), wait)
