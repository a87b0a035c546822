"""Units: every piece of work of every run, with the decisions that can be made on it."""

from __future__ import annotations

from typing import Any

from crowddesk.domain import money_text
from crowddesk.language import mark, say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button
from crowddesk.ui.list_page import ListPage
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.remarks import RemarkVerbs
from crowddesk.ui.rows import Column
from crowddesk.ui.session import Session
from crowddesk.ui.unit_detail import UnitDetailPane, short_item, short_json
from crowddesk.ui.verbs import UnitVerbs
from crowddesk.ui.words import duration_text

#: The column of the vendor's own deadline; pages show it where there are any.
DEADLINE = mark("Approved by itself on")


def short_answer(row: Any) -> str:
    """An answer in one cell: the value of its only field, else `field: value` for each."""
    return short_json(row.answer) if row.answer else ""


def pasted_word(row: Any) -> str:
    """Whether something was pasted into the answer; nothing where nobody could see it."""
    if row.pasted is None:
        return ""
    return say("pasted") if row.pasted_into else say("no")


def tags_text(row: Any) -> str:
    """A unit's tags; a flag first, with its sign."""
    others = [word for word in row.tags if word != "flagged"]
    return ", ".join(([say("⚑ flagged")] if len(others) < len(row.tags) else []) + others)


def _kind_word(row: Any) -> str:
    words = {
        "standard": say("standard"),
        "screening": say("screening"),
        "gold": say("gold"),
        "compensation": say("compensation"),
    }
    return words.get(row.kind, row.kind)


def unit_columns(*, with_run: bool) -> list[Column]:
    """The columns of units, for the whole workspace or for one run's page."""
    columns = [
        Column("id", say("Unit"), lambda r: str(r.id), kind="number", width=64, sort_key="id", muted=True),
        Column(
            "status",
            say("Status"),
            value=lambda r: r.status,
            kind="status",
            width=140,
            sort_key="status",
            pending=lambda r: r.pending,
        ),
        Column(
            "due",
            say(DEADLINE),
            value=lambda r: r.decide_by,
            kind="deadline",
            width=160,
            sort_key="due",
            shown=False,
        ),
        Column("run", say("Task run"), lambda r: r.run_title, width=130, shown=with_run),
        Column("item", say("Item"), lambda r: r.item_key, width=90, shown=False),
        Column("data", say("Data"), short_item, stretch=True, width=240),
        Column("answer", say("Answer"), short_answer, width=120),
        Column(
            "worker", say("Worker"), lambda r: r.worker_name or "", kind="id", width=110, sort_key="worker"
        ),
        Column(
            "seconds",
            say("Time"),
            lambda r: duration_text(r.seconds),
            kind="number",
            width=64,
            sort_key="seconds",
        ),
        Column(
            "active",
            say("Active"),
            lambda r: duration_text(r.active_seconds),
            kind="number",
            width=64,
            shown=False,
            tooltip=lambda r: say("How long the page was in view and used"),
        ),
        Column(
            "pasted",
            say("Pasted"),
            pasted_word,
            width=80,
            shown=False,
            tooltip=lambda r: ", ".join(r.pasted_into or ()),
            copy=lambda r: ", ".join(r.pasted_into or ()),
        ),
        Column(
            "pay",
            say("Pay"),
            lambda r: money_text(r.pay_minor, r.currency),
            kind="money",
            width=84,
            tooltip=lambda r: say("fee {money}", money=money_text(r.fee_minor, r.currency)),
        ),
        Column(
            "submitted",
            say("Submitted"),
            value=lambda r: r.submitted_at,
            kind="time",
            width=100,
            sort_key="submitted",
        ),
        Column(
            "agent",
            say("Agent"),
            lambda r: theme.status_look(theme.agent_key(r.agent_status)).word,
            lambda r: theme.agent_key(r.agent_status),
            kind="status",
            width=130,
            shown=False,
        ),
        Column("vendor", say("At the vendor"), lambda r: r.vendor_status or "", width=120, shown=False),
        Column(
            "dataset",
            say("Data set"),
            lambda r: theme.status_look(r.dataset_status).word,
            width=90,
            shown=False,
        ),
        Column("kind", say("Kind"), _kind_word, width=90, shown=False),
        Column("tags", say("Tags"), tags_text, width=110, shown=False),
    ]
    return columns if with_run else [c for c in columns if c.key != "run"]


class UnitsPage(ListPage):
    """All units of the workspace."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(
            say("Units"),
            session,
            window,
            unit_columns(with_run=True),
            key="units",
            listing="UNITS",
            table="unit",
            noun="unit",
            beside_pane=("id", "status", "data", "answer", "worker"),
            hint=say("{example}   search units", example="status:completed time:<20s"),
        )
        self.offer_launch(
            self.tr("No units yet."),
            self.tr("Launch a run from a file of items; each item becomes the units you ask for."),
        )
        self.verbs = UnitVerbs(session, window, window.toast, self.chosen)
        self.remarks = RemarkVerbs(session, window, window.toast, self.chosen, "unit")
        self.bind([*self.verbs.actions, *self.remarks.actions])
        self.unit = UnitDetailPane(session, self.verbs)
        self.set_detail(self.unit, self.unit.show_unit)
        self.add_views(
            (
                (self.tr("All units"), ""),
                (self.tr("Waiting for review"), "status:completed pending:none"),
                (self.tr("Approved by themselves within 3 days"), "status:completed pending:none due:3d"),
                (self.tr("Answered in under 20 seconds"), "time:<20s"),
                (self.tr("Decided, not sent"), "pending:approve,soft_reject,reject,unreject"),
                (self.tr("Rejected"), "status:rejected"),
                (self.tr("In the data set"), "data:in"),
                (self.tr("Gold units"), "kind:gold"),
                (self.tr("Flagged"), "flagged:yes"),
            )
        )
        export = Button(self.tr("Export the run…"))
        export.setToolTip(self.tr("All answers of the run that the selected unit belongs to"))
        export.clicked.connect(self._export)
        self.head.add_action(export)
        self.panel.search.searched.connect(self._show_deadlines)
        self.start()

    def search(self, text: str) -> None:
        super().search(text)
        self._show_deadlines(text)

    def _show_deadlines(self, text: str) -> None:
        """A search for deadlines shows them, wherever the column was before."""
        if "due:" in text:
            self.table.columns.show_column(self.model.column_of("due"), True)

    def _export(self) -> None:
        from crowddesk.ui.dialogs.export import open_export

        row = self.table.current_row()
        if row is None:
            words = self.tr("Select a unit of the run to export.")
            self.window_.toast.say(words)
        else:
            open_export(self.session, self.window_, row.task_run_id)

    def show_wanted(self, what: Any) -> None:
        """Shows a search, or one unit by its id."""
        self.search(f"unit:{what}" if isinstance(what, int) else str(what))
        if isinstance(what, int):
            self.show_detail(what)
