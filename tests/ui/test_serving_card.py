"""The band of a run that is served to people: link, reach, trouble, personal links, and who is in."""

from __future__ import annotations

import csv
import itertools
import statistics
import threading
import time

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from crowddesk.domain import AgentStatus, WorkspaceError
from crowddesk.providers.base import Invitation
from crowddesk.providers.mock import MockProvider
from crowddesk.store import changes
from crowddesk.store import tables as t
from crowddesk.store.queries import at_work as queries_at_work
from crowddesk.taskserver import sites
from crowddesk.taskserver.state import ServedRun, ServerState
from crowddesk.ui import theme as look
from crowddesk.ui.dialogs.invitations import InvitationsDialog
from crowddesk.ui.launcher import open_launch
from crowddesk.ui.messages import ConfirmDialog
from crowddesk.ui.qr_code import QrDialog
from crowddesk.ui.reach import HERE, NETWORK, launch_words
from crowddesk.ui.run_page import RunPage

TOKEN = "q3vB7yXr0PzLk2mN9aTfWcHdJsUeGi1o"
URL = f"http://127.0.0.1:40123/r/{TOKEN}/"
COUNTS = ("units", "completed", "accepted", "soft_rejected", "rejected")
OF_RUN = {
    "task_id": 1,
    "task_run_id": 1,
    "assignment_id": 1,
    "task_type": "static_html",
    "provider_type": "mock",
}
INVITED = [Invitation("Ada", "c0de-1", True), Invitation('=HYPERLINK("x")', "c0de-2", False)]


def served(reach=HERE, *, url=URL, listening=True, note="", visitors=0):
    address = "127.0.0.1:40123" if reach == HERE else "192.168.1.7:40123"
    return ServerState((ServedRun(1, url, reach, address, listening, note, visitors),))


class People:
    """Workers who come and go, written as the task server's writer would, in a thread of their own."""

    def __init__(self, db):
        self.db = db
        self._names = itertools.count(1)

    def come(self, unit_id, status=AgentStatus.ACCEPTED, name=""):
        """A new worker at a unit; returns the agent."""
        with self.db.write() as w:
            row = {"worker_name": name or f"person {next(self._names)}", **dict.fromkeys(COUNTS, 0)}
            worker = w.insert(t.Worker, [{**row, "provider_type": "mock", "created_at": w.at}])[0]
            agent = {"worker_id": worker, "unit_id": unit_id, "status": status, "created_at": w.at}
            return changes.insert_agents(w, [{**agent, **OF_RUN}])[0]

    def move(self, agent, status):
        with self.db.write() as w:
            assert changes.set_agent_statuses(w, {agent: (None, status)})


@pytest.fixture
def invited(monkeypatch):
    """Makes the practice crowd a vendor whose runs our own server serves; the list is who is invited."""
    people = []
    monkeypatch.setattr(MockProvider, "SERVES_TASKS", True)
    monkeypatch.setattr(MockProvider, "invitations", lambda self, run: list(people))
    return people


def open_run(desk):
    page = RunPage(desk.session, desk.window)
    desk.qtbot.addWidget(page)
    page.resize(1100, 900)
    page.show()
    page.show_run(1)
    desk.qtbot.waitUntil(lambda: page.run is not None)
    return page


@pytest.fixture
def page(desk, invited):
    made = open_run(desk)
    desk.qtbot.waitUntil(made.people.isVisible)
    return made


@pytest.fixture
def people(desk):
    return People(desk.db)


def click(page, button, qtbot):
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# ------------------------------------------------------------------------------------------- the link


def test_other_vendors_runs_show_nothing_of_it(desk, qtbot):
    page = open_run(desk)
    page.people.show_server(served())
    qtbot.waitUntil(lambda: page.people._facts is not None)
    assert not page.people.isVisible()
    assert not page.people._facts.served


def test_the_link_is_shown_whole_in_the_tip_and_copied(page, qtbot):
    card = page.people
    card.show_server(served(visitors=3))
    assert card.reach.text() == "○ this computer only"
    assert card.visitors.text() == "3 pages open"
    assert card.link.accessibleName() == f"Link: {URL}"
    page.resize(620, 900)
    card.link.setFixedWidth(200)
    card.link.repaint()
    qtbot.waitUntil(lambda: card.link.toolTip() == URL)
    click(page, card.copy, qtbot)
    assert QGuiApplication.clipboard().text() == URL
    assert not card.personal.isVisible()
    assert not card.note.isVisible()


