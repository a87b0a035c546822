"""The vendor of a run that goes on is told whom the run keeps out now, from the list of people."""

from __future__ import annotations

from PySide6.QtCore import Qt

from crowddesk.operations import launch
from crowddesk.operations.run_file import run_from_dict
from crowddesk.testing.workspace import TEMPLATE, run_lane
from crowddesk.ui.dialogs.people import ChoosePlaceDialog
from crowddesk.ui.messages import ErrorDialog


def launch_run(desk, folder):
    """A run that keeps out who is called rude, and goes on."""
    (folder / "template.html").write_text(TEMPLATE, encoding="utf-8")
    (folder / "items.csv").write_text("id,text\n1,one\n2,two\n", encoding="utf-8")
    sections = {
        "task": {"name": "kind", "title": "Be kind", "description": "One question.", "reward": "0.10",
                 "currency": "USD", "exclude": {"tags": ["rude"]}},
        "blueprint": {"_blueprint_type": "static_html", "template": "template.html", "data": "items.csv",
                      "item_key": "id"},
        "provider": {"_provider_type": "mock", "requester_name": "practice", "seed": "7"},
    }  # fmt: skip
    run = launch.create_run(desk.db, run_from_dict(sections, folder))
    requester = desk.db.find_requesters("practice")[0]
    run_lane(desk.db, requester, lambda: desk.db.get_task_run(str(run))["state"] == "live")
    return run


def test_a_run_that_keeps_people_out_is_chosen_and_its_vendor_told(desk, qtbot, words, tmp_path):
    page = desk.page("workers")
    assert any(a.text() == "Tell a run whom to keep out…" for a in page.panel.actions())
    page.keeping_out.begin()
    desk.said("No run that goes on keeps people out.")
    run = launch_run(desk, tmp_path)
    before = desk.states().count(("set_up", "done"))
    page.keeping_out.begin()
    dialog = desk.dialog(ChoosePlaceDialog)
    assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == [
        "Be kind – practice (PRACTICE, USD)"
    ]
    assert list(dialog.command_line()) == ["people", "exclude", str(run)]
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said("The vendor of “Be kind” hears whom it keeps out now.")
    assert ("set_up", "queued") in desk.states()
    page.keeping_out.begin()  # told a second time before it has heard
    qtbot.waitUntil(lambda: desk.dialog() is not dialog)
    desk.dialog(ChoosePlaceDialog).verb.click()
    qtbot.waitUntil(lambda: isinstance(desk.dialog(), ErrorDialog))
    error = desk.dialog()
    qtbot.waitUntil(lambda: "is being set up at the vendor" in words(error))
    error.close()
    desk.perform()
    assert desk.states().count(("set_up", "done")) == before + 1
