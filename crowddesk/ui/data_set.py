"""The data set of a run: masks, what they do to it, and leaving answers out without touching pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crowddesk.domain import Cancelled, CrowdDeskError
from crowddesk.language import mark, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.beside_run import BesideRun, open_beside
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.effect_view import EffectView
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.mask_composer import Known, MaskComposer
from crowddesk.ui.mask_list import MaskList
from crowddesk.ui.messages import ConfirmDialog
from crowddesk.ui.session import Session
from crowddesk.ui.timers import make_one_shot
from crowddesk.ui.verbs import show_error
from crowddesk.ui.words import short_name

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.mask_effect import Effect, LeftOut
    from crowddesk.operations.masks import Expression, Tags
    from crowddesk.operations.quality.picture import Picture

_PAUSE_MS: Final = 120
_SLOW_MS: Final = 300
_WIDE: Final = 980
#: Answers of a run that is no larger are read anew by themselves when they change.
_SMALL: Final = 20_000
_AGAIN_MS: Final = 2_000
_FOLLOWED: Final = frozenset({"unit", "submission", "tag"})
_SUGGESTED: Final = (
    (mark("far too quick"), {"time_z_below": -3.5}),
    (mark("wrong on gold units"), {"gold_below": 0.6}),
    (mark("copied text"), {"duplicate_text": True}),
    (mark("always the same answer"), {"straight_above": 0.95}),
)


@dataclass(frozen=True, slots=True)
class _Material:
    """What effects are computed from, as it was read."""

    run_id: int
    picture: Picture
    tags: Tags
    named: Mapping[str, Expression]
    at: str


class DataSetPage(BesideRun):
    """Which answers of a run count. Pay is shown beside it, and nothing here changes it."""

    TITLE = mark("Data set")

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(session, window)
        self._material: _Material | None = None
        self._effect: Effect | None = None
        self._named: Mapping[str, Expression] = {}
        self._editing = ""
        self._to_choose: list[str] = []
        self._reading: Job | None = None
        self._counting: Job | None = None
        self._serial = 0
        self._stale = False
        self._make_head()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(20)
        self._halves.addWidget(self._make_masks(), 1)
        self.view = EffectView()
        self.view.field.currentIndexChanged.connect(self._change)
        self._halves.addWidget(self.view, 1)
        self.column.addLayout(self._halves)
        self.column.addStretch(1)
        self._pause = make_one_shot(self, _PAUSE_MS, self._count)
        self._slow = make_one_shot(self, _SLOW_MS, self.busy.show)
        self._again = make_one_shot(self, _AGAIN_MS, self._read_if_small)
        session.changed.connect(self._hear)
        self._show_buttons()

    # ---------------------------------------------------------------------------------------------- parts

    def _make_head(self) -> None:
        self.read_anew = Button(self.tr("Read anew"), look="link")
        self.read_anew.clicked.connect(self._read)
        self.read_anew.hide()
        self.quality = Button(self.tr("Quality…"))
        self.quality.clicked.connect(self._open_quality)
        self.export = Button(self.tr("Export with these masks…"))
        self.export.clicked.connect(self._export)
        self.leave_out = Button(self.tr("Leave out"), look="primary")
        self.leave_out.clicked.connect(self._leave_out)
        for button in (self.read_anew, self.quality, self.export, self.leave_out):
            self.head.add_action(button)

    def _make_masks(self) -> QWidget:
        half = QWidget()
        column = QVBoxLayout(half)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(self.tr("Masks"), role="strong"))
        self.empty = Label(
            self.tr("No masks yet. Compose one below, or begin with one of these:"), tone="muted", wrap=True
        )
        column.addWidget(self.empty)
        self.masks = MaskList()
        self.masks.changed.connect(self._change)
        self.masks.edited.connect(self._edit)
        self.masks.removed.connect(self._ask_to_remove)
        column.addWidget(self.masks)
        self.suggestions = FlowLayout(spacing=4)
        self.suggested: list[Button] = []
        for name, expression in _SUGGESTED:
            button = Button(say(name), look="link")
            button.clicked.connect(partial(self._suggest, say(name), expression))
            self.suggestions.addWidget(button)
            self.suggested.append(button)
        column.addLayout(self.suggestions)
        self.composed = Label(self.tr("A new mask"), role="strong")
        self.composer = MaskComposer()
        self.composer.changed.connect(self._change)
        column.addSpacing(6)
        column.addWidget(self.composed)
        column.addWidget(self.composer)
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self.name.setPlaceholderText(self.tr("Name of the mask"))
        self.name.setAccessibleName(self.tr("Name of the mask"))
        self.name.textChanged.connect(self._show_buttons)
        self.name.returnPressed.connect(self._save)
        self.save = Button(self.tr("Save"))
        self.save.clicked.connect(self._save)
        self.discard = Button(self.tr("Clear"))
        self.discard.clicked.connect(self._clear)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.name, 1)
        line.addWidget(self.save)
        line.addWidget(self.discard)
        column.addLayout(line)
        self._problem = Label(tone="danger", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        column.addStretch(1)
        return half

    # -------------------------------------------------------------------------------------------- reading

    def _forget(self) -> None:
        self._material = self._effect = None
        self._end_jobs()
        self._clear()
        self.masks.choose(())
        self.instead.show_words(self.tr("Reading the answers…"), "")
        self.places.setCurrentWidget(self.instead)

    def _begin(self) -> None:
        if self._material is None or self._stale or self.places.currentWidget() is not self.area:
            self._read()

    def _read(self) -> None:
        run_id = self._run_id
        self._stale = False
        self.read_anew.hide()
        if self._reading is not None:
            self._reading.cancel()

        def read(db: CrowdDatabase, _job: Job) -> _Material:
            from crowddesk.operations import masks
            from crowddesk.operations.quality.picture import make_picture

            with db.read() as conn:
                named, tags = masks.load_masks(conn), masks.tags_of(conn, run_id)
                at = QDateTime.currentDateTime().toString("HH:mm:ss")
                return _Material(run_id, make_picture(conn, run_id), tags, named, at)

        self._slow.start()
        self._reading = self._session.run_job(read, self._take, self._fail_to_read)

    def _take(self, found: _Material) -> None:
        if found.run_id != self._run_id:
            return
        self._slow.stop()
        self.busy.hide()
        self._material = found
        answers = found.picture.answers
        self.say_facts(
            say_count("%n answers", "%n answer", int(answers.standard.sum())),
            self.tr("as of {0}").format(found.at),
        )
        if not len(answers):
            self.instead.show_words(
                self.tr("No answers yet."), self.tr("Masks show what they do once the first have come.")
            )
            self.places.setCurrentWidget(self.instead)
            return
        self.places.setCurrentWidget(self.area)
        self.view.offer_fields(list(answers.fields), found.picture.label)
        self._take_masks(found.named)
        self._change()

    def _take_masks(self, named: Mapping[str, Expression]) -> None:
        from crowddesk.operations.masks import DAMAGED

        self._named = named
        self.masks.set_masks(named)
        self.empty.setVisible(not named)
        for button in self.suggested:
            button.setVisible(not named)
        tags = self._material.tags if self._material is not None else None
        whole = tuple(name for name, expression in named.items() if expression is not DAMAGED)
        self.composer.set_known(
            Known(tuple(tags.workers) if tags else (), tuple(tags.units) if tags else (), whole)
        )

    def _hear(self, table: str, _ids: object) -> None:
        if self._material is None:
            return
        if not self.isVisible():  # it is read anew when it is shown
            self._stale = self._stale or table in _FOLLOWED or table == "mask"
        elif table == "mask":
            self._session.ask(_read_masks, self._masks_read, self._fail_to_read)
        elif table in _FOLLOWED:
            self._stale = True
            self._again.start()
            self.read_anew.setVisible(len(self._material.picture.answers) > _SMALL)

    def _masks_read(self, named: Mapping[str, Expression]) -> None:
        self._take_masks(named)
        if self._editing and self._editing not in named:  # what is written of it can be kept as a new one
            self._editing = ""
            self.composed.setText(self.tr("A new mask"))
        if self._to_choose:
            self.masks.choose(self._to_choose)
            self._to_choose = []
        self._change()

    def _read_if_small(self) -> None:
        small = self._material is not None and len(self._material.picture.answers) <= _SMALL
        if self._stale and small and self.isVisible():
            self._read()

    # ------------------------------------------------------------------------------------------- counting

    def _change(self) -> None:
        """Something else is chosen: what was counted is of yesterday."""
        self._serial += 1
        if self._counting is not None:
            self._counting.cancel()
        self._effect = None
        self._pause.start()
        self._show_buttons()

    def _count(self) -> None:
        material, draft = self._material, self.composer.expression
        if material is None:
            return
        serial, names, field = self._serial, self.masks.chosen(), self.view.field.currentText()
        named = {**self._named, **({self._editing: draft} if self._editing and draft is not None else {})}

        def count(job: Job) -> tuple[int, Effect]:
            from crowddesk.operations.mask_effect import effect_of

            def goes_on() -> None:
                if job.cancelled:
                    raise Cancelled(say("Cancelled."))

            known = [name for name in names if name in named]
            return serial, effect_of(material.picture, material.tags, named, known, draft, field, goes_on)

        self._slow.start()
        self._counting = self._session.threads.counter.ask(count, self._show_effect, self._fail_to_count)

    def _fail_to_count(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return  # something else was chosen meanwhile
        self._slow.stop()
        self.busy.hide()
        if not isinstance(error, CrowdDeskError):
            raise error
        self._say(str(error))

    def _show_effect(self, found: tuple[int, Effect]) -> None:
        serial, effect = found
        if serial != self._serial:
            return
        self._slow.stop()
        self.busy.hide()
        self._say("")
        self._effect = effect
        self.masks.show_counts(dict(effect.by_mask))
        self.view.show_effect(effect)
        if self.composer.problem:
            words = self.tr("The mask being written is not counted: something in it is wrong.")
            self.view.sentence.setText(f"{self.view.sentence.text()} {words}")
        self._show_buttons()

    # -------------------------------------------------------------------------------------------- keeping

    def _suggest(self, name: str, expression: Expression) -> None:
        self.name.setText(name)
        self.composer.set_expression(expression)

    def _edit(self, name: str) -> None:
        from crowddesk.operations.masks import DAMAGED

        self._editing = name
        self.name.setText(name)
        self.composed.setText(self.tr("Change “{0}”").format(short_name(name)))
        expression = self._named.get(name)
        self.composer.set_expression(None if expression is DAMAGED else expression)
        self.composer.line.setFocus()

    def _clear(self) -> None:
        self._editing = ""
        self.name.clear()
        self.composed.setText(self.tr("A new mask"))
        self.composer.clear()
        self._say("")

    def _save(self) -> None:
        expression, name, editing = self.composer.expression, self.name.text().strip(), self._editing
        if expression is None or not name:
            self._say(self.composer.problem or self.tr("Compose the mask, and give it a name."))
            return

        def keep(db: Any) -> str:
            from crowddesk.operations import masks

            if editing:
                masks.change_mask(db, editing, expression, new_name=name)
            else:
                masks.add_mask(db, name, expression)
            return " ".join(name.split())

        chosen = self.masks.chosen()
        if not editing:
            self._to_choose = [*chosen, " ".join(name.split())]
        elif editing in chosen:
            self._to_choose = [" ".join(name.split()) if other == editing else other for other in chosen]
        self._session.act(keep, self._saved, self._fail_to_save)

    def _saved(self, name: str) -> None:
        self._window.toast.say(self.tr("The mask “{0}” is saved.").format(short_name(name)))
        self._clear()
        self._session.ask(_read_masks, self._masks_read, self._fail_to_read)

    def _fail_to_save(self, error: Exception) -> None:
        self._to_choose = []
        if not isinstance(error, CrowdDeskError):
            raise error
        self._say(str(error))

    def _ask_to_remove(self, name: str) -> None:
        dialog = ConfirmDialog(
            self.tr("Remove the mask “{0}”").format(short_name(name)),
            self.tr("What was left out by it stays left out. Nobody’s pay changes."),
            self.tr("Remove the mask"),
            self._window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._remove, name))
        dialog.open()

    def _remove(self, name: str) -> None:
        def remove(db: Any) -> None:
            from crowddesk.operations import masks

            masks.remove_mask(db, name)

        self._session.act(remove, None, self._fail_to_save)

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    # ---------------------------------------------------------------------------------------------- verbs

    def _leave_out(self) -> None:
        if self._effect is None or not self._effect.newly_out:
            return
        units = self._effect.newly_out
        self.leave_out.setEnabled(False)

        def leave(db: Any) -> LeftOut:
            from crowddesk.operations import mask_effect

            return mask_effect.leave_out(db, units)

        self._session.act(leave, self._left_out, self._fail_to_leave_out)

    def _left_out(self, left: LeftOut) -> None:
        words = self.tr("{0} left out of the data; pay is as it was").format(
            say_count("%n answers", "%n answer", left.count)
        )
        self._window.toast.say(words, partial(self._put_back, left))
        self._read()

    def _put_back(self, left: LeftOut) -> None:
        def put(db: Any) -> int:
            from crowddesk.operations import mask_effect

            return mask_effect.put_back(db, left)

        self._session.act(put, self._is_back, self._fail_to_leave_out)

    def _is_back(self, count: int) -> None:
        self._window.toast.say(self.tr("{0} as before").format(say_count("%n answers", "%n answer", count)))
        self._read()

    def _fail_to_leave_out(self, error: Exception) -> None:
        self._show_buttons()
        show_error(self._window, self.tr("The data set was not changed"), error)

    def _export(self) -> None:
        from crowddesk.ui.dialogs.export import open_export

        open_export(self._session, self._window, self._run_id, masks=self.masks.chosen())

    def _open_quality(self) -> None:
        from crowddesk.ui.quality_view import open_quality

        open_quality(self._session, self._window, self._run_id)

    # ---------------------------------------------------------------------------------------------- frame

    def _show_buttons(self, _words: str = "") -> None:
        count = len(self._effect.newly_out) if self._effect is not None else 0
        self.leave_out.setText(
            self.tr("Leave out {0}").format(say_count("%n answers", "%n answer", count))
            if count
            else self.tr("Leave out")
        )
        self.leave_out.setEnabled(count > 0)
        self.leave_out.updateGeometry()
        drafted = self.composer.expression is not None
        self.export.setEnabled(bool(self.masks.chosen()))
        self.export.setToolTip(
            "" if self.export.isEnabled() else self.tr("Choose masks that are saved: the export names them.")
        )
        self.save.setEnabled(drafted and bool(self.name.text().strip()))
        self.discard.setEnabled(drafted or bool(self.composer.problem) or bool(self._editing))

    def _end_jobs(self) -> None:
        for job in (self._reading, self._counting):
            if job is not None:
                job.cancel()

    def _fail_to_read(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            return
        self._slow.stop()
        self.busy.hide()
        super()._fail_to_read(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.px(_WIDE)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(across if wide else down)


def _read_masks(conn: Any) -> Mapping[str, Expression]:
    from crowddesk.operations.masks import load_masks

    return load_masks(conn)


def open_data_set(session: Session, window: MainWindow, run_id: int) -> DataSetPage:
    """Shows the data set of a run in the window. In the GUI thread; returns at once."""
    return open_beside(session, window, DataSetPage, run_id)
