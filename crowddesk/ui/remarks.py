"""Notes and tags in the window: their verbs for lists and panes, and the part of a pane that shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crowddesk.language import number_text, say, say_count
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.detail import Part, PlainText
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.messages import Toast
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import STILL_READING, Verbs, show_error
from crowddesk.ui.words import exact_time, relative_time

if TYPE_CHECKING:
    from crowddesk.lanes import Job
    from crowddesk.store.remarks import NoteRow

_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose
_READ_AGAIN_MS: Final = 150
_NOTES_SHOWN: Final = 20
_FLAGGED: Final = "flagged"


def _count_words(noun: str, count: int) -> str:
    if noun == "unit":
        return say_count("%n units", "%n unit", count)
    return say_count("%n people", "%n person", count)


@dataclass(frozen=True, slots=True)
class RemarkFacts:
    """What is written about: a noun, the rows as the command line names them, and the tags in use on it.

    `about` is what the first row is called in a title, `on` says of each tag how many of the rows have it.
    """

    noun: str
    names: Sequence[str]
    about: str = ""
    words: Sequence[str] = ()
    on: Mapping[str, int] | None = None

    @property
    def rows(self) -> str:
        """How many they are: "3 people"."""
        return _count_words(self.noun, len(self.names))

    def options(self) -> list[str]:
        """The rows as options of a command."""
        return [part for name in self.names for part in (f"--{self.noun}", name)]


class RemarkVerbs(Verbs):
    """Note, tag and, for units, flag, for the rows of `noun` that `selected` names (None: not known yet)."""

    def __init__(
        self,
        session: Session,
        window: QWidget,
        toast: Toast,
        selected: Callable[[], Sequence[int] | None],
        noun: str,
    ) -> None:
        super().__init__(session, window, toast, selected)
        self.noun = noun
        self.actions = [
            self._action(self.tr("Note…"), "lists.note", self.begin_note),
            self._action(self.tr("Tag…"), "lists.tag", self.begin_tag),
        ]
        if noun == "unit":
            self.actions.append(self._action(self.tr("Flag, or take the flag off"), "lists.flag", self.flag))

    @classmethod
    def beside(cls, verbs: Verbs, selected: Callable[[], Sequence[int] | None], noun: str) -> RemarkVerbs:
        """Verbs in the same window, with the same toast, as others are."""
        return cls(verbs._session, verbs._window, verbs._toast, selected, noun)

    def begin_note(self, ids: Sequence[int] | None) -> None:
        """Asks for a note about one row."""
        chosen = self._chosen(ids)
        if len(chosen) > 1:
            self._toast.say(self.tr("A note is about one. Select one, or tag them all."))
        elif chosen:
            self._session.ask(partial(_facts, self.noun, chosen), self._ask_note, self._fail)

    def begin_tag(self, ids: Sequence[int] | None) -> None:
        """Asks for a tag for these rows."""
        if chosen := self._chosen(ids):
            self._session.ask(partial(_facts, self.noun, chosen), self._ask_tag, self._fail)

    def flag(self, ids: Sequence[int] | None) -> None:
        """Flags these units; takes the flag off where all of them have it."""
        if chosen := self._chosen(ids):
            noun = self.noun

            def turn(db: Any) -> tuple[str, bool, list[int]]:
                from crowddesk.operations import people
                from crowddesk.store import remarks

                with db.write() as w:
                    tags = remarks.tags_of(w.conn, noun, chosen)
                    on = any(_FLAGGED not in tags.get(i, ()) for i in chosen)
                    return _FLAGGED, on, people.tag(db, noun, chosen, _FLAGGED, on)

            self._session.act(turn, self._tell_tagged, self._fail)

    def tag(self, ids: Sequence[int], word: str, on: bool) -> None:
        """Puts a tag on rows or takes it off, and says so with a way back."""
        noun, chosen = self.noun, list(ids)

        def write(db: Any) -> tuple[str, bool, list[int]]:
            from crowddesk.operations import people

            return word, on, people.tag(db, noun, chosen, word, on)

        self._session.act(write, self._tell_tagged, self._fail)

    def remove_note(self, note_id: int) -> None:
        """Takes a note away; Undo writes it anew."""

        def remove(db: Any) -> NoteRow:
            from crowddesk.operations import people

            return people.unnote(db, note_id)

        self._session.act(remove, self._tell_removed, self._fail)

    # -------------------------------------------------------------------------------------------- inside

    def _chosen(self, ids: Sequence[int] | None) -> list[int]:
        if ids is None:
            self._toast.say(say(STILL_READING))
            return []
        if not len(ids):
            units = self.noun == "unit"
            self._toast.say(
                self.tr("Select the units first.") if units else self.tr("Select the people first.")
            )
        return list(ids)

    def _ask_note(self, found: tuple[list[int], RemarkFacts]) -> None:
        ids, facts = found
        if not ids:
            return
        from crowddesk.ui.dialogs.remarks import NoteDialog

        dialog = NoteDialog([facts], self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._keep(ids[0], dialog.value()))
        dialog.open()

    def _ask_tag(self, found: tuple[list[int], RemarkFacts]) -> None:
        ids, facts = found
        if not ids:
            return
        from crowddesk.ui.dialogs.remarks import TagDialog

        dialog = TagDialog(facts, self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self.tag(ids, dialog.value().word, dialog.value().on))
        dialog.open()

    def _keep(self, row_id: int, text: str) -> None:
        noun = self.noun

        def write(db: Any) -> int:
            from crowddesk.operations import people

            return people.note(db, noun, row_id, text)

        self._session.act(write, self._tell_noted, self._fail)

    def _tell_noted(self, note_id: int) -> None:
        self._toast.say(self.tr("Noted"), lambda: self.remove_note(note_id))

    def _tell_removed(self, note: NoteRow) -> None:
        self._toast.say(self.tr("Note removed"), lambda: self._keep(note.row_id, note.text))

    def _tell_tagged(self, found: tuple[str, bool, list[int]]) -> None:
        word, on, ids = found
        rows = _count_words(self.noun, len(ids))
        if not ids:
            self._toast.say(self.tr("Nothing changed: {0} was so already.").format(word))
        elif word == _FLAGGED and self.noun == "unit":
            said = self.tr("{0} flagged") if on else self.tr("Flag taken off {0}")
            self._toast.say(said.format(rows), lambda: self.tag(ids, word, not on))
        else:
            said = self.tr("{0} tagged {1}") if on else self.tr("{1} taken off {0}")
            self._toast.say(said.format(rows, word), lambda: self.tag(ids, word, not on))

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("This was not written"), error)


def _facts(noun: str, ids: list[int], conn: Any) -> tuple[list[int], RemarkFacts]:
    """In the reader: the rows' names, the tags in use, and which of them the rows have."""
    from crowddesk.store import remarks
    from crowddesk.store.queries import WORKERS

    if noun == "worker":
        rows = WORKERS.rows(conn, ids)
        ids = [row.id for row in rows]
        names = [f"{row.provider_type}:{row.worker_name}" for row in rows]  # two vendors may have one name
        about = rows[0].worker_name if rows else ""
    else:
        names, about = [str(i) for i in ids], say("unit {id}", id=ids[0])
    on: dict[str, int] = {}
    for words in remarks.tags_of(conn, noun, ids).values():
        for word in words:
            on[word] = on.get(word, 0) + 1
    used = [word for word, _ in remarks.words_of(conn, noun)]
    return ids, RemarkFacts(noun, names, about, used, on)