def test_the_reach_has_a_sign_a_word_and_the_address(page):
    card = page.people
    card.show_server(served(NETWORK))
    assert card.reach.text() == "◐ local network, 192.168.1.7:40123"
    assert card.close_down.isVisible()
    assert not card.open_up.isVisible()
    card.show_server(served("public", url="https://lab.example.org/crowd/r/x/"))
    assert card.reach.text() == "● public, lab.example.org"
    assert not card.close_down.isVisible()
    assert not card.open_up.isVisible()


def test_without_a_link_the_band_says_why(page, desk):
    card = page.people
    card.show_server(ServerState())
    assert card.reach.text() == "○ not served"
    assert card.no_link.isVisible()
    assert card.no_link.text()
    for button in (card.copy, card.code, card.personal, card.open_up, card.close_down):
        assert not button.isVisible()
    card.show_server(served())
    assert not card.no_link.isVisible()


def test_a_server_that_cannot_listen_says_what_to_do(page, desk, qtbot, monkeypatch):
    card = page.people
    note = "Port 40123 is used by another program. End that one, or choose another port in Settings."
    card.show_server(served(listening=False, note=note))
    assert card.reach.text() == "✕ not reachable"
    assert card.note.text() == f"✕ {note}"
    assert not card.copy.isEnabled()
    asked = []

    class Server:
        state = ServerState()

        def look_again(self):
            asked.append(1)

    monkeypatch.setattr(desk.threads, "server", Server(), raising=False)
    click(page, card.again, qtbot)
    assert asked == [1]
    card.show_server(served())
    assert not card.note.isVisible()
    assert not card.again.isVisible()


def test_the_code_of_the_link(page, desk, qtbot, words):
    page.people.show_server(served())
    click(page, page.people.code, qtbot)
    dialog = desk.dialog(QrDialog)
    assert dialog.code.accessibleName() == "QR code of the link"
    assert dialog.code.accessibleDescription() == URL
    assert "once it is open to the local network" in words(dialog)
    click(page, dialog.copy, qtbot)
    assert QGuiApplication.clipboard().text() == URL
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    page.people.show_server(served(NETWORK))
    click(page, page.people.code, qtbot)
    assert "once it is open" not in words(desk.dialog(QrDialog))
    qtbot.keyClick(desk.dialog(), Qt.Key.Key_Escape)


# ------------------------------------------------------------------------------------- how far it reaches


def test_the_local_network_is_opened_after_the_address_was_named(page, desk, qtbot, monkeypatch):
    monkeypatch.setattr(sites, "network_address", lambda: "192.168.1.7")
    card = page.people
    card.show_server(served())
    click(page, card.open_up, qtbot)
    dialog = desk.dialog(ConfirmDialog)
    said = dialog.accessibleName()
    assert said == "Open to the local network"
    assert dialog.verb.text() == "Open to 192.168.1.7"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)  # Enter is Cancel here
    assert desk.session.settings.task_server.reach == HERE
    click(page, card.open_up, qtbot)
    click(page, desk.dialog(ConfirmDialog).verb, qtbot)
    assert desk.session.settings.task_server.reach == NETWORK
    from crowddesk import settings

    qtbot.waitUntil(lambda: settings.load(desk.db.folder).task_server.reach == NETWORK)
    card.show_server(served(NETWORK, visitors=2))
    click(page, card.close_down, qtbot)
    dialog = desk.dialog(ConfirmDialog)
    assert dialog.verb.text() == "Close to the network"
    click(page, dialog.verb, qtbot)
    assert desk.session.settings.task_server.reach == HERE


def test_a_computer_in_no_network_cannot_be_opened_to_one(page, desk, qtbot, monkeypatch):
    monkeypatch.setattr(sites, "network_address", lambda: "")
    page.people.show_server(served())
    click(page, page.people.open_up, qtbot)
    desk.said("in no local network")


def test_the_address_in_the_network_is_no_loopback():
    address = sites.network_address()
    assert address == "" or (address.count(".") == 3 and not address.startswith("127."))


def test_what_the_launch_dialog_says(desk, invited, qtbot):
    assert launch_words(False, HERE) == ""
    launcher = open_launch(desk.session, desk.window)
    qtbot.waitUntil(lambda: launcher.dialog is not None and launcher.dialog.isVisible())
    account = launcher.dialog.account
    assert account.hosting.words.text() == (
        "People reach this run by a link on this computer only. "
        "You can open it to the local network afterwards."
    )
    account.set_reach(NETWORK)
    assert account.hosting.words.text().startswith("People in your local network")
    launcher.dialog.close()
    qtbot.waitUntil(lambda: launcher.dialog is None)


