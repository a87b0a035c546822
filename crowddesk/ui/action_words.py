"""Vendor actions as a person reads them: what they do, to whom, and what can be said of a lost answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from crowddesk.domain import ActionKind, ActionState, money_text
from crowddesk.language import mark, say
from crowddesk.ui import theme
from crowddesk.ui.evidence import is_awaited

if TYPE_CHECKING:
    from crowddesk.store.queries import ActionRow

_WORDS = {
    "set_up": mark("Set up"),
    "clean_up": mark("Clean up"),
    "launch": mark("Launch"),
    "expire": mark("Expire"),
    "approve": mark("Approve"),
    "soft_reject": mark("Soft reject"),
    "reject": mark("Reject"),
    "unreject": mark("Take a rejection back"),
    "bonus": mark("Bonus"),
    "block": mark("Block"),
    "unblock": mark("Unblock"),
    "grant": mark("Grant"),
    "revoke": mark("Revoke"),
    "message": mark("Message"),
    "pause": mark("Pause"),
    "resume": mark("Resume"),
    "request_return": mark("Ask to return"),
}

#: What a person can say of an action that nobody can look up.
HAPPENED, AGAIN, LEAVE = "happened", "again", "leave"
_CHOICES = {
    ActionKind.BONUS: (
        mark("It was paid"),
        mark("It was not paid, pay it now"),
        mark("It was not paid, leave it"),
    ),
    ActionKind.MESSAGE: (
        mark("It was sent"),
        mark("It was not sent, send it now"),
        mark("It was not sent, leave it"),
    ),
}
_OTHER_CHOICES = (
    mark("It happened"),
    mark("It did not happen, do it now"),
    mark("It did not happen, leave it"),
)


def choice_words(choice: str, kind: str) -> str:
    """What a person says by one of the three choices, for actions of a kind."""
    return say(_CHOICES.get(kind, _OTHER_CHOICES)[(HAPPENED, AGAIN, LEAVE).index(choice)])


def kind_word(kind: str) -> str:
    """What a vendor action does, as a person reads it."""
    return say(_WORDS[kind]) if kind in _WORDS else kind.replace("_", " ").capitalize()


def target_text(row: ActionRow) -> str:
    """What an action is about: a unit, a person or a run."""
    if row.target_type == "unit":
        return say("unit {id}", id=row.target_id)
    if row.target_type == "worker":
        return row.worker_name or say("worker {id}", id=row.target_id)
    if row.target_type == "task_run":
        return row.run_title or say("run {id}", id=row.target_id)
    return row.requester_name


def what_words(row: ActionRow) -> str:
    """What an action does, with its money or its qualification: "Bonus of USD 0.50", "Grant fluent 1"."""
    if row.amount_minor:
        money = money_text(row.amount_minor, row.currency)
        return say("{action} of {money}", action=kind_word(row.kind), money=money)
    if row.kind not in (ActionKind.GRANT, ActionKind.REVOKE):
        return kind_word(row.kind)
    try:
        payload = json.loads(row.payload)
    except ValueError:
        return kind_word(row.kind)
    value = f" {payload.get('value', 1)}" if row.kind == ActionKind.GRANT else ""
    return f"{kind_word(row.kind)} {payload.get('qualification_name', '')}{value}"


def action_words(row: ActionRow) -> str:
    """An action in one line: "Bonus of USD 0.50 · 5f42…"."""
    return f"{what_words(row)} · {target_text(row)}"


def state_words(row: ActionRow) -> str:
    """An action's state; where it is not known: the vendor works on it, or its answer was lost."""
    if row.state != ActionState.UNKNOWN:
        return theme.status_look(row.state).word
    return say("sent, waiting to see it done") if is_awaited(row) else say("answer lost, being looked up")


def state_word(row: ActionRow) -> str:
    """The same for a table's cell."""
    if row.state != ActionState.UNKNOWN:
        return theme.status_look(row.state).word
    return say("sent, waiting") if is_awaited(row) else say("looking up")
