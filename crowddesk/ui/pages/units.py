"""Units: every piece of work of every run, with the decisions that can be made on it."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from crowddesk.domain import money_text
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.page import Page
from crowddesk.ui.rows import Column, RowsQuery
from crowddesk.ui.rows_model import RowsModel
from crowddesk.ui.rows_panel import RowsPanel
from crowddesk.ui.session import Session
from crowddesk.ui.unit_detail import UnitDetailPane
from crowddesk.ui.verbs import UnitVerbs
from crowddesk.ui.words import count_text, duration_text

_LONGEST_CELL = 200


def short_answer(row: Any) -> str:
    """An answer in one cell: the value of its only field, else `field: value` for each."""
    return _short(row.answer)


def short_item(row: Any) -> str:
    """An item in one cell: its longest text, which is what tells it from the others."""
    values = [v for v in _values(row.data).values() if isinstance(v, str)]
    return max(values, key=len, default="")[:_LONGEST_CELL].replace("\n", " ")


def _values(text: str | None) -> dict[str, Any]:
    if not text:
        return {}
    try:
        found = json.loads(text)
    except ValueError:
        return {"": "(damaged)"}
    return found if isinstance(found, dict) else {"": found}


def _short(text: str | None) -> str:
    values = _values(text)
    parts = [", ".join(map(str, v)) if isinstance(v, list) else str(v) for v in values.values()]
    if len(parts) == 1:
        return parts[0][:_LONGEST_CELL].replace("\n", " ")
    named = (f"{name}: {part}" for name, part in zip(values, parts, strict=True))
    return " · ".join(named)[:_LONGEST_CELL].replace("\n", " ")


def unit_columns(*, with_run: bool) -> list[Column]:
    """The columns of units, for the whole workspace or for one run's page."""
    columns = [
        Column("id", "Unit", lambda r: str(r.id), kind="number", width=72, sort_key="id", muted=True),
        Column(
            "status", "Status", value=lambda r: r.status, kind="status", width=140, sort_key="status",
            pending=lambda r: r.pending,
        ),
        Column("run", "Task run", lambda r: r.run_title, width=150, shown=with_run),
        Column("item", "Item", lambda r: r.item_key, width=90, shown=False),
        Column("data", "Data", short_item, stretch=True, width=240),
        Column("answer", "Answer", short_answer, width=150),
        Column("worker", "Worker", lambda r: r.worker_name or "", kind="id", width=120, sort_key="worker"),
        Column("seconds", "Time", lambda r: duration_text(r.seconds), kind="number", width=70, sort_key="seconds"),
        Column(
            "pay", "Pay", lambda r: money_text(r.pay_minor, r.currency), kind="money", width=90,
            tooltip=lambda r: f"fee {money_text(r.fee_minor, r.currency)}",
        ),
        Column("submitted", "Submitted", value=lambda r: r.submitted_at, kind="time", width=110, sort_key="submitted"),
        Column("agent", "Agent", lambda r: r.agent_status or "", width=110, shown=False),
        Column("vendor", "At the vendor", lambda r: r.vendor_status or "", width=120, shown=False),
        Column("dataset", "Data set", lambda r: r.dataset_status, width=90, shown=False),
        Column("kind", "Kind", lambda r: r.kind, width=90, shown=False),
    ]  # fmt: skip
    return columns if with_run else [c for c in columns if c.key != "run"]


class UnitsPage(Page):
    """All units of the workspace."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window.tr("Units"))
        self._session = session
        self.model = RowsModel(unit_columns(with_run=True), session.source("UNITS", self), self)
        session.follow(self.model, "unit")
        self.panel = RowsPanel(
            self.model,
            name=self.tr("Units"),
            search_hint=self.tr("status:completed time:<20s   search units"),
        )
        self.panel.table.set_empty_state(
            self.tr("No units here."), self.tr("Launch a run, or search for something else.")
        )
        self.panel.table.restore(session.load("units.table", {}))
        self.verbs = UnitVerbs(session, window, window.toast, self.panel.table.selected_ids)
        self.panel.table.set_verbs(self.verbs.actions)
        self.detail = UnitDetailPane(session, self.verbs)
        self.detail.hide()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.panel)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        self.body.addWidget(split)
        self.panel.table.opened.connect(self._open)
        self.panel.table.selection_changed.connect(self._tell_selection)
        self.model.total_changed.connect(self._tell_total)
        window.closing.connect(self._keep)
        self.model.load()

    def show_wanted(self, what: Any) -> None:
        """Shows a search, or one unit by its id."""
        text = f"unit:{what}" if isinstance(what, int) else str(what)
        self.panel.search.set_text(text)
        self.model.show(RowsQuery(text=text))
        if isinstance(what, int):
            self.detail.show_unit(what)

    def _open(self, row: Any) -> None:
        self.detail.show_unit(row.id)

    def _tell_selection(self, count: int) -> None:
        if self.detail.isVisible() and count == 1:
            row = self.panel.table.current_row()
            if row is not None:
                self.detail.show_unit(row.id)
        self._tell_total(self.model.rowCount())

    def _tell_total(self, total: int) -> None:
        chosen = self.panel.table.selected_count()
        facts = [count_text(total, "unit")]
        if chosen > 1:
            facts.append(self.tr("{0} selected").format(f"{chosen:,}"))
        self.head.set_facts(facts)

    def _keep(self) -> None:
        self._session.save("units.table", self.panel.table.state())
