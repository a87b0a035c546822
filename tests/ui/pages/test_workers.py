"""The Workers page: bonuses that are paid once, blocks and qualifications that reach the practice vendor."""

from __future__ import annotations

from collections import defaultdict
from inspect import isfunction
from threading import current_thread, main_thread

import pytest
from PySide6.QtCore import Qt

from crowddesk.domain import VendorError
from crowddesk.providers.mock import MockProvider
from crowddesk.ui.dialogs.money import BlockDialog, BonusDialog, QualificationDialog
from crowddesk.ui.dialogs.people import ChoosePlaceDialog, NewQualificationDialog
from crowddesk.ui.dialogs.remarks import TagDialog


@pytest.fixture
def page(desk):
    made = desk.page("workers")
    made.table.setFocus()
    return made


def worker(desk, worker_id):
    from crowddesk.store.queries import WORKERS

    with desk.db.read() as conn:
        return WORKERS.rows(conn, [worker_id])[0]


def pick(page, count=1):
    ids = [page.model.id_at(place) for place in range(count)]
    page.table.select_id(ids[0])
    flags = page.table.selectionModel().SelectionFlag
    for place in range(1, count):
        page.table.selectionModel().select(page.model.index(place, 0), flags.Select | flags.Rows)
    return ids


@pytest.fixture
def vendor_calls(monkeypatch):
    """Of each method of the practice vendor: whether each call came in the GUI thread."""
    made: dict[str, list[bool]] = defaultdict(list)
    methods = {name: getattr(MockProvider, name) for name in dir(MockProvider) if not name.startswith("_")}
    for name, method in methods.items():
        if isfunction(method):
            monkeypatch.setattr(MockProvider, name, watched(method, made[name]))
    return made


def watched(method, calls):
    def call(*args, **words):
        calls.append(current_thread() is main_thread())
        return method(*args, **words)

    return call


def test_a_bonus_is_paid_once_however_often_it_is_clicked(desk, page, qtbot, vendor_calls):
    ids = pick(page, 2)
    desk.press(page.table, Qt.Key.Key_B)
    chooser = desk.dialog(ChoosePlaceDialog)
    assert [chooser.list.item(row).text() for row in range(chooser.list.count())] == [
        "Which colour? – practice (PRACTICE, USD)",
        "No run – practice (PRACTICE, USD)",
    ]
    chooser.verb.click()
    qtbot.waitUntil(lambda: isinstance(desk.dialog(), BonusDialog))
    dialog = desk.dialog()
    qtbot.keyClicks(dialog._amount, "0.50")
    qtbot.keyClicks(dialog._reason, "Careful notes")
    qtbot.waitUntil(lambda: dialog.verb.text() == "Pay USD 1.20")
    assert vendor_calls["quote_for"] == [False]
    dialog.accepted.emit()
    qtbot.mouseDClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said("Bonus")
    qtbot.waitUntil(lambda: len(desk.states("staged")) == 2)
    assert not any(map(any, vendor_calls.values())), vendor_calls
    desk.send()
    qtbot.waitUntil(lambda: [worker(desk, i).bonuses for i in ids] == [(("USD", 50),)] * 2)
    paid = [(call.amount, call.fee, call.times) for call in desk.vendor.calls("bonus")]
    assert paid == [(50, 10, 1)] * 2
    qtbot.waitUntil(lambda: page.model.row_at(0).bonuses == (("USD", 50),))


def test_a_bonus_over_the_budget_of_its_run_is_not_offered(desk, page, qtbot):
    pick(page)
    desk.press(page.table, Qt.Key.Key_B)
    desk.dialog(ChoosePlaceDialog).verb.click()
    qtbot.waitUntil(lambda: isinstance(desk.dialog(), BonusDialog))
    dialog = desk.dialog()
    qtbot.keyClicks(dialog._amount, "3.00")
    qtbot.keyClicks(dialog._reason, "Thanks")
    qtbot.waitUntil(lambda: "only USD 3.56 is available" in dialog.verb.toolTip())
    assert not dialog.verb.isEnabled()
    dialog.reject()


@pytest.mark.parametrize(
    "error", [VendorError("The vendor is asleep."), ZeroDivisionError("The vendor is asleep.")]
)
def test_a_bonus_whose_fee_nobody_knows_is_not_paid(desk, page, qtbot, monkeypatch, error):
    def fail(self, requester, kind, amount, count):
        raise error

    asks = MockProvider.quote_for
    monkeypatch.setattr(MockProvider, "quote_for", fail)
    pick(page)
    desk.press(page.table, Qt.Key.Key_B)
    desk.dialog(ChoosePlaceDialog).verb.click()
    qtbot.waitUntil(lambda: isinstance(desk.dialog(), BonusDialog))
    dialog = desk.dialog()
    qtbot.keyClicks(dialog._reason, "Thanks")
    qtbot.keyClicks(dialog._amount, "0.30")
    qtbot.waitUntil(lambda: "The vendor is asleep." in dialog._problem.text())
    assert not dialog.verb.isEnabled()
    monkeypatch.setattr(MockProvider, "quote_for", asks)
    qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.verb.isEnabled)
    assert dialog.verb.text() == "Pay USD 0.36"
    dialog.reject()