# ---------------------------------------------------------------------------------------- personal links


def test_personal_links_are_copied_and_saved(desk, invited, qtbot, tmp_path):
    invited.extend(INVITED)
    page = open_run(desk)
    qtbot.waitUntil(page.people.isVisible)
    page.people.show_server(served())
    click(page, page.people.personal, qtbot)
    dialog = desk.dialog(InvitationsDialog)
    assert dialog.model.rowCount() == 2
    assert not dialog.copy_one.isEnabled()
    dialog.table.select_id(1)
    click(page, dialog.copy_one, qtbot)
    assert QGuiApplication.clipboard().text() == f"{URL}#code=c0de-1"
    dialog.table.select_id(2)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == f"{URL}#code=c0de-2"
    click(page, dialog.copy_all, qtbot)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[:2] == ["name\tlink\tcame", f"Ada\t{URL}#code=c0de-1\tyes"]
    click(page, dialog.save, qtbot)
    chooser = dialog.findChild(QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "nowhere" / "links.csv"))
    qtbot.waitUntil(lambda: "does not exist" in dialog._problem.text())
    chooser.fileSelected.emit(str(tmp_path / "links.csv"))
    qtbot.waitUntil(lambda: "2 links are in" in dialog._said.text())
    chooser.reject()
    with (tmp_path / "links.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert rows[1]["name"] == '\'=HYPERLINK("x")'
    assert (tmp_path / "links.csv").stat().st_mode & 0o077 == 0
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.people._links is None)


# --------------------------------------------------------------------------------------------- who is in


def statuses(listed):
    shown = (listed.model.row_at(place) for place in range(listed.model.rowCount()))
    return [(row.worker_name, row.status) for row in shown if row is not None]


def test_who_is_in_follows_and_opens_the_unit(page, people, qtbot, qtmodeltester):
    listed = page.people.at_work
    assert listed.nobody.isVisible()
    assert listed.nobody.text() == "Nobody is in now."
    assert not listed.head.isVisible()
    assert not listed.table.isVisible()
    first, second = people.come(1, name="Ada"), people.come(2, AgentStatus.ONBOARDING, name="Ben")
    qtbot.waitUntil(lambda: statuses(listed) == [("Ben", "onboarding"), ("Ada", "accepted")])
    assert listed.head.text() == "▾ In now: 2"
    assert listed.table.isVisible()
    qtmodeltester.check(listed.model)
    people.move(first, AgentStatus.IN_TASK)
    qtbot.waitUntil(lambda: statuses(listed)[1] == ("Ada", "in task"))
    people.move(second, AgentStatus.RETURNED)
    qtbot.waitUntil(lambda: statuses(listed) == [("Ada", "in task")])
    cells = [listed.model.index(0, column).data() for column in range(5)]
    assert cells[:3] == ["Ada", "in task", "1"]
    assert cells[3] == "under 1 min"
    assert cells[4] in ("59 min", "1 h")
    listed.table.select_id(first)
    qtbot.keyClick(listed.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.detail().isVisible() and page.detail().shown_id == 1)
    people.move(first, AgentStatus.TIMEOUT)
    qtbot.waitUntil(lambda: listed.head.text() == "▾ In now: 0")
    assert listed.table.isVisible()  # nothing below jumps when the last one leaves


def test_another_runs_people_are_not_listed(page, people, qtbot):
    agent = people.come(1, name="Ada")
    with people.db.write() as w:
        w.update(t.Agent, [agent], task_run_id=2)
    people.come(2, name="Ben")
    qtbot.waitUntil(lambda: statuses(page.people.at_work) == [("Ben", "accepted")])


def test_the_list_folds_and_stays_so(page, desk, people, qtbot):
    people.come(1)
    listed = page.people.at_work
    qtbot.waitUntil(listed.table.isVisible)
    qtbot.keyClick(listed.head, Qt.Key.Key_Space)
    assert not listed.table.isVisible()
    assert listed.head.text() == "▸ In now: 1"
    assert desk.kept["run.at_work"] is False


