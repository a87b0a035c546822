"""A run exported from the window: counted while it is chosen, written, made again the same; and packed."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog

from crowddesk.operations import masks
from crowddesk.operations.bundle import look_over
from crowddesk.ui.dialogs.export import ExportDialog, open_export
from crowddesk.ui.dialogs.pack import PackDialog


def test_from_the_window_it_counts_writes_and_repeats(full_program, tmp_path):
    program = full_program
    masks.add_mask(program.db, "nobody", {"seconds_below": 0})
    run_id = program.run_page().run.id
    open_export(program.session, program.window, run_id, masks=["nobody"])
    dialog = program.dialog(ExportDialog)
    program.wait(lambda: dialog.verb.text() == "Export 12 rows")
    assert dialog.masks["nobody"].text() == "nobody (−0)"
    program.type(dialog.where, "stat:x")
    program.wait(lambda: "Did you mean status" in dialog._problem.text())
    program.type(dialog.where, "")
    program.type(dialog.path, str(tmp_path / "a.csv"))
    program.wait(lambda: dialog.verb.text() == "Export 12 rows")
    program.click(dialog.verb)
    program.wait(lambda: dialog.verb.text() == "Close")
    program.click(dialog.verb)

    open_export(program.session, program.window, run_id)
    program.wait(lambda: program.dialog(ExportDialog) is not dialog)
    again = program.dialog(ExportDialog)
    (tmp_path / "no.json").write_text("{}", encoding="utf-8")
    again.manifest_chosen.emit(tmp_path / "no.json")
    program.wait(lambda: "is no manifest" in again._problem.text())
    again.manifest_chosen.emit(tmp_path / "a.csv.manifest.json")
    program.wait(lambda: again.verb.text() == "Export again")
    program.type(again.path, str(tmp_path / "b.csv"))
    program.click(again.verb)
    program.wait(lambda: again.verb.text() == "Close")
    assert "It is the same file, byte for byte." in again._note.text()
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    program.click(again.verb)


def test_a_run_is_packed_from_its_menu_beside_export(full_program, tmp_path):
    program = full_program
    actions = [action for action in program.run_page().more.menu().actions() if action.text()]
    texts = [action.text() for action in actions]
    assert texts.index("Pack into one file…") == texts.index("Export…") + 1
    actions[texts.index("Pack into one file…")].trigger()
    dialog = program.dialog(PackDialog)
    program.type(dialog.path, str(tmp_path / "a.crowddesk"))
    program.click(dialog.verb)
    program.wait(lambda: dialog.verb.text() == "Close")
    assert look_over(tmp_path / "a.crowddesk")["run"]["title"] == "Which colour?"
    program.click(dialog.verb)


def test_the_list_of_runs_offers_to_open_a_packed_one(full_program):
    page = full_program.window.show_page("runs")
    full_program.click(page.list.open_packed)
    full_program.dialog(QFileDialog).reject()
