"""Every dialog in a language that is a third longer, accented, and read from either side."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from crowddesk.domain import now
from crowddesk.operations.bonus_file import CheckedBonuses
from crowddesk.operations.bonus_file import Row as BonusRow
from crowddesk.operations.fair_pay import TopUps, Wage, Wages
from crowddesk.operations.paying import Stranded
from crowddesk.operations.places import MorePlaces
from crowddesk.operations.served_run import PersonalLink
from crowddesk.store.appeals import Appeal
from crowddesk.store.second_looks import Waiting
from crowddesk.ui.dialogs import appeals, decide, fair_pay, money, people, persons, reasons, review
from crowddesk.ui.dialogs.bonus_file import BonusFileDialog
from crowddesk.ui.dialogs.compare import CompareDialog
from crowddesk.ui.dialogs.export_asked import ExportDialog, ExportFacts
from crowddesk.ui.dialogs.invitations import InvitationsDialog
from crowddesk.ui.dialogs.launch import LaunchDialog
from crowddesk.ui.dialogs.more_answers import MoreAnswersDialog
from crowddesk.ui.dialogs.overlap import OverlapDialog
from crowddesk.ui.dialogs.pack import PackDialog
from crowddesk.ui.dialogs.public_address import PublicAddressDialog
from crowddesk.ui.dialogs.qualification_file import QualificationFileDialog
from crowddesk.ui.dialogs.register import RegisterDialog
from crowddesk.ui.dialogs.rehearsal_report import RehearsalReportDialog
from crowddesk.ui.dialogs.rehearse import RehearseDialog
from crowddesk.ui.dialogs.second_look import SecondLookDialog
from crowddesk.ui.dialogs.study_filters import FilterDialog
from crowddesk.ui.dialogs.study_offers import FilterOffer
from crowddesk.ui.dialogs.tell import MessageDialog, ReturnDialog, TellFacts
from crowddesk.ui.dialogs.token import ReplaceTokenDialog, UnlockDialog
from crowddesk.ui.dialogs.views import SaveViewDialog, ViewsDialog
from crowddesk.ui.dialogs.word import WordDialog
from crowddesk.ui.dialogs.words_preview import UnitLine
from tests.ui.dialogs.test_compare import PAYMENT, comparison, difference
from tests.ui.dialogs.test_overlap import RULE, preview
from tests.ui.pages.test_languages import NAMES, speak, translations  # noqa: F401
from tests.ui.said import _WORD, cut, unsaid
from tests.ui.test_rehearsal_text import REPORT

SOON = now() + timedelta(days=2)
OFFER = FilterOffer("age", "XX", "XX", "range", {}, "18", "100", "integer")
ACTION = SimpleNamespace(
    id=7, kind="bonus", provider_type="XX", sandbox=False, amount_minor=50, fee_minor=10, currency="GBP",
    worker_name="XX", unit_id=3, target_type="worker", target_id=1, task_run_id=1, run_title="XX",
    evidence="", payload="", outcome="", reason="", requester_name="XX", category="", state="needs_you",
    created_at=now(), started_at=now(), finished_at=None, uuid="xx", attempt=1, worker_id=3, requester_id=1,
)  # fmt: skip
PERSON = Stranded(3, "XX", 1, "returned", False)
WAGES = Wages(1, "GBP", 1_250, (Wage(3, "XX", 12, 900.0, 1, 1, 300, 0, 1_100, 60, 0),), 1_100, 74.0)


def _appeal() -> Appeal:
    return Appeal(
        4, 9, 3, "XX", 1, "XX", 1, "prolific", False, "rejected", None, "XX", now(), SOON, "open", "", None,
        "", "XX",
    )  # fmt: skip


def _looked() -> Waiting:
    return Waiting(5, 1, "XX", "prolific", False, 1, "XX", 9, 3, "XX", "XX", "TOO_QUICKLY", now(), "XX", "{}")


def _decide(kind: str) -> decide.DecideDialog:
    facts = decide.DecideFacts(
        12, "GBP 1.20", "GBP 0.30", (("XX", 8), ("XX", 4)), "live", "prolific", (), True, True, "GBP 1.20",
        (UnitLine(1, "XX"), UnitLine(2, "XX")), (decide.Person("XX", 8, "", True),),
        (decide.CapUse("XX", 180, 12, 200),),
    )  # fmt: skip
    return decide.DecideDialog(kind, facts, decide.ReasonRules(100, 1_000, ("TOO_QUICKLY",)))


def _fair_pay() -> fair_pay.FairPayDialog:
    made = fair_pay.FairPayDialog(7, "XX", "GBP", 1_250, "live")
    made.show_plan(1_250, TopUps(WAGES, (SimpleNamespace(),), 60, 12, 1_000), [PERSON], "XX")
    return made


def _bonus_file() -> BonusFileDialog:
    from crowddesk.blueprints.data_files import Problems

    made = BonusFileDialog(7, "XX", "live")
    made.path.setText("/xx")
    row = BonusRow(2, "XX", SimpleNamespace(amount=50, reason="XX"), 10, "GBP", "")
    old = BonusRow(3, "XX", SimpleNamespace(amount=50, reason="XX"), 10, "GBP", "done")
    made.show_checked(made.asked, CheckedBonuses(1, "XX", False, "GBP", 7, (row, old), Problems(), 1_000))
    return made


def _more() -> MoreAnswersDialog:
    made = MoreAnswersDialog("XX", "live", "XX")
    made.show_estimate(1, MorePlaces(1, 40, 40, "GBP", 30, 10, 5_000, 1_602))
    return made


def _overlap() -> OverlapDialog:
    made = OverlapDialog(7, "XX", "live", "XX", RULE)
    made.show_preview(preview())
    return made


def _compare() -> CompareDialog:
    made = CompareDialog("XX", "XX")
    made.show_comparison(comparison(difference(1, "take over"), payments=(PAYMENT,)))
    return made


def _report() -> RehearsalReportDialog:
    made = RehearsalReportDialog("XX")
    made.show_report(dataclasses.replace(REPORT, wage=700))
    return made


def _launch(desk) -> LaunchDialog:
    from crowddesk.ui.launch_reading import read_choices

    with desk.db.read() as conn:
        return LaunchDialog(read_choices(conn))


def _register(desk) -> RegisterDialog:
    from crowddesk.ui.tokens import vendor_choice

    made = RegisterDialog([vendor_choice(desk.db, name) for name in ("prolific", "mock", "inhouse")])
    made.vendor.setCurrentIndex(0)
    return made


def _replace(desk) -> ReplaceTokenDialog:
    from crowddesk.ui.tokens import vendor_choice

    return ReplaceTokenDialog("XX", vendor_choice(desk.db, "prolific"), {})


TOLD = TellFacts(["XX"] * 7, 7, "live", "XX", "XX", left_out=["XX"] * 7)
MADE = {
    "objection": lambda d: appeals.ObjectionDialog(9, "XX", 7),
    "appeal": lambda d: appeals.AppealDialog(_appeal(), "GBP 0.40", False),
    "approve": lambda d: _decide("approve"),
    "soft_reject": lambda d: _decide("soft_reject"),
    "reject": lambda d: _decide("reject"),
    "bonus": lambda d: money.BonusDialog(["XX"] * 7, "GBP", environment="live"),
    "block": lambda d: money.BlockDialog("block", ["XX"] * 7, open_units=3, environment="live"),
    "grant": lambda d: money.QualificationDialog("grant", ["XX"], ["XX"]),
    "fair_pay": lambda d: _fair_pay(),
    "compensate": lambda d: fair_pay.CompensateDialog(7, [PERSON] * 7, 40, "GBP", "live"),
    "bonus_file": lambda d: _bonus_file(),
    "qualification_file": lambda d: QualificationFileDialog(),
    "more": lambda d: _more(),
    "overlap": lambda d: _overlap(),
    "compare": lambda d: _compare(),
    "report": lambda d: _report(),
    "rehearse": lambda d: RehearseDialog("XX", 60),
    "launch": _launch,
    "register": _register,
    "replace": _replace,
    "unlock": lambda d: UnlockDialog(["XX"]),
    "export": lambda d: ExportDialog(ExportFacts(7, "XX", 60, ("XX",)), d.db.folder, "xx"),
    "pack": lambda d: PackDialog(7, "XX", 60, d.db.folder),
    "links": lambda d: InvitationsDialog("XX", [PersonalLink(1, "XX", "xx", True)]),
    "merge": lambda d: persons.MergeDialog(persons.MergeFacts([1, 2], ["XX"] * 2, ["XX"] * 12, "XX")),
    "label": lambda d: persons.LabelDialog("XX", "XX"),
    "hints": lambda d: persons.HintsDialog([]),
    "qualification": lambda d: people.NewQualificationDialog([]),
    "address": lambda d: PublicAddressDialog(""),
    "reasons": lambda d: reasons.ReasonsDialog(),
    "sample": lambda d: review.SampleDialog(800),
    "rest": lambda d: review.RestDialog(review.Rest("XX", (1, 2, 3), "GBP 1.20", "live", 2)),
    "second_look": lambda d: SecondLookDialog([_looked(), _looked()], [5], QLabel("XX")),
    "filter": lambda d: FilterDialog([OFFER]),
    "return": lambda d: ReturnDialog(TOLD),
    "message": lambda d: MessageDialog(TOLD),
    "save_view": lambda d: SaveViewDialog("xx", []),
    "views": lambda d: ViewsDialog("XX", []),
    "happened": lambda d: WordDialog("happened", [ACTION]),
    "again": lambda d: WordDialog("again", [ACTION, ACTION]),
    "leave": lambda d: WordDialog("leave", [ACTION]),
}
#: What is the vendor's, or is typed as it is: what people at Prolific read, search words.
DATA = NAMES | {
    "didn", "finish", "the", "study", "encountered", "technical", "problems", "withdrew", "consent", "status",
    "accepted", "time", "pytest", "crowddesk", "manifest", "practice", "lab", "example", "org",
    "round",
}  # fmt: skip
#: What tests of these two have made up.
MADE_UP = set(_WORD.findall(f"{REPORT} {PAYMENT} {difference(1, 'take over')}".lower()))
#: Half of a text that stands in two places: what a place for a token is, and what that means.
_HALF = re.compile(r"[\[\]]")


@pytest.mark.parametrize("code", ["en_XA", "ar_XB"])
@pytest.mark.parametrize("name", MADE)
def test_every_dialog_is_said_and_nothing_is_cut(speak, desk, qtbot, name, code):  # noqa: F811
    speak(code)
    dialog = MADE[name](desk)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    dialog.copy_line.setToolTip("")  # a command line is typed as it is
    data = DATA | (MADE_UP if name in ("compare", "report") else set())
    data |= set(str(desk.db.folder).lower().replace("-", "/").replace("_", "/").split("/"))
    silent = {line for line in unsaid(dialog, data) if not _HALF.search(line)}
    assert sorted(silent) == []
    assert sorted(cut(dialog)) == []
