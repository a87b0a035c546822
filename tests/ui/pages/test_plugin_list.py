"""Plug-ins in Settings: listed, found without a restart, broken ones explained; accounts wait for theirs."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel

from crowddesk import registry
from crowddesk.data_model.requester import Requester
from crowddesk.domain import AgentStatus
from crowddesk.operations.accounts import add_requester
from crowddesk.operations.workspace import open_workspace
from crowddesk.store.queries import ACTIONS
from crowddesk.testing import launch, make_run
from crowddesk.ui.controls import Button
from crowddesk.ui.dialogs.register import RegisterDialog
from crowddesk.ui.launch_reading import read_choices
from crowddesk.ui.review.seen import SeenAnswer
from tests.ui.pages.test_review import Reviewer
from tests.wheels import outside_files, outside_wheel, wheel_files, write_wheel


def forget() -> None:
    """As if the program had been started anew."""
    registry._read = None
    registry._load.cache_clear()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The plug-in folder, not made yet. Nothing that came out of it is left after the test."""
    path, modules = list(sys.path), set(sys.modules)
    place = tmp_path / "plug-ins"
    with monkeypatch.context() as patch:
        patch.setenv("CROWDDESK_PLUGINS", str(place))
        forget()
        yield place
    sys.path[:] = path
    registry._searched.clear()
    for name in set(sys.modules) - modules:
        if str(place) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]
    forget()


def shown(program, page) -> str:
    program.wait(lambda: page.plugins.again.isEnabled())
    return program.words(page.plugins)


def look_again(program, page, *words: str) -> None:
    program.click(page.plugins.again)
    program.wait(lambda: all(word in shown(program, page) for word in words))


def test_without_any_it_is_said_what_to_do(folder, program, monkeypatch):
    page = program.window.show_page("settings")
    program.wait(lambda: "None yet. Put the wheel of one" in program.words(page.plugins))
    assert str(folder) in program.words(page.plugins)
    assert not folder.exists()
    opened, made_in, mkdir = [], [], Path.mkdir
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))

    def make(path, *how, **more):
        made_in.append(threading.current_thread())
        mkdir(path, *how, **more)

    monkeypatch.setattr(Path, "mkdir", make)
    program.click(page.plugins.open_folder)
    program.wait(lambda: bool(opened))
    assert opened == [folder]
    assert folder.is_dir()
    assert threading.main_thread() not in made_in


def test_a_folder_that_cannot_be_made_is_said(folder, program):
    folder.parent.joinpath("plug-ins").write_text("a file")
    page = program.window.show_page("settings")
    program.wait(lambda: "The plug-in folder cannot be read" in program.words(page.plugins))
    program.click(page.plugins.open_folder)
    program.wait(lambda: "cannot be made" in page.plugins.problem.text())


def test_they_are_listed_found_anew_and_explained(folder, program):
    outside_wheel(folder, "outside.whl")
    page = program.window.show_page("settings")
    program.wait(lambda: "provider · 1.0" in program.words(page.plugins))
    assert "outside.whl" in program.words(page.plugins)
    broken = {**outside_files("lab"), "lab/__init__.py": "import nothing_there"}
    wheel = wheel_files(broken, "lab-survey", "0.2", blueprints={"survey": "lab:Survey"})
    write_wheel(folder / "survey.whl", wheel)
    look_again(program, page, "survey", "blueprint · 0.2", "there is no module nothing_there")
    assert not page.plugins.empty.isVisible()
    (copy,) = (b for b in page.plugins.findChildren(Button) if b.text() == "Copy details" and b.isVisible())
    program.click(copy)
    text = QGuiApplication.clipboard().text()
    assert "plug-in survey.whl: blueprint survey lab-survey 0.2: It cannot be imported" in text
    assert "ModuleNotFoundError" in text
    program.click(page.copy_about)
    assert "plug-in outside.whl: provider outside outside-provider 1.0: usable" in (
        QGuiApplication.clipboard().text()
    )
    files = wheel_files(
        outside_files(), version="1.1", providers={"outside": "outside_provider:OutsideProvider"}
    )
    write_wheel(folder / "outside.whl", files)
    (folder / "survey.whl").unlink()
    look_again(program, page, "That holds from the next start.")
    assert "survey" not in shown(program, page)
    program.window.show_page("home")
    program.window.show_page("settings")
    assert "That holds from the next start." in shown(program, page)


