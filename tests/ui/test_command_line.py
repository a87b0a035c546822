"""Dialogs as lines for a terminal: quoted, without secrets, and with the same effect there."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import pkgutil
import shlex
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

import crowddesk.ui
from crowddesk.domain import ActionKind
from crowddesk.store.queries import ACTIONS, REQUESTERS
from crowddesk.ui.command_line import line_of
from crowddesk.ui.controls import Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.dialogs.money import BlockDialog, BonusDialog, QualificationDialog
from crowddesk.ui.dialogs.register import RegisterDialog
from crowddesk.ui.dialogs.tell import MessageDialog, ReturnDialog
from crowddesk.ui.dialogs.token import ReplaceTokenDialog
from crowddesk.ui.dialogs.word import WordDialog
from crowddesk.ui.tokens import vendor_choice
from crowddesk.ui.worker_verbs import WorkerVerbs
from tests.cli.conftest import Desk as CommandLine

_WORD = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=20)


@given(st.lists(_WORD, max_size=6))
def test_a_posix_shell_reads_back_the_same_words(words: list[str]) -> None:
    line = line_of(words, Path("/tmp/my folder's"))
    assert line is not None
    assert shlex.split(line) == ["crowddesk", "--workspace", "/tmp/my folder's", *words]


def windows_words(line: str) -> list[str]:
    """The words of a line as the C runtime of Windows takes it apart."""
    words, word, quoted, begun, at = [], "", False, False, 0
    while at < len(line):
        slashes = 0
        while line[at + slashes : at + slashes + 1] == "\\":
            slashes += 1
        sign = line[at + slashes : at + slashes + 1]
        if sign == '"':
            word += "\\" * (slashes // 2)
            if slashes % 2:
                word += '"'
            else:
                quoted = not quoted
            begun = True
            at += slashes + 1
        elif slashes:
            word += "\\" * slashes
            begun = True
            at += slashes
        elif sign == " " and not quoted:
            if begun:
                words.append(word)
            word, begun = "", False
            at += 1
        else:
            word += sign
            begun = True
            at += 1
    return [*words, word] if begun else words


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20), max_size=6))
def test_windows_reads_back_the_same_words(words: list[str]) -> None:
    line = line_of(words, Path("C:/Users/ada lovelace"), windows=True)
    assert line is not None
    assert windows_words(line) == ["crowddesk", "--workspace", str(Path("C:/Users/ada lovelace")), *words]


def test_what_no_shell_can_take_is_no_line() -> None:
    assert line_of(["a\0b"], None) is None
    assert line_of(["one\ntwo"], None, windows=True) is None
    assert line_of(["one\ntwo"], None) == "crowddesk 'one\ntwo'"


# ------------------------------------------------------------------------------------------- every dialog

#: Dialogs whose opener knows what they are about, and the module that opens them.
OPENED_WITH_A_COMMAND = {
    "BlockDialog": "worker_verbs",
    "BonusDialog": "worker_verbs",
    "CompareDialog": "reconciling",
    "InvitationsDialog": "serving_card",
    "LaunchDialog": "launcher",
    "MoreAnswersDialog": "run_verbs",
    "QrDialog": "serving_card",
    "QualificationDialog": "worker_verbs",
    "RehearsalReportDialog": "rehearsal_card",
    "RehearseDialog": "launcher",
    "ReturnDialog": "verbs",
}
WITHOUT = {
    "ChoosePlaceDialog": "a step before another dialog",
    "ConfirmDialog": "whoever asks gives it a command where there is one",
    "DamagedDialog": "the workspace it is about cannot be named by a line that opens it: crowddesk repair",
    "ErrorDialog": "says what failed, does nothing",
    "FilterDialog": "fills a field of the launch dialog",
    "HintsDialog": "shows; people list --hints prints the same",
    "KeySheet": "shows keys",
    "NewWorkspaceDialog": "--workspace makes one where there is none",
    "NewQualificationDialog": "the first grant makes it there",
    "PublicAddressDialog": "a setting of this computer",
    "RestoreDialog": "is of no workspace yet: crowddesk restore",
    "ReasonsDialog": "a library with verbs of its own: crowddesk reason",
    "RowsFileDialog": "a frame; each kind of file has its own",
    "RestDialog": "chooses what the decision's own dialog is about",
    "SampleDialog": "chooses an order of the review page",
    "SaveViewDialog": "a view of this window",
    "ScorecardDialog": "shows a person; people history prints the same",
    "ScrolledDialog": "a frame",
    "ToFileDialog": "a frame; each kind of file has its own",
    "UnlockDialog": "a secret, which no command line may show",
    "ViewsDialog": "views of this window",
    "WelcomeDialog": "comes before there is a workspace",
}


def dialogs() -> list[type[VerbDialog]]:
    for found in pkgutil.walk_packages(crowddesk.ui.__path__, "crowddesk.ui."):
        with contextlib.suppress(ModuleNotFoundError):  # Qt WebEngine is an extra
            importlib.import_module(found.name)

    def below(kind: type) -> list[type]:
        return [c for s in kind.__subclasses__() for c in (s, *below(s))]

    return [c for c in below(VerbDialog) if c.__module__.startswith("crowddesk.") and c.__name__[0] != "_"]


def test_every_dialog_has_a_command_line_or_a_reason(qapp):
    lacking, needless = [], []
    for kind in dialogs():
        name = kind.__name__
        own = any("command_line" in vars(c) for c in kind.__mro__ if c is not VerbDialog)
        opener = OPENED_WITH_A_COMMAND.get(name)
        if opener is not None:
            source = inspect.getsource(importlib.import_module(f"crowddesk.ui.{opener}"))
            assert f"{name}(" in source, name
            assert ".set_command(" in source, name
        if not (own or opener or name in WITHOUT):
            lacking.append(name)
        if own and name in WITHOUT:
            needless.append(name)
    assert lacking == []
    assert needless == []


# ------------------------------------------------------------------------------------------- the button


class Made(VerbDialog):
    def __init__(self, words):
        super().__init__("Do it", "Do it")
        self.words = words

    def command_line(self):
        return self.words


def test_it_copies_what_is_there_now_and_says_so(qtbot, theme, monkeypatch):
    monkeypatch.setattr(VerbDialog, "workspace", Path("/tmp/my space"))
    dialog = Made(["note", "it's <b>done</b>", "--unit", "3"])
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.copy_line.isVisible()
    assert "<b>" not in dialog.copy_line.toolTip()  # shown as it is, not drawn
    qtbot.mouseClick(dialog.copy_line, Qt.MouseButton.LeftButton)
    line = QGuiApplication.clipboard().text()
    assert shlex.split(line) == ["crowddesk", "--workspace", "/tmp/my space", "note", "it's <b>done</b>",
                                 "--unit", "3"]  # fmt: skip
    assert dialog.isVisible()
    assert line in dialog.copy_line.accessibleDescription()
    dialog.words = None
    dialog.set_problem("Something is missing.")
    assert not dialog.copy_line.isEnabled()
    assert dialog.copy_line.toolTip() == "Fill in what is missing first."
    assert not dialog.grab().isNull()


def test_in_large_print_nothing_is_cut_where_the_line_needs_a_row_of_its_own(qtbot, theme):
    theme.set(scale=200)
    dialog = Made(["runs"])
    qtbot.addWidget(dialog)
    dialog.body.addWidget(Label("These are many words of a question. " * 8, wrap=True))
    dialog.verb.setText("Tell the vendor")
    dialog.setFixedWidth(640)  # whatever the screen has room for
    dialog.open()
    qtbot.waitUntil(lambda: dialog.copy_line.geometry().bottom() < dialog.verb.geometry().top())
    assert dialog.height() >= dialog.layout().totalHeightForWidth(dialog.width())


def test_a_dialog_without_one_has_no_button(qtbot, theme):
    dialog = VerbDialog("Look", "Close")
    qtbot.addWidget(dialog)
    dialog.open()
    assert not dialog.copy_line.isVisible()
    assert dialog.line() is None


def test_enter_does_not_copy(qtbot, theme):
    dialog = Made(["runs"])
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


# --------------------------------------------------------------------------------- the same on both ways


@pytest.fixture
def terminal(desk, tmp_path, monkeypatch):
    """Runs a dialog's copied line in a terminal that says yes."""
    monkeypatch.setattr(VerbDialog, "workspace", desk.db.folder)
    line_of_it = CommandLine(tmp_path, desk.db.folder)

    def run(dialog, *more: str, first=(), code: int = 0):
        desk.qtbot.mouseClick(dialog.copy_line, Qt.MouseButton.LeftButton)
        words = shlex.split(QGuiApplication.clipboard().text())
        assert words[:3] == ["crowddesk", "--workspace", str(desk.db.folder)]
        dialog.reject()
        return line_of_it.run(*words[1:4], *first, *words[4:], *more, code=code)

    return run


