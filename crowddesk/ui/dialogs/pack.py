"""Packs a run into one file, which opens read-only elsewhere: asks what goes along, says what is in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from crowddesk.language import mark, number_text, say_count
from crowddesk.ui.controls import Check, Label
from crowddesk.ui.dialogs.to_file import ToFileDialog
from crowddesk.ui.session import Session
from crowddesk.ui.to_file import ToFile, find_run
from crowddesk.ui.work_done import size_text

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.operations.bundle import Bundled
    from crowddesk.store.queries import RunRow


@dataclass(frozen=True, slots=True)
class PackValue:
    """Where to, and whether workers' names and the files that they sent go along."""

    path: Path
    names: bool = False
    uploads: bool = False


class PackDialog(ToFileDialog):
    """Asks where to, and what goes along; nothing that says who somebody is does unless it is chosen."""

    FORMATS = ((mark("Packed run"), ".crowddesk"),)

    def __init__(
        self, run_id: int, title: str, units: int, folder: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            self.tr("Pack “{0}” into one file").format(title), folder / f"run-{run_id}.crowddesk", parent
        )
        self._run_id, self._units = run_id, units
        self.names = Check(self.tr("Workers’ names"))
        self.uploads = Check(self.tr("The files that workers sent"))
        self._name_note, self._upload_note = (Label(role="caption", wrap=True) for _ in range(2))
        column = QVBoxLayout()
        for words in (
            self.tr("Somebody else can open the file with CrowdDesk and look at the run as it is now. "
                    "Nothing in it can be changed, decided or sent."),
            self.tr("Inside: the task and its data; all answers, decisions, bonuses and their reasons; "
                    "notes, tags, objections and masks; and the record of what happened."),
            self.tr("Stays here: other runs; the account’s settings, tokens and keys; messages to workers, "
                    "blocks, qualifications and saved views."),
        ):  # fmt: skip
            column.addWidget(Label(words, wrap=True))
        for box, note in ((self.names, self._name_note), (self.uploads, self._upload_note)):
            box.toggled.connect(self._show)
            column.addSpacing(4)
            column.addWidget(box)
            column.addWidget(note)
        self._lay_out(column)

    def value(self) -> PackValue:
        return PackValue(self.file_path(), self.names.isChecked(), self.uploads.isChecked())

    def command_line(self) -> Sequence[str] | None:
        value = self.value()
        words = ["bundle", "--run", str(self._run_id), "--to", str(value.path)]
        words += ["--with-names"] if value.names else []
        return [*words, "--with-uploads"] if value.uploads else words

    def far_words(self, done: int, total: int) -> str:
        return say_count("{0} of %n units", "{0} of %n unit", total).format(number_text(done))

    def show_done(self, made: Bundled) -> None:
        """Says what was written, and how it is opened."""
        words = self.tr(
            "{0} and {1} are in {2} ({3}). CrowdDesk shows it anywhere: “Open a packed run…”."
        ).format(
            say_count("%n units", "%n unit", made.units),
            say_count("%n files", "%n file", made.files),
            made.path,
            size_text(made.bytes),
        )
        self.finish(made.path, words)

    def _show(self) -> None:
        names, uploads = self.names.isChecked(), self.uploads.isChecked()
        self.set_verb(say_count("Pack %n units", "Pack %n unit", self._units))
        self._name_note.setText(
            self.tr(
                "Notes about people and what the vendor sent go along, too. Give this file to nobody who "
                "must not know who the workers are."
            )
            if names
            else self.tr(
                "Pseudonyms stand for them, and notes about people stay here. What people wrote in "
                "free text is not searched for names."
            )
        )
        self._upload_note.setText(
            self.tr("Pictures, sound and texts can show who somebody is. Nobody has looked into them.")
            if uploads
            else self.tr("The answers say that there was a file, but it stays here.")
        )
        for note, on in ((self._name_note, names), (self._upload_note, uploads)):
            note.set_tone("warning" if on else "muted")
        super()._show()

    def _enable(self, on: bool) -> None:
        for box in (self.names, self.uploads):
            box.setEnabled(on)
        super()._enable(on)


class _Pack(ToFile):
    def __init__(self, session: Session, window: QWidget, run_id: int) -> None:
        self.FAILED = self.tr("This run was not packed")
        super().__init__(session, window, run_id)

    def read(self, conn: Any) -> RunRow:
        return find_run(conn, self._run_id)

    def make_dialog(self, facts: RunRow, folder: Path) -> PackDialog:
        return PackDialog(facts.id, facts.title, sum(facts.units.values()), folder, self._window)

    def write(self, db: CrowdDatabase, value: PackValue, report: Callable[[int, int], None]) -> Bundled:
        from crowddesk.operations.bundle import make_bundle

        return make_bundle(
            db, self._run_id, value.path, names=value.names, uploads=value.uploads, progress=report
        )

    def show_made(self, made: Bundled) -> None:
        if self._dialog is not None:
            self._dialog.show_done(made)
        self._session.tell(
            "exports", self.tr("The run is packed"), made.path.name, self._window.activateWindow
        )


def open_pack(session: Session, window: QWidget, run_id: int) -> None:
    """Asks how to pack a run, and does it. In the GUI thread; returns at once."""
    _Pack(session, window, run_id)
