"""Fair pay and bonuses from a file in the running program, with the vendor's books as the judge."""

from __future__ import annotations

import os

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crowddesk.operations.bonus_file import check_bonuses, record_bonuses
from crowddesk.store.queries import UNITS
from crowddesk.ui.dialogs.bonus_file import BonusFileDialog
from crowddesk.ui.dialogs.fair_pay import CompensateDialog, FairPayDialog

PICTURES = os.environ.get("CROWDDESK_PICTURES")


def bonuses(program) -> list[tuple[str, int]]:
    vendor = program.db.get_datastore_for_provider("mock").vendor
    rows = vendor.payments("practice")
    return sorted((row.target, -row.amount) for row in rows if row.kind == "bonus")


def keep(widget, name: str) -> None:
    """A picture for a person who looks, where one wants them."""
    if PICTURES:
        widget.grab().save(f"{PICTURES}/{name}.png")


def send_at_once(program) -> None:
    program.session.settings.sending.grace_seconds = 0


def test_everybody_is_lifted_to_the_target_by_one_click(full_program):
    program = full_program
    send_at_once(program)
    page = program.run_page()
    page.run_verbs.fair_pay(page.run)
    dialog = program.dialog(FairPayDialog)
    program.wait(lambda: dialog.people.model().rowCount() > 0)
    assert "The median is USD" in program.words(dialog)
    assert not dialog.verb.isEnabled()
    program.type(dialog.target, "90.00")
    program.wait(lambda: "more than the USD 3.56 that the run’s budget has left" in program.words(dialog))
    keep(dialog, "fair-pay-over")
    program.type(dialog.target, "20.00")
    program.wait(lambda: dialog.verb.isEnabled())
    keep(dialog, "fair-pay")
    plan = dialog.value()
    assert dialog.verb.text().startswith(f"Top up {len(plan.lines)} · USD ")
    assert dialog.command_line() == ["wages", "--run", "1", "--target", "20.00", "--top-up"]
    program.click(dialog.verb)
    wanted = sorted(line.amount for line in plan.lines)
    program.wait(lambda: sorted(amount for _, amount in bonuses(program)) == wanted)
    page.run_verbs.fair_pay(page.run)
    dialog = program.dialog(FairPayDialog)
    program.type(dialog.target, "20.00")
    program.wait(lambda: "Nobody is below USD 20.00." in program.words(dialog))
    assert not dialog.verb.isEnabled()
    keep(dialog, "fair-pay-nobody")


def test_a_target_that_is_none_is_said(full_program):
    program = full_program
    page = program.run_page()
    page.run_verbs.fair_pay(page.run)
    dialog = program.dialog(FairPayDialog)
    program.type(dialog.target, "lots")
    assert "'lots' is no amount of money" in program.words(dialog)
    assert not dialog.verb.isEnabled()
    program.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    program.wait(lambda: QApplication.activeModalWidget() is None)


def test_who_could_not_submit_is_paid(program, sample):
    from tests.ui.pages.test_run import slowly

    send_at_once(program)
    sections = slowly(sample)
    sections["provider"] |= {"speed": "20000", "leaver": "0.8", "skilled": "0.2", "people": "100"}
    page = program.run_page(program.launch(sample, sections=sections))
    page.run_verbs.fair_pay(page.run)
    dialog = program.dialog(FairPayDialog)
    dialog._tabs.setCurrentIndex(1)
    program.wait(lambda: dialog.stranded.model().rowCount() > 0)
    dialog.stranded.selectRow(0)
    program.wait(lambda: dialog.compensate.text() == "Compensate 1 person…")
    (who,) = [one.worker_name for one in dialog._to_compensate()]
    keep(dialog, "fair-pay-stranded")
    program.click(dialog.compensate)
    ask = program.dialog(CompensateDialog)
    assert not ask.verb.isEnabled()
    program.qtbot.keyClicks(ask.reason, "Our page broke.")
    keep(ask, "compensate")
    program.click(ask.verb)
    program.wait(lambda: [target for target, _ in bonuses(program)] == [who])

    def compensation():
        with program.db.read() as conn:
            return list(UNITS.iterate(conn, UNITS.parse("kind:compensation")))

    program.wait(lambda: len(compensation()) == 1)
    (unit,) = compensation()
    assert (unit.status, unit.worker_name) == ("accepted", who)


def test_a_file_is_checked_row_by_row_and_paid_once(full_program, tmp_path):
    program = full_program
    send_at_once(program)
    with program.db.read() as conn:
        names = sorted({unit.worker_name for unit in UNITS.iterate(conn)})[:2]
    file = tmp_path / "bonuses.csv"
    file.write_text(f"worker,amount,reason\n{names[0]},0.50,\nNobody,1,x\n", encoding="utf-8")
    page = program.run_page()
    page.run_verbs.pay_from_file(page.run)
    dialog = program.dialog(BonusFileDialog)
    keep(dialog, "bonus-file-empty")
    program.drop(dialog, file)
    program.wait(lambda: "needs" in program.words(dialog) or "no reason" in program.words(dialog))
    assert "line 2: there is no reason: it reaches the worker." in program.words(dialog)
    assert "line 3: nobody called 'Nobody' has worked for you" in program.words(dialog)
    assert not dialog.verb.isEnabled()
    keep(dialog, "bonus-file-faults")
    file.write_text(f"worker,amount\n{names[0]},0.50\n{names[1]},0.25\n", encoding="utf-8")
    program.type(dialog.reason, "Thanks for the care.")
    program.wait(lambda: dialog.verb.text() == "Pay 2 · USD 0.90")
    program.wait(lambda: dialog.table.model().rowCount() == 2)
    keep(dialog, "bonus-file")
    program.click(dialog.verb)
    program.wait(lambda: bonuses(program) == sorted([(names[0], 50), (names[1], 25)]))
    again = check_bonuses(program.db, file, requester_id=1, run_id=1, reason="Thanks for the care.")
    assert again.new == ()
    assert record_bonuses(program.db, again).action_ids == ()
