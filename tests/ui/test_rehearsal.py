"""A whole rehearsal through the window: people come by HTTP, are judged, paid and barred; books to the cent.

Everything is real but the people and the money: the workspace, the lanes, the task server, the sandbox in a
process of its own. Its ledger is what the report is held against.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crowddesk.domain import money_text
from crowddesk.providers.prolific_sandbox.process import SandboxProcess
from crowddesk.store.queries import ACTIONS, UNITS, WORKERS, Scope
from crowddesk.ui.dialogs.decide import DecideDialog
from crowddesk.ui.dialogs.launch import LaunchDialog
from crowddesk.ui.dialogs.money import BlockDialog, BonusDialog, QualificationDialog
from crowddesk.ui.dialogs.people import ChoosePlaceDialog
from crowddesk.ui.dialogs.rehearsal_report import RehearsalReportDialog
from crowddesk.ui.dialogs.rehearse import RehearseDialog
from crowddesk.ui.fairness import open_second_looks
from tests.ui.lab import lab_program, sandbox_of
from tests.ui.pages.conftest import Program

PLACES = 60
LONG = 100_000
RUN = """
task: {name: rehearsed, title: "Is it kind?", description: Read a sentence and say whether it is kind.,
       reward: 1.25, currency: GBP, budget: 250.00, estimated_minutes: 6}
blueprint: {_blueprint_type: static_html, template: page.html, data: items.csv, item_key: id}
provider: {_provider_type: prolific, requester_name: lab, devices: [desktop]}
"""
PAGE = """<p>${text}</p>
<label><input type="radio" name="kind" value="yes" required> yes</label>
<label><input type="radio" name="kind" value="no"> no</label> <textarea name="why"></textarea>"""
REASON = (
    "The sentence was not read: the same answer was given to everything within a few seconds, and the field "
    "for the reason repeats the question word for word."
)


@pytest.fixture
def files(tmp_path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    with (folder / "items.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("id", "text"), *((n, f"Sentence {n}.") for n in range(PLACES))])
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    (folder / "run.yaml").write_text(RUN, encoding="utf-8")
    return folder


@pytest.fixture
def sandbox(workspace_path):
    """The vendor of the live account and of its rehearsals, so nobody outside is asked."""
    with sandbox_of(workspace_path) as process:
        yield process


@pytest.fixture
def program(qtbot, qapp, theme, workspace_path, sandbox):
    with lab_program(qtbot, qapp, workspace_path, sandbox, balance=100_000) as made:
        yield made


@pytest.mark.timeout(300)
def test_from_the_dialog_to_a_report_that_is_right_to_the_cent(program, sandbox, files, tmp_path):
    page = rehearse(program, files)
    program.wait(lambda: page.run.units.get("completed", 0) == PLACES, LONG)
    units, people = answers(program, page)
    judge(program, page, units)
    pay(program, people[:3])
    bar(program, people[3], people[4])
    program.wait(lambda: ended(program), LONG)
    assert {kind: states(program, kind) for kind in ("approve", "reject", "bonus", "block", "grant")} == {
        "approve": {"done": 50},
        "reject": {"done": 2},
        "bonus": {"done": 3},
        "block": {"done": 1},
        "grant": {"done": 1},
    }
    held_against_the_ledger(program, page, sandbox, tmp_path)
    at_the_vendor(program, sandbox)
    launched_for_real(program, page)


def rehearse(program: Program, files: Path):
    """The dialog, Rehearse, and the page of the rehearsal."""
    runs = program.window.show_page("runs")
    program.click(runs.list.launch)
    dialog = program.dialog(LaunchDialog)
    program.drop(dialog, files / "run.yaml")
    program.wait(lambda: dialog.rehearse.isEnabled())
    assert not dialog.verb.isEnabled()  # nobody could show it: no form, no public address
    assert "no public address" in dialog.account.hosting.words.text()
    program.click(dialog.rehearse)
    ask = program.dialog(RehearseDialog)
    program.type(ask.people, str(PLACES * 2))
    ask.speed.setCurrentIndex(ask.speed.findData(1_000.0))
    program.click(ask.verb)
    runs_page = program.window.show_page("runs")
    program.wait(lambda: runs_page.run_page.run is not None, LONG)
    page = runs_page.run_page
    assert page.rehearsal.isVisible()
    assert "rehearsal" in program.words(page.rehearsal)
    assert page.run.provider_type == "prolific_sandbox"
    return page


def answers(program: Program, page) -> tuple[list[int], list[int]]:
    """The units that wait, and who answered them."""
    with program.db.read() as conn:
        scope = Scope(run_id=page.run.id)
        rows = list(UNITS.iterate(conn, UNITS.parse("status:completed"), scope))
    assert len(rows) == PLACES
    return [row.id for row in rows], [row.worker_id for row in rows]


def choose(program: Program, table, model, ids: list[int]) -> None:
    """Selects rows of a list as a user does, one by one."""
    program.wait(lambda: model.phase == "ready" and model.ids_known)
    places = {model.id_at(place): place for place in range(model.rowCount())}
    table.clearSelection()
    assert table.select_id(ids[0])
    flags = table.selectionModel().SelectionFlag
    for row_id in ids[1:]:
        table.selectionModel().select(model.index(places[row_id], 0), flags.Select | flags.Rows)
    table.setFocus()
    program.window.activateWindow()
    program.wait(program.window.isActiveWindow)


def judge(program: Program, page, units: list[int]) -> None:
    """50 approved, 2 rejected with a category and the reviewer's own words; 8 stay undecided."""
    table, model = page.panel.table, page.model
    choose(program, table, model, units[:50])
    program.qtbot.keyClick(table, Qt.Key.Key_A)
    approve = program.dialog(DecideDialog)
    assert approve.verb.text().startswith("Approve 50 · GBP ")
    program.click(approve.verb)
    program.wait(lambda: states(program, "approve").total() == 50)
    choose(program, table, model, units[50:52])
    program.qtbot.keyClick(table, Qt.Key.Key_X)
    reject = program.dialog(DecideDialog)
    assert not reject.verb.isEnabled()
    reject._reason.setPlainText(REASON[:60])
    reject._category.setCurrentIndex(reject._category.findData("LOW_EFFORT"))
    assert "at least 100 characters" in reject.verb.toolTip()
    reject._reason.setPlainText(REASON)
    program.click(reject.verb)
    program.wait(lambda: states(program, "reject").total() == 2)
    look_again(program)


