"""A file of rows between its dialog and the ledger: only the last question's answer counts."""

from __future__ import annotations

from types import SimpleNamespace

from crowddesk.domain import BadInput, Cancelled
from crowddesk.ui.dialogs.bonus_file import BonusFileDialog
from crowddesk.ui.rows_file import RowsFile


def test_a_question_that_another_one_replaced_is_no_failure(qtbot, theme):
    asked = []

    def run_job(work, done, failed):
        asked.append(failed)
        return SimpleNamespace(cancel=lambda: None)

    dialog = BonusFileDialog(1, "Round 3", "practice")
    qtbot.addWidget(dialog)
    made = RowsFile(SimpleNamespace(run_job=run_job), dialog, None, dialog, None, None, ("bonus", "bonuses"))
    dialog.path.setText("bonuses.csv")
    dialog.ask()
    dialog.reason.setText("Thanks.")
    dialog.ask()
    asked[0](Cancelled("Cancelled."))
    assert dialog.check() == "The file is being read."
    asked[1](BadInput("It is no table."))
    assert made.dialog.check() == "It is no table."