def recorded(desk) -> list[tuple]:
    """What the newest actions are, without what is drawn anew each time."""
    with desk.db.read() as conn:
        rows = list(ACTIONS.iterate(conn))
    wanted = [row for row in rows if row.state == "staged"]
    return sorted(
        (row.kind, row.target_type, row.target_id, row.amount_minor, row.reason, row.task_run_id)
        for row in wanted
    )


def both_ways(desk, terminal, open_dialog, fill, *, said: str) -> None:
    """The dialog's verb, and its line in a terminal, record the same."""
    dialog = open_dialog()
    fill(dialog)
    desk.qtbot.waitUntil(dialog.verb.isEnabled)
    dialog.verb.click()
    desk.said(said)
    by_hand = recorded(desk)
    assert by_hand
    desk.window.toast.undo()
    desk.qtbot.waitUntil(lambda: recorded(desk) == [])
    dialog = open_dialog()
    fill(dialog)
    desk.qtbot.waitUntil(dialog.verb.isEnabled)
    terminal(dialog, "--yes")
    assert recorded(desk) == by_hand


def people_verb(desk, kind, dialog_class):
    page = desk.page("workers")
    verbs = page.verbs
    assert isinstance(verbs, WorkerVerbs)
    with desk.db.read() as conn:
        from crowddesk.store.queries import WORKERS

        ids = [row.id for row in WORKERS.iterate(conn)][:2]

    def open_it():
        from crowddesk.ui.dialogs.people import ChoosePlaceDialog

        verbs.begin(kind, ids)
        dialog = desk.dialog()
        if isinstance(dialog, ChoosePlaceDialog):
            dialog.verb.click()
            desk.qtbot.waitUntil(lambda: isinstance(desk.dialog(), dialog_class))
            dialog = desk.dialog()
        assert isinstance(dialog, dialog_class)
        return dialog

    return open_it