def test_more_than_are_listed_are_counted(page, people, qtbot):
    with people.db.write():
        for number in range(205):
            people.come(1 + number % 12)
    listed = page.people.at_work
    qtbot.waitUntil(lambda: listed.head.text() == "▾ In now: 205, the newest 200 listed")
    assert listed.model.rowCount() == 200


def test_who_comes_does_not_move_what_is_looked_at(page, people, qtbot):
    with people.db.write():
        for number in range(40):
            people.come(1 + number % 12, name=f"w{number}")
    listed = page.people.at_work
    qtbot.waitUntil(lambda: listed.model.rowCount() == 40)
    bar = listed.table.verticalScrollBar()
    bar.setValue(listed.table.rowHeight(0) * 20)
    top = listed.model.row_at(listed.table.rowAt(0)).worker_name
    people.come(3, name="late")
    qtbot.waitUntil(lambda: listed.model.rowCount() == 41)
    assert listed.model.row_at(listed.table.rowAt(0)).worker_name == top


def test_the_units_rows_follow_what_their_workers_do(page, desk, people, qtbot):
    qtbot.waitUntil(lambda: page.model.rowCount() == 12 and page.model.row_at(0) is not None)
    agent = people.come(1)
    with desk.db.write() as w:
        w.update(t.Unit, [1], agent_id=agent)
    place = page.model.row_of(1)
    qtbot.waitUntil(lambda: page.model.row_at(place).agent_status == "accepted")
    people.move(agent, AgentStatus.IN_TASK)
    qtbot.waitUntil(lambda: page.model.row_at(place).agent_status == "in task")


def test_a_list_that_cannot_be_read_says_so(page, people, qtbot, monkeypatch):
    def fail(conn, run_id):
        raise WorkspaceError("The database is locked by another program.")

    listed = page.people.at_work
    with monkeypatch.context() as patch:
        patch.setattr(queries_at_work, "at_work", fail)
        people.come(1)
        qtbot.waitUntil(lambda: "could not be read: The database is locked" in listed.nobody.text())
    people.come(2)
    qtbot.waitUntil(lambda: listed.model.rowCount() == 2)
    assert not listed.nobody.isVisible()


class _Painted(QObject):
    """Notes when a viewport has been painted with a status in its first row."""

    def __init__(self, listed):
        super().__init__()
        self.listed = listed
        self.seen = {}
        listed.table.viewport().installEventFilter(self)

    def eventFilter(self, watched, event):
        row = self.listed.model.row_at(0)
        if event.type() == QEvent.Type.Paint and row is not None:
            self.seen.setdefault((row.id, row.status), time.perf_counter())
        return False


def test_a_status_is_painted_within_200_ms_of_its_commit(page, people, qtbot):
    """From another thread's commit through bus and reader to the paint event of the row."""
    agent = people.come(1)
    listed = page.people.at_work
    painted = _Painted(listed)
    qtbot.waitUntil(lambda: (agent, "accepted") in painted.seen)
    taken = []
    steps = [AgentStatus.ONBOARDING, AgentStatus.WAITING, AgentStatus.IN_TASK, AgentStatus.PARTNER_DISCONNECT]
    for step in steps * 2:
        painted.seen.clear()
        committed = []

        def write(status=step, committed=committed):
            people.move(agent, status)
            committed.append(time.perf_counter())

        writer = threading.Thread(target=write)
        writer.start()
        qtbot.waitUntil(lambda step=step: (agent, step) in painted.seen)
        writer.join()
        taken.append(painted.seen[agent, step] - committed[0])
    assert statistics.median(taken) < 0.2, taken


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("width", [560, 800, 1240])
def test_nothing_is_cut_at_any_width(page, theme, qtbot, scale, width):
    theme.set(scale=scale)
    page.resize(width, 900)
    card = page.people
    card.show_server(served(NETWORK, url="http://192.168.1.7:40123/" + "r" * 200, visitors=12))
    parts = (card.reach, card.visitors, card.copy, card.code, card.close_down)

    def whole():
        right = card.mapTo(page, card.rect().topRight()).x()
        inside = all(p.mapTo(card, p.rect().topRight()).x() <= card.width() for p in parts)
        return inside and right <= page.width() and all(p.width() >= p.sizeHint().width() for p in parts)

    qtbot.waitUntil(whole)
    assert card.reach.font().pixelSize() == card.visitors.font().pixelSize() == look.px(13)
    qtbot.waitUntil(lambda: len({(p.x(), p.y()) for p in parts}) == len(parts))