class RemarksPart(QWidget):
    """The tags and notes of one row in a pane; it reads them itself and keeps up with them."""

    def __init__(self, session: Session, verbs: RemarkVerbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._verbs = session, verbs
        self._row_id = 0
        self._job: Job | None = None
        self._part = Part(self.tr("Notes and tags"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._part)
        self._again = make_one_shot(self, _READ_AGAIN_MS, self._read)
        session.changed.connect(self._hear)

    def show_row(self, row_id: int) -> None:
        """Shows what is noted of a row."""
        self._row_id = row_id
        self._read()

    def _read(self) -> None:
        if self._job is not None:
            self._job.cancel()
        noun, row_id = self._verbs.noun, self._row_id

        def read(conn: Any) -> tuple[int, tuple[str, ...], list[NoteRow]]:
            from crowddesk.store import remarks

            tags = remarks.tags_of(conn, noun, [row_id]).get(row_id, ())
            return row_id, tags, remarks.notes_of(conn, noun, [row_id])

        self._job = self._session.ask(read, self._fill, self._fail)

    def _hear(self, table: str, ids: Sequence[int] | None) -> None:
        mine = table == self._verbs.noun and (ids is None or self._row_id in ids)
        if mine and self.isVisible() and not self._again.isActive():
            self._again.start()

    def _fail(self, error: Exception) -> None:
        self._part.show_data(str(error), lambda layout: layout.addWidget(Label(str(error), wrap=True)))

    def _fill(self, found: tuple[int, tuple[str, ...], list[NoteRow]]) -> None:
        row_id, tags, notes = found
        if row_id == self._row_id:
            self._part.show_data(found, lambda layout: self._add(layout, row_id, tags, notes))

    def _add(self, layout: QVBoxLayout, row_id: int, tags: Sequence[str], notes: Sequence[NoteRow]) -> None:
        line = FlowLayout()
        for word in tags:
            chip = Button(f"{word}  ×")
            chip.setToolTip(self.tr("Take it off"))
            chip.setAccessibleName(self.tr("Tag {0}, take it off").format(word))
            chip.clicked.connect(lambda _=False, w=word: self._verbs.tag([row_id], w, False))
            line.addWidget(chip)
        tag, note = Button(self.tr("Tag…"), look="link"), Button(self.tr("Note…"), look="link")
        for button, command in ((tag, "lists.tag"), (note, "lists.note")):
            button.follow(self._session.keys, command)
        tag.clicked.connect(lambda: self._verbs.begin_tag([row_id]))
        note.clicked.connect(lambda: self._verbs.begin_note([row_id]))
        line.addWidget(tag)
        line.addWidget(note)
        layout.addLayout(line)
        for each in notes[:_NOTES_SHOWN]:
            layout.addWidget(self._make_note(each))
        if len(notes) > _NOTES_SHOWN:
            layout.addWidget(
                Label(self.tr("and {0} more").format(number_text(len(notes) - _NOTES_SHOWN)), tone="muted")
            )

    def _make_note(self, note: NoteRow) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        who = Label(f"{note.created_by} · {relative_time(note.created_at)}", role="caption", tone="muted")
        who.setToolTip(exact_time(note.created_at))
        remove = Button(self.tr("Remove"), look="link")
        remove.setAccessibleName(self.tr("Remove the note of {0}").format(exact_time(note.created_at)))
        remove.clicked.connect(lambda: self._verbs.remove_note(note.id))
        head.addWidget(who, 1)
        head.addWidget(remove)
        column.addLayout(head)
        column.addWidget(PlainText(note.text, name=self.tr("Note")))
        return made
