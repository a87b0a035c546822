"""The list of who is in a run right now, on its page: it follows every status within a moment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from crowddesk.domain import AgentStatus, CrowdDeskError, now
from crowddesk.language import number_text
from crowddesk.ui import theme
from crowddesk.ui.controls import Label
from crowddesk.ui.held_rows import HeldRows
from crowddesk.ui.rows import Column
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.session import Session
from crowddesk.ui.table import RowsTable
from crowddesk.ui.words import exact_time, span_text

if TYPE_CHECKING:
    from crowddesk.store.queries.at_work import AtWork, AtWorkRow

#: Room for so many; more of them scroll.
_LEAST_ROWS: Final = 3
_MOST_ROWS: Final = 5


class AtWorkList(QWidget):
    """Who is in: worker, status, unit, for how long, time left.

    Signals: `opened(unit_id)`: Enter or a double click; `moved(unit_ids)`: units whose worker's status is
    another one, or who came or left.
    """

    opened = Signal(int)
    moved = Signal(list)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run_id = 0
        self._allowed: float | None = None
        self._total = 0
        self._asking = self._ask_again = False
        self._room = 0
        self._source = HeldRows()
        self.model = RowsModel(self._columns(), self._source, self)
        self.table = RowsTable(self.model, name=self.tr("Who is in now"))
        self.table.set_empty_state(self.tr("Nobody is in now."))
        self.table.opened.connect(lambda row: self.opened.emit(row.unit_id))
        self.head = QToolButton()
        self.head.setProperty("chrome", "fold")
        self.head.setCheckable(True)
        self.head.setChecked(session.load("run.at_work", True) is not False)
        self.head.toggled.connect(self._fold)
        self.nobody = Label(self.tr("Nobody is in now."), tone="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.nobody)
        column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.table)
        session.changed.connect(self._hear)
        self.restyle()

    def _columns(self) -> list[Column]:
        return [
            Column("worker", self.tr("Worker"), lambda r: r.worker_name, kind="id", width=130, stretch=True),
            Column(
                "status", self.tr("Status"), lambda r: theme.status_look(theme.agent_key(r.status)).word,
                lambda r: theme.agent_key(r.status), kind="status", width=130,
            ),
            Column("unit", self.tr("Unit"), lambda r: str(r.unit_id), kind="number", width=70, muted=True),
            Column(
                "for", self.tr("For"), lambda r: span_text((now() - r.since).total_seconds()), width=104,
                align="right", tooltip=lambda r: exact_time(r.since),
                copy=lambda r: r.since.isoformat(),
            ),
            Column("left", self.tr("Time left"), self._left, width=104, align="right"),
        ]  # fmt: skip

    def _left(self, row: AtWorkRow) -> str:
        if self._allowed is None or row.status == AgentStatus.PARTNER_DISCONNECT:
            return ""  # since when they worked is not told by when the other one left
        # The time counts from when the work began; before that, waiting has as long.
        before = row.status in (AgentStatus.ONBOARDING, AgentStatus.WAITING)
        left = self._allowed - (now() - (row.came_at if before else row.since)).total_seconds()
        return span_text(left) if left > 0 else self.tr("over")

    # ------------------------------------------------------------------------------------------- showing

    def show_run(self, run_id: int, allowed_seconds: float | None) -> None:
        """Shows a run; `allowed_seconds` is how long a worker has for a unit, None if that is not known."""
        self._allowed = allowed_seconds
        if run_id != self._run_id:
            self._run_id = run_id
            self._room = 0
            self._source.rows = ()
            self.model.load()
            self._show_total(0)
        self._ask()

    @property
    def total(self) -> int:
        """How many are in, those who are not listed with them."""
        return self._total

    def _hear(self, table: str, _ids: object) -> None:
        if table == "agent" and self._run_id and self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._run_id:
            self._ask()

    def _ask(self) -> None:
        """One question at a time: what changes meanwhile is in the next one."""
        if self._asking:
            self._ask_again = True
            return
        self._asking = True
        run_id = self._run_id

        def read(conn: Any) -> tuple[int, AtWork]:
            from crowddesk.store.queries.at_work import at_work

            return run_id, at_work(conn, run_id)

        self._session.ask(read, self._take, self._fail)

    def _fail(self, error: Exception) -> None:
        self._asking = self._ask_again = False
        if not isinstance(error, CrowdDeskError):
            raise error
        self.nobody.setText(self.tr("✕ Who is in could not be read: {0}").format(error))
        self.nobody.set_tone("danger")
        self.nobody.show()

    def _take(self, found: tuple[int, AtWork]) -> None:
        self._asking = False
        run_id, at_work = found
        if run_id == self._run_id:
            self.nobody.setText(self.tr("Nobody is in now."))
            self.nobody.set_tone("muted")
            self._show_rows(at_work.rows)
            self._show_total(at_work.total)
        if self._ask_again:
            self._ask_again = False
            self._ask()

    def _show_rows(self, rows: Sequence[AtWorkRow]) -> None:
        old, new = ({row.id: row for row in part} for part in (self._source.rows, rows))
        changed = [i for i, row in new.items() if i in old and old[i] != row]
        self._source.rows = rows
        if changed:
            self.model.rows_changed(changed)
        came_or_left = old.keys() ^ new.keys()
        if came_or_left:
            self._keep_place(self.model.refresh)
        if changed or came_or_left:
            told = [*changed, *came_or_left]
            self.moved.emit(sorted({(new.get(i) or old[i]).unit_id for i in told}))

    def _keep_place(self, rearrange: Any) -> None:
        """Who comes is on top; what is looked at further down stays under the eye."""
        bar = self.table.verticalScrollBar()
        top = self.table.rowAt(0) if bar.value() else -1
        row_id, offset = self.model.id_at(top), self.table.rowViewportPosition(top)
        rearrange()
        place = self.model.row_of(row_id) if top >= 0 else -1
        if place > 0:
            self.table.updateGeometries()
            bar.setValue(self.table.verticalHeader().sectionPosition(place) - offset)

    def _show_total(self, total: int) -> None:
        self._total = total
        listed = len(self._source.rows)
        if listed < total:
            words = self.tr("In now: {0}, the newest {1} listed")
            words = words.format(number_text(total), number_text(listed))
        else:
            words = self.tr("In now: {0}").format(number_text(total))
        if total:
            self._room = max(self._room, min(max(total, _LEAST_ROWS), _MOST_ROWS))
        self.head.setAccessibleName(words)
        self.head.setText(f"{'▾' if self.head.isChecked() else '▸'} {words}")
        self._make_room()

    def _fold(self, open_: bool) -> None:
        self._session.save("run.at_work", open_)
        self._show_total(self._total)

    def _make_room(self) -> None:
        """As high as the most there have been needs: what is below does not jump with every visitor."""
        self.nobody.setVisible(not self._room)
        self.head.setVisible(self._room > 0)
        self.table.setVisible(self._room > 0 and self.head.isChecked())
        header = max(self.table.horizontalHeader().sizeHint().height(), theme.px(28))
        self.table.setFixedHeight(header + self._room * self.table.verticalHeader().defaultSectionSize() + 2)

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self.head.setFont(theme.font("text"))
        self._make_room()