def test_somebody_is_blocked_and_taken_back(desk, page, qtbot, words):
    (worker_id,) = pick(page)
    name = worker(desk, worker_id).worker_name
    page.verbs.begin("block", page.chosen())
    dialog = desk.dialog(BlockDialog)
    assert not dialog.verb.isEnabled()
    qtbot.keyClicks(dialog._reason, "Same answer to everything")
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said("1 person blocked")
    desk.send()
    assert worker(desk, worker_id).blocked
    assert desk.vendor.is_blocked("practice", name)
    page.show_detail(worker_id)
    qtbot.waitUntil(lambda: "Same answer to everything" in words(page.worker))
    assert page.worker.unblock.isVisible()
    assert not page.worker.block.isVisible()
    qtbot.mouseClick(page.worker.unblock, Qt.MouseButton.LeftButton)
    dialog = desk.dialog(BlockDialog)
    qtbot.keyClicks(dialog._reason, "A mistake of ours")
    dialog.verb.click()
    desk.said("1 person unblocked")
    desk.send()
    assert not worker(desk, worker_id).blocked
    page.verbs.begin("unblock", [worker_id])
    desk.said("Nobody of them is blocked.")


def test_a_new_qualification_is_granted_and_revoked(desk, page, qtbot):
    ids = pick(page, 2)
    page.verbs.begin("revoke", ids)
    desk.said("None of them has a qualification.")
    desk.press(page.table, Qt.Key.Key_G)
    dialog = desk.dialog(QualificationDialog)
    dialog._name.setEditText("fluent")
    dialog._value.setText("7")
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    desk.said("fluent granted to 2 people")
    desk.send()
    assert [worker(desk, i).qualifications for i in ids] == [(("fluent", 7),)] * 2
    qtbot.waitUntil(lambda: page.model.row_at(0).qualifications == (("fluent", 7),))
    page.verbs.begin("revoke", ids[:1])
    desk.dialog(QualificationDialog).verb.click()
    desk.said("fluent taken from 1 person")
    desk.send()
    assert [worker(desk, i).qualifications for i in ids] == [(), (("fluent", 7),)]


def test_a_qualification_is_made_once(desk, page, qtbot):
    page.verbs.make_qualification()
    dialog = desk.dialog(NewQualificationDialog)
    qtbot.keyClicks(dialog._name, "careful")
    dialog.verb.click()
    desk.said("The qualification careful is there.")
    page.verbs.make_qualification()
    qtbot.waitUntil(lambda: desk.dialog().isVisible())
    again = desk.dialog(NewQualificationDialog)
    qtbot.keyClicks(again._name, "careful")
    assert not again.verb.isEnabled()
    again.reject()


def test_a_decision_about_people_can_be_taken_back(desk, page, qtbot):
    pick(page)
    page.verbs.begin("block", page.chosen())
    dialog = desk.dialog(BlockDialog)
    qtbot.keyClicks(dialog._reason, "Too fast")
    dialog.verb.click()
    desk.said("staged until you send")
    desk.press(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.states("cancelled") == [("block", "cancelled")])


def test_links_lead_to_the_person_and_back(desk, page, qtbot, words):
    desk.session.wanted.emit("workers", page.model.id_at(0))
    qtbot.waitUntil(lambda: "Median wage" in words(page.worker))
    page.worker._show_units()
    units = desk.page("units")
    name = page.model.row_at(0).worker_name
    assert units.panel.search.text() == f'worker:"{name}"'
    qtbot.waitUntil(lambda: 0 < units.model.rowCount() < 12)


def test_the_people_of_a_run_are_listed_from_its_page_and_tagged_together(full_program, qtbot):
    run = full_program.run_page()
    verb = next(action for action in run.actions() if action.text() == "Its people")
    verb.trigger()
    page = full_program.window.show_page("workers")
    assert page.panel.search.text() == "run:1"
    full_program.wait(lambda: page.model.phase == "ready" and page.model.ids_known)
    page.table.selectAll()
    chosen = page.model.rowCount()
    full_program.wait(lambda: len(page.chosen() or ()) == chosen > 1)
    page.remarks.begin_tag(page.chosen())
    dialog = full_program.dialog(TagDialog)
    assert dialog.windowTitle() == f"Tag {chosen} people"
    dialog.reject()