def test_blocking(desk, terminal):
    def fill(dialog):
        dialog._reason.setText("It's “too” fast; $(rm -rf ~)")

    both_ways(desk, terminal, people_verb(desk, ActionKind.BLOCK, BlockDialog), fill, said="blocked")


def test_a_bonus(desk, terminal):
    def fill(dialog):
        dialog._amount.setText("0.10")
        dialog._reason.setPlainText("Thank you\nfor this")

    both_ways(desk, terminal, people_verb(desk, ActionKind.BONUS, BonusDialog), fill, said="Bonus of")


def test_people_whose_names_begin_like_an_option(desk, terminal):
    from crowddesk.ui.dialogs.people import Place
    from crowddesk.ui.worker_commands import words_of

    with desk.db.read() as conn:
        account = next(iter(REQUESTERS.iterate(conn)))
    vendor = account.provider_type
    place = Place(account.id, account.requester_name, vendor, account.sandbox, "practice", "USD")
    names = ["-x", "--help"]
    for name in names:
        desk.db.new_worker(name, vendor)
    block = BlockDialog(ActionKind.BLOCK, names)
    block._reason.setText("-1 for both")
    grant = QualificationDialog(ActionKind.GRANT, names, ["-quick-"])
    grant._name.setCurrentText("-quick-")
    for dialog in (block, grant):
        desk.qtbot.addWidget(dialog)
        dialog.set_command(partial(words_of, dialog, names, place))
        dialog.open()
        terminal(dialog, first=["--yes"])
    assert sorted((kind, reason) for kind, _, _, _, reason, _ in recorded(desk)) == [
        ("block", "-1 for both"), ("block", "-1 for both"), ("grant", ""), ("grant", ""),
    ]  # fmt: skip


def test_a_qualification(desk, terminal):
    def fill(dialog):
        dialog._name.setCurrentText("reads well")
        dialog._value.setText("3")

    both_ways(
        desk, terminal, people_verb(desk, ActionKind.GRANT, QualificationDialog), fill, said="granted to"
    )


