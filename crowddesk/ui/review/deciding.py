"""The decisions of one reviewer: made at once before the eye, recorded by the desk, undone and redone.

What is shown as decided is what was wished; when the desk or the vendor does not take it, that is said and
the unit waits again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from crowddesk.domain import ActionKind, CrowdDeskError
from crowddesk.language import say_count
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import policy_of

if TYPE_CHECKING:
    from datetime import timedelta

    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.settling import Settled, Wish
    from crowddesk.settings import Rejections
    from crowddesk.store.queries.review import UnitMark

#: How a decision of this desk stands.
RECORDING: Final = "recording"
RECORDED: Final = "recorded"
LEFT: Final = "left"
REFUSED: Final = "refused"
_LAST: Final = 10
_MOST_KEPT_UNITS: Final = 200


@dataclass(frozen=True, slots=True)
class Stand:
    """What this desk wished for a unit and how that stands; `why` says what was refused."""

    kind: str
    phase: str
    why: str = ""


@dataclass(slots=True)
class Edit:
    """One act of the reviewer: what stood for each unit before, and what should stand after."""

    after: dict[int, Wish]
    before: dict[int, Wish]
    serial: int = 0
    undone: bool = field(default=False)


class Decisions(QObject):
    """Decides, undoes and redoes, any depth over this session.

    Signals: `changed(ids)`: how these units stand; `refused(ids, sentence)`: they wait for a decision after
    all; `left(ids, kind)`: what could not be taken back, because it has left.
    """

    changed = Signal(object)
    refused = Signal(object, str)
    left = Signal(object, str)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sandbox = True
        self._undo: list[Edit] = []
        self._redo: list[Edit] = []
        self._stands: dict[int, Stand] = {}
        self._wishes: dict[int, Wish] = {}
        #: What was decided, the newest last. All of it: undoing many brings earlier ones back into sight.
        self._last: dict[int, None] = {}
        self._due: list[tuple[Edit, dict[int, Wish], dict[int, Wish]]] = []
        self._on_way: dict[int, int] = {}
        self._after_paint = make_one_shot(self, 0, self.flush)

    def begin(self, sandbox: bool) -> None:
        """Another run: its decisions have a history of their own."""
        self.flush()
        self._sandbox = sandbox
        for kept in (self._undo, self._redo, self._last):
            kept.clear()
        self._stands.clear()
        self._wishes.clear()

    # ---------------------------------------------------------------------------------------- asking

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def stand(self, unit_id: int) -> Stand | None:
        """How this desk's decision on a unit stands; None where it made none."""
        return self._stands.get(unit_id)

    def last_ten(self) -> list[tuple[int, Stand]]:
        """The units decided last, oldest first."""
        newest = islice((unit_id for unit_id in reversed(self._last) if unit_id in self._stands), _LAST)
        return [(unit_id, self._stands[unit_id]) for unit_id in newest][::-1]

    def followed(self) -> set[int]:
        """The units whose fate matters here."""
        return set(self._stands)

    # -------------------------------------------------------------------------------------- deciding

    def decide(self, wishes: Mapping[int, Wish]) -> None:
        """Makes these wishes stand. They are recorded once what follows is painted."""
        from crowddesk.operations.settling import NOTHING

        edit = Edit(dict(wishes), {unit_id: self._wishes.get(unit_id, NOTHING) for unit_id in wishes})
        self._undo.append(edit)
        self._redo.clear()
        self._carry_out(edit, edit.after)

    def undo(self) -> list[int]:
        """Takes the last act back; the units it was about, none if there is nothing to take back."""
        if not self._undo:
            return []
        edit = self._undo.pop()
        edit.undone = True
        self._redo.append(edit)
        self._carry_out(edit, edit.before)
        return list(edit.after)

    def redo(self) -> list[int]:
        """Makes the act that was undone last stand again."""
        if not self._redo:
            return []
        edit = self._redo.pop()
        edit.undone = False
        self._undo.append(edit)
        self._carry_out(edit, edit.after)
        return list(edit.after)

    def note(self, kind: str, ids: Iterable[int]) -> None:
        """A dialog has recorded a decision on these units: it belongs to the history, too."""
        from crowddesk.operations.settling import NOTHING, Wish

        wishes = {unit_id: Wish(kind) for unit_id in ids}
        edit = Edit(wishes, {unit_id: self._wishes.get(unit_id, NOTHING) for unit_id in wishes})
        self._undo.append(edit)
        self._redo.clear()
        self._stand(wishes, RECORDED)

    def _carry_out(self, edit: Edit, wishes: dict[int, Wish]) -> None:
        standing = {unit_id: self._wishes[unit_id] for unit_id in wishes if unit_id in self._wishes}
        self._stand(wishes, RECORDING)
        for unit_id in wishes:
            self._on_way[unit_id] = self._on_way.get(unit_id, 0) + 1
        self._due.append((edit, dict(wishes), standing))
        self._after_paint.start()

    def _stand(self, wishes: Mapping[int, Wish], phase: str) -> None:
        for unit_id, wish in wishes.items():
            self._last.pop(unit_id, None)
            if wish.kind:
                self._wishes[unit_id] = wish
                self._stands[unit_id] = Stand(wish.kind, phase)
                self._last[unit_id] = None
            else:
                self._wishes.pop(unit_id, None)
                self._stands.pop(unit_id, None)
        self.changed.emit(set(wishes))

    # ------------------------------------------------------------------------------------- recording

    def flush(self) -> None:
        """Hands what was decided to the desk's thread now."""
        self._after_paint.stop()
        due, self._due = self._due, []
        after = self._session.send_after(self._sandbox)
        caps = self._session.settings.rejections
        for edit, wishes, standing in due:
            self._session.act(partial(_record, edit, wishes, standing, caps, after), self._take)

    def _take(self, found: tuple[Edit, dict[int, Wish], dict[int, Wish], list[Settled] | Exception]) -> None:
        edit, wishes, standing, settled = found
        newest = [unit_id for unit_id in wishes if self._is_newest(unit_id)]
        if isinstance(settled, Exception):
            self._forget(edit, list(wishes))
            self._reopen(newest, edit, wishes, str(settled))
            # Nothing was changed, so what stood before still does, and is this desk's to take back.
            self._wishes |= {unit_id: standing[unit_id] for unit_id in newest if unit_id in standing}
            return
        why: dict[str, list[int]] = {}
        gone: dict[str, list[int]] = {}
        for one in settled:
            if one.before.kind:  # whole, with its reason, which a dialog has asked for
                (edit.after if edit.undone else edit.before)[one.unit_id] = one.before
            if one.unit_id not in newest:
                continue
            if one.why:
                why.setdefault(one.why, []).append(one.unit_id)
            elif not one.wish.kind and one.left:
                gone.setdefault(one.left, []).append(one.unit_id)
            elif one.wish.kind:
                self._stands[one.unit_id] = Stand(one.wish.kind, RECORDED)
        for sentence, ids in why.items():
            self._forget(edit, ids)
            self._reopen(ids, edit, wishes, sentence)
        for kind, ids in gone.items():
            self._forget(edit, ids)
            for unit_id in ids:
                self._stands[unit_id] = Stand(kind, LEFT)
            self.left.emit(ids, kind)
        self.changed.emit(set(newest))

    def _is_newest(self, unit_id: int) -> bool:
        """Whether nothing newer is on its way for a unit; what came is counted off."""
        left = self._on_way.get(unit_id, 1) - 1
        if left:
            self._on_way[unit_id] = left
        else:
            self._on_way.pop(unit_id, None)
        return not left

    def _forget(self, edit: Edit, ids: Sequence[int]) -> None:
        """What did not happen for these units is neither undone nor redone."""
        for unit_id in ids:
            edit.after.pop(unit_id, None)
            edit.before.pop(unit_id, None)
        for stack in (self._undo, self._redo):
            stack[:] = [one for one in stack if one.after]

    def _reopen(self, ids: Sequence[int], edit: Edit, wishes: Mapping[int, Wish], sentence: str) -> None:
        if not ids:
            return
        for unit_id in ids:
            wish = wishes[unit_id]
            self._wishes.pop(unit_id, None)
            self._stands[unit_id] = Stand(wish.kind, REFUSED, sentence)
        self.refused.emit(list(ids), sentence)
        self.changed.emit(set(ids))

    # ------------------------------------------------------------------------------------- following

    def take_marks(self, marks: Mapping[int, UnitMark], outcomes: Mapping[int, str]) -> None:
        """How units stand in the database; `outcomes` are vendors' words on what they refused."""
        from crowddesk.operations.settling import KIND_OF_STATUS

        changed: set[int] = set()
        reopened: dict[str, list[int]] = {}
        for unit_id, mark in marks.items():
            stand = self._stands.get(unit_id)
            if stand is None or unit_id in self._on_way:
                continue
            if mark.pending is not None:
                new = Stand(mark.pending, RECORDED)
            elif not mark.waits:
                # Another desk may have taken ours back and decided otherwise.
                new = Stand(KIND_OF_STATUS.get(mark.status, stand.kind), LEFT)
            elif stand.phase in (RECORDED, LEFT):
                why = outcomes.get(unit_id, "")
                self._wishes.pop(unit_id, None)
                if not why:  # taken back at another desk, or in the list
                    self._stands.pop(unit_id)
                    reopened.setdefault("", []).append(unit_id)
                    continue
                new = Stand(stand.kind, REFUSED, why)
                reopened.setdefault(why, []).append(unit_id)
            else:
                continue
            if new != stand:
                self._stands[unit_id] = new
                changed.add(unit_id)
        for why, ids in reopened.items():
            changed.update(ids)
            if why:
                self.refused.emit(ids, why)
        if changed:
            self.changed.emit(changed)

    # --------------------------------------------------------------------------------------- keeping

    def kept(self) -> list[list[list[Any]]]:
        """The last ten acts as plain values: [unit, kind before, kind after] for each unit of each."""
        return [
            [[unit_id, edit.before[unit_id].kind, wish.kind] for unit_id, wish in edit.after.items()]
            for edit in self._undo[-_LAST:]
            if len(edit.after) <= _MOST_KEPT_UNITS
        ]

    def restore(self, kept: Any, marks: Mapping[int, UnitMark]) -> None:
        """Takes the history of an earlier session over, as far as it still stands. `kept` may be anything."""
        from crowddesk.operations.settling import Wish

        self._undo.clear()
        for units in kept if isinstance(kept, list) else ():
            after: dict[int, Wish] = {}
            before: dict[int, Wish] = {}
            for one in units if isinstance(units, list) else ():
                match one:
                    case [int(unit_id), str(old), str(new)] if unit_id in marks and not marks[unit_id].waits:
                        after[unit_id], before[unit_id] = Wish(new), Wish(old)
            if after:
                self._undo.append(Edit(after, before))
                self._stand(after, RECORDED)
        self.take_marks(marks, {})


