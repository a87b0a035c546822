"""An account with a token in the window: dots, where it is kept, choices looked up, unlocked and replaced."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from crowddesk import vault
from crowddesk.data_model.requester import Requester
from crowddesk.operations.lane_work import LaneWork, Step
from crowddesk.providers.prolific import wire
from crowddesk.providers.prolific.account import ProlificRequester
from crowddesk.ui.dialogs.register import RegisterDialog
from crowddesk.ui.dialogs.token import ReplaceTokenDialog, UnlockDialog
from tests.keychain import MemoryKeyring, own_vault
from tests.providers.prolific.account_server import account_server, workspace
from tests.secret_search import files_with

TOKEN = "t0ken-of-the-window-tests"
OTHER = "another-t0ken-of-the-window"
PHRASE = "correct horse battery"


@pytest.fixture
def chain(tmp_path):
    backend = MemoryKeyring()
    with own_vault(tmp_path / "config", backend):
        yield backend


@pytest.fixture
def vendor(monkeypatch, chain):
    monkeypatch.setattr(wire, "_PAUSES", ())
    with account_server() as server:
        server.tokens[TOKEN] = [workspace("lab", "pilot", "main"), workspace("other", "x", currency="USD")]
        monkeypatch.setattr(ProlificRequester, "ADDRESS", server.address)
        yield server


def cell(page, place: int, key: str) -> str:
    row = page.model.row_at(place)
    return "" if row is None else page.model.columns[page.model.column_of(key)].shown_text(row)


def opened(program):
    page = program.window.show_page("requesters")
    program.click(page.add)
    dialog = program.dialog(RegisterDialog)
    dialog.vendor.setCurrentIndex(dialog.vendor.findData("prolific"))
    return page, dialog


def choose(dialog, name: str, value: str) -> None:
    combo = dialog.form.editor(name).combo
    combo.setCurrentIndex(combo.findData(value))


def filled(program, dialog, token: str = TOKEN) -> None:
    program.type(dialog.form.editor("name"), "lab")
    program.type(dialog.form.editor("token").line, token)


def place_of(program, page, name: str) -> int:
    """Where an account stands in the list, once it is there."""

    def places() -> list[int]:
        rows = [(place, page.model.row_at(place)) for place in range(page.model.rowCount())]
        return [place for place, row in rows if row is not None and row.requester_name == name]

    program.wait(lambda: bool(places()))
    return places()[0]


def test_a_token_is_dots_until_it_is_shown(program, vendor):
    _, dialog = opened(program)
    assert "LIVE" in dialog._what.text()
    assert dialog._what.property("tone") == "danger"
    secret = dialog.form.editor("token")
    filled(program, dialog)
    assert secret.line.echoMode() == QLineEdit.EchoMode.Password
    assert secret.line.displayText() != TOKEN
    program.click(secret.show_button)
    assert secret.line.displayText() == TOKEN
    assert secret.show_button.text() == "Hide"
    program.click(secret.show_button)
    assert secret.line.displayText() != TOKEN
    assert TOKEN not in program.words(dialog)
    assert "API token" in secret.line.accessibleName()


def test_an_account_is_added_with_what_was_looked_up(program, vendor, chain, tmp_path):
    page, dialog = opened(program)
    filled(program, dialog)
    keep = dialog.form.editor("keep_in")
    assert keep.value() == "keychain"  # the safest comes first
    assert dialog.form.editor("passphrase").isHidden() or not dialog.form.editor("passphrase").isVisible()
    program.click(dialog.form.editor("workspace").button)
    program.wait(lambda: dialog.form.editor("workspace").offered)
    assert dialog.form.editor("project").value() == ""
    choose(dialog, "workspace", "w-lab")
    program.wait(lambda: dialog.form.editor("project").offered)
    choose(dialog, "project", "p-main")
    program.click(dialog.verb)
    program.wait(lambda: QApplication.activeModalWidget() is None)
    program.wait(lambda: page.model.rowCount() == 2)
    place = place_of(program, page, "lab")
    program.wait(lambda: cell(page, place, "balance") == "GBP 123.45")
    assert cell(page, place, "badge").startswith("LIVE")
    assert list(chain.kept.values()) == [TOKEN]
    account = program.db.find_requesters("lab")[0]
    assert (account.workspace_id(), account.project_id()) == ("w-lab", "p-main")
    assert files_with(TOKEN, tmp_path) == []


def test_what_must_be_chosen_is_looked_up_by_itself(program, vendor):
    _, dialog = opened(program)
    filled(program, dialog)
    program.click(dialog.verb)
    workspace_field = dialog.form.editor("workspace")
    program.wait(lambda: workspace_field.offered)
    assert dialog.verb.isEnabled()
    choose(dialog, "workspace", "w-other")
    program.wait(lambda: dialog.form.editor("project").value() == "p-x")  # the only one
    program.click(dialog.verb)
    program.wait(lambda: QApplication.activeModalWidget() is None)
    assert program.db.find_requesters("lab")[0].currency == "USD"


def test_another_token_has_other_choices(program, vendor):
    _, dialog = opened(program)
    filled(program, dialog)
    program.click(dialog.form.editor("workspace").button)
    program.wait(lambda: dialog.form.editor("workspace").offered)
    program.type(dialog.form.editor("token").line, OTHER)
    assert not dialog.form.editor("workspace").offered
    program.click(dialog.form.editor("workspace").button)
    said = dialog.form.editor("token").line
    program.wait(lambda: "does not take" in said.accessibleDescription())
    assert dialog.form.editor("workspace").button.isEnabled()
    assert program.db.find_requesters("lab") == []


def test_the_file_asks_for_a_passphrase_and_is_unlocked_later(program, vendor, tmp_path):
    page, dialog = opened(program)
    vendor.tokens[TOKEN] = [workspace("lab", "pilot")]
    filled(program, dialog)
    choose(dialog, "keep_in", "file")
    program.wait(lambda: dialog.form.editor("passphrase").isVisible())
    program.type(dialog.form.editor("passphrase").line, "short")
    program.click(dialog.verb)
    said = dialog.form.editor("passphrase").line
    program.wait(lambda: "at least 8" in said.accessibleDescription())
    program.type(dialog.form.editor("passphrase").line, PHRASE)
    program.click(dialog.verb)
    program.wait(lambda: QApplication.activeModalWidget() is None)
    place = place_of(program, page, "lab")
    program.wait(lambda: cell(page, place, "balance") == "GBP 123.45")
    assert not page.lacking.isVisible()

    vault.lock()  # as after a start
    page.tokens.look()
    program.wait(lambda: page.lacking.isVisible())
    assert "lab" in program.words(page.lacking)
    assert cell(page, place, "lane") == "locked"
    program.click(page.lacking._action)
    unlock = program.dialog(UnlockDialog)
    assert not unlock.verb.isEnabled()
    program.type(unlock.passphrase.line, "wrong wrong wrong")
    program.click(unlock.verb)
    program.wait(lambda: "not the passphrase" in program.words(unlock))
    program.type(unlock.passphrase.line, PHRASE)
    program.qtbot.keyClick(unlock.passphrase.line, Qt.Key.Key_Return)
    program.wait(lambda: QApplication.activeModalWidget() is None)
    program.wait(lambda: not page.lacking.isVisible())
    program.wait(lambda: cell(page, place, "lane") != "locked")
    assert not vault.is_locked(program.db.find_requesters("lab")[0].account()["key"])
    assert files_with(TOKEN, tmp_path) == files_with(PHRASE, tmp_path) == []


def test_a_session_that_is_over_asks_for_the_token_again(program, vendor, chain):
    page, dialog = opened(program)
    vendor.tokens[TOKEN] = [workspace("lab", "pilot")]
    filled(program, dialog)
    choose(dialog, "keep_in", "session")
    program.click(dialog.verb)
    program.wait(lambda: QApplication.activeModalWidget() is None)
    assert chain.kept == {}
    vault.lock()
    page.tokens.look()
    program.wait(lambda: page.lacking.isVisible())
    assert cell(page, place_of(program, page, "lab"), "lane") == "needs its token"
    program.click(page.lacking._action)
    replace = program.dialog(ReplaceTokenDialog)
    assert "lab" in replace.windowTitle()
    assert not replace.form.asks("workspace")
    assert replace.form.editor("keep_in").value() == "session"  # as it was
    choose(replace, "keep_in", "keychain")
    program.click(replace.verb)
    assert "missing or wrong" in replace._problem.text()
    program.type(replace.form.editor("token").line, OTHER)
    program.click(replace.verb)
    said = replace.form.editor("token").line
    program.wait(lambda: "does not take" in said.accessibleDescription())
    vendor.tokens[OTHER] = vendor.tokens[TOKEN]
    program.click(replace.verb)
    program.wait(lambda: QApplication.activeModalWidget() is None)
    program.wait(lambda: not page.lacking.isVisible())
    account = program.db.find_requesters("lab")[0]
    assert isinstance(account, Requester)
    assert account.token() == OTHER
    assert list(chain.kept.values()) == [OTHER]


def test_a_practice_account_has_no_token_to_replace(program, vendor):
    page = program.window.show_page("requesters")
    program.wait(lambda: page.model.rowCount() == 1)
    page.panel.table.select_id(page.model.id_at(0))
    page.replace.trigger()
    program.wait(
        lambda: (
            "has no token" in program.window.toast.accessibleName()
            or "has no token" in program.words(program.window)
        )
    )


def test_home_leads_to_the_passphrase_and_to_the_token(program, vendor, sample, monkeypatch):
    """One click each; a page that is open elsewhere follows."""
    page, dialog = opened(program)
    vendor.tokens[TOKEN] = [workspace("lab", "pilot")]
    filled(program, dialog)
    choose(dialog, "keep_in", "file")
    program.type(dialog.form.editor("passphrase").line, PHRASE)
    program.click(dialog.verb)
    program.wait(lambda: QApplication.activeModalWidget() is None)
    account = program.db.find_requesters("lab")[0]
    program.launch(sample)
    home = program.window.show_page("home")
    program.wait(lambda: home._area.isVisible())
    assert "locked" not in home.needs.lines
    vault.lock()
    page.tokens.look()
    program.wait(lambda: "locked" in home.needs.lines)
    line = home.needs.lines["locked"]
    assert "lab: its token is in the locked file" in line.accessibleName()
    program.click(line.button)
    unlock = program.dialog(UnlockDialog)
    program.type(unlock.passphrase.line, PHRASE)
    program.click(unlock.verb)
    program.wait(lambda: QApplication.activeModalWidget() is None)
    program.wait(lambda: "locked" not in home.needs.lines)
    assert not page.tokens.lacks

    vendor.tokens[OTHER] = vendor.tokens.pop(TOKEN)  # withdrawn at the vendor: its lane finds out
    step = LaneWork.step

    def refused(lane):
        mine = lane.requester_id == int(account.db_id) and account.token() == TOKEN
        return Step("no token", 0.05, "Prolific does not take this token.") if mine else step(lane)

    monkeypatch.setattr(LaneWork, "step", refused)
    program.session.threads.wake_lanes()
    key = f"token {account.db_id}"
    program.wait(lambda: key in home.needs.lines)
    assert "Prolific does not take this token." in home.needs.lines[key].accessibleName()
    program.click(home.needs.lines[key].button)
    replace = program.dialog(ReplaceTokenDialog)
    program.type(replace.form.editor("token").line, OTHER)
    program.type(replace.form.editor("passphrase").line, PHRASE)
    program.click(replace.verb)
    program.wait(lambda: QApplication.activeModalWidget() is None)
    program.wait(lambda: key not in home.needs.lines)
    assert account.token() == OTHER
