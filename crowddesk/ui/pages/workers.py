"""Workers: the people of every vendor, what became of their work, and the verbs that are about a person."""

from __future__ import annotations

from typing import Any

from crowddesk.language import number_text, say, say_count
from crowddesk.ui.controls import Button
from crowddesk.ui.detail import money_sum
from crowddesk.ui.keeping_out import KeepingOut
from crowddesk.ui.list_page import ListPage
from crowddesk.ui.main_window import MainWindow
from crowddesk.ui.pages.runs import account_badge
from crowddesk.ui.person_verbs import PersonVerbs
from crowddesk.ui.remarks import RemarkVerbs
from crowddesk.ui.rows import Column
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import environment_of
from crowddesk.ui.worker_detail import WorkerDetailPane, judged_share, qualification_text
from crowddesk.ui.worker_verbs import WorkerVerbs


def worker_columns() -> list[Column]:
    """The columns of workers."""
    return [
        Column(
            "worker",
            say("Worker"),
            lambda r: r.worker_name,
            kind="id",
            width=144,
            sort_key="name",
            stretch=True,
        ),
        Column(
            "badge",
            say("Vendor"),
            account_badge,
            kind="badge",
            width=140,
            value=lambda r: environment_of(r.provider_type, r.sandbox),
            tooltip=lambda r: r.provider_type,
        ),
        Column(
            "person",
            say("Person"),
            person_text,
            width=110,
            tooltip=_person_note,
        ),
        Column("tags", say("Tags"), lambda r: ", ".join(r.tags), width=110),
        Column("notes", say("Notes"), lambda r: _count(r.notes), kind="number", width=60, shown=False),
        Column("blocked", say("Blocked"), lambda r: say("⊘ blocked") if r.blocked else "", width=84),
        Column(
            "units", say("Units"), lambda r: number_text(r.units), kind="number", width=60, sort_key="units"
        ),
        Column("completed", say("To review"), lambda r: _count(r.completed), kind="number", width=80),
        Column(
            "accepted",
            say("Accepted"),
            lambda r: _count(r.accepted),
            kind="number",
            width=80,
            sort_key="accepted",
            tooltip=lambda r: judged_share(r, r.accepted),
        ),
        Column(
            "share",
            say("Accepted, %"),
            lambda r: judged_share(r, r.accepted).removesuffix(" %"),
            kind="number",
            width=100,
            shown=False,
            tooltip=lambda r: say("Of the answers that were judged"),
        ),
        Column(
            "soft_rejected",
            say("Soft rej."),
            lambda r: _count(r.soft_rejected),
            kind="number",
            width=76,
            sort_key="soft_rejected",
            tooltip=lambda r: judged_share(r, r.soft_rejected),
        ),
        Column(
            "rejected",
            say("Rejected"),
            lambda r: _count(r.rejected),
            kind="number",
            width=80,
            sort_key="rejected",
            tooltip=lambda r: judged_share(r, r.rejected),
        ),
        Column(
            "qualifications", say("Qualifications"), lambda r: qualification_text(r.qualifications), width=108
        ),
        Column("bonuses", say("Bonuses"), lambda r: money_sum(r.bonuses), kind="money", width=92),
        Column(
            "seen", say("Last seen"), value=lambda r: r.last_seen_at, kind="time", width=96, sort_key="seen"
        ),
        Column("id", say("Number"), lambda r: str(r.id), kind="number", width=80, sort_key="id", shown=False),
        Column(
            "created", say("First seen"), value=lambda r: r.created_at, kind="time", width=100, shown=False
        ),
    ]


def person_text(row: Any) -> str:
    """The person behind several accounts: "Ada (2)"; "" for who stands for themselves."""
    return f"{row.person} ({number_text(row.accounts)})" if row.accounts > 1 else ""


def _person_note(row: Any) -> str:
    if row.accounts <= 1:
        return ""
    words = say_count(
        "{person}: one person with %n accounts", "{person}: one person with %n account", row.accounts
    )
    return words.format(person=row.person)


def _count(number: int) -> str:
    return number_text(number) if number else "–"


class WorkersPage(ListPage):
    """All workers of the workspace."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(
            say("Workers"),
            session,
            window,
            worker_columns(),
            key="workers",
            listing="WORKERS",
            table="worker",
            noun="worker",
            beside_pane=("worker", "blocked", "units", "completed", "accepted", "rejected"),
            hint=say("{example}   search workers", example="rejected:>2 tag:expert qualification:fluent"),
            also=("block", "granted_qualification", "vendor_action"),
        )
        self.offer_launch(
            self.tr("Nobody has worked for you yet."), self.tr("People appear here when a run is live.")
        )
        self.verbs = WorkerVerbs(session, window, window.toast, self.chosen)
        self.persons = PersonVerbs(session, window, window.toast, self.chosen)
        self.remarks = RemarkVerbs(session, window, window.toast, self.chosen, "worker")
        self.keeping_out = KeepingOut(session, window, window.toast)
        verbs = (self.verbs, self.remarks, self.persons, self.keeping_out)
        self.bind([action for each in verbs for action in each.actions])
        self.worker = WorkerDetailPane(session, self.verbs, self.persons, self.remarks)
        self.set_detail(self.worker, self.worker.show_worker)
        self.add_views(
            (
                (self.tr("Everybody"), ""),
                (self.tr("With work to review"), "completed:>0"),
                (self.tr("Rejected at least once"), "rejected:>0"),
                (self.tr("Blocked"), "blocked:yes"),
                (self.tr("Several accounts, one person"), "identity:*"),
                (self.tr("With a note"), "note:*"),
            )
        )
        alike = Button(self.tr("Who may be one person…"))
        alike.setToolTip(self.tr("Accounts with the same name, id, address or words"))
        alike.clicked.connect(self.persons.show_hints)
        self.head.add_action(alike)
        make = Button(self.tr("New qualification…"))
        make.clicked.connect(self.verbs.make_qualification)
        self.head.add_action(make)
        self.from_file = Button(self.tr("Qualifications from a file…"))
        self.from_file.clicked.connect(self._open_file)
        self.head.add_action(self.from_file)
        self.start()

    def _open_file(self) -> None:
        from crowddesk.ui.qualification_file import open_qualification_file

        open_qualification_file(self.session, self.window_, self.window_.toast)

    def show_wanted(self, what: Any) -> None:
        """Shows a search, or one worker by their id."""
        if isinstance(what, int):
            self.search("")
            self.show_detail(what)
            self.table.select_id(what)
        else:
            self.search(str(what))
