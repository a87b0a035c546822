"""One more answer where they disagree, asked for from the page of a run that is live."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from crowddesk.operations import overlap
from crowddesk.operations.run_work import RunWork
from crowddesk.ui.dialogs.overlap import OverlapDialog
from crowddesk.ui.launcher import read_sections


def open_dialog(program, page):
    menu = page.more.menu()
    assert isinstance(menu, QMenu)
    next(a for a in menu.actions() if a.text() == "Ask where answers disagree…").trigger()
    return program.dialog(OverlapDialog)


def test_more_are_asked_for_and_the_rule_is_kept(program, sample, monkeypatch):
    monkeypatch.setattr(RunWork, "_close_when_done", lambda *_: False)
    sections = read_sections(sample / "run.yaml")[1]
    page = program.run_page(program.launch(sample, sections=sections))
    program.wait(lambda: page.run is not None and page.run.units.get("completed", 0) == 120)
    dialog = open_dialog(program, page)
    program.type(dialog.agreement, "100")
    program.wait(lambda: dialog._seen is not None and dialog.verb.text().startswith("Ask for"))
    asks = dialog.asks
    assert 0 < asks <= 40
    program.click(dialog.by_itself)
    program.click(dialog.verb)
    said = f"{asks} answers more are asked for. It goes on by itself."
    program.wait(lambda: said in program.window.toast.accessibleName())
    assert overlap.rule_of(program.db, page.run.id).on
    program.wait(lambda: sum(program.run(page.run.id).units.values()) >= 120 + asks)
    dialog = open_dialog(program, page)
    program.wait(lambda: dialog._seen is not None or dialog._failure != "")
    assert dialog.by_itself.isChecked()
    assert dialog.agreement.text() == "100"
    dialog.by_itself.setChecked(False)
    dialog.reject()


def test_a_closed_run_says_why_not(full_program):
    program = full_program
    program.wait(lambda: program.run().state == "closed")
    dialog = open_dialog(program, program.run_page())
    program.wait(lambda: "is closed" in dialog._problem.text())
    assert not dialog.verb.isEnabled()
    dialog.reject()