def test_a_decision(desk, terminal):
    from crowddesk.ui.dialogs.decide import DecideDialog

    page = desk.page("units")

    def open_it():
        page.verbs.begin(ActionKind.SOFT_REJECT, [2, 5])
        return desk.dialog(DecideDialog)

    both_ways(desk, terminal, open_it, lambda dialog: None, said="soft-rejected")


def test_notes_tags_and_labels_that_begin_like_an_option(desk, terminal):
    from crowddesk.operations import people
    from crowddesk.store import identities, remarks
    from crowddesk.ui.dialogs.persons import LabelDialog
    from crowddesk.ui.dialogs.remarks import NoteDialog, TagDialog

    page = desk.page("workers")
    worker_id = page.model.id_at(0)
    twin = int(desk.db.new_worker(page.model.row_at(0).worker_name, "inhouse"))
    page.remarks.begin_note([worker_id])
    desk.dialog(NoteDialog).text.setPlainText("-1 for the “third” answer")
    terminal(desk.dialog())
    page.remarks.begin_tag([worker_id])
    desk.qtbot.waitUntil(lambda: isinstance(desk.dialog(), TagDialog))
    desk.dialog().field.setText("--slow")
    terminal(desk.dialog())
    people.merge(desk.db, [worker_id, twin], "Ada")
    with desk.db.read() as conn:
        person = identities.people_of(conn, [worker_id])[worker_id]
    page.persons.rename(worker_id, person)
    desk.qtbot.waitUntil(lambda: isinstance(desk.dialog(), LabelDialog))
    desk.dialog().field.setText("-Ada-")
    terminal(desk.dialog())
    with desk.db.read() as conn:
        assert remarks.notes_of(conn, "worker", [worker_id])[0].text == "-1 for the “third” answer"
        assert remarks.tags_of(conn, "worker", [worker_id]) == {worker_id: ("--slow",)}
        assert identities.people_of(conn, [twin])[twin].label == "-Ada-"


def test_a_line_that_the_command_line_refuses_says_why(desk, terminal):
    dialog = people_verb(desk, ActionKind.BLOCK, BlockDialog)()
    assert "Say why" in terminal(dialog, "--yes", code=2).stderr
    assert recorded(desk) == []


def test_no_secret_is_on_a_line(desk, qtbot, theme):
    secret = "a-secret-token-9d8f"
    vendors = [vendor_choice(desk.db, name) for name in ("mock", "prolific", "inhouse")]
    dialog = RegisterDialog(vendors)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.vendor.setCurrentIndex(1)
    dialog.form.editor("name").setText("lab")
    for line in dialog.form.editor("token").findChildren(QLineEdit):
        line.setText(secret)
    words = dialog.command_line()
    assert list(words[:5]) == ["requester", "add", "lab", "--provider", "prolific"]
    assert secret not in dialog.line()
    replace = ReplaceTokenDialog("lab", vendors[1], {"keep_in": "session"})
    qtbot.addWidget(replace)
    replace.open()
    for line in replace.form.editor("token").findChildren(QLineEdit):
        line.setText(secret)
    assert list(replace.command_line()[:5]) == ["requester", "token", "lab", "--provider", "prolific"]
    assert secret not in replace.line()


def test_what_became_of_one_payment(qtbot, theme):
    from types import SimpleNamespace

    row = SimpleNamespace(
        id=7, kind="pause", provider_type="mock", sandbox=True, amount_minor=0, fee_minor=0, currency="USD",
        worker_name=None, unit_id=None, target_type="task_run", target_id=1, task_run_id=1, run_title="R",
        evidence="", payload="", outcome="", reason="", requester_name="practice", category="",
    )  # fmt: skip
    words = {
        choice: list(WordDialog(choice, [row]).command_line()) for choice in ("happened", "again", "leave")
    }
    assert words == {
        "happened": ["resolve", "7", "--happened"],
        "again": ["resolve", "7", "--did-not-happen", "--send-again"],
        "leave": ["resolve", "7", "--did-not-happen"],
    }
    assert WordDialog("happened", [row, row]).command_line() is None


def test_messages_and_returns_say_their_words():
    assert "command_line" in vars(MessageDialog)
    assert ReturnDialog.__name__ in OPENED_WITH_A_COMMAND
