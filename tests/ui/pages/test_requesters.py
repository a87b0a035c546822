"""Requesters: accounts with their balances, and adding one with the vendor's mistakes beside their fields."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crowddesk.ui.dialogs.register import RegisterDialog


def cell(page, place: int, key: str) -> str:
    row = page.model.row_at(place)
    return "" if row is None else page.model.columns[page.model.column_of(key)].shown_text(row)


def opened(program):
    page = program.window.show_page("requesters")
    program.click(page.add)
    return page, program.dialog(RegisterDialog)


def test_an_account_shows_its_balance_and_its_lane(full_program):
    program = full_program
    page = program.window.show_page("requesters")
    program.wait(lambda: cell(page, 0, "balance").startswith("USD "))
    assert cell(page, 0, "badge") == "PRACTICE"
    assert cell(page, 0, "runs") == "1"
    assert cell(page, 0, "spend") == "USD 1.44"
    program.wait(lambda: cell(page, 0, "lane") in ("idle", "working"))
    page.panel.table.select_id(page.model.id_at(0))
    program.qtbot.keyClick(page.panel.table, Qt.Key.Key_Return)
    runs = program.window.show_page("runs")
    program.wait(
        lambda: runs.list.model.query.text == "requester:practice" and runs.list.model.rowCount() == 1
    )


def test_an_account_is_added_by_its_form(program):
    page, dialog = opened(program)
    program.click(dialog.verb)
    assert "missing or wrong" in dialog._problem.text()
    program.type(dialog.form.editor("name"), "second")
    program.type(dialog.form.editor("balance"), "12.50")
    program.click(dialog.verb)
    program.wait(lambda: QApplication.activeModalWidget() is None)
    program.wait(lambda: page.model.rowCount() == 2)
    program.wait(lambda: cell(page, 1, "balance") == "USD 12.50")
    assert program.db.find_requesters("second")[0].is_registered()
    program.wait(lambda: len(program.desk._lanes) == 2)


def test_a_name_that_is_taken_and_a_wrong_amount_are_said_in_the_dialog(program):
    _, dialog = opened(program)
    program.type(dialog.form.editor("name"), "practice")
    program.click(dialog.verb)
    program.wait(lambda: "already" in program.words(dialog))
    assert dialog.verb.isEnabled()
    program.type(dialog.form.editor("name"), "third")
    program.type(dialog.form.editor("balance"), "plenty")
    program.click(dialog.verb)
    program.wait(lambda: "no amount of money" in program.words(dialog))
    assert dialog.isVisible()
    program.type(dialog.form.editor("balance"), "5")
    program.click(dialog.verb)
    program.wait(lambda: QApplication.activeModalWidget() is None)


def test_a_vendors_word_about_a_field_stands_at_that_field(qtbot, theme):
    from dataclasses import dataclass

    from crowddesk.ui.dialogs.register import VendorChoice

    @dataclass
    class Args:
        name: str
        token: str

    dialog = RegisterDialog([VendorChoice("prolific", "live", Args)])
    qtbot.addWidget(dialog)
    dialog.open()
    assert "LIVE" in dialog._what.text()
    dialog.show_failure("requester.token: the vendor does not know it.")
    assert dialog.form.editor("token").accessibleDescription() == "the vendor does not know it."