def test_nothing_of_a_name_is_taken_for_markup(folder, program):
    files = wheel_files({}, "x", "1", blueprints={"<b>bold</b>": "x:X"})
    write_wheel(folder / "a.whl", files)
    page = program.window.show_page("settings")
    program.wait(lambda: "<b>bold</b>" in program.words(page.plugins))
    assert not any(
        label.textFormat() != label.textFormat().PlainText for label in page.plugins.findChildren(QLabel)
    )


def test_the_register_dialog_says_why_one_cannot_be_chosen(folder, open_program):
    files = {**outside_files(), "outside_provider/__init__.py": "raise ValueError('not today')"}
    providers = {"outside": "outside_provider:OutsideProvider"}
    write_wheel(folder / "a.whl", wheel_files(files, providers=providers))
    (folder / "b.whl").write_bytes(b"x")
    program = open_program()
    page = program.window.show_page("requesters")
    program.click(page.add)
    dialog = program.dialog(RegisterDialog)
    said = dialog.refused.text().splitlines()
    assert len(said) == 2
    assert said[0] == "✕ outside: It cannot be imported: ValueError: not today."
    assert said[1].startswith("✕ b.whl: It is damaged")
    assert dialog.vendor.findData("outside") < 0
    assert dialog.vendor.findData("mock") >= 0
    dialog.reject()


@pytest.fixture
def orphaned(folder, tmp_path):
    """A workspace with an answered run at a vendor whose plug-in was taken away; the wheel's new name."""
    wheel = outside_wheel(folder)
    db = open_workspace(tmp_path / "orphaned")
    try:
        desk_id = add_requester(db, "outside", "elsewhere", {"pass_phrase": "open sesame", "purse": "9.00"})
        desk = Requester.get(db, desk_id)
        run = make_run(db, desk)
        vendor = registry.get_crowd_provider_from_type("outside")
        first, _ = launch(vendor(db), run)
        agent = vendor.AgentClass.new(db, vendor.WorkerClass.new(db, "ann"), first)
        agent.handle_submit({"answer": "yes"})
        agent.update_status(AgentStatus.COMPLETED)
        first.sync_status()
    finally:
        db.close()
    forget()
    return tmp_path / "orphaned", wheel.rename(wheel.with_suffix(".away"))


def test_an_account_whose_plug_in_is_gone_says_so_and_nothing_else_breaks(folder, open_program, orphaned):
    workspace, away = orphaned
    program = open_program(workspace)
    requesters = program.window.show_page("requesters")
    program.wait(lambda: "There is no provider 'outside'" in program.words(requesters.lacking))
    lane = next(lane for lane in program.desk._lanes.values() if lane.name == "elsewhere")
    assert lane.state == "no plug-in"
    assert "There is no provider 'outside'" in lane.note
    home = program.window.show_page("home")
    program.wait(lambda: "elsewhere: its vendor’s plug-in is missing or broken" in program.words(home))
    units = program.window.show_page("units")
    program.wait(lambda: units.model.rowCount() == 2)
    for name in ("runs", "review", "workers", "payments"):
        program.window.show_page(name)
    assert program.run_page(1).run.requester_name == "elsewhere"
    with program.db.read() as conn:
        choices = read_choices(conn)
    assert [account.requester_name for account in choices.accounts] == ["practice"]

    settings = program.window.show_page("settings")
    away.rename(away.with_suffix(".whl"))
    look_again(program, settings, "provider · 1.0")
    program.wait(lambda: "no plug-in" not in [lane.state for lane in program.desk._lanes.values()])
    program.window.show_page("requesters")
    program.wait(lambda: not requesters.lacking.isVisible())


def test_an_answer_at_a_vendor_that_is_gone_can_be_read_and_its_decision_waits(
    folder, open_program, orphaned
):
    workspace, _ = orphaned
    program = open_program(workspace)
    reviewer = Reviewer(program)
    assert reviewer.seen() == 1
    views = reviewer.page.findChildren(SeenAnswer)
    program.wait(lambda: any("This is item 0." in seen.page.toPlainText() for seen in views))
    reviewer.press("A")
    program.wait(lambda: "Every answer of this run is decided." in program.words(reviewer.page))

    def recorded() -> list[tuple[str, str]]:
        with program.db.read() as conn:
            return [(action.kind, action.state) for action in ACTIONS.iterate(conn)]

    program.wait(lambda: recorded() != [])
    assert recorded()[0] in (("approve", "staged"), ("approve", "queued"))