def _record(
    edit: Edit,
    wishes: dict[int, Wish],
    standing: dict[int, Wish],
    caps: Rejections,
    after: timedelta | None,
    db: CrowdDatabase,
) -> tuple[Edit, dict[int, Wish], dict[int, Wish], list[Settled] | Exception]:
    """In the desk's thread; what is refused comes back as the error."""
    from crowddesk.operations.settling import settle

    try:
        kinds = {unit_id: wish.kind for unit_id, wish in standing.items()}
        made = settle(db, wishes, kinds, caps=policy_of(caps), send_after=after)
    except CrowdDeskError as error:
        return edit, wishes, standing, error
    return edit, wishes, standing, made


def units_of_kept(kept: Any) -> list[int]:
    """The units of a kept history, which may be anything."""
    return [
        one[0]
        for units in (kept if isinstance(kept, list) else ())
        for one in (units if isinstance(units, list) else ())
        if isinstance(one, list) and one and isinstance(one[0], int)
    ]


def not_done_words(kind: str, ids: Sequence[int], why: str) -> str:
    """A decision that was not recorded, of one unit, which is named, or of several."""
    if kind == ActionKind.APPROVE:
        words = say_count("%n units were not approved: {0}", "Unit {1} was not approved: {0}", len(ids))
    elif kind == ActionKind.SOFT_REJECT:
        words = say_count(
            "%n units were not soft rejected: {0}", "Unit {1} was not soft rejected: {0}", len(ids)
        )
    elif kind == ActionKind.REJECT:
        words = say_count("%n units were not rejected: {0}", "Unit {1} was not rejected: {0}", len(ids))
    else:
        words = say_count("%n units were not taken back: {0}", "Unit {1} was not taken back: {0}", len(ids))
    return words.format(why, ids[0])
