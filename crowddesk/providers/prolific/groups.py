"""Participant groups, which stand for qualifications and for blocks, and messages to participants.

Adding somebody twice, or removing somebody who is not there, does nothing at Prolific, so both may be
repeated. A message may not: it is looked for among those that were sent. From the account's lane.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any, Final

from crowddesk.data_model.database import ProviderStore
from crowddesk.domain import Action, ActionState, Found, Outcome, now
from crowddesk.providers.prolific.client import ProlificClient
from crowddesk.providers.prolific.settling import outcome_of
from crowddesk.providers.prolific.wire import Refused

#: Whom an account's later studies keep out.
BLOCKED: Final = "CrowdDesk: blocked"
_ABOUT: Final = "Made by CrowdDesk. Its members are changed there."
#: People whom one call adds to a group.
_AT_ONCE: Final = 500
#: A clock here may be ahead of Prolific's by so much.
_SKEW: Final = timedelta(minutes=2)
#: How long a message may take to be seen among those that were sent.
_SHOWN_WITHIN: Final = timedelta(minutes=2)


class Groups:
    """The participant groups of one workspace, found by their names."""

    def __init__(self, client: ProlificClient, store: ProviderStore, workspace_id: str) -> None:
        self._client = client
        self._store = store
        self._workspace = workspace_id

    def id_of(self, name: str, *, make: bool = True) -> str:
        """A group's id, "" where there is none and none is to be made."""
        kept = self._store.get(self._key(name))
        if isinstance(kept, str) and kept:
            return kept
        for group in self._client.groups(self._workspace):
            if group.name == name and not group.deleted:
                return self._keep(name, group.id)
        return (
            self._keep(name, self._client.create_group(self._workspace, name, _ABOUT, []).id) if make else ""
        )

    def add(self, name: str, participant_id: str) -> None:
        """Puts a participant into a group, which is made when there is none."""
        try:
            self._client.add_to_group(self.id_of(name), [participant_id])
        except Refused as error:
            if error.status != 404:
                raise
            self.forget(name)  # it was deleted at Prolific: another one takes its place
            self._client.add_to_group(self.id_of(name), [participant_id])

    def hold(self, name: str, participant_ids: Sequence[str]) -> str:
        """Has all of these in a group, made when there is none, beside who is in it; returns its id."""
        try:
            self._add_all(name, participant_ids)
        except Refused as error:
            if error.status != 404:
                raise
            self.forget(name)  # it was deleted at Prolific: another one takes its place, with everybody
            self._add_all(name, participant_ids)
        return self.id_of(name)

    def _add_all(self, name: str, participant_ids: Sequence[str]) -> None:
        for start in range(0, len(participant_ids), _AT_ONCE):
            self._client.add_to_group(self.id_of(name), participant_ids[start : start + _AT_ONCE])

    def remove(self, name: str, participant_id: str) -> None:
        """Takes a participant out of a group; who is in none is out of it."""
        group = self.id_of(name, make=False)
        if not group:
            return
        try:
            self._client.remove_from_group(group, [participant_id])
        except Refused as error:
            if error.status != 404:
                raise
            self.forget(name)

    def holds(self, name: str, participant_id: str) -> bool:
        """Whether a participant is in a group, by Prolific's word."""
        group = self.id_of(name, make=False)
        return bool(group) and participant_id in self._client.group_members(group)

    def forget(self, name: str) -> None:
        """A group is looked for anew next time; for one that was deleted at Prolific."""
        self._store.set(self._key(name), None)

    def forget_deleted(self) -> None:
        """Forgets all groups that were deleted at Prolific; a study that named one would not be taken."""
        there = {group.id for group in self._client.groups(self._workspace)}
        for key, group_id in self._store.all(self._key("")).items():
            if group_id is not None and group_id not in there:
                self._store.set(key, None)

    def _key(self, name: str) -> str:
        return f"group/{self._workspace}/{name}"

    def _keep(self, name: str, group_id: str) -> str:
        self._store.set(self._key(name), group_id)
        return group_id


def send_messages(client: ProlificClient, told: Sequence[tuple[Action, str, str]]) -> dict[str, Outcome]:
    """Sends messages; each is (action, participant, study). The same words to many are one call."""
    outcomes: dict[str, Outcome] = {}
    alike: dict[tuple[str, str], list[tuple[Action, str]]] = {}
    for action, participant, study in told:
        alike.setdefault((study, action.reason), []).append((action, participant))
    for (study, body), many in alike.items():
        people = [participant for _, participant in many]
        together = None
        if len(many) > 1:
            together = outcome_of(partial(client.send_messages, people, body, study), repeatable=False)
        for action, participant in many:
            if together is None or together.state == ActionState.REFUSED:
                # One of them cannot be written to: nobody was, and each is written to alone.
                alone = partial(client.send_message, participant, body, study)
                outcomes[action.id] = outcome_of(alone, repeatable=False)
            else:
                outcomes[action.id] = together
    return outcomes


def find_message(client: ProlificClient, action: Action, participant: str) -> str:
    """Whether a message reached somebody, by what was written to them since."""
    began = action.started_at
    try:
        written = client.messages(user_id=participant)
    except Refused as error:
        if error.status != 404:
            raise
        written = []  # nobody of that name any more: it cannot be seen
    for message in written:
        recent = began is None or message.sent_at is None or message.sent_at >= began - _SKEW
        if recent and message.sender_id != participant and message.body.strip() == action.reason.strip():
            return Found.HAPPENED
    waited = now() - began if began is not None else _SHOWN_WITHIN
    return Found.NOT_YET if timedelta() <= waited < _SHOWN_WITHIN else Found.CANNOT_TELL


def describe_message(action: Action, participant: str) -> dict[str, Any]:
    """What a person is shown who decides whether a message arrived."""
    began = action.started_at
    return {
        "to": participant,
        "first_sent": began.isoformat() if began is not None else None,
        "looked_at": now().isoformat(),
    }
