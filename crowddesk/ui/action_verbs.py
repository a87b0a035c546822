"""The verbs of vendor actions: take back, try again, and a person's word on what nobody can look up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crowddesk.domain import ActionState, Conflict, OverBudget
from crowddesk.language import say, say_count
from crowddesk.ui.action_words import AGAIN, HAPPENED, LEAVE, choice_words
from crowddesk.ui.dialogs.word import WordDialog
from crowddesk.ui.evidence import batch_of
from crowddesk.ui.messages import ErrorDialog, Toast
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import STILL_READING, Verbs, policy_of, show_error

if TYPE_CHECKING:
    from crowddesk.operations.decisions import Decided
    from crowddesk.store.queries import ActionRow


class ActionVerbs(Verbs):
    """Take back, try again, it happened, it did not, for the actions that `selected` names."""

    def __init__(
        self, session: Session, window: QWidget, toast: Toast, selected: Callable[[], Sequence[int] | None]
    ) -> None:
        super().__init__(session, window, toast, selected)
        self.actions = [
            self._action(self.tr("Take back"), "payments.take_back", partial(self._begin, self.take_back)),
            self._action(self.tr("Try again"), "payments.retry", partial(self._begin, self.retry)),
            *(
                self._action(f"{choice_words(choice, '')}…", "", partial(self._begin, self._word_on(choice)))
                for choice in (HAPPENED, AGAIN, LEAVE)
            ),
        ]

    def _begin(self, take: Callable[[Sequence[int]], None], ids: Sequence[int] | None) -> None:
        if ids is None:
            self._toast.say(say(STILL_READING))
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
            lambda count: say_count("%n actions tried again", "%n action tried again", count),
            noun="action",
            leaves=after is not None,
        )

    def _word_on(self, choice: str) -> Callable[[Sequence[int]], None]:
        def read(ids: Sequence[int]) -> None:
            wanted = list(ids)
            self._session.ask(lambda conn: (choice, _rows(conn, wanted)), self._ask_word, self._fail)

        return read

    def _ask_word(self, found: tuple[str, list[ActionRow]]) -> None:
        choice, rows = found
        if len({batch_of(row) for row in rows}) > 1:
            self._toast.say(self.tr("Look at these one by one: select one, or those of one batch."))
        else:
            self.ask_what_became(choice, rows)

    def ask_what_became(self, choice: str, rows: Sequence[ActionRow]) -> None:
        """Asks once more, with people and money, then stores a person's word on actions of one batch."""
        waiting = [row for row in rows if row.state == ActionState.NEEDS_YOU]
        if not waiting:
            self._toast.say(self.tr("This action does not wait for your word."))
            return
        dialog = WordDialog(choice, waiting, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._store(choice, [row.id for row in waiting]))
        dialog.open()

    def _store(self, choice: str, ids: list[int]) -> None:
        def resolve(db: Any) -> tuple[str, int, list[str]]:
            from crowddesk.operations import decisions

            left = []
            for action_id in ids:
                try:
                    if choice == AGAIN:
                        decisions.resolve_and_resend(db, action_id)
                    else:
                        decisions.resolve(db, action_id, happened=choice == HAPPENED)
                except (Conflict, OverBudget) as error:  # of this one alone
                    left.append(str(error))
            return choice, len(ids) - len(left), left

        self._session.act(resolve, self._tell_resolved, self._fail)

    def _tell_resolved(self, found: tuple[str, int, list[str]]) -> None:
        choice, taken, left = found
        words = {
            HAPPENED: say_count("%n actions counted as done.", "%n action counted as done.", taken),
            AGAIN: say_count(
                "%n actions counted as not done, and sent once more.",
                "%n action counted as not done, and sent once more.",
                taken,
            ),
            LEAVE: say_count("%n actions counted as not done.", "%n action counted as not done.", taken),
        }[choice]
        if left:
            title = say_count("%n actions were left as before", "%n action was left as before", len(left))
            dialog = ErrorDialog(title, words, self._window, rows=left, details="\n".join(left))
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()
        else:
            self._toast.say(words)

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("This was not recorded"), error)


def _rows(conn: Any, ids: Sequence[int]) -> list[ActionRow]:
    from crowddesk.store.queries import ACTIONS

    return ACTIONS.rows(conn, ids)
