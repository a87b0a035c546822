"""A run for one's own people in the running program: launched, its link answers, it opens to the network."""

from __future__ import annotations

import urllib.request

import pytest
from PySide6.QtGui import QGuiApplication

from crowddesk import registry
from crowddesk.taskserver.sites import network_address
from crowddesk.testing.workspace import TEMPLATE, register
from crowddesk.ui.dialogs.invitations import InvitationsDialog
from crowddesk.ui.messages import ConfirmDialog
from crowddesk.ui.reach import HERE, NETWORK


@pytest.fixture
def lab(program, tmp_path):
    """The files of a run for one's own people, and an account that runs it."""
    vendor = registry.get_crowd_provider_from_type("inhouse")
    vendor(program.db)
    register(vendor.RequesterClass.new(program.db, "lab"))
    folder = tmp_path / "lab"
    folder.mkdir()
    (folder / "template.html").write_text(TEMPLATE, encoding="utf-8")
    (folder / "items.csv").write_text("id,text\n1,one\n2,two\n", encoding="utf-8")
    (folder / "people.csv").write_text("name\nAda\nBen\n", encoding="utf-8")
    sections = {
        "task": {"name": "lab", "title": "In the lab", "description": "One question.", "reward": "0.10",
                 "currency": "USD"},
        "blueprint": {"_blueprint_type": "static_html", "template": "template.html", "data": "items.csv",
                      "item_key": "id"},
        "provider": {"_provider_type": "inhouse", "requester_name": "lab", "people": "people.csv"},
    }  # fmt: skip
    return program.launch(folder, sections=sections)


def answer_of(url: str) -> int:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.status


def test_a_launched_run_shows_its_link_and_it_answers(program, lab):
    page = program.run_page(lab)
    card = page.people
    program.wait(lambda: card.isVisible() and card.served is not None and card.served.listening)
    assert card.reach.text() == "○ this computer only"
    assert page.area.verticalScrollBar().value() == 0
    program.click(card.copy)
    link = QGuiApplication.clipboard().text()
    assert link.startswith("http://127.0.0.1:")
    assert answer_of(link) == 200
    program.click(card.personal)
    dialog = program.dialog(InvitationsDialog)
    assert [row.name for row in dialog._links] == ["Ada", "Ben"]
    assert all(row.link.startswith(f"{link}#code=") for row in dialog._links)
    program.click(dialog.verb)


@pytest.mark.skipif(not network_address(), reason="needs a network that this computer is in")
def test_it_is_opened_to_the_network_and_closed_again(program, lab):
    card = program.run_page(lab).people
    program.wait(lambda: card.isVisible() and card.served is not None and card.served.listening)
    program.click(card.open_up)
    dialog = program.dialog(ConfirmDialog)
    address = dialog.verb.text().removeprefix("Open to ")
    program.click(dialog.verb)
    program.wait(lambda: card.served.reach == NETWORK and card.served.listening)
    assert address in card.reach.text()
    assert answer_of(card.served.url) == 200
    program.click(card.close_down)
    program.click(program.dialog(ConfirmDialog).verb)
    program.wait(lambda: card.served.reach == HERE and card.served.listening)
    assert card.reach.text() == "○ this computer only"
