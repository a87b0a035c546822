"""The verbs of vendor actions: take back, try again, and a person's word on what nobody can look up."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crowddesk.domain import ActionKind, ActionState, money_text
from crowddesk.ui.messages import ConfirmDialog, Toast
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import STILL_READING, Verbs, policy_of, show_error
from crowddesk.ui.words import count_text

if TYPE_CHECKING:
    from crowddesk.operations.decisions import Decided
    from crowddesk.store.queries import ActionRow

_WORDS = {
    "set_up": "Set up", "clean_up": "Clean up", "launch": "Launch", "expire": "Expire", "approve": "Approve",
    "soft_reject": "Soft reject", "reject": "Reject", "unreject": "Take a rejection back", "bonus": "Bonus",
    "block": "Block", "unblock": "Unblock", "grant": "Grant", "revoke": "Revoke", "message": "Message",
}  # fmt: skip


def kind_word(kind: str) -> str:
    """What a vendor action does, as a person reads it."""
    return _WORDS.get(kind, kind.replace("_", " ").capitalize())


def target_text(row: ActionRow) -> str:
    """What an action is about: a unit, a person or a run."""
    if row.target_type == "unit":
        return f"unit {row.target_id}"
    if row.target_type == "worker":
        return row.worker_name or f"worker {row.target_id}"
    if row.target_type == "task_run":
        return row.run_title or f"run {row.target_id}"
    return row.requester_name


def what_words(row: ActionRow) -> str:
    """What an action does, with its money or its qualification: "Bonus of USD 0.50", "Grant fluent 1"."""
    if row.amount_minor:
        return f"{kind_word(row.kind)} of {money_text(row.amount_minor, row.currency)}"
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


class ActionVerbs(Verbs):
    """Take back, try again, it happened, it did not, for the actions that `selected` names."""

    def __init__(
        self, session: Session, window: QWidget, toast: Toast, selected: Callable[[], Sequence[int] | None]
    ) -> None:
        super().__init__(session, window, toast, selected)
        self.actions = [
            self._action(self.tr("Take back"), "U", partial(self._begin, self.take_back)),
            self._action(self.tr("Try again"), "R", partial(self._begin, self.retry)),
            self._action(self.tr("It happened…"), "", partial(self._begin, self._resolve_happened)),
            self._action(self.tr("It did not happen…"), "", partial(self._begin, self._resolve_not)),
        ]

    def _begin(self, take: Callable[[Sequence[int]], None], ids: Sequence[int] | None) -> None:
        if ids is None:
            self._toast.say(STILL_READING)
        elif not ids:
            self._toast.say(self.tr("Select the actions first."))
        else:
            take(ids)

    def take_back(self, ids: Sequence[int]) -> None:
        """Cancels what has not left."""
        self.recorder.undo(ids)

    def retry(self, ids: Sequence[int]) -> None:
        """Records refused actions once more. What is live waits for Send."""
        wanted = list(ids)
        self._session.ask(lambda conn: _rows(conn, wanted), self._retry, self._fail)

    def _retry(self, rows: list[ActionRow]) -> None:
        refused = [row for row in rows if row.state == ActionState.REFUSED]
        if not refused:
            self._toast.say(self.tr("Only what a vendor refused can be tried again."))
            return
        sandbox = all(row.sandbox for row in refused)
        after = self._session.send_after(sandbox)
        caps = self._session.settings.rejections
        ids = [row.id for row in refused]

        def again(db: Any) -> Decided:
            from crowddesk.operations import decisions

            return decisions.retry(db, ids, caps=policy_of(caps), send_after=after)

        self.recorder.record(
            again,
            lambda count: f"{count_text(count, 'action')} tried again",
            noun="action",
            leaves=after is not None,
        )

    def _resolve_happened(self, ids: Sequence[int]) -> None:
        self._resolve_one(ids, self._ask_happened)

    def _resolve_not(self, ids: Sequence[int]) -> None:
        self._resolve_one(ids, self._ask_not)

    def _resolve_one(self, ids: Sequence[int], ask: Callable[[list[ActionRow]], None]) -> None:
        if len(ids) != 1:
            self._toast.say(self.tr("Look at these one by one: select one."))
            return
        wanted = list(ids)
        self._session.ask(lambda conn: _rows(conn, wanted), ask, self._fail)

    def _ask_happened(self, rows: list[ActionRow]) -> None:
        for row in rows:
            self.resolve(row, happened=True)

    def _ask_not(self, rows: list[ActionRow]) -> None:
        for row in rows:
            self.resolve(row, happened=False)

    def resolve(self, row: ActionRow, *, happened: bool) -> None:
        """Asks once more, then stores a person's word on an action that waits for it."""
        if row.state != ActionState.NEEDS_YOU:
            self._toast.say(self.tr("This action does not wait for your word."))
            return
        money = row.amount_minor + row.fee_minor
        what = action_words(row)
        if happened:
            words = self.tr("You looked at {0}, and it is there: {1}. CrowdDesk counts it as done.")
            verb = self.tr("It happened") + (f" · {money_text(money, row.currency)}" if money else "")
            notes = [self.tr("This cannot be taken back.")]
        else:
            words = self.tr(
                "You looked at {0}, and it is not there: {1}. CrowdDesk gives its money back to the budget; "
                "you can then try it again."
            )
            verb = self.tr("It did not happen")
            notes = [self.tr("If it did happen after all, trying again would do it twice.")]
        dialog = ConfirmDialog(
            self.tr("What became of action {0}?").format(row.id),
            words.format(row.provider_type, what),
            verb,
            self._window,
            danger=not row.sandbox,
            notes=notes,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._store(row.id, happened))
        dialog.open()

    def _store(self, action_id: int, happened: bool) -> None:
        def resolve(db: Any) -> bool:
            from crowddesk.operations import decisions

            decisions.resolve(db, action_id, happened=happened)
            return happened

        self._session.act(resolve, self._tell_resolved, self._fail)

    def _tell_resolved(self, happened: bool) -> None:
        self._toast.say(
            self.tr("Counted as done.") if happened else self.tr("Counted as not done. You can try it again.")
        )

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("This was not recorded"), error)


def _rows(conn: Any, ids: Sequence[int]) -> list[ActionRow]:
    from crowddesk.store.queries import ACTIONS

    return ACTIONS.rows(conn, ids)