def look_again(program: Program) -> None:
    """Both are first rejections: they do not leave before somebody agrees."""
    looks = open_second_looks(program.session, program.window)
    program.wait(lambda: looks.dialog is not None)
    dialog = looks.dialog
    assert dialog._reads.toPlainText() == REASON
    for left in (1, 0):
        program.click(dialog.verb)
        program.wait(lambda left=left: dialog.waiting == left)


def workers(program: Program, ids: list[int]):
    """The list of workers with these selected."""
    page = program.window.show_page("workers")
    choose(program, page.table, page.model, ids)
    return page


def pay(program: Program, people: list[int]) -> None:
    """A bonus of 0.75 for each, against the run's budget."""
    page = workers(program, people)
    program.qtbot.keyClick(page.table, Qt.Key.Key_B)
    place = program.dialog(ChoosePlaceDialog)
    assert place.list.item(0).text().startswith("Is it kind?")
    program.click(place.verb)
    bonus = program.dialog(BonusDialog)
    bonus._amount.setText("0.75")
    bonus._reason.setPlainText("For the reasons that you wrote.")
    program.click(bonus.verb)
    program.wait(lambda: states(program, "bonus").total() == 3)


def bar(program: Program, one: int, other: int) -> None:
    """One person is blocked, another gets a qualification: both are groups at Prolific."""
    page = workers(program, [one])
    page.verbs.begin("block", page.chosen())
    block = program.dialog(BlockDialog)
    block._reason.setText("Sends the same words for everything.")
    program.click(block.verb)
    program.wait(lambda: states(program, "block").total() == 1)
    page = workers(program, [other])
    page.verbs.begin("grant", page.chosen())
    grant = program.dialog(QualificationDialog)
    grant._name.setCurrentText("reads carefully")
    program.click(grant.verb)
    program.wait(lambda: states(program, "grant").total() == 1)


