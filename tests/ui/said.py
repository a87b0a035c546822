"""What a window says: which of its words no translation reached, and which are cut."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from crowddesk.domain import ActionKind, ActionState, AgentStatus, AssignmentState
from crowddesk.ui import theme
from crowddesk.ui.controls import ElidedLabel

_SAID = re.compile(r"\[[^\[\]]*?~+\]")
_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W\d_]{3,}")
_KINDS = (
    "text",
    "title",
    "placeholderText",
    "toolTip",
    "accessibleName",
    "windowTitle",
    "accessibleDescription",
)
#: What a program has of its own words in its database: shown, each is to be said in the reader's language.
_STATES = {
    *AgentStatus.ALL, *AssignmentState.ALL, *ActionState.ALL,
    *(kind for name, kind in vars(ActionKind).items() if isinstance(kind, str) and not name.startswith("_")),
}  # fmt: skip


def unsaid(root: QWidget, data: set[str]) -> set[str]:
    """What the window shows without a translation, as "Widget.kind: words"; `data` are words of the data."""
    found = set()
    for widget, kind, text in _texts(root):
        bare = unescape(_TAG.sub(" ", text)) if text.startswith("<") else text
        while (shorter := _SAID.sub(" ", bare)) != bare:  # one text may stand in another's place
            bare = shorter
        if any(word.lower() not in data for word in _WORD.findall(bare)):
            found.add(f"{type(widget).__name__}.{kind}: {' '.join(bare.split())[:100]}")
    return found


def cut(root: QWidget) -> set[str]:
    """The labels, buttons and headers that have too little room for what they say."""
    found = set()
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty() or isinstance(widget, ElidedLabel):
            continue
        wanted, there = 0, widget.width()
        text = ""
        if isinstance(widget, QLabel) and widget.text() and widget.pixmap().isNull():
            text = widget.text()
            if widget.wordWrap():
                wanted, there = widget.heightForWidth(widget.width()), widget.height()
            else:
                wanted = widget.sizeHint().width()
        elif isinstance(widget, QAbstractButton) and widget.text():
            text = widget.text()
            if widget.hasHeightForWidth():
                wanted, there = widget.heightForWidth(widget.width()), widget.height()
            else:
                wanted = widget.sizeHint().width()
        elif isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
            found |= _cut_titles(widget)
        if wanted > there + 1:
            found.add(f"{type(widget).__name__} has {there} of {wanted} px: {text[:80]}")
    return found


def _cut_titles(head: QHeaderView) -> set[str]:
    model, metrics, found = head.model(), QFontMetrics(theme.font("caption")), set()
    for column in range(head.count()):
        title = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        wanted = metrics.horizontalAdvance(str(title or "")) + theme.px(20)
        if title and not head.isSectionHidden(column) and wanted > head.sectionSize(column):
            found.add(f"a column has {head.sectionSize(column)} of {wanted} px: {title}")
    return found


def words_of_workspace(folder: Path) -> set[str]:
    """Each word that stands in the workspace's database and is somebody's, in small letters."""
    found: set[str] = set()
    with closing(sqlite3.connect(f"file:{folder / 'crowddesk.sqlite'}?mode=ro", uri=True)) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in db.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    if isinstance(value, str) and value not in _STATES:
                        found |= words_in(value)
    return found


def words_in(text: str) -> set[str]:
    """The words of a text, in small letters."""
    return {word.lower() for word in _WORD.findall(text)}


def _texts(root: QWidget) -> Iterator[tuple[QWidget, str, str]]:
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        for kind in _KINDS:
            if kind == "text" and isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
                continue
            read = getattr(widget, kind, None)
            if callable(read) and not (kind == "title" and not isinstance(widget, QMenu)):
                text = read()
                if isinstance(text, str) and text:
                    yield widget, kind, text
        if isinstance(widget, QMenu):
            yield from ((widget, "action", action.text()) for action in widget.actions())
        if isinstance(widget, QTabBar):
            yield from ((widget, "tab", widget.tabText(tab)) for tab in range(widget.count()))
        if isinstance(widget, QComboBox):
            yield from ((widget, "item", widget.itemText(item)) for item in range(widget.count()))
        if isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
            yield from _cells(widget, widget.model(), header=True)
        if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
            yield from _cells(widget, widget.model(), header=False)


def _cells(
    widget: QWidget, model: QAbstractItemModel | None, *, header: bool
) -> Iterator[tuple[QWidget, str, str]]:
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()  # which is private there
    for column in range(columns):
        if header:
            text = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
            if text:
                yield widget, "header", str(text)
            continue
        for row in range(min(model.rowCount(), 20)):
            index = model.index(row, column)
            for kind, role in (("cell", Qt.ItemDataRole.DisplayRole), ("tip", Qt.ItemDataRole.ToolTipRole)):
                text = index.data(role)
                if isinstance(text, str) and text:
                    yield widget, kind, text
