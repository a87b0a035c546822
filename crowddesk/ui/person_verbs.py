"""The verbs about persons with several accounts: merge, split, rename, and hints who may be the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crowddesk.language import say, say_count
from crowddesk.ui.dialogs.persons import HintLine, HintsDialog, LabelDialog, MergeDialog, MergeFacts
from crowddesk.ui.messages import Toast
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import STILL_READING, Verbs, show_error
from crowddesk.ui.words import short_name, vendor_name

if TYPE_CHECKING:
    from crowddesk.lanes import Job
    from crowddesk.store.identities import Joined, Person

_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose


class PersonVerbs(Verbs):
    """Merge and split, for the workers that `selected` names (None: their ids are still being read)."""

    def __init__(
        self, session: Session, window: QWidget, toast: Toast, selected: Callable[[], Sequence[int] | None]
    ) -> None:
        super().__init__(session, window, toast, selected)
        self.actions = [
            self._action(self.tr("Merge into one person…"), "lists.merge", self.begin_merge),
            self._action(self.tr("Split from the person"), "", self._split_chosen),
        ]

    def begin_merge(self, ids: Sequence[int] | None) -> None:
        """Reads who the chosen accounts are merged with already, then asks."""
        if ids is None:
            self._toast.say(say(STILL_READING))
        elif len(ids) < 2:
            self._toast.say(self.tr("Select the accounts of one person: at least two."))
        else:
            self._session.ask(partial(_merge_facts, list(ids)), self._ask_merge, self._fail)

    def split(self, worker_id: int) -> None:
        """Takes an account out of its person; Undo merges it again."""

        def take_out(db: Any) -> tuple[Person | None, int, list[int]]:
            from crowddesk.operations import people
            from crowddesk.store import identities

            with db.write() as w:
                person = identities.people_of(w.conn, [worker_id]).get(worker_id)
                return person, worker_id, people.split(db, worker_id)

        self._session.act(take_out, self._tell_split, self._fail)

    def rename(self, worker_id: int, person: Person) -> None:
        """Asks for another label of a person."""
        account = next(m for m in person.members if m.worker_id == worker_id)
        name = f"{account.provider_type}:{account.worker_name}"
        dialog = LabelDialog(name, person.label, self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._rename(person.id, dialog.value()))
        dialog.open()

    def show_hints(self) -> None:
        """Looks for accounts that may be one person, in a job, and lists them."""
        self._toast.say(self.tr("Looking for accounts that look alike…"))
        self._session.run_job(_find_hints, self._list_hints, self._fail)

    # -------------------------------------------------------------------------------------------- inside

    def _split_chosen(self, ids: Sequence[int] | None) -> None:
        if ids is None:
            self._toast.say(say(STILL_READING))
        elif len(ids) != 1:
            self._toast.say(self.tr("Select the one account that belongs to somebody else."))
        else:
            self.split(ids[0])

    def _ask_merge(self, facts: MergeFacts) -> None:
        dialog = MergeDialog(facts, self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._merge(list(facts.ids), dialog.value()))
        dialog.open()

    def _merge(self, ids: list[int], label: str) -> None:
        def merge(db: Any) -> tuple[Joined, int]:
            from crowddesk.operations import people

            return people.merge(db, ids, label), len(ids)

        self._session.act(merge, self._tell_merged, self._fail)

    def _unmerge(self, joined: Joined) -> None:
        def part(db: Any) -> list[int]:
            from crowddesk.operations import people

            return people.unmerge(db, joined)

        self._session.act(part, self._tell_parted, self._fail)

    def _rename(self, identity_id: int, label: str) -> None:
        def rename(db: Any) -> str:
            from crowddesk.operations import people

            return people.label(db, identity_id, label)

        self._session.act(rename, self._tell_renamed, self._fail)

    def _tell_renamed(self, label: str) -> None:
        self._toast.say(self.tr("Renamed to {0}").format(label))

    def _tell_merged(self, found: tuple[Joined, int]) -> None:
        joined, count = found
        words = self.tr("{0} are one person").format(say_count("%n accounts", "%n account", count))
        self._toast.say(words, lambda: self._unmerge(joined))

    def _tell_parted(self, moved: list[int]) -> None:
        self._toast.say(
            self.tr("Taken back: {0} stand as before").format(
                say_count("%n accounts", "%n account", len(moved))
            )
        )

    def _tell_split(self, found: tuple[Person | None, int, list[int]]) -> None:
        person, worker_id, alone = found
        words = self.tr("Split: {0} for itself now").format(
            say_count("%n accounts stand", "%n account stands", len(alone))
        )
        if person is None:
            self._toast.say(words)
            return
        others = [m.worker_id for m in person.members if m.worker_id != worker_id]
        self._toast.say(words, lambda: self._merge([others[0], worker_id], person.label))

    def _list_hints(self, hints: list[HintLine]) -> None:
        dialog = HintsDialog(hints, self._window)
        dialog.setAttribute(_DELETE)
        dialog.merge_wanted.connect(self.begin_merge)
        dialog.open()

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("This was not changed"), error)


def _merge_facts(ids: list[int], conn: Any) -> MergeFacts:
    """In the reader: everybody who would be one person, and what they are called."""
    from crowddesk.store import identities
    from crowddesk.store.queries import WORKERS

    chosen = WORKERS.rows(conn, ids)
    everybody = WORKERS.rows(conn, sorted(identities.accounts_of(conn, ids)))
    label = next((row.person for row in everybody if row.person), "")
    return MergeFacts(
        [row.id for row in chosen],
        [f"{row.provider_type}:{row.worker_name}" for row in chosen],
        [f"{short_name(row.worker_name)} – {vendor_name(row.provider_type)}" for row in everybody],
        label or (chosen[0].worker_name if chosen else ""),
    )


def _find_hints(db: Any, _job: Job) -> list[HintLine]:
    from crowddesk.operations import people

    with db.read() as conn:
        return [HintLine(hint.worker_ids, hint.names, hint.why) for hint in people.find_hints(conn)]