def states(program: Program, kind: str) -> Counter[str]:
    """How many actions of a kind are in which state."""
    with program.db.read() as conn:
        return Counter(a.state for a in ACTIONS.iterate(conn) if a.kind == kind)


def ended(program: Program) -> bool:
    with program.db.read() as conn:
        return all(action.state in ("done", "refused", "needs_you") for action in ACTIONS.iterate(conn))


def held_against_the_ledger(program: Program, page, sandbox: SandboxProcess, folder: Path) -> None:
    """Each sum of the report is that of the sandbox's rows; it is copied, and saved word for word."""
    program.session.wanted.emit("runs", page.run.id)
    program.click(page.rehearsal.report)
    dialog = program.dialog(RehearsalReportDialog)
    program.wait(lambda: dialog.copy.isEnabled())
    workspace = program.db.provider_store("prolific_sandbox").all("account/").values()
    rows = sandbox.ask("GET", f"/sandbox/ledger?workspace_id={next(iter(workspace))['workspace_id']}")
    paid = {kind: [row for row in rows if row["kind"] == kind] for kind in ("reward", "bonus")}
    assert [len(paid["reward"]), len(paid["bonus"])] == [50, 3]
    assert {row["amount"] for row in paid["reward"]} == {125}
    assert {row["amount"] for row in paid["bonus"]} == {75}
    total = sum(row["amount"] + row["fee"] + row["vat"] for row in rows)
    fees = sum(row["fee"] for row in rows)
    shown = program.words(dialog)
    assert money_text(total, "GBP") in shown
    assert "agree to the cent" in shown
    told = dialog.text()
    for line in (
        f"- Together: {money_text(total, 'GBP', with_currency=False)}",
        f"- Fees: {money_text(fees, 'GBP', with_currency=False)}",
        "- Rewards: 62.50",
        "- Bonuses: 2.25",
        "- Approved: 50",
        "- Rejected, low effort: 2",
        "- Bonuses paid: 3",
        "## What this cannot prove",
    ):
        assert line in told.splitlines()
    program.click(dialog.copy)
    assert QApplication.clipboard().text() == told
    target = folder / "report.md"
    dialog.save_wanted.emit(target)
    program.wait(target.exists)
    assert target.read_text(encoding="utf-8") == told
    program.click(dialog.cancel)


def at_the_vendor(program: Program, sandbox: SandboxProcess) -> None:
    """The sandbox has the reviewer's words, and the two people in their groups."""
    store = program.db.provider_store("prolific_sandbox")
    with program.db.read() as conn:
        blocked = [w.worker_name for w in WORKERS.iterate(conn) if w.blocked]
        able = [w.worker_name for w in WORKERS.iterate(conn) if w.qualifications]
    assert len(blocked) == len(able) == 1
    (requester,) = program.db.find_requesters(provider_type="prolific_sandbox")
    client, workspace = requester.client(), next(iter(store.all("account/").values()))["workspace_id"]
    members = {group.name: client.group_members(group.id) for group in client.groups(workspace)}
    assert able in members.values()
    assert blocked in members.values()
    (study,) = [line for line in client.studies(requester.project_id()) if line.places == PLACES]
    there = {line.status for line in client.submissions(study.id)}
    assert {"APPROVED", "REJECTED", "AWAITING REVIEW"} <= there


def launched_for_real(program: Program, page) -> None:
    """The way from the rehearsal: the same run, filled in, with the live account; nothing leaves yet."""
    program.click(page.rehearsal.real)
    dialog = program.dialog(LaunchDialog)
    program.wait(lambda: dialog.asked.editor("name").text() == "rehearsed")
    assert dialog.account.choice.requester_name == "lab"
    assert dialog.account.choice.environment == "live"
    assert dialog.account.form.editor("devices").value() == ["desktop"]
    assert dialog.pay.editor("reward").text() == "1.25"
    program.wait(lambda: "no public address" in dialog.account.hosting.words.text())
    assert not dialog.verb.isEnabled()
    assert dialog.rehearse.isEnabled()
    dialog.reject()
