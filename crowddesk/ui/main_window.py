"""The shell of the window: navigation on the left, pages made when first shown, the status strip at the foot.

It knows no page: it gets their names and how to make them. It must import nothing but Qt and this package, so
that it is painted before anything else is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QByteArray, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from crowddesk.ui import theme
from crowddesk.ui.keys import Keys, sequences
from crowddesk.ui.messages import Banner, ConfirmDialog, Toast
from crowddesk.ui.navigation import Navigation, PageSpec
from crowddesk.ui.status_strip import StatusStrip
from crowddesk.ui.words import environment_words, readable

__all__ = ["MainWindow", "Navigation", "PageSpec"]

_NARROW: Final = 900
_MOST_DROPPED: Final = 4


class MainWindow(QMainWindow):
    """The window. `load(key, default)` and `save(key, value)` keep plain values between sessions.

    Signals: `page_shown(key)`; `send_wanted`: Send or its key with something staged; `commands_wanted` and
    `keys_wanted`: Ctrl+K and `?`, or what was chosen for them; `open_wanted`: Ctrl+O; `dropped(path)`: a file
    or a folder was dropped on it; `workspace_wanted`: the button with the workspace's name; `closing`: the
    window is about to close (a page saves its state then); `closed`: all is saved.
    """

    page_shown = Signal(str)
    send_wanted = Signal()
    commands_wanted = Signal()
    keys_wanted = Signal()
    open_wanted = Signal()
    workspace_wanted = Signal()
    dropped = Signal(object)
    closing = Signal()
    closed = Signal()

    def __init__(
        self,
        pages: Sequence[PageSpec],
        *,
        load: Callable[[str, Any], Any],
        save: Callable[[str, Any], None],
    ) -> None:
        super().__init__()
        self._specs = {spec.key: spec for spec in pages}
        self._pages: dict[str, QWidget] = {}
        self._current = ""
        self._load, self._save = load, save
        self._folded_by_hand = load("window.navigation_folded", False) is True
        self._what = self._kind = self._workspace = ""
        #: What closing now would cut off, as words for a person; empty: nothing.
        self.cut_off: Callable[[], str] = str
        self._surely = False
        self._question: ConfirmDialog | None = None
        self.navigation = Navigation(pages)
        self.stack = QStackedWidget()
        self.strip = StatusStrip()
        self.strip.send_wanted.connect(self.send_wanted)
        #: What is said of the whole workspace, above every page, until it is dismissed.
        self._right = right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        self.banner = self.add_banner()
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.strip)
        self.setCentralWidget(whole)
        self.toast = Toast(whole)
        self.navigation.chosen.connect(self.show_page)
        self.navigation.workspace.clicked.connect(self.workspace_wanted)
        self.setAcceptDrops(True)
        self.setMinimumSize(640, 420)
        self._set_title()
        self._bind_keys(pages)
        self._restore()

    def _bind_keys(self, pages: Sequence[PageSpec]) -> None:
        def bind(keys: str, slot: Callable[[], object]) -> None:
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

        for number, spec in enumerate(pages[:9], 1):
            bind(f"Ctrl+{number}", partial(self.show_page, spec.key))
        bind("Ctrl+B", self.fold_navigation)
        bind("Ctrl+Z", self.toast.undo)
        bind("Ctrl+O", self.open_wanted.emit)
        self._commands: dict[str, QAction] = {}
        usual = Keys({}, self)
        for name, title, slot in (
            ("commands", self.tr("Commands"), self.commands_wanted.emit),
            ("keys", self.tr("Keys of this page"), self.keys_wanted.emit),
            ("send", self.tr("Send what is staged"), self._send),
        ):
            self._commands[name] = action = QAction(title, self)
            action.triggered.connect(lambda _=False, take=slot: take())
            action.setShortcuts(sequences(usual.of(name)))
            self.addAction(action)

    def follow_keys(self, keys: Keys) -> None:
        """Has the window's own commands be under the keys that were chosen for them."""
        for name, action in self._commands.items():
            keys.bind(action, name)
        self.strip.follow_keys(keys)

    # ----------------------------------------------------------------------------------------------- pages

    def show_page(self, key: str) -> QWidget:
        """Shows a page, making it if this is the first time, and gives it back. KeyError if there is none."""
        page = self._pages.get(key)
        if page is None:
            page = self._specs[key].make()
            self._pages[key] = page
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.navigation.mark(key)
        self._current = key
        self._set_title()
        self.page_shown.emit(key)
        return page

    @property
    def pages(self) -> Sequence[PageSpec]:
        """All pages, in the navigation's order."""
        return list(self._specs.values())

    def made_pages(self) -> dict[str, QWidget]:
        """The pages that have been shown at least once."""
        return dict(self._pages)

    @property
    def current_page(self) -> str:
        return self._current

    def set_environment(self, environment: str | None, vendor: str = "") -> None:
        """Has the title say LIVE, SANDBOX or PRACTICE of what the page shows; None if it is of no account."""
        self._what = environment_words(environment or "", vendor)
        self._set_title()

    def set_kind(self, kind: str) -> None:
        """Has the title say what kind of workspace this is, where it is no common one."""
        self._kind = kind
        self._set_title()

    def set_workspace(self, name: str, whole: str, *, in_title: bool) -> None:
        """Names the workspace at the left, and in the title where it is not the usual one."""
        self.navigation.workspace.set_name(name, whole)
        self._workspace = readable(name) if in_title else ""
        self._set_title()

    def add_banner(self) -> Banner:
        """One more banner above every page, for what must not be said over by another."""
        banner = Banner()
        banner.setContentsMargins(20, 12, 20, 0)
        self._right.insertWidget(self._right.indexOf(self.stack), banner)
        return banner

    def _set_title(self) -> None:
        spec = self._specs.get(self._current)
        parts = [spec.title if spec else "", self._what, self._kind, self._workspace, "CrowdDesk"]
        self.setWindowTitle(" – ".join(part for part in parts if part))

    # ---------------------------------------------------------------------------------- navigation, sending

    def fold_navigation(self) -> None:
        """Shows icons only, or words again, whatever the width; it is remembered."""
        self._folded_by_hand = not self._folded_by_hand
        self._save("window.navigation_folded", self._folded_by_hand)
        self._fold()

    def _fold(self) -> None:
        self.navigation.set_icons_only(self._folded_by_hand or self.width() < theme.px(_NARROW))

    def restyle(self) -> None:
        """Takes the theme's sizes anew."""
        self._fold()

    def _send(self) -> None:
        if self.strip.can_send:
            self.send_wanted.emit()

    # ------------------------------------------------------------------------------------------- Qt's calls

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _dropped(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)  # who gives them keeps them
        event.accept()
        for path in paths:
            self.dropped.emit(path)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _restore(self) -> None:
        self.resize(1280, 800)
        saved = self._load("window.geometry", "")
        if isinstance(saved, str) and saved:
            self.restoreGeometry(QByteArray.fromBase64(saved.encode("ascii", "ignore")))

    def close_surely(self) -> None:
        """Closes without a question: for who was told to end, not asked."""
        self._surely = True
        self.close()

    def _ask_to_close(self, cut_off: str) -> None:
        if self._question is not None:
            self._question.raise_()
            return
        self._question = dialog = ConfirmDialog(
            self.tr("Close CrowdDesk"), cut_off, self.tr("Close CrowdDesk"), self
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._answer_question)
        dialog.open()

    def _answer_question(self, answer: int) -> None:
        self._question = None
        if answer:
            self.close_surely()

    def closeEvent(self, event: QCloseEvent) -> None:
        cut_off = "" if self._surely else self.cut_off()
        if cut_off:
            event.ignore()
            self._ask_to_close(cut_off)
            return
        self.closing.emit()
        self._save("window.geometry", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self._save("window.page", self._current)
        super().closeEvent(event)
        self.closed.emit()


def _dropped(data: QMimeData) -> list[Path]:
    """The files and folders of this computer that are dropped: the first few, each opens a window."""
    found = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return found[:_MOST_DROPPED]
